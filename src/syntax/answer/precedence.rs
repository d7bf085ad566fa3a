//! Which part of a reply is its answer, by one rule of precedence: the last box wins over all
//! that stands behind it, then what is announced as the answer, then a derivative with its name
//! or a formula that begins the text, where nothing but remarks stands behind it. All else goes
//! on to what looks for a conclusion.

use super::super::literal::number;
use super::super::marks::{FENCES, unfenced};
use super::super::task::{is_quoted, restates};
use super::LONGEST;
use super::beside::{is_taken_back, last_sentence};
use super::boxes::{held, last_box};
use super::content::is_measure;
use super::copied::{behind_mark, behind_task, unexclaimed};
use super::label::Label;
use super::lines::are_rivals;
use super::prose::{Mark, unmarked};
use super::reply::{Says, is_word, leads, says};
use super::statements::condition;
use super::words::{CONCLUDING, is_prose, is_verb, spoken};
use crate::kernel::Number;

/// The part of a reply that is its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meant<'t> {
    /// That part, with what stands before it.
    pub(super) text: &'t str,
    /// What is said behind it.
    pub(super) behind: &'t str,
}

impl Meant<'_> {
    /// What to say of what was left out, where it has a formula in it.
    pub(super) fn note(&self) -> Option<String> {
        let is_formula = |c: char| c.is_ascii_digit() || "=$\\".contains(c);
        if self.behind == "!" {
            return Some("`!` is read as the end of the sentence".to_owned());
        }
        let is_told =
            self.behind.contains(is_formula) || differential(self.behind).is_some();
        is_told.then(|| "what stands behind the answer is left out".to_owned())
    }
}

/// What a block of a reply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It says that it is the answer.
    Announced,
    /// It says that the next one is.
    Opening,
    /// A derivative with its name, or of which words say that it is one.
    Named,
    /// A formula without words.
    Formula,
    /// It says something of another thing: of a place, of a derivative of another order.
    Elsewhere,
    /// It says something of what was said.
    Remark,
    /// Anything else.
    Other,
}

/// The most letters of a run that are a formula and no word.
const LONGEST_NAME: usize = 3;
/// Words with which a block begins that is a remark, whatever formula stands in it.
#[rustfmt::skip]
const REMARKS: [&str; 59] = [
    "note", "remark", "example", "for example", "for instance", "check", "checking", "verify",
    "verification", "we can verify", "we can check", "you can verify", "you can check",
    "to verify", "to check", "domain", "confidence", "time", "time taken", "rule", "rule used",
    "power rule", "the power rule", "explanation", "explain", "reason", "reasoning",
    "let me know", "the original function", "original function", "the given function",
    "the graph", "hope", "recall", "remember", "compare", "we used", "i used", "is there",
    "feel free", "grader", "chú ý", "lưu ý", "ghi chú", "giải thích", "kiểm tra", "thử lại",
    "ví dụ", "chẳng hạn", "注", "注意", "说明", "解释", "解析", "验证", "检验", "例如", "比如", "备注",
];
/// Words with which a remark begins, unless an answer stands behind them.
#[rustfmt::skip]
const ASIDES: [&str; 22] = [
    "here", "this", "that", "it", "these", "where", "with", "because", "since", "for all",
    "for every", "for any", "for each", "trong đó", "ở đây", "với", "vì", "其中", "这里", "对", "因为",
    "valid",
];
/// Words with which a sentence begins about a place or another thing.
const ELSEWHERE: [&str; 8] =
    ["at", "when", "the slope", "the tangent", "tại", "khi", "当", "在"];

