//! Values as products: a polynomial times powers of irreducible polynomials.

use super::generators::{Generators, outer_nodes};
use super::powers::Powers;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::polynomial::{Exhausted, Polynomial, Work, factor, gcd, seems_irreducible};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::borrow::Cow;

/// Polynomials of more terms than this are not made.
const MAX_TERMS: usize = 1500;
/// Polynomials of more terms than this are not taken apart.
pub(super) const MAX_FACTORED: usize = 150;
/// Higher powers are not tried.
const MAX_POWER: i64 = 2000;

/// A number times powers of factors.
pub(super) type Taken = (Number, Powers);

/// A product: `rest` times powers of the factors of its ring.
#[derive(Clone, Debug)]
pub(super) struct Factored {
    /// Exponents by the number of the factor.
    pub(super) powers: Powers,
    /// What has not been taken apart.
    pub(super) rest: Polynomial,
}

impl Factored {
    pub(super) fn of(rest: Polynomial) -> Self {
        Self { powers: Powers::new(), rest }
    }
}

/// The values of the first of some nodes.
struct Values<'i> {
    ids: &'i [ExprId],
    list: Vec<Factored>,
}

impl Values<'_> {
    fn get(&self, id: ExprId) -> Option<&Factored> {
        self.list.get(self.ids.binary_search(&id).ok()?)
    }
}

/// The polynomials over the kernels of an expression, with the factors that were met.
pub(super) struct Ring<'w> {
    pub(super) generators: Generators,
    /// The factors: the variables first, then irreducible polynomials.
    pub(super) factors: Vec<Polynomial>,
    /// The numbers of those that are no variables.
    places: FxHashMap<Polynomial, usize>,
    /// Products that were met, taken apart.
    products: FxHashMap<Polynomial, Taken>,
    /// The polynomial that a power of a root is: variable, degree, radicand.
    pub(super) relations: Vec<(usize, u32, Polynomial)>,
    /// The radicands that were met, taken apart.
    radicands: Vec<(ExprId, Taken)>,
    /// Whether a square was met for which there is a relation.
    related: bool,
    /// Whether something cancelled, collapsed or was replaced by a relation.
    pub(super) gained: bool,
    /// Whether something cancelled.
    pub(super) cancelled: bool,
    /// Whether all factors are known to be irreducible.
    complete: bool,
    /// Whether factors have to be proven irreducible, or it is enough that they seem so.
    pub(super) exact: bool,
    pub(super) work: &'w mut Work,
}

pub(super) type Outcome<T> = Result<T, Exhausted>;

impl<'w> Ring<'w> {
    pub(super) fn new(generators: Generators, work: &'w mut Work) -> Self {
        let n = generators.ids.len();
        let factors: Vec<Polynomial> =
            (0..n).filter_map(|at| Polynomial::variable(n, at)).collect();
        let relations = Vec::new();
        let mut ring = Self {
            generators,
            factors,
            places: FxHashMap::default(),
            products: FxHashMap::default(),
            relations,
            radicands: Vec::new(),
            related: false,
            gained: false,
            cancelled: false,
            complete: true,
            exact: false,
            work,
        };
        for (variable, constant, sign, other) in ring.generators.squares.clone() {
            let mut square = vec![0; n];
            square[other] = 2;
            let terms =
                [(square, Number::from(sign)), (vec![0; n], Number::from(constant))];
            if let Some(p) = Polynomial::from_terms(n, terms) {
                ring.relations.push((variable, 2, p));
            }
        }
        ring
    }

    /// Whether a square was met for which there is a relation.
    pub(super) fn is_related(&self) -> bool {
        self.related
    }

    /// Whether something cancelled, collapsed or was replaced by a relation.
    pub(super) fn has_gained(&self) -> bool {
        self.gained
    }

    /// For each relation `a^2 = p` with factors of p that were met, the variable a and p as a
    /// number times powers of factors.
    pub(super) fn squares(&self) -> Vec<(usize, Taken)> {
        let n = self.variables();
        let polynomial = |degree: u32, other: usize, slope: i64, constant: i64| {
            let mut power = vec![0; n];
            power[other] = degree;
            let terms =
                [(power, Number::from(slope)), (vec![0; n], Number::from(constant))];
            Polynomial::from_terms(n, terms)
        };
        let mut found = Vec::new();
        for (variable, constant, sign, other) in &self.generators.squares {
            // Of constant + sign*b^2, only b^2 - 1 = (b - 1)*(b + 1) has factors.
            let factors = if constant * sign < 0 {
                vec![polynomial(1, *other, 1, -1), polynomial(1, *other, 1, 1)]
            } else {
                vec![polynomial(2, *other, 1, 1)]
            };
            let places: Option<Powers> = factors
                .into_iter()
                .map(|p| p.and_then(|p| self.places.get(&p)).map(|place| (*place, 1)))
                .collect();
            if let Some(places) = places {
                found.push((*variable, (Number::from(*sign), places)));
            }
        }
        found
    }

