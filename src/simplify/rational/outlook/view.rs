//! An expression as a quotient of polynomials modulo a prime.

use super::kernels::Kernels;
use super::{Open, Outlook};
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::polynomial::{MAX_VARIABLES, Sketch, SmallField, Work};
use crate::simplify::finish::square_of;
use crate::simplify::rational::generators::{parts_of, whole_part};
use crate::simplify::rational::parts::has_parts;
use smallvec::SmallVec;

/// Sums of higher powers are not multiplied out.
const MAX_POWER: i32 = 12;
/// How much longer a sum may be over its denominator, because it may have factors.
const SLACK: u32 = 4;
/// The work on one view.
const WORK: u64 = 2_000_000;
/// More factors are not looked at.
const MAX_FACTORS: usize = 48;

/// Powers of variables and factors: the factors stand behind the variables.
pub(super) type Powers = SmallVec<[(u16, i32); 8]>;

/// Powers of opaque variables, and the terms that have them.
type Group = (SmallVec<[(u16, i32); 4]>, SmallVec<[ExprId; 8]>);

/// A product of powers and a polynomial.
#[derive(Clone)]
struct Value {
    powers: Powers,
    rest: Sketch,
}

/// The values of the first of some nodes.
struct Values<'i> {
    ids: &'i [ExprId],
    list: Vec<Value>,
}

impl Values<'_> {
    fn get(&self, id: &ExprId) -> Option<&Value> {
        self.list.get(self.ids.binary_search(id).ok()?)
    }
}

/// An expression as a quotient.
pub(super) struct View<'k> {
    pub(super) field: SmallField,
    pub(super) kernels: &'k Kernels,
    pub(super) factors: Vec<Sketch>,
    /// Whether only the degrees of factors are still open.
    again: bool,
    /// Whether terms collapsed.
    collapsed: bool,
    pub(super) root: Powers,
    /// What stands under roots, as factors.
    pub(super) radicands: SmallVec<[usize; 4]>,
    /// Roots with the products of powers that stand under them.
    pub(super) products: SmallVec<[(u16, Powers); 2]>,
    /// Roots with their degrees and what these powers of them are.
    pub(super) relations: SmallVec<[(usize, u32, Sketch); 4]>,
    work: Work,
}

impl<'k> View<'k> {
    /// `None` when it does not fit.
    pub(super) fn of(
        pool: &Pool,
        root: ExprId,
        kernels: &'k Kernels,
        field: SmallField,
        again: bool,
    ) -> Option<Self> {
        let mut view = Self {
            field,
            kernels,
            factors: Vec::new(),
            again,
            collapsed: false,
            root: Powers::new(),
            radicands: SmallVec::new(),
            products: SmallVec::new(),
            relations: SmallVec::new(),
            work: Work::new(WORK),
        };
        let mut values = Values { ids: &kernels.ids, list: Vec::new() };
        values.list.reserve_exact(kernels.ids.len());
        for id in &kernels.ids {
            let value = view.node(pool, *id, &values)?;
            if kernels.radicands.contains(id) {
                view.relate(*id, &value)?;
            }
            values.list.push(value);
        }
        let value = values.get(&root)?.clone();
        view.root = view.settled(value)?.powers;
        Some(view)
    }

    /// Notes the relation of a root to what stands under it.
    fn relate(&mut self, id: ExprId, value: &Value) -> Option<()> {
        if let Some((variable, degree)) = self.kernels.place(id, Pool::ONE)
            && value.powers.iter().all(|(_, n)| *n >= 0)
        {
            let polynomial = self.multiplied(&value.powers, &value.rest)?;
            // A base that is a variable itself, as `tan(u)^2 + 1`, says nothing of that.
            if polynomial.degree_in(&[variable]) < degree as u32 {
                self.relations.push((variable, degree as u32, polynomial));
            }
        }
        let powers = self.settled(value.clone())?.powers;
        if powers.len() > 1
            && let Some((variable, _)) = self.kernels.place(id, Pool::ONE)
        {
            self.products.push((variable as u16, powers.clone()));
        }
        for (place, _) in powers {
            if let Some(factor) = usize::from(place).checked_sub(MAX_VARIABLES) {
                self.radicands.push(factor);
            }
        }
        Some(())
    }

