//! What stands behind a formula and is no part of it: a condition, a unit, `dx`.

use super::super::lexer::CONDITIONAL;
use super::beside::{first_sentence, inside_out, last_sentence};
use super::content::nearly;
use super::limit::limit;
use super::outline::{Piece, Sign, mate, outline};
use super::prose::is_reason;
use super::statements::{condition, without_gaps};
use super::words::is_prose;

/// Words with which a condition begins, beside those that begin it in LaTeX.
const IF: [&str; 2] = ["valid", "on"];
/// Words of remarks in brackets that say nothing of the value.
#[rustfmt::skip]
const REMARKS: [&str; 14] = [
    "power", "chain", "product", "quotient", "sum", "difference", "rule", "rules", "final",
    "answer", "simplified", "correct", "derivative", "done",
];
/// Words that stand between those; alone they are letters side by side.
const JOINING: [&str; 4] = ["by", "the", "using", "and"];
/// The longest unit in bytes.
const LONGEST_UNIT: usize = 100;
/// Units that stand behind a quantity, and what joins them.
const UNITS: [&str; 42] = [
    "m", "s", "kg", "g", "cm", "mm", "km", "nm", "ms", "min", "h", "N", "J", "W", "K",
    "Pa", "Hz", "V", "mol", "rad", "kW", "kJ", "MJ", "kN", "kPa", "ft", "in", "mi", "lb",
    "mL", "ml", "meter", "meters", "metres", "seconds", "second", "units", "unit",
    "dollars", "mg", "mph", "per",
];

/// A formula without what stands behind it, the variable of a differential among that, and
/// what to say of it.
pub(super) fn without<'t>(
    text: &'t str,
    is_name: &dyn Fn(&str) -> bool,
) -> (&'t str, Option<&'t str>, Vec<String>) {
    let (mut rest, mut said, mut variable) = (text, Vec::new(), None);
    let left_out = |rest: &'t str, shorter: &str| without_gaps(&rest[shorter.len()..]);
    if let Some(shorter) = unremarked(rest, is_name) {
        said.push(format!("`{}` is left out", left_out(rest, shorter)));
        rest = shorter;
    }
    if let Some(shorter) = unconditional(rest) {
        said.push(format!("the condition `{}` is left out", left_out(rest, shorter)));
        rest = shorter;
    }
    if let Some(decimal) = nearly(rest) {
        said.push("the sign before the decimals says that they are rounded".to_owned());
        rest = decimal;
    }
    if let Some(shorter) = unapproximated(rest) {
        said.push(format!("the approximation `{}` is left out", left_out(rest, shorter)));
        rest = shorter;
    }
    if let Some(shorter) = measureless(rest, is_name) {
        said.push(format!("the unit `{}` is left out", left_out(rest, shorter)));
        rest = shorter;
    }
    if let Some((shorter, name)) = undifferential(rest, is_name) {
        said.push(format!("the differential `d{name}` is left out"));
        (rest, variable) = (shorter, Some(name));
    }
    (rest, variable, said)
}

/// Whether a text is a condition and nothing else: it begins with a word such as `for`, or is
/// a comparison without such a word.
pub(super) fn is_condition(text: &str) -> bool {
    let pieces = outline(text);
    let first = pieces.iter().find(|piece| piece.sign != Sign::Gap);
    let begins = first
        .is_some_and(|first| says_if(first) && text[..first.start].trim().is_empty());
    let is_bracket = pieces.first().is_some_and(|p| p.sign == Sign::Open && p.start == 0)
        && mate(&pieces, 0).is_some_and(|at| pieces[at].end == text.len());
    let is_compared = pieces.iter().any(|p| p.sign == Sign::Relation && p.depth == 0);
    condition(text)
        && (begins || (is_compared || is_bracket) && !pieces.iter().any(says_if))
}

