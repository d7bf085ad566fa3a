//! Two expressions at points: where they agree, where they differ, where one is undefined.

use super::breaks::Breaks;
use super::compare::Comparison;
use super::decided::decided;
use super::peel::peeled;
use super::place::Place;
use super::points::{dyadic_point, is_assumed};
use super::unsolved::is_nothing;
use super::verify::Checker;
use crate::evaluate::{Dual, Operation, Slot, Tape, digits, duals_into, values};
use crate::function;
use crate::function::spec::Category;
use crate::kernel::{ExprId, Pool};
use crate::simplify;
use crate::syntax;

/// How many points are tried at most.
const ATTEMPTS: usize = 600;
/// How many operations are run at most to find points, for long formulas.
const OPERATIONS: usize = 8_000_000;
/// How many points are tried to see where expressions are defined, unless they are long.
const DOMAIN: usize = 80;
/// How many points are tried however long a formula is.
const LEAST: usize = 16;
/// After so many points come those at the seams of pieces.
const BEFORE_SEAMS: usize = 14;
/// How often values are calculated with many digits: with a proof, and without one.
const EXACT: [usize; 2] = [10, 60];
/// How often values that agree in doubles are, where a special function takes long.
const ENOUGH: usize = 12;
/// After so many refusals no more digits are asked for.
const REFUSED: usize = 3;
/// At how many points values must differ that are known in doubles only.
const CERTAIN: usize = 3;
/// How far such values must differ, relative to the terms of the difference.
const DOUBTFUL: f64 = 1e-5;
/// How many digits are taken to be right where the values of doubles agree with many digits.
const CONFIRMED: f64 = 15.0;
/// Values that are nearer, relatively, agree.
const CLOSE: f64 = 1e-9;
/// Exponentials of what is larger leave the doubles.
pub(super) const LARGE: f64 = 700.0;
/// The digits of values next to places that nothing solves for.
const BESIDE: usize = 60;
/// How many terms of a difference are looked at one by one.
const MAX_TERMS: usize = 40;

/// What was seen at points.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) agreed: Vec<Vec<f64>>,
    pub(super) only_left: Vec<Vec<f64>>,
    pub(super) only_right: Vec<Vec<f64>>,
    pub(super) unclear: Vec<Vec<f64>>,
    /// Points at which neither has a value that is known.
    pub(super) blank: Vec<Vec<f64>>,
    /// Whether nothing certain is known between some neighbouring seams.
    pub(super) has_open_window: bool,
    /// The fewest digits to which values agreed.
    digits: f64,
    /// The same at points at which rounding leaves few digits.
    rough: f64,
    /// A point at which the values differ for certain.
    pub(super) witness: Option<Place>,
    /// Points at which they differ, as far as doubles tell.
    differed: Vec<Place>,
    /// How often many digits were asked for, and at how many points they agree.
    exact: usize,
    confirmed: usize,
    /// How often they could not be had.
    unavailable: usize,
}

impl Seen {
    pub(super) fn new() -> Self {
        let none = f64::INFINITY;
        Self { digits: none, rough: none, ..Self::default() }
    }

    /// To how many digits values agree everywhere, from 1 to 15.
    pub(super) fn least_digits(&self) -> usize {
        let known = if self.digits.is_finite() { self.digits } else { self.rough };
        (known.floor().max(1.0) as usize).min(15)
    }

    /// Whether values agree with many digits at enough points.
    pub(super) fn is_confirmed(&self, constant: bool) -> bool {
        self.confirmed >= if constant { 1 } else { CERTAIN }
    }

    /// Notes that values agree at a point.
    pub(super) fn agree(&mut self, at: Vec<f64>, digits: f64, is_rough: bool) {
        let least = if is_rough { &mut self.rough } else { &mut self.digits };
        *least = least.min(digits);
        if !self.agreed.contains(&at) {
            self.agreed.push(at);
        }
    }
}

/// What is seen at one point.
enum Sight {
    Agree(f64),
    Differ,
    /// They differ in doubles, and many digits cannot be had.
    Suspect,
    Unclear,
}

/// What many digits say of a difference.
#[derive(PartialEq, Eq)]
pub(super) enum Told {
    Equal,
    Different,
    /// It cannot be told, or there is no value.
    Open,
    /// Some function has no many digits.
    Unavailable,
}

/// The difference of what is compared, on the tape of both.
struct Difference {
    /// What is equal where both sides are.
    pair: [ExprId; 2],
    /// The difference and its terms, where they are looked at.
    slots: Vec<Slot>,
    /// Whether there is a special function.
    is_special: bool,
}

