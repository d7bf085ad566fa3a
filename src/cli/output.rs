//! Standard output, which may be closed at any time.

use super::diagnostic;
use super::exit::Exit;
use std::io::{BufWriter, Error, ErrorKind, Result, Stdout, Write};

/// Collects what goes to standard output; once that fails, nothing more is written.
pub(crate) struct Output {
    out: BufWriter<Stdout>,
    failed: Option<Error>,
}

impl Output {
    pub(crate) fn new() -> Self {
        let out = BufWriter::with_capacity(1 << 16, std::io::stdout());
        Self { out, failed: None }
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.bytes(b"\n");
    }

    /// Writes bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.attempt(|out| out.write_all(bytes));
    }

    /// Whether nothing more can be written.
    pub(crate) fn is_closed(&self) -> bool {
        self.failed.is_some()
    }

    /// Hands over what is buffered, as at the end of a batch line that someone waits for.
    pub(crate) fn flush(&mut self) {
        self.attempt(Write::flush);
    }

    fn attempt(&mut self, write: impl FnOnce(&mut BufWriter<Stdout>) -> Result<()>) {
        if self.failed.is_none() {
            self.failed = write(&mut self.out).err();
        }
    }

    /// Ends the output, and says when something could not be written; a reader that has gone
    /// is no failure.
    pub(crate) fn finish(mut self, exit: Exit) -> Exit {
        self.flush();
        let failed = self.failed.take();
        // What is left in the buffer would be tried again.
        let _ = self.out.into_parts();
        finished(failed, exit)
    }
}

/// How a run ends whose output failed or did not.
pub(crate) fn finished(failed: Option<Error>, exit: Exit) -> Exit {
    match failed {
        Some(error) if error.kind() != ErrorKind::BrokenPipe => {
            diagnostic::line(&format!("error: standard output: {error}"));
            Exit::Output
        }
        // A note that nobody could be told of is a part of the answer.
        _ if exit == Exit::Done && diagnostic::was_lost() => Exit::Output,
        _ => exit,
    }
}
