//! What people put around an answer: quotes, a box, a sentence.

use super::super::language::{self, Sense};
use super::super::marks::{ENDS, FENCES, QUOTES, held, without_end};
use super::beside::{Words, changes_behind, sentence_before};
use super::boxes::boxed;
use super::label::Label;
use super::outline::{Piece, Sign, outline};
use super::presenting::{Asked, are_known, presents};
use super::prose::{self, conclusion};
use super::reply::{Says, behind_foreign, is_chinese, is_word, says};
use super::words::{is_changing, is_prose, is_saying, is_verb, spoken};

/// What stands around the whole of an answer beside the marks of a question.
const MARKS: [(&str, &str); 7] = [
    ("\"", "\""),
    ("\\textbf{", "}"),
    ("\\textit{", "}"),
    ("\\emph{", "}"),
    ("\\underline{", "}"),
    ("<answer>", "</answer>"),
    ("__", "__"),
];

/// What sets words, and stands around formulas by mistake.
const STYLES: [(&str, &str); 4] =
    [("\\text{", "}"), ("\\mathrm{", "}"), ("*", "*"), ("_", "_")];

/// Whether a sign is a picture that decorates a text.
fn is_ornament(c: char) -> bool {
    // Those of sums and products are signs: ✕ ✖ ➕ ➖ ➗.
    let is_sign = matches!(c, '\u{2715}' | '\u{2716}' | '\u{2795}'..='\u{2797}')
        || matches!(c, '\u{271A}' | '\u{2731}'..='\u{2733}' | '\u{267E}')
        || matches!(c, '\u{2776}'..='\u{2793}' | '\u{1F51F}');
    is_decoration(c) && !is_sign && !is_denial(c)
}

/// Whether a picture says that something is wrong, or asks: a cross, a thumb that points down.
fn is_denial(c: char) -> bool {
    matches!(c, '\u{2612}' | '\u{2613}' | '\u{2717}' | '\u{2718}' | '\u{274C}')
        || matches!(c, '\u{274E}' | '\u{2753}' | '\u{2754}' | '\u{26D4}' | '\u{1F44E}')
        || matches!(
            c,
            '\u{1F6AB}' | '\u{1F645}' | '\u{1F914}' | '\u{1F937}' | '\u{1F6D1}'
        )
        || matches!(c, '\u{26A0}' | '\u{1F504}' | '\u{1F501}')
}

fn is_decoration(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}' | '\u{FE0F}')
}

/// A text without pictures before it.
pub(super) fn unadorned(text: &str) -> &str {
    text.trim_start_matches(|c: char| is_ornament(c) || c.is_whitespace())
}

/// The part of an answer that is formulas.
pub(super) struct Unwrapped<'t> {
    pub(super) inner: &'t str,
    /// What was left out.
    pub(super) notes: Vec<String>,
    /// The derivative that the words before it name, and the words.
    pub(super) spoken: Option<(Label, &'t str)>,
}

/// Takes away what stands around an answer.
pub(super) fn unwrapped(text: &str, asked: Asked) -> Unwrapped<'_> {
    let text = unadorned(text);
    let inner = match text.contains('\n') {
        true => text,
        false => prose::unlisted(text.trim_start().trim_start_matches('#').trim_start()),
    };
    let mut found = Unwrapped { inner: trimmed(inner), notes: Vec::new(), spoken: None };
    loop {
        let before = found.inner;
        let steps: [fn(&str, Asked) -> Found<'_>; 10] = [
            |text, _| quoted(text),
            |text, _| said_behind(text),
            boxed,
            |text, _| conclusion(text),
            |text, _| greeted(text),
            in_sentence,
            behind_text,
            behind_words,
            behind_foreign,
            |text, _| unlisted(text),
        ];
        for step in steps {
            let (inner, note) = step(found.inner, asked);
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

/// A text without blanks around it and signs of punctuation behind it.
pub(super) fn trimmed(text: &str) -> &str {
    let is_end = |c: char| ENDS.contains(&c) || matches!(c, ':' | '?') || is_ornament(c);
    let mut rest = text.trim();
    while let Some(shorter) = without_end(rest, is_end) {
        rest = shorter;
    }
    rest
}

/// The part of a text that is the answer, with what to say of that.
pub(super) type Found<'t> = (&'t str, Option<String>);

fn quoted(text: &str) -> Found<'_> {
    let pairs = MARKS.into_iter().chain(QUOTES).chain(FENCES);
    let found = held(text, pairs).or_else(|| {
        held(text, STYLES)
            .filter(|(_, inner)| inner.contains(|c: char| c.is_ascii_digit()))
    });
    (found.map_or(text, |(_, inner)| inner), None)
}

