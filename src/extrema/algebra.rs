//! Equations as polynomials: unknowns, or an exponential, the sine and cosine or the logarithm
//! of each, become variables; roots, absolute values and signs become variables with a
//! relation. Solutions of the polynomials that come from no solution of the equations are told
//! apart later, by putting them in.

use super::bench::Bench;
use super::linear::linear_form;
use crate::function;
use crate::kernel::{Constant, ExprId, FunctionId, Node, Number, Pool};
use crate::polynomial::{Exhausted, Polynomial};
use rustc_hash::FxHashMap;

/// More variables than this are not tried.
const MAX_VARIABLES: usize = 16;
/// The greatest multiple of an angle, and the greatest power.
const MAX_POWER: i64 = 40;

/// What stands for an unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It does not occur.
    Absent,
    /// The variable at a place.
    Plain(usize),
    /// `e^(rate*x)`.
    Exponential(usize, ExprId),
    /// Cosine and sine of `rate*x`.
    Circular(usize, usize, ExprId),
    /// `ln(x)`.
    Logarithm(usize),
}

/// Equations as polynomials.
#[derive(Debug)]
pub(super) struct Algebra {
    /// What stands for each unknown.
    pub(super) roles: Vec<Role>,
    /// All vanish.
    pub(super) polynomials: Vec<Polynomial>,
    /// None vanishes.
    pub(super) others: Vec<Polynomial>,
}

/// A quotient of polynomials.
type Quotient = (Polynomial, Polynomial);

/// How an unknown occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Plain,
    Exponential,
    Circular,
    Logarithm,
}

/// Writes equations `u = 0` as polynomials with rational coefficients; `None` when they are
/// none, or the work is used up.
pub(super) fn algebraise(
    bench: &mut Bench<'_>,
    equations: &[ExprId],
    unknowns: &[ExprId],
) -> Option<Algebra> {
    let roles = roles(bench, equations, unknowns)?;
    let mut size = 0;
    for role in &roles {
        size = size.max(match role {
            Role::Absent => 0,
            Role::Plain(a) | Role::Exponential(a, _) | Role::Logarithm(a) => a + 1,
            Role::Circular(_, b, _) => b + 1,
        });
    }
    let mut writer = Writer {
        unknowns,
        roles: &roles,
        size,
        relations: Vec::new(),
        others: Vec::new(),
        known: FxHashMap::default(),
    };
    let mut polynomials = Vec::new();
    for equation in equations {
        let (above, below) = writer.quotient(bench, *equation)?;
        polynomials.push(above);
        if !below.is_constant() && !writer.others.contains(&below) {
            writer.others.push(below);
        }
    }
    for role in &roles {
        match role {
            Role::Circular(c, s, _) => {
                let mut square = |at| {
                    let own = Polynomial::variable(size, at)?;
                    own.mul(&own, &mut bench.work).ok()
                };
                let sum = square(*c)?.add(&square(*s)?);
                polynomials.push(sum.sub(&Polynomial::one(size)));
            }
            Role::Exponential(t, _) => {
                writer.others.push(Polynomial::variable(size, *t)?)
            }
            _ => {}
        }
    }
    let Writer { relations, others, .. } = writer;
    polynomials.extend(relations);
    Some(Algebra { roles, polynomials, others })
}

