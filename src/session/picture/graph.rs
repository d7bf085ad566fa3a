//! A function of one variable that is drawn: its values, and where it breaks.

use super::super::engine::{Engine, Formula};
use super::super::point::slope::AtPoint;
use super::exact::{Bases, Beyond, Digits};
use super::side::Side;
use super::suspect::{Suspects, Watch};
use crate::error::{ErrorKind, Result};
use crate::evaluate::{Slot, Tape, values};
use crate::extrema::{self, Zero};
use crate::function::{self, spec::Category};
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::plot::{Caption, Ending, Gap, Stroke, approach};
use crate::print::{self, Notation};
use crate::series;
use crate::syntax;
use num_rational::BigRational;

/// The most breaks of one function that are looked at.
const MAX_BREAKS: usize = 1000;
/// The most whole numbers at which something may break.
const MAX_WHOLE: i64 = 400;
/// At so many places it is seen how high something is that is a whole number somewhere.
const PLACES: i32 = 200;
/// The same where the places are known by their digits.
const MAX_SLOW: f64 = 120.0;
/// How near to a break values in double precision are looked at.
const BESIDE: f64 = 1e-9;
/// What is smaller loses its digits.
const SMALL: f64 = 1e-280;
/// Two places are one when they are nearer.
const SAME: f64 = 1e-12;

/// A function to be drawn.
pub(super) struct Graph {
    pub(super) root: ExprId,
    pub(super) tape: Tape,
    pub(super) slot: Slot,
    pub(super) caption: Caption,
    pub(super) ink: usize,
    pub(super) stroke: Stroke,
    /// The formula of which it is a component, if it was typed.
    pub(super) source: Option<usize>,
    /// Its name in sentences.
    pub(super) name: String,
    /// The component of the formula that it is, or whose derivative it is.
    pub(super) component: usize,
    /// The function whose derivative it is, and the order.
    pub(super) parent: Option<(usize, u32)>,
    /// What has to have a value where it has one: the function whose derivative it is.
    pub(super) domain: Option<(Tape, Slot)>,
    /// What has to be no less than 0 for values beside each other.
    pub(super) bases: Option<Bases>,
    /// Its values with many digits, where doubles lose theirs.
    pub(super) digits: Option<Digits>,
    /// Its values where doubles overflow.
    pub(super) beyond: Option<Beyond>,
    /// Where it may break.
    pub(super) suspects: Suspects,
    /// Where it breaks, in what is seen.
    pub(super) seams: Vec<Seam>,
    /// Where it bends or may bend, in what is seen.
    pub(super) corners: Vec<f64>,
}

/// A place at which a function breaks.
#[derive(Clone, Debug)]
pub(super) struct Seam {
    pub(super) at: ExprId,
    pub(super) x: f64,
    pub(super) is_exact: bool,
    pub(super) sides: [Side; 2],
    pub(super) value: Option<f64>,
    pub(super) exact_value: Option<ExprId>,
    /// Whether it is a pole beside which the values are too small for doubles.
    pub(super) is_small_pole: bool,
}

impl Seam {
    /// What it is; `None` where the function is continuous.
    pub(super) fn gap(&self) -> Option<Gap> {
        let [left, right] = self.sides.map(|side| side.ending);
        // Far up, a step is small beside the height.
        let is_known = self.sides.iter().all(|side| side.exact.is_some());
        let part = if is_known { 1e-13 } else { 1e-9 };
        let near = |a: f64, b: f64| (a - b).abs() <= part * (1.0 + a.abs());
        let grows = |side| matches!(side, Ending::Up | Ending::Down);
        Some(match (left, right) {
            _ if self.is_small_pole || grows(left) || grows(right) => Gap::Pole,
            (Ending::Outside, Ending::Outside) => match self.value {
                Some(_) => Gap::Alone,
                None => return None,
            },
            (Ending::Outside, Ending::Limit(_)) | (Ending::Limit(_), Ending::Outside) => {
                Gap::End
            }
            (Ending::Limit(a), Ending::Limit(b)) if near(a, b) => match self.value {
                Some(y) if near(y, a) => return None,
                _ => Gap::Hole,
            },
            (Ending::Limit(_), Ending::Limit(_)) => Gap::Jump,
            _ => Gap::Swing,
        })
    }
}

