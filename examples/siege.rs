//! Asks calcgrad requests at random, as the tests do, but as many as you like, and lists those
//! that break it: panics, aborts, lost or malformed records, internal errors, and what takes
//! more than five seconds or half a gigabyte.
//!
//! ```sh
//! cargo build --release && cargo run --release --example siege -- scalar|matrix SEED COUNT
//! cargo run --example siege -- scalar|matrix SEED COUNT list
//! ```
//!
//! With `list` the requests are written, a line for each, and nobody is asked.

use serde_json::Value;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

#[path = "../tests/suite/random.rs"]
mod random;
#[path = "../tests/suite/requests/mod.rs"]
mod requests;

use requests::{Kind, Limits, Runner, draw, listed};

/// How many requests are drawn at once.
const BLOCK: u64 = 1000;
/// Half a gigabyte, and what is set aside for stacks and never used.
const LIMITS: Limits = Limits { memory: 500_000 + 300_000, seconds: 5 };

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (words, lists) = match &words[..] {
        [words @ .., "list"] => (words, true),
        words => (words, false),
    };
    let asked = match words {
        [kind, seed, count] => {
            kind_of(kind).zip(seed.parse().ok()).zip(count.parse().ok())
        }
        _ => None,
    };
    let program = std::env::current_exe().ok();
    let program =
        program.and_then(|path| Some(path.parent()?.parent()?.join("calcgrad")));
    let (Some(((kind, seed), count)), Some(program)) = (asked, program) else {
        let _ =
            writeln!(std::io::stderr(), "usage: siege scalar|matrix SEED COUNT [list]");
        return ExitCode::from(2);
    };
    let time = Duration::from_secs(600);
    let runner = Runner { program, time, limits: Some(LIMITS) };
    let (seed, count): (u64, u64) = (seed, count);
    let mut total = 0;
    for block in 0..count.div_ceil(BLOCK) {
        let size = BLOCK.min(count - block * BLOCK) as usize;
        let requests = draw(kind, seed.wrapping_add(block), size);
        if lists {
            for request in requests {
                let _ = writeln!(std::io::stdout(), "{}", Value::Object(request));
            }
            continue;
        }
        let findings = runner.findings(&requests);
        total += findings.len();
        let _ = write!(std::io::stdout(), "{}", listed(&findings));
    }
    if !lists {
        let _ = writeln!(std::io::stdout(), "{count} requests, {total} findings");
    }
    ExitCode::from(u8::from(total > 0))
}

fn kind_of(word: &str) -> Option<Kind> {
    match word {
        "scalar" => Some(Kind::Scalar),
        "matrix" => Some(Kind::Matrix),
        _ => None,
    }
}
