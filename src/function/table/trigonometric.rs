//! Circular functions and their inverses.

use super::super::spec::Category::Trigonometric;
use super::super::spec::{FunctionSpec, function, unary};
use super::super::value::circular;

/// The rows, in the order in which they are listed.
#[rustfmt::skip]
pub(crate) static TRIGONOMETRIC: &[FunctionSpec] = &[
    unary(Trigonometric, "sin", &["cos(u)"], "sine")
        .latex(r"\sin").everywhere().eval(f64::sin).odd().period(2).entire().inverse("arcsin").samples(&[&[-7.0, -1.2, 0.0, 0.4, 2.0, 30.0]])
        .at(&[("0", "0"), ("pi/6", "1/2"), ("pi/4", "sqrt(2)/2"), ("pi/3", "sqrt(3)/2"), ("pi/2", "1"),
              ("pi/12", "(sqrt(6) - sqrt(2))/4"), ("pi/10", "(sqrt(5) - 1)/4"), ("pi/8", "sqrt(2 - sqrt(2))/2"), ("pi/5", "sqrt(10 - 2*sqrt(5))/4"),
              ("3*pi/10", "(sqrt(5) + 1)/4"), ("3*pi/8", "sqrt(sqrt(2) + 2)/2"), ("2*pi/5", "sqrt(2*sqrt(5) + 10)/4"), ("5*pi/12", "(sqrt(6) + sqrt(2))/4")])
        .code(["np.sin", "sin", "sin", "torch.sin"]),
    unary(Trigonometric, "cos", &["-sin(u)"], "cosine")
        .latex(r"\cos").everywhere().eval(f64::cos).even().period(2).entire().inverse("arccos").samples(&[&[-7.0, -1.2, 0.1, 0.4, 2.0, 30.0]])
        .at(&[("0", "1"), ("pi/6", "sqrt(3)/2"), ("pi/4", "sqrt(2)/2"), ("pi/3", "1/2"), ("pi/2", "0"),
              ("pi/12", "(sqrt(6) + sqrt(2))/4"), ("pi/10", "sqrt(2*sqrt(5) + 10)/4"), ("pi/8", "sqrt(sqrt(2) + 2)/2"), ("pi/5", "(sqrt(5) + 1)/4"),
              ("3*pi/10", "sqrt(10 - 2*sqrt(5))/4"), ("3*pi/8", "sqrt(2 - sqrt(2))/2"), ("2*pi/5", "(sqrt(5) - 1)/4"), ("5*pi/12", "(sqrt(6) - sqrt(2))/4")])
        .code(["np.cos", "cos", "cos", "torch.cos"]),
    unary(Trigonometric, "tan", &["tan(u)^2 + 1"], "tangent").normal("sin(u)/cos(u)")
        .alias(&["tg"]).latex(r"\tan").eval(f64::tan).odd().period(1).inverse("arctan").samples(&[&[-7.0, -1.2, 0.0, 0.4, 2.0, 30.0]])
        .at(&[("0", "0"), ("pi/6", "sqrt(3)/3"), ("pi/4", "1"), ("pi/3", "sqrt(3)"), ("pi/2", "undefined"),
              ("pi/12", "2 - sqrt(3)"), ("pi/10", "sqrt(25 - 10*sqrt(5))/5"), ("pi/8", "sqrt(2) - 1"), ("pi/5", "sqrt(5 - 2*sqrt(5))"),
              ("3*pi/10", "sqrt(10*sqrt(5) + 25)/5"), ("3*pi/8", "sqrt(2) + 1"), ("2*pi/5", "sqrt(2*sqrt(5) + 5)"), ("5*pi/12", "sqrt(3) + 2")])
        .code(["np.tan", "tan", "tan", "torch.tan"]),
    unary(Trigonometric, "cot", &["-cot(u)^2 - 1"], "cotangent").normal("cos(u)/sin(u)")
        .alias(&["ctg", "cotan", "cotg"]).latex(r"\cot").eval(circular::cot).odd().period(1).inverse("arccot").samples(&[&[-7.0, -1.2, 0.05, 0.4, 2.0, 30.0]])
        .at(&[("0", "undefined"), ("pi/6", "sqrt(3)"), ("pi/4", "1"), ("pi/3", "sqrt(3)/3"), ("pi/2", "0"),
              ("pi/12", "sqrt(3) + 2"), ("pi/10", "sqrt(2*sqrt(5) + 5)"), ("pi/8", "sqrt(2) + 1"), ("pi/5", "sqrt(10*sqrt(5) + 25)/5"),
              ("3*pi/10", "sqrt(5 - 2*sqrt(5))"), ("3*pi/8", "sqrt(2) - 1"), ("2*pi/5", "sqrt(25 - 10*sqrt(5))/5"), ("5*pi/12", "2 - sqrt(3)")])
        .code(["1/np.tan(#1)", "cot", "cot", "1/torch.tan(#1)"]),
    unary(Trigonometric, "sec", &["sec(u)*tan(u)"], "secant").normal("1/cos(u)")
        .nonzero().latex(r"\sec").eval(circular::sec).even().period(2).inverse("arcsec").samples(&[&[-7.0, -1.2, 0.1, 0.4, 2.0, 30.0]])
        .at(&[("0", "1"), ("pi/6", "2*sqrt(3)/3"), ("pi/4", "sqrt(2)"), ("pi/3", "2"), ("pi/2", "undefined"),
              ("pi/12", "sqrt(6) - sqrt(2)"), ("pi/5", "sqrt(5) - 1"), ("2*pi/5", "sqrt(5) + 1"), ("5*pi/12", "sqrt(6) + sqrt(2)")])
        .code(["1/np.cos(#1)", "sec", "sec", "1/torch.cos(#1)"]),
    unary(Trigonometric, "csc", &["-csc(u)*cot(u)"], "cosecant").normal("1/sin(u)")
        .nonzero().alias(&["cosec"]).latex(r"\csc").eval(circular::csc).odd().period(2).inverse("arccsc").samples(&[&[-7.0, -1.2, 0.05, 0.4, 2.0, 30.0]])
        .at(&[("0", "undefined"), ("pi/6", "2"), ("pi/4", "sqrt(2)"), ("pi/3", "2*sqrt(3)/3"), ("pi/2", "1"),
              ("pi/12", "sqrt(6) + sqrt(2)"), ("pi/10", "sqrt(5) + 1"), ("3*pi/10", "sqrt(5) - 1"), ("5*pi/12", "sqrt(6) - sqrt(2)")])
        .code(["1/np.sin(#1)", "csc", "csc", "1/torch.sin(#1)"]),
    unary(Trigonometric, "arcsin", &["1/sqrt(1 - u^2)"], "inverse sine")
        .alias(&["asin", "arsin"]).latex(r"\arcsin").rising().eval(f64::asin).odd().on("-1 <= u and u <= 1").inverse("sin").samples(&[&[-0.95, -0.4, 0.0, 0.3, 0.9]])
        .at(&[("0", "0"), ("1/2", "pi/6"), ("sqrt(2)/2", "pi/4"), ("sqrt(3)/2", "pi/3"), ("1", "pi/2"),
              ("(sqrt(6) - sqrt(2))/4", "pi/12"), ("(sqrt(5) - 1)/4", "pi/10"), ("(sqrt(5) + 1)/4", "3*pi/10"), ("(sqrt(6) + sqrt(2))/4", "5*pi/12")])
        .code(["np.arcsin", "asin", "asin", "torch.asin"]),
    unary(Trigonometric, "arccos", &["-1/sqrt(1 - u^2)"], "inverse cosine").normal("pi/2 - arcsin(u)").nonnegative()
        .alias(&["acos", "arcos"]).latex(r"\arccos").eval(f64::acos).on("-1 <= u and u <= 1").inverse("cos").samples(&[&[-0.95, -0.4, 0.0, 0.3, 0.9]])
        .at(&[("-1", "pi"), ("0", "pi/2"), ("1/2", "pi/3"), ("sqrt(2)/2", "pi/4"), ("sqrt(3)/2", "pi/6"), ("1", "0"),
              ("-1/2", "2*pi/3"), ("-sqrt(2)/2", "3*pi/4"), ("-sqrt(3)/2", "5*pi/6")])
        .code(["np.arccos", "acos", "acos", "torch.acos"]),
    unary(Trigonometric, "arctan", &["1/(u^2 + 1)"], "inverse tangent")
        .alias(&["atan", "arctg", "atg"]).latex(r"\arctan").rising().everywhere().eval(f64::atan).odd().inverse("tan").samples(&[&[-30.0, -1.0, 0.0, 0.4, 5.0]])
        .at(&[("0", "0"), ("sqrt(3)/3", "pi/6"), ("1", "pi/4"), ("sqrt(3)", "pi/3"),
              ("2 - sqrt(3)", "pi/12"), ("sqrt(2) - 1", "pi/8"), ("sqrt(2) + 1", "3*pi/8"), ("sqrt(3) + 2", "5*pi/12")])
        .code(["np.arctan", "atan", "atan", "torch.atan"]),
    unary(Trigonometric, "arccot", &["-1/(u^2 + 1)"], "inverse cotangent, arctan(1/u)").normal("arctan(1/u)")
        .nonzero().alias(&["acot", "arcctg", "actg"]).everywhere().eval(circular::arccot).odd().breaks("u = 0").inverse("cot").samples(&[&[-30.0, -1.0, 0.1, 0.4, 5.0]])
        .at(&[("0", "pi/2"), ("sqrt(3)/3", "pi/3"), ("1", "pi/4"), ("sqrt(3)", "pi/6")])
        .code(["", "acot", "acot", ""]),
    unary(Trigonometric, "arcsec", &["1/(abs(u)*sqrt(u^2 - 1))"], "inverse secant").normal("pi/2 - arcsin(1/u)").nonnegative()
        .alias(&["asec"]).eval(circular::arcsec).on("abs(u) >= 1").inverse("sec").samples(&[&[-30.0, -1.5, 1.1, 2.0, 8.0]])
        .principal("1/(u^2*sqrt(1 - 1/u^2))")
        .at(&[("-1", "pi"), ("1", "0"), ("sqrt(2)", "pi/4"), ("2", "pi/3"), ("-2", "2*pi/3")])
        .code(["", "asec", "asec", ""]),
    unary(Trigonometric, "arccsc", &["-1/(abs(u)*sqrt(u^2 - 1))"], "inverse cosecant").normal("arcsin(1/u)")
        .alias(&["acsc", "arccosec", "acosec"]).eval(circular::arccsc).odd().on("abs(u) >= 1").inverse("csc").samples(&[&[-30.0, -1.5, 1.1, 2.0, 8.0]])
        .principal("-1/(u^2*sqrt(1 - 1/u^2))")
        .at(&[("1", "pi/2"), ("sqrt(2)", "pi/4"), ("2", "pi/6")])
        .code(["", "acsc", "acsc", ""]),
    function(Trigonometric, "atan2", &["v/(u^2 + v^2)", "-u/(u^2 + v^2)"], "angle of the point with ordinate u and abscissa v")
        .alias(&["arctan2"]).eval2(circular::atan2).real().samples(&[&[-3.0, 0.5, 20.0], &[-4.0, 0.1, 2.0]])
        .code(["np.arctan2", "atan", "atan2", "torch.atan2"]),
    unary(Trigonometric, "sinc", &["cos(u)/u - sin(u)/u^2"], "sin(u)/u, 1 at 0").normal("sin(u)/u").stable("piecewise(u = 0, 1, sin(u)/u)")
        .everywhere().eval(circular::sinc).even().at(&[("0", "1"), ("pi", "0")]).samples(&[&[-7.0, -1.2, 0.4, 2.0, 30.0]])
        .code(["", "", "", ""]),
];
