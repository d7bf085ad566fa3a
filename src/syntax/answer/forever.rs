//! Decimals that go on for ever: `0.333...`, `0.1\overline{6}`.

use std::borrow::Cow;

/// What draws a line over digits.
const LINES: [&str; 2] = ["\\overline{", "\\bar{"];
/// Signs that a number goes on.
const DOTS: [&str; 4] = ["...", "…", "\\ldots", "\\dots"];

/// Whether a decimal goes on of which nobody can tell how: `3.14...`.
pub fn goes_on(text: &str) -> bool {
    let text = without_dots(text);
    let is_decimal = |(at, _): (usize, &str)| {
        let before = text[..at].trim_end();
        let is_part = |c: char| c.is_ascii_digit() || c == '.';
        let number = &before[before.trim_end_matches(is_part).len()..];
        number.split_once('.').is_some_and(|(_, tail)| !tail.is_empty())
    };
    DOTS.iter().any(|dots| text.match_indices(dots).any(is_decimal))
}

/// Whether a text ends with a decimal that goes on of which nobody can tell how.
pub(super) fn breaks_off(text: &str) -> bool {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '$' | '*' | '`');
    let text = without_dots(text);
    let text = text.trim_end_matches(is_end);
    let front = DOTS.iter().find_map(|dots| text.strip_suffix(dots));
    front.is_some_and(|front| {
        let is_part = |c: char| c.is_ascii_digit() || c == '.';
        let number = &front[front.trim_end_matches(is_part).len()..];
        number.split_once('.').is_some_and(|(_, tail)| !tail.is_empty())
    })
}

/// A text in which decimals that are repeated for ever are fractions: `0.333...`,
/// `0.\\overline{3}`.
pub(super) fn finite(text: &str) -> Cow<'_, str> {
    let plain = without_dots(text);
    if !LINES.iter().any(|line| plain.contains(line)) {
        return plain;
    }
    let found = repeated(&plain);
    if found == *plain { plain } else { Cow::Owned(found) }
}

/// A text in which decimals that go on as their last digits say are fractions: `0.333...`.
fn without_dots(text: &str) -> Cow<'_, str> {
    let found = |text: &str| {
        let places = DOTS.iter().filter_map(|dots| Some((text.find(dots)?, dots.len())));
        places.min()
    };
    let mut whole = Cow::Borrowed(text);
    while let Some((at, length)) = found(&whole) {
        let is_part = |c: char| c.is_ascii_digit() || c == '.';
        let start = whole[..at].trim_end_matches(is_part).len();
        let number = &whole[start..at];
        let Some(period) = number.split_once('.').and_then(|(_, tail)| period(tail))
        else {
            break;
        };
        let before = &number[..number.len() - period.len()];
        let tail = before.split_once('.').map_or(0, |(_, tail)| tail.len());
        let (nines, zeros) = ("9".repeat(period.len()), "0".repeat(tail));
        let digits = before.replace('.', "");
        let fraction = format!("({digits}+{period}/{nines})/1{zeros}");
        whole =
            format!("{}({fraction}){}", &whole[..start], &whole[at + length..]).into();
    }
    whole
}

/// The digits that a tail of decimals repeats three times, or that it is twice and nothing more:
/// those of 2.718281828… do not.
fn period(tail: &str) -> Option<&str> {
    const LONGEST: usize = 9;
    (1..=LONGEST).find_map(|length| {
        let last = tail.get(tail.len().checked_sub(length)?..)?;
        let is_twice = length > 1 && tail == last.repeat(2);
        (is_twice || tail.ends_with(&last.repeat(3))).then_some(last)
    })
}

/// The same for decimals with a line over what is repeated.
fn repeated(text: &str) -> String {
    let mut text = text.to_owned();
    let found =
        |text: &str| LINES.iter().find_map(|line| Some((text.find(line)?, *line)));
    while let Some((at, line)) = found(&text) {
        let Some(shorter) = fraction(&text, at, line) else { break };
        text = shorter;
    }
    text
}

fn fraction(text: &str, at: usize, line: &str) -> Option<String> {
    let rest = &text[at + line.len()..];
    let period = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
    let behind = rest[period.len()..].strip_prefix('}')?;
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let start = text[..at].trim_end_matches(is_part).len();
    let number = &text[start..at];
    let (whole, tail) = number.split_once('.')?;
    // Longer ones are no answers of people.
    let is_short = (1..=9).contains(&period.len()) && tail.len() <= 9 && whole.len() <= 9;
    if !is_short || tail.contains('.') {
        return None;
    }
    let (nines, zeros) = ("9".repeat(period.len()), "0".repeat(tail.len()));
    let whole = if whole.is_empty() { "0" } else { whole };
    let before = &text[..start];
    let sum = format!("\\left({whole}{tail}+\\frac{{{period}}}{{{nines}}}\\right)");
    let value = format!("\\frac{{{sum}}}{{1{zeros}}}");
    Some(format!("{before}{value}{behind}"))
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn periods_are_fractions() {
        let rows = [
            ("0.\\overline{3}", "\\frac{\\left(0+\\frac{3}{9}\\right)}{1}"),
            ("0.1\\overline{6}", "\\frac{\\left(01+\\frac{6}{9}\\right)}{10}"),
            ("\\overline{z}", "\\overline{z}"),
            ("2", "2"),
        ];
        for (text, expected) in rows {
            assert_eq!(repeated(text), expected, "{text}");
        }
    }
}
