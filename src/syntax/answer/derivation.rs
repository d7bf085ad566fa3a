//! The lines of a derivation as somebody wrote it: every line of the text, every formula between
//! its signs of equality, with the names in front of them.

use super::super::marks::{FENCES, beside_code, unfenced};
use super::around::trimmed;
use super::boxes::unboxed;
use super::label::{Label, Naming};
use super::margin::{bare, behind_words, is_bulleted, is_remark};
use super::outline::{Piece, Sign, mate, outline};
use super::sentence::{formulas, unstarred};
use super::statements::{has_statements, is_named, without_gaps};
use super::tail;
use super::words::is_changing;

/// The longest derivation that is taken apart, in bytes.
pub const LONGEST_DERIVATION: usize = 1 << 17;

/// A formula of a derivation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The formula.
    pub text: String,
    /// Whether a sign such as `≈` stands before it.
    pub is_near: bool,
}

/// A line of a derivation: what it names, and formulas that are said to be equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What its label names.
    pub label: Option<Label>,
    /// The label as it was typed.
    pub labelled: String,
    /// Whether it begins with a sign of equality.
    pub is_continued: bool,
    /// Its formulas.
    pub sides: Vec<Side>,
}

/// Words with which a reason begins.
const REASONS: [&str; 4] = ["because", "since", "vì", "因为"];

/// A derivation that was taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derivation {
    /// Its lines, in order.
    pub rows: Vec<Row>,
    /// What was left out of it.
    pub notes: Vec<String>,
    /// Whether a line says where the derivative is 0; all behind it solves for that.
    is_solved: bool,
}

/// What is said of lines that solve for something.
const SOLVED: &str = "what says where the derivative is 0 is left out";

/// Takes a derivation apart; `None` when it is too long.
pub fn derivation(text: &str, is_name: &dyn Fn(&str) -> bool) -> Option<Derivation> {
    if text.len() > LONGEST_DERIVATION {
        return None;
    }
    let mut found = Derivation::default();
    let (text, notes) = without_reasons(&unstarred(text));
    found.notes.extend(notes);
    let lines = joined(lines(&sentences(&text)));
    let is_list = lines.len() > 1 && lines.iter().all(|line| is_bulleted(line));
    for line in lines {
        found.take(&line, is_list, is_name);
    }
    found.notes.dedup();
    Some(found)
}

/// A text without the reasons that begin with a word such as `because` and go on to the end of
/// their line, and with names that are explained behind `where` on lines before it.
fn without_reasons(text: &str) -> (String, Vec<String>) {
    let mut notes = Vec::new();
    let mut found = Vec::new();
    for line in text.split('\n') {
        let mut line = line.to_owned();
        for word in REASONS {
            if let Some(at) = word_at(&line, word) {
                let open = line[..at].trim_end().ends_with('(');
                let end = match open {
                    true => line[at..].rfind(')').map_or(line.len(), |end| at + end + 1),
                    false => line.len(),
                };
                let before = line[..at].trim_end_matches([' ', '\t', ',', ';', '(']);
                if before.is_empty() {
                    continue;
                }
                let from = before.len();
                notes.push(format!("`{}` is left out", line[at..end].trim()));
                line.replace_range(from..end, "");
            }
        }
        if let Some(at) = word_at(&line, "where")
            && at > 0
        {
            let before = line[..at].trim_end_matches([' ', '\t', ',', ';']).to_owned();
            let behind = line[at + "where".len()..].trim_start().to_owned();
            // What goes on below goes on with the formula.
            found.push(behind);
            line = before;
        }
        found.push(line);
    }
    (found.join("\n"), notes)
}

/// Where a word stands alone in a line.
fn word_at(line: &str, word: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\\' | '_');
    line.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = line[..*at].chars().next_back();
        let behind = line[*at + word.len()..].chars().next();
        before.is_some_and(|c| !is_part(c)) && behind.is_some_and(|c| c == ' ')
    })
}

/// A text with the end of a line for the full stop behind each of its sentences.
fn sentences(text: &str) -> String {
    let mut found = text.to_owned();
    for (at, _) in text.match_indices(". ") {
        let mut next = text[at + 2..].trim_start().chars();
        let is_word = next.next().is_some_and(char::is_uppercase)
            && next.next().is_some_and(char::is_lowercase);
        if is_word {
            found.replace_range(at..=at, "\n");
        }
    }
    found
}

