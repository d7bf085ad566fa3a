//! Derivatives that stand in a formula and are still to be taken: `(x^2)'`, `d/dx(x^2)`, `u'`.

use super::grammar::{Grammar, Rule};
use super::label::{Label, primes};
use super::outline::{Sign, mate, outline};
use crate::function;
use pest::Parser;

/// The longest formula in which such derivatives are looked for, in bytes.
const LONGEST: usize = 1 << 12;

/// A derivative that stands in a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inert<'t> {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What is to be differentiated.
    pub of: Undone<'t>,
    /// The variables, one for each differentiation; empty where they are not said.
    pub wrt: Vec<String>,
    /// How often it is differentiated.
    pub order: usize,
    /// The name in brackets behind it, as in `h'(g)`.
    pub argument: Option<String>,
}

/// What is still to be differentiated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone<'t> {
    /// A formula.
    Formula(&'t str),
    /// What a name stands for; the derivative may begin inside of a run of letters.
    Name(String),
}

/// How far `d/dx` reaches without brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To the end of the term.
    Term,
    /// To the next sign of multiplication.
    Factor,
}

/// The derivatives that stand in a formula, in order; those inside of others are left out.
pub fn inert<'t>(
    text: &'t str,
    reach: Reach,
    is_name: &dyn Fn(&str) -> bool,
) -> Vec<Inert<'t>> {
    if text.len() > LONGEST
        || !text.contains(['d', 'D', '∂', '\'', '′', '’', '″', '‴', '`', '´'])
            && !text.contains("\\prime")
            && !text.contains("\\partial")
    {
        return Vec::new();
    }
    let Ok(pairs) = Grammar::parse(Rule::marks, text) else { return Vec::new() };
    let mut found: Vec<Inert<'t>> = Vec::new();
    for pair in pairs.flat_map(|pair| pair.into_inner()) {
        let span = pair.as_span();
        let place = (span.start(), span.end());
        found.extend(match pair.as_rule() {
            Rule::mark => marked(text, place, reach),
            Rule::bent => bent(text, place, is_name),
            Rule::stroke => stroked(text, place),
            _ => None,
        });
    }
    found.sort_by_key(|inert| (inert.start, std::cmp::Reverse(inert.end)));
    let mut end = 0;
    found.retain(|inert| {
        let is_apart = inert.start >= end;
        end = end.max(inert.end);
        is_apart
    });
    found
}

/// `dy/dx`, `d(x^2)/dx`, or `d/dx` with what stands behind it.
fn marked(text: &str, (start, end): (usize, usize), reach: Reach) -> Option<Inert<'_>> {
    let sign = &text[start..end];
    let inner = sign.strip_prefix('(').and_then(|sign| sign.strip_suffix(')'));
    let inner = inner.unwrap_or(sign);
    let label = Label::read(inner)?;
    let order = label.order.unwrap_or(1);
    let wrt = label.wrt;
    if let Some(name) = label.function {
        let of = Undone::Name(name);
        return Some(Inert { start, end, of, wrt, order, argument: None });
    }
    if let Some(operand) = label.operand {
        let at = inner.find(&operand)?;
        let of = Undone::Formula(&inner[at..at + operand.len()]);
        return Some(Inert { start, end, of, wrt, order, argument: None });
    }
    let operand = operand(text, end, reach)?;
    let behind = operand.as_ptr() as usize - text.as_ptr() as usize + operand.len();
    let of = Undone::Formula(operand);
    Some(Inert { start, end: behind, of, wrt, order, argument: None })
}

/// What stands behind `d/dx` and belongs to it.
fn operand(text: &str, from: usize, reach: Reach) -> Option<&str> {
    let rest = &text[from..];
    let pieces = outline(rest);
    let at = pieces.iter().position(|piece| piece.sign != Sign::Gap);
    let gap = at.map_or(0, |at| match at.checked_sub(1) {
        Some(last) => pieces[last].end,
        None => 0,
    });
    let begun = &rest[gap..];
    let opens =
        at.filter(|at| pieces[*at].sign == Sign::Open && pieces[*at].start == gap);
    if let Some(at) = opens {
        let end = pieces[mate(&pieces, at)?].end;
        let power = power(&rest[end..]);
        return Some(rest[gap..end + power].trim());
    }
    let mut depth = 0usize;
    let mut last = '^';
    let mut end = begun.len();
    for (at, c) in begun.char_indices() {
        let is_sign = matches!(c, '+' | '-' | '−' | '±')
            && !matches!(last, '^' | '*' | '/' | '·' | '(' | '{' | '[');
        let is_times = matches!(c, '*' | '·' | '×')
            || begun[at..].starts_with("\\cdot")
            || begun[at..].starts_with("\\times");
        let is_end = is_sign
            || matches!(c, '=' | ',' | ';' | '&')
            || is_times && reach == Reach::Factor;
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => {
                end = at;
                break;
            }
            ')' | ']' | '}' => depth -= 1,
            _ if depth == 0 && is_end => {
                end = at;
                break;
            }
            _ => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    let found = begun[..end].trim();
    let found = found.strip_suffix("\\right").unwrap_or(found).trim_end();
    (!found.is_empty()).then_some(found)
}

/// The length of an exponent with which a text begins.
fn power(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('^') else { return 0 };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        return 1 + digits;
    }
    let pieces = outline(rest);
    let is_open = pieces.first().is_some_and(|p| p.sign == Sign::Open && p.start == 0);
    match is_open.then(|| mate(&pieces, 0)).flatten() {
        Some(close) => 1 + pieces[close].end,
        None => 0,
    }
}