/// Words behind an answer that say that it is one.
#[rustfmt::skip]
const SAID: [&str; 24] = [
    "i think", "i believe",
    "is the answer", "is the final answer", "is my answer", "is my final answer",
    "is the right answer", "is the correct answer", "is the result", "is the derivative",
    "is its derivative", "is the required derivative", "is the solution",
    "is the only solution", "is the unique solution", "là đáp án", "là kết quả",
    "là đạo hàm cần tìm", "là nghiệm", "là nghiệm duy nhất", "là nghiệm cần tìm", "是答案", "是唯一解",
    "是方程的解",
];

/// What stands before words that say that it is the answer: `3x^2 is the answer`.
fn said_behind(text: &str) -> Found<'_> {
    let found = SAID.iter().find_map(|words| {
        let at = text.len().checked_sub(words.len())?;
        let (before, said) = (text.get(..at)?, text.get(at..)?);
        let is_apart = before.ends_with(' ') || said.starts_with(is_chinese);
        let is_formula = !before.contains('$') && before.contains(char::is_alphanumeric);
        let is_said = said.to_lowercase() == **words && is_apart && is_formula;
        is_said.then(|| (before.trim_end(), Some(format!("`{words}` is left out"))))
    });
    found.unwrap_or((text, None))
}

/// The one formula of a sentence; of several, the last where it is a derivative with its name.
fn in_sentence(text: &str, asked: Asked) -> Found<'_> {
    if !FENCES.iter().any(|(open, _)| text.contains(open)) {
        return (text, None);
    }
    let pieces = outline(text);
    let fences: Vec<&Piece<'_>> =
        pieces.iter().filter(|p| p.sign == Sign::Fence).collect();
    if fences.is_empty() || !fences.len().is_multiple_of(2) {
        return (text, None);
    }
    if let Some(found) = final_answer(text, &fences, asked) {
        return found;
    }
    // What stands outside of the fences is words.
    let mut at = 0;
    let mut formulas = Vec::new();
    let mut condition = None;
    for pair in fences.chunks(2) {
        let [open, close] = *pair else { return (text, None) };
        let before = &text[at..open.start];
        // `$2x$, where $x$ is real`.
        if at > 0 && begins_condition(before) {
            if !is_one_condition(&text[at..]) {
                return (text, None);
            }
            condition = Some(text[at..].trim_matches([',', ' ', '.', '\n']));
            break;
        }
        if !FENCES.contains(&(open.text, close.text)) || !is_prose(before) {
            return (text, None);
        }
        formulas.push((open, close, before));
        at = close.end;
    }
    let behind = text[at..].trim_matches(['.', ',', '!', ' ', '*', '\n']);
    if condition.is_none() && !behind.is_empty() && !is_prose(behind) {
        return (text, None);
    }
    let is_named = |formula: &str| Label::derived(formula).is_some();
    let formula_of = |(open, close, _): &(&Piece<'_>, &Piece<'_>, &str)| {
        text[open.end..close.start].trim()
    };
    let Some((last, others)) = formulas.split_last() else { return (text, None) };
    let (formula, (open, close, before)) = (formula_of(last), last);
    // `sin $2x$` is no `$2x$`.
    let applied = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next();
    if applied.is_some_and(crate::function::is_name) {
        return (text, None);
    }
    // Each names a component.
    if !others.is_empty() && formulas.iter().all(|pair| is_named(formula_of(pair))) {
        return (text, None);
    }
    let is_stated = |before: &str| {
        let last = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next();
        last.is_some_and(is_verb)
    };
    // Two formulas that are said to be the answer are none.
    let is_bare = |before: &str| !before.contains(char::is_alphabetic);
    let is_last_named = is_named(formula);
    // What is given beforehand has a name of its own: `$f(x) = x^2$`.
    let is_given = |formula: &str| {
        is_last_named && Label::before(formula).is_some_and(|label| label.is_value())
    };
    let stated = formulas
        .iter()
        .filter(|pair| {
            let is_said = is_stated(pair.2) && !is_given(formula_of(pair));
            let is_named = is_named(formula_of(pair)) && !quotes_rule(pair.2);
            is_named || is_said || is_bare(pair.2)
        })
        .count();
    let is_last = is_named(formula) || is_stated(before);
    let ends = ['.', '\n', ';', '!'];
    let rest = text[at..].trim_start_matches(['$', ' ', '*']);
    let rest = rest.split(ends).next().unwrap_or(rest);
    let is_told = condition.is_some();
    let around = if is_told { "" } else { &text[close.end..] };
    let shown = &text[open.start..close.end];
    if changes_behind(around, false)
        || !presents(&text[..open.start], shown, asked)
        || formula.contains(char::is_alphabetic)
            && others.iter().any(|pair| is_place(pair.2, formula_of(pair)))
    {
        return (text, None);
    }
    // A number may count things of any name.
    let counts = !formula.contains(char::is_alphabetic);
    if !is_told && !counts && !are_known(rest, &|_| false) {
        return (text, None);
    }
    let last_word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next();
    let has_words = before.chars().any(char::is_alphabetic);
    if !has_words && behind.is_empty()
        || last_word.is_some_and(is_of)
        || !others.is_empty() && (!is_last || stated > 1)
    {
        return (text, None);
    }
    let note = match condition {
        Some(condition) => format!("`{condition}` is left out"),
        None if has_words => {
            format!("the answer is the formula of its sentence, `{formula}`")
        }
        None => format!("`{behind}` is left out"),
    };
    // The dollars stay: they say that it is LaTeX.
    (&text[open.start..close.end], Some(note))
}

