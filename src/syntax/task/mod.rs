//! The words of a task beside a formula: `Let $f(x) = x^2$`, `Find the derivative of $x^2 y$ with
//! respect to $x$`, `Differentiate x^2`. Only a question has them.

mod parts;

use super::answer::{Label, Mark, is_chinese, second_part, unmarked as unmarked_line};
use super::language::{self, Sense};
use super::lexer::language_of;
use super::marks::{ENDS, FENCES, unfenced};
use super::typed::Bytes;
use super::words;
use crate::function;
use crate::kernel::{GREEK, is_letter};
use crate::span::Span;
use parts::{GIVING, asks, in_two_parts, is_ordinal, repeated, within};

/// What a word does in a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It says what is given.
    Gives,
    /// It asks for what stands behind it.
    Asks,
    /// It asks for a derivative.
    Derives,
    /// It names a derivative.
    Derivative,
    /// It asks for something else.
    Other,
    /// It says nothing.
    Fills,
}
use Role::{Asks, Derivative, Derives, Fills, Gives, Other};

/// The words, in small letters. `We are given $2x$` begins no task.
#[rustfmt::skip]
const WORDS: [(Role, &[&str]); 6] = [
    (Gives, &["let", "consider", "given", "suppose", "cho"]),
    (Asks, &["find", "compute", "calculate", "determine", "evaluate", "what", "tính", "tìm"]),
    (Derives, &["differentiate", "derive"]),
    (Derivative, &["derivative", "derivatives", "gradient", "đạo"]),
    (Other, &["integrate", "simplify", "solve"]),
    (Fills, &[
        "is", "the", "a", "this", "following", "function", "functions", "expression", "formula", "of", "for", "by", "be", "as", "defined",
        "that", "take", "we", "have", "partial", "first", "hàm", "của", "số",
    ]),
];
/// Words between a word for a derivative and what is differentiated, prepositions first.
#[rustfmt::skip]
const OF: [&str; 11] = [
    "of", "của", "the", "this", "following", "function", "functions", "expression", "hàm", "số", "a",
];
/// How many of them are prepositions.
const PREPOSITIONS: usize = 2;
/// Words between what asks and the word for a derivative.
const ARTICLES: [&str; 8] = ["the", "a", "first", "partial", "is", "take", "we", "this"];
/// Words for the number of an exercise.
#[rustfmt::skip]
const EXERCISES: [&str; 8] =
    ["problem", "exercise", "question", "task", "example", "bài", "câu", "aufgabe"];
/// Words for what is differentiated, in titles.
const FUNCTIONS: [&str; 5] = ["function", "funktion", "fonction", "función", "hàm số"];
/// Words before those of a task: `Please find`, `Let's differentiate`.
#[rustfmt::skip]
const OPENERS: [&str; 23] = [
    "what's", "what’s", "question:", "please", "now", "first", "next", "then", "let's", "let’s", "let us", "we need to", "we want to", "we have to", "we must", "i need to",
    "hãy", "ta cần", "bitte",
    "we will", "i will", "we", "to",
];
/// Those of them behind which `find` tells what was found.
const TELLING: [&str; 4] = ["we will", "i will", "we", "to"];
/// How many of them stand before a task that is said again.
const QUOTING: usize = 3;
/// What stands around a formula whose derivative is asked for in Chinese.
const CHINESE: [&[&str]; 2] =
    [&["求", "计算", "函数"], &["的导数", "的导函数", "的二阶导数", "的三阶导数"]];
/// Words of a task before its own.
const BESIDE: [&str; 5] = ["please", "the", "first", "second", "third"];
/// What else is asked for of a formula: `gradient of x^2 y`.
const NOUNS: [&str; 5] = ["gradient", "jacobian", "hessian", "laplacian", "integral"];
/// Who says something: `What we have is $2x$` asks for nothing.
const SPEAKERS: [&str; 4] = ["we", "i", "you", "one"];
/// What stands before the variables of a derivative.
const RESPECT: [&str; 4] = ["with respect to", "w.r.t.", "wrt", "theo"];

