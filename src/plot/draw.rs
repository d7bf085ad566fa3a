//! A picture as lines, circles and words on paper or in the cells of a terminal.

use super::Style;
use super::caption::{Area, Room};
use super::clip;
use super::colour::{Ink, Theme};
use super::draw_space;
use super::frame::Frame;
use super::number::plain;
use super::picture::{Caption, Curve, Guide, Mark, Picture, Stroke};
use super::terminal::CELL;
use super::tick::Tick;
use super::words;
use crate::print;
use kuva::render::render::{PathData, Primitive, Scene, TextAnchor};
use std::fmt::Write;

/// On what it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pen {
    /// Pixels.
    Paper,
    /// The cells of a terminal.
    Terminal,
}

/// The sizes of letters.
pub(super) const TICKS: f64 = 14.0;
pub(super) const WORDS: f64 = 16.0;
/// How large a marked point is.
const RADIUS: f64 = 4.0;
/// What words may hide.
const HIDDEN: f64 = 110.0;
/// The most points that are named.
const NAMED: usize = 14;

/// A sheet on which one draws.
pub(super) struct Sheet {
    pub(super) scene: Scene,
    pub(super) pen: Pen,
    pub(super) theme: Theme,
}

/// A picture as primitives.
pub(super) fn drawing(picture: &Picture, style: &Style, pen: Pen) -> Scene {
    if let Some(space) = &picture.space {
        return draw_space::drawing(picture, space, style, pen);
    }
    let (width, height) = (f64::from(style.width), f64::from(style.height));
    let mut sheet = Sheet::new(width, height, style.theme, pen);
    let legend = sheet.legend_rows(&picture.curves, width);
    let frame = sheet.frame(picture, legend.len(), [width, height]);
    let [x, y] = ticks(picture, &frame, pen);
    match &picture.ground {
        Some(ground) => sheet.ground(&frame, ground),
        None => sheet.grid(&frame, [&x, &y]),
    }
    sheet.axes(&frame, picture);
    for guide in &picture.guides {
        sheet.guide(&frame, guide);
    }
    let mut room = Room::new(&frame);
    for curve in &picture.curves {
        for line in sheet.curve(&frame, curve) {
            room.take_line(&line, 12);
        }
    }
    for at in [[frame.across(0.0); 2], [frame.down(0.0); 2]].into_iter().enumerate() {
        let line = match at {
            (0, [x, _]) => [(x, frame.top), (x, frame.bottom)],
            (_, [y, _]) => [(frame.left, y), (frame.right, y)],
        };
        room.take_line(&line, 2);
    }
    sheet.marks(&frame, &picture.marks, &mut room);
    sheet.guide_captions(&frame, &picture.guides, &mut room);
    sheet.numbers(&frame, [&x, &y]);
    sheet.names(&frame, picture);
    sheet.legend(&legend, &picture.curves);
    sheet.scene
}

/// The round numbers on both axes.
fn ticks(picture: &Picture, frame: &Frame, pen: Pen) -> [Vec<Tick>; 2] {
    let (across, along) = match pen {
        Pen::Paper => (72.0, 48.0),
        Pen::Terminal => (88.0, 56.0),
    };
    let most = |length: f64, each: f64| (length / each).floor().max(2.0) as usize;
    let [(left, right), (low, high)] = frame.axes();
    let mut x = picture.x.clone();
    let mut y = picture.y.clone();
    (x.low, x.high, y.low, y.high) = (left, right, low, high);
    let x = x.ticks(most(frame.right - frame.left, across));
    [x, y.ticks(most(frame.bottom - frame.top, along))]
}

/// A label of plain text as it is written.
pub(super) fn written(label: &str) -> String {
    print::unicode(label).replace('-', "−")
}

impl Sheet {
    pub(super) fn new(width: f64, height: f64, theme: Theme, pen: Pen) -> Self {
        let mut scene = Scene::new(width, height);
        let [paper, text] =
            [Ink::Paper, Ink::Text].map(|ink| ink.colour(theme).to_svg_string());
        scene.background_color = Some(paper);
        scene.text_color = Some(text);
        Self { scene, pen, theme }
    }

