//! Formulas drawn in SVG: what is drawn stays within its box, and nothing lies over anything
//! else. Letters are as high here as those of Times are, whatever the drawing thinks.

use calcgrad::print::Markup;

/// A rectangle: left, top, right, bottom.
pub(super) type Area = [f64; 4];

/// What a picture shows.
#[derive(Debug, Default)]
struct Shown {
    /// Runs of letters with their size.
    runs: Vec<(String, f64, Area)>,
    bars: Vec<Area>,
    /// Points of outlines, close together.
    outlines: Vec<(f64, f64)>,
}

/// How far a sign reaches above and below the line.
fn reach(c: char, is_italic: bool) -> (f64, f64) {
    match c {
        c if "acemnorsuvwxzαεικνοπσςτυω".contains(c) => (0.47, 0.01),
        c if "gpqyγημρχ".contains(c) => (0.47, 0.21),
        c if "jQβφϕψζξ()[]{}|".contains(c) => (0.69, 0.2),
        'f' if is_italic => (0.69, 0.2),
        '−' => (0.36, -0.3),
        c if "+=<>≤≥≈×∧∨∈→".contains(c) => (0.5, 0.0),
        '⊙' | '⊗' | '⊘' => (0.63, 0.08),
        ',' => (0.1, 0.15),
        '.' | '…' => (0.1, 0.01),
        '·' | '∘' | '⋯' | '-' | '∞' => (0.25, -0.2),
        '′' | '∗' => (0.65, -0.3),
        '\u{2070}'..='\u{209f}' => (0.65, 0.15),
        _ => (0.69, 0.01),
    }
}

pub(super) fn number(node: roxmltree::Node<'_, '_>, name: &str) -> f64 {
    let text = node.attribute(name).unwrap_or_else(|| panic!("no {name}: {node:?}"));
    text.parse().unwrap_or_else(|_| panic!("{name}={text}"))
}

/// Reads a picture; what it does not know is an error.
fn shown(svg: &str) -> Shown {
    let document =
        roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{svg}: {error}"));
    let mut found = Shown::default();
    let mut usual = 0.0;
    for node in document.descendants().filter(|node| node.is_element()) {
        match node.tag_name().name() {
            "g" => usual = number(node, "font-size"),
            "text" => {
                let size = node.attribute("font-size").map(str::parse::<f64>);
                let size = size.map_or(usual, |size| size.expect("a size"));
                let text = node.text().expect("letters").to_owned();
                let is_italic = node.attribute("font-style").is_some();
                let [x, y, width] =
                    ["x", "y", "textLength"].map(|name| number(node, name));
                let (above, below) = text
                    .chars()
                    .filter(|c| *c != ' ')
                    .map(|c| reach(c, is_italic))
                    .fold((-1.0f64, -1.0f64), |a, b| (a.0.max(b.0), a.1.max(b.1)));
                let area = [x, y - size * above, x + width, y + size * below];
                found.runs.push((text, size, area));
            }
            "rect" => {
                let [x, y, width, height] =
                    ["x", "y", "width", "height"].map(|name| number(node, name));
                assert!(width >= 0.0 && height > 0.0, "{svg}");
                found.bars.push([x, y, x + width, y + height]);
            }
            "path" => trace(node.attribute("d").expect("a path"), &mut found.outlines),
            "svg" | "title" => {}
            other => panic!("{other} in {svg}"),
        }
    }
    found
}

/// Points of a path, close together.
pub(super) fn trace(path: &str, points: &mut Vec<(f64, f64)>) {
    let mut at = (0.0, 0.0);
    let body = path.trim_end_matches('z');
    let starts: Vec<usize> = body
        .char_indices()
        .filter_map(|(place, c)| c.is_ascii_alphabetic().then_some(place))
        .collect();
    for (rank, start) in starts.iter().enumerate() {
        let end = starts.get(rank + 1).copied().unwrap_or(body.len());
        let (command, rest) = body[*start..end].split_at(1);
        let numbers: Vec<f64> =
            rest.split(' ').map(|n| n.parse().expect("a number")).collect();
        let is_absolute = command.chars().all(|c| c.is_ascii_uppercase());
        let (x, y) = if is_absolute { (0.0, 0.0) } else { at };
        let way: Vec<(f64, f64)> = match command {
            "h" | "H" => vec![(x + numbers[0], at.1)],
            "v" | "V" => vec![(at.0, y + numbers[0])],
            _ => numbers.chunks(2).map(|pair| (x + pair[0], y + pair[1])).collect(),
        };
        let from = if command == "M" { way[0] } else { at };
        let own: Vec<(f64, f64)> =
            std::iter::once(from).chain(way.iter().copied()).collect();
        for step in 0..=20 {
            let t = f64::from(step) / 20.0;
            let s = 1.0 - t;
            let mix = |side: fn(&(f64, f64)) -> f64| {
                let p: Vec<f64> = own.iter().map(side).collect();
                match p[..] {
                    [a, b] => s * a + t * b,
                    [a, b, c, d] => {
                        s * s * s * a
                            + 3.0 * s * s * t * b
                            + 3.0 * s * t * t * c
                            + t * t * t * d
                    }
                    _ => panic!("{command} in {path}"),
                }
            };
            points.push((mix(|point| point.0), mix(|point| point.1)));
        }
        at = own[own.len() - 1];
    }
}

