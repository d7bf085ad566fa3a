//! What stands between two factors.

use super::name::is_word;
use super::writer::Writer;
use crate::kernel::view::Factor;
use crate::kernel::{ExprId, Node, Number};
use crate::syntax;

impl Writer<'_> {
    /// The sign before a factor that is not the first.
    pub(super) fn times(&self, before: Option<&Factor>, after: &Factor) -> &'static str {
        if !self.latex {
            return "*";
        }
        if before.is_some_and(|before| self.may_be_function(before))
            && self.begins_with_bracket(after)
        {
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

    fn begins_with_bracket(&self, factor: &Factor) -> bool {
        let (Factor::Plain(id) | Factor::Power(id, _)) = factor else { return false };
        let base = self.pool.base(*id).0;
        self.name_of(*id).is_none()
            && self.name_of(base).is_none()
            && matches!(self.pool.node(base), Node::Sum(..))
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
