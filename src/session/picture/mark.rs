//! Points of a function that are marked: extrema, points of inflection, ends and holes.

use super::super::engine::{Engine, Form, Formula};
use super::graph::{Graph, Seam, nearby};
use super::{about, point};
use crate::error::Result;
use crate::evaluate::{Tape, nice, values};
use crate::extrema::{self, Kind, Zero, Zeros};
use crate::function::{self, spec::Category};
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::plot::{Caption, Ending, Gap, Mark, Role};
use crate::series;

/// Of longer functions no extrema are looked for.
const MAX_COST: u32 = 300;
/// Special functions whose values are quick.
const QUICK: [&str; 6] = ["erf", "erfc", "si", "ci", "ei", "lambertw"];
/// How far from 0 extrema of others are looked for, and points of inflection of all.
const ROUGH: f64 = 12.0;
/// The most members of a family that are marked.
const MEMBERS: i64 = 40;
/// The same of points that are known by their digits.
const FEW: usize = 7;
/// Points nearer to each other than this part of what is seen are one.
const SAME: f64 = 1e-6;
/// What changes a function by less than this part of it in what is seen is rounding.
const ROUNDING: [f64; 2] = [1e-12, 1e-9];
/// Where it is seen which way a curve bends, from far to near.
const BESIDE: [f64; 3] = [1e-3, 1e-6, 1e-9];
/// No value of an extremum.
const HUGE: f64 = 1e30;
/// Points nearer to each other than this part of what is seen are a crowd.
const CROWDED: f64 = 0.02;
/// More points than this are no longer named.
const MAX_NAMED: usize = 14;

/// A point at which something happens, or a family of them.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) at: ExprId,
    pub(super) value: ExprId,
    pub(super) role: Role,
    pub(super) is_exact: bool,
    /// The number that counts a family.
    pub(super) counter: Option<ExprId>,
    /// How far the next member of a family is, without a number that counts it.
    step: Option<ExprId>,
    pub(super) period: Option<f64>,
}

impl Spot {
    /// Whether it or a member of its family is at a place.
    fn is_at(&self, x: f64, near: f64) -> bool {
        let gap = x - self.x;
        let rest = match self.period {
            Some(period) => gap - (gap / period).round() * period,
            None => gap,
        };
        rest.abs() < near
    }
}

/// The points of a function at which something happens.
#[derive(Clone, Debug, Default)]
pub(super) struct Spots {
    pub(super) list: Vec<Spot>,
    /// Derivatives of whose zeros values tell, and the role of these.
    by_values: Vec<(ExprId, Option<Role>)>,
}

