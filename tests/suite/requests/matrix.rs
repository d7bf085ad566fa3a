//! Requests on matrix expressions: every part has a shape, so that most of them fit.

use super::Random;
use super::options::set;
use super::{Request, spoil};

/// A shape.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Scalar,
    Long,
    Short,
    Square,
    Wide,
}

const GIVEN: [&str; 6] = [
    "A[n,n], B[n,n], C[m,n], x[n], y[n], z[m], c, d",
    "A[n,n] symmetric, B[n,n], C[m,n], x[n], y[n], z[m], c positive, d",
    "A[n,n] positive definite, B[n,n] diagonal, C[m,n], x[n], y[n], z[m], c, d",
    "A[3,3], B[3,3] orthogonal, C[2,3], x[3], y[3], z[2], c, d",
    "A[n,n] invertible, B[n,n] symmetric, C[m,n], x[n] positive, y[n], z[m], c, d",
    "A[1,1], B[1,1], C[1,1], x[1], y[1], z[1], c, d",
];
const ENTRYWISE: [&str; 14] = [
    "exp", "ln", "sin", "cos", "tanh", "sqrt", "abs", "sigmoid", "relu", "sign",
    "arctan", "erf", "softplus", "cbrt",
];
const WRT: [&str; 11] = ["x", "x", "A", "A", "B", "C", "c", "z", "x[i]", "A[i,j]", "y"];

/// One request.
pub(super) fn request(random: &mut Random) -> Request {
    let mut request = Request::new();
    let size = random.weighted(&[(1, 1), (4, 2), (5, 3), (2, 4)]);
    let shape = random.weighted(&[
        (8, Shape::Scalar),
        (3, Shape::Long),
        (1, Shape::Short),
        (1, Shape::Square),
    ]);
    let mut expr = written(random, shape, size);
    if random.chance(10) {
        let inner = written(random, Shape::Long, 2);
        expr = format!("f = {}; u = {inner}", expr.replace('y', "u"));
    }
    let expr = spoil::sometimes(random, expr);
    let command = random.weighted(&[
        (10, "diff"),
        (3, "gradient"),
        (3, "differential"),
        (2, "graph"),
        (3, "check"),
        (1, "hessian"),
        (1, "jacobian"),
        (1, "simplify"),
        (1, "equal"),
        (1, "eval"),
    ]);
    set(&mut request, "command", command);
    set(&mut request, "expr", &*expr);
    set(&mut request, "given", random.pick(&GIVEN));
    if random.chance(70) {
        set(&mut request, "wrt", random.pick(&WRT));
    }
    options(random, &mut request, command);
    let may_tell = matches!(command, "diff" | "gradient" | "differential");
    if may_tell && random.chance(30) {
        set(&mut request, "steps", true);
    }
    request
}

fn options(random: &mut Random, request: &mut Request, command: &str) {
    if random.chance(8) && command != "differential" {
        set(request, "components", random.pick(&["n=2,m=3", "n=1,m=1", "n=3"]));
    }
    match command {
        "diff" | "gradient" => {
            let formats = ["text", "latex", "python", "julia", "matlab", "pytorch"];
            if random.chance(40) {
                set(request, "format", random.pick(&formats));
            }
            if random.chance(15) {
                set(request, "order", random.pick(&[2, 2, 3]));
            }
            if random.chance(20) {
                set(request, "layout", random.pick(&["numerator", "denominator"]));
            }
            if random.chance(15) {
                set(request, "vec", true);
            }
        }
        "check" => {
            let shape = random.pick(&[Shape::Scalar, Shape::Long, Shape::Square]);
            set(request, "answer", written(random, shape, 2));
        }
        "differential" if random.chance(20) => set(request, "order", 2),
        "equal" => set(request, "other", written(random, Shape::Scalar, 2)),
        _ => {}
    }
}

fn written(random: &mut Random, shape: Shape, size: u32) -> String {
    if size == 0 {
        return leaf(random, shape).to_owned();
    }
    if random.chance(45) {
        return shared(random, shape, size - 1);
    }
    let mut part = |shape| written(random, shape, size - 1);
    match shape {
        Shape::Scalar => {
            let (square, long) = (part(Shape::Square), part(Shape::Long));
            let other = part(Shape::Long);
            match random.between(0, 14) {
                0 => format!("tr({square})"),
                1 => format!("det({square})"),
                2 => format!("logdet({square})"),
                3 => format!("norm({long})^2"),
                4 => format!("({long})'*({other})"),
                5 => format!("sum({long})"),
                6 => format!("||{square}||"),
                7 => format!("norm1({long})"),
                8 => format!("normp({long}, 3)"),
                9 => format!("({long})'*({square})*({other})"),
                10 => format!("dot({long}, {other})"),
                11 => format!("logsumexp({long})"),
                12 => format!("mean({long})"),
                13 => format!("({square})[1,1]"),
                _ => format!("sum({square})"),
            }
        }
        Shape::Long => {
            let (square, long) = (part(Shape::Square), part(Shape::Long));
            let (wide, short) = (part(Shape::Wide), part(Shape::Short));
            match random.between(0, 5) {
                0 | 1 => format!("({square})*({long})"),
                2 => format!("({wide})'*({short})"),
                3 => format!("diag({square})"),
                4 => format!("softmax({long})"),
                _ => format!("inv({square})*({long})"),
            }
        }
        Shape::Short => {
            let (wide, long) = (part(Shape::Wide), part(Shape::Long));
            format!("({wide})*({long})")
        }
        Shape::Square => {
            let (square, long) = (part(Shape::Square), part(Shape::Long));
            let (other, wide) = (part(Shape::Square), part(Shape::Wide));
            match random.between(0, 8) {
                0 => format!("inv({square})"),
                1 => format!("({square})'"),
                2 => format!("({square})*({other})"),
                3 => format!("({wide})'*({wide})"),
                4 => format!("({long})*({long})'"),
                5 => format!("diag({long})"),
                6 => format!("adj({square})"),
                7 => format!("({square})^{}", random.pick(&["2", "3", "-1", "0"])),
                _ => format!("({square}) + A"),
            }
        }
        Shape::Wide => {
            let (wide, square) = (part(Shape::Wide), part(Shape::Square));
            format!("({wide})*({square})")
        }
    }
}

/// What is there for every shape.
fn shared(random: &mut Random, shape: Shape, size: u32) -> String {
    let first = written(random, shape, size);
    match random.between(0, 7) {
        0 | 1 => format!("{first} + {}", written(random, shape, size)),
        2 => format!("{first} - ({})", written(random, shape, size)),
        3 => format!("({})*({first})", written(random, Shape::Scalar, size)),
        4 => format!("({first}).*({})", written(random, shape, size)),
        5 => format!("({first})./({})", written(random, shape, size)),
        6 => format!("({first}).^{}", random.pick(&["2", "3", "-1", "0.5", "c"])),
        _ => format!("{}({first})", random.pick(&ENTRYWISE)),
    }
}

fn leaf(random: &mut Random, shape: Shape) -> &'static str {
    match shape {
        Shape::Scalar => random.pick(&["c", "d", "2", "1", "0", "-3", "1/2", "x'*y"]),
        Shape::Long => random.pick(&["x", "x", "y", "A*x", "ones(n)", "x + y"]),
        Shape::Short => random.pick(&["z", "z", "C*x"]),
        Shape::Square => {
            random.pick(&["A", "A", "B", "eye(n)", "A .* eye(n)", "x*y'", "A'", "C'*C"])
        }
        Shape::Wide => random.pick(&["C", "C", "z*x'", "C*A"]),
    }
}
