//! What is held, brought together where nothing is left to be differentiated.

use crate::function;
use crate::kernel::view::{Factor, Row, Shape, shape};
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::print::Held;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// What takes the place of derivatives that were still to be taken.
pub(super) type Known = FxHashMap<ExprId, Held>;

/// The expression that is held, with what is known of what is still to be differentiated.
pub(super) fn lower(
    pool: &mut Pool,
    known: &impl Fn(ExprId) -> ExprId,
    held: &Held,
) -> ExprId {
    match held {
        Held::Plain(id) => *id,
        Held::Derivative(id) => known(*id),
        Held::Sum(terms) => {
            let terms: SmallVec<[ExprId; 8]> = terms
                .iter()
                .map(|(is_negative, term)| {
                    let id = lower(pool, known, term);
                    if *is_negative { pool.negate(id) } else { id }
                })
                .collect();
            pool.sum(&terms)
        }
        Held::Product(factors) => {
            let factors: SmallVec<[ExprId; 8]> =
                factors.iter().map(|factor| lower(pool, known, factor)).collect();
            pool.product(&factors)
        }
        Held::Quotient(above, below) => {
            let (above, below) = (lower(pool, known, above), lower(pool, known, below));
            pool.quotient(above, below)
        }
        Held::Power(base, exponent) => {
            let (base, exponent) =
                (lower(pool, known, base), lower(pool, known, exponent));
            pool.power(base, exponent)
        }
        Held::Call(of, arguments) => {
            let arguments: SmallVec<[ExprId; 4]> =
                arguments.iter().map(|argument| lower(pool, known, argument)).collect();
            function::apply(pool, *of, &arguments)
        }
    }
}

/// The derivatives that are still to be taken, each once, in the order of reading.
pub(super) fn open(held: &Held) -> Vec<ExprId> {
    let (mut found, mut seen) = (Vec::new(), FxHashSet::default());
    let mut left = vec![held];
    while let Some(held) = left.pop() {
        match held {
            Held::Plain(_) => {}
            Held::Derivative(id) => {
                if seen.insert(*id) {
                    found.push(*id);
                }
            }
            Held::Sum(terms) => left.extend(terms.iter().rev().map(|(_, term)| term)),
            Held::Product(factors) => left.extend(factors.iter().rev()),
            Held::Quotient(above, below) | Held::Power(above, below) => {
                left.extend([&**below, &**above]);
            }
            Held::Call(_, arguments) => left.extend(arguments.iter().rev()),
        }
    }
    found
}

/// Whether a derivative is still to be taken.
pub(super) fn is_open(held: &Held) -> bool {
    match held {
        Held::Plain(_) => false,
        Held::Derivative(_) => true,
        Held::Sum(terms) => terms.iter().any(|(_, term)| is_open(term)),
        Held::Product(parts) | Held::Call(_, parts) => parts.iter().any(is_open),
        Held::Quotient(above, below) | Held::Power(above, below) => {
            is_open(above) || is_open(below)
        }
    }
}

/// What is held with other things in place of derivatives that were still to be taken.
pub(super) fn put(held: &Held, known: &Known) -> Held {
    match held {
        Held::Plain(_) => held.clone(),
        Held::Derivative(id) => known.get(id).unwrap_or(held).clone(),
        Held::Sum(terms) => Held::Sum(
            terms.iter().map(|(minus, term)| (*minus, put(term, known))).collect(),
        ),
        Held::Product(factors) => {
            Held::Product(factors.iter().map(|factor| put(factor, known)).collect())
        }
        Held::Quotient(above, below) => {
            Held::Quotient(Box::new(put(above, known)), Box::new(put(below, known)))
        }
        Held::Power(base, exponent) => {
            Held::Power(Box::new(put(base, known)), Box::new(put(exponent, known)))
        }
        Held::Call(of, arguments) => {
            Held::Call(*of, arguments.iter().map(|part| put(part, known)).collect())
        }
    }
}

