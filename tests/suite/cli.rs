//! The command line: console files, and what they cannot say: colours, closed pipes, bytes.

use super::blocks;
use super::console::{self, calcgrad};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Output;

fn run(line: &str, input: &[u8]) -> Output {
    console::run(&console::split(line), input)
}

fn stdout(line: &str) -> String {
    let output = run(line, b"");
    assert!(output.status.success(), "{line}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn sessions() {
    let files = blocks::files(&blocks::root().join("tests/cases/cli"), "console");
    assert!(!files.is_empty());
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a console file");
        console::check(&path.display().to_string(), &text);
    }
}

#[test]
fn colours_are_asked_for() {
    let arguments = ["diff", "x^2", "--color"];
    let stdout = |choice: &str, no_color: bool| {
        let mut command = calcgrad();
        command.args(arguments).arg(choice);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let output = command.output().expect("calcgrad runs");
        String::from_utf8(output.stdout).expect("text")
    };
    assert!(stdout("always", false).contains("\u{1b}["));
    assert_eq!(stdout("never", false), "df/dx = 2*x\n");
    assert_eq!(stdout("auto", false), "df/dx = 2*x\n");
    assert_eq!(stdout("auto", true), "df/dx = 2*x\n");
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let request = "{\"expr\": \"x^2*y\", \"wrt\": [\"x\", \"y\"]}\n";
    for arguments in [vec!["batch"], vec!["functions"], vec!["man"]] {
        let mut child = calcgrad().args(&arguments).spawn().expect("calcgrad starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let writer = std::thread::spawn(move || {
            (0..20_000).try_for_each(|_| stdin.write_all(request.as_bytes()))
        });
        let mut line = String::new();
        let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
        reader.read_line(&mut line).expect("a line");
        assert!(!line.is_empty());
        drop(reader);
        let _ = writer.join();
        let mut errors = String::new();
        let mut stderr = child.stderr.take().expect("a pipe");
        stderr.read_to_string(&mut errors).expect("text");
        let status = child.wait().expect("calcgrad ends");
        assert_eq!(errors, "", "{arguments:?}");
        assert!(status.success(), "{arguments:?}: {status}");
    }
}

#[test]
fn bytes_that_are_not_text_are_refused() {
    let output = run("diff -", b"x^2 + \xff\xfe");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not valid UTF-8"));
    let output = run("batch", b"\xff\n{\"id\": 1, \"expr\": \"x\"}\n");
    let text = String::from_utf8(output.stdout).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].contains("\"invalid_utf8\""), "{text}");
    assert!(lines[1].contains("\"ok\":true"), "{text}");
}

#[test]
fn a_long_batch_is_answered_in_order() {
    let mut input = String::new();
    for id in 0..2_000 {
        let expr = if id % 7 == 3 { "x + * 2".to_owned() } else { format!("x^{id}") };
        input.push_str(&format!(
            "{{\"id\": {id}, \"expr\": \"{expr}\", \"wrt\": \"x\"}}\n"
        ));
    }
    let output = run("batch", input.as_bytes());
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.lines().count(), 2_000);
    for (id, line) in text.lines().enumerate() {
        let answer: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(answer["id"], id, "{line}");
        assert_eq!(answer["ok"], id % 7 != 3, "{line}");
    }
}

#[test]
fn an_answer_does_not_depend_on_the_batch_before_it() {
    let texts =
        ["ln(e^x + e^y)", "x^y*sin(z)", "f(x(t), y(t))", "sqrt(x^2 + y^2)/z", "y + x"];
    let line = |text: &str| format!("{{\"expr\": \"{text}\"}}\n");
    let alone: Vec<String> = texts
        .iter()
        .map(|text| {
            let output = run("batch", line(text).as_bytes());
            String::from_utf8(output.stdout).expect("text")
        })
        .collect();
    let together: String = texts.iter().rev().map(|text| line(text)).collect();
    let output = run("batch", together.as_bytes());
    let expected: String = alone.iter().rev().map(String::as_str).collect();
    assert_eq!(String::from_utf8(output.stdout).expect("text"), expected);
}

#[test]
fn help_and_manual_and_completions() {
    let help = stdout("help diff");
    assert!(help.contains("Examples:") && help.contains("--wrt"), "{help}");
    assert!(stdout("--version").starts_with("calcgrad "));
    assert!(stdout("man").contains(".TH calcgrad"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(stdout(&format!("completions {shell}")).contains("calcgrad"), "{shell}");
    }
    let table = stdout("functions");
    for (_, row) in calcgrad::function::rows() {
        assert!(table.contains(row.about), "{}", row.name);
    }
}

/// Examples in the help texts do what they promise.
#[test]
fn examples_in_help_run() {
    let commands =
        ["diff", "gradient", "eval", "functions", "simplify", "expand", "factor"];
    for command in commands.into_iter().chain(["equal", "check", "plot"]) {
        let help = stdout(&format!("help {command}"));
        let examples =
            help.lines().filter_map(|line| line.trim().strip_prefix("calcgrad "));
        let mut count = 0;
        for example in examples {
            let output = run(example, b"");
            assert!(output.status.success(), "calcgrad {example}");
            assert!(!output.stdout.is_empty(), "calcgrad {example}");
            count += 1;
        }
        assert!(count > 0, "{command} has no example");
    }
}
