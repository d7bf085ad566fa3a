//! Colours. The only file that knows `colored`.

use super::args::Color;
use colored::Colorize;
use std::io::IsTerminal;

/// Decides once whether colours are used: NO_COLOR and TERM=dumb are respected.
pub(crate) fn choose(color: Color) {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    colored::control::set_override(match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !dumb && !refused && std::io::stdout().is_terminal(),
    });
}

/// Uses no colours from now on: what is printed is taken apart again.
pub(crate) fn never() {
    colored::control::set_override(false);
}

/// Whether messages on standard error are coloured.
pub(crate) fn colours_messages() -> bool {
    colored::control::SHOULD_COLORIZE.should_colorize() && std::io::stderr().is_terminal()
}

/// The name before an answer.
pub(crate) fn label(text: &str) -> String {
    if colored::control::SHOULD_COLORIZE.should_colorize() {
        text.cyan().to_string()
    } else {
        text.to_owned()
    }
}

/// The name of a verdict.
pub(crate) fn verdict(text: &str, good: bool) -> String {
    if !colored::control::SHOULD_COLORIZE.should_colorize() {
        text.to_owned()
    } else if good {
        text.green().bold().to_string()
    } else {
        text.red().bold().to_string()
    }
}