/// Whether a piece begins or ends an environment whose lines are statements.
fn is_frame(piece: &Piece<'_>) -> bool {
    let name = piece.text.split_once('{').map_or("", |(_, name)| name);
    let name = name.trim_end_matches('}');
    matches!(piece.sign, Sign::Begin | Sign::End)
        && has_statements(name)
        && name != "cases"
}

/// The pieces of a text outside of all brackets; frames of lines are none.
fn top(text: &str) -> Vec<Piece<'_>> {
    let pieces = outline(text);
    let mut found = Vec::new();
    // For each bracket that is open whether it is one, and no frame.
    let mut open: Vec<bool> = Vec::new();
    let mut depth = 0usize;
    for (at, piece) in pieces.iter().enumerate() {
        let mut frames = is_frame(piece);
        // An array with signs of equality has lines, any other one is a matrix.
        if frames && piece.sign == Sign::Begin && piece.text.contains("array") {
            let rest = mate(&pieces, at).map(|end| &text[piece.end..pieces[end].start]);
            frames = rest.is_some_and(|rest| rest.contains('='));
        }
        match piece.sign {
            Sign::Close | Sign::End => {
                let was_bracket = open.pop().unwrap_or(false);
                depth -= usize::from(was_bracket);
                frames &= !was_bracket;
            }
            _ => {}
        }
        if depth == 0 {
            let sign = match (frames, piece.sign) {
                (true, _) => Sign::Newline,
                (false, sign) => sign,
            };
            found.push(Piece { sign, ..*piece });
        }
        if matches!(piece.sign, Sign::Open | Sign::Begin | Sign::Boxed) {
            open.push(!frames);
            depth += usize::from(!frames);
        }
    }
    found
}

/// The lines of a text: what stands between the ends of lines and the arrows of implications.
fn lines(text: &str) -> Vec<&str> {
    let top = top(text);
    let is_hard =
        |piece: &Piece<'_>| piece.sign == Sign::Newline && piece.text.starts_with('\\');
    let is_latex = top.iter().any(is_hard);
    let mut found = Vec::new();
    let mut start = 0;
    for piece in &top {
        let is_end = match piece.sign {
            Sign::Implies => true,
            Sign::Newline | Sign::Gap if piece.text == "\n" => !is_latex,
            Sign::Newline => true,
            _ => false,
        };
        if is_end {
            found.push(&text[start..piece.start]);
            start = piece.end;
        }
    }
    found.push(&text[start..]);
    found
}

/// Whether a bracket with which a text begins ends before the text does, as in
/// `(x^2) + d/dx(x)`.
fn ends_early(text: &str) -> bool {
    let pieces = outline(text);
    let is_open = pieces.first().is_some_and(|p| p.sign == Sign::Open && p.start == 0);
    let close = is_open.then(|| mate(&pieces, 0)).flatten();
    close.is_some_and(|close| pieces[close].end < text.len())
}

/// A line without the signs of LaTeX that begin or end mathematics, and without the columns of
/// an array.
fn without_fences(line: &str) -> &str {
    let mut line = beside_code(line.trim());
    if let Some((columns, rest)) = line.strip_prefix('{').and_then(|l| l.split_once('}'))
        && columns.chars().all(|c| matches!(c, 'r' | 'l' | 'c' | '|' | '@' | ' '))
    {
        line = rest.trim();
    }
    let is_odd = |line: &str| {
        let fences = outline(line).iter().filter(|p| p.sign == Sign::Fence).count();
        fences % 2 == 1
    };
    if is_odd(line) {
        let cut = FENCES.iter().find_map(|(open, close)| {
            line.strip_prefix(open).or_else(|| line.strip_suffix(close))
        });
        line = cut.map_or(line, str::trim);
    }
    unfenced(line)
}

