//! Gröbner bases of small ideals, and the polynomials in one variable that they contain.

use super::work::amount;
use super::{Exhausted, Polynomial, Work};
use crate::kernel::Number;
use std::cmp::Ordering;

/// Ideals of more dimensions than this have no eliminants here.
const MAX_DIMENSION: usize = 150;

/// A term: exponents and a coefficient that is not 0.
type Term = (Vec<u32>, Number);

/// A polynomial as terms in descending order by total degree, then reversed lexicographic.
type Graded = Vec<Term>;

/// A reduced Gröbner basis by total degree, ties by the reversed lexicographic order.
#[derive(Clone, Debug)]
pub struct GroebnerBasis {
    variables: usize,
    elements: Vec<Graded>,
}

impl GroebnerBasis {
    /// The basis of the ideal of some polynomials (Buchberger's algorithm with the criteria
    /// of Gebauer and Möller; Becker and Weispfenning, "Gröbner Bases", section 5.5).
    ///
    /// # Errors
    ///
    /// When the work is used up.
    pub fn new(ideal: &[Polynomial], work: &mut Work) -> Result<Self, Exhausted> {
        let variables = ideal.iter().map(Polynomial::variables).max().unwrap_or(0);
        let mut start: Vec<Graded> = ideal
            .iter()
            .filter(|p| !p.is_zero())
            .map(|p| monic(graded(&p.widened(variables))))
            .collect();
        start.sort_by(|a, b| compare(&a[0].0, &b[0].0));
        let mut search = Search { elements: Vec::new(), pairs: Vec::new() };
        for p in start {
            let rest = reduced(p, &search.elements, work)?;
            search.insert(rest, work)?;
        }
        while let Some((i, j, _)) = search.next_pair() {
            let difference =
                s_polynomial(&search.elements[i], &search.elements[j], work)?;
            let rest = reduced(difference, &search.elements, work)?;
            search.insert(rest, work)?;
        }
        let elements = minimal(&search.elements, work)?;
        Ok(Self { variables, elements })
    }

    /// Whether the polynomials have no common zero, not even over the complex numbers.
    pub fn is_everything(&self) -> bool {
        self.elements.iter().any(|p| p[0].0.iter().all(|e| *e == 0))
    }

    /// Whether there are only finitely many common zeros over the complex numbers.
    pub fn is_finite(&self) -> bool {
        let is_power = |variable: usize, exponents: &[u32]| {
            exponents.iter().enumerate().all(|(at, e)| at == variable || *e == 0)
        };
        (0..self.variables).all(|v| self.elements.iter().any(|p| is_power(v, &p[0].0)))
    }

    /// The polynomial of least degree in one variable alone that vanishes at all common
    /// zeros; `None` when there are infinitely many, or too many. Its roots are the
    /// coordinates of the common zeros, no others.
    ///
    /// Powers of the variable are reduced until they are linearly dependent (Faugère, Gianni,
    /// Lazard and Mora 1993).
    ///
    /// # Errors
    ///
    /// When the work is used up.
    pub fn eliminant(
        &self,
        variable: usize,
        work: &mut Work,
    ) -> Result<Option<Polynomial>, Exhausted> {
        if self.is_everything() {
            return Ok(Some(Polynomial::one(self.variables)));
        }
        if !self.is_finite() || variable >= self.variables {
            return Ok(None);
        }
        // Rows: a reduced power, and the combination of powers that it is.
        let mut rows: Vec<(Graded, Vec<Number>)> = Vec::new();
        let mut power: Graded = vec![(vec![0; self.variables], Number::ONE)];
        for degree in 0..=MAX_DIMENSION {
            power = reduced(power, &self.elements, work)?;
            let mut row = power.clone();
            let mut combination = vec![Number::ZERO; degree + 1];
            combination[degree] = Number::ONE;
            for (other, parts) in &rows {
                let at = row.iter().find(|(exponents, _)| *exponents == other[0].0);
                let Some(factor) = at.map(|(_, c)| c.neg()) else { continue };
                row =
                    plus_multiple(&row, &factor, &vec![0; self.variables], other, work)?;
                for (slot, c) in combination.iter_mut().zip(parts) {
                    *slot = slot.add(&factor.mul(c));
                }
            }
            let Some((_, lead)) = row.first() else {
                let terms = combination.into_iter().enumerate().map(|(e, c)| {
                    let mut exponents = vec![0; self.variables];
                    exponents[variable] = e as u32;
                    (exponents, c)
                });
                return Ok(Polynomial::from_terms(self.variables, terms));
            };
            let Some(inverse) = lead.recip() else { return Ok(None) };
            let combination = combination.iter().map(|c| c.mul(&inverse)).collect();
            rows.push((scaled(row, &inverse), combination));
            for (exponents, _) in &mut power {
                exponents[variable] =
                    exponents[variable].checked_add(1).ok_or(Exhausted)?;
            }
        }
        Ok(None)
    }
}

