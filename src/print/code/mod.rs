//! Formulas of scalars as code: one file for each language, a table of words.
//!
//! What a language has no word for is written by what it means, and what means nothing there
//! is refused.
//!
//! Invariant: numbers stay what they are. Where a quotient of whole numbers would lose its
//! rest, they are written as decimals.

mod c;
mod callable;
mod fortran;
mod javascript;
mod mathematica;
mod maxima;
mod rust;
mod stable;
mod sympy;
mod writer;

use crate::error::{ErrorKind, Result};
use crate::kernel::Number;
pub use callable::{CALLABLES, Callable, Returned};
use rustc_hash::FxHashMap;
pub use stable::stable;
pub use writer::code;

/// How powers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Power {
    /// By an operator.
    Operator(&'static str),
    /// By a function of base and exponent: of a whole exponent, and of any.
    Function(&'static str, &'static str),
}

/// A language.
pub struct Dialect {
    /// What it is called.
    pub name: &'static str,
    /// An assignment of `#2` to the name `#1`.
    pub(super) assignment: &'static str,
    /// The same of a list of values.
    pub(super) assignment_of_list: &'static str,
    /// A list of values, and what stands between them.
    pub(super) list: [&'static str; 3],
    /// Lists inside of a list, where those are none: the values `#1` row by row, the sizes `#2`
    /// and their order `#3`; empty where they are.
    pub(super) array: &'static str,
    /// How long a line may be; those that are longer go on behind a `&`.
    pub(super) width: Option<usize>,
    /// Whole and rational numbers.
    pub(super) number: fn(&Number) -> String,
    /// Whether a quotient of whole numbers is exact, so that they stand beside others as they
    /// are.
    pub(super) is_exact: bool,
    pub(super) power: Power,
    /// Whether a minus before a power needs brackets around it.
    pub(super) brackets_negative_power: bool,
    /// What stands around the arguments of a function.
    pub(super) call: [&'static str; 2],
    /// The constants e, pi, i; empty where there is none.
    pub(super) constants: [&'static str; 3],
    /// Powers of e of `#1`.
    pub(super) exp: &'static str,
    /// The signs of `<`, `<=`, `=`, `!=`, `and`, `or`.
    pub(super) relations: [&'static str; 6],
    /// The value `#2` if `#1`, else `#3`.
    pub(super) piecewise: &'static str,
    /// What has no value; empty where that cannot be said.
    pub(super) undefined: &'static str,
    /// Functions: the name in the function table, and the name or template here; the first row
    /// counts, and an empty one says that there is none.
    pub(super) functions: &'static [&'static [(&'static str, &'static str)]],
    /// Names that are taken.
    pub(super) keywords: &'static [&'static str],
    /// Whether names may have `_` in them.
    pub(super) has_underscore: bool,
    /// Whether capital and small letters are the same.
    pub(super) ignores_case: bool,
    /// Lines that go first when a word is used.
    pub(super) imports: &'static [(&'static str, &'static str)],
}

impl std::fmt::Debug for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The languages.
pub static DIALECTS: [&Dialect; 7] = [
    &c::C,
    &fortran::FORTRAN,
    &javascript::JAVASCRIPT,
    &mathematica::MATHEMATICA,
    &maxima::MAXIMA,
    &rust::RUST,
    &sympy::SYMPY,
];

/// A formula with what it needs around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Lines that go first.
    pub imports: Vec<&'static str>,
    /// The expression.
    pub expression: String,
}

/// What stands behind a number in double precision of Fortran.
const DOUBLE: &str = "d0";

/// Names that most libraries have.
const LIBRARY: &[(&str, &str)] = &[
    ("sqrt", "sqrt"),
    ("exp", "exp"),
    ("ln", "log"),
    ("sin", "sin"),
    ("cos", "cos"),
    ("tan", "tan"),
    ("arcsin", "asin"),
    ("arccos", "acos"),
    ("arctan", "atan"),
    ("atan2", "atan2"),
    ("sinh", "sinh"),
    ("cosh", "cosh"),
    ("tanh", "tanh"),
    ("arsinh", "asinh"),
    ("arcosh", "acosh"),
    ("artanh", "atanh"),
    ("abs", "abs"),
    ("floor", "floor"),
    ("erf", "erf"),
    ("erfc", "erfc"),
    ("gamma", "gamma"),
];

impl Dialect {
    /// The word for a function of the table.
    fn word(&self, name: &str) -> Option<&'static str> {
        let row = self.functions.iter().copied().flatten().find(|row| row.0 == name);
        row.map(|row| row.1).filter(|word| !word.is_empty())
    }

    /// Whether a name is one of the language: a keyword, a function, a constant.
    fn is_taken(&self, name: &str) -> bool {
        let is_name = |word: &str| match self.ignores_case {
            true => word.eq_ignore_ascii_case(name),
            false => word == name,
        };
        let power = match self.power {
            Power::Operator(_) => [""; 2],
            Power::Function(whole, any) => [whole, any],
        };
        let functions = self.functions.iter().copied().flatten().map(|row| row.1);
        let templates = functions.chain(power).chain(self.constants).chain([self.exp]);
        self.keywords.iter().any(|word| is_name(word))
            || templates.flat_map(words).any(is_name)
    }