    /// Replaces squares across the bar from a factor of what they are: `(c - 1)/s^2` is
    /// `-1/(c + 1)`.
    pub(super) fn meet(&mut self, unit: &mut Number, powers: &mut Powers) {
        let n = self.variables();
        for (variable, constant, sign, other) in self.generators.squares.clone() {
            let power = powers.get(variable);
            if power.abs() < 2 || constant * sign > 0 {
                continue;
            }
            // The square is sign*(b - 1)*(b + 1).
            let mut exponents = vec![0; n];
            exponents[other] = 1;
            let part = |constant: Number| {
                let terms = [(exponents.clone(), Number::ONE), (vec![0; n], constant)];
                Polynomial::from_terms(n, terms)
            };
            let (Some(less), Some(more)) = (part(Number::MINUS_ONE), part(Number::ONE))
            else {
                continue;
            };
            let places = [self.place(less), self.place(more)];
            let across = |place: &usize| {
                let n = powers.get(*place);
                if n.signum() == -power.signum() { n.abs() } else { 0 }
            };
            let met = places.iter().map(across).max().unwrap_or(0);
            let times = met.min(power.abs() / 2) * power.signum();
            if times != 0 {
                if sign < 0 && times % 2 != 0 {
                    *unit = unit.neg();
                }
                powers.add(variable, -2 * times);
                places.iter().for_each(|place| powers.add(*place, times));
            }
        }
    }

    pub(super) fn variables(&self) -> usize {
        self.generators.ids.len()
    }

    fn constant(&self, n: Number) -> Factored {
        let rest = Polynomial::constant(self.variables(), n);
        Factored::of(rest)
    }

    /// The value of an expression; `None` when it is undefined or too large.
    ///
    /// # Errors
    /// When the work is used up.
    pub(super) fn value(
        &mut self,
        pool: &Pool,
        root: ExprId,
    ) -> Outcome<Option<Factored>> {
        let ids = outer_nodes(pool, root);
        let mut values = Values { ids: &ids, list: Vec::with_capacity(ids.len()) };
        for id in &ids {
            let Some(value) = self.node(pool, *id, &values)? else { return Ok(None) };
            if value.rest.number_of_terms() > MAX_TERMS {
                return Ok(None);
            }
            self.note(*id, &value)?;
            values.list.push(value);
        }
        let place = ids.binary_search(&root).ok();
        Ok(place.map(|place| values.list.swap_remove(place)))
    }

    /// Notes what is known of roots and absolute values, when they are over this.
    fn note(&mut self, id: ExprId, value: &Factored) -> Outcome<()> {
        let is_radicand = self.generators.roots.iter().any(|root| root.radicand == id);
        if is_radicand {
            if let Some(parts) = self.taken_apart(value.clone())? {
                self.radicands.push((id, parts));
            }
            for root in self.generators.roots.clone() {
                if root.radicand == id && root.degree > 1 {
                    self.relate(root.variable, root.degree, value)?;
                }
            }
        }
        for at in 0..self.generators.magnitudes.len() {
            let (variable, argument) = self.generators.magnitudes[at];
            if argument == id
                && let Some(square) = self.power(value.clone(), 2)?
            {
                self.relate(variable, 2, &square)?;
            }
        }
        Ok(())
    }

    /// Notes the relation of a root, once its radicand is known to be a polynomial.
    fn relate(&mut self, variable: usize, degree: i64, value: &Factored) -> Outcome<()> {
        let known = self.relations.iter().any(|relation| relation.0 == variable);
        if known || value.powers.iter().any(|(_, n)| n < 0) {
            return Ok(());
        }
        let radicand = self.multiplied(value)?;
        self.relations.push((variable, degree as u32, radicand));
        Ok(())
    }

