//! Colours: those of Okabe and Ito, which the colour-blind tell apart ("Color universal design",
//! 2008), on white, and lighter ones of the same hues on black.

use kuva::render::color::Color;

/// Which colours a picture has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those for which the page or the viewer is set.
    #[default]
    Auto,
    /// Dark on white.
    Light,
    /// Light on black.
    Dark,
}

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// What is behind everything.
    Paper,
    /// Words and numbers.
    Text,
    /// The axes.
    Axis,
    /// The lines behind round numbers.
    Grid,
    /// The lines to which curves come near.
    Guide,
    /// A curve, by its number.
    Curve(usize),
    /// A band: how strong it is, of 12, below 0 that of low values.
    Shade(i8),
}

/// The colours on white and on black; no two on white are the same, so that one is found by the
/// other.
const PLAIN: [(Ink, [u8; 3], [u8; 3]); 5] = [
    (Ink::Paper, [0xff, 0xff, 0xff], [0x15, 0x17, 0x1c]),
    (Ink::Text, [0x1a, 0x1a, 0x1a], [0xe8, 0xe8, 0xe8]),
    (Ink::Axis, [0x55, 0x55, 0x55], [0xa8, 0xa8, 0xa8]),
    (Ink::Grid, [0xe6, 0xe6, 0xe6], [0x2c, 0x30, 0x38]),
    (Ink::Guide, [0x80, 0x80, 0x80], [0x8c, 0x8c, 0x8c]),
];
const CURVES: [([u8; 3], [u8; 3]); 7] = [
    ([0x00, 0x72, 0xb2], [0x56, 0xb4, 0xe9]),
    ([0xd5, 0x5e, 0x00], [0xff, 0x8c, 0x3a]),
    ([0x00, 0x9e, 0x73], [0x2f, 0xd0, 0xa0]),
    ([0xcc, 0x79, 0xa7], [0xe6, 0x9f, 0xc6]),
    ([0xe6, 0x9f, 0x00], [0xf5, 0xc2, 0x42]),
    ([0x56, 0xb4, 0xe9], [0x9a, 0xd4, 0xf5]),
    ([0x44, 0x44, 0x44], [0xcf, 0xcf, 0xcf]),
];

impl Ink {
    fn pair(self) -> ([u8; 3], [u8; 3]) {
        match self {
            Self::Curve(n) => CURVES[n % CURVES.len()],
            Self::Shade(n) => {
                let (light, dark) = CURVES[usize::from(n > 0)];
                // The more of the colour, the farther from the paper.
                let mix = |paper: [u8; 3], full: [u8; 3], most: f64| {
                    let share = most * f64::from(n.unsigned_abs().min(12)) / 12.0;
                    let part = |at: usize| {
                        let (from, to) = (f64::from(paper[at]), f64::from(full[at]));
                        (from + share * (to - from)).round() as u8
                    };
                    [part(0), part(1), part(2)]
                };
                let [white, black] = [PLAIN[0].1, PLAIN[0].2];
                // No band is paper itself, whose colour is another one in the dark.
                let base = [0xfa, 0xfa, 0xf9];
                let white = if n == 0 { base } else { white };
                (mix(white, light, 0.7), mix(black, dark, 0.62))
            }
            _ => {
                let own = PLAIN.iter().find(|(ink, ..)| *ink == self);
                own.map_or(CURVES[CURVES.len() - 1], |(_, light, dark)| (*light, *dark))
            }
        }
    }

    /// The red, green and blue of it.
    pub fn rgb(self, is_dark: bool) -> [u8; 3] {
        let (light, dark) = self.pair();
        if is_dark { dark } else { light }
    }

    pub(super) fn colour(self, theme: Theme) -> Color {
        let [r, g, b] = self.rgb(theme == Theme::Dark);
        Color::Rgb(r, g, b)
    }
}

/// All colours, on white and on black, as they are written in a style sheet.
pub(super) fn pairs() -> impl Iterator<Item = (String, String)> {
    let plain = PLAIN.iter().map(|(_, light, dark)| (*light, *dark));
    let shades = (-12..=12).map(|n| Ink::Shade(n).pair());
    plain.chain(CURVES).chain(shades).map(|(light, dark)| (hex(light), hex(dark)))
}

pub(super) fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}
