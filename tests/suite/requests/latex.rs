//! Formulas in LaTeX, as people and programs write it: fractions, scripts, brackets that grow,
//! environments, and now and then what nobody should write.

use super::Random;

const NAMES: [(u64, &str); 9] = [
    (40, "x"),
    (20, "y"),
    (4, "t"),
    (3, r"\theta"),
    (3, "x_1"),
    (3, "x_{1}"),
    (2, "n"),
    (1, r"x_{\text{max}}"),
    (1, r"\mathbf{a}"),
];
const NUMBERS: [(u64, &str); 10] = [
    (8, "2"),
    (8, "1"),
    (4, "3"),
    (3, "0"),
    (3, r"\frac12"),
    (3, r"\pi"),
    (2, "0.5"),
    (1, "10^{300}"),
    (1, r"1\,000"),
    (1, "e"),
];
const FUNCTIONS: [&str; 16] = [
    r"\sin",
    r"\cos",
    r"\tan",
    r"\ln",
    r"\exp",
    r"\log",
    r"\arctan",
    r"\sinh",
    r"\operatorname{sech}",
    r"\mathrm{erf}",
    r"\log_{2}",
    r"\sin^{2}",
    r"\cos^{-1}",
    r"\Gamma",
    r"\max",
    r"\operatorname{sgn}",
];
const BETWEEN: [&str; 8] = ["", " ", r"\cdot ", r"\,", r"\times ", "*", "{}", r"\;"];
const BRACKETS: [(&str, &str); 9] = [
    ("(", ")"),
    (r"\left(", r"\right)"),
    (r"\left[", r"\right]"),
    (r"\left\{", r"\right\}"),
    (r"\bigl(", r"\bigr)"),
    ("|", "|"),
    (r"\left|", r"\right|"),
    (r"\lvert ", r"\rvert "),
    ("{", "}"),
];
const SIGNS: [&str; 5] = ["<", r"\le", ">", r"\geq", r"\neq"];

/// One formula of a size.
pub(super) fn formula(random: &mut Random, size: u32) -> String {
    if size == 0 {
        let names = random.chance(65);
        return random.weighted(if names { &NAMES[..] } else { &NUMBERS }).to_owned();
    }
    let below = size - 1;
    let mut part = || formula(random, below);
    let (first, second) = (part(), part());
    match random.between(0, 16) {
        0..=2 => format!("{first}{}{second}", random.pick(&["+", "-", " + ", r" \pm "])),
        3..=5 => {
            let between = random.pick(&BETWEEN);
            format!("{}{between}{}", grouped(random, first), grouped(random, second))
        }
        6..=7 => {
            let command = random.pick(&["frac", "frac", "dfrac", "tfrac", "binom"]);
            format!(r"\{command}{{{first}}}{{{second}}}")
        }
        8 => format!(r"\sqrt{{{first}}}"),
        9 => format!(r"\sqrt[{}]{{{first}}}", random.between(2, 5)),
        10..=11 => {
            let exponent = random.pick(&["2", "{2}", "{-1}", "{n}", r"\frac12", "{x}"]);
            format!("{}^{exponent}", grouped(random, first))
        }
        12..=13 => {
            let function = random.pick(&FUNCTIONS);
            match random.chance(50) {
                true => format!(r"{function}\left({first}\right)"),
                false => format!("{function} {first}"),
            }
        }
        14 => format!("{}-{}", grouped(random, first), grouped(random, second)),
        15 => cases(random, &first, &second),
        _ => unusual(random, &first, &second),
    }
}

fn grouped(random: &mut Random, text: String) -> String {
    let (open, close) = random.pick(&BRACKETS);
    match text.len() > 1 || random.chance(10) {
        true => format!("{open}{text}{close}"),
        false => text,
    }
}

fn cases(random: &mut Random, first: &str, second: &str) -> String {
    let sign = random.pick(&SIGNS);
    let other = random.pick(&["x \\ge 0", r"\text{otherwise}", r"\text{else}", ""]);
    format!(r"\begin{{cases}} {first} & x {sign} 0 \\ {second} & {other} \end{{cases}}")
}

fn unusual(random: &mut Random, first: &str, second: &str) -> String {
    match random.between(0, 11) {
        0 => format!(r"\begin{{pmatrix}} {first} \\ {second} \end{{pmatrix}}"),
        1 => format!(r"\begin{{vmatrix}} {first} & x \\ {second} & y \end{{vmatrix}}"),
        2 => format!(r"\frac{{d}}{{dx}}\left({first}\right)"),
        3 => format!(r"\frac{{\partial^2}}{{\partial x\,\partial y}} {first}"),
        4 => format!("f({first}) f'({second})"),
        5 => format!(r"{first} \\ {second}"),
        6 => format!("${first}$"),
        7 => format!(r"\[{first} = {second}\]"),
        8 => format!(r"{{{first} \over {second}}}"),
        9 => format!(r"\left.{first}\right|_{{x={second}}}"),
        10 => format!(r"\int_0^1 {first}\,dx"),
        _ => format!(r"\sum_{{k=1}}^{{3}} {first}"),
    }
}