    /// A name as the language takes it.
    pub fn identifier(&self, name: &str) -> String {
        let name = crate::kernel::latin(name).replace('\'', "_prime");
        let name = if self.has_underscore { name } else { name.replace('_', "") };
        match (self.is_taken(&name), self.has_underscore) {
            (false, _) => name,
            (true, true) => name + "_",
            (true, false) => name + "0",
        }
    }

    /// What names have in common that are one in the language.
    pub fn key(&self, own: String) -> String {
        if self.ignores_case { own.to_lowercase() } else { own }
    }

    /// Refuses names that are one in the language.
    ///
    /// # Errors
    /// Two of them.
    pub fn tell_apart<'n>(&self, names: impl Iterator<Item = &'n str>) -> Result<()> {
        let mut seen: FxHashMap<String, &str> = FxHashMap::default();
        for name in names {
            let key = self.key(self.identifier(name));
            if let Some(other) = seen.insert(key, name) {
                let language = self.name;
                let what = format!("`{other}` and `{name}` are one name in {language}");
                return Err(ErrorKind::Unsupported(what).into());
            }
        }
        Ok(())
    }

    /// Whether it calculates with exact numbers.
    pub fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// The assignment of an expression to a name.
    pub fn assign(&self, name: &str, expression: &str) -> String {
        let name = self.identifier(name);
        self.broken(&self.assignment.replace("#1", &name).replace("#2", expression))
    }

    /// The assignment of lists of so many values, each inside of the one before, to a name.
    pub fn assign_list(&self, name: &str, expression: &str, inner: &[usize]) -> String {
        let sizes: String = inner.iter().map(|size| format!("[{size}]")).collect();
        let name = self.identifier(name);
        let template = self.assignment_of_list.replace("#3", &sizes);
        self.broken(&template.replace("#1", &name).replace("#2", expression))
    }

    /// Values row by row as lists of these sizes, each inside of the one before.
    pub fn list(&self, values: &[String], sizes: &[usize]) -> String {
        let [open, between, close] = self.list;
        let list = |values: &[String]| format!("{open}{}{close}", values.join(between));
        match sizes {
            [] | [_] => list(values),
            [_, inner @ ..] if self.array.is_empty() => {
                let length = inner.iter().product::<usize>().max(1);
                let rows = values.chunks(length).map(|row| self.list(row, inner));
                list(&rows.collect::<Vec<_>>())
            }
            _ => {
                let numbers = |list: Vec<usize>| {
                    list.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
                };
                self.array
                    .replace("#1", &list(values))
                    .replace("#2", &numbers(sizes.to_vec()))
                    .replace("#3", &numbers((1..=sizes.len()).rev().collect()))
            }
        }
    }

    /// A line that goes on below where it is too long for the language.
    pub fn broken(&self, line: &str) -> String {
        let Some(width) = self.width else { return line.to_owned() };
        let (mut rest, mut out) = (line, String::new());
        while rest.len() > width {
            let blank = rest[..width].rfind(' ').filter(|at| *at > width / 2);
            let (before, behind) = rest.split_at(blank.unwrap_or(width));
            out.push_str(before);
            out.push_str("&\n    &");
            rest = behind;
        }
        out + rest
    }
}

/// The names in a template, or in code, that stand for themselves, not behind a point or a path.
pub fn words(template: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_.:%".contains(c);
    let all = template.split(move |c: char| !is_part(c));
    all.map(|word| word.split(['.', ':']).next().unwrap_or_default())
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
}

/// Whole numbers from here on are not all doubles.
const WHOLE: u64 = 1 << 53;

/// Whether a whole number has more digits than a double.
pub(crate) fn is_long(n: &Number) -> bool {
    n.to_i64().is_none_or(|n| n.unsigned_abs() >= WHOLE)
}

/// A fraction of whole numbers with more digits than a double, as the double that is nearest.
pub(crate) fn nearest_double(n: &Number) -> Option<String> {
    let has_long = [n.numerator(), n.denominator()].iter().any(is_long);
    let value = n.to_f64();
    (!n.is_integer() && has_long && value.is_normal()).then(|| format!("{value:?}"))
}

/// A number as a decimal of a language with a sign behind it: `2.0`, `1.0/3.0`.
fn decimals(n: &Number, behind: &str) -> String {
    match (n.is_integer(), nearest_double(n)) {
        (_, Some(text)) if behind == DOUBLE => match text.contains('e') {
            true => text.replace('e', "d"),
            false => text + behind,
        },
        (_, Some(text)) => text,
        (true, None) => format!("{n}{behind}"),
        (false, None) => {
            format!("{}{behind}/{}{behind}", n.numerator(), n.denominator())
        }
    }
}
