//! Powers and numeric radicals. Variables are real: a fractional power of a negative number
//! is undefined.

use super::node::{Class, ExprId, Node};
use super::number::Number;
use super::pool::Pool;
use super::symbol::FunctionId;
use smallvec::SmallVec;

impl Pool {
    /// `base^exponent`.
    pub fn power(&mut self, base: ExprId, exponent: ExprId) -> ExprId {
        if base == Self::UNDEFINED || exponent == Self::UNDEFINED {
            return Self::UNDEFINED;
        }
        if exponent == Self::ONE {
            return base;
        }
        if exponent == Self::ZERO || base == Self::ONE {
            return Self::ONE;
        }
        if let Some(n) = self.as_number(exponent) {
            let n = n.clone();
            return self.numeric_power(base, &n, exponent);
        }
        match self.node(base) {
            Node::Number(_) if base == Self::ZERO && self.is_positive(exponent) => {
                Self::ZERO
            }
            Node::Number(_) if base == Self::MINUS_ONE && self.is_even(exponent) => {
                Self::ONE
            }
            Node::Number(n) => {
                let value = self.number_at(n).clone();
                self.number_to_symbolic(&value, base, exponent)
            }
            Node::Power(inner, m)
                if self.is_integer(exponent)
                    || self.is_positive(inner) && self.is_real_power(m) =>
            {
                let exponent = self.product(&[m, exponent]);
                self.power(inner, exponent)
            }
            _ if base == Self::E => self.exponential(exponent),
            _ => self.intern(Node::Power(base, exponent)),
        }
    }

    /// Whether an expression is known to be twice a whole number.
    fn is_even(&mut self, id: ExprId) -> bool {
        let half = self.scale(&Number::HALF, id);
        self.is_integer(half)
    }

    /// `base^n` for a whole number `n`.
    pub fn integer_power(&mut self, base: ExprId, n: i64) -> ExprId {
        if n == 1 {
            return base;
        }
        let exponent = self.integer(n);
        self.power(base, exponent)
    }

    /// The square root.
    pub fn sqrt(&mut self, id: ExprId) -> ExprId {
        self.power(id, Self::HALF)
    }

    fn numeric_power(&mut self, base: ExprId, n: &Number, exponent: ExprId) -> ExprId {
        let whole = n.is_integer();
        match self.node(base) {
            Node::Number(value) => {
                let value = self.number_at(value).clone();
                self.number_power(&value, n, base, exponent)
            }
            Node::Multiple(c, rest) => {
                let c = self.number_at(c).clone();
                let (outer, inner) = if whole || c.is_positive() {
                    (self.number(c), rest)
                } else if c == Number::MINUS_ONE {
                    return self.intern(Node::Power(base, exponent));
                } else {
                    (self.number(c.neg()), self.scale(&Number::MINUS_ONE, rest))
                };
                let outer = self.power(outer, exponent);
                let inner = self.power(inner, exponent);
                self.product(&[outer, inner])
            }
            Node::Product(list) => {
                let factors = self.list(list).to_vec();
                let (split, kept): (Vec<ExprId>, Vec<ExprId>) =
                    factors.iter().partition(|id| whole || self.is_nonnegative(**id));
                if split.is_empty() {
                    return self.intern(Node::Power(base, exponent));
                }
                let mut powers: Vec<ExprId> =
                    split.iter().map(|id| self.power(*id, exponent)).collect();
                if !kept.is_empty() {
                    let rest = self.product(&kept);
                    powers.push(self.power(rest, exponent));
                }
                self.product(&powers)
            }
            Node::Power(inner, m) => self.power_of_power(base, inner, m, n, exponent),
            Node::Apply(FunctionId::ABS, list) if n.is_even() && !self.is_complex() => {
                let inner = self.list(list)[0];
                self.power(inner, exponent)
            }
            Node::Sum(_) if whole && self.is_negated_sum(base) => {
                let inner = self.negate(base);
                let power = self.intern(Node::Power(inner, exponent));
                if n.is_odd() { self.negate(power) } else { power }
            }
            _ if base == Self::E => self.exponential(exponent),
            _ => self.intern(Node::Power(base, exponent)),
        }
    }

    /// Whether an exponent keeps positive bases positive.
    fn is_real_power(&self, exponent: ExprId) -> bool {
        !self.is_complex() || self.as_number(exponent).is_some()
    }

    /// `(inner^m)^n`: exponents multiply when `n` is whole or `inner` is positive; an even
    /// `m` leaves the absolute value, an odd one needs none where the root is defined.
    fn power_of_power(
        &mut self,
        base: ExprId,
        inner: ExprId,
        m: ExprId,
        n: &Number,
        exponent: ExprId,
    ) -> ExprId {
        let known = self.is_positive(inner) && self.is_real_power(m);
        let safe = n.is_integer() || known;
        match self.as_number(m).cloned() {
            _ if safe => {
                let exponent = self.scale(n, m);
                self.power(inner, exponent)
            }
            Some(m) if self.is_complex() => {
                // The angle of `inner^m` stays within a half turn for exponents up to 1.
                if m > Number::MINUS_ONE && m <= Number::ONE {
                    let product = self.number(m.mul(n));
                    self.power(inner, product)
                } else {
                    self.intern(Node::Power(base, exponent))
                }
            }
            Some(m) => {
                let product = self.number(m.mul(n));
                let inner = if m.is_even() { self.absolute(inner) } else { inner };
                self.power(inner, product)
            }
            None => self.intern(Node::Power(base, exponent)),
        }
    }

