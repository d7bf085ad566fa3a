//! Irreducible factors.

use super::coefficient::content_price;
use super::forms::linear_groups;
use super::gcd::content_in;
use super::square_free::square_free;
use super::work::amount;
use super::{Exhausted, Polynomial, Work, dense, multivariate, univariate};
use crate::kernel::Number;

/// A polynomial as a number times powers of factors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factorization {
    /// The number; 0 for the polynomial 0, which has no factors.
    pub unit: Number,
    /// Primitive factors with a positive leading coefficient and their multiplicities, in
    /// ascending order of total degree, then of the number of terms, then of the terms. No
    /// factor occurs twice.
    pub factors: Vec<(Polynomial, u32)>,
    /// Whether all factors are known to be irreducible. When the work was used up they are
    /// factors all the same, and the product is the polynomial. When there was not even
    /// enough to find the content, the polynomial is the only factor as it is.
    pub complete: bool,
}

impl Factorization {
    /// The polynomial again: the product of everything.
    ///
    /// # Errors
    ///
    /// When the work is used up.
    pub fn expand(
        &self,
        variables: usize,
        work: &mut Work,
    ) -> Result<Polynomial, Exhausted> {
        let mut product = Polynomial::constant(variables, self.unit.clone());
        for (factor, power) in &self.factors {
            product = product.mul(&factor.pow(*power, work)?, work)?;
        }
        Ok(product)
    }
}

/// The factors over the rational numbers, irreducible ones as far as the work allows.
///
/// Numbers, powers of variables, multiple factors ([`square_free`]) and contents with respect
/// to each variable come out first. Then polynomials in powers of variables, in few linear
/// forms ([`linear_groups`]) and homogeneous ones become smaller. What is left is factored
/// modulo a prime and lifted (Cantor and Zassenhaus 1981, Zassenhaus 1969, Wang 1978).
pub fn factor(p: &Polynomial, work: &mut Work) -> Factorization {
    let variables = p.variables();
    if work.spend(content_price(p.number_of_terms(), p.longest())).is_err()
        && !p.is_constant()
    {
        let factors = vec![(p.clone(), 1)];
        return Factorization { unit: Number::ONE, factors, complete: false };
    }
    let (unit, part) = p.primitive_part();
    let mut search = Search { factors: Vec::new(), complete: true };
    let monomial = part.monomial_content();
    let rest = part.without_monomial(&monomial);
    let mut powers = Vec::new();
    for (at, power) in monomial.into_iter().enumerate().filter(|(_, power)| *power > 0) {
        powers.extend(
            Polynomial::variable(variables, at).map(|variable| (variable, power)),
        );
    }
    if let Ok(decomposition) = square_free(&rest, work) {
        for (factor, power) in decomposition.factors {
            search.all(factor, work);
            powers.extend(search.factors.drain(..).map(|factor| (factor, power)));
        }
    } else {
        powers.push((rest, 1));
        search.complete = false;
    }
    powers.sort_by(|(a, _), (b, _)| compare(a, b));
    Factorization { unit, factors: powers, complete: search.complete }
}

/// The order of factors.
fn compare(a: &Polynomial, b: &Polynomial) -> std::cmp::Ordering {
    let size = |p: &Polynomial| (p.total_degree(), p.number_of_terms());
    size(a).cmp(&size(b)).then_with(|| b.terms().cmp(a.terms()))
}

/// Factors so far.
struct Search {
    factors: Vec<Polynomial>,
    complete: bool,
}

impl Search {
    /// Adds the factors of a primitive square-free polynomial. When something is exhausted,
    /// the polynomial itself is the factor.
    fn all(&mut self, f: Polynomial, work: &mut Work) {
        if f.is_constant() {
            return;
        }
        let before = self.factors.len();
        if self.without_contents(&f, work).is_err() {
            self.factors.truncate(before);
            self.factors.push(f);
            self.complete = false;
        }
    }

    /// Splits off the contents with respect to each variable.
    fn without_contents(
        &mut self,
        f: &Polynomial,
        work: &mut Work,
    ) -> Result<(), Exhausted> {
        for variable in f.occurring() {
            let content = content_in(f, variable, work)?;
            if !content.is_constant() {
                let rest = f.divide_exactly(&content, work)?.ok_or(Exhausted)?;
                self.all(content, work);
                self.all(rest, work);
                return Ok(());
            }
        }
        self.deflated(f, work)
    }

