//! Numbers as people group their digits: `1,234,567`, `1\,234`, `0.\overline{3}`.

use super::super::numeral;
use super::super::words::NEARLY;
use super::{Content, bare, unit};

/// Signs between groups of three digits.
const BETWEEN: [&str; 7] = ["{,}\\!", ",\\!", "{,}", "\\,", "\\ ", "~", ","];

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The end of a number with groups at the beginning of a text, and the same without signs
/// between them.
fn grouped(text: &str) -> Option<(usize, String)> {
    if let Some(found) = in_pairs(text) {
        return Some(found);
    }
    let first = digits(text);
    // No group follows a lone 0.
    if !(1..=3).contains(&first) || &text[..first] == "0" {
        return None;
    }
    let sign = BETWEEN.iter().find(|sign| text[first..].starts_with(**sign))?;
    let (mut end, mut plain) = (first, text[..first].to_owned());
    while let Some(rest) = text[end..].strip_prefix(sign) {
        if digits(rest) != 3 {
            break;
        }
        plain.push_str(&rest[..3]);
        end += sign.len() + 3;
    }
    let is_whole = !text[end..].starts_with(|c: char| c.is_ascii_digit());
    // `1,234,56` is none.
    let goes_on = text[end..].strip_prefix(sign).is_some_and(|rest| digits(rest) > 0);
    (end > first && is_whole && !goes_on).then_some((end, plain))
}

/// The same with groups of two digits and a last one of three, as in India: `12,34,567`.
fn in_pairs(text: &str) -> Option<(usize, String)> {
    let mut end = digits(text);
    let mut plain = text[..end].to_owned();
    if !(1..=2).contains(&end) || plain.starts_with('0') {
        return None;
    }
    let mut pairs = 0;
    while let Some(rest) = text[end..].strip_prefix(',') {
        let count = digits(rest);
        plain.push_str(&rest[..count]);
        end += 1 + count;
        match count {
            2 => pairs += 1,
            3 if pairs > 0 => {
                let goes_on = text[end..].strip_prefix(',').map_or(0, digits) > 0;
                return (!goes_on).then_some((end, plain));
            }
            _ => return None,
        }
    }
    None
}

/// A text in which numbers with groups of digits have none; nothing where there is no such
/// number.
pub(super) fn joined(text: &str) -> Option<String> {
    let mut found = String::with_capacity(text.len());
    let (mut rest, mut is_changed) = (text, false);
    let mut is_inside = false;
    while let Some(c) = rest.chars().next() {
        if !is_inside && let Some((end, plain)) = grouped(rest) {
            found.push_str(&plain);
            rest = &rest[end..];
            is_changed = true;
        } else {
            found.push(c);
            rest = &rest[c.len_utf8()..];
        }
        let last = found.chars().next_back();
        // Behind `1,` stands no number of its own.
        let is_listed = last == Some(',')
            && found[..found.len() - 1].ends_with(|c: char| c.is_ascii_digit());
        is_inside = is_listed
            || last.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_'));
    }
    is_changed.then_some(found)
}

/// A number times a power of ten as people write it, `3x10^8`, with a sign of multiplication,
/// and whether it is nothing else: `2.10^3` is a power of a decimal, too.
pub(super) fn power_of_ten(text: &str) -> Option<(String, bool)> {
    let at = text.find("10^")?;
    let before = text[..at].trim_end();
    let sign = before.chars().next_back().filter(|c| matches!(c, 'x' | 'X' | '.'))?;
    let digits_before = before[..before.len() - sign.len_utf8()].trim_end();
    let (label, number) = match digits_before.rsplit_once('=') {
        Some((label, number)) => (format!("{label}= "), number.trim_start()),
        None => (String::new(), digits_before),
    };
    let (minus, plain) = match number.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let plain = plain.replace(',', ".");
    let is_decimal = plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_digit() || c == '.')
        && plain.matches('.').count() < 2;
    let is_certain = sign != '.' || plain.contains('.');
    let found = format!("{label}{minus}{plain}*{}", &text[at..]);
    is_decimal.then_some((found, is_certain))
}

