//! What people put around an answer: quotes, a box, a sentence.

use super::label::Label;
use super::outline::{Piece, Sign, mate, outline};

/// Words that turn around or change what they stand beside, or offer another answer.
const CHANGING: [&str; 36] = [
    "not",
    "minus",
    "plus",
    "times",
    "twice",
    "half",
    "wrong",
    "never",
    "no",
    "negative",
    "over",
    "except",
    "or",
    "maybe",
    "either",
    "neither",
    "square",
    "squared",
    "reciprocal",
    "inverse",
    "cube",
    "cubed",
    "root",
    "cannot",
    "halved",
    "doubled",
    "negated",
    "opposite",
    "integral",
    "antiderivative",
    "primitive",
    "divided",
    "multiplied",
    "increased",
    "decreased",
    "unless",
];
/// Words with which a sentence about an answer begins, or after which the answer stands.
const SAYING: [&str; 50] = [
    "the",
    "a",
    "an",
    "so",
    "thus",
    "hence",
    "therefore",
    "then",
    "we",
    "get",
    "have",
    "obtain",
    "find",
    "it",
    "is",
    "are",
    "answer",
    "ans",
    "result",
    "solution",
    "sol",
    "soln",
    "final",
    "derivative",
    "derivatives",
    "partial",
    "gradient",
    "slope",
    "this",
    "that",
    "gives",
    "which",
    "be",
    "equals",
    "my",
    "our",
    "i",
    "first",
    "correct",
    "finally",
    "simplifies",
    "to",
    "yields",
    "think",
    "would",
    "by",
    "and",
    "simplified",
    "simplifying",
    "becomes",
];
/// Words behind which the answer stands.
const VERBS: [&str; 12] = [
    "is", "are", "get", "have", "obtain", "find", "gives", "be", "equals", "yields",
    "to", "answer",
];
/// Words of orders from the second on.
const ORDINALS: [&str; 3] = ["second", "third", "fourth"];
/// What stands around the whole of an answer and says nothing: quotes, bold type.
const QUOTES: [(&str, &str); 7] = [
    ("***", "***"),
    ("**", "**"),
    ("```", "```"),
    ("`", "`"),
    ("\"", "\""),
    ("“", "”"),
    ("__", "__"),
];
/// What stands around a formula of LaTeX.
pub(super) const FENCES: [(&str, &str); 4] =
    [("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")];

/// The part of an answer that is formulas.
pub(super) struct Unwrapped<'t> {
    pub(super) inner: &'t str,
    /// What was left out.
    pub(super) notes: Vec<String>,
    /// The derivative that the words before it name, and the words.
    pub(super) spoken: Option<(Label, &'t str)>,
}

/// Takes away what stands around an answer.
pub(super) fn unwrapped(text: &str) -> Unwrapped<'_> {
    let mut found = Unwrapped { inner: text.trim(), notes: Vec::new(), spoken: None };
    loop {
        let before = found.inner;
        for step in [quoted, boxed, in_sentence, behind_words] {
            let (inner, note) = step(found.inner);
            if note.is_some() {
                let start = inner.as_ptr() as usize - found.inner.as_ptr() as usize;
                let words = &found.inner[..start];
                found.spoken = found.spoken.or_else(|| Some((spoken(words)?, words)));
            }
            found.inner = trimmed(inner);
            found.notes.extend(note);
        }
        if found.inner.len() == before.len() {
            return found;
        }
    }
}

/// The derivative that words name: `second derivative`, `with respect to t`.
fn spoken(words: &str) -> Option<Label> {
    let end = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let sentence = end.rsplit(['.', '\n', '!', '?', ';']).next().unwrap_or(end);
    let words = &words[sentence.as_ptr() as usize - words.as_ptr() as usize..];
    let lower = words.to_lowercase();
    let is_named = |ordinal: &str| lower.contains(&format!("{ordinal} derivative"));
    let order = ORDINALS.iter().position(|ordinal| is_named(ordinal)).map(|at| at + 2);
    let at = lower.find("respect to").map(|at| at + "respect to".len());
    let variable = at.and_then(|at| {
        let rest = words.get(at..)?.trim_start_matches([' ', '$', '\\', '(']);
        let end =
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    });
    if order.is_none() && variable.is_none() {
        return None;
    }
    let count = order.unwrap_or(1);
    Some(Label::spoken(
        variable.map_or_else(Vec::new, |name| vec![name; count]),
        Some(count),
    ))
}

