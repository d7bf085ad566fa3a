//! Numbers with words in them: `2.5 million`, `three quarters`, `5 ft 10 in`, and dates.

use super::super::numeral;
use super::{Content, bare, number, unit, words};

/// Letters behind a number that may multiply it, or be names.
const LETTERS: [(&str, &str); 6] = [
    ("k", "10^3"),
    ("K", "10^3"),
    ("M", "10^6"),
    ("B", "10^9"),
    ("mil", "10^6"),
    ("bn", "10^9"),
];
/// Words for hundredths.
const PERCENT: [&str; 4] = ["percent", "per cent", "phần trăm", "个百分点"];
/// Signs behind numbers that are units: in a length, and in an angle.
const MARKS: [(&str, [&str; 2]); 5] = [
    ("''", ["in", "pi/648000"]),
    ("'", ["ft", "pi/10800"]),
    ("′", ["ft", "pi/10800"]),
    ("\"", ["in", "pi/648000"]),
    ("″", ["in", "pi/648000"]),
];
/// The most parts that a quantity is put together of.
const MOST: usize = 4;

/// The ways to read a number with words in it; none where a text is no such number.
pub(super) fn read(text: &str) -> Vec<Content> {
    if is_date(text) {
        return vec![Content::Words(text.to_owned())];
    }
    let mut found = match numeral::whole(text) {
        Some(value) => vec![Content::Formula(value)],
        None => counted(text).into_iter().collect(),
    };
    if found.is_empty() {
        found = put_together(text);
    }
    if !found.is_empty() {
        found.extend(words::read(text));
    }
    found
}

/// A number with a letter behind it that may multiply it, `5k`, as that number.
pub(super) fn shortened(text: &str) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (value, letter) = (text[..at].trim_end(), &text[at..]);
    let (_, size) = LETTERS.iter().find(|(name, _)| *name == letter)?;
    (is_decimal(value)).then(|| format!("({value})*{size}"))
}

fn is_decimal(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
        && text.matches('.').count() < 2
}

/// A number with the count, or the words for hundredths, that stand behind it; nothing inside
/// where they stand behind another formula.
pub(super) fn with_count(number: &str, behind: &str) -> Option<Option<String>> {
    const ENDS: [char; 10] = ['.', ',', ';', ':', '!', '?', '\n', '。', '，', '$'];
    let words = behind.split(ENDS).next().unwrap_or_default().trim();
    if words.is_empty() {
        return None;
    }
    let lower = words.to_lowercase();
    let is_percent = PERCENT.contains(&lower.as_str());
    let found = match is_percent {
        true => format!("{}\\%", number.trim()),
        false => format!("{} {words}", number.trim()),
    };
    let is_read = unit::is_number(number.trim());
    (is_percent || count_before(words).is_some()).then(|| is_read.then_some(found))
}

/// A number with a word behind it that multiplies it, and a unit behind that.
fn counted(text: &str) -> Option<Content> {
    let (sign, inner) = unit::money(text);
    let spoken = numeral::read(inner).map(|(value, rest)| (rest, value));
    let is_spoken = spoken.is_some();
    let mut has_count = is_spoken;
    let (mut rest, mut value) = match spoken {
        Some((rest, value)) => {
            let name = unit::plain(bare(rest));
            (name.or_else(|| rest.is_empty().then(String::new))?, value)
        }
        None => {
            let at = unit::number_end(inner);
            let value = unit::without_blanks(&inner[..at]);
            if !unit::is_number(value) {
                return None;
            }
            let grouped = number::joined(value).or_else(|| number::mixed(value));
            let value = grouped.unwrap_or_else(|| value.replace(',', "."));
            (unit::plain(bare(&inner[at..]))?, value)
        }
    };
    value = format!("({value})");
    while let Some((size, behind)) = count_before(&rest) {
        value = format!("{value}*{size}");
        rest = behind;
        has_count = true;
    }
    if !has_count {
        return None;
    }
    match (sign, rest.as_str()) {
        (Some(sign), "") => unit::quantity(&value, unit::named(sign)),
        (None, "") => Some(Content::Formula(value)),
        (None, name) if unit::is_thing(name) => Some(Content::Formula(value)),
        (None, name) => {
            // Words behind a number in words may be the rest of it: `three point five`.
            let is_noun = !name.contains(' ')
                && name.ends_with('s')
                && !name.ends_with("ths")
                && !numeral::goes_on(name);
            let is_unit =
                |unit: &unit::Unit| unit.dimension.is_some() || is_noun || !is_spoken;
            unit::quantity(&value, unit::named(name).filter(is_unit))
        }
        (Some(_), _) => None,
    }
}

/// How much the count is with which a text begins, and what stands behind it.
fn count_before(text: &str) -> Option<(u128, String)> {
    let (size, rest) = numeral::size(text)?;
    let rest = rest.trim_start();
    Some((size, rest.strip_prefix("of ").unwrap_or(rest).to_owned()))
}

