//! Computational graphs in names: gradients are slopes of the answer in names that are moved,
//! and the drawings are well-formed.

use super::chain::{chain, ladder, program};
use super::console;
use super::laws::cases;
use super::numeric::{self, Typed, Verdict};
use calcgrad::matrix::{Answer, Layout, Opinion, Problem};
use calcgrad::session::{Engine, Form, Settings};

/// The program with something added to a name.
fn moved(text: &str, name: &str) -> String {
    let definitions = text.split("; ").map(|definition| {
        match definition.strip_prefix(name).and_then(|rest| rest.strip_prefix(" = ")) {
            Some(body) => format!("{name} = ({body}) + moved"),
            None => definition.to_owned(),
        }
    });
    definitions.collect::<Vec<_>>().join("; ")
}

/// Compares all gradients of a program with slopes; says how many could be.
fn compare(text: &str) -> usize {
    let mut engine = Engine::default();
    let mut rule = chain(&mut engine, text);
    let formula = engine.read(text, &Settings::default()).expect(text);
    let graph = engine.symbolic_graph(&formula, &mut rule, Form::Auto).expect(text);
    assert!(graph.checked, "{text}");
    let mut agreed = 0;
    for at in numeric::points(&rule.wrt, &[]) {
        let mut known = at.clone();
        for node in graph.nodes.iter().filter(|node| node.body.is_some()) {
            let value = Typed::new(&format!("{text}; {}", node.name), &[]).value(0, &at);
            known.push((node.name.clone(), value));
        }
        for node in graph.nodes.iter().rev() {
            let gradient = Typed::of(&rule.pool, &[node.gradient.value]);
            let gradient = gradient.value(0, &known);
            if node.is_named {
                known.push((format!("df/d{}", node.name), gradient));
            }
            let (f, name, here) = match node.body {
                Some(_) => (moved(text, &node.name), "moved", 0.0),
                None => {
                    let own = at.iter().find(|(name, _)| *name == node.name);
                    (text.to_owned(), &node.name[..], own.expect("a variable").1)
                }
            };
            let f = Typed::new(&f, &[]);
            let value = |x: f64| {
                let mut at = at.clone();
                at.retain(|(known, _)| known != name);
                at.push((name.to_owned(), x));
                f.value(0, &at)
            };
            match numeric::compare(value, here, gradient) {
                Verdict::Agree => agreed += 1,
                Verdict::Unclear => {}
                Verdict::Differ(slope) => {
                    panic!(
                        "{text}: in {} at {at:?}: {gradient}, slope {slope}",
                        node.name
                    )
                }
            }
        }
    }
    agreed
}

#[test]
fn gradients_in_names_are_slopes() {
    let notes = [
        "f = (u+v)^2; u = (a+b)^2; v = (a-b)^2; a = (w+x+y+z)^2; b = (w+x-y-z)^2",
        "f = x*s + s^2; s = x*t; t = cos(x)",
        "f = abs(u) + v; u = x - 1; v = piecewise(u < 0, u^2, u)",
        "f = (y - s)^2; s = sigmoid(z); z = w*x + b",
        "f = u/v; u = a*b; v = 1 + a^2; a = x; b = 2*x - a",
    ];
    for text in notes {
        assert!(compare(text) > 0, "{text}");
    }
    let run = |text: String| {
        assert!(compare(&text) > 0, "{text}: nothing was compared");
        Ok(())
    };
    cases(40).run(&program(), run).expect("gradients are slopes");
}

#[test]
fn long_graphs_cost_no_more_than_their_length() {
    let work = |count: usize| {
        let (mut engine, text) = (Engine::default(), ladder(count));
        let mut rule = chain(&mut engine, &text);
        let formula = engine.read(&text, &Settings::default()).expect("a ladder");
        let found = engine.symbolic_graph(&formula, &mut rule, Form::Auto);
        assert_eq!(found.expect("a graph").nodes.len(), count + 3);
        engine.pool.len() + rule.pool.len()
    };
    let (short, long) = (work(50), work(200));
    assert!(long < 5 * short, "{short} nodes for 50 names, {long} for 200");
}

const MATRICES: [&str; 8] = [
    "s = u'*h; h = sigmoid(z); z = W*x + b; given u[m], W[m,n], x[n], b[m]",
    "s = u'*h; h = f(z); z = W*x + b; given u[m], W[m,n], x[n], b[m]",
    "L = norm(r)^2; r = y - h; h = W2*tanh(z); z = W1*x + b; \
     given y[k], W2[k,m], W1[m,n], x[n], b[m]",
    "L = tr(S*B); S = A*A'; given A[n,n], B[n,n]",
    "L = x'*S*x + p; S = Q + Q'; p = norm(x)^2; given Q[n,n], x[n]",
    "L = r*x; r = x'*A; given A[n,n], x[n]",
    "L = c^2; c = sum(relu(z)); z = a*x; given a, x[n]",
    "L = logsumexp(z) + d; z = W*h; h = tanh(W*g); g = tanh(W*x); d = norm(h - g)^2; \
     given W[n,n], x[n]",
];

