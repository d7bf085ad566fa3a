//! Answers in words: those that say a set of numbers, and all others.

use super::super::label::Label;
use super::super::outline::{Sign, outline};
use super::super::reply::has_chinese;
use super::super::words::is_prose;
use super::{Content, bare};

/// What says that there is no solution.
#[rustfmt::skip]
const NOTHING: [&str; 19] = [
    "no root", "no roots", "there is no solution", "there are no solutions", "vô nghiệm",
    "phương trình vô nghiệm", "không có nghiệm", "tập rỗng", "无解", "方程无解", "空集", "no solution",
    "no solutions", "no real solution", "no real solutions", "empty set", "the empty set",
    "\\emptyset", "\\varnothing",
];
/// What says that every number is one.
#[rustfmt::skip]
const ALL: [&str; 15] = [
    "mọi số thực", "tất cả số thực", "tất cả các số thực", "tập số thực", "全体实数", "所有实数",
    "一切实数", "all real numbers", "all reals", "all real x", "\\mathbb{r}", "\\mathbb r",
    "\\reals", "ℝ", "\\bbb{r}",
];
/// Infinity.
#[rustfmt::skip]
const INFINITE: [&str; 10] = [
    "\\infty", "∞", "infinity", "oo", "inf", "\\infinity", "vô cùng", "vô cực", "无穷大", "无穷",
];
/// Words for the signs of infinity.
const SIGNS: [(&str, bool); 7] = [
    ("positive ", false),
    ("negative ", true),
    ("minus ", true),
    ("âm ", true),
    ("dương ", false),
    ("负", true),
    ("正", false),
];
/// Words that say the same, the ones by which they are known first.
const SAME: [&[&str]; 7] = [
    // There may be others that are not real.
    &["no real roots", "no real root", "无实数解", "无实数根", "无实根"],
    &[
        "does not exist",
        "dne",
        "doesn't exist",
        "the limit does not exist",
        "không tồn tại",
        "giới hạn không tồn tại",
        "不存在",
        "极限不存在",
    ],
    &["undefined", "not defined", "không xác định", "未定义", "无定义"],
    &["yes"],
    &["no"],
    &["true", "đúng", "正确"],
    &["false", "sai", "错误"],
];
/// Words that name a value and say nothing else of it.
#[rustfmt::skip]
const NAMES: [&str; 38] = [
    "total", "sum", "product", "quotient", "remainder", "area", "surface area", "volume",
    "perimeter", "circumference", "length", "width", "height", "radius", "diameter", "distance",
    "speed", "time", "angle", "slope", "cost", "total cost", "price", "profit", "mean",
    "average", "median", "range", "maximum", "minimum", "probability", "diện tích", "thể tích",
    "chu vi", "tổng", "面积", "最大值", "最小值",
];
/// Short words that are answers and no names.
const SAID: [&str; 8] = ["yes", "no", "odd", "even", "true", "false", "none", "dne"];
/// The shortest word that is none of mathematics.
const WORD: usize = 3;

/// What stands behind the last mark that says that the answer follows: `#### 42`.
pub(super) fn behind_mark(text: &str) -> &str {
    match text.rsplit_once("####") {
        Some((_, rest)) if !rest.trim().is_empty() && !rest.trim().contains('\n') => rest,
        _ => behind_heading(text),
    }
}

/// What stands behind a heading in bold type: `**Answer:** 42`.
fn behind_heading(text: &str) -> &str {
    let heading = text.trim_start().strip_prefix("**");
    let parts = heading
        .and_then(|rest| rest.split_once(":**").or_else(|| rest.split_once("**:")));
    match parts {
        Some((words, rest)) if is_prose(words) && !rest.trim().is_empty() => rest,
        _ => text,
    }
}

/// A value with a word for its name before it, `Total: 12`: the name, and what stands behind it.
pub(super) fn behind_name(text: &str) -> Option<(Label, &str)> {
    let (words, rest) = text.split_once(':')?;
    let name = words.trim().trim_matches('*').to_lowercase();
    let is_name = NAMES.contains(&name.as_str()) && !rest.contains([':', '\n']);
    (is_name && is_plain(rest)).then(|| (Label::value(&name), rest))
}

/// Whether a text is one value and no equation or sentence.
fn is_plain(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    let dollars = text.matches('$').count();
    let is_whole =
        dollars < 2 || dollars == 2 && text.starts_with('$') && text.ends_with('$');
    let mut letters = text.chars().take_while(|c| c.is_alphabetic());
    let is_word = letters.nth(1).is_some();
    !text.is_empty()
        && is_whole
        && !is_word
        && !text.contains(['=', '!'])
        && !text.contains("box")
}

/// The name of a value in words of Chinese before it: `所以最大值为`.
pub(super) fn name_in(words: &str) -> Option<Label> {
    let mut found =
        NAMES.iter().filter(|name| has_chinese(name) && words.contains(**name));
    found.next_back().map(|name| Label::value(name))
}

