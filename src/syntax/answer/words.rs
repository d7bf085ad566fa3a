//! The words around an answer: which say that it is one, which change it, which derivative they
//! name.

use super::super::language::{self, Sense};
use super::super::marks::FENCES;
use super::label::Label;
use super::outline::{Piece, Sign, outline};
use super::presenting::{are_words, without_rules};
use super::reply::{is_chinese, is_foreign_turn, is_word, order_of};

/// Words that turn around or change what they stand beside, or offer another answer.
#[rustfmt::skip]
pub(super) const CHANGING: [&str; 99] = [
    "differs", "differ", "exceeds", "exceed", "more", "less", "fewer", "different", "tripled",
    "thrice", "quarter", "numerator", "denominator", "term", "factor", "coefficient", "hardly",
    "barely", "disagree", "sine", "cosine", "tangent", "logarithm", "exponent", "squares",
    "cubes", "multiply", "multiplying", "dividing", "adding", "subtracting", "added",
    "subtracted", "not", "minus", "plus", "times", "twice", "half", "wrong", "never", "no",
    "negative", "over", "except", "or", "maybe", "either", "neither", "square", "squared",
    "reciprocal", "inverse", "cube", "cubed", "root", "cannot", "halved", "doubled", "negated",
    "opposite", "integral", "integration", "antiderivative", "primitive", "divided",
    "multiplied", "increased", "decreased", "unless", "incorrect", "false", "untrue", "invalid",
    "mistake", "mistaken", "error", "instead", "rather", "double", "doubles", "unequal", "most",
    "least", "proportional", "ratio", "mistakenly", "wrongly", "incorrectly", "supposedly",
    "allegedly", "claims", "claimed", "claim", "triple", "quadruple", "quintuple", "conjugate",
    "doubt",
];
/// Words with which a sentence about an answer begins, or after which the answer stands.
#[rustfmt::skip]
pub(super) const SAYING: [&str; 64] = [
    "the", "a", "an", "so", "thus", "hence", "therefore", "then", "we", "get", "have", "obtain",
    "find", "it", "is", "are", "answer", "ans", "result", "solution", "sol", "soln", "final",
    "derivative", "derivatives", "partial", "gradient", "slope", "this", "that", "gives",
    "which", "be", "equals", "my", "our", "i", "first", "correct", "finally", "simplifies",
    "to", "yields", "think", "would", "by", "and", "simplified", "simplifying", "becomes",
    "got", "it's", "it’s", "using", "apply", "applying", "power", "chain", "product",
    "quotient", "rule", "should", "here", "since",
];
/// Words with which the last sentence of a derivation begins.
#[rustfmt::skip]
pub(super) const CONCLUDING: [&str; 13] = [
    "so", "thus", "therefore", "hence", "finally", "consequently", "vậy", "suy ra", "do đó",
    "nên", "因此", "所以", "故",
];
/// Words behind which the answer stands.
pub(super) const VERBS: [&str; 16] = [
    "is", "are", "get", "have", "obtain", "find", "gives", "be", "equals", "yields",
    "to", "answer", "got", "it's", "it’s", "ans",
];
/// Whether a word is one behind which the answer stands.
pub(super) fn is_verb(word: &str) -> bool {
    let word = word.to_lowercase();
    VERBS.contains(&word.as_str()) || language::means(&word, &[Sense::Verb])
}

/// Whether a sentence about an answer begins with a word.
pub(super) fn is_saying(word: &str) -> bool {
    const SENSES: [Sense; 5] =
        [Sense::Filler, Sense::Answer, Sense::Derivative, Sense::Conclusion, Sense::Verb];
    // `es x` may be a product, and `Es ist x` is none.
    let may_be_product =
        word.chars().count() < 3 && !word.starts_with(char::is_uppercase);
    let word = word.to_lowercase();
    SAYING.contains(&word.as_str()) || !may_be_product && language::means(&word, &SENSES)
}

/// Words before an answer that say that it is not exact, which decimals are not.
pub(super) const NEARLY: [&str; 8] =
    ["about", "approximately", "around", "roughly", "khoảng", "xấp xỉ", "大约", "约"];
/// Words of orders from the second on.
pub(super) const ORDINALS: [&str; 3] = ["second", "third", "fourth"];

