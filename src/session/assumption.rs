//! Assumptions as they are typed: `x > 0, n integer`.

use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::digits;
use crate::kernel::{Assumption, Bound, Number, Pool, is_same_name};
use crate::syntax::{self, normalise};
use num_rational::BigRational;
use std::borrow::Cow;
use std::cmp::Ordering;

/// The digits of a bound before it becomes a double.
const BOUND_DIGITS: usize = 25;

/// Reads assumptions about variables.
///
/// # Errors
/// What is none of `x > 0`, `0 < x < 1`, `x positive`, `a, b > 0` or `n integer`.
pub fn parse_assumptions(text: &str) -> Result<Vec<(String, Assumption)>> {
    let mut found: Vec<(String, Assumption)> = Vec::new();
    // Names of which the next part says something: the `a` of `a, b > 0`.
    let mut waiting: Vec<String> = Vec::new();
    let refused = |part: &str| {
        let part = if text.contains('\\') { text.trim() } else { part };
        Error::from(ErrorKind::InvalidAssumption(part.to_owned())).help(
            "assumptions are `x > 0`, `x <= 1/2`, `0 < x < pi`, `x positive`, `a, b > 0` and \
             `n integer`, joined by commas",
        )
    };
    let typed = unlatex(text);
    let parts = syntax::pieces(&typed).ok_or_else(|| refused(text.trim()))?;
    let parts = parts.into_iter().flat_map(|part| part.split(" and ")).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        if is_name(part) {
            waiting.push(part.to_owned());
            continue;
        }
        let (name, assumption) = one(part).ok_or_else(|| {
            let limit = part.split(['<', '>', '=']).find_map(too_large);
            limit.unwrap_or_else(|| refused(part))
        })?;
        for name in waiting.drain(..).chain([name]) {
            add(&mut found, normalise(&name), assumption);
        }
    }
    if let Some(name) = waiting.first() {
        return Err(refused(name));
    }
    for (name, known) in &mut found {
        // Both ends are needed to stay between them.
        if known.high.is_some() && known.low.is_none() && known.nonnegative {
            known.low = Some(0.0);
        }
        if is_empty(known) {
            let help = format!("no number is as it is assumed of `{name}`");
            return Err(refused(text.trim()).help(help));
        }
    }
    Ok(found)
}

/// Commands of LaTeX that compare, and spaces.
const COMMANDS: [(&str, &str); 13] = [
    ("geqslant", ">="),
    ("leqslant", "<="),
    ("geq", ">="),
    ("leq", "<="),
    ("neq", "!="),
    ("ge", ">="),
    ("le", "<="),
    ("ne", "!="),
    ("gt", ">"),
    ("lt", "<"),
    ("quad", " "),
    (",", " "),
    (";", " "),
];

/// Conditions of LaTeX in signs; the names of letters stay.
fn unlatex(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let text = text.trim().trim_matches('$');
    let mut parts = text.split('\\');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let letters = part.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (command, rest) =
            part.split_at(letters.max(usize::from(part.is_ascii())).min(part.len()));
        match COMMANDS.iter().find(|row| row.0 == command) {
            Some((_, sign)) => written.push_str(sign),
            None => written.push_str(command),
        }
        written.push_str(rest);
    }
    Cow::Owned(written)
}

/// Whether no number is as it is assumed.
fn is_empty(known: &Assumption) -> bool {
    let is_rounded = known.rounded_low || known.rounded_high;
    let is_open = known.open_low || known.open_high || is_rounded;
    known
        .low
        .zip(known.high)
        .is_some_and(|(low, high)| low > high || low == high && is_open)
        || known.positive && known.nonpositive
        || known.nonzero && known.low == Some(0.0) && known.high == Some(0.0)
}

fn add(found: &mut Vec<(String, Assumption)>, name: String, more: Assumption) {
    let Some((_, known)) = found.iter_mut().find(|(known, _)| is_same_name(known, &name))
    else {
        found.push((name, more));
        return;
    };
    known.positive |= more.positive;
    known.nonnegative |= more.nonnegative;
    known.nonpositive |= more.nonpositive;
    known.integer |= more.integer;
    known.nonzero |= more.nonzero;
    known.real |= more.real;
    // Of two bounds the narrower one counts, and of two equal ones the strict one.
    if let Some(low) = more.low {
        let is_new = known.low.is_none_or(|own| low > own);
        known.open_low = if is_new {
            more.open_low
        } else {
            known.open_low || more.open_low && known.low == Some(low)
        };
        known.rounded_low = if is_new { more.rounded_low } else { known.rounded_low };
        known.rounded_low |= more.rounded_low && known.low == Some(low);
        let exact = (known.exact_low, more.exact_low);
        known.exact_low = match is_new {
            false if known.low == Some(low) => narrower(exact, Ordering::Greater),
            false => known.exact_low,
            true => more.exact_low,
        };
        known.low = if is_new { Some(low) } else { known.low };
    }
    if let Some(high) = more.high {
        let is_new = known.high.is_none_or(|own| high < own);
        known.open_high = if is_new {
            more.open_high
        } else {
            known.open_high || more.open_high && known.high == Some(high)
        };
        known.rounded_high = if is_new { more.rounded_high } else { known.rounded_high };
        known.rounded_high |= more.rounded_high && known.high == Some(high);
        let exact = (known.exact_high, more.exact_high);
        known.exact_high = match is_new {
            false if known.high == Some(high) => narrower(exact, Ordering::Less),
            false => known.exact_high,
            true => more.exact_high,
        };
        known.high = if is_new { Some(high) } else { known.high };
    }
}

