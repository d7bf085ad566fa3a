//! Numbers in words: `five thousand two hundred`, `hai mươi lăm`, `三万五千`, `two thirds`.

use super::reply::is_chinese;

/// What a word of a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A number below twenty.
    Small(u128),
    /// `twenty`: a digit may stand behind it.
    Tens(u128),
    /// `mươi`, `十`: so many tens as what stands before it says.
    Ten,
    /// `hundred`: multiplies what stands directly before it.
    Scale(u128),
    /// `thousand`: multiplies all that stands before it and behind a larger one.
    Group(u128),
    /// `and`, `linh`, `零`: nothing.
    Joint,
}

use Kind::{Group, Joint, Scale, Small, Ten, Tens};

/// The words of numbers.
#[rustfmt::skip]
const WORDS: [(&str, Kind); 89] = [
    ("zero", Small(0)), ("one", Small(1)), ("two", Small(2)), ("three", Small(3)),
    ("four", Small(4)), ("five", Small(5)), ("six", Small(6)), ("seven", Small(7)),
    ("eight", Small(8)), ("nine", Small(9)), ("ten", Small(10)), ("eleven", Small(11)),
    ("twelve", Small(12)), ("thirteen", Small(13)), ("fourteen", Small(14)),
    ("fifteen", Small(15)), ("sixteen", Small(16)), ("seventeen", Small(17)),
    ("eighteen", Small(18)), ("nineteen", Small(19)), ("twenty", Tens(20)),
    ("thirty", Tens(30)), ("forty", Tens(40)), ("fifty", Tens(50)), ("sixty", Tens(60)),
    ("seventy", Tens(70)), ("eighty", Tens(80)), ("ninety", Tens(90)), ("a", Small(1)),
    ("an", Small(1)), ("and", Joint), ("hundred", Scale(100)), ("dozen", Group(12)),
    ("gross", Group(144)), ("thousand", Group(1_000)), ("lakh", Group(100_000)),
    ("million", Group(1_000_000)), ("crore", Group(10_000_000)),
    ("billion", Group(1_000_000_000)), ("trillion", Group(1_000_000_000_000)),
    ("một", Small(1)), ("mốt", Small(1)), ("hai", Small(2)), ("ba", Small(3)),
    ("bốn", Small(4)), ("tư", Small(4)), ("năm", Small(5)), ("lăm", Small(5)),
    ("sáu", Small(6)), ("bảy", Small(7)), ("bẩy", Small(7)), ("tám", Small(8)),
    ("chín", Small(9)), ("mười", Tens(10)), ("mươi", Ten), ("linh", Joint), ("lẻ", Joint),
    ("trăm", Scale(100)), ("nghìn", Group(1_000)), ("ngàn", Group(1_000)),
    ("triệu", Group(1_000_000)), ("tỷ", Group(1_000_000_000)), ("tỉ", Group(1_000_000_000)),
    ("零", Joint), ("一", Small(1)), ("二", Small(2)), ("两", Small(2)), ("三", Small(3)),
    ("四", Small(4)), ("五", Small(5)), ("六", Small(6)), ("七", Small(7)), ("八", Small(8)),
    ("九", Small(9)), ("十", Ten), ("百", Scale(100)), ("千", Scale(1_000)), ("万", Group(10_000)),
    ("萬", Group(10_000)), ("亿", Group(100_000_000)), ("億", Group(100_000_000)),
    ("hundreds", Scale(100)), ("dozens", Group(12)), ("thousands", Group(1_000)),
    ("lakhs", Group(100_000)), ("millions", Group(1_000_000)), ("crores", Group(10_000_000)),
    ("billions", Group(1_000_000_000)), ("trillions", Group(1_000_000_000_000)),
];
/// Parts of one.
#[rustfmt::skip]
const PARTS: [(&str, u128); 14] = [
    ("half", 2), ("halve", 2), ("third", 3), ("quarter", 4), ("fourth", 4), ("fifth", 5),
    ("sixth", 6), ("seventh", 7), ("eighth", 8), ("ninth", 9), ("tenth", 10), ("twelfth", 12),
    ("hundredth", 100), ("thousandth", 1_000),
];
/// One half behind a whole number, and alone.
const HALVES: [&str; 5] = ["một nửa", "nửa", "rưỡi", "一半", "半"];
/// Words that are names where they stand alone.
const NAMES: [&str; 4] = ["a", "an", "ba", "hai"];
/// Articles begin a number only.
const ARTICLES: [&str; 2] = ["a", "an"];
/// Parts that are one where no number stands before them.
const ONE_PART: [&str; 2] = ["half", "quarter"];
/// Signs before a number.
const NEGATIVE: [&str; 4] = ["negative", "minus", "âm", "负"];
/// The most digits of a number that words multiply.
const DIGITS: usize = 15;

