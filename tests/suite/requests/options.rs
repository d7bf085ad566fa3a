//! Commands on formulas, with the options that they take and some that they do not.

use super::Random;
use super::formula::{ANY, FEW, Writer};
use super::{Request, latex, spoil};
use serde_json::Value;

const COMMANDS: [&str; 22] = [
    "diff",
    "diff",
    "diff",
    "gradient",
    "jacobian",
    "hessian",
    "laplacian",
    "divergence",
    "curl",
    "directional",
    "differential",
    "taylor",
    "implicit",
    "critical",
    "descend",
    "eval",
    "simplify",
    "expand",
    "factor",
    "equal",
    "check",
    "read",
];
/// These are asked less often: they are slower.
const SELDOM: [&str; 3] = ["verify", "graph", "plot"];
/// These tell how their answers come about.
const TOLD: [&str; 11] = [
    "diff",
    "gradient",
    "jacobian",
    "hessian",
    "directional",
    "taylor",
    "implicit",
    "critical",
    "simplify",
    "expand",
    "factor",
];
const ASSUMPTIONS: [&str; 14] = [
    "x > 0",
    "x < 0",
    "x != 0",
    "0 < x < 1",
    "x > 0, y > 0",
    "n integer",
    "x >= 1",
    "x <= -1",
    "a, x > 0",
    "x > 1/2",
    "-1 < x < 1",
    "y < 0, n >= 2",
    "x integer",
    "0 < theta < pi",
];
const LISTS: [&str; 8] = ["x", "x", "y", "x,y", "y,x", "x,y,z", "x1,x", "w"];

/// One request.
pub(super) fn request(random: &mut Random) -> Request {
    let mut request = Request::new();
    let command = match random.chance(4) {
        true => random.pick(&SELDOM),
        false => random.pick(&COMMANDS),
    };
    let size = random.weighted(&[(2, 0), (3, 1), (6, 2), (6, 3), (2, 4), (1, 5)]);
    let count = random.pick(&[1_usize, 2, 2, 3, 3, 3, 4]);
    let needs_values = matches!(command, "graph" | "verify" | "descend" | "implicit");
    let names = if needs_values { FEW } else { ANY };
    let mut writer = Writer { random, names };
    let is_latex = writer.random.chance(20);
    let expr = match command {
        _ if is_latex => latex::formula(writer.random, size),
        "implicit" => writer.equations(size, count.div_ceil(3)),
        "jacobian" => writer.vector(size + 1, count),
        "divergence" | "curl" => writer.vector(size + 1, count.max(2)),
        "graph" => writer.program(size),
        "critical" | "descend" | "taylor" | "verify" => writer.scalar(size.min(3)),
        _ => writer.text(size),
    };
    let expr = spoil::sometimes(random, expr);
    set(&mut request, "command", command);
    set(&mut request, "expr", &*expr);
    if is_latex && random.chance(50) {
        set(&mut request, "input", "latex");
    }
    common(random, &mut request);
    special(random, &mut request, command, &expr);
    if TOLD.contains(&command) && random.chance(25) {
        set(&mut request, "steps", true);
        if random.chance(50) {
            set(&mut request, "detail", random.between(1, 3));
        }
    }
    request
}

pub(super) fn set(request: &mut Request, name: &str, value: impl Into<Value>) {
    request.insert(name.to_owned(), value.into());
}

/// What all commands take.
fn common(random: &mut Random, request: &mut Request) {
    if random.chance(20) {
        set(request, "assume", random.pick(&ASSUMPTIONS));
    }
    if random.chance(15) {
        set(request, "at", point(random));
    }
    if random.chance(10) {
        set(request, "set", point(random));
    }
    if random.chance(10) {
        set(request, "effort", random.between(0, 3));
    }
    if random.chance(8) {
        let lists = ["sec", "cos", "tan", "hyperbolic", "sec,hyperbolic", "sin"];
        set(request, "prefer", random.pick(&lists));
    }
    if random.chance(5) {
        set(request, "decimals", true);
    }
    if random.chance(5) {
        set(request, "strict", true);
    }
    if random.chance(5) {
        set(request, "explain_reading", true);
    }
}

/// A point with some coordinates.
fn point(random: &mut Random) -> String {
    let names = random.pick(&[&["x"][..], &["x", "y"], &["x", "y", "z"], &["a", "x"]]);
    let mut writer = Writer { random, names: ANY };
    let at = names.iter().map(|name| format!("{name}={}", writer.value()));
    at.collect::<Vec<_>>().join(",")
}