/// The part of a reply that is its answer. `order` is that of the derivative that was asked
/// for, where that is known, and `other` what the answer is compared with where it is not.
///
/// # Errors
/// Says why it cannot be known which part that is.
pub(super) fn meant<'t>(
    text: &'t str,
    order: Option<usize>,
    other: &str,
) -> Result<Meant<'t>, String> {
    let whole = Meant { text, behind: "" };
    if restates(text) || is_quoted(text) {
        return Err("it repeats the question and gives no answer".to_owned());
    }
    let asked = order.map(|_| other);
    if let Some(text) = behind_task(text, asked).or_else(|| behind_mark(text)) {
        return meant(text, order, other);
    }
    if let Some(rest) = unexclaimed(text, order, other) {
        return meant(rest, order, other).map(|found| match found.behind {
            "" => Meant { behind: "!", ..found },
            _ => found,
        });
    }
    if text.len() > LONGEST || !text.contains('\n') && !text.contains("box") {
        return Ok(whole);
    }
    let split = |end: usize| {
        let behind = &text[end..];
        let is_whole = behind.trim().is_empty() || goes_on(behind);
        if is_whole { whole } else { Meant { text: alone(&text[..end]), behind } }
    };
    if let Some((from, to)) = last_box(text) {
        // Of a question that is known, the variable is.
        let may_go = |name: &str| has_name(other, name) && !has_name(other, "d");
        let differential = differential(&text[to..]).filter(|name| may_go(name));
        let found = match order.is_none() && differential.is_some() {
            true => Meant { text: &text[..to], behind: &text[to..] },
            false => split(behind_box(text, &text[to..])),
        };
        return match contradicts(&text[..to], from, &text[to..], order) {
            true => Err("a reply with a box and another answer beside it".to_owned()),
            false => Ok(found),
        };
    }
    let blocks = blocks(text);
    let end_of = |at: usize| {
        let block: &str = blocks[at];
        block.as_ptr() as usize - text.as_ptr() as usize + block.len()
    };
    let kinds: Vec<Kind> = blocks.iter().map(|block| kind(block, order)).collect();
    let is_announced = |at: usize| match kinds[at] {
        Kind::Announced => true,
        Kind::Formula | Kind::Named => at > 0 && kinds[at - 1] == Kind::Opening,
        _ => false,
    };
    if let Some(at) = (0..blocks.len()).rfind(|at| is_announced(*at)) {
        let is_list = blocks.get(at + 1).is_some_and(|next| lists(blocks[at], next));
        // `Answer: f(x) = x^2` begins a derivation.
        let is_given = value_of(blocks[at])
            .is_some_and(|label| label.arguments.is_some())
            && kinds[at + 1..].contains(&Kind::Named);
        if is_list || is_given {
            return Ok(whole);
        }
        let end = end_of(at);
        let (mark, inner) = unmarked(blocks[at]);
        let is_below = at > 0 && kinds[at - 1] == Kind::Opening;
        if is_below && may_be_minus(blocks[at]) {
            return Err("the sign before it may be a minus or that of a list".to_owned());
        }
        return Ok(match is_below && mark != Mark::None && !goes_on(&text[end..]) {
            true => Meant { text: inner, behind: &text[end..] },
            false => split(end),
        });
    }
    let is_aside = |kind: &Kind| matches!(kind, Kind::Remark | Kind::Elsewhere);
    let Some(at) = kinds.iter().rposition(|kind| !is_aside(kind)) else {
        return Ok(whole);
    };
    if are_rivals(&blocks[..at], blocks[at]) {
        return Err("a reply in which several lines may be the answer".to_owned());
    }
    let is_head = match kinds[at] {
        Kind::Named => true,
        // `2a = 10` and `a = 5`.
        Kind::Formula => {
            at == 0 && !(blocks[0].contains('=') && kinds.contains(&Kind::Elsewhere))
        }
        _ => false,
    };
    let found = split(end_of(at));
    if !is_head || found == whole {
        return Ok(whole);
    }
    let is_first = || blocks[at].to_lowercase().contains("first");
    match order.is_none() && kinds[at + 1..].contains(&Kind::Elsewhere) {
        true if is_first() => Ok(whole),
        true => Err("a reply in which several values may be the answer".to_owned()),
        false => Ok(found),
    }
}

/// Whether the sign before the formula of a block may be a minus, and that of a list: `- 2x`.
fn may_be_minus(block: &str) -> bool {
    let (mark, inner) = unmarked(block);
    mark == Mark::Bullet
        && block.starts_with(['-', '–'])
        && begins_formula(inner)
        && !inner.starts_with(['$', '*', '`'])
        && !FENCES.iter().any(|(open, _)| inner.starts_with(open))
        && !inner.contains('=')
}