    /// `e^exponent`: logarithms in the exponent come out as powers.
    fn exponential(&mut self, exponent: ExprId) -> ExprId {
        let terms = self.terms(&exponent).to_vec();
        let mut outside: Vec<ExprId> = Vec::new();
        let mut inside: Vec<ExprId> = Vec::new();
        for term in terms {
            match self.logarithm_in(term) {
                Some((argument, factor)) => outside.push(self.power(argument, factor)),
                None => inside.push(term),
            }
        }
        if outside.is_empty() {
            return self.intern(Node::Power(Self::E, exponent));
        }
        if !inside.is_empty() {
            let rest = self.sum(&inside);
            outside.push(self.power(Self::E, rest));
        }
        self.product(&outside)
    }

    /// `(u, c)` when the term is `c*ln(u)`.
    fn logarithm_in(&mut self, term: ExprId) -> Option<(ExprId, ExprId)> {
        let (_, rest) = self.coefficient(term);
        let factors = self.factors(&rest);
        let place = factors
            .iter()
            .position(|id| matches!(self.node(*id), Node::Apply(FunctionId::LN, _)))?;
        let log = factors[place];
        let Node::Apply(_, list) = self.node(log) else { return None };
        let argument = self.list(list)[0];
        let inverse = self.intern(Node::Power(log, Self::MINUS_ONE));
        let factor = self.product(&[term, inverse]);
        Some((argument, factor))
    }

    fn number_to_symbolic(
        &mut self,
        value: &Number,
        base: ExprId,
        exponent: ExprId,
    ) -> ExprId {
        if value.is_zero() {
            return self.intern(Node::Power(base, exponent));
        }
        if value.is_positive() && value.numerator().is_one() {
            let inverse = self.number(value.denominator());
            let exponent = self.negate(exponent);
            return self.power(inverse, exponent);
        }
        if let Node::Sum(list) = self.node(exponent) {
            let terms = self.list(list).to_vec();
            let last = terms[terms.len() - 1];
            let whole = self.as_number(last).filter(|n| n.is_integer()).cloned();
            if let Some(whole) = whole.and_then(|n| n.to_i64())
                && let Some(outside) = value.pow(whole, self.bits)
            {
                let rest = self.sum(&terms[..terms.len() - 1]);
                let power = self.power(base, rest);
                return self.scale(&outside, power);
            }
        }
        self.intern(Node::Power(base, exponent))
    }

    fn number_power(
        &mut self,
        value: &Number,
        n: &Number,
        base: ExprId,
        exponent: ExprId,
    ) -> ExprId {
        if value.is_zero() {
            return if n.is_positive() { Self::ZERO } else { Self::UNDEFINED };
        }
        if n.is_integer() {
            if *value == Number::MINUS_ONE {
                return if n.is_even() { Self::ONE } else { Self::MINUS_ONE };
            }
            return match n.to_i64().and_then(|n| value.pow(n, self.bits)) {
                Some(result) => self.number(result),
                None => self.intern(Node::Power(base, exponent)),
            };
        }
        if value.is_negative() {
            // In standard form only -1 stands under a root, apart from the positive rest.
            let sign = match self.is_complex() {
                true => self.root_of_unity(n),
                false => self.intern(Node::Power(Self::MINUS_ONE, exponent)),
            };
            if *value == Number::MINUS_ONE {
                return sign;
            }
            let size = self.number(value.neg());
            let size = self.power(size, exponent);
            return self.product(&[size, sign]);
        }
        let raw = self.intern(Node::Power(base, exponent));
        self.product_with(Number::ONE, &[raw])
    }

    /// `(-1)^n` with an exponent between 0 and 1, whole turns taken out.
    fn root_of_unity(&mut self, n: &Number) -> ExprId {
        let whole = n.floor();
        let rest = n.sub(&whole);
        let exponent = self.number(rest);
        let root = self.intern(Node::Power(Self::MINUS_ONE, exponent));
        if whole.is_odd() { self.negate(root) } else { root }
    }

    /// Whether a factor is a fractional power of a positive number.
    pub(super) fn is_radical(&self, id: ExprId) -> bool {
        match self.node(id) {
            Node::Power(base, exponent) => {
                self.as_number(base).is_some_and(Number::is_positive)
                    && self.as_number(exponent).is_some_and(|n| {
                        !n.is_integer()
                            && n.floor().to_i64().is_some_and(|n| n.abs() <= 4096)
                    })
            }
            _ => false,
        }
    }

    /// Whether a term without coefficient has such a factor (they stand first).
    pub(super) fn has_radical(&self, id: ExprId) -> bool {
        match self.node(id) {
            Node::Product(list) => self
                .list(list)
                .iter()
                .take_while(|id| self.info(**id).class == Class::Constant)
                .any(|id| self.is_radical(*id)),
            Node::Power(..) => self.is_radical(id),
            _ => false,
        }
    }