    fn node(
        &mut self,
        pool: &Pool,
        id: ExprId,
        values: &Values<'_>,
    ) -> Outcome<Option<Factored>> {
        if let Some(kernel) = self.generators.kernels.get(&id).cloned() {
            let powers = kernel.powers.iter().copied().collect();
            let value = Factored { powers, rest: Polynomial::one(self.variables()) };
            let Some((base, n)) = kernel.whole else { return Ok(Some(value)) };
            let Some(base) = values.get(base).cloned() else { return Ok(None) };
            let Some(whole) = self.power(base, n)? else { return Ok(None) };
            return self.product(value, &whole).map(Some);
        }
        match pool.node(id) {
            Node::Number(n) => Ok(Some(self.constant(pool.number_at(n).clone()))),
            Node::Sum(list) => {
                let terms = pool.list(list).iter().map(|id| values.get(*id));
                match terms.collect::<Option<SmallVec<[&Factored; 8]>>>() {
                    Some(terms) => self.sum(&terms),
                    None => Ok(None),
                }
            }
            Node::Product(list) => {
                let mut product: Option<Factored> = None;
                for factor in pool.list(list) {
                    let Some(factor) = values.get(*factor) else { return Ok(None) };
                    product = Some(match product {
                        None => factor.clone(),
                        Some(known) => self.product(known, factor)?,
                    });
                }
                Ok(product)
            }
            Node::Multiple(n, rest) => {
                let Some(mut value) = values.get(rest).cloned() else { return Ok(None) };
                value.rest = value.rest.scale(pool.number_at(n));
                Ok(Some(value))
            }
            Node::Power(base, exponent) => {
                let whole = pool.as_number(exponent).and_then(Number::to_i64);
                let (Some(n), Some(base)) = (whole, values.get(base)) else {
                    return Ok(None);
                };
                self.power(base.clone(), n)
            }
            _ => Ok(None),
        }
    }

    pub(super) fn product(&mut self, mut a: Factored, b: &Factored) -> Outcome<Factored> {
        a.powers.join(&b.powers);
        if b.rest.is_one() {
            return Ok(a);
        }
        if a.rest.is_one() {
            a.rest = b.rest.clone();
            return Ok(a);
        }
        let rest = a.rest.mul(&b.rest, self.work)?;
        a.rest = self.reduced(rest)?;
        Ok(a)
    }

    pub(super) fn power(&mut self, base: Factored, n: i64) -> Outcome<Option<Factored>> {
        if base.rest.is_zero() || n.abs() > MAX_POWER {
            return Ok(None);
        }
        let Some((unit, mut powers)) = self.taken_apart(base)? else { return Ok(None) };
        powers.map(|_, m| m.saturating_mul(n));
        let is_square = |place: usize| powers.get(place).unsigned_abs() > 1;
        let squares = &self.generators.squares;
        self.related |= squares.iter().any(|(a, _, _, b)| is_square(*a) || is_square(*b));
        let Some(unit) = unit.pow(n, 1 << 14) else { return Ok(None) };
        Ok(Some(Factored { powers, rest: self.constant(unit).rest }))
    }

    /// A value as a number times powers of factors; `None` when it is zero or too large.
    pub(super) fn taken_apart(&mut self, value: Factored) -> Outcome<Option<Taken>> {
        let Factored { mut powers, rest } = value;
        if rest.is_zero() || rest.number_of_terms() > MAX_FACTORED {
            return Ok(None);
        }
        if let Some(unit) = rest.to_constant() {
            return Ok(Some((unit, powers)));
        }
        let monomial = rest.monomial_content();
        let mut part = rest;
        if monomial.iter().any(|n| *n > 0) {
            part = part.without_monomial(&monomial);
            for (place, n) in monomial.into_iter().enumerate() {
                powers.add(place, i64::from(n));
            }
        }
        if let Some(unit) = part.to_constant() {
            return Ok(Some((unit, powers)));
        }
        self.draw_roots(&mut part, &mut powers)?;
        let (unit, part) = part.primitive_part();
        if let Some(place) = self.places.get(&part) {
            powers.add(*place, 1);
            return Ok(Some((unit, powers)));
        }
        if is_plainly_irreducible(&part, self.work)?
            || !self.exact && seems_irreducible(&part)
        {
            let place = self.place(part);
            powers.add(place, 1);
            return Ok(Some((unit, powers)));
        }
        if !self.products.contains_key(&part) {
            let found = factor(&part, self.work);
            self.complete &= found.complete;
            let place = |(p, n)| (self.place(p), i64::from(n));
            let factors: Powers = found.factors.into_iter().map(place).collect();
            self.products.insert(part.clone(), (found.unit, factors));
        }
        let Some((more, factors)) = self.products.get(&part) else { return Ok(None) };
        self.cancelled |= factors.iter().any(|(place, _)| powers.get(place) < 0);
        powers.join(factors);
        Ok(Some((unit.mul(more), powers)))
    }

