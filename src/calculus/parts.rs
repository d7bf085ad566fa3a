//! Parts of derivatives under names, so that what many partial derivatives share stands once.
//!
//! A product has as many derivatives as factors, each with all factors but one. Written out
//! they are quadratic in its length; by the products of what stands before and behind each
//! factor they are linear (Griewank and Walther, Evaluating Derivatives, section 3.3).

use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use rustc_hash::FxHashMap;

/// What reaches more operands than this is shared.
pub(super) const FEW: usize = 8;
/// What costs no more is repeated rather than named.
const SHORT: u32 = 6;
/// What costs more gets a name even where few operands share it: along a chain of functions
/// it would grow from link to link.
const LONG: u32 = 60;

/// Expressions under names of their own, each made of variables and of those before it.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Each name, as a symbol that nobody can type, and what it stands for.
    pub list: Vec<(ExprId, ExprId)>,
    /// Products, and what they are by parts.
    pub products: Vec<(ExprId, ExprId)>,
    known: FxHashMap<ExprId, ExprId>,
}

impl Parts {
    /// Parts of which some are there already.
    pub fn new(list: Vec<(ExprId, ExprId)>) -> Self {
        let known = list.iter().map(|(symbol, part)| (*part, *symbol)).collect();
        Self { list, known, products: Vec::new() }
    }

    /// An expression that reaches so many operands: its symbol, where it is worth one.
    pub(super) fn hold(&mut self, pool: &mut Pool, id: ExprId, count: usize) -> ExprId {
        let cost = pool.cost(id);
        if cost <= SHORT || cost <= LONG && count <= FEW {
            return id;
        }
        self.name(pool, id)
    }

    /// The symbol of an expression, its coefficient before it; `1/a` goes by the name of `a`.
    pub(super) fn name(&mut self, pool: &mut Pool, id: ExprId) -> ExprId {
        let (coefficient, rest) = pool.coefficient(id);
        let coefficient = coefficient.clone();
        let (base, exponent) = pool.base(rest);
        let below = pool.as_number(exponent).filter(|n| n.is_negative()).map(Number::neg);
        let symbol = match below {
            Some(n) if matches!(pool.node(rest), Node::Power(..)) => {
                let exponent = pool.number(n);
                let under = pool.power(base, exponent);
                let symbol = self.symbol(pool, under);
                pool.power(symbol, Pool::MINUS_ONE)
            }
            _ => self.symbol(pool, rest),
        };
        pool.scale(&coefficient, symbol)
    }

    fn symbol(&mut self, pool: &mut Pool, of: ExprId) -> ExprId {
        if matches!(pool.node(of), Node::Symbol(_) | Node::Number(_)) {
            return of;
        }
        if let Some(symbol) = self.known.get(&of) {
            return *symbol;
        }
        let assumption = Assumption {
            positive: pool.is_positive(of),
            nonnegative: pool.is_nonnegative(of),
            integer: pool.is_integer(of),
            ..Assumption::default()
        };
        // Another name each time: what was found of a symbol stays known.
        let symbol = pool.assume(&format!("part {:010}", pool.len()), assumption);
        self.known.insert(of, symbol);
        self.list.push((symbol, of));
        symbol
    }

    /// For each of many factors of a product, a first one times all others.
    pub(super) fn all_but_one(
        &mut self,
        pool: &mut Pool,
        product: ExprId,
        (first, factors): (ExprId, &[ExprId]),
    ) -> Vec<ExprId> {
        let mut behind = vec![Pool::ONE; factors.len()];
        for place in (0..factors.len().saturating_sub(1)).rev() {
            let product = pool.product(&[factors[place + 1], behind[place + 1]]);
            behind[place] = self.hold_product(pool, product);
        }
        let mut before = first;
        let mut whole = first;
        let mut found = Vec::with_capacity(factors.len());
        for (factor, behind) in factors.iter().zip(behind) {
            found.push(pool.product(&[before, behind]));
            whole = pool.product(&[before, *factor]);
            before = self.hold_product(pool, whole);
        }
        if first == Pool::ONE {
            self.products.push((product, whole));
        }
        found
    }

    fn hold_product(&mut self, pool: &mut Pool, id: ExprId) -> ExprId {
        match pool.node(id) {
            Node::Product(_) | Node::Multiple(..) => self.name(pool, id),
            _ => id,
        }
    }
}
