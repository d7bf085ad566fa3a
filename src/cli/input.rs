//! Where a formula comes from.

use super::diagnostic;
use super::unzipped::Unzipped;
use calcgrad::syntax::MAX_BYTES;
use calcgrad::{Error, ErrorKind, Result};
use std::fs::File;
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

/// The whole of a file, or of standard input for `-`, which may be compressed by gzip.
///
/// # Errors
/// A file that cannot be read, is no text, or is longer than any input may be.
pub(crate) fn document(path: &str) -> Result<String> {
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    let (name, read) = match path {
        "-" => {
            let input = Unzipped::new(std::io::stdin().lock());
            ("standard input", input.take(most).read_to_end(&mut bytes))
        }
        path => {
            let opened = File::open(path);
            let read = |file| Unzipped::new(file).take(most).read_to_end(&mut bytes);
            (path, opened.and_then(read))
        }
    };
    read.map_err(|error| unread(name, &error))?;
    if bytes.len() > MAX_BYTES {
        return Err(ErrorKind::TooLong { limit: MAX_BYTES }.into());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => decoded(error.as_bytes()).map(str::to_owned),
    }
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
