//! What a user prefers, from the environment or a file, where answers go to a terminal.
//!
//! Invariant: what goes into a pipe or a file, and JSON, never depends on it.

use super::args::Color;
use super::commands::Arguments;
use super::fields::choose;
use super::format::Format;
use super::hints::is_of;
use super::language::LangName;
use super::typed::{InputName, LogName, PreferName};
use calcgrad::syntax::nearest;
use calcgrad::{Error, ErrorKind, Result};
use clap::{Arg, CommandFactory, ValueEnum};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

/// What can be preferred: the name of a flag, and flags beside which it does not count.
const KEYS: [(&str, &[&str]); 7] = [
    ("color", &["--color"]),
    ("format", &["--format", "-f", "--json", "--latex"]),
    ("log", &["--log"]),
    ("effort", &["--effort"]),
    ("prefer", &["--prefer"]),
    ("lang", &["--lang"]),
    ("input", &["--input"]),
];

/// The place of the format among them.
const FORMAT: usize = 1;

/// Values for flags that were not given.
#[derive(Debug, Default)]
pub(crate) struct Preferences {
    values: Vec<(&'static str, String)>,
}

impl Preferences {
    /// What is preferred: nothing, where answers do not go to a terminal. The environment
    /// (`CALCGRAD_LOG`) counts more than the file.
    ///
    /// # Errors
    /// A file that cannot be read, names that are none, and values that a flag does not take.
    pub(crate) fn load() -> Result<Self> {
        if !std::io::stdout().is_terminal() {
            return Ok(Self::default());
        }
        let mut found = Self::default();
        for (key, _) in KEYS {
            let name = format!("CALCGRAD_{}", key.to_ascii_uppercase());
            if let Ok(value) = std::env::var(&name)
                && !value.is_empty()
            {
                found.add(&name, key, value)?;
            }
        }
        if let Some(path) = file()
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            found.read(&path.display().to_string(), &text)?;
        }
        Ok(found)
    }

    /// Reads a file; what is known already stays.
    fn read(&mut self, path: &str, text: &str) -> Result<()> {
        let table: toml::Table =
            toml::from_str(text).map_err(|error: toml::de::Error| {
                ErrorKind::InvalidRequest(format!("{path}: {}", error.message()))
            })?;
        for (name, value) in table {
            let keys = || KEYS.iter().map(|(key, _)| *key);
            let Some(key) = keys().find(|key| *key == name) else {
                let what = format!("{path}: there is no preference `{name}`");
                let error = Error::from(ErrorKind::InvalidRequest(what));
                return Err(match nearest(&name, keys()) {
                    Some(near) => error.help(format!("did you mean `{near}`?")),
                    None => error.help(format!(
                        "there are {}",
                        keys().collect::<Vec<_>>().join(", ")
                    )),
                });
            };
            let value = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                _ => {
                    let what = format!("{path}: `{name}` takes a word or a number");
                    return Err(ErrorKind::InvalidRequest(what).into());
                }
            };
            self.add(path, key, value)?;
        }
        Ok(())
    }

    /// Takes a value that a flag takes, unless there is one already.
    fn add(&mut self, place: &str, key: &'static str, value: String) -> Result<()> {
        let is_valid = match key {
            "color" => choose::<Color>(key, &value).map(drop),
            "format" => choose::<Format>(key, &value).and_then(Format::refuse_code),
            "log" => choose::<LogName>(key, &value).map(drop),
            "prefer" => choose::<PreferName>(key, &value).map(drop),
            "lang" => choose::<LangName>(key, &value).map(drop),
            "input" => choose::<InputName>(key, &value).map(drop),
            _ => match &value[..] {
                "0" | "1" | "2" | "3" => Ok(()),
                _ => {
                    Err(ErrorKind::InvalidRequest(format!("there is no {key} `{value}`"))
                        .into())
                }
            },
        };
        is_valid.map_err(|error| {
            let kind = ErrorKind::InvalidRequest(format!("{place}: {}", error.kind));
            Error { kind, ..error }
        })?;
        if self.value(key).is_none() {
            self.values.push((key, value));
        }
        Ok(())
    }

    /// Prefers something from now on.
    pub(crate) fn prefer(&mut self, key: &'static str, value: &str) {
        self.values.retain(|(own, _)| *own != key);
        self.values.push((key, value.to_owned()));
    }

    fn value(&self, key: &str) -> Option<&str> {
        let value = self.values.iter().find(|(own, _)| *own == key);
        value.map(|(_, value)| value.as_str())
    }

    /// When to colour.
    pub(crate) fn color(&self) -> Option<Color> {
        Color::from_str(self.value("color")?, false).ok()
    }

    /// Words with the flags that are preferred and that the command takes.
    pub(crate) fn beside(&self, mut words: Vec<OsString>) -> Vec<OsString> {
        let texts: Vec<String> =
            words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        if self.values.is_empty() || wants_json(&texts) {
            return words;
        }
        let mut root = Arguments::command();
        root.build();
        let is_command = |word: &String| root.find_subcommand(word).is_some();
        let Some(at) = texts.iter().position(is_command) else { return words };
        let Some(command) = root.find_subcommand(&texts[at]) else { return words };
        let is_given =
            |flag: &str| texts.iter().any(|word| word.split('=').next() == Some(flag));
        let prefers_json = self.value("format") == Some("json")
            && !KEYS[FORMAT].1.iter().any(|flag| is_given(flag));
        for (key, others) in KEYS {
            if prefers_json && key != "format" {
                continue;
            }
            let flag = format!("--{key}");
            let taken = command.get_arguments().find(|one| is_of(one, &flag));
            if let (Some(taken), Some(value)) = (taken, self.value(key))
                && takes(taken, value)
                && !others.iter().any(|flag| is_given(flag))
            {
                words.insert(at + 1, format!("{flag}={value}").into());
            }
        }
        words
    }
}