impl Comparison<'_> {
    /// Whether doubles show at once that both are far apart at some points; for guesses, of which
    /// most are wrong.
    pub fn is_plainly_wrong(&self) -> bool {
        let known = self.names();
        let is_apart = |attempt: &usize| {
            let mut at = dyadic_point(*attempt, &known);
            at.resize(self.tape.variables.len(), f64::NAN);
            let all = values(self.tape, &at);
            let [left, right] =
                [&self.left, &self.right].map(|side| all[side.value as usize]);
            let gap = (left - right).abs();
            gap.is_finite() && gap > DOUBTFUL * left.abs().max(right.abs())
        };
        (0..DOMAIN).filter(is_apart).take(CERTAIN).count() == CERTAIN
    }

    /// Evaluates both at points until they agree at `enough` or differ. `pair` is what is
    /// equal where they are. When they are not `proved` to be equal, and may be no more,
    /// values that agree in doubles are calculated with many digits.
    pub(super) fn look(
        &mut self,
        pool: &mut Pool,
        checker: &mut Checker,
        pair: [ExprId; 2],
        breaks: &Breaks,
        (enough, proved): (usize, bool),
    ) -> Seen {
        let known = self.names();
        let is_special = has_special(self.tape);
        let mut difference = Difference { pair, slots: Vec::new(), is_special };
        if !proved {
            let id = pool.difference(pair[0], pair[1]);
            let id = simplify::expand_all(pool, id, MAX_TERMS).unwrap_or(id);
            let mut parts = vec![id];
            parts.extend(pool.terms(&id).iter().take(MAX_TERMS));
            difference.slots = self.tape.add_expressions(pool, &parts);
        }
        checker.learn(self.tape);
        let still = vec![0.0; self.tape.variables.len()];
        let mut seams = breaks.points(known.len());
        seams.retain(|at| is_assumed(at, &known));
        let length = self.tape.operations.len() + known.len();
        let most = (OPERATIONS / length.max(1)).max(LEAST);
        let domain = DOMAIN.min(most);
        seams.truncate(most);
        let mut seen = Seen::new();
        let mut found = Vec::new();
        for attempt in 0..ATTEMPTS.min(most) + seams.len() {
            let mut at = match attempt {
                _ if attempt < BEFORE_SEAMS => dyadic_point(attempt, &known),
                _ => match seams.get(attempt - BEFORE_SEAMS) {
                    Some(at) => at.clone(),
                    None => dyadic_point(attempt - seams.len(), &known),
                },
            };
            // A strict bound is no point.
            if !at.iter().zip(&known).all(|(x, known)| known.allows(*x)) {
                continue;
            }
            at.resize(self.tape.variables.len(), f64::NAN);
            duals_into(self.tape, &at, &still, checker.slopes(), &mut found);
            let sides = [&self.left, &self.right].map(|side| found[side.value as usize]);
            if sides.iter().all(|side| side.value.is_finite()) {
                let gaps: Vec<Dual> =
                    difference.slots.iter().map(|slot| found[*slot as usize]).collect();
                let sight = self.at_point(
                    pool,
                    sides,
                    &gaps,
                    &difference,
                    &at,
                    proved,
                    &mut seen,
                );
                match sight {
                    Sight::Agree(digits) => {
                        let error = sides[0].value_error + sides[1].value_error;
                        let is_rough = error > 1e-9 * sides[0].value.abs();
                        seen.agree(at, digits, is_rough);
                    }
                    Sight::Unclear => seen.unclear.push(at),
                    Sight::Differ | Sight::Suspect => {
                        let place = Place::of_doubles(pool, &self.tape.variables, &at);
                        match sight {
                            _ if self.is_excused(pool, &place) => {}
                            Sight::Differ => seen.witness = Some(place),
                            _ => seen.differed.push(place),
                        }
                    }
                }
            } else {
                self.undefined(pool, at, &difference, proved, &mut seen);
            }
            let enough_differ = if known.is_empty() { 1 } else { CERTAIN };
            let many_differ = seen.differed.len() >= enough_differ;
            if many_differ && !proved {
                seen.witness.get_or_insert(seen.differed.swap_remove(0));
            }
            let all = seen.agreed.len() >= enough && attempt >= domain + seams.len();
            if seen.witness.is_some() || many_differ || all || known.is_empty() {
                break;
            }
        }
        seen
    }

    /// Notes where only one is defined. Values that leave the doubles are looked at with many
    /// digits, as long as nothing else is known.
    fn undefined(
        &self,
        pool: &mut Pool,
        at: Vec<f64>,
        difference: &Difference,
        proved: bool,
        seen: &mut Seen,
    ) {
        let plain = values(self.tape, &at);
        let defined =
            [&self.left, &self.right].map(|side| !plain[side.value as usize].is_nan());
        let has_overflown = plain.iter().any(|value| value.is_infinite());
        let is_large = plain.iter().any(|value| value.abs() > LARGE);
        let is_hidden = defined == [false; 2] && is_large
            || defined != [true; 2] && self.has_powers_of_zero(pool);
        if has_overflown || defined == [true; 2] || is_hidden {
            if proved || seen.exact >= EXACT[1] || at.iter().any(|x| !x.is_finite()) {
                return;
            }
            seen.exact += 1;
            let place = Place::of_doubles(pool, &self.tape.variables, &at);
            if defined != [true; 2] {
                match self.has_values(pool, &place) {
                    Some(true) => {}
                    Some(false) => return seen.blank.push(at),
                    None => return seen.unclear.push(at),
                }
            }
            match tell(pool, difference.pair, &place) {
                Told::Equal => {
                    seen.confirmed += 1;
                    seen.agree(at, CONFIRMED, false);
                }
                Told::Different if self.is_excused(pool, &place) => {}
                Told::Different => seen.witness = Some(place),
                Told::Unavailable if defined == [true; 2] => {
                    let [left, right] =
                        [&self.left, &self.right].map(|side| plain[side.value as usize]);
                    let apart = (left - right).abs() / left.abs().max(right.abs());
                    let [gap, terms @ ..] = &difference.slots[..] else { return };
                    let size: f64 =
                        terms.iter().map(|slot| plain[*slot as usize].abs()).sum();
                    let is_clear = plain[*gap as usize].abs() > DOUBTFUL * size;
                    match () {
                        () if left == right || apart < CLOSE => {
                            seen.agree(at, -apart.max(1e-16).log10(), true);
                        }
                        () if apart > DOUBTFUL && is_clear => seen.differed.push(place),
                        () => seen.unclear.push(at),
                    }
                }
                _ => seen.unclear.push(at),
            }
            return;
        }
        match defined {
            [true, _] => seen.only_left.push(at),
            [_, true] => seen.only_right.push(at),
            _ => seen.blank.push(at),
        }
    }

    /// Whether both sides have values at a place, and what the first is the derivative of;
    /// `None` where that is not seen.
    pub(super) fn has_values(&self, pool: &mut Pool, place: &Place) -> Option<bool> {
        let mut sides = vec![self.left.id, self.right.id];
        sides.extend(self.primitive.as_ref().map(|primitive| primitive.function));
        let mut all = Some(true);
        for id in place.put_into(pool, &sides)? {
            let id = decided(pool, id);
            match digits::is_defined(pool, id, syntax::in_normal_form) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    #[expect(clippy::too_many_arguments, reason = "all that is known of one point")]
    fn at_point(
        &self,
        pool: &mut Pool,
        [left, right]: [Dual; 2],
        gaps: &[Dual],
        difference: &Difference,
        at: &[f64],
        proved: bool,
        seen: &mut Seen,
    ) -> Sight {
        let apart = (left.value - right.value).abs();
        let error = left.value_error + right.value_error;
        let scale = left.value.abs().max(right.value.abs());
        let digits = if scale == 0.0 {
            15.0
        } else {
            -((apart + error) / scale).max(1e-16).log10()
        };
        let agree = apart <= 8.0 * error + f64::MIN_POSITIVE && error <= 1e-6 * scale;
        // The difference of the expressions, in which much has cancelled.
        let gap = gaps.first().copied().unwrap_or_default();
        let terms: f64 = gaps.iter().skip(1).map(|term| term.value.abs()).sum();
        let is_gap = gap.value.abs() > 1e3 * gap.value_error;
        let differ = apart > 1e3 * error && apart > 1e-9 * scale || is_gap;
        let doubtful = differ || !agree || !proved;
        let may_ask = seen.exact < EXACT[usize::from(!proved)]
            && (differ || !difference.is_special || seen.confirmed < ENOUGH);
        if doubtful && may_ask && seen.unavailable < REFUSED {
            seen.exact += 1;
            let place = Place::of_doubles(pool, &self.tape.variables, at);
            match tell(pool, difference.pair, &place) {
                Told::Equal => {
                    seen.confirmed += 1;
                    return Sight::Agree(CONFIRMED);
                }
                Told::Different => return Sight::Differ,
                // What agrees in doubles may have gone under.
                Told::Open => return Sight::Unclear,
                Told::Unavailable => seen.unavailable += 1,
            }
        } else if differ && seen.unavailable == 0 {
            return Sight::Unclear;
        }
        let is_apart = apart > 1e3 * error && apart > DOUBTFUL * scale;
        let is_clear = is_gap && gap.value.abs() > DOUBTFUL * terms;
        match () {
            // Both say so, as far as both are known.
            () if gaps.is_empty() && is_apart => Sight::Suspect,
            () if is_clear && (is_apart || agree) => Sight::Suspect,
            () if agree || error <= 1e-6 * scale && apart <= 1e-8 * scale => {
                Sight::Agree(digits)
            }
            () => Sight::Unclear,
        }
    }

    /// The signs of parts at points, without those at which rounding may have turned one.
    pub(super) fn signs(
        &self,
        pool: &Pool,
        parts: &[ExprId],
        points: &[Vec<f64>],
    ) -> Vec<Vec<bool>> {
        let mut tape = Tape::over(self.tape.variables.clone());
        let slots = tape.add_expressions(pool, parts);
        let terms = parts.iter().map(|part| tape.add_expressions(pool, pool.terms(part)));
        let terms: Vec<Vec<Slot>> = terms.collect();
        let mut found: Vec<Vec<bool>> = Vec::new();
        for at in points {
            let mut at = at.clone();
            at.resize(tape.variables.len(), f64::NAN);
            let all = values(&tape, &at);
            let signs: Vec<f64> = slots.iter().map(|slot| all[*slot as usize]).collect();
            let is_clear = signs.iter().zip(&terms).all(|(value, terms)| {
                let size: f64 = terms.iter().map(|slot| all[*slot as usize].abs()).sum();
                value.abs() > CLOSE * size
            });
            if !is_clear {
                continue;
            }
            let signs = signs.iter().map(|value| *value > 0.0).collect();
            if !found.contains(&signs) {
                found.push(signs);
            }
        }
        found
    }
}

/// Whether a function stands on a tape that has values which are not known everywhere.
pub(super) fn has_special(tape: &Tape) -> bool {
    tape.operations.iter().any(|operation| match operation {
        Operation::Apply(function, _) | Operation::ApplyAll(function, _) => {
            function.is_builtin()
                && function::spec(*function).category == Category::Special
        }
        _ => false,
    })
}

/// What the difference next to a place says of that at the place: not whether it is 0.
fn tell_beside(pool: &Pool, difference: ExprId) -> Told {
    let normal = syntax::in_normal_form;
    match digits::apart_from_zero(pool, difference, &[], BESIDE, normal) {
        _ if difference == Pool::ZERO => Told::Equal,
        Some(value) if !is_nothing(&value) => Told::Different,
        _ => Told::Open,
    }
}

/// Whether a difference is 0 at a place.
pub(super) fn tell(pool: &mut Pool, pair: [ExprId; 2], place: &Place) -> Told {
    let vanishes = match place.exact.is_empty() {
        true => digits::vanishes_far,
        false => digits::vanishes,
    };
    let room = place.room(pool);
    let difference = place.put_into(pool, &pair).and_then(|sides| {
        pool.within_bits(room, |pool| {
            let [left, right] = peeled(pool, sides[0], sides[1]);
            pool.difference(left, right)
        })
    });
    let Some(difference) = difference else { return Told::Unavailable };
    if place.is_rounded {
        return tell_beside(pool, difference);
    }
    let told = |pool: &Pool, id: ExprId| match vanishes(pool, id, syntax::in_normal_form)
    {
        Ok(Some(true)) => Told::Equal,
        Ok(Some(false)) => Told::Different,
        Ok(None) => Told::Open,
        Err(_) => Told::Unavailable,
    };
    match told(pool, difference) {
        // What has no many digits may cancel.
        Told::Unavailable => {
            let expanded = pool.within_bits(room, |pool| {
                simplify::expand_all(pool, difference, MAX_TERMS)
            });
            expanded.flatten().map_or(Told::Unavailable, |id| told(pool, id))
        }
        // No digits tell the side of a jump on which `1 - sin(pi/2)` is.
        Told::Open => {
            let simple = pool.within_bits(room, |pool| {
                let difference = decided(pool, difference);
                simplify::Simplifier::default().simplify(pool, difference)
            });
            match simple {
                Some(id) if id != difference => told(pool, id),
                _ => Told::Open,
            }
        }
        told => told,
    }
}