/// A derivative that words ask for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The variables; none where the words name none.
    pub(super) names: Vec<String>,
    /// Whether a name says them, `dy/dt` or `f_xy`, of a function that is given: it holds them.
    pub(super) is_named: bool,
}

impl Wanted {
    fn of(names: Vec<String>) -> Self {
        Self { names, is_named: false }
    }
}

/// A task that was taken apart.
#[derive(Debug)]
pub(super) struct Task<'t> {
    pub(super) formula: &'t str,
    /// Whether the formula stands in dollars.
    pub(super) is_latex: bool,
    /// The derivative that is asked for, if one is.
    pub(super) asked: Option<Wanted>,
    /// Whether the words are a title, in front of what they name: `Derivative of f: `.
    is_title: bool,
    /// The words that ask, where others stand before the formula.
    pub(super) asking: Option<&'t str>,
}

fn role(word: &str) -> Option<Role> {
    if !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let small = word.to_lowercase();
    let row = WORDS.iter().find(|(_, words)| words.contains(&small.as_str()));
    row.map(|(role, _)| *role).or_else(|| {
        Some(match language::sense_in_task(&small)? {
            Sense::Gives => Gives,
            Sense::Asks => Asks,
            Sense::Derives => Derives,
            Sense::Derivative => Derivative,
            _ => Fills,
        })
    })
}

/// Whether a word stands between what asks and the word for a derivative, or behind that.
fn is_between(word: &str, list: &[&str], senses: &[Sense]) -> bool {
    let small = word.to_lowercase();
    list.contains(&small.as_str()) || language::means(&small, senses)
}

/// Whether a text may be a task: it begins with the words of one.
pub(super) fn begins(text: &str) -> bool {
    let text = text.trim_start();
    let text = unopened(text.strip_prefix("\\text{").unwrap_or(text));
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let is_word = || text[end..].starts_with([' ', ':', '\n', '*']);
    let first = &text[..end];
    let is_role = || end > 2 && role(first).is_some();
    is_word() && (is_role() || GIVING[0].eq_ignore_ascii_case(first))
        || !text.is_ascii()
            && (text.contains('导') || text.contains('求') && text.contains('$'))
        || text.ends_with(['?', '=']) && asked_value(text).is_some()
}

/// What stands before a sign of equality with a question or nothing behind it: `d/dx(x^2) = ?`.
fn asked_value(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let rest = text.strip_suffix('?').map_or(text, str::trim_end);
    let value = rest.strip_suffix('=')?.trim_end();
    (!value.is_empty() && !value.ends_with(['=', '<', '>', '!', ':'])).then_some(value)
}

/// A text without the number of an exercise and the words that stand before those of a task.
fn unopened(text: &str) -> &str {
    let mut rest = match unmarked_line(unnumbered(text)) {
        (Mark::Number, rest) => rest,
        (_, rest) if rest.len() < text.len() => unnumbered(text),
        _ => text,
    };
    let opener = |text: &str| {
        OPENERS.iter().find_map(|words| {
            let start = text.get(..words.len())?;
            let behind = text[words.len()..].trim_start_matches(',');
            if !behind.starts_with(' ') || start.to_lowercase() != **words {
                return None;
            }
            let next = behind.split_whitespace().next().unwrap_or_default();
            // `We find $2x$` is an answer.
            let is_meant = !TELLING.contains(words) || role(next) == Some(Derives);
            is_meant.then(|| behind.trim_start().len())
        })
    };
    while let Some(length) = opener(rest) {
        rest = &rest[rest.len() - length..];
    }
    rest
}

/// A text without the name and the number of an exercise: `Problem 3. Differentiate …`.
fn unnumbered(text: &str) -> &str {
    let Some((word, rest)) = text.split_once(' ') else { return text };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_one = digits > 0 && EXERCISES.contains(&word.to_lowercase().as_str());
    let behind = rest[digits..].trim_start_matches([')', '.', ':']);
    match is_one && behind.len() < rest[digits..].len() && behind.starts_with(' ') {
        true => behind.trim_start(),
        false => text,
    }
}

