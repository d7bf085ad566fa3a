//! What authors choose about LaTeX: how long a line may be, what differentials and logarithms
//! look like.

/// The choices; by default there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LatexStyle {
    /// Sums of more characters go on in lines below, which `aligned` puts under one another.
    pub wrap: Option<usize>,
    /// Differentials are upright: `\mathrm{d}x`.
    pub upright_d: bool,
    /// The natural logarithm is written `\log`.
    pub ln_as_log: bool,
}

/// Commands whose argument is no mathematics.
const WORDS: [&str; 6] = ["text", "operatorname", "mathrm", "begin", "end", "mathbf"];

impl LatexStyle {
    /// LaTeX of the writers as it was chosen.
    pub fn apply(&self, latex: &str) -> String {
        let mut out = latex.to_owned();
        if self.upright_d || self.ln_as_log {
            out = self.letters(latex);
        }
        match self.wrap {
            Some(width) if out.len() > width && !out.contains("\\begin{aligned}") => {
                wrapped(&out, width).unwrap_or(out)
            }
            _ => out,
        }
    }

    /// Other letters for differentials and logarithms.
    fn letters(&self, latex: &str) -> String {
        let mut out = String::with_capacity(latex.len());
        let mut rest = latex;
        while let Some(c) = rest.chars().next() {
            let (token, behind) = match rest.strip_prefix('\\') {
                Some(name) => {
                    let end = name.find(|c: char| !c.is_ascii_alphabetic());
                    rest.split_at(1 + end.unwrap_or(name.len()).max(1))
                }
                None => rest.split_at(c.len_utf8()),
            };
            rest = behind;
            match token.strip_prefix('\\') {
                Some("ln") if self.ln_as_log => out.push_str("\\log"),
                Some(name) if WORDS.contains(&name) => {
                    let end = braced(rest).unwrap_or(0);
                    out.push_str(token);
                    out.push_str(&rest[..end]);
                    rest = &rest[end..];
                }
                None if token == "d" && self.upright_d && is_differential(&out, rest) => {
                    out.push_str("\\mathrm{d}");
                }
                _ => out.push_str(token),
            }
        }
        out
    }
}

/// The length of what stands in braces at the beginning of a text, with them; nothing where
/// they are not closed.
pub fn braced(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (c == '}').then_some(at + 1);
        }
    }
    None
}

/// Whether a `d` is no factor: factors have room between them, so that a name behind it is
/// what it belongs to; with an order it stands above a bar, and another one below.
fn is_differential(before: &str, behind: &str) -> bool {
    if behind.starts_with(|c: char| c.is_alphabetic() || c == '\\') {
        return !behind.starts_with("\\,") && !behind.starts_with("\\right");
    }
    if !before.ends_with("\\frac{") {
        return false;
    }
    let above = format!("{{d{behind}");
    let below = &above[braced(&above).unwrap_or(above.len())..];
    below
        .strip_prefix("{d")
        .is_some_and(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '\\'))
}

/// A long sum on several lines; `None` for what has no place to break.
fn wrapped(latex: &str, width: usize) -> Option<String> {
    let (label, sum) = latex.split_once(" = ")?;
    let mut depth = 0i32;
    let mut breaks = vec![0];
    for (at, c) in sum.char_indices() {
        let rest = &sum[at..];
        depth += i32::from(rest.starts_with("\\left") || rest.starts_with("\\begin"));
        depth -= i32::from(rest.starts_with("\\right") || rest.starts_with("\\end"));
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            ' ' if depth == 0 && (rest.starts_with(" + ") || rest.starts_with(" - ")) => {
                breaks.push(at + 1);
            }
            _ => {}
        }
    }
    breaks.push(sum.len());
    let mut lines = vec![format!("{label} &= ")];
    for pair in breaks.windows(2) {
        let term = sum[pair[0]..pair[1]].trim_end();
        let line = lines.last_mut()?;
        if line.ends_with("= ") {
            line.push_str(term);
        } else if line.len() + 1 + term.len() <= width {
            line.push(' ');
            line.push_str(term);
        } else {
            lines.push(format!("&\\quad {term}"));
        }
    }
    (lines.len() > 1).then(|| {
        format!("\\begin{{aligned}}\n{}\n\\end{{aligned}}", lines.join(" \\\\\n"))
    })
}
