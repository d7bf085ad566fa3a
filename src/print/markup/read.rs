//! The LaTeX that the writers make, as a tree.

use super::{Face, Grid, Markup, Role, is_function};
use crate::error::{ErrorKind, Result};
use crate::kernel::GREEK;

/// How many times things may be nested: browsers and typesetters have such limits too.
const MAX_DEPTH: usize = 200;

/// Signs that words of LaTeX have by a name, behind a backslash.
pub const SPELLED_SIGNS: [(char, &str); 3] =
    [('^', "textasciicircum{}"), ('~', "textasciitilde{}"), ('\\', "textbackslash{}")];

/// Commands that are signs.
#[rustfmt::skip]
const SIGNS: &[(&str, &str, Role)] = &[
    ("cdot", "⋅", Role::Times), ("times", "×", Role::Times), ("odot", "⊙", Role::Times),
    ("otimes", "⊗", Role::Times), ("circ", "∘", Role::Times), ("bmod", "mod", Role::Times),
    ("le", "≤", Role::Relation), ("ge", "≥", Role::Relation), ("ne", "≠", Role::Relation),
    ("approx", "≈", Role::Relation), ("in", "∈", Role::Relation), ("to", "→", Role::Relation),
    ("wedge", "∧", Role::Relation), ("vee", "∨", Role::Relation),
    ("nabla", "∇", Role::Prefix), ("partial", "∂", Role::Prefix), ("pm", "±", Role::Plus),
    ("oslash", "⊘", Role::Times), ("middle", "", Role::Thing),
    ("infty", "∞", Role::Thing), ("top", "⊤", Role::Thing), ("ell", "ℓ", Role::Thing),
    ("vdots", "⋮", Role::Thing), ("ldots", "…", Role::Thing), ("cdots", "⋯", Role::Thing),
    ("%", "%", Role::Postfix), ("sum", "∑", Role::Prefix),
];

/// Characters that are signs.
#[rustfmt::skip]
const CHARACTERS: &[(char, &str, Role)] = &[
    ('+', "+", Role::Plus), ('-', "−", Role::Plus), ('=', "=", Role::Relation),
    ('<', "<", Role::Relation), ('>', ">", Role::Relation), (',', ",", Role::Comma),
    (';', ";", Role::Comma), (':', ":", Role::Comma), ('!', "!", Role::Postfix),
    ('/', "/", Role::Times), ('*', "∗", Role::Times), ('.', ".", Role::Comma),
    ('…', "…", Role::Thing), ('∞', "∞", Role::Thing), ('≈', "≈", Role::Relation),
    ('~', " ", Role::Comma),
];

/// What opens, as it is written and as it is shown, and what closes it.
#[rustfmt::skip]
const FENCES: &[(&str, &str, &str, &str)] = &[
    ("(", "(", ")", ")"), ("[", "[", "]", "]"), ("\\{", "{", "\\}", "}"), ("|", "|", "|", "|"),
    ("\\lvert", "|", "\\rvert", "|"), ("\\lVert", "‖", "\\rVert", "‖"),
    ("\\|", "‖", "\\|", "‖"), ("\\lfloor", "⌊", "\\rfloor", "⌋"),
    ("\\lceil", "⌈", "\\rceil", "⌉"), ("\\langle", "⟨", "\\rangle", "⟩"),
];

/// A piece of LaTeX: a command with its backslash, an environment's bracket, one character.
type Token<'a> = &'a str;

impl Markup {
    /// Takes LaTeX as the writers make it apart. What is no LaTeX of theirs stands as it is.
    ///
    /// # Errors
    /// What is nested more than 200 times.
    pub fn read(latex: &str) -> Result<Self> {
        let mut reader = Reader { rest: latex, depth: 0 };
        let mut pieces = Vec::new();
        loop {
            reader.pieces(&mut pieces)?;
            match reader.next() {
                None => break Ok(row(pieces)),
                // A bracket that nothing has opened.
                Some(token) => pieces.push(Self::Words(token.to_owned())),
            }
        }
    }
}

