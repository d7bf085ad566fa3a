//! The fields of a request, asked for by name; what nobody asked for is not known.

use super::request::STYLE;
use calcgrad::session::parse_point;
use calcgrad::syntax::nearest;
use calcgrad::{Error, ErrorKind, Result};
use clap::ValueEnum;
use serde_json::{Map, Number, Value};

/// The fields that every request may have, besides its formula and the choices about LaTeX.
pub(crate) const OF_ALL: [&str; 5] = ["id", "command", "lang", "shown", "limits"];

/// The fields that one of the commands in `request.rs` alone has; all others are passed over
/// where they say nothing, since programs send the same request to several commands.
pub(crate) const OF_ONE: [(&str, &str); 5] = [
    ("expand_names", "diff"),
    ("jacobians", "diff"),
    ("angles", "expand"),
    ("logs", "expand"),
    ("powers", "expand"),
];

/// Fields with the names that were asked for.
pub(crate) struct Fields {
    /// A few, so that each is found by looking at all.
    left: Vec<(String, Value)>,
    /// The command whose fields they are; without one, what is asked for is one of them.
    command: Option<&'static str>,
    known: Vec<&'static str>,
    /// Whether it is about matrices, so that values may be arrays.
    has_arrays: bool,
}

impl Fields {
    /// The fields of an object.
    pub(crate) fn of(map: Map<String, Value>) -> Self {
        let has_arrays = has_arrays(&map);
        let left = map.into_iter().collect();
        Self { left, command: None, known: Vec::new(), has_arrays }
    }

    /// The fields of a command, which has not all that others have.
    pub(crate) fn of_command(map: Map<String, Value>, command: &'static str) -> Self {
        Self { command: Some(command), ..Self::of(map) }
    }

    /// Whether the command has a field; one that it has not stays until the end.
    fn has(&self, name: &str) -> bool {
        let Some(command) = self.command else { return true };
        let one = OF_ONE.iter().find(|(field, _)| *field == name);
        one.is_none_or(|(_, own)| *own == command)
    }

    /// A field as it stands; `null` says nothing.
    pub(crate) fn take(&mut self, name: &'static str) -> Option<Value> {
        let place = self.left.iter().position(|(field, _)| field == name);
        let is_null = |place: &usize| self.left[*place].1.is_null();
        if !self.has(name) {
            if let Some(place) = place.filter(is_null) {
                self.left.remove(place);
            }
            return None;
        }
        self.known.push(name);
        let (_, value) = self.left.remove(place?);
        Some(value).filter(|value| !value.is_null())
    }

    /// A text.
    ///
    /// # Errors
    /// Anything else.
    pub(crate) fn text(&mut self, name: &'static str) -> Result<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(name, "a text")),
        }
    }

    /// A number, as it was typed.
    ///
    /// # Errors
    /// Anything else.
    pub(crate) fn number(&mut self, name: &'static str) -> Result<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(name, "a number")),
        }
    }

    /// One of the words that the flag of this name takes.
    ///
    /// # Errors
    /// Anything else.
    pub(crate) fn choice<T: ValueEnum>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>> {
        self.text(name)?.map(|word| choose(name, &word)).transpose()
    }

    /// A whole number up to the most that it may be.
    ///
    /// # Errors
    /// Anything else.
    pub(crate) fn count<T: TryFrom<u64>>(
        &mut self,
        name: &'static str,
        most: u64,
    ) -> Result<Option<T>> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let is_whole = |n: &Number| n.as_str().bytes().all(|byte| byte.is_ascii_digit());
        // What is larger than any limit is told by the limit.
        let is_unlimited = most == u64::from(u32::MAX);
        let count = match value.as_number().filter(|n| is_unlimited && is_whole(n)) {
            Some(number) => Some(number.as_u64().map_or(most, |count| count.min(most))),
            None => value.as_u64().filter(|count| *count <= most),
        };
        let count = count.and_then(|count| T::try_from(count).ok());
        count.map(Some).ok_or_else(|| wrong(name, &format!("a number from 0 to {most}")))
    }

    /// `true` or `false`, which is what it is when it is not there.
    ///
    /// # Errors
    /// Anything else.
    pub(crate) fn flag(&mut self, name: &'static str) -> Result<bool> {
        match self.take(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(wrong(name, "true or false")),
        }
    }

    /// The fields of an object, none where it is not there.
    ///
    /// # Errors
    /// Anything else.
    pub(crate) fn object(&mut self, name: &'static str) -> Result<Self> {
        match self.take(name) {
            None => Ok(Self::of(Map::new())),
            Some(Value::Object(map)) => Ok(Self::of(map)),
            Some(_) => Err(wrong(name, "an object")),
        }
    }

    /// Names: `"x,y"` or `["x", "y"]`.
    ///
    /// # Errors
    /// Anything else.
    pub(crate) fn names(&mut self, name: &'static str) -> Result<Option<String>> {
        let Some(value) = self.take(name) else { return Ok(None) };
        match list(value) {
            Some(texts) => Ok(Some(texts.join(","))),
            None => Err(wrong(name, "a text or a list of texts")),
        }
    }

    /// A formula: a list is a vector.
    ///
    /// # Errors
    /// Anything else.
    pub(crate) fn formula(&mut self, name: &'static str) -> Result<Option<String>> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let is_one = value.as_array().is_none_or(|list| list.len() == 1);
        match list(value) {
            Some(texts) if is_one => Ok(Some(texts.concat())),
            Some(texts) => Ok(Some(format!("[{}]", texts.join(", ")))),
            None => Err(wrong(name, "a text or a list of texts")),
        }
    }

    /// A point: `"x=1"` or `{"x": 1}`, as it is typed.
    ///
    /// # Errors
    /// Anything else.
    pub(crate) fn point(&mut self, name: &'static str) -> Result<Option<String>> {
        let coordinates = match self.take(name) {
            None => return Ok(None),
            Some(Value::String(text)) => return Ok(Some(text)),
            Some(Value::Object(map)) => map,
            Some(_) => return Err(wrong(name, "a text or an object")),
        };
        typed(name, coordinates, self.has_arrays).map(Some)
    }

    /// Refuses what was not asked for.
    ///
    /// # Errors
    /// The first field that is left.
    pub(crate) fn end(mut self) -> Result<()> {
        let Some((name, _)) = self.left.first() else { return Ok(()) };
        self.known.extend(OF_ALL.iter().chain(&STYLE));
        Err(unknown(name, &self.known))
    }
}

