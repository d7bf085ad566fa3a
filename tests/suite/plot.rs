//! Pictures: no line crosses a break, every break is found, what is continuous is one line, the
//! points are those of the function, and SVG is what it says.

use super::blocks;
use super::console::run;
use calcgrad::plot::{
    Break, Curve, Ending, Mark, Picture, Role, Style, Theme, svg, terminal,
};
use calcgrad::session::{Engine, Settings, Show, View};
use roxmltree::Document;
use std::collections::HashSet;
use std::sync::OnceLock;

const SIZE: (f64, f64) = (650.0, 400.0);
const STYLE: Style = Style { width: 720, height: 480, theme: Theme::Auto };

/// The lines of a file, each with its parts.
fn rows(name: &str) -> Vec<Vec<String>> {
    let path = blocks::root().join("tests/cases/plots").join(name);
    let text = std::fs::read_to_string(path).expect("a file of cases");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let parts = |line: &str| line.split(';').map(|part| part.trim().to_owned()).collect();
    lines.map(parts).collect()
}

fn value(text: &str) -> f64 {
    let mut engine = Engine::default();
    let read = engine.read(text, &Settings::default()).expect("a number");
    engine.float(read.roots[0])
}

fn range(text: &str) -> [String; 2] {
    let (low, high) = text.split_once("..").expect("a range");
    [low.to_owned(), high.to_owned()]
}

fn picture(text: &str, view: View) -> Picture {
    let mut engine = Engine::default();
    let formula = engine.read(text, &Settings::default()).expect("a formula");
    let show = Show::Functions(vec![formula]);
    engine.picture(&show, &View { size: SIZE, ..view }).expect("a picture")
}

/// The picture of an equation.
fn level(text: &str) -> Picture {
    let mut engine = Engine::default();
    let equations = engine.read_equations(text, &Settings::default());
    let equation = equations.expect("an equation").swap_remove(0);
    let show = Show::Equation(Box::new(equation), text.to_owned());
    let view = View { size: SIZE, ..View::default() };
    engine.picture(&show, &view).expect("a picture")
}

fn seen(text: &str, part: &str) -> Picture {
    picture(text, View { x: Some(range(part)), ..View::default() })
}

/// A function with its part of the axis and its picture.
type Drawn = (Vec<String>, Picture);

/// The pictures of both files, each made once.
fn drawn() -> &'static [Vec<Drawn>; 2] {
    static DRAWN: OnceLock<[Vec<Drawn>; 2]> = OnceLock::new();
    DRAWN.get_or_init(|| {
        ["breaks.txt", "whole.txt"].map(|name| {
            let draw = |row: Vec<String>| {
                let picture = seen(&row[0], &row[1]);
                (row, picture)
            };
            rows(name).into_iter().map(draw).collect()
        })
    })
}

/// How much of the axis a pixel is.
fn pixel(picture: &Picture) -> f64 {
    (picture.x.high - picture.x.low) / SIZE.0
}

/// Whether a break lies between the points of a segment, or at one that is no limit there.
fn crosses(own: &Break, a: (f64, f64), b: (f64, f64)) -> bool {
    let is_limit = |side: Ending, y: f64| match side {
        Ending::Limit(limit) => (limit - y).abs() <= 1e-9 * (1.0 + y.abs()),
        _ => false,
    };
    let [left, right] = own.sides;
    (a.0 < own.x && own.x < b.0)
        || (b.0 == own.x && !is_limit(left, b.1))
        || (a.0 == own.x && !is_limit(right, a.1))
}

fn must_not_cross(text: &str, curve: &Curve) {
    for own in &curve.breaks {
        for pair in curve.pieces.iter().flat_map(|piece| piece.windows(2)) {
            assert!(!crosses(own, pair[0], pair[1]), "{text}: {pair:?} crosses {own:?}");
        }
    }
}

