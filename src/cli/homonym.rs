//! Names that stand for a variable and for a function in one answer.

use calcgrad::function;
use calcgrad::kernel::latin;
use calcgrad::{ErrorKind, Result};

/// Refuses a variable that has the name of a function that is called in an answer: in `γ*Γ(x)`
/// a language that writes both in Latin letters could not tell them apart.
///
/// # Errors
/// Such a variable.
pub(crate) fn refuse_homonyms(
    text: &str,
    names: &[String],
    language: &str,
) -> Result<()> {
    for name in names {
        let own = latin(name);
        let call = format!("{own}(");
        let is_called = text.match_indices(&call).any(|(at, _)| {
            !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
        });
        if is_called && function::is_name(&own) {
            let what = format!(
                "`{name}` beside the function `{own}` cannot be written in {language}"
            );
            return Err(ErrorKind::Unsupported(what).into());
        }
    }
    Ok(())
}
