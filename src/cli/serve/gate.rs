//! Which requests are answered: those that the page itself sends, or a browser that opens it.
//!
//! Another page may make a browser send requests here, and a name that it owns may be made to
//! point here (DNS rebinding). Both show in `Host`, `Origin` and `Sec-Fetch-Site`, and a form
//! cannot send JSON.

use super::files::{self, File};
use super::head::{BODY, Head};
use super::reply::Reply;

/// Where requests are answered.
const ANSWER: &str = "/answer";

/// What a request wants.
pub(super) enum Wanted {
    /// A file of the page.
    File(&'static File),
    /// An answer to what stands in a body of this length.
    Answer(u64),
}

/// What the page is called by those who may ask.
pub(super) struct Gate {
    hosts: Vec<String>,
}

impl Gate {
    /// The gate of a port.
    pub(super) fn new(port: u16) -> Self {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<String> =
            names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(names.map(str::to_owned));
        }
        Self { hosts }
    }

    /// What a request wants.
    ///
    /// # Errors
    /// What is said to one that is refused.
    pub(super) fn wanted(&self, head: &Head) -> Result<Wanted, Reply> {
        if !head.get("host").is_some_and(|host| self.is_own(host))
            || self.is_strange(head)
        {
            return Err(Reply::refusal(403));
        }
        if head.target == ANSWER {
            return match head.method.as_str() {
                "POST" => length(head).map(Wanted::Answer),
                _ => Err(Reply::not_allowed("POST")),
            };
        }
        match (files::find(&head.target), head.method.as_str()) {
            (Some(file), "GET" | "HEAD") => Ok(Wanted::File(file)),
            (Some(_), _) => Err(Reply::not_allowed("GET, HEAD")),
            (None, "GET" | "HEAD" | "POST") => Err(Reply::refusal(404)),
            (None, _) => Err(Reply::not_allowed("GET, HEAD, POST")),
        }
    }

    fn is_own(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
    }

    /// Whether another page asks. A link from elsewhere may open the page.
    fn is_strange(&self, head: &Head) -> bool {
        let is_own = |origin: &str| {
            origin.strip_prefix("http://").is_some_and(|host| self.is_own(host))
        };
        let is_link =
            head.method != "POST" && head.get("sec-fetch-mode") == Some("navigate");
        let is_here = |site: &str| is_link || matches!(site, "same-origin" | "none");
        !head.all("origin").all(is_own) || !head.all("sec-fetch-site").all(is_here)
    }
}

/// The length of the body of a request.
///
/// # Errors
/// What is said when it is no JSON, too long, or of no known length.
fn length(head: &Head) -> Result<u64, Reply> {
    let kind = head.get("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Reply::refusal(415));
    }
    if head.has("transfer-encoding") || !head.has("content-length") {
        return Err(Reply::refusal(411));
    }
    let digits = head.get("content-length").filter(|text| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    });
    let Some(digits) = digits else { return Err(Reply::refusal(400)) };
    // What is no number of 64 bits is too long as well.
    match digits.parse() {
        Ok(length) if length <= BODY => Ok(length),
        _ => Err(Reply::refusal(413)),
    }
}