    /// Factors a polynomial in powers of variables first as one in the variables, then each
    /// factor with one prime of the exponents after the other put back.
    fn deflated(&mut self, f: &Polynomial, work: &mut Work) -> Result<(), Exhausted> {
        let steps = f.steps();
        if steps.iter().all(|step| *step <= 1) {
            return self.reduced(f, work);
        }
        let small = f.map_exponents(|at, exponent| exponent / steps[at].max(1));
        let mut inner = Self { factors: Vec::new(), complete: true };
        inner.all(small, work);
        for (variable, step) in steps.into_iter().enumerate() {
            for prime in primes(step, work)? {
                for factor in std::mem::take(&mut inner.factors) {
                    if factor.degree(variable) == 0 {
                        inner.factors.push(factor);
                        continue;
                    }
                    let raise = |at, exponent| {
                        if at == variable { exponent * prime } else { exponent }
                    };
                    let raised = factor.map_exponents(raise);
                    let before = inner.factors.len();
                    if inner.reduced(&raised, work).is_err() {
                        inner.factors.truncate(before);
                        inner.factors.push(raised);
                        inner.complete = false;
                    }
                }
            }
        }
        self.join(inner);
        Ok(())
    }

    fn join(&mut self, other: Self) {
        self.factors.extend(other.factors);
        self.complete &= other.complete;
    }

    /// Factors polynomials that are primitive with respect to every variable.
    fn reduced(&mut self, f: &Polynomial, work: &mut Work) -> Result<(), Exhausted> {
        let occurring = f.occurring();
        let linear = occurring.iter().any(|variable| f.degree(*variable) == 1);
        if linear || occurring.is_empty() {
            self.factors.push(f.clone());
            return Ok(());
        }
        if let [variable] = occurring[..] {
            let parts =
                univariate::factor(&dense::from_polynomial(f, variable, work)?, work);
            let sparse =
                |part: &Vec<_>| dense::to_polynomial(part, variable, f.variables());
            self.factors.extend(parts.factors.iter().map(sparse));
            self.complete &= parts.complete;
            return Ok(());
        }
        if let Some(groups) = linear_groups(f, work)? {
            let mut inner = Self { factors: Vec::new(), complete: true };
            inner.all(groups.reduced.primitive_part().1, work);
            for factor in inner.factors {
                let factor = factor.compose(&groups.forms, work)?;
                self.factors.push(factor.primitive_part().1);
            }
            self.complete &= inner.complete;
            return Ok(());
        }
        if f.is_homogeneous() {
            return self.homogeneous(f, &occurring, work);
        }
        if multivariate::factor(f, &mut self.factors, work).is_err() {
            self.complete = false;
        }
        Ok(())
    }

    /// Sets one variable to 1 and puts its powers back into the factors.
    fn homogeneous(
        &mut self,
        f: &Polynomial,
        occurring: &[usize],
        work: &mut Work,
    ) -> Result<(), Exhausted> {
        let last = occurring.last().copied().unwrap_or(0);
        work.spend(amount(f.number_of_terms()))?;
        let flat = |(exponents, coefficient): (&[u32], &Number)| {
            let mut exponents = exponents.to_vec();
            exponents[last] = 0;
            (exponents, coefficient.clone())
        };
        let variables = f.variables();
        let image =
            Polynomial::from_terms(variables, f.terms().map(flat)).ok_or(Exhausted)?;
        let mut inner = Self { factors: Vec::new(), complete: true };
        inner.reduced(&image.primitive_part().1, work)?;
        for factor in inner.factors {
            let degree = factor.total_degree();
            let raise = |(exponents, coefficient): (&[u32], &Number)| {
                let sum: u64 = exponents.iter().map(|e| u64::from(*e)).sum();
                let mut exponents = exponents.to_vec();
                exponents[last] = (degree - sum) as u32;
                (exponents, coefficient.clone())
            };
            let whole = Polynomial::from_terms(variables, factor.terms().map(raise));
            self.factors.push(whole.ok_or(Exhausted)?.primitive_part().1);
        }
        self.complete &= inner.complete;
        Ok(())
    }
}

/// The prime factors of a number, with multiplicity.
fn primes(mut number: u32, work: &mut Work) -> Result<Vec<u32>, Exhausted> {
    let mut result = Vec::new();
    let mut prime = 2;
    while prime <= number / prime {
        work.spend(1)?;
        if number.is_multiple_of(prime) {
            number /= prime;
            result.push(prime);
        } else {
            prime += 1;
        }
    }
    if number > 1 {
        result.push(number);
    }
    Ok(result)
}
