//! Where an expression in one variable is 0: the line is cut where its pieces meet and where it
//! is 0, so that between two neighbouring cuts it is 0 throughout or nowhere.

mod line;
mod period;
mod split;

use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use line::order;
pub use line::{between, merged, order as in_order, sign as sign_of_constant};
pub(super) use split::is_pieced;
use split::{Splitter, in_pieces};

use std::cmp::Ordering;

/// How many cells are looked at.
const MOST: usize = 400;
/// How far an interval that is longer than a period goes beyond it on either side.
const BEYOND: f64 = 0.25;
/// The name of a variable of which nothing is assumed: no formula can have it.
const ALONG: &str = "#along";

/// The cuts of a line in their order, and whether an expression is 0 throughout before each of
/// them and behind the last one. Elsewhere between cuts it is 0 nowhere.
pub struct Cells {
    /// Constants.
    pub cuts: Vec<ExprId>,
    /// One more than cuts.
    pub vanishes: Vec<bool>,
    /// The places of cells on which it has no value.
    pub missing: Vec<usize>,
    /// Whether the first cut and the last one are ends of what is assumed.
    pub has_ends: [bool; 2],
}

impl Cells {
    /// The cells of an expression in a symbol, as far as something is assumed of that; `None`
    /// where not all cuts are found.
    pub fn new(
        pool: &mut Pool,
        expression: ExprId,
        symbol: ExprId,
        known: &Assumption,
    ) -> Option<Self> {
        let bounds = bounds(pool, known)?;
        let form = in_pieces(pool, expression)?;
        Self::between(pool, form, symbol, bounds)
    }

    /// The cells of an expression on an interval that is longer than a period of it, and that
    /// interval; `None` where no period is found.
    pub fn of_period(
        pool: &mut Pool,
        expression: ExprId,
        symbol: ExprId,
    ) -> Option<(Self, Assumption)> {
        let form = in_pieces(pool, expression)?;
        let period = period::period(pool, form, symbol)? as f64;
        let (low, high) = (Some(-BEYOND), Some(period + BEYOND));
        let known = Assumption { low, high, ..Assumption::default() };
        let bounds = bounds(pool, &known)?;
        // What is assumed of the variable does not hold in that interval.
        let along = pool.symbol(ALONG);
        let form = pool.substitute(&[form], &[(symbol, along)], function::apply)[0];
        Some((Self::between(pool, form, along, bounds)?, known))
    }

    /// The cells of an expression between two ends; those of a product are those of its factors.
    fn between(
        pool: &mut Pool,
        form: ExprId,
        symbol: ExprId,
        bounds: [Option<ExprId>; 2],
    ) -> Option<Self> {
        let (_, rest) = pool.coefficient(form);
        match pool.node(rest) {
            Node::Product(list) => {
                let mut all: Option<Self> = None;
                for factor in pool.list(list).to_vec() {
                    let own = Self::between(pool, factor, symbol, bounds)?;
                    all = Some(match all {
                        Some(before) => before.with(pool, &own)?,
                        None => own,
                    });
                }
                return all;
            }
            Node::Power(base, exponent) if pool.as_number(exponent).is_some() => {
                let is_positive =
                    pool.as_number(exponent).is_some_and(Number::is_positive);
                let form = if is_positive { base } else { Pool::ONE };
                return Self::between(pool, form, symbol, bounds);
            }
            _ => {}
        }
        let has_ends = bounds.map(|end| end.is_some());
        let mut found = Self {
            cuts: Vec::new(),
            vanishes: Vec::new(),
            missing: Vec::new(),
            has_ends,
        };
        // Nothing is said of what lies outside.
        if let [Some(low), _] = bounds {
            found.vanishes.push(false);
            found.cuts.push(low);
        }
        Splitter { pool, symbol, left: MOST, found: &mut found }.settle(form, bounds)?;
        if let [_, Some(high)] = bounds {
            found.cuts.push(high);
            found.vanishes.push(false);
        }
        Some(found)
    }

    /// The cells of a product with another factor.
    fn with(&self, pool: &mut Pool, other: &Self) -> Option<Self> {
        let cuts = merged(pool, &self.cuts, &other.cuts)?;
        let mut vanishes = Vec::with_capacity(cuts.len() + 1);
        let mut missing = Vec::new();
        for place in 0..=cuts.len() {
            let low = place.checked_sub(1).map(|before| cuts[before]);
            let at = between(pool, low, cuts.get(place).copied())?;
            let [own, others] = [self, other].map(|cells| cells.place(pool, at));
            let (own, others) = (own?, others?);
            vanishes.push(*self.vanishes.get(own)? || *other.vanishes.get(others)?);
            if self.missing.contains(&own) || other.missing.contains(&others) {
                missing.push(place);
            }
        }
        Some(Self { cuts, vanishes, missing, has_ends: self.has_ends })
    }

    /// Whether the expression is 0 at a number that is no cut, and so all around it.
    pub fn vanishes_at(&self, pool: &mut Pool, at: ExprId) -> Option<bool> {
        let place = self.place(pool, at)?;
        self.vanishes.get(place).copied()
    }

    /// The place of the cell in which a number is that is no cut.
    fn place(&self, pool: &mut Pool, at: ExprId) -> Option<usize> {
        let mut place = 0;
        for cut in &self.cuts {
            match order(pool, *cut, at)? {
                Ordering::Less => place += 1,
                Ordering::Equal => return None,
                Ordering::Greater => break,
            }
        }
        Some(place)
    }
}

/// The ends of what is assumed of a variable; `None` where they are not known exactly, or where
/// it is a whole number.
fn bounds(pool: &mut Pool, known: &Assumption) -> Option<[Option<ExprId>; 2]> {
    let is_signed = known.positive || known.nonnegative;
    let mut ends = [None; 2];
    let sides = [
        (true, known.low, known.rounded_low, is_signed),
        (false, known.high, known.rounded_high, known.nonpositive),
    ];
    for (end, (is_low, near, is_rounded, is_zero)) in ends.iter_mut().zip(sides) {
        let is_beyond =
            |near: f64| is_zero && (near == 0.0 && !is_rounded || (near < 0.0) == is_low);
        *end = match near {
            Some(near) if is_beyond(near) => Some(Pool::ZERO),
            Some(_) => Some(known.end(pool, is_low)?),
            None => is_zero.then_some(Pool::ZERO),
        };
    }
    (!known.integer).then_some(ends)
}
