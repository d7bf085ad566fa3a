//! Two factors in several variables from two factors in one, over a prime field.

use super::field::Field;
use super::packing::Packing;
use super::work::amount;
use super::{Exhausted, Polynomial, Work, modular};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A polynomial by the total degree of the variables that were set to 0: for each monomial in
/// them the coefficient, a polynomial in the main variable.
type Layers = Vec<BTreeMap<u128, Vec<u64>>>;

/// A polynomial that is to be split, over the integers.
///
/// It is the product of what is factored with its own leading coefficient, so that both
/// factors may be given that leading coefficient (von zur Gathen and Gerhard, section 16.6;
/// Wang 1978 has the problem).
pub(super) struct Target {
    main: usize,
    packing: Packing,
    scaled: Polynomial,
    lead: Polynomial,
    height: usize,
    degrees: Vec<u32>,
}

/// A factor over a field, as terms.
pub(super) type Lifted = Vec<(Vec<u32>, u64)>;

impl Target {
    /// For a polynomial whose image at a point has full degree in the main variable. The
    /// point becomes 0.
    pub(super) fn new(
        f: &Polynomial,
        main: usize,
        point: &[i64],
        work: &mut Work,
    ) -> Result<Self, Exhausted> {
        let lead = f.leading_coefficient_in(main);
        let scaled = f.mul(&lead, work)?.shifted(point, work)?;
        let lead = lead.shifted(point, work)?;
        let height = scaled
            .terms()
            .map(|(exponents, _)| outside(exponents, main))
            .max()
            .unwrap_or(0);
        let degrees = scaled.degrees();
        let room = degrees
            .iter()
            .enumerate()
            .map(|(at, degree)| if at == main || *degree == 0 { 0 } else { height });
        let packing = Packing::new(room).ok_or(Exhausted)?;
        work.spend(height)?;
        Ok(Self { main, packing, scaled, lead, height: height as usize, degrees })
    }

    fn layers(&self, p: &Polynomial, shift: usize, field: Field) -> Option<Layers> {
        let mut layers: Layers = vec![BTreeMap::new(); self.height + 1];
        for (exponents, coefficient) in p.terms() {
            let layer = layers.get_mut(outside(exponents, self.main) as usize)?;
            let power = exponents[self.main] as usize + shift;
            let mut rest = exponents.to_vec();
            rest[self.main] = 0;
            let slot = layer.entry(self.packing.pack(&rest)).or_default();
            if slot.len() <= power {
                slot.resize(power + 1, 0);
            }
            slot[power] = field.image(coefficient)?;
        }
        Some(layers)
    }

