//! What stands before the `=` of an answer: the name of a derivative, of a gradient, of a value.

use super::super::name::normalise;
use super::grammar::{Grammar, Rule};
use pest::Parser;
use pest::iterators::Pair;

/// The longest label in bytes.
const LONGEST: usize = 1000;

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// A derivative: `f'(x)`, `dy/dx`, `f_x`, `(x^2)'`.
    Derivative,
    /// A gradient: `∇f`.
    Gradient,
    /// A derivative, or a name with a subscript: `f_x`.
    Subscript,
    /// A differential: `dy`.
    Differential,
    /// A value: `y`, `f(x)`.
    Value,
}

/// A label, with what it says of the derivative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What is named.
    pub naming: Naming,
    /// The function, where it has a name.
    pub function: Option<String>,
    /// The variables, one for each differentiation; empty where they are not said.
    pub wrt: Vec<String>,
    /// The order of the derivative, where it is said.
    pub order: Option<usize>,
    /// What stands in brackets behind the function.
    pub arguments: Option<String>,
    /// The formula that is differentiated, where it is written out.
    pub operand: Option<String>,
}

impl Label {
    /// Reads a label.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let pair = Grammar::parse(Rule::label, text).ok()?.next()?;
        let pair = pair.into_inner().next()?;
        let naming = match pair.as_rule() {
            Rule::nabla => Naming::Gradient,
            Rule::lower => Naming::Subscript,
            Rule::differential => Naming::Differential,
            Rule::value => Naming::Value,
            _ => Naming::Derivative,
        };
        let mut label = Self { naming, ..Self::spoken(Vec::new(), None) };
        label.take(pair);
        if label.order.is_none() && !label.wrt.is_empty() {
            label.order = Some(label.wrt.len());
        }
        Some(label)
    }

    /// The label before the first sign of equality of a text.
    pub(in crate::syntax) fn before(text: &str) -> Option<Self> {
        Self::read(text.split_once('=')?.0.trim())
    }

    /// The same, where it names a derivative or a gradient and no value.
    pub(super) fn derived(text: &str) -> Option<Self> {
        Self::before(text).filter(|label| !label.is_value())
    }

    /// The label that words are: of a derivative in these variables.
    pub(super) fn spoken(wrt: Vec<String>, order: Option<usize>) -> Self {
        let naming = Naming::Derivative;
        Self { naming, function: None, wrt, order, arguments: None, operand: None }
    }

    /// The label that is the name of a value.
    pub fn value(name: &str) -> Self {
        let function = Some(name.to_owned());
        Self { naming: Naming::Value, function, ..Self::spoken(Vec::new(), None) }
    }

    /// Whether what stands in brackets behind the function, if anything, is names.
    pub fn is_general(&self) -> bool {
        let is_name = |part: &str| {
            let part = part.trim().trim_start_matches('\\');
            part.starts_with(char::is_alphabetic)
                && part
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '{' | '}'))
        };
        self.arguments.as_ref().is_none_or(|text| text.split(',').all(is_name))
    }

    /// The one name that stands in brackets behind the function, as the x of `f'(x)`.
    pub fn variable(&self) -> Option<&str> {
        let text = self.arguments.as_deref().filter(|_| self.is_general())?;
        let name = text.trim().trim_start_matches('\\');
        name.chars().all(|c| c.is_alphanumeric() || c == '_').then_some(name)
    }

    /// Whether it names something that is not a derivative of what was asked, as `y` does.
    pub fn is_value(&self) -> bool {
        self.naming == Naming::Value
    }

    /// Whether names stand before the one that is differentiated, as the factor x of `xy'`.
    pub(super) fn has_factors(&self, is_name: &dyn Fn(&str) -> bool) -> bool {
        let name = self.function.as_deref().unwrap_or_default();
        let last = name.chars().next_back().filter(|c| c.is_alphabetic());
        let front = last.map_or("", |last| &name[..name.len() - last.len_utf8()]);
        self.naming == Naming::Derivative
            && self.wrt.is_empty()
            && self.order.is_some()
            && !front.is_empty()
            && !is_name(name)
            && front.chars().all(|c| is_name(c.encode_utf8(&mut [0; 4])))
    }

    /// Whether it is a known function of something, `ln(y)`, and no name.
    pub fn names_known_function(&self) -> bool {
        let name = self.function.as_deref().unwrap_or_default();
        self.is_value() && name.len() > 1 && crate::function::is_name(name)
    }

    /// Whether it says more of an answer than a label before it: a value may stand before a
    /// derivative, as in `y = dy/dx`.
    pub(super) fn says_more(&self, known: &Self) -> bool {
        known.is_value()
            || known.wrt.is_empty() && known.order.is_none() && !self.is_value()
    }

    /// Takes `fx` for the derivative of f in x, and `f_xy` for that in x and y, where these
    /// are variables of the question.
    pub(super) fn split(&mut self, is_name: &dyn Fn(&str) -> bool) {
        let letters = |text: &str| -> Option<Vec<String>> {
            let names: Vec<String> = match is_name(text) {
                true => vec![text.to_owned()],
                false => text.chars().map(String::from).collect(),
            };
            (!names.is_empty() && names.iter().all(|name| is_name(name))).then_some(names)
        };
        // `Dx(x^2)` is the derivative in x, and `Df(x)` one of f.
        if self.naming == Naming::Derivative
            && self.order.is_none()
            && let Some(name) = self.function.take_if(|name| is_name(name))
        {
            self.operand = self.arguments.take();
            (self.wrt, self.order) = (vec![name], Some(1));
        }
        if let (Naming::Subscript, [index]) = (self.naming, &self.wrt[..])
            && let Some(names) = letters(index)
        {
            self.order = Some(names.len());
            self.wrt = names;
        }
        let Some(name) = self.function.as_ref().filter(|_| self.is_value()) else {
            return;
        };
        let mut rest = name.chars();
        let first = rest.next().filter(|c| c.is_alphabetic() && !is_name(name));
        if let (Some(first), Some(names)) = (first, letters(rest.as_str())) {
            self.naming = Naming::Subscript;
            self.order = Some(names.len());
            self.wrt = names;
            self.function = Some(first.to_string());
        }
    }

    fn take(&mut self, pair: Pair<'_, Rule>) {
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name | Rule::long => self.function = Some(plain(part.as_str())),
                Rule::worded => self.function = Some(words(part.as_str())),
                Rule::slot => self.slot(part),
                Rule::order | Rule::nth => self.order = order(&part).or(self.order),
                Rule::given if self.function.is_none() => {
                    self.operand = Some(inside(part.as_str()).to_owned());
                }
                Rule::given => self.arguments = Some(inside(part.as_str()).to_owned()),
                Rule::operand if self.function.is_some() => {
                    self.arguments = Some(inside(part.as_str()).to_owned());
                }
                Rule::operand => self.operand = Some(part.as_str().trim().to_owned()),
                Rule::primes => self.order = Some(primes(part.as_str())),
                Rule::dots => self.order = Some(part.as_str().matches('d').count()),
                Rule::bare | Rule::over | Rule::under | Rule::function => self.take(part),
                _ => {}
            }
        }
    }

    fn slot(&mut self, pair: Pair<'_, Rule>) {
        let mut times = 1;
        let mut name = String::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::order => times = order(&part).unwrap_or(1),
                _ => name = plain(part.as_str()),
            }
        }
        self.wrt.extend(std::iter::repeat_n(name, times.min(LONGEST)));
    }
}