/// What this command takes.
fn special(random: &mut Random, request: &mut Request, command: &str, expr: &str) {
    let order = random.weighted(&[(6, 1), (4, 2), (2, 3), (1, 6), (1, 0)]);
    let formats = ["text", "latex", "python", "julia", "matlab", "pytorch"];
    let form = random.pick(&["auto", "raw", "expanded", "factored"]);
    let some_names = random.chance(60).then(|| random.pick(&LISTS));
    match command {
        "expand" => {
            for name in ["angles", "logs", "powers"] {
                if random.chance(50) {
                    set(request, name, true);
                }
            }
        }
        "diff" | "gradient" => {
            if random.chance(30) {
                set(request, "format", random.pick(&formats));
            }
            if random.chance(10) {
                set(request, "mixed", random.pick(&["x,y", "x,x,y", "y,x"]));
                return;
            }
            if random.chance(20) {
                set(request, "at_kinks", random.pick(&["mean", "left", "right", "zero"]));
            }
            set(request, "form", form);
            if random.chance(40) {
                set(request, "order", order);
            }
            names(request, some_names);
        }
        "jacobian" | "hessian" => {
            set(request, "layout", random.pick(&["numerator", "denominator"]));
            names(request, some_names);
        }
        "laplacian" | "divergence" | "curl" => {
            let all = ["cartesian", "polar", "cylindrical", "spherical"];
            match random.between(0, 3) {
                0 => set(request, "coordinates", random.pick(&all)),
                1 => names(request, some_names),
                _ => {
                    set(request, "wrt", ["x,y", "x,y,z"][expr.matches(", ").count() % 2])
                }
            }
        }
        "directional" => {
            names(request, some_names);
            let along = random.pick(&["[1, 2]", "[1, 0, -1]", "[a, 1]", "[0, 0]", "[3]"]);
            if random.chance(80) {
                set(request, "along", along);
            }
        }
        "differential" | "critical" => names(request, some_names),
        "taylor" => {
            names(request, some_names);
            set(request, "order", random.weighted(&[(3, 1), (4, 2), (4, 4), (1, 8)]));
        }
        "implicit" => {
            set(request, "wrt", if expr.contains(';') { "t" } else { "x" });
            set(request, "of", if expr.contains(';') { "x,y" } else { "y" });
            set(request, "order", order.min(3));
        }
        "descend" => {
            let start = random.pick(&["x=1,y=2", "x=0,y=0", "x=1e10,y=-1", "x=-1,y=pi"]);
            set(request, "from", start);
            if random.chance(30) {
                set(request, "newton", true);
            } else if random.chance(40) {
                set(request, "rate", random.pick(&["0.1", "1", "10", "1e-9"]));
            }
        }
        "verify" | "graph" => {
            if command == "verify" || random.chance(60) {
                set(request, "at", random.pick(&["x=1,y=2", "x=0,y=0", "x=1/3,y=-pi"]));
            }
            if command == "graph" && random.chance(40) {
                set(request, "symbolic", true);
            }
            if command == "graph" && random.chance(30) {
                set(request, random.pick(&["dot", "mermaid", "tikz"]), true);
            }
        }
        "plot" => plot(random, request),
        "eval" => {
            if random.chance(20) {
                set(request, "digits", random.pick(&[1, 15, 30, 200]));
            }
            complex(random, request);
        }
        "equal" => {
            let other = match random.between(0, 9) {
                0 => latex::formula(random, 2),
                1..=5 => Writer { random, names: ANY }.text(2),
                _ => format!("({expr}) + 0*x"),
            };
            set(request, "other", other);
            complex(random, request);
        }
        "check" => {
            let answer = Writer { random, names: ANY }.text(2);
            let is_chain = random.chance(30);
            let answer = match is_chain {
                true => {
                    let next = Writer { random, names: ANY }.text(2);
                    format!("f' = ({next})' = {answer}\n= {next}")
                }
                false => answer,
            };
            if is_chain || random.chance(5) {
                set(request, "steps", true);
            }
            set(request, "answer", answer);
            names(request, some_names);
        }
        _ => {}
    }
}

fn names(request: &mut Request, names: Option<&str>) {
    if let Some(names) = names {
        set(request, "wrt", names);
    }
}

fn complex(random: &mut Random, request: &mut Request) {
    if random.chance(15) {
        set(request, "domain", "complex");
    }
}

/// What is asked of a picture.
fn plot(random: &mut Random, request: &mut Request) {
    if random.chance(40) {
        set(
            request,
            "x",
            random.pick(&["-3..3", "0..2*pi", "1..0", "1e300..2e300", "a..b"]),
        );
    }
    if random.chance(20) {
        set(request, "y", random.pick(&["-1..1", "0..0", "..", "-1e-300..1e-300"]));
    }
    if random.chance(30) {
        set(request, "derivative", random.pick(&["1", "1,2", "0", "99"]));
    }
    if random.chance(30) {
        set(request, "at", random.pick(&["x=1", "x=0", "x=1,y=2", "y=pi"]));
    }
    if random.chance(20) {
        set(request, "taylor", random.pick(&[0, 1, 5, 40]));
    }
    if random.chance(60) {
        set(request, "format", random.pick(&["svg", "terminal", "json", "png"]));
    }
}
