//! Arrays for declared names, exactly or in doubles, the same in every run.
//!
//! Invariant: whatever is declared or assumed is kept to.

mod field;
mod property;
mod rows;

use super::form::{Elementwise, FormId, Forms, Op, Scope, Structure, Variable};
use super::numeric::entry;
use super::shape::Size;
use super::table::Special;
use crate::function;
use crate::kernel::{Assumption, Number, Relation, mix};
pub(crate) use field::{Field, fraction};
use num_rational::BigRational;
pub(crate) use property::Property;
pub(crate) use rows::Rows;
use rustc_hash::FxHashMap;

/// The sizes of entries after those that are short.
const SCALES: [i64; 8] = [1, 30, 1, 4, 4, 3000, 1, 300];
/// How many numbers of formulas are looked at.
const MARKS: usize = 4;
/// How many names have no full rank while the others have.
const FLAWED: usize = 3;
/// A whole number between half a turn and a whole one.
const TURN: i64 = 4;
/// By how much less than a number of a formula what is small is.
const SMALL: i64 = 1 << 20;
/// A number whose parts are not greater is near what is drawn anyway.
const NEAR: i64 = 4;

/// Which arrays are drawn.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    /// Its number.
    pub(crate) number: usize,
    /// A number of a formula and the way in which entries are near it.
    mark: Option<(Number, Near)>,
}

/// How entries are near a number of a formula: beside kinks, there are values on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Near {
    /// Scalars are a little greater.
    Above,
    /// Scalars are a little less.
    Below,
    /// All are multiples, with the sign as drawn.
    Times,
    /// With the other sign.
    Opposite,
    /// With one sign and the other in turn.
    Alternating,
    /// All arrays are 0, or every second one.
    Nothing(Which),
    /// All are 0 but those above the diagonal, so that square arrays have no inverse.
    Raised,
    /// Scalars are the number itself, and nothing else is special.
    Exactly,
    /// All are small beside it.
    Within,
    /// Rotations through more than half a turn.
    Turning,
    /// Matrices have no full rank: all that may be so, or the one at a place of a scope.
    Flawed(Flaw, Option<usize>),
}

/// Why a matrix has no full rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaw {
    /// A row is 0.
    Row,
    /// A row and a column are 0, which keeps symmetry.
    Cross,
    /// It is a product of a column and a row.
    Dyad,
}

/// Which of the declared names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    All,
    Even,
    Odd,
    /// The one at a place of a scope.
    Only(usize),
}

/// What formulas have that does not happen at most arrays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    /// Numbers at which something may happen that does not happen near 0.
    numbers: Vec<Number>,
    /// Ways in which arrays are special.
    ways: Vec<(Number, Near)>,
}

impl Marks {
    /// The same with arrays at which a condition may change, if there is one: where all is 0,
    /// where scalars are a number of the formulas, and where all is small beside it.
    pub(crate) fn with_thresholds(mut self, forms: &Forms, roots: &[FormId]) -> Self {
        let all: Vec<FormId> = roots.iter().flat_map(|root| forms.below(*root)).collect();
        let may_change = |id: &FormId| match forms.op(*id) {
            Op::Apply(Elementwise::Table(function), _) => {
                function::is_conditional(*function)
                    || Relation::of(*function).is_some()
                    || !function::spec(*function).breaks.is_empty()
            }
            _ => false,
        };
        if !all.iter().any(may_change) {
            return self;
        }
        let each = (0..MARKS).map(Which::Only);
        let nothing = std::iter::once(Which::All).chain(each);
        self.ways.extend(nothing.map(|which| (Number::ONE, Near::Nothing(which))));
        let mut numbers = self.numbers.clone();
        for id in all {
            if let Op::Number(n) = forms.op(id)
                && numbers.iter().all(|known| known.abs() != n.abs())
                && numbers.len() < 2 * MARKS
            {
                numbers.push(n.clone());
            }
        }
        for n in numbers.into_iter().filter(|n| !n.is_zero()) {
            self.ways.push((n.neg(), Near::Exactly));
            self.ways.push((n.clone(), Near::Exactly));
            self.ways.push((n, Near::Within));
        }
        self
    }
}

impl Attempt {
    /// An attempt that knows no formulas.
    pub(crate) fn of(number: usize) -> Self {
        Self { number, mark: None }
    }