/// A text without blanks around it and signs of punctuation behind it.
pub(super) fn trimmed(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let found = rest.strip_suffix(['.', ',', ';', ':']).map(str::trim_end);
        match found {
            Some(shorter)
                if !shorter.ends_with('\\') && !shorter.ends_with("\\right") =>
            {
                rest = shorter;
            }
            _ => return rest,
        }
    }
}

type Found<'t> = (&'t str, Option<String>);

/// A text without the dollars around all of it.
pub(super) fn unfenced(text: &str) -> &str {
    for (open, close) in FENCES {
        let inner = text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains('$')) {
            return inner.trim();
        }
    }
    text
}

fn quoted(text: &str) -> Found<'_> {
    for (open, close) in QUOTES.into_iter().chain(FENCES) {
        let inner = text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| {
            !inner.contains(open) && !inner.contains(close) && !inner.trim().is_empty()
        }) {
            return (inner, None);
        }
    }
    (text, None)
}

fn is_changing(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    words.any(|word| {
        let word = word.to_lowercase();
        word.ends_with("n't")
            || word.ends_with("n’t")
            || CHANGING.contains(&word.as_str())
    })
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

/// What the last box holds.
fn boxed(text: &str) -> Found<'_> {
    let pieces = outline(text);
    let last = pieces.iter().rposition(|piece| piece.sign == Sign::Boxed);
    let Some((open, close)) = last.and_then(|at| Some((at, mate(&pieces, at)?))) else {
        return (text, None);
    };
    let inner = &text[pieces[open].end..pieces[close].start];
    let (before, behind) = (&text[..pieces[open].start], &text[pieces[close].end..]);
    const AROUND: [char; 14] =
        ['$', ' ', '\\', '[', ']', '(', ')', '.', ',', ':', '\n', '!', '*', '&'];
    let ends = outline(behind).into_iter().filter(|piece| piece.sign == Sign::End);
    let behind = ends.fold(behind.to_owned(), |rest, end| rest.replace(end.text, ""));
    if !behind.trim_matches(AROUND).is_empty() {
        return (text, None);
    }
    if before.trim_matches(AROUND).is_empty() {
        return (inner, None);
    }
    // What stands directly before is a word or a sign of equality, and no factor.
    let before = before.trim_end_matches(['$', ' ', '\\', '[', '(', '\n', '&', '*']);
    let last = before.rsplit(|c: char| !c.is_alphabetic() && c != '\'').next();
    let is_word = last.is_some_and(|word| word.len() > 1 && is_prose(word))
        && !before.trim_end_matches(char::is_alphabetic).ends_with('\\');
    // A box is the end of a derivation: what is said before the last sentence does not matter.
    let sentence = before.trim_end_matches(['.', ':', ' ']);
    let sentence = sentence.rsplit(['.', '\n', '!', '?', ';']).next().unwrap_or(sentence);
    if !is_word && !before.ends_with([':', ',', '.', '=']) || is_changing(sentence) {
        return (text, None);
    }
    (inner, Some("the answer is what the last box holds".to_owned()))
}

/// The one formula of a sentence; of several, the last where it is a derivative with its name.
fn in_sentence(text: &str) -> Found<'_> {
    let pieces = outline(text);
    let fences: Vec<&Piece<'_>> =
        pieces.iter().filter(|p| p.sign == Sign::Fence).collect();
    if fences.is_empty() || !fences.len().is_multiple_of(2) {
        return (text, None);
    }
    if let Some(found) = final_answer(text, &fences) {
        return found;
    }
    // What stands outside of the fences is words.
    let mut at = 0;
    let mut formulas = Vec::new();
    for pair in fences.chunks(2) {
        let [open, close] = *pair else { return (text, None) };
        let before = &text[at..open.start];
        if !FENCES.contains(&(open.text, close.text)) || !is_prose(before) {
            return (text, None);
        }
        formulas.push((open, close, before));
        at = close.end;
    }
    let behind = &text[at..];
    if !behind.trim_matches(['.', ',', '!', ' ', '*', '\n']).is_empty() {
        return (text, None);
    }
    let is_named = |formula: &str| {
        let side = formula.split_once('=').map(|(side, _)| side.trim());
        side.and_then(Label::read).is_some_and(|label| !label.is_value())
    };
    let formula_of = |(open, close, _): &(&Piece<'_>, &Piece<'_>, &str)| {
        text[open.end..close.start].trim()
    };
    let Some((last, others)) = formulas.split_last() else { return (text, None) };
    let (formula, (open, close, before)) = (formula_of(last), last);
    // Each names a component.
    if !others.is_empty() && formulas.iter().all(|pair| is_named(formula_of(pair))) {
        return (text, None);
    }
    let is_stated = |before: &str| {
        let last = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next();
        last.is_some_and(|word| VERBS.contains(&word.to_lowercase().as_str()))
    };
    // Two formulas that are said to be the answer are none.
    let is_bare = |before: &str| !before.contains(char::is_alphabetic);
    let stated = formulas
        .iter()
        .filter(|pair| is_named(formula_of(pair)) || is_stated(pair.2) || is_bare(pair.2))
        .count();
    let is_last = is_named(formula) || is_stated(before);
    let last_word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next();
    if !before.chars().any(char::is_alphabetic)
        || last_word == Some("of")
        || !others.is_empty() && (!is_last || stated > 1)
    {
        return (text, None);
    }
    let note = format!("the answer is the formula of its sentence, `{formula}`");
    // The dollars stay: they say that it is LaTeX.
    (&text[open.start..close.end], Some(note))
}

