//! What stands between two factors.

use super::name::{is_command, is_word};
use super::writer::Writer;
use crate::function;
use crate::kernel::view::Factor;
use crate::kernel::{ExprId, Node, Number};
use crate::syntax;

/// What stands in brackets, as one reads it behind a name.
enum Bracket {
    /// A sum, which makes a letter before it a factor.
    Sum,
    /// What could be an argument.
    Other,
}

impl Writer<'_> {
    /// The sign before a factor that is not the first.
    pub(super) fn times(&self, before: Option<&Factor>, after: &Factor) -> &'static str {
        if !self.latex {
            return "*";
        }
        let is_call = match (before, self.bracketed_first(after)) {
            (Some(before), Some(Bracket::Sum)) => self.may_be_function(before),
            (Some(before), Some(Bracket::Other)) => self.is_name(before),
            _ => false,
        };
        if is_call {
            return " \\, ";
        }
        let digit = match after {
            Factor::Number(_) => true,
            Factor::Plain(id) => self.begins_with_digit(*id),
            Factor::Power(base, _) => self.begins_with_digit(*base),
            Factor::Root(_) => false,
        };
        let word = match after {
            Factor::Plain(id) | Factor::Power(id, _) => {
                self.is_word(self.pool.base(*id).0)
            }
            _ => false,
        };
        match (digit, word) {
            (true, _) => " \\cdot ",
            (_, true) => " \\, ",
            _ => " ",
        }
    }

    /// Whether a factor is a name that would be read as a function before a bracket.
    fn may_be_function(&self, factor: &Factor) -> bool {
        let Factor::Plain(id) = factor else { return false };
        self.name_of(*id)
            .is_some_and(|name| is_word(name) || syntax::may_be_function(name))
    }

    fn is_name(&self, factor: &Factor) -> bool {
        matches!(factor, Factor::Plain(id) if self.name_of(*id).is_some())
    }

    /// What stands in the brackets with which a factor begins.
    fn bracketed_first(&self, factor: &Factor) -> Option<Bracket> {
        let (id, is_raised) = match factor {
            Factor::Plain(id) => (*id, false),
            Factor::Power(id, _) => (*id, true),
            Factor::Number(_) | Factor::Root(_) => return None,
        };
        let (base, exponent) = self.pool.base(id);
        if self.name_of(id).is_some() || self.name_of(base).is_some() {
            return None;
        }
        let is_root = self.pool.as_number(exponent).is_some_and(|n| *n == Number::HALF);
        match self.pool.node(base) {
            _ if is_root => None,
            Node::Sum(_) => Some(Bracket::Sum),
            Node::Apply(function, list) if base == id && !is_raised => {
                if !function::spec(function).latex.starts_with('#') {
                    return None;
                }
                let argument = *self.pool.list(list).first()?;
                match self.is_open(&Factor::Plain(argument)) {
                    true => Some(Bracket::Other),
                    false => self.bracketed_first(&Factor::Power(argument, Number::ONE)),
                }
            }
            Node::Apply(function, _) => {
                (is_command(function) && !self.is_open(factor)).then_some(Bracket::Other)
            }
            Node::Product(_) | Node::Multiple(..) if base != id || is_raised => {
                Some(Bracket::Other)
            }
            Node::Number(n) if base != id || is_raised => {
                (!self.pool.number_at(n).is_integer()).then_some(Bracket::Other)
            }
            _ => None,
        }
    }

    /// Whether a symbol is typeset as a word, which needs a space around it.
    fn is_word(&self, id: ExprId) -> bool {
        self.name_of(id).is_some_and(is_word)
    }

    fn begins_with_digit(&self, id: ExprId) -> bool {
        if self.name_of(id).is_some() {
            return false;
        }
        let (base, exponent) = self.pool.base(id);
        let root = self.pool.as_number(exponent).is_some_and(|n| *n == Number::HALF);
        self.pool.as_number(base).is_some_and(|n| !n.is_negative() && n.is_integer())
            && !root
    }
}