    /// So many attempts, and those near the numbers in formulas.
    pub(crate) fn all(count: usize, marks: &Marks) -> Vec<Self> {
        let ways =
            [Near::Above, Near::Below, Near::Times, Near::Opposite, Near::Alternating];
        let numbers = marks.numbers.iter();
        let near = numbers.flat_map(|n| ways.map(|way| Some((n.clone(), way))));
        let near = near.chain(marks.ways.iter().map(|way| Some(way.clone())));
        let near = near.enumerate().map(|(k, mark)| Self { number: count + k, mark });
        let short = Number::PLAIN.min(count);
        // Long entries come last, so that differences are shown at short ones.
        let (first, rest) = ((0..short).map(Self::of), (short..count).map(Self::of));
        first.chain(near).chain(rest).collect()
    }

    /// What the entries of a variable are multiplied by: nothing at first, later a sign and a
    /// size of its own, so that sums and inner products have both signs and no step stays far
    /// away.
    fn scale<T: Field>(&self, place: usize, seed: u64) -> T {
        match &self.mark {
            Some((_, Near::Nothing(which))) => T::whole(match which {
                Which::Even if place % 2 == 1 => 1,
                Which::Odd if place.is_multiple_of(2) => 1,
                Which::Only(only) if place != *only => 1,
                _ => 0,
            }),
            Some((n, Near::Times)) => T::of(&n.abs()),
            Some((n, Near::Within)) => T::of(&n.abs()).times(&T::ratio(1, SMALL)),
            Some((n, Near::Opposite)) => T::of(&n.abs().neg()),
            Some((n, Near::Alternating)) if place.is_multiple_of(2) => T::of(&n.abs()),
            Some((n, Near::Alternating)) => T::of(&n.abs().neg()),
            Some(_) => T::whole(1),
            None => match self.number.checked_sub(T::PLAIN) {
                None => T::whole(1),
                Some(later) => {
                    let is_negative = mix(seed ^ 0x5bd1).is_multiple_of(2);
                    let scale = SCALES[later % SCALES.len()];
                    T::whole(if is_negative { -scale } else { scale })
                }
            },
        }
    }

    /// A scalar, where it is to be beside a number.
    fn beside<T: Field>(&self, x: &T) -> T {
        let beside = |n: &Number| T::of(n).plus(&x.size().plus(&T::whole(1)));
        match &self.mark {
            Some((n, Near::Above)) => beside(n),
            Some((n, Near::Below)) => beside(&n.neg()).negative(),
            Some((n, Near::Exactly)) => T::of(n),
            _ => x.clone(),
        }
    }

    /// The number of each size; `least` is the smallest. Those that have names are distinct
    /// as long as there are few of them, so that a transpose cannot hide.
    pub(crate) fn sizes<T: Field>(&self, least: usize, scope: &Scope) -> Vec<usize> {
        let all = &scope.sizes;
        let is_named = |id: &_| matches!(all.get(*id), Size::Named(_));
        let named = all.ids().filter(is_named).count();
        let (mut sizes, mut place): (Vec<usize>, usize) = (Vec::new(), 0);
        for id in all.ids() {
            sizes.push(match all.get(id) {
                Size::Fixed(n) => *n as usize,
                Size::Named(_) => {
                    place += 1;
                    least + (place - 1 + self.number) % named.max(T::SIZES)
                }
                Size::Product(list) => list
                    .iter()
                    .fold(1usize, |all, id| all.saturating_mul(sizes[id.index()])),
            });
        }
        sizes
    }

    /// The value of the variable at a place of a scope; `None` where nothing near by is what
    /// is declared.
    pub(crate) fn variable<T: Field>(
        &self,
        variable: &Variable,
        place: usize,
        counts: (usize, usize),
    ) -> Option<Rows<T>> {
        let seed = (self.number as u64) << 40 | (place as u64) << 20;
        let scale: T = self.scale(place, seed);
        let is_matrix = variable.shape.axes().len() == 2;
        let mut value = match self.flaw(variable, place, counts) {
            Some(flaw) => self.flawed(flaw, variable.structure, place, counts),
            None => self.scaled(&scale, seed, counts),
        };
        if variable.shape.is_scalar() {
            value = value.map(|x| self.beside(x));
        }
        let properties = Property::all(variable.structure, is_matrix);
        for property in &properties {
            value = property.kept(&value, self.number)?;
        }
        if variable.shape.is_scalar() {
            let x = as_assumed(value.at(0, 0), &variable.assumption)?;
            value = value.map(|_| x.clone());
        }
        Some(value)
    }

