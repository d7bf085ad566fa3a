//! A derivation judged line by line in Markdown, as a page and in LaTeX.

use super::derivation::{begin_page, escaped};
use super::language;
use super::output::Output;
use super::own_lines::{OwnLines, ShownLine};
use calcgrad::print::SPELLED_SIGNS;

/// Writes lines in Markdown: as they were typed, with what is said of them.
pub(crate) fn markdown(
    verdict: &str,
    own: &OwnLines,
    sentence: &str,
    output: &mut Output,
) {
    output.plain(&format!("{verdict}\n"));
    for (place, line) in own.shown().iter().enumerate() {
        // A run of backticks is quoted by a longer one.
        let longest = line.text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let gap = if longest > 0 { " " } else { "" };
        let (word, text) = (&line.word, &line.text);
        output
            .plain(&format!("{}. **{word}** {fence}{gap}{text}{gap}{fence}", place + 1));
        for reason in &line.reasons {
            output.plain(&format!("   - {}", reason.replace('*', "\\*")));
        }
    }
    output.plain(&format!("\n{sentence}"));
}

/// Writes lines as a page that needs nothing else.
pub(crate) fn html(verdict: &str, own: &OwnLines, sentence: &str, output: &mut Output) {
    let mut page = begin_page(language::chosen());
    page.push_str(&format!("<p>{}</p>\n<table>\n", escaped(verdict)));
    for (place, line) in own.shown().iter().enumerate() {
        let ShownLine { word, text, reasons, .. } = line;
        let reasons: Vec<String> = reasons.iter().map(|text| escaped(text)).collect();
        page.push_str(&format!(
            "<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>\n",
            place + 1,
            escaped(text),
            escaped(word),
            reasons.join("<br />")
        ));
    }
    page.push_str(&format!("</table>\n<p>{}</p>\n</body>\n</html>", escaped(sentence)));
    output.plain(&page);
}

/// The lines in LaTeX, with what is said of each in the margin.
pub(crate) fn latex(own: &OwnLines) -> String {
    let rows = own.shown().into_iter().map(|line| {
        let text = match is_mathematics(&line.text) {
            true => line.text.clone(),
            false => format!("\\texttt{{{}}}", typed(&line.text)),
        };
        format!("& {text} && \\text{{{}}}", typed(&line.word))
    });
    let rows: Vec<String> = rows.collect();
    format!("\\begin{{align*}} {} \\end{{align*}}", rows.join(" \\\\ "))
}

/// Whether a line can stand in mathematics as it was typed: it is LaTeX, and of one cell.
fn is_mathematics(text: &str) -> bool {
    let count = |sign: &str| text.matches(sign).count();
    text.contains('\\')
        && !text.contains("\\\\")
        && !text.contains("\\begin")
        && !text.contains(['&', '%', '#', '$'])
        && count("{") == count("}")
        && count("\\left") == count("\\right")
}

/// What was typed, for text in LaTeX.
fn typed(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' | '#' | '&' | '_' | '$' | '{' | '}' => {
                found.push('\\');
                found.push(c);
            }
            c => match SPELLED_SIGNS.iter().find(|row| row.0 == c) {
                Some((_, spelled)) => found.extend(["\\", *spelled]),
                None => found.push(c),
            },
        }
    }
    found
}
