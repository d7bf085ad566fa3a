//! What has no derivative over the complex numbers: functions of real numbers only.

use crate::error::{ErrorKind, Result};
use crate::function;
use crate::kernel::{ExprId, Node, Pool};

/// Refuses functions of real numbers whose arguments are not known to be real and depend on
/// a variable in which a derivative over the complex numbers is asked.
///
/// # Errors
/// The first of them by its name.
pub(super) fn must_be_holomorphic(
    pool: &Pool,
    of: ExprId,
    depends: impl Fn(&Pool, ExprId) -> bool,
) -> Result<()> {
    if !pool.is_complex() {
        return Ok(());
    }
    for id in pool.reachable_where(&[of], |id| depends(pool, id)) {
        let Node::Apply(function, list) = pool.node(id) else { continue };
        if !function.is_builtin() || !function::needs_order(function) {
            continue;
        }
        let arguments = pool.list(list);
        let name = function::spec(function).name;
        let mut compared: Vec<ExprId> = arguments.to_vec();
        if function::is_conditional(function) {
            // Each branch has its own derivative; only the conditions compare.
            let count = arguments.len();
            let conditions = (0..count).filter(|k| function::is_condition(*k, count));
            compared = conditions.map(|place| arguments[place]).collect();
        }
        if compared
            .iter()
            .any(|id| depends(pool, *id) && !function::is_surely_real(pool, *id))
        {
            let what = format!("`{name}` has no complex derivative");
            return Err(ErrorKind::Unsupported(what).into());
        }
    }
    Ok(())
}
