//! Quantities: a number with a unit behind it, `3 m/s`, `50\%`, `90^\circ`, `\$5`.

use super::super::numeral;
use super::super::prose::REASONS;
use super::super::reply::is_chinese;
use super::super::words::is_verb;
use super::{Content, bare, number, words};

/// Powers of length, mass, time, current, temperature, amount and money.
pub type Dimension = [i8; 7];

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// How it is written.
    pub name: String,
    /// How many of the basic unit it is, as a formula.
    pub factor: String,
    /// What it measures; nothing where it is known by its name only.
    pub dimension: Option<Dimension>,
}

pub(super) const NUMBER: Dimension = [0; 7];
const LENGTH: Dimension = [1, 0, 0, 0, 0, 0, 0];
const MASS: Dimension = [0, 1, 0, 0, 0, 0, 0];
pub(super) const TIME: Dimension = [0, 0, 1, 0, 0, 0, 0];
const MONEY: Dimension = [0, 0, 0, 0, 0, 0, 1];

/// A unit with its other names, its size in basic units, what it measures, and whether it
/// takes the prefixes of the metric system.
type Row = (&'static [&'static str], &'static str, Dimension, bool);

/// The units that are converted into each other.
const UNITS: [Row; 48] = [
    (&["厘米"], "1/100", LENGTH, false),
    (&["毫米"], "1/1000", LENGTH, false),
    (&["千米", "公里"], "1000", LENGTH, false),
    (&["千克", "公斤"], "1", MASS, false),
    (&["m", "meter", "metre", "米", "mét"], "1", LENGTH, true),
    (&["in", "inch", "inche"], "254/10000", LENGTH, false),
    (&["ft", "foot", "feet"], "3048/10000", LENGTH, false),
    (&["yd", "yard"], "9144/10000", LENGTH, false),
    (&["mi", "mile"], "1609344/1000", LENGTH, false),
    (&["g", "gram", "克"], "1/1000", MASS, true),
    (&["lb", "pound"], "45359237/100000000", MASS, false),
    (&["oz", "ounce"], "45359237/1600000000", MASS, false),
    (&["t", "tonne"], "1000", MASS, false),
    (&["s", "sec", "second", "秒", "giây"], "1", TIME, true),
    (&["min", "minute", "分钟", "phút"], "60", TIME, false),
    (&["h", "hr", "hour", "小时", "giờ"], "3600", TIME, false),
    (&["day", "d", "天", "ngày"], "86400", TIME, false),
    (&["week"], "604800", TIME, false),
    (&["A", "ampere", "amp"], "1", [0, 0, 0, 1, 0, 0, 0], true),
    (&["K", "kelvin"], "1", [0, 0, 0, 0, 1, 0, 0], true),
    (&["mol", "mole"], "1", [0, 0, 0, 0, 0, 1, 0], true),
    (&["N", "newton"], "1", [1, 1, -2, 0, 0, 0, 0], true),
    (&["J", "joule"], "1", [2, 1, -2, 0, 0, 0, 0], true),
    (&["W", "watt"], "1", [2, 1, -3, 0, 0, 0, 0], true),
    (&["Pa", "pascal"], "1", [-1, 1, -2, 0, 0, 0, 0], true),
    (&["Hz", "hertz"], "1", [0, 0, -1, 0, 0, 0, 0], true),
    (&["C", "coulomb"], "1", [0, 0, 1, 1, 0, 0, 0], true),
    (&["V", "volt"], "1", [2, 1, -3, -1, 0, 0, 0], true),
    (&["F", "farad"], "1", [-2, -1, 4, 2, 0, 0, 0], true),
    (&["ohm", "Ω", "\\Omega"], "1", [2, 1, -3, -2, 0, 0, 0], true),
    (&["T", "tesla"], "1", [0, 1, -2, -1, 0, 0, 0], true),
    (&["H", "henry"], "1", [2, 1, -2, -2, 0, 0, 0], true),
    (&["S", "siemens"], "1", [-2, -1, 3, 2, 0, 0, 0], true),
    (&["Wb", "weber"], "1", [2, 1, -2, -1, 0, 0, 0], true),
    (&["G", "gauss"], "1/10000", [0, 1, -2, -1, 0, 0, 0], false),
    (&["Wh", "watt-hour"], "3600", [2, 1, -2, 0, 0, 0, 0], true),
    (&["L", "l", "liter", "litre"], "1/1000", [3, 0, 0, 0, 0, 0, 0], true),
    (&["mph"], "1609344/3600000", [1, 0, -1, 0, 0, 0, 0], false),
    (&["ha", "hectare"], "10000", [2, 0, 0, 0, 0, 0, 0], false),
    (&["dollar", "\\$", "$", "usd", "美元"], "1", MONEY, false),
    (&["cent", "¢"], "1/100", MONEY, false),
    (&["%", "\\%", "percent"], "1/100", NUMBER, false),
    (&["‰", "permille"], "1/1000", NUMBER, false),
    (&["bps", "basis-point"], "1/10000", NUMBER, false),
    (&["degree", "deg", "°", "度", "độ"], "pi/180", NUMBER, false),
    (&["rad", "radian"], "1", NUMBER, false),
    (&["kph"], "1000/3600", [1, 0, -1, 0, 0, 0, 0], false),
    (&["eV"], "1602176634/10^28", [2, 1, -2, 0, 0, 0, 0], true),
];
/// The prefixes of the metric system, short and long.
#[rustfmt::skip]
const PREFIXES: [(&str, &str, &str); 12] = [
    ("p", "pico", "1/10^12"), ("n", "nano", "1/10^9"), ("u", "micro", "1/10^6"),
    ("μ", "micro", "1/10^6"), ("µ", "micro", "1/10^6"), ("m", "milli", "1/1000"),
    ("c", "centi", "1/100"), ("d", "deci", "1/10"), ("k", "kilo", "1000"),
    ("M", "mega", "10^6"), ("G", "giga", "10^9"), ("T", "tera", "10^12"),
];
/// Signs of money before a number.
const BEFORE: [(&str, &str); 4] =
    [("\\$", "dollar"), ("$", "dollar"), ("£", "pound sterling"), ("€", "euro")];