/// Pieces side by side; one is itself.
fn row(mut pieces: Vec<Markup>) -> Markup {
    match pieces.len() {
        1 => pieces.remove(0),
        _ => Markup::Row(pieces),
    }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        let rest = self.rest.trim_start();
        let mut characters = rest.char_indices();
        let (_, first) = characters.next()?;
        if first != '\\' {
            return Some(&rest[..first.len_utf8()]);
        }
        let is_letter = |c: char| c.is_ascii_alphabetic();
        let end = match characters.next() {
            Some((_, c)) if is_letter(c) => {
                rest[1..].find(|c| !is_letter(c)).map_or(rest.len(), |end| end + 1)
            }
            Some((at, c)) => at + c.len_utf8(),
            None => rest.len(),
        };
        Some(&rest[..end])
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let token = self.peek()?;
        self.rest = &self.rest.trim_start()[token.len()..];
        Some(token)
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.next();
        }
        found
    }

    /// What stands in braces, as characters.
    fn raw(&mut self) -> String {
        let mut text = String::new();
        if !self.take("{") {
            return text;
        }
        let mut open = 1;
        let mut characters = self.rest.char_indices();
        while let Some((at, c)) = characters.next() {
            match c {
                '\\' => {
                    let behind = characters.as_str();
                    match SPELLED_SIGNS.iter().find(|row| behind.starts_with(row.1)) {
                        Some((sign, spelled)) => {
                            text.push(*sign);
                            characters.nth(spelled.len() - 1);
                        }
                        None => text.extend(characters.next().map(|(_, c)| c)),
                    }
                }
                '{' => open += 1,
                '}' => open -= 1,
                c => text.push(c),
            }
            if open == 0 {
                self.rest = &self.rest[at + 1..];
                return text;
            }
        }
        self.rest = "";
        text
    }

    /// Pieces up to what closes a bracket or ends a cell.
    fn pieces(&mut self, pieces: &mut Vec<Markup>) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let what = "the nesting of a formula in this notation";
            return Err(ErrorKind::OverLimit { what, limit: MAX_DEPTH as u64 }.into());
        }
        while let Some(token) = self.peek() {
            let is_apart = self.rest.starts_with(char::is_whitespace);
            let closes = FENCES.iter().any(|row| row.2 == token && row.0 != row.2);
            if closes || matches!(token, "}" | "&" | "\\\\" | "\\end" | "\\right") {
                break;
            }
            self.next();
            match token {
                "^" => self.script(pieces, true)?,
                "_" => self.script(pieces, false)?,
                "'" => {
                    let mut count = 1;
                    while self.rest.starts_with('\'') {
                        self.next();
                        count += 1;
                    }
                    raise(pieces, Markup::Primes(count), true);
                }
                token => {
                    let is_beside = !is_apart;
                    let piece = self.piece(token)?;
                    self.put(pieces, piece, is_beside);
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Puts a piece behind others. A sign that nothing stands before is no sum; brackets that
    /// stand beside a name are its arguments, and so is what follows a function; a `d` beside
    /// a name is no factor.
    fn put(&self, pieces: &mut Vec<Markup>, piece: Markup, is_beside: bool) {
        match (pieces.last_mut(), &piece) {
            (Some(d), Markup::Name(..) | Markup::Scripts { .. })
                if is_beside && *d == differential() =>
            {
                *d = Markup::Sign("d", Role::Prefix);
            }
            (Some(before), piece) => {
                let is_factor = !matches!(piece, Markup::Sign(..) | Markup::Space(_));
                let is_fence = matches!(piece, Markup::Fence { .. });
                let is_called = is_fence && is_beside && is_named(before);
                if is_called || is_factor && is_function(before) {
                    pieces.push(Markup::Sign("\u{2061}", Role::Apply));
                    return pieces.push(piece.clone());
                }
            }
            (None, _) => {}
        }
        let is_first = match pieces.last() {
            None => true,
            Some(Markup::Sign(_, role)) => !matches!(role, Role::Postfix | Role::Thing),
            Some(Markup::Space(_)) => matches!(
                pieces.get(pieces.len().wrapping_sub(2)),
                None | Some(Markup::Sign(..))
            ),
            _ => false,
        };
        pieces.push(match piece {
            Markup::Sign(sign, Role::Plus) if is_first => {
                Markup::Sign(sign, Role::Prefix)
            }
            piece => piece,
        });
    }

    /// An exponent or an index of the piece before.
    fn script(&mut self, pieces: &mut Vec<Markup>, is_above: bool) -> Result<()> {
        let script = self.argument()?;
        raise(pieces, script, is_above);
        Ok(())
    }

    /// What stands in braces, or the next piece.
    fn argument(&mut self) -> Result<Markup> {
        if self.take("{") {
            let mut pieces = Vec::new();
            self.pieces(&mut pieces)?;
            self.take("}");
            return Ok(row(pieces));
        }
        match self.next() {
            Some(token) if token.as_bytes()[0].is_ascii_digit() => {
                Ok(Markup::Number(token.to_owned()))
            }
            Some(token) => self.piece(token),
            None => Ok(Markup::Row(Vec::new())),
        }
    }

    fn piece(&mut self, token: Token<'a>) -> Result<Markup> {
        if let Some(&(open, shown, close, end)) = FENCES.iter().find(|row| row.0 == token)
        {
            return self.fence(open, shown, (close, end));
        }
        if let Some(command) = token.strip_prefix('\\') {
            return self.command(command);
        }
        if token == "{" {
            let mut pieces = Vec::new();
            self.pieces(&mut pieces)?;
            self.take("}");
            return Ok(row(pieces));
        }
        let first = token.chars().next().unwrap_or_default();
        if first.is_ascii_digit() {
            return Ok(Markup::Number(self.number(first)));
        }
        if let Some(&(_, sign, role)) = CHARACTERS.iter().find(|row| row.0 == first) {
            return Ok(Markup::Sign(sign, role));
        }
        Ok(Markup::Name(token.to_owned(), Face::Italic))
    }

    fn number(&mut self, first: char) -> String {
        let is_digit = |c: char| c.is_ascii_digit();
        let mut end = self.rest.find(|c| !is_digit(c)).unwrap_or(self.rest.len());
        if let Some(decimals) = self.rest[end..].strip_prefix('.')
            && decimals.starts_with(is_digit)
        {
            let more = decimals.find(|c| !is_digit(c)).unwrap_or(decimals.len());
            end += 1 + more;
        }
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        format!("{first}{digits}")
    }

    /// What stands between brackets. A bracket that another kind closes, as that of an
    /// interval, is a bracket too.
    fn fence(
        &mut self,
        open: &str,
        shown: &'static str,
        (close, end): (&str, &'static str),
    ) -> Result<Markup> {
        let mut pieces = Vec::new();
        if open == close {
            // Bars look alike: they close where they stand again.
            let Some(at) = self.rest.find(close) else {
                return Ok(Markup::Words(open.to_owned()));
            };
            let (inside, rest) = self.rest.split_at(at);
            let mut inner = Reader { rest: inside, depth: self.depth };
            inner.pieces(&mut pieces)?;
            self.rest = &rest[close.len()..];
            let body = Box::new(row(pieces));
            return Ok(Markup::Fence { open: shown, body, close: end });
        }
        self.pieces(&mut pieces)?;
        let body = Box::new(row(pieces));
        let close = match self.peek().map(|token| (token, closing(token))) {
            Some((_, Some(shown))) => {
                self.next();
                shown
            }
            _ => "",
        };
        Ok(Markup::Fence { open: shown, body, close })
    }

    fn command(&mut self, command: &str) -> Result<Markup> {
        if let Some(&(_, sign, role)) = SIGNS.iter().find(|row| row.0 == command) {
            return Ok(Markup::Sign(sign, role));
        }
        if let Some((_, letter)) = GREEK.iter().find(|(word, _)| *word == command) {
            return Ok(Markup::Name(letter.to_string(), Face::Italic));
        }
        Ok(match command {
            "frac" | "dfrac" | "tfrac" => {
                let mut sides = [self.argument()?, self.argument()?];
                // A quotient of differentials has no factor that goes away.
                if sides.iter().all(leads_with_d) {
                    sides.iter_mut().for_each(make_differential);
                }
                Markup::Fraction(Box::new(sides))
            }
            "sqrt" => {
                let mut degree = None;
                if self.take("[") {
                    let mut pieces = Vec::new();
                    self.pieces(&mut pieces)?;
                    self.take("]");
                    degree = Some(Box::new(row(pieces)));
                }
                Markup::Root(degree, Box::new(self.argument()?))
            }
            "left" => {
                let open = self.next().unwrap_or(".");
                let shown =
                    FENCES.iter().find(|row| row.0 == open).map_or("", |row| row.1);
                let mut pieces = Vec::new();
                self.pieces(&mut pieces)?;
                self.take("\\right");
                let close = self.next().and_then(closing).unwrap_or("");
                Markup::Fence { open: shown, body: Box::new(row(pieces)), close }
            }
            "begin" => {
                let name = self.raw();
                self.grid(&name)?
            }
            "binom" => {
                let rows = vec![vec![self.argument()?], vec![self.argument()?]];
                Markup::Grid(Grid::Binomial, rows)
            }
            "overset" => {
                let (above, sign) = (self.raw(), self.argument()?);
                match (&above[..], &sign) {
                    ("?", Markup::Sign("=", _)) => Markup::Sign("≟", Role::Relation),
                    _ => sign,
                }
            }
            "text" | "texttt" => Markup::Words(self.raw()),
            "operatorname" => {
                let is_letter = self.rest.starts_with("{\\");
                let name = self.raw();
                let greek = GREEK.iter().find(|(word, _)| is_letter && *word == name);
                let letter = greek.map(|(_, letter)| letter.to_string());
                Markup::Name(letter.unwrap_or(name), Face::Upright)
            }
            "mathrm" => Markup::Name(self.raw(), Face::Italic),
            "mathbf" | "boldsymbol" => self.faced(Face::Bold)?,
            "mathbb" => self.faced(Face::Double)?,
            "overline" | "hat" | "tilde" => self.argument()?,
            "prime" => Markup::Primes(1),
            "," | ":" | ";" | " " => Markup::Space(1),
            "quad" => Markup::Space(4),
            "qquad" => Markup::Space(8),
            word => Markup::Name(word.to_owned(), Face::Upright),
        })
    }

    /// A name in another face.
    fn faced(&mut self, face: Face) -> Result<Markup> {
        Ok(match self.argument()? {
            Markup::Name(name, _) => Markup::Name(name, face),
            other => other,
        })
    }

    /// An environment of rows and cells.
    fn grid(&mut self, name: &str) -> Result<Markup> {
        let kind = match name {
            "cases" => Grid::Cases,
            "aligned" | "align*" => Grid::Aligned,
            "array" => Grid::Table,
            "pmatrix" => Grid::Round,
            _ => Grid::Matrix,
        };
        if kind == Grid::Table {
            self.raw();
        }
        let (mut rows, mut cells) = (Vec::new(), Vec::new());
        loop {
            let mut pieces = Vec::new();
            self.take("\\hline");
            self.pieces(&mut pieces)?;
            let cell = row(pieces);
            match self.next() {
                Some("&") => cells.push(cell),
                Some("\\\\") => {
                    cells.push(cell);
                    rows.push(std::mem::take(&mut cells));
                }
                _ => {
                    let is_empty = matches!(&cell, Markup::Row(list) if list.is_empty());
                    if !is_empty || !cells.is_empty() {
                        cells.push(cell);
                        rows.push(cells);
                    }
                    self.raw();
                    return Ok(Markup::Grid(kind, rows));
                }
            }
        }
    }
}

/// What a closing bracket shows.
fn closing(token: Token<'_>) -> Option<&'static str> {
    FENCES.iter().find(|row| row.2 == token).map(|row| row.3)
}

/// The letter of differentials.
fn differential() -> Markup {
    Markup::Name("d".to_owned(), Face::Italic)
}

/// The first piece of a side, without what stands above it.
fn first(side: &Markup) -> Option<&Markup> {
    match side.pieces().first()? {
        Markup::Scripts { base, below: None, .. } => Some(base),
        piece => Some(piece),
    }
}

fn leads_with_d(side: &Markup) -> bool {
    first(side).is_some_and(|d| {
        *d == differential() || matches!(d, Markup::Sign("d", Role::Prefix))
    })
}

/// Makes each `d` of a side a sign before a name.
fn make_differential(side: &mut Markup) {
    let Markup::Row(list) = side else { return };
    for piece in list {
        let base = match piece {
            Markup::Scripts { base, below: None, .. } => &mut **base,
            piece => piece,
        };
        if *base == differential() {
            *base = Markup::Sign("d", Role::Prefix);
        }
    }
}

/// Whether something is a name, also with scripts.
fn is_named(piece: &Markup) -> bool {
    match piece {
        Markup::Name(..) => true,
        Markup::Scripts { base, .. } => is_named(base),
        _ => false,
    }
}

/// Raises or lowers a script behind the last piece.
fn raise(pieces: &mut Vec<Markup>, script: Markup, is_above: bool) {
    let script = Box::new(script);
    let base = match pieces.pop() {
        Some(Markup::Scripts { base, below, above: None }) if is_above => {
            return pieces.push(Markup::Scripts { base, below, above: Some(script) });
        }
        Some(Markup::Scripts { base, below: None, above }) if !is_above => {
            return pieces.push(Markup::Scripts { base, below: Some(script), above });
        }
        base => Box::new(base.unwrap_or_else(|| Markup::Row(Vec::new()))),
    };
    pieces.push(match is_above {
        true => Markup::Scripts { base, below: None, above: Some(script) },
        false => Markup::Scripts { base, below: Some(script), above: None },
    });
}
