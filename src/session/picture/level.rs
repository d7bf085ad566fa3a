//! A curve that an equation describes.

use super::super::engine::{Engine, Form, Formula};
use super::super::point::eval::Point;
use super::{View, describe, point};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::values;
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use crate::plot::{
    Axis, Caption, Curve, Level, Mark, Picture, Piece, Role, Stroke, Unit, Window,
    contour, extent, rounded,
};
use crate::print::{self, Notation};

/// The squares of the grid, for a first look and for the picture.
const COARSE: [usize; 2] = [70, 70];
const FINE: [usize; 2] = [240, 180];
/// How far from 0 a curve is looked for, one after the other.
const REACHES: [f64; 5] = [10.0, 1.0, 100.0, 1000.0, 0.05];
/// How far to each side a curve without end is shown.
const PLAIN: f64 = 5.0;

impl Engine {
    pub(super) fn level(
        &mut self,
        (equation, typed): (&Formula, &str),
        variables: &[String],
        view: &View,
    ) -> Result<Picture> {
        if !view.orders.is_empty() || view.taylor.is_some() {
            let what = "derivatives in a picture of an equation".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what)).help(
                "tangents are drawn: add a point of the curve, as `--at x=3,y=4`",
            ));
        }
        let (x, y) = match variables {
            [x, y, ..] => (x.clone(), y.clone()),
            [x] if x == "y" => ("x".to_owned(), x.clone()),
            [x] => (x.clone(), "y".to_owned()),
            [] => ("x".to_owned(), "y".to_owned()),
        };
        // A power of what is 0 does not change its sign.
        let root = self.root_of(equation.roots[0])?;
        let root = if root == Pool::ONE { equation.roots[0] } else { root };
        let root = self.without_bars(root);
        let mut tape = crate::evaluate::Tape::default();
        let slot = tape.add_expressions(&self.pool, &[root])[0] as usize;
        let places: Vec<bool> = tape.variables.iter().map(|name| *name == x).collect();
        let mut f = |a: f64, b: f64| {
            let at: Vec<f64> =
                places.iter().map(|is_x| if *is_x { a } else { b }).collect();
            values(&tape, &at)[slot]
        };
        let asked = [&view.x, &view.y]
            .map(|ends| ends.as_ref().map(|ends| self.range(ends)).transpose());
        let [across, along] = asked;
        let (across, along) = (across?, along?);
        let seen = look(&mut f);
        let part = |asked: Option<super::Range>, seen: (f64, f64)| match asked {
            Some(range) => (range.low, range.high, range.unit),
            None => (seen.0, seen.1, Unit::One),
        };
        let (left, right, unit) = part(across, seen[0]);
        let (low, high, unit_y) = part(along, seen[1]);
        let square = view.x.is_none() || view.y.is_none();
        let (width, height) = view.size;
        let mut window = Window { x: (left, right), y: (low, high), width, height };
        if square {
            window = squared(window);
        }
        let Level { lines: mut pieces, points, is_touched, has_area, is_lost } =
            contour(&mut f, &window, FINE);
        let notes = [
            (has_area, "the equation holds in areas: their borders are drawn"),
            (is_touched, "both sides may touch at more points than are drawn"),
            (is_lost, "some values are too small to be told from 0"),
        ];
        let notes: Vec<String> = notes
            .into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, note)| note.to_owned())
            .collect();
        let mut marks = match has_area {
            true => Vec::new(),
            false => self.holes_of_curve(equation, root, &x, &mut pieces, &window)?,
        };
        for at in points {
            marks.push(self.point_of_curve(at, Role::Isolated)?);
        }
        let mut curves = vec![Curve {
            caption: self.equation_caption(equation, typed)?,
            ink: 0,
            stroke: Stroke::Solid,
            pieces,
            breaks: Vec::new(),
            left_out: Vec::new(),
        }];
        for at in &view.at {
            let (curve, mark) =
                self.tangent(equation, (&x, &y), at, &window, curves.len())?;
            curves.push(curve);
            marks.push(mark);
        }
        let axis =
            |name: String, (low, high): (f64, f64), unit| Axis { name, low, high, unit };
        let title: Vec<String> = curves.iter().map(|own| own.caption.unicode()).collect();
        let (x, y) = (axis(x, window.x, unit), axis(y, window.y, unit_y));
        let empty = Picture::over(title.join(", "), x, y);
        let mut picture = Picture { curves, marks, square, notes, ..empty };
        picture.description = describe::level(&picture);
        Ok(picture)
    }

    /// What is zero where an expression is: its factors without bars around them.
    fn without_bars(&mut self, root: ExprId) -> ExprId {
        let factors = self.pool.factors(&root).to_vec();
        let inner = |id: &ExprId| match self.pool.node(*id) {
            Node::Apply(own, list) if function::spec(own).name == "abs" => {
                self.pool.list(list)[0]
            }
            _ => *id,
        };
        let inner: Vec<ExprId> = factors.iter().map(inner).collect();
        self.pool.product(&inner)
    }

    /// The equation: as it was typed, else as what is 0.
    fn equation_caption(&self, equation: &Formula, typed: &str) -> Result<Caption> {
        let write = |notation| -> Result<String> {
            Ok(format!("{} = 0", print::write(&self.pool, equation.roots[0], notation)?))
        };
        let text = match typed.is_empty() {
            true => write(Notation::Text)?,
            false => typed.to_owned(),
        };
        Ok(Caption { text, latex: write(Notation::Latex)? })
    }

    /// The tangent at a point of the curve.
    fn tangent(
        &mut self,
        equation: &Formula,
        (x, y): (&str, &str),
        at: &Point,
        window: &Window,
        ink: usize,
    ) -> Result<(Curve, Mark)> {
        let value = |name: &str| at.iter().find(|(own, _)| own == name);
        let (Some(_), Some(_), 2) = (value(x), value(y), at.len()) else {
            let what = "a tangent needs a point of the curve".to_owned();
            return Err(Error::from(ErrorKind::InvalidPoint(what))
                .help(format!("write it as `--at {x}=3,{y}=4`")));
        };
        let root = equation.roots[0];
        let left = self.at_point(&[root], at)?[0];
        if self.float(left).abs() > 1e-9 {
            let text = print::write(&self.pool, left, Notation::Text)?;
            let place: Vec<String> =
                at.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            let what = format!("{} does not satisfy the equation", place.join(", "));
            return Err(Error::from(ErrorKind::InvalidPoint(what))
                .help(format!("the left side less the right side is {text} there")));
        }
        let names = [x.to_owned(), y.to_owned()];
        let partials = self.partials(equation, &names, 1, Form::Auto)?.partials;
        let partials: Vec<_> = partials.iter().map(|own| own.values[0]).collect();
        let slopes = self.at_point(&partials, at)?;
        let symbols = [x, y].map(|name| self.pool.symbol(name));
        let point_of = self.at_point(&symbols, at)?;
        let [a, b] = [slopes[0], slopes[1]].map(|id| self.float(id));
        if a == 0.0 && b == 0.0 {
            let what = "the curve has no tangent at the point".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("both derivatives of the equation are 0 there"));
        }
        let mut terms = Vec::new();
        for (slope, (symbol, own)) in slopes.iter().zip(symbols.iter().zip(&point_of)) {
            let gap = self.pool.difference(*symbol, *own);
            terms.push(self.pool.product(&[*slope, gap]));
        }
        let line = self.pool.sum(&terms);
        let line = self.shape(line, Form::Expanded)?;
        let caption = self.line_caption(line, symbols, (x, y))?;
        let [px, py] = [point_of[0], point_of[1]].map(|id| self.float(id));
        let piece: Piece = if b.abs() * 1e9 < a.abs() {
            vec![(px, window.y.0), (px, window.y.1)]
        } else {
            let y = |x: f64| py - a / b * (x - px);
            [window.x.0, window.x.1].map(|x| (x, y(x))).to_vec()
        };
        let (u, v) = (
            self.beside_point(point_of[0], true)?,
            self.beside_point(point_of[1], true)?,
        );
        let stroke = Stroke::Thin;
        let curve = Curve {
            caption,
            ink,
            stroke,
            pieces: vec![piece],
            breaks: Vec::new(),
            left_out: Vec::new(),
        };
        let caption = Some(point(&u, &v));
        Ok((curve, Mark { at: (px, py), role: Role::Contact, ink: 0, caption }))
    }

    /// The equation of a line, for one of the variables.
    fn line_caption(
        &mut self,
        line: ExprId,
        [across, up]: [ExprId; 2],
        (x, y): (&str, &str),
    ) -> Result<Caption> {
        let names = [y.to_owned(), x.to_owned()];
        for (name, symbol) in names.iter().zip([up, across]) {
            let rate = self.derivative(line, name, Form::Auto, &mut ())?;
            if rate == Pool::ZERO {
                continue;
            }
            let term = self.pool.product(&[rate, symbol]);
            let rest = self.pool.difference(line, term);
            let quotient = self.pool.quotient(rest, rate);
            let value = self.pool.negate(quotient);
            let value = self.shape(value, Form::Expanded)?;
            let write = |notation| -> Result<String> {
                let value = print::write(&self.pool, value, notation)?;
                Ok(format!("{} = {value}", print::name(name, notation)))
            };
            return Ok(Caption {
                text: write(Notation::Text)?,
                latex: write(Notation::Latex)?,
            });
        }
        Ok(Caption::default())
    }
}

