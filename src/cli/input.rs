//! Where a formula comes from.

use calcgrad::syntax::MAX_BYTES;
use calcgrad::{ErrorKind, Result};
use std::io::Read;

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

fn standard_input() -> Result<String> {
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock().take(MAX_BYTES as u64 + 1);
    input
        .read_to_end(&mut bytes)
        .map_err(|error| ErrorKind::InvalidRequest(format!("standard input: {error}")))?;
    String::from_utf8(bytes).map_err(|_| ErrorKind::InvalidUtf8.into())
}