/// Signs behind a number that are no letters.
const BEHIND: [(&str, &str); 7] = [
    ("\\%", "percent"),
    ("%", "percent"),
    ("^\\circ", "degree"),
    ("^{\\circ}", "degree"),
    ("^ \\circ", "degree"),
    ("°", "degree"),
    ("\\degree", "degree"),
];
/// Units of temperature, of which one is no multiple of another, with their signs and names.
const TEMPERATURES: [(&str, &[&str]); 2] = [
    ("degree Celsius", &["°c", "° c", "℃", "degrees celsius", "độ c", "摄氏度", "度c"]),
    ("degree Fahrenheit", &["°f", "° f", "℉", "degrees fahrenheit", "độ f", "华氏度"]),
];
/// The commands that may stand in a number.
const COMMANDS: [&str; 16] = [
    "\\frac", "\\dfrac", "\\tfrac", "\\sqrt", "\\pi", "\\cdot", "\\times", "\\left",
    "\\right", "\\,", "\\ ", "\\;", "pi", "π", "sqrt", "√",
];
/// Things that a number counts and that are no units of it.
#[rustfmt::skip]
const THINGS: [&str; 49] = [
    "unit", "units", "square units", "cubic units", "sq units", "root", "roots", "solution",
    "solutions", "zero", "zeros", "zeroes", "way", "ways", "value", "values", "integer",
    "integers", "number", "numbers", "digit", "digits", "factor", "factors", "divisor",
    "divisors", "pair", "pairs", "point", "points", "possibility", "possibilities", "subset",
    "subsets", "element", "elements", "nghiệm", "cách", "cách chọn", "giá trị", "số", "ước",
    "cặp", "điểm", "个", "种", "种方法", "个解", "个根",
];
/// The shortest name of a unit that is known by its name only.
const NAME: usize = 3;

/// The name of the money whose sign stands before a text, and what stands behind the sign.
pub(super) fn money(text: &str) -> (Option<&'static str>, &str) {
    let found = BEFORE.iter().find_map(|(sign, name)| {
        Some((Some(*name), text.strip_prefix(sign)?.trim_start()))
    });
    found.unwrap_or((None, text))
}