/// What stands in brackets.
fn inside(text: &str) -> &str {
    let start = text.find(['(', '[', '{']).map_or(0, |at| at + 1);
    let end = text.rfind([')', ']', '}']).unwrap_or(text.len());
    let inner = text.get(start..end).unwrap_or(text).trim();
    inner.strip_suffix("\\right").unwrap_or(inner).trim_end_matches('\\').trim()
}

/// The number in an order.
fn order(pair: &Pair<'_, Rule>) -> Option<usize> {
    let digits: String = pair.as_str().chars().filter_map(digit).collect();
    digits.parse().ok()
}

/// A digit, raised or not.
fn digit(c: char) -> Option<char> {
    match c {
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        '⁴'..='⁹' => char::from_digit(c as u32 - '⁴' as u32 + 4, 10),
        c => Some(c).filter(char::is_ascii_digit),
    }
}

/// How often primes differentiate.
pub(super) fn primes(text: &str) -> usize {
    let signs = text.chars().map(|c| match c {
        '\'' | '′' | '’' | '`' | '´' => 1,
        '″' => 2,
        '‴' => 3,
        _ => 0,
    });
    signs.sum::<usize>() + text.matches("\\prime").count()
}

/// A name as it is called elsewhere: without the backslash and the bold type of LaTeX.
fn plain(text: &str) -> String {
    let bare = match text.split_once(['{', ' ']) {
        Some((command, rest)) if command.starts_with('\\') => {
            rest.replacen('}', "", 1).replace(' ', "")
        }
        _ => text.to_owned(),
    };
    normalise(bare.trim_start_matches('\\'))
}