impl Engine {
    /// The critical points and points of inflection of a function.
    pub(super) fn spots(
        &mut self,
        formula: &Formula,
        name: &str,
        window: (f64, f64),
    ) -> Result<Spots> {
        let [root] = formula.roots[..] else { return Ok(Spots::default()) };
        if self.pool.cost(root) > MAX_COST {
            return Ok(Spots::default());
        }
        let wrt = [name.to_owned()];
        let symbol = self.pool.symbol(name);
        let slope = match self.partials(formula, &wrt, 1, Form::Auto) {
            Ok(found) => found.partials[0].values[0],
            // What has no derivative that is known has a picture all the same.
            Err(_) => {
                self.take_failure();
                return Ok(Spots::default());
            }
        };
        // What is not solved takes long to be found with many digits.
        if self.is_slow(root) || !self.solved(slope, symbol).complete {
            let mut by_values = vec![(slope, None)];
            let mut found = self.rough_spots(root, [slope, symbol], window, None);
            let second = self.partials(formula, &wrt, 2, Form::Auto);
            self.take_failure();
            if let (Ok(second), true) = (second, found.len() <= FEW) {
                let bend = second.partials[0].values[0];
                let role = Some(Role::Inflection);
                by_values.push((bend, role));
                found.extend(self.rough_spots(root, [bend, symbol], window, role));
            }
            return Ok(Spots { list: found, by_values });
        }
        let mut found = Vec::new();
        // What has no extrema that can be found has a picture all the same.
        if let Ok(critical) = self.critical(formula, &wrt) {
            for own in critical.points {
                let Some(coordinate) = own.coordinates.first() else { continue };
                // What is that large is a pole that was met by a number near it.
                // Which members of a family there are, values tell.
                let is_open = coordinate.counter.is_none() && !own.conditions.is_empty();
                if is_open || self.float(own.value).abs() > HUGE {
                    continue;
                }
                let role = match own.kind {
                    Kind::Minimum => Role::Minimum,
                    Kind::Maximum => Role::Maximum,
                    Kind::Inflection => Role::Inflection,
                    _ => Role::Critical,
                };
                let [x, next] = [0, 1].map(|n| {
                    let at = self.member(coordinate.value, coordinate.counter, n);
                    self.float(at)
                });
                found.push(Spot {
                    x,
                    at: coordinate.value,
                    value: own.value,
                    role,
                    is_exact: !own.approximate,
                    counter: coordinate.counter,
                    step: None,
                    period: coordinate.counter.map(|_| next - x),
                });
            }
        }
        self.take_failure();
        let mut by_values = Vec::new();
        let inflections = self.inflections(formula, name, &found, &mut by_values);
        self.take_failure();
        found.extend(inflections.unwrap_or_default());
        Ok(Spots { list: found, by_values })
    }

    /// Adds what values tell in what is seen.
    pub(super) fn add_seen(
        &mut self,
        root: ExprId,
        spots: &mut Spots,
        symbol: ExprId,
        seen: (f64, f64),
    ) {
        let near = SAME * (seen.1 - seen.0);
        for (slope, role) in spots.by_values.clone() {
            for spot in self.rough_spots(root, [slope, symbol], seen, role) {
                if !spots.list.iter().any(|own| own.is_at(spot.x, near)) {
                    spots.list.push(spot);
                }
            }
        }
    }

    /// Whether values of a function with many digits take long.
    pub(super) fn is_slow(&self, root: ExprId) -> bool {
        self.pool.reachable(&[root]).into_iter().any(|id| match self.pool.node(id) {
            Node::Apply(own, _) => {
                own.is_builtin()
                    && function::spec(own).category == Category::Special
                    && !QUICK.contains(&function::spec(own).name)
            }
            _ => false,
        })
    }

    /// Whether a function in an expression has poles that the table lists.
    pub(super) fn has_listed_poles(&self, root: ExprId) -> bool {
        self.pool.reachable(&[root]).into_iter().any(|id| match self.pool.node(id) {
            Node::Apply(own, _) => !function::spec(own).poles.is_empty(),
            _ => false,
        })
    }

    /// The zeros of an expression that can be solved for.
    fn solved(&mut self, id: ExprId, symbol: ExprId) -> Zeros {
        let (pool, simplifier) = self.pool_and_simplifier();
        let expand = series::expand_beside;
        let found = extrema::zeros(pool, simplifier, expand, (id, symbol), None);
        self.take_failure();
        found
    }

