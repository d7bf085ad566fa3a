//! Lines to which a function comes near: at poles, and far to the left and to the right.

use super::super::engine::Engine;
use super::graph::{Graph, Seam};
use super::side::Side;
use crate::error::Result;
use crate::function::{self, spec::Category};
use crate::kernel::{ExprId, Node, Pool};
use crate::plot::{Caption, Ending, Gap, Guide};
use crate::print::{self, Notation};

/// A name that cannot be typed, of what is small where the variable is large.
const SMALL: &str = "\u{1}small";
/// What is far out.
const FAR: f64 = 12_345.6;
/// Where it is looked at whether a function comes nearer to a line.
const SWINGS: [f64; 2] = [1e6, 1e9];
/// What is left of a gap that does not become smaller, and what is a gap.
const STAYS: f64 = 0.9;
const SEEN: f64 = 1e-3;
/// Of longer functions no asymptotes are looked for.
const MAX_COST: u32 = 200;

impl Engine {
    /// The upright line at a pole.
    pub(super) fn upright(&self, seam: &Seam, name: &str) -> Result<Option<Guide>> {
        if seam.gap() != Some(Gap::Pole) {
            return Ok(None);
        }
        let at = self.beside_point(seam.at, seam.is_exact)?;
        let caption = equation(name, &at);
        Ok(Some(Guide::Vertical(seam.x, caption)))
    }

    /// The lines to which a function comes near on the far left and the far right.
    pub(super) fn far_lines(&mut self, graph: &Graph, symbol: ExprId) -> Vec<Guide> {
        let mut found: Vec<Guide> = Vec::new();
        if self.pool.cost(graph.root) > MAX_COST || self.may_have_far_poles(graph.root) {
            return found;
        }
        for is_left in [true, false] {
            if self.has_poles_beyond(graph, symbol, is_left) {
                continue;
            }
            let line = self.far_line(graph, symbol, is_left);
            self.take_failure();
            let Ok(Some(line)) = line else { continue };
            let is_same = |other: &Guide| match (other, &line) {
                (
                    Guide::Line { slope: a, level: b, .. },
                    Guide::Line { slope: c, level: d, .. },
                ) => (a - c).abs() + (b - d).abs() < 1e-9 * (1.0 + b.abs()),
                _ => false,
            };
            if !found.iter().any(is_same) {
                found.push(line);
            }
        }
        found
    }

    /// Whether there are poles at whole numbers however far out, as those of `gamma(x)`.
    fn has_poles_beyond(&self, graph: &Graph, symbol: ExprId, is_left: bool) -> bool {
        let far = if is_left { -FAR } else { FAR };
        graph.suspects.whole.iter().any(|(id, most)| {
            *most != i64::MAX && self.double_at(*id, symbol, far) < *most as f64
        })
    }

    /// Whether there may be poles however far out, as those of `tan(x)/x`: then a function comes
    /// near to nothing, whatever its values at some places do.
    fn may_have_far_poles(&self, root: ExprId) -> bool {
        let is_circular = |id: ExprId, is_entire: bool| match self.pool.node(id) {
            Node::Apply(own, _) if own.is_builtin() => {
                let row = function::spec(own);
                row.period.is_some()
                    && row.is_entire == is_entire
                    && !self.pool.is_constant(id)
            }
            _ => false,
        };
        self.pool.reachable(&[root]).into_iter().any(|id| match self.pool.node(id) {
            Node::Power(base, exponent) => {
                let is_below =
                    self.pool.as_number(exponent).is_none_or(|n| n.is_negative());
                let mut inner = self.pool.reachable(&[base]).into_iter();
                is_below && inner.any(|id| is_circular(id, true))
            }
            _ => is_circular(id, false),
        })
    }

