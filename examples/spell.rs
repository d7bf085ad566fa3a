//! Spells formulas at random and compares what calcgrad says with the trees behind them, as
//! the tests do, but as often as you like.
//!
//! ```sh
//! cargo run --release --example spell -- SEED COUNT [latex|python|sympy|mathematica|maxima]
//! ```

use calcgrad::session::Input;
use std::io::Write;
use std::process::ExitCode;

#[path = "../tests/suite/random.rs"]
mod random;
#[path = "../tests/suite/speller/mod.rs"]
mod speller;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let mut numbers = words.by_ref().take(2).map(|text| text.parse::<u64>());
    let (Some(Ok(seed)), Some(Ok(count))) = (numbers.next(), numbers.next()) else {
        let _ = writeln!(std::io::stderr(), "usage: spell SEED COUNT [NOTATION]");
        return ExitCode::from(2);
    };
    let input = match words.next().as_deref() {
        Some("latex") => Input::Latex,
        Some("python") => Input::Python,
        Some("sympy") => Input::Sympy,
        Some("mathematica") => Input::Mathematica,
        Some("maxima") => Input::Maxima,
        _ => Input::Text,
    };
    let failures = speller::differing(seed, count as usize, input);
    let list = speller::listed(&failures);
    let total = failures.len();
    let _ = writeln!(std::io::stdout(), "{list}\n{count} trees, {total} differences");
    ExitCode::from(u8::from(total > 0))
}
