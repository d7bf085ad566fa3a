//! Notations that are made of LaTeX say what it says: KaTeX, which shares nothing with them,
//! makes MathML of the same LaTeX, with the same signs in the same order, fractions, roots,
//! scripts and tables. Unicode text is read as what it was made of.

use super::blocks::{self, Expected};
use super::{drawn, laws};
use calcgrad::print::{self, Markup, Notation, TYPESET, Typeset};
use calcgrad::session::{Engine, Settings};
use std::collections::BTreeMap;

/// What MathML shows: the signs in order, and how often there is each construction.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    signs: String,
    counts: BTreeMap<String, usize>,
}

/// Constructions that are counted.
const COUNTED: [&str; 6] = ["mfrac", "msqrt", "mroot", "msup", "msub", "mtr"];

fn shown(mathml: &str) -> Shown {
    let document = roxmltree::Document::parse(mathml)
        .unwrap_or_else(|error| panic!("{mathml}: {error}"));
    let mut found = Shown::default();
    for node in document.descendants() {
        let is_aside = |node: roxmltree::Node<'_, '_>| {
            node.ancestors().any(|above| above.tag_name().name() == "annotation")
        };
        if let (Some(text), true) = (node.text(), node.is_text() && !is_aside(node)) {
            let text = text.replace('″', "′′").replace('‴', "′′′");
            found.signs.extend(text.chars().filter_map(plain));
        }
        let mut names = vec![node.tag_name().name()];
        if names == ["msubsup"] {
            names = vec!["msub", "msup"];
        }
        for name in names.into_iter().filter(|name| COUNTED.contains(name)) {
            *found.counts.entry(name.to_owned()).or_default() += 1;
        }
    }
    found
}