#[test]
fn no_line_crosses_a_break_and_every_break_is_found() {
    let [rows, _] = drawn();
    assert!(rows.len() >= 30);
    for (row, picture) in rows {
        let [text, _, breaks] = &row[..] else { panic!("{row:?}") };
        let curve = &picture.curves[0];
        let wanted: Vec<(&str, f64)> = breaks
            .split(", ")
            .map(|one| one.split_once(' ').expect("a kind and a place"))
            .map(|(kind, place)| (kind, value(place)))
            .collect();
        let found: Vec<(&str, f64)> =
            curve.breaks.iter().map(|own| (own.gap.id(), own.x)).collect();
        assert_eq!(found.len(), wanted.len(), "{text}: {found:?}");
        for ((kind, x), (own, at)) in wanted.iter().zip(&found) {
            assert_eq!(kind, own, "{text} at {at}");
            assert!((x - at).abs() < 1e-9, "{text}: {at} for {x}");
        }
        must_not_cross(text, curve);
        // What has values beside a break comes as near to it as is seen.
        for own in &curve.breaks {
            for (place, side) in own.sides.iter().enumerate() {
                let ends = curve.pieces.iter().filter_map(|piece| match place {
                    0 => piece.last(),
                    _ => piece.first(),
                });
                let near = |(x, _): &&(f64, f64)| (x - own.x).abs() <= pixel(picture);
                let edge = if place == 0 { picture.x.low } else { picture.x.high };
                let is_needed = !matches!(side, Ending::Outside) && own.x != edge;
                let end = ends.clone().find(near);
                assert!(!is_needed || end.is_some(), "{text}: nothing beside {own:?}");
                if let (Ending::Limit(y), Some(end)) = (side, end) {
                    assert_eq!(end.0, own.x, "{text}: {own:?}");
                    assert!(
                        (end.1 - y).abs() <= 1e-9 * (1.0 + y.abs()),
                        "{text}: {own:?}"
                    );
                }
            }
        }
    }
}

/// Whether a line goes from one side of a place to the other.
fn is_crossed(curve: &Curve, x: f64, slack: f64) -> bool {
    let mut pairs = curve.pieces.iter().flat_map(|piece| piece.windows(2));
    pairs.any(|pair| pair[0].0 + slack < x && x < pair[1].0 - slack)
}

#[test]
fn known_places_are_never_crossed_however_many_they_are() {
    let rows = rows("known.txt");
    assert!(rows.len() >= 60);
    for row in &rows {
        let [text, part, place, counts] = &row[..] else { panic!("{row:?}") };
        let picture = seen(text, part);
        let curve = &picture.curves[0];
        let [from, to] = range(counts).map(|end| end.parse::<i64>().expect("a number"));
        let size = picture.x.high - picture.x.low;
        for n in from..=to {
            let x = value(&place.replace('N', &format!("({n})")));
            assert!(!is_crossed(curve, x, 1e-9 * size), "{text}: a line crosses {x}");
            let is_left_out =
                curve.left_out.iter().any(|(low, high)| *low <= x && x <= *high);
            let is_known =
                curve.breaks.iter().any(|own| (own.x - x).abs() <= 1e-4 * size);
            assert!(is_left_out || is_known, "{text}: nothing is told of {x}");
        }
        assert_eq!(picture.notes.is_empty(), curve.left_out.is_empty(), "{text}");
        assert!(svg(&picture, &STYLE).len() < 300_000, "{text}");
    }
}

#[test]
fn curves_of_equations_have_holes_where_they_have_no_points() {
    for (text, at) in [
        ("x/y = 1", (0.0, 0.0)),
        ("(x^2 - y^2)/(x - y) = 2", (1.0, 1.0)),
        ("(x^2 + y^2 - 1)*x/x = 0", (0.0, 1.0)),
        ("(y - x^2)/(x - 1)^2 = 0", (1.0, 1.0)),
    ] {
        let found = level(text);
        let hole = found.marks.iter().find(|mark| {
            mark.role == Role::Hole
                && (mark.at.0 - at.0).abs() + (mark.at.1 - at.1).abs() < 1e-9
        });
        assert!(hole.is_some(), "{text}: {:?}", found.marks);
        for piece in &found.curves[0].pieces {
            let inner = &piece[1..piece.len() - 1];
            assert!(!inner.contains(&at), "{text}");
        }
    }
    assert!(level("x*y = 1").marks.is_empty());
    assert!(level("1/x = y").marks.is_empty());
}

