//! Derivations as a page that needs nothing else: MathML, light and dark, good to print.

use super::sentence::{Piece, margin};
use calcgrad::Result;
use calcgrad::locale::Locale;
use calcgrad::print::{Notation, TYPESET, Typeset};
use calcgrad::steps::{Derivation, Line};

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// A page with derivations.
///
/// # Errors
/// Mathematics that is nested too deep.
pub(super) fn page(told: &[Derivation], locale: Locale) -> Result<String> {
    let mut page = begin(locale);
    for derivation in told {
        page.push_str("<table>\n");
        for line in &derivation.lines {
            row(line, locale, &mut page)?;
        }
        page.push_str("</table>\n");
    }
    page.push_str("</body>\n</html>");
    Ok(page)
}

/// A page up to the beginning of its body.
pub(in super::super) fn begin(locale: Locale) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
         <title>calcgrad</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        locale.code()
    )
}

fn row(line: &Line, locale: Locale, page: &mut String) -> Result<()> {
    let mut values = String::new();
    for value in &line.values {
        values.push_str(" = ");
        values.push_str(&value.latex);
    }
    for (name, part) in &line.names {
        values.push_str(&format!(", \\quad {} = {}", name.latex, part.latex));
    }
    page.push_str("<tr><td>");
    if !line.label.is_empty() {
        page.push_str(&math(&line.label.latex)?);
    }
    page.push_str("</td><td>");
    if !values.is_empty() {
        page.push_str(&math(&values)?);
    }
    page.push_str("</td><td>");
    for piece in margin(line, locale, Notation::Latex) {
        match piece {
            Piece::Words(words) => page.push_str(&escaped(&words)),
            Piece::Math(latex) => page.push_str(&math(&latex)?),
        }
    }
    page.push_str("</td></tr>\n");
    Ok(())
}

/// A formula in MathML that stands in a line.
fn math(latex: &str) -> Result<String> {
    let mathml: Option<&Typeset> = TYPESET.iter().find(|row| row.name == "mathml");
    let Some(mathml) = mathml else { return Ok(escaped(latex)) };
    let found = mathml.latex(latex, usize::MAX)?;
    Ok(found.replace(" display=\"block\"", " displaystyle=\"true\""))
}

pub(in super::super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