/// What stands before a condition.
pub(super) fn unconditional(text: &str) -> Option<&str> {
    const SIGNS: [&str; 12] =
        ["<", ">", "≤", "≥", "≠", "∈", "!=", "\\l", "\\g", "\\n", "\\in", "for"];
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let pieces = outline(text);
    // Cases are no conditions.
    let words = |piece: &Piece<'_>| match piece.sign {
        Sign::Word | Sign::Words => piece.text.to_lowercase(),
        _ => String::new(),
    };
    let is_case = |piece: &Piece<'_>| {
        let words = words(piece);
        words.contains("else") || words.contains("otherwise")
    };
    let cases = pieces.iter().filter(|piece| {
        let words = words(piece);
        words.split_whitespace().any(|word| matches!(word, "if" | "for" | "when"))
    });
    if pieces.iter().any(is_case) || cases.count() > 1 {
        return None;
    }
    let begins = |piece: &Piece<'_>| piece.depth == 0 && says_if(piece);
    let is_general = |piece: &Piece<'_>| says_all(&text[piece.start..]);
    let is_said = |at: &usize| {
        let piece = &pieces[*at];
        begins(piece) && (condition(&text[piece.start..]) || is_general(piece))
    };
    let at = (0..pieces.len()).find(is_said).or_else(|| {
        // `1/x (x > 0)`.
        let open = pieces.iter().rposition(|p| p.sign == Sign::Open && p.depth == 0)?;
        let close = pieces[mate(&pieces, open)?];
        let holds = &text[pieces[open].end..close.start];
        let is_apart = open > 0
            && pieces[open - 1].sign == Sign::Gap
            && pieces[open - 1].end == pieces[open].start;
        let is_said = condition(holds) || says_all(holds);
        (is_apart && close.end == text.len() && is_said).then_some(open)
    })?;
    // Behind a comma stands another condition, and no other answer.
    let mut from = pieces[at].start;
    let commas = pieces[at..].iter().filter(|p| p.sign == Sign::Comma && p.depth == 0);
    for end in commas.map(|comma| comma.start).chain([text.len()]) {
        let part = &text[from..end];
        if !condition(part) && !says_all(part) && !is_prose(part) {
            return None;
        }
        from = (end + 1).min(text.len());
    }
    let rest = without_gaps(&text[..pieces[at].start]);
    (!rest.is_empty()).then_some(rest)
}

/// What stands beside a part of a text in its sentence and compares with signs of order.
pub(super) fn bounds_beside<'t>(text: &'t str, part: &str) -> Option<&'t str> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let (before, behind) = (text.get(..start)?, text.get(start + part.len()..)?);
    let said = match behind.starts_with(". ") {
        true => "",
        false => first_sentence(inside_out(behind)),
    };
    let sides = [said, last_sentence(before)];
    let is_order = |piece: &Piece<'_>| {
        const OTHERS: [&str; 7] = ["\\in", "∈", "!=", "≠", "\\ne", "\\neq", "\\not"];
        piece.sign == Sign::Relation
            && !OTHERS.iter().any(|sign| piece.text.trim().starts_with(sign))
    };
    let mut parts = sides.into_iter().flat_map(|said| said.split(','));
    let found = parts.find(|said| outline(said).iter().any(is_order))?;
    let found = found.trim_matches([' ', ',', '.', '$', '(', ')']);
    let mut words = IF.iter().chain(&CONDITIONAL);
    let bounds = words.find_map(|word| found.strip_prefix(word)?.strip_prefix(' '));
    Some(bounds.unwrap_or(found).trim_matches([' ', '$']))
}

/// Whether a piece begins with a word with which a condition does.
fn says_if(piece: &Piece<'_>) -> bool {
    let words = piece.text.trim().to_lowercase();
    let first = words.split_whitespace().next().unwrap_or_default();
    let is_word = matches!(piece.sign, Sign::Word | Sign::Words);
    is_word && (IF.contains(&first) || CONDITIONAL.contains(&first))
}

/// Whether words say that something holds for all, or for what lies in a set.
fn says_all(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
    words.contains(&"for")
        && words
            .iter()
            .any(|word| matches!(*word, "all" | "any" | "every" | "each" | "in"))
}

