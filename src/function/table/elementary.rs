//! Exponentials, logarithms and roots.

use super::super::spec::Category::{Elementary, Piecewise};
use super::super::spec::{FunctionSpec, function, unary};
use super::super::value::{elementary, piecewise};

/// The rows, in the order in which they are listed. The order of the first five is fixed.
#[rustfmt::skip]
pub(crate) static ELEMENTARY: &[FunctionSpec] = &[
    unary(Elementary, "ln", &["1/u"], "natural logarithm")
        .alias(&["log"]).latex(r"\ln").rising().eval(f64::ln).on("u > 0").inverse("exp")
        .at(&[("1", "0"), ("e", "1")]).samples(&[&[0.1, 0.7, 1.0, 2.5, 40.0]])
        .code(["np.log", "log", "log", "torch.log"]),
    unary(Piecewise, "abs", &["sign(u)"], "absolute value")
        .latex(r"\left|#1\right|").everywhere().eval(f64::abs).even().real().breaks("u = 0")
        .at(&[("0", "0")]).samples(&[&[-40.0, -0.3, 0.2, 7.5]])
        .code(["np.abs", "abs", "abs", "torch.abs"]),
    unary(Piecewise, "sign", &["0"], "sign: -1, 0 or 1")
        .alias(&["sgn", "signum"]).everywhere().eval(piecewise::sign).odd().real().breaks("u = 0")
        .at(&[("0", "0")]).samples(&[&[-40.0, -0.3, 0.2, 7.5]])
        .code(["np.sign", "sign", "sign", "torch.sign"]),
    unary(Elementary, "exp", &["e^u"], "exponential function")
        .means("e^u").inverse("ln").everywhere().rising().eval(f64::exp)
        .at(&[("0", "1"), ("1", "e")]).samples(&[&[-20.0, -1.5, 0.0, 0.4, 3.0, 20.0]])
        .code(["np.exp", "exp", "exp", "torch.exp"]),
    unary(Elementary, "sqrt", &["1/(2*sqrt(u))"], "square root")
        .means("u^(1/2)").latex(r"\sqrt{#1}").rising().eval(f64::sqrt).on("u >= 0")
        .at(&[("0", "0"), ("1", "1")]).samples(&[&[0.01, 0.5, 1.0, 3.0, 900.0]])
        .code(["np.sqrt", "sqrt", "sqrt", "torch.sqrt"]),
    function(Elementary, "log_b", &["1/(u*ln(v))", "-ln(u)/(v*ln(v)^2)"], "logarithm of u to the base v")
        .alias(&["log"]).means("ln(u)/ln(v)").latex(r"\log_{#2}\left(#1\right)").eval2(elementary::log_base)
        .on("u > 0 and v > 0").samples(&[&[0.3, 2.0, 50.0], &[0.4, 2.0, 10.0]])
        .code(["", "", "", ""]),
    unary(Elementary, "log2", &["1/(u*ln(2))"], "logarithm to the base 2").normal("ln(u)/ln(2)")
       .latex(r"\log_{2}").rising().eval(f64::log2).on("u > 0").inverse("exp2")
        .at(&[("1", "0"), ("2", "1")]).samples(&[&[0.1, 0.7, 1.0, 2.5, 40.0]])
        .code(["np.log2", "log2", "log2", "torch.log2"]),
    unary(Elementary, "log10", &["1/(u*ln(10))"], "logarithm to the base 10").normal("ln(u)/ln(10)")
        .alias(&["lg"]).latex(r"\log_{10}").rising().eval(f64::log10).on("u > 0")
        .at(&[("1", "0"), ("10", "1")]).samples(&[&[0.1, 0.7, 1.0, 2.5, 40.0]])
        .code(["np.log10", "log10", "log10", "torch.log10"]),
    unary(Elementary, "log1p", &["1/(1 + u)"], "natural logarithm of 1 + u")
        .means("ln(1 + u)").rising().eval(f64::ln_1p).on("u > -1").inverse("expm1")
        .at(&[("0", "0")]).samples(&[&[-0.9, -0.2, 0.0, 0.5, 40.0]])
        .code(["np.log1p", "log1p", "log1p", "torch.log1p"]),
    unary(Elementary, "expm1", &["e^u"], "exponential function less 1")
        .means("e^u - 1").rising().everywhere().eval(f64::exp_m1).inverse("log1p")
        .at(&[("0", "0")]).samples(&[&[-5.0, -0.3, 0.0, 0.5, 10.0]])
        .code(["np.expm1", "expm1", "expm1", "torch.expm1"]),
    unary(Elementary, "exp2", &["2^u*ln(2)"], "power of 2")
        .means("2^u").latex("2^{#1}").everywhere().rising().eval(f64::exp2).inverse("log2")
        .at(&[("0", "1"), ("1", "2")]).samples(&[&[-5.0, -0.3, 0.0, 0.5, 10.0]])
        .code(["np.exp2", "exp2", "", "torch.exp2"]),
    unary(Elementary, "cbrt", &["1/(3*cbrt(u)^2)"], "real cube root").normal("sign(u)*abs(u)^(1/3)")
        .latex(r"\sqrt[3]{#1}").rising().everywhere().eval(f64::cbrt).odd().breaks("u = 0")
        .at(&[("0", "0"), ("1", "1")]).samples(&[&[-30.0, -0.8, 0.01, 1.0, 900.0]])
        .code(["np.cbrt", "cbrt", "nthroot(#1, 3)", ""]),
    function(Elementary, "root", &["root(u, v)/(u*v)", "-root(u, v)*ln(u)/v^2"], "real root of u of order v")
        .normal("piecewise(mod(v, 2) == 1, sign(u)*abs(u)^(1/v), u >= 0, u^(1/v))")
        .alias(&["nthroot", "nthRoot", "surd"]).latex(r"\sqrt[#2]{#1}").eval2(elementary::root)
        .breaks("u = 0").samples(&[&[0.3, 2.0, 50.0], &[2.0, 3.0, 5.0]]),
    function(Elementary, "hypot", &["u/hypot(u, v)", "v/hypot(u, v)"], "length of the vector (u, v)").normal("sqrt(u^2 + v^2)").nonnegative()
        .everywhere().eval2(f64::hypot)
        .samples(&[&[-3.0, 0.5, 20.0], &[-4.0, 0.1, 2.0]])
        .code(["np.hypot", "hypot", "hypot", "torch.hypot"]),
];