/// Whether a flag of this command takes a value.
fn takes(flag: &Arg, value: &str) -> bool {
    let values = flag.get_possible_values();
    values.is_empty() || values.iter().any(|one| one.get_name() == value)
}

/// Whether an answer in JSON is asked for.
fn wants_json(words: &[String]) -> bool {
    let is_pair =
        |pair: &[String]| ["--format", "-f"].contains(&&pair[0][..]) && pair[1] == "json";
    words.iter().any(|word| word == "--json" || word == "--format=json")
        || words.windows(2).any(is_pair)
}

/// Where the file is.
fn file() -> Option<PathBuf> {
    let base = match cfg!(windows) {
        true => folder("APPDATA"),
        false => {
            folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))
        }
    };
    Some(base?.join("calcgrad").join("config.toml"))
}

/// A folder that the environment names.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(name).filter(|folder| !folder.is_empty());
    folder.map(PathBuf::from).filter(|folder| folder.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::Preferences;
    use std::ffi::OsString;

    fn words(preferences: &Preferences, line: &str) -> String {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let words = preferences.beside(words);
        let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        words.join(" ")
    }

    #[test]
    fn flags_that_were_not_given_are_as_preferred() -> calcgrad::Result<()> {
        let mut preferences = Preferences::default();
        preferences.add("CALCGRAD_FORMAT", "format", "latex".to_owned())?;
        preferences.read("a file", "log = 10\nformat = \"text\"\neffort = 3\n")?;
        for (typed, meant) in [
            ("diff x", "diff --effort=3 --log=10 --format=latex x"),
            ("diff x --log e", "diff --effort=3 --format=latex x --log e"),
            ("diff x -f text", "diff --effort=3 --log=10 x -f text"),
            ("diff x --latex", "diff --effort=3 --log=10 x --latex"),
            ("diff x --json", "diff x --json"),
            ("diff x -f json", "diff x -f json"),
            ("eval x --format=json", "eval x --format=json"),
            ("grade file", "grade file"),
            ("functions sin", "functions sin"),
            ("batch", "batch"),
            ("--color never", "--color never"),
        ] {
            assert_eq!(words(&preferences, typed), meant);
        }
        let mut spoken = Preferences::default();
        spoken.read("a file", "lang = \"vi\"\ninput = \"python\"\n")?;
        for (typed, meant) in [
            ("diff x", "diff --input=python --lang=vi x"),
            ("diff x --lang=zh", "diff --input=python x --lang=zh"),
            ("diff x --json", "diff x --json"),
        ] {
            assert_eq!(words(&spoken, typed), meant);
        }
        preferences.prefer("format", "json");
        assert_eq!(words(&preferences, "diff x"), "diff --format=json x");
        assert_eq!(
            words(&preferences, "diff x -f text"),
            "diff --effort=3 --log=10 x -f text"
        );
        Ok(())
    }

    #[test]
    fn what_cannot_be_preferred_is_refused() {
        for (text, told) in [
            ("colour = \"never\"", "there is no preference `colour`"),
            ("color = \"red\"", "there is no color `red`"),
            ("format = \"python\"", "not written as code"),
            ("log = 2", "there is no log `2`"),
            ("effort = 4", "there is no effort `4`"),
            ("lang = \"tv\"", "there is no lang `tv`"),
            ("input = \"cobol\"", "there is no input `cobol`"),
            ("log 10", "a file: "),
        ] {
            let found = Preferences::default().read("a file", text);
            let error =
                found.map_err(|error| error.to_string()).err().unwrap_or_default();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