    /// A radicand as a number times powers of factors, once it has been met.
    pub(super) fn radicand(&self, id: ExprId) -> Option<Taken> {
        self.radicands.iter().find(|known| known.0 == id).map(|known| known.1.clone())
    }

    /// Whether all factors that were found are known to be irreducible.
    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    /// Takes each factor of a product apart once more, with work of its own.
    pub(super) fn taken_apart_again(&mut self, powers: &Powers, limit: u64) -> Powers {
        self.complete = true;
        let mut again = Powers::new();
        for (place, n) in powers.iter() {
            let found = factor(&self.factors[place].clone(), &mut Work::new(limit));
            self.complete &= found.complete;
            for (p, m) in found.factors {
                let place = self.place(p);
                again.add(place, n * i64::from(m));
            }
        }
        again
    }

    /// The number of a factor that was met, whatever number stands before it.
    pub(super) fn known(&self, p: &Polynomial) -> Option<usize> {
        self.places.get(&p.primitive_part().1).copied()
    }

    fn place(&mut self, p: Polynomial) -> usize {
        let next = self.factors.len();
        let place = *self.places.entry(p.clone()).or_insert(next);
        if place == next {
            self.factors.push(p);
        }
        place
    }

    /// The sum over the common denominator, with the common factors outside and what cancels
    /// cancelled.
    pub(super) fn sum(&mut self, terms: &[&Factored]) -> Outcome<Option<Factored>> {
        let mut terms = terms.iter().filter(|t| !t.rest.is_zero());
        let Some(first) = terms.clone().next() else {
            return Ok(Some(self.constant(Number::ZERO)));
        };
        let mut common = first.powers.clone();
        for term in terms.clone().skip(1) {
            common.map(|place, n| n.min(term.powers.get(place)));
            for (place, n) in term.powers.iter().filter(|(_, n)| *n < 0) {
                common.set(place, common.get(place).min(n));
            }
        }
        let mut rest = Polynomial::zero(self.variables());
        for term in &mut terms {
            let mut powers = term.powers.clone();
            common.iter().for_each(|(place, n)| powers.add(place, -n));
            let term = self.expanded(&powers, &term.rest)?;
            let before = rest.number_of_terms() + term.number_of_terms();
            rest = if rest.is_zero() { term } else { rest.add(&term) };
            self.gained |= rest.number_of_terms() < before;
            if rest.number_of_terms() > MAX_TERMS {
                return Ok(None);
            }
        }
        let mut sum = Factored { powers: common, rest: self.reduced(rest)? };
        self.cancel(&mut sum)?;
        Ok(Some(sum))
    }

    /// Divides the rest by the factors below.
    pub(super) fn cancel(&mut self, value: &mut Factored) -> Outcome<()> {
        if value.rest.is_zero() {
            value.powers = Powers::new();
            return Ok(());
        }
        let below: SmallVec<[usize; 8]> =
            value.powers.iter().filter(|(_, n)| *n < 0).map(|(place, _)| place).collect();
        let variables = self.variables();
        if below.first().is_some_and(|place| *place < variables) {
            self.cancel_variables(value, &below);
        }
        for place in below.into_iter().filter(|place| *place >= variables) {
            while value.powers.get(place) < 0 {
                let divisor = &self.factors[place];
                match value.rest.divide_exactly(divisor, self.work)? {
                    Some(quotient) => {
                        value.rest = quotient;
                        self.gained = true;
                        self.cancelled = true;
                        value.powers.add(place, 1);
                    }
                    None => break,
                }
            }
        }
        Ok(())
    }

    /// Divides the rest by the variables among some factors below.
    fn cancel_variables(&mut self, value: &mut Factored, below: &[usize]) {
        let mut common = value.rest.monomial_content();
        for (place, n) in common.iter_mut().enumerate() {
            let most = if below.contains(&place) { -value.powers.get(place) } else { 0 };
            *n = (*n).min(u32::try_from(most).unwrap_or(u32::MAX));
            value.powers.add(place, i64::from(*n));
        }
        if common.iter().any(|n| *n > 0) {
            value.rest = value.rest.without_monomial(&common);
            (self.gained, self.cancelled) = (true, true);
        }
    }

    /// A value with positive exponents as one polynomial.
    pub(super) fn multiplied(&mut self, value: &Factored) -> Outcome<Polynomial> {
        self.expanded(&value.powers, &value.rest)
    }

