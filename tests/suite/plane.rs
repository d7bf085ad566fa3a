//! Pictures of two variables as data, against values that are calculated here: bands and tiles
//! are where the values say, and nowhere else.

use super::console;
use serde_json::Value;

/// A function as calcgrad reads it, and in Rust.
type Case = (&'static str, fn(f64, f64) -> f64);

/// Functions with gaps, poles and jumps among them.
const CASES: [Case; 12] = [
    ("x*e^(-x^2 - y^2)", |x, y| x * (-x * x - y * y).exp()),
    ("x^2 + y^2", |x, y| x * x + y * y),
    ("x^2*y + x*y^2", |x, y| x * x * y + x * y * y),
    ("(1 - x)^2 + 100*(y - x^2)^2", |x, y| {
        (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
    }),
    ("ln(x - y) + sqrt(4 - x^2)", |x, y| (x - y).ln() + (4.0 - x * x).sqrt()),
    ("sqrt(x*y)", |x, y| (x * y).sqrt()),
    ("1/(x*y)", |x, y| 1.0 / (x * y)),
    ("1/(x - y)^2", |x, y| 1.0 / (x - y).powi(2)),
    ("floor(x) + y", |x, y| x.floor() + y),
    ("abs(x)/x + y/4", |x, y| x.signum() + y / 4.0),
    ("ln(x^2 + y^2 - 1)", |x, y| (x * x + y * y - 1.0).ln()),
    ("sin(x)*cos(y)", |x, y| x.sin() * y.cos()),
];

fn record(line: &str) -> Value {
    let output = console::run(&console::split(line), b"");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {errors}");
    serde_json::from_slice(&output.stdout).expect("an object")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn points(piece: &Value) -> Vec<(f64, f64)> {
    let list = piece.as_array().expect("a list").iter();
    list.map(|point| (number(&point[0]), number(&point[1]))).collect()
}

/// Whether a point is inside of closed lines: a ray from it meets them an odd number of times.
fn is_inside(borders: &[Vec<(f64, f64)>], (x, y): (f64, f64)) -> bool {
    let mut inside = false;
    for border in borders {
        for (at, a) in border.iter().enumerate() {
            let b = border[(at + 1) % border.len()];
            let crosses = (a.1 > y) != (b.1 > y);
            if crosses && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0) {
                inside = !inside;
            }
        }
    }
    inside
}

#[test]
fn bands_are_where_values_are_above_their_level() {
    for (formula, f) in CASES {
        let picture = record(&format!("plot \"{formula}\" --json"));
        let axis = |name: &str| {
            let axis = &picture[name];
            (number(&axis["low"]), number(&axis["high"]))
        };
        let ((left, right), (low, high)) = (axis("x"), axis("y"));
        let (dx, dy) = ((right - left) / 61.0, (high - low) / 41.0);
        let bands = picture["bands"].as_array().expect("bands");
        assert!(bands.len() > 3, "{formula} has {} bands", bands.len());
        let (mut looked, mut inside) = (0, 0);
        for band in bands {
            let level = band["level"].as_f64();
            let borders: Vec<Vec<(f64, f64)>> =
                band["borders"].as_array().expect("borders").iter().map(points).collect();
            let is_above = |(x, y): (f64, f64)| match level {
                None => f(x, y).is_finite(),
                Some(level) => f(x, y) >= level,
            };
            for (i, j) in (0..61).flat_map(|i| (0..41).map(move |j| (i, j))) {
                let at =
                    (left + dx * (f64::from(i) + 0.5), low + dy * (f64::from(j) + 0.5));
                // Beside a border either is right.
                let near = [-0.2, -0.1, 0.0, 0.1, 0.2];
                let mut around = near
                    .iter()
                    .flat_map(|a| near.map(|b| (at.0 + a * dx, at.1 + b * dy)));
                let own = is_above(at);
                if around.any(|place| is_above(place) != own) {
                    continue;
                }
                looked += 1;
                inside += usize::from(own);
                let found = is_inside(&borders, at);
                assert_eq!(found, own, "{formula} at {at:?}, level {level:?}");
            }
            // Lines are where the function has the value, to a small part of a square.
            let Some(level) = level else { continue };
            for line in band["lines"].as_array().expect("lines") {
                for (x, y) in points(line) {
                    let (hx, hy) = (1e-2 * dx, 1e-2 * dy);
                    let all = [(0.0, 0.0), (hx, 0.0), (-hx, 0.0), (0.0, hy), (0.0, -hy)]
                        .map(|(a, b)| f(x + a, y + b));
                    let known = all.iter().copied().filter(|value| value.is_finite());
                    let least = known.clone().fold(f64::INFINITY, f64::min);
                    let most = known.fold(f64::NEG_INFINITY, f64::max);
                    let slack = 1e-9 + 1e-3 * level.abs();
                    assert!(
                        least <= level + slack && most >= level - slack,
                        "{formula}: a line of {level} at {x} {y} with {least} to {most}"
                    );
                    assert!(most - least < 1.0 + level.abs(), "{formula}: {x} {y}");
                }
            }
        }
        assert!(looked > 5000 && inside > 500, "{formula}: {inside} of {looked}");
    }
}

#[test]
fn arrows_go_up_along_the_gradient() {
    for (formula, f) in &CASES[..4] {
        let picture = record(&format!("plot \"{formula}\" --json"));
        let arrows = picture["arrows"].as_array().expect("arrows");
        assert!(arrows.len() > 20, "{formula}");
        for arrow in arrows {
            let [a, b] = points(arrow)[..] else { panic!("{arrow}") };
            let (x, y) = (0.5 * (a.0 + b.0), 0.5 * (a.1 + b.1));
            let h = 1e-5;
            let slope = (
                (f(x + h, y) - f(x - h, y)) / (2.0 * h),
                (f(x, y + h) - f(x, y - h)) / (2.0 * h),
            );
            let (u, v) = (b.0 - a.0, b.1 - a.1);
            let lengths = slope.0.hypot(slope.1) * u.hypot(v);
            let cosine = (slope.0 * u + slope.1 * v) / lengths;
            assert!(cosine > 0.99 || lengths < 1e-5, "{formula} at {x} {y}: {cosine}");
        }
    }
}

#[test]
fn surfaces_are_where_values_are_and_never_join_the_sides_of_a_break() {
    for (formula, f) in CASES {
        let picture = record(&format!("plot \"{formula}\" --surface --json"));
        let (low, high) = (number(&picture["z"]["low"]), number(&picture["z"]["high"]));
        let tiles = picture["surfaces"][0]["tiles"].as_array().expect("tiles");
        assert!(tiles.len() > 200, "{formula}: {}", tiles.len());
        for tile in tiles {
            let corners = tile.as_array().expect("corners").iter();
            let corners: Vec<[f64; 3]> =
                corners.map(|c| [0, 1, 2].map(|at| number(&c[at]))).collect();
            let count = corners.len() as f64;
            let middle =
                [0, 1, 2].map(|at| corners.iter().map(|c| c[at]).sum::<f64>() / count);
            let value = f(middle[0], middle[1]);
            assert!(value.is_finite(), "{formula}: a tile at {middle:?}");
            let is_cut = corners.iter().any(|c| c[2] <= low || c[2] >= high);
            let least = corners.iter().map(|c| c[2]).fold(f64::INFINITY, f64::min);
            let most = corners.iter().map(|c| c[2]).fold(f64::NEG_INFINITY, f64::max);
            let slack = (most - least) + 0.02 * (high - low);
            assert!(
                is_cut || value > least - slack && value < most + slack,
                "{formula}: {value} at {middle:?} of {least} to {most}"
            );
        }
    }
    // The steps of a staircase are apart.
    let picture = record("plot \"floor(x) + y/100\" --surface --json");
    for tile in picture["surfaces"][0]["tiles"].as_array().expect("tiles") {
        let heights: Vec<f64> =
            tile.as_array().expect("corners").iter().map(|c| number(&c[2])).collect();
        let step = heights.iter().map(|z| z.round()).fold(f64::NAN, f64::max)
            - heights.iter().map(|z| z.round()).fold(f64::NAN, f64::min);
        assert!(step.abs() < 0.5, "{heights:?}");
    }
}

#[test]
fn approximations_touch_at_their_point() {
    let e = std::f64::consts::E;
    let plane = |x: f64, _: f64| (-1.0 - (x + 1.0)) / e;
    let bowl = |x: f64, y: f64| (-1.0 - (x + 1.0) + (x + 1.0).powi(2) + y * y) / e;
    let both: [(&str, &dyn Fn(f64, f64) -> f64); 2] =
        [("", &plane), ("--taylor 2", &bowl)];
    for (flag, own) in both {
        let line =
            format!("plot \"x*e^(-x^2 - y^2)\" --surface --at x=-1,y=0 {flag} --json");
        let picture = record(&line);
        let (low, high) = (number(&picture["z"]["low"]), number(&picture["z"]["high"]));
        let tiles = picture["surfaces"][1]["tiles"].as_array().expect("tiles");
        assert!(tiles.len() > 20, "{line}");
        for corner in tiles.iter().flat_map(|tile| tile.as_array().expect("corners")) {
            let [x, y, z] = [0, 1, 2].map(|at| number(&corner[at]));
            let is_cut = z <= low + 1e-9 || z >= high - 1e-9;
            assert!(is_cut || (z - own(x, y)).abs() < 1e-9, "{line}: {x} {y} {z}");
        }
        let last = picture["points"].as_array().expect("points").last().expect("one");
        assert_eq!(
            (last["kind"].as_str(), &last["at"][0]),
            (Some("contact"), &(-1.0).into())
        );
    }
}

#[test]
fn critical_points_have_their_kinds() {
    let kinds = |formula: &str| {
        let picture = record(&format!("plot \"{formula}\" --json"));
        let marks = picture["marks"].as_array().expect("marks").clone();
        let one = |mark: &Value| {
            let at = (number(&mark["x"]), number(&mark["y"]));
            (mark["kind"].as_str().expect("a kind").to_owned(), at)
        };
        marks.iter().map(one).collect::<Vec<_>>()
    };
    let found = kinds("x*e^(-x^2 - y^2)");
    let half = 0.5f64.sqrt();
    assert_eq!(found.len(), 2, "{found:?}");
    for (kind, (x, y)) in &found {
        let expected = if kind == "maximum" { half } else { -half };
        assert!((x - expected).abs() < 1e-12 && *y == 0.0, "{found:?}");
    }
    assert_eq!(kinds("x^2 - y^2"), [("saddle".to_owned(), (0.0, 0.0))]);
    assert_eq!(kinds("x^2*y + x*y^2")[0].1, (0.0, 0.0));
    // All saddles and extrema of what repeats that are seen.
    assert!(kinds("sin(x)*cos(y)").len() > 20);
}

#[test]
fn pictures_are_short_and_the_same_each_time() {
    let plots = CASES.iter().flat_map(|(formula, _)| {
        ["", "--surface"].map(|flag| format!("plot \"{formula}\" {flag} --format svg"))
    });
    for line in plots {
        let run = || console::run(&console::split(&line), b"").stdout;
        let svg = run();
        assert_eq!(svg, run(), "{line}");
        assert!(svg.len() < 300_000, "{line}: {} bytes", svg.len());
        let svg = String::from_utf8(svg).expect("text");
        let document = roxmltree::Document::parse(&svg)
            .unwrap_or_else(|error| panic!("{line}: {error}"));
        assert!(document.descendants().all(|node| node.attribute("id").is_none()));
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{line}");
    }
}

#[test]
fn ways_go_downhill() {
    let f = |x: f64, y: f64| x * (-x * x - y * y).exp();
    let picture = record("plot \"x*e^(-x^2 - y^2)\" --descend x=0.5,y=1 --json");
    let way = points(&picture["curves"][0]["pieces"][0]);
    assert_eq!(way[0], (0.5, 1.0));
    for pair in way.windows(2) {
        assert!(f(pair[1].0, pair[1].1) < f(pair[0].0, pair[0].1), "{pair:?}");
    }
    let last = way[way.len() - 1];
    assert!((last.0 + 0.5f64.sqrt()).abs() < 1e-3 && last.1.abs() < 1e-3, "{last:?}");
}
