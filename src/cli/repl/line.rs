//! What a line means: a command as at the shell, a definition, a formula, or a word about the
//! session.

use clap::Command;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'l> {
    /// Nothing, or a comment.
    Nothing,
    /// `:help` and what stands behind it, split at the first blank.
    Word(&'l str, &'l str),
    /// `?tan`.
    About(&'l str),
    /// A command with what stands behind it.
    Command(&'l str, &'l str),
    /// What a definition defines, with the whole of it.
    Definition(&'l str, &'l str),
    /// A formula, to be differentiated, or valued where it has no variables.
    Formula(&'l str),
}

/// Reads a line.
pub(super) fn read<'l>(text: &'l str, root: &Command) -> Line<'l> {
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return Line::Nothing;
    }
    let split = |text: &'l str| {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        (word, rest.trim())
    };
    if let Some(word) = text.strip_prefix(':') {
        let (word, rest) = split(word);
        return Line::Word(word, rest);
    }
    if let Some(name) = text.strip_prefix('?') {
        return Line::About(name.trim());
    }
    if let Some(head) = defined(text) {
        return Line::Definition(head, text);
    }
    match split(text) {
        ("quit" | "exit", "") => Line::Word("quit", ""),
        (word, rest) if root.find_subcommand(word).is_some() => Line::Command(word, rest),
        _ => Line::Formula(text),
    }
}

impl<'l> Line<'l> {
    /// The text that is shown with an error.
    pub(super) fn text(self) -> &'l str {
        match self {
            Self::Definition(_, text) | Self::Formula(text) => text,
            _ => "",
        }
    }
}

/// The parts of a line that are separated by semicolons, definitions first; what follows a
/// command is all its own.
pub(super) fn pieces<'l>(text: &'l str, root: &Command) -> Vec<Line<'l>> {
    let whole = read(text, root);
    if !matches!(whole, Line::Definition(..) | Line::Formula(_)) {
        return vec![whole];
    }
    let mut lines: Vec<Line<'l>> =
        top_level(text, ';').map(|piece| read(piece, root)).collect();
    lines.sort_by_key(|line| !matches!(line, Line::Definition(..)));
    lines
}

/// The parts of a text between the places outside of brackets at which a sign stands.
fn top_level(text: &str, sign: char) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    text.split(move |c| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c == sign
    })
}

/// Whether a part of a text is an equation that defines nothing.
pub(super) fn has_equation(text: &str) -> bool {
    let is_equation = |piece: &str| {
        let mut sides = top_level(piece, '=');
        let before = sides.next().unwrap_or_default();
        sides.next().is_some_and(|behind| !behind.is_empty())
            && !before.ends_with(['<', '>', '!'])
            && defined(piece.trim()).is_none()
    };
    top_level(text, ';').flat_map(str::lines).any(is_equation)
}

/// What a definition defines, `f` or `f(x, y)`; `None` for anything else.
fn defined(text: &str) -> Option<&str> {
    let (head, rest) = text.split_once('=')?;
    let head = head.strip_suffix(':').unwrap_or(head).trim();
    let name_ends = head.find('(').unwrap_or(head.len());
    let (name, arguments) = (head[..name_ends].trim(), &head[name_ends..]);
    let is_list = arguments.is_empty()
        || arguments
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'))
            .is_some_and(|list| list.split(',').all(|argument| is_name(argument.trim())));
    (!rest.starts_with('=') && is_name(name) && is_list).then_some(head)
}

/// Whether a text may be a name.
fn is_name(text: &str) -> bool {
    // Letters of Greek may be typed as in LaTeX.
    let name = text.strip_prefix('\\').unwrap_or(text);
    name.starts_with(char::is_alphabetic) && name.chars().all(is_of_name)
}

/// Whether a character may stand in a name.
pub(super) fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// How many brackets of a text are open, as far as it is typed.
pub(super) fn open_brackets(text: &str) -> usize {
    text.lines().flat_map(brackets).fold(0, |open: usize, is_open| match is_open {
        true => open + 1,
        false => open.saturating_sub(1),
    })
}

/// The brackets of a line, and whether each opens.
pub(super) fn brackets(line: &str) -> impl Iterator<Item = bool> {
    let code = line.split('#').next().unwrap_or_default();
    code.chars().filter_map(|c| match c {
        '(' | '[' | '{' => Some(true),
        ')' | ']' | '}' => Some(false),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::commands::Arguments;
    use super::{Line, open_brackets, read};
    use clap::CommandFactory;

    #[test]
    fn lines_are_what_they_look_like() {
        let mut root = Arguments::command();
        root.build();
        for (text, meant) in [
            ("  ", Line::Nothing),
            ("# f = 2", Line::Nothing),
            (":format latex", Line::Word("format", "latex")),
            ("quit", Line::Word("quit", "")),
            ("?tan", Line::About("tan")),
            ("f = x^2", Line::Definition("f", "f = x^2")),
            ("f(x, y) := x*y", Line::Definition("f(x, y)", "f(x, y) := x*y")),
            ("\\alpha = 3", Line::Definition("\\alpha", "\\alpha = 3")),
            ("diff = 3", Line::Definition("diff", "diff = 3")),
            ("x^2 + y^2 = 25", Line::Formula("x^2 + y^2 = 25")),
            ("x == 2", Line::Formula("x == 2")),
            ("diff x", Line::Command("diff", "x")),
            ("implicit x^2 = y", Line::Command("implicit", "x^2 = y")),
            ("sin x", Line::Formula("sin x")),
            ("quit + 1", Line::Formula("quit + 1")),
        ] {
            assert_eq!(read(text, &root), meant);
        }
    }

    #[test]
    fn open_brackets_are_counted() {
        assert_eq!(open_brackets("f(x, [y"), 2);
        assert_eq!(open_brackets("f(x) # (("), 0);
        assert_eq!(open_brackets("f(x))"), 0);
    }
}
