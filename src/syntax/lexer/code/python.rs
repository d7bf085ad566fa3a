//! Python as people write formulas in it: numpy, math, scipy.special, torch, tf and jax.

use super::dialect::{Dialect, Layout};
use super::grammar::Rule;
use super::meaning::Meaning::{Entries, Fold, Formula, Literal, Not, Noted, Refused};
use super::meaning::{ANY, Row, Rows};
use crate::function;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

const SUMS: &str = "sums over arrays are not read; write the terms with `+`";
const ARRAYS: &str = "arrays are not read; write the formula of one entry";
const EVEN: &str = "halves are rounded away from 0 here, and to even numbers there";
const TRUNCATED: &str =
    "its remainder has the sign of the first argument; write `x - y*np.trunc(x/y)`";
const BITS: &str = "operators of bits are read between conditions in brackets only, as `(x > 0) & (y > 0)`";
const WORDS: &str = "write the formula in one expression";

/// Operators of Python that stand in formulas.
pub(super) const OPERATORS: &[(&str, &str)] = &[
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("**", "^"),
    ("//", "//"),
    ("%", "mod"),
    ("<", "<"),
    (">", ">"),
    ("<=", "<="),
    (">=", ">="),
    ("==", "=="),
    ("!=", "!="),
    ("and", "and"),
    ("or", "or"),
    ("not", "not"),
];

/// Signs and words of Python that stand in no formula.
pub(super) const REFUSED: &[(&str, &str)] = &[
    ("^", "`^` is the exclusive or of bits; a power is `**`"),
    ("&", BITS),
    ("|", BITS),
    ("~", BITS),
    ("<<", BITS),
    (">>", BITS),
    ("@", "products of matrices are not read in Python; declare them with --given"),
    ("!", "write `math.factorial(n)`"),
    (":=", "assign in a line of its own"),
    ("'", "a text is no formula; write it alone"),
    ("{", "sets and dictionaries are not read"),
    (".", "methods and attributes are not read; write `np.sin(x)`"),
    ("lambda", "a function without a name stands alone, or as `f = lambda x: …`"),
    ("if", "write `a if c else b`"),
    ("else", "write `a if c else b`"),
    ("in", "write `0 < x and x < 1`"),
    ("is", "write `==`"),
    ("for", WORDS),
    ("def", WORDS),
    ("return", WORDS),
    ("import", WORDS),
    ("from", WORDS),
    ("class", WORDS),
    ("while", WORDS),
    ("with", WORDS),
    ("yield", WORDS),
    ("await", WORDS),
    ("assert", WORDS),
    ("try", WORDS),
    ("del", WORDS),
    ("as", WORDS),
    ("True", "a condition stands in `a if c else b`"),
    ("False", "a condition stands in `a if c else b`"),
    ("None", "write a number"),
    ("print", "write the formula alone"),
    ("sum", SUMS),
    ("int", "write `math.trunc(x)`"),
    ("range", SUMS),
    ("len", ARRAYS),
    ("any", ARRAYS),
    ("all", ARRAYS),
];