/// The narrower one of two exact bounds beside the same double, as far as that is known.
fn narrower(
    (own, more): (Option<Bound>, Option<Bound>),
    side: Ordering,
) -> Option<Bound> {
    match (own, more) {
        (Some(own), Some(more)) if own.of == more.of => {
            Some(if more.factor.cmp(&own.factor) == side { more } else { own })
        }
        (Some(_), Some(_)) => None,
        (own, more) => own.or(more),
    }
}

fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|c| c.is_alphanumeric() || matches!(c, '_' | '{' | '}'))
}

/// A name with what is said of it: in words, or by one comparison or two.
fn one(text: &str) -> Option<(String, Assumption)> {
    let text = text.replace('≥', ">=").replace('≤', "<=").replace('≠', "!=");
    if let Some((name, words)) = text.split_once(char::is_whitespace)
        && is_name(name)
        && let Some(assumption) = in_words(words)
    {
        return Some((name.to_owned(), assumption));
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut signs: Vec<&str> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['<', '>', '!']) {
        let length = if rest[at + 1..].starts_with('=') { 2 } else { 1 };
        parts.push(rest[..at].trim());
        signs.push(&rest[at..at + length]);
        rest = &rest[at + length..];
    }
    parts.push(rest.trim());
    let is_variable = |part: &&str| is_name(part) && constant(part).is_none();
    let place = parts.iter().position(is_variable)?;
    let mut assumption = Assumption::default();
    match (&parts[..], &signs[..]) {
        ([_, _], ["!="]) => {
            let bound = constant(parts[1 - place])?;
            assumption.nonzero = true;
            return (bound.near == 0.0 && bound.side.is_eq())
                .then(|| (parts[place].to_owned(), assumption));
        }
        ([_, _], [sign]) => bound(&mut assumption, sign, place == 1, parts[1 - place])?,
        ([low, _, high], [first, second]) if place == 1 => {
            if first.as_bytes().first() != second.as_bytes().first() {
                return None;
            }
            bound(&mut assumption, first, true, low)?;
            bound(&mut assumption, second, false, high)?;
        }
        _ => return None,
    }
    (!is_empty(&assumption)).then(|| (parts[place].to_owned(), assumption))
}

fn in_words(words: &str) -> Option<Assumption> {
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let zero = Some(0.0);
    let none = Assumption::default();
    Some(match words.trim_start_matches("is ") {
        "positive" => Assumption { positive: true, nonnegative: true, ..none },
        "nonnegative" => Assumption { nonnegative: true, ..none },
        "negative" | "nonpositive" => {
            let strict = words.ends_with(" negative") || words == "negative";
            Assumption { nonpositive: true, high: zero, open_high: strict, ..none }
        }
        "integer" | "an integer" => Assumption { integer: true, ..none },
        "real" => Assumption { real: true, ..none },
        "nonzero" => Assumption { nonzero: true, ..none },
        _ => return None,
    })
}

/// The end of an interval: the double next to it, and how the exact one lies to that.
struct End {
    near: f64,
    side: Ordering,
    is_fraction: bool,
    /// The bound, where no double holds it and it is a short one.
    exact: Option<Bound>,
}

/// The value of a constant formula, as `1/2` or `2*pi`.
fn constant(text: &str) -> Option<End> {
    value(text).ok().flatten()
}

/// The same.
///
/// # Errors
/// What cannot be read or calculated, and a number that is too large.
fn value(text: &str) -> Result<Option<End>> {
    let program = syntax::parse(text, &[])?;
    let mut pool = Pool::default();
    let lowered = syntax::lower(&program, &[], &mut pool)?;
    let [root] = lowered.roots[..] else { return Ok(None) };
    let fraction = pool.as_number(root).cloned();
    let is_fraction = fraction.is_some();
    let digits = || digits::number(&pool, root, BOUND_DIGITS, syntax::in_normal_form);
    let value = fraction.clone().map_or_else(digits, Ok)?;
    let near = value.to_f64();
    let held = BigRational::from_float(near).map(Number::from_big).ok_or_else(|| {
        Error::from(ErrorKind::OverLimit {
            what: "the binary exponent of a bound",
            limit: f64::MAX_EXP as u64,
        })
    })?;
    let side = value.cmp(&held);
    let exact = Bound::of(&pool, root).filter(|_| !side.is_eq());
    Ok(Some(End { near, side, is_fraction, exact }))
}

