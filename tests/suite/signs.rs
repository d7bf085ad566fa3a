//! Signs of Unicode: none is a letter by accident, and no two names look alike.

use calcgrad::kernel::{GREEK, latin};
use calcgrad::syntax::{self, Ast, Program};
use unicode_normalization::UnicodeNormalization;

fn read(text: &str) -> Option<Program> {
    syntax::parse(text, &[]).ok()
}

/// All signs that are letters or numbers for Unicode, beyond ASCII.
fn signs() -> impl Iterator<Item = char> {
    ('\u{80}'..=char::MAX).filter(|c| c.is_alphanumeric())
}

/// What a sign shows: for most, the sign itself.
fn shown(c: char) -> String {
    let is_own = GREEK.iter().any(|(_, letter)| *letter == c);
    if is_own { c.to_string() } else { std::iter::once(c).nfkc().collect() }
}

#[test]
fn no_name_holds_a_sign_that_shows_another() {
    for c in signs() {
        for text in [format!("{c}"), format!("x{c}"), format!("{c}x"), format!("2{c}")] {
            let Some(program) = read(&text) else { continue };
            for letter in program.names().iter().flat_map(|name| name.chars()) {
                let is_plain = shown(letter) == letter.to_string();
                assert!(is_plain, "`{text}` (U+{:04X}): {:?}", c as u32, program.names());
            }
        }
    }
}

#[test]
fn what_stands_above_the_line_is_an_exponent() {
    for c in signs() {
        let shown = shown(c);
        let is_above = matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{207F}'
            | 'ʰ'..='ʸ' | 'ˡ'..='ˣ' | '\u{1D2C}'..='\u{1D61}' | '\u{1D9B}'..='\u{1DBF}');
        if !is_above || shown.chars().count() != 1 {
            continue;
        }
        if let Some(program) = read(&format!("x{c}")) {
            let body = program.node(program.definitions()[0].body);
            assert!(matches!(body, Ast::Power(..)), "x{c}");
        }
    }
}

#[test]
fn letters_of_greek_and_their_words_are_one_name() {
    for (word, letter) in GREEK {
        let Some(program) = read(&format!("{word}*x + {letter}*x")) else {
            panic!("`{word}` and `{letter}` are not read");
        };
        // Π is a letter, and Pi a number.
        let names = program.names().iter().filter(|name| latin(name) == *word).count();
        assert!(names <= 1, "`{word}` and `{letter}` are two names");
        for capital in ["Pi", "pi"] {
            assert!(word == capital || names == 1, "{word}: {:?}", program.names());
        }
        let named = format!("{letter}1*{word}_1*{word}₁");
        let program = read(&named).expect("a product of names");
        assert_eq!(program.names().len(), 1, "{named}");
    }
}

#[test]
fn invisible_signs_take_no_word_apart() {
    let hidden = ['\u{200B}', '\u{FEFF}', '\u{AD}', '\u{2060}', '\u{200E}', '\u{202A}'];
    for sign in hidden {
        for text in
            [format!("si{sign}n(x)"), format!("1{sign}{sign}2"), format!("x{sign}y")]
        {
            assert!(read(&text).is_none(), "{text:?}");
        }
        for text in
            [format!("{sign}x^2"), format!("x ^{sign} 2{sign}"), format!("({sign}x)")]
        {
            assert!(read(&text).is_some(), "{text:?}");
        }
    }
}
