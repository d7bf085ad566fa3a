//! A `calcgrad serve` to talk to, byte by byte.

use super::super::console::calcgrad;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};

/// A program that serves the page, on a port that it chose.
pub(super) struct Host {
    child: Child,
    pub(super) port: u16,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Host {
    pub(super) fn start() -> Self {
        let mut child =
            calcgrad().args(["serve", "--port", "0"]).spawn().expect("it starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("an address");
        let port = line.trim().strip_prefix("http://127.0.0.1:");
        let port = port.and_then(|port| port.strip_suffix('/')).expect("an address");
        Self { child, port: port.parse().expect("a port") }
    }

    pub(super) fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).expect("it listens")
    }

    /// Sends bytes as they are; `None` when nothing comes back.
    pub(super) fn send(&self, bytes: &[u8]) -> Option<Said> {
        let mut stream = self.connect();
        // What is too long may be refused before all of it was sent.
        let _ = stream.write_all(bytes);
        heard(&mut stream)
    }

    /// Sends a request with these headers besides `Host`.
    pub(super) fn ask(&self, line: &str, headers: &str, body: &str) -> Said {
        let port = self.port;
        let head = format!("{line} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n");
        self.send((head + body).as_bytes()).expect("an answer")
    }

    /// Posts a request of a batch.
    pub(super) fn answer(&self, request: &str) -> Said {
        let length = request.len();
        let headers =
            format!("Content-Type: application/json\r\nContent-Length: {length}\r\n");
        self.ask("POST /answer", &headers, request)
    }

    /// Ends it by a signal; what it wrote to standard error, and its exit status.
    pub(super) fn end(mut self, signal: &str) -> (String, Option<i32>) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().expect("kill runs");
        assert!(sent.success());
        let status = self.child.wait().expect("it ends").code();
        let mut said = String::new();
        let mut stderr = self.child.stderr.take().expect("a pipe");
        stderr.read_to_string(&mut said).expect("text");
        (said, status)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What comes back on a connection.
pub(super) fn heard(stream: &mut TcpStream) -> Option<Said> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8(bytes[..end].to_vec()).expect("headers are text");
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Said { status, head, body: bytes[end + 4..].to_vec() })
}

impl Said {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut own = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        own.next().map(|(_, value)| value)
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }
}