impl Graph {
    /// The value in double precision, of what was typed.
    pub(super) fn value(&self, x: f64) -> f64 {
        let of = |tape: &Tape, slot: Slot| {
            let point = vec![x; tape.variables.len()];
            values(tape, &point)[slot as usize]
        };
        let has_none = |(tape, slot): &(Tape, Slot)| of(tape, *slot).is_nan();
        if self.domain.as_ref().is_some_and(has_none) || self.is_alone(x) {
            return f64::NAN;
        }
        let known = self.digits.as_ref().and_then(|digits| digits.value(x));
        known.unwrap_or_else(|| self.beyond_doubles(x))
    }

    /// Whether a value at a place has no others beside it.
    fn is_alone(&self, x: f64) -> bool {
        self.bases.as_ref().is_some_and(|(tape, slots)| {
            let all = values(tape, &vec![x; tape.variables.len()]);
            slots.iter().any(|slot| all[*slot as usize] < 0.0)
        })
    }

    /// Whether its values have more digits than doubles of what was typed.
    pub(super) fn has_digits(&self) -> bool {
        self.digits.is_some()
    }

    pub(super) fn is_sure(&self) -> bool {
        self.suspects.all
    }
}

impl Engine {
    /// The expression of a formula with what may break it as it was typed.
    pub(super) fn watched(&mut self, formula: &Formula) -> Result<Suspects> {
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let mut watch = Watch::new(&mut self.pool);
        syntax::lower(formula.program(), &declared, &mut watch)?;
        let found = watch.found;
        self.check_limits()?;
        Ok(found)
    }

    /// The places in a range at which a function may break, and what may break elsewhere is
    /// noted.
    pub(super) fn places(
        &mut self,
        suspects: &mut Suspects,
        symbol: ExprId,
        (low, high): (f64, f64),
    ) -> Result<Vec<Zero>> {
        let mut found: Vec<Zero> = Vec::new();
        for id in suspects.zero.clone() {
            if !self.pool.may_depend(id, symbol) {
                continue;
            }
            let (pool, simplifier) = self.pool_and_simplifier();
            let zeros = extrema::zeros(
                pool,
                simplifier,
                series::expand_beside,
                (id, symbol),
                Some((low, high)),
            );
            suspects.all &= zeros.complete && self.check_limits().is_ok();
            for zero in zeros.points {
                suspects.all &= self.members(zero, (low, high), &mut found)?;
            }
        }
        let whole = suspects.whole.clone();
        let ids: Vec<ExprId> = whole.iter().map(|(id, _)| *id).collect();
        let heights = self.heights_of(&ids, symbol, (low, high));
        for ((id, greatest), (least, most)) in whole.into_iter().zip(heights) {
            let heights = (least, most.min(greatest as f64));
            suspects.all &=
                self.whole_places((id, heights), symbol, (low, high), &mut found)?;
        }
        let float = |zero: &Zero| self.float(zero.value);
        found.sort_by(|a, b| {
            let exact = a.approximate.cmp(&b.approximate);
            float(a).total_cmp(&float(b)).then(exact)
        });
        found.dedup_by(|a, b| {
            (float(a) - float(b)).abs() <= SAME * (1.0 + float(b).abs())
        });
        suspects.all &= found.len() <= MAX_BREAKS;
        found.truncate(MAX_BREAKS);
        Ok(found)
    }

    /// The members of a family of zeros in a range; whether these are all.
    pub(super) fn members(
        &mut self,
        zero: Zero,
        (low, high): (f64, f64),
        found: &mut Vec<Zero>,
    ) -> Result<bool> {
        let first = self.float(zero.value);
        let is_seen = |x: f64| x >= low && x <= high;
        let Some(period) = zero.period else {
            if is_seen(first) {
                found.push(zero);
            }
            return Ok(true);
        };
        let length = self.float(period).abs();
        if !(length > 0.0 && first.is_finite()) {
            return Ok(false);
        }
        let slack = 1e-9;
        let from = ((low - first) / length - slack).ceil();
        let to = ((high - first) / length + slack).floor();
        if to - from > MAX_BREAKS as f64 {
            return Ok(false);
        }
        let sign = if self.float(period) < 0.0 { -1 } else { 1 };
        for n in from as i64..=to as i64 {
            let steps = self.pool.scale(&Number::from(sign * n), period);
            let sum = self.pool.sum(&[zero.value, steps]);
            let value = self.simplify(sum)?;
            found.push(Zero { value, period: None, ..zero });
        }
        Ok(true)
    }

