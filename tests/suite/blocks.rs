//! Case files: named blocks of a command, a formula and what is expected.
//!
//! ```text
//! --- name-of-the-block
//! given x > 0, n integer          (optional: assumptions)
//! diff x,y: first line            (or `diff:`, `diff x order 3:`, `mixed x,x,y:`,
//! more lines of the program        `eval x=1,y=2:`)
//! = exact text                    (one for each answer, in order)
//! ~ equivalent formula            (compared by its values)
//! unchecked                       (no values to compare with)
//! ```

use calcgrad::syntax::parse_names;
use std::path::{Path, PathBuf};

/// What a block asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Command {
    /// Derivatives of an order in each variable; all variables when none is named.
    Diff { wrt: Vec<String>, order: u32 },
    /// One mixed derivative.
    Mixed(Vec<String>),
    /// The value at a point.
    Eval(String),
}

/// An expected answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expected {
    /// This text exactly.
    Exact(String),
    /// Anything with the values of this formula.
    Equivalent(String),
}

/// One named block.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) name: String,
    pub(crate) given: String,
    pub(crate) command: Command,
    pub(crate) text: String,
    pub(crate) expected: Vec<Expected>,
    pub(crate) unchecked: bool,
}

/// Names separated by commas.
fn names(text: &str) -> Vec<String> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    parse_names(text).expect("names of variables")
}

fn command(head: &str) -> Command {
    let (verb, rest) = head.split_once(' ').unwrap_or((head, ""));
    match verb {
        "diff" => {
            let (wrt, order) = rest.split_once("order ").unwrap_or((rest, "1"));
            let order = order.trim().parse().expect("an order is a number");
            Command::Diff { wrt: names(wrt), order }
        }
        "mixed" => Command::Mixed(names(rest)),
        "eval" => Command::Eval(rest.to_owned()),
        other => panic!("there is no command `{other}` in case files"),
    }
}

fn block(name: &str, lines: &[&str]) -> Block {
    let mut given = String::new();
    let mut head = None;
    let mut text: Vec<&str> = Vec::new();
    let mut expected = Vec::new();
    let mut unchecked = false;
    for line in lines {
        if let Some(rest) = line.strip_prefix("given ") {
            given = rest.to_owned();
        } else if let Some(rest) = line.strip_prefix("= ") {
            expected.push(Expected::Exact(rest.to_owned()));
        } else if let Some(rest) = line.strip_prefix("~ ") {
            expected.push(Expected::Equivalent(rest.to_owned()));
        } else if *line == "unchecked" {
            unchecked = true;
        } else if head.is_none() {
            let (before, after) =
                line.split_once(':').unwrap_or_else(|| panic!("{name}: no command"));
            head = Some(command(before));
            text.push(after.trim_start());
        } else {
            text.push(line);
        }
    }
    let text = text.join("\n").trim_end().to_owned();
    let command = head.unwrap_or_else(|| panic!("{name}: no command"));
    Block { name: name.to_owned(), given, command, text, expected, unchecked }
}

/// The pieces of a text that begin with `--- name`.
pub(crate) fn pieces(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            assert!(
                found.iter().all(|(known, _)| *known != name),
                "two blocks are called {name}"
            );
            found.push((name, Vec::new()));
        } else if let Some((_, lines)) = found.last_mut() {
            lines.push(line);
        }
    }
    for (_, lines) in &mut found {
        while lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
    }
    found
}

/// The blocks of a file.
pub(crate) fn read(path: &Path) -> Vec<Block> {
    let text = std::fs::read_to_string(path).expect("a case file can be read");
    pieces(&text).into_iter().map(|(name, lines)| block(name, &lines)).collect()
}

/// The folder of the package.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder with an extension, sorted.
pub(crate) fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
