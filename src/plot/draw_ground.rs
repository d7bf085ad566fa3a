//! What lies behind the curves: bands, the lines between, arrows, and a key to the colours.

use super::colour::Ink;
use super::draw::{Pen, Sheet, TICKS, written};
use super::frame::Frame;
use super::ground::{Band, Ground};
use kuva::render::render::{PathData, Primitive, TextAnchor};
use std::fmt::Write;

/// How long and how wide the head of an arrow is, and its part of a short arrow.
const HEAD: (f64, f64, f64) = (7.0, 5.0, 0.5);
/// The width of the key, and how far it is from the axes.
const KEY: (f64, f64) = (16.0, 42.0);
/// The room of its labels, where they are short.
const USUAL: f64 = 38.0;

impl Sheet {
    pub(super) fn ground(&mut self, frame: &Frame, ground: &Ground) {
        if self.pen == Pen::Paper {
            for band in &ground.bands {
                self.filled(frame, band);
            }
        }
        for band in ground.bands.iter().filter(|band| band.level.is_some()) {
            let lines: Vec<Vec<(f64, f64)>> = band
                .lines
                .iter()
                .map(|line| line.iter().map(|at| frame.place(*at)).collect())
                .collect();
            self.path(&lines, Ink::Guide, 0.7, "");
        }
        if self.pen == Pen::Paper {
            let mut shafts = Vec::with_capacity(ground.arrows.len());
            let mut heads = String::new();
            for [from, to] in &ground.arrows {
                let (a, b) = (frame.place(*from), frame.place(*to));
                shafts.push(vec![a, b]);
                head(a, b, &mut heads);
            }
            self.path(&shafts, Ink::Axis, 1.0, "");
            self.shape(heads, Ink::Axis);
            self.key(frame, &ground.bands);
        }
    }

    fn filled(&mut self, frame: &Frame, band: &Band) {
        let mut d = String::new();
        for border in &band.borders {
            for (rank, at) in border.iter().enumerate() {
                let (x, y) = frame.place(*at);
                let sign = if rank == 0 { 'M' } else { 'L' };
                let _ = write!(d, "{sign}{x:.1} {y:.1}");
            }
            d.push('Z');
        }
        self.shape(d, Ink::Shade(band.shade));
    }

    /// A filled shape.
    fn shape(&mut self, d: String, ink: Ink) {
        if d.is_empty() {
            return;
        }
        let colour = ink.colour(self.theme);
        self.scene.add(Primitive::Path(Box::new(PathData {
            d,
            fill: Some(colour.clone()),
            stroke: colour,
            stroke_width: 0.0,
            opacity: None,
            stroke_dasharray: None,
        })));
    }

    /// The room that the key takes beside the axes.
    pub(super) fn key_width(&self, ground: Option<&Ground>) -> f64 {
        let bands = ground.iter().flat_map(|ground| &ground.bands);
        let labels = bands.filter(|band| band.level.is_some());
        let widths = labels.map(|band| self.width(&written(&band.label), TICKS));
        KEY.1 + KEY.0 + 6.0 + widths.fold(USUAL, f64::max) + 4.0
    }

    /// Which colour is which value, beside the axes.
    fn key(&mut self, frame: &Frame, bands: &[Band]) {
        let left = frame.right + KEY.1;
        let step = (frame.bottom - frame.top) / bands.len().max(1) as f64;
        for (rank, band) in bands.iter().enumerate() {
            let bottom = frame.bottom - rank as f64 * step;
            self.scene.add(Primitive::Rect {
                x: left,
                y: bottom - step,
                width: KEY.0,
                height: step,
                fill: Ink::Shade(band.shade).colour(self.theme),
                stroke: None,
                stroke_width: None,
                opacity: None,
            });
            if band.level.is_some() {
                let at = (left + KEY.0 + 6.0, bottom);
                let label = written(&band.label);
                self.words(at, &label, TICKS, TextAnchor::Start, Ink::Text);
            }
        }
        let (right, top, bottom) = (left + KEY.0, frame.top, frame.bottom);
        let border =
            [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        self.path(&[border.to_vec()], Ink::Guide, 0.7, "");
    }
}

/// The head of an arrow between two places.
fn head(a: (f64, f64), b: (f64, f64), d: &mut String) {
    let length = (b.0 - a.0).hypot(b.1 - a.1);
    if length < 1e-6 {
        return;
    }
    let (u, v) = ((b.0 - a.0) / length, (b.1 - a.1) / length);
    let long = HEAD.0.min(HEAD.2 * length);
    let half = 0.5 * HEAD.1 * long / HEAD.0;
    let (x, y) = (b.0 - long * u, b.1 - long * v);
    let [tip, left, right] =
        [b, (x - half * v, y + half * u), (x + half * v, y - half * u)]
            .map(|(x, y)| format!("{x:.1} {y:.1}"));
    let _ = write!(d, "M{tip}L{left}L{right}Z");
}