    /// What is to be decided about the factors of the root.
    pub(super) fn open(self) -> Open {
        let places: SmallVec<[(usize, i32); 8]> = self
            .root
            .iter()
            .filter_map(|(place, n)| {
                Some((usize::from(*place).checked_sub(MAX_VARIABLES)?, *n))
            })
            .collect();
        let outlook = if self.again {
            Outlook::Bleak
        } else if self.is_related(&places) {
            Outlook::Relation
        } else if self.collapsed
            || self.has_roots(&places)
            || self.shares(&places)
            || self.draws()
        {
            Outlook::Quotient
        } else {
            Outlook::Bleak
        };
        let factors = places.iter().map(|(place, _)| &self.factors[*place]);
        let degrees = match outlook {
            Outlook::Bleak => factors.map(degrees_to_gain).collect(),
            _ => Vec::new(),
        };
        Open { outlook, degrees }
    }

    fn node(&mut self, pool: &Pool, id: ExprId, values: &Values<'_>) -> Option<Value> {
        match pool.node(id) {
            Node::Number(n) => {
                let rest = Sketch::constant(self.field, pool.number_at(n))?;
                Some(Value { powers: Powers::new(), rest })
            }
            Node::Sum(list)
                if self
                    .kernels
                    .place(id, Pool::ONE)
                    .is_none_or(|_| square_of(pool, id).is_none()) =>
            {
                let terms = pool.list(list);
                match self.compare(pool, id, values)? {
                    Some(whole) => Some(whole),
                    None => self.sum(terms, values).map(|found| found.0),
                }
            }
            Node::Product(list) => {
                let mut product = self.one()?;
                for factor in pool.list(list) {
                    product = self.product(product, values.get(factor)?)?;
                }
                Some(product)
            }
            Node::Multiple(n, rest) => {
                let mut value = values.get(&rest)?.clone();
                let n = Sketch::constant(self.field, pool.number_at(n))?;
                value.rest = value.rest.scaled(n.to_number()?);
                Some(value)
            }
            Node::Power(base, exponent) => {
                if let Some(n) = pool.as_number(exponent)
                    && n.is_integer()
                {
                    let n = i32::try_from(n.to_i64()?).ok()?;
                    if let Some((place, degree)) = self.kernels.place(base, Pool::ONE) {
                        return self.variable(place, degree as i32 * n);
                    }
                    let value = values.get(&base)?.clone();
                    return self.power(value, n);
                }
                if let Some((place, _)) = self.kernels.place(id, Pool::ONE) {
                    return self.variable(place, 1);
                }
                let mut product = self.one()?;
                if let Ok(whole @ (1.. | ..=-1)) =
                    i32::try_from(whole_part(pool, exponent))
                {
                    let (place, degree) = self.kernels.place(base, Pool::ONE)?;
                    add_power(&mut product.powers, place as u16, whole * degree as i32);
                }
                for (base, rest, n) in parts_of(pool, base, exponent) {
                    let (place, degree) = self.kernels.place(base, rest)?;
                    let times = n.mul(&Number::from(degree)).to_i64()?;
                    add_power(
                        &mut product.powers,
                        place as u16,
                        i32::try_from(times).ok()?,
                    );
                }
                Some(product)
            }
            _ => {
                let (place, degree) = self.kernels.place(id, Pool::ONE)?;
                self.variable(place, degree as i32)
            }
        }
    }

    fn one(&self) -> Option<Value> {
        Some(Value { powers: Powers::new(), rest: Sketch::monomial(self.field, 1, 0) })
    }

    fn variable(&self, place: usize, n: i32) -> Option<Value> {
        let mut value = self.one()?;
        value.powers.push((place as u16, n));
        Some(value)
    }

