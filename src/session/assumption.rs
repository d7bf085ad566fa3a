//! Assumptions as they are typed: `x > 0, n integer`.

use crate::check::in_order;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::digits;
use crate::kernel::{Assumption, Bound, Number, Pool, is_same_name};
use crate::syntax::{self, normalise};
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
    let is_crossed = match known.low.zip(known.high) {
        Some((low, high)) if is_near(low, high) => {
            let is_open = known.open_low || known.open_high;
            let order = order_of_ends((known, true), (known, false));
            order.is_some_and(|order| order.is_gt() || order.is_eq() && is_open)
        }
        Some((low, high)) => low > high,
        None => false,
    };
    is_crossed
        || known.positive && known.nonpositive
        || known.nonzero
            && known.low == Some(0.0)
            && known.high == Some(0.0)
            && !known.rounded_low
            && !known.rounded_high
}

/// Whether doubles do not tell one end from another.
fn is_near(one: f64, other: f64) -> bool {
    one <= other.next_up().next_up() && other <= one.next_up().next_up()
}

/// The order of two ends, each the lower or the upper one of what is assumed, as far as it is
/// known.
fn order_of_ends(
    (one, one_is_low): (&Assumption, bool),
    (other, other_is_low): (&Assumption, bool),
) -> Option<Ordering> {
    let mut pool = Pool::default();
    let one = one.end(&mut pool, one_is_low)?;
    let other = other.end(&mut pool, other_is_low)?;
    in_order(&mut pool, one, other)
}

fn add(found: &mut Vec<(String, Assumption)>, name: String, more: Assumption) {
    let Some((_, known)) = found.iter_mut().find(|(known, _)| is_same_name(known, &name))
    else {
        found.push((name, more));
        return;
    };
    // Of two bounds the narrower one counts, and of two equal ones the strict one.
    let [low, high] = [true, false].map(|is_low| narrower(known, &more, is_low));
    known.positive |= more.positive;
    known.nonnegative |= more.nonnegative;
    known.nonpositive |= more.nonpositive;
    known.integer |= more.integer;
    known.nonzero |= more.nonzero;
    known.real |= more.real;
    (known.low, known.exact_low, known.rounded_low, known.open_low) = low;
    (known.high, known.exact_high, known.rounded_high, known.open_high) = high;
}

/// An end as it is kept: the double, the exact one beside it, and whether it is rounded and open.
type Kept = (Option<f64>, Option<Bound>, bool, bool);

/// The narrower one of two ends.
fn narrower(known: &Assumption, more: &Assumption, is_low: bool) -> Kept {
    let kept = |of: &Assumption| match is_low {
        true => (of.low, of.exact_low, of.rounded_low, of.open_low),
        false => (of.high, of.exact_high, of.rounded_high, of.open_high),
    };
    let (own, new) = (kept(known), kept(more));
    let (Some(at), Some(to)) = (own.0, new.0) else {
        return if new.0.is_some() { new } else { own };
    };
    let order = match is_near(at, to) {
        true => order_of_ends((more, is_low), (known, is_low)),
        false => to.partial_cmp(&at),
    };
    let order = order.map(|order| if is_low { order } else { order.reverse() });
    match order {
        Some(Ordering::Greater) => new,
        Some(Ordering::Equal) => (own.0, own.1, own.2, own.3 || new.3),
        Some(Ordering::Less) => own,
        // Which one it is stays open.
        None => (own.0, None, true, own.3 || new.3),
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
            return (bound.near == 0.0 && bound.side == Some(Ordering::Equal))
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

/// The end of an interval: the double next to it, and how the exact one lies to that where it
/// is known.
struct End {
    near: f64,
    side: Option<Ordering>,
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
    let digits =
        || match digits::number(&pool, root, BOUND_DIGITS, syntax::in_normal_form) {
            Err(error) if digits::is_too_small(&error) => Ok(Number::ZERO),
            value => value,
        };
    let value = fraction.clone().map_or_else(digits, Ok)?;
    let near = value.to_f64();
    let held = Number::from_double(near).ok_or_else(|| {
        Error::from(ErrorKind::OverLimit {
            what: "the binary exponent of a bound",
            limit: f64::MAX_EXP as u64,
        })
    })?;
    let held = pool.number(held);
    let side = in_order(&mut pool, root, held);
    let exact = Bound::of(&pool, root).filter(|_| side != Some(Ordering::Equal));
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
    let is_held = side == Some(Ordering::Equal);
    let is_zero = near == 0.0 && is_held;
    let is_positive = near > 0.0 || near == 0.0 && side == Some(Ordering::Greater);
    let is_negative = near < 0.0 || near == 0.0 && side == Some(Ordering::Less);
    let above = match sign.as_bytes().first()? {
        b'>' => !turned,
        b'<' => turned,
        _ => return None,
    };
    // A fraction that no double holds goes outward; of `pi` and its like, the double next to it
    // is the end, which does not belong to the interval where it is beyond.
    if above {
        let low = if is_fraction && side == Some(Ordering::Less) {
            near.next_down()
        } else {
            near
        };
        known.positive |= is_positive || strict && is_zero;
        known.nonnegative |= is_positive || is_zero;
        known.low = (!is_zero).then_some(low);
        known.rounded_low = !is_held;
        known.open_low = strict && !is_zero;
        known.exact_low = exact;
    } else {
        let high = if is_fraction && side == Some(Ordering::Greater) {
            near.next_up()
        } else {
            near
        };
        known.nonpositive |= is_negative || is_zero;
        known.high = Some(high);
        known.rounded_high = !is_held;
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