/// The last formula of a text whose last line says that it is the answer.
fn final_answer<'t>(text: &'t str, fences: &[&Piece<'_>]) -> Option<Found<'t>> {
    let [.., before, open, close] = fences else { return None };
    let behind = &text[close.end..];
    let between = &text[before.end..open.start];
    let line = between.rsplit('\n').next()?;
    let is_final = line.to_lowercase().contains("answer") && is_prose(line);
    let is_whole = FENCES.contains(&(open.text, close.text))
        && behind.trim_matches(['.', '!', ' ', '*', '\n']).is_empty();
    let note = "the answer is the last formula".to_owned();
    (is_final && is_whole).then(|| (&text[open.start..close.end], Some(note)))
}

/// What stands behind the words with which a sentence begins.
fn behind_words(text: &str) -> Found<'_> {
    let pieces = outline(text);
    let is_said = |piece: &Piece<'_>| {
        piece.sign == Sign::Word && SAYING.contains(&piece.text.to_lowercase().as_str())
    };
    let is_verb_word = |piece: &&Piece<'_>| {
        piece.sign == Sign::Word && VERBS.contains(&piece.text.to_lowercase().as_str())
    };
    // `dy/dx is 2x`.
    let named = pieces.iter().find(is_verb_word).is_some_and(|verb| {
        Label::read(&text[..verb.start]).is_some_and(|label| !label.is_value())
    });
    let mut shown = pieces.iter().filter(|piece| piece.sign != Sign::Gap);
    if !named && !shown.next().is_some_and(|first| is_said(first) && first.start == 0) {
        return (text, None);
    }
    let is_verb = |piece: &Piece<'_>| {
        piece.depth == 0
            && match piece.sign {
                Sign::Colon => true,
                Sign::Word => VERBS.contains(&piece.text.to_lowercase().as_str()),
                _ => false,
            }
    };
    let is_formula = |at: usize| {
        pieces[at..]
            .iter()
            .any(|piece| matches!(piece.sign, Sign::Equals | Sign::Relation))
    };
    // The last word after which an answer stands, before its first `=`.
    let verb = (0..pieces.len())
        .take_while(|at| *at == 0 || !matches!(pieces[*at - 1].sign, Sign::Equals))
        .filter(|at| is_verb(&pieces[*at]))
        .last();
    let run = pieces
        .iter()
        .take_while(|p| {
            is_said(p) || matches!(p.sign, Sign::Gap | Sign::Comma | Sign::Colon)
        })
        .filter(|p| is_said(p) || matches!(p.sign, Sign::Comma | Sign::Colon))
        .last()
        .filter(|run| run.end > 1);
    let end = match (verb, run) {
        (Some(at), run) => run.map_or(pieces[at].end, |run| run.end.max(pieces[at].end)),
        (None, Some(run)) if is_formula(0) => run.end,
        _ => return (text, None),
    };
    let (before, behind) = text.split_at(end);
    // Of a formula in these words it is said what the answer is.
    let holds_formula =
        before.contains(|c: char| c.is_ascii_digit() || "=^*/+".contains(c));
    let is_of = before.split_whitespace().any(|word| word == "of");
    if is_changing(before)
        || behind.trim().is_empty()
        || before.trim_end().ends_with(" of")
        || holds_formula && !is_of && !named
    {
        return (text, None);
    }
    let note = format!("the answer is what stands behind `{}`", before.trim());
    (behind, Some(note))
}
