//! Flags that may be given more than once, or in a short form.

use super::format::Format;
use super::language::LangName;
use calcgrad::print::LatexStyle;
use clap::{Args, ValueEnum};

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
    /// Write code as a function of the variables, which gives the value and the derivatives
    #[arg(long, conflicts_with_all = ["json", "latex"])]
    function: bool,
}

impl FormatFlags {
    /// Whether code is wanted as a function.
    pub(crate) fn is_callable(&self) -> bool {
        self.function
    }

    /// The format that was asked for.
    pub(crate) fn format(&self) -> Format {
        match (self.json, self.latex) {
            (true, _) => Format::Json,
            (_, true) => Format::Latex,
            _ => self.format,
        }
    }
}

/// Whether an answer whose form the command settles has names for what it repeats.
#[derive(Args, Debug)]
pub(crate) struct PartsFlag {
    /// The form of the answer
    #[arg(short = 'F', long, value_enum, default_value_t = PartsName::Auto)]
    form: PartsName,
}

/// The forms of such an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PartsName {
    /// That of the command
    Auto,
    /// The same, with names for the parts that it repeats
    Shared,
}

impl PartsFlag {
    /// Whether repeated parts have names in any case.
    pub(crate) fn is_shared(&self) -> bool {
        self.form == PartsName::Shared
    }
}

/// A list that was given in pieces, `--wrt x --wrt y`, as it is typed in one: `x,y`.
pub(crate) fn joined(pieces: &[String]) -> Option<String> {
    (!pieces.is_empty()).then(|| pieces.join(","))
}

/// What authors choose about LaTeX, of which `calcgrad help formats` tells, and the language.
#[derive(Args, Debug)]
pub(crate) struct StyleFlags {
    /// In LaTeX, let sums of more characters go on below
    #[arg(long, global = true, value_name = "CHARACTERS")]
    wrap: Option<usize>,
    /// In LaTeX, write differentials upright
    #[arg(long, global = true)]
    upright_d: bool,
    /// In LaTeX, what the natural logarithm is called
    #[arg(long, global = true, value_enum, value_name = "NAME", default_value_t = Logarithm::Ln)]
    ln_as: Logarithm,
    /// The language of derivations and explanations [default: that of the terminal]
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    lang: Option<LangName>,
}

/// The name of the natural logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Logarithm {
    /// ln
    Ln,
    /// log
    Log,
}

impl StyleFlags {
    /// The language that was asked for.
    pub(crate) fn lang(&self) -> Option<LangName> {
        self.lang
    }

    /// The choices.
    pub(crate) fn latex(&self) -> LatexStyle {
        LatexStyle {
            wrap: self.wrap,
            upright_d: self.upright_d,
            ln_as_log: self.ln_as == Logarithm::Log,
        }
    }
}
