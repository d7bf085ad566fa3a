//! Notations on one line: fractions are slashes, and brackets that are not shown hold together
//! what is more than one thing. What they differ in is a [`Linear`].

use super::{Face, Grid, Markup, Role, is_behind, is_fenced};

/// Functions that all of them set upright by their names.
const FUNCTIONS: [&str; 22] = [
    "arccos", "arcsin", "arctan", "cos", "cosh", "cot", "coth", "csc", "csch", "det",
    "exp", "lim", "ln", "log", "max", "min", "sec", "sech", "sin", "sinh", "tan", "tanh",
];

/// A notation on one line.
pub(super) struct Linear {
    /// Functions that it knows by their names, beside those that all know.
    pub(super) functions: &'static [&'static str],
    /// Signs that are written by other signs.
    pub(super) signs: &'static [(&'static str, &'static str)],
    /// A variable, a function that is not known by its name, a name in another face.
    pub(super) name: fn(&str, Face) -> String,
    /// Words between quotation marks.
    pub(super) words: fn(&str) -> String,
    /// What stands before the degree of a root, between both, and behind.
    pub(super) root: [&'static str; 3],
    /// Brackets that are no functions of what stands between them.
    pub(super) fence: fn(&'static str, &'static str) -> [String; 2],
    /// A thin space and a wide one.
    pub(super) spaces: [&'static str; 2],
    pub(super) grid: fn(Grid) -> Cells,
}

/// What stands around rows and cells.
pub(super) struct Cells {
    pub(super) open: &'static str,
    /// Before a row, between its cells, and behind it.
    pub(super) row: [&'static str; 3],
    pub(super) between: &'static str,
    pub(super) close: &'static str,
}

/// Brackets that every such notation has as functions.
const FENCES: [(&str, &str, &str); 4] =
    [("|", "|", "abs"), ("‖", "‖", "norm"), ("⌊", "⌋", "floor"), ("⌈", "⌉", "ceil")];

impl Linear {
    /// Writes a formula.
    pub(super) fn formula(&self, formula: &Markup) -> String {
        let mut out = String::new();
        self.pieces(formula.pieces(), &mut out);
        out
    }

    fn pieces(&self, list: &[Markup], out: &mut String) {
        for (place, piece) in list.iter().enumerate() {
            let before = place.checked_sub(1).map(|before| &list[before]);
            let is_apart = match (before, piece) {
                (None, _)
                | (Some(Markup::Sign("−" | "+", Role::Prefix)), _)
                | (_, Markup::Sign(_, Role::Comma | Role::Apply)) => false,
                (_, piece) if is_behind(piece) => false,
                (Some(Markup::Sign(_, Role::Apply)), _) => !is_fenced(piece),
                _ => true,
            };
            if is_apart && !out.ends_with(' ') {
                out.push(' ');
            }
            self.one(piece, out);
        }
    }

    fn one(&self, piece: &Markup, out: &mut String) {
        match piece {
            Markup::Row(list) => self.pieces(list, out),
            Markup::Number(text) => out.push_str(text),
            Markup::Name(name, Face::Upright) if self.knows(name) => out.push_str(name),
            Markup::Name(name, face) => out.push_str(&(self.name)(name, *face)),
            Markup::Sign(_, Role::Apply) => {}
            Markup::Sign(sign, _) => {
                let known = self.signs.iter().find(|row| row.0 == *sign);
                out.push_str(known.map_or(sign, |row| row.1));
            }
            Markup::Primes(count) => out.push_str(&"'".repeat(*count)),
            Markup::Words(words) => out.push_str(&(self.words)(words)),
            Markup::Fraction(sides) => {
                self.grouped(&sides[0], out);
                out.push('/');
                self.grouped(&sides[1], out);
            }
            Markup::Root(None, inside) => self.bracketed("sqrt", inside, out),
            Markup::Root(Some(degree), inside) => {
                let [open, between, close] = self.root;
                out.push_str(open);
                self.one(degree, out);
                out.push_str(between);
                self.one(inside, out);
                out.push_str(close);
            }
            Markup::Scripts { base, below, above } => {
                match matches!(**base, Markup::Fence { .. } | Markup::Sign(..)) {
                    true => self.one(base, out),
                    false => self.grouped(base, out),
                }
                for (sign, script) in [("_", below), ("^", above)] {
                    match script.as_deref() {
                        Some(primes @ Markup::Primes(_)) => self.one(primes, out),
                        Some(script) => {
                            out.push_str(sign);
                            match has_scripts(script) {
                                true => self.bracketed("", script, out),
                                false => self.grouped(script, out),
                            }
                        }
                        None => {}
                    }
                }
            }
            Markup::Fence { open, body, close } => {
                let known = FENCES.iter().find(|row| (row.0, row.1) == (*open, *close));
                if let Some((.., name)) = known {
                    return self.bracketed(name, body, out);
                }
                let [open, close] = (self.fence)(open, close);
                out.push_str(&open);
                self.one(body, out);
                out.push_str(&close);
            }
            Markup::Grid(kind, rows) => self.cells(&(self.grid)(*kind), rows, out),
            Markup::Space(n) => out.push_str(self.spaces[usize::from(*n > 1)]),
        }
    }

    fn knows(&self, name: &str) -> bool {
        FUNCTIONS.contains(&name) || self.functions.contains(&name)
    }

    fn bracketed(&self, name: &str, inside: &Markup, out: &mut String) {
        out.push_str(name);
        out.push('(');
        self.one(inside, out);
        out.push(')');
    }

    /// A side of a fraction or a script: in brackets where it is more than one thing.
    fn grouped(&self, piece: &Markup, out: &mut String) {
        match is_single(piece) {
            true => self.one(piece, out),
            false => self.bracketed("", piece, out),
        }
    }

    fn cells(&self, cells: &Cells, rows: &[Vec<Markup>], out: &mut String) {
        let [before, between, behind] = cells.row;
        out.push_str(cells.open);
        for (place, row) in rows.iter().enumerate() {
            out.push_str(if place == 0 { "" } else { cells.between });
            out.push_str(before);
            for (place, cell) in row.iter().enumerate() {
                out.push_str(if place == 0 { "" } else { between });
                self.one(cell, out);
            }
            out.push_str(behind);
        }
        out.push_str(cells.close);
    }
}

/// Whether a script is one thing with scripts of its own, which the base would take for its.
fn has_scripts(script: &Markup) -> bool {
    match script {
        Markup::Row(list) => matches!(&list[..], [one] if has_scripts(one)),
        script => matches!(script, Markup::Scripts { .. }),
    }
}

/// Whether something is read as one thing beside a slash or as a script.
fn is_single(piece: &Markup) -> bool {
    match piece {
        Markup::Row(list) => matches!(&list[..], [one] if is_single(one)),
        Markup::Number(_) | Markup::Words(_) | Markup::Name(..) | Markup::Root(..) => {
            true
        }
        Markup::Sign(_, role) => *role == Role::Thing,
        Markup::Scripts { base, .. } => {
            is_single(base) || matches!(**base, Markup::Fence { .. })
        }
        _ => false,
    }
}