    /// How wide words are.
    pub(super) fn width(&self, text: &str, size: f64) -> f64 {
        match self.pen {
            Pen::Paper => words::width(text, size),
            Pen::Terminal => text.chars().count() as f64 * CELL.0,
        }
    }

    /// Words about a point, the middle of their height on it. All words of a picture are drawn
    /// here.
    pub(super) fn words(
        &mut self,
        (x, y): (f64, f64),
        text: &str,
        size: f64,
        anchor: TextAnchor,
        ink: Ink,
    ) {
        self.scene.add(Primitive::Text {
            x,
            y: y + 0.34 * size,
            content: text.to_owned(),
            size: size as u32,
            anchor,
            rotate: None,
            bold: false,
            color: Some(ink.colour(self.theme)),
        });
    }

    fn line(&mut self, a: (f64, f64), b: (f64, f64), ink: Ink, thick: f64) {
        self.scene.add(Primitive::Line {
            x1: a.0,
            y1: a.1,
            x2: b.0,
            y2: b.1,
            stroke: ink.colour(self.theme),
            stroke_width: thick,
            stroke_dasharray: None,
        });
    }

    /// Lines one after the other, as one path.
    pub(super) fn path(
        &mut self,
        lines: &[Vec<(f64, f64)>],
        ink: Ink,
        thick: f64,
        dashes: &str,
    ) {
        let dashed;
        let lines = match self.pen {
            Pen::Terminal if !dashes.is_empty() => {
                dashed = lines.iter().flat_map(|line| dash(line)).collect::<Vec<_>>();
                &dashed
            }
            _ => lines,
        };
        let mut d = String::new();
        for line in lines {
            for (place, (x, y)) in line.iter().enumerate() {
                let sign = if place == 0 { 'M' } else { 'L' };
                let _ = write!(d, "{sign}{} {}", rounded(*x), rounded(*y));
            }
        }
        if d.is_empty() {
            return;
        }
        self.scene.add(Primitive::Path(Box::new(PathData {
            d,
            fill: None,
            stroke: ink.colour(self.theme),
            stroke_width: thick,
            opacity: None,
            stroke_dasharray: (!dashes.is_empty()).then(|| dashes.to_owned()),
        })));
    }

    /// Where the axes stand: what is beside them is as wide as it must be.
    fn frame(&self, picture: &Picture, rows: usize, [width, height]: [f64; 2]) -> Frame {
        let (row, above, below, right) = match self.pen {
            Pen::Paper if picture.ground.is_some() => {
                (24.0, 26.0, 30.0, self.key_width(picture.ground.as_ref()))
            }
            Pen::Paper => (24.0, 26.0, 30.0, 30.0),
            Pen::Terminal => (CELL.1, CELL.1, CELL.1, 3.0 * CELL.0),
        };
        let top = rows as f64 * row + above;
        let bottom = (height - below).max(top + 2.0 * row);
        let at = |left: f64| {
            let edges = [left, top, (width - right).max(left + 4.0 * row), bottom];
            let (x, y) = (&picture.x, &picture.y);
            match picture.ground {
                // What lies behind ends where it was looked at.
                Some(_) if picture.square => Frame::fitted(edges, x, y),
                _ => Frame::new(edges, x, y, picture.square),
            }
        };
        let labels = &ticks(picture, &at(0.0), self.pen)[1];
        let widest = labels
            .iter()
            .map(|tick| self.width(&written(&tick.label), TICKS))
            .fold(0.0, f64::max);
        match self.pen {
            Pen::Paper => at((widest + 14.0).min(0.4 * width)),
            Pen::Terminal => at((widest + CELL.0).min(0.4 * width)),
        }
    }

    fn grid(&mut self, frame: &Frame, [x, y]: [&[Tick]; 2]) {
        if self.pen == Pen::Terminal {
            return;
        }
        let mut lines = Vec::new();
        for tick in x {
            let at = frame.across(tick.at);
            lines.push(vec![(at, frame.top), (at, frame.bottom)]);
        }
        for tick in y {
            let at = frame.down(tick.at);
            lines.push(vec![(frame.left, at), (frame.right, at)]);
        }
        self.path(&lines, Ink::Grid, 1.0, "");
    }