    /// The first of two factors whose images at 0 are multiples of two polynomials without a
    /// common divisor; `None` when there are none such over the field, or when the prime is
    /// unlucky.
    ///
    /// The factors are found one total degree after the other. The equation for each monomial
    /// has one variable and is solved with Bézout's coefficients (Musser 1975; Geddes, Czapor
    /// and Labahn, section 6.6, with all variables at once).
    pub(super) fn lift(
        &self,
        left: &[u64],
        right: &[u64],
        field: Field,
        work: &mut Work,
    ) -> Result<Option<Lifted>, Exhausted> {
        let (m, n) = (left.len() - 1, right.len() - 1);
        work.spend(amount(3 * self.height))?;
        let prepared = (|| {
            let target = self.layers(&self.scaled, 0, field)?;
            let g = self.layers(&self.lead, m, field)?;
            Some((target, g, self.layers(&self.lead, n, field)?))
        })();
        let Some((target, mut g, mut h)) = prepared else { return Ok(None) };
        let Some(top) = g[0].get(&0).and_then(|lead| lead.last().copied()) else {
            return Ok(None);
        };
        let scaled = |a: &[u64]| modular::scale(field, &modular::monic(field, a), top);
        let (first, second) = (scaled(left), scaled(right));
        let Some((s, t)) = modular::bezout(field, &first, &second) else {
            return Ok(None);
        };
        if top == 0 || target[0].get(&0) != Some(&modular::mul(field, &first, &second)) {
            return Ok(None);
        }
        g[0].insert(0, first.clone());
        h[0].insert(0, second.clone());
        let mut tops = [self.lead.degrees(), self.lead.degrees()];
        for level in 1..=self.height {
            for (key, error) in error(field, level, &target, &g, &h, work)? {
                if error.len() > m + n {
                    return Ok(None);
                }
                work.spend(amount(2 * error.len() * (m + n)))?;
                let sides = [(&mut g, &t, &first), (&mut h, &s, &second)];
                for ((layers, unit, own), tops) in sides.into_iter().zip(&mut tops) {
                    let product = modular::mul(field, &error, unit);
                    let part = modular::remainder(field, &product, own);
                    if part.is_empty() {
                        continue;
                    }
                    for (at, top) in tops.iter_mut().enumerate() {
                        *top = (*top).max(self.packing.exponent(key, at));
                    }
                    let slot = layers[level].entry(key).or_default();
                    *slot = modular::add(field, slot, &part);
                }
            }
            // The degrees of true factors add up, in each variable and in all.
            let [left, right] = &tops;
            let sums = left.iter().zip(right).map(|(a, b)| a.saturating_add(*b));
            if sums.zip(&self.degrees).any(|(sum, most)| sum > *most) {
                return Ok(None);
            }
            if reach(&g) + reach(&h) > self.height {
                return Ok(None);
            }
        }
        Ok(Some(self.terms(&g)))
    }

    fn terms(&self, layers: &Layers) -> Lifted {
        let mut result = Lifted::new();
        for (key, coefficients) in layers.iter().flatten() {
            let mut exponents = vec![0; self.scaled.variables()];
            self.packing.unpack(*key, &mut exponents);
            for (power, value) in
                coefficients.iter().enumerate().filter(|(_, v)| **v != 0)
            {
                exponents[self.main] = power as u32;
                result.push((exponents.clone(), *value));
            }
        }
        result
    }
}

/// The sum of the exponents of all variables but one.
fn outside(exponents: &[u32], main: usize) -> u64 {
    let others = exponents.iter().enumerate().filter(|(at, _)| *at != main);
    others.map(|(_, exponent)| u64::from(*exponent)).sum()
}

/// The greatest degree that occurs.
fn reach(layers: &Layers) -> usize {
    layers.iter().rposition(|layer| !layer.is_empty()).unwrap_or(0)
}

/// What is missing from the product of the factors at one total degree.
fn error(
    field: Field,
    level: usize,
    target: &Layers,
    g: &Layers,
    h: &Layers,
    work: &mut Work,
) -> Result<Vec<(u128, Vec<u64>)>, Exhausted> {
    let mut places: FxHashMap<u128, usize> = FxHashMap::default();
    let mut sums: Vec<(u128, Vec<u64>)> = Vec::new();
    let mut place = |sums: &mut Vec<(u128, Vec<u64>)>, key: u128| {
        let place = *places.entry(key).or_insert(sums.len());
        if place == sums.len() {
            sums.push((key, Vec::new()));
        }
        place
    };
    for (low, high) in (0..=level).map(|low| (&g[low], &h[level - low])) {
        for (a, x) in low {
            let cost: usize = high.values().map(|y| 8 + 2 * x.len() * y.len()).sum();
            work.spend(amount(cost))?;
            for (b, y) in high {
                let at = place(&mut sums, a + b);
                modular::add_product(field, &mut sums[at].1, x, y);
            }
        }
    }
    for (key, own) in &target[level] {
        let at = place(&mut sums, *key);
        sums[at].1 = modular::sub(field, &sums[at].1, own);
    }
    for (_, sum) in &mut sums {
        *sum = modular::scale(field, sum, field.neg(field.one));
    }
    sums.retain(|(_, error)| !error.is_empty());
    Ok(sums)
}
