//! How answers are written.

use super::code::Target;
use calcgrad::function::Language;
use calcgrad::print::code::DIALECTS;
use calcgrad::print::{TYPESET, Typeset};
use calcgrad::{Error, ErrorKind, Result};
use clap::ValueEnum;

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Plain text, which can be typed in again
    Text,
    /// LaTeX for mathematics mode
    Latex,
    /// One JSON object
    Json,
    /// Python with NumPy
    Python,
    /// Julia with LinearAlgebra
    Julia,
    /// MATLAB or GNU Octave
    Matlab,
    /// Python with PyTorch
    Pytorch,
    /// Python with JAX
    Jax,
    /// C with math.h
    C,
    /// Rust
    Rust,
    /// JavaScript
    Javascript,
    /// Fortran
    Fortran,
    /// Python with SymPy
    Sympy,
    /// Mathematica
    Mathematica,
    /// Maxima
    Maxima,
    /// Plain text with the signs of mathematics, which can be typed in again: 3x₁² + 4x₁x₂
    Unicode,
    /// In two dimensions, for a terminal
    Pretty,
    /// Presentation MathML, for a page
    Mathml,
    /// Typst's mathematics mode
    Typst,
    /// AsciiMath
    Asciimath,
    /// A picture in SVG: formulas, or what `plot` and `graph` draw
    Svg,
    /// Markdown with LaTeX, for derivations
    Markdown,
    /// A page that needs nothing else, for derivations
    Html,
    /// A picture in the signs of a terminal
    Terminal,
    /// A picture in points
    Png,
}

impl Format {
    /// What is made first: text or LaTeX, of which other notations are made.
    pub(crate) fn base(self) -> Self {
        match self {
            Self::Unicode => Self::Text,
            Self::Pretty | Self::Mathml | Self::Typst | Self::Asciimath | Self::Svg => {
                Self::Latex
            }
            _ => self,
        }
    }

    /// The notation that is made of LaTeX, if it is one.
    pub(crate) fn typeset(self) -> Option<&'static Typeset> {
        (self.base() != self).then(|| self.named(&TYPESET, |row| row.name)).flatten()
    }

    /// The programming language, if it is one.
    pub(crate) fn language(self) -> Option<Target> {
        Some(match self.base() {
            Self::Text | Self::Latex | Self::Json => return None,
            Self::Markdown | Self::Html => return None,
            Self::Terminal | Self::Png => return None,
            Self::Python => Target::Arrays(Language::Python),
            Self::Julia => Target::Arrays(Language::Julia),
            Self::Matlab => Target::Arrays(Language::Matlab),
            Self::Pytorch => Target::Arrays(Language::Pytorch),
            Self::Jax => Target::Jax,
            _ => Target::Scalars(self.named(&DIALECTS, |row| row.name)?),
        })
    }

    /// The row of a table that has the name of the format.
    fn named<T>(
        self,
        rows: &'static [T],
        name: impl Fn(&T) -> &str,
    ) -> Option<&'static T> {
        let own = self.to_possible_value()?;
        rows.iter().find(|row| name(row).eq_ignore_ascii_case(own.get_name()))
    }

    /// Whether it is one in which pictures are drawn.
    pub(crate) fn is_picture(self) -> bool {
        matches!(self, Self::Svg | Self::Terminal | Self::Png)
    }

    /// Refuses pictures that show no formulas, and pages, unless there is a derivation to fill them.
    ///
    /// # Errors
    /// A format that is one.
    pub(crate) fn refuse_page(self, has_steps: bool) -> Result<()> {
        match self {
            Self::Terminal | Self::Png => {
                let what = "this answer is no picture".to_owned();
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("`calcgrad plot` draws functions and equations, `calcgrad graph` writes svg"))
            }
            Self::Markdown | Self::Html if !has_steps => {
                let what = "this answer is not written as a page".to_owned();
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("derivations are: add --steps"))
            }
            _ => Ok(()),
        }
    }

    /// Refuses programming languages.
    ///
    /// # Errors
    /// A format that is one.
    pub(crate) fn refuse_code(self) -> Result<()> {
        self.refuse_page(false)?;
        match self.language() {
            None => Ok(()),
            Some(_) => {
                let what = "this answer is not written as code".to_owned();
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("formulas are: the answers of all commands but `equal`, `check`, `critical`, `descend`, `differential` and those of pictures"))
            }
        }
    }
}