    /// The least and the greatest value of each of some expressions at places in a range.
    fn heights_of(
        &self,
        ids: &[ExprId],
        symbol: ExprId,
        (low, high): (f64, f64),
    ) -> Vec<(f64, f64)> {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, ids);
        let name = self.pool.symbol_name(symbol).unwrap_or_default();
        let mut found = vec![(f64::INFINITY, f64::NEG_INFINITY); ids.len()];
        for n in 0..=PLACES {
            let x = low + (high - low) * f64::from(n) / f64::from(PLACES);
            let value_of = |own: &String| if own == name { x } else { f64::NAN };
            let point: Vec<f64> = tape.variables.iter().map(value_of).collect();
            let all = values(&tape, &point);
            for (slot, (least, most)) in slots.iter().zip(&mut found) {
                let y = all[*slot as usize];
                if y.is_finite() {
                    (*least, *most) = (least.min(y), most.max(y));
                }
            }
        }
        found
    }

    /// Where something with a least and a greatest value is a whole number; whether these
    /// places are all.
    fn whole_places(
        &mut self,
        (id, (least, most)): (ExprId, (f64, f64)),
        symbol: ExprId,
        (low, high): (f64, f64),
        found: &mut Vec<Zero>,
    ) -> Result<bool> {
        if least > most || most - least > MAX_WHOLE as f64 {
            return Ok(least > most);
        }
        let mut all = true;
        for n in least.floor() as i64..=most.ceil() as i64 {
            let whole = self.pool.number(Number::from(n));
            let gap = self.pool.difference(id, whole);
            let (pool, simplifier) = self.pool_and_simplifier();
            let expand = series::expand_beside;
            let zeros = extrema::zeros(
                pool,
                simplifier,
                expand,
                (gap, symbol),
                Some((low, high)),
            );
            all &= zeros.complete && self.check_limits().is_ok();
            // Digits of many places take long, and values tell where they are.
            let is_slow = zeros.points.iter().any(|zero| zero.approximate);
            for zero in zeros.points {
                all &= self.members(zero, (low, high), found)?;
            }
            if is_slow && most - least > MAX_SLOW {
                return Ok(false);
            }
        }
        Ok(all)
    }

    /// What a function does at a place at which it may break.
    pub(super) fn seam(
        &mut self,
        formula: &Formula,
        graph: &Graph,
        symbol: ExprId,
        zero: &Zero,
    ) -> Result<Seam> {
        let at = zero.value;
        let x = self.float(at);
        let root = graph.root;
        let sides = [
            self.side_of(root, (symbol, at), true)?,
            self.side_of(root, (symbol, at), false)?,
        ];
        let mut seam = Seam {
            at,
            x,
            is_exact: !zero.approximate,
            sides,
            value: None,
            exact_value: None,
            is_small_pole: false,
        };
        if let ([Ending::Limit(a), Ending::Limit(b)], true) =
            (sides.map(|side| side.ending), self.is_slow(root))
            && (a - b).abs() <= 1e-8 * (1.0 + a.abs())
        {
            // Both are known to some digits.
            let ending = sides[usize::from(sides[0].exact.is_none())].ending;
            seam.sides.iter_mut().for_each(|side| side.ending = ending);
        }
        // What grows beside a place has no value there, unless it takes steps.
        let grows = |side: Side| matches!(side.ending, Ending::Up | Ending::Down);
        if sides.into_iter().any(grows) && !self.takes_steps(root) {
            return Ok(seam);
        }
        let here = match graph.source {
            Some(_) if zero.approximate => {
                let is_missing = self.vanishes_at(&graph.suspects.missing, symbol, at);
                // Where it is not missing, it is what both sides come to.
                let [left, right] = sides.map(|side| side.ending);
                if let (false, Ending::Limit(a), Ending::Limit(b)) =
                    (is_missing, left, right)
                    && (a - b).abs() <= 1e-9 * (1.0 + a.abs())
                {
                    seam.value = Some(a);
                }
                return Ok(seam);
            }
            Some(_) => {
                let missing = &graph.suspects.missing;
                self.value_here(formula, root, (symbol, at), missing)?
            }
            None => self.derived_here(formula, graph, symbol, at)?,
        };
        seam.value = here.map(|id| self.float(id)).filter(|y| y.is_finite());
        seam.exact_value = here.filter(|_| seam.value.is_some());
        Ok(seam)
    }

    /// Whether something in an expression may have a value where others grow beside it.
    fn takes_steps(&self, root: ExprId) -> bool {
        self.pool.reachable(&[root]).into_iter().any(|id| match self.pool.node(id) {
            Node::Apply(own, _) if own.is_builtin() => {
                let row = function::spec(own);
                row.category == Category::Piecewise || !row.breaks.is_empty()
            }
            Node::Apply(..) => true,
            _ => false,
        })
    }

    /// The value of what was typed at a place.
    pub(super) fn value_here(
        &mut self,
        formula: &Formula,
        root: ExprId,
        (symbol, at): (ExprId, ExprId),
        missing: &[ExprId],
    ) -> Result<Option<ExprId>> {
        let name = self.pool.symbol_name(symbol).unwrap_or_default().to_owned();
        let point = vec![(name, print::write(&self.pool, at, Notation::Text)?)];
        let found = match self.at_point(&[root], &point) {
            Ok(found) => found[0],
            Err(error) if matches!(error.kind, ErrorKind::Undefined(_)) => {
                return Ok(None);
            }
            Err(_) => function_value(&mut self.pool, root, symbol, at),
        };
        let refused = self.refuse_outside(formula, &point);
        let is_outside =
            refused.is_err_and(|error| matches!(error.kind, ErrorKind::Undefined(_)));
        // Rounding leaves the domain of a root at its end; what is divided by decides.
        Ok((!is_outside || !self.vanishes_at(missing, symbol, at)).then_some(found))
    }

    /// Whether one of some expressions is 0 at a place, as far as doubles tell.
    fn vanishes_at(&self, ids: &[ExprId], symbol: ExprId, at: ExprId) -> bool {
        let x = self.float(at);
        let is_missing = |id: &ExprId| self.double_at(*id, symbol, x).is_nan();
        ids.iter().any(is_missing) || self.is_small_at(ids, symbol, at)
    }

    /// Whether one of some expressions is nearly 0 at a place.
    pub(super) fn is_small_at(&self, ids: &[ExprId], symbol: ExprId, at: ExprId) -> bool {
        let x = self.float(at);
        ids.iter().any(|id| {
            let size = self.double_at(*id, symbol, x + 1e-3).abs();
            self.double_at(*id, symbol, x).abs() <= 1e-9 * size
        })
    }

    /// The value of a derivative at a place, if it exists there.
    fn derived_here(
        &mut self,
        formula: &Formula,
        graph: &Graph,
        symbol: ExprId,
        at: ExprId,
    ) -> Result<Option<ExprId>> {
        let Some((_, order)) = graph.parent else {
            return Ok(Some(function_value(&mut self.pool, graph.root, symbol, at)));
        };
        let name = self.pool.symbol_name(symbol).unwrap_or_default().to_owned();
        let point = vec![(name.clone(), print::write(&self.pool, at, Notation::Text)?)];
        let sequence = vec![name; order as usize];
        let component = graph.component;
        let found = self.entry_at(formula, component, &sequence, graph.root, &point);
        self.take_failure();
        Ok(match found {
            Ok(AtPoint::Exact(id)) => Some(id),
            Ok(AtPoint::Decimal(text)) => text.parse().ok().map(|x| {
                let near = nearby(x);
                self.pool.number(near)
            }),
            Ok(AtPoint::Missing(_)) | Err(_) => None,
        })
    }
}

