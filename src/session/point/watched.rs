//! A formula as it was typed at a point, with many digits, operation by operation: whether each
//! has a value there, and whether it is smooth there for sure.
//!
//! Where all operations are smooth, the formula of a derivative holds, and quotients of
//! differences tell nothing new: their steps may be longer than the way to the next kink.

use super::super::engine::{Engine, Formula};
use super::eval::Point;
use crate::check::Domain;
use crate::evaluate::{Precise, limit};
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Node, Number, Pool, Purse, Relation,
};
use crate::syntax;

/// The binary digits that are tried in turn.
const LADDER: [usize; 2] = [400, 2400];

/// A value, and what is known of the operations that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Spot {
    place: u32,
    /// Whether no variable is in it.
    is_fixed: bool,
    /// Whether it has derivatives at the point for sure.
    is_smooth: bool,
    /// Whether it has no value at the point for sure.
    has_none: bool,
}

struct Watched {
    precise: Precise,
    /// Whether the formula of a derivative is looked at, of which values are enough.
    is_slope: bool,
}

impl Engine {
    /// Whether a component as it was typed is smooth at a point for sure, so that the formula
    /// of a derivative holds there.
    pub(in crate::session) fn is_smooth_at_point(
        &self,
        formula: &Formula,
        component: usize,
        point: &Point,
    ) -> bool {
        !self.plainness(formula, component)[0]
            && is_smooth(formula, component, point, self.pool.purse())
    }

    /// Whether a formula is made of functions that have all derivatives wherever they are
    /// defined, without quotients and roots: quotients of differences tell nothing new of it.
    pub(in crate::session) fn is_plain(&self, root: ExprId) -> bool {
        self.pool.reachable(&[root]).into_iter().all(|id| match self.pool.node(id) {
            Node::Power(Pool::E, _) => true,
            Node::Power(_, exponent) => self
                .pool
                .as_number(exponent)
                .is_some_and(|n| n.is_integer() && !n.is_negative()),
            Node::Apply(function, _) => {
                function.is_builtin() && function::spec(function).is_smooth()
            }
            _ => true,
        })
    }
}

/// Whether a component is made of operations that are all smooth at a point for sure.
fn is_smooth(formula: &Formula, component: usize, point: &Point, purse: &Purse) -> bool {
    if formula.domain != Domain::Real {
        return false;
    }
    let seen = || (point.clone(), smooth(formula, point, purse));
    let (known, found) = formula.known.smooth.get_or_init(seen);
    let found = match known == point {
        true => found,
        false => &smooth(formula, point, purse),
    };
    found.get(component).copied().unwrap_or(false)
}

/// Which components are smooth at a point for sure, with one of the precisions.
fn smooth(formula: &Formula, point: &Point, purse: &Purse) -> Vec<bool> {
    let mut found: Vec<bool> = Vec::new();
    for bits in LADDER {
        let spots = watch(formula, point, bits, purse).unwrap_or_default();
        found.resize(found.len().max(spots.len()), false);
        for (known, spot) in found.iter_mut().zip(spots) {
            *known |= spot.is_smooth;
        }
        if !found.is_empty() && found.iter().all(|known| *known) {
            break;
        }
    }
    found
}

/// Whether some component needs an operation that has no value at a point for sure.
pub(in crate::session) fn has_none(
    formula: &Formula,
    point: &Point,
    purse: &Purse,
) -> bool {
    formula.domain == Domain::Real
        && LADDER.iter().all(|bits| {
            watch(formula, point, *bits, purse)
                .is_some_and(|spots| spots.iter().any(|spot| spot.has_none))
        })
}

/// The components of a formula at a point; `None` where it cannot be calculated.
fn watch(
    formula: &Formula,
    point: &Point,
    bits: usize,
    purse: &Purse,
) -> Option<Vec<Spot>> {
    let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
    let mut precise = Precise::new(bits, syntax::in_normal_form, purse).ok()?;
    for (name, text) in point {
        let value = syntax::parse(text, &[]).ok()?;
        let lowered = syntax::lower(&value, &[], &mut precise).ok()?;
        precise.assign(name, *lowered.roots.first()?, &limit::nothing());
    }
    let mut watched = Watched { precise, is_slope: false };
    Some(syntax::lower(formula.program(), &declared, &mut watched).ok()?.roots)
}

impl Watched {
    /// Whether there is a number at a place.
    fn is_number(&self, place: u32) -> bool {
        let value = self.precise.value(place);
        value.is_ok_and(|value| !value.is_nan() && !value.is_inf())
    }

    /// Whether there is a number at a place that is not 0 for sure.
    fn is_apart(&self, place: u32) -> bool {
        self.is_number(place) && self.precise.is_settled(place)
    }

    /// Whether digits tell that there is a number above 0 at a place.
    fn is_positive(&self, place: u32) -> bool {
        self.is_apart(place)
            && self.precise.value(place).is_ok_and(|value| value.is_positive())
    }

    /// What is known of an operation on operands, whose value is made; `is_own` says whether
    /// the operation itself is smooth.
    fn made(
        &mut self,
        operands: &[Spot],
        make: impl FnOnce(&mut Precise) -> u32,
        is_own: impl FnOnce(&mut Self, u32) -> bool,
    ) -> Spot {
        let was_open = self.precise.is_undecided();
        let place = make(&mut self.precise);
        let is_nothing = self.precise.value(place).is_ok_and(|value| value.is_nan())
            && !was_open
            && !self.precise.is_undecided()
            && operands.iter().all(|spot| self.is_number(spot.place));
        let is_fixed = operands.iter().all(|spot| spot.is_fixed);
        let is_smooth = self.is_number(place)
            && (is_fixed
                || operands.iter().all(|spot| spot.is_smooth) && is_own(self, place));
        let has_none = is_nothing || operands.iter().any(|spot| spot.has_none);
        Spot { place, is_fixed, is_smooth, has_none }
    }

