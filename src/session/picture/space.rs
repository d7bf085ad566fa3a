//! A picture of a function of two variables in space, with tangent planes or quadratic
//! approximations.

use super::super::engine::{Engine, Formula};
use super::scene::{Scene, Values};
use super::{View, describe, point};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::Tape;
use crate::plot::{
    Axis, Caption, Field, Picture, Role, Sheet, Space, SpacePoint, Spot, Unit, Window,
    between, span,
};
use crate::print::{self, Notation};

/// How many tiles a surface has each way, and one that touches it.
const TILES: [usize; 2] = [36, 36];
const TOUCHING: [usize; 2] = [14, 14];
/// How far to each side of its point an approximation is drawn, of what is seen.
const REACH: f64 = 0.3;
/// The highest order of an approximation.
const ORDERS: u32 = 10;
/// A step between neighbours that is so much of all heights may be a jump.
const STEEP: f64 = 0.1;

impl Engine {
    pub(super) fn space(
        &mut self,
        formula: &Formula,
        names: [String; 2],
        view: &View,
    ) -> Result<Picture> {
        if !view.orders.is_empty() {
            let what = "derivatives in a picture of two variables".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        // Both ways of the plane are as long in space, whatever they measure.
        let square = View { size: (400.0, 400.0), ..view.clone() };
        let scene = self.scene(formula, names, &square)?;
        let Scene { names, f, caption, marks, path, window, units, .. } = scene;
        let mut value = |x: f64, y: f64| f.first(x, y);
        let mut field = Field::new(&mut value, &window, TILES);
        let mut seen: Vec<f64> = field.values.iter().flatten().copied().collect();
        f.must_have_lasted()?;
        if !seen.iter().any(|value| value.is_finite()) {
            let what = "the function in all that is seen".to_owned();
            return Err(ErrorKind::Undefined(what).into());
        }
        let special: Vec<f64> =
            marks.iter().map(|mark| f.first(mark.at.0, mark.at.1)).collect();
        let (low, high) = span(&mut seen, &special, &special, false);
        let tiles = field.tiles(STEEP * (high - low));
        let cut = |tiles: Vec<Vec<SpacePoint>>| -> Vec<Vec<SpacePoint>> {
            let cut = tiles.iter().map(|tile| between(tile, low, high));
            cut.filter(|tile| tile.len() > 2).collect()
        };
        let mut sheets = vec![Sheet { caption, ink: None, tiles: cut(tiles) }];
        let mut points: Vec<Spot> = marks
            .into_iter()
            .map(|mark| {
                let (x, y) = mark.at;
                ([x, y, f.first(x, y)], mark.role, mark.caption)
            })
            .collect();
        for at in &view.at {
            let (sheet, own) = self.touching(formula, &names, at, (view, &window))?;
            points.push(own);
            let tiles = cut(sheet.tiles);
            sheets.push(Sheet { ink: Some(1 + sheets.len()), tiles, ..sheet });
        }
        let way: Vec<SpacePoint> =
            path.iter().map(|(x, y)| [*x, *y, f.first(*x, *y)]).collect();
        let is_seen = |z: f64| z >= low && z <= high;
        points.retain(|(at, ..)| is_seen(at[2]));
        let [x, y] = names;
        let axis = |name, (low, high), unit| Axis { name, low, high, unit };
        let title: Vec<String> = sheets.iter().map(|own| own.caption.unicode()).collect();
        let ways = if way.len() > 1 { vec![way] } else { Vec::new() };
        let z = axis("z".to_owned(), (low, high), Unit::One);
        let (x, y) = (axis(x, window.x, units[0]), axis(y, window.y, units[1]));
        let space = Some(Space { z, sheets, ways, points });
        let empty = Picture::over(title.join(", "), x, y);
        let mut picture = Picture { space, ..empty };
        picture.description = describe::space(&picture);
        Ok(picture)
    }

    /// The tangent plane, or a Taylor polynomial, with the point at which it touches.
    fn touching(
        &mut self,
        formula: &Formula,
        names: &[String; 2],
        at: &super::super::point::eval::Point,
        (view, window): (&View, &Window),
    ) -> Result<(Sheet, Spot)> {
        let order = view.taylor.unwrap_or(1);
        if order > ORDERS {
            let what = "the order of a Taylor polynomial that is drawn in space";
            return Err(ErrorKind::OverLimit { what, limit: ORDERS.into() }.into());
        }
        let (place, ids) = self.place_of(names, at)?;
        let found = self.taylor(formula, names, at, order)?;
        let Some(found) = found.first() else {
            let what = "there is nothing to be approximated".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what)));
        };
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[found.polynomial]);
        let polynomial = Values::new(tape, slots, &names[0]);
        let called = format!("T{order}");
        let variables = [&names[0][..], &names[1][..]];
        let write = |notation: Notation| -> Result<String> {
            let label = print::call_label(&called, None, &variables, notation);
            let text = found.write(&self.pool, notation, false)?;
            Ok(format!("{label} = {text}"))
        };
        let caption =
            Caption { text: write(Notation::Text)?, latex: write(Notation::Latex)? };
        let around = |at: f64, (low, high): (f64, f64)| {
            let reach = REACH * (high - low);
            ((at - reach).max(low), (at + reach).min(high))
        };
        let own = Window {
            x: around(place.0, window.x),
            y: around(place.1, window.y),
            ..*window
        };
        let mut value = |x: f64, y: f64| polynomial.first(x, y);
        let tiles = Field::new(&mut value, &own, TOUCHING).tiles(f64::INFINITY);
        let z = polynomial.first(place.0, place.1);
        let [x, y] = [self.beside_point(ids[0], true)?, self.beside_point(ids[1], true)?];
        let spot = ([place.0, place.1, z], Role::Contact, Some(point(&x, &y)));
        Ok((Sheet { caption, ink: None, tiles }, spot))
    }
}
