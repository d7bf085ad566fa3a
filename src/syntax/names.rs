//! Notes on names: those that are probably several, and those that look like others.

use super::ast::{Ast, Program};
use super::elsewhere;
use super::signs;
use super::words;
use crate::error::Note;
use crate::function;
use crate::kernel::{is_letter, latin, variant};
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// The most names on which something is said.
const MOST: usize = 20;

/// Notes on the names of a program: `bare` are those that stand alone somewhere.
pub(super) fn notes(
    program: &mut Program,
    bare: &FxHashSet<u32>,
    declared: &FxHashSet<String>,
) {
    note_base(program, declared);
    if program.names.iter().all(|name| name.len() == 1) {
        return;
    }
    let names = Names {
        occurring: bare.iter().map(|name| program.name(*name)).collect(),
        declared,
        all: program.names.iter().map(|name| latin(name)).collect(),
    };
    let mut found = Vec::new();
    for (index, name) in program.names.iter().enumerate() {
        let message = names.on_variant(name).or_else(|| {
            let is_new =
                names.occurring.contains(name.as_str()) && !names.is_declared(name);
            if !is_new || name.len() == 1 { None } else { names.on_word(name) }
        });
        if let Some(message) = message {
            found.push((index as u32, message));
        }
        if found.len() == MOST {
            break;
        }
    }
    for (name, message) in found {
        let is_name = |node: &Ast| matches!(node, Ast::Name(id) if *id == name);
        let place = program.nodes.iter().position(is_name);
        let span = place.map(|place| program.spans[place]);
        // One note a matter: what is said of the place already is enough.
        let is_said = |note: &Note| {
            let spans = note.span.zip(span);
            spans.is_some_and(|(a, b)| a.start <= b.start && b.end <= a.end)
                && (note.message.contains("name")
                    || note.message.ends_with("for the number"))
        };
        if !program.notes.iter().any(is_said) {
            program.notes.push(Note { message, span });
        }
    }
}

/// Says of `E^x` that the number is `e`, where nothing declares an `E`.
fn note_base(program: &mut Program, declared: &FxHashSet<String>) {
    let Some(name) = program.names.iter().position(|name| name == "E") else { return };
    if declared.contains("E") || program.names.iter().any(|name| name == "e") {
        return;
    }
    let is_base = |node: &Ast| match node {
        Ast::Power(base, exponent) => {
            matches!(program.node(*base), Ast::Name(id) if id as usize == name)
                && !matches!(program.node(*exponent), Ast::Number(_))
        }
        _ => false,
    };
    if let Some(place) = program.nodes.iter().position(is_base) {
        let message = "`E` is one name; did you mean `e`?".to_owned();
        let span = Some(program.spans[place]);
        program.notes.push(Note { message, span });
    }
}

/// The names of a program.
struct Names<'p> {
    /// All of them, in Latin letters.
    all: FxHashSet<Cow<'p, str>>,
    /// Those that stand alone somewhere.
    occurring: FxHashSet<&'p str>,
    /// Those that are declared or defined, in Latin letters.
    declared: &'p FxHashSet<String>,
}

impl Names<'_> {
    fn is_declared(&self, name: &str) -> bool {
        self.declared.contains(&*latin(name))
            || variant(name).is_some_and(|other| self.declared.contains(&other))
    }

    fn occurs(&self, name: &str) -> bool {
        self.occurring.contains(name)
    }

    /// Two forms of a letter in one program are two names.
    fn on_variant(&self, name: &str) -> Option<String> {
        let key = latin(name);
        let other = variant(&key).filter(|_| key.starts_with("var"))?;
        let is_there = self.all.contains(other.as_str());
        is_there.then(|| format!("`{name}` and `{other}` are two names here"))
    }

    /// `xy` is one name, where a product may have been meant, as in `πx` or `sinx`.
    fn on_word(&self, name: &str) -> Option<String> {
        let looks = |other: &str| self.occurs(other) || self.is_declared(other);
        if let Some(message) = signs::look_alike(name, &looks) {
            return Some(message);
        }
        if is_letter(name) {
            return None;
        }
        if let Some(meant) = words::behind_index(name) {
            return Some(format!("`{name}` is one name; did you mean `{meant}`?"));
        }
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 2 {
            return None;
        }
        let is_known = |word: &str| word != name && looks(word);
        let said = format!("`{name}` is one name");
        if let Some(meant) = self.product(name, &is_known) {
            return Some(format!("{said}; did you mean `{meant}`?"));
        }
        if let Some(spelled) = function::ignoring_case(name) {
            return Some(format!("{said}; did you mean `{spelled}(…)`?"));
        }
        if let Some(help) = elsewhere::instead(name) {
            return Some(format!("{said}; {help}"));
        }
        if let Some(meant) = words::with_function_behind(name) {
            return Some(format!("{said}; did you mean `{meant}`?"));
        }
        // `Δx` is a difference, and `dx/dt` may be a derivative: that is known later.
        let key = latin(name);
        let is_difference =
            ["Delta", "delta"].iter().any(|letter| key.starts_with(letter));
        let is_whole = is_difference || is_differential(name);
        // Many letters are a word, unless each has an index: `x1x2x3x4`.
        let is_short = letters <= 3 || words::is_indexed(name);
        let meant = (is_short && !is_whole).then(|| words::apart(name)).flatten()?;
        Some(format!("{said}; did you mean `{meant}`?"))
    }

    fn product(&self, name: &str, is_known: &dyn Fn(&str) -> bool) -> Option<String> {
        // Where a variable occurs only inside of a word, and where Greek and Latin letters
        // stand side by side, no other letter need be known; `dx` is no product.
        let letters = name.chars().count();
        let has_declared_letter = || {
            let mut parts = name.chars().map(String::from);
            parts.any(|letter| self.is_declared(&letter) && !self.occurs(&letter))
        };
        let all = (2..=4).contains(&letters)
            && name.chars().all(char::is_alphabetic)
            && (words::is_mixed(name) || !name.starts_with('d') && has_declared_letter());
        words::product(name, &|word: &str| {
            is_known(word) || all && word != name && word.chars().count() == 1
        })
    }
}

/// Whether a name looks like the differential of a letter, as `dx`.
pub fn is_differential(name: &str) -> bool {
    !is_letter(name) && name.strip_prefix('d').is_some_and(is_letter)
}
