//! Errors and notes on standard error, with the line and a caret.

use super::language;
use super::theme;
use super::visible::visible;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use calcgrad::span::Span;
use calcgrad::{Error, Note};
use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// The longest piece of a line that is shown.
const WINDOW: usize = 120;

/// Whether a message could not be written.
static LOST: AtomicBool = AtomicBool::new(false);

/// Whether notes are left away.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Does something, without notes where that is wanted.
pub(crate) fn quietly<T>(is_quiet: bool, work: impl FnOnce() -> T) -> T {
    let before = QUIET.fetch_or(is_quiet, Ordering::Relaxed);
    let done = work();
    QUIET.store(before, Ordering::Relaxed);
    done
}

/// Whether notes are left away.
pub(crate) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// What is said of an answer that was not compared with an independent path.
pub(crate) const NOT_CHECKED: &str =
    "not checked: no point was found at which the answer could be compared";

/// Shows an error.
pub(crate) fn error(source: &str, error: &Error) {
    let message = error.to_string();
    show((Level::ERROR, "error"), source, &message, error.span, error.help.as_deref());
}

/// Shows a note.
pub(crate) fn note(source: &str, note: &Note) {
    if !is_quiet() {
        show((Level::NOTE, "note"), source, &note.message, note.span, None);
    }
}

/// Says where there may be no derivative.
pub(crate) fn no_derivative(condition: &str) {
    remark(&format!("there may be no derivative where {condition}"));
}

/// Shows a note without a place.
pub(crate) fn remark(message: &str) {
    // What may be wrong is more than a note.
    if !is_quiet() || message == NOT_CHECKED {
        show((Level::NOTE, "note"), "", message, None, None);
    }
}

fn show(
    (level, label): (Level<'static>, &str),
    source: &str,
    message: &str,
    span: Option<Span>,
    help: Option<&str>,
) {
    let locale = language::chosen();
    let (message, help) = (locale.said(message), help.map(|help| locale.said(help)));
    let (message, help) = (visible(&message), help.as_deref().map(visible));
    let title = level.with_name(locale.said(label)).primary_title(&*message);
    let piece = span.filter(|_| !source.is_empty()).map(|span| piece(source, span));
    let mut group = match &piece {
        Some((text, line, at)) => Group::with_title(title).element(
            Snippet::source(text.as_str())
                .line_start(*line)
                .annotation(AnnotationKind::Primary.span(at.clone())),
        ),
        None => Group::with_title(title),
    };
    if let Some(help) = &help {
        group =
            group.element(Level::HELP.with_name(locale.said("help")).message(&**help));
    }
    let renderer =
        if theme::colours_messages() { Renderer::styled() } else { Renderer::plain() };
    line(&renderer.render(&[group]));
}

/// Writes a line to standard error.
pub(crate) fn line(text: &str) {
    note_failure(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Keeps in mind that something could not be written to standard error; a reader that has gone
/// wants none of it.
pub(crate) fn note_failure(written: std::io::Result<()>) {
    if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
        LOST.store(true, Ordering::Relaxed);
    }
}

/// Whether something could not be written to standard error.
pub(crate) fn was_lost() -> bool {
    LOST.load(Ordering::Relaxed)
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
    let end = end.min(high).max(start);
    let before = format!("{}{}", dots(low > from), visible(&source[low..start]));
    let mut marked = visible(&source[start..end]);
    let mut after = visible(&source[end..high]);
    // A place without a width is that of the character behind it.
    if let (true, Some(c)) = (marked.is_empty(), source[end..high].chars().next()) {
        let next = end + c.len_utf8();
        (marked, after) = (visible(&source[end..next]), visible(&source[next..high]));
    }
    let text = format!("{before}{marked}{after}{}", if high < to { " …" } else { "" });
    (text, line, before.len()..before.len() + marked.len())
}