/// What is held with flat sums and products, without ones and zeros, and with products
/// collected where nothing in them is still to be differentiated.
pub(super) fn settle(pool: &mut Pool, held: Held) -> Held {
    match held {
        Held::Plain(_) | Held::Derivative(_) | Held::Power(..) | Held::Call(..) => held,
        Held::Sum(terms) => sum(pool, terms, true),
        Held::Product(factors) => product(pool, factors),
        Held::Quotient(above, below) => {
            // What the rule for quotients leaves above the bar is shown before it is collected.
            let above = match *above {
                Held::Sum(terms) => sum(pool, terms, false),
                above => settle(pool, above),
            };
            let below = settle(pool, *below);
            let (above, below) = match (above, below) {
                (Held::Quotient(above, bar), Held::Plain(below)) => match *bar {
                    Held::Plain(bar) => {
                        (*above, Held::Plain(pool.product(&[bar, below])))
                    }
                    bar => (Held::Quotient(above, Box::new(bar)), Held::Plain(below)),
                },
                sides => sides,
            };
            match (&above, &below) {
                (Held::Plain(Pool::ZERO), _) => above,
                (_, Held::Plain(Pool::ONE)) => above,
                (Held::Plain(a), Held::Plain(b)) => Held::Plain(pool.quotient(*a, *b)),
                _ => Held::Quotient(Box::new(above), Box::new(below)),
            }
        }
    }
}

fn sum(pool: &mut Pool, terms: Vec<(bool, Held)>, is_flat: bool) -> Held {
    let mut flat: Vec<(bool, Held)> = Vec::with_capacity(terms.len());
    for (is_negative, term) in terms {
        match settle(pool, term) {
            Held::Plain(Pool::ZERO) => {}
            Held::Sum(inner) => {
                flat.extend(
                    inner.into_iter().map(|(minus, term)| (minus != is_negative, term)),
                );
            }
            Held::Plain(id)
                if matches!(pool.node(id), Node::Sum(_)) && (is_flat || !is_negative) =>
            {
                for term in pool.terms(&id).to_vec() {
                    push(pool, is_negative, Held::Plain(term), &mut flat);
                }
            }
            term => push(pool, is_negative, term, &mut flat),
        }
    }
    if flat.len() > 1
        && flat[0].0
        && let Some(place) = flat.iter().position(|(is_negative, _)| !is_negative)
    {
        flat[..=place].rotate_right(1);
    }
    match flat.len() {
        0 => Held::Plain(Pool::ZERO),
        1 if !flat[0].0 => flat.remove(0).1,
        1 => negative(pool, flat.remove(0).1),
        _ => Held::Sum(flat),
    }
}

/// Adds a term without a sign of its own.
fn push(pool: &mut Pool, is_negative: bool, term: Held, to: &mut Vec<(bool, Held)>) {
    let (minus, term) = without_sign(pool, term);
    to.push((minus != is_negative, term));
}

/// A term without its sign.
fn without_sign(pool: &mut Pool, term: Held) -> (bool, Held) {
    match term {
        Held::Plain(id) if is_negative(pool, id) => (true, Held::Plain(pool.negate(id))),
        Held::Product(mut factors) => {
            let (minus, first) = without_sign(pool, factors.remove(0));
            if first != Held::Plain(Pool::ONE) {
                factors.insert(0, first);
            }
            match factors.len() {
                1 => (minus, factors.remove(0)),
                _ => (minus, Held::Product(factors)),
            }
        }
        Held::Quotient(above, below) => {
            let (minus, above) = without_sign(pool, *above);
            (minus, Held::Quotient(Box::new(above), below))
        }
        term => (false, term),
    }
}

pub(super) fn is_negative(pool: &Pool, id: ExprId) -> bool {
    match pool.node(id) {
        Node::Number(n) | Node::Multiple(n, _) => pool.number_at(n).is_negative(),
        _ => false,
    }
}

/// Minus something.
pub(super) fn negative(pool: &mut Pool, held: Held) -> Held {
    match held {
        Held::Plain(id) => Held::Plain(pool.negate(id)),
        Held::Sum(terms) => {
            Held::Sum(terms.into_iter().map(|(minus, term)| (!minus, term)).collect())
        }
        held => Held::Sum(vec![(true, held)]),
    }
}