/// The derivative that words name: `second derivative`, `with respect to t`.
pub(super) fn spoken(words: &str) -> Option<Label> {
    let end = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let sentence = end.rsplit(['.', '\n', '!', '?', ';']).next().unwrap_or(end);
    let words = &words[sentence.as_ptr() as usize - words.as_ptr() as usize..];
    let lower = words.to_lowercase();
    let is_named = |ordinal: &str| lower.contains(&format!("{ordinal} derivative"));
    let order = ORDINALS.iter().position(|ordinal| is_named(ordinal)).map(|at| at + 2);
    let order = order.or_else(|| order_of(&lower)).or_else(|| language::order(&lower));
    let at = lower.find("respect to").map(|at| at + "respect to".len());
    let variable = at.and_then(|at| {
        let rest = words.get(at..)?.trim_start_matches([' ', '$', '\\', '(']);
        let end =
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    });
    let operand = operand(words, &lower).map(str::to_owned);
    if order.is_none() && variable.is_none() && operand.is_none() {
        return None;
    }
    let count = order.or_else(|| variable.as_ref().map(|_| 1));
    let names = variable.map_or_else(Vec::new, |name| vec![name; count.unwrap_or(1)]);
    Some(Label { operand, ..Label::spoken(names, count) })
}

/// Whether a word is a verb of the words beside it.
type IsVerb = fn(&str) -> bool;

/// Words behind which a formula stands whose derivative is told, with the verbs behind it.
const OF: [(&str, IsVerb); 5] = [
    ("derivative of ", |word| VERBS.contains(&word)),
    ("đạo hàm của ", |word| matches!(word, "là" | "bằng")),
    ("ableitung von ", is_verb),
    ("dérivée de ", is_verb),
    ("derivada de ", is_verb),
];

/// A formula without the dollars beside it, of which a part may be cut off.
fn unfenced_half(text: &str) -> &str {
    let text = text.trim().trim_matches('$').trim();
    let text = text.strip_prefix("\\(").unwrap_or(text);
    text.strip_suffix("\\)").unwrap_or(text).trim()
}

/// The formula of which words say that what follows is its derivative: `The derivative of
/// $\sin x$ is`.
pub(super) fn operand<'t>(words: &'t str, lower: &str) -> Option<&'t str> {
    // `$x^2$ 的导数为`.
    if let Some((before, _)) = words.rsplit_once("的导") {
        let formula = before.trim_end().rsplit(is_chinese).next()?;
        let formula = formula.trim_start_matches([' ', ',', ':']).rsplit('=').next()?;
        let formula = unfenced_half(formula);
        return (!formula.is_empty()).then_some(formula);
    }
    let found = |(of, verbs): (&str, _)| Some((lower.find(of)? + of.len(), verbs));
    let (start, is_verb): (usize, IsVerb) = OF.into_iter().find_map(found)?;
    let rest = words.get(start..)?;
    let (formula, verb) =
        rest.trim_end_matches([' ', ':', '$', '(', '\\']).rsplit_once(' ')?;
    let formula = formula.split(" with respect").next().unwrap_or(formula);
    let formula = formula.rsplit('=').next().unwrap_or(formula);
    let formula = unfenced_half(formula.trim().trim_end_matches(','));
    let has_verb = formula.split_whitespace().any(is_verb);
    // `hàm số f(x)` is no formula.
    let first = formula.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_formula = !formula.is_empty()
        && (first.is_ascii() || !is_word(first))
        && !are_words(formula);
    (is_verb(verb) && !has_verb && is_formula).then_some(formula)
}

/// The formulas of a text of which words before each say in which variable it is the
/// derivative.
pub(super) fn spoken_for(text: &str) -> Option<Vec<(Label, &str, &str)>> {
    let pieces = outline(text);
    let fences: Vec<&Piece<'_>> =
        pieces.iter().filter(|p| p.sign == Sign::Fence).collect();
    if fences.len() < 4 || !fences.len().is_multiple_of(2) {
        return None;
    }
    let mut at = 0;
    let mut found = Vec::new();
    for pair in fences.chunks(2) {
        let [open, close] = *pair else { return None };
        let words = &text[at..open.start];
        let label = spoken(words).filter(|label| !label.wrt.is_empty());
        if is_changing(words) || !FENCES.contains(&(open.text, close.text)) {
            return None;
        }
        found.push((label?, words, text[open.end..close.start].trim()));
        at = close.end;
    }
    text[at..].trim_matches(['.', ' ', '\n', '*']).is_empty().then_some(found)
}

/// Whether words turn around or change what they stand beside.
pub(super) fn is_changing(text: &str) -> bool {
    let text = &*without_rules(text);
    let mut words = text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    words.any(|word| {
        let word = word.to_lowercase();
        word.ends_with("n't")
            || word.ends_with("n’t")
            || CHANGING.contains(&word.as_str())
            || language::means(&word, &[Sense::Denial, Sense::Change])
    }) || is_foreign_turn(text)
}

/// Whether a text beside a formula is only words that leave it as it is.
pub(super) fn is_prose(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    let mut words = words.filter(|word| !word.is_empty());
    text.chars()
        .all(|c| c.is_alphabetic() || c.is_whitespace() || "'’.,:;!*-#".contains(c))
        && words.all(|word| word.len() > 1 || matches!(word, "a" | "I"))
        && !is_changing(text)
        && !text.trim_end().ends_with('-')
}
