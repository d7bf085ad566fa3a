//! Many requests in a stream: who waits is answered, what is hostile costs its own line only,
//! and what cannot be read or written is told.

use super::console::{self, calcgrad};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Output, Stdio};

fn run(line: &str, input: &[u8]) -> Output {
    console::run(&console::split(line), input)
}

fn records(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// A calcgrad to talk to.
struct Talk {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Talk {
    fn new(line: &str) -> Self {
        let mut child = calcgrad().args(console::split(line)).spawn().expect("it starts");
        let to = child.stdin.take().expect("a pipe");
        let from = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, to, from }
    }

    fn say(&mut self, text: &str) {
        self.to.write_all(text.as_bytes()).expect("it reads");
    }

    /// The next line; it hangs when nothing comes, which is what must not be.
    fn hear(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("a line");
        line
    }

    /// What is left, and how it ended.
    fn end(mut self) -> (String, Option<i32>) {
        drop(self.to);
        let mut rest = String::new();
        self.from.read_to_string(&mut rest).expect("text");
        (rest, self.child.wait().expect("it ends").code())
    }
}

#[test]
fn who_waits_for_an_answer_gets_it() {
    let mut batch = Talk::new("batch");
    for id in 0..50 {
        batch.say(&format!("{{\"id\": {id}, \"expr\": \"x^{id}\"}}\n"));
        assert!(batch.hear().starts_with(&format!("{{\"id\":{id},\"ok\":true")));
        // An answer does not wait for the request after it, even when that has begun.
        batch.say(&format!("{{\"id\": \"{id}\"}}\n  \n{{\"id\": 1, "));
        assert!(batch.hear().starts_with(&format!("{{\"id\":\"{id}\",\"ok\":false")));
        batch.say("\"expr\": \"x\"}\n");
        assert!(batch.hear().starts_with("{\"id\":1,\"ok\":true"));
    }
    assert_eq!(batch.end(), (String::new(), Some(0)));
    let mut points = Talk::new("batch --expr x^2");
    points.say("x\n");
    for x in 0..10 {
        points.say(&format!("{x}\n"));
        assert!(points.hear().contains(&format!("\"text\":\"{}\"", x * x)));
    }
    assert_eq!(points.end(), (String::new(), Some(0)));
    let mut grade = Talk::new("grade - --format csv");
    grade.say("id,expr,answer\n");
    assert!(grade.hear().starts_with("id,verdict"));
    for id in 0..10 {
        grade.say(&format!("{id},x^2,2x\n"));
        assert_eq!(grade.hear(), format!("{id},equal,1,2*x,\n"));
    }
    assert_eq!(grade.end(), (String::new(), Some(0)));
}

/// A hostile line, and how its record begins; one for each of so many kinds.
fn hostile(kind: usize) -> (Vec<u8>, &'static str) {
    let nested = |open: &str, count: usize| open.repeat(count).into_bytes();
    match kind {
        0 => (b"\xff\xfe{\"id\": 1}".to_vec(), "invalid_utf8"),
        1 => (b"{\"id\": 1, \"expr\": \"\0\"}".to_vec(), "invalid_request"),
        2 => (nested("[", 100_000), "invalid_request"),
        3 => (nested("{\"a\":", 100_000), "too_deep"),
        4 => (b"{\"expr\": \"x\", \"expr\": \"y\"}".to_vec(), "invalid_request"),
        5 => (b"{\"expr\": \"x\", \"order\": 1e400}".to_vec(), "invalid_request"),
        6 => (b"{\"expr\": \"1e999999999\"}".to_vec(), "number_too_large"),
        7 => (b"{\"expr\": \"x".to_vec(), "invalid_request"),
        8 => (nested("(", 9_000), "invalid_request"),
        9 => {
            let brackets = "(".repeat(9_000);
            (format!("{{\"expr\": \"{brackets}\"}}").into_bytes(), "too_deep")
        }
        10 => (b"\"expr\"\r".to_vec(), "invalid_request"),
        _ => (b"{\"expr\": \"x\", \"comand\": \"eval\"}".to_vec(), "invalid_request"),
    }
}

#[test]
fn hostile_lines_cost_their_own_record_only() {
    const COUNT: usize = 100_000;
    let mut input = b"\xef\xbb\xbf".to_vec();
    for id in 0..COUNT {
        if id % 1000 == 500 {
            input.extend(hostile(id / 1000 % 12).0);
        } else if id % 20 == 0 {
            input.extend(format!("{{\"id\": {id}, \"expr\": \"{id}*x\"}}").bytes());
        } else {
            input.extend(format!("{{\"id\": {id}}}").bytes());
        }
        // Blank lines have no records, and the last line has no end.
        let end = if id + 1 < COUNT { ["\n", "\r\n", "\n \n"][id % 3] } else { "" };
        input.extend(end.bytes());
    }
    let output = run("batch", &input);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let records = records(&output);
    assert_eq!(records.len(), COUNT);
    for (id, record) in records.iter().enumerate() {
        if id % 1000 == 500 {
            assert_eq!(record["error"]["kind"], hostile(id / 1000 % 12).1, "{record}");
            assert!(record["id"].is_null() && record["line"].is_u64(), "{record}");
            continue;
        }
        assert_eq!(record["id"], id, "{record}");
        assert_eq!(record["ok"], id % 20 == 0, "{record}");
        if id % 20 == 0 && id > 0 {
            assert_eq!(record["partials"][0]["text"], id.to_string(), "{record}");
        }
    }
}

#[test]
fn a_line_over_the_limit_is_one_record() {
    let most = calcgrad::syntax::MAX_BYTES;
    let request = "{\"id\": 2, \"expr\": \"x\"}";
    let fill = " ".repeat(most - request.len());
    let long = "x".repeat(3 * most);
    let input = format!("{long}\n{request}{fill}\n{request} {fill}\n{request}\n{long}");
    let records = records(&run("batch", input.as_bytes()));
    let kinds: Vec<_> = records.iter().map(|r| r["error"]["kind"].as_str()).collect();
    let too_long = Some("too_long");
    assert_eq!(kinds, [too_long, None, too_long, None, too_long]);
    let lines: Vec<_> = records.iter().filter_map(|r| r["line"].as_u64()).collect();
    assert_eq!(lines, [1, 3, 5]);
}

#[test]
fn an_open_quotation_mark_costs_its_own_row_only() {
    let mut input = String::from("x,name\n");
    for row in 0..1000 {
        let quote = if row % 10 == 3 { "\"" } else { "" };
        input.push_str(&format!("{row},{quote}n{row}\n"));
    }
    let records = records(&run("batch --expr x+1", input.as_bytes()));
    assert_eq!(records.len(), 1000);
    for (row, record) in records.iter().enumerate() {
        assert_eq!(record["ok"], row % 10 != 3, "{record}");
        match row % 10 {
            3 => assert_eq!(record["line"], row + 2, "{record}"),
            _ => {
                assert_eq!(record["value"]["text"], (row + 1).to_string());
                assert_eq!(record["extra"]["name"], format!("n{row}"));
            }
        }
    }
}

/// Numbers are exact, and an id comes back as it was sent.
#[test]
fn long_numbers_of_a_request_are_exact() {
    let digits = "0.12345678901234567890123456789";
    let id = "123456789012345678901234567890";
    let input = format!(
        "{{\"id\": {id}, \"command\": \"eval\", \"expr\": \"x*10^29\", \"at\": {{\"x\": {digits}}}}}"
    );
    let output = run("batch", input.as_bytes());
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with(&format!("{{\"id\":{id},\"ok\":true")), "{text}");
    assert!(text.contains("\"text\":\"12345678901234567890123456789\""), "{text}");
}

