//! Special functions of mathematical physics.

use super::super::spec::Category::Special;
use super::super::spec::{FunctionSpec, function, unary};
use super::super::value::{
    airy, bessel, bessel_modified, elliptic, error, gamma, hypergeometric, incomplete,
    integral, lambert, orthogonal, polylog, spherical, zeta,
};

/// The rows, in the order in which they are listed.
#[rustfmt::skip]
pub(crate) static SPECIAL: &[FunctionSpec] = &[
    unary(Special, "erf", &["2*e^(-u^2)/sqrt(pi)"], "error function")
        .rising().everywhere().eval(error::erf).odd().entire().inverse("erfinv").at(&[("0", "0")]).samples(&[&[-2.5, -0.7, 0.0, 0.3, 1.5]])
        .code(["scipy.special.erf", "erf", "erf", "torch.erf"]),
    unary(Special, "erfc", &["-2*e^(-u^2)/sqrt(pi)"], "complementary error function, 1 - erf(u)").normal("1 - erf(u)").nonnegative()
        .nonzero().everywhere().eval(error::erfc).inverse("erfcinv").at(&[("0", "1")]).samples(&[&[-2.5, -0.7, 0.0, 0.3, 5.0]])
        .code(["scipy.special.erfc", "erfc", "erfc", "torch.erfc"]),
    unary(Special, "erfi", &["2*e^(u^2)/sqrt(pi)"], "imaginary error function, -i*erf(i*u)")
        .rising().everywhere().eval(error::erfi).odd().entire().at(&[("0", "0")]).samples(&[&[-2.5, -0.7, 0.0, 0.3, 4.0]])
        .code(["scipy.special.erfi", "erfi", "", ""]),
    function(Special, "erf2", &["-2*e^(-u^2)/sqrt(pi)", "2*e^(-v^2)/sqrt(pi)"], "erf(v) - erf(u)").normal("erf(v) - erf(u)")
        .everywhere().eval2(error::erf2).samples(&[&[-2.0, 0.5, 3.0], &[-1.5, 0.1, 2.0]])
        .code(["", "", "", ""]),
    unary(Special, "erfinv", &["sqrt(pi)/2*e^(erfinv(u)^2)"], "inverse error function")
        .latex(r"\operatorname{erf}^{-1}").rising().eval(error::erfinv).odd().on("-1 < u and u < 1").inverse("erf")
        .at(&[("0", "0")]).samples(&[&[-0.97, -0.4, 0.0, 0.2, 0.9]])
        .code(["scipy.special.erfinv", "erfinv", "erfinv", "torch.erfinv"]),
    unary(Special, "erfcinv", &["-sqrt(pi)/2*e^(erfcinv(u)^2)"], "inverse complementary error function")
        .latex(r"\operatorname{erfc}^{-1}").eval(error::erfcinv).on("0 < u and u < 2").inverse("erfc")
        .at(&[("1", "0")]).samples(&[&[0.001, 0.3, 1.0, 1.4, 1.9]])
        .code(["scipy.special.erfcinv", "erfcinv", "erfcinv", ""]),
    unary(Special, "gamma", &["gamma(u)*digamma(u)"], "gamma function")
        .nonzero().alias(&["Gamma"]).latex(r"\Gamma").eval(gamma::gamma).poles(&[(0, 0)])
        .at(&[("1", "1"), ("2", "1"), ("1/2", "sqrt(pi)")]).samples(&[&[-2.3, -0.4, 0.1, 1.5, 8.0, 30.0]])
        .code(["scipy.special.gamma", "gamma", "gamma", ""]),
    unary(Special, "lgamma", &["digamma(u)"], "logarithm of the absolute value of the gamma function").normal("ln(abs(gamma(u)))")
        .alias(&["loggamma", "lngamma", "gammaln"]).eval(gamma::ln_gamma).poles(&[(0, 0)])
        .at(&[("1", "0"), ("2", "0")]).samples(&[&[-2.3, -0.4, 0.1, 1.3, 8.0, 300.0]])
        .code(["scipy.special.gammaln", "first(logabsgamma(#1))", "sign(#1).*gammaln(abs(#1)) + (#1 < 0).*log(pi./abs($1.*sin(pi*$1)))", "torch.lgamma"]),
    unary(Special, "digamma", &["polygamma(1, u)"], "digamma function, derivative of lgamma")
        .latex(r"\operatorname{\psi}").eval(gamma::digamma).poles(&[(0, 0)]).samples(&[&[-2.3, -0.4, 0.1, 1.3, 8.0, 300.0]])
        .code(["scipy.special.digamma", "digamma", "psi(abs(#1)) + (#1 < 0).*(1./abs(#1) - pi./tan(pi*$1))", "torch.digamma"]),
    function(Special, "polygamma", &["", "polygamma(u + 1, v)"], "derivative of order u of digamma").reduces(&[("0", "digamma(v)")])
        .latex(r"\operatorname{\psi}^{\left(#1\right)}\left(#2\right)").eval2(gamma::polygamma).poles(&[(1, 0)]).at(&[("1, 1", "pi^2/6"), ("1, 1/2", "pi^2/2")])
        .samples(&[&[0.0, 1.0, 4.0], &[-1.3, 0.4, 2.0, 30.0]])
        .code(["scipy.special.polygamma", "polygamma", "", "torch.polygamma(#1, #2)"]),
    function(Special, "beta", &["beta(u, v)*(digamma(u) - digamma(u + v))", "beta(u, v)*(digamma(v) - digamma(u + v))"], "beta function").normal("gamma(u)*gamma(v)/gamma(u + v)")
        .alias(&["Beta"]).latex(r"\operatorname{B}").eval2(gamma::beta).poles(&[(0, 0), (1, 0)]).samples(&[&[-0.4, 0.5, 3.3], &[0.2, 1.5, 20.0]])
        .code(["scipy.special.beta", "beta", "beta", ""]),
    unary(Special, "factorial", &["gamma(u + 1)*digamma(u + 1)"], "factorial, gamma(u + 1)").normal("gamma(u + 1)")
        .latex("#1!").eval(gamma::factorial).poles(&[(0, -1)]).at(&[("0", "1"), ("1", "1"), ("2", "2")]).samples(&[&[-2.3, -0.4, 0.1, 3.0, 20.0]])
        .code(["", "", "", ""]),
    function(Special, "binomial", &["binomial(u, v)*(digamma(u + 1) - digamma(u - v + 1))", "binomial(u, v)*(digamma(u - v + 1) - digamma(v + 1))"],
             "binomial coefficient").special(&[(0, "v", "0"), (0, "v - 1", "1"), (0, "v - 2", "u - 1/2"), (0, "v - 3", "(3*u^2 - 6*u + 2)/6"), (0, "v - 4", "(2*u^3 - 9*u^2 + 11*u - 3)/12")])
        .normal("gamma(u + 1)/(gamma(v + 1)*gamma(u - v + 1))")
        .alias(&["binom", "choose"]).latex(r"\binom{#1}{#2}").eval2(gamma::binomial).samples(&[&[2.3, 7.5, 40.1], &[0.5, 2.0, 3.7]]),
    unary(Special, "lambertw", &["1/(u + e^lambertw(u))"], "Lambert's W, principal branch: w*e^w = u")
        .alias(&["LambertW", "productlog", "ProductLog"]).latex(r"\operatorname{W}").rising().eval(lambert::lambert_w).on("u >= -1/e")
        .at(&[("0", "0"), ("e", "1"), ("-1/e", "-1")]).samples(&[&[-0.36, -0.1, 0.0, 0.5, 20.0, 1e6]])
        .code(["np.where(#1 < -np.exp(-1), np.nan, np.real(scipy.special.lambertw(#1)))", "", "", ""]),
    function(Special, "lambertw_k", &["1/(u + e^lambertw_k(u, v))", ""], "Lambert's W, branch v (0 or -1)")
        .alias(&["lambertw", "LambertW", "productlog", "ProductLog"]).latex(r"\operatorname{W}_{#2}\left(#1\right)").eval2(lambert::branch)
        .on("u >= -1/e").at(&[("-1/e, -1", "-1"), ("-1/e, 0", "-1")]).samples(&[&[-0.36, -0.2, -0.05], &[0.0, -1.0]]),
    unary(Special, "subfactorial", &[""], "number of permutations without a fixed point")
        .eval(integral::subfactorial).at(&[("0", "1"), ("1", "0"), ("5", "44")]).samples(&[&[2.0, 6.0, 12.0]]),
    function(Special, "RisingFactorial", &["RisingFactorial(u, v)*(digamma(u + v) - digamma(u))", "RisingFactorial(u, v)*digamma(u + v)"],
             "rising factorial, gamma(u + v)/gamma(u)").special(&[(0, "v", "0"), (0, "v - 1", "1"), (0, "v - 2", "2*u + 1"), (0, "v - 3", "3*u^2 + 6*u + 2")])
        .normal("gamma(u + v)/gamma(u)")
        .alias(&["risingfactorial", "rising_factorial", "pochhammer", "Pochhammer"])
        .eval2(gamma::rising).samples(&[&[-1.3, 0.5, 7.2], &[0.4, 2.0, 5.5]]),
    function(Special, "FallingFactorial", &["FallingFactorial(u, v)*(digamma(u + 1) - digamma(u - v + 1))", "FallingFactorial(u, v)*digamma(u - v + 1)"],
             "falling factorial, gamma(u + 1)/gamma(u - v + 1)").special(&[(0, "v", "0"), (0, "v - 1", "1"), (0, "v - 2", "2*u - 1"), (0, "v - 3", "3*u^2 - 6*u + 2")])
        .normal("gamma(u + 1)/gamma(u - v + 1)")
        .alias(&["fallingfactorial", "falling_factorial"])
        .eval2(gamma::falling).samples(&[&[-1.3, 0.55, 7.2], &[0.4, 2.0, 5.5]]),
    unary(Special, "harmonic", &["polygamma(1, u + 1)"], "harmonic number, digamma(u + 1) + Euler's constant")
        .alias(&["HarmonicNumber"]).eval(gamma::harmonic).poles(&[(0, -1)])
        .at(&[("0", "0"), ("1", "1"), ("2", "3/2")]).samples(&[&[-1.7, -0.5, 0.02, 0.7, 3.0, 40.0]]),
    function(Special, "harmonic_order", &["v*hurwitz(v + 1, u + 1)", ""], "generalised harmonic number, the sum of k^(-v)").special(&[(0, "v", "1")])
        .alias(&["harmonic", "HarmonicNumber"]).eval2(zeta::harmonic_of_order).poles(&[(0, -1)])
        .samples(&[&[0.3, 2.0, 7.5], &[1.0, 2.0, 3.5]]),
    function(Special, "lowergamma", &["", "v^(u - 1)*e^(-v)"], "lower incomplete gamma function")
        .alias(&["lower_gamma", "LowerGamma"]).latex(r"\operatorname{\gamma}").eval2(incomplete::lower_gamma).on("v > 0")
        .samples(&[&[-0.6, 0.5, 1.0, 7.2], &[0.1, 1.5, 6.0, 20.0]]),
    function(Special, "uppergamma", &["", "-v^(u - 1)*e^(-v)"], "upper incomplete gamma function")
        .alias(&["upper_gamma", "UpperGamma", "incgamma"]).latex(r"\operatorname{\Gamma}").eval2(incomplete::upper_gamma).on("v > 0")
        .samples(&[&[-2.0, -0.6, 0.0, 0.5, 7.2], &[0.1, 0.9, 1.5, 6.0, 20.0]]),
    function(Special, "betainc", &["", "", "-w^(u - 1)*(1 - w)^(v - 1)", "p^(u - 1)*(1 - p)^(v - 1)"], "incomplete beta function from w to p")
        .latex(r"\operatorname{B}_{\left(#3, #4\right)}\left(#1, #2\right)").eval_all(incomplete::beta_incomplete)
        .on("0 <= w and w <= 1 and 0 <= p and p <= 1").samples(&[&[0.5, 3.2], &[0.7, 2.0], &[0.1, 0.5], &[0.3, 0.9]]),
    function(Special, "betainc_regularized", &["", "", "-w^(u - 1)*(1 - w)^(v - 1)/beta(u, v)", "p^(u - 1)*(1 - p)^(v - 1)/beta(u, v)"],
             "incomplete beta function from w to p over beta(u, v)")
        .latex(r"\operatorname{I}_{\left(#3, #4\right)}\left(#1, #2\right)").eval_all(incomplete::beta_regularized)
        .on("0 <= w and w <= 1 and 0 <= p and p <= 1").samples(&[&[0.5, 3.2], &[0.7, 2.0], &[0.1, 0.5], &[0.3, 0.9]]),
    unary(Special, "Si", &["sin(u)/u"], "sine integral")
        .alias(&["sinint"]).everywhere().eval(integral::sine).odd().entire().at(&[("0", "0")]).samples(&[&[-9.0, -1.2, 0.3, 2.0, 30.0]])
        .code(["scipy.special.sici(#1)[0]", "sinint", "", ""]),
    unary(Special, "Ci", &["cos(u)/u"], "cosine integral")
        .alias(&["cosint"]).eval(integral::cosine).on("u > 0").samples(&[&[0.01, 0.3, 2.0, 9.0, 30.0]])
        .code(["np.where(0 < #1, scipy.special.sici(#1)[1], np.nan)", "cosint", "", ""]),
    unary(Special, "Shi", &["sinh(u)/u"], "hyperbolic sine integral")
        .alias(&["sinhint"]).everywhere().rising().eval(integral::sinh).odd().entire().at(&[("0", "0")]).samples(&[&[-9.0, -1.2, 0.3, 2.0, 30.0]])
        .code(["scipy.special.shichi(#1)[0]", "", "", ""]),
    unary(Special, "Chi", &["cosh(u)/u"], "hyperbolic cosine integral")
        .alias(&["coshint"]).rising().eval(integral::cosh).on("u > 0").samples(&[&[0.01, 0.3, 2.0, 9.0, 30.0]])
        .code(["np.where(0 < #1, scipy.special.shichi(#1)[1], np.nan)", "", "", ""]),
    unary(Special, "Ei", &["e^u/u"], "exponential integral")
        .alias(&["expinti"]).cut_below(0.0).eval(integral::exponential).at(&[("0", "undefined")]).samples(&[&[-9.0, -1.2, -0.1, 0.3, 2.0, 60.0]])
        .code(["scipy.special.expi", "expinti", "", ""]),
    function(Special, "expint", &["", "-expint(u - 1, v)"], "generalised exponential integral of order u").reduces(&[("0", "e^(-v)/v")])
        .alias(&["ExpIntegralE"]).latex(r"\operatorname{E}_{#1}\left(#2\right)").eval2(integral::generalised)
        .samples(&[&[-1.0, 0.0, 0.5, 1.0, 3.0, 7.5], &[0.1, 0.9, 2.0, 30.0]]),
    unary(Special, "li", &["1/ln(u)"], "logarithmic integral from 0").normal("Ei(ln(u))")
        .alias(&["logint"]).eval(integral::logarithmic).on("u >= 0").at(&[("0", "0"), ("1", "undefined")]).samples(&[&[0.02, 0.5, 1.2, 2.0, 60.0]])
        .code(["", "", "", ""]),
    unary(Special, "Li", &["1/ln(u)"], "logarithmic integral from 2")
        .eval(integral::logarithmic_from_two).on("u >= 0").at(&[("1", "undefined"), ("2", "0")]).samples(&[&[0.02, 0.5, 1.2, 3.0, 60.0]]),
    unary(Special, "fresnels", &["sin(pi*u^2/2)"], "Fresnel's sine integral")
        .alias(&["FresnelS", "fresnelS"]).latex(r"\operatorname{S}").everywhere().eval(integral::fresnel_sine).odd().entire().at(&[("0", "0")]).samples(&[&[-3.1, -1.2, 0.3, 2.0, 7.0]])
        .code(["scipy.special.fresnel(#1)[0]", "", "", ""]),
    unary(Special, "fresnelc", &["cos(pi*u^2/2)"], "Fresnel's cosine integral")
        .alias(&["FresnelC", "fresnelC"]).latex(r"\operatorname{C}").everywhere().eval(integral::fresnel_cosine).odd().entire().at(&[("0", "0")]).samples(&[&[-3.1, -1.2, 0.3, 2.0, 7.0]])
        .code(["scipy.special.fresnel(#1)[1]", "", "", ""]),
    unary(Special, "zeta", &[""], "Riemann's zeta function").normal("dirichlet_eta(u)/(1 - 2^(1 - u))")
        .alias(&["Zeta"]).latex(r"\zeta").eval(zeta::zeta).at(&[("2", "pi^2/6"), ("4", "pi^4/90")])
        .samples(&[&[-7.5, -0.5, 0.5, 1.1, 3.0, 20.0]]),
    function(Special, "hurwitz", &["", "-u*hurwitz(u + 1, v)"], "zeta function of Hurwitz, the sum of (k + v)^(-u)").special(&[(1, "u", "-1")]).reduces(&[("0", "1/2 - v"), ("-2", "-v*(v - 1)*(2*v - 1)/6")])
        .alias(&["zeta", "Zeta"]).latex(r"\zeta").eval2(zeta::hurwitz).samples(&[&[-2.5, 0.5, 2.0, 7.5], &[0.1, 1.0, 4.5, 30.0]]),
    unary(Special, "dirichlet_eta", &[""], "Dirichlet's eta function, (1 - 2^(1 - u))*zeta(u)")
        .latex(r"\operatorname{\eta}").everywhere().eval(zeta::eta).at(&[("1", "ln(2)")]).samples(&[&[-3.5, 0.5, 1.0, 3.0, 20.0]]),
    function(Special, "polylog", &["", "polylog(u - 1, v)/v"], "polylogarithm of order u").reduces(&[("1", "-ln(1 - v)"), ("0", "v/(1 - v)"), ("-1", "v/(1 - v)^2"), ("-2", "v*(v + 1)/(1 - v)^3")])
        .alias(&["PolyLog", "Polylog"]).latex(r"\operatorname{Li}_{#1}\left(#2\right)").eval2(polylog::polylog).on("v <= 1").at(&[("2, 1", "pi^2/6"), ("2, -1", "-pi^2/12")])
        .samples(&[&[-2.0, 1.0, 2.0, 3.0, 5.0], &[-5.0, -0.8, -0.1, 0.3, 0.9]]),
    function(Special, "lerchphi", &["(lerchphi(u, v - 1, w) - w*lerchphi(u, v, w))/u", "", "-v*lerchphi(u, v + 1, w)"], "transcendent of Lerch, the sum of u^k*(k + w)^(-v)")
        .latex(r"\operatorname{\Phi}").eval3(polylog::lerch).on("-1 < u and u < 1").samples(&[&[-0.7, 0.3, 0.9], &[0.5, 2.0, 3.0], &[0.3, 2.0, 5.0]]),
    unary(Special, "airyai", &["airyaiprime(u)"], "Airy function Ai")
        .alias(&["AiryAi"]).latex(r"\operatorname{Ai}").everywhere().eval(airy::ai).entire().samples(&[&[-9.0, -1.2, 0.0, 0.3, 3.0]])
        .code(["scipy.special.airy(#1)[0]", "airyai", "", "torch.special.airy_ai"]),
    unary(Special, "airybi", &["airybiprime(u)"], "Airy function Bi")
        .alias(&["AiryBi"]).latex(r"\operatorname{Bi}").everywhere().eval(airy::bi).entire().samples(&[&[-9.0, -1.2, 0.0, 0.3, 3.0]])
        .code(["scipy.special.airy(#1)[2]", "airybi", "", ""]),
    unary(Special, "airyaiprime", &["u*airyai(u)"], "derivative of the Airy function Ai")
        .alias(&["AiryAiPrime"]).latex(r"\operatorname{Ai}^{\prime}").everywhere().eval(airy::ai_prime).entire().samples(&[&[-9.0, -1.2, 0.1, 0.3, 3.0]])
        .code(["scipy.special.airy(#1)[1]", "airyaiprime", "", ""]),
    unary(Special, "airybiprime", &["u*airybi(u)"], "derivative of the Airy function Bi")
        .alias(&["AiryBiPrime"]).latex(r"\operatorname{Bi}^{\prime}").everywhere().eval(airy::bi_prime).entire().samples(&[&[-9.0, -1.2, 0.1, 0.3, 3.0]])
        .code(["scipy.special.airy(#1)[3]", "airybiprime", "", ""]),
    function(Special, "besselj", &["", "(besselj(u - 1, v) - besselj(u + 1, v))/2"], "Bessel function of the first kind").reduces(&[("-1", "-besselj(1, v)")])
        .alias(&["BesselJ", "besselJ"]).latex(r"\operatorname{J}_{#1}\left(#2\right)").eval2(bessel::first).samples(&[&[0.0, 1.0, 2.5, 5.0], &[0.2, 1.5, 9.0, 40.0]])
        .code(["scipy.special.jv", "besselj", "besselj", ""]),
    function(Special, "bessely", &["", "(bessely(u - 1, v) - bessely(u + 1, v))/2"], "Bessel function of the second kind").reduces(&[("-1", "-bessely(1, v)")])
        .alias(&["BesselY", "besselY"]).latex(r"\operatorname{Y}_{#1}\left(#2\right)").eval2(bessel::second).on("v > 0").samples(&[&[0.0, 1.0, 2.5, 5.0], &[0.2, 1.5, 9.0, 40.0]])
        .code(["scipy.special.yv", "bessely", "bessely", ""]),
    function(Special, "besseli", &["", "(besseli(u - 1, v) + besseli(u + 1, v))/2"], "modified Bessel function of the first kind").reduces(&[("-1", "besseli(1, v)")])
        .alias(&["BesselI", "besselI"]).latex(r"\operatorname{I}_{#1}\left(#2\right)").eval2(bessel_modified::first).samples(&[&[0.0, 1.0, 2.5, 5.0], &[0.2, 1.5, 9.0, 40.0]])
        .code(["scipy.special.iv", "besseli", "besseli", ""]),
    function(Special, "besselk", &["", "-(besselk(u - 1, v) + besselk(u + 1, v))/2"], "modified Bessel function of the second kind").reduces(&[("-1", "besselk(1, v)")])
        .alias(&["BesselK", "besselK"]).latex(r"\operatorname{K}_{#1}\left(#2\right)").eval2(bessel_modified::second).on("v > 0").samples(&[&[0.0, 1.0, 2.5, 5.0], &[0.2, 1.5, 9.0, 40.0]])
        .code(["scipy.special.kv", "besselk", "besselk", ""]),
    function(Special, "hankel1", &["", "(hankel1(u - 1, v) - hankel1(u + 1, v))/2"], "Hankel function of the first kind, complex")
        .alias(&["HankelH1"]).latex(r"\operatorname{H}_{#1}^{\left(1\right)}\left(#2\right)"),
    function(Special, "hankel2", &["", "(hankel2(u - 1, v) - hankel2(u + 1, v))/2"], "Hankel function of the second kind, complex")
        .alias(&["HankelH2"]).latex(r"\operatorname{H}_{#1}^{\left(2\right)}\left(#2\right)"),
    function(Special, "jn", &["", "jn(u - 1, v) - (u + 1)*jn(u, v)/v"], "spherical Bessel function of the first kind")
        .alias(&["sphericalbesselj"]).latex(r"\operatorname{j}_{#1}\left(#2\right)").eval2(spherical::first).samples(&[&[0.0, 1.0, 4.0, 2.5], &[0.2, 1.5, 9.0, 40.0]])
        .code(["", "sphericalbesselj", "", ""]),
    function(Special, "yn", &["", "yn(u - 1, v) - (u + 1)*yn(u, v)/v"], "spherical Bessel function of the second kind")
        .alias(&["sphericalbessely"]).latex(r"\operatorname{y}_{#1}\left(#2\right)").eval2(spherical::second).samples(&[&[0.0, 1.0, 4.0, 2.5], &[0.2, 1.5, 9.0, 40.0]])
        .code(["", "sphericalbessely", "", ""]),
    function(Special, "hn1", &["", "hn1(u - 1, v) - (u + 1)*hn1(u, v)/v"], "spherical Hankel function of the first kind, complex")
        .latex(r"\operatorname{h}_{#1}^{\left(1\right)}\left(#2\right)"),
    function(Special, "hn2", &["", "hn2(u - 1, v) - (u + 1)*hn2(u, v)/v"], "spherical Hankel function of the second kind, complex")
        .latex(r"\operatorname{h}_{#1}^{\left(2\right)}\left(#2\right)"),
    function(Special, "marcumq", &["", "v*(marcumq(u + 1, v, w) - marcumq(u, v, w))", "-v^(1 - u)*w^u*e^(-(v^2 + w^2)/2)*besseli(u - 1, v*w)"], "Marcum's Q")
        .latex(r"\operatorname{Q}_{#1}\left(#2, #3\right)"),
    function(Special, "mathieuc", &["", "", "mathieucprime(u, v, w)"], "even Mathieu function").latex(r"\operatorname{C}"),
    function(Special, "mathieus", &["", "", "mathieusprime(u, v, w)"], "odd Mathieu function").latex(r"\operatorname{S}"),
    function(Special, "mathieucprime", &["", "", "(2*v*cos(2*w) - u)*mathieuc(u, v, w)"], "derivative of the even Mathieu function").latex(r"\operatorname{C}^{\prime}"),
    function(Special, "mathieusprime", &["", "", "(2*v*cos(2*w) - u)*mathieus(u, v, w)"], "derivative of the odd Mathieu function").latex(r"\operatorname{S}^{\prime}"),
    unary(Special, "ellipticK", &["(ellipticE(u) - (1 - u)*ellipticK(u))/(2*u*(1 - u))"], "complete elliptic integral of the first kind, of the parameter m")
        .alias(&["EllipticK"]).latex(r"\operatorname{K}").rising().eval(elliptic::complete_first).on("u < 1").at(&[("0", "pi/2")]).samples(&[&[-8.0, -0.4, 0.1, 0.5, 0.97]])
        .code(["scipy.special.ellipk", "ellipk", "", ""]),
    unary(Special, "ellipticE", &["(ellipticE(u) - ellipticK(u))/(2*u)"], "complete elliptic integral of the second kind, of the parameter m")
        .alias(&["EllipticE"]).latex(r"\operatorname{E}").eval(elliptic::complete_second).on("u <= 1").at(&[("0", "pi/2"), ("1", "1")]).samples(&[&[-8.0, -0.4, 0.1, 0.5, 0.97]])
        .code(["scipy.special.ellipe", "ellipe", "", ""]),
    function(Special, "ellipticEinc", &["sqrt(1 - v*sin(u)^2)", "(ellipticEinc(u, v) - ellipticF(u, v))/(2*v)"],
             "elliptic integral of the second kind, of the angle u and the parameter v")
        .alias(&["ellipticE", "EllipticE"]).latex(r"\operatorname{E}\left(#1\middle|#2\right)").eval2(elliptic::second).samples(&[&[-4.0, 0.3, 1.4], &[-3.0, 0.2, 0.9]])
        .code(["scipy.special.ellipeinc", "", "", ""]),
    function(Special, "ellipticF", &["1/sqrt(1 - v*sin(u)^2)", "(ellipticEinc(u, v)/(1 - v) - ellipticF(u, v))/(2*v) - sin(2*u)/(4*(1 - v)*sqrt(1 - v*sin(u)^2))"],
             "elliptic integral of the first kind, of the angle u and the parameter v")
        .alias(&["EllipticF"]).latex(r"\operatorname{F}\left(#1\middle|#2\right)").eval2(elliptic::first).samples(&[&[-4.0, 0.3, 1.4], &[-3.0, 0.2, 0.9]])
        .code(["scipy.special.ellipkinc", "", "", ""]),
    function(Special, "ellipticPi", &[
        "(ellipticEinc(v, w) + ((w - u)*ellipticF(v, w) + (u^2 - w)*ellipticPi(u, v, w))/u - u*sqrt(1 - w*sin(v)^2)*sin(2*v)/(2*(1 - u*sin(v)^2)))/(2*(w - u)*(u - 1))",
        "1/((1 - u*sin(v)^2)*sqrt(1 - w*sin(v)^2))",
        "(ellipticEinc(v, w)/(w - 1) + ellipticPi(u, v, w) - w*sin(2*v)/(2*(w - 1)*sqrt(1 - w*sin(v)^2)))/(2*(u - w))"],
             "elliptic integral of the third kind, of the characteristic u, the angle v and the parameter w")
        .alias(&["EllipticPi"]).latex(r"\operatorname{\Pi}\left(#1; #2\middle|#3\right)").eval3(elliptic::third).samples(&[&[-2.0, 0.4, 0.8], &[-4.0, 0.3, 1.4], &[-3.0, 0.2, 0.9]]),
    function(Special, "ellipticPi_complete", &[
        "(ellipticE(v) + ((v - u)*ellipticK(v) + (u^2 - v)*ellipticPi_complete(u, v))/u)/(2*(v - u)*(u - 1))",
        "(ellipticE(v)/(v - 1) + ellipticPi_complete(u, v))/(2*(u - v))"],
             "complete elliptic integral of the third kind, of the characteristic u and the parameter v")
        .alias(&["ellipticPi", "EllipticPi"]).latex(r"\operatorname{\Pi}\left(#1\middle|#2\right)").eval2(elliptic::complete_third).samples(&[&[-2.0, 0.4, 0.8], &[-3.0, 0.2, 0.9]]),
    function(Special, "legendre", &["", "u*(v*legendre(u, v) - legendre(u - 1, v))/(v^2 - 1)"], "Legendre polynomial of degree u")
        .alias(&["LegendreP", "legendreP"]).latex(r"\operatorname{P}_{#1}\left(#2\right)").eval2(orthogonal::legendre).samples(&[&[0.0, 1.0, 4.0, 9.0], &[-0.7, 0.2, 3.0]])
        .code(["scipy.special.eval_legendre", "", "", ""]),
    function(Special, "assoc_legendre", &["", "", "(u*w*assoc_legendre(u, v, w) - (u + v)*assoc_legendre(u - 1, v, w))/(w^2 - 1)"], "associated Legendre function of degree u and order v")
        .latex(r"\operatorname{P}_{#1}^{\left(#2\right)}\left(#3\right)").eval3(orthogonal::associated_legendre).on("-1 <= w and w <= 1")
        .samples(&[&[1.0, 2.0, 6.0], &[-1.0, 0.0, 2.0], &[-0.7, 0.2, 0.9]]),
    function(Special, "chebyshevt", &["", "u*chebyshevu(u - 1, v)"], "Chebyshev polynomial of the first kind, of degree u")
        .alias(&["ChebyshevT", "chebyshevT"]).latex(r"\operatorname{T}_{#1}\left(#2\right)").eval2(orthogonal::chebyshev_t).samples(&[&[0.0, 1.0, 4.0, 9.0], &[-0.7, 0.2, 3.0]])
        .code(["scipy.special.eval_chebyt", "", "", ""]),
    function(Special, "chebyshevu", &["", "((u + 1)*chebyshevt(u + 1, v) - v*chebyshevu(u, v))/(v^2 - 1)"], "Chebyshev polynomial of the second kind, of degree u")
        .alias(&["ChebyshevU", "chebyshevU"]).latex(r"\operatorname{U}_{#1}\left(#2\right)").eval2(orthogonal::chebyshev_u).samples(&[&[0.0, 1.0, 4.0, 9.0], &[-0.7, 0.2, 3.0]])
        .code(["scipy.special.eval_chebyu", "", "", ""]),
    function(Special, "hermite", &["", "2*u*hermite(u - 1, v)"], "Hermite polynomial of degree u")
        .alias(&["HermiteH", "hermiteH"]).latex(r"\operatorname{H}_{#1}\left(#2\right)").eval2(orthogonal::hermite).samples(&[&[1.0, 2.0, 4.0, 9.0], &[-0.7, 0.2, 3.0]])
        .code(["scipy.special.eval_hermite", "", "", ""]),
    function(Special, "hermite_prob", &["", "u*hermite_prob(u - 1, v)"], "Hermite polynomial of the probabilists, of degree u")
        .latex(r"\operatorname{He}_{#1}\left(#2\right)").eval2(orthogonal::hermite_prob).samples(&[&[1.0, 2.0, 4.0, 9.0], &[-0.7, 0.2, 3.0]])
        .code(["scipy.special.eval_hermitenorm", "", "", ""]),
    function(Special, "laguerre", &["", "-assoc_laguerre(u - 1, 1, v)"], "Laguerre polynomial of degree u")
        .alias(&["LaguerreL", "laguerreL"]).latex(r"\operatorname{L}_{#1}\left(#2\right)").eval2(orthogonal::laguerre).samples(&[&[0.0, 1.0, 4.0, 9.0], &[-0.7, 0.2, 3.0]])
        .code(["scipy.special.eval_laguerre", "", "", ""]),
    function(Special, "assoc_laguerre", &["", "", "-assoc_laguerre(u - 1, v + 1, w)"], "associated Laguerre polynomial of degree u with the parameter v")
        .latex(r"\operatorname{L}_{#1}^{\left(#2\right)}\left(#3\right)").eval3(orthogonal::associated_laguerre).samples(&[&[0.0, 1.0, 5.0], &[0.0, 0.5, 2.0], &[-0.7, 0.2, 3.0]])
        .code(["scipy.special.eval_genlaguerre", "", "", ""]),
    function(Special, "gegenbauer", &["", "", "2*v*gegenbauer(u - 1, v + 1, w)"], "Gegenbauer polynomial of degree u with the parameter v")
        .alias(&["GegenbauerC"]).latex(r"\operatorname{C}_{#1}^{\left(#2\right)}\left(#3\right)").eval3(orthogonal::gegenbauer).samples(&[&[0.0, 1.0, 5.0], &[0.3, 0.5, 2.0], &[-0.7, 0.2, 3.0]])
        .code(["scipy.special.eval_gegenbauer", "", "", ""]),
    function(Special, "jacobi", &["", "", "", "(u + v + w + 1)/2*jacobi(u - 1, v + 1, w + 1, p)"], "Jacobi polynomial of degree u with the parameters v and w")
        .alias(&["JacobiP", "jacobiP"]).latex(r"\operatorname{P}_{#1}^{\left(#2, #3\right)}\left(#4\right)").eval_all(orthogonal::jacobi)
        .samples(&[&[0.0, 1.0, 5.0], &[0.3, 2.0], &[-0.5, 1.0], &[-0.7, 0.2, 3.0]])
        .code(["scipy.special.eval_jacobi", "", "", ""]),
    function(Special, "hyp2f1", &["", "", "", "u*v/w*hyp2f1(u + 1, v + 1, w + 1, p)"], "Gauss's hypergeometric function, also hypergeometric([u, v], [w], p)")
        .special(&[(3, "w - u - 1", "u*((1 - p)^(-v) - hyp2f1(u, v, w, p))/p"), (3, "w - v - 1", "v*((1 - p)^(-u) - hyp2f1(u, v, w, p))/p")])
        .latex(r"{}_2F_1\left(#1, #2; #3; #4\right)").eval_all(hypergeometric::hyp2f1)
        .samples(&[&[0.5, 1.5], &[-0.3, 2.0], &[0.7, 3.2], &[-3.0, -0.4, 0.2, 0.8]]),
    function(Special, "hyp1f1", &["", "", "u/v*hyp1f1(u + 1, v + 1, w)"], "Kummer's confluent hypergeometric function")
        .latex(r"{}_1F_1\left(#1; #2; #3\right)").eval3(hypergeometric::hyp1f1)
        .samples(&[&[0.5, 1.5], &[0.7, 3.2], &[-3.0, -0.4, 0.2, 2.5]]),
    function(Special, "hyp0f1", &["", "hyp0f1(u + 1, v)/u"], "confluent hypergeometric limit function")
        .latex(r"{}_0F_1\left(; #1; #2\right)").eval2(hypergeometric::hyp0f1)
        .samples(&[&[0.5, 1.7], &[-3.0, -0.4, 0.2, 2.5]]),
];