    /// The lines through 0, or at the edges where 0 is not seen.
    fn axes(&mut self, frame: &Frame, _: &Picture) {
        let (x, y) = origin(frame);
        self.line((frame.left, y), (frame.right, y), Ink::Axis, 1.2);
        self.line((x, frame.top), (x, frame.bottom), Ink::Axis, 1.2);
        if self.pen == Pen::Paper {
            let (r, t) = (frame.right, frame.top);
            let tips = [
                vec![(r + 2.0, y - 4.0), (r + 10.0, y), (r + 2.0, y + 4.0)],
                vec![(x - 4.0, t - 2.0), (x, t - 10.0), (x + 4.0, t - 2.0)],
            ];
            self.path(&tips, Ink::Axis, 1.2, "");
            self.line((r, y), (r + 10.0, y), Ink::Axis, 1.2);
            self.line((x, t), (x, t - 10.0), Ink::Axis, 1.2);
        }
    }

    /// The numbers on the axes, beside the frame.
    fn numbers(&mut self, frame: &Frame, [x, y]: [&[Tick]; 2]) {
        let (gap, below) = match self.pen {
            Pen::Paper => (7.0, 13.0),
            Pen::Terminal => (CELL.0, 0.5 * CELL.1),
        };
        let mut end = f64::NEG_INFINITY;
        for tick in x {
            let label = written(&tick.label);
            let (at, half) = (frame.across(tick.at), 0.5 * self.width(&label, TICKS));
            if at - half < end + gap {
                continue;
            }
            end = at + half;
            if self.pen == Pen::Paper && end > self.scene.width {
                continue;
            }
            let place = (at, frame.bottom + below);
            self.words(place, &label, TICKS, TextAnchor::Middle, Ink::Text);
        }
        for tick in y {
            let place = (frame.left - gap, frame.down(tick.at));
            self.words(place, &written(&tick.label), TICKS, TextAnchor::End, Ink::Text);
        }
    }

    /// The names of the axes, at their ends.
    fn names(&mut self, frame: &Frame, picture: &Picture) {
        let (x, y) = origin(frame);
        let (right, up) = match self.pen {
            Pen::Paper => ((frame.right + 16.0, y), (x + 10.0, frame.top - 12.0)),
            Pen::Terminal => {
                ((frame.right + CELL.0, y), (x + CELL.0, frame.top - 0.5 * CELL.1))
            }
        };
        let names = [(right, &picture.x.name), (up, &picture.y.name)];
        for (place, name) in names {
            self.words(place, &print::unicode(name), WORDS, TextAnchor::Start, Ink::Text);
        }
    }

    fn guide(&mut self, frame: &Frame, guide: &Guide) {
        let [(left, right), (low, high)] = frame.axes();
        let ends = match guide {
            Guide::Vertical(x, _) => [(*x, low), (*x, high)],
            Guide::Line { slope, level, .. } => {
                [left, right].map(|x| (x, slope * x + level))
            }
        };
        let [a, b] = ends.map(|place| frame.place(place));
        let edges = [frame.left, frame.top, frame.right, frame.bottom];
        let Some((a, b)) = clip::segment(a, b, edges) else { return };
        // On an axis there is a line already.
        let (x, y) = origin(frame);
        let on = |p: f64, q: f64, axis: f64| (p - axis).abs() + (q - axis).abs() < 1.0;
        if !(on(a.0, b.0, x) || on(a.1, b.1, y)) {
            self.path(&[vec![a, b]], Ink::Guide, 1.3, "6 5");
        }
    }