/// The quantity that a text is, if it is one.
pub(super) fn measured(text: &str) -> Vec<Content> {
    if let (Some(name), rest) = money(text)
        && is_number(rest)
        && !is_sum(rest)
    {
        return quantity(rest, named(name)).into_iter().collect();
    }
    if let Some(found) = temperature(text) {
        return vec![found];
    }
    for (sign, name) in BEHIND {
        if let Some(rest) = text.strip_suffix(sign)
            && is_number(bare(rest))
            && !is_sum(bare(rest))
        {
            return quantity(bare(rest), named(name)).into_iter().collect();
        }
    }
    let at = number_end(text);
    let (value, rest) = (without_blanks(&text[..at]), bare(&text[at..]));
    let is_apart = text[..at].ends_with([' ', '~', ',', ';']);
    if !is_number(value) || rest.is_empty() || is_sum(value) && !ends_sum(rest, is_apart)
    {
        return Vec::new();
    }
    match plain(rest).as_deref() {
        Some(name) if is_thing(name) => {
            vec![Content::Formula(value.to_owned())]
        }
        Some(name) => quantity(value, named(name)).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Whether a text is a quantity over another one: `6 m / 2 s`.
pub(super) fn is_over(text: &str) -> bool {
    let is_quantity = |text: &str| {
        let found = measured(text.trim());
        let known = |content: &Content| matches!(content, Content::Quantity(_, unit) if unit.dimension.is_some());
        found.iter().any(known)
    };
    text.match_indices('/').any(|(at, _)| {
        let behind = text[at + 1..].trim_start();
        behind.starts_with(|c: char| c.is_ascii_digit())
            && is_quantity(&text[..at])
            && is_quantity(behind)
    })
}

/// Whether a text is a sum: of `1 + 3t` only the last part has what stands behind it.
fn is_sum(text: &str) -> bool {
    const SIGNS: [&str; 2] = ["\\cdot", "\\times"];
    let mut depth = 0_usize;
    text.char_indices().any(|(at, c)| {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let before = text[..at].trim_end_matches([' ', '~']);
        let is_first = before.is_empty()
            || before.ends_with(['^', '*', '/', '(', '{'])
            || SIGNS.iter().any(|sign| before.ends_with(sign));
        matches!(c, '+' | '-' | '−') && depth == 0 && !is_first
    })
}

/// Whether a unit behind a sum is that of the whole sum: it is upright or a word, and no letters
/// that may be factors.
fn ends_sum(unit: &str, is_apart: bool) -> bool {
    let letters = unit.chars().filter(|c| c.is_alphabetic()).count();
    let is_upright = ["\\text", "\\mathrm", "\\operatorname", "\\rm", "\\mbox"];
    is_upright.iter().any(|sign| unit.contains(sign))
        || letters >= NAME
        || letters > 1 && is_apart
}

/// A number with a unit of temperature behind it.
fn temperature(text: &str) -> Option<Content> {
    let mut plain = text.to_lowercase();
    for (sign, _) in BEHIND.iter().filter(|(_, name)| *name == "degree") {
        plain = plain.replace(sign, "°");
    }
    for sign in ["\\text{", "\\mathrm{", "{\\rm ", "{"] {
        plain = plain.replace(sign, "");
    }
    let plain = plain.replace('}', "");
    let plain = plain.trim();
    let found = TEMPERATURES.iter().find_map(|(name, signs)| {
        Some((*name, signs.iter().find_map(|sign| plain.strip_suffix(sign))?))
    });
    let (name, number) = found?;
    let number = without_blanks(number);
    let unit = Unit { name: name.to_owned(), factor: "1".to_owned(), dimension: None };
    is_number(number).then(|| quantity(number, Some(unit)))?
}

/// Whether a text is a quantity and no product: its unit is upright, a sign or a word.
pub(super) fn is_certain(readings: &[Content], text: &str) -> bool {
    let Some(reading) = readings.first() else { return false };
    let is_upright = text.contains("\\text") || text.contains("\\mathrm");
    match reading {
        Content::Quantity(_, unit) => {
            // A letter of Greek is a unit or a variable.
            let is_letter = unit.name.starts_with(['\\', 'Ω']);
            let parts = unit.name.split([' ', '/']);
            let longest = parts.map(|part| part.chars().count()).max().unwrap_or(0);
            let ends_as_product = text
                .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '}' | '²' | '³'));
            is_upright || !is_letter && (longest > NAME || !ends_as_product)
        }
        Content::Formula(_) => true,
        _ => false,
    }
}

/// Whether a name is one of things that are counted and no unit of a number.
pub(super) fn is_thing(name: &str) -> bool {
    THINGS.contains(&name)
}

pub(super) fn quantity(value: &str, unit: Option<Unit>) -> Option<Content> {
    let value = number::joined(value).unwrap_or_else(|| value.to_owned());
    Some(Content::Quantity(value, unit?))
}

/// A number without the blanks of LaTeX behind it.
pub(super) fn without_blanks(text: &str) -> &str {
    let mut text = text;
    while let Some(rest) =
        ["\\ ", "\\,", "\\;", "~", " "].iter().find_map(|b| text.strip_suffix(b))
    {
        text = rest;
    }
    bare(text)
}