#[test]
fn what_is_constant_turns_nowhere() {
    for text in ["ln(x^2)/ln(x)", "sin(x)^2 + cos(x)^2", "x/x"] {
        let found = seen(text, "-1..6");
        let is_turn = |mark: &&Mark| {
            matches!(mark.role, Role::Minimum | Role::Maximum | Role::Inflection)
        };
        assert_eq!(found.marks.iter().find(is_turn), None, "{text}");
        assert_eq!(found.x.name, "x");
    }
}

#[test]
fn derivatives_are_where_their_functions_are() {
    for (text, ends) in [("ln(x)", 0.0), ("ln(ln(x))", 1.0), ("ln(x - 2)", 2.0)] {
        let view = View { x: Some(range("-1..5")), orders: vec![1], ..View::default() };
        let picture = picture(text, view);
        let points = picture.curves[1].pieces.iter().flatten();
        assert!(points.clone().count() > 2, "{text}");
        assert!(points.clone().all(|(x, _)| *x > ends), "{text}");
    }
}

/// What is far above the frame, beside a pole and elsewhere.
const STEEP: [(&str, &str); 6] = [
    ("x*e^(1/x)", "-1.5..2.5"),
    ("e^(1/x^2)", "-1..1"),
    ("e^(1/x)", "-0.1..0.1"),
    ("e^(e^(1/x))", "-2..2"),
    ("x^200*sin(x)", "-30..30"),
    ("ln(x)^(1/x)", "-1..4"),
];

#[test]
fn no_path_leaves_the_frame() {
    for (text, part) in STEEP {
        let drawn = svg(&seen(text, part), &STYLE);
        let document = Document::parse(&drawn).expect("XML");
        let paths = document.descendants().filter_map(|node| node.attribute("d"));
        let mut count = 0;
        for number in paths.flat_map(|d| d.split(['M', 'L', ' '])) {
            if number.is_empty() {
                continue;
            }
            let number: f64 = number.parse().unwrap_or_else(|_| panic!("{number}"));
            assert!((0.0..=720.0).contains(&number), "{text}: {number}");
            count += 1;
        }
        assert!(count > 10, "{text}");
    }
}

/// What is one number, whatever rounding makes of it: the function and the number.
const CONSTANT: [(&str, f64); 4] = [
    ("floor((3 - x) + (x - 1))", 2.0),
    ("ceil((x + 1)^2 - x^2 - 2*x)", 1.0),
    ("cos(arcsin(sin(x)^2 + cos(x)^2))", 0.0),
    ("sqrt(x) - sqrt(x)", 0.0),
];

#[test]
fn what_is_one_number_is_drawn_as_it() {
    for (text, y) in CONSTANT {
        let found = seen(text, "-1..6");
        let points: Vec<_> = found.curves[0].pieces.iter().flatten().collect();
        assert!(points.len() > 1, "{text}");
        assert!(points.iter().all(|point| (point.1 - y).abs() < 1e-12), "{text}");
    }
    let root = seen("sqrt(x) - sqrt(x)", "-1..6");
    assert!(root.curves[0].pieces.iter().flatten().all(|(x, _)| *x >= 0.0));
}

/// Where doubles cancel: the function, the part of the axis, and its value beside 0.
const CANCELS: [(&str, &str, f64); 3] = [
    ("(1 - cos(x))/x^2", "-1e-7..1e-7", 0.5),
    ("(e^x - 1 - x)/x^2", "-1e-6..1e-6", 0.5),
    ("(tan(x) - sin(x))/x^3", "-0.001..0.001", 0.5),
];

