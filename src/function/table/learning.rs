//! Activations and other functions of machine learning.

use super::super::spec::Category::Learning;
use super::super::spec::{FunctionSpec, folded, unary};
use super::super::value::learning;

/// The rows, in the order in which they are listed.
#[rustfmt::skip]
pub(crate) static LEARNING: &[FunctionSpec] = &[
    unary(Learning, "relu", &["heaviside(u)"], "rectified linear unit, max(u, 0)").normal("(u + abs(u))/2").nonnegative()
        .alias(&["ReLU", "rectifier"]).latex(r"\operatorname{ReLU}").everywhere().eval(learning::relu).breaks("u = 0")
        .at(&[("0", "0")]).samples(&[&[-40.0, -0.3, 0.2, 7.5]])
        .code(["np.maximum(#1, 0)", "max(#1, 0)", "max(#1, 0)", "torch.relu"]),
    unary(Learning, "relu6", &["heaviside(u)*heaviside(6 - u)"], "rectified linear unit cut off at 6").normal("(abs(u) - abs(u - 6) + 6)/2").nonnegative()
        .alias(&["ReLU6"]).latex(r"\operatorname{ReLU6}").everywhere().eval(learning::relu6).breaks("u*(u - 6) = 0")
        .at(&[("0", "0")]).samples(&[&[-40.0, -0.3, 0.2, 5.0, 7.5]])
        .code(["np.clip(#1, 0, 6)", "clamp(#1, 0, 6)", "min(max(#1, 0), 6)", "torch.clamp(#1, 0, 6)"]),
    unary(Learning, "leaky_relu", &["piecewise(u > 0, 1, 1/100)"], "u above 0, u/100 below").normal("(101*u + 99*abs(u))/200")
        .alias(&["leakyrelu", "LeakyReLU", "lrelu"]).latex(r"\operatorname{LeakyReLU}").everywhere().rising().eval(learning::leaky_relu).breaks("u = 0")
        .at(&[("0", "0")]).samples(&[&[-40.0, -0.3, 0.2, 7.5]])
        .code(["", "", "", "torch.nn.functional.leaky_relu"]),
    unary(Learning, "elu", &["piecewise(u > 0, 1, e^u)"], "exponential linear unit, u above 0, e^u - 1 below").normal("piecewise(u > 0, u, e^u - 1)")
        .alias(&["ELU"]).latex(r"\operatorname{ELU}").everywhere().rising().eval(learning::elu)
        .at(&[("0", "0")]).samples(&[&[-7.0, -0.3, 0.2, 7.5]])
        .code(["", "", "", "torch.nn.functional.elu"]),
    unary(Learning, "selu", &["piecewise(u > 0, 1.0507009873554804934193349852946, 1.7580993408473768599402175208123*e^u)"],
          "scaled exponential linear unit").normal("piecewise(u > 0, 1.0507009873554804934193349852946*u, 1.7580993408473768599402175208123*(e^u - 1))")
        .alias(&["SELU"]).latex(r"\operatorname{SELU}").everywhere().rising().eval(learning::selu).breaks("u = 0")
        .at(&[("0", "0")]).samples(&[&[-7.0, -0.3, 0.2, 7.5]])
        .code(["", "", "", "torch.nn.functional.selu"]),
    unary(Learning, "sigmoid", &["sigmoid(u)*(1 - sigmoid(u))"], "logistic function, 1/(1 + e^(-u))").normal("1/(1 + e^(-u))").nonnegative()
        .nonzero().alias(&["logistic", "expit"]).latex(r"\sigma").rising().everywhere().eval(learning::sigmoid).inverse("logit")
        .at(&[("0", "1/2")]).samples(&[&[-20.0, -1.5, 0.0, 0.7, 12.0]])
        .code(["", "", "", "torch.sigmoid"]),
    unary(Learning, "log_sigmoid", &["1 - sigmoid(u)"], "logarithm of the sigmoid").normal("-ln(1 + e^(-u))").stable("-softplus(-u)")
        .alias(&["logsigmoid", "LogSigmoid"]).latex(r"\operatorname{LogSigmoid}").everywhere().rising().eval(learning::log_sigmoid)
        .samples(&[&[-20.0, -1.5, 0.0, 0.7, 5.0]])
        .code(["", "", "", "torch.nn.functional.logsigmoid"]),
    unary(Learning, "hard_sigmoid", &["piecewise(u < -3, 0, u > 3, 0, 1/6)"], "u/6 + 1/2 between the levels 0 and 1").normal("(abs(u + 3) - abs(u - 3))/12 + 1/2").nonnegative()
        .alias(&["hardsigmoid"]).everywhere().eval(learning::hard_sigmoid).breaks("u^2 = 9")
        .at(&[("0", "1/2")]).samples(&[&[-7.0, -1.5, 0.0, 2.5, 5.0]])
        .code(["", "", "", "torch.nn.functional.hardsigmoid"]),
    unary(Learning, "hard_tanh", &["piecewise(u < -1, 0, u > 1, 0, 1)"], "u between the levels -1 and 1").normal("(abs(u + 1) - abs(u - 1))/2")
        .alias(&["hardtanh"]).everywhere().eval(learning::hard_tanh).odd().breaks("u^2 = 1")
        .at(&[("0", "0")]).samples(&[&[-7.0, -0.5, 0.0, 0.7, 5.0]])
        .code(["np.clip(#1, -1, 1)", "clamp(#1, -1, 1)", "min(max(#1, -1), 1)", "torch.clamp(#1, -1, 1)"]),
    unary(Learning, "softplus", &["sigmoid(u)"], "smooth rectifier, ln(1 + e^u)").normal("ln(1 + e^u)").nonnegative()
        .nonzero().everywhere().rising().eval(learning::softplus).at(&[("0", "ln(2)")]).samples(&[&[-5.0, -1.5, 0.0, 0.7, 20.0]])
        .code(["np.logaddexp(0, #1)", "max(#1, 0) + log1p(exp(-abs(#1)))", "max(#1, 0) + log1p(exp(-abs(#1)))", "torch.nn.functional.softplus"]),
    unary(Learning, "softsign", &["1/(1 + abs(u))^2"], "u/(1 + abs(u))").normal("u/(1 + abs(u))")
        .everywhere().rising().eval(learning::softsign).odd().at(&[("0", "0")]).samples(&[&[-20.0, -1.5, 0.1, 0.7, 12.0]])
        .code(["", "", "", "torch.nn.functional.softsign"]),
    unary(Learning, "swish", &["sigmoid(u) + u*sigmoid(u)*(1 - sigmoid(u))"], "u*sigmoid(u)").normal("u/(1 + e^(-u))")
        .alias(&["silu", "SiLU"]).everywhere().eval(learning::swish).at(&[("0", "0")]).samples(&[&[-7.0, -1.5, 0.0, 0.7, 12.0]])
        .code(["", "", "", "torch.nn.functional.silu"]),
    unary(Learning, "gelu", &["(1 + erf(u/sqrt(2)))/2 + u*e^(-u^2/2)/sqrt(2*pi)"], "Gaussian error linear unit, u*normal_cdf(u)").normal("u*erfc(-u/sqrt(2))/2")
        .alias(&["GELU"]).latex(r"\operatorname{GELU}").everywhere().eval(learning::gelu)
        .at(&[("0", "0")]).samples(&[&[-3.0, -1.5, 0.0, 0.7, 6.0]])
        .code(["", "", "", "torch.nn.functional.gelu"]),
    unary(Learning, "mish", &["tanh(softplus(u)) + u*sigmoid(u)*(1 - tanh(softplus(u))^2)"], "u*tanh(softplus(u))").normal("u*e^u*(e^u + 2)/((1 + e^u)^2 + 1)").stable("u*tanh(softplus(u))")
        .everywhere().eval(learning::mish).at(&[("0", "0")]).samples(&[&[-7.0, -1.5, 0.0, 0.7, 12.0]])
        .code(["", "", "", "torch.nn.functional.mish"]),
    folded(Learning, "logsumexp", &["e^u/(e^u + e^v)", "e^v/(e^u + e^v)"], "logarithm of the sum of exponentials")
        .alias(&["LogSumExp", "logaddexp"]).means("ln(e^u + e^v)").everywhere().eval2(learning::logsumexp)
        .samples(&[&[-3.0, 0.5, 5.0], &[-4.0, 0.1, 2.0]]),
    unary(Learning, "logit", &["1/(u*(1 - u))"], "log-odds, ln(u/(1 - u))")
        .means("ln(u/(1 - u))").rising().eval(learning::logit).on("0 < u and u < 1").inverse("sigmoid")
        .at(&[("1/2", "0")]).samples(&[&[0.001, 0.3, 0.5, 0.97]])
        .code(["", "", "", "torch.logit"]),
    unary(Learning, "normal_pdf", &["-u*e^(-u^2/2)/sqrt(2*pi)"], "density of the standard normal distribution")
        .alias(&["normpdf", "dnorm"]).means("e^(-u^2/2)/sqrt(2*pi)").latex(r"\operatorname{\varphi}").everywhere().eval(learning::normal_pdf).even()
        .samples(&[&[-5.0, -1.5, 0.1, 0.7, 4.0]])
        .code(["", "", "", ""]),
    unary(Learning, "normal_cdf", &["e^(-u^2/2)/sqrt(2*pi)"], "cumulative standard normal distribution").normal("erfc(-u/sqrt(2))/2").nonnegative()
        .nonzero().alias(&["normcdf", "pnorm"]).latex(r"\Phi").everywhere().rising().eval(learning::normal_cdf)
        .at(&[("0", "1/2")]).samples(&[&[-5.0, -1.5, 0.0, 0.7, 3.0]])
        .code(["scipy.special.ndtr", "", "", "torch.special.ndtr"]),
];
