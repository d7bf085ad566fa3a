//! Where functions of the table have values.

use super::template::Template;
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Pool, Relation};

/// How rows write relations, whether the right side is the greater one, and what is meant.
const RELATIONS: [(&str, bool, Relation); 4] = [
    (" <= ", true, Relation::LessEqual),
    (" >= ", false, Relation::LessEqual),
    (" < ", true, Relation::Less),
    (" > ", false, Relation::Less),
];

/// What must hold of arguments for a function of the table to have a value: that expressions
/// are above 0, or not below. Rows say nothing of poles.
///
/// # Errors
/// A domain of the table that cannot be read; a test reads them all.
pub fn domain(
    function: FunctionId,
    arguments: &[ExprId],
    pool: &mut Pool,
) -> Result<Vec<(Relation, ExprId)>> {
    let mut found = Vec::new();
    for part in function::spec(function).domain.split(" and ") {
        let sides = RELATIONS.iter().find_map(|(sign, up, relation)| {
            let (left, right) = part.split_once(sign)?;
            Some((if *up { [right, left] } else { [left, right] }, *relation))
        });
        let Some(([greater, less], relation)) = sides else { continue };
        let letters = &function::spec::ARGUMENTS[..arguments.len().min(4)];
        let template = Template::read(letters, &format!("({greater}) - ({less})"))?;
        found.push((relation, template.build(arguments, pool)?));
    }
    Ok(found)
}