/// A break by values in double precision.
pub(super) fn rough_seam(graph: &Graph, zero: &Zero, x: f64) -> Seam {
    let near = BESIDE * (1.0 + x.abs());
    let mut f = |x: f64| graph.value(x);
    let mut side = |sign: f64| approach(&mut f, x, sign, near);
    let [mut left, mut right] = [side(-1.0), side(1.0)];
    let grows = |side: &Ending| matches!(side, Ending::Up | Ending::Down);
    let value = Some(graph.value(x)).filter(|y| y.is_finite());
    let value = value.filter(|_| !grows(&left) && !grows(&right));
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-5 * (1.0 + a.abs());
    for own in [&mut left, &mut right] {
        // A limit that is nearly the value is the value.
        if let (Ending::Limit(y), Some(value)) = (*own, value)
            && close(y, value)
        {
            *own = Ending::Limit(value);
        }
    }
    if let (Ending::Limit(a), Ending::Limit(b)) = (left, right)
        && (a - b).abs() <= 1e-7 * (1.0 + a.abs())
    {
        right = left;
    }
    let sides = [left, right].map(|ending| Side { ending, exact: None });
    Seam {
        at: zero.value,
        x,
        is_exact: !zero.approximate,
        sides,
        value,
        exact_value: None,
        is_small_pole: value.is_none()
            && [-near, near].into_iter().all(|step| graph.value(x + step).abs() < SMALL),
    }
}

/// A double as an exact number.
pub(super) fn nearby(x: f64) -> Number {
    BigRational::from_float(x).map_or(Number::ZERO, Number::from_big)
}

/// The expression with a value for its variable.
fn function_value(pool: &mut Pool, root: ExprId, symbol: ExprId, at: ExprId) -> ExprId {
    pool.substitute(&[root], &[(symbol, at)], function::apply)[0]
}