    /// The same with the polynomial among the factors.
    fn settled(&mut self, value: Value) -> Option<Value> {
        if value.rest.to_number().is_some() {
            return Some(value);
        }
        let Value { mut powers, rest } = value;
        if rest.is_zero() {
            return None;
        }
        let (lead, content, part) = rest.primitive();
        for (place, n) in content.to_le_bytes().into_iter().enumerate() {
            add_power(&mut powers, place as u16, i32::from(n));
        }
        if part.number_of_terms() > 1 {
            let known = self.factors.iter().position(|known| *known == part);
            let place = known.unwrap_or_else(|| {
                self.factors.push(part);
                self.factors.len() - 1
            });
            if place >= MAX_FACTORS {
                return None;
            }
            let place = (place + MAX_VARIABLES) as u16;
            self.collapsed |= power_in(&powers, place) < 0;
            add_power(&mut powers, place, 1);
        }
        Some(Value { powers, rest: Sketch::monomial(self.field, lead, 0) })
    }

    fn product(&mut self, a: Value, b: &Value) -> Option<Value> {
        let mut a = self.settled(a)?;
        let settled;
        let b = if b.rest.to_number().is_some() {
            b
        } else {
            settled = self.settled(b.clone())?;
            &settled
        };
        for (place, n) in &b.powers {
            self.collapsed |= power_in(&a.powers, *place).signum() == -n.signum();
            add_power(&mut a.powers, *place, *n);
        }
        a.rest = a.rest.scaled(b.rest.to_number()?);
        Some(a)
    }

    fn power(&mut self, base: Value, n: i32) -> Option<Value> {
        let mut value = self.settled(base)?;
        value.powers.iter_mut().for_each(|(_, m)| *m *= n);
        let (lead, ..) = value.rest.primitive();
        value.rest =
            Sketch::monomial(self.field, lead, 0).power(n.unsigned_abs().min(64))?;
        Some(value)
    }

    /// Notes whether a sum, or its terms with the same opaque kernels, are shorter over their
    /// common denominator. Gives the sum over it where it was made.
    fn compare(
        &mut self,
        pool: &Pool,
        sum: ExprId,
        values: &Values<'_>,
    ) -> Option<Option<Value>> {
        if self.again || self.collapsed || self.kernels.inner.binary_search(&sum).is_ok()
        {
            return Some(None);
        }
        let terms = pool.terms(&sum);
        if has_parts(pool, sum) {
            // What can be had from the parts has been tried.
            let (value, met) = self.sum(terms, values)?;
            self.note(pool, terms, &value, met);
            return Some(Some(value));
        }
        let opaque = |id: &ExprId| -> Option<SmallVec<[(u16, i32); 4]>> {
            let powers = &values.get(id)?.powers;
            let known =
                |place: &u16| self.kernels.opaque.get(usize::from(*place)).copied();
            let mut key: SmallVec<[(u16, i32); 4]> = powers
                .iter()
                .filter(|(place, _)| known(place) == Some(true))
                .copied()
                .collect();
            key.sort_unstable();
            Some(key)
        };
        let mut groups: SmallVec<[Group; 4]> = SmallVec::new();
        for term in terms {
            let key = opaque(term)?;
            match groups.iter_mut().find(|known| known.0 == key) {
                Some(known) => known.1.push(*term),
                None => groups.push((key, SmallVec::from_iter([*term]))),
            }
        }
        let all = (groups.len() > 1).then_some(terms);
        let mut whole = None;
        for group in groups.iter().map(|group| &group.1[..]).chain(all) {
            if group.len() < 2 || self.collapsed {
                continue;
            }
            let (value, met) = self.sum(group, values)?;
            self.note(pool, group, &value, met);
            whole = (group.len() == terms.len()).then_some(value);
        }
        Some(whole)
    }

    /// Notes whether a sum is shorter over its common denominator, where terms met.
    fn note(&mut self, pool: &Pool, terms: &[ExprId], value: &Value, met: usize) {
        if met > 0 {
            let written = terms.iter().map(|term| pool.cost(*term) + 1).sum::<u32>() - 1;
            self.collapsed |=
                met >= value.rest.number_of_terms() || self.cost(value) < written + SLACK;
        }
    }

