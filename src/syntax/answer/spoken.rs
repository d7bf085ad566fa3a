//! Formulas in words: `twice x`, `3x squared plus 1`, `the square root of 2`, `x bình phương`.

use super::reply::is_chinese;
use super::{cases, numeral};

/// What a phrase does in a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// It stands between two formulas.
    Between(char),
    /// It stands before a factor and multiplies it.
    Before(&'static str),
    /// It stands behind a factor and raises it.
    Behind(&'static str),
    /// It raises what follows.
    Raises(&'static str),
    /// It is a function of what follows.
    Applies(&'static str),
    /// An exponent follows.
    Power,
    /// It says nothing.
    Nothing,
}

use Does::{Applies, Before, Behind, Between, Nothing, Power, Raises};

/// The phrases of formulas; the longest that fits is meant.
#[rustfmt::skip]
const PHRASES: [(&str, Does); 75] = [
    ("plus", Between('+')), ("added to", Between('+')), ("minus", Between('-')),
    ("times", Between('*')), ("multiplied by", Between('*')), ("over", Between('/')),
    ("divided by", Between('/')), ("cộng", Between('+')), ("cộng với", Between('+')),
    ("trừ", Between('-')), ("trừ đi", Between('-')), ("nhân", Between('*')),
    ("nhân với", Between('*')), ("chia", Between('/')), ("chia cho", Between('/')),
    ("trên", Between('/')), ("加", Between('+')), ("加上", Between('+')), ("减", Between('-')),
    ("减去", Between('-')), ("乘", Between('*')), ("乘以", Between('*')), ("除以", Between('/')),
    ("twice", Before("2")), ("double", Before("2")), ("thrice", Before("3")),
    ("triple", Before("3")), ("half of", Before("1/2")), ("half", Before("1/2")),
    ("negative", Before("-1")), ("gấp đôi", Before("2")), ("hai lần", Before("2")),
    ("gấp ba", Before("3")), ("ba lần", Before("3")), ("một nửa của", Before("1/2")),
    ("một nửa", Before("1/2")), ("nửa", Before("1/2")), ("âm", Before("-1")),
    ("两倍的", Before("2")), ("负", Before("-1")), ("squared", Behind("2")), ("cubed", Behind("3")),
    ("bình phương", Behind("2")), ("lập phương", Behind("3")), ("的平方", Behind("2")),
    ("平方", Behind("2")), ("的立方", Behind("3")), ("立方", Behind("3")), ("square of", Raises("2")),
    ("cube of", Raises("3")), ("bình phương của", Raises("2")), ("lập phương của", Raises("3")),
    ("square root of", Applies("sqrt")), ("square root", Applies("sqrt")),
    ("root", Applies("sqrt")), ("cube root of", Applies("cbrt")), ("sine of", Applies("sin")),
    ("sine", Applies("sin")), ("cosine of", Applies("cos")), ("cosine", Applies("cos")),
    ("tangent of", Applies("tan")), ("tangent", Applies("tan")),
    ("natural log of", Applies("ln")), ("natural logarithm of", Applies("ln")),
    ("căn bậc hai của", Applies("sqrt")), ("căn bậc hai", Applies("sqrt")),
    ("căn", Applies("sqrt")), ("căn bậc ba của", Applies("cbrt")), ("根号", Applies("sqrt")),
    ("to the power of", Power), ("to the power", Power), ("raised to the power of", Power),
    ("to the", Power), ("mũ", Power), ("the", Nothing),
];
/// Words that end an exponent.
const ENDS: [&str; 2] = ["power", "次方"];
/// The longest text that is read, in bytes.
const LONGEST: usize = 200;
/// How deep formulas stand in each other.
const DEEPEST: usize = 12;

/// A formula in words as one in signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// In the notation of calcgrad.
    pub text: String,
    /// Whether it can be meant in no other way, as `3x squared` can.
    pub is_certain: bool,
}

/// A formula that has words in it, each of which is known, in signs.
pub fn in_signs(text: &str) -> Option<Spoken> {
    if let Some(found) = cases::in_signs(text) {
        return Some(found);
    }
    if text.len() > LONGEST
        || text.contains('\\')
        || !text.contains(|c: char| c.is_alphabetic())
    {
        return None;
    }
    let plain = text.replace('$', " ").to_lowercase();
    let mut reader =
        Reader { rest: &plain, has_words: false, is_certain: true, depth: 0 };
    let text = reader.sum()?;
    let is_whole = reader.has_words && reader.rest.trim_matches([' ', '.']).is_empty();
    is_whole.then_some(Spoken { text, is_certain: reader.is_certain })
}

struct Reader<'t> {
    rest: &'t str,
    has_words: bool,
    is_certain: bool,
    depth: usize,
}

impl<'t> Reader<'t> {
    /// The longest phrase that stands here, and what stands behind it.
    fn phrase(&self) -> Option<(Does, &'t str)> {
        let begun = self.rest.trim_start();
        let found = PHRASES.iter().filter_map(|(phrase, does)| {
            let behind = begun.strip_prefix(phrase)?;
            let goes_on = |c: char| c.is_alphabetic() && !is_chinese(c);
            let is_whole = phrase.starts_with(is_chinese) || !behind.starts_with(goes_on);
            is_whole.then_some((*does, behind))
        });
        found.min_by_key(|(_, behind)| behind.len())
    }

    /// Takes a phrase that stands here and does one of certain things.
    fn take<T>(&mut self, wanted: impl Fn(Does) -> Option<T>) -> Option<T> {
        let (does, behind) = self.phrase()?;
        let found = wanted(does)?;
        (self.rest, self.has_words) = (behind, true);
        Some(found)
    }

    fn sign(&mut self, signs: &[char]) -> Option<char> {
        let begun = self.rest.trim_start();
        if let Some(sign) = begun.chars().next().filter(|c| signs.contains(c)) {
            self.rest = &begun[sign.len_utf8()..];
            return Some(sign);
        }
        self.take(|does| match does {
            Between(sign) if signs.contains(&sign) => Some(sign),
            _ => None,
        })
    }

    /// Whether something stands here that is no part of a factor.
    fn is_between(&self) -> bool {
        let begun = self.rest.trim_start();
        begun.starts_with(['+', '-', '*', '/'])
            || matches!(self.phrase(), Some((Between(_) | Before(_), _)))
    }

    fn sum(&mut self) -> Option<String> {
        self.depth += 1;
        let mut text = self.sign(&['-']).map_or(String::new(), |sign| sign.to_string());
        text += &self.product()?;
        while let Some(sign) = self.sign(&['+', '-']) {
            text = format!("{text} {sign} {}", self.product()?);
        }
        self.depth -= 1;
        Some(text)
    }

    fn product(&mut self) -> Option<String> {
        let mut text = self.run()?;
        while let Some(sign) = self.sign(&['*', '/']) {
            let next = self.run()?;
            text = match sign {
                '*' => format!("{text}*{next}"),
                _ => format!("{}/{}", closed(text), closed(next)),
            };
        }
        Some(text)
    }

    /// Factors side by side.
    fn run(&mut self) -> Option<String> {
        let mut factors = vec![self.factor(false)?];
        while !self.is_between() {
            let begun = self.rest;
            let Some(factor) = self.factor(true) else {
                // What begins a factor and ends nowhere is no end: `five factorial`.
                if self.rest.len() < begun.len() {
                    return None;
                }
                break;
            };
            // Numbers side by side are no product: `12 (twelve)`.
            let is_number = |text: &str| {
                text.trim_start_matches('(').starts_with(|c: char| c.is_ascii_digit())
            };
            if is_number(&factor) {
                return None;
            }
            factors.push(factor);
        }
        Some(factors.join("*"))
    }

    /// A factor; one that goes on with a run has no sign, and its power may be one of all.
    fn factor(&mut self, goes_on: bool) -> Option<String> {
        if self.depth > DEEPEST {
            return None;
        }
        self.depth += 1;
        let found = self.primary().and_then(|found| self.raised(found, goes_on));
        self.depth -= 1;
        found
    }

    fn primary(&mut self) -> Option<String> {
        while self.take(|does| (does == Nothing).then_some(())).is_some() {}
        if let Some((number, rest)) = numeral::read(self.rest.trim_start()) {
            (self.rest, self.has_words) = (rest, true);
            return Some(closed(number));
        }
        if let Some(by) = self.take(|does| match does {
            Before(by) => Some(by),
            _ => None,
        }) {
            let factor = self.factor(false)?;
            return Some(match by {
                "-1" => format!("(-{factor})"),
                by => format!("{by}*{factor}"),
            });
        }
        if let Some(power) = self.take(|does| match does {
            Raises(power) => Some(power),
            _ => None,
        }) {
            return Some(format!("{}^{power}", closed(self.operand()?)));
        }
        if let Some(function) = self.take(|does| match does {
            Applies(function) => Some(function),
            _ => None,
        }) {
            return Some(format!("{function}({})", self.operand()?));
        }
        self.written()
    }

    /// What a function is of: factors side by side.
    fn operand(&mut self) -> Option<String> {
        let found = self.run()?;
        // `the square root of x plus 1`.
        let ends = self.rest.trim_matches([' ', '.']).is_empty();
        self.is_certain &= ends && !found.contains('*');
        Some(found)
    }

    /// A number, a letter, the name of a function or a bracket.
    fn written(&mut self) -> Option<String> {
        let begun = self.rest.trim_start();
        let first = begun.chars().next()?;
        if first == '(' {
            self.rest = &begun[1..];
            let inner = self.sum()?;
            self.rest = self.rest.trim_start().strip_prefix(')')?;
            return Some(format!("({inner})"));
        }
        let end = match first.is_ascii_digit() {
            true => begun.find(|c: char| !c.is_ascii_digit() && c != '.'),
            false => begun.find(|c: char| !c.is_ascii_alphabetic()),
        };
        let (word, rest) = begun.split_at(end.unwrap_or(begun.len()));
        // `a root` is one of several.
        self.is_certain &= word != "a";
        let is_call = word.len() > 1 && crate::function::lookup(word, 1).is_some();
        let is_known = first.is_ascii_digit() || word.len() == 1 || word == "pi";
        if !is_known && !is_call {
            return None;
        }
        self.rest = rest;
        match is_call {
            true => Some(format!("{word}({})", self.operand()?)),
            false => Some(word.trim_end_matches('.').to_owned()),
        }
    }

    fn raised(&mut self, base: String, goes_on: bool) -> Option<String> {
        let mut found = base;
        loop {
            let begun = self.rest.trim_start();
            let power = match begun.strip_prefix('^') {
                Some(rest) => {
                    self.rest = rest;
                    self.factor(false)?
                }
                None => {
                    let power = self.take(|does| match does {
                        Behind(power) => Some(Some(power)),
                        Power => Some(None),
                        _ => None,
                    });
                    match power {
                        Some(Some(power)) => power.to_owned(),
                        Some(None) => self.exponent()?,
                        None => return Some(found),
                    }
                }
            };
            // `3x squared`, `root x squared`.
            let is_plain =
                found.starts_with('(') || found.chars().all(|c| c.is_alphanumeric());
            self.is_certain &= begun.starts_with('^') || !goes_on && is_plain;
            found = format!("{}^{}", closed(found), closed(power));
        }
    }

    /// What stands behind `to the`: `10th power`, `fifth`, `2x`.
    fn exponent(&mut self) -> Option<String> {
        let begun = self.rest.trim_start();
        let end = begun.find(|c: char| !c.is_alphanumeric()).unwrap_or(begun.len());
        let (word, rest) = begun.split_at(end);
        let digits = word.trim_end_matches(char::is_alphabetic);
        let ending = &word[digits.len()..];
        let is_ordinal = !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
            && matches!(ending, "st" | "nd" | "rd" | "th");
        let found = match numeral::part(word).filter(|part| *part > 2) {
            Some(part) => Some(part.to_string()),
            None => is_ordinal.then(|| digits.to_owned()),
        };
        let found = match found {
            Some(found) => {
                self.rest = rest;
                found
            }
            None => self.run()?,
        };
        let begun = self.rest.trim_start();
        if let Some(rest) = ENDS.iter().find_map(|end| begun.strip_prefix(end)) {
            self.rest = rest;
        }
        Some(found)
    }
}

/// A formula in brackets, where it is more than a number or a name.
fn closed(text: String) -> String {
    let is_one = text.starts_with('(') && text.ends_with(')');
    let is_closed = is_one && text.matches('(').count() == 1;
    match is_closed || text.chars().all(|c| c.is_alphanumeric() || c == '.') {
        true => text,
        false => format!("({text})"),
    }
}

#[cfg(test)]
mod tests {
    use super::in_signs;

    #[test]
    fn formulas_in_words_are_read() {
        let rows = [
            ("twice x", Some(("2*x", true))),
            ("x squared", Some(("x^2", true))),
            ("3x squared", Some(("3*x^2", false))),
            ("three x squared minus four", Some(("3*x^2 - 4", false))),
            ("x squared plus 1", Some(("x^2 + 1", true))),
            ("the square root of 2", Some(("sqrt(2)", true))),
            ("root 2", Some(("sqrt(2)", true))),
            ("sqrt 2", None),
            ("the square root of x plus 1", Some(("sqrt(x) + 1", false))),
            ("1 over 2", Some(("1/2", true))),
            ("one over two x", Some(("1/(2*x)", true))),
            ("5 minus 3", Some(("5 - 3", true))),
            ("2 to the 10th power", Some(("2^10", true))),
            ("2 to the power of 10", Some(("2^10", true))),
            ("e to the x", Some(("e^x", true))),
            ("x bình phương", Some(("x^2", true))),
            ("x的平方加1", Some(("x^2 + 1", true))),
            ("cosine of x", Some(("cos(x)", true))),
            ("a root of 2", None),
            ("twice nothing", None),
            ("5 apples", None),
            ("2x", None),
            ("5 times", None),
            ("times 5", None),
            ("x over", None),
            ("five factorial", None),
            ("five gamma", None),
        ];
        for (text, expected) in rows {
            let found = in_signs(text);
            let found = found.as_ref().map(|f| (&*f.text, f.is_certain));
            assert_eq!(found, expected, "{text}");
        }
    }
}
