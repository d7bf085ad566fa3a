//! Where a formula comes from.

use super::diagnostic;
use calcgrad::syntax::MAX_BYTES;
use calcgrad::{Error, ErrorKind, Result};
use std::io::{IsTerminal, Read};

/// The text of an argument, or standard input.
pub(crate) fn text(argument: Option<&str>) -> Result<String> {
    let mut text = match argument {
        Some("-") | None => standard_input()?,
        Some(text) => text.to_owned(),
    };
    // Editors put a byte order mark before what they save.
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

/// Says that something is waited for, to whoever sits before a terminal that stays still.
pub(crate) fn wait_for(what: &str) {
    if std::io::stdin().is_terminal() && !diagnostic::is_quiet() {
        let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
        diagnostic::line(&format!("reading {what} from the terminal; {end} ends it"));
    }
}

fn standard_input() -> Result<String> {
    wait_for("a formula");
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock().take(MAX_BYTES as u64 + 1);
    input
        .read_to_end(&mut bytes)
        .map_err(|error| ErrorKind::InvalidRequest(format!("standard input: {error}")))?;
    String::from_utf8(bytes).map_err(|_| ErrorKind::InvalidUtf8.into())
}

/// Bytes as text.
///
/// # Errors
/// Bytes that are none.
pub(crate) fn decoded(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| {
        let error = Error::from(ErrorKind::InvalidUtf8);
        match bytes.contains(&0) {
            true => error.help("this looks like UTF-16; save it in UTF-8"),
            false => error,
        }
    })
}

/// That a file cannot be read.
pub(crate) fn unread(name: &str, error: &std::io::Error) -> Error {
    let what = match name.is_empty() {
        true => "the name of the file is empty".to_owned(),
        false => format!("{name}: {error}"),
    };
    ErrorKind::InvalidRequest(what).into()
}
