//! Two expressions compared: a proof by images, and points at which they agree or differ.

use super::argument::Proof;
use super::boundary::Edges;
use super::breaks::Breaks;
use super::curve::assumed;
use super::decided::decided;
use super::image::{self, Images};
use super::in_cells::InCells;
use super::jumps::with_jumps;
use super::nowhere::Nowhere;
use super::observe::{Seen, Told, has_special, tell};
use super::place::{MAX_BITS, Place};
use super::plateau::may_vanish_widely;
use super::primitive::Primitive;
use super::roots_of_unity;
use super::settled::settled;
use super::verdict::{Decision, Domain, Verdict, Witness};
use super::verify::Checker;
use super::whole::Steps;
use super::windows::Windows;
use crate::error::Result;
use crate::evaluate::{Slot, Tape, digits};
use crate::kernel::{Assumption, ExprId, FunctionId, Node, Number, Pool, Relation};
use crate::print;
use crate::simplify::Simplifier;
use crate::syntax;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// What is said of a derivative that there is not.
const NONE: &str = "does not exist";
/// What is said of one that comes so slowly to what it is that values tell only what it is not.
const OTHER: &str = "another number or none";
/// At how many common points values are looked at when there is a proof.
const PROVED: usize = 12;
/// At how many when there is none.
const UNPROVED: usize = 40;
/// At fewer points that are unclear, formulas count as nowhere real together.
const FEW: usize = 8;

/// One of two expressions: as it was typed, and in canonical form.
pub struct Side<'a> {
    /// The expression as it was typed, on the tape of both.
    pub value: Slot,
    /// The expression.
    pub id: ExprId,
    /// What it is called in a sentence.
    pub name: &'a str,
}

/// What two expressions are compared with.
pub struct Comparison<'a> {
    /// The tape on which both stand.
    pub tape: &'a mut Tape,
    /// The first.
    pub left: Side<'a>,
    /// The second.
    pub right: Side<'a>,
    /// Whether only points count at which the first is defined: the second may be defined
    /// on a greater part.
    pub within_left: bool,
    /// Whether what is nowhere real is compared over the complex numbers.
    pub or_complex: bool,
    /// What the first is the derivative of: where that has none, the second may have any value
    /// between the derivatives from both sides.
    pub primitive: Option<Primitive>,
    /// What is assumed of variables by name.
    pub assumptions: &'a [(String, Assumption)],
    /// Over which numbers they are compared.
    pub domain: Domain,
}