#[test]
fn what_cancels_has_more_digits() {
    for (text, part, y) in CANCELS {
        let found = seen(text, part);
        let points: Vec<_> = found.curves[0].pieces.iter().flatten().collect();
        assert!(points.iter().all(|point| (point.1 - y).abs() < 1e-5), "{text}");
        assert!(found.marks.iter().all(|mark| mark.role == Role::Hole), "{text}");
    }
}

#[test]
fn what_steps_up_and_down_comes_near_to_nothing() {
    for text in ["(-1)^floor(x)", "mod(floor(x), 2)", "(-1)^floor(x)*x"] {
        let found = picture(text, View::default());
        assert_eq!((found.guides, found.notes), (vec![], vec![]), "{text}");
    }
    for text in ["1/x", "floor(x)/x", "arctan(x)", "x + 1/x"] {
        assert!(!seen(text, "1..9").guides.is_empty(), "{text}");
    }
}

#[test]
fn single_values_are_no_curve() {
    let found = seen("(x - 1)^(1/x)", "-1..6");
    assert!(found.curves[0].pieces.iter().flatten().all(|(x, _)| *x >= 1.0));
}

#[test]
fn what_is_asked_for_is_seen() {
    let point = vec![("x".to_owned(), "20".to_owned())];
    let found = picture("sin(x)/x", View { at: vec![point], ..View::default() });
    assert!(found.x.low < 0.0 && found.x.high > 20.0);
    // A pole of the derivative hides nothing of the function.
    let found = picture("ln(x)", View { orders: vec![1], ..View::default() });
    assert!(found.y.low < -0.5 && found.y.high > 1.5);
}

#[test]
fn points_of_a_curve_stay_beside_breaks_of_another() {
    let view = View { x: Some(range("-2..2")), orders: vec![1], ..View::default() };
    let found = picture("abs(x)", view);
    let is_it = |mark: &Mark| mark.role == Role::Minimum && mark.at == (0.0, 0.0);
    assert!(found.marks.iter().any(is_it), "{:?}", found.marks);
}

#[test]
fn what_is_continuous_is_one_line() {
    let [_, rows] = drawn();
    for (row, picture) in rows {
        let text = &row[0];
        let curve = &picture.curves[0];
        assert_eq!(curve.pieces.len(), 1, "{text}: {:?}", curve.breaks);
        assert!(curve.breaks.is_empty(), "{text}");
        let piece = &curve.pieces[0];
        let ends = (piece[0].0, piece[piece.len() - 1].0);
        assert_eq!(ends, (picture.x.low, picture.x.high), "{text}");
        assert!(piece.windows(2).all(|pair| pair[0].0 < pair[1].0), "{text}");
    }
}

#[test]
fn points_are_those_of_the_function() {
    for (row, picture) in drawn().iter().flatten() {
        let text = &row[0];
        let curve = &picture.curves[0];
        let is_break = |x: f64| curve.breaks.iter().any(|own| own.x == x);
        let mut engine = Engine::default();
        let formula = engine.read(text, &Settings::default()).expect("a formula");
        for piece in &curve.pieces {
            let step = (piece.len() / 6).max(1);
            let points = piece.iter().step_by(step);
            // Beyond this the digits of a decimal number leave the doubles.
            for (x, y) in points.filter(|(x, y)| !is_break(*x) && y.abs() < 1e300) {
                // The double itself, digit by digit.
                let place = vec![("x".to_owned(), format!("{x:.70}"))];
                let found = engine.at_point(&formula.roots, &place).expect("a value");
                let own = engine
                    .decimal(found[0], 15)
                    .map(|text| text.parse::<f64>().expect("a number"));
                let own = own.unwrap_or_else(|_| engine.float(found[0]));
                let off = (own - y).abs();
                // Far above the frame, beside a pole, doubles have fewer digits.
                let part = if y.abs() > 1e3 { 1e-3 } else { 1e-7 };
                assert!(off <= part * (1.0 + y.abs()), "{text} at {x}: {y} for {own}");
            }
        }
    }
}