/// A number with words in it at the beginning of a text, as a formula, and what stands behind
/// it.
pub(super) fn read(text: &str) -> Option<(String, &str)> {
    let begun = NEGATIVE.iter().find_map(|word| behind_word(text, word));
    let (value, rest) = number(begun.unwrap_or(text))?;
    let words = text[..text.len() - rest.len()].trim();
    let has_words = words.contains(char::is_alphabetic)
        && !NAMES.contains(&words.to_lowercase().as_str());
    let value = match begun {
        Some(_) => format!("-{value}"),
        None => value,
    };
    has_words.then_some((value, rest))
}

/// A text that is a number with words in it, as a formula.
pub(super) fn whole(text: &str) -> Option<String> {
    let (value, rest) = read(text)?;
    rest.trim().is_empty().then_some(value)
}

/// The part of one that a word is: 3 for `third`.
pub(super) fn part(word: &str) -> Option<u128> {
    let word = word.to_lowercase();
    let one = word.strip_suffix('s').unwrap_or(&word);
    PARTS.iter().find(|row| row.0 == one).map(|row| row.1)
}

/// Whether a word of a number begins a text.
pub(super) fn goes_on(text: &str) -> bool {
    let is_of_number = |word: &str| {
        let one = word.strip_suffix('s').unwrap_or(word);
        kind(word).or_else(|| kind(one)).is_some() || part(word).is_some()
    };
    half(text).is_some() || word(text).is_some_and(|(word, _)| is_of_number(word))
}

/// How much the word is that multiplies a number and with which a text begins, and what stands
/// behind it.
pub(super) fn size(text: &str) -> Option<(u128, &str)> {
    let (word, rest) = word(text)?;
    match kind(word)? {
        Scale(size) | Group(size) => Some((size, rest)),
        _ => None,
    }
}

fn number(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = half(text) {
        return Some(of_group(("1".to_owned(), 2), rest));
    }
    let Some((count, rest)) = integer(text) else {
        let (word, _) = word(text)?;
        let (below, rest) = fraction_behind(text)
            .filter(|_| ONE_PART.contains(&word.to_lowercase().as_str()))?;
        return Some(of_group(("1".to_owned(), below), rest));
    };
    if let Some((below, behind)) = fraction_behind(rest) {
        // `twenty-third` and `two hundred thousandths` have two meanings.
        let is_plural = rest[..rest.len() - behind.len()].ends_with(['s', 'S']);
        let is_ordinal = count > 1 && !is_plural;
        let is_open = count >= 100 && below >= 100;
        let found = of_group((count.to_string(), below), behind);
        return (!is_ordinal && !is_open).then_some(found);
    }
    // `ba phần tư`, `四分之三`.
    if let Some((below, rest)) = behind_word(rest, "phần").and_then(integer) {
        return Some((format!("{count}/{below}"), rest));
    }
    if let Some((above, rest)) = rest.strip_prefix("分之").and_then(integer) {
        return Some((format!("{above}/{count}"), rest));
    }
    // `one and a half`.
    let joined = behind_word(rest, "and").unwrap_or(rest);
    if let Some(rest) = half(rest) {
        // `hai trăm rưỡi` is half a hundred more.
        return (count < 100).then(|| (format!("({count} + 1/2)"), rest));
    }
    let added = integer(joined).filter(|_| joined.len() < rest.len());
    let (above, behind) = added.unwrap_or((1, joined));
    if joined.len() < rest.len()
        && let Some((below, rest)) = fraction_behind(behind)
    {
        return Some((format!("({count} + {above}/{below})"), rest));
    }
    Some((count.to_string(), rest))
}