impl Comparison<'_> {
    /// The verdict and how it is known.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub fn decide(mut self, pool: &mut Pool, checker: &mut Checker) -> Result<Decision> {
        if self.domain == Domain::Real {
            return self.decide_real(pool, checker);
        }
        let decision = self.decide_complex(pool, "")?;
        // Where the imaginary unit was typed, there are no real values.
        let is_typed_real = self.tape.variables.iter().all(|name| name != "i");
        if matches!(decision.verdict, Verdict::Different(_))
            || !is_typed_real
            || !self.is_real_throughout(pool)
        {
            return Ok(decision);
        }
        // What is real is seen on all sides of all seams there.
        (self.domain, self.or_complex) = (Domain::Real, false);
        let real = self.decide_real(pool, checker)?;
        Ok(match (real.verdict, &decision.verdict) {
            (Verdict::EqualOnDomain { .. }, _) => {
                Decision { verdict: Verdict::Equal, known: real.known }
            }
            (
                Verdict::Undecided { .. } | Verdict::ProbablyEqual { .. },
                Verdict::Equal,
            ) => decision,
            (verdict, _) => Decision { verdict, known: real.known },
        })
    }

    /// The verdict over the real numbers.
    fn decide_real(mut self, pool: &mut Pool, checker: &mut Checker) -> Result<Decision> {
        let [left, right] = settled(pool, [self.left.id, self.right.id]);
        let pair = super::peel::peeled(pool, left, right);
        let [left, right] = pair;
        let images = image::compare(pool, left, right, &[], &[], image::MAX_STEPS)?;
        let plain = matches!(images, Images::Equal(..));
        let differ = matches!(&images, Images::Different(_, met) if met.equal.is_empty());
        let mut pieced = vec![self.left.id, self.right.id];
        pieced.extend(self.primitive.as_ref().map(|primitive| primitive.function));
        let breaks = Breaks::new(pool, self.tape, &pieced);
        if let Some(primitive) = &mut self.primitive {
            // Then there is a derivative wherever its formula has a value.
            primitive.is_smooth = breaks.is_empty();
        }
        let enough = if plain { PROVED } else { UNPROVED };
        let mut seen = self.look(pool, checker, pair, &breaks, (enough, true));
        let stranger = self.stranger(pool);
        if let Some(place) = &seen.witness {
            return Ok(match stranger {
                Some(name) => unknown(&name),
                None => self.different(pool, place, plain),
            });
        }
        let proved = match self.proof(pool, images, &seen) {
            None => self.argue(pool, &seen)?,
            proof => proof,
        };
        if proved.is_none() {
            seen = self.look(pool, checker, pair, &breaks, (enough, false));
            if let Some(name) = stranger {
                return Ok(unknown(&name));
            }
            if let Some(place) = &seen.witness {
                return Ok(self.different(pool, place, false));
            }
            let place = self.at_whole_exponents(pool, pair);
            if let Some(place) = place {
                return Ok(self.different(pool, &place, false));
            }
            match self.at_steps(pool, pair, &seen.agreed) {
                Steps::Differ(place) => return Ok(self.different(pool, &place, false)),
                Steps::Open => seen.has_open_window = true,
                Steps::Agree => {}
            }
            match self.windows(pool, pair)? {
                Windows::Differ(place) => return Ok(self.different(pool, &place, false)),
                Windows::Open => seen.has_open_window = true,
                Windows::Agree => {}
            }
            if let Windows::Differ(place) = self.vertices(pool, pair) {
                return Ok(self.different(pool, &place, false));
            }
            if let Windows::Differ(place) = self.linear_cells(pool, pair) {
                return Ok(self.different(pool, &place, false));
            }
            match self.peaks(pool, pair, &breaks, &seen) {
                Windows::Differ(place) => return Ok(self.different(pool, &place, false)),
                Windows::Open => seen.has_open_window = true,
                Windows::Agree => {}
            }
            match self.edges(pool, pair, &seen.agreed)? {
                Edges::Differ(place) => return Ok(self.different(pool, &place, false)),
                Edges::Open(part) => {
                    let sides = self.sides_of(pool, part, &seen.agreed);
                    seen.has_open_window |= stands_alone(pool, pair, part, sides)?
                }
                Edges::OpenCorner(_) => seen.has_open_window = true,
                Edges::Equal => {}
            }
        }
        let proved = match proved {
            None => match self.in_cells(pool) {
                InCells::Differ(place) => return Ok(self.different(pool, &place, false)),
                InCells::Equal => {
                    return self.proved(pool, &seen, &Proof::in_cells());
                }
                InCells::Unknown => None,
            },
            proved => proved,
        };
        let constant = self.tape.variables.is_empty();
        if constant && proved.is_none() && !seen.agreed.is_empty() {
            let difference = pool.difference(self.left.id, self.right.id);
            match roots_of_unity::vanishes(pool, difference) {
                Some(true) => return self.proved(pool, &seen, &Proof::of_unity()),
                Some(false) => {
                    return Ok(self.different(pool, &Place::default(), false));
                }
                None => {}
            }
        }
        Ok(match proved {
            Some(proof) => match self.edges(pool, pair, &seen.agreed)? {
                Edges::Equal => self.proved(pool, &seen, &proof)?,
                Edges::Differ(place) => self.different(pool, &place, true),
                Edges::OpenCorner(part) => almost_proved(pool, &seen, part, true),
                Edges::Open(part) => {
                    let is_single = !may_vanish_widely(pool, part);
                    if let Windows::Differ(place) = self.peaks(pool, pair, &breaks, &seen)
                    {
                        return Ok(self.different(pool, &place, is_single));
                    }
                    match self.in_cells(pool) {
                        InCells::Differ(place) => {
                            return Ok(self.different(pool, &place, is_single));
                        }
                        InCells::Equal => return self.proved(pool, &seen, &proof),
                        InCells::Unknown => {}
                    }
                    // A derivative may have any value where its function has none.
                    let sides = self.sides_of(pool, part, &seen.agreed);
                    let matters =
                        self.pieced().is_none() || stands_alone(pool, pair, part, sides)?;
                    almost_proved(pool, &seen, part, matters)
                }
            },
            None if seen.agreed.is_empty()
                && seen.unclear.len() < if constant { 1 } else { FEW }
                && !self.tape.variables.iter().any(|name| name == "i") =>
            {
                if !self.or_complex {
                    return Ok(undecided(&seen));
                }
                if let Some(name) = self.isolated(pool) {
                    return Ok(isolated(name));
                }
                let remark = match constant {
                    true => "there is no real value; ",
                    false => "no real point was found at which both are defined; ",
                };
                self.decide_complex(pool, remark)?
            }
            None => {
                if let Some(place) = self.odd_witness(pool, pair, &seen) {
                    return Ok(self.different(pool, &place, false));
                }
                let mut open = seen.unclear.clone();
                if has_special(self.tape) {
                    open.extend(seen.blank.iter().cloned());
                }
                // A seam that was looked at from one side only may hide what is on the other.
                match seen.has_open_window
                    || !self.is_one_point() && breaks.has_unseen(pool, &seen.agreed)
                    || breaks.is_open(&seen.agreed, &open)
                    || (differ || constant) && !seen.is_confirmed(constant)
                {
                    true => undecided(&seen),
                    false => {
                        let decision = unproved(&seen, constant || self.is_one_point());
                        self.within_condition(pool, &seen, decision)
                    }
                }
            }
        })
    }

    pub(super) fn names(&self) -> Vec<Assumption> {
        assumed(&self.tape.variables, self.assumptions)
    }

    /// Whether there is one point only at which what is assumed holds.
    fn is_one_point(&self) -> bool {
        let is_one = |known: &Assumption| known.low.is_some() && known.low == known.high;
        self.names().iter().all(is_one)
    }

    /// Both values at a place as doubles have them.
    fn double_texts(&self, place: &Place) -> [String; 2] {
        let values = crate::evaluate::values(self.tape, &place.doubles);
        [&self.left, &self.right].map(|side| digits::short(values[side.value as usize]))
    }

    /// That they differ at a place, and whether they are proved equal elsewhere.
    fn different(&self, pool: &mut Pool, place: &Place, elsewhere: bool) -> Decision {
        let sides = place.put_into(pool, &[self.left.id, self.right.id]);
        let sides: Option<Vec<ExprId>> =
            sides.map(|sides| sides.iter().map(|id| decided(pool, *id)).collect());
        let [left, right] = match &sides {
            Some(sides) => {
                let text = |pool: &mut Pool, count: usize| {
                    [sides[0], sides[1]].map(|id| value_text(pool, id, count))
                };
                let shown = text(pool, SHORT);
                match shown[0] == shown[1] {
                    true => text(pool, LONG),
                    false => shown,
                }
            }
            None => self.double_texts(place),
        };
        let point = place.coordinates(pool, self.domain == Domain::Complex);
        let mut known = "refuted at this point".to_owned();
        if elsewhere && let Some(words) = self.elsewhere(pool, place) {
            known = format!("{known}; {words}");
        }
        let mut witness = Witness { point, left, right, difference: None };
        if let Some(sides) = &sides
            && (are_near(pool, sides) || witness.left == witness.right)
        {
            let difference = pool.difference(sides[0], sides[1]);
            let decimal =
                digits::decimal(pool, difference, FEW_DIGITS, syntax::in_normal_form);
            // Two sides that look the same are no witness, unless their difference is known.
            let is_shown = matches!(&decimal, Ok(text) if text != "0");
            let is_hidden = witness.left == witness.right && !is_shown;
            if is_hidden && has_special(self.tape) && self.pieced().is_none() {
                return hidden();
            }
            let text = match decimal {
                // Among great numbers, many digits do not show it.
                Ok(text) => Some(text).filter(|text| text != "0"),
                Err(_) => Some(value_text(pool, difference, SHORT)),
            };
            let text = text.filter(|text| text != "NaN");
            witness.difference = text.map(|text| text.trim_start_matches('-').to_owned());
        }
        if let Some([left, right]) = self.sides(pool, place) {
            witness.left = format!("{NONE} (left {left}, right {right})");
        } else if self.pieced().is_some() {
            let has_hole = matches!(sides.as_deref(), Some([Pool::UNDEFINED, _]));
            let slope = match has_hole {
                true => self.slope_in_hole(pool, place).map(digits::short),
                false => None,
            };
            match slope {
                Some(slope) => {
                    witness.left = slope;
                    witness.difference = None;
                }
                None if self.is_vague(pool, place) => {
                    witness.left = OTHER.to_owned();
                    witness.difference = None;
                }
                None if has_hole || self.is_at_jump(pool, place) => {
                    witness.left = NONE.to_owned();
                    witness.difference = None;
                }
                None => {}
            }
        }
        // Two values that are the same are no witness.
        let is_one = witness.left == witness.right && witness.difference.is_none();
        if is_one && tell(pool, [self.left.id, self.right.id], place) != Told::Different {
            return hidden();
        }
        Decision { verdict: Verdict::Different(witness), known }
    }

    /// What one side is called that has real values at single points at most.
    fn isolated(&self, pool: &mut Pool) -> Option<&str> {
        let names = self.tape.variables.iter();
        let symbols: Vec<ExprId> = names.map(|name| pool.symbol(name)).collect();
        let sides = [&self.left, &self.right].into_iter();
        let mut isolated = sides.filter(|side| {
            let found = Nowhere::find(pool, side.id, &symbols);
            matches!(found, Some(Nowhere::Isolated(_) | Nowhere::Scattered(_)))
        });
        isolated.next().map(|side| side.name)
    }

    /// What the first is the derivative of, where there may be points without one.
    pub(super) fn pieced(&self) -> Option<&Primitive> {
        self.primitive.as_ref().filter(|primitive| !primitive.is_smooth)
    }

    /// A function that is not defined and stands on one side only.
    fn stranger(&self, pool: &Pool) -> Option<String> {
        let [left, right] = [self.left.id, self.right.id].map(|id| {
            let ids = pool.reachable(&[id]).into_iter();
            let names = ids.filter_map(|id| match pool.node(id) {
                Node::Apply(function, _) => Some(&pool.as_abstract(function)?.name),
                _ => None,
            });
            names.collect::<BTreeSet<&String>>()
        });
        left.symmetric_difference(&right).next().map(|name| (*name).clone())
    }

    fn proved(&self, pool: &mut Pool, seen: &Seen, proof: &Proof) -> Result<Decision> {
        let known = proof.text();
        if seen.agreed.is_empty() && seen.only_left.len() >= FEW && self.within_left {
            let reason = format!(
                "{} has no real value at any point at which {} has one",
                self.right.name, self.left.name
            );
            return Ok(Decision { verdict: Verdict::Undecided { reason }, known });
        }
        if seen.agreed.is_empty() && self.is_excluded(pool, seen) {
            let reason =
                "under what is assumed, there is no point at which both are defined";
            return Ok(Decision {
                verdict: Verdict::Undecided { reason: reason.to_owned() },
                known,
            });
        }
        let condition = match self.common_condition(pool, seen) {
            None => self.gap(pool)?,
            condition => condition,
        };
        let verdict = match condition {
            Some(condition) => Verdict::EqualOnDomain { condition },
            None => Verdict::Equal,
        };
        Ok(Decision { verdict, known })
    }
}