    /// The equations of the lines to which curves come near, at their ends.
    fn guide_captions(&mut self, frame: &Frame, guides: &[Guide], room: &mut Room) {
        let edges = [frame.left, frame.top, frame.right, frame.bottom];
        for guide in guides {
            let Guide::Line { slope, level, caption } = guide else { continue };
            if *slope == 0.0 && *level == 0.0 {
                continue;
            }
            let [(left, right), _] = frame.axes();
            let [a, b] = [left, right].map(|x| frame.place((x, slope * x + level)));
            let Some((a, b)) = clip::segment(a, b, edges) else { continue };
            let middle = (0.5 * (edges[0] + edges[2]), 0.5 * (edges[1] + edges[3]));
            let far = |p: (f64, f64)| (p.0 - middle.0).hypot(p.1 - middle.1);
            let (a, b) = if far(a) > far(b) + 1.0 { (b, a) } else { (a, b) };
            let text = caption.unicode();
            let (size, high) = self.small();
            let area = [self.width(&text, size), high];
            // Along the line, beginning at the end that is farther out.
            let places = [0.93, 0.8, 0.66, 0.07, 0.2, 0.34]
                .map(|t| (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
            let found = places.iter().enumerate().filter_map(|(place, at)| {
                let (score, area) = room.beside(*at, area)?;
                Some((score + 4.0 * place as f64, area))
            });
            let best = found.min_by(|(a, _), (b, _)| a.total_cmp(b));
            if let Some((_, area)) = best.filter(|(score, _)| *score < HIDDEN) {
                self.boxed(&text, area, Ink::Axis, room);
            }
        }
    }

    /// The size of letters beside points, and how high a line of them is.
    pub(super) fn small(&self) -> (f64, f64) {
        match self.pen {
            Pen::Paper => (TICKS + 1.0, TICKS + 4.0),
            Pen::Terminal => (TICKS, CELL.1),
        }
    }

    /// Paper that hides what is behind.
    pub(super) fn paper(&mut self, area: Area) {
        let [left, top, right, bottom] = area;
        if self.pen == Pen::Paper {
            self.scene.add(Primitive::Rect {
                x: left - 2.0,
                y: top,
                width: right - left + 4.0,
                height: bottom - top,
                fill: Ink::Paper.colour(self.theme),
                stroke: None,
                stroke_width: None,
                opacity: Some(0.8),
            });
        }
    }

    /// Words with paper behind them.
    fn boxed(&mut self, text: &str, area: Area, ink: Ink, room: &mut Room) {
        room.take(area);
        self.paper(area);
        let [left, top, _, bottom] = area;
        let (size, _) = self.small();
        let at = (left, 0.5 * (top + bottom));
        self.words(at, text, size, TextAnchor::Start, ink);
    }

    /// Draws a curve, and says where.
    fn curve(&mut self, frame: &Frame, curve: &Curve) -> Vec<Vec<(f64, f64)>> {
        let edges = [frame.left, frame.top, frame.right, frame.bottom];
        let mut lines = Vec::new();
        for piece in &curve.pieces {
            let places: Vec<(f64, f64)> =
                piece.iter().map(|at| frame.place(*at)).collect();
            lines.extend(clip::line(&places, edges));
        }
        let (thick, dashes) = match curve.stroke {
            Stroke::Solid => (2.2, ""),
            Stroke::Dashed => (2.0, "9 5"),
            Stroke::Thin => (1.5, ""),
        };
        self.path(&lines, Ink::Curve(curve.ink), thick, dashes);
        lines
    }

    /// Points with their names, where these have room.
    fn marks(&mut self, frame: &Frame, marks: &[Mark], room: &mut Room) {
        let seen: Vec<(&Mark, (f64, f64))> = marks
            .iter()
            .map(|mark| (mark, frame.place(mark.at)))
            .filter(|(_, place)| frame.holds(*place))
            .collect();
        for (_, (x, y)) in &seen {
            let r = RADIUS + 2.0;
            room.take([x - r, y - r, x + r, y + r]);
            room.point((*x, *y));
        }
        // What belongs to a curve is seen over what does not.
        for is_ring in [true, false] {
            for (mark, place) in seen.iter().filter(|own| own.0.role.is_ring() == is_ring)
            {
                self.point(mark, *place);
            }
        }
        let named = seen.iter().filter_map(|(mark, place)| {
            mark.caption.as_ref().map(|caption| (caption, *place))
        });
        for (caption, place) in named.take(NAMED) {
            self.caption(caption, place, room);
        }
    }

    fn point(&mut self, mark: &Mark, (x, y): (f64, f64)) {
        let ink = Ink::Curve(mark.ink);
        if self.pen == Pen::Terminal {
            let sign = if mark.role.is_ring() { "○" } else { "●" };
            self.words((x, y), sign, TICKS, TextAnchor::Start, ink);
            return;
        }
        let inside = if mark.role.is_ring() { Ink::Paper } else { ink };
        self.scene.add(Primitive::Circle {
            cx: x,
            cy: y,
            r: RADIUS,
            fill: inside.colour(self.theme),
            fill_opacity: None,
            stroke: Some(ink.colour(self.theme)),
            stroke_width: Some(1.8),
        });
    }

    fn caption(&mut self, caption: &Caption, place: (f64, f64), room: &mut Room) {
        let text = caption.unicode();
        let (size, high) = self.small();
        let wide = self.width(&text, size);
        let found = room.beside(place, [wide, high]);
        if let Some((_, area)) = found.filter(|(score, _)| *score < HIDDEN) {
            self.boxed(&text, area, Ink::Text, room);
        }
    }

    /// Which curves stand in which row of the legend, with their words and where they begin.
    fn legend_rows(
        &self,
        curves: &[Curve],
        width: f64,
    ) -> Vec<Vec<(usize, f64, String)>> {
        let (swatch, gap) = self.swatch();
        let mut rows: Vec<Vec<(usize, f64, String)>> = Vec::new();
        let mut at = f64::INFINITY;
        for (place, curve) in curves.iter().enumerate() {
            let text = curve.caption.unicode();
            if text.is_empty() {
                continue;
            }
            let most = width - swatch - 3.0 * gap;
            let text = words::fitted(&text, most, |text| self.width(text, WORDS));
            let wide = swatch + self.width(&text, WORDS) + 2.0 * gap;
            if at + wide > width {
                rows.push(Vec::new());
                at = gap;
            }
            if let Some(row) = rows.last_mut() {
                row.push((place, at, text));
            }
            at += wide;
        }
        rows
    }

    /// The length of a line in the legend, and the space beside it.
    fn swatch(&self) -> (f64, f64) {
        match self.pen {
            Pen::Paper => (34.0, 12.0),
            Pen::Terminal => (4.0 * CELL.0, CELL.0),
        }
    }

    fn legend(&mut self, rows: &[Vec<(usize, f64, String)>], curves: &[Curve]) {
        let (swatch, _) = self.swatch();
        let high = if self.pen == Pen::Paper { 24.0 } else { CELL.1 };
        for (number, row) in rows.iter().enumerate() {
            let y = (number as f64 + 0.5) * high;
            for (place, x, text) in row {
                let curve = &curves[*place];
                let (thick, dashes) = match curve.stroke {
                    Stroke::Solid => (2.6, ""),
                    Stroke::Dashed => (2.2, "9 5"),
                    Stroke::Thin => (1.5, ""),
                };
                let line = vec![(*x, y), (x + swatch - CELL.0, y)];
                self.path(&[line], Ink::Curve(curve.ink), thick, dashes);
                let at = (x + swatch, y);
                self.words(at, text, WORDS, TextAnchor::Start, Ink::Text);
            }
        }
    }
}

/// Where the axes cross: at 0, or at the edges where 0 is not seen.
fn origin(frame: &Frame) -> (f64, f64) {
    let (x, y) = frame.place((0.0, 0.0));
    (x.clamp(frame.left, frame.right), y.clamp(frame.top, frame.bottom))
}

/// A coordinate of a drawing, to a hundredth.
pub(super) fn rounded(x: f64) -> String {
    plain(x, 2)
}

/// A line as the dashes of it.
fn dash(line: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
    const ON: f64 = 9.0;
    let (mut found, mut walked) = (Vec::new(), 0.0);
    for pair in line.windows(2) {
        let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
        let length = (ax - bx).hypot(ay - by);
        let mut at = 0.0;
        while at < length {
            let into: f64 = walked % (2.0 * ON);
            let step = (if into < ON { ON - into } else { 2.0 * ON - into }).max(1e-6);
            let next = length.min(at + step);
            let place =
                |t: f64| (ax + (bx - ax) * t / length, ay + (by - ay) * t / length);
            if into < ON {
                found.push(vec![place(at), place(next)]);
            }
            walked += next - at;
            at = next;
        }
    }
    found
}
