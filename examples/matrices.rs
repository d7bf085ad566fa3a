//! Makes matrix formulas at random and runs the code of their derivatives against differences,
//! as the tests do, but as often as you like.
//!
//! ```sh
//! cargo run --release --example matrices -- SEED COUNT
//! ```

use std::io::Write;
use std::process::ExitCode;

#[path = "../tests/suite/array.rs"]
mod array;
#[path = "../tests/suite/axes.rs"]
mod axes;
#[path = "../tests/suite/functions.rs"]
mod functions;
#[path = "../tests/suite/interpreter.rs"]
mod interpreter;
#[path = "../tests/suite/matrices/mod.rs"]
mod matrices;
#[path = "../tests/suite/random.rs"]
mod random;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let (Some(Ok(seed)), Some(Ok(count))) = (numbers.next(), numbers.next()) else {
        let _ = writeln!(std::io::stderr(), "usage: matrices SEED COUNT");
        return ExitCode::from(2);
    };
    let tally = matrices::ask(seed, count as usize);
    let _ = writeln!(std::io::stdout(), "{tally}\n{count} formulas");
    ExitCode::from(u8::from(!tally.failures.is_empty()))
}
