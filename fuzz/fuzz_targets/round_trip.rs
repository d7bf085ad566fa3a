//! Any text either gets a clean error or derivatives that read back as what they are.
//!
//! What is held to: nothing panics or hangs; no answer fails its self-check; every text that
//! is printed parses to the handle it was printed from.

#![no_main]

use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Form, Formula, Settings, parse_point};
use calcgrad::{Error, ErrorKind};
use libfuzzer_sys::{Corpus, fuzz_target};

/// Longer inputs find nothing that shorter ones do not.
const MAX_LENGTH: usize = 200;
/// Longer answers are not read back, to keep the speed, and what costs a reader more is not
/// written without names for its repeated parts.
const MAX_TEXT: usize = 20_000;
const MAX_COST: u32 = 100_000;
/// The most variables in which an input is differentiated.
const MAX_VARIABLES: usize = 12;

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(data) else { return Corpus::Reject };
    if text.len() > MAX_LENGTH {
        return Corpus::Reject;
    }
    let mut engine = Engine::default();
    let formula = match engine.read(text, &Settings::default()) {
        Ok(formula) => formula,
        Err(error) => {
            refuse(&error);
            return Corpus::Keep;
        }
    };
    for root in &formula.roots {
        round_trip(&mut engine, *root, "the formula");
    }
    differentiate(&mut engine, &formula);
    Corpus::Keep
});

fn differentiate(engine: &mut Engine, formula: &Formula) {
    let variables = engine.variables(&formula.roots);
    if variables.len() > MAX_VARIABLES {
        return;
    }
    for (form, order) in
        [(Form::Auto, 1), (Form::Raw, 1), (Form::Expanded, 1), (Form::Auto, 2)]
    {
        match engine.partials(formula, &variables, order, form) {
            Ok(found) => {
                for partial in &found.partials {
                    for value in &partial.values {
                        round_trip(
                            engine,
                            *value,
                            &format!("{form:?} {:?}", partial.wrt),
                        );
                    }
                }
            }
            Err(error) => {
                refuse(&error);
                return;
            }
        }
    }
    let at: Vec<String> = variables.iter().map(|name| format!("{name}=1/2")).collect();
    let Ok(point) = parse_point(&at.join(",")) else { return };
    match engine.at_point(&formula.roots, &point) {
        Ok(values) => {
            for value in values {
                round_trip(engine, value, "the value");
            }
        }
        Err(error) => refuse(&error),
    }
}

/// An error is clean unless it is a mistake of calcgrad's own.
fn refuse(error: &Error) {
    assert!(!matches!(error.kind, ErrorKind::SelfCheck { .. }), "SELF-CHECK: {error}");
}

fn round_trip(engine: &mut Engine, id: ExprId, what: &str) {
    if engine.pool.cost(id) > MAX_COST {
        return;
    }
    if let Err(error) = print::write(&engine.pool, id, Notation::Latex) {
        refuse(&error);
    }
    let Ok(text) = print::write(&engine.pool, id, Notation::Text) else { return };
    if text.len() > MAX_TEXT || text.contains("undefined") {
        return;
    }
    let settings = Settings::default();
    match engine.read(&text, &settings) {
        Ok(again) if again.roots == [id] => {}
        Ok(again) => {
            let other: Vec<String> = again
                .roots
                .iter()
                .map(|id| {
                    print::write(&engine.pool, *id, Notation::Text).unwrap_or_default()
                })
                .collect();
            panic!("ROUND TRIP of {what}: `{text}` reads back as {other:?}");
        }
        Err(error) => panic!("ROUND TRIP of {what}: `{text}` is refused: {error}"),
    }
}