/// Elements and the pairs that are still to be looked at, each with its common multiple.
struct Search {
    elements: Vec<Graded>,
    pairs: Vec<(usize, usize, Vec<u32>)>,
}

impl Search {
    /// The pair with the least common multiple.
    fn next_pair(&mut self) -> Option<(usize, usize, Vec<u32>)> {
        let least = (0..self.pairs.len())
            .min_by(|a, b| compare(&self.pairs[*a].2, &self.pairs[*b].2))?;
        Some(self.pairs.remove(least))
    }

    /// Adds an element with its pairs, without those that are known to reduce to 0.
    fn insert(&mut self, p: Graded, work: &mut Work) -> Result<(), Exhausted> {
        if p.is_empty() {
            return Ok(());
        }
        let p = monic(p);
        let new = self.elements.len();
        let lead = p[0].0.clone();
        work.spend(amount((self.pairs.len() + new) * lead.len() * (new + 1)))?;
        let leads: Vec<&Vec<u32>> = self.elements.iter().map(|q| &q[0].0).collect();
        self.pairs.retain(|(i, j, both)| {
            !divides(&lead, both)
                || common_multiple(leads[*i], &lead) == *both
                || common_multiple(leads[*j], &lead) == *both
        });
        let own: Vec<Vec<u32>> =
            leads.iter().map(|other| common_multiple(other, &lead)).collect();
        let disjoint =
            |at: usize| leads[at].iter().zip(&lead).all(|(a, b)| *a == 0 || *b == 0);
        for (at, both) in own.iter().enumerate() {
            let covered = own.iter().enumerate().any(|(k, other)| {
                k != at
                    && divides(other, both)
                    && (other != both || k < at || disjoint(k))
            });
            if !covered && !disjoint(at) {
                self.pairs.push((at, new, both.clone()));
            }
        }
        self.elements.push(p);
        Ok(())
    }
}

/// The elements of which no leading term is a multiple of another, each reduced by the others.
fn minimal(elements: &[Graded], work: &mut Work) -> Result<Vec<Graded>, Exhausted> {
    let mut kept: Vec<Graded> = Vec::new();
    for (at, p) in elements.iter().enumerate() {
        let covered = elements.iter().enumerate().any(|(k, q)| {
            k != at && divides(&q[0].0, &p[0].0) && (q[0].0 != p[0].0 || k < at)
        });
        if !covered {
            kept.push(p.clone());
        }
    }
    let mut result = Vec::with_capacity(kept.len());
    for at in 0..kept.len() {
        let others: Vec<Graded> = kept
            .iter()
            .enumerate()
            .filter(|(k, _)| *k != at)
            .map(|(_, q)| q.clone())
            .collect();
        result.push(reduced(kept[at].clone(), &others, work)?);
    }
    Ok(result)
}

fn graded(p: &Polynomial) -> Graded {
    let mut terms: Graded = p.terms().map(|(e, c)| (e.to_vec(), c.clone())).collect();
    terms.sort_by(|a, b| compare(&b.0, &a.0));
    terms
}

