//! Derivations for a terminal: the signs of equality one below the other, the reasons in a
//! margin.

use super::super::output::Output;
use super::super::theme;
use super::sentence::{margin, plain};
use calcgrad::locale::Locale;
use calcgrad::print::{self, Notation};
use calcgrad::steps::{Derivation, Line, Math};
use unicode_width::UnicodeWidthStr;

/// Labels that are wider stand for themselves.
const WIDEST_LABEL: usize = 12;
/// Where the margin begins at the latest, counted from the signs of equality.
const WIDEST_BODY: usize = 50;
/// How far the margin is from what stands before it.
const GAP: usize = 4;

/// Writes derivations with an empty line between them.
pub(super) fn write(
    told: &[Derivation],
    locale: Locale,
    (has_signs, output): (bool, &mut Output),
) {
    for (place, derivation) in told.iter().enumerate() {
        if place > 0 {
            output.line("");
        }
        match has_signs {
            true => one(&with_signs(derivation), locale, output),
            false => one(derivation, locale, output),
        }
    }
}

/// The same with the signs of mathematics, so that what stands one below the other stays so.
fn with_signs(derivation: &Derivation) -> Derivation {
    let mut own = derivation.clone();
    let sign = |math: &mut Math| math.text = print::unicode(&math.text);
    for line in &mut own.lines {
        sign(&mut line.label);
        line.values.iter_mut().for_each(sign);
        line.condition.iter_mut().for_each(sign);
        for (name, part) in &mut line.names {
            sign(name);
            sign(part);
        }
        for reason in &mut line.reasons {
            reason.parts.iter_mut().for_each(|(_, part)| sign(part));
        }
    }
    own
}

fn one(derivation: &Derivation, locale: Locale, output: &mut Output) {
    let lines = &derivation.lines;
    let labels = lines.iter().filter(|line| !line.is_equation);
    let labels = labels.map(|line| line.label.text.width());
    let column = labels.filter(|width| *width <= WIDEST_LABEL).max().unwrap_or(0);
    let rows: Vec<Row> = lines
        .iter()
        .map(|line| {
            let gap = match line.is_equation {
                true => 0,
                false => column.saturating_sub(line.label.text.width()),
            };
            let body = body(line);
            let whole = line.label.text.width() + gap + body.width();
            let margin = plain(&margin(line, locale, Notation::Text));
            Row { gap, body, margin, beyond: whole.saturating_sub(column) }
        })
        .collect();
    let widths = rows.iter().filter(|row| !row.margin.is_empty()).map(|row| row.beyond);
    let start = widths.filter(|width| *width <= WIDEST_BODY).max().unwrap_or(0) + GAP;
    for (line, Row { gap, body, margin, beyond }) in lines.iter().zip(rows) {
        let label = &line.label.text;
        if label.is_empty() && body.is_empty() {
            output.line(&margin);
            continue;
        }
        let mut text = format!("{}{}{body}", theme::label(label), " ".repeat(gap));
        if !margin.is_empty() {
            text.push_str(&" ".repeat(start.saturating_sub(beyond).max(GAP)));
            text.push_str(&margin);
        }
        output.line(text.trim_end());
    }
}

/// A line as it is laid out.
struct Row {
    /// What stands between the label and the sign of equality.
    gap: usize,
    body: String,
    margin: String,
    /// How far it reaches behind the column of the labels.
    beyond: usize,
}

/// What stands behind a label: the values, and names for parts.
fn body(line: &Line) -> String {
    let mut text = String::new();
    for value in &line.values {
        text.push_str(" = ");
        text.push_str(&value.text);
    }
    for (name, part) in &line.names {
        let sign = if line.is_program { ";" } else { "," };
        text.push_str(&format!("{sign}  {} = {}", name.text, part.text));
    }
    text
}
