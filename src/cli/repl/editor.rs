//! Where the lines come from: a terminal with editing, history and completion, or any input.

use super::super::preferences::folder;
use super::super::{diagnostic, theme};
use super::WORDS;
use super::line::{is_of_name, open_brackets};
use super::names::Names;
use super::plain::Plain;
use calcgrad::{ErrorKind, Result, function};
use clap::Command;
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{ColorMode, Config, Context, Editor, Helper};
use std::borrow::Cow;
use std::io::IsTerminal;
use std::path::PathBuf;

const PROMPT: &str = "> ";

/// The lines of a session.
pub(super) enum Source {
    /// Typed by someone.
    Terminal(Box<Editor<Typist, FileHistory>>, Option<PathBuf>),
    /// Out of a file or a pipe.
    Plain(Plain),
}

impl Source {
    /// Standard input, with an editor where someone sits before it.
    ///
    /// # Errors
    /// A terminal that cannot be used.
    pub(super) fn open(root: &Command) -> Result<Self> {
        if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
            return Plain::open().map(Self::Plain);
        }
        let color = match theme::colours_answers() {
            true => ColorMode::Forced,
            false => ColorMode::Disabled,
        };
        let config = Config::builder().color_mode(color).build();
        let mut editor = Editor::with_config(config).map_err(|error| failed(&error))?;
        editor.set_helper(Some(Typist::new(root)));
        let history = history();
        if let Some(path) = &history {
            // The first session has none.
            let _ = editor.load_history(path);
        }
        diagnostic::line(concat!(
            "calcgrad ",
            env!("CARGO_PKG_VERSION"),
            "; :help says what can be typed"
        ));
        Ok(Self::Terminal(Box::new(editor), history))
    }

    /// Whether someone sees the answers line by line.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Terminal(..))
    }

    /// The next line, which goes on while a bracket is open; `None` at the end.
    pub(super) fn next(&mut self, names: &Names) -> Option<Result<String>> {
        match self {
            Self::Plain(lines) => lines.next(),
            Self::Terminal(editor, history) => {
                if let Some(typist) = editor.helper_mut() {
                    typist.names = names.names().map(str::to_owned).collect();
                }
                loop {
                    return match editor.readline(PROMPT) {
                        Ok(line) => {
                            remember(editor, &line, history.as_ref());
                            Some(Ok(line))
                        }
                        Err(ReadlineError::Interrupted) => continue,
                        Err(ReadlineError::Eof) => None,
                        Err(error) => {
                            diagnostic::error("", &failed(&error).into());
                            None
                        }
                    };
                }
            }
        }
    }
}

/// Keeps a line for this session and the next; one that cannot be kept is no harm.
fn remember(
    editor: &mut Editor<Typist, FileHistory>,
    line: &str,
    history: Option<&PathBuf>,
) {
    let is_new = editor.add_history_entry(line).unwrap_or(false);
    if let Some(path) = history.filter(|_| is_new) {
        let _ = path.parent().map(std::fs::create_dir_all);
        let _ = editor.append_history(path);
    }
}

fn failed(error: &ReadlineError) -> ErrorKind {
    ErrorKind::InvalidRequest(format!("the terminal: {error}"))
}

/// Where the lines of earlier sessions are.
fn history() -> Option<PathBuf> {
    let folder = match cfg!(windows) {
        true => folder("LOCALAPPDATA")?,
        false => match folder("XDG_STATE_HOME") {
            Some(folder) => folder,
            None => folder("HOME")?.join(".local").join("state"),
        },
    };
    Some(folder.join("calcgrad").join("history"))
}

/// Who types: completes names, and shows functions and brackets.
pub(super) struct Typist {
    commands: Vec<String>,
    /// The flags of each command.
    flags: Vec<Vec<String>>,
    names: Vec<String>,
}

impl Typist {
    fn new(root: &Command) -> Self {
        let name = |command: &Command| command.get_name().to_owned();
        let flags = |command: &Command| {
            let long = command.get_arguments().filter_map(clap::Arg::get_long);
            long.map(|flag| format!("--{flag}")).collect()
        };
        Self {
            commands: root.get_subcommands().map(name).collect(),
            flags: root.get_subcommands().map(flags).collect(),
            names: Vec::new(),
        }
    }

