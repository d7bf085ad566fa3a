//! Trees as people write them in code: Python, SymPy, Mathematica, Maxima.

use super::functions::Function;
use super::random::Random;
use super::spelling::Strength;
use super::tree::Tree;
use Strength::{Atom, Factor, Power, Product, Sum};
use calcgrad::session::Input;

/// Functions with their spellings in each language; `#` is the argument.
#[rustfmt::skip]
const FUNCTIONS: [(&str, [&[&str]; 4]); 22] = [
    ("sin", [&["np.sin(#)", "math.sin(#)", "torch.sin(#)", "jnp.sin( # )"], &["sin(#)", "sp.sin(#)"], &["Sin[#]"], &["sin(#)"]]),
    ("cos", [&["np.cos(#)", "tf.math.cos(#)"], &["cos(#)"], &["Cos[#]", "Cos[ # ]"], &["cos(#)"]]),
    ("tan", [&["np.tan(#)"], &["tan(#)"], &["Tan[#]"], &["tan(#)"]]),
    ("ln", [&["np.log(#)", "math.log(#)", "torch.log(#)"], &["log(#)", "ln(#)"], &["Log[#]"], &["log(#)"]]),
    ("sqrt", [&["np.sqrt(#)", "math.sqrt(#)", "(#)**0.5"], &["sqrt(#)", "(#)**Rational(1, 2)", "(#)**S.Half"], &["Sqrt[#]"], &["sqrt(#)"]]),
    ("cbrt", [&["np.cbrt(#)"], &["real_root(#, 3)"], &["CubeRoot[#]", "Surd[#, 3]"], &["root(#, 3)"]]),
    ("exp", [&["np.exp(#)", "math.exp(#)", "np.e**(#)", "tf.exp(#)"], &["exp(#)", "E**(#)"], &["Exp[#]", "E^(#)"], &["exp(#)", "%e^(#)"]]),
    ("abs", [&["np.abs(#)", "abs(#)", "np.fabs(#)", "np.absolute(#)"], &["Abs(#)", "abs(#)"], &["Abs[#]"], &["abs(#)"]]),
    ("sinh", [&["np.sinh(#)"], &["sinh(#)"], &["Sinh[#]"], &["sinh(#)"]]),
    ("cosh", [&["np.cosh(#)"], &["cosh(#)"], &["Cosh[#]"], &["cosh(#)"]]),
    ("tanh", [&["np.tanh(#)", "F.tanh(#)"], &["tanh(#)"], &["Tanh[#]"], &["tanh(#)"]]),
    ("sec", [&["1/np.cos(#)"], &["sec(#)"], &["Sec[#]"], &["sec(#)"]]),
    ("cot", [&["1/np.tan(#)"], &["cot(#)"], &["Cot[#]"], &["cot(#)"]]),
    ("arctan", [&["np.arctan(#)", "math.atan(#)"], &["atan(#)"], &["ArcTan[#]"], &["atan(#)"]]),
    ("arcsin", [&["np.arcsin(#)", "torch.asin(#)"], &["asin(#)"], &["ArcSin[#]"], &["asin(#)"]]),
    ("arccos", [&["np.arccos(#)", "math.acos(#)"], &["acos(#)"], &["ArcCos[#]"], &["acos(#)"]]),
    ("arsinh", [&["np.arcsinh(#)", "math.asinh(#)"], &["asinh(#)"], &["ArcSinh[#]"], &["asinh(#)"]]),
    ("log2", [&["np.log2(#)", "math.log(#, 2)"], &["log(#, 2)"], &["Log2[#]", "Log[2, #]"], &["log(#)/log(2)"]]),
    ("log10", [&["np.log10(#)", "math.log10(#)"], &["log(#, 10)"], &["Log10[#]", "Log[10, #]"], &["log(#)/log(10)"]]),
    ("log3", [&["math.log(#, 3)", "np.log(#)/np.log(3)"], &["log(#, 3)"], &["Log[3, #]"], &["log(#)/log(3)"]]),
    ("sigmoid", [&["scipy.special.expit(#)", "torch.sigmoid(#)", "1/(1 + np.exp(-(#)))"], &["1/(1 + exp(-(#)))"], &["LogisticSigmoid[#]"], &["1/(1 + %e^(-(#)))"]]),
    ("erf", [&["special.erf(#)", "math.erf(#)"], &["erf(#)"], &["Erf[#]"], &["erf(#)"]]),
];

