//! How far a long command has come, for whoever looks at a terminal.

use super::super::diagnostic;
use super::super::files::Bulk;
use super::super::output::Output;
use super::crew;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// After how many answers it is told that they were given, where no bar shows it.
const TOLD: u64 = 10_000;

impl Bulk {
    /// Employs the threads and compresses the output, as was asked for.
    pub(crate) fn begin(self, output: &mut Output) {
        crew::employ(self.threads);
        if self.gzip {
            output.compress();
        }
    }

    /// The bar over an input of so many bytes, where it is to be shown.
    pub(crate) fn bar(self, is_shown: bool, size: Option<u64>) -> ProgressBar {
        match is_shown || self.progress {
            true => bar(size),
            false => ProgressBar::hidden(),
        }
    }

    /// Says how many are done.
    pub(crate) fn tell(self, bar: &ProgressBar, count: u64, done: &str) {
        bar.set_message(format!("{count} {done}"));
        if self.progress && bar.is_hidden() && count.is_multiple_of(TOLD) {
            diagnostic::line(&format!("{count} {done}"));
        }
    }
}

/// A bar on standard error over so many bytes of input, or a sign that it goes on; hidden where
/// nobody looks.
pub(crate) fn bar(size: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match size {
        Some(size) => (ProgressBar::new(size), "{bar:30} {percent:>3} %  {msg}  {eta}"),
        None => (ProgressBar::no_length(), "{spinner} {msg}  {elapsed}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
