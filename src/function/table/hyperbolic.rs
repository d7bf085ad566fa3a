//! Hyperbolic functions and their inverses.

use super::super::spec::Category::Hyperbolic;
use super::super::spec::{FunctionSpec, unary};
use super::super::value::circular;

/// The rows, in the order in which they are listed.
#[rustfmt::skip]
pub(crate) static HYPERBOLIC: &[FunctionSpec] = &[
    unary(Hyperbolic, "sinh", &["cosh(u)"], "hyperbolic sine").normal("(e^u - e^(-u))/2")
        .latex(r"\sinh").rising().everywhere().eval(f64::sinh).odd().entire().inverse("arsinh")
        .at(&[("0", "0")]).samples(&[&[-6.0, -1.2, 0.0, 0.3, 4.0]])
        .code(["np.sinh", "sinh", "sinh", "torch.sinh"]),
    unary(Hyperbolic, "cosh", &["sinh(u)"], "hyperbolic cosine").normal("(e^u + e^(-u))/2").nonnegative()
        .nonzero().latex(r"\cosh").everywhere().eval(f64::cosh).even().entire().inverse("arcosh")
        .at(&[("0", "1")]).samples(&[&[-6.0, -1.2, 0.1, 0.3, 4.0]])
        .code(["np.cosh", "cosh", "cosh", "torch.cosh"]),
    unary(Hyperbolic, "tanh", &["sech(u)^2"], "hyperbolic tangent").normal("(e^u - e^(-u))/(e^u + e^(-u))")
        .latex(r"\tanh").rising().everywhere().eval(f64::tanh).odd().inverse("artanh")
        .at(&[("0", "0")]).samples(&[&[-3.0, -1.2, 0.0, 0.3, 2.0]])
        .code(["np.tanh", "tanh", "tanh", "torch.tanh"]),
    unary(Hyperbolic, "coth", &["-csch(u)^2"], "hyperbolic cotangent").normal("(e^u + e^(-u))/(e^u - e^(-u))")
        .nonzero().latex(r"\coth").eval(circular::coth).odd().inverse("arcoth").at(&[("0", "undefined")])
        .samples(&[&[-3.0, -1.2, 0.1, 0.3, 2.0]])
        .code(["1/np.tanh(#1)", "coth", "coth", "1/torch.tanh(#1)"]),
    unary(Hyperbolic, "sech", &["-sech(u)*tanh(u)"], "hyperbolic secant").normal("2/(e^u + e^(-u))").nonnegative()
        .nonzero().everywhere().eval(circular::sech).even().inverse("arsech")
        .at(&[("0", "1")]).samples(&[&[-6.0, -1.2, 0.1, 0.3, 4.0]])
        .code(["1/np.cosh(#1)", "sech", "sech", "1/torch.cosh(#1)"]),
    unary(Hyperbolic, "csch", &["-csch(u)*coth(u)"], "hyperbolic cosecant").normal("2/(e^u - e^(-u))")
        .nonzero().alias(&["cosech"]).eval(circular::csch).odd().inverse("arcsch").at(&[("0", "undefined")])
        .samples(&[&[-6.0, -1.2, 0.1, 0.3, 4.0]])
        .code(["1/np.sinh(#1)", "csch", "csch", "1/torch.sinh(#1)"]),
    unary(Hyperbolic, "arsinh", &["1/sqrt(u^2 + 1)"], "inverse hyperbolic sine").normal("ln(u + sqrt(u^2 + 1))")
        .alias(&["asinh", "arcsinh"]).rising().everywhere().eval(f64::asinh).odd().inverse("sinh")
        .at(&[("0", "0")]).samples(&[&[-30.0, -1.2, 0.0, 0.3, 5.0]])
        .code(["np.arcsinh", "asinh", "asinh", "torch.asinh"]),
    unary(Hyperbolic, "arcosh", &["1/sqrt(u^2 - 1)"], "inverse hyperbolic cosine").normal("ln(u + sqrt(u - 1)*sqrt(u + 1))").nonnegative()
        .alias(&["acosh", "arccosh"]).rising().eval(circular::arcosh).on("u >= 1").inverse("cosh")
        .principal("1/(sqrt(u - 1)*sqrt(u + 1))")
        .at(&[("1", "0")]).samples(&[&[1.05, 1.5, 4.0, 60.0]])
        .code(["np.arccosh", "acosh", "acosh", "torch.acosh"]),
    unary(Hyperbolic, "artanh", &["1/(1 - u^2)"], "inverse hyperbolic tangent").normal("(ln(1 + u) - ln(1 - u))/2")
        .alias(&["atanh", "arctanh"]).rising().eval(f64::atanh).odd().on("-1 < u and u < 1").inverse("tanh")
        .at(&[("0", "0")]).samples(&[&[-0.95, -0.4, 0.0, 0.3, 0.9]])
        .code(["np.arctanh", "atanh", "atanh", "torch.atanh"]),
    unary(Hyperbolic, "arcoth", &["1/(1 - u^2)"], "inverse hyperbolic cotangent").normal("ln((u + 1)/(u - 1))/2")
        .alias(&["acoth", "arccoth"]).eval(circular::arcoth).odd().on("abs(u) > 1").inverse("coth")
        .samples(&[&[-30.0, -1.5, 1.1, 2.0, 8.0]])
        .code(["", "acoth", "acoth", ""]),
    unary(Hyperbolic, "arsech", &["-1/(u*sqrt(1 - u^2))"], "inverse hyperbolic secant").normal("ln(1 + sqrt(1 - u)*sqrt(1 + u)) - ln(u)").nonnegative()
        .alias(&["asech", "arcsech"]).eval(circular::arsech).on("0 < u and u <= 1").inverse("sech")
        .principal("-1/(u^2*sqrt(1/u - 1)*sqrt(1/u + 1))")
        .at(&[("1", "0")]).samples(&[&[0.01, 0.2, 0.5, 0.95]])
        .code(["", "asech", "asech", ""]),
    unary(Hyperbolic, "arcsch", &["-1/(abs(u)*sqrt(u^2 + 1))"], "inverse hyperbolic cosecant").normal("ln(1/u + sqrt(1 + u^2)/abs(u))")
        .nonzero().alias(&["acsch", "arccsch", "arcosech"]).eval(circular::arcsch).odd().inverse("csch").at(&[("0", "undefined")])
        .principal("-1/(u^2*sqrt(1 + 1/u^2))")
        .samples(&[&[-30.0, -1.2, 0.1, 0.3, 5.0]])
        .code(["", "acsch", "acsch", ""]),
];
