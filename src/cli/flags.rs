//! Flags that may be given more than once, or in a short form.

use super::format::Format;
use clap::Args;

/// How answers are written.
#[derive(Args, Debug)]
pub(crate) struct FormatFlags {
    /// How answers are written
    #[arg(short = 'f', long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Short for --format latex
    #[arg(long, conflicts_with_all = ["format", "json"])]
    latex: bool,
}

impl FormatFlags {
    /// The format that was asked for.
    pub(crate) fn format(&self) -> Format {
        match (self.json, self.latex) {
            (true, _) => Format::Json,
            (_, true) => Format::Latex,
            _ => self.format,
        }
    }
}

/// A list that was given in pieces, `--wrt x --wrt y`, as it is typed in one: `x,y`.
pub(crate) fn joined(pieces: &[String]) -> Option<String> {
    (!pieces.is_empty()).then(|| pieces.join(","))
}