/// Whether two rectangles have more than an edge in common.
pub(super) fn meet(a: &Area, b: &Area, slack: f64) -> bool {
    a[0] + slack < b[2] - slack
        && b[0] + slack < a[2] - slack
        && a[1] + slack < b[3] - slack
        && b[1] + slack < a[3] - slack
}

/// Checks the drawing of a formula and of each of its parts.
pub(super) fn assert_drawn(markup: &Markup, written: &str, latex: &str) {
    let all = shown(written);
    for (place, (text, size, area)) in all.runs.iter().enumerate() {
        for (other, _, there) in &all.runs[place + 1..] {
            let met = meet(area, there, 0.03 * size);
            assert!(!met, "{text} {area:?} over {other} {there:?}: {latex}\n{written}");
        }
        for bar in &all.bars {
            assert!(
                !meet(area, bar, 0.01 * size),
                "{text} over a bar: {latex}\n{written}"
            );
        }
        let inside = |(x, y): &(f64, f64)| {
            let edge = 0.03 * size;
            *x > area[0] + edge
                && *x < area[2] - edge
                && *y > area[1] + edge
                && *y < area[3] - edge
        };
        assert!(
            !all.outlines.iter().any(inside),
            "{text} over an outline: {latex}\n{written}"
        );
    }
    assert_within(markup, latex);
}

/// Checks that a part and all parts of it stay within their boxes.
fn assert_within(markup: &Markup, latex: &str) {
    let fragment = markup.fragment(100.0, true);
    let found = shown(&fragment.body);
    let runs = found.runs.iter().map(|run| run.2);
    let points = found.outlines.iter().map(|(x, y)| [*x, *y, *x, *y]);
    for area in runs.chain(found.bars.iter().copied()).chain(points) {
        let edge = 1.5;
        let is_within = area[0] >= -edge
            && area[1] >= -fragment.ascent - edge
            && area[2] <= fragment.width + edge
            && area[3] <= fragment.descent + edge;
        assert!(is_within, "{area:?} leaves {fragment:?}: {latex}");
    }
    for part in parts(markup) {
        assert_within(part, latex);
        let own = part.fragment(100.0, true);
        // Raised, lowered and divided it is smaller.
        assert!(0.55 * own.width <= fragment.width + 1.0, "{part:?} in {latex}");
    }
}

fn parts(markup: &Markup) -> Vec<&Markup> {
    match markup {
        Markup::Row(list) => list.iter().collect(),
        Markup::Fraction(sides) => sides.iter().collect(),
        Markup::Root(degree, inside) => {
            degree.iter().chain([inside]).map(|part| &**part).collect()
        }
        Markup::Scripts { base, below, above } => {
            [Some(base), below.as_ref(), above.as_ref()]
                .into_iter()
                .flatten()
                .map(|part| &**part)
                .collect()
        }
        Markup::Fence { body, .. } => vec![body],
        Markup::Grid(_, rows) => rows.iter().flatten().collect(),
        _ => Vec::new(),
    }
}

#[test]
fn letters_are_told_how_wide_they_are() {
    let fragment =
        |latex: &str| Markup::read(latex).expect("a formula").fragment(1000.0, true);
    // The widths that all fonts of this kind have, as Adobe published them for Times.
    let one = |latex: &str| shown(&fragment(latex).body).runs[0].2;
    let width = |latex: &str| (one(latex)[2] - one(latex)[0]).round();
    assert_eq!(width("x"), 444.0);
    assert_eq!(width("\\sin"), 389.0 + 278.0 + 500.0);
    assert_eq!(width("1234567890"), 5000.0);
    assert_eq!(width("\\mathbf{W}"), 1000.0);
    assert_eq!(width("\\operatorname{diag}"), 500.0 + 278.0 + 444.0 + 500.0);
    let whole = fragment("\\frac{1}{2}");
    assert!(whole.ascent > 1000.0 && whole.descent > 500.0, "{whole:?}");
    let low = Markup::read("\\frac{1}{2}").expect("a half").fragment(1000.0, false);
    assert!(low.ascent < whole.ascent && low.width < whole.width, "{low:?}");
}

#[test]
fn what_xml_reserves_is_written_otherwise() {
    let latex = "\\text{a<b & \"c\" > ]]>\u{1}} < 1";
    let markup = Markup::read(latex).expect("words");
    let body = markup.fragment(10.0, false).body;
    let document = roxmltree::Document::parse(&body).expect("a tree");
    let texts: Vec<&str> = document
        .descendants()
        .filter(|node| node.is_text())
        .filter_map(|n| n.text())
        .collect();
    assert_eq!(texts.concat(), "a<b & \"c\" > ]]>\u{fffd}<1");
}