    /// An array with what is known of it and no more.
    pub(crate) fn array<T: Field>(
        &self,
        structure: Structure,
        seed: u64,
        counts: (usize, usize),
    ) -> Option<Rows<T>> {
        let is_matrix = counts.0 > 1 && counts.1 > 1;
        let value = self.scaled(&T::whole(1), seed, counts);
        let mut properties = Property::all(structure, is_matrix).into_iter();
        properties.try_fold(value, |value, property| property.kept(&value, self.number))
    }

    /// Why a variable is to have no full rank, if it is and may be so.
    fn flaw(
        &self,
        variable: &Variable,
        place: usize,
        (m, n): (usize, usize),
    ) -> Option<Flaw> {
        let Some((_, Near::Flawed(flaw, only))) = &self.mark else { return None };
        let known = variable.structure;
        let is_full = known.invertible || known.orthogonal || known.positive_definite;
        let is_meant = only.is_none_or(|only| only == place);
        (is_meant && !is_full && m > 1 && n > 1).then_some(*flaw)
    }

    /// An array without full rank; names at different places have it in different rows.
    fn flawed<T: Field>(
        &self,
        flaw: Flaw,
        known: Structure,
        place: usize,
        counts: (usize, usize),
    ) -> Rows<T> {
        let seed = (self.number as u64) << 40 | (place as u64) << 20;
        let drawn = |i, j| T::drawn(self.number, seed, (i, j), counts);
        let gone = place % counts.0;
        Rows::from(counts, |i, j| match flaw {
            Flaw::Row if i == gone => T::whole(0),
            Flaw::Cross if i == gone || j == gone => T::whole(0),
            Flaw::Dyad if known.symmetric => drawn(i, 0).times(&drawn(j, 0)),
            Flaw::Dyad => drawn(i, 0).times(&drawn(0, j)),
            Flaw::Row | Flaw::Cross => drawn(i, j),
        })
    }

    fn scaled<T: Field>(&self, scale: &T, seed: u64, counts: (usize, usize)) -> Rows<T> {
        Rows::from(counts, |i, j| match &self.mark {
            Some((_, Near::Raised)) if i >= j => T::whole(0),
            Some((_, Near::Turning)) if i == j => T::whole(0),
            Some((_, Near::Turning)) => T::whole(if i < j { -TURN } else { TURN }),
            _ => T::drawn(self.number, seed, (i, j), counts).times(scale),
        })
    }
}

/// What formulas have that does not happen at most arrays.
pub(crate) fn marks(forms: &Forms, scope: &Scope, roots: &[FormId]) -> Marks {
    let bodies = scope.definitions.iter().map(|definition| definition.body);
    let all = roots.iter().copied().chain(bodies).flat_map(|root| forms.below(root));
    let all: Vec<FormId> = all.collect();
    let has = |special: Special| {
        all.iter().any(|id| matches!(forms.op(*id), Op::Call(own, _) if *own == special))
    };
    let mut ways = Vec::new();
    if has(Special::PseudoInverse) {
        let nothing = [Which::All, Which::Even, Which::Odd].map(Near::Nothing);
        ways.extend(nothing.into_iter().chain([Near::Raised]));
        let places = (0..scope.variables.len().min(FLAWED)).map(Some);
        for which in std::iter::once(None).chain(places) {
            let flaws = [Flaw::Row, Flaw::Cross, Flaw::Dyad];
            ways.extend(flaws.map(|flaw| Near::Flawed(flaw, which)));
        }
    }
    if has(Special::Logarithm) && has(Special::Exponential) {
        ways.push(Near::Turning);
    }
    let (mut constant, mut marks) = (FxHashMap::default(), Vec::new());
    for id in all {
        let number = number(id, forms, &constant);
        let is_near = |number: &Number| {
            let parts = [number.numerator(), number.denominator()];
            parts.iter().all(|part| part.to_i64().is_some_and(|n| n.abs() <= NEAR))
        };
        if let Some(number) = number {
            if !is_near(&number) {
                marks.push(number.clone());
            }
            constant.insert(id, number);
        }
    }
    // What is made of several is more than its parts: `-10^9` comes before 10 and 9.
    marks.reverse();
    let mut found: Vec<Number> = Vec::new();
    for mark in marks {
        if found.iter().all(|known| known.abs() != mark.abs()) {
            found.push(mark);
        }
    }
    found.truncate(MARKS);
    Marks {
        numbers: found,
        ways: ways.into_iter().map(|way| (Number::ONE, way)).collect(),
    }
}