/// Where a number at the beginning of a text ends.
pub(super) fn number_end(text: &str) -> usize {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let command = COMMANDS.iter().find(|name| {
            let behind = rest.strip_prefix(**name).and_then(|rest| rest.chars().next());
            rest.starts_with(**name)
                && !(name.ends_with(char::is_alphabetic)
                    && behind.is_some_and(|c| c.is_ascii_alphabetic()))
        });
        // `\frac{\text{m}}{\text{s}}` belongs to the unit.
        let is_of_unit = || {
            let inner = rest.split_once('{').map_or("", |(_, inner)| inner).trim_start();
            rest.starts_with('\\')
                && (inner.starts_with("\\text") || inner.starts_with("\\mathrm"))
        };
        match command {
            Some(name) if !is_of_unit() => at += name.len(),
            None if c.is_ascii_digit() || " .,()+-−*/^{}~".contains(c) => {
                at += c.len_utf8()
            }
            _ => break,
        }
    }
    at
}

/// Whether a text is a number as people write one.
pub(super) fn is_number(text: &str) -> bool {
    let pairs = [('(', ')'), ('{', '}')];
    let count = |sign: char| text.matches(sign).count();
    number_end(text) == text.len()
        && text.contains(|c: char| c.is_ascii_digit())
        && pairs.iter().all(|(open, close)| count(*open) == count(*close))
        && !text.ends_with(['+', '-', '*', '/', '^', '.', ','])
}

/// The letters and signs of a unit without the commands of LaTeX around them.
pub(super) fn plain(text: &str) -> Option<String> {
    let mut plain = text.to_owned();
    for (command, inner) in [("\\frac", "/"), ("\\dfrac", "/"), ("\\tfrac", "/")] {
        if plain.starts_with(command) {
            plain = plain.replacen("}{", inner, 1).replace(command, "");
            // The braces inside of the fraction are those of upright letters.
            plain = plain.replace("}}{", "}/{");
        }
    }
    for sign in ["\\text", "\\textrm", "\\mathrm", "\\operatorname", "\\mbox", "\\rm"] {
        plain = plain.replace(&format!("{sign}{{"), "{");
    }
    for sign in ["\\cdot", "\\,", "\\;", "\\ ", "~", "·", "⋅", "*"] {
        plain = plain.replace(sign, " ");
    }
    for (sign, power) in [("²", "^2"), ("³", "^3"), ("^{2}", "^2"), ("^{3}", "^3")] {
        plain = plain.replace(sign, power);
    }
    let plain = plain.replace(['{', '}'], "").replace(" per ", "/").replace("^ ", "^");
    let plain = plain.replace("\\mu", "μ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain =
        plain.replace("μ ", "μ").replace(" /", "/").replace("/ ", "/").replace(" ^", "^");
    let is_unit = plain.chars().all(|c| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '/' | '^' | '-' | '%' | '$' | '°' | '\\' | '.')
    });
    (is_unit && plain.starts_with(|c: char| !c.is_ascii_digit())).then_some(plain)
}

/// Names of units in two words, as they stand in the rows.
const IN_TWO: [(&str, &str); 3] =
    [("per cent", "percent"), ("per mille", "permille"), ("basis point", "basis-point")];

/// The unit of a name: a product of powers of units that are known, or words.
pub(super) fn named(name: &str) -> Option<Unit> {
    let joined = IN_TWO.iter().find(|(two, _)| name.starts_with(two));
    let joined = joined.map(|(two, one)| name.replacen(two, one, 1));
    let name = joined.as_deref().unwrap_or(name);
    if let Some(unit) = product(name) {
        return Some(unit);
    }
    let is_words = name.chars().all(|c| c.is_alphabetic() || c == ' ');
    let is_long = name
        .split(' ')
        .any(|word| word.chars().count() >= NAME || word.starts_with(is_chinese));
    let first = name.split(' ').next().unwrap_or_default();
    let is_mathematics = crate::function::is_name(first)
        || crate::kernel::GREEK.iter().any(|row| row.0 == first);
    // `triệu rưỡi` is the rest of a number.
    let is_statement = words::special(name).is_some() || numeral::size(name).is_some();
    // `5 is not the answer`, `2 x by the power rule`.
    let is_said = |word: &str| {
        matches!(word, "the" | "not")
            || is_verb(word)
            || REASONS.contains(&word)
            || ALTERING.contains(&word.trim_end_matches('s'))
    };
    let is_sentence = JOINING.contains(&first) || name.split(' ').any(is_said);
    (is_words && is_long && !is_mathematics && !is_statement && !is_sentence).then(|| {
        let name = name.to_lowercase();
        let name = name.strip_suffix('s').unwrap_or(&name).to_owned();
        Unit { name, factor: "1".to_owned(), dimension: None }
    })
}

