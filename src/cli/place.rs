//! The point at which an answer holds, as it stands behind it.

use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Point, Settings};

/// What stands behind an answer at a point.
pub(crate) fn place(at: &Point, notation: Notation) -> String {
    if at.is_empty() {
        return String::new();
    }
    if notation == Notation::Text {
        let pairs: Vec<String> =
            at.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        return format!(" at {}", pairs.join(", "));
    }
    let mut engine = Engine::default();
    let mut latex = |text: &str, declared: Vec<String>| {
        let settings = Settings { declared, ..Settings::default() };
        let read = engine.read(text, &settings);
        let written =
            read.and_then(|found| print::write(&engine.pool, found.roots[0], notation));
        written.unwrap_or_else(|_| text.to_owned())
    };
    let pairs: Vec<String> = at
        .iter()
        .map(|(name, value)| {
            format!("{} = {}", latex(name, vec![name.clone()]), latex(value, Vec::new()))
        })
        .collect();
    format!(" \\quad ({})", pairs.join(", "))
}
