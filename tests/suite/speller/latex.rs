//! Trees as people write them in LaTeX.

use super::functions::Function;
use super::random::Random;
use super::spelling::Strength;
use super::tree::Tree;
use Strength::{Atom, Factor, Open, Power, Product, Sum};

/// What is written before a bracket for the functions that have no form of their own.
const COMMANDS: [(&str, &[&str]); 15] = [
    ("sin", &["\\sin", "\\sin ", "\\operatorname{sin}", "\\mathrm{sin}"]),
    ("cos", &["\\cos"]),
    ("tan", &["\\tan"]),
    ("ln", &["\\ln", "\\log"]),
    ("exp", &["\\exp"]),
    ("sinh", &["\\sinh"]),
    ("cosh", &["\\cosh"]),
    ("tanh", &["\\tanh"]),
    ("sec", &["\\sec"]),
    ("cot", &["\\cot"]),
    ("arctan", &["\\arctan", "\\tan^{-1}"]),
    ("arcsin", &["\\arcsin", "\\sin^{-1}"]),
    ("arccos", &["\\arccos", "\\cos^{-1}"]),
    ("log2", &["\\log_2", "\\log_{2}"]),
    ("log10", &["\\log_{10}", "\\lg"]),
];

/// Writes a tree in one way of many.
pub(crate) fn spell(random: &mut Random, tree: &Tree) -> String {
    Speller { random }.spell(tree).0
}

struct Speller<'r> {
    random: &'r mut Random,
}