/// What stands before words in brackets, `3x^2 (power rule)`, or before a reason, `3x^2 by the
/// power rule`.
pub(super) fn unremarked<'t>(
    text: &'t str,
    is_name: &dyn Fn(&str) -> bool,
) -> Option<&'t str> {
    let pieces = outline(text);
    let reason = pieces.iter().find(|piece| {
        piece.depth == 0
            && piece.sign == Sign::Word
            && !is_name(piece.text)
            && is_reason(piece.text)
            && is_prose(&text[piece.start..])
            && text[piece.start..].trim().contains(' ')
    });
    if let Some(reason) = reason.filter(|reason| reason.start > 0) {
        return Some(without_gaps(&text[..reason.start]));
    }
    let is_remark = |word: &str| REMARKS.contains(&word.to_lowercase().as_str());
    let is_said =
        |word: &str| is_remark(word) || JOINING.contains(&word.to_lowercase().as_str());
    // `\text{ (by the power rule)}`.
    if let Some(last) =
        pieces.last().filter(|p| p.sign == Sign::Words && p.end == text.len())
    {
        let inner = last.text.trim().strip_prefix('(').and_then(|s| s.strip_suffix(')'));
        let rest = without_gaps(&text[..last.start]);
        let is_remark = inner.is_some_and(|inner| inner.split_whitespace().all(is_said));
        return (is_remark && !rest.is_empty()).then_some(rest);
    }
    let open = pieces.iter().rposition(|p| p.sign == Sign::Open && p.depth == 0)?;
    let close = pieces[mate(&pieces, open)?];
    let holds = spoken(&text[pieces[open].end..close.start]);
    let words: Vec<&str> = holds.split_whitespace().collect();
    let is_remark = close.end == text.len()
        && words.iter().any(|word| is_remark(word))
        && words.iter().all(|word| is_said(word) && !is_name(word));
    let rest = without_gaps(&text[..pieces[open].start]);
    (is_remark && !rest.is_empty()).then_some(rest)
}

/// The words of `\text{power rule}`, or a text that is nothing of the kind.
fn spoken(text: &str) -> &str {
    match &outline(text)[..] {
        [only] if only.sign == Sign::Words && only.end == text.len() => only.text,
        _ => text,
    }
}

/// What stands before the decimals that are nearly the same: `\frac13 \approx 0.333`.
fn unapproximated(text: &str) -> Option<&str> {
    let pieces = outline(text);
    let at = pieces.iter().find(|piece| piece.sign == Sign::Like && piece.depth == 0)?;
    let rest = without_gaps(&text[..at.start]);
    let behind = &text[at.end..];
    let is_decimal =
        behind.contains('.') && behind.contains(|c: char| c.is_ascii_digit());
    (at.text != "==" && is_decimal && !rest.is_empty()).then_some(rest)
}

/// What stands before a unit in upright letters of LaTeX: `\frac{\text{m}}{\text{s}}`.
fn upright<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    const SIGNS: [&str; 12] = [
        "\\text", "\\mathrm", "\\frac", "\\dfrac", "\\tfrac", "\\,", "\\;", "\\cdot",
        "\\ ", "{", "}", "~",
    ];
    let mut found = None;
    for (at, _) in text.match_indices('\\') {
        let unit = &text[at..];
        let begins = ["\\text{", "\\mathrm{", "\\frac{", "\\dfrac{", "\\tfrac{"];
        let is_upright = unit.contains("\\text{") || unit.contains("\\mathrm{");
        if is_upright && begins.iter().any(|sign| unit.starts_with(sign)) {
            found = Some((at, unit));
            break;
        }
    }
    let (at, unit) = found?;
    let unbraced = unit.replace("}^", "^").replace("^{", "^");
    let plain = SIGNS.iter().fold(unbraced, |text, sign| text.replace(sign, " "));
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = without_gaps(&text[..at]);
    let is_short = unit.len() < LONGEST_UNIT && closes_its_own(&outline(text), at);
    (is_short && is_unit(&plain, is_name) && !rest.is_empty()).then_some(rest)
}

/// What stands before a unit: letters behind a blank, or upright ones.
pub(super) fn measureless<'t>(
    text: &'t str,
    is_name: &dyn Fn(&str) -> bool,
) -> Option<&'t str> {
    // The last letter is what a limit is taken of.
    if limit(text).is_some() {
        return None;
    }
    let pieces = outline(text);
    if let Some(last) =
        pieces.last().filter(|p| p.sign == Sign::Words && p.end == text.len())
    {
        let rest = without_gaps(&text[..last.start]);
        return (is_unit(last.text.trim(), is_name) && !rest.is_empty()).then_some(rest);
    }
    if let Some(rest) = upright(text, is_name) {
        return Some(rest);
    }
    // `2x\,m/s`.
    let gap = pieces.iter().rev().find(|p| p.sign == Sign::Gap && p.depth == 0);
    if let Some(gap) = gap
        && let rest = without_gaps(&text[..gap.start])
        && rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '}'))
        && gap.text.starts_with('\\')
        && is_unit(text[gap.end..].trim(), is_name)
    {
        return Some(rest);
    }
    let mut at = text.rfind([' ', '\u{a0}'])?;
    if pieces.iter().any(|p| p.sign == Sign::Words && p.start < at && at < p.end) {
        return None;
    }
    // `meters per second` is one unit.
    let mut from = at;
    while let Some(before) = text[..from].rfind(' ')
        && UNITS.contains(&text[before..from].trim())
    {
        from = before;
        if is_unit(text[from..].trim(), is_name) {
            at = from;
        }
    }
    let (rest, unit) = text.split_at(at);
    let in_brackets = |open, close| unit.trim().strip_prefix(open)?.strip_suffix(close);
    let unit = in_brackets('(', ')').or_else(|| in_brackets('[', ']')).unwrap_or(unit);
    let rest = without_gaps(rest);
    let is_whole =
        rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '}'));
    let is_apart = closes_its_own(&pieces, at);
    (is_whole && is_apart && is_unit(unit.trim(), is_name)).then_some(rest)
}