    /// What a word that begins so may be, at its place in a line.
    fn candidates(&self, before: &str, word: &str) -> Vec<String> {
        let first = before.split_whitespace().next();
        let mut known: Vec<&str> = self.names.iter().map(String::as_str).collect();
        for name in function::names() {
            known.push(name);
        }
        let flags = || {
            let command = self.commands.iter().position(|name| Some(&name[..]) == first);
            command.map_or(&[][..], |place| &self.flags[place])
        };
        let fits = |name: &&str| name.starts_with(word);
        let mut found: Vec<&str> = match (before.trim(), word.starts_with("--")) {
            (_, true) => flags().iter().map(String::as_str).filter(fits).collect(),
            (":", _) => WORDS.into_iter().filter(fits).collect(),
            ("", _) => {
                let commands = self.commands.iter().map(String::as_str);
                commands.chain(known).filter(fits).collect()
            }
            _ => known.into_iter().filter(fits).collect(),
        };
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(str::to_owned).collect()
    }
}

/// Where the word begins that ends at a place.
fn beginning(line: &str, at: usize) -> usize {
    let is_part = |c: char| is_of_name(c) || c == '-';
    let run = |is_part: &dyn Fn(char) -> bool| {
        line[..at].rfind(|c| !is_part(c)).map_or(0, |before| {
            before + line[before..].chars().next().map_or(0, char::len_utf8)
        })
    };
    let start = run(&is_part);
    if line[start..at].starts_with("--") { start } else { run(&is_of_name) }
}

impl Completer for Typist {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let start = beginning(line, at);
        let found = match &line[start..at] {
            "" => Vec::new(),
            word => self.candidates(&line[..start], word),
        };
        let pair = |text: String| Pair { display: text.clone(), replacement: text };
        Ok((start, found.into_iter().map(pair).collect()))
    }
}

impl Validator for Typist {
    fn validate(
        &self,
        typed: &mut ValidationContext<'_>,
    ) -> rustyline::Result<ValidationResult> {
        Ok(match open_brackets(typed.input()) {
            0 => ValidationResult::Valid(None),
            _ => ValidationResult::Incomplete,
        })
    }
}

impl Highlighter for Typist {
    fn highlight<'l>(&self, line: &'l str, at: usize) -> Cow<'l, str> {
        let marked = matching(line, at);
        let mut shown = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let begin = line.len() - rest.len();
            let length = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
            let length = length.max(c.len_utf8());
            let (word, behind) = rest.split_at(length);
            match word {
                _ if marked.contains(&begin) => shown.push_str(&theme::mark(word)),
                _ if function::is_name(word) => shown.push_str(&theme::label(word)),
                _ => shown.push_str(word),
            }
            rest = behind;
        }
        Cow::Owned(shown)
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        true
    }
}

impl Hinter for Typist {
    type Hint = String;
}

impl Helper for Typist {}

/// The bracket before or under the cursor and the one that belongs to it.
fn matching(line: &str, at: usize) -> Vec<usize> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (place, c) in line.char_indices() {
        let opening = match c {
            '(' | '[' | '{' => {
                open.push((place, c));
                continue;
            }
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => continue,
        };
        if let Some((begin, own)) = open.pop()
            && own == opening
            && [begin, begin + 1, place, place + 1].contains(&at)
        {
            return vec![begin, place];
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::super::super::commands::Arguments;
    use super::{Typist, beginning, matching};
    use clap::CommandFactory;

    #[test]
    fn words_are_completed_by_their_place() {
        let mut root = Arguments::command();
        root.build();
        let mut typist = Typist::new(&root);
        typist.names = vec!["sigma_max".to_owned()];
        let found = |line: &str| {
            let start = beginning(line, line.len());
            typist.candidates(&line[..start], &line[start..]).join(" ")
        };
        assert_eq!(found("hess"), "hessian");
        assert_eq!(found("x*sigma_"), "sigma_max");
        assert_eq!(found("diff x --wr"), "--wrap --wrt");
        assert_eq!(found("x*hess"), "");
        assert_eq!(found(":fo"), "forget format");
        assert_eq!(found("?arctan"), "arctan arctan2 arctanh");
    }

    #[test]
    fn brackets_are_matched() {
        assert_eq!(matching("f(x, [y])", 1), [1, 8]);
        assert_eq!(matching("f(x, [y])", 8), [5, 7]);
        assert_eq!(matching("f(x]", 3), Vec::<usize>::new());
    }
}
