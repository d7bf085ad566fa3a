//! Values and slopes of trees, by dual numbers, with a rule for what doubles can tell.

use super::functions;
use super::random::Random;
use super::tree::Tree;
use std::f64::consts::{E, PI};

/// How often a tree is valued: once as it is, then with noise on every part. Where noise is
/// seen in the value, the value says nothing.
const LANES: usize = 4;
const NOISE: f64 = 1e-13;
/// How far values with noise may be from each other: for parts, and for the whole.
const PART: f64 = 1e-7;
const WHOLE: f64 = 1e-9;

/// A value and a slope.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dual {
    pub(crate) value: f64,
    pub(crate) slope: f64,
}

type Lanes = [Dual; LANES];

/// Values for the names, and the name in which slopes are taken.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) at: Vec<(&'static str, f64)>,
    pub(crate) along: &'static str,
}

impl Place {
    /// The value and the slope of a tree; `None` at kinks, where there is none, where a part
    /// cannot be told from 0, and where either is lost in rounding, 0, tiny or huge.
    pub(crate) fn value(&self, tree: &Tree) -> Option<Dual> {
        let found = self.lanes(tree, &mut Random::new(7))?;
        let is_fair = |x: f64| (1e-9..1e12).contains(&x.abs());
        let of = |part: fn(&Dual) -> f64| {
            let all = found.map(|dual| part(&dual));
            is_fair(all[0]) && is_steady(all, WHOLE)
        };
        (of(|dual| dual.value) && of(|dual| dual.slope)).then_some(found[0])
    }

    fn lanes(&self, tree: &Tree, random: &mut Random) -> Option<Lanes> {
        let mut operands = Vec::new();
        for operand in tree.operands() {
            operands.push(self.lanes(operand, random)?);
        }
        let mut found = [Dual { value: 0.0, slope: 0.0 }; LANES];
        for (lane, found) in found.iter_mut().enumerate() {
            let parts: Vec<Dual> = operands.iter().map(|all| all[lane]).collect();
            let exact = self.combine(tree, &parts)?;
            let moved = lane > 0 && !parts.is_empty();
            let mut noise = || if moved { 1.0 + NOISE * random.noise() } else { 1.0 };
            found.value = exact.value * noise();
            found.slope = exact.slope * noise();
        }
        let is_told = (1e-20..1e30).contains(&found[0].value.abs())
            && is_steady(found.map(|dual| dual.value), PART)
            && found.iter().all(|dual| dual.slope.is_finite());
        is_told.then_some(found)
    }

    /// The value of a tree of which the parts are known.
    fn combine(&self, tree: &Tree, parts: &[Dual]) -> Option<Dual> {
        let constant = |value| Some(Dual { value, slope: 0.0 });
        match tree {
            Tree::Whole(n) => constant(f64::from(*n)),
            Tree::Decimal(_, value) => constant(*value),
            Tree::Ratio(p, q) => constant(f64::from(*p) / f64::from(*q)),
            Tree::Degrees(n) => constant(f64::from(*n) * PI / 180.0),
            Tree::Percent(n) => constant(f64::from(*n) / 100.0),
            Tree::E => constant(E),
            Tree::Pi => constant(PI),
            Tree::Name(name) => {
                let (_, value) = self.at.iter().find(|(known, _)| known == name)?;
                let slope = if *name == self.along { 1.0 } else { 0.0 };
                Some(Dual { value: *value, slope })
            }
            Tree::Sum(_) => {
                let value = parts.iter().map(|part| part.value).sum();
                Some(Dual { value, slope: parts.iter().map(|part| part.slope).sum() })
            }
            Tree::Difference(..) => {
                let [a, b] = parts else { return None };
                Some(Dual { value: a.value - b.value, slope: a.slope - b.slope })
            }
            Tree::Negative(_) => {
                Some(Dual { value: -parts[0].value, slope: -parts[0].slope })
            }
            Tree::Product(_) => {
                let one = Dual { value: 1.0, slope: 0.0 };
                Some(parts.iter().fold(one, |a, b| Dual {
                    value: a.value * b.value,
                    slope: a.slope * b.value + a.value * b.slope,
                }))
            }
            Tree::Quotient(..) => {
                let [a, b] = parts else { return None };
                let value = a.value / b.value;
                Some(Dual { value, slope: (a.slope - value * b.slope) / b.value })
            }
            Tree::Power(_, exponent) => {
                let [a, b] = parts else { return None };
                power(*a, *b, exponent.whole())
            }
            Tree::Factorial(_) => {
                let x = parts[0].value;
                (x > 0.0 && x <= 40.0).then(|| chain(functions::factorial(x), parts[0]))
            }
            Tree::Apply(function, _) => {
                let x = parts[0].value.abs();
                let grows = ["exp", "sinh", "cosh"].contains(&function.name);
                let limit = if grows { 40.0 } else { 1e4 };
                let is_kink = x < 1e-9;
                (x <= limit && !is_kink)
                    .then(|| chain((function.value)(parts[0].value), parts[0]))
            }
            Tree::Log(_, base) => {
                let found = functions::to_base(parts[0].value, f64::from(*base));
                Some(chain(found, parts[0]))
            }
            Tree::Max(..) => {
                let [a, b] = parts else { return None };
                let gap = (a.value - b.value).abs();
                let is_kink = gap <= 1e-9 * (a.value.abs() + b.value.abs());
                let most = if a.value > b.value { *a } else { *b };
                (!is_kink).then_some(most)
            }
            // A program is valued before it gets functions of its own.
            Tree::Call(..) => None,
        }
    }
}

/// A function of something.
fn chain([value, slope]: [f64; 2], inner: Dual) -> Dual {
    Dual { value, slope: slope * inner.slope }
}

/// A power; bases that are not positive need an exponent that was typed as a whole number.
fn power(a: Dual, b: Dual, whole: Option<i32>) -> Option<Dual> {
    if b.value.abs() > 60.0 {
        return None;
    }
    if let Some(n) = whole {
        let value = a.value.powi(n);
        return Some(chain([value, f64::from(n) * value / a.value], a));
    }
    let value = a.value.powf(b.value);
    let slope = value * (b.slope * a.value.ln() + b.value * a.slope / a.value);
    (a.value > 0.0).then_some(Dual { value, slope })
}

/// Whether noise moves a value by less than this part of it.
fn is_steady(lanes: [f64; LANES], bound: f64) -> bool {
    lanes.iter().all(|x| (x - lanes[0]).abs() <= bound * lanes[0].abs())
}