/// Lines with those that go on with what was begun on the line before.
fn joined(lines: Vec<&str>) -> Vec<String> {
    const ENDINGS: [&str; 9] = ["=", "+", "-", "*", "/", "·", "\\cdot", "\\times", "&"];
    const BEGINNINGS: [&str; 6] = ["+", "*", "/", "·", "\\cdot", "\\times"];
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        let line = without_fences(line);
        let begun = without_gaps(line);
        if begun.is_empty() {
            continue;
        }
        let goes_on = BEGINNINGS.iter().any(|sign| begun.starts_with(sign))
            || begun.starts_with(['-', '−']) && !begun.contains('=');
        let is_open =
            |last: &String| ENDINGS.iter().any(|sign| last.trim_end().ends_with(sign));
        let is_equated = |last: &String| last.contains('=');
        match found.last_mut() {
            Some(last)
                if is_open(last) && !begun.starts_with('=')
                    || goes_on && is_equated(last) =>
            {
                last.push(' ');
                last.push_str(begun);
            }
            _ => found.push(line.to_owned()),
        }
    }
    found
}

/// The equations of a line: what stands between commas and wide gaps with a sign of equality on
/// both sides.
fn equations(line: &str) -> Vec<&str> {
    let top = top(line);
    let is_equals = |piece: &Piece<'_>| piece.sign == Sign::Equals;
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let separates = |piece: &Piece<'_>| match piece.sign {
        Sign::Semicolon => true,
        Sign::Comma => {
            !(is_digit(line[..piece.start].chars().next_back())
                && is_digit(line[piece.end..].chars().next()))
        }
        Sign::Gap => piece.text.contains("quad"),
        Sign::Word | Sign::Words => {
            matches!(piece.text.trim().to_lowercase().as_str(), "and" | "so" | "with")
        }
        _ => false,
    };
    let mut found = Vec::new();
    let (mut start, mut equated) = (0, false);
    for (at, piece) in top.iter().enumerate() {
        equated |= is_equals(piece);
        let mut next = top[at + 1..].iter().take_while(|piece| !separates(piece));
        if equated && separates(piece) && next.any(is_equals) {
            found.push(&line[start..piece.start]);
            (start, equated) = (piece.end, false);
        }
    }
    found.push(&line[start..]);
    found
}

impl Derivation {
    /// A text as one formula.
    pub fn whole(text: &str) -> Self {
        let side = Side { text: text.to_owned(), is_near: false };
        let row = Row { sides: vec![side], ..Row::default() };
        Self::of(row)
    }

    /// One line.
    pub fn of(row: Row) -> Self {
        Self { rows: vec![row], ..Self::default() }
    }

    /// Takes a line in.
    fn take(&mut self, line: &str, is_list: bool, is_name: &dyn Fn(&str) -> bool) {
        let whole = line;
        let (line, is_cut) = bare(line, is_list, is_name);
        if is_cut {
            self.note("words beside the lines are left out".to_owned());
        }
        if line.is_empty() {
            return;
        }
        if is_remark(line, is_name) && !is_changing(line) {
            return self.note(format!("`{line}` is left out"));
        }
        if let Some(said) = formulas(whole, self.rows.is_empty())
            && !is_changing(whole)
        {
            if !is_cut && whole.contains(char::is_whitespace) {
                self.note("words beside the lines are left out".to_owned());
            }
            for equation in said.into_iter().flat_map(equations) {
                self.add(behind_words(without_gaps(equation), is_name), is_name);
            }
            return;
        }
        for equation in equations(line) {
            self.add(behind_words(without_gaps(equation), is_name), is_name);
        }
    }

    fn note(&mut self, message: String) {
        if !self.notes.contains(&message) {
            self.notes.push(message);
        }
    }