/// Where the curve is, far and wide.
fn look(f: &mut dyn FnMut(f64, f64) -> f64) -> [(f64, f64); 2] {
    for reach in REACHES {
        let side = (-reach, reach);
        let window = Window { x: side, y: side, width: 400.0, height: 400.0 };
        let mut found = contour(f, &window, COARSE);
        found.lines.push(found.points);
        let Some(parts) = extent(&found.lines) else { continue };
        let edge = 0.99 * reach;
        let ends = |(low, high): (f64, f64)| low > -edge && high < edge;
        if parts.iter().all(|part| ends(*part)) {
            return parts.map(|(low, high)| {
                let pad = (0.2 * (high - low)).max(0.05 * reach);
                rounded(low - pad, high + pad)
            });
        }
        let half = if reach == 10.0 { PLAIN } else { reach };
        return [(-half, half); 2];
    }
    [(-PLAIN, PLAIN); 2]
}

/// The same with steps that are as long on both axes.
pub(super) fn squared(window: Window) -> Window {
    let across = (window.x.1 - window.x.0) / window.width;
    let along = (window.y.1 - window.y.0) / window.height;
    let most = across.max(along);
    let about = |(low, high): (f64, f64), length: f64| {
        let middle = 0.5 * (low + high);
        (middle - 0.5 * most * length, middle + 0.5 * most * length)
    };
    let (x, y) = (about(window.x, window.width), about(window.y, window.height));
    Window { x, y, ..window }
}
