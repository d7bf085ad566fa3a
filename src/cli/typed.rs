//! How formulas and answers are typed: their notation, the base of `log`, how far decimals may
//! be off.

use calcgrad::session::Input;
use calcgrad::simplify::{Preference, Style};
use calcgrad::{ErrorKind, Result};
use clap::ValueEnum;

/// The base of `log`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogName {
    /// The natural logarithm
    E,
    /// The logarithm to the base 10
    #[value(name = "10")]
    Ten,
}

/// In which functions answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PreferName {
    /// Secants and tangents: sec(x)^2
    Sec,
    /// Sines and cosines: 1/cos(x)^2
    Cos,
    /// Tangents: tan(x)^2 + 1
    Tan,
    /// Hyperbolic functions for exponentials: cosh(x) for (e^x + e^(-x))/2
    Hyperbolic,
}

impl PreferName {
    /// The preference of the library; of two styles the last one counts.
    pub(crate) fn all(names: &[Self]) -> Preference {
        let mut found = Preference::default();
        for name in names {
            match name {
                Self::Sec => found.style = Some(Style::Secants),
                Self::Cos => found.style = Some(Style::Cosines),
                Self::Tan => found.style = Some(Style::Tangents),
                Self::Hyperbolic => found.hyperbolic = true,
            }
        }
        found
    }
}

/// The notation in which formulas are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputName {
    /// The notation of calcgrad
    Text,
    /// LaTeX for mathematics mode
    Latex,
    /// Python, with numpy, math, scipy.special, torch, tf or jax
    Python,
    /// SymPy
    Sympy,
    /// The language of Mathematica
    Mathematica,
    /// The language of Maxima
    Maxima,
}

impl InputName {
    /// The notation of the library.
    pub(crate) fn notation(self) -> Input {
        match self {
            Self::Text => Input::Text,
            Self::Latex => Input::Latex,
            Self::Python => Input::Python,
            Self::Sympy => Input::Sympy,
            Self::Mathematica => Input::Mathematica,
            Self::Maxima => Input::Maxima,
        }
    }
}

/// A size that decimals may be off.
///
/// # Errors
/// What is no number, or below 0.
pub(crate) fn tolerance(text: &str) -> Result<f64> {
    let size = text.trim().parse().ok();
    size.filter(|size: &f64| size.is_finite() && *size >= 0.0).ok_or_else(|| {
        let what = format!("`{text}` is not a tolerance such as 0.01");
        ErrorKind::InvalidRequest(what).into()
    })
}