/// Whether the words before a formula say where something has a value: `at $x = 1$`.
fn is_place(before: &str, formula: &str) -> bool {
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

/// Whether a formula behind a word is what something else is of: `La derivada de $2x$`.
fn is_of(word: &str) -> bool {
    word == "of" || language::means(&word.to_lowercase(), &[Sense::Of])
}

/// Whether words end with the name of a rule, which the formula behind them says: `Using the
/// power rule $(x^n)' = nx^{n-1}$`.
fn quotes_rule(words: &str) -> bool {
    let words = words.trim_end_matches([' ', ',', ':', '(']).to_lowercase();
    ["rule", "formula", "identity", "quy tắc", "công thức"]
        .iter()
        .any(|word| words.ends_with(word))
}

/// Words with which a condition behind a formula begins.
const BEGINNING: [&str; 5] = ["where", "for", "when", "provided", "if"];

/// Whether words begin a condition.
fn begins_condition(words: &str) -> bool {
    let first = words.split(|c: char| !c.is_alphabetic()).find(|word| word.len() > 1);
    first.is_some_and(|word| {
        let word = word.to_lowercase();
        word == "valid" || BEGINNING.contains(&word.as_str())
    })
}

/// Whether what stands behind a formula is one condition: `, where $x$ is real`.
fn is_one_condition(text: &str) -> bool {
    let pieces = outline(text);
    let words = pieces.iter().filter(|p| p.sign == Sign::Word && p.text.len() > 1);
    let words: Vec<String> = words.map(|p| p.text.to_lowercase()).collect();
    let count = words.iter().filter(|word| BEGINNING.contains(&word.as_str())).count();
    let is_case = |word: &String| matches!(word.as_str(), "otherwise" | "else" | "and");
    let fences: Vec<&Piece<'_>> =
        pieces.iter().filter(|p| p.sign == Sign::Fence).collect();
    // Each formula in it is a name or compares.
    let compares = |pair: &[&Piece<'_>]| {
        let [open, close] = pair else { return false };
        let formula = text[open.end..close.start].trim();
        formula.chars().count() == 1
            || outline(formula)
                .iter()
                .any(|p| matches!(p.sign, Sign::Relation | Sign::Equals))
    };
    count == 1
        && !is_changing(text)
        && !says(text, Says::Conclusion)
        && !words.iter().any(is_case)
        && fences.chunks(2).all(compares)
}

/// The last formula of a text whose last line says that it is the answer.
fn final_answer<'t>(
    text: &'t str,
    fences: &[&Piece<'_>],
    asked: Asked,
) -> Option<Found<'t>> {
    let [.., before, open, close] = fences else { return None };
    let behind = &text[close.end..];
    let between = &text[before.end..open.start];
    let line = between.rsplit('\n').next()?;
    let is_final = line.to_lowercase().contains("answer")
        && is_prose(line)
        && presents(&text[..open.start], &text[open.end..close.start], asked);
    let is_whole = FENCES.contains(&(open.text, close.text))
        && behind.trim_matches(['.', '!', ' ', '*', '\n']).is_empty();
    let note = "the answer is the last formula".to_owned();
    (is_final && is_whole).then(|| (&text[open.start..close.end], Some(note)))
}