#[test]
fn derivatives_break_where_their_functions_do() {
    for text in ["abs(x)", "floor(x)", "sin(x)/x", "piecewise(x < 0, x^2, x + 1)", "1/x"]
    {
        let view =
            View { x: Some(range("-1.5..1.5")), orders: vec![1, 2], ..View::default() };
        let picture = picture(text, view);
        assert_eq!(picture.curves.len(), 3);
        for curve in &picture.curves[1..] {
            assert!(curve.breaks.iter().any(|own| own.x == 0.0), "{text}");
            must_not_cross(text, curve);
        }
    }
}

#[test]
fn svg_is_well_formed_small_and_always_the_same() {
    for (place, (row, picture)) in drawn().iter().flatten().enumerate() {
        let style = Style { width: 720, height: 480, theme: Theme::Auto };
        let drawn = svg(picture, &style);
        assert!(drawn.len() < 300_000, "{}: {} bytes", row[0], drawn.len());
        assert_eq!(drawn, svg(picture, &style), "{}", row[0]);
        if place % 8 == 0 {
            assert_eq!(&seen(&row[0], &row[1]), picture, "{}", row[0]);
        }
        let document = Document::parse(&drawn).expect("XML");
        let ids: Vec<&str> =
            document.descendants().filter_map(|node| node.attribute("id")).collect();
        let unique: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        let names: Vec<&str> = document
            .root_element()
            .children()
            .map(|node| node.tag_name().name())
            .collect();
        assert!(names.starts_with(&["title", "desc"]), "{names:?}");
        let attributes = document.descendants().flat_map(|node| node.attributes());
        for attribute in attributes {
            let text = attribute.value();
            assert!(!text.contains("NaN") && !text.contains("inf"), "{}: {text}", row[0]);
        }
    }
}

#[test]
fn nothing_is_drawn_outside_of_the_paper() {
    for (row, picture) in &drawn()[0] {
        let style = Style { width: 300, height: 200, theme: Theme::Light };
        let drawn = svg(picture, &style);
        let document = Document::parse(&drawn).expect("XML");
        let paths = document.descendants().filter_map(|node| node.attribute("d"));
        for number in paths.flat_map(|d| d.split(['M', 'L', ' '])) {
            let Ok(number) = number.parse::<f64>() else { continue };
            assert!((-1.0..=301.0).contains(&number), "{}: {number}", row[0]);
        }
        let cells = Style { width: 60, height: 16, theme: Theme::Auto };
        let text = terminal(picture, &cells, false);
        assert_eq!(text.lines().count(), 16);
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{}", row[0]);
        assert!(!text.contains('\u{1b}'));
    }
}

#[test]
fn curves_of_equations_satisfy_them() {
    type Zero = fn(f64, f64) -> f64;
    let rows: [(&str, Zero, usize); 6] = [
        ("x^2 + y^2 = 25", |x, y| x * x + y * y - 25.0, 1),
        ("x*y = 1", |x, y| x * y - 1.0, 2),
        ("y^2 = x^3 - x", |x, y| y * y - x * x * x + x, 2),
        ("(x - y)^2 = 0", |x, y| x - y, 1),
        ("x^2 - y^2 = 1", |x, y| x * x - y * y - 1.0, 2),
        // Signs that change across the pole are no points of the curve.
        ("1/x = y", |x, y| 1.0 / x - y, 2),
    ];
    for (text, zero, pieces) in rows {
        let found = level(text);
        let curve = &found.curves[0];
        assert_eq!(curve.pieces.len(), pieces, "{text}");
        for (x, y) in curve.pieces.iter().flatten() {
            let off = zero(*x, *y);
            assert!(
                off.abs() < 1e-9 * (1.0 + x * x + y * y),
                "{text}: ({x}, {y}): {off}"
            );
        }
    }
}

/// The parts of a list of a row; `-` for none.
fn parts(list: &str) -> Vec<(&str, &str)> {
    let all = list.split(", ").filter(|one| *one != "-");
    all.map(|one| one.split_once(' ').expect("two words")).collect()
}