/// A text that was cut off, without the sign of a list before it where it is one block.
fn alone(text: &str) -> &str {
    let (mark, inner) = unmarked(text.trim_start());
    if mark != Mark::None && blocks(text).len() == 1 { inner } else { text }
}

/// Whether what stands behind a box announces another answer, or the sentence before one that
/// stands alone does. `text` ends with the box, which begins at `from`.
fn contradicts(text: &str, from: usize, behind: &str, order: Option<usize>) -> bool {
    let (front, boxed) = text.split_at(from);
    let front = front.trim_end_matches(['$', ' ', '\n', '*', '\\', '[', '(']);
    // `The answer is 6. So \boxed{5}`.
    let own = last_sentence(front).trim();
    let is_led = CONCLUDING.contains(&own.to_lowercase().trim_end_matches(','));
    let front = if is_led { front[..front.len() - own.len()].trim_end() } else { front };
    let last = front.strip_suffix(['.', '!']).map(last_sentence);
    let held = held(boxed).last().copied().unwrap_or_default();
    let bare = |text: &str| -> String {
        let side = text.rsplit('=').next().unwrap_or(text);
        let is_sign = |c: char| c.is_alphanumeric() || "+-/^()[],.".contains(c);
        let bare: String = side.chars().filter(|c| is_sign(*c)).collect();
        bare.trim_end_matches('.').to_owned()
    };
    let is_same = |one: &str, other: &str| {
        one == other || value(one).is_some_and(|number| value(other) == Some(number))
    };
    let is_choice = |text: &str| text.contains(|c: char| c.is_ascii_uppercase());
    let sentences = blocks(behind).into_iter().flat_map(|block| block.split(". "));
    let sentences =
        sentences.map(|said| said.trim_start_matches(['.', '$', ' ', ',', '!']));
    sentences.chain(last).filter(|said| kind(said, order) == Kind::Announced).any(
        |block| {
            let formula = taken(plain(block)).1;
            let is_simple = |text: &str| {
                !text.contains('\\')
                    && !text.split(|c: char| !c.is_alphabetic()).any(|run| {
                        run.chars().count() > 1 && !crate::function::is_name(run)
                    })
            };
            is_simple(held)
                && is_simple(formula)
                && is_choice(held) == is_choice(formula)
                && !is_same(&bare(held), &bare(formula))
        },
    )
}

/// The number that a text is, `1/2` or `0.5`.
fn value(text: &str) -> Option<Number> {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let plain = above.strip_prefix('-');
    let below = number(below).ok()?.recip()?;
    let found = number(plain.unwrap_or(above)).ok()?.mul(&below);
    Some(if plain.is_some() { found.neg() } else { found })
}