/// The limit that a number is beyond, as an error.
fn too_large(text: &str) -> Option<Error> {
    let error = value(text).err().filter(|error| error.kind.is_limit())?;
    Some(Error { span: None, ..error })
}

/// Notes that the name is on one side of a number; `turned` when the number stands first.
fn bound(known: &mut Assumption, sign: &str, turned: bool, number: &str) -> Option<()> {
    let End { near, side, is_fraction, exact } = constant(number)?;
    let strict = !sign.ends_with('=');
    let is_zero = near == 0.0 && side.is_eq();
    let is_positive = near > 0.0 || near == 0.0 && side.is_gt();
    let above = match sign.as_bytes().first()? {
        b'>' => !turned,
        b'<' => turned,
        _ => return None,
    };
    // A fraction that no double holds goes outward; of `pi` and its like, the double next to it
    // is the end, which does not belong to the interval where it is beyond.
    if above {
        let low = if is_fraction && side.is_lt() { near.next_down() } else { near };
        known.positive |= is_positive || strict && is_zero;
        known.nonnegative |= is_positive || is_zero;
        known.low = (!is_zero).then_some(low);
        known.rounded_low = !side.is_eq();
        known.open_low = strict && !is_zero;
        known.exact_low = exact;
    } else {
        let high = if is_fraction && side.is_gt() { near.next_up() } else { near };
        known.nonpositive |= !is_positive;
        known.high = Some(high);
        known.rounded_high = !side.is_eq();
        known.open_high = strict;
        known.exact_high = exact;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::parse_assumptions;
    use crate::kernel::Assumption;
    use crate::kernel::{Bound, Constant, Unit};

    #[test]
    fn comparisons_are_read() {
        let read = |text: &str| parse_assumptions(text).map(|found| found[0].1).ok();
        let none = Assumption::default();
        let positive = Assumption { positive: true, nonnegative: true, ..none };
        let rows = [
            ("x > 0", Some(positive)),
            ("0 < x", Some(positive)),
            ("x >= 0", Some(Assumption { nonnegative: true, ..none })),
            (
                "x<0",
                Some(Assumption {
                    nonpositive: true,
                    high: Some(0.0),
                    open_high: true,
                    ..none
                }),
            ),
            ("x != 0", Some(Assumption { nonzero: true, ..none })),
            ("n ≥ 2", Some(Assumption { low: Some(2.0), ..positive })),
            (
                "0 < x < 1",
                Some(Assumption {
                    low: Some(0.0),
                    high: Some(1.0),
                    open_high: true,
                    ..positive
                }),
            ),
            (
                "1 > x > 0",
                Some(Assumption {
                    low: Some(0.0),
                    high: Some(1.0),
                    open_high: true,
                    ..positive
                }),
            ),
            (
                "1/4 <= x < 2^(-1)",
                Some(Assumption {
                    low: Some(0.25),
                    high: Some(0.5),
                    open_high: true,
                    ..positive
                }),
            ),
            (
                "0 < x < pi",
                Some(Assumption {
                    low: Some(0.0),
                    high: Some(std::f64::consts::PI),
                    open_high: true,
                    rounded_high: true,
                    exact_high: Some(Bound {
                        factor: 1.into(),
                        of: Unit::Constant(Constant::Pi),
                    }),
                    ..positive
                }),
            ),
            ("pi > x > 0", read("0 < x < pi")),
            ("x < y", None),
            ("1 < x < 0", None),
            ("0 < x > 1", None),
            ("x", None),
            ("x = 3", None),
        ];
        for (text, expected) in rows {
            assert_eq!(read(text), expected, "{text}");
        }
        // Parts are taken together.
        assert_eq!(read("x > 0, x < 1"), read("0 < x < 1"));
        for empty in ["x > 2, x < 1", "x > 0, x < 0", "x positive, x < -1"] {
            assert_eq!(read(empty), None, "{empty}");
        }
        // An end that no double holds belongs to an interval, and the doubles beside it do not.
        let tenth = parse_assumptions("x >= 1/10, x <= 3/10").map(|found| found[0].1);
        assert!(tenth.is_ok_and(|known| {
            !known.open_low && known.allows(0.1) && !known.allows(0.1_f64.next_down())
        }));
        let root = parse_assumptions("x <= sqrt(2)").map(|found| found[0].1);
        assert!(root.is_ok_and(|known| !known.allows(std::f64::consts::SQRT_2)));
        // One number is a number.
        let single = parse_assumptions("x >= 0, x <= 0").map(|found| found[0].1);
        assert!(single.is_ok_and(|known| known.allows(0.0) && !known.allows(1e-300)));
        let both = parse_assumptions("a, b > 0").unwrap_or_default();
        assert_eq!(both.len(), 2);
        assert_eq!(both[0].1, positive);
    }
}