/// The formula of a text that is a task.
pub(super) fn task(text: &str) -> Option<Task<'_>> {
    if let Some(formula) = asked_value(text) {
        if let Some(found) = in_two_parts(text) {
            return Some(found);
        }
        let label = Label::read(formula).filter(|label| label.operand.is_some());
        let operand = label.as_ref().and_then(|label| label.operand.as_deref());
        let order = label.as_ref().and_then(|label| label.order).unwrap_or(1);
        let is_primed = formula.ends_with(['\'', '′', '’', '″']);
        if let Some(operand) = operand.filter(|_| is_primed)
            && let Some(at) = formula.find(operand)
        {
            let formula = &formula[at..at + operand.len()];
            let asked = repeated(Vec::new(), order, formula)?;
            let is_latex = formula.contains('\\');
            return Some(Task {
                formula,
                is_latex,
                asked: Some(Wanted::of(asked)),
                is_title: false,
                asking: Some(text),
            });
        }
        if label.is_none() && !text.ends_with('?') {
            return None;
        }
        return Some(Task {
            formula,
            is_latex: false,
            asked: None,
            is_title: false,
            asking: None,
        });
    }
    if let Some(found) = in_two_parts(text) {
        return Some(found);
    }
    if let Some(rest) = text.strip_prefix("\\text{")
        && let Some((words, formula)) = rest.split_once('}')
        && let Some((asked, order)) = asks(words)
        && let Some(asked) = within(asked, order, formula)
    {
        return Some(Task {
            formula,
            is_latex: true,
            asked: asked.map(Wanted::of),
            is_title: is_title(words),
            asking: None,
        });
    }
    if let Some((formula, order)) = chinese(text) {
        let is_latex = unfenced(formula).len() < formula.len();
        let formula = unfenced(formula);
        let asked = Some(Wanted::of(repeated(Vec::new(), order, formula)?));
        return Some(Task { formula, is_latex, asked, is_title: false, asking: None });
    }
    let is_mark =
        |c: char| ENDS.contains(&c) || matches!(c, '?' | '!' | ':') || c.is_whitespace();
    for (open, close) in FENCES.into_iter().chain([("`", "`")]) {
        let Some((words, rest)) = text.split_once(open) else { continue };
        let Some((formula, behind)) = rest.split_once(close) else { continue };
        let is_title = is_title(words);
        let (words, before) = respect(words).unwrap_or((words, Vec::new()));
        let Some((asked, order)) = asks(words) else { continue };
        let behind = behind.trim_matches(is_mark);
        let (behind, after) = respect(behind).unwrap_or((behind, Vec::new()));
        let is_latex = open != "`";
        let names: Vec<String> = before.into_iter().chain(after).collect();
        if !behind.is_empty() || asked.is_none() && !names.is_empty() {
            continue;
        }
        let asked = asked.map(|_| names);
        let Some(asked) = within(asked, order, formula) else { continue };
        let asked = asked.map(Wanted::of);
        return Some(Task { formula, is_latex, asked, is_title, asking: None });
    }
    unmarked(text)
}

/// The formula of a task in Chinese, and the order of the derivative: `求 $x^2$ 的导数`.
fn chinese(text: &str) -> Option<(&str, usize)> {
    let [before, behind] = CHINESE;
    let text = text.trim_end_matches(|c: char| ENDS.contains(&c) || c.is_whitespace());
    let (rest, words) =
        behind.iter().find_map(|words| Some((text.strip_suffix(*words)?, *words)))?;
    let order = match words {
        words if words.contains('二') => 2,
        words if words.contains('三') => 3,
        _ => 1,
    };
    let mut rest = rest.trim_end();
    while let Some(next) = before.iter().find_map(|words| rest.strip_prefix(*words)) {
        rest = next.trim_start();
    }
    let is_one = !rest.is_empty() && !rest.contains(is_chinese);
    (is_one && !unfenced(rest).contains('$')).then_some((rest, order))
}

