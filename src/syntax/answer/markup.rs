//! Replies in HTML: its tags and entities in the signs that they stand for.

use std::borrow::Cow;

/// Tags with what stands for the one that opens and for the one that closes.
const TAGS: [(&str, [&str; 2]); 19] = [
    ("p", ["\n", "\n"]),
    ("div", ["\n", "\n"]),
    ("li", ["\n", "\n"]),
    ("ul", ["\n", "\n"]),
    ("ol", ["\n", "\n"]),
    ("h1", ["\n", "\n"]),
    ("h2", ["\n", "\n"]),
    ("h3", ["\n", "\n"]),
    ("br", ["\n", "\n"]),
    ("sup", ["^(", ")"]),
    ("sub", ["_{", "}"]),
    ("b", ["", ""]),
    ("i", ["", ""]),
    ("em", ["", ""]),
    ("strong", ["", ""]),
    ("span", ["", ""]),
    ("u", ["", ""]),
    ("code", ["", ""]),
    ("font", ["", ""]),
];

/// A text without the tags of HTML that open and close, and with the signs of entities in digits.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let is_tagged = text.contains("</") || text.contains("<br");
    if !is_tagged && !text.contains("&#") {
        return Cow::Borrowed(text);
    }
    let lower = text.to_ascii_lowercase();
    let mut found = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &lower[at..];
        let sign = match first {
            '<' => tag(rest, &lower).map(|(end, sign)| (end, sign.to_owned())),
            '&' => entity(rest).map(|(end, sign)| (end, sign.to_string())),
            _ => None,
        };
        let (end, sign) = sign.unwrap_or_else(|| (first.len_utf8(), first.to_string()));
        found.push_str(&sign);
        at += end;
    }
    Cow::Owned(found.trim().to_owned())
}

/// How long the tag is with which a text begins, and what stands for it.
fn tag(rest: &str, text: &str) -> Option<(usize, &'static str)> {
    let inner =
        rest[1..].split('>').next().filter(|inner| inner.len() + 1 < rest.len())?;
    let is_closing = inner.starts_with('/');
    let name = inner.trim_matches('/').split([' ', '\n', '/']).next()?;
    let (_, signs) = TAGS.iter().find(|(own, _)| *own == name)?;
    // `a<b>c` has no end of a tag.
    let is_tag = name == "br" || text.contains(&format!("</{name}>"));
    is_tag.then(|| (inner.len() + 2, signs[usize::from(is_closing)]))
}

/// How long the entity in digits is with which a text begins, and its sign.
fn entity(rest: &str) -> Option<(usize, char)> {
    let (digits, _) = rest.strip_prefix("&#")?.split_once(';')?;
    let code = match digits.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some((digits.len() + 3, char::from_u32(code)?))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn tags_are_left_out() {
        let rows = [
            ("<p>2x</p>", "2x"),
            ("<b>2x</b>", "2x"),
            ("2x<br>", "2x"),
            ("3x<sup>2</sup>", "3x^(2)"),
            ("3x&#178;", "3x²"),
            ("a < b", "a < b"),
            ("a<b>c", "a<b>c"),
        ];
        for (text, expected) in rows {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