/// A part of one, or of a large number: `a quarter of a million`.
fn of_group((above, below): (String, u128), rest: &str) -> (String, &str) {
    let of = behind_word(rest, "of").unwrap_or(rest);
    let found = behind_word(of, "a").and_then(size);
    match found {
        Some((size, rest)) => (format!("{above}/{below}*{size}"), rest),
        None => (format!("{above}/{below}"), rest),
    }
}

fn half(text: &str) -> Option<&str> {
    HALVES.iter().find_map(|word| behind_word(text, word))
}

fn fraction_behind(text: &str) -> Option<(u128, &str)> {
    let (word, rest) = word(text)?;
    Some((part(word)?, rest))
}

/// What stands behind a word with which a text begins.
fn behind_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text.trim_start_matches([' ', '-']);
    for part in word.split(' ') {
        let (found, behind) = self::word(rest)?;
        if is_chinese(found.chars().next()?) {
            return rest.strip_prefix(word);
        }
        if found.to_lowercase() != part {
            return None;
        }
        rest = behind;
    }
    Some(rest)
}

/// The word with which a text begins; a sign of Chinese is one.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches([' ', '-']);
    let first = text.chars().next().filter(|c| c.is_alphabetic())?;
    let end = match is_chinese(first) {
        true => first.len_utf8(),
        false => {
            text.find(|c: char| !c.is_alphabetic() || is_chinese(c)).unwrap_or(text.len())
        }
    };
    Some(text.split_at(end))
}

fn kind(word: &str) -> Option<Kind> {
    let lower = word.to_lowercase();
    WORDS.iter().find(|row| row.0 == lower).map(|row| row.1)
}

/// A whole number in words or digits at the beginning of a text.
fn integer(text: &str) -> Option<(u128, &str)> {
    let mut sum = Sum { scale: u128::MAX, group: u128::MAX, ..Sum::default() };
    let mut rest = text;
    let mut end = None;
    loop {
        let begun = rest.trim_start_matches([' ', '-']);
        let digits = begun.bytes().take_while(u8::is_ascii_digit).count();
        let behind = if digits > 0 {
            let behind = &begun[digits..];
            let is_number = digits <= DIGITS && !behind.starts_with(['.', ',']);
            let value = begun[..digits].parse().ok().filter(|_| is_number)?;
            if sum.last.is_some() {
                break;
            }
            (sum.last, sum.is_joint) = (Some(value), false);
            sum.is_loose = sum.is_foreign;
            behind
        } else {
            let Some((word, behind)) = word(rest) else { break };
            let lower = word.to_lowercase();
            if ARTICLES.contains(&lower.as_str()) && rest.len() < text.len() {
                break;
            }
            let taken = kind(word).and_then(|kind| sum.take(kind, word.is_ascii()));
            if taken.is_none() {
                break;
            }
            behind
        };
        rest = behind;
        if !sum.is_joint && !sum.is_loose {
            end = Some(rest);
        }
    }
    let value = sum.total.checked_add(sum.section)?.checked_add(sum.last.unwrap_or(0))?;
    // `一百五` is 150 for some and no number for others.
    let is_whole = end.is_some_and(|end| end.len() == rest.len());
    match is_whole {
        true => Some((value, rest)),
        // `one and a half` goes on with no number.
        false if sum.is_joint => end.map(|end| (value, end)),
        false => None,
    }
}

/// A number that is put together of words.
#[derive(Default)]
struct Sum {
    /// What groups have multiplied.
    total: u128,
    /// What scales have multiplied since.
    section: u128,
    /// What nothing has multiplied since.
    last: Option<u128>,
    /// Whether a digit may be added to that.
    is_open: bool,
    /// The last scale and the last group: each is smaller than the one before.
    scale: u128,
    group: u128,
    /// Whether the last word says nothing.
    is_joint: bool,
    /// Whether the last scale is one of Vietnamese or Chinese, and a digit stands behind it
    /// that is left to be multiplied.
    is_foreign: bool,
    is_loose: bool,
}

