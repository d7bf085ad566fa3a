//! Colours. The only file that knows `colored`.

use super::args::Color;
use colored::Colorize;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether messages on standard error are coloured.
static MESSAGES: AtomicBool = AtomicBool::new(false);

/// Decides once whether colours are used: NO_COLOR and TERM=dumb are respected, and answers and
/// messages may go to different places.
pub(crate) fn choose(color: Color) {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_coloured = |is_terminal: bool| match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !dumb && !refused && is_terminal,
    };
    colored::control::set_override(is_coloured(std::io::stdout().is_terminal()));
    MESSAGES.store(is_coloured(std::io::stderr().is_terminal()), Ordering::Relaxed);
}

/// Whether what goes to standard output is coloured.
pub(crate) fn colours_answers() -> bool {
    colored::control::SHOULD_COLORIZE.should_colorize()
}

/// Uses no colours from now on: what is printed is taken apart again.
pub(crate) fn never() {
    colored::control::set_override(false);
}

/// Whether messages on standard error are coloured.
pub(crate) fn colours_messages() -> bool {
    MESSAGES.load(Ordering::Relaxed)
}

/// The name before an answer.
pub(crate) fn label(text: &str) -> String {
    if colours_answers() { text.cyan().to_string() } else { text.to_owned() }
}

/// A sign that belongs to another one.
pub(crate) fn mark(text: &str) -> String {
    match colours_answers() {
        true => text.bold().to_string(),
        false => text.to_owned(),
    }
}

/// The name of a verdict.
pub(crate) fn verdict(text: &str, good: bool) -> String {
    if !colours_answers() {
        text.to_owned()
    } else if good {
        text.green().bold().to_string()
    } else {
        text.red().bold().to_string()
    }
}
