//! Words beside an answer that make something else of it: `at least 5`, `5 squared`; and texts
//! that take it back. All other words may speak of anything.

use super::reply::is_chinese;
use std::fmt::Write;

/// Phrases directly behind an answer that change it; `#` is a formula.
#[rustfmt::skip]
const BEHIND: [&str; 89] = [
    "i mean", "i meant", "make that",
    "squared", "cubed", "doubled", "tripled", "halved", "negated", "inverted", "flipped",
    "reversed", "upside down", "away", "below #", "above #", "below zero", "hundredths",
    "tenths", "thousandths", "plus", "minus", "divided", "multiplied", "modulo", "mod",
    "raised", "inverse", "reciprocal", "times #", "over #", "or #", "or", "and #", "to #",
    "more than", "less than", "greater than", "fewer than", "smaller than", "larger than",
    "higher than", "lower than", "out of", "to the power", "in absolute value", "up to sign",
    "up to a", "up to an", "with opposite", "with the opposite", "with a minus",
    "with a negative", "only if", "but", "is not", "isn't", "isn’t", "cannot", "is wrong",
    "is incorrect", "is false", "nhân", "chia", "cộng", "trừ", "hoặc", "hay #", "và #",
    "bình phương", "lập phương", "lần #", "mũ", "đổi dấu", "trái dấu", "nghịch đảo", "nhưng",
    "bị sai", "là sai", "的", "除以", "乘", "加", "减", "或", "和", "变号", "倍", "但",
];
/// Phrases in the sentence behind an answer that deny it, beside those with which it is taken
/// back.
#[rustfmt::skip]
const WRONG: [&str; 8] = [
    "wrong", "incorrect", "negated", "opposite sign", "sai", "错", "不正确", "变号",
];
/// Phrases anywhere behind an answer with which it is taken back.
#[rustfmt::skip]
const TAKEN_BACK: [&str; 40] = [
    "wait", "actually", "correction", "sorry", "oops", "scratch that", "on second thought",
    "i was wrong", "this is wrong", "that is wrong", "that's wrong", "that’s wrong",
    "it is wrong", "it's wrong", "it’s wrong", "this is incorrect", "that is incorrect",
    "that's incorrect", "not right", "not correct", "is not the answer", "i made a mistake",
    "made an error", "negate it", "square it", "double it", "halve it", "nhầm", "xin lỗi",
    "đính chính", "khoan", "thực ra", "sai rồi", "không đúng", "更正", "抱歉", "不对", "错了", "等一下",
    "其实",
];
/// Names of things in Chinese with signs in them that would change an answer.
const THINGS: [&str; 5] = ["最大", "最小", "大小", "约数", "加速度"];
/// What may stand between an answer and the words beside it.
pub(super) const FENCES: [char; 9] = ['$', ' ', '\\', '[', '(', '*', '{', '"', '“'];

/// Whether an answer is taken back in what stands behind it, or changed in its first words.
pub(super) fn is_taken_back(behind: &str) -> bool {
    changes_behind(behind, true)
}

/// Whether a text has a part in it that is struck out.
pub(super) fn is_struck(text: &str) -> bool {
    let mut parts = text.split("~~").skip(1);
    let inner = parts.next().filter(|_| parts.next().is_some());
    inner.is_some_and(|inner| !inner.trim().is_empty() && !inner.starts_with('\\'))
}

/// Whether an answer is a question: `Is it 5?`.
pub(super) fn is_asked(before: &str, behind: &str) -> bool {
    inside_out(behind).starts_with(['?', '？'])
        && last_sentence(before.trim_end_matches(FENCES)).contains(char::is_alphabetic)
}

/// The sentence that goes on up to an answer.
pub(super) fn sentence_before(before: &str) -> &str {
    let before = before.trim_end_matches(FENCES);
    let command = before.rfind('\\').filter(|at| {
        let name = &before[at + 1..];
        name.starts_with(char::is_alphabetic) && name.chars().all(char::is_alphabetic)
    });
    last_sentence(before[..command.unwrap_or(before.len())].trim_end_matches(FENCES))
}

/// A text without the names of things that have other signs in them.
pub(super) fn without_things(text: &str) -> String {
    THINGS.iter().fold(text.to_owned(), |text, thing| text.replace(thing, ""))
}

/// Whether an answer is changed in the words behind it, or taken back.
pub(super) fn changes_behind(behind: &str, is_boxed: bool) -> bool {
    let behind = inside_out(behind);
    let sentence = first_sentence(behind);
    let near = Words::of(sentence).text;
    let direct = near.trim_start_matches([' ', ',']);
    let begins = |phrase: &&str| match phrase.starts_with(is_chinese) {
        true => direct.starts_with(*phrase),
        false => direct.starts_with(&format!("{phrase} ")),
    };
    let is_apart = near.trim_start().starts_with(',');
    // `\boxed{5}, or 5.0`; a box is the answer, whatever else is told.
    let is_restated = |phrase: &str| {
        is_apart && matches!(phrase, "or" | "or #" | "and #" | "to #")
            || is_boxed && matches!(phrase, "and #" | "và #" | "和")
    };
    let all = Words::of(behind).text;
    let has = |text: &str, phrase: &str| match phrase.starts_with(is_chinese) {
        true => text.contains(phrase),
        false => text.contains(&format!(" {phrase} ")),
    };
    BEHIND.iter().filter(|phrase| !is_restated(phrase)).any(begins)
        || WRONG.iter().any(|phrase| has(&near, phrase))
        || TAKEN_BACK.iter().any(|phrase| has(&all, phrase))
}