/// The name in the differential behind a derivative: `\\boxed{2x} dx`.
fn differential(text: &str) -> Option<&str> {
    let text = text.trim_matches([' ', '$', '*', '.', '\n', '\\', ',', ')', ']']);
    let name = text.strip_prefix('d')?;
    (name.len() == 1 && name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .then_some(name)
}

/// Whether a letter may be a name in a text: it stands in no command, function or word.
pub(super) fn has_name(text: &str, name: &str) -> bool {
    text.split('\\').enumerate().any(|(at, piece)| {
        let command = piece.len() - piece.trim_start_matches(char::is_alphabetic).len();
        let piece = if at > 0 { &piece[command..] } else { piece };
        piece.split(|c: char| !c.is_alphabetic()).any(|run| {
            let may_be_product =
                run.chars().count() <= LONGEST_NAME && !crate::function::is_name(run);
            run == name || may_be_product && run.contains(name)
        })
    })
}

/// Where the text ends that a box closes: behind its dollars, and behind its line where no
/// equation of another name begins there.
fn behind_box(text: &str, behind: &str) -> usize {
    let line = behind.split('\n').next().unwrap_or_default();
    let rest = line.trim_start_matches(['$', ' ', '*']);
    let rest =
        ["\\]", "\\)"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let start = text.len() - behind.len() + (line.len() - rest.len());
    if line.starts_with([' ', '$', '*', '\\']) && is_comment(rest) {
        return start;
    }
    let inner = rest.trim_start_matches([',', ';', '(', ' ', '$']);
    let is_apart = rest.len() > inner.len() && rest.starts_with([',', ';', '(']);
    let names_other = Label::before(inner).is_some_and(|label| label.is_value());
    let holds_name = || {
        let inner = last_box(text).and_then(|(from, to)| text[from..to].split_once('='));
        let side = inner.and_then(|(side, _)| side.split_once('{'));
        side.and_then(|(_, side)| Label::read(side.trim()))
            .is_some_and(|label| label.is_value())
    };
    match is_apart && names_other && !holds_name() {
        true => start,
        false => {
            // What is set apart ends with the line in which its sign does.
            let lines = behind.split_inclusive('\n');
            let closing = |line: &&str| {
                let line = line.trim();
                line.is_empty()
                    || line.trim_matches(['$', '*', '.', '`', ' ']).is_empty()
                    || line.starts_with("\\]")
                    || line.starts_with("\\end")
            };
            let rest: usize = lines.skip(1).take_while(closing).map(str::len).sum();
            let first = behind.find('\n').map_or(behind.len(), |at| at + 1);
            text.len() - behind.len() + (first + rest).min(behind.len())
        }
    }
}

/// Whether what stands beside a box is words that are no factors, units or numbers.
fn is_comment(text: &str) -> bool {
    const SHORT: [&str; 2] = ["ok", "qed"];
    let words =
        text.trim_matches(['(', ')', ',', '.', '!', ' ', '*', '$']).to_lowercase();
    let is_said = |word: &str| {
        word.chars().count() > LONGEST_NAME && !crate::function::is_name(word)
            || SHORT.contains(&word)
            || is_word(word)
    };
    words.split(' ').all(is_said)
        && words.chars().all(|c| c.is_alphabetic() || c == ' ')
        && !is_measure(&words)
        && !says(&words, Says::Change)
        && !says(&words, Says::Denial)
        && crate::kernel::GREEK.iter().all(|row| row.0 != words)
}

/// Whether what stands behind an answer goes on with it, or takes it back.
fn goes_on(behind: &str) -> bool {
    let first = behind.trim_start_matches([' ', '\n', '$', '&', '\\']);
    let begins = first.starts_with(['=', '+', '*', '/', '^', '·', '×', '≈'])
        && !first.starts_with("* ")
        && !(first.starts_with('*') && first[1..].contains('*'));
    let is_condition = || {
        let line = first.lines().next().unwrap_or_default();
        says(line.split(['$', ' ']).next().unwrap_or_default(), Says::Where)
            && condition(line)
    };
    begins || says(behind, Says::Denial) || is_taken_back(behind) || is_condition()
}

/// The label of a block that names a value.
fn value_of(block: &str) -> Option<Label> {
    let (_, formula) = taken(plain(block));
    let (side, _) = formula.split_once('=')?;
    Label::read(side.trim_matches([' ', ':', '$', '*'])).filter(Label::is_value)
}

/// Whether two blocks are entries of one list: `x = 5` and `y = 6`, `a) 5` and `b) 6`.
pub(super) fn lists(block: &str, next: &str) -> bool {
    let is_marked = unmarked(next).0 == Mark::Number
        || next.trim_start_matches('(').chars().nth(1) == Some(')');
    let is_named = match [block, next].map(value_of) {
        [Some(one), Some(other)] => one.function != other.function,
        _ => false,
    };
    is_marked && kind(next, None) != Kind::Remark || is_named
}

/// The blocks of a text: its lines, and formulas that are set apart as a whole.
pub(super) fn blocks(text: &str) -> Vec<&str> {
    const OPEN: [(&str, &str); 3] = [("\\[", "\\]"), ("\\begin", "\\end"), ("$$", "```")];
    let mut found = Vec::new();
    let (mut start, mut at) = (None, 0);
    let mut counts = [0_isize; 4];
    for line in text.split_inclusive('\n') {
        let from = *start.get_or_insert(at);
        at += line.len();
        for (place, (open, close)) in OPEN.iter().enumerate() {
            let count = |sign: &str| line.matches(sign).count().cast_signed();
            match place {
                2 => {
                    counts[2] += count(open);
                    counts[3] += count(close);
                }
                _ => counts[place] += count(open) - count(close),
            }
        }
        let is_open = counts[0] > 0 || counts[1] > 0 || (counts[2] | counts[3]) & 1 == 1;
        if !is_open || at == text.len() {
            let block = text[from..at].trim();
            found.extend((!block.is_empty()).then_some(block));
            start = None;
        }
    }
    found
}

/// A block without the signs of lists, headings and quotations around it.
pub(super) fn plain(block: &str) -> &str {
    let block = unmarked(block.trim_start_matches(['#', '>', ' '])).1;
    block.trim_matches(['*', '_', ' ', '(', '.'])
}

/// The words before the formula of a block, and the formula with all behind it.
fn taken(block: &str) -> (&str, &str) {
    let fence = FENCES.iter().filter_map(|(open, _)| block.find(open)).min();
    let fence = fence.into_iter().chain(block.find('`')).min();
    let colon = block.find(':').map(|at| at + 1);
    let mut at = 0;
    let verb = block.split_inclusive([' ', '是', '为']).find_map(|word| {
        at += word.len();
        let is_verb = is_verb(word.trim())
            || matches!(word.trim(), "là" | "bằng")
            || word.ends_with(['是', '为']);
        (is_verb && begins_formula(&block[at..])).then_some(at)
    });
    // A formula between dollars begins where they do.
    let end = [fence, colon, verb].into_iter().flatten().min();
    match end {
        Some(end) => block.split_at(end),
        None => ("", block),
    }
}

/// Whether a formula begins here, and no word.
pub(super) fn begins_formula(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '*', ':', '`', '\n', '"', '(']);
    let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let count = word.chars().count();
    let may_be_name = count <= LONGEST_NAME || crate::function::is_name(word);
    !text.is_empty() && (count == 1 || may_be_name && !is_word(word))
}

