//! Which requests are answered, and that nothing that is sent ends the program.

use super::super::console;
use super::super::random::Random;
use super::host::{Host, heard};
use std::io::Write;

#[test]
fn a_request_is_answered_as_in_a_batch() {
    let host = Host::start();
    for request in [
        "{\"expr\":\"x^2*y\",\"wrt\":\"x\"}",
        "{\"id\":7,\"command\":\"read\",\"expr\":\"\\\\frac{x}{2}\",\"format\":\"mathml\"}",
        "{\"expr\":\"x +\"}",
        "{\"command\":\"serve\",\"expr\":\"x\"}",
        "{\"expr\":\"x^2\",\"lang\":\"vi\",\"shown\":true}",
        "[]",
        "",
    ] {
        let said = host.answer(request);
        assert_eq!(said.status, 200, "{request}: {said:?}");
        let line = format!("{request}\n");
        let batch = console::run(&["batch".to_owned()], line.as_bytes());
        // A blank line of a batch has no record.
        let expected = match request {
            "" => "{\"line\":1,\"ok\":false,\"error\":{\"kind\":\"invalid_request\",\
                   \"message\":\"this is no JSON object: EOF while parsing a value\",\
                   \"help\":\"a line is an object, as `{\\\"expr\\\": \\\"x^2\\\"}`\"}}\n"
                .to_owned(),
            _ => String::from_utf8(batch.stdout).expect("text"),
        };
        assert_eq!(said.text(), expected.trim_end(), "{request}");
    }
}

#[test]
fn nothing_is_written() {
    let host = Host::start();
    let path = std::env::temp_dir().join(format!("calcgrad-{}.svg", host.port));
    let place = path.display().to_string();
    for field in ["output", "config", "file"] {
        for command in
            ["plot", "graph", "diff", "man", "filter", "grade", "batch", "repl"]
        {
            let request =
                serde_json::json!({ "command": command, "expr": "x", field: place });
            let said = host.answer(&request.to_string());
            assert!(said.text().contains("\"ok\":false"), "{request}: {}", said.text());
            assert!(!path.exists(), "{request}");
        }
    }
}

#[test]
fn what_the_page_would_not_send_is_refused() {
    let host = Host::start();
    let json = "Content-Type: application/json\r\n";
    let body = "{\"expr\":\"x\"}";
    let posted = format!("{json}Content-Length: {}\r\n", body.len());
    let port = host.port;
    let rows = [
        ("GET /", String::new(), 200),
        ("HEAD /", String::new(), 200),
        ("GET /?x", String::new(), 404),
        ("GET /../Cargo.toml", String::new(), 404),
        ("GET /%2e%2e/Cargo.toml", String::new(), 404),
        ("GET /answer", String::new(), 405),
        ("OPTIONS /answer", String::new(), 405),
        ("PUT /", String::new(), 405),
        ("DELETE /nothing", String::new(), 405),
        ("POST /", posted.clone(), 405),
        ("POST /answers", posted.clone(), 404),
        ("POST /answer", posted.clone(), 200),
        ("POST /answer", format!("Content-Length: {}\r\n", body.len()), 415),
        (
            "POST /answer",
            format!("Content-Type: text/plain\r\n{}", &posted[json.len()..]),
            415,
        ),
        ("POST /answer", json.to_owned(), 411),
        ("POST /answer", format!("{json}Transfer-Encoding: chunked\r\n"), 411),
        ("POST /answer", format!("{posted}Content-Length: 3\r\n"), 400),
        ("POST /answer", format!("{json}Content-Length: -1\r\n"), 400),
        ("POST /answer", format!("{json}Content-Length: 1048577\r\n"), 413),
        ("POST /answer", format!("{json}Content-Length: 99999999999999999999\r\n"), 413),
        ("POST /answer", format!("{posted}Origin: http://127.0.0.1:{port}\r\n"), 200),
        ("POST /answer", format!("{posted}Origin: http://localhost:{port}\r\n"), 200),
        ("POST /answer", format!("{posted}Origin: http://127.0.0.1:1\r\n"), 403),
        ("POST /answer", format!("{posted}Origin: https://example.org\r\n"), 403),
        ("POST /answer", format!("{posted}Origin: null\r\n"), 403),
        ("POST /answer", format!("{posted}Sec-Fetch-Site: same-origin\r\n"), 200),
        ("POST /answer", format!("{posted}Sec-Fetch-Site: cross-site\r\n"), 403),
        (
            "GET /",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n".into(),
            200,
        ),
        (
            "GET /",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n".into(),
            403,
        ),
        ("GET /", format!("Host: 127.0.0.1:{port}\r\n"), 403),
        ("GET /", format!("X: {}\r\n", "x".repeat(20_000)), 431),
        ("GET /", "X: y\r\n".repeat(100), 431),
    ];
    for (line, headers, status) in rows {
        let said = host.ask(line, &headers, body);
        assert_eq!(said.status, status, "{line}\n{headers}\n{said:?}");
        for (header, expected) in [
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Connection", "close"),
        ] {
            assert_eq!(said.header(header), Some(expected), "{line}");
        }
        let policy = said.header("Content-Security-Policy").expect("a policy");
        for part in ["default-src 'none'", "script-src 'self';", "connect-src 'self'"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!line.starts_with("HEAD") || said.body.is_empty(), "{line}");
    }
}

