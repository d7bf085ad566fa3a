//! What lies behind the curves of a picture: a function of two variables, by bands of colour
//! between round values, and its gradient.

use super::picture::{Caption, Piece};

/// Where values are above a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The level; none for all there is.
    pub level: Option<f64>,
    /// The level as it is written.
    pub label: String,
    /// How strong the colour is, of 12: below 0 those of low values.
    pub shade: i8,
    /// The borders of where values are above the level, each closed.
    pub borders: Vec<Piece>,
    /// The part of the borders on which the value is the level.
    pub lines: Vec<Piece>,
}

/// A function of two variables that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The function.
    pub caption: Caption,
    /// The bands, from the lowest; each is drawn over those before.
    pub bands: Vec<Band>,
    /// Arrows along the gradient: where they begin and end.
    pub arrows: Vec<[(f64, f64); 2]>,
}

/// How strong the colour of values between two levels is, where all lie between two others:
/// strong where they are far from 0, or from the end that is nearer to it.
pub fn shade(value: f64, (low, high): (f64, f64)) -> i8 {
    let share = if low < 0.0 && high > 0.0 {
        value / high.max(-low)
    } else if high <= 0.0 {
        -(0.06 + 0.94 * (high - value) / (high - low))
    } else {
        0.06 + 0.94 * (value - low) / (high - low)
    };
    (12.0 * share.clamp(-1.0, 1.0)).round() as i8
}
