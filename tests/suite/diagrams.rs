//! Drawn computational graphs: boxes and labels stand apart, letters stay in their boxes, and
//! edges go from the left to the right around everything.

use super::chain::{ladder, program};
use super::console;
use super::drawn::{self, Area, meet, number};
use super::laws::cases;
use std::collections::BTreeSet;

/// What a drawn graph shows.
#[derive(Debug, Default)]
struct Graph {
    nodes: Vec<Area>,
    labels: Vec<Area>,
    /// Letters with their places.
    words: Vec<(String, Area)>,
    edges: Vec<Vec<(f64, f64)>>,
    size: (f64, f64),
}

fn read(svg: &str) -> Graph {
    let document =
        roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{svg}: {error}"));
    let mut graph = Graph::default();
    for node in document.descendants().filter(|node| node.is_element()) {
        assert!(node.attribute("id").is_none(), "ids meet those of other pictures");
        // The place of what is around it.
        let (mut right, mut down) = (0.0, 0.0);
        for around in node.ancestors() {
            let Some(shift) = around.attribute("transform") else { continue };
            let shift =
                shift.strip_prefix("translate(").and_then(|s| s.strip_suffix(')'));
            let (x, y) = shift.and_then(|s| s.split_once(' ')).expect("a place");
            right += x.parse::<f64>().expect("a number");
            down += y.parse::<f64>().expect("a number");
        }
        let area = |names: [&str; 4]| {
            let [x, y, width, height] = names.map(|name| match name {
                "" => 0.0,
                name => number(node, name),
            });
            [right + x, down + y, right + x + width, down + y + height]
        };
        let is_formula = node.ancestors().any(|a| a.has_attribute("font-family"));
        match node.tag_name().name() {
            "svg" => graph.size = (number(node, "width"), number(node, "height")),
            "rect" if !is_formula && node.has_attribute("rx") => {
                let own = area(["x", "y", "width", "height"]);
                match node.has_attribute("stroke") {
                    true => graph.nodes.push(own),
                    false => graph.labels.push(own),
                }
            }
            "text" => {
                let own = area(["x", "y", "textLength", ""]);
                graph.words.push((node.text().unwrap_or_default().to_owned(), own));
            }
            "path" if !is_formula && node.attribute("fill") == Some("none") => {
                let mut points = Vec::new();
                drawn::trace(node.attribute("d").expect("a path"), &mut points);
                let shifted = points.into_iter().map(|(x, y)| (right + x, down + y));
                graph.edges.push(shifted.collect());
            }
            _ => {}
        }
    }
    graph
}

/// Draws a program, and looks that everything has its place.
fn check(program: &str) -> Graph {
    let line = format!("graph {program} --format svg");
    let output = console::run(&console::split(&line), b"");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {errors}");
    let svg = String::from_utf8(output.stdout).expect("text");
    let graph = read(&svg);
    let boxes: Vec<&Area> = graph.nodes.iter().chain(&graph.labels).collect();
    for (at, one) in boxes.iter().enumerate() {
        for other in &boxes[at + 1..] {
            assert!(!meet(one, other, 0.0), "{line}: {one:?} over {other:?}");
        }
        let is_seen = one[0] >= 0.0
            && one[1] >= 0.0
            && one[2] <= graph.size.0
            && one[3] <= graph.size.1;
        assert!(is_seen, "{line}: {one:?} out of {:?}", graph.size);
    }
    for (text, own) in &graph.words {
        let holds = |area: &&&Area| {
            own[0] > area[0] - 0.1
                && own[2] < area[2] + 0.1
                && own[1] > area[1]
                && own[1] < area[3]
        };
        assert!(boxes.iter().any(|area| holds(&area)), "{line}: {text} at {own:?}");
    }
    for edge in &graph.edges {
        for pair in edge.windows(2) {
            assert!(pair[1].0 > pair[0].0 - 0.1, "{line}: an edge goes back");
        }
        for (x, y) in edge {
            let is_in = |area: &&Area, free: f64| {
                *x > area[0] + free
                    && *x < area[2] - free
                    && *y > area[1] + free
                    && *y < area[3] - free
            };
            let node = graph.nodes.iter().find(|area| is_in(area, 1.0));
            assert!(node.is_none(), "{line}: an edge at {x} {y} in {node:?}");
            // An edge has its own label in the middle.
            let crossed = |area: &&Area| {
                is_in(area, 0.0) && (y - (area[1] + area[3]) / 2.0).abs() > 1.0
            };
            let label = graph.labels.iter().find(crossed);
            assert!(label.is_none(), "{line}: an edge at {x} {y} in {label:?}");
        }
    }
    graph
}

