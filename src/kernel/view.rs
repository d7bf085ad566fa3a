//! The textbook view of a node: quotients, roots and signs, which the canonical form does not
//! know. What is written, and what is explained step by step, reads the same view.

use super::{ExprId, FunctionId, Node, Number, Pool, Relation};
use smallvec::SmallVec;

/// A factor as it is printed: a base with a positive exponent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Factor {
    /// A whole number above one, or a positive one that is written with decimals.
    Number(Number),
    /// An expression as it is.
    Plain(ExprId),
    /// A base and a numeric exponent other than one.
    Power(ExprId, Number),
    /// The square root of a quotient of products.
    Root(Under),
}

/// What stands under one root; the flag says whether below a fraction bar.
pub type Under = SmallVec<[(ExprId, bool); 2]>;

/// Factors above or below a fraction bar.
pub type Row = SmallVec<[Factor; 2]>;

/// The form of a node.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A whole number that is not negative, a symbol, a constant, `undefined`.
    Atom,
    /// Terms with the sign that stands before each.
    Sum(SmallVec<[(bool, ExprId); 4]>),
    /// A term.
    Term {
        /// Whether it has a minus.
        negative: bool,
        /// What stands above the fraction bar.
        above: Row,
        /// What stands below it.
        below: Row,
    },
    /// A square root.
    Root(ExprId),
    /// A power with its exponent as an expression.
    Power(ExprId, ExprId),
    /// A power with a numeric exponent.
    NumericPower(ExprId, Number),
    /// A function applied to arguments.
    Apply(FunctionId, SmallVec<[ExprId; 4]>),
    /// A comparison or connective.
    Relation(Relation, ExprId, ExprId),
}

/// The shape of an expression.
pub fn shape(pool: &Pool, id: ExprId) -> Shape {
    match pool.node(id) {
        Node::Number(n) => {
            let n = pool.number_at(n);
            let is_whole = n.is_integer() && pool.decimal(n).is_none();
            if is_whole && !n.is_negative() {
                return Shape::Atom;
            }
            term(pool, n, &[])
        }
        Node::Symbol(_) | Node::Constant(_) | Node::Undefined => Shape::Atom,
        Node::Sum(list) => sum(pool, pool.list(list)),
        Node::Product(list) => term(pool, &Number::ONE, pool.list(list)),
        Node::Multiple(n, rest) => {
            let factors: SmallVec<[ExprId; 8]> =
                SmallVec::from_slice(pool.factors(&rest));
            term(pool, pool.number_at(n), &factors)
        }
        Node::Power(base, exponent) => match pool.as_number(exponent) {
            Some(n) if n.is_negative() => term(pool, &Number::ONE, &[id]),
            Some(n) if *n == Number::HALF && is_unit(pool, base) => Shape::Atom,
            Some(n) if *n == Number::HALF => Shape::Root(base),
            Some(n) => Shape::NumericPower(base, n.clone()),
            None => match pool.written_apart(id) {
                Some(parts) => term(pool, &Number::ONE, parts),
                None => Shape::Power(base, exponent),
            },
        },
        Node::Apply(function, list) => {
            let arguments: SmallVec<[ExprId; 4]> = SmallVec::from_slice(pool.list(list));
            match (Relation::of(function), &arguments[..]) {
                (Some(relation), [a, b]) => Shape::Relation(relation, *a, *b),
                _ => Shape::Apply(function, arguments),
            }
        }
    }
}

/// Whether the square root of a base is the imaginary unit.
fn is_unit(pool: &Pool, base: ExprId) -> bool {
    pool.is_complex() && base == Pool::MINUS_ONE
}

/// Whether a term is printed with a minus sign.
fn is_negative(pool: &Pool, id: ExprId) -> bool {
    match pool.node(id) {
        Node::Number(n) | Node::Multiple(n, _) => pool.number_at(n).is_negative(),
        _ => false,
    }
}

/// A sum does not begin with a minus when it has a positive term: the first of those goes to
/// the front.
fn sum(pool: &Pool, terms: &[ExprId]) -> Shape {
    let mut signed: SmallVec<[(bool, ExprId); 4]> =
        terms.iter().map(|id| (is_negative(pool, *id), *id)).collect();
    if signed[0].0
        && let Some(place) = signed.iter().position(|(negative, _)| !negative)
    {
        signed[..=place].rotate_right(1);
    }
    Shape::Sum(signed)
}