/// `(x^2)'`, with the function before the bracket.
fn bent<'t>(
    text: &'t str,
    (start, end): (usize, usize),
    is_name: &dyn Fn(&str) -> bool,
) -> Option<Inert<'t>> {
    let pieces = outline(text);
    let close = pieces.iter().position(|p| p.sign == Sign::Close && p.start == start)?;
    let depth = pieces[close].depth;
    let opens = |at: &usize| pieces[*at].sign == Sign::Open && pieces[*at].depth == depth;
    let open = (0..close).rfind(opens)?;
    let order = primes(&text[pieces[close].end..end]);
    let bracket = pieces[open].start;
    let inner = text[pieces[open].end..pieces[close].start].trim();
    let inert = |start, of| {
        Some(Inert { start, end, of, wrt: Vec::new(), order, argument: None })
    };
    if let Some(start) = function_before(&text[..bracket]) {
        return inert(start, Undone::Formula(&text[start..pieces[close].end]));
    }
    // `u(x)'`.
    let run = &text[..bracket];
    let run = &run[run.trim_end_matches(char::is_alphabetic).len()..];
    let is_argument = is_name(inner) && !run.is_empty();
    if let Some(last) =
        run.chars().next_back().filter(|c| is_argument && !is_name(&c.to_string()))
        && !is_name(run)
    {
        return inert(bracket - last.len_utf8(), Undone::Name(last.to_string()));
    }
    inert(bracket, Undone::Formula(inner))
}

/// Where the name of a function begins that ends a text, with an exponent behind it or not.
fn function_before(text: &str) -> Option<usize> {
    let bare =
        text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '{' | '}'));
    let text = bare.strip_suffix('^').unwrap_or(text);
    let start = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let at = (start..text.len())
        .find(|at| text.len() - at > 1 && function::is_name(&text[*at..]))?;
    Some(if text[..at].ends_with('\\') { at - 1 } else { at })
}

/// `u'`, `\dot y`, `y'(x)`.
fn stroked(text: &str, (start, end): (usize, usize)) -> Option<Inert<'_>> {
    let label = Label::read(&text[start..end])?;
    let order = label.order.unwrap_or(1);
    let of = Undone::Name(label.function?);
    let argument = label.arguments;
    Some(Inert { start, end, of, wrt: label.wrt, order, argument })
}

#[cfg(test)]
mod tests {
    use super::{Reach, Undone, inert};

    #[test]
    fn derivatives_to_be_taken_are_found() {
        let rows: [(&str, &[&str]); 16] = [
            ("(x^2)'*sin(3x) + x^2*(sin(3x))'", &["x^2", "sin(3x)"]),
            ("2*x*sin(3x)'", &["sin(3x)"]),
            ("\\left(x^2\\right)' + \\sin(3x)'", &["x^2", "\\sin(3x)"]),
            ("d/dx(x^2) + x", &["(x^2)"]),
            ("d/dx x^2*y + 1", &["x^2*y"]),
            ("\\frac{d}{dx}\\left(x^2\\right) \\cdot x", &["\\left(x^2\\right)"]),
            ("x \\frac{d}{dx} \\sin x + \\sin x", &["\\sin x"]),
            ("(d/dx)(x^2)", &["(x^2)"]),
            ("\\frac{d(x^2)}{dx} + 1", &["x^2"]),
            ("2*u*u'", &["= u"]),
            ("2y\\frac{dy}{dx}", &["= y"]),
            ("2*y*dy/dx", &["= y"]),
            ("(u'v - uv')/v^2", &["= u", "= uv"]),
            ("((x^2)'*x)'", &["(x^2)'*x"]),
            ("d/dx (x + 1)^2 * 3", &["(x + 1)^2"]),
            ("2*x + cos(x)", &[]),
        ];
        for (text, expected) in rows {
            let found = inert(text, Reach::Term, &|name| name == "x");
            let shown = found.into_iter().map(|inert| match inert.of {
                Undone::Formula(text) => text.to_owned(),
                Undone::Name(name) => format!("= {name}"),
            });
            let found: Vec<String> = shown.collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
