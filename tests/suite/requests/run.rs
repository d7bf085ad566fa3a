//! Asks calcgrad and judges its answers.

use super::Request;
use serde_json::Value;
use std::fmt;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How many requests one process is asked.
const CHUNK: usize = 100;
/// How often is looked whether a process has ended.
const PAUSE: Duration = Duration::from_millis(2);

/// What is wrong with an answer.
#[derive(Debug)]
pub(crate) struct Finding {
    request: Request,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request, what } = self;
        write!(f, "{what}: {}", Value::Object(request.clone()))
    }
}

/// A program that is asked, and what it may take for one request.
pub(crate) struct Runner {
    /// `calcgrad`.
    pub(crate) program: PathBuf,
    /// The longest time on the clock.
    pub(crate) time: Duration,
    /// What a shell limits, where there is one.
    pub(crate) limits: Option<Limits>,
}

/// What one process may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Kilobytes of addresses.
    pub(crate) memory: u64,
    /// Seconds of work, however busy the machine is.
    pub(crate) seconds: u64,
}

/// How one process ended.
struct End {
    records: Vec<String>,
    errors: String,
    /// `None` when it did not end in time.
    status: Option<ExitStatus>,
}

impl Runner {
    /// All that is wrong with the answers to the requests.
    pub(crate) fn findings(&self, requests: &[Request]) -> Vec<Finding> {
        requests.chunks(CHUNK).flat_map(|chunk| self.judge(chunk)).collect()
    }

    fn judge(&self, requests: &[Request]) -> Vec<Finding> {
        let end = self.ask(requests);
        let is_whole = end.records.len() == requests.len()
            && end.status.is_some_and(|status| status.success());
        if is_whole {
            let pairs = requests.iter().zip(&end.records);
            return pairs.filter_map(|(request, line)| wrong(request, line)).collect();
        }
        if let [request] = requests {
            let what = match end.status {
                None => format!("not answered in {:?}", self.time),
                Some(status) => {
                    let last = end.errors.lines().find(|line| !line.trim().is_empty());
                    format!("{status}, {}", last.unwrap_or("no record"))
                }
            };
            return vec![Finding { request: request.clone(), what }];
        }
        let (first, second) = requests.split_at(requests.len() / 2);
        let mut found = self.judge(first);
        found.extend(self.judge(second));
        found
    }

    /// Sends requests to a process of their own.
    fn ask(&self, requests: &[Request]) -> End {
        let mut child = self.start();
        let lines: String = requests
            .iter()
            .map(|request| format!("{}\n", Value::Object(request.clone())))
            .collect();
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        let writer = thread::spawn(move || drop(stdin.write_all(lines.as_bytes())));
        let output = reader(child.stdout.take().expect("standard output is a pipe"));
        let errors = reader(child.stderr.take().expect("standard error is a pipe"));
        let status = self.wait(&mut child);
        let _ = writer.join();
        let output = output.join().unwrap_or_default();
        End {
            records: output.lines().map(str::to_owned).collect(),
            errors: errors.join().unwrap_or_default(),
            status,
        }
    }

    fn start(&self) -> Child {
        let mut command = match self.limits {
            None => Command::new(&self.program),
            Some(Limits { memory, seconds }) => {
                let mut shell = Command::new("sh");
                let limits = format!("ulimit -v {memory} && ulimit -t {seconds}");
                let limited = format!("{limits} && exec \"$0\" \"$@\"");
                shell.arg("-c").arg(limited).arg(&self.program);
                shell
            }
        };
        command.arg("batch");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("calcgrad starts")
    }

    /// Waits as long as it may take; `None` when it did not end.
    fn wait(&self, child: &mut Child) -> Option<ExitStatus> {
        let start = Instant::now();
        while start.elapsed() < self.time {
            if let Ok(Some(status)) = child.try_wait() {
                return Some(status);
            }
            thread::sleep(PAUSE);
        }
        let _ = child.kill();
        let _ = child.wait();
        None
    }
}

fn reader(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// What is wrong with a record.
fn wrong(request: &Request, line: &str) -> Option<Finding> {
    let finding = |what: String| Some(Finding { request: request.clone(), what });
    let Ok(Value::Object(record)) = serde_json::from_str(line) else {
        return finding(format!("no object of JSON: {line}"));
    };
    if record.get("id") != request.get("id") {
        return finding(format!("out of order: {line}"));
    }
    let error = match (record.get("ok"), record.get("error")) {
        (Some(Value::Bool(true)), _) => return None,
        (Some(Value::Bool(false)), Some(error)) => error,
        _ => return finding(format!("neither an answer nor an error: {line}")),
    };
    match error.get("kind").and_then(Value::as_str) {
        Some("self_check" | "internal") => {
            finding(error.get("message").map(Value::to_string).unwrap_or_default())
        }
        Some(_) => None,
        None => finding(format!("an error without a kind: {line}")),
    }
}