/// Words behind a number that make another one of it.
const ALTERING: [&str; 12] = [
    "repeating",
    "recurring",
    "negative",
    "below",
    "halved",
    "doubled",
    "squared",
    "cubed",
    "tenth",
    "hundredth",
    "thousandth",
    "millionth",
];
/// Words behind a number that are no units.
const JOINING: [&str; 10] =
    ["and", "or", "if", "for", "when", "where", "with", "then", "mod", "choose"];

/// A product of powers of units.
fn product(name: &str) -> Option<Unit> {
    let mut factors = Vec::new();
    let mut dimension = NUMBER;
    let mut sign = 1;
    let mut raised = 1;
    for (place, part) in name.split('/').enumerate() {
        if place > 0 {
            sign = -1;
        }
        for word in part.split(' ').filter(|word| !word.is_empty()) {
            match word {
                "square" | "sq" | "sq." => raised = 2,
                "cubic" | "cu" => raised = 3,
                _ => {
                    let (word, power) = match word.split_once('^') {
                        Some((word, power)) => (word, power.parse::<i8>().ok()?),
                        None => (word, 1),
                    };
                    let power =
                        power.checked_mul(sign * raised).filter(|n| n.abs() < 10)?;
                    let (factor, own) = unit(word)?;
                    for (all, one) in dimension.iter_mut().zip(own) {
                        *all = all.checked_add(one.checked_mul(power)?)?;
                    }
                    factors.push(format!("({factor})^({power})"));
                    raised = 1;
                }
            }
        }
    }
    let name = name.to_owned();
    (!factors.is_empty() && raised == 1).then(|| Unit {
        name,
        factor: factors.join("*"),
        dimension: Some(dimension),
    })
}

/// How much a unit is, and what it measures.
fn unit(word: &str) -> Option<(String, Dimension)> {
    let own = |word: &str| {
        let row = UNITS.iter().find(|(names, ..)| names.contains(&word));
        let plural = word.strip_suffix('s').filter(|word| word.chars().count() > 1);
        let lower = word.to_lowercase();
        row.or_else(|| {
            let known = |names: &[&str], word: &str| {
                word.chars().count() >= NAME && names.contains(&word)
            };
            UNITS.iter().find(|(names, ..)| {
                plural.is_some_and(|word| {
                    known(names, word)
                        || names.contains(&word) && word.chars().count() == 2
                }) || known(names, &lower)
                    || lower.strip_suffix('s').is_some_and(|word| known(names, word))
            })
        })
    };
    if let Some((_, factor, dimension, _)) = own(word) {
        return Some(((*factor).to_owned(), *dimension));
    }
    PREFIXES.iter().find_map(|(short, long, size)| {
        let prefixed = |rest: Option<&str>, is_long: bool| {
            let rest = rest?;
            let (names, factor, dimension, _) = own(rest).filter(|row| row.3)?;
            let is_short_name = names[0] == rest || rest.chars().count() == 1;
            (is_short_name != is_long)
                .then(|| (format!("({size})*({factor})"), *dimension))
        };
        prefixed(word.strip_prefix(short), false)
            .or_else(|| prefixed(word.to_lowercase().strip_prefix(long), true))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Content;
    use super::measured;

    fn unit(text: &str) -> Option<(String, String)> {
        match measured(text).pop()? {
            Content::Quantity(number, unit) => Some((number, unit.name)),
            _ => None,
        }
    }

    #[test]
    fn quantities_are_found() {
        let rows = [
            ("3 m", Some(("3", "m"))),
            ("3\\text{ m}", Some(("3", "m"))),
            ("50\\%", Some(("50", "percent"))),
            ("90^\\circ", Some(("90", "degree"))),
            ("\\$1,200", Some(("1200", "dollar"))),
            ("\\frac{1}{2} \\text{ km/h}", Some(("\\frac{1}{2}", "km/h"))),
            ("5\\ \\mathrm{m/s^2}", Some(("5", "m/s^2"))),
            ("12 square meters", Some(("12", "square meters"))),
            ("7 apples", Some(("7", "apple"))),
            ("25 °C", Some(("25", "degree Celsius"))),
            ("-5^\\circ \\text{C}", Some(("-5", "degree Celsius"))),
            ("77 degrees Fahrenheit", Some(("77", "degree Fahrenheit"))),
            ("25 C", Some(("25", "C"))),
            ("3 x", None),
            ("2 pi", None),
            ("x m", None),
            ("3", None),
            ("3 sin", None),
        ];
        for (text, expected) in rows {
            let expected =
                expected.map(|(n, u): (&str, &str)| (n.to_owned(), u.to_owned()));
            assert_eq!(unit(text), expected, "{text}");
        }
    }
}
