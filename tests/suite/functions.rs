//! Functions of matrices of the languages, by other ways than calcgrad's own.

use super::array::Array;
use calcgrad::function::{self, Language, spec::Value};

/// The value of a function of a matrix; `None` where the name is that of none. `is_whole` says
/// that functions are of matrices where they have no dot, as in Julia.
pub(crate) fn of_matrix(short: &str, list: &[Array], is_whole: bool) -> Option<Array> {
    let [a] = list else { return None };
    Some(match short {
        "expm" | "matrix_exp" => exponential(a),
        "exp" if is_whole => exponential(a),
        "logm" => logarithm(a),
        "log" if is_whole => logarithm(a),
        "sqrtm" => root(a),
        "sqrt" if is_whole => root(a),
        "pinv" if a.dims.len() == 2 => pseudo_inverse(a),
        "sici" => listed(a, &["Si", "Ci"]),
        "shichi" => listed(a, &["Shi", "Chi"]),
        "fresnel" => listed(a, &["fresnels", "fresnelc"]),
        "airy" => listed(a, &["airyai", "airyaiprime", "airybi", "airybiprime"]),
        _ => return None,
    })
}

/// A function of the table of one argument.
fn unary(name: &str) -> Option<fn(f64) -> f64> {
    function::rows().find_map(|(_, row)| match row.value {
        Value::Unary(f) if row.name == name => Some(f),
        _ => None,
    })
}

/// What SciPy gives at once: values of several functions.
fn listed(a: &Array, names: &[&str]) -> Array {
    let value = |name: &&str| unary(name).expect("a row")(a.data[0]);
    Array::new(&[names.len()], names.iter().map(value).collect())
}

fn times(a: &Array, b: &Array) -> Array {
    a.times(b).expect("sizes that fit")
}

fn identity(n: usize) -> Array {
    Array::from(n, n, |i, j| f64::from(u8::from(i == j)))
}

/// The limit of `(I + A/2^k)^(2^k)`, extrapolated once.
fn exponential(a: &Array) -> Array {
    let power = |k: i32| {
        let part = a.map(|x| x / 2f64.powi(k));
        let square = times(&part, &part).map(|x| x / 2.0);
        let cube = times(&times(&part, &part), &part).map(|x| x / 6.0);
        let n = a.rows();
        let near = Array::from(n, n, |i, j| {
            identity(n).at(i, j) + part.at(i, j) + square.at(i, j) + cube.at(i, j)
        });
        (0..k).fold(near, |power, _| times(&power, &power))
    };
    let (far, near) = (power(11), power(12));
    Array::from(a.rows(), a.rows(), |i, j| {
        near.at(i, j) + (near.at(i, j) - far.at(i, j)) / 7.0
    })
}

/// Newton's method for the root and its inverse at once, which keeps rounding small.
fn root(a: &Array) -> Array {
    let n = a.rows();
    let (mut x, mut y) = (a.clone(), identity(n));
    for _ in 0..40 {
        let (left, right) = (y.inverse().0, x.inverse().0);
        let mean = |p: &Array, q: &Array| {
            Array::from(n, n, |i, j| (p.at(i, j) + q.at(i, j)) / 2.0)
        };
        (x, y) = (mean(&x, &left), mean(&y, &right));
    }
    x
}

/// The integral of `(A - I)*inv(t*(A - I) + I)` from 0 to 1, by Simpson's rule.
fn logarithm(a: &Array) -> Array {
    const STEPS: usize = 2000;
    let n = a.rows();
    let less = Array::from(n, n, |i, j| a.at(i, j) - identity(n).at(i, j));
    let at = |t: f64| {
        let shifted = Array::from(n, n, |i, j| t * less.at(i, j) + identity(n).at(i, j));
        times(&less, &shifted.inverse().0)
    };
    let mut sum = Array::from(n, n, |_, _| 0.0);
    for k in 0..=STEPS {
        let weight = match k {
            0 | STEPS => 1.0,
            _ if k % 2 == 1 => 4.0,
            _ => 2.0,
        };
        let value = at(k as f64 / STEPS as f64);
        sum = Array::from(n, n, |i, j| sum.at(i, j) + weight * value.at(i, j));
    }
    sum.map(|x| x / (3 * STEPS) as f64)
}

/// By the normal equations, of a matrix of full rank.
fn pseudo_inverse(a: &Array) -> Array {
    let turned = a.transposed();
    match a.rows() >= a.cols() {
        true => times(&times(&turned, a).inverse().0, &turned),
        false => times(&turned, &times(a, &turned).inverse().0),
    }
}

/// A function of an entry, or of several.
pub(crate) type Entry = Box<dyn Fn(&[f64]) -> f64>;

/// A function of entries: of the table under its name in the language, abstract, or one of
/// the templates.
pub(crate) fn entries(
    name: &str,
    short: &str,
    count: usize,
    language: Language,
) -> Option<Entry> {
    let wave =
        |turn: f64, rate: f64| move |x: &[f64]| rate * (0.7 * x[0] + 0.4 + turn).sin();
    let quarter = std::f64::consts::FRAC_PI_2;
    match name {
        "f" => return Some(Box::new(wave(0.0, 1.0))),
        "df" => return Some(Box::new(wave(quarter, 0.7))),
        "d2f" => return Some(Box::new(wave(2.0 * quarter, 0.49))),
        _ => {}
    }
    let of_table = name.replace("math.", "torch.");
    for (_, row) in function::rows() {
        let is_named = row.code.is_some_and(|code| code[language as usize] == of_table);
        if is_named && row.accepts(count) {
            return match row.value {
                Value::Unary(f) => Some(Box::new(move |x: &[f64]| f(x[0]))),
                Value::Binary(f) => Some(Box::new(move |x: &[f64]| f(x[0], x[1]))),
                Value::Ternary(f) => Some(Box::new(move |x: &[f64]| f(x[0], x[1], x[2]))),
                _ => None,
            };
        }
    }
    match short {
        "nthroot" => Some(Box::new(|x| x[0].signum() * x[0].abs().powf(1.0 / x[1]))),
        "gammaln" | "logabsgamma" => {
            unary("lgamma").map(|f| Box::new(move |x: &[f64]| f(x[0])) as Entry)
        }
        "psi" => unary("digamma").map(|f| Box::new(move |x: &[f64]| f(x[0])) as Entry),
        "lambertw" => {
            unary("lambertw").map(|f| Box::new(move |x: &[f64]| f(x[0])) as Entry)
        }
        "first" | "real" => Some(Box::new(|x| x[0])),
        "polygamma" if count == 2 => {
            function::rows().find_map(|(_, row)| match row.value {
                Value::Binary(f) if row.name == "polygamma" => {
                    Some(Box::new(move |x: &[f64]| f(x[0], x[1])) as Entry)
                }
                _ => None,
            })
        }
        "clamp" => Some(Box::new(|x| x[0].max(x[1]).min(x[2]))),
        "heaviside" => Some(Box::new(|x| match x[0] {
            0.0 => x.get(1).copied().unwrap_or(0.5),
            x if x > 0.0 => 1.0,
            _ => 0.0,
        })),
        "maximum" | "max" if count == 2 => Some(Box::new(|x| x[0].max(x[1]))),
        "logaddexp" => Some(Box::new(|x| (x[0].exp() + x[1].exp()).ln())),
        _ => None,
    }
}