/// What stands under one root as a quotient of products.
pub fn together(pool: &Pool, under: &[(ExprId, bool)]) -> (Row, Row) {
    let mut coefficient = Number::ONE;
    let mut factors: [SmallVec<[ExprId; 8]>; 2] = [SmallVec::new(), SmallVec::new()];
    for (base, is_below) in under {
        let (n, rest) = pool.numbered(*base);
        let n = if *is_below { n.recip().unwrap_or(Number::ZERO) } else { n.clone() };
        coefficient = coefficient.mul(&n);
        if rest != Pool::ONE {
            factors[usize::from(*is_below)].extend_from_slice(pool.factors(&rest));
        }
    }
    let (mut above, mut below) = rows(pool, &coefficient, &factors[0]);
    let (more_below, more_above) = rows(pool, &Number::ONE, &factors[1]);
    let is_one = |factor: &Factor| matches!(factor, Factor::Number(n) if n.is_one());
    above.extend(more_above);
    // Numbers and constants stand before the rest.
    let numbers = below.iter().take_while(|f| matches!(f, Factor::Number(_))).count();
    let more_below = more_below.into_iter().filter(|factor| !is_one(factor));
    below.insert_many(numbers, more_below.collect::<Row>());
    if above.len() > 1 {
        above.retain(|factor| !is_one(factor));
    }
    (above, below)
}

/// Takes a root of a quotient out of a row and leaves the rest, at least a 1.
pub fn without_quotient_root(row: &mut Row) -> Option<Under> {
    let is_quotient = |factor: &Factor| matches!(factor, Factor::Root(under) if under.iter().any(|(_, is_below)| *is_below));
    let place = row.iter().position(is_quotient)?;
    let Factor::Root(under) = row.remove(place) else { return None };
    if row.is_empty() {
        row.push(Factor::Number(Number::ONE));
    }
    Some(under)
}

/// A number times factors, above and below the bar.
fn rows(pool: &Pool, coefficient: &Number, factors: &[ExprId]) -> (Row, Row) {
    match term(pool, coefficient, factors) {
        Shape::Term { above, below, .. } => (above, below),
        _ => (Row::new(), Row::new()),
    }
}

/// A number times factors as a term.
pub fn term(pool: &Pool, coefficient: &Number, factors: &[ExprId]) -> Shape {
    if factors.iter().any(|factor| pool.written_apart(*factor).is_some()) {
        let parts = |factor: &ExprId| match pool.written_apart(*factor) {
            Some(parts) => parts.to_vec(),
            None => vec![*factor],
        };
        let mut all: Vec<ExprId> = factors.iter().flat_map(parts).collect();
        all.sort_by(|a, b| pool.factor_order(*a, *b));
        let is_apart = |factor: &ExprId| pool.written_apart(*factor).is_none();
        if all.iter().all(is_apart) {
            return term(pool, coefficient, &all);
        }
    }
    let mut coefficient = coefficient.clone();
    let negative = coefficient.is_negative();
    coefficient = coefficient.abs();
    let roots = Roots::find(pool, factors, &mut coefficient);
    let mut above = Row::new();
    let mut below = Row::new();
    for factor in factors {
        let (base, exponent) = pool.base(*factor);
        let number = pool.as_number(exponent);
        if let Some((minus, place)) = roots.place(*factor) {
            if place {
                let row = if minus { &mut below } else { &mut above };
                row.push(Factor::Root(roots.under[usize::from(minus)].clone()));
            }
            continue;
        }
        match number {
            Some(n) if n.is_negative() => {
                let n = n.neg();
                below.push(if n.is_one() {
                    Factor::Plain(base)
                } else if n == Number::HALF {
                    Factor::Root(Under::from_slice(&[(base, false)]))
                } else {
                    Factor::Power(base, n)
                });
            }
            _ => above.push(Factor::Plain(*factor)),
        }
    }
    let (p, q) = match pool.decimal(&coefficient) {
        Some(_) => (coefficient, Number::ONE),
        None => (coefficient.numerator(), coefficient.denominator()),
    };
    if !p.is_one() || above.is_empty() {
        above.insert(0, Factor::Number(p));
    }
    if !q.is_one() {
        below.insert(0, Factor::Number(q));
    }
    Shape::Term { negative, above, below }
}