    /// Whether something in an expression may come so near to a line that no double tells.
    fn has_tail(&self, id: ExprId) -> bool {
        const STEPS: [&str; 4] = ["abs", "sign", "relu", "cbrt"];
        self.pool.reachable(&[id]).into_iter().any(|id| match self.pool.node(id) {
            Node::Power(_, exponent) => self.pool.as_number(exponent).is_none(),
            Node::Apply(own, _) if own.is_builtin() => {
                let row = function::spec(own);
                let is_step = row.category == Category::Piecewise;
                !is_step && !STEPS.contains(&row.name)
            }
            _ => false,
        })
    }

    fn far_line(
        &mut self,
        graph: &Graph,
        symbol: ExprId,
        is_left: bool,
    ) -> Result<Option<Guide>> {
        let small = self.pool.symbol(SMALL);
        let large = self.pool.power(small, Pool::MINUS_ONE);
        let moved =
            self.pool.substitute(&[graph.root], &[(symbol, large)], function::apply)[0];
        let variable = (small, Pool::ZERO);
        let side = self.side_of(moved, variable, is_left)?;
        let (slope, level) = match side.ending {
            Ending::Limit(_) => (None, side),
            Ending::Up | Ending::Down => {
                let quotient = self.pool.product(&[moved, small]);
                let slope = self.side_of(quotient, variable, is_left)?;
                let (Ending::Limit(rate), Some(exact)) = (slope.ending, slope.exact)
                else {
                    return Ok(None);
                };
                if rate == 0.0 {
                    return Ok(None);
                }
                let line = self.pool.quotient(exact, small);
                let rest = self.pool.difference(moved, line);
                let rest = self.simplify(rest)?;
                (Some(slope), self.side_of(rest, variable, is_left)?)
            }
            _ => return Ok(None),
        };
        let Ending::Limit(height) = level.ending else { return Ok(None) };
        // What is the line itself does not come near to it.
        let rate = slope.map_or(0.0, limit);
        let sign = if is_left { -1.0 } else { 1.0 };
        let places = match self.has_tail(graph.root) {
            true => [1.7, 2.9, 4.3, 6.1],
            false => [117.3, 329.1, 553.7, 921.9],
        };
        let is_line = places.into_iter().all(|x| {
            let x = sign * x;
            let gap = graph.value(x) - (rate * x + height);
            gap.is_nan() || gap.abs() <= 1e-14 * (1.0 + height.abs() + (rate * x).abs())
        });
        if is_line || swings(graph, (rate, height), sign) {
            return Ok(None);
        }
        let caption = match (slope.map(|side| side.exact), level.exact) {
            (None, Some(level)) => equation("y", &self.beside_point(level, true)?),
            (Some(Some(slope)), Some(level)) => {
                let term = self.pool.product(&[slope, symbol]);
                let sum = self.pool.sum(&[term, level]);
                equation(
                    "y",
                    &Caption {
                        text: print::write(&self.pool, sum, Notation::Text)?,
                        latex: print::write(&self.pool, sum, Notation::Latex)?,
                    },
                )
            }
            _ => return Ok(None),
        };
        Ok(Some(Guide::Line { slope: rate, level: height, caption }))
    }
}

/// Whether values farther out are as far from a line as those that are nearer, as those of steps
/// up and down.
fn swings(graph: &Graph, (rate, height): (f64, f64), sign: f64) -> bool {
    // Even and odd numbers, and what lies between.
    let spread = |from: f64| {
        let gaps = (0..16).map(|n| sign * (from + 0.5 * f64::from(n) + 0.137));
        let gaps = gaps.map(|x| (graph.value(x) - (rate * x + height)).abs());
        gaps.filter(|gap| gap.is_finite()).fold(0.0, f64::max)
    };
    let [near, far] = SWINGS.map(spread);
    far >= STAYS * near && far > SEEN * (1.0 + height.abs())
}

fn limit(side: Side) -> f64 {
    match side.ending {
        Ending::Limit(y) => y,
        _ => 0.0,
    }
}

/// `x = 1`.
fn equation(name: &str, value: &Caption) -> Caption {
    Caption {
        text: format!("{name} = {}", value.text),
        latex: format!("{} = {}", print::name(name, Notation::Latex), value.latex),
    }
}