    /// Adds an equation.
    fn add(&mut self, text: &str, is_name: &dyn Fn(&str) -> bool) {
        let mut sides = Vec::new();
        let (mut start, mut is_near, mut equated) = (0, false, false);
        for piece in top(text) {
            let is_named = |text: &str| is_named(text.get(..piece.start).unwrap_or(""));
            let is_equals = match piece.sign {
                Sign::Equals | Sign::Like => true,
                Sign::Colon => !equated && is_named(text),
                _ => false,
            };
            if is_equals {
                sides.push((&text[start..piece.start], is_near));
                is_near = matches!(piece.text, "≈" | "\\approx");
                (start, equated) = (piece.end, true);
            }
        }
        sides.push((&text[start..], is_near));
        let plain = |text| without_gaps(unboxed(unfenced(without_gaps(trimmed(text)))));
        let mut sides: Vec<(&str, bool)> =
            sides.into_iter().map(|(side, is_near)| (plain(side), is_near)).collect();
        let mut row =
            Row { is_continued: equated && sides[0].0.is_empty(), ..Row::default() };
        let count = sides.len();
        sides.retain(|(side, _)| !side.is_empty());
        if sides.is_empty() || count - usize::from(row.is_continued) > sides.len() {
            self.note("a sign of equality with nothing beside it is left out".to_owned());
        }
        let labels = match row.is_continued {
            true => 0,
            false => row.take_labels(&sides, is_name),
        };
        let keeps = tail::has_differentials(text, is_name);
        for (whole, is_near) in sides.split_off(labels) {
            let (side, differential, said) = tail::without(whole, is_name);
            let side = match differential.is_some() && keeps {
                true => whole,
                false => {
                    said.into_iter().for_each(|said| self.note(said));
                    side
                }
            };
            row.sides.push(Side { text: side.to_owned(), is_near });
        }
        if self.is_solved {
            return self.note(SOLVED.to_owned());
        }
        let last = self.rows.last().and_then(|row| row.sides.last());
        if let [.., derived, zero] = &row.sides[..]
            && zero.text == "0"
            && match &row.label {
                Some(label) => {
                    label.operand.is_none()
                        && label.variable().is_none_or(is_name)
                        && !derived.text.contains('\'')
                }
                // `3x^2 - 3 = 0` behind `f'(x) = 3x^2 - 3`.
                None => last.is_some_and(|last| last.text == derived.text),
            }
            && derived.text.split(|c: char| !c.is_alphabetic()).any(is_name)
        {
            self.note(SOLVED.to_owned());
            self.is_solved = true;
            row.sides.pop();
        }
        if !row.sides.is_empty() {
            self.rows.push(row);
        }
    }

    /// The text of the answer in which the derivation ends: its last formula with its name, and
    /// the last formulas of the same function's other derivatives.
    pub fn conclusion(&self, is_name: &dyn Fn(&str) -> bool) -> String {
        let mut threads: Vec<(&Row, &Side)> = Vec::new();
        for row in &self.rows {
            // Decimals behind `≈` say again what stands before them.
            let exact = row.sides.iter().rev().find(|side| !side.is_near);
            let goes_on = row.label.is_none() && !threads.is_empty();
            let Some(side) = exact.or(row.sides.last().filter(|_| !goes_on)) else {
                continue;
            };
            let is_next = row.label.is_none()
                || threads.last().is_some_and(|(last, _)| last.label == row.label);
            match threads.last_mut() {
                Some(last) if is_next => last.1 = side,
                _ => threads.push((row, side)),
            }
        }
        let named = |row: &Row| {
            let label = row.label.as_ref();
            label.filter(|label| !label.is_value() && label.is_general()).cloned()
        };
        let is_part = |row: &Row| {
            let function = named(row).and_then(|label| label.function);
            function.is_some()
                && self.rows.iter().any(|other| {
                    other.label.as_ref().is_some_and(Label::is_value)
                        && other.label.as_ref().and_then(|l| l.function.clone())
                            == function
                })
        };
        let last = (threads.iter().rev())
            .find(|(row, _)| named(row).is_some() && !is_part(row))
            .or_else(|| threads.iter().rev().find(|(row, _)| named(row).is_some()))
            .or(threads.last());
        let Some((row, side)) = last else { return String::new() };
        let stated = |row: &Row, side: &Side| match row.labelled.is_empty() {
            true => side.text.clone(),
            false => format!("{} = {}", row.labelled, side.text),
        };
        let label = named(row);
        let beside = |other: &Row| {
            let (Some(label), Some(other)) = (&label, named(other)) else { return false };
            other.function == label.function
                && other.operand == label.operand
                && other.order == label.order
                && !other.wrt.is_empty()
                && other.wrt.iter().all(|name| is_name(name))
                && other.wrt != label.wrt
                && matches!(other.naming, Naming::Derivative | Naming::Subscript)
        };
        let mut found: Vec<String> = threads
            .iter()
            .filter(|(other, _)| beside(other))
            .map(|(row, side)| stated(row, side))
            .collect();
        found.push(stated(row, side));
        found.join("\n")
    }
}

