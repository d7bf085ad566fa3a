//! Greatest common divisors over a prime field by sparse interpolation from images in one
//! variable (Zippel 1979; Geddes, Czapor and Labahn, section 7.4).

use super::field::{Field, Sequence};
use super::image::Image;
use super::work::amount;
use super::{Exhausted, Polynomial, Work, modular};

/// Two polynomials that are primitive in a main variable and have the same variables.
///
/// What is interpolated is `gamma/lc(g)*g`, where `g` is their greatest common divisor: its
/// leading coefficient in the main variable is known, so that images can be scaled alike.
pub(super) struct Problem<'a> {
    pub(super) left: &'a Polynomial,
    pub(super) right: &'a Polynomial,
    /// A multiple of the leading coefficient of the divisor.
    pub(super) gamma: &'a Polynomial,
    pub(super) main: usize,
    pub(super) others: Vec<usize>,
    /// The degree of the divisor in the main variable.
    pub(super) degree: usize,
    /// Bounds of the degrees of what is interpolated, for every variable.
    pub(super) bounds: Vec<u32>,
    /// What images at a new point cost.
    pub(super) price: u64,
}

/// Terms that may occur, with their values in a field.
pub(super) type Terms = Vec<(Vec<u32>, u64)>;

impl Problem<'_> {
    /// The terms over a field, variable by variable: each new variable is interpolated from
    /// values at as many numbers as its degree asks for, and each of these comes from the
    /// terms known so far. `None` when a choice of numbers is unlucky.
    pub(super) fn discover(
        &self,
        field: Field,
        random: &mut Sequence,
        work: &mut Work,
    ) -> Result<Option<Terms>, Exhausted> {
        let variables = self.left.variables();
        let mut point: Vec<u64> = (0..variables).map(|_| random.element(field)).collect();
        work.spend(self.price)?;
        let Some(mut images) = self.images(field, &point, &[]) else { return Ok(None) };
        let Some(first) = self.image(&mut images, field, work)? else { return Ok(None) };
        let mut terms: Terms = Vec::new();
        for (power, value) in first.iter().enumerate().filter(|(_, value)| **value != 0) {
            let mut exponents = vec![0; variables];
            exponents[self.main] = power as u32;
            terms.push((exponents, *value));
        }
        for (stage, variable) in self.others.iter().enumerate() {
            let mut nodes = vec![point[*variable]];
            let mut rows =
                vec![terms.iter().map(|(_, value)| *value).collect::<Vec<u64>>()];
            for _ in 0..self.bounds[*variable] {
                point[*variable] = random.element(field);
                if nodes.contains(&point[*variable]) {
                    return Ok(None);
                }
                nodes.push(point[*variable]);
                let known = &self.others[..stage];
                let row = self.solve(field, &terms, known, &point, random, work)?;
                let Some(row) = row else { return Ok(None) };
                rows.push(row);
            }
            point[*variable] = nodes[0];
            terms = extended(field, &terms, *variable, &nodes, &rows, work)?;
        }
        Ok(Some(terms))
    }

    /// The values of known terms over another field.
    pub(super) fn again(
        &self,
        field: Field,
        terms: &Terms,
        random: &mut Sequence,
        work: &mut Work,
    ) -> Result<Option<Vec<u64>>, Exhausted> {
        let point = vec![field.one; self.left.variables()];
        self.solve(field, terms, &self.others, &point, random, work)
    }

    fn images(
        &self,
        field: Field,
        point: &[u64],
        moving: &[usize],
    ) -> Option<[Image; 3]> {
        let image = |p| Image::new(p, field, self.main, point, moving);
        Some([image(self.left)?, image(self.right)?, image(self.gamma)?])
    }

    /// The scaled divisor at the present point; `None` when its degree is not as expected.
    fn image(
        &self,
        [left, right, gamma]: &mut [Image; 3],
        field: Field,
        work: &mut Work,
    ) -> Result<Option<Vec<u64>>, Exhausted> {
        let (a, b) = (left.collected(field), right.collected(field));
        let terms = self.left.number_of_terms() + self.right.number_of_terms();
        work.spend(amount(terms + a.len() * b.len()))?;
        let divisor = modular::gcd(field, &a, &b);
        let scale = gamma.collected(field);
        let ([scale], true) = (&scale[..], divisor.len() == self.degree + 1) else {
            return Ok(None);
        };
        Ok(Some(modular::scale(field, &divisor, *scale)))
    }

    /// The values of terms in some variables, from images at powers of a random point: one
    /// transposed Vandermonde system for each power of the main variable.
    fn solve(
        &self,
        field: Field,
        terms: &Terms,
        known: &[usize],
        point: &[u64],
        random: &mut Sequence,
        work: &mut Work,
    ) -> Result<Option<Vec<u64>>, Exhausted> {
        let mut point = point.to_vec();
        for variable in known {
            point[*variable] = random.element(field);
        }
        let mut groups: Vec<Group> =
            (0..=self.degree).map(|_| Group::default()).collect();
        for (place, (exponents, _)) in terms.iter().enumerate() {
            let powers =
                known.iter().map(|v| field.pow(point[*v], u64::from(exponents[*v])));
            let value =
                powers.fold(field.one, |product, power| field.mul(product, power));
            let group = &mut groups[exponents[self.main] as usize];
            if group.nodes.contains(&value) {
                return Ok(None);
            }
            group.nodes.push(value);
            group.places.push(place);
        }
        work.spend(self.price)?;
        let count = groups.iter().map(|group| group.nodes.len()).max().unwrap_or(0);
        let Some(mut images) = self.images(field, &point, known) else { return Ok(None) };
        for _ in 0..count {
            let Some(image) = self.image(&mut images, field, work)? else {
                return Ok(None);
            };
            for (group, value) in groups.iter_mut().zip(image) {
                if group.nodes.is_empty() && value != 0 {
                    return Ok(None);
                }
                if group.sums.len() < group.nodes.len() {
                    group.sums.push(value);
                }
            }
            images.iter_mut().for_each(|image| image.step(field));
        }
        let mut values = vec![0; terms.len()];
        for group in &groups {
            work.spend(amount(group.nodes.len() * group.nodes.len()))?;
            for (place, value) in group.places.iter().zip(group.weights(field)) {
                values[*place] = value;
            }
        }
        Ok(Some(values))
    }
}

