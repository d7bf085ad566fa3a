//! Watching a differentiation.

use super::rule::Rule;
use crate::kernel::ExprId;

/// Is told of every rule that is applied. It can watch; it cannot change the result.
pub trait Observer {
    /// `rule` made `result` the derivative of `of`.
    fn applied(&mut self, rule: Rule, of: ExprId, result: ExprId) {
        let _ = (rule, of, result);
    }
}

/// Nobody watches.
impl Observer for () {}