/// The number that a scalar form without names is, or one near it.
fn number(
    id: FormId,
    forms: &Forms,
    known: &FxHashMap<FormId, Number>,
) -> Option<Number> {
    let near = |x: f64| {
        let short = if x.abs() > NEAR as f64 { x.round() } else { x };
        BigRational::from_float(short).map(Number::from_big)
    };
    match forms.op(id) {
        Op::Number(n) => Some(n.clone()),
        Op::Constant(constant) => near(constant.value()),
        Op::Sum(list) => list.iter().try_fold(Number::ZERO, |sum, (minus, id)| {
            let term = known.get(id)?;
            Some(if *minus { sum.sub(term) } else { sum.add(term) })
        }),
        Op::Product(list) => {
            list.iter().try_fold(Number::ONE, |all, id| Some(all.mul(known.get(id)?)))
        }
        Op::Divide(a, b) => Some(known.get(a)?.mul(&known.get(b)?.recip()?)),
        Op::Power(base, exponent) => {
            let (base, exponent) = (known.get(base)?, known.get(exponent)?);
            let whole = exponent.to_i64().and_then(|n| base.pow(n, MARK_BITS));
            whole.or_else(|| near(base.to_f64().powf(exponent.to_f64())))
        }
        Op::Apply(function, list) => {
            let of = |id| known.get(id).map(Number::to_f64);
            let list: Option<Vec<f64>> = list.iter().map(of).collect();
            near(entry(*function, &list?))
        }
        _ => None,
    }
}

/// Whether forms have numbers that are lost beside others in doubles.
pub(crate) fn has_far_numbers(forms: &Forms, scope: &Scope, roots: &[FormId]) -> bool {
    let bodies = scope.definitions.iter().map(|definition| definition.body);
    let all = roots.iter().copied().chain(bodies).flat_map(|root| forms.below(root));
    let mut known = FxHashMap::default();
    all.into_iter().any(|id| {
        let Some(number) = number(id, forms, &known) else { return false };
        let is_written = matches!(forms.op(id), Op::Number(_));
        let is_long = is_written && number.bits() > FAR_BITS;
        // What vanishes in a double is not written as 0.
        let is_lost =
            number.is_zero() && !is_written && !matches!(forms.op(id), Op::Sum(_));
        let size = number.to_f64().abs();
        let is_far = size != 0.0 && !(1.0 / FAR..=FAR).contains(&size);
        known.insert(id, number);
        is_long || is_lost || is_far
    })
}

/// What is greater, or less than its inverse, may be lost beside other numbers in doubles.
const FAR: f64 = 1e7;
/// So are the digits of longer numbers.
const FAR_BITS: u64 = 50;

/// The most binary digits of a number that is looked at.
const MARK_BITS: u64 = 400;

/// A number as it is assumed to be, made of any number.
fn as_assumed<T: Field>(x: &T, known: &Assumption) -> Option<T> {
    let size = x.size();
    let low = known.least().map(|end| T::of(&end));
    let high = known.greatest().map(|end| T::of(&end));
    let middle = low.as_ref().zip(high.as_ref()).map(|(low, high)| {
        let part = size.times(&T::ratio(1, 16));
        low.plus(&high.minus(low).times(&part.minus(&part.floor())))
    });
    let half = low.as_ref().zip(high.as_ref());
    let half = half.map(|(low, high)| low.plus(high).times(&T::ratio(1, 2)));
    let ends = [low.map(|low| low.plus(&size)), high.map(|high| high.minus(&size))];
    let signs = [Some(x.clone()), Some(size.clone()), Some(size.negative())];
    let one = size.plus(&T::whole(1));
    let more = [Some(one.clone()), Some(one.negative())];
    let all = signs.into_iter().chain(more).chain(ends).chain([middle, half]).flatten();
    let whole = |x: T| if known.integer { x.floor() } else { x };
    all.map(whole).find(|x| known.allows(x.to_f64()))
}
