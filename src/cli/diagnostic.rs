//! Errors and notes on standard error, with the line and a caret.

use super::theme;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use calcgrad::span::Span;
use calcgrad::{Error, Note};
use std::io::Write;

/// The longest piece of a line that is shown.
const WINDOW: usize = 120;

/// What is said of an answer that was not compared with an independent path.
pub(crate) const NOT_CHECKED: &str =
    "not checked: no point was found at which the answer could be compared";

/// Shows an error.
pub(crate) fn error(source: &str, error: &Error) {
    let message = error.to_string();
    show(Level::ERROR, source, &message, error.span, error.help.as_deref());
}

/// Shows a note.
pub(crate) fn note(source: &str, note: &Note) {
    show(Level::NOTE, source, &note.message, note.span, None);
}

/// Says where there may be no derivative.
pub(crate) fn no_derivative(condition: &str) {
    remark(&format!("there may be no derivative where {condition}"));
}

/// Shows a note without a place.
pub(crate) fn remark(message: &str) {
    show(Level::NOTE, "", message, None, None);
}

fn show(
    level: Level<'_>,
    source: &str,
    message: &str,
    span: Option<Span>,
    help: Option<&str>,
) {
    let title = level.primary_title(message);
    let piece = span.filter(|_| !source.is_empty()).map(|span| piece(source, span));
    let mut group = match &piece {
        Some((text, line, at)) => Group::with_title(title).element(
            Snippet::source(text.as_str())
                .line_start(*line)
                .annotation(AnnotationKind::Primary.span(at.clone())),
        ),
        None => Group::with_title(title),
    };
    if let Some(help) = help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer =
        if theme::colours_messages() { Renderer::styled() } else { Renderer::plain() };
    let text = renderer.render(&[group]);
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "{text}");
}

/// The line of a place, cut where it is long, with its number and the place in it.
fn piece(source: &str, span: Span) -> (String, usize, std::ops::Range<usize>) {
    let clip = |mut at: usize| {
        at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (clip(span.start as usize), clip(span.end as usize));
    let line = source[..start].matches('\n').count() + 1;
    let from = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let (low, high) =
        (clip(from.max(start.saturating_sub(WINDOW))), clip(to.min(start + WINDOW)));
    let dots = |cut: bool| if cut { "… " } else { "" };
    let before = dots(low > from);
    let text =
        format!("{before}{}{}", &source[low..high], if high < to { " …" } else { "" });
    let text = text.replace(|c: char| c.is_control() && c != '\t', " ");
    let at = start - low + before.len();
    let width = end.min(high).saturating_sub(start).max(usize::from(start < high));
    let width = if source.is_char_boundary(start + width) { width } else { 0 };
    (text, line, at..at + width)
}