/// Square roots of one term: those of what is known to be positive are printed under one sign,
/// with the other root if there is just one: `sqrt(2)*sqrt(x)` as `sqrt(2*x)`, and
/// `sqrt(2)/sqrt(pi)` as `sqrt(2/pi)`.
#[derive(Default)]
struct Roots {
    /// What is printed above the bar and what below.
    under: [Under; 2],
    /// The factors that are printed elsewhere, whether below, and whether the root takes
    /// their place.
    places: SmallVec<[(ExprId, bool, bool); 4]>,
}

impl Roots {
    fn find(pool: &Pool, factors: &[ExprId], coefficient: &mut Number) -> Self {
        let is_half = |factor: &&ExprId| {
            let (_, exponent) = pool.base(**factor);
            pool.as_number(exponent).is_some_and(|n| !n.is_integer())
        };
        if factors.iter().filter(is_half).nth(1).is_none() {
            return Self::default();
        }
        let mut found: SmallVec<[(ExprId, ExprId, bool, bool); 4]> = SmallVec::new();
        for factor in factors {
            let (base, exponent) = pool.base(*factor);
            let half = pool.as_number(exponent).is_some_and(|n| n.abs() == Number::HALF);
            // The number stays with a minus when it is read back.
            let negative = pool.coefficient(base).0.is_negative()
                || pool.as_number(base).is_some_and(Number::is_negative);
            if half && !negative && !matches!(pool.node(base), Node::Sum(_)) {
                let minus = pool.as_number(exponent).is_some_and(Number::is_negative);
                found.push((*factor, base, minus, pool.is_positive(base)));
            }
        }
        let mut roots = Self::default();
        if found.len() < 2 {
            return roots;
        }
        roots.turn_over(pool, &mut found, coefficient);
        let others = found.iter().filter(|root| !root.3).count();
        // The root of 1/(x*y) is not read as 1 over that of x*y.
        let is_open = |root: &(ExprId, ExprId, bool, bool)| {
            root.2 && !root.3 && !matches!(pool.node(root.1), Node::Symbol(_))
        };
        let may_cross =
            others < 2 && found.iter().any(|root| root.2) && !found.iter().any(is_open);
        let is_above = |root: &&(ExprId, ExprId, bool, bool)| !root.2;
        let last_above = found.iter().rfind(is_above).map(|root| root.0);
        if let Some(last) = last_above.filter(|_| may_cross) {
            found.sort_by_key(|root| !root.3);
            for (factor, base, minus, _) in found {
                roots.under[0].push((base, minus));
                roots.places.push((factor, false, factor == last));
            }
            return roots;
        }
        for minus in [false, true] {
            let side = found.iter().filter(|root| root.2 == minus);
            let (constants, others) =
                side.partition::<Vec<&(ExprId, ExprId, bool, bool)>, _>(|root| root.3);
            let with_other = others.len() == 1;
            if constants.is_empty() || constants.len() + usize::from(with_other) < 2 {
                continue;
            }
            let last = if with_other { others[0].0 } else { constants[0].0 };
            let list = &mut roots.under[usize::from(minus)];
            for root in constants.iter().chain(others.iter().filter(|_| with_other)) {
                list.push((root.1, false));
                roots.places.push((root.0, minus, root.0 == last));
            }
        }
        roots
    }

    /// `sqrt(6)/(2*sqrt(x))` as `3/sqrt(6*x)`: a numeric root goes below to the only other
    /// one there when that makes the denominator smaller.
    fn turn_over(
        &self,
        pool: &Pool,
        found: &mut [(ExprId, ExprId, bool, bool)],
        coefficient: &mut Number,
    ) {
        let other_below = found.iter().filter(|root| root.2 && !root.3).count() == 1;
        if !other_below {
            return;
        }
        for root in found.iter_mut().filter(|root| !root.2) {
            if let Some(n) = pool.as_number(root.1) {
                let turned = coefficient.mul(n);
                if turned.denominator() < coefficient.denominator() {
                    *coefficient = turned;
                    root.2 = true;
                }
            }
        }
    }

    fn place(&self, factor: ExprId) -> Option<(bool, bool)> {
        let found = self.places.iter().find(|(known, ..)| *known == factor)?;
        Some((found.1, found.2))
    }
}
