//! A JSON object of one line.

use super::input;
use calcgrad::{Error, ErrorKind, Result};
use rustc_hash::FxHashSet;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// How deep serde_json reads, beyond which its own message is shown no more.
const MAX_DEPTH: usize = 128;

/// Reads an object in which no field occurs twice, and none in the objects inside.
///
/// # Errors
/// Anything else.
pub(crate) fn read(bytes: &[u8]) -> Result<Map<String, Value>> {
    let text = input::decoded(bytes)?.trim();
    let refuse = |error| refused(text, &error);
    let Object(map) = serde_json::from_str(text).map_err(refuse)?;
    // The fields of what is inside are looked at where there is such a thing, and in a reading of
    // its own: numbers are exact only where serde_json makes the values.
    if map.values().any(|value| value.is_object() || value.is_array()) {
        let Once = serde_json::from_str(text).map_err(refuse)?;
    }
    Ok(map)
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
                return Err(twice(name));
            }
            map.insert(name, value);
        }
        Ok(Object(map))
    }
}

fn twice<E: serde::de::Error>(name: String) -> E {
    E::custom(format!("the field {} occurs twice", Value::String(name)))
}

/// A value in whose objects no field occurs twice, of which nothing is kept.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        from.deserialize_any(Once)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> std::result::Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> std::result::Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> std::result::Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> std::result::Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> std::result::Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> std::result::Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(
        self,
        mut values: A,
    ) -> std::result::Result<Self, A::Error> {
        while values.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut fields: A,
    ) -> std::result::Result<Self, A::Error> {
        let mut seen = FxHashSet::default();
        while let Some((name, Self)) = fields.next_entry::<String, Self>()? {
            if seen.contains(&name) {
                return Err(twice(name));
            }
            seen.insert(name);
        }
        Ok(self)
    }
}
