//! What is said instead of the derivative of a formula that has no real values.

use super::engine::Engine;
use crate::check::Nowhere;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::{ExprId, Node};
use crate::print::{self, Notation};

impl Engine {
    /// Refuses an expression that is proved to have no real value, whatever the variables
    /// are, or to have them at single points only.
    ///
    /// # Errors
    /// When it has none.
    pub(super) fn must_be_real_somewhere(
        &mut self,
        of: ExprId,
        wrt: &[String],
    ) -> Result<()> {
        if self.pool.is_complex() {
            return Ok(());
        }
        let symbols = self.symbols(wrt);
        let Some(found) = Nowhere::find(&mut self.pool, of, &symbols) else {
            return Ok(());
        };
        let (Nowhere::Undefined(part)
        | Nowhere::Scattered(part)
        | Nowhere::Isolated(part)
        | Nowhere::OfZero(part)) = found;
        let text = print::write(&self.pool, part, Notation::Text)?;
        let (what, help) = match found {
            Nowhere::Undefined(part) => (
                format!("`{text}` has no real value, and its derivative"),
                self.is_odd_root(part).then_some(
                    "real roots of negative numbers are `cbrt(…)` and `root(…, n)`",
                ),
            ),
            Nowhere::Scattered(_) => (
                format!("the derivative of `{text}`"),
                Some("a power of a negative number is real for single exponents only"),
            ),
            Nowhere::Isolated(_) => (
                format!("the derivative of `{text}`"),
                Some("it has real values at single points at most"),
            ),
            Nowhere::OfZero(_) => (
                format!("the derivative of `{text}`"),
                Some(
                    "it is 0 for positive exponents, which can be assumed, and has no value for negative ones",
                ),
            ),
        };
        let error = Error::from(ErrorKind::Undefined(what));
        Err(match help {
            Some(help) => error.help(help),
            None => error,
        })
    }

    /// Whether an expression has real values at single points at most, because two roots in it
    /// do not go together anywhere else.
    pub fn lives_at_points(&mut self, of: ExprId, wrt: &[String]) -> bool {
        let symbols = self.symbols(wrt);
        !self.pool.is_complex() && Nowhere::meets(&mut self.pool, of, &symbols)
    }

    /// Whether an expression is a root of a negative number that has a real namesake.
    fn is_odd_root(&self, id: ExprId) -> bool {
        let Node::Power(_, exponent) = self.pool.node(id) else { return false };
        self.pool
            .as_number(exponent)
            .is_some_and(|n| !n.is_integer() && n.denominator().is_odd())
    }
}
