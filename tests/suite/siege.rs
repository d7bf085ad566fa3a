//! Requests at random, some of each kind: each is answered, and none breaks calcgrad.

use super::requests::{Kind, Limits, Runner, draw, listed};
use std::path::PathBuf;
use std::time::Duration;

fn assert_harmless(kind: Kind, seed: u64, count: usize) {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_calcgrad"));
    // A debug build is slow, and has much of its stack in each call.
    let limits =
        cfg!(target_os = "linux").then_some(Limits { memory: 4_000_000, seconds: 60 });
    let runner = Runner { program, time: Duration::from_secs(600), limits };
    let findings = runner.findings(&draw(kind, seed, count));
    assert!(findings.is_empty(), "\n{}", listed(&findings));
}

#[test]
fn scalar_requests_do_no_harm() {
    assert_harmless(Kind::Scalar, 1, 400);
}

#[test]
fn matrix_requests_do_no_harm() {
    assert_harmless(Kind::Matrix, 1, 200);
}