/// Values that are nearer, relatively, are shown with their difference.
const NEAR: f64 = 1e-6;
/// The digits of a value at a point, and those of values that differ after that.
const SHORT: usize = 15;
const LONG: usize = 50;
/// The digits of a difference.
const FEW_DIGITS: usize = 3;

/// Whether two constants are nearly the same.
fn are_near(pool: &Pool, sides: &[ExprId]) -> bool {
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, sides);
    let values = crate::evaluate::values(&tape, &[]);
    let [left, right] = [values[slots[0] as usize], values[slots[1] as usize]];
    (left - right).abs() < NEAR * left.abs().max(right.abs())
}

/// A value at a point: exact when it is short, otherwise so many digits.
fn value_text(pool: &mut Pool, id: ExprId, count: usize) -> String {
    let simplified =
        pool.within_bits(MAX_BITS, |pool| Simplifier::default().simplify(pool, id));
    let simple = simplified.unwrap_or(id);
    if pool.cost(simple) <= 8
        && let Ok(text) = print::write(pool, simple, print::Notation::Text)
    {
        return text;
    }
    if let Ok(text) = digits::decimal(pool, simple, count, syntax::in_normal_form) {
        return text;
    }
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, &[simple]);
    digits::short(crate::evaluate::values(&tape, &[])[slots[0] as usize])
}

