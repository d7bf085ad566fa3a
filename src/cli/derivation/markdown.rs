//! Derivations in Markdown, as pages with mathematics in dollars show it.

use super::super::output::Output;
use super::latex;
use calcgrad::locale::Locale;
use calcgrad::steps::Derivation;

/// Writes derivations, each as a formula on lines of its own.
pub(super) fn write(told: &[Derivation], locale: Locale, output: &mut Output) {
    for (place, derivation) in told.iter().enumerate() {
        if place > 0 {
            output.plain("");
        }
        output.plain(&format!("$$\n{}\n$$", latex::block(derivation, locale, "aligned")));
    }
}