/// What stands for each unknown; `None` when one occurs in two ways, or in some other.
fn roles(
    bench: &mut Bench<'_>,
    equations: &[ExprId],
    unknowns: &[ExprId],
) -> Option<Vec<Role>> {
    let mut uses: Vec<Option<(Use, Vec<ExprId>)>> = vec![None; unknowns.len()];
    let mut open = equations.to_vec();
    let mut seen: FxHashMap<ExprId, ()> = FxHashMap::default();
    while let Some(id) = open.pop() {
        if seen.insert(id, ()).is_some() || !bench.depends(id, unknowns) {
            continue;
        }
        match bench.pool.node(id) {
            Node::Symbol(_) => note(&mut uses, unknowns, id, Use::Plain, Pool::ONE)?,
            Node::Power(base, exponent) if bench.depends(exponent, unknowns) => {
                if !is_base(bench.pool, base) {
                    return None;
                }
                let log = bench.ln(base);
                let (parts, rest) = linear_form(bench, exponent, unknowns)?;
                if rest != Pool::ZERO {
                    return None;
                }
                for (unknown, rate) in parts {
                    let rate = bench.pool.product(&[rate, log]);
                    note(&mut uses, unknowns, unknown, Use::Exponential, rate)?;
                }
            }
            Node::Apply(function, list) => {
                let arguments = bench.pool.list(list).to_vec();
                match kind(function)? {
                    Kind::Circular | Kind::Hyperbolic => {
                        let own = match kind(function)? {
                            Kind::Circular => Use::Circular,
                            _ => Use::Exponential,
                        };
                        let (parts, rest) = linear_form(bench, arguments[0], unknowns)?;
                        if own == Use::Exponential && rest != Pool::ZERO {
                            return None;
                        }
                        for (unknown, rate) in parts {
                            note(&mut uses, unknowns, unknown, own, rate)?;
                        }
                    }
                    Kind::Logarithm => {
                        let at = arguments[0];
                        note(&mut uses, unknowns, at, Use::Logarithm, Pool::ONE)?;
                    }
                    Kind::Algebraic => open.extend(arguments),
                }
            }
            _ => bench.pool.each_operand(id, |operand| open.push(operand)),
        }
    }
    let mut next = 0;
    let mut roles = Vec::with_capacity(uses.len());
    for found in uses {
        let place = next;
        let Some((own, rates)) = found else {
            roles.push(Role::Absent);
            continue;
        };
        next += if own == Use::Circular { 2 } else { 1 };
        roles.push(match own {
            Use::Plain => Role::Plain(place),
            Use::Logarithm => Role::Logarithm(place),
            Use::Exponential => Role::Exponential(place, common_rate(bench, &rates)?),
            Use::Circular => {
                Role::Circular(place, place + 1, common_rate(bench, &rates)?)
            }
        });
    }
    (next <= MAX_VARIABLES).then_some(roles)
}

fn note(
    uses: &mut [Option<(Use, Vec<ExprId>)>],
    unknowns: &[ExprId],
    unknown: ExprId,
    own: Use,
    rate: ExprId,
) -> Option<()> {
    let place = unknowns.iter().position(|other| *other == unknown)?;
    match &mut uses[place] {
        slot @ None => *slot = Some((own, vec![rate])),
        Some((before, rates)) if *before == own => rates.push(rate),
        _ => return None,
    }
    Some(())
}

fn is_base(pool: &Pool, base: ExprId) -> bool {
    pool.is_constant(base) && pool.is_positive(base) && base != Pool::ONE
}

/// How a function is written over the variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Circular,
    Hyperbolic,
    Logarithm,
    /// Of any arguments, with a relation.
    Algebraic,
}

fn kind(function: FunctionId) -> Option<Kind> {
    if !function.is_builtin() {
        return None;
    }
    let row = function::spec(function);
    match row.name {
        _ if row.period.is_some() => Some(Kind::Circular),
        "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch" => Some(Kind::Hyperbolic),
        "ln" => Some(Kind::Logarithm),
        "abs" | "sign" | "heaviside" | "max" | "min" | "cbrt" => Some(Kind::Algebraic),
        _ => None,
    }
}

/// A rate of which all rates are whole multiples.
pub(super) fn common_rate(bench: &mut Bench<'_>, rates: &[ExprId]) -> Option<ExprId> {
    let first = *rates.first()?;
    let mut gcd = Number::ZERO;
    for rate in rates {
        let ratio = bench.over(*rate, first);
        gcd = gcd.gcd(bench.pool.as_number(ratio)?);
    }
    let rate = bench.pool.scale(&gcd, first);
    Some(bench.simplify(rate))
}