/// Factors with those that nothing is left to do in collected at the place of the first.
fn product(pool: &mut Pool, factors: Vec<Held>) -> Held {
    let mut flat = Vec::with_capacity(factors.len());
    let mut below: SmallVec<[ExprId; 2]> = SmallVec::new();
    let mut left: Vec<Held> = factors.into_iter().rev().collect();
    while let Some(factor) = left.pop() {
        match settle(pool, factor) {
            Held::Product(inner) => flat.extend(inner),
            // There is one fraction bar.
            Held::Quotient(above, bar) => match *bar {
                Held::Plain(id) => {
                    below.push(id);
                    flat.push(*above);
                }
                bar => flat.push(Held::Quotient(above, Box::new(bar))),
            },
            Held::Sum(mut terms) if terms.len() == 1 => {
                let (_, term) = terms.remove(0);
                flat.push(Held::Plain(Pool::MINUS_ONE));
                flat.push(term);
            }
            factor => flat.push(factor),
        }
    }
    let mut plain: SmallVec<[ExprId; 8]> = SmallVec::new();
    let mut rest = Vec::with_capacity(flat.len());
    let mut place = None;
    for factor in flat {
        match factor {
            Held::Plain(id) => {
                place.get_or_insert(rest.len());
                plain.push(id);
            }
            factor => rest.push(factor),
        }
    }
    let mut collected = pool.product(&plain);
    if collected == Pool::ZERO || rest.is_empty() {
        return Held::Plain(collected);
    }
    let is_minus = is_negative(pool, collected);
    if is_minus {
        collected = pool.negate(collected);
    }
    let whole = joined(pool, collected, place.unwrap_or(0), (rest, &below));
    if is_minus { Held::Sum(vec![(true, whole)]) } else { whole }
}

/// A collected factor with the rest: what of it stands below a bar stands below all.
fn joined(
    pool: &mut Pool,
    collected: ExprId,
    place: usize,
    (mut rest, bars): (Vec<Held>, &[ExprId]),
) -> Held {
    let (above, own) = parts(pool, collected);
    let is_bar =
        !bars.is_empty() || own != Pool::ONE && pool.as_number(collected).is_none();
    let mut below = SmallVec::<[ExprId; 4]>::from_slice(bars);
    below.push(own);
    let below = pool.product(&below);
    let above = if is_bar { above } else { collected };
    if above != Pool::ONE {
        // A number stands first.
        let place = if pool.as_number(above).is_some() { 0 } else { place };
        rest.insert(place, Held::Plain(above));
    }
    let whole = match rest.len() {
        1 => rest.remove(0),
        _ => Held::Product(rest),
    };
    match is_bar {
        true => Held::Quotient(Box::new(whole), Box::new(Held::Plain(below))),
        false => whole,
    }
}

/// What stands above and below the fraction bar of an expression.
pub(super) fn parts(pool: &mut Pool, id: ExprId) -> (ExprId, ExprId) {
    match shape(pool, id) {
        Shape::Term { negative, above, below } if !below.is_empty() => {
            let above = row(pool, &above);
            let above = if negative { pool.negate(above) } else { above };
            (above, row(pool, &below))
        }
        _ => (id, Pool::ONE),
    }
}

/// The product of the factors of a row.
pub(super) fn row(pool: &mut Pool, factors: &Row) -> ExprId {
    let factors: SmallVec<[ExprId; 8]> =
        factors.iter().map(|factor| factor_id(pool, factor)).collect();
    pool.product(&factors)
}

/// A factor as an expression.
pub(super) fn factor_id(pool: &mut Pool, factor: &Factor) -> ExprId {
    match factor {
        Factor::Number(n) => pool.number(n.clone()),
        Factor::Plain(id) => *id,
        Factor::Power(base, n) => {
            let n = pool.number(n.clone());
            pool.power(*base, n)
        }
        Factor::Root(under) => {
            let half = pool.number(Number::HALF);
            let less = pool.number(Number::HALF.neg());
            let roots: SmallVec<[ExprId; 4]> = under
                .iter()
                .map(|(base, below)| pool.power(*base, if *below { less } else { half }))
                .collect();
            pool.product(&roots)
        }
    }
}