    /// Whether a function is smooth at arguments that it has a value for.
    fn is_smooth_at(&mut self, function: FunctionId, arguments: &[Spot]) -> bool {
        let places: Vec<u32> = arguments.iter().map(|spot| spot.place).collect();
        if let (Some(relation), [u, v]) = (Relation::of(function), &places[..]) {
            let difference = self.precise.sum(&[(false, *u), (true, *v)]);
            return matches!(relation, Relation::And | Relation::Or)
                || self.is_apart(difference);
        }
        if !function.is_builtin() || places.len() > 2 {
            return false;
        }
        let row = function::spec(function);
        // Of two arguments, rows do not say where there are jumps, but where they break: what
        // a function is made of tells, if it is made of others.
        if row.breaks.is_empty() && places.len() > 1 {
            return syntax::normal(function, arguments, self)
                .is_ok_and(|whole| whole.is_some_and(|whole| whole.is_smooth));
        }
        // Poles show in what it is made of: `tan` is `sin/cos`.
        if row.breaks.is_empty()
            && let Ok(Some(whole)) = syntax::normal(function, arguments, self)
            && !whole.is_smooth
        {
            return false;
        }
        if !row.breaks.is_empty() {
            let breaks = syntax::breaks(function, &places, &mut self.precise);
            let is_off = breaks.ok().flatten().is_some_and(|truth| {
                self.is_number(truth)
                    && self.precise.value(truth).is_ok_and(|truth| truth.is_zero())
            });
            if !is_off {
                return false;
            }
        }
        if self.is_slope {
            return true;
        }
        self.is_slope = true;
        let is_smooth = (0..arguments.len()).all(|place| {
            arguments[place].is_fixed
                || syntax::derivative(function, place, arguments, self)
                    .is_ok_and(|slope| slope.is_some_and(|slope| slope.is_smooth))
        });
        self.is_slope = false;
        is_smooth
    }

    /// The value of a case distinction, which needs the branch that is taken alone.
    fn branch(&mut self, function: FunctionId, arguments: &[Spot]) -> Spot {
        let mut needed = Vec::new();
        let mut rest = arguments;
        while let [condition, value, tail @ ..] = rest {
            needed.push(*condition);
            let holds = self.precise.value(condition.place);
            if holds.is_ok_and(|holds| !holds.is_zero()) {
                if self.is_number(condition.place) {
                    needed.push(*value);
                }
                rest = &[];
                break;
            }
            rest = tail;
        }
        needed.extend(rest.first());
        let places: Vec<u32> = arguments.iter().map(|spot| spot.place).collect();
        self.made(&needed, |precise| precise.apply(function, &places), |_, _| true)
    }
}

impl Builder for Watched {
    type Id = Spot;

    fn number(&mut self, value: &Number) -> Spot {
        self.made(&[], |precise| precise.number(value), |_, _| true)
    }

    fn constant(&mut self, constant: Constant) -> Spot {
        self.made(&[], |precise| precise.constant(constant), |_, _| true)
    }

    fn symbol(&mut self, name: &str) -> Spot {
        let spot = self.made(&[], |precise| precise.symbol(name), |_, _| true);
        Spot { is_fixed: false, ..spot }
    }

    fn sum(&mut self, terms: &[(bool, Spot)]) -> Spot {
        let operands: Vec<Spot> = terms.iter().map(|(_, spot)| *spot).collect();
        let terms: Vec<_> =
            terms.iter().map(|(sign, spot)| (*sign, spot.place)).collect();
        self.made(&operands, |precise| precise.sum(&terms), |_, _| true)
    }

    fn product(&mut self, factors: &[(bool, Spot)]) -> Spot {
        let operands: Vec<Spot> = factors.iter().map(|(_, spot)| *spot).collect();
        let factors: Vec<_> =
            factors.iter().map(|(way, spot)| (*way, spot.place)).collect();
        let is_own = |own: &mut Self, _| {
            let mut divisors = factors.iter().filter(|(divides, _)| *divides);
            divisors.all(|(_, place)| own.is_apart(*place))
        };
        self.made(&operands, |precise| precise.product(&factors), is_own)
    }

    fn negate(&mut self, operand: Spot) -> Spot {
        self.made(&[operand], |precise| precise.negate(operand.place), |_, _| true)
    }

    fn power(&mut self, base: Spot, exponent: Spot) -> Spot {
        let is_own = |own: &mut Self, _| {
            if own.is_positive(base.place) {
                return true;
            }
            let is_exact = own.precise.is_exact(exponent.place);
            let value = own.precise.value(exponent.place);
            value.is_ok_and(|n| {
                let is_whole = is_exact && (n.is_zero() || n.fract().is_zero());
                exponent.is_fixed
                    && is_whole
                    && (!n.is_negative() || own.is_apart(base.place))
            })
        };
        let make = |precise: &mut Precise| precise.power(base.place, exponent.place);
        self.made(&[base, exponent], make, is_own)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[Spot]) -> Spot {
        if function::is_conditional(function) {
            return self.branch(function, arguments);
        }
        let places: Vec<u32> = arguments.iter().map(|spot| spot.place).collect();
        let make = |precise: &mut Precise| precise.apply(function, &places);
        self.made(arguments, make, |own, _| own.is_smooth_at(function, arguments))
    }

    fn apply_abstract(&mut self, function: AbstractFunction, arguments: &[Spot]) -> Spot {
        let places: Vec<u32> = arguments.iter().map(|spot| spot.place).collect();
        let make = |precise: &mut Precise| precise.apply_abstract(function, &places);
        self.made(arguments, make, |_, _| false)
    }
}