/// A number with a decimal comma with a point; nothing for what is no such number, or has groups
/// of digits.
pub(super) fn with_point(text: &str) -> Option<String> {
    let (whole, part) = text.split_once(',')?;
    let unsigned = whole.trim_start_matches(['-', '−']);
    let is_whole = !unsigned.is_empty() && digits(unsigned) == unsigned.len();
    let count = digits(part);
    let rest = &part[count..];
    let ends = rest.is_empty() || rest.starts_with([' ', '°', '\\']);
    let is_one = is_whole && count > 0 && ends && !rest.contains([',', ';']);
    (is_one && (count != 3 || unsigned == "0"))
        .then(|| format!("{whole}.{}{rest}", &part[..count]))
}

/// The decimal that a number with one group of digits may be, `1,234`.
pub(super) fn with_decimal_comma(text: &str) -> Option<String> {
    let (whole, part) = text.split_once(',')?;
    let unsigned = whole.trim_start_matches(['-', '−']);
    let is_whole =
        (1..=3).contains(&unsigned.len()) && digits(unsigned) == unsigned.len();
    (is_whole && part.len() == 3 && digits(part) == 3).then(|| format!("{whole}.{part}"))
}

/// Signs before decimals that are nearly a number.
const ALIKE: [&str; 5] = ["\\approx", "\\simeq", "≈", "~", "approx."];

/// The decimals behind signs or words that say that they are nearly the number.
pub(in super::super) fn nearly(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let mut marks = ALIKE.iter().chain(&NEARLY);
    let rest = marks.find_map(|mark| lower.strip_prefix(mark))?;
    let rest = text.get(text.len() - rest.len()..)?.trim_start();
    let number = rest.strip_prefix('-').unwrap_or(rest);
    let is_decimal = number.contains('.') && digits(number) > 0;
    is_decimal.then_some(rest)
}

/// What the last place of a number in digits counts, as a formula: the hundreds of `1200`.
pub(super) fn last_place(text: &str) -> Option<String> {
    let plain = text.strip_prefix(['-', '−']).unwrap_or(text).trim_start();
    let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
    let is_number = digits(whole) == whole.len() && digits(part) == part.len();
    let zeros = whole.len() - whole.trim_end_matches('0').len();
    let is_whole = part.is_empty() && zeros < whole.len();
    let is_any = is_number && !(whole.is_empty() && part.is_empty());
    is_any.then(|| match is_whole {
        true => format!("10^{zeros}"),
        false => format!("1/10^{}", part.len()),
    })
}

/// A number in upright letters of LaTeX without them: `\text{5}`.
pub(super) fn without_style(text: &str) -> &str {
    const STYLES: [&str; 5] = ["\\text{", "\\mathrm{", "\\textbf{", "\\mathbf{", "\\bf{"];
    let inner =
        STYLES.iter().find_map(|style| text.strip_prefix(style)?.strip_suffix('}'));
    inner.filter(|inner| unit::is_number(inner)).unwrap_or(text)
}

/// The exact one of two forms of a number, one in brackets behind the other: `1.5 (or 3/2)`,
/// `0.333 (1/3)`, `5 (five)`. Other brackets are factors.
pub(super) fn restated(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(" (")?;
    let second = rest.strip_suffix(')')?;
    let words = ["or ", "i.e. ", "that is ", "= ", "≈ ", "about ", "approx. "];
    let plain = words.iter().find_map(|word| second.strip_prefix(word)).unwrap_or(second);
    let forms = [bare(first), bare(plain)];
    let [Some((one, near)), Some((other, next))] = forms.map(size) else { return None };
    let is_same = (one - other).abs() <= near.max(next) + f64::EPSILON * one.abs();
    let are_whole = forms.iter().all(|form| digits(form) == form.len());
    (is_same && !are_whole).then(|| forms[usize::from(near > next)])
}

/// The value of a number, and how far it may be off as a decimal that is rounded.
fn size(text: &str) -> Option<(f64, f64)> {
    let (sign, plain) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    if let Some(whole) = numeral::whole(plain) {
        return Some((sign * whole.to_string().parse::<f64>().ok()?, 0.0));
    }
    if !plain.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match plain.split_once('/') {
        Some((above, below)) => {
            let [above, below] = [above, below].map(|part| part.trim().parse::<f64>());
            Some((sign * above.ok()? / below.ok()?, 0.0))
        }
        None => {
            let part = plain.split_once('.').map_or("", |(_, part)| part);
            let near =
                if part.is_empty() { 0.0 } else { 0.1_f64.powi(part.len() as i32) };
            Some((sign * plain.parse::<f64>().ok()?, near))
        }
    }
}

