//! Derivatives of all orders and Taylor polynomials where two polynomials meet: what they must be
//! follows from how the formula was made, without calcgrad.

use super::random::Random;
use calcgrad::kernel::Number;
use calcgrad::session::{AtPoint, Engine, Form, Missing, Settings};

/// How many coefficients a polynomial has.
const COUNT: usize = 6;
/// How many formulas are drawn.
const DRAWN: usize = 150;

/// A function that is one polynomial on the left of a point and another one on the right.
struct Bent {
    text: String,
    at: Number,
    /// The coefficients of powers of the distance from the point, on both sides.
    sides: [Vec<i64>; 2],
    /// The first power of which they are not the same.
    first: usize,
}

/// Powers of a distance with coefficients.
fn polynomial(coefficients: &[i64], distance: &str) -> String {
    let terms = coefficients.iter().enumerate();
    let terms: Vec<String> =
        terms.map(|(n, a)| format!("({a})*({distance})^{n}")).collect();
    terms.join(" + ")
}

fn draw(random: &mut Random) -> Bent {
    let at = Number::ratio(i64::from(random.between(0, 8)) - 4, 3).unwrap_or(Number::ONE);
    let distance = format!("x - ({at})");
    let left: Vec<i64> =
        (0..COUNT).map(|_| i64::from(random.between(0, 6)) - 3).collect();
    let first = random.between(1, 4) as usize;
    let jump = random.pick(&[-2, -1, 1, 3]);
    let mut right = left.clone();
    right[first] += jump;
    let (p, q) = (polynomial(&left, &distance), polynomial(&right, &distance));
    let less = first - 1;
    let text = match random.between(0, 5) {
        0 => format!("piecewise(x < {at}, {p}, {q})"),
        1 => format!("piecewise(x >= {at}, {q}, {p})"),
        2 => format!("{p} + ({jump})*max({distance}, 0)^{first}"),
        3 => format!("{p} + ({jump})*heaviside({distance})*({distance})^{first}"),
        4 => format!("{p} + ({jump})*({distance})^{less}*relu({distance})"),
        _ => {
            format!("{p} + ({jump})*({distance})^{less}*(abs({distance}) + {distance})/2")
        }
    };
    Bent { text, at, sides: [left, right], first }
}

#[test]
fn orders_exist_where_both_sides_agree() {
    let mut random = Random::new(20_261_128);
    for _ in 0..DRAWN {
        let Bent { text, at, sides, first } = draw(&mut random);
        let mut engine = Engine::default();
        let formula = engine.read(&text, &Settings::default()).expect(&text);
        let wrt = ["x".to_owned()];
        let point = vec![("x".to_owned(), at.to_string())];
        for order in 1..COUNT {
            let found = engine.partials(&formula, &wrt, order as u32, Form::Auto);
            let derivative = found.expect(&text).partials[0].values[0];
            let sequence = vec!["x".to_owned(); order];
            let found = engine.entry_at(&formula, 0, &sequence, derivative, &point);
            let factorial: i64 = (1..=order as i64).product();
            let [left, right] = [0, 1].map(|side| factorial * sides[side][order]);
            let name = format!("order {order} of {text} at {at}");
            match found.unwrap_or_else(|error| panic!("{name}: {error}")) {
                AtPoint::Exact(id) => {
                    assert!(order < first, "{name} does not exist");
                    assert_eq!(id, engine.pool.integer(left), "{name}");
                }
                AtPoint::Missing(found) => {
                    assert!(order >= first, "{name} exists");
                    let both = [left, right].map(|side| Some(side.to_string()));
                    if order == first {
                        assert_eq!(found, Missing::Sides(both), "{name}");
                    }
                }
                AtPoint::Decimal(text) => panic!("{name} is no {text}"),
            }
            let found = engine.taylor(&formula, &wrt, &point, order as u32);
            assert_eq!(found.is_ok(), order < first, "a polynomial of {name}");
            let Ok(found) = found else { continue };
            for (exponents, coefficient) in &found[0].terms {
                let own = engine.pool.integer(sides[0][exponents[0] as usize]);
                assert_eq!(*coefficient, own, "a coefficient of {name}");
            }
        }
    }
}