/// Whether a text is a task and nothing more. What has the name of a derivative, or stands behind
/// a title, is an answer, and so is a number that is given: `Let $x = 5$`.
pub(super) fn restates(text: &str) -> bool {
    let is_number = |text: &str| {
        text.rsplit_once('=')
            .is_some_and(|(_, value)| !value.contains(char::is_alphabetic))
    };
    whole(text, |_| true)
        .is_some_and(|(first, formula)| first != Some(Gives) || !is_number(&formula))
}

/// Whether a text says in front that it is the task: `Given: $2x$`, `Problem: $2x$`.
pub(super) fn is_quoted(text: &str) -> bool {
    let Some((head, rest)) = text.trim().split_once(':') else { return false };
    let word = head.trim_matches(['*', ' ', '#']);
    let is_exercise = EXERCISES[..QUOTING].contains(&word.to_lowercase().as_str());
    let is_function = FUNCTIONS.contains(&word.to_lowercase().as_str());
    (is_exercise || is_function || role(word) == Some(Gives))
        && !rest.contains([':', '\n'])
}

/// The formula of a text that asks for something and gives nothing: no answer begins with it.
pub(super) fn asked_of(text: &str) -> Option<String> {
    let (_, formula) = whole(text, |first| first != Some(Gives))?;
    Some(formula)
}

/// What a text begins with that is a task and nothing more, and its formula.
fn whole(
    whole: &str,
    may_begin: impl Fn(Option<Role>) -> bool,
) -> Option<(Option<Role>, String)> {
    if !begins(whole.trim_start_matches(['*', '_', ' '])) || whole.contains("box") {
        return None;
    }
    let words: Vec<&str> = whole.split_whitespace().collect();
    let text = words.join(" ").replace("**", "");
    let mut first = unopened(&text).split(|c: char| !c.is_alphabetic());
    let (first, next) = (first.next().and_then(role), first.next());
    // `What we have is $2x$`.
    if next.is_some_and(|next| SPEAKERS.contains(&next)) || !may_begin(first) {
        return None;
    }
    let is_statement = |task: &Task<'_>| {
        task.formula.contains('=')
            && !Label::before(task.formula).is_some_and(|label| label.is_value())
    };
    let found = task(&text).filter(|task| !task.is_title && !is_statement(task))?;
    // `Differentiate x^2` and the answer in a line of its own.
    let is_in = |line: &str| {
        line.split_whitespace().collect::<Vec<_>>().join(" ").contains(found.formula)
    };
    let is_marked = text.contains(['$', '\\', '`']);
    (is_marked || whole.lines().any(is_in)).then(|| (first, found.formula.to_owned()))
}

/// Whether words are a title: a colon stands behind them, and no verb that asks in them, or what
/// is asked for is not said: `Compute:`, `Find the derivative:`.
fn is_title(words: &str) -> bool {
    let asks = |word: &str| matches!(role(word), Some(Asks | Derives));
    let said = words_of(words);
    let last = said.last().and_then(|word| role(word));
    let is_open = matches!(last, Some(Asks | Derivative)) || !said.into_iter().any(asks);
    words.trim_end().ends_with(':') && is_open
}

/// The words of a text; `đạo hàm` is one.
fn words_of(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let mut found: Vec<&str> = Vec::new();
    for word in words {
        let is_second = word == "hàm"
            && found.last().is_some_and(|last| role(last) == Some(Derivative));
        found.extend((!is_second).then_some(word));
    }
    found
}

