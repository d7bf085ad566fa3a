//! What is known of a node from what is known of its operands: the symbols in it, its degree,
//! its sign, whether it is whole, its class.
//!
//! Invariant: nothing walks below the operands.

use super::digest::Digest;
use super::node::{Class, ExprId, Info, Node};
use super::number::Number;
use super::pool::Pool;
use super::symbol::{FunctionId, FunctionSet};
use std::hash::{Hash, Hasher};

impl Pool {
    /// What is known of a node but its cost and its digest.
    pub(super) fn inspect(&self, node: Node) -> Info {
        let plain = |class| Info {
            symbols: 0,
            functions: FunctionSet::default(),
            digest: 0,
            cost: 0,
            degree: 0.0,
            rooted: false,
            positive: false,
            nonnegative: false,
            integer: false,
            fraction: false,
            class,
        };
        match node {
            Node::Number(n) => {
                let value = self.number_at(n);
                Info {
                    positive: value.is_positive(),
                    nonnegative: !value.is_negative(),
                    integer: value.is_integer(),
                    fraction: !value.is_integer(),
                    ..plain(Class::Constant)
                }
            }
            Node::Symbol(s) => {
                let known = self.symbols[s.0 as usize].1;
                Info {
                    symbols: 1 << (s.0 % 64),
                    degree: 1.0,
                    positive: known.positive,
                    nonnegative: known.nonnegative || known.positive,
                    integer: known.integer,
                    ..plain(Class::Monomial)
                }
            }
            Node::Constant(_) => {
                Info { positive: true, nonnegative: true, ..plain(Class::Constant) }
            }
            Node::Sum(list) => {
                let mut info = Info {
                    degree: f32::NEG_INFINITY,
                    nonnegative: true,
                    integer: true,
                    ..plain(Class::Sum)
                };
                for id in self.list(list) {
                    let term = self.info(*id);
                    info.symbols |= term.symbols;
                    info.functions = info.functions.with(term.functions);
                    info.rooted |= term.rooted;
                    info.degree = info.degree.max(term.degree);
                    info.positive |= term.positive;
                    info.nonnegative &= term.nonnegative;
                    info.integer &= term.integer;
                    info.fraction |= term.fraction;
                }
                info.positive &= info.nonnegative;
                if info.symbols != 0 && !info.positive {
                    let (positive, nonnegative) = self.sign_of_shift(self.list(list));
                    info.positive |= positive;
                    info.nonnegative |= nonnegative;
                }
                if info.degree <= 0.0 && info.symbols != 0 {
                    info.class = Class::Composite;
                }
                info
            }
            Node::Product(list) => {
                let mut info = Info {
                    positive: true,
                    nonnegative: true,
                    integer: true,
                    ..plain(Class::Constant)
                };
                for id in self.list(list) {
                    let factor = self.info(*id);
                    info.symbols |= factor.symbols;
                    info.functions = info.functions.with(factor.functions);
                    info.rooted |= factor.rooted;
                    info.degree += factor.degree;
                    info.positive &= factor.positive;
                    info.nonnegative &= factor.nonnegative;
                    info.integer &= factor.integer;
                    info.fraction |= factor.fraction && !self.is_sum(*id);
                    info.class = info.class.max(factor.class);
                }
                info
            }
            Node::Multiple(n, rest) => {
                let is_sum = self.is_sum(rest);
                let (value, rest) = (self.number_at(n), self.info(rest));
                Info {
                    fraction: !value.is_integer() || rest.fraction && !is_sum,
                    positive: value.is_positive() && rest.positive,
                    nonnegative: value.is_positive() && rest.nonnegative,
                    integer: value.is_integer() && rest.integer,
                    ..*rest
                }
            }
            Node::Power(base, exponent) => self.inspect_power(base, exponent),
            Node::Apply(f, list) => {
                let mut info = plain(Class::Function);
                info.functions = FunctionSet::of(f);
                for id in self.list(list) {
                    let argument = self.info(*id);
                    info.symbols |= argument.symbols;
                    info.functions = info.functions.with(argument.functions);
                    info.rooted |= argument.rooted;
                }
                info.nonnegative = f == FunctionId::ABS;
                info
            }
            Node::Undefined => plain(Class::Constant),
        }
    }

    fn inspect_power(&self, base: ExprId, exponent: ExprId) -> Info {
        let (b, e) = (self.info(base), self.info(exponent));
        let number = self.as_number(exponent);
        let class = match (number, self.node(base)) {
            (_, Node::Number(_) | Node::Constant(_)) if e.symbols == 0 => Class::Constant,
            (None, _) if b.symbols == 0 => Class::Exponential,
            (None, _) => Class::Power,
            (Some(_), Node::Symbol(_)) => Class::Monomial,
            (Some(n), _) if !n.is_integer() => Class::Root,
            _ => b.class,
        };
        let real = !self.complex;
        let even = real && number.is_some_and(Number::is_even);
        let root = real && number.is_some_and(|n| !n.is_integer());
        let fixed = number.is_some_and(Number::is_positive);
        let inherits = real || number.is_some();
        Info {
            symbols: b.symbols | e.symbols,
            functions: b.functions.with(e.functions),
            rooted: b.rooted
                || e.rooted
                || matches!(self.node(base), Node::Sum(_) | Node::Product(_))
                    && number.is_some_and(|n| !n.is_integer()),
            digest: 0,
            cost: 0,
            degree: number.map_or(0.0, |n| n.to_f64() as f32 * b.degree),
            positive: inherits && b.positive || (!fixed && (even || root)),
            nonnegative: inherits && b.nonnegative || even || root,
            integer: b.integer && e.integer && e.nonnegative,
            fraction: number.is_some_and(Number::is_negative),
            class,
        }
    }

    fn is_sum(&self, id: ExprId) -> bool {
        matches!(self.node(id), Node::Sum(_))
    }

    /// Whether an expression is a sum with a fraction in it.
    pub(super) fn has_fraction(&self, id: ExprId) -> bool {
        self.is_sum(id) && self.info(id).fraction
    }

    /// A number that a sum shares with the one that has the other signs.
    pub fn digest_without_signs(&self, sum: ExprId) -> u64 {
        let mut state = Digest::default();
        for term in self.terms(&sum) {
            match self.as_number(*term) {
                Some(n) if n.is_negative() => n.neg().hash(&mut state),
                Some(n) => n.hash(&mut state),
                None => self.coefficient(*term).1.hash(&mut state),
            }
        }
        state.finish()
    }

    /// Whether two sums have the same terms with the other signs.
    pub fn is_negative_of(&self, a: ExprId, b: ExprId) -> bool {
        let (a, b) = (self.terms(&a), self.terms(&b));
        a.len() == b.len()
            && a.iter().zip(b).all(|(a, b)| {
                match (self.as_number(*a), self.as_number(*b)) {
                    (Some(a), Some(b)) => *a == b.neg(),
                    (None, None) => {
                        let ((m, a), (n, b)) =
                            (self.coefficient(*a), self.coefficient(*b));
                        a == b && *m == n.neg()
                    }
                    _ => false,
                }
            })
    }
}
