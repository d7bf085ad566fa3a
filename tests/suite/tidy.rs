//! The house rules, read off the files: imports point down, files are short, nothing is left
//! hanging, and what documents show is what comes out.

use super::{blocks, console};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The floor of each module of the library; modules of one floor do not see each other,
/// except on floor 0, which is one foundation.
const FLOORS: [(&str, u8); 19] = [
    ("span", 0),
    ("error", 0),
    ("locale", 0),
    ("kernel", 0),
    ("derivation", 1),
    ("function", 1),
    ("syntax", 2),
    ("evaluate", 2),
    ("polynomial", 2),
    ("calculus", 3),
    ("simplify", 3),
    ("print", 3),
    ("check", 4),
    ("series", 4),
    ("extrema", 4),
    ("matrix", 4),
    ("steps", 4),
    ("plot", 4),
    ("session", 5),
];

fn floor(module: &str) -> u8 {
    let found = FLOORS.iter().find(|(name, _)| *name == module);
    found.unwrap_or_else(|| panic!("`{module}` has no floor")).1
}

/// Source files with their path in the package and their text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = blocks::root();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let short = path.strip_prefix(&root).expect("a path in the package");
        (short.display().to_string().replace('\\', "/"), text)
    };
    blocks::files(&root.join(folder), "rs").into_iter().map(read).collect()
}

/// The module of the library in which a file stands; `None` for lib.rs and the binary.
fn module(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let first = inside.split(['/', '.']).next()?;
    (!["lib", "main", "cli"].contains(&first)).then_some(first)
}

/// The modules that a file names after `crate::`.
fn imports(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for rest in line.split("crate::").skip(1) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            found.insert(&rest[..end.unwrap_or(rest.len())]);
        }
    }
    found
}

#[test]
fn imports_point_down() {
    for (path, text) in sources("src") {
        let Some(own) = module(&path) else { continue };
        for other in imports(&text).into_iter().filter(|other| *other != own) {
            let (here, there) = (floor(own), floor(other));
            let allowed = there < here || (here == 0 && there == 0);
            assert!(allowed, "{path} (floor {here}) uses {other} (floor {there})");
        }
    }
}

#[test]
fn the_command_line_uses_the_public_library() {
    for (path, text) in sources("src") {
        if path.starts_with("src/cli/") || path == "src/main.rs" {
            assert!(imports(&text).is_empty(), "{path} uses `crate::`");
        } else {
            assert!(!text.contains("cli::"), "{path} knows the command line");
        }
        let colours = text.contains("colored");
        assert!(!colours || path == "src/cli/theme.rs", "{path} knows colours");
    }
}

/// The page in a browser has no terminal: what is left out there is named only by what is, too.
#[test]
fn the_engine_of_the_page_stands_alone() {
    let sources = sources("src/cli");
    let root = sources.iter().find(|(path, _)| path == "src/cli/mod.rs");
    let root = &root.expect("the root of the command").1;
    let gate = "#[cfg(not(target_family = \"wasm\"))]\nmod ";
    let gated: Vec<&str> =
        root.split(gate).skip(1).filter_map(|rest| rest.split(';').next()).collect();
    assert!(!gated.is_empty());
    let is_inside = |path: &str, name: &str| {
        path.starts_with(&format!("src/cli/{name}/"))
            || path == format!("src/cli/{name}.rs")
    };
    for (path, text) in &sources {
        if path == "src/cli/mod.rs" || gated.iter().any(|name| is_inside(path, name)) {
            continue;
        }
        for name in &gated {
            let is_named = text.contains(&format!("::{name}::"));
            assert!(!is_named, "{path} names {name}, which the page is built without");
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    for folder in ["src", "tests", "benches", "examples"] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            assert!(lines <= 600, "{path} has {lines} lines");
            let example = folder == "examples";
            assert!(
                example || text.starts_with("//! "),
                "{path} does not begin with //!"
            );
        }
    }
}

#[test]
fn nothing_is_left_hanging() {
    let marks = ["TO", "FIX", "XX"].iter().zip(["DO", "ME", "X"]);
    let marks: Vec<String> = marks.map(|(a, b)| format!("{a}{b}")).collect();
    for (path, text) in sources("src").into_iter().chain(sources("tests")) {
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{path}: {mark}");
        }
        assert!(!text.contains(concat!("db", "g!(")), "{path}");
        assert!(!text.contains(concat!("#[igno", "re")), "{path}");
    }
    for (path, text) in sources("src") {
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or(line);
            let unfinished = concat!("to", "do!(");
            for word in [".unwrap()", ".expect(", "panic!(", "unreachable!(", unfinished]
            {
                assert!(!code.contains(word), "{path}:{}: {word}", number + 1);
            }
        }
    }
}

/// Where the snapshot of a case file is kept.
fn snapshot(case: &Path) -> PathBuf {
    let topic = case.parent().and_then(Path::file_name).expect("a topic");
    let file = case.file_name().expect("a name").to_string_lossy();
    blocks::root().join("snapshots").join(topic).join(format!("{file}.snap"))
}

#[test]
fn every_snapshot_has_its_case() {
    let cases = blocks::files(&blocks::root().join("tests/cases"), "calc");
    // Identities have verdicts and no looks.
    let has_looks =
        |case: &&PathBuf| !case.parent().is_some_and(|p| p.ends_with("equal"));
    let cases = cases.iter().filter(has_looks);
    let expected: BTreeSet<PathBuf> = cases.map(|case| snapshot(case)).collect();
    let kept = blocks::files(&blocks::root().join("snapshots"), "snap");
    let kept: BTreeSet<PathBuf> = kept.into_iter().collect();
    assert_eq!(expected, kept, "snapshots and cases");
    let waiting = blocks::files(&blocks::root().join("snapshots"), "new");
    assert!(waiting.is_empty(), "{waiting:?}");
}

/// The fenced blocks of a document that begin with a command of calcgrad.
fn sessions(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for block in text.split("```").skip(1).step_by(2) {
        let body = block.split_once('\n').map_or("", |(_, body)| body);
        if body.starts_with("$ calcgrad") {
            found.push(body.to_owned());
        }
    }
    found
}

/// The documents with examples: those of the package, and the chapters of the book.
fn documents() -> Vec<String> {
    let own = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(str::to_owned);
    let chapters = blocks::files(&blocks::root().join("docs"), "md");
    assert!(chapters.len() > 5, "the book has chapters");
    let chapters = chapters.into_iter().map(|path| path.display().to_string());
    own.into_iter().chain(chapters).collect()
}

#[test]
fn documents_show_what_comes_out() {
    for name in documents() {
        let text =
            std::fs::read_to_string(blocks::root().join(&name)).expect("a document");
        for session in sessions(&text) {
            console::check(&name, &session);
        }
    }
}