#[test]
fn only_its_own_names_are_answered() {
    let host = Host::start();
    let port = host.port;
    let get = |name: &str| {
        let bytes = format!("GET / HTTP/1.1\r\n{name}\r\n\r\n");
        host.send(bytes.as_bytes()).expect("an answer").status
    };
    for name in ["127.0.0.1", "localhost", "LocalHost", "[::1]"] {
        assert_eq!(get(&format!("Host: {name}:{port}")), 200, "{name}");
    }
    for name in
        ["example.org", "127.0.0.1.example.org", "127.0.0.2", "0.0.0.0", "calcgrad"]
    {
        assert_eq!(get(&format!("Host: {name}:{port}")), 403, "{name}");
    }
    for whole in ["Host: 127.0.0.1", "Host: localhost:1", "Host:", "X: y"] {
        assert_eq!(get(whole), 403, "{whole}");
    }
}

#[test]
fn a_file_that_is_known_is_not_sent_again() {
    let host = Host::start();
    let first = host.ask("GET /main.js", "", "");
    let tag = first.header("ETag").expect("a tag").to_owned();
    assert!(first.body.len() > 1000);
    let again = host.ask("GET /main.js", &format!("If-None-Match: {tag}\r\n"), "");
    assert_eq!((again.status, again.body.len()), (304, 0));
    let other = host.ask("GET /main.js", "If-None-Match: \"x\"\r\n", "");
    assert_eq!((other.status, other.body), (200, first.body));
}

#[test]
fn who_says_nothing_does_not_keep_others_waiting() {
    let host = Host::start();
    let mut slow: Vec<_> = (0..80)
        .map(|place| {
            let mut stream = host.connect();
            if place % 2 == 0 {
                stream.write_all(b"POST /answer HTTP/1.1\r\nHost: ").expect("it listens");
            }
            stream
        })
        .collect();
    let said = host.answer("{\"expr\":\"x^2\"}");
    assert!(said.text().contains("\"2*x\""), "{said:?}");
    // Those that came last may still go on.
    let last = slow.last_mut().expect("some");
    let rest = format!("127.0.0.1:{}\r\n\r\n", host.port);
    let begun = "GET / HTTP/1.1\r\nHost: ";
    last.write_all((begun.to_owned() + &rest).as_bytes()).expect("it listens");
    assert_eq!(heard(last).expect("an answer").status, 200);
}

#[test]
fn strange_bytes_end_their_own_connection_only() {
    let host = Host::start();
    let mut random = Random::new(20);
    let pieces: [&[u8]; 16] = [
        b"GET ",
        b"POST /answer",
        b" HTTP/1.1\r\n",
        b"Host: 127.0.0.1\r\n",
        b"\r\n\r\n",
        b"\0\xff\xfe",
        b"Content-Length: 18446744073709551616\r\n",
        b"Content-Length: 5\r\n",
        b"Content-Type: application/json\r\n",
        b"{\"expr\":",
        b"((((((((",
        b"\n",
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET http://example.org/ HTTP/1.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
    ];
    for _ in 0..300 {
        let count = random.between(1, 8);
        let bytes: Vec<u8> =
            (0..count).flat_map(|_| random.pick(&pieces).iter().copied()).collect();
        let mut stream = host.connect();
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        if let Some(said) = heard(&mut stream) {
            assert!((400..500).contains(&said.status), "{bytes:?}: {said:?}");
        }
    }
    let said = host.answer("{\"expr\":\"x^2\"}");
    assert_eq!(said.status, 200);
    let (errors, status) = host.end("-TERM");
    assert_eq!(
        errors,
        "note: the page is at this address of this machine; Ctrl-C ends it\n"
    );
    assert_eq!(status, Some(143));
}

#[test]
fn a_port_in_use_is_an_error() {
    let host = Host::start();
    let arguments = ["serve", "--port", &host.port.to_string()].map(str::to_owned);
    let second = console::run(&arguments, b"");
    assert_eq!(second.status.code(), Some(2));
    let said = String::from_utf8(second.stderr).expect("text");
    assert!(said.contains(&format!("port {} is in use", host.port)), "{said}");
    assert_eq!(host.end("-INT").1, Some(130));
}