/// A text without `\text` around it, in small letters.
fn plain(text: &str) -> String {
    let pieces = outline(text);
    let inner = match &pieces[..] {
        [only] if only.sign == Sign::Words && only.end == text.len() => only.text,
        _ => text,
    };
    let words = inner.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_end_matches(['.', '!']).to_lowercase()
}

/// Whether a text is infinity, and then whether it is the negative one.
pub(super) fn infinite(text: &str) -> Option<bool> {
    let text = bare(text);
    let (is_negative, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let rest = plain(bare(rest));
    let signed = SIGNS.iter().find_map(|(word, sign)| {
        let rest = rest.strip_prefix(word).filter(|_| !is_negative)?;
        Some((*sign, rest))
    });
    let (is_negative, name) = signed.unwrap_or((is_negative, &rest));
    INFINITE.contains(&name).then_some(is_negative)
}

/// Whether a text is the set of all real numbers.
pub(super) fn is_reals(text: &str) -> bool {
    ALL.contains(&plain(text).as_str())
}

/// What stands behind the sign of the real numbers where half of them is meant, and which half;
/// of `\mathbb{R}_+` nobody can tell whether 0 is in it.
#[rustfmt::skip]
const HALVES: [(&str, bool, bool); 14] = [
    ("^+", true, false), ("^{+}", true, false), ("⁺", true, false), ("_{>0}", true, false),
    ("^-", false, false), ("^{-}", false, false), ("⁻", false, false), ("_{<0}", false, false),
    ("_{\\ge0}", true, true), ("_{\\geq0}", true, true), ("_{≥0}", true, true),
    ("_{\\le0}", false, true), ("_{\\leq0}", false, true), ("_{≤0}", false, true),
];

/// The ends of an interval, and which of them belong to it.
type Ends = ([Option<String>; 2], [bool; 2]);

/// The positive or the negative real numbers, `\mathbb{R}^+`.
fn half_of_reals(text: &str) -> Option<Ends> {
    let text = bare(text).replace(' ', "");
    let at = text.rfind(['_', '^', '⁺', '⁻'])?;
    let (set, half) = text.split_at(at);
    let (_, is_positive, is_closed) = HALVES.iter().find(|row| row.0 == half)?;
    if !is_reals(set) {
        return None;
    }
    let zero = Some("0".to_owned());
    Some(match is_positive {
        true => ([zero, None], [*is_closed, false]),
        false => ([None, zero], [false, *is_closed]),
    })
}

/// What words and signs of sets say.
pub(super) fn special(text: &str) -> Option<Content> {
    let plain = plain(text);
    if NOTHING.contains(&plain.as_str()) || plain == "∅" {
        return Some(Content::Set(Vec::new()));
    }
    if is_reals(text) {
        return Some(Content::Interval { ends: [None, None], closed: [false; 2] });
    }
    if let Some((ends, is_closed)) = half_of_reals(text) {
        return Some(Content::Interval { ends, closed: is_closed });
    }
    let inner = plain.strip_prefix("\\mathbb{").and_then(|rest| rest.strip_suffix('}'));
    let is_set = inner.is_some_and(|inner| inner.chars().all(char::is_alphabetic));
    let has_sign = plain.starts_with("\\mathbb") && !text.contains([' ', '=', ',', '\n']);
    let is_signed =
        has_sign && text.contains(['_', '^']) && !text.contains(['(', '[', '|']);
    if is_set || is_signed && text.matches('\\').count() < 3 {
        return Some(Content::Refused(format!("the set `{}`", bare(text))));
    }
    infinite(text).map(|is_negative| Content::Infinity { is_negative })
}

/// An answer in words.
pub(super) fn read(text: &str) -> Option<Content> {
    let plain = plain(text);
    if let Some(same) = SAME.iter().find(|row| row.contains(&plain.as_str())) {
        return Some(Content::Words(same[0].to_owned()));
    }
    let is_plain = plain.chars().all(|c| {
        c.is_alphabetic() || c.is_whitespace() || matches!(c, '\'' | '’' | '-' | ',')
    });
    let parts: Vec<&str> =
        plain.split([' ', '-', ',']).filter(|part| !part.is_empty()).collect();
    let is_word = |part: &&str| {
        part.chars().count() >= WORD
            && part.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
            && !crate::function::is_name(part)
            && !crate::kernel::GREEK.iter().any(|row| row.0 == *part)
    };
    let has_sign = text.contains(['-', ',']) && !text.contains(' ');
    let is_said = is_plain && parts.iter().any(is_word) && !has_sign;
    is_said.then_some(Content::Words(plain))
}

/// Whether words may be the name of a variable, or names side by side.
pub(super) fn may_be_name(text: &str) -> bool {
    let is_said = SAID.contains(&text.to_lowercase().as_str());
    !is_said
        && !text.contains(' ')
        && !text.starts_with("\\text")
        && !text.starts_with("\\mathrm")
}
