//! The outline of an answer: its boxes, lines, signs and words with their places, flat.

use super::grammar::{Grammar, Rule};
use pest::Parser;

/// What a piece of an outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `\boxed{`.
    Boxed,
    /// `\text{…}`: the words inside.
    Words,
    /// `\\`, a new line of text.
    Newline,
    /// `\begin{…}`: its name.
    Begin,
    /// `\end{…}`.
    End,
    /// `$`, `\[`.
    Fence,
    /// `\quad`, a blank.
    Gap,
    /// A bracket that opens.
    Open,
    /// A bracket that closes.
    Close,
    /// `=>`.
    Implies,
    /// `<`, `\ne`.
    Relation,
    /// `≈`, `==`.
    Like,
    /// `=`.
    Equals,
    Comma,
    Semicolon,
    Colon,
    /// `&`.
    Align,
    /// Letters.
    Word,
    /// `\sin`.
    Command,
}

/// A piece of an outline: what it is, where it stands, and how many brackets are open before
/// it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    pub(super) sign: Sign,
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) depth: usize,
}

/// The pieces of a text, in order; a text whose brackets do not match has none beyond the
/// first that closes nothing.
pub(super) fn outline(text: &str) -> Vec<Piece<'_>> {
    let Ok(pairs) = Grammar::parse(Rule::outline, text) else { return Vec::new() };
    let is_latex = text.contains('\\') && !text.contains("\\boxed");
    let mut depth = 0usize;
    let mut pieces = Vec::new();
    for pair in pairs.flat_map(|pair| pair.into_inner()) {
        let span = pair.as_span();
        let mut inner = pair.as_str();
        let sign = match pair.as_rule() {
            Rule::boxed => Sign::Boxed,
            Rule::words => {
                inner = pair.into_inner().next().map_or("", |inside| inside.as_str());
                Sign::Words
            }
            // The lines of LaTeX say nothing.
            Rule::newline if inner == "\n" && is_latex => Sign::Gap,
            Rule::newline => Sign::Newline,
            Rule::begin => Sign::Begin,
            Rule::end => Sign::End,
            Rule::fence => Sign::Fence,
            Rule::gap | Rule::blank => Sign::Gap,
            Rule::open => Sign::Open,
            Rule::close => Sign::Close,
            Rule::implies if tends(&pieces) => Sign::Command,
            Rule::implies => Sign::Implies,
            Rule::relation => Sign::Relation,
            Rule::like => Sign::Like,
            Rule::equals => Sign::Equals,
            Rule::comma => Sign::Comma,
            Rule::semicolon => Sign::Semicolon,
            Rule::colon => Sign::Colon,
            Rule::align => Sign::Align,
            Rule::word => Sign::Word,
            Rule::command => Sign::Command,
            _ => continue,
        };
        if matches!(sign, Sign::Close | Sign::End) {
            depth = depth.saturating_sub(1);
        }
        let (start, end) = (span.start(), span.end());
        pieces.push(Piece { sign, text: inner, start, end, depth });
        if matches!(sign, Sign::Open | Sign::Begin | Sign::Boxed) {
            depth += 1;
        }
    }
    pieces
}

/// Whether a name stands last behind `lim`, which an arrow lets tend to something.
fn tends(pieces: &[Piece<'_>]) -> bool {
    let is_shown = |piece: &&Piece<'_>| !matches!(piece.sign, Sign::Gap | Sign::Open);
    let mut last = pieces.iter().rev().filter(is_shown);
    let is_name = |piece: &Piece<'_>| matches!(piece.sign, Sign::Word | Sign::Command);
    last.next().is_some_and(is_name)
        && last.next().is_some_and(|piece| matches!(piece.text, "lim" | "\\lim"))
}

/// The places of the pieces that close those of a list.
pub(super) fn mates(pieces: &[Piece<'_>]) -> Vec<Option<usize>> {
    let (mut found, mut open) = (vec![None; pieces.len()], Vec::new());
    for (at, piece) in pieces.iter().enumerate() {
        match piece.sign {
            Sign::Open | Sign::Begin | Sign::Boxed => open.push(at),
            Sign::Close | Sign::End => {
                if let Some(opened) = open.pop() {
                    found[opened] = Some(at);
                }
            }
            _ => {}
        }
    }
    found
}

/// The place in a list of the piece that closes the one at `at`.
pub(super) fn mate(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let depth = pieces[at].depth;
    let closes = |piece: &Piece<'_>| {
        matches!(piece.sign, Sign::Close | Sign::End) && piece.depth == depth
    };
    pieces[at + 1..].iter().position(closes).map(|found| at + 1 + found)
}