/// What stands behind upright words of LaTeX, `\text{The derivative is }`.
fn behind_text(text: &str, asked: Asked) -> Found<'_> {
    if !text.starts_with('\\') {
        return (text, None);
    }
    let pieces = outline(text);
    let Some(first) = pieces.first().filter(|p| p.sign == Sign::Words && p.start == 0)
    else {
        return (text, None);
    };
    let words = first.text.trim();
    let last = words.trim_end_matches([':', ' ']).rsplit(' ').next().unwrap_or_default();
    let is_said = words.ends_with([':', ',']) || is_verb(last);
    let rest = text[first.end..].trim_start();
    let is_answer = words.len() > 1 && is_prose(words) && presents(words, rest, asked);
    match is_said && is_answer && !rest.is_empty() {
        true => (rest, Some(format!("the answer is what stands behind `{words}`"))),
        false => (text, None),
    }
}

/// What stands behind a greeting: `Sure! The derivative is …`.
fn greeted(text: &str) -> Found<'_> {
    const LONGEST: usize = 4;
    let Some((greeting, rest)) = text.split_once('!') else { return (text, None) };
    let words = greeting.split_whitespace().count();
    let is_greeting = (1..=LONGEST).contains(&words)
        && is_prose(greeting)
        && greeting.starts_with(char::is_uppercase)
        && rest.starts_with([' ', '\n']);
    match is_greeting && !rest.trim().is_empty() {
        true => (rest.trim_start(), Some(format!("`{greeting}!` is left out"))),
        false => (text, None),
    }
}

/// What stands behind the number of a part: `a) 2x`.
fn unlisted(text: &str) -> Found<'_> {
    let Some((mark, rest)) = text.split_once(' ') else { return (text, None) };
    let inner = mark.strip_suffix(')').unwrap_or_default();
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let is_mark = matches!(inner, "a" | "b" | "c" | "d" | "ii" | "iii")
        || !mark.starts_with('(') && matches!(inner, "1" | "2" | "3" | "4" | "5");
    match is_mark && !rest.contains(" b) ") && !rest.contains("(b)") {
        true => (rest, Some(format!("`{mark}` is left out"))),
        false => (text, None),
    }
}

/// Words before the letter of a choice.
#[rustfmt::skip]
const CHOOSING: [&str; 14] = [
    "Option ", "option ", "Choice ", "choice ", "Answer ", "Chọn đáp án ", "Chọn ", "chọn ",
    "Đáp án ", "đáp án ", "选择", "选项", "选", "故选",
];
/// The letters of choices.
const CHOICES: [&str; 5] = ["A", "B", "C", "D", "E"];

/// What stands behind the letter of a choice that is no variable: `(A) 2x`.
pub(super) fn unchosen<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Found<'t> {
    let bare = text.trim_start();
    let worded = CHOOSING.iter().find_map(|word| bare.strip_prefix(word));
    let whole = worded.unwrap_or(bare);
    let Some((mark, rest)) = whole.split_once(char::is_whitespace) else {
        return (text, None);
    };
    const AROUND: [(&str, &str); 8] = [
        ("(", ")"),
        ("(", "):"),
        ("[", "]"),
        ("", ")"),
        ("", "."),
        ("", ":"),
        ("", ","),
        ("", ""),
    ];
    // `Option B, 2x` and `**B** 2x`: a letter alone may be a name elsewhere.
    let plain = mark.trim_matches('*');
    let is_bold = plain.len() < mark.len();
    let around = match worded.is_some() || is_bold {
        true => &AROUND[..],
        false => &AROUND[..6],
    };
    let found = around.iter().find_map(|(open, close)| {
        let letter = plain.strip_prefix(open)?.strip_suffix(close)?;
        Some((letter, (open, close)))
    });
    let Some((letter, (open, close))) = found else { return (text, None) };
    let is_choice = CHOICES.contains(&letter) && !is_name(letter);
    let rest = rest.trim_start();
    let begins =
        rest.starts_with(|c: char| c.is_alphanumeric() || "$\\-−√([{|".contains(c));
    let gap = if open.is_empty() { " " } else { "" };
    let is_other = |name: &&str| rest.contains(&format!("{gap}{open}{name}{close}"));
    let is_bare = open.is_empty() && matches!(*close, "" | ",");
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_one = match is_bare {
        true => !is_word(word) && !rest.contains("**"),
        false => !CHOICES.iter().any(is_other),
    };
    let is_signed = rest.starts_with("- ") || rest.starts_with("− ");
    match is_choice && begins && is_one && !is_signed {
        true => (rest, Some(format!("`{mark}` is left out"))),
        false => (text, None),
    }
}