    /// The reader's cost of a value, as far as it is known.
    fn cost(&self, value: &Value) -> u32 {
        let unit = |at: usize, n: i32| {
            let (cost, degree) = self.kernels.costs[at];
            cost + if n.abs() == degree {
                0
            } else {
                1 + u32::from(2 * n.abs() != degree)
            }
        };
        let polynomial = |p: &Sketch| {
            let term = |exponents: &dyn Fn(usize) -> u32, is_unit: bool| {
                let mut cost = 0;
                for at in 0..self.kernels.keys.len() {
                    let n = exponents(at) as i32;
                    cost += if n == 0 { 0 } else { 1 + unit(at, n) };
                }
                if cost == 0 { 1 } else { cost - 1 + if is_unit { 0 } else { 2 } }
            };
            p.terms().map(|(exponents, unit)| term(&exponents, unit) + 1).sum::<u32>() - 1
        };
        let mut cost = polynomial(&value.rest);
        for (place, n) in &value.powers {
            cost += 1 + match usize::from(*place).checked_sub(MAX_VARIABLES) {
                None => unit(usize::from(*place), *n),
                Some(at) => {
                    polynomial(&self.factors[at]) + if n.abs() == 1 { 0 } else { 2 }
                }
            };
        }
        cost
    }

    /// The sum over the common denominator, and how many terms met others on the way.
    fn sum(&mut self, terms: &[ExprId], values: &Values<'_>) -> Option<(Value, usize)> {
        let first = values.get(terms.first()?)?;
        let mut common = first.powers.clone();
        for term in &terms[1..] {
            let term = values.get(term)?;
            for (place, n) in &mut common {
                *n = (*n).min(power_in(&term.powers, *place));
            }
            for (place, n) in &term.powers {
                if *n < 0 && power_in(&common, *place) > *n {
                    let more = *n - power_in(&common, *place);
                    add_power(&mut common, *place, more);
                }
            }
        }
        common.retain(|(_, n)| *n != 0);
        let mut rest = Sketch::zero(self.field);
        let mut met = 0;
        for term in terms {
            let term = values.get(term)?;
            let mut left = term.powers.clone();
            for (place, n) in &common {
                add_power(&mut left, *place, -n);
            }
            let part = self.multiplied(&left, &term.rest)?;
            let before = rest.number_of_terms() + part.number_of_terms();
            rest = rest.plus(&part);
            met += before - rest.number_of_terms();
        }
        (!rest.is_zero()).then_some((Value { powers: common, rest }, met))
    }

    fn multiplied(&mut self, powers: &Powers, rest: &Sketch) -> Option<Sketch> {
        let mut product = rest.clone();
        let mut variables: SmallVec<[(usize, u32); 8]> = SmallVec::new();
        for (place, n) in powers {
            let exponent = u32::try_from(*n).ok()?;
            match usize::from(*place).checked_sub(MAX_VARIABLES) {
                None => variables.push((usize::from(*place), exponent)),
                Some(at) if *n <= MAX_POWER => {
                    let power = match n {
                        1 => self.factors[at].clone(),
                        _ => self.factors[at].power(exponent)?,
                    };
                    self.work.spend(cost(&product, &power)).ok()?;
                    product = product.times(&power)?;
                }
                Some(_) => return None,
            }
        }
        product = product.times_powers(&variables)?;
        for (variable, degree, polynomial) in &self.relations {
            self.work.spend(cost(&product, polynomial)).ok()?;
            product = product.reduced(*variable, *degree, polynomial)?;
        }
        Some(product)
    }
}

/// What a product of two polynomials takes.
fn cost(a: &Sketch, b: &Sketch) -> u64 {
    (a.number_of_terms() * b.number_of_terms()) as u64
}

/// The degrees of factors that would make a factor shorter; no binomial has any.
fn degrees_to_gain(factor: &Sketch) -> u32 {
    if factor.number_of_terms() > 2 { factor.degrees_of_factors() } else { 0 }
}

pub(super) fn power_in(powers: &Powers, place: u16) -> i32 {
    powers.iter().find(|known| known.0 == place).map_or(0, |known| known.1)
}

fn add_power(powers: &mut Powers, place: u16, n: i32) {
    if n == 0 {
        return;
    }
    match powers.iter().position(|known| known.0 == place) {
        Some(at) => {
            powers[at].1 += n;
            if powers[at].1 == 0 {
                powers.swap_remove(at);
            }
        }
        None => powers.push((place, n)),
    }
}
