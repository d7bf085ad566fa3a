//! Polynomials that depend on their variables through fewer linear forms.

use super::field::Field;
use super::work::amount;
use super::{Exhausted, Polynomial, Work};
use crate::kernel::Number;
use std::collections::BTreeMap;

/// A polynomial as one in linear forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinearGroups {
    /// The polynomial in the forms: variable `k` stands for form `k`.
    pub reduced: Polynomial,
    /// The forms, over the variables of the original: without a constant, primitive, with a
    /// positive leading coefficient. A variable on its own is a form, too.
    pub forms: Vec<Polynomial>,
}

/// The fewest linear forms on which a polynomial depends, `None` when these are as many as
/// the variables that occur: `(w + x)^2 + (y + z)^3`, multiplied out, has the forms `w + x`
/// and `y + z`. With the forms in place of its variables, the reduced polynomial is the
/// original.
///
/// The forms span the derivatives: whatever constant combination of the partial derivatives
/// vanishes is a direction in which nothing changes (Carlini, "Reducing the number of
/// variables of a polynomial", 2006). They are in echelon form, so groups that have no
/// variable in common are found as such.
///
/// # Errors
///
/// When the work is used up.
pub fn linear_groups(
    p: &Polynomial,
    work: &mut Work,
) -> Result<Option<LinearGroups>, Exhausted> {
    let columns = p.occurring();
    let mut rows: BTreeMap<Vec<u32>, Vec<Number>> = BTreeMap::new();
    let words = p.longest();
    work.spend(amount(p.number_of_terms() * columns.len()).saturating_mul(words))?;
    for (column, variable) in columns.iter().enumerate() {
        for (exponents, coefficient) in p.derivative(*variable).terms() {
            let empty = || vec![Number::ZERO; columns.len()];
            let row = rows.entry(exponents.to_vec()).or_insert_with(empty);
            row[column] = coefficient.clone();
        }
    }
    if is_full_modulo_prime(rows.values(), columns.len(), work)? {
        return Ok(None);
    }
    // Every row is reduced by the ones found before, so there are never more than columns.
    let mut basis: Vec<(usize, Vec<Number>)> = Vec::new();
    for (_, mut row) in rows {
        let price = words.saturating_mul(words).saturating_mul(8);
        work.spend(amount(columns.len() * (basis.len() + 1)).saturating_mul(price))?;
        for (pivot, other) in &basis {
            let factor = row[*pivot].neg();
            add_multiple(&mut row, other, &factor);
        }
        let Some(pivot) = row.iter().position(|c| !c.is_zero()) else { continue };
        let Some(inverse) = row[pivot].recip() else { continue };
        let row: Vec<Number> = row.iter().map(|c| c.mul(&inverse)).collect();
        for (_, other) in &mut basis {
            let factor = other[pivot].neg();
            add_multiple(other, &row, &factor);
        }
        basis.push((pivot, row));
        if basis.len() == columns.len() {
            return Ok(None);
        }
    }
    if basis.len() == columns.len() {
        return Ok(None);
    }
    basis.sort_by_key(|(pivot, _)| *pivot);
    let pivots: Vec<usize> = basis.iter().map(|(pivot, _)| columns[*pivot]).collect();
    let mut forms = Vec::new();
    let mut scales = Vec::new();
    for (_, row) in &basis {
        let mut form = Polynomial::zero(p.variables());
        for (column, coefficient) in row.iter().enumerate() {
            let mut exponents = vec![0; p.variables()];
            exponents[columns[column]] = 1;
            form.push(&exponents, coefficient.clone());
        }
        let (content, form) = form.primitive_part();
        scales.push(content);
        forms.push(form);
    }
    Ok(Some(LinearGroups { reduced: reduced(p, &pivots, &scales, work)?, forms }))
}

/// Whether rows span everything even modulo a prime, which is quickly seen.
fn is_full_modulo_prime<'a>(
    rows: impl Iterator<Item = &'a Vec<Number>>,
    columns: usize,
    work: &mut Work,
) -> Result<bool, Exhausted> {
    let Some(field) = Field::large().next() else { return Ok(false) };
    let mut basis: Vec<(usize, Vec<u64>)> = Vec::new();
    for row in rows {
        work.spend(amount(columns * (basis.len() + 1)))?;
        let image: Option<Vec<u64>> = row.iter().map(|c| field.image(c)).collect();
        let Some(mut row) = image else { return Ok(false) };
        for (pivot, other) in &basis {
            let factor = field.neg(row[*pivot]);
            for (slot, c) in row.iter_mut().zip(other) {
                *slot = field.add(*slot, field.mul(*c, factor));
            }
        }
        let Some(pivot) = row.iter().position(|c| *c != 0) else { continue };
        let inverse = field.invert(row[pivot]);
        basis.push((pivot, row.iter().map(|c| field.mul(*c, inverse)).collect()));
        if basis.len() == columns {
            return Ok(true);
        }
    }
    Ok(columns == 0)
}

fn add_multiple(row: &mut [Number], other: &[Number], factor: &Number) {
    if !factor.is_zero() {
        for (slot, c) in row.iter_mut().zip(other) {
            *slot = slot.add(&c.mul(factor));
        }
    }
}

/// The polynomial with 0 for all but the pivots, and each pivot as a multiple of its form.
fn reduced(
    p: &Polynomial,
    pivots: &[usize],
    scales: &[Number],
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    let mut terms = Vec::new();
    for (exponents, coefficient) in p.terms() {
        let mut rest = exponents.to_vec();
        let mut coefficient = coefficient.clone();
        let mut own = Vec::with_capacity(pivots.len());
        for (pivot, scale) in pivots.iter().zip(scales) {
            let exponent = std::mem::take(&mut rest[*pivot]);
            own.push(exponent);
            if !scale.is_one() {
                let power = Polynomial::constant(0, scale.clone()).pow(exponent, work)?;
                coefficient = coefficient.mul(&power.leading_coefficient());
            }
        }
        if rest.iter().all(|exponent| *exponent == 0) {
            terms.push((own, coefficient));
        }
    }
    Polynomial::from_terms(pivots.len(), terms).ok_or(Exhausted)
}
