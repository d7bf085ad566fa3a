//! Sentences that were made in English with mathematics in them, in another language, piece by
//! piece: `x = 0: f = 0, local minimum`.

use calcgrad::locale::Locale;
use calcgrad::steps::Math;

/// What stands between the pieces of a sentence, the strongest first.
const BETWEEN: [&str; 3] = ["; ", ": ", ", "];
/// How pieces begin and end in which commas belong to the mathematics.
const BEGINNINGS: [&str; 2] = ["all points with ", "along "];
const ENDING: &str = " ∈ ℤ";
/// What opens words in LaTeX.
const WORDS: &str = "\\text{";

/// A sentence in both notations in a language.
pub(crate) fn spoken(math: &Math, locale: Locale) -> Math {
    match locale {
        Locale::English => math.clone(),
        _ => Math { text: piece(&math.text, locale), latex: latex(&math.latex, locale) },
    }
}

fn piece(text: &str, locale: Locale) -> String {
    let is_one =
        BEGINNINGS.iter().any(|begin| text.starts_with(begin)) || text.ends_with(ENDING);
    let split = BETWEEN
        .iter()
        .find(|between| text.contains(*between) && !(is_one && **between == BETWEEN[2]));
    if let Some(between) = split {
        let pieces: Vec<String> =
            text.split(between).map(|part| piece(part, locale)).collect();
        return pieces.join(between);
    }
    if let Some((of, what)) = text.rsplit_once(" is ") {
        let word = format!("is {what}");
        let said = locale.said(&word);
        if said != word {
            return format!("{of} {said}");
        }
    }
    locale.said(text)
}

/// The words of LaTeX in a language, each with the space around it.
fn latex(text: &str, locale: Locale) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(WORDS) {
        out.push_str(before);
        let Some((words, behind)) = behind.split_once('}') else {
            out.push_str(WORDS);
            rest = behind;
            continue;
        };
        let inner = words.trim();
        let said = piece(inner, locale);
        out.push_str(&format!("{WORDS}{}}}", words.replacen(inner, &said, 1)));
        rest = behind;
    }
    out + rest
}