    /// Whether terms that differ from this one, without coefficient, are no like terms of it.
    pub fn is_own_kind(&self, id: ExprId) -> bool {
        id != Self::UNDEFINED && !self.has_radical(id)
    }

    /// A term without coefficient as a number times a term whose radicals have positive
    /// exponents, so that `sqrt(2)` and `1/sqrt(2)` are like terms.
    pub(super) fn plain_radical(&mut self, rest: ExprId) -> (Option<Number>, ExprId) {
        if !self.has_radical(rest) {
            return (None, rest);
        }
        let mut factor = Number::ONE;
        let mut parts: SmallVec<[ExprId; 8]> = SmallVec::from_slice(self.factors(&rest));
        for part in &mut parts {
            let (base, exponent) = self.base(*part);
            if self.is_radical(*part)
                && let (Some(b), Some(e)) =
                    (self.as_number(base), self.as_number(exponent))
                && e.is_negative()
            {
                factor = factor.mul(b);
                let exponent = e.add(&Number::ONE);
                let exponent = self.number(exponent);
                *part = self.intern(Node::Power(base, exponent));
            }
        }
        let rest = match parts[..] {
            [one] => one,
            _ => self.intern_list(&parts, Node::Product),
        };
        (factor.recip(), rest)
    }

    /// Moves every numeric radical into its standard form: an integer base above 1 without
    /// perfect powers, an exponent between 0 and 1, or between -1 and 0 when that clears the
    /// base from the denominator of the coefficient.
    pub(super) fn normalise_radicals(
        &mut self,
        coefficient: &mut Number,
        factors: &mut SmallVec<[ExprId; 8]>,
    ) {
        let mut groups: Vec<(Number, Number)> = Vec::new();
        factors.retain(|id| {
            let (base, exponent) = self.base(*id);
            let (true, Some(b), Some(e)) =
                (self.is_radical(*id), self.as_number(base), self.as_number(exponent))
            else {
                return true;
            };
            if e.floor().to_i64().is_none_or(|n| n.abs() > 4096) {
                return true;
            }
            let mut parts: SmallVec<[(Number, Number); 2]> = SmallVec::new();
            if !b.numerator().is_one() {
                parts.push((b.numerator(), e.clone()));
            }
            if !b.is_integer() {
                parts.push((b.denominator(), e.neg()));
            }
            let whole = |(base, exponent): &(Number, Number)| {
                base.pow(exponent.floor().to_i64()?, self.bits)
            };
            // What is too long to be written as a number stays a power.
            let Some(powers) = parts.iter().map(whole).collect::<Option<Vec<_>>>() else {
                return true;
            };
            for power in powers {
                *coefficient = coefficient.mul(&power);
            }
            for (base, exponent) in parts {
                let fraction = exponent.sub(&exponent.floor());
                match groups.iter_mut().find(|(known, _)| *known == fraction) {
                    Some((_, product)) => *product = product.mul(&base),
                    None => groups.push((fraction, base)),
                }
            }
            false
        });
        groups.sort();
        for (exponent, base) in groups {
            self.push_radical(coefficient, factors, &base, &exponent);
        }
    }

    fn push_radical(
        &mut self,
        coefficient: &mut Number,
        factors: &mut SmallVec<[ExprId; 8]>,
        base: &Number,
        exponent: &Number,
    ) {
        let degree = exponent.denominator().to_i64().and_then(|n| u32::try_from(n).ok());
        let times = exponent.numerator().to_i64();
        let (Some(degree), Some(times)) = (degree.filter(|n| *n < 4096), times) else {
            let (b, e) = (self.number(base.clone()), self.number(exponent.clone()));
            factors.push(self.intern(Node::Power(b, e)));
            return;
        };
        let (outside, inside) = base.extract_root(degree);
        // What is too long to be written as a number stays in the power.
        let (mut base, mut exponent) = match outside.pow(times, self.bits) {
            Some(power) => {
                *coefficient = coefficient.mul(&power);
                (inside, exponent.clone())
            }
            None => (base.clone(), exponent.clone()),
        };
        if base.is_one() {
            return;
        }
        for k in (2..=degree.min(64)).rev() {
            if let Some(root) = base.exact_root(k) {
                let taller = exponent.mul(&Number::from(i64::from(k)));
                let whole = taller.floor();
                if let Some(power) = whole.to_i64().and_then(|n| root.pow(n, self.bits)) {
                    *coefficient = coefficient.mul(&power);
                    base = root;
                    exponent = taller.sub(&whole);
                }
                break;
            }
        }
        if exponent.is_zero() {
            return;
        }
        let shifted = coefficient.mul(&base);
        let shrinks =
            base.recip().is_some_and(|r| coefficient.denominator().mul(&r).is_integer());
        if shrinks {
            *coefficient = shifted;
            exponent = exponent.sub(&Number::ONE);
        }
        let (b, e) = (self.number(base), self.number(exponent));
        factors.push(self.intern(Node::Power(b, e)));
    }
}