/// Whether no bracket that opens before a place closes behind it.
fn closes_its_own(pieces: &[Piece<'_>], at: usize) -> bool {
    let mut depth = 0usize;
    pieces.iter().filter(|piece| piece.start >= at).all(|piece| match piece.sign {
        Sign::Open | Sign::Begin => {
            depth += 1;
            true
        }
        Sign::Close | Sign::End => match depth.checked_sub(1) {
            Some(less) => {
                depth = less;
                true
            }
            None => false,
        },
        _ => true,
    })
}

/// Whether a text is a unit: `m/s^2`, and none of its letters a variable.
fn is_unit(text: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    let mut parts = text.split(['/', '*', '·', ' ']);
    !text.is_empty()
        && parts.all(|part| {
            let name = part.trim_end_matches(|c: char| {
                c.is_ascii_digit() || matches!(c, '^' | '{' | '}' | '²' | '³' | '-')
            });
            UNITS.contains(&name) && !is_name(name)
        })
        && text.contains(|c: char| c.is_alphabetic())
}

/// What stands before a differential in a variable, and the variable: `2x dx`, `2x\,dx`.
pub(super) fn undifferential<'t>(
    text: &'t str,
    is_name: &dyn Fn(&str) -> bool,
) -> Option<(&'t str, &'t str)> {
    let pieces = outline(text);
    let last = pieces.last().filter(|p| p.sign == Sign::Word && p.end == text.len())?;
    // `2x\,\mathrm{d}x`.
    let is_upright = |piece: &&Piece<'_>| piece.sign == Sign::Words && piece.text == "d";
    let mut upright = pieces.iter().filter(is_upright);
    if let (Some(sign), None) = (upright.next(), upright.next())
        && sign.end == last.start
        && let rest = without_gaps(&text[..sign.start])
        && is_name(last.text)
        && !rest.is_empty()
    {
        return Some((rest, last.text));
    }
    let at = last.text.rfind('d')?;
    let name = &last.text[at + 1..];
    // What the question calls `d` or `dx` is itself.
    if name.is_empty() || is_name(last.text) {
        return None;
    }
    // `2xdx`: letters before it are factors.
    let front = &last.text[..at];
    let is_run = !front.is_empty() && front.chars().all(|c| is_name(&c.to_string()));
    let before = pieces.len().checked_sub(2).map(|place| pieces[place]);
    let is_apart = front.is_empty()
        && (text[..last.start].ends_with('*')
            || before.is_some_and(|p| p.sign == Sign::Gap && p.end == last.start));
    let rest = without_gaps(text[..last.start + at].trim_end_matches('*'));
    // `2xy dx + x^2 dy` has a differential in each term.
    let is_other = |p: &Piece<'_>| {
        p.sign == Sign::Word && p.text.strip_prefix('d').is_some_and(is_name)
    };
    let is_alone = pieces.iter().filter(|piece| is_other(piece)).count() < 2;
    let is_differential =
        (is_apart || is_run) && is_name(name) && !rest.is_empty() && is_alone;
    is_differential.then_some((rest, name))
}

/// Whether differentials in several variables stand in an equation: `2x dx = -2y dy`.
pub(super) fn has_differentials(text: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    let pieces = outline(text);
    let name = |piece: &Piece<'_>| {
        let at = piece.text.rfind('d').filter(|_| piece.sign == Sign::Word)?;
        let (front, name) = (&piece.text[..at], &piece.text[at + 1..]);
        let is_run = front.chars().all(|c| is_name(&c.to_string()));
        let is_own = is_run && is_name(name) && !is_name(piece.text);
        is_own.then(|| name.to_owned())
    };
    let mut names: Vec<String> = pieces.iter().filter_map(name).collect();
    names.sort();
    names.dedup();
    names.len() > 1
}