const MODULES: &[(&str, &str)] = &[
    ("np", "np"),
    ("numpy", "np"),
    ("jnp", "np"),
    ("jax.numpy", "np"),
    ("cp", "np"),
    ("onp", "np"),
    ("anp", "np"),
    ("autograd.numpy", "np"),
    ("math", "math"),
    ("cmath", "math"),
    ("Math", "math"),
    ("scipy.special", "special"),
    ("special", "special"),
    ("sc", "special"),
    ("jax.scipy.special", "special"),
    ("jsp.special", "special"),
    ("torch.special", "torch"),
    ("torch", "torch"),
    ("F", "torch"),
    ("nn.functional", "torch"),
    ("torch.nn.functional", "torch"),
    ("tf", "tf"),
    ("tensorflow", "tf"),
    ("tf.math", "tf"),
    ("tf.nn", "tf"),
    ("tensorflow.math", "tf"),
    ("tensorflow.nn", "tf"),
    ("jax.nn", "jax"),
    ("nn", "jax"),
    ("jax.lax", "jax"),
    ("lax", "jax"),
    ("norm", "norm"),
    ("stats.norm", "norm"),
    ("scipy.stats.norm", "norm"),
    ("scipy.stats", "stats"),
];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Numbers
    ("pi", 0, Formula("pi")), ("tau", 0, Formula("2*pi")), ("math.e", 0, Formula("e")), ("np.e", 0, Formula("e")), ("torch.e", 0, Formula("e")), ("math.PI", 0, Formula("pi")), ("math.E", 0, Formula("e")), ("math.LN2", 0, Formula("ln(2)")), ("math.LN10", 0, Formula("ln(10)")), ("math.LOG2E", 0, Formula("1/ln(2)")), ("math.LOG10E", 0, Formula("1/ln(10)")), ("math.SQRT2", 0, Formula("sqrt(2)")), ("math.SQRT1_2", 0, Formula("1/sqrt(2)")),
    ("inf", 0, Refused("infinity is not a number to calculate with")), ("nan", 0, Refused("this is no number")),
    ("euler_gamma", 0, Refused("write 0.5772156649015329")), ("newaxis", 0, Refused(ARRAYS)),
    // Arithmetic
    ("power", 2, Formula("u^v")), ("pow", 2, Formula("u^v")), ("float_power", 2, Formula("u^v")), ("square", 1, Formula("u^2")), ("reciprocal", 1, Formula("1/u")),
    ("add", 2, Fold("+")), ("subtract", 2, Fold("-")), ("sub", 2, Fold("-")), ("multiply", 2, Fold("*")), ("mul", 2, Fold("*")), ("divide", 2, Fold("/")), ("true_divide", 2, Fold("/")), ("div", 2, Fold("/")),
    ("negative", 1, Formula("-u")), ("neg", 1, Formula("-u")), ("positive", 1, Formula("u")),
    ("floor_divide", 2, Formula("floor(u/v)")), ("mod", 2, Formula("mod")), ("remainder", 2, Formula("mod")), ("floormod", 2, Formula("mod")), ("math.remainder", 2, Refused("write `x - y*round(x/y)`")), ("fmod", 2, Refused(TRUNCATED)), ("torch.fmod", 2, Refused(TRUNCATED)),
    ("fabs", 1, Formula("abs")), ("absolute", 1, Formula("abs")), ("abs", 1, Formula("abs")), ("maximum", 2, Formula("max")), ("minimum", 2, Formula("min")), ("fmax", 2, Formula("max")), ("fmin", 2, Formula("min")),
    ("np.max", ANY, Refused("the greatest entry of an array is not read; write `np.maximum(x, y)`")), ("np.min", ANY, Refused("the least entry of an array is not read; write `np.minimum(x, y)`")), ("np.amax", ANY, Refused(ARRAYS)), ("np.amin", ANY, Refused(ARRAYS)),
    ("torch.max", 2, Formula("max")), ("torch.min", 2, Formula("min")), ("math.max", ANY, Formula("max")), ("math.min", ANY, Formula("min")), ("max", 1, Refused(ARRAYS)), ("min", 1, Refused(ARRAYS)),
    ("clip", 3, Formula("min(max(u, v), w)")), ("clamp", 3, Formula("min(max(u, v), w)")), ("clip_by_value", 3, Formula("min(max(u, v), w)")),
    ("where", 3, Formula("piecewise(u, v, w)")), ("select", 3, Formula("piecewise(u, v, w)")), ("cond", 3, Formula("piecewise(u, v, w)")),
    ("jax.select", 3, Formula("piecewise(u, v, w)")), ("np.select", ANY, Refused("write `np.where(c, a, b)`")), ("jax.cond", ANY, Refused("write `jnp.where(c, a, b)`")), ("np.piecewise", ANY, Refused("write `np.where(c, a, b)`")),
    ("logical_and", 2, Fold("and")), ("logical_or", 2, Fold("or")), ("greater", 2, Fold(">")), ("less", 2, Fold("<")), ("greater_equal", 2, Fold(">=")), ("less_equal", 2, Fold("<=")), ("logical_not", 1, Not),
    // Rounding and steps
    ("round", 1, Noted("round(u)", EVEN)), ("rint", 1, Noted("round(u)", EVEN)), ("around", 1, Noted("round(u)", EVEN)), ("fix", 1, Formula("trunc")), ("trunc", 1, Formula("trunc")), ("ceil", 1, Formula("ceil")), ("floor", 1, Formula("floor")), ("frac", 1, Formula("u - trunc(u)")),
    ("heaviside", 2, Formula("piecewise(u < 0, 0, u > 0, 1, v)")), ("heaviside", 1, Refused("write `np.heaviside(x, 0.5)`")), ("sign", 1, Formula("sign")),
    // Exponentials and logarithms
    ("log", 1, Formula("ln")), ("math.log", 2, Formula("log_b")), ("np.log", 2, Refused("write `np.log(x)/np.log(b)`")), ("torch.log", 2, Refused("write `torch.log(x)/torch.log(b)`")), ("tf.log", 2, Refused("write `tf.math.log(x)/tf.math.log(b)`")), ("special.log", ANY, Refused("write `np.log(x)`")), ("log", 2, Formula("log_b")),
    ("exp2", 1, Formula("exp2")), ("exp10", 1, Formula("10^u")), ("xlogy", 2, Formula("u*ln(v)")), ("xlog1py", 2, Formula("u*ln(1 + v)")), ("entr", 1, Formula("-u*ln(u)")), ("logaddexp", 2, Formula("logsumexp")), ("np.logaddexp2", 2, Formula("log2(2^u + 2^v)")),
    ("rsqrt", 1, Formula("1/sqrt(u)")), ("cbrt", 1, Formula("cbrt")), ("hypot", 2, Formula("hypot")), ("exprel", 1, Formula("(e^u - 1)/u")),
    // Angles
    ("atan2", 2, Formula("atan2")), ("arctan2", 2, Formula("atan2")), ("deg2rad", 1, Formula("u*pi/180")), ("radians", 1, Formula("u*pi/180")), ("rad2deg", 1, Formula("u*180/pi")), ("degrees", 1, Formula("u*180/pi")),
    ("sinc", 1, Formula("sinc(pi*u)")), ("asin", 1, Formula("arcsin")), ("acos", 1, Formula("arccos")), ("atan", 1, Formula("arctan")), ("sindg", 1, Formula("sin(u*pi/180)")), ("cosdg", 1, Formula("cos(u*pi/180)")), ("tandg", 1, Formula("tan(u*pi/180)")),
    ("tf.sinh", 1, Formula("sinh")), ("asinh", 1, Formula("arsinh")), ("acosh", 1, Formula("arcosh")), ("atanh", 1, Formula("artanh")), ("arcsinh", 1, Formula("arsinh")), ("arccosh", 1, Formula("arcosh")), ("arctanh", 1, Formula("artanh")),
    // Learning
    ("expit", 1, Formula("sigmoid")), ("logit", 1, Formula("logit")), ("log_expit", 1, Formula("log_sigmoid")), ("log_sigmoid", 1, Formula("log_sigmoid")), ("ndtr", 1, Formula("normal_cdf")), ("norm.pdf", 1, Formula("normal_pdf")), ("norm.cdf", 1, Formula("normal_cdf")),
    ("relu", 1, Formula("relu")), ("relu6", 1, Formula("relu6")), ("selu", 1, Formula("selu")), ("elu", 1, Formula("elu")), ("gelu", 1, Formula("gelu")), ("jax.gelu", ANY, Refused("it is approximate in jax; write `x*jax.scipy.stats.norm.cdf(x)` as `x*norm.cdf(x)`")),
    ("leaky_relu", 1, Formula("leaky_relu")), ("leaky_relu", 2, Formula("max(u, 0) + v*min(u, 0)")), ("tf.leaky_relu", 1, Formula("max(u, 0) + 1/5*min(u, 0)")), ("silu", 1, Formula("swish")), ("swish", 1, Formula("swish")), ("mish", 1, Formula("mish")), ("softsign", 1, Formula("softsign")), ("soft_sign", 1, Formula("softsign")), ("softplus", 1, Formula("softplus")),
    ("hardtanh", 1, Formula("hard_tanh")), ("hard_tanh", 1, Formula("hard_tanh")), ("hardsigmoid", 1, Formula("hard_sigmoid")), ("hard_sigmoid", 1, Formula("hard_sigmoid")),
    ("softmax", ANY, Refused("`softmax` takes a vector: calcgrad diff \"softmax(z)\" --given \"z[n]\"")), ("logsumexp", ANY, Refused("it takes an array; write `np.logaddexp(x, y)`")),
    // Special functions
    ("gamma", 1, Formula("gamma")), ("lgamma", 1, Formula("lgamma")), ("gammaln", 1, Formula("lgamma")), ("psi", 1, Formula("digamma")), ("digamma", 1, Formula("digamma")), ("polygamma", 2, Formula("polygamma")), ("beta", 2, Formula("beta")), ("betaln", 2, Formula("ln(abs(beta(u, v)))")), ("factorial", 1, Formula("factorial")), ("binom", 2, Formula("binomial")), ("comb", 2, Formula("binomial")),
    ("gammainc", 2, Formula("lowergamma(u, v)/gamma(u)")), ("gammaincc", 2, Formula("uppergamma(u, v)/gamma(u)")), ("igamma", 2, Formula("lowergamma(u, v)/gamma(u)")), ("igammac", 2, Formula("uppergamma(u, v)/gamma(u)")), ("betainc", 3, Formula("betainc_regularized(u, v, 0, w)")),
    ("jv", 2, Formula("besselj")), ("jn", 2, Formula("besselj")), ("yv", 2, Formula("bessely")), ("yn", 2, Formula("bessely")), ("iv", 2, Formula("besseli")), ("kv", 2, Formula("besselk")), ("kn", 2, Formula("besselk")),
    ("j0", 1, Formula("besselj(0, u)")), ("j1", 1, Formula("besselj(1, u)")), ("y0", 1, Formula("bessely(0, u)")), ("y1", 1, Formula("bessely(1, u)")), ("i0", 1, Formula("besseli(0, u)")), ("i1", 1, Formula("besseli(1, u)")), ("k0", 1, Formula("besselk(0, u)")), ("k1", 1, Formula("besselk(1, u)")),
    ("i0e", 1, Formula("besseli(0, u)*e^(-abs(u))")), ("i1e", 1, Formula("besseli(1, u)*e^(-abs(u))")), ("spherical_jn", 2, Formula("jn")), ("spherical_yn", 2, Formula("yn")),
    ("lambertw", 1, Formula("lambertw")), ("lambertw", 2, Formula("lambertw_k")), ("zeta", 1, Formula("zeta")), ("zeta", 2, Formula("hurwitz")), ("spence", 1, Formula("polylog(2, 1 - u)")), ("expi", 1, Formula("Ei")), ("exp1", 1, Formula("expint(1, u)")), ("expn", 2, Formula("expint")),
    ("ellipk", 1, Formula("ellipticK")), ("ellipe", 1, Formula("ellipticE")), ("ellipkm1", 1, Formula("ellipticK(1 - u)")), ("ellipkinc", 2, Formula("ellipticF")), ("ellipeinc", 2, Formula("ellipticEinc")), ("hyp2f1", 4, Formula("hyp2f1")), ("hyp1f1", 3, Formula("hyp1f1")), ("hyp0f1", 2, Formula("hyp0f1")), ("poch", 2, Formula("RisingFactorial")),
    ("eval_legendre", 2, Formula("legendre")), ("eval_chebyt", 2, Formula("chebyshevt")), ("eval_chebyu", 2, Formula("chebyshevu")), ("eval_hermite", 2, Formula("hermite")), ("eval_hermitenorm", 2, Formula("hermite_prob")), ("eval_laguerre", 2, Formula("laguerre")), ("eval_genlaguerre", 3, Formula("assoc_laguerre")), ("eval_gegenbauer", 3, Formula("gegenbauer")), ("eval_jacobi", 4, Formula("jacobi")),
    ("airy", ANY, Refused("it has four values; write `airyai(x)`")), ("sici", ANY, Refused("it has two values; write `Si(x)` or `Ci(x)`")), ("fresnel", ANY, Refused("it has two values; write `fresnels(x)` or `fresnelc(x)`")), ("ellipj", ANY, Refused("it has four values")), ("dawsn", 1, Formula("sqrt(pi)/2*e^(-u^2)*erfi(u)")), ("erfcx", 1, Formula("e^(u^2)*erfc(u)")),
    // Values as they are
    ("float", 1, Literal), ("float64", 1, Literal), ("float32", 1, Literal), ("complex", ANY, Refused("write `1j` for the imaginary unit")), ("tensor", 1, Formula("u")), ("array", 1, Formula("u")), ("asarray", 1, Formula("u")), ("stack", 1, Formula("u")), ("constant", 1, Formula("u")), ("tuple", 1, Formula("u")), ("list", 1, Formula("u")), ("column_stack", 1, Entries),
    // Arrays
    ("sum", ANY, Refused(SUMS)), ("prod", ANY, Refused(ARRAYS)), ("mean", ANY, Refused(ARRAYS)), ("dot", ANY, Refused(ARRAYS)), ("matmul", ANY, Refused(ARRAYS)), ("reduce_sum", ANY, Refused(SUMS)), ("cumsum", ANY, Refused(SUMS)), ("linalg", ANY, Refused(ARRAYS)), ("norm", ANY, Refused(ARRAYS)), ("outer", ANY, Refused(ARRAYS)), ("cross", ANY, Refused(ARRAYS)), ("einsum", ANY, Refused(ARRAYS)), ("trapz", ANY, Refused(SUMS)), ("gradient", ANY, Refused("calcgrad diff gives the derivative")), ("grad", ANY, Refused("calcgrad diff gives the derivative")), ("diff", ANY, Refused("differences of arrays are not read; derivatives are asked for with calcgrad diff")),
    ("real", 1, Refused("variables are real")), ("imag", 1, Refused("variables are real")), ("conj", 1, Refused("variables are real")), ("conjugate", 1, Refused("variables are real")), ("angle", ANY, Refused("variables are real")), ("phase", ANY, Refused("variables are real")),
];

/// The names by which functions are written in Python, each with that of the function table.
static WRITTEN: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for (_, row) in function::rows() {
        for code in row.code.iter().flat_map(|names| [names[0], names[3]]) {
            if !code.is_empty() && !code.contains('#') {
                let last = code.rsplit('.').next().unwrap_or(code);
                names.entry(last).or_insert(row.name);
            }
        }
    }
    names
});

/// What is read is what is written.
fn alias(name: &str) -> Option<Cow<'_, str>> {
    WRITTEN.get(name).map(|name| (*name).into())
}

/// Python.
pub(super) static PYTHON: Dialect = Dialect {
    name: "Python",
    rule: Rule::python,
    layout: Layout::Lines,
    call: "(",
    list: "[",
    juxtaposes: false,
    operators: OPERATORS,
    defines: &["="],
    modules: MODULES,
    rows: LazyLock::new(|| Rows::of(ROWS)),
    alias,
    numbers: &[("e", "math.e")],
    refused: REFUSED,
};
