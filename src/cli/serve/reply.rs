//! What is said to a request, with the headers that keep a page to itself.

use super::files::File;
use std::borrow::Cow;
use std::io::{Result, Write};

/// What a browser is told of everything: the page runs its own files and asks its own server.
/// The styles are those that the field puts into formulas.
const HEADERS: &str = "Content-Security-Policy: default-src 'none'; script-src 'self'; \
worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; \
img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
frame-ancestors 'none'\r
X-Content-Type-Options: nosniff\r
Referrer-Policy: no-referrer\r
Cross-Origin-Opener-Policy: same-origin\r
Cross-Origin-Resource-Policy: same-origin\r
Permissions-Policy: camera=(), geolocation=(), microphone=()\r
Connection: close\r
";

/// A status, its own headers and a body.
pub(super) struct Reply {
    status: u16,
    own: String,
    body: Cow<'static, [u8]>,
}

impl Reply {
    /// A refusal, which says its reason.
    pub(super) fn refusal(status: u16) -> Self {
        let body = Cow::Owned(format!("{}\n", reason(status)).into_bytes());
        let own = "Content-Type: text/plain; charset=utf-8\r\n".to_owned();
        Self { status, own, body }
    }

    /// The refusal of a method, with those that there are.
    pub(super) fn not_allowed(methods: &str) -> Self {
        let mut reply = Self::refusal(405);
        reply.own.push_str(&format!("Allow: {methods}\r\n"));
        reply
    }

    /// A file, or that it has not changed since a browser got it.
    pub(super) fn file(file: &'static File, known: Option<&str>) -> Self {
        let tag = file.tag();
        let is_known = known.is_some_and(|known| known == tag);
        let kind = file.kind();
        let mut own = format!("ETag: {tag}\r\nCache-Control: no-cache\r\n");
        if is_known {
            return Self { status: 304, own, body: Cow::Borrowed(&[]) };
        }
        own.push_str(&format!("Content-Type: {kind}\r\n"));
        Self { status: 200, own, body: Cow::Borrowed(file.bytes) }
    }

    /// A record of JSON.
    pub(super) fn record(record: String) -> Self {
        let own =
            "Content-Type: application/json\r\nCache-Control: no-store\r\n".to_owned();
        Self { status: 200, own, body: Cow::Owned(record.into_bytes()) }
    }

    /// Writes it, without the body where only the head is asked for.
    ///
    /// # Errors
    /// A connection that ends before.
    pub(super) fn write(&self, out: &mut impl Write, is_head: bool) -> Result<()> {
        let Self { status, own, body } = self;
        let length = match status {
            304 => String::new(),
            _ => format!("Content-Length: {}\r\n", body.len()),
        };
        let said = reason(*status);
        let head = format!("HTTP/1.1 {status} {said}\r\n{own}{length}{HEADERS}\r\n");
        let mut bytes = head.into_bytes();
        if !is_head {
            bytes.extend_from_slice(body);
        }
        out.write_all(&bytes)?;
        out.flush()
    }
}

/// What a status means (RFC 9110).
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}
