//! Standard output, which may be closed at any time.

use super::exit::Exit;
use std::io::{BufWriter, Stdout, Write};

/// Collects what goes to standard output; after a closed pipe nothing more is written.
pub(crate) struct Output {
    out: BufWriter<Stdout>,
    closed: bool,
}

impl Output {
    pub(crate) fn new() -> Self {
        Self { out: BufWriter::with_capacity(1 << 16, std::io::stdout()), closed: false }
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.bytes(b"\n");
    }

    /// Writes bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        if !self.closed {
            self.closed = self.out.write_all(bytes).is_err();
        }
    }

    /// Whether the reader has gone.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Hands over what is buffered, as at the end of a batch line that someone waits for.
    pub(crate) fn flush(&mut self) {
        if !self.closed {
            self.closed = self.out.flush().is_err();
        }
    }

    /// Ends the output; a reader that has gone is no error.
    pub(crate) fn finish(mut self, exit: Exit) -> Exit {
        self.flush();
        exit
    }
}