/// What can be said when no proof was found.
pub(super) fn unproved(seen: &Seen, constant: bool) -> Decision {
    let points = seen.agreed.len();
    if points < 3 && !(constant && points > 0) {
        return undecided(seen);
    }
    let digits = seen.least_digits();
    let known = match constant {
        true => format!("agrees to {digits} digits; no proof was found"),
        false => {
            format!("agrees at {points} points to {digits} digits; no proof was found")
        }
    };
    Decision { verdict: Verdict::ProbablyEqual { points, digits }, known }
}

/// A proof that says nothing of where a part is 0. Where the values there matter, it is not
/// enough.
fn almost_proved(pool: &Pool, seen: &Seen, part: ExprId, matters: bool) -> Decision {
    let (points, digits) = (seen.agreed.len(), seen.least_digits());
    let part = print::write(pool, part, print::Notation::Text).unwrap_or_default();
    let verdict = match matters {
        true => Verdict::Undecided { reason: format!("nothing is known of {part} = 0") },
        false => Verdict::ProbablyEqual { points, digits },
    };
    Decision { verdict, known: format!("proved, but for where {part} is 0") }
}

/// Whether two expressions may have values of their own where a part is 0, as far as their
/// comparisons tell: with an equation they do, and with `u > 0` those of one side, where it has
/// points on that side.
pub(super) fn stands_alone(
    pool: &mut Pool,
    pair: [ExprId; 2],
    part: ExprId,
    [has_below, has_above]: [bool; 2],
) -> Result<bool> {
    const SIDES: [Ordering; 3] = [Ordering::Less, Ordering::Equal, Ordering::Greater];
    let pair = with_jumps(pool, pair);
    let mut truths: [Vec<bool>; 3] = Default::default();
    let kernels =
        [image::over_kernels(pool, pair[0])?, image::over_kernels(pool, pair[1])?];
    for id in pool.reachable(&[pair, kernels].concat()) {
        let Node::Apply(function, list) = pool.node(id) else { continue };
        let (Some(relation), &[u, v]) = (Relation::of(function), pool.list(list)) else {
            continue;
        };
        let gap = pool.difference(u, v);
        let (factor, own) = pool.coefficient(gap);
        let is_negative = factor.is_negative();
        let (size, is_size) = unsigned(pool, own);
        let same = own == pool.coefficient(part).1;
        let opposite = pool.negate(part);
        let is_opposite = !same && own == pool.coefficient(opposite).1;
        if !same && !is_opposite && size != unsigned(pool, part).0 {
            continue;
        }
        let is_turned = is_negative != is_opposite;
        for (side, truths) in SIDES.into_iter().zip(&mut truths) {
            // On both sides of its zeros `abs(u)` is above 0.
            let side = if is_size { side.max(side.reverse()) } else { side };
            let side = if is_turned { side.reverse() } else { side };
            truths.push(relation.holds(side).unwrap_or(true));
        }
    }
    let is_seen = has_below || has_above;
    Ok((!has_below && is_seen || truths[1] != truths[0])
        && (!has_above && is_seen || truths[1] != truths[2]))
}