struct Writer<'a> {
    unknowns: &'a [ExprId],
    roles: &'a [Role],
    size: usize,
    relations: Vec<Polynomial>,
    others: Vec<Polynomial>,
    known: FxHashMap<ExprId, Quotient>,
}

impl Writer<'_> {
    fn quotient(&mut self, bench: &mut Bench<'_>, id: ExprId) -> Option<Quotient> {
        for node in bench.pool.reachable(&[id]) {
            // What stands below a function that has a variable of its own need not be written.
            if !self.known.contains_key(&node)
                && let Some(value) = self.node(bench, node)
            {
                self.known.insert(node, value);
            }
        }
        self.known.get(&id).cloned()
    }

    fn node(&mut self, bench: &mut Bench<'_>, id: ExprId) -> Option<Quotient> {
        let size = self.size;
        let whole = |p: Polynomial| (p, Polynomial::one(size));
        match bench.pool.node(id) {
            Node::Number(n) => {
                Some(whole(Polynomial::constant(size, bench.pool.number_at(n).clone())))
            }
            Node::Constant(Constant::E | Constant::Pi) | Node::Undefined => None,
            Node::Symbol(_) => {
                let place = self.unknowns.iter().position(|other| *other == id)?;
                match self.roles[place] {
                    Role::Plain(at) => Some(whole(Polynomial::variable(size, at)?)),
                    _ => None,
                }
            }
            Node::Sum(list) => {
                let mut sum = whole(Polynomial::zero(size));
                for term in bench.pool.list(list).to_vec() {
                    sum = plus(bench, &sum, self.known.get(&term)?).ok()?;
                }
                Some(sum)
            }
            Node::Product(list) => {
                let mut product = whole(Polynomial::one(size));
                for factor in bench.pool.list(list).to_vec() {
                    product = times(bench, &product, self.known.get(&factor)?).ok()?;
                }
                Some(product)
            }
            Node::Multiple(n, rest) => {
                let (p, q) = self.known.get(&rest)?;
                Some((p.scale(bench.pool.number_at(n)), q.clone()))
            }
            Node::Power(base, exponent) => self.power(bench, base, exponent),
            Node::Apply(function, list) => {
                let arguments = bench.pool.list(list).to_vec();
                self.apply(bench, id, function, &arguments)
            }
        }
    }

    fn power(
        &mut self,
        bench: &mut Bench<'_>,
        base: ExprId,
        exponent: ExprId,
    ) -> Option<Quotient> {
        let Some(n) = bench.pool.as_number(exponent).cloned() else {
            let log = bench.ln(base);
            let argument = bench.pool.product(&[exponent, log]);
            let argument = bench.simplify(argument);
            return self.exponential(bench, argument);
        };
        let under = self.known.get(&base)?.clone();
        if let Some(n) = n.to_i64() {
            return raised(bench, &under, n);
        }
        let degree = n.denominator().to_i64()?;
        let exponent = bench.pool.number(Number::ratio(1, degree)?);
        let root = bench.pool.power(base, exponent);
        let value = match self.known.get(&root) {
            Some(value) => value.clone(),
            None => {
                let r = self.auxiliary()?;
                let power = raised(bench, &(r.clone(), Polynomial::one(0)), degree)?.0;
                let relation = power.mul(&under.1, &mut bench.work).ok()?.sub(&under.0);
                self.relations.push(relation);
                let value = (r, Polynomial::one(self.size));
                self.known.insert(root, value.clone());
                value
            }
        };
        raised(bench, &value, n.numerator().to_i64()?)
    }

    /// `e` to the power of a sum of multiples of unknowns.
    fn exponential(&mut self, bench: &mut Bench<'_>, id: ExprId) -> Option<Quotient> {
        let (parts, rest) = linear_form(bench, id, self.unknowns)?;
        if rest != Pool::ZERO {
            return None;
        }
        let one = Polynomial::one(self.size);
        let mut product = (one.clone(), one.clone());
        for (unknown, rate) in parts {
            let place = self.unknowns.iter().position(|other| *other == unknown)?;
            let Role::Exponential(at, common) = self.roles[place] else { return None };
            let times_ = bench.over(rate, common);
            let n = bench.pool.as_number(times_)?.to_i64()?;
            let own = Polynomial::variable(self.size, at)?;
            let power = raised(bench, &(own, one.clone()), n)?;
            product = times(bench, &product, &power).ok()?;
        }
        Some(product)
    }

    fn apply(
        &mut self,
        bench: &mut Bench<'_>,
        id: ExprId,
        function: FunctionId,
        arguments: &[ExprId],
    ) -> Option<Quotient> {
        let name = function::spec(function).name;
        let one = Polynomial::one(self.size);
        let (first, second) = match kind(function)? {
            Kind::Logarithm => {
                let place = self.unknowns.iter().position(|u| *u == arguments[0])?;
                let Role::Logarithm(at) = self.roles[place] else { return None };
                return Some((Polynomial::variable(self.size, at)?, one));
            }
            Kind::Circular => {
                let (c, s) = self.angle(bench, arguments[0])?;
                ((s, one.clone()), (c, one))
            }
            Kind::Hyperbolic => {
                let t = self.exponential(bench, arguments[0])?;
                let inverse = (t.1.clone(), t.0.clone());
                let minus = (inverse.0.neg(), inverse.1.clone());
                let half = (one.clone().scale(&Number::HALF), one);
                let s = plus(bench, &t, &minus).ok()?;
                let c = plus(bench, &t, &inverse).ok()?;
                (times(bench, &s, &half).ok()?, times(bench, &c, &half).ok()?)
            }
            Kind::Algebraic => return self.algebraic(bench, id, name, arguments),
        };
        let below = |q: &Quotient| (q.1.clone(), q.0.clone());
        Some(match name {
            "sin" | "sinh" => first,
            "cos" | "cosh" => second,
            "tan" | "tanh" => times(bench, &first, &below(&second)).ok()?,
            "cot" | "coth" => times(bench, &second, &below(&first)).ok()?,
            "sec" | "sech" => below(&second),
            _ => below(&first),
        })
    }

    /// Cosine and sine of a sum of multiples of unknowns and a constant.
    fn angle(
        &mut self,
        bench: &mut Bench<'_>,
        id: ExprId,
    ) -> Option<(Polynomial, Polynomial)> {
        let (parts, rest) = linear_form(bench, id, self.unknowns)?;
        let (c, s) = (bench.apply("cos", rest), bench.apply("sin", rest));
        let (c, s) = (self.constant(bench, c)?, self.constant(bench, s)?);
        let mut result = (c, s);
        for (unknown, rate) in parts {
            let place = self.unknowns.iter().position(|other| *other == unknown)?;
            let Role::Circular(c, s, common) = self.roles[place] else { return None };
            let ratio = bench.over(rate, common);
            let n = bench.pool.as_number(ratio)?.to_i64()?;
            if n.abs() > MAX_POWER {
                return None;
            }
            let c = Polynomial::variable(self.size, c)?;
            let s = Polynomial::variable(self.size, s)?;
            let own = (c, if n < 0 { s.neg() } else { s });
            for _ in 0..n.abs() {
                result = turned(bench, &result, &own).ok()?;
            }
        }
        Some(result)
    }

    /// A constant without a denominator other than a number.
    fn constant(&mut self, bench: &mut Bench<'_>, id: ExprId) -> Option<Polynomial> {
        if !bench.pool.is_constant(id) {
            return None;
        }
        let has_function =
            |node: &ExprId| matches!(bench.pool.node(*node), Node::Apply(..));
        if bench.pool.reachable(&[id]).iter().any(has_function) {
            return None;
        }
        let (p, q) = self.quotient(bench, id)?;
        Some(p.scale(&q.to_constant()?.recip()?))
    }

    /// A variable of its own for a function with a relation to its arguments.
    fn algebraic(
        &mut self,
        bench: &mut Bench<'_>,
        id: ExprId,
        name: &str,
        arguments: &[ExprId],
    ) -> Option<Quotient> {
        let of: Option<Vec<Quotient>> =
            arguments.iter().map(|id| self.known.get(id).cloned()).collect();
        let of = of?;
        let own = self.auxiliary()?;
        let value = (own.clone(), Polynomial::one(self.size));
        let square = times(bench, &value, &value).ok()?;
        let minus = |q: &Quotient| (q.0.neg(), q.1.clone());
        let relation = match (name, &of[..]) {
            ("abs", [u]) => {
                let other = times(bench, u, u).ok()?;
                plus(bench, &square, &minus(&other)).ok()?
            }
            ("sign", [_]) => {
                let one = (Polynomial::one(self.size), Polynomial::one(self.size));
                plus(bench, &square, &minus(&one)).ok()?
            }
            ("heaviside", [_]) => plus(bench, &square, &minus(&value)).ok()?,
            ("cbrt", [u]) => {
                let cube = times(bench, &square, &value).ok()?;
                plus(bench, &cube, &minus(u)).ok()?
            }
            (_, [u, v]) => {
                let left = plus(bench, &value, &minus(u)).ok()?;
                let right = plus(bench, &value, &minus(v)).ok()?;
                times(bench, &left, &right).ok()?
            }
            _ => return None,
        };
        self.relations.push(relation.0);
        self.known.insert(id, value.clone());
        Some(value)
    }

    fn auxiliary(&mut self) -> Option<Polynomial> {
        if self.size >= MAX_VARIABLES {
            return None;
        }
        self.size += 1;
        Polynomial::variable(self.size, self.size - 1)
    }
}