    fn expanded(&mut self, powers: &Powers, rest: &Polynomial) -> Outcome<Polynomial> {
        let mut monomial: SmallVec<[u32; 16]> = SmallVec::from_elem(0, self.variables());
        let mut product = Cow::Borrowed(rest);
        for (place, n) in powers.iter() {
            let n = u32::try_from(n).map_err(|_| Exhausted)?;
            if let Some(exponent) = monomial.get_mut(place) {
                *exponent = n;
                continue;
            }
            let factor = &self.factors[place];
            if n > 64 && factor.number_of_terms() > 1 {
                return Err(Exhausted);
            }
            let next = match n {
                1 => product.mul(factor, self.work)?,
                _ => product.mul(&factor.pow(n, self.work)?, self.work)?,
            };
            product = Cow::Owned(next);
            if product.number_of_terms() > MAX_TERMS {
                return Err(Exhausted);
            }
        }
        let product = product.into_owned().times_monomial(&monomial)?;
        self.reduced(product)
    }

    /// A polynomial with the relations applied.
    pub(super) fn reduced(&mut self, mut p: Polynomial) -> Outcome<Polynomial> {
        if p.number_of_terms() > 1 {
            let squares = &self.generators.squares;
            self.related |=
                squares.iter().any(|(a, _, _, b)| p.degree(*a).max(p.degree(*b)) > 1);
        }
        // The radicands of outer roots have inner ones in them.
        for at in (0..self.relations.len()).rev() {
            let (variable, degree) = (self.relations[at].0, self.relations[at].1);
            while p.degree(variable) >= degree {
                self.gained = true;
                self.related |= self.generators.squares.iter().any(|s| s.0 == variable);
                let mut sum = Polynomial::zero(self.variables());
                let mut outside: SmallVec<[u32; 16]> =
                    SmallVec::from_elem(0, self.variables());
                for (n, coefficient) in p.coefficients_in(variable) {
                    let (inside, times) = (&self.relations[at].2, n / degree);
                    // A power of a sum has more terms than the exponent says.
                    if inside.number_of_terms() > 1 && times as usize > MAX_TERMS {
                        return Err(Exhausted);
                    }
                    let term = match times {
                        0 => coefficient.raised(&[], self.work)?,
                        _ => {
                            let inside = inside.pow(times, self.work)?;
                            coefficient.mul(&inside, self.work)?
                        }
                    };
                    outside[variable] = n % degree;
                    let term = term.raised(&outside, self.work)?;
                    sum = if sum.is_zero() { term } else { sum.add(&term) };
                }
                p = sum;
                if p.number_of_terms() > MAX_TERMS {
                    return Err(Exhausted);
                }
            }
        }
        Ok(p)
    }
}

/// Whether nothing can be factored out of a polynomial without monomial factors, for a plain
/// reason: it is a quadratic without rational roots, or it is `a*v + b` for some variable v
/// and a and b have nothing in common, as when one of them is a single term.
fn is_plainly_irreducible(p: &Polynomial, work: &mut Work) -> Outcome<bool> {
    let occurring = p.occurring();
    if let [variable] = occurring[..]
        && p.degree(variable) == 2
    {
        return Ok(!has_rational_roots(p, variable));
    }
    let linear: Vec<usize> =
        occurring.into_iter().filter(|v| p.degree(*v) == 1).collect();
    for variable in &linear {
        let with = p.terms().filter(|(exponents, _)| exponents[*variable] > 0).count();
        if with == 1 || with + 1 == p.number_of_terms() {
            return Ok(true);
        }
    }
    let Some(variable) = linear.first() else { return Ok(false) };
    match &p.coefficients_in(*variable)[..] {
        [(_, a), (_, b)] => Ok(gcd(a, b, work)?.is_constant()),
        _ => Ok(false),
    }
}

/// Whether a quadratic polynomial has rational roots: its discriminant is a square.
fn has_rational_roots(p: &Polynomial, variable: usize) -> bool {
    let coefficient = |n: u32| {
        let found = p.terms().find(|(exponents, _)| exponents[variable] == n);
        found.map_or(Number::ZERO, |(_, c)| c.clone())
    };
    let (a, b, c) = (coefficient(2), coefficient(1), coefficient(0));
    let discriminant = b.mul(&b).sub(&a.mul(&c).mul(&Number::from(4)));
    let is_square = |n: Number| n.is_zero() || n.is_one() || n.exact_root(2).is_some();
    !discriminant.is_negative()
        && is_square(discriminant.numerator())
        && is_square(discriminant.denominator())
}