/// Whether a text begins with one of some words.
fn begins(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let rest = text.strip_prefix(word);
        rest.is_some_and(|rest| {
            !word.is_ascii() && !word.contains(' ') && word.chars().count() < 3
                || !rest.starts_with(char::is_alphabetic)
        })
    })
}

fn kind(block: &str, order: Option<usize>) -> Kind {
    // `#### 42`.
    let is_marked = block.starts_with("####");
    let block = plain(block);
    if !block.contains(char::is_alphanumeric) {
        return Kind::Remark;
    }
    if is_marked {
        return Kind::Announced;
    }
    let (head, rest) = taken(block);
    let lower = block.to_lowercase();
    if says(head, Says::Denial) {
        return Kind::Other;
    }
    let is_past =
        begins(lower.rsplit_once("answer ").map_or("", |(_, rest)| rest), &["was"]);
    if is_past {
        return Kind::Other;
    }
    let says_answer =
        says(head, Says::Answer) || rest.len() == block.len() && is_title(&lower);
    if says_answer && !begins_formula(rest) || is_title(&lower) {
        return if is_title(&lower) { Kind::Opening } else { Kind::Other };
    }
    if says_answer && leads(head) && !says(head, Says::Change) {
        return Kind::Announced;
    }
    let formula = rest.trim_start_matches([' ', '*', ':', '`']);
    let formula = match FENCES.iter().find(|(open, _)| formula.starts_with(open)) {
        Some((open, close)) => {
            let inner = &formula[open.len()..];
            inner.find(close).map_or(inner, |end| &inner[..end])
        }
        None => unfenced(formula),
    };
    let side = formula.split_once('=').map(|(side, _)| side.trim());
    let label = side.and_then(Label::read).filter(|label| !label.is_value());
    let is_number = |text: &str| !text.contains(char::is_alphabetic);
    let is_at = |label: &Label| label.arguments.as_deref().is_some_and(is_number);
    let is_part = |label: &Label| {
        label
            .function
            .as_deref()
            .is_some_and(|name| matches!(name, "u" | "v" | "w" | "g"))
    };
    let is_other = |own: Option<usize>| own.is_some_and(|own| own != order.unwrap_or(1));
    let spoken_order = spoken(head).and_then(|label| label.order);
    let is_firm = begins(&lower, &REMARKS);
    let is_loose = begins(&lower, &ASIDES)
        && !leads(head)
        && !says(block, Says::Conclusion)
        && !condition(block);
    if is_firm || is_loose {
        let is_named = label.is_some_and(|label| {
            !is_at(&label) && !is_part(&label) && label.operand.is_none()
        });
        return if is_named { Kind::Other } else { Kind::Remark };
    }
    if begins(&lower, &ELSEWHERE) {
        return Kind::Elsewhere;
    }
    if let Some(label) = label {
        let is_alone = head.is_empty() || says(head, Says::Derivative);
        let concludes = says(rest, Says::Conclusion);
        return match () {
            () if is_at(&label) || is_part(&label) || concludes => Kind::Other,
            () if is_other(label.order) && order.is_some() => Kind::Other,
            () if is_alone || says(head, Says::Conclusion) => Kind::Named,
            () => Kind::Other,
        };
    }
    if says(head, Says::Derivative) && leads(head) && side.is_none() {
        return if is_other(spoken_order) { Kind::Elsewhere } else { Kind::Named };
    }
    if is_prose(unmarked(block).1) {
        return Kind::Remark;
    }
    let has_words = block.split(|c: char| !c.is_alphabetic()).any(is_word);
    let is_value = |label: Label| label.is_value() && label.arguments.is_none();
    let names_value = side.and_then(Label::read).is_some_and(is_value);
    match head.is_empty() && !has_words {
        // `u = 2x` behind `f'(x) = 3x` may be the answer, where nothing says what is asked.
        true if names_value && order.is_none() && formula.matches('=').count() == 1 => {
            Kind::Elsewhere
        }
        true => Kind::Formula,
        false => Kind::Other,
    }
}

