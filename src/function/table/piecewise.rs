//! Rounding, steps, extrema and the case distinction. (`abs` and `sign` are among the
//! elementary functions, because the kernel refers to them by index.)

use super::super::spec::Category::Piecewise;
use super::super::spec::{FunctionSpec, folded, function, unary};
use super::super::value::piecewise;

/// The rows, in the order in which they are listed.
#[rustfmt::skip]
pub(crate) static PIECEWISE: &[FunctionSpec] = &[
    folded(Piecewise, "piecewise", &["", ""], "value of the first condition that holds, the last argument otherwise").real(),
    folded(Piecewise, "max", &["heaviside(u - v)", "heaviside(v - u)"], "greatest argument").normal("(u + v + abs(u - v))/2")
        .alias(&["Max", "maximum"]).latex(r"\max").everywhere().eval2(piecewise::max).breaks("u = v").idempotent()
        .samples(&[&[-3.0, 0.5, 20.0], &[-4.0, 0.1, 2.0]])
        .code(["np.maximum", "max", "max", "torch.maximum"]),
    folded(Piecewise, "min", &["heaviside(v - u)", "heaviside(u - v)"], "smallest argument").normal("(u + v - abs(u - v))/2")
        .alias(&["Min", "minimum"]).latex(r"\min").everywhere().eval2(piecewise::min).breaks("u = v").idempotent()
        .samples(&[&[-3.0, 0.5, 20.0], &[-4.0, 0.1, 2.0]])
        .code(["np.minimum", "min", "min", "torch.minimum"]),
    function(Piecewise, "clamp", &["heaviside(u - v)*heaviside(w - u)", "heaviside(v - u)*heaviside(w - v)", "heaviside(max(u, v) - w)"],
             "u, but at least v and at most w")
        .alias(&["clip"]).means("min(max(u, v), w)").everywhere().eval3(piecewise::clamp).breaks("(u - v)*(u - w) = 0")
        .samples(&[&[-3.0, 0.5, 20.0], &[-4.0, 0.1, 2.0], &[2.5, 4.0, 30.0]])
        .code(["np.clip", "min(max(#1, #2), #3)", "min(max(#1, #2), #3)", "torch.clamp"]),
    unary(Piecewise, "floor", &["0"], "greatest integer below or at u")
        .latex(r"\left\lfloor #1\right\rfloor").everywhere().eval(f64::floor).real().breaks("u = floor(u)")
        .at(&[("0", "0")]).samples(&[&[-7.3, -0.5, 0.2, 4.9]])
        .code(["np.floor", "floor", "floor", "torch.floor"]),
    unary(Piecewise, "ceil", &["0"], "smallest integer above or at u").normal("-floor(-u)")
        .alias(&["ceiling"]).latex(r"\left\lceil #1\right\rceil").everywhere().eval(f64::ceil).breaks("u = ceil(u)")
        .at(&[("0", "0")]).samples(&[&[-7.3, -0.5, 0.2, 4.9]])
        .code(["np.ceil", "ceil", "ceil", "torch.ceil"]),
    unary(Piecewise, "round", &["0"], "nearest integer, halves away from 0").normal("sign(u)*floor(abs(u) + 1/2)")
        .everywhere().eval(f64::round).odd().breaks("u + 1/2 = floor(u + 1/2)")
        .at(&[("0", "0")]).samples(&[&[-7.3, -0.3, 0.2, 4.9]])
        .code(["", "", "round", ""]),
    unary(Piecewise, "trunc", &["0"], "integer part, towards 0").normal("sign(u)*floor(abs(u))")
        .alias(&["truncate"]).everywhere().eval(f64::trunc).odd().breaks("u = floor(u)")
        .at(&[("0", "0")]).samples(&[&[-7.3, -0.5, 0.2, 4.9]])
        .code(["np.trunc", "trunc", "fix", "torch.trunc"]),
    unary(Piecewise, "frac", &["1"], "fractional part, u - floor(u)").normal("u - floor(u)").nonnegative()
        .alias(&["fract"]).everywhere().eval(piecewise::frac).breaks("u = floor(u)")
        .at(&[("0", "0")]).samples(&[&[-7.3, -0.5, 0.2, 4.9]])
        .code(["np.mod(#1, 1)", "mod(#1, 1)", "mod(#1, 1)", "torch.remainder(#1, 1)"]),
    function(Piecewise, "mod", &["1", "-floor(u/v)"], "remainder, u - v*floor(u/v)").normal("u - v*floor(u/v)")
        .alias(&["Mod"]).latex(r"\left(#1\bmod #2\right)").eval2(piecewise::modulo).breaks("u/v = floor(u/v)")
        .samples(&[&[-3.1, 0.5, 20.5], &[-4.0, 0.7, 2.0]])
        .code(["np.mod", "mod", "mod", "torch.remainder"]),
    unary(Piecewise, "heaviside", &["0"], "unit step, 1/2 at 0").normal("(1 + sign(u))/2").nonnegative()
        .alias(&["Heaviside", "step", "unitstep", "UnitStep"]).latex(r"\operatorname{H}").everywhere().eval(piecewise::heaviside).breaks("u = 0")
        .at(&[("0", "1/2")]).samples(&[&[-40.0, -0.3, 0.2, 7.5]])
        .code(["np.heaviside(#1, 0.5)", "", "", ""]),
    unary(Piecewise, "step_left", &["0"], "unit step, 0 at 0").normal("(sign(u)^2 + sign(u))/2").nonnegative()
        .everywhere().eval(piecewise::step_left).breaks("u = 0")
        .at(&[("0", "0")]).samples(&[&[-40.0, -0.3, 0.2, 7.5]])
        .code(["np.heaviside(#1, 0)", "", "", ""]),
    unary(Piecewise, "step_right", &["0"], "unit step, 1 at 0").normal("(sign(u) - sign(u)^2)/2 + 1").nonnegative()
        .everywhere().eval(piecewise::step_right).breaks("u = 0")
        .at(&[("0", "1")]).samples(&[&[-40.0, -0.3, 0.2, 7.5]])
        .code(["np.heaviside(#1, 1)", "", "", ""]),
    unary(Piecewise, "dirac", &[""], "delta distribution of Dirac")
        .alias(&["DiracDelta", "diracdelta"]).latex(r"\operatorname{\delta}").even().real(),
    function(Piecewise, "kronecker", &["0", "0"], "1 where u = v, otherwise 0").normal("1 - sign(u - v)^2").nonnegative()
        .alias(&["KroneckerDelta", "kroneckerdelta"]).latex(r"\operatorname{\delta}_{#1, #2}").everywhere().eval2(piecewise::kronecker).breaks("u = v")
        .samples(&[&[-3.0, 0.5, 20.0], &[-4.0, 0.1, 2.0]]),
];
