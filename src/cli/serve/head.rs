//! A request as it comes in: its first line and its headers (RFC 9112, read by `httparse`), then
//! its body, both within limits.

use super::limited::Limited;
use super::reply::Reply;
use std::io::{ErrorKind, Read};

/// How long the first line and the headers are at most.
const HEAD: usize = 16 << 10;
/// How many headers there are at most.
const HEADERS: usize = 64;
/// How long a body is at most.
pub(super) const BODY: u64 = 1 << 20;

/// What a request says before its body.
pub(super) struct Head {
    pub(super) method: String,
    pub(super) target: String,
    headers: Vec<(String, String)>,
    /// What came in with it of the body.
    begun: Vec<u8>,
}

impl Head {
    /// The headers of a name, which is in small letters.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let own = self.headers.iter().filter(move |(known, _)| known == name);
        own.map(|(_, value)| value.as_str())
    }

    /// The only header of a name; `None` where there is none, or more than one.
    pub(super) fn get<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        let mut all = self.all(name);
        all.next().filter(|_| all.next().is_none())
    }

    /// Whether there is a header of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

/// Reads the first line and the headers.
///
/// # Errors
/// What is said to a request that cannot be read; nothing to one that is not there.
pub(super) fn read(stream: &mut Limited) -> Result<Head, Option<Reply>> {
    let mut bytes = Vec::with_capacity(1 << 10);
    loop {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        match parsed.parse(&bytes) {
            Ok(httparse::Status::Complete(length)) => {
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec());
                let own = parsed.headers.iter().map(|header| {
                    let value = text(header.value)?;
                    Ok((header.name.to_ascii_lowercase(), value.trim().to_owned()))
                });
                let own: Result<Vec<_>, std::string::FromUtf8Error> = own.collect();
                return Ok(Head {
                    method: parsed.method.unwrap_or_default().to_owned(),
                    target: parsed.path.unwrap_or_default().to_owned(),
                    headers: own.map_err(|_| Some(Reply::refusal(400)))?,
                    begun: bytes[length..].to_vec(),
                });
            }
            Ok(httparse::Status::Partial) if bytes.len() < HEAD => {}
            Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
                return Err(Some(Reply::refusal(431)));
            }
            Err(_) => return Err(Some(Reply::refusal(400))),
        }
        more(stream, &mut bytes, HEAD)?;
    }
}

/// Reads the body of a request.
///
/// # Errors
/// What is said when it does not come.
pub(super) fn body(
    stream: &mut Limited,
    head: &Head,
    length: u64,
) -> Result<Vec<u8>, Option<Reply>> {
    let length = usize::try_from(length.min(BODY)).unwrap_or_default();
    let mut bytes = head.begun.clone();
    while bytes.len() < length {
        more(stream, &mut bytes, length)?;
    }
    bytes.truncate(length);
    Ok(bytes)
}

/// Reads what comes next, up to a length.
fn more(
    stream: &mut Limited,
    bytes: &mut Vec<u8>,
    most: usize,
) -> Result<(), Option<Reply>> {
    let mut piece = [0; 8192];
    let room = piece.len().min(most - bytes.len());
    match stream.read(&mut piece[..room]) {
        Ok(0) => Err(None),
        Ok(count) => {
            bytes.extend_from_slice(&piece[..count]);
            Ok(())
        }
        Err(error) => match error.kind() {
            ErrorKind::Interrupted => Ok(()),
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Err(Some(Reply::refusal(408))),
            _ => Err(None),
        },
    }
}