/// Whether a block is the title of the answer: `Final answer:`.
fn is_title(lower: &str) -> bool {
    const LONGEST_TITLE: usize = 4;
    let title = lower.trim_end_matches([':', '*', ' ', '.']);
    let words = || title.split_whitespace();
    !title.contains(|c: char| !c.is_alphabetic() && c != ' ')
        && words().count() <= LONGEST_TITLE
        && says(title, Says::Answer)
        && !says(title, Says::Denial)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn one_part_is_the_answer() {
        let rows = [
            ("$\\boxed{3x}$\n\nu = 2x", "$\\boxed{3x}$"),
            ("\\boxed{2x}, f(x) = x^2", "\\boxed{2x}"),
            ("\\boxed{x = 1}, y = 2", "\\boxed{x = 1}, y = 2"),
            ("Answer: 5\n\nn = 6", "Answer: 5"),
            ("Answer:\nx = 5\ny = 6", "Answer:\nx = 5\ny = 6"),
            ("**Final answer:**\n$$2x$$\nu = x", "**Final answer:**\n$$2x$$"),
            ("Answer: 5\n\nWait, no: 6", "Answer: 5\n\nWait, no: 6"),
            ("Answer: 5\n= 6", "Answer: 5\n= 6"),
            ("f'(x) = 2x\n\nHere $n = 2$.", "f'(x) = 2x"),
            ("f'(x) = x + x\n2x", "f'(x) = x + x\n2x"),
            (
                "The derivative is $2x$.\nSo $x = 0$.",
                "The derivative is $2x$.\nSo $x = 0$.",
            ),
            ("Answer: f(x) = x^2\nf'(x) = 2x", "Answer: f(x) = x^2\nf'(x) = 2x"),
            ("Answer: 5\n#### 6", "6"),
            ("Đáp án: $2x$\n\nTrong đó $n=2$.", "Đáp án: $2x$"),
        ];
        for (text, expected) in rows {
            let found = meant(text, None, "").map(|found| found.text.trim_end());
            assert_eq!(found, Ok(expected), "{text}");
        }
        assert!(meant("f'(x) = 2x\n\nAt $x = 1$ it is $2$.", None, "").is_err());
    }
}
