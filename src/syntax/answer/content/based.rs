//! Numbers that are written to a base: `101_2`, `\text{FF}_{16}`, `0xFF`.

use super::Content;
use num_bigint::BigInt;

/// The bases whose digits are digits and letters.
const BASES: std::ops::RangeInclusive<u32> = 2..=36;
/// The most digits that are read.
const LONGEST: usize = 200;
/// How digits begin that say their base themselves.
const BEGINNINGS: [(&str, u32); 3] = [("0x", 16), ("0b", 2), ("0o", 8)];
/// What may stand around digits.
const AROUND: [(&str, &str); 4] =
    [("\\text{", "}"), ("\\mathrm{", "}"), ("(", ")"), ("{", "}")];

/// A text without brackets and commands around it.
fn within(text: &str) -> &str {
    let inner = AROUND
        .iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.unwrap_or(text).trim()
}

/// The ways to read a text that is digits with their base.
pub(super) fn read(text: &str) -> Option<Vec<Content>> {
    let lower = text.to_ascii_lowercase();
    let begun = BEGINNINGS
        .iter()
        .find_map(|(sign, base)| Some((lower.strip_prefix(sign)?, *base)));
    let (digits, base) = match begun {
        Some(found) => found,
        None => {
            let (digits, base) = text.split_once('_')?;
            let base = within(within(base.trim())).trim_start_matches("base ");
            let is_number =
                base.len() <= 2 && base.bytes().all(|byte| byte.is_ascii_digit());
            (within(digits.trim()), base.parse().ok().filter(|_| is_number)?)
        }
    };
    let digits = digits.replace(' ', "");
    let is_digit = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    let is_plain = (1..=LONGEST).contains(&digits.len())
        && (begun.is_some() || digits.chars().all(is_digit))
        && BASES.contains(&base);
    let is_named = digits.starts_with(|c: char| c.is_ascii_alphabetic());
    // `A_{12}` is a name.
    if !is_plain || is_named && digits.len() == 1 && begun.is_none() {
        return None;
    }
    let Some(value) = BigInt::parse_bytes(digits.as_bytes(), base) else {
        let what = format!("`{text}`, whose digits are none to the base {base},");
        return (!is_named).then(|| vec![Content::Refused(what)]);
    };
    let digits = digits.to_ascii_uppercase();
    let found = Content::Based { value: value.to_string(), digits, base };
    // `AB_{12}` may be a name with an index.
    let is_name = is_named && begun.is_none();
    Some(match is_name && !text.contains("\\text") {
        true => vec![found, Content::Formula(text.to_owned())],
        false => vec![found],
    })
}

#[cfg(test)]
mod tests {
    use super::super::Content;
    use super::read;

    #[test]
    fn digits_with_a_base_are_numbers() {
        let rows = [
            ("101_2", Some("5")),
            ("101_{2}", Some("5")),
            ("(101)_2", Some("5")),
            ("(101)_{(2)}", Some("5")),
            ("\\text{FF}_{16}", Some("255")),
            ("0xff", Some("255")),
            ("42_8", Some("34")),
            ("42_3", None),
            ("1_000", None),
            ("x_2", None),
            ("A_{16}", None),
            ("101", None),
        ];
        for (text, expected) in rows {
            let found = match read(text).unwrap_or_default().into_iter().next() {
                Some(Content::Based { value, .. }) => Some(value),
                _ => None,
            };
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