/// Graphs with how many nodes and edges they have.
const GRAPHS: [(&str, usize, usize); 9] = [
    ("\"f = u*v; u = x + y; v = x*y\" --at x=1,y=2", 5, 6),
    ("\"f = u*v; u = x + y; v = x*y\" --at x=1,y=2 --symbolic", 5, 6),
    (
        "\"f = (u+v)^2; u = (a+b)^2; v = (a-b)^2; a = (w+x+y+z)^2; b = (w+x-y-z)^2\"",
        9,
        14,
    ),
    ("\"f = u*u; u = x\"", 3, 2),
    ("\"f = u^2 + x; u = x + 1\" --at x=10^60", 3, 3),
    ("\"f = f(a,u,b); a = a(u); u = u(y); b = b(v); v = v(y)\" --wrt y", 6, 7),
    ("\"s = u'*h; h = f(z); z = W*x + b\" --given \"u[m], W[m,n], x[n], b[m]\"", 7, 6),
    (
        "\"L = norm(r)^2; r = y - h; h = W3*tanh(g); g = W2*tanh(z); z = W1*x + b\" \
         --given \"y[k], W3[k,l], W2[l,m], W1[m,n], x[n], b[m]\"",
        11,
        10,
    ),
    (
        "\"f = u*sin(x_max) + piecewise(u < 2, u^2, u >= 2, x_max); u = x_max*alpha\"",
        4,
        4,
    ),
];

#[test]
fn everything_has_its_place() {
    for (program, nodes, edges) in GRAPHS {
        let graph = check(program);
        assert_eq!((graph.nodes.len(), graph.edges.len()), (nodes, edges), "{program}");
        assert_eq!(graph.labels.len(), edges, "{program}");
    }
}

#[test]
fn long_and_wide_graphs_have_room() {
    let chain: Vec<String> = (1..40).map(|n| format!("u{n} = sin(u{})", n + 1)).collect();
    let graph = check(&format!("\"f = u1^2; {}; u40 = x\"", chain.join("; ")));
    assert_eq!(graph.nodes.len(), 42);
    let sum: Vec<String> = (1..=30).map(|n| format!("u{n}")).collect();
    let wide: Vec<String> = (1..=30).map(|n| format!("u{n} = x{n}^2")).collect();
    let graph = check(&format!("\"f = {}; {}\"", sum.join(" + "), wide.join("; ")));
    assert_eq!(graph.nodes.len(), 61);
    check(&format!("\"{}\"", ladder(25)));
}

#[test]
fn random_graphs_have_room() {
    let run = |text: String| {
        check(&format!("\"{text}; f\""));
        Ok(())
    };
    cases(20).run(&program(), run).expect("graphs are drawn");
}

#[test]
fn too_many_nodes_are_refused() {
    let line = format!("graph \"{}\" --format svg", ladder(300));
    let output = console::run(&console::split(&line), b"");
    assert_eq!(output.status.code(), Some(4));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("600"), "{errors}");
}

#[test]
fn requests_have_the_same_picture() {
    let request = "{\"command\":\"graph\",\"expr\":\"f = u*v; u = x + y; v = x*y\",\
                   \"at\":{\"x\":1,\"y\":2},\"format\":\"svg\"}\n";
    let words = ["batch", "-"].map(str::to_owned);
    let output = console::run(&words, request.repeat(4).as_bytes());
    let text = String::from_utf8(output.stdout).expect("text");
    let records: BTreeSet<&str> = text.lines().collect();
    assert_eq!(records.len(), 1, "{text}");
    let record: serde_json::Value =
        serde_json::from_str(text.lines().next().expect("one")).expect("a record");
    assert_eq!(record["ok"], true);
    let words =
        console::split("graph \"f = u*v; u = x + y; v = x*y\" --at x=1,y=2 --format svg");
    let alone = String::from_utf8(console::run(&words, b"").stdout).expect("text");
    assert_eq!(record["svg"].as_str(), Some(alone.trim_end()));
}
