//! The files of the page: all are served as they are, those of others are what they were when
//! they were taken in, and every language says the same.

use super::super::blocks;
use super::host::Host;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn web() -> PathBuf {
    blocks::root().join("web")
}

fn text(path: &str) -> String {
    std::fs::read_to_string(web().join(path)).expect("a file of the page")
}

/// The files below a folder, by their paths in it.
fn below(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let short = path.strip_prefix(folder).expect("a path in the folder");
            found.insert(short.display().to_string().replace('\\', "/"));
        }
    }
    found
}

#[test]
fn every_file_is_served_as_it_is() {
    let host = Host::start();
    let mut files = below(&web().join("page"));
    assert!(files.len() > 20);
    for path in &files {
        let said = host.ask(&format!("GET /{path}"), "", "");
        assert_eq!(said.status, 200, "{path}");
        let own = std::fs::read(web().join("page").join(path)).expect("a file");
        assert_eq!(said.body, own, "{path}");
        let kind = said.header("Content-Type").expect("a kind");
        let is_script = path.ends_with(".js") || path.ends_with(".mjs");
        assert_eq!(is_script, kind.starts_with("text/javascript"), "{path}: {kind}");
    }
    let engine = host.ask("GET /engine.js", "", "");
    assert_eq!(engine.text(), text("engine/native.js"));
    // Nothing else is in the table.
    files.insert("engine.js".to_owned());
    let table = std::fs::read_to_string(blocks::root().join("src/cli/serve/files.rs"));
    let table = table.expect("the table");
    let rows =
        table.lines().filter(|line| line.starts_with("    \"") && line.ends_with("\","));
    let rows = rows.filter_map(|line| line.split('"').nth(1)).map(str::to_owned);
    let rows: BTreeSet<String> = rows.filter(|row| row.contains('.')).collect();
    assert_eq!(rows, files);
}

#[test]
fn files_of_others_are_what_they_were() {
    let sums = text("vendor.sha256");
    let mut named = BTreeSet::new();
    for line in sums.lines() {
        let (sum, path) = line.split_once("  ").expect("a sum and a path");
        let bytes = std::fs::read(web().join(path)).expect("a file of others");
        let found: String =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, sum, "{path}");
        named.insert(path.strip_prefix("page/vendor/").expect("a place").to_owned());
    }
    assert_eq!(named, below(&web().join("page/vendor")));
    // They are those of the versions that are asked for.
    let package: Value = serde_json::from_str(&text("package.json")).expect("JSON");
    let version = package["devDependencies"]["mathlive"].as_str().expect("a version");
    let library = text("page/vendor/mathlive.min.mjs");
    assert!(library.starts_with(&format!("/** MathLive {version} */")));
    let lock: Value = serde_json::from_str(&text("package-lock.json")).expect("JSON");
    for (name, version) in package["devDependencies"].as_object().expect("versions") {
        let locked = &lock["packages"][format!("node_modules/{name}")];
        assert_eq!(&locked["version"], version, "{name}");
        assert!(
            locked["integrity"].as_str().is_some_and(|sum| sum.starts_with("sha512-"))
        );
    }
}

/// The words of a language.
fn words(code: &str) -> Map<String, Value> {
    let table = text(&format!("page/locale/{code}.json"));
    serde_json::from_str(&table).expect("a table of words")
}

#[test]
fn every_language_has_every_word_with_its_parts() {
    let english = words("en");
    let parts = |value: &Value| -> BTreeSet<String> {
        let text = value.as_str().expect("a text");
        let parts = text.split('{').skip(1).filter_map(|part| part.split('}').next());
        parts.map(str::to_owned).collect()
    };
    for code in ["vi", "zh"] {
        let own = words(code);
        let ids = |table: &Map<String, Value>| table.keys().cloned().collect::<Vec<_>>();
        assert_eq!(ids(&own), ids(&english), "{code}");
        for (id, value) in &own {
            assert_eq!(parts(value), parts(&english[id]), "{id} in {code}");
        }
    }
}

#[test]
fn every_word_that_is_said_is_there() {
    let english = words("en");
    let mut said = BTreeSet::new();
    let page = below(&web().join("page"));
    let own = page
        .iter()
        .filter(|path| !path.starts_with("vendor/") && !path.ends_with(".json"));
    for path in own {
        let source = text(&format!("page/{path}"));
        for mark in
            ["say(\"", "data-say=\"", "data-label=\"", "data-hint=\"", "title: \""]
        {
            for rest in source.split(mark).skip(1) {
                said.insert(rest.split('"').next().expect("an end").to_owned());
            }
        }
    }
    for id in &said {
        assert!(english.contains_key(id), "there is no word `{id}`");
    }
    // Those that are put together begin like this.
    let families = ["command_", "notation_", "tab_", "detail_", "shape_", "line_"];
    for id in english.keys() {
        let is_family = families.iter().any(|family| id.starts_with(family));
        let is_option =
            ["order", "of", "along", "from", "at", "given", "assume"].contains(&&id[..]);
        assert!(said.contains(id) || is_family || is_option, "nothing says `{id}`");
    }
}

/// The policy in the page is that of the server, but for what WebAssembly needs and for what only
/// a header can say.
#[test]
fn both_policies_are_one() {
    let host = Host::start();
    let said = host.ask("GET /", "", "");
    let header = said.header("Content-Security-Policy").expect("a policy").to_owned();
    let page = text("page/index.html");
    let mark = "http-equiv=\"Content-Security-Policy\" content=\"";
    let own = page.split(mark).nth(1).and_then(|rest| rest.split('"').next());
    let own = own.expect("a policy").replace(" 'wasm-unsafe-eval'", "");
    assert_eq!(header, format!("{own}; frame-ancestors 'none'"));
}