/// What else is spelled otherwise in each language; `#` and `@` are the arguments.
#[rustfmt::skip]
const FORMS: [(&str, [&[&str]; 4]); 8] = [
    ("e", [&["np.e", "math.e"], &["E"], &["E"], &["%e"]]),
    ("pi", [&["np.pi", "math.pi"], &["pi"], &["Pi", "π"], &["%pi"]]),
    ("degrees", [&["np.deg2rad(#)", "math.radians(#)"], &["#*pi/180"], &["# Degree"], &["#*%pi/180"]]),
    ("factorial", [&["math.factorial(#)"], &["factorial(#)"], &["Factorial[#]", "(#)!"], &["factorial(#)", "(#)!"]]),
    ("max", [&["np.maximum(#, @)", "max(#, @)", "(# if # > @ else @)"], &["Max(#, @)", "Piecewise((#, # > @), (@, True))"], &["Max[#, @]", "If[# > @, #, @]", "Piecewise[{{#, # > @}}, @]"], &["max(#, @)", "(if # > @ then # else @)"]]),
    ("power", [&["np.power(#, @)", "pow(#, @)", "math.pow(#, @)"], &["Pow(#, @)"], &["Power[#, @]"], &["(#)^(@)"]]),
    ("ratio", [&["#/@"], &["Rational(#, @)", "S(#)/@"], &["#/@"], &["#/@"]]),
    ("log", [&["math.log(#, @)"], &["log(#, @)"], &["Log[@, #]"], &["log(#)/log(@)"]]),
];

/// Names that are words of a language.
pub(super) fn has_word(input: Input, names: &[&str]) -> bool {
    let word = match input {
        Input::Python | Input::Sympy => "lambda",
        Input::Mathematica => "x_max",
        _ => return false,
    };
    names.contains(&word)
}

/// Writes a tree in one way of many.
pub(crate) fn spell(random: &mut Random, tree: &Tree, input: Input) -> String {
    let language = match input {
        Input::Python => 0,
        Input::Sympy => 1,
        Input::Mathematica => 2,
        _ => 3,
    };
    let mut speller = Speller { random, language };
    let text = speller.spell(tree).0;
    if speller.random.chance(85) {
        return text;
    }
    match language {
        0 => format!("import numpy as np\n\nw0 = {text}  # a name\nw0"),
        1 => format!("w0 = {text}\nw0"),
        2 => format!("w0 = {text}; (* a name *)\nw0"),
        _ => format!("w0 : {text}; /* a name */ w0$"),
    }
}

struct Speller<'r> {
    random: &'r mut Random,
    language: usize,
}