/// What words before a formula ask for: nothing, or a derivative; `None` where they say more.
fn said(words: &str) -> Option<Option<Vec<String>>> {
    let is_plain =
        |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, ':' | ',');
    let opened = unopened(words);
    if !opened.chars().all(is_plain) {
        return None;
    }
    let is_opened = opened.len() < words.len();
    let words = words_of(opened);
    let roles: Vec<Role> = words.iter().map(|word| role(word)).collect::<Option<_>>()?;
    let first = *roles.first()?;
    let is_large = is_opened || words[0].starts_with(char::is_uppercase);
    let has = |wanted: Role| roles.contains(&wanted);
    let begins = matches!(first, Gives | Asks) && (is_large || has(Derivative));
    // A letter before the formula is a factor: `the derivative of a $x^2$`.
    let is_factor = words.last().is_some_and(|word| is_letter(word));
    let count =
        |wanted: &[Role]| roles.iter().filter(|role| wanted.contains(role)).count();
    if has(Other) || is_factor || count(&[Derives, Derivative]) > 1 {
        return None;
    }
    let at = roles.iter().rposition(|role| matches!(role, Derives | Derivative));
    let Some(at) = at else { return begins.then_some(None) };
    // What is differentiated stands behind it: `Given the derivative $2x$` asks for nothing.
    let is_of = |word: &&str| is_between(word, &OF, &[Sense::Of, Sense::Filler]);
    let is_preposition =
        |word: &&str| is_between(word, &OF[..PREPOSITIONS], &[Sense::Of]);
    let behind = &words[at + 1..];
    let repeats = behind
        .iter()
        .enumerate()
        .any(|(place, word)| is_preposition(word) && behind[..place].contains(word));
    // `Find the function that has the derivative of` asks for the contrary.
    let is_before = |word: &&str| {
        role(word) == Some(Asks) || is_between(word, &ARTICLES, &[Sense::Filler])
    };
    let is_asked = match roles[at] {
        _ if repeats || !words[..at].iter().all(is_before) => false,
        Derives => at == 0,
        // `find derivative x^2`.
        _ if behind.is_empty() => first == Asks,
        _ => behind.iter().any(is_preposition) && (begins || at == 0 || first == Fills),
    };
    (is_asked && !has(Gives) && behind.iter().all(is_of)).then(|| Some(Vec::new()))
}

/// `Differentiate x^2 with respect to x`: no marks stand around the formula.
fn unmarked(text: &str) -> Option<Task<'_>> {
    let is_end = |c: char| ENDS.contains(&c) || c == '?';
    let whole = text.trim_end_matches(is_end);
    let (body, names) = respect(whole).unwrap_or((whole, Vec::new()));
    let mut start = body.len() - unopened(body).len();
    // A letter is a factor.
    while let Some((word, rest)) = body[start..].split_once(' ')
        && word.chars().count() > 1
        && (role(word.trim_end_matches(':')).is_some() || is_ordinal(word))
    {
        start = body.len() - rest.trim_start().len();
    }
    let (words, formula) = body.split_at(start);
    let (asked, order) = asks(words)?;
    asked?;
    let names = repeated(names, order, formula)?;
    let is_usual = |name: &str| matches!(name, "x" | "y" | "z" | "t");
    let is_name = |word: &str| {
        let at = word.as_ptr() as usize - formula.as_ptr() as usize;
        word.is_empty()
            || is_letter(word)
            || function::is_name(word)
            || GREEK.iter().any(|row| row.0 == word)
            || formula[..at].ends_with('\\')
            || words::product(word, &is_usual).is_some()
    };
    let mut runs = formula.split(|c: char| !c.is_alphabetic());
    // A colon stands behind a question, too: `derivative of x^2: 2x`.
    let has_colon = formula.replace(":=", "").contains([':', '?']);
    let is_formula = !formula.is_empty()
        && second_part(formula, &|_| false).is_none()
        && !goes_on_with_sign(formula)
        && !has_colon
        && (runs.all(is_name) || language_of(formula, &Bytes::of(formula)).is_some());
    let is_latex = formula.contains('\\');
    let is_title = is_title(words);
    let asked = Some(Wanted::of(names));
    let task = Task { formula, is_latex, asked, is_title, asking: None };
    (is_formula && !formula.contains(['$', '`'])).then_some(task)
}