/// The order of monomials: by total degree, then the one with less of the last variable.
fn compare(a: &[u32], b: &[u32]) -> Ordering {
    let total = |e: &[u32]| e.iter().map(|e| u64::from(*e)).sum::<u64>();
    total(a).cmp(&total(b)).then_with(|| b.iter().rev().cmp(a.iter().rev()))
}

fn divides(a: &[u32], b: &[u32]) -> bool {
    a.iter().zip(b).all(|(a, b)| a <= b)
}

fn common_multiple(a: &[u32], b: &[u32]) -> Vec<u32> {
    a.iter().zip(b).map(|(a, b)| *a.max(b)).collect()
}

fn monic(p: Graded) -> Graded {
    match p.first().and_then(|(_, c)| c.recip()) {
        Some(inverse) => scaled(p, &inverse),
        None => p,
    }
}

fn scaled(mut p: Graded, factor: &Number) -> Graded {
    if !factor.is_one() {
        for (_, c) in &mut p {
            *c = c.mul(factor);
        }
    }
    p
}

/// `p + factor * x^shift * q`.
fn plus_multiple(
    p: &[Term],
    factor: &Number,
    shift: &[u32],
    q: &[Term],
    work: &mut Work,
) -> Result<Graded, Exhausted> {
    let longest = q.iter().map(|(_, c)| c.bits()).max().unwrap_or(0);
    // Fractions are reduced, which takes the square of the length.
    let bits = longest + factor.bits();
    let price = 8 + bits / 16 + bits.saturating_mul(bits) / 512;
    work.spend(amount(p.len()) + amount(q.len()).saturating_mul(price))?;
    let mut result = Vec::with_capacity(p.len() + q.len());
    let mut left = p.iter().peekable();
    for (exponents, c) in q {
        let exponents: Option<Vec<u32>> =
            exponents.iter().zip(shift).map(|(a, b)| a.checked_add(*b)).collect();
        let exponents = exponents.ok_or(Exhausted)?;
        while let Some(term) =
            left.next_if(|(e, _)| compare(e, &exponents) == Ordering::Greater)
        {
            result.push(term.clone());
        }
        let mut value = c.mul(factor);
        if let Some((_, other)) = left.next_if(|(e, _)| *e == exponents) {
            value = value.add(other);
        }
        if !value.is_zero() {
            result.push((exponents, value));
        }
    }
    result.extend(left.cloned());
    Ok(result)
}

/// The combination of two monic polynomials in which their leading terms cancel.
fn s_polynomial(a: &[Term], b: &[Term], work: &mut Work) -> Result<Graded, Exhausted> {
    let both = common_multiple(&a[0].0, &b[0].0);
    let missing = |e: &[u32]| both.iter().zip(e).map(|(m, e)| m - e).collect::<Vec<_>>();
    let left = plus_multiple(&[], &Number::ONE, &missing(&a[0].0), a, work)?;
    plus_multiple(&left, &Number::MINUS_ONE, &missing(&b[0].0), b, work)
}

/// The remainder by monic polynomials: none of its terms is a multiple of a leading term.
fn reduced(p: Graded, by: &[Graded], work: &mut Work) -> Result<Graded, Exhausted> {
    let mut rest = p;
    let mut done = 0;
    while done < rest.len() {
        work.spend(amount(by.len()))?;
        let (exponents, c) = &rest[done];
        let Some(q) = by.iter().find(|q| divides(&q[0].0, exponents)) else {
            done += 1;
            continue;
        };
        let shift: Vec<u32> = exponents.iter().zip(&q[0].0).map(|(a, b)| a - b).collect();
        let factor = c.neg();
        let tail = plus_multiple(&rest[done..], &factor, &shift, q, work)?;
        rest.truncate(done);
        rest.extend(tail);
    }
    Ok(rest)
}