#[test]
fn all_points_are_marked_and_no_others() {
    for row in rows("marks.txt") {
        let [text, part, marks] = &row[..] else { panic!("{row:?}") };
        let picture = seen(text, part);
        let is_turn = |mark: &&Mark| {
            matches!(mark.role, Role::Minimum | Role::Maximum | Role::Inflection)
        };
        let found: Vec<(&str, f64)> = picture
            .marks
            .iter()
            .filter(is_turn)
            .map(|mark| (mark.role.id(), mark.at.0))
            .collect();
        let wanted: Vec<(&str, f64)> =
            parts(marks).into_iter().map(|(kind, place)| (kind, value(place))).collect();
        assert_eq!(found.len(), wanted.len(), "{text}: {found:?}");
        for (kind, x) in &wanted {
            let is_it = |(own, at): &(&str, f64)| own == kind && (at - x).abs() < 1e-4;
            assert!(found.iter().any(is_it), "{text}: no {kind} at {x}: {found:?}");
        }
    }
}

#[test]
fn equations_have_their_points_ends_and_areas() {
    for row in rows("equations.txt") {
        let [text, points, ends, note] = &row[..] else { panic!("{row:?}") };
        let found = level(text);
        let curve = &found.curves[0];
        let places = |list: &str| -> Vec<(f64, f64)> {
            parts(list).into_iter().map(|(x, y)| (value(x), value(y))).collect()
        };
        let near = |a: (f64, f64), b: (f64, f64)| {
            (a.0 - b.0).abs() + (a.1 - b.1).abs() < 0.2 * pixel(&found)
        };
        let own: Vec<(f64, f64)> = found.marks.iter().map(|mark| mark.at).collect();
        let wanted = places(points);
        assert_eq!(own.len(), wanted.len(), "{text}: {own:?}");
        assert!(wanted.iter().all(|at| own.iter().any(|own| near(*own, *at))), "{text}");
        let (x, y) = (&found.x, &found.y);
        let slack = 0.1 * pixel(&found);
        let is_inside = |at: &(f64, f64)| {
            at.0 > x.low + slack
                && at.0 < x.high - slack
                && at.1 > y.low + slack
                && at.1 < y.high - slack
        };
        let open = curve.pieces.iter().filter(|piece| piece.first() != piece.last());
        let own: Vec<(f64, f64)> = open
            .flat_map(|piece| [piece[0], piece[piece.len() - 1]])
            .filter(is_inside)
            .collect();
        let wanted = places(ends);
        assert_eq!(own.len(), wanted.len(), "{text}: {own:?}");
        assert!(wanted.iter().all(|at| own.iter().any(|own| near(*own, *at))), "{text}");
        let notes: Vec<&str> = note.split(", ").filter(|one| *one != "-").collect();
        assert_eq!(found.notes, notes, "{text}");
        let is_empty = curve.pieces.is_empty() && points == "-";
        assert_eq!(found.description.contains("no points"), is_empty, "{text}");
        // Nothing is drawn beside the picture.
        for (px, py) in curve.pieces.iter().flatten() {
            assert!(*px >= x.low - slack && *px <= x.high + slack, "{text}: {px}");
            assert!(*py >= y.low - slack && *py <= y.high + slack, "{text}: {py}");
        }
    }
}

#[test]
fn pictures_go_into_files() {
    let folder =
        std::env::temp_dir().join(format!("calcgrad-plot-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let ask = |name: &str| {
        let path = folder.join(name).display().to_string();
        let words = ["plot", "x^2", "--output", &path].map(str::to_owned);
        (run(&words, b"").status.code(), std::fs::read_to_string(&path))
    };
    let (code, text) = ask("a.svg");
    assert_eq!(code, Some(0));
    assert!(text.expect("a file").starts_with("<svg "));
    let (code, text) = ask("a.json");
    assert_eq!(code, Some(0));
    assert!(text.expect("a file").starts_with("{\"ok\":true,"));
    assert_eq!(ask("missing/a.svg").0, Some(5));
    assert_eq!(ask("a.gif").0, Some(3));
    std::fs::remove_dir_all(&folder).expect("the folder is removed");
}