impl Speller<'_> {
    fn juxtaposes(&self) -> bool {
        self.language == 2
    }

    /// One of the spellings of a row, with its arguments.
    fn form(
        &mut self,
        rows: &[(&str, [&'static [&'static str]; 4])],
        name: &str,
        arguments: [&str; 2],
    ) -> (String, Strength) {
        let row = rows.iter().find(|row| row.0 == name);
        let spellings = row.map_or(&[][..], |row| row.1[self.language]);
        let spelling = self.random.pick(spellings);
        let strength = match spelling {
            _ if spelling.starts_with('(')
                && spelling.ends_with(')')
                && !spelling.contains(['^', '*']) =>
            {
                Atom
            }
            _ if spelling.contains('/') || spelling.ends_with("Degree") => Product,
            _ if spelling.contains('^') || spelling.contains("**") => Power,
            _ if spelling.ends_with('!') => Factor,
            _ => Atom,
        };
        let [first, second] = arguments;
        let mut text = String::new();
        for c in spelling.chars() {
            match c {
                '#' => text += first,
                '@' => text += second,
                c => text.push(c),
            }
        }
        (text, strength)
    }

    fn wrapped(&mut self, text: &str) -> String {
        format!("({text})")
    }

    fn at_least(&mut self, tree: &Tree, strength: Strength) -> String {
        let (text, have) = self.spell(tree);
        if have >= strength { text } else { self.wrapped(&text) }
    }

    /// An operator between spaces or not.
    fn sign(&mut self, sign: &str) -> String {
        let gap = self.random.pick(&["", " "]);
        format!("{gap}{sign}{gap}")
    }

    fn name(&mut self, name: &str) -> String {
        match self.juxtaposes() {
            true => name.replace("alpha", self.random.pick(&["\\[Alpha]", "α"])),
            false => name.to_owned(),
        }
    }

    fn spell(&mut self, tree: &Tree) -> (String, Strength) {
        match tree {
            Tree::Whole(n) => (n.to_string(), Atom),
            Tree::Decimal("1e-3", _) if self.juxtaposes() => ("1*^-3".to_owned(), Atom),
            // `/.5` is a rule in Mathematica.
            Tree::Decimal(text, _) if text.starts_with('.') && self.juxtaposes() => {
                (format!("0{text}"), Atom)
            }
            Tree::Decimal(text, _) => ((*text).to_owned(), Atom),
            Tree::Ratio(p, q) => {
                self.form(&FORMS, "ratio", [&p.to_string(), &q.to_string()])
            }
            Tree::Degrees(n) => self.form(&FORMS, "degrees", [&n.to_string(), ""]),
            Tree::Percent(n) => (format!("{n}/100"), Product),
            Tree::E => self.form(&FORMS, "e", ["", ""]),
            Tree::Pi => self.form(&FORMS, "pi", ["", ""]),
            Tree::Name(name) => (self.name(name), Atom),
            Tree::Sum(terms) => {
                let mut text = self.at_least(&terms[0], Sum);
                for term in &terms[1..] {
                    text += &self.sign("+");
                    text += &self.at_least(term, Product);
                }
                (text, Sum)
            }
            Tree::Difference(a, b) => {
                let (a, b) = (self.at_least(a, Sum), self.at_least(b, Product));
                (a + &self.sign("-") + &b, Sum)
            }
            Tree::Negative(a) => (format!("-{}", self.at_least(a, Product)), Sum),
            Tree::Product(factors) => (self.product(factors), Product),
            Tree::Quotient(a, b) => {
                let (a, b) = (self.at_least(a, Product), self.at_least(b, Power));
                (a + &self.sign("/") + &b, Product)
            }
            Tree::Factorial(a) => {
                let text = self.spell(a).0;
                self.form(&FORMS, "factorial", [&text, ""])
            }
            Tree::Power(base, exponent) => self.power(base, exponent),
            Tree::Apply(function, argument) => self.apply(function, argument),
            Tree::Log(a, base) => {
                let text = self.spell(a).0;
                self.form(&FORMS, "log", [&text, &base.to_string()])
            }
            Tree::Max(a, b) => {
                let (a, b) = (self.spell(a).0, self.spell(b).0);
                self.form(&FORMS, "max", [&a, &b])
            }
            Tree::Call(name, a) => (format!("{name}({})", self.spell(a).0), Atom),
        }
    }

    fn apply(&mut self, function: &Function, argument: &Tree) -> (String, Strength) {
        let text = self.spell(argument).0;
        self.form(&FUNCTIONS, function.name, [&text, ""])
    }

    fn power(&mut self, base: &Tree, exponent: &Tree) -> (String, Strength) {
        if self.random.chance(15) {
            let (base, exponent) = (self.spell(base).0, self.spell(exponent).0);
            return self.form(&FORMS, "power", [&base, &exponent]);
        }
        let base = self.at_least(base, Atom);
        let sign = match self.language {
            0 | 1 => self.sign("**"),
            3 if self.random.chance(30) => "**".to_owned(),
            _ => self.sign("^"),
        };
        // A sign in an exponent needs no brackets.
        let exponent = match exponent {
            Tree::Negative(a) if self.random.chance(50) => {
                format!("-{}", self.at_least(a, Power))
            }
            _ => self.at_least(exponent, Power),
        };
        (base + &sign + &exponent, Power)
    }

    fn product(&mut self, factors: &[Tree]) -> String {
        let mut text = String::new();
        for (place, factor) in factors.iter().enumerate() {
            let least = if place == 0 { Product } else { Factor };
            let next = match factor {
                // A sign behind a factor needs no brackets.
                Tree::Negative(a) if place > 0 && self.random.chance(30) => {
                    format!("-{}", self.at_least(a, Factor))
                }
                _ => self.at_least(factor, least),
            };
            if place > 0 {
                let is_plain = !next
                    .starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
                text += &match self.juxtaposes() && is_plain && self.random.chance(60) {
                    true => " ".to_owned(),
                    false => self.sign("*"),
                };
            }
            text += &next;
        }
        text
    }
}
