//! Standard output, which may be closed at any time.

use super::exit::Exit;
use super::format::Format;
use super::{diagnostic, language, theme};
use calcgrad::print::{self, LatexStyle, Markup};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{BufWriter, Error, ErrorKind, Result, Stdout, Write};

/// Where answers go.
enum Sink {
    Stdout(BufWriter<Stdout>),
    /// Compressed.
    Gzip(Box<GzEncoder<BufWriter<Stdout>>>),
    /// Into a document.
    Text(Vec<u8>),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Gzip(out) => out.write(bytes),
            Self::Text(text) => text.write(bytes),
        }
    }

    fn flush(&mut self) -> Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Gzip(out) => out.flush(),
            Self::Text(_) => Ok(()),
        }
    }
}

/// Collects what goes to standard output; once that fails, nothing more is written.
pub(crate) struct Output {
    out: Sink,
    failed: Option<Error>,
    format: Format,
    /// How the run ends when a line could not be written in the notation.
    refused: Option<Exit>,
    /// Whether the last formula was higher than a line; `None` before the first.
    was_tall: Option<bool>,
    /// What was chosen about LaTeX.
    style: LatexStyle,
    /// Lines of a picture that is not written yet.
    drawn: Vec<Markup>,
}

impl Output {
    pub(crate) fn new() -> Self {
        Self::into(Sink::Stdout(BufWriter::with_capacity(1 << 16, std::io::stdout())))
    }

    /// One that keeps what is written.
    pub(crate) fn captured() -> Self {
        Self::into(Sink::Text(Vec::new()))
    }

    /// Whether what is written is kept, as for a document.
    pub(crate) fn is_captured(&self) -> bool {
        matches!(self.out, Sink::Text(_))
    }

    fn into(out: Sink) -> Self {
        Self {
            out,
            failed: None,
            format: Format::Text,
            refused: None,
            was_tall: None,
            style: LatexStyle::default(),
            drawn: Vec::new(),
        }
    }

    /// Compresses what is written from now on.
    pub(crate) fn compress(&mut self) {
        self.flush();
        let out = BufWriter::with_capacity(1 << 16, std::io::stdout());
        let encoder = GzEncoder::new(out, Compression::default());
        self.out = Sink::Gzip(Box::new(encoder));
    }

    /// What was kept.
    pub(crate) fn text(mut self) -> String {
        self.draw();
        match self.out {
            Sink::Text(text) => String::from_utf8_lossy(&text).into_owned(),
            Sink::Stdout(_) | Sink::Gzip(_) => String::new(),
        }
    }

    /// Takes lines of the format of which another one is made, and says which that is.
    pub(crate) fn begin(&mut self, format: Format) -> Format {
        self.format = format;
        language::address_programs(format == Format::Json);
        if format.typeset().is_some() {
            theme::never();
        }
        format.base()
    }

    /// Takes what was chosen about LaTeX.
    pub(crate) fn choose(&mut self, style: LatexStyle) {
        self.style = style;
    }

    /// Writes a line, in the notation that was asked for.
    pub(crate) fn line(&mut self, text: &str) {
        if self.format == Format::Svg {
            match Markup::read(text) {
                Ok(formula) => self.drawn.push(formula),
                Err(error) => self.refuse(&error),
            }
        } else if let Some(typeset) = self.format.typeset() {
            match typeset.latex(text, width()) {
                Ok(text) => {
                    // What is higher than a line would run into what stands above.
                    let is_tall = text.contains('\n') && self.format == Format::Pretty;
                    if self.was_tall.replace(is_tall).is_some_and(|was| was || is_tall) {
                        self.plain("");
                    }
                    self.plain(&text);
                }
                Err(error) => self.refuse(&error),
            }
        } else if self.format == Format::Latex && self.style != LatexStyle::default() {
            let text = self.style.apply(text);
            self.plain(&text);
        } else if self.format == Format::Unicode {
            self.plain(&print::unicode(text));
        } else {
            self.plain(text);
        }
    }

    /// Writes the lines of a picture as one file.
    fn draw(&mut self) {
        let lines = std::mem::take(&mut self.drawn);
        if !lines.is_empty() {
            self.plain(&print::draw(&lines));
        }
    }

    /// Says why something could not be written in the notation, which is how the run ends.
    pub(crate) fn refuse(&mut self, error: &calcgrad::Error) {
        diagnostic::error("", error);
        self.refused = Some(Exit::from(&error.kind));
    }

    /// Writes a line as it is.
    pub(crate) fn plain(&mut self, text: &str) {
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
        self.draw();
        self.attempt(Write::flush);
    }

    fn attempt(&mut self, write: impl FnOnce(&mut Sink) -> Result<()>) {
        if self.failed.is_none() {
            self.failed = write(&mut self.out).err();
        }
    }

    /// Ends the output, and says when something could not be written; a reader that has gone
    /// is no failure.
    pub(crate) fn finish(mut self, exit: Exit) -> Exit {
        self.draw();
        self.attempt(|out| match out {
            Sink::Gzip(out) => out.try_finish().and_then(|()| out.get_mut().flush()),
            out => out.flush(),
        });
        let failed = self.failed.take();
        match self.out {
            // What is left in the buffer would be tried again.
            Sink::Stdout(out) => drop(out.into_parts()),
            Sink::Gzip(out) if failed.is_some() => std::mem::forget(out),
            _ => {}
        }
        finished(failed, self.refused.unwrap_or(exit))
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

/// How wide lines may be: as the terminal is, or as one mostly is.
fn width() -> usize {
    const USUAL: usize = 80;
    let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| width.0.into());
    columns.or_else(terminal).unwrap_or(USUAL)
}
