//! A JSON object of one line.

use super::input;
use calcgrad::{Error, ErrorKind, Result};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// How deep serde_json reads, beyond which its own message is shown no more.
const MAX_DEPTH: usize = 128;

/// Reads an object in which no field occurs twice.
///
/// # Errors
/// Anything else.
pub(crate) fn read(bytes: &[u8]) -> Result<Map<String, Value>> {
    let text = input::decoded(bytes)?.trim();
    match serde_json::from_str::<Object>(text) {
        Ok(Object(map)) => Ok(map),
        Err(error) => Err(refused(text, &error)),
    }
}

fn refused(text: &str, error: &serde_json::Error) -> Error {
    // The line is named already; the place in it is what helps.
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    if said.starts_with("recursion limit") {
        return ErrorKind::TooDeep { limit: MAX_DEPTH }.into();
    }
    let at = match error.column() {
        0 => String::new(),
        column => format!(" (at byte {column})"),
    };
    let error: Error =
        ErrorKind::InvalidRequest(format!("this is no JSON object: {said}{at}")).into();
    match text.starts_with('{') {
        true => error,
        false => error.help("a line is an object, as `{\"expr\": \"x^2\"}`"),
    }
}

struct Object(Map<String, Value>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        from.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut fields: A,
    ) -> std::result::Result<Object, A::Error> {
        let mut map = Map::new();
        while let Some((name, value)) = fields.next_entry::<String, Value>()? {
            if map.contains_key(&name) {
                let what = format!("the field {} occurs twice", Value::String(name));
                return Err(A::Error::custom(what));
            }
            map.insert(name, value);
        }
        Ok(Object(map))
    }
}