fn times(
    bench: &mut Bench<'_>,
    a: &Quotient,
    b: &Quotient,
) -> Result<Quotient, Exhausted> {
    let work = &mut bench.work;
    Ok((a.0.mul(&b.0, work)?, a.1.mul(&b.1, work)?))
}

fn plus(
    bench: &mut Bench<'_>,
    a: &Quotient,
    b: &Quotient,
) -> Result<Quotient, Exhausted> {
    let work = &mut bench.work;
    let size = a.1.variables().max(b.1.variables());
    if a.1.widened(size) == b.1.widened(size) {
        return Ok((a.0.add(&b.0), a.1.clone()));
    }
    let left = a.0.mul(&b.1, work)?;
    let right = b.0.mul(&a.1, work)?;
    Ok((left.add(&right), a.1.mul(&b.1, work)?))
}

fn raised(bench: &mut Bench<'_>, of: &Quotient, n: i64) -> Option<Quotient> {
    if n.abs() > MAX_POWER {
        return None;
    }
    let power = u32::try_from(n.abs()).ok()?;
    let p = of.0.pow(power, &mut bench.work).ok()?;
    let q = of.1.pow(power, &mut bench.work).ok()?;
    Some(if n < 0 { (q, p) } else { (p, q) })
}

/// Cosine and sine of the sum of two angles.
fn turned(
    bench: &mut Bench<'_>,
    a: &(Polynomial, Polynomial),
    b: &(Polynomial, Polynomial),
) -> Result<(Polynomial, Polynomial), Exhausted> {
    let work = &mut bench.work;
    let c = a.0.mul(&b.0, work)?.sub(&a.1.mul(&b.1, work)?);
    let s = a.1.mul(&b.0, work)?.add(&a.0.mul(&b.1, work)?);
    Ok((c, s))
}