#[test]
fn gradients_of_matrix_programs_are_derivatives() {
    for text in MATRICES {
        let mut problem = Problem::read(text).expect(text);
        let wrt = problem.variables();
        let graph = problem.graph(&wrt).expect(text);
        assert!(graph.checked, "{text}");
        assert!(graph.nodes.len() > wrt.len() + 1, "{text}");
        let (_, all) = graph.nodes.split_last().expect("an answer");
        for node in all {
            let answer = problem.answer_text(&Answer::Form(node.gradient));
            if answer.contains('∂') {
                continue;
            }
            let found = problem.judge(&node.name, 1, Layout::Denominator, &answer);
            let opinion = found.expect(text).opinion;
            assert!(
                matches!(opinion, Opinion::Equal(_) | Opinion::ProbablyEqual(_)),
                "{text}: in {}: {answer} is {}",
                node.name,
                opinion.id()
            );
        }
    }
}

/// Programs whose names and labels need care in drawings.
const DRAWN: [&str; 5] = [
    "\"f = u*sin(x_max) + piecewise(u < 2, u^2, u >= 2, x_max); u = x_max*alpha\"",
    "\"f = abs(u) + θ*u; u = x1^2 + β_2\"",
    "\"f = f(a,u,b); a = a(u); u = u(y); b = b(v); v = v(y)\" --wrt y",
    "\"s = u'*h; h = sigmoid(z); z = W*x + b\" --given \"u[m], W[m,n], x[n], b[m]\"",
    "\"f = u*v; u = x + y; v = x*y\" --at x=1,y=2 --symbolic",
];

fn drawn(program: &str, flag: &str) -> String {
    let line = format!("graph {program} {flag}");
    let output = console::run(&console::split(&line), b"");
    assert!(
        output.status.success(),
        "{line}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn labels_of_mermaid_are_plain() {
    for program in DRAWN {
        let text = drawn(program, "--mermaid");
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("flowchart LR"));
        for line in lines {
            let parts: Vec<&str> = line.split('"').collect();
            let [before, label, after] = parts[..] else { panic!("{line}") };
            assert!(
                matches!(
                    (before.chars().last(), after.chars().next()),
                    (Some('['), Some(']')) | (Some('|'), Some('|'))
                ),
                "{line}"
            );
            let label = label.replace("<br/>", " ");
            let is_risky = |c: char| "\"<>*_`[]{}|&\\~".contains(c);
            assert!(!label.contains(is_risky), "{line}");
            for code in label.split('#').skip(1) {
                let number = code.split(';').next().expect("a number");
                assert!(number.parse::<u32>().is_ok(), "{line}");
            }
        }
    }
}

#[test]
fn labels_of_dot_are_quoted() {
    for program in DRAWN {
        let text = drawn(program, "--dot");
        let body = text.strip_prefix("digraph {\n  rankdir=LR;\n").expect("a graph");
        for line in body.strip_suffix("}\n").expect("an end").lines() {
            let mut outside = String::new();
            let (mut is_inside, mut signs) = (false, line.chars());
            while let Some(c) = signs.next() {
                match c {
                    '"' => is_inside = !is_inside,
                    '\\' if is_inside => assert!(signs.next().is_some(), "{line}"),
                    _ if is_inside => {}
                    _ => outside.push(c),
                }
            }
            assert!(!is_inside, "{line}");
            assert!(
                ["   [label=];", "   ->  [label=];"].contains(&&outside[..]),
                "{line}"
            );
        }
    }
}

#[test]
fn pictures_of_tikz_are_well_formed() {
    let options = katex::Opts::builder().throw_on_error(true).build().expect("options");
    for program in DRAWN {
        let text = drawn(program, "--tikz");
        let mut lines = text.lines().skip(1);
        assert!(lines.next().is_some_and(|l| l.starts_with("\\begin{tikzpicture}[")));
        let lines: Vec<&str> = lines.collect();
        let (last, lines) = lines.split_last().expect("an end");
        assert_eq!(*last, "\\end{tikzpicture}");
        for line in lines {
            let is_statement =
                line.starts_with("  \\node[") || line.starts_with("  \\draw[");
            assert!(
                is_statement && line.ends_with("};") | line.ends_with(");"),
                "{line}"
            );
            let mut depth = 0;
            for c in line.chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                assert!(depth >= 0, "{line}");
            }
            assert_eq!(depth, 0, "{line}");
            let pieces: Vec<&str> = line.split('$').collect();
            assert!(pieces.len() % 2 == 1, "{line}");
            for latex in pieces.iter().skip(1).step_by(2) {
                let found = katex::render_with_opts(latex, &options);
                assert!(found.is_ok(), "{latex}: {:?}", found.err());
            }
        }
    }
}
