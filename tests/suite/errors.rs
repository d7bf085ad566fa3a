//! Errors: files of blocks with the kind of the error, the rendering of each in a snapshot,
//! and a test that every kind has an input that causes it.
//!
//! ```text
//! --- name-of-the-block
//! $ diff --strict               (the arguments; the input goes to standard input)
//! the input
//! = kind                        (the kind in JSON)
//! ```

use super::blocks;
use super::console;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// Kinds whose inputs are too long to stand in a file; tests in `limits` cause them.
const LONG: [&str; 4] = ["too_deep", "too_long", "too_many_nodes", "output_too_long"];

struct Block {
    name: String,
    arguments: String,
    input: String,
    kind: String,
}

fn read(path: &Path) -> Vec<Block> {
    let text = std::fs::read_to_string(path).expect("a file of errors");
    let block = |(name, lines): (&str, Vec<&str>)| {
        let (mut arguments, mut kind) = (None, None);
        let mut input = Vec::new();
        for line in lines {
            if let Some(rest) = line.strip_prefix("$ ") {
                arguments = Some(rest.to_owned());
            } else if let Some(rest) = line.strip_prefix("= ") {
                kind = Some(rest.to_owned());
            } else {
                input.push(line);
            }
        }
        Block {
            name: name.to_owned(),
            arguments: arguments.unwrap_or_else(|| "diff".to_owned()),
            input: input.join("\n"),
            kind: kind.unwrap_or_else(|| panic!("{name}: no kind")),
        }
    };
    blocks::pieces(&text).into_iter().map(block).collect()
}

fn all() -> Vec<std::path::PathBuf> {
    blocks::files(&blocks::root().join("tests/cases/errors"), "calc")
}

/// The kind that JSON names.
fn kind(block: &Block) -> String {
    let json = format!("{} --format json", block.arguments);
    let output = console::run(&console::split(&json), block.input.as_bytes());
    let answer: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("an error in JSON");
    assert_eq!(answer["ok"], false, "{}: {answer}", block.name);
    let span = answer["error"]["span"].as_array();
    if let Some(span) = span {
        let at = |k: usize| span[k].as_u64().expect("a place") as usize;
        assert!(at(0) <= at(1) && at(1) <= block.input.len(), "{}: {answer}", block.name);
    }
    answer["error"]["kind"].as_str().expect("a kind").to_owned()
}

#[test]
fn errors_are_rendered() {
    for path in all() {
        let mut rendered = String::new();
        for block in read(&path) {
            assert_eq!(kind(&block), block.kind, "{}", block.name);
            let words = console::split(&block.arguments);
            let output = console::run(&words, block.input.as_bytes());
            assert!(output.stdout.is_empty(), "{}: an answer", block.name);
            let status = output.status.code().unwrap_or(-1);
            let stderr = String::from_utf8_lossy(&output.stderr);
            let _ = writeln!(rendered, "--- {}", block.name);
            let _ = writeln!(rendered, "{}\nexit status {status}\n", stderr.trim_end());
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../snapshots/errors");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = path.file_name().expect("a name").to_string_lossy();
        settings.bind(|| insta::assert_snapshot!(&*name, rendered));
    }
}

#[test]
fn every_kind_has_an_input() {
    let source = std::fs::read_to_string(blocks::root().join("src/error.rs"));
    let source = source.expect("the errors");
    let kinds: BTreeSet<String> = source
        .lines()
        .filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\","))
        .map(str::to_owned)
        .collect();
    assert!(kinds.len() > 20, "{kinds:?}");
    let mut known: BTreeSet<String> = LONG.map(str::to_owned).into();
    for path in all() {
        known.extend(read(&path).into_iter().map(|block| block.kind));
    }
    let by_hand =
        ["invalid_utf8", "invalid_request", "self_check", "internal"].map(str::to_owned);
    known.extend(by_hand);
    assert_eq!(kinds, known, "each kind of error needs a block in tests/cases/errors");
}