/// Whether a text may be a sentence about an answer: it begins as one, or has its verb.
fn may_say(text: &str) -> bool {
    let is_of_word = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’');
    let mut words = text.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty());
    let begins = text.starts_with(is_of_word) && words.next().is_some_and(is_saying);
    begins || words.any(is_verb)
}

/// Words without the last of them.
fn before_verb(text: &str) -> &str {
    let text = text.trim_end_matches([' ', ':']);
    text.rsplit_once(' ').map_or(text, |(before, _)| before.trim_end())
}

/// What stands behind the words with which a sentence begins.
fn behind_words(text: &str, asked: Asked) -> Found<'_> {
    // `What we have is $2x$`.
    let what = text.strip_prefix("What ").filter(|rest| rest.starts_with("we "));
    let text = what.unwrap_or(text);
    if !may_say(text) {
        return (text, None);
    }
    let pieces = outline(text);
    let is_said = |piece: &Piece<'_>| {
        // The last word is what is said: `The answer is A`.
        piece.sign == Sign::Word && piece.end < text.len() && is_saying(piece.text)
    };
    let is_verb_word =
        |piece: &&Piece<'_>| piece.sign == Sign::Word && is_verb(piece.text);
    // `dy/dx is 2x`.
    let named = pieces.iter().find(is_verb_word).is_some_and(|verb| {
        Label::read(&text[..verb.start]).is_some_and(|label| !label.is_value())
    });
    let mut shown = pieces.iter().filter(|piece| piece.sign != Sign::Gap);
    if !named && !shown.next().is_some_and(|first| is_said(first) && first.start == 0) {
        return (text, None);
    }
    let leads = |piece: &Piece<'_>| {
        piece.depth == 0
            && match piece.sign {
                Sign::Colon => true,
                Sign::Word => is_verb(piece.text),
                _ => false,
            }
    };
    let is_formula = |at: usize| {
        pieces[at..]
            .iter()
            .any(|piece| matches!(piece.sign, Sign::Equals | Sign::Relation))
    };
    // `The derivative of f(x) = x^2 is f'(x) = 2x`.
    let is_before_label = |at: &usize| {
        let rest = &text[pieces[*at].end..];
        leads(&pieces[*at])
            && pieces[*at].sign == Sign::Word
            && Label::derived(rest).is_some()
    };
    let labelled = (0..pieces.len()).rfind(is_before_label);
    // The last word after which an answer stands, before its first `=`.
    let verb = (0..pieces.len())
        .take_while(|at| *at == 0 || !matches!(pieces[*at - 1].sign, Sign::Equals))
        .filter(|at| leads(&pieces[*at]))
        .last()
        .max(labelled);
    // Numbers are no pieces: `The answer is 1,234`.
    let mut at = 0;
    let run = pieces
        .iter()
        .take_while(|p| {
            let is_beside = std::mem::replace(&mut at, p.end) == p.start;
            is_beside
                && (is_said(p) || matches!(p.sign, Sign::Gap | Sign::Comma | Sign::Colon))
        })
        .filter(|p| is_said(p) || matches!(p.sign, Sign::Comma | Sign::Colon))
        .last()
        .filter(|run| run.end > 1);
    let end = match (verb, run) {
        (Some(at), run) => run.map_or(pieces[at].end, |run| run.end.max(pieces[at].end)),
        (None, Some(run)) if is_formula(0) || run.sign == Sign::Comma => run.end,
        _ => return (text, None),
    };
    let (before, behind) = text.split_at(end);
    // Of a formula in these words it is said what the answer is.
    let holds_formula =
        before.contains(|c: char| c.is_ascii_digit() || "=^*/+".contains(c));
    let is_of = before.split_whitespace().any(|word| word == "of");
    // `a, b` is a list of names.
    let mut words = before.split(|c: char| !c.is_alphabetic());
    if !words.any(|word| word.chars().count() > 1)
        || is_changing(before)
        || behind.trim().is_empty()
        || before.trim_end().ends_with(" of")
        || holds_formula && !is_of && !named
    {
        return (text, None);
    }
    // `f_x is 2xy and f_y is x^2` is about several.
    if named && holds_formula && Label::read(before_verb(before)).is_none() {
        return (text, None);
    }
    if !presents(before, behind, asked) {
        return (text, None);
    }
    // A sentence does not begin with `be`, but a product of b and e may stand alone.
    if before.trim().eq_ignore_ascii_case("be") {
        return (text, None);
    }
    let note = format!("the answer is what stands behind `{}`", before.trim());
    // `Ans. 2x`.
    (behind.strip_prefix(". ").unwrap_or(behind), Some(note))
}