impl Speller<'_> {
    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        self.random.pick(from)
    }

    fn wrap(&mut self, text: &str) -> String {
        let (open, close) = self.random.pick(&[
            ("(", ")"),
            ("\\left(", "\\right)"),
            ("\\bigl(", "\\bigr)"),
            ("\\left[", "\\right]"),
            ("{(", ")}"),
        ]);
        format!("{open}{text}{close}")
    }

    /// Brackets of a call.
    fn arguments(&mut self, text: &str) -> String {
        let (open, close) = self.random.pick(&[
            ("(", ")"),
            ("\\left(", "\\right)"),
            ("\\Bigl(", "\\Bigr)"),
        ]);
        format!("{open}{text}{close}")
    }

    fn at_least(&mut self, tree: &Tree, strength: Strength) -> String {
        let (text, have) = self.spell(tree);
        if have >= strength { text } else { self.wrap(&text) }
    }

    fn name(&mut self, name: &str) -> String {
        let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
        let letters = &name[..name.len() - digits.len()];
        if letters == "x_max" {
            return self
                .pick(&["x_{\\text{max}}", "x_{\\mathrm{max}}", "x_{max}"])
                .into();
        }
        let stem = match letters.len() {
            1 => letters.to_owned(),
            _ => format!("\\{letters}"),
        };
        match digits {
            "" => stem,
            _ if self.random.chance(50) => format!("{stem}_{digits}"),
            _ => format!("{stem}_{{{digits}}}"),
        }
    }

    fn spell(&mut self, tree: &Tree) -> (String, Strength) {
        match tree {
            Tree::Whole(n) => (n.to_string(), Atom),
            Tree::Decimal("1e-3", _) => ("0.001".to_owned(), Atom),
            Tree::Decimal(text, _) => ((*text).to_owned(), Atom),
            Tree::Ratio(p, q) => (self.ratio(*p, *q), Power),
            Tree::Degrees(n) => {
                (format!("{n}{}", self.pick(&["^\\circ", "^{\\circ}"])), Factor)
            }
            Tree::Percent(n) => (format!("{n}\\%"), Factor),
            Tree::E => ("e".to_owned(), Atom),
            Tree::Pi => ("\\pi".to_owned(), Atom),
            Tree::Name(name) => (self.name(name), Atom),
            Tree::Sum(terms) => {
                let mut text = self.at_least(&terms[0], Sum);
                for term in &terms[1..] {
                    text += self.pick(&["+", " + "]);
                    text += &self.at_least(term, Open);
                }
                (text, Sum)
            }
            Tree::Difference(a, b) => {
                let (a, b) = (self.at_least(a, Sum), self.at_least(b, Open));
                (format!("{a}{}{b}", self.pick(&["-", " - "])), Sum)
            }
            Tree::Negative(a) => (format!("-{}", self.at_least(a, Open)), Sum),
            Tree::Product(factors) => self.product(factors),
            Tree::Quotient(a, b) if self.random.chance(85) => {
                let command = self.pick(&["\\frac", "\\dfrac", "\\tfrac", "\\cfrac"]);
                let (a, b) = (self.spell(a).0, self.spell(b).0);
                (format!("{command}{{{a}}}{{{b}}}"), Power)
            }
            Tree::Quotient(a, b) => {
                let (a, b) = (self.at_least(a, Product), self.at_least(b, Power));
                (format!("{a}{}{b}", self.pick(&["/", " \\div "])), Product)
            }
            Tree::Factorial(a) => match **a {
                Tree::Name(_) | Tree::Whole(_) => (self.at_least(a, Atom) + "!", Factor),
                _ => {
                    let text = self.spell(a).0;
                    (self.wrap(&text) + "!", Factor)
                }
            },
            Tree::Power(base, exponent) => self.power(base, exponent),
            Tree::Apply(function, argument) => self.apply(function, argument),
            Tree::Log(a, base) => {
                let text = self.spell(a).0;
                (format!("\\log_{{{base}}}{}", self.arguments(&text)), Atom)
            }
            Tree::Max(a, b) => {
                let text = format!("{}, {}", self.spell(a).0, self.spell(b).0);
                (format!("\\max{}", self.arguments(&text)), Atom)
            }
            Tree::Call(name, a) => (format!("{name}({})", self.spell(a).0), Atom),
        }
    }

    fn ratio(&mut self, p: u32, q: u32) -> String {
        match self.random.place(3) {
            0 => format!("\\frac{{{p}}}{{{q}}}"),
            1 => format!("\\frac{p}{q}"),
            _ => format!("\\tfrac {p} {{{q}}}"),
        }
    }

    fn power(&mut self, base: &Tree, exponent: &Tree) -> (String, Strength) {
        if let Tree::Ratio(1, 2) = exponent
            && self.random.chance(60)
        {
            return (format!("\\sqrt{{{}}}", self.spell(base).0), Atom);
        }
        if let (Tree::Apply(function, argument), Some(n @ 2..=3)) =
            (base, exponent.whole())
            && function.is_bare()
        {
            if let Tree::Name(name) = &**argument
                && self.random.chance(50)
            {
                return (format!("\\{}^{n} {}", function.name, self.name(name)), Open);
            }
            let text = self.spell(argument).0;
            let text = self.arguments(&text);
            return (format!("\\{}^{{{n}}}{text}", function.name), Power);
        }
        let (text, have) = self.spell(base);
        let base = if have == Atom { text } else { self.wrap(&text) };
        (base + &self.exponent(exponent), Power)
    }

    fn exponent(&mut self, tree: &Tree) -> String {
        let text = self.spell(tree).0;
        match text.chars().count() {
            1 if self.random.chance(60) => format!("^{text}"),
            _ => format!("^{{{text}}}"),
        }
    }

    fn apply(&mut self, function: &Function, argument: &Tree) -> (String, Strength) {
        if function.is_bare()
            && let Tree::Name(name) = argument
            && self.random.chance(40)
        {
            return (format!("\\{} {}", function.name, self.name(name)), Open);
        }
        let text = self.spell(argument).0;
        match function.name {
            "abs" => {
                let nested = text.contains('|') || text.contains("vert");
                let (open, close) = match self.random.place(3) {
                    0 if !nested => ("|", "|"),
                    1 => ("\\lvert ", " \\rvert"),
                    _ => ("\\left|", "\\right|"),
                };
                return (format!("{open}{text}{close}"), Factor);
            }
            "sqrt" if text.len() == 1 => return (format!("\\sqrt {text}"), Power),
            "sqrt" => return (format!("\\sqrt{{{text}}}"), Atom),
            "cbrt" => return (format!("\\sqrt[3]{{{text}}}"), Atom),
            "exp" if self.random.chance(50) => {
                return (format!("e{}", self.exponent(argument)), Power);
            }
            _ => {}
        }
        let row = COMMANDS.iter().find(|row| row.0 == function.name);
        let name = match (row, function.name) {
            (Some((_, spellings)), _) => self.pick(spellings).to_owned(),
            (None, "log3") => "\\log_3".to_owned(),
            (None, name) => format!("\\operatorname{{{name}}}"),
        };
        let strength = if name.contains('^') { Power } else { Atom };
        (name + &self.arguments(&text), strength)
    }

    fn product(&mut self, factors: &[Tree]) -> (String, Strength) {
        let mut text = String::new();
        let mut open = false;
        for (i, factor) in factors.iter().enumerate() {
            let (mut next, have) = self.spell(factor);
            let last = i + 1 == factors.len();
            if have < Product || i > 0 && have < Factor || have == Open && !last {
                next = if have == Open && last { next } else { self.wrap(&next) };
            }
            open = have == Open && last;
            if i > 0 {
                text += self.between(&text.clone(), &next);
            }
            text += &next;
        }
        (text, if open { Open } else { Product })
    }

    /// A sign, or a space where two factors side by side are read as a product.
    fn between(&mut self, left: &str, right: &str) -> &'static str {
        let signs = [" \\cdot ", "\\cdot ", " \\times "];
        let is_digit =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
        let is_number = is_digit(right.chars().next())
            || is_digit(left.chars().next_back()) && right.contains("frac");
        let is_bar = left.ends_with(['|', '!', '%']) || left.ends_with("vert");
        if is_number || is_bar || right.starts_with(['|', '!']) || right.contains("vert")
        {
            return self.random.pick(&signs);
        }
        self.random.pick(&[signs[0], signs[1], signs[2], " ", " ", "\\,", "\\; "])
    }
}
