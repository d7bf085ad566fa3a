//! Console sessions: `$ calcgrad …` lines with what they print.
//!
//! ```text
//! $ calcgrad diff "x^2" --wrt x
//! < standard input, with \n for line ends   (optional)
//! df/dx = 2*x
//! ! a line of standard error
//! ? exit status                             (0 when it is not there)
//! ```

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// One command of a session with what it should give.
#[derive(Clone, Debug, Default)]
pub(crate) struct Step {
    pub(crate) line: String,
    pub(crate) input: String,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

/// The calcgrad that is tested, away from the environment of whoever tests.
pub(crate) fn calcgrad() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcgrad"));
    command.env_remove("NO_COLOR").env("TERM", "xterm");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs calcgrad with arguments and standard input.
pub(crate) fn run(arguments: &[String], input: &[u8]) -> Output {
    let mut command = calcgrad();
    command.args(arguments);
    fed(command, input)
}

/// Runs a command with standard input.
pub(crate) fn fed(mut command: Command, input: &[u8]) -> Output {
    let mut child = command.spawn().expect("calcgrad starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("calcgrad ends");
    let _ = writer.join();
    output
}

/// Splits a line as a shell does: blanks, single and double quotes, backslashes.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            ' ' => words.extend(word.take()),
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                while let Some(d) = chars.next().filter(|d| *d != c) {
                    match d {
                        // There it stands for itself, but before what it escapes.
                        '\\' if c == '"' => {
                            let next = chars.clone().next();
                            let next =
                                next.filter(|d| matches!(d, '"' | '\\' | '$' | '`'));
                            if next.is_some() {
                                chars.next();
                            }
                            word.push(next.unwrap_or('\\'));
                        }
                        _ => word.push(d),
                    }
                }
            }
            '\\' => word.get_or_insert_default().extend(chars.next()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The steps of a session; lines before the first `$` are comments.
pub(crate) fn read(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step { line: command.to_owned(), ..Step::default() });
            continue;
        }
        let Some(step) = steps.last_mut() else { continue };
        if let Some(input) = line.strip_prefix("< ") {
            step.input = input.replace("\\n", "\n");
        } else if let Some(error) = line.strip_prefix('!') {
            step.stderr.push_str(error.strip_prefix(' ').unwrap_or(error));
            step.stderr.push('\n');
        } else if let Some(status) = line.strip_prefix("? ") {
            step.status = status.parse().expect("an exit status is a number");
        } else {
            step.stdout.push_str(line);
            step.stdout.push('\n');
        }
    }
    steps
}

/// Runs the steps of a session and compares what they print, blank ends aside.
pub(crate) fn check(name: &str, text: &str) {
    let tidy = |text: &str| {
        let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
        lines.join("\n")
    };
    let steps = read(text);
    for step in &steps {
        let words = split(&step.line);
        assert_eq!(words[0], "calcgrad", "{name}: {}", step.line);
        let output = run(&words[1..], step.input.as_bytes());
        let stdout = String::from_utf8_lossy(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(tidy(&stdout), tidy(&step.stdout), "{name}: {}\n{stderr}", step.line);
        assert_eq!(tidy(&stderr), tidy(&step.stderr), "{name}: {}", step.line);
        assert_eq!(output.status.code(), Some(step.status), "{name}: {}", step.line);
    }
}