/// What a word of a flag means.
///
/// # Errors
/// A word that it does not take.
pub(crate) fn choose<T: ValueEnum>(name: &str, word: &str) -> Result<T> {
    T::from_str(word, false).map_err(|_| {
        let error = refused(format!("there is no {name} `{word}`"));
        let values = T::value_variants().iter().filter_map(T::to_possible_value);
        let words: Vec<String> = values.map(|v| v.get_name().to_owned()).collect();
        match nearest(word, words.iter().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("there are {}", words.join(", "))),
        }
    })
}

/// A field that has no meaning, and what was probably meant.
pub(crate) fn unknown(name: &str, known: &[&str]) -> Error {
    let shown = Value::String(name.to_owned());
    let error = refused(format!("there is no field {shown} in this request"));
    match nearest(name, known.iter().copied()) {
        Some(near) => error.help(format!("did you mean \"{near}\"?")),
        None => {
            let mut names: Vec<&str> = Vec::with_capacity(known.len());
            for name in known {
                if !names.contains(name) {
                    names.push(name);
                }
            }
            error.help(format!("the fields are {}", names.join(", ")))
        }
    }
}

fn wrong(name: &str, expected: &str) -> Error {
    refused(format!("\"{name}\" must be {expected}"))
}

fn refused(what: String) -> Error {
    ErrorKind::InvalidRequest(what).into()
}

/// A text or a number as it is typed.
fn plain(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The coordinates of a point as they are typed.
///
/// # Errors
/// What is no single value.
pub(crate) fn typed(
    field: &str,
    coordinates: Map<String, Value>,
    has_arrays: bool,
) -> Result<String> {
    let mut typed = Vec::with_capacity(coordinates.len());
    for (name, value) in coordinates {
        if let Some(array) = array(&value).filter(|_| has_arrays) {
            typed.push(format!("{name}={array}"));
            continue;
        }
        let name_shown = Value::String(name.clone());
        let Some(value) = plain(value) else {
            let what = format!("{name_shown} in \"{field}\"");
            return Err(refused(format!("{what} must be a number or a text")));
        };
        let one = format!("{name}={value}");
        if parse_point(&one).is_ok_and(|coordinates| coordinates.len() > 1) {
            return Err(refused(format!("`{value}` is no single value of {name_shown}")));
        }
        typed.push(one);
    }
    Ok(typed.join(","))
}

/// Whether a request is about matrices.
pub(crate) fn has_arrays(request: &Map<String, Value>) -> bool {
    let is_declared = |text: &str| text.contains("given");
    request.get("given").is_some_and(|given| !given.is_null())
        || request.get("expr").and_then(Value::as_str).is_some_and(is_declared)
}

/// A list or a matrix as it is typed.
fn array(value: &Value) -> Option<String> {
    let Value::Array(list) = value else { return None };
    let one = |value: &Value| array(value).or_else(|| plain(value.clone()));
    let texts: Option<Vec<String>> = list.iter().map(one).collect();
    Some(format!("[{}]", texts?.join(", ")))
}

/// One text, or a list of them.
fn list(value: Value) -> Option<Vec<String>> {
    match value {
        Value::Array(list) => list.into_iter().map(plain).collect(),
        one => Some(vec![plain(one)?]),
    }
}