impl Row {
    /// Takes the labels among its sides, and says how many there are; the last side is none.
    fn take_labels(
        &mut self,
        sides: &[(&str, bool)],
        is_name: &dyn Fn(&str) -> bool,
    ) -> usize {
        let Some((_, before)) = sides.split_last() else { return 0 };
        let mut count = 0;
        for (side, _) in before {
            let Some(mut label) = Label::read(side) else { break };
            label.split(is_name);
            let is_derived = self.label.as_ref().is_some_and(|known| !known.is_value());
            // `f'(x) = d/dx(x^2) = …` and `ln(y) = …` begin with formulas.
            // So do `f'(x) = a(x^2)' = …`, `x(x^2)' = …` and `xy' = …`.
            let is_factor = label.function.as_deref().is_some_and(is_name);
            let is_product = !label.is_general() && (is_derived || is_factor)
                || label.has_factors(is_name);
            if is_derived && (label.operand.is_some() || label.is_value())
                || is_product
                || label.names_known_function()
                || label.operand.as_deref().is_some_and(ends_early)
            {
                break;
            }
            if self.label.as_ref().is_none_or(|known| label.says_more(known)) {
                self.label = Some(label);
                self.labelled = (*side).to_owned();
            }
            count += 1;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::derivation;

    /// The lines of a derivation: the label, then the formulas with `|` between them.
    fn shown(text: &str) -> Vec<String> {
        let found = derivation(text, &|name| name == "x").unwrap_or_default();
        let rows = found.rows.iter().map(|row| {
            let sides: Vec<&str> = row.sides.iter().map(|side| &side.text[..]).collect();
            let dots = if row.is_continued { ".. " } else { "" };
            format!("{dots}{}: {}", row.labelled, sides.join(" | "))
        });
        rows.collect()
    }

    #[test]
    fn derivations_are_taken_apart() {
        let rows: [(&str, &[&str]); 23] = [
            ("f'(x) = 2*x + x = 3*x", &["f'(x): 2*x + x | 3*x"]),
            (
                "f(x) = x^2\nf'(x) = x + x\n = 2*x",
                &["f(x): x^2", "f'(x): x + x", ".. : 2*x"],
            ),
            (
                "\\begin{align*}\nf'(x) &= 2x \\\\\n&= x + x && \\text{sum}\n\\end{align*}",
                &["f'(x): 2x", ".. : x + x"],
            ),
            (
                "f' = x + x   product rule; x' = 1\n   = 2x (sum rule)",
                &["f': x + x", ".. : 2x"],
            ),
            ("f'(x) =\n 2x", &["f'(x): 2x"]),
            ("f'(x) = x\n + x\n = 2x", &["f'(x): x + x", ".. : 2x"]),
            ("f'(x) = x + x =", &["f'(x): x + x"]),
            ("u = x^2, u' = 2x", &["u: x^2", "u': 2x"]),
            ("f' = [2*x, 1]", &["f': [2*x, 1]"]),
            ("x + x\n=> f'(x) = 2x", &[": x + x", "f'(x): 2x"]),
            ("$f'(x) = x + x$\n$= 2x$", &["f'(x): x + x", ".. : 2x"]),
            ("f'(x) == x + x == 2x", &["f'(x): x + x | 2x"]),
            ("By the product rule we get\nf'(x) = 2x", &["f'(x): 2x"]),
            (
                "\\begin{array}{rl} f' &= x + x \\\\ &= 2x \\end{array}",
                &["f': x + x", ".. : 2x"],
            ),
            (
                "f' = \\begin{array}{c} 2x \\\\ 1 \\end{array}",
                &["f': \\begin{array}{c} 2x \\\\ 1 \\end{array}"],
            ),
            ("f' = x (x)' + x = 2x", &["f': x (x)' + x | 2x"]),
            ("f' = x (x^2)' = 2x", &["f': x (x^2)' | 2x"]),
            ("f' = x + x -> f' = 2x", &["f': x + x", "f': 2x"]),
            ("xy' = -y", &[": xy' | -y"]),
            (
                "Using the rule with $u = x^2$ and $v = x$:\n\n**So** $f'(x) = 2x$.",
                &["u: x^2", "v: x", "f'(x): 2x"],
            ),
            ("$f'(x) = x + x$ $= 2x$", &["f'(x): x + x", ".. : 2x"]),
            ("Hence $f' = x + x$.\n\nAnswer: $2x$", &["f': x + x", ": 2x"]),
            ("", &[]),
        ];
        for (text, expected) in rows {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