/// What is 0 where a part is, without absolute values and even powers around it, and whether
/// there are such.
fn unsigned(pool: &Pool, part: ExprId) -> (ExprId, bool) {
    let (_, part) = pool.coefficient(part);
    let inner = match pool.node(part) {
        Node::Apply(FunctionId::ABS, list) => Some(pool.list(list)[0]),
        Node::Power(base, exponent) => {
            let is_even = |n: &&Number| n.is_integer() && n.is_positive() && !n.is_odd();
            pool.as_number(exponent).filter(is_even).map(|_| base)
        }
        _ => None,
    };
    inner.map_or((part, false), |inner| (unsigned(pool, inner).0, true))
}

/// That nothing can be said of a function that is not defined.
fn unknown(name: &str) -> Decision {
    Decision {
        verdict: Verdict::Undecided { reason: format!("`{name}` is not known") },
        known: "it stands on one side only".to_owned(),
    }
}

/// That what is between two sides is not seen.
fn hidden() -> Decision {
    let reason = "rounding hides the difference at every point that was tried".to_owned();
    let known = "hundreds of points were tried".to_owned();
    Decision { verdict: Verdict::Undecided { reason }, known }
}

/// That nothing is said of a side that has real values at single points at most: what is equal
/// there need not be over the complex numbers.
fn isolated(name: &str) -> Decision {
    let reason = format!("{name} has real values at single points at most");
    Decision {
        verdict: Verdict::Undecided { reason },
        known: "no real point was found at which both are defined".to_owned(),
    }
}

fn undecided(seen: &Seen) -> Decision {
    let reason = match (seen.agreed.is_empty(), seen.unclear.is_empty()) {
        (true, true) => "no point was found at which both are defined",
        (true, false) => "rounding hides the difference at every point that was tried",
        (false, _) => "they agree as far as digits tell, and no proof was found",
    };
    Decision {
        verdict: Verdict::Undecided { reason: reason.to_owned() },
        known: "hundreds of points were tried".to_owned(),
    }
}