/// The system `sum of weight_i * node_i^k = sum_k` for `k = 1, 2, …`.
#[derive(Default)]
struct Group {
    nodes: Vec<u64>,
    places: Vec<usize>,
    sums: Vec<u64>,
}

impl Group {
    /// Its solution (Zippel, "Effective Polynomial Computation", section 13.1).
    fn weights(&self, field: Field) -> Vec<u64> {
        let (basis, scales) = lagrange(field, &self.nodes);
        let weight = |(node, (row, scale)): (&u64, (&Vec<u64>, &u64))| {
            let products = row.iter().zip(&self.sums).map(|(c, sum)| field.mul(*c, *sum));
            let sum = products.fold(0, |sum, product| field.add(sum, product));
            field.mul(field.mul(sum, *scale), field.invert(*node))
        };
        self.nodes.iter().zip(basis.iter().zip(&scales)).map(weight).collect()
    }
}

/// For each node the product of `x - other` over the other nodes, and one over its value at
/// the node.
fn lagrange(field: Field, nodes: &[u64]) -> (Vec<Vec<u64>>, Vec<u64>) {
    let mut product = vec![field.one];
    for node in nodes {
        product = modular::mul(field, &product, &[field.neg(*node), field.one]);
    }
    let mut rows = Vec::with_capacity(nodes.len());
    let mut scales = Vec::with_capacity(nodes.len());
    for node in nodes {
        let (row, _) = modular::divide(field, &product, &[field.neg(*node), field.one]);
        let horner = |value, c: &u64| field.add(field.mul(value, *node), *c);
        scales.push(field.invert(row.iter().rev().fold(0, horner)));
        rows.push(row);
    }
    (rows, scales)
}

/// Terms in one more variable from the values of the old ones at its nodes.
fn extended(
    field: Field,
    terms: &Terms,
    variable: usize,
    nodes: &[u64],
    rows: &[Vec<u64>],
    work: &mut Work,
) -> Result<Terms, Exhausted> {
    work.spend(amount(nodes.len() * nodes.len() * (terms.len() + 1)))?;
    let (basis, scales) = lagrange(field, nodes);
    let mut result = Terms::new();
    for (place, (exponents, _)) in terms.iter().enumerate() {
        let mut sum = vec![0; nodes.len()];
        for ((row, basis), scale) in rows.iter().zip(&basis).zip(&scales) {
            let weight = field.mul(row[place], *scale);
            for (slot, c) in sum.iter_mut().zip(basis) {
                *slot = field.add(*slot, field.mul(*c, weight));
            }
        }
        for (power, value) in sum.into_iter().enumerate().filter(|(_, value)| *value != 0)
        {
            let mut exponents = exponents.clone();
            exponents[variable] = power as u32;
            result.push((exponents, value));
        }
    }
    Ok(result)
}