/// What stands behind an answer without the end of its box and of its fence.
pub(super) fn inside_out(behind: &str) -> &str {
    let mut rest = behind;
    loop {
        let next = rest.trim_start_matches(['$', '}', ' ', '*', '"', '”']);
        let next = ["\\)", "\\]", "\\,", "\\ "]
            .iter()
            .find_map(|sign| next.strip_prefix(sign))
            .unwrap_or(next);
        if next.len() == rest.len() {
            return rest;
        }
        rest = next;
    }
}

/// The sentence that goes on at the end of a text.
pub(super) fn last_sentence(text: &str) -> &str {
    let ends = |(at, sign): &(usize, char)| {
        let behind = &text[at + sign.len_utf8()..];
        match sign {
            '。' | '；' | '！' | '？' => true,
            '.' | '!' | '?' | ';' => behind.starts_with([' ', '\n']),
            '\n' => {
                let line = text[..*at].trim_end();
                !line.ends_with(|c: char| {
                    c.is_alphabetic() || matches!(c, ':' | ',' | '：')
                })
            }
            _ => false,
        }
    };
    let end = text.char_indices().rev().find(ends);
    end.map_or(text, |(at, sign)| &text[at + sign.len_utf8()..])
}

/// The rest of the sentence with which a text begins.
pub(super) fn first_sentence(text: &str) -> &str {
    let ends = |(at, sign): &(usize, char)| {
        let behind = &text[at + sign.len_utf8()..];
        match sign {
            '。' | '；' | '！' | '？' | '\n' => true,
            '.' | '!' | '?' | ';' => {
                behind.is_empty() || behind.starts_with([' ', '\n', '$'])
            }
            _ => false,
        }
    };
    let end = text.char_indices().find(ends);
    end.map_or(text, |(at, _)| &text[..at])
}

/// The words of a text without its formulas.
pub(super) fn words_of(text: &str) -> String {
    Words::of(text).text.replace(['#', '=', ','], " ")
}

/// The words of a text in small letters with blanks around them, `#` for each formula.
pub(super) struct Words {
    pub(super) text: String,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self { text: " ".to_owned() };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let fenced = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")];
            let formula = fenced.iter().find_map(|(open, close)| {
                let inner = rest.strip_prefix(open)?;
                Some(open.len() + inner.find(close)? + close.len())
            });
            if let Some(end) = formula.filter(|end| *end > 2) {
                let is_equation = rest[..end].trim_end_matches(['$', ' ']).ends_with('=');
                found.push(if is_equation { "=" } else { "#" });
                rest = &rest[end..];
                continue;
            }
            if let Some(inner) = rest.strip_prefix("\\text{") {
                rest = inner;
                continue;
            }
            let end = match first {
                '\\' => 1 + letters(&rest[1..], char::is_alphabetic),
                c if c.is_ascii_digit() => {
                    letters(rest, |c| c.is_ascii_digit() || c == '.')
                }
                c if is_chinese(c) => letters(rest, is_chinese),
                c if c.is_alphabetic() => letters(rest, |c| {
                    c.is_alphabetic() && !is_chinese(c) || matches!(c, '\'' | '’')
                }),
                c => c.len_utf8(),
            };
            let word = &rest[..end.max(first.len_utf8())];
            rest = &rest[word.len()..];
            let is_name = word.chars().count() == 1 && !matches!(word, "a" | "A" | "I");
            match first {
                '=' | ':' | '：' | '→' => found.push("="),
                ',' | '，' | '(' | ')' | '（' | '）' | '、' => found.push(","),
                c if is_chinese(c) => found.push(word),
                '\\' => found.push("#"),
                c if c.is_ascii_digit() => found.push("#"),
                c if c.is_alphabetic() && is_name => found.push("#"),
                c if c.is_alphabetic() => found.push(&word.to_lowercase()),
                _ => {}
            }
        }
        found
    }

    fn push(&mut self, word: &str) {
        let _ = write!(self.text, "{word} ");
    }
}

fn letters(text: &str, goes_on: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !goes_on(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::changes_behind;

    #[test]
    fn words_that_change_an_answer_are_found() {
        let rows = [
            (" squared.", true),
            (" square units.", false),
            (" times.", false),
            ("$ times $2$.", true),
            (". Wait, no: 6.", true),
            (". I hope it is correct.", false),
            (", or equivalently $6$.", false),
        ];
        for (behind, expected) in rows {
            assert_eq!(changes_behind(behind, false), expected, "5{behind}");
        }
    }
}