/// Whether what stands behind a word says that it is a name: `derive = x^2`, `derive + x`.
fn goes_on_with_sign(text: &str) -> bool {
    text.trim().is_empty()
        || text.starts_with(['=', '+', '*', '/', '^'])
        || text.starts_with("- ")
}

/// What stands before `with respect to x` in which a text ends, and the variables.
fn respect(text: &str) -> Option<(&str, Vec<String>)> {
    let text = text.trim_end_matches([' ', ':', ',']);
    // The variables stand behind a blank.
    if !text.contains(' ') {
        return None;
    }
    let mut words = RESPECT.into_iter().chain(language::respects());
    let (before, names) = words.find_map(|words| {
        let (before, names) = text.rsplit_once(words)?;
        let is_apart = before.is_empty() || before.ends_with([' ', ',']);
        (is_apart && names.starts_with(' ')).then_some((before, names))
    })?;
    let is_mark = |c: char| matches!(c, ' ' | '$' | '`' | '(' | ')' | '\\');
    let name = names.trim_matches(is_mark);
    // No derivative is asked for in a number.
    let is_number = matches!(name, "e" | "pi" | "π");
    let is_name = is_letter(name) || GREEK.iter().any(|row| row.0 == name);
    (is_name && !is_number)
        .then(|| (before.trim_end_matches([' ', ',']), vec![name.to_owned()]))
}

/// The words of a task beside a formula that is read as none.
pub(super) fn asking(text: &str) -> Option<Span> {
    in_front(text).or_else(|| inside(text)).or_else(|| {
        let (before, _) = respect(text).filter(|(before, _)| !before.is_empty())?;
        let behind = text[before.len()..].trim_start_matches([' ', ',']);
        Some(Span::new(text.len() - behind.len(), text.trim_end().len()))
    })
}

/// A word for a derivative with blanks around it, where no sign says that it is a name: `I need the
/// derivative of x^2`, `x^2 sin x derivative`, `gradient of x^2 y`.
fn inside(text: &str) -> Option<Span> {
    const LEAST: usize = 4;
    let is_operand = |c: char| c.is_alphanumeric() || matches!(c, '(' | '\\' | '$' | '√');
    let is_told =
        |c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '}' | ',' | '.');
    text.split([' ', ',', '.', ':']).find_map(|word| {
        if word.len() < LEAST {
            return None;
        }
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let end = start + word.len();
        let (before, behind) = (text[..start].trim_end(), text[end..].trim_start());
        let is_of = behind.starts_with("of ");
        let is_task = match role(word) {
            Some(Asks | Derives | Derivative) => before.ends_with(is_told),
            _ => is_of && NOUNS.contains(&word.to_lowercase().as_str()),
        };
        let goes_on = behind.is_empty() || behind.starts_with(is_operand);
        (is_task && goes_on).then(|| Span::new(start, end))
    })
}

fn in_front(text: &str) -> Option<Span> {
    let chinese = CHINESE[0][0];
    if text.trim_start().starts_with(chinese) {
        let start = text.len() - text.trim_start().len();
        return Some(Span::new(start, start + chinese.len()));
    }
    let mut start = text.len() - text.trim_start().len();
    let (mut word, mut rest) = text[start..].split_once([' ', ':'])?;
    let is_beside = BESIDE.contains(&word.to_lowercase().as_str());
    if is_beside {
        start = text.len() - rest.trim_start().len();
        (word, rest) = text[start..].split_once([' ', ':'])?;
    }
    let next = rest.split(' ').next().unwrap_or_default();
    let is_task = match role(word)? {
        Derives | Other => true,
        Gives | Asks if SPEAKERS.contains(&next) => false,
        Gives | Asks => word.starts_with(char::is_uppercase),
        Derivative => rest.starts_with(|c: char| c.is_alphabetic() || c == '\\'),
        Fills => false,
    };
    let goes_on = rest.trim_start().starts_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '(' | '\\' | '$' | '√')
    });
    (is_task && goes_on).then(|| Span::new(start, start + word.len()))
}