/// A ratio or a time of the day, `2:3`, which are words of their own.
pub(super) fn ratio(text: &str) -> Option<Content> {
    let (above, below) = text.split_once(':')?;
    let parts = [above.trim(), below.trim()];
    let is_number = |text: &&str| !text.is_empty() && digits(text) == text.len();
    parts.iter().all(is_number).then(|| Content::Words(parts.join(":")))
}

/// A time of the day with its half, `6:00 PM`, which is words too.
pub(super) fn time_of_day(text: &str) -> Option<Content> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, half) = rest.split_at_checked(2)?;
    let half = unit::plain(half.trim_start_matches(['\\', ' ', '~']))?;
    let half = half.to_lowercase().replace(['.', ' '], "");
    let is_below = |text: &str, from: u8, to: u8| {
        text.parse().is_ok_and(|n: u8| (from..=to).contains(&n))
    };
    let is_time = matches!(&half[..], "am" | "pm")
        && is_below(hour.trim(), 1, 12)
        && digits(minute) == minute.len()
        && is_below(minute, 0, 59);
    is_time.then(|| Content::Words(format!("{}:{minute} {half}", hour.trim())))
}

/// A mixed number, `3 1/2`, as a sum; nothing where a text is none.
pub(super) fn mixed(text: &str) -> Option<String> {
    let (sign, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text),
    };
    let (whole, part) = rest.split_once([' ', '\u{a0}'])?;
    let (above, below) = part.trim_start().split_once('/')?;
    let is_number = |text: &str| !text.is_empty() && digits(text) == text.len();
    let is_mixed = [whole, above, below.trim_start()].into_iter().all(is_number);
    is_mixed.then(|| format!("{sign}({whole} + {above}/{below})"))
}

#[cfg(test)]
mod tests {
    use super::{joined, last_place, mixed, power_of_ten, with_point};

    #[test]
    fn mixed_numbers_are_sums() {
        let rows = [
            ("3 1/2", Some("(3 + 1/2)")),
            ("-3 1/2", Some("-(3 + 1/2)")),
            ("1/2", None),
            ("3 x/2", None),
            ("3 1/2 x", None),
            ("3 4", None),
        ];
        for (text, expected) in rows {
            assert_eq!(mixed(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn powers_of_ten_are_products() {
        let rows = [
            ("3x10^8", Some(("3*10^8", true))),
            ("-3.2 x 10^-5", Some(("-3.2*10^-5", true))),
            ("6,02.10^23", Some(("6.02*10^23", true))),
            ("2.10^3", Some(("2*10^3", false))),
            ("v = 3 x 10^8 m/s", Some(("v = 3*10^8 m/s", true))),
            ("x*10^3", None),
            ("2y10^3", None),
            ("10^3", None),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|(text, certain)| (text.to_owned(), certain));
            assert_eq!(power_of_ten(text), expected, "{text}");
        }
    }

    #[test]
    fn the_last_place_counts_what_it_stands_for() {
        let rows = [
            ("1.25", Some("1/10^2")),
            ("-6", Some("10^0")),
            ("1200", Some("10^2")),
            ("0", Some("1/10^0")),
            ("1.2x", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(last_place(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn decimal_commas_are_points() {
        let rows = [
            ("1,5", Some("1.5")),
            ("-0,125", Some("-0.125")),
            ("2,5 cm", Some("2.5 cm")),
            ("1,234", None),
            ("1, 5", None),
            ("1,5,6", None),
            ("x,5", None),
        ];
        for (text, expected) in rows {
            assert_eq!(with_point(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn groups_of_digits_are_joined() {
        let rows = [
            ("1,234,567", Some("1234567")),
            ("1{,}234", Some("1234")),
            ("1\\,234\\,567.25", Some("1234567.25")),
            ("(1,234)", Some("(1234)")),
            ("12,345 + 1,000", Some("12345 + 1000")),
            ("1,23", None),
            ("1234,567", None),
            ("1, 234", None),
            ("1,234,56", None),
            ("12,34,567", Some("1234567")),
            ("1,2,300", None),
            ("12,34,56", None),
            ("0.1,234", None),
            ("x_1,234", None),
        ];
        for (text, expected) in rows {
            assert_eq!(joined(text).as_deref(), expected, "{text}");
        }
    }
}
