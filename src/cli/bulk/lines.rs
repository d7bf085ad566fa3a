//! An input line by line, in little memory whatever is in it.

use super::super::input;
use super::feed::Feed;
use calcgrad::syntax::MAX_BYTES;
use calcgrad::{Error, ErrorKind, Result};
use std::io::BufRead;

/// The mark of the order of bytes.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// One line, without its end.
pub(crate) struct Line {
    /// Which it is, from 1.
    pub(crate) number: u64,
    /// What stands in it; an error for one that is longer than the limit.
    pub(crate) bytes: Result<Vec<u8>>,
    /// Whether it begins as an object, however long it is.
    pub(crate) is_object: bool,
}

/// The lines of an input.
pub(crate) struct Lines {
    feed: Feed,
    position: u64,
    number: u64,
    /// Whether the last line ended with a carriage return, to which a line feed may belong.
    returned: bool,
    /// Lines that were looked at and not used, the next one last.
    held: Vec<Line>,
}

impl Lines {
    /// The lines of a file, or of standard input for `-`; what they are is said at a terminal.
    ///
    /// # Errors
    /// A file that cannot be opened.
    pub(crate) fn open(path: &str, what: &str) -> Result<Self> {
        if path == "-" {
            input::wait_for(what);
        }
        let feed = Feed::open(path)?;
        Ok(Self { feed, position: 0, number: 0, returned: false, held: Vec::new() })
    }

    /// The input.
    pub(crate) fn feed(&self) -> &Feed {
        &self.feed
    }

    /// How many bytes have been read.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// An input that cannot be read on.
    pub(crate) fn next(&mut self) -> Result<Option<Line>> {
        match self.held.pop() {
            Some(line) => Ok(Some(line)),
            None => self.read(),
        }
    }

    /// The next line that is not blank.
    ///
    /// # Errors
    /// An input that cannot be read on.
    pub(crate) fn next_full(&mut self) -> Result<Option<Line>> {
        loop {
            match self.next()? {
                Some(line) if line.is_blank() => {}
                found => return Ok(found),
            }
        }
    }

    /// Gives lines back, which come again in their order.
    pub(crate) fn give_back(&mut self, lines: Vec<Line>) {
        self.held.extend(lines.into_iter().rev());
    }

    /// Reads a line; one that is too long is skipped, not kept.
    fn read(&mut self) -> Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut length = self.read_part(&mut bytes)?;
        let is_long = bytes.len() > MAX_BYTES && !ends(&bytes);
        // Files that were put one after the other have a mark each.
        if bytes.starts_with(MARK) {
            bytes.drain(..MARK.len());
        }
        let is_object = bytes.trim_ascii_start().starts_with(b"{");
        while is_long && length > 0 && !ends(&bytes) {
            bytes.clear();
            length = self.read_part(&mut bytes)?;
        }
        // What a signal cut off is no line.
        if (length == 0 && !is_long) || (!ends(&bytes) && self.feed.was_stopped()) {
            return Ok(None);
        }
        self.number += 1;
        if ends(&bytes) {
            bytes.pop();
        }
        let too_long = || ErrorKind::TooLong { limit: MAX_BYTES }.into();
        let bytes = if is_long { Err(too_long()) } else { Ok(bytes) };
        Ok(Some(Line { number: self.number, bytes, is_object }))
    }

    /// Reads to the end of the line, which any system may have written, or a byte more than a line may have.
    fn read_part(&mut self, bytes: &mut Vec<u8>) -> Result<usize> {
        let mut read = 0;
        while read <= MAX_BYTES && !ends(bytes) {
            let name = self.feed.name().to_owned();
            let failed = |error| {
                Error::from(ErrorKind::InvalidRequest(format!("{name}: {error}")))
            };
            let piece = self.feed.fill_buf().map_err(failed)?;
            if piece.is_empty() {
                break;
            }
            if std::mem::take(&mut self.returned) && piece.starts_with(b"\n") {
                self.feed.consume(1);
                self.position += 1;
                continue;
            }
            let piece = &piece[..piece.len().min(MAX_BYTES + 1 - read)];
            let end = piece.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let length = end.map_or(piece.len(), |end| end + 1);
            bytes.extend_from_slice(&piece[..length]);
            self.feed.consume(length);
            self.returned = bytes.ends_with(b"\r");
            (self.position, read) = (self.position + length as u64, read + length);
        }
        Ok(read)
    }
}

fn ends(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\n") || bytes.ends_with(b"\r")
}

impl Line {
    fn is_blank(&self) -> bool {
        self.bytes.as_ref().is_ok_and(|bytes| bytes.iter().all(u8::is_ascii_whitespace))
    }
}