/// A sign in one of the ways in which it is written; nothing for room.
fn plain(c: char) -> Option<char> {
    let first = |base: char, first: u32| char::from_u32(base as u32 + c as u32 - first);
    match c {
        '\u{1d400}'..='\u{1d419}' => first('A', 0x1d400),
        '\u{1d41a}'..='\u{1d433}' => first('a', 0x1d41a),
        'ℝ' => Some('R'),
        'ℤ' => Some('Z'),
        '−' => Some('-'),
        '∣' | '∥' | '‖' => Some('|'),
        '∗' => Some('*'),
        'ϵ' => Some('ε'),
        'ϕ' | 'φ' => Some('φ'),
        '\u{2061}' | '\u{2062}' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// Checks every notation that is made of LaTeX on one formula.
pub(super) fn assert_typeset(latex: &str) {
    let markup = Markup::read(latex).unwrap_or_else(|error| panic!("{latex}: {error}"));
    for typeset in TYPESET {
        let written = (typeset.write)(&markup, 80);
        assert!(
            !written.contains(['\t', '\\']) || latex.contains("aligned"),
            "{written}"
        );
        if typeset.name == "svg" {
            drawn::assert_drawn(&markup, &written, latex);
        }
        if ["typst", "asciimath"].contains(&typeset.name) {
            assert_scripts_end(&written);
        }
        if typeset.name == "mathml" {
            let options = katex::Opts::builder()
                .output_type(katex::OutputType::Mathml)
                .build()
                .expect("options");
            let theirs = katex::render_with_opts(latex, &options).expect("LaTeX");
            let theirs = theirs.replace("&nbsp;", " ");
            let [ours, theirs] = [&written, &theirs].map(|mathml| shown(mathml));
            assert_eq!(ours, theirs, "{latex}\n{written}");
        }
    }
}

/// Checks that behind an exponent without brackets no script follows, which would be read as
/// one of the base.
fn assert_scripts_end(written: &str) {
    let mut signs = written.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '^' || signs.peek().is_none_or(|next| !next.is_alphanumeric()) {
            continue;
        }
        while signs.next_if(|next| next.is_alphanumeric() || *next == '.').is_some() {}
        assert!(!matches!(signs.peek(), Some('^' | '_')), "{written}");
    }
}

#[test]
fn exponents_with_scripts_stand_in_brackets() {
    for (name, expected) in [
        ("typst", "2^(3^x) + e^(x_1^2) + y x!^2 − e^((x + 1)^2)"),
        ("asciimath", "2^(3^x) + e^(x_1^2) + y x!^2 - e^((x + 1)^2)"),
    ] {
        let notation = TYPESET.into_iter().find(|row| row.name == name);
        let latex = "2^{3^x} + e^{x_1^2} + y x!^2 - e^{(x + 1)^2}";
        let written = notation.expect("a notation").latex(latex, 80);
        assert_eq!(written.expect("a formula"), expected);
    }
}

#[test]
fn formulas_below_each_other_are_one_picture() {
    let lines = ["x^2", "\\frac{x}{y}"].map(|latex| Markup::read(latex).expect("LaTeX"));
    let drawing = print::draw(&lines);
    let document = roxmltree::Document::parse(&drawing).expect("one document");
    let height = |one: &str| {
        let document = roxmltree::Document::parse(one).expect("a picture");
        let height = document.root_element().attribute("height").expect("a height");
        height.parse::<f64>().expect("a number")
    };
    let alone: f64 =
        lines.iter().map(|line| height(&print::draw(std::slice::from_ref(line)))).sum();
    assert!(height(&drawing) >= alone, "{drawing}");
    let groups = document.descendants().filter(|node| node.has_tag_name("g")).count();
    assert_eq!(groups, 3, "{drawing}");
}

#[test]
fn unicode_is_read_back() {
    let mut count = 0;
    let mut assert_back = |text: &str, engine: &mut Engine| {
        let signs = print::unicode(text);
        // `x(…)` and names in capitals are doubtful in any signs.
        let settings = Settings { may_ask: true, ..Settings::default() };
        let [plain, other] = [text, &signs].map(|text| engine.read(text, &settings));
        let Ok(plain) = plain else { return };
        let other = other.unwrap_or_else(|error| panic!("{text} as {signs}: {error}"));
        assert_eq!(plain.roots, other.roots, "{text} as {signs}");
        count += 1;
    };
    laws::each_derivative(400, |pool, d| {
        let text = print::write(pool, d, Notation::Text).expect("text");
        assert_back(&text, &mut Engine::default());
    });
    for path in blocks::files(&blocks::root().join("tests/cases/textbook"), "calc") {
        for block in blocks::read(&path) {
            for Expected::Exact(text) | Expected::Equivalent(text) in &block.expected {
                assert_back(text, &mut Engine::default());
            }
        }
    }
    assert!(count > 500, "{count}");
}

/// A notation of a test: all that a new one takes.
fn toy(formula: &Markup, _: usize) -> String {
    match formula {
        Markup::Row(list) => list.iter().map(|one| toy(one, 0)).collect(),
        Markup::Number(text) | Markup::Name(text, _) | Markup::Words(text) => {
            text.clone()
        }
        Markup::Sign(sign, _) => (*sign).to_owned(),
        Markup::Fraction(sides) => {
            format!("<{}|{}>", toy(&sides[0], 0), toy(&sides[1], 0))
        }
        Markup::Scripts { base, above: Some(above), .. } => {
            format!("{}^{}", toy(base, 0), toy(above, 0))
        }
        _ => "?".to_owned(),
    }
}

#[test]
fn a_notation_is_one_function() {
    let toy = Typeset { name: "toy", write: toy };
    let written = toy.latex("\\frac{df}{dx} = \\frac{3 x^2}{y + 1}", 80);
    assert_eq!(written.expect("a formula"), "<df|dx>=<3x^2|y+1>");
}

#[test]
fn long_sums_go_on_below() {
    let pretty =
        TYPESET.into_iter().find(|row| row.name == "pretty").expect("a notation");
    let latex =
        "f = x^3 + 3 x^2 y + 3 x^2 z + 3 x y^2 + 6 x y z + 3 x z^2 + y^3 + \\frac{z}{2}";
    let written = pretty.latex(latex, 50).expect("a formula");
    let expected = "\
f = x³ + 3x² y + 3x² z + 3x y² + 6x y z + 3x z²
            z
     + y³ + ─
            2";
    assert_eq!(written, expected);
}

#[test]
fn nothing_is_wider_than_the_terminal() {
    let pretty =
        TYPESET.into_iter().find(|row| row.name == "pretty").expect("a notation");
    let long = r"x^7 + x^6 + x^5 + x^4 + 3 x^3 + 2 x^2 + x + 1";
    let formulas = [
        format!(
            r"f = \left( {long} \right) \sin x \cos y \left( {long} \right) e^{{x y}}"
        ),
        format!(
            r"\frac{{df}}{{dx}} = \frac{{{long} + \left( {long} \right) y}}{{{long}}}"
        ),
        format!(r"\nabla f = \begin{{bmatrix}} {long} & {long} & x \end{{bmatrix}}"),
        format!(
            r"H_f = \begin{{bmatrix}} {long} & {long} \\ 1 & x \left( {long} \right) \end{{bmatrix}}"
        ),
        format!(r"f = \sqrt{{{long}}} + \sqrt[n]{{{long}}}"),
        format!(
            r"f = \left( {long} \right)^{{12}} \left( {long} \right)^{{\frac{{n}}{{2}}}}"
        ),
        format!(r"f = e^{{{long}}}"),
        format!(
            r"f = \begin{{cases}} {long} & \text{{if }} x < 0 \\ 0 & \text{{otherwise}} \end{{cases}}"
        ),
        format!(
            r"f = \begin{{cases}} x & \text{{if }} {long} < 0 \\ {long} & \text{{otherwise}} \end{{cases}}"
        ),
    ];
    for formula in formulas {
        for width in [40, 60, 80] {
            let written = pretty.latex(&formula, width).expect("a formula");
            for line in written.lines() {
                assert!(line.chars().count() <= width, "{width}:\n{written}");
            }
        }
    }
}