#[test]
fn what_cannot_be_read_is_told() {
    for line in ["batch", "batch --expr x", "grade", "verify-answers"] {
        let output = run(&format!("{line} src"), b"");
        assert_eq!(output.status.code(), Some(2), "{line}");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(errors.starts_with("error: src: ") || cfg!(windows), "{line}: {errors}");
        let output = run(&format!("{line} no-such-file"), b"");
        assert_eq!(output.status.code(), Some(2), "{line}");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(errors.starts_with("error: no-such-file: "), "{line}: {errors}");
    }
}

/// A device that is always full, where there is one.
fn full() -> Option<Stdio> {
    let device = Path::new("/dev/full");
    let file = std::fs::OpenOptions::new().write(true).open(device).ok()?;
    Some(file.into())
}

#[test]
fn what_cannot_be_written_is_told() {
    let requests = "{\"expr\": \"x\"}\n".repeat(3);
    for line in [
        "diff x^2",
        "gradient x*y",
        "eval 1/3 --format json",
        "simplify x+x",
        "equal x x --bare",
        "check x^2 --answer 2x",
        "taylor 'sin(x)' --format latex",
        "critical x^2",
        "functions",
        "functions sin",
        "completions bash",
        "man",
        "--help",
        "help diff",
        "--version",
        "batch",
        "grade examples/homework.csv",
        "grade examples/homework.csv --format csv",
        "verify-answers examples/pairs.jsonl",
    ] {
        let Some(device) = full() else { return };
        let mut child = calcgrad()
            .args(console::split(line))
            .stdout(device)
            .spawn()
            .expect("calcgrad starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // It may end before it has read everything.
        let _ = stdin.write_all(requests.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("calcgrad ends");
        assert_eq!(output.status.code(), Some(5), "{line}");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(errors.contains("error: standard output: "), "{line}: {errors}");
    }
    // Where messages cannot be written, the exit status is all that is left.
    for (line, status) in
        [("diff x^2+", 2), ("dif x", 2), ("diff --nope", 2), ("diff xy", 5)]
    {
        let Some(device) = full() else { return };
        let mut command = calcgrad();
        command.args(console::split(line)).stderr(device);
        let output = command.output().expect("calcgrad ends");
        assert_eq!(output.status.code(), Some(status), "{line}");
    }
}

#[cfg(unix)]
mod signals {
    use super::Talk;
    use std::process::Command;

    fn send(talk: &Talk, signal: &str) {
        let id = talk.child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().expect("kill runs");
        assert!(sent.success());
    }

    #[test]
    fn a_signal_ends_the_reading_and_not_the_answers() {
        for (signal, status) in [("-TERM", 143), ("-INT", 130)] {
            let mut talk = Talk::new("batch");
            let requests: String = (0..40)
                .map(|id| format!("{{\"id\": {id}, \"expr\": \"x^{id}*sin(x)\"}}\n"))
                .collect();
            // What a signal cuts off is no request.
            talk.say(&format!("{requests}{{\"id\": 40, \"expr\": \"x"));
            let first = talk.hear();
            assert!(first.starts_with("{\"id\":0,\"ok\":true"), "{first}");
            send(&talk, signal);
            for id in 1..40 {
                let line = talk.hear();
                assert!(
                    line.starts_with(&format!("{{\"id\":{id},\"ok\":true")),
                    "{line}"
                );
            }
            assert_eq!(talk.hear(), "");
            assert_eq!(talk.child.wait().expect("it ends").code(), Some(status));
        }
    }

    #[test]
    fn what_runs_long_is_not_waited_for() {
        // What started the tests may have told them to ignore a hangup.
        for (signal, status) in [("-TERM", 143), ("-QUIT", 131)] {
            let mut talk = Talk::new("batch");
            let powers: Vec<String> = (1..400).map(|k| format!("x^{k}")).collect();
            let long = format!("\"expr\": \"max({})\", \"order\": 4", powers.join(","));
            let requests: String =
                (1..60).map(|id| format!("{{\"id\": {id}, {long}}}\n")).collect();
            talk.say(&format!("{{\"id\": 0, \"expr\": \"x^2\"}}\n{requests}"));
            assert!(talk.hear().starts_with("{\"id\":0,\"ok\":true"));
            send(&talk, signal);
            // All of them take longer than the patience after a signal; what is answered
            // comes in order.
            let (rest, code) = talk.end();
            for (id, line) in (1..).zip(rest.lines()) {
                assert!(line.starts_with(&format!("{{\"id\":{id},")), "{line}");
            }
            assert_eq!(code, Some(status));
        }
    }

    #[test]
    fn grades_are_summed_up_after_a_signal() {
        let mut talk = Talk::new("grade - --format json --summary");
        talk.say("id,expr,answer\n1,x^2,2x\n");
        assert!(talk.hear().starts_with("{\"id\":\"1\",\"ok\":true"));
        send(&talk, "-TERM");
        assert!(talk.hear().starts_with("{\"summary\":{\"submissions\":1,"));
        assert_eq!(talk.hear(), "");
        assert_eq!(talk.child.wait().expect("it ends").code(), Some(143));
    }
}

#[test]
fn a_compressed_document_is_read() {
    let mut zip = GzEncoder::new(Vec::new(), Compression::default());
    zip.write_all(b"So \\calcgrad{x^2}.\n").expect("memory");
    let zipped = zip.finish().expect("memory");
    let found = run("filter", &zipped);
    assert_eq!(String::from_utf8_lossy(&found.stdout), "So \\frac{df}{dx} = 2 x.\n");
    assert_eq!(found.status.code(), Some(0));
}
