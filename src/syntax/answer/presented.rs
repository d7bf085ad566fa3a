//! Whether words present the formula in dollars behind them as an answer, or say something else of
//! it: of what something is, where it holds, in which variable.

use super::super::marks::FENCES;
use super::beside::{
    CHINESE_VERBS, Words, first_sentence, inside_out, sentence_before, tells,
};
use super::content::is_measure;
use super::outline::{Piece, Sign, outline};
use super::reply::{Says, is_chinese, is_understood, says};

/// Phrases at the end of what stands before a formula that is no answer.
#[rustfmt::skip]
const APART: [&str; 45] = [
    "at", "in", "for", "any", "all", "every", "each", "with", "without", "where", "when", "if", "on",
    "but", "wrt", "respect to", "variable is", "variables are", "biến là", "near", "tại", "trong",
    "với", "mọi", "theo", "khi", "nếu", "bei", "für", "wobei", "wenn", "en", "para", "cuando",
    "pour", "tout", "toute", "à", "关于", "对", "对于", "对任意", "在", "当", "变量是",
];
/// Phrases that present a formula, whatever words stand before them.
#[rustfmt::skip]
const PRESENTING: [&str; 17] = [
    "igual a", "égale à", "égal à", "gleich",
    "left with", "up with", "up at", "result in", "results in", "resulting in", "factors into",
    "factors as", "comes out as", "comes out to be", "comes to", "amounts to", "expands to",
];
/// Words in front of a formula with which it is another one than the answer, or none.
#[rustfmt::skip]
const OTHERWISE: [&str; 19] = [
    "impossible", "fail", "fails", "assume", "suppose", "loss", "inner", "counterexample",
    "falsche", "falsch", "fehler", "innere", "incorrecta", "incorrecto", "incorrecte", "fausse",
    "erreur", "negation", "similar",
];
/// Words of something else than the answer, where that is not named beside them: `The hint is`,
/// and not `The answer to the question is`.
#[rustfmt::skip]
const ELSE: [&str; 24] = [
    "question", "problem", "hint", "task", "exercise", "some", "given", "numerator", "denominator",
    "error", "guess", "frage", "aufgabe", "hinweis", "nenner", "zähler", "problème",
    "dénominateur", "numérateur", "pregunta", "problema", "denominador", "numerador", "negated",
];
/// Words of an answer, which may be that to a question.
const ANSWERS: [&str; 8] =
    ["solution", "result", "get", "obtain", "find", "reduces", "lösung", "solución"];
/// Words that say of an answer that it is one.
const PRAISE: [&str; 5] = ["correct", "right", "get", "slope", "đúng"];

/// Whether an answer is a formula in dollars with letters in it that are no unit, and has no
/// name. A number may be what any words say.
pub(super) fn is_formula_in_text(before: &str, answer: &str) -> bool {
    let is_fenced = |text: &str, open: bool| {
        FENCES.iter().any(|(front, _)| match open {
            true => text.trim_start().starts_with(front),
            false => text.trim_end().ends_with(front),
        })
    };
    if !is_fenced(answer, true) && !is_fenced(before, false) {
        return false;
    }
    let pieces = outline(answer);
    // `The inequality holds for $x > 3$`.
    if pieces.iter().any(|piece| piece.sign == Sign::Relation) {
        return false;
    }
    let is_sign = |piece: &&Piece<'_>| matches!(piece.sign, Sign::Word | Sign::Equals);
    let mut signs = pieces.iter().filter(is_sign);
    let inner = answer.trim_start_matches(['$', '\\', '(', '[', ' ']);
    let is_unit = |piece: &Piece<'_>| {
        inner.starts_with(|c: char| c.is_ascii_digit()) && is_measure(piece.text)
    };
    match (signs.next(), signs.next()) {
        (None, _) => false,
        (Some(only), None) => only.sign == Sign::Word && !is_unit(only),
        (Some(_), Some(_)) => !pieces.iter().any(|piece| piece.sign == Sign::Equals),
    }
}

/// Whether the words before a formula present it.
pub(super) fn presents(before: &str) -> bool {
    let sentence = sentence_before(before);
    if sentence.trim_end().ends_with([':', '：']) {
        return true;
    }
    let text = Words::of(sentence).text;
    let ends = |phrase: &&str| match phrase.starts_with(is_chinese) {
        true => text.trim_end().ends_with(*phrase),
        false => text.ends_with(&format!(" {phrase} ")),
    };
    if PRESENTING.iter().any(ends) {
        return true;
    }
    if APART.iter().any(ends) {
        return false;
    }
    let all: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let clause = all.iter().rposition(|word| *word == ",").map_or(0, |at| at + 1);
    let verb = all[clause..].iter().rposition(|word| tells(word));
    let near = all[clause + verb.map_or(0, |at| at + 1)..].join(" ");
    let near = near.rsplit(CHINESE_VERBS).next().unwrap_or_default();
    is_understood(near, &|_| false)
}

/// Whether the sentence before a formula says that it is something else than the answer.
pub(super) fn is_of_another(before: &str) -> bool {
    let text = Words::of(sentence_before(before)).text;
    let clause = text.rsplit(',').find(|clause| !clause.trim().is_empty());
    let clause = clause.unwrap_or_default();
    let words: Vec<&str> = clause.split([' ', '’', '\'']).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let names_answer =
        || says(clause, Says::Answer) || says(clause, Says::Derivative) || has(&ANSWERS);
    has(&OTHERWISE) || has(&ELSE) && !names_answer()
}

/// Whether something is said of a formula: `$x$ is real`, and not that it is the answer.
pub(super) fn is_subject(behind: &str) -> bool {
    let said = Words::of(first_sentence(inside_out(behind))).text;
    let first = said.split_whitespace().next().unwrap_or_default();
    let is_verb = matches!(first, "is" | "are" | "là" | "ist" | "sind" | "est" | "es");
    let is_praised = || {
        let words: Vec<&str> = said.split_whitespace().collect();
        PRAISE.iter().any(|word| words.contains(word))
    };
    is_verb
        && !says(&said, Says::Answer)
        && !says(&said, Says::Derivative)
        && !is_praised()
}

/// Whether the words before a formula say where something has a value: `at $x = 1$`.
pub(super) fn is_place(before: &str, formula: &str) -> bool {
    let Some((name, value)) = formula.split_once('=') else { return false };
    let is_name =
        |text: &str| text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
    let is_number = value.contains(|c: char| c.is_ascii_digit())
        && !value.contains(char::is_alphabetic);
    let words = Words::of(sentence_before(before)).text;
    is_name(name.trim())
        && is_number
        && ["at", "tại", "bei", "en", "in", "在", "an der stelle"]
            .iter()
            .any(|word| words.trim_end().ends_with(word))
}