impl Sum {
    fn take(&mut self, kind: Kind, is_ascii: bool) -> Option<()> {
        let has_begun = self.total > 0 || self.section > 0 || self.last.is_some();
        match (kind, self.last) {
            (Small(n), None) => {
                self.is_loose = self.is_foreign && !self.is_joint;
                self.last = Some(n);
            }
            (Small(n), Some(tens)) if self.is_open && (1..10).contains(&n) => {
                self.last = Some(tens + n);
                self.is_open = false;
            }
            (Tens(n), None) => (self.last, self.is_open) = (Some(n), true),
            (Ten, None) => (self.last, self.is_open) = (Some(10), true),
            (Ten, Some(n)) if n < 10 => {
                (self.last, self.is_open) = (Some(10 * n), true);
                self.is_loose = false;
            }
            (Scale(size), Some(n)) if size < self.scale => {
                self.section = self.section.checked_add(n.checked_mul(size)?)?;
                (self.last, self.is_open, self.is_loose) = (None, false, false);
                (self.scale, self.is_foreign) = (size, !is_ascii);
            }
            (Group(size), last) => {
                let section = self.section.checked_add(last.unwrap_or(0))?;
                if size < self.group && section > 0 {
                    self.total = self.total.checked_add(section.checked_mul(size)?)?;
                } else if section == 0 && self.total > 0 {
                    // `万亿`.
                    self.total = self.total.checked_mul(size)?;
                } else {
                    return None;
                }
                (self.section, self.last, self.is_open) = (0, None, false);
                (self.scale, self.group) = (u128::MAX, size);
                (self.is_foreign, self.is_loose) = (!is_ascii, false);
            }
            (Joint, None) if has_begun && !self.is_joint => {
                self.is_joint = true;
                return Some(());
            }
            _ => return None,
        }
        self.is_joint = false;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn numbers_in_words_are_read() {
        let rows = [
            ("five thousand two hundred", Some("5200")),
            ("twenty-five", Some("25")),
            ("one hundred and five", Some("105")),
            ("a dozen", Some("12")),
            ("two dozen", Some("24")),
            ("two thirds", Some("2/3")),
            ("three-quarters", Some("3/4")),
            ("5 hundredths", Some("5/100")),
            ("half", Some("1/2")),
            ("a half", Some("1/2")),
            ("half a million", Some("1/2*1000000")),
            ("a quarter of a million", Some("1/4*1000000")),
            ("one and a half", Some("(1 + 1/2)")),
            ("two and two thirds", Some("(2 + 2/3)")),
            ("negative three", Some("-3")),
            ("minus 3", Some("-3")),
            ("hai mươi lăm", Some("25")),
            ("mười lăm", Some("15")),
            ("một trăm linh năm", Some("105")),
            ("5 nghìn 2 trăm", Some("5200")),
            ("ba phần tư", Some("3/4")),
            ("một nửa", Some("1/2")),
            ("âm 3", Some("-3")),
            ("二十五", Some("25")),
            ("十二", Some("12")),
            ("一百零五", Some("105")),
            ("3万5千", Some("35000")),
            ("三万五千", Some("35000")),
            ("二万亿", Some("2000000000000")),
            ("三分之二", Some("2/3")),
            ("5分之1", Some("1/5")),
            ("负三", Some("-3")),
            ("one third", Some("1/3")),
            ("twenty thirds", Some("20/3")),
            ("twenty-third", None),
            ("two hundred thousandths", None),
            ("hai rưỡi", Some("(2 + 1/2)")),
            ("hai trăm rưỡi", None),
            ("một nghìn rưỡi", None),
            ("一百五", None),
            ("một trăm năm", None),
            ("3万5", None),
            ("five five", None),
            ("twenty twelve", None),
            ("thousand", None),
            ("hundred and", None),
            ("five and", None),
            ("12", None),
            ("five apples", None),
            ("1.5 million", None),
        ];
        for (text, expected) in rows {
            assert_eq!(whole(text).as_deref(), expected, "{text}");
        }
    }
}