    /// Where a derivative changes its sign as double precision tells: extrema, or points of
    /// another role.
    fn rough_spots(
        &mut self,
        root: ExprId,
        [slope, symbol]: [ExprId; 2],
        (low, high): (f64, f64),
        role: Option<Role>,
    ) -> Vec<Spot> {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[slope, root]);
        let own = self.pool.symbol_name(symbol).unwrap_or_default();
        if tape.variables.iter().any(|name| name != own) {
            return Vec::new();
        }
        let count = tape.variables.len();
        let at = |x: f64| {
            let found = values(&tape, &vec![x; count]);
            [found[slots[0] as usize], found[slots[1] as usize]]
        };
        let is_wide = high - low > 4.0 * ROUGH;
        let (low, high) = if is_wide { (-ROUGH, ROUGH) } else { (low, high) };
        let place = |n: i32| low + (high - low) * (f64::from(n) + 0.137) / 600.0;
        let mut found = Vec::new();
        for n in 0..600 {
            let (mut a, mut b) = (place(n), place(n + 1));
            let ([left, from], [right, to]) = (at(a), at(b));
            if !is_crossed(left, right) {
                continue;
            }
            let most = left.abs().max(right.abs());
            let (power, least) = match role {
                Some(Role::Inflection) => (2, ROUNDING[1]),
                _ => (1, ROUNDING[0]),
            };
            let size = from.abs().min(to.abs());
            if most * (high - low).powi(power) <= least * size {
                continue;
            }
            for _ in 0..60 {
                let middle = 0.5 * (a + b);
                match (at(middle)[0] < 0.0) == (left < 0.0) {
                    true => a = middle,
                    false => b = middle,
                }
            }
            // Beside a pole slopes grow, where the sign changes they are small.
            let is_small = at(a)[0].abs() <= 1e-6 * most;
            if !is_small {
                continue;
            }
            let (mut x, mut y) = (0.5 * (a + b), at(a)[1]);
            let middle = at(0.0)[1];
            if x.abs() < 1e-6 * (high - low)
                && (middle - y).abs() < 1e-9 * (1.0 + y.abs())
            {
                // Rounding beside 0.
                (x, y) = (0.0, middle);
            }
            // What is small beside the values around it is 0, all else is only small.
            let is_zero = y.abs() <= 1e-12 * from.abs().max(to.abs());
            let [x, value] = [(x, true), (y, is_zero)].map(|(x, may_vanish)| {
                let short = nice(&mut self.pool, x, 1e-13);
                let short = short.filter(|id| *id != Pool::ZERO || may_vanish);
                short.unwrap_or_else(|| self.pool.number(nearby(x)))
            });
            let turns = if left < 0.0 { Role::Minimum } else { Role::Maximum };
            found.push(Spot {
                x: self.float(x),
                at: x,
                value,
                role: role.unwrap_or(turns),
                is_exact: false,
                counter: None,
                step: None,
                period: None,
            });
        }
        found
    }

    /// Forgets a limit that was reached on the way to what is not needed.
    pub(super) fn take_failure(&mut self) {
        let _ = self.pool.take_failure();
    }

    /// A member of a family.
    pub(super) fn member(
        &mut self,
        id: ExprId,
        counter: Option<ExprId>,
        n: i64,
    ) -> ExprId {
        let Some(counter) = counter else { return id };
        let n = self.pool.number(Number::from(n));
        let put = self.pool.substitute(&[id], &[(counter, n)], function::apply)[0];
        self.simplify(put).unwrap_or(put)
    }

    fn inflections(
        &mut self,
        formula: &Formula,
        name: &str,
        known: &[Spot],
        by_values: &mut Vec<(ExprId, Option<Role>)>,
    ) -> Result<Vec<Spot>> {
        let wrt = [name.to_owned()];
        let second = self.partials(formula, &wrt, 2, Form::Auto)?.partials;
        let Some(second) = second.first().and_then(|one| one.values.first().copied())
        else {
            return Ok(Vec::new());
        };
        let symbol = self.pool.symbol(name);
        if self.pool.cost(second) > MAX_COST || !self.pool.may_depend(second, symbol) {
            return Ok(Vec::new());
        }
        let zeros = self.solved(second, symbol);
        if !zeros.complete {
            by_values.push((second, Some(Role::Inflection)));
        }
        let mut found = Vec::new();
        for Zero { value: at, period, approximate } in zeros.points {
            let x = self.float(at);
            let near = 1e-9 * (1.0 + x.abs());
            if known.iter().any(|spot| spot.is_at(x, near))
                || !self.bends(second, symbol, x)
                || approximate && self.is_flat(formula.roots[0], symbol, x)
            {
                continue;
            }
            let Some(value) =
                self.value_here(formula, formula.roots[0], (symbol, at), &[])?
            else {
                continue;
            };
            let is_exact = !approximate;
            let step = period;
            let period = period.map(|period| self.float(period));
            found.push(Spot {
                x,
                at,
                value,
                role: Role::Inflection,
                is_exact,
                counter: None,
                step,
                period,
            });
        }
        Ok(found)
    }

    /// Whether a second derivative changes its sign at a place, as far from it as there is
    /// anything left of it.
    fn bends(&self, second: ExprId, symbol: ExprId, x: f64) -> bool {
        let sides = BESIDE.into_iter().map(|size| {
            let step = size * (1.0 + x.abs());
            [x - step, x + step].map(|x| self.double_at(second, symbol, x))
        });
        let mut told = sides.filter(|[left, right]| *left != 0.0 && *right != 0.0);
        told.next().is_some_and(|[left, right]| is_crossed(left, right))
    }

    /// Whether doubles tell no values around a place from the one there.
    fn is_flat(&self, root: ExprId, symbol: ExprId, x: f64) -> bool {
        let step = BESIDE[0] * (1.0 + x.abs());
        let [left, here, right] =
            [x - step, x, x + step].map(|x| self.double_at(root, symbol, x));
        left == here && here == right
    }

    /// The members of points in what is seen, as marks.
    pub(super) fn marks_of(
        &mut self,
        formula: &Formula,
        spots: &[Spot],
        ink: usize,
        symbol: ExprId,
        (low, high): (f64, f64),
    ) -> Result<Vec<Mark>> {
        let mut found: Vec<Mark> = Vec::new();
        for spot in spots {
            let mut members = vec![(spot.at, spot.value)];
            if let Some(period) = spot.period {
                let from = ((low - spot.x) / period).min((high - spot.x) / period);
                let to = ((low - spot.x) / period).max((high - spot.x) / period);
                if to - from > MEMBERS as f64 {
                    continue;
                }
                members.clear();
                for n in (from - 1e-9).ceil() as i64..=(to + 1e-9).floor() as i64 {
                    members.push(match spot.counter {
                        Some(_) => {
                            let at = self.member(spot.at, spot.counter, n);
                            (at, self.member(spot.value, spot.counter, n))
                        }
                        None => {
                            let x = self.float(spot.at) + n as f64 * period;
                            let Some(at) = self.shifted(spot, n, x) else { continue };
                            let root = formula.roots[0];
                            match self.value_here(formula, root, (symbol, at), &[])? {
                                Some(value) => (at, value),
                                None => continue,
                            }
                        }
                    });
                }
            }
            for (at, value) in members {
                let (x, y) = (self.float(at), self.float(value));
                let is_seen = x >= low - 1e-9 && x <= high + 1e-9 && y.is_finite();
                let is_known = found.iter().any(|mark| (mark.at.0 - x).abs() < 1e-9);
                if !is_seen || is_known {
                    continue;
                }
                let value = self.simplify(value)?;
                let caption = self.point_caption(at, value, spot.is_exact)?;
                let caption = Some(caption);
                found.push(Mark { at: (x, y), role: spot.role, ink, caption });
            }
        }
        let most = match spots.iter().all(|spot| spot.is_exact) {
            true => MAX_NAMED,
            false => FEW,
        };
        if found.len() > most {
            // Those nearest to 0 stand for all, unless they cannot be told from each other.
            let places: Vec<f64> = found.iter().map(|mark| mark.at.0).collect();
            let room = CROWDED * (high - low);
            let is_crowded = |x: f64| {
                places.iter().any(|other| *other != x && (x - other).abs() < room)
            };
            found.sort_by(|a, b| {
                let [crowd, other] = [a, b].map(|mark| is_crowded(mark.at.0));
                crowd.cmp(&other).then(a.at.0.abs().total_cmp(&b.at.0.abs()))
            });
            let has_room = found.iter().any(|mark| !is_crowded(mark.at.0));
            for (place, mark) in found.iter_mut().enumerate() {
                if place >= most || has_room && is_crowded(mark.at.0) {
                    mark.caption = None;
                }
            }
        }
        Ok(found)
    }

    /// A member of a family of zeros that is counted by its period.
    fn shifted(&mut self, spot: &Spot, n: i64, x: f64) -> Option<ExprId> {
        let Some(step) = spot.step.filter(|_| n != 0) else { return Some(spot.at) };
        let short = nice(&mut self.pool, x, 1e-12);
        if short.is_some() || !spot.is_exact {
            return short.or_else(|| Some(self.pool.number(nearby(x))));
        }
        let steps = self.pool.scale(&Number::from(n), step);
        let sum = self.pool.sum(&[spot.at, steps]);
        self.simplify(sum).ok()
    }

    /// A point as it is written, exact where it is short.
    pub(super) fn point_caption(
        &mut self,
        at: ExprId,
        value: ExprId,
        is_exact: bool,
    ) -> Result<Caption> {
        let x = self.beside_point(at, is_exact)?;
        let expanded = self.shape(value, Form::Expanded);
        self.take_failure();
        let own = self.beside_point(value, is_exact)?;
        let other =
            expanded.ok().map(|id| self.beside_point(id, is_exact)).transpose()?;
        // Of two ways to write it, the shorter one that is exact.
        let is_better = |one: &Caption| {
            one.text.len() < own.text.len() || own.text.contains('.') && is_exact
        };
        let value = other.filter(is_better).unwrap_or_else(|| own.clone());
        Ok(point(&x, &value))
    }

    /// What is marked at a break: rings and dots.
    pub(super) fn marks_at(
        &mut self,
        graph: &Graph,
        seam: &Seam,
        seen: [bool; 2],
    ) -> Result<Vec<Mark>> {
        let Some(gap) = seam.gap() else { return Ok(Vec::new()) };
        let ink = graph.ink;
        let mut found: Vec<Mark> = Vec::new();
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
        let mut is_met = false;
        for (place, side) in seam.sides.iter().enumerate() {
            let Ending::Limit(y) = side.ending else { continue };
            let is_value = seam.value.is_some_and(|value| near(value, y));
            is_met |= is_value;
            if !seen[place] {
                continue;
            }
            let role = match (is_value, gap) {
                (true, _) => Role::Closed,
                (false, Gap::Hole) => Role::Hole,
                (false, _) => Role::Open,
            };
            if place == 1 && found.iter().any(|mark| near(mark.at.1, y)) {
                continue;
            }
            let caption = match (gap, side.exact) {
                (Gap::Hole, Some(exact)) if graph.parent.is_none() => {
                    Some(self.point_caption(seam.at, exact, seam.is_exact)?)
                }
                (Gap::Hole, None) if graph.parent.is_none() => {
                    let x = self.beside_point(seam.at, seam.is_exact)?;
                    Some(point(&x, &about(y)))
                }
                _ => None,
            };
            found.push(Mark { at: (seam.x, y), role, ink, caption });
        }
        if let (Some(y), false) = (seam.value, is_met) {
            let caption = match seam.exact_value {
                Some(value) => Some(self.point_caption(seam.at, value, seam.is_exact)?),
                None => None,
            };
            found.push(Mark { at: (seam.x, y), role: Role::Isolated, ink, caption });
        }
        Ok(found)
    }

    /// The zeros of functions, to see where something happens.
    pub(super) fn roots_of(
        &mut self,
        root: ExprId,
        symbol: ExprId,
    ) -> Vec<(Zero, f64, Option<f64>)> {
        if self.pool.cost(root) > MAX_COST || root == Pool::ZERO {
            return Vec::new();
        }
        let zeros = self.solved(root, symbol);
        let one = |zero: Zero| {
            let period = zero.period.map(|period| self.float(period));
            (zero, self.float(zero.value), period)
        };
        zeros.points.into_iter().map(one).collect()
    }
}

/// Whether numbers lie on both sides of 0.
fn is_crossed(a: f64, b: f64) -> bool {
    a * b < 0.0
}
