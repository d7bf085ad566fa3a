//! Operations that have no real value by what is assumed, in a formula as it was typed.
//!
//! Canonical forms gain points: `(x^3)^(1/3)` is `x`. Where `x < 0` is assumed, those are all
//! that are left.

use super::engine::{Engine, Formula};
use crate::check::Domain;
use crate::error::{ErrorKind, Note, Result};
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Node, Number, Pool, Relation,
};
use crate::print::{self, Notation};
use crate::simplify;
use crate::syntax;

/// A value, and the first operation in it that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Asked {
    id: ExprId,
    without: Option<usize>,
}

struct Asking<'p> {
    pool: &'p mut Pool,
    /// Operations without a value, as text.
    found: Vec<String>,
}

impl Engine {
    /// What is to be said of a formula that has no real value by what is assumed.
    ///
    /// # Errors
    /// A limit.
    pub fn notes_without_value(&mut self, formula: &Formula) -> Result<Vec<Note>> {
        let found = self.operations_without_value(formula)?.into_iter().flatten();
        let note = |text| Note {
            message: format!("`{text}` has no real value under the assumptions"),
            span: None,
        };
        Ok(found.map(note).collect())
    }

    /// Refuses to differentiate a formula that has no real value by what is assumed.
    ///
    /// # Errors
    /// When it has none.
    pub(super) fn must_have_values(&mut self, formula: &Formula) -> Result<()> {
        match self.operations_without_value(formula)?.into_iter().flatten().next() {
            Some(text) => {
                let what = format!("`{text}` has no real value, and its derivative");
                Err(ErrorKind::Undefined(what).into())
            }
            None => Ok(()),
        }
    }

    /// The first operation of a formula as it was typed that is proved to have no real value by
    /// what is assumed, of each component.
    ///
    /// # Errors
    /// A limit.
    fn operations_without_value(
        &mut self,
        formula: &Formula,
    ) -> Result<Vec<Option<String>>> {
        if formula.domain != Domain::Real || formula.assumptions.is_empty() {
            return Ok(Vec::new());
        }
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let mut asking = Asking { pool: &mut self.pool, found: Vec::new() };
        let lowered = syntax::lower(formula.program(), &declared, &mut asking)?;
        let text = |root: Asked| Some(asking.found.get(root.without?)?.clone());
        let found = lowered.roots.into_iter().map(text).collect();
        self.check_limits()?;
        Ok(found)
    }
}

impl Asking<'_> {
    fn made(&mut self, operands: &[Asked], id: ExprId) -> Asked {
        Asked { id, without: operands.iter().find_map(|operand| operand.without) }
    }

    /// An operation that has no value where something is below 0, or 0.
    fn needing(
        &mut self,
        made: Asked,
        of: ExprId,
        is_strict: bool,
        text: String,
    ) -> Asked {
        let side = simplify::side(self.pool, of);
        let fails =
            side.is_some_and(|side| !side.is_above && (is_strict || side.is_strict));
        if !fails || made.without.is_some() {
            return made;
        }
        self.found.push(text);
        Asked { without: Some(self.found.len() - 1), ..made }
    }

    fn text(&self, id: ExprId) -> String {
        print::write(self.pool, id, Notation::Text).unwrap_or_default()
    }

    fn is_atom(&self, id: ExprId) -> bool {
        matches!(
            self.pool.node(id),
            Node::Symbol(_) | Node::Constant(_) | Node::Apply(..)
        )
    }
}

impl Builder for Asking<'_> {
    type Id = Asked;

    fn number(&mut self, value: &Number) -> Asked {
        let id = self.pool.number(value.clone());
        self.made(&[], id)
    }

    fn constant(&mut self, constant: Constant) -> Asked {
        let id = Builder::constant(self.pool, constant);
        self.made(&[], id)
    }

    fn symbol(&mut self, name: &str) -> Asked {
        let id = self.pool.symbol(name);
        self.made(&[], id)
    }

    fn sum(&mut self, terms: &[(bool, Asked)]) -> Asked {
        let operands: Vec<Asked> = terms.iter().map(|(_, operand)| *operand).collect();
        let terms: Vec<_> = terms.iter().map(|(sign, own)| (*sign, own.id)).collect();
        let id = Builder::sum(self.pool, &terms);
        self.made(&operands, id)
    }

    fn product(&mut self, factors: &[(bool, Asked)]) -> Asked {
        let operands: Vec<Asked> = factors.iter().map(|(_, operand)| *operand).collect();
        let factors: Vec<_> = factors.iter().map(|(way, own)| (*way, own.id)).collect();
        let id = Builder::product(self.pool, &factors);
        self.made(&operands, id)
    }

    fn negate(&mut self, operand: Asked) -> Asked {
        let id = self.pool.negate(operand.id);
        self.made(&[operand], id)
    }

    fn power(&mut self, base: Asked, exponent: Asked) -> Asked {
        let id = self.pool.power(base.id, exponent.id);
        let made = self.made(&[base, exponent], id);
        match self.pool.as_number(exponent.id) {
            Some(n) if !n.is_integer() => {
                let is_strict = n.is_negative();
                let text = self.text(base.id);
                let text = match n {
                    n if *n == Number::HALF => format!("sqrt({text})"),
                    n if self.is_atom(base.id) => format!("{text}^({n})"),
                    n => format!("({text})^({n})"),
                };
                self.needing(made, base.id, is_strict, text)
            }
            _ => made,
        }
    }

    fn apply(&mut self, function: FunctionId, arguments: &[Asked]) -> Asked {
        let ids: Vec<ExprId> = arguments.iter().map(|operand| operand.id).collect();
        let id = function::apply(self.pool, function, &ids);
        if Relation::of(function).is_some() || !function.is_builtin() {
            return self.made(arguments, id);
        }
        let row = function::spec(function);
        // A branch that is not taken needs no value.
        if row.name == "piecewise" {
            return self.made(&[], id);
        }
        let made = self.made(arguments, id);
        let ([of], "u > 0" | "u >= 0") = (&ids[..], row.domain) else { return made };
        let text = format!("{}({})", row.name, self.text(*of));
        self.needing(made, *of, row.domain == "u > 0", text)
    }

    fn apply_abstract(
        &mut self,
        function: AbstractFunction,
        arguments: &[Asked],
    ) -> Asked {
        let ids: Vec<ExprId> = arguments.iter().map(|operand| operand.id).collect();
        let id = Builder::apply_abstract(&mut *self.pool, function, &ids);
        self.made(arguments, id)
    }

    fn is_undefined(&self, operand: Asked) -> bool {
        Builder::is_undefined(&*self.pool, operand.id)
    }

    fn is_zero(&self, operand: Asked) -> bool {
        Builder::is_zero(&*self.pool, operand.id)
    }
}