/// A quantity in several units, `5 ft 10 in`, in each of them: a number beside it may have
/// been meant in any.
fn put_together(text: &str) -> Vec<Content> {
    let Some(parts) = measures(text) else { return Vec::new() };
    let parts: Vec<(&str, String)> = match parts {
        Parts::Whole(parts) => parts,
        Parts::Broken => return vec![refused()],
    };
    let mut known = Vec::with_capacity(parts.len());
    for (value, name) in &parts {
        let is_angle = known.first().is_some_and(|(_, unit, _): &(_, unit::Unit, _)| {
            unit.dimension == Some(unit::NUMBER)
        });
        let mark = MARKS.iter().find(|(mark, _)| mark == name);
        let found = match mark {
            Some((mark, [_, factor])) if is_angle => Some(unit::Unit {
                name: (*mark).to_owned(),
                factor: (*factor).to_owned(),
                dimension: Some(unit::NUMBER),
            }),
            Some((_, [length, _])) => unit::named(length),
            // `1h 30m`.
            None if name == "m" && known.first().is_some_and(is_time) => {
                unit::named("min")
            }
            None => unit::named(name),
        };
        let Some(found) = found.filter(|unit| unit.dimension.is_some()) else {
            return Vec::new();
        };
        known.push((*value, found, name));
    }
    let is_one = |pair: &[(&str, unit::Unit, &String)]| {
        pair[0].1.dimension == pair[1].1.dimension && pair[0].1 != pair[1].1
    };
    if !known.windows(2).all(is_one) {
        // Letters side by side may be a product.
        let is_word = |(_, unit, _): &(_, unit::Unit, _)| unit.name.chars().count() > 1;
        return if known.iter().any(is_word) { vec![refused()] } else { Vec::new() };
    }
    let all: Vec<String> = known
        .iter()
        .map(|(value, unit, _)| format!("({value})*({})", unit.factor))
        .collect();
    let sum = all.join("+");
    let in_unit = |(_, unit, _): &(&str, unit::Unit, &String)| {
        let value = format!("({sum})/({})", unit.factor);
        Content::Quantity(value, unit.clone())
    };
    known.iter().map(in_unit).collect()
}

fn is_time(part: &(&str, unit::Unit, &String)) -> bool {
    part.1.dimension == Some(unit::TIME)
}

fn refused() -> Content {
    Content::Refused("numbers with units side by side".to_owned())
}

/// Numbers with names behind them.
enum Parts<'t> {
    Whole(Vec<(&'t str, String)>),
    /// The last number has no name.
    Broken,
}

/// The numbers of a text of which each has a name of letters or a mark behind it; at least two.
fn measures(text: &str) -> Option<Parts<'_>> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (value, behind) = rest.split_at(end.unwrap_or(rest.len()));
        if !is_decimal(value) || found.len() >= MOST {
            return None;
        }
        let behind = without_gaps_before(behind);
        if behind.is_empty() {
            // `1h30`.
            let is_unit = |(_, name): &(&str, String)| {
                name == "h" || name.chars().count() > 1 && unit::named(name).is_some()
            };
            let is_broken = !found.is_empty() && found.iter().all(is_unit);
            return is_broken.then_some(Parts::Broken);
        }
        let (name, behind) = name_before(behind)?;
        found.push((value, name));
        let behind = without_gaps_before(behind);
        let behind = behind.strip_prefix(',').unwrap_or(behind);
        let behind = without_gaps_before(behind);
        rest = behind.strip_prefix("and ").map_or(behind, str::trim_start);
    }
    (found.len() > 1).then_some(Parts::Whole(found))
}

fn without_gaps_before(text: &str) -> &str {
    let mut text = text;
    while let Some(rest) =
        ["\\ ", "\\,", "\\;", "~", " "].iter().find_map(|gap| text.strip_prefix(gap))
    {
        text = rest;
    }
    text
}

/// The name of a unit with which a text begins, and what stands behind it.
fn name_before(text: &str) -> Option<(String, &str)> {
    for sign in ["^{\\circ}", "^\\circ", "°"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some(("°".to_owned(), rest));
        }
    }
    if let Some((mark, rest)) =
        MARKS.iter().find_map(|(mark, _)| Some((mark, text.strip_prefix(mark)?)))
    {
        return Some(((*mark).to_owned(), rest));
    }
    for sign in ["\\text{", "\\mathrm{"] {
        if let Some((name, rest)) =
            text.strip_prefix(sign).and_then(|rest| rest.split_once('}'))
        {
            let name = name.trim();
            let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic);
            return is_name.then(|| (name.to_owned(), rest));
        }
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    // `4 in.`.
    let rest = rest.strip_prefix('.').filter(|_| end > 1).unwrap_or(rest);
    (end > 0).then(|| (name.to_owned(), rest))
}

/// Whether a text is a day of a year in digits: `2026-11-30`, `12/25/2020`.
fn is_date(text: &str) -> bool {
    const SIGNS: [char; 2] = ['-', '/'];
    SIGNS.iter().any(|sign| {
        let parts: Vec<&str> = text.split(*sign).collect();
        let is_digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
        let [first, second, third] = parts[..] else { return false };
        let is_short = |text: &str| matches!(text.len(), 1 | 2);
        let is_day = match (first.len(), third.len()) {
            (4, 2) => second.len() == 2,
            (1 | 2, 4) => is_short(second),
            _ => false,
        };
        let (one, other) = match first.len() {
            4 => (second, third),
            _ => (first, second),
        };
        let at_most = |text: &str, most: u8| {
            text.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number))
        };
        let is_in_year = at_most(one, 12) && at_most(other, 31)
            || at_most(one, 31) && at_most(other, 12);
        is_day && parts.iter().all(is_digits) && is_in_year
    })
}