/// A name of words of LaTeX, `v_{\mathrm{max}}`, without what sets them.
fn words(text: &str) -> String {
    let (mut found, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let end = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                let (command, behind) = rest.split_at(end);
                if !behind.trim_start().starts_with('{') {
                    found.push_str(command);
                }
                rest = behind;
            }
            '{' | '}' | ' ' => {}
            c => found.push(c),
        }
    }
    normalise(&found)
}

#[cfg(test)]
mod tests {
    use super::{Label, Naming};

    #[test]
    fn labels_are_read() {
        use Naming::{Derivative, Differential, Gradient, Subscript, Value};
        let rows = [
            ("f'(x)", Derivative, "f", "", 1),
            ("y'", Derivative, "y", "", 1),
            ("y ’", Derivative, "y", "", 1),
            ("f''(x, y)", Derivative, "f", "", 2),
            ("g′(t)", Derivative, "g", "", 1),
            ("dy/dx", Derivative, "y", "x", 1),
            ("d y / d x", Derivative, "y", "x", 1),
            ("d/dx", Derivative, "", "x", 1),
            ("d/dx f(x)", Derivative, "", "x", 1),
            ("d/dx (x^2)", Derivative, "", "x", 1),
            ("df(x)/dx", Derivative, "f", "x", 1),
            ("d^2y/dx^2", Derivative, "y", "xx", 2),
            ("d²y/dx²", Derivative, "y", "xx", 2),
            ("∂f/∂x_1", Derivative, "f", "x1", 1),
            ("∂³f/∂x∂y²", Derivative, "f", "xyy", 3),
            ("∂f(x, y)/∂x", Derivative, "f", "x", 1),
            ("d^2f/dxdy", Derivative, "f", "xy", 2),
            ("\\frac{dy}{dx}", Derivative, "y", "x", 1),
            ("\\dfrac{\\mathrm{d}y}{\\mathrm{d}x}", Derivative, "y", "x", 1),
            (
                "\\frac{\\partial^2 f}{\\partial x\\,\\partial y}",
                Derivative,
                "f",
                "xy",
                2,
            ),
            ("\\frac{d}{d\\theta}\\left(\\theta^2\\right)", Derivative, "", "theta", 1),
            ("f^{\\prime}(x)", Derivative, "f", "", 1),
            ("f^{(3)}(x)", Derivative, "f", "", 3),
            ("\\mathcal{L}(w)", Value, "L", "", 0),
            ("\\text{Area}", Value, "Area", "", 0),
            ("v_{\\mathrm{max}}", Value, "v_max", "", 0),
            ("\\omega_\\text{max}", Value, "omega_max", "", 0),
            ("f_x", Subscript, "f", "x", 1),
            ("f_{xy}(x, y)", Subscript, "f", "xy", 2),
            ("u_t", Subscript, "u", "t", 1),
            ("D_x f", Derivative, "", "x", 1),
            ("Df(x)", Derivative, "f", "", 0),
            ("(d/dx)(x^2)", Derivative, "", "x", 1),
            (
                "\\left(\\frac{\\partial U}{\\partial S}\\right)_V",
                Derivative,
                "U",
                "S",
                1,
            ),
            ("\\partial_x f", Derivative, "", "x", 1),
            ("\\ddot{y}", Derivative, "y", "", 2),
            ("(x^2)'", Derivative, "", "", 1),
            ("[x*(x + 1)]'", Derivative, "", "", 1),
            ("∇f", Gradient, "f", "", 0),
            ("\\nabla f(x, y)", Gradient, "f", "", 0),
            ("grad f", Gradient, "f", "", 0),
            ("dy", Differential, "y", "", 0),
            ("y", Value, "y", "", 0),
            ("f(x)", Value, "f", "", 0),
            ("u_1", Value, "u1", "", 0),
            ("fx", Value, "fx", "", 0),
            ("answer", Value, "answer", "", 0),
        ];
        for (text, naming, function, wrt, order) in rows {
            let read = Label::read(text);
            assert!(read.is_some(), "{text}");
            let Some(label) = read else { continue };
            assert_eq!(label.naming, naming, "{text}");
            assert_eq!(label.function.as_deref().unwrap_or(""), function, "{text}");
            assert_eq!(label.wrt.concat(), wrt, "{text}");
            let names = |name: &str| name.len() == 1 && "xyt".contains(name);
            let mut split = label.clone();
            split.split(&names);
            assert!(
                [label.order, split.order].contains(&Some(order)) || order == 0,
                "{text}"
            );
        }
    }

    #[test]
    fn formulas_are_no_labels() {
        for text in
            ["2*x", "x + 1", "(x)'*y + x*(y)'", "", "x^2", "sin(x)*y", "1/x", "-y'"]
        {
            assert_eq!(Label::read(text), None, "{text}");
        }
    }
}
