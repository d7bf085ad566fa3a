//! Sums of broken powers of the distance from a point: which derivatives they have there, and
//! what kind of critical point it is, follows from the powers, without calcgrad.

use super::random::Random;
use calcgrad::extrema::Kind;
use calcgrad::session::{AtPoint, Engine, Form, Settings};

/// Powers as sixths.
const POWERS: [i64; 11] = [2, 3, 4, 6, 8, 9, 12, 14, 15, 18, 20];
/// How many formulas are drawn.
const DRAWN: usize = 60;
/// Derivatives of this order are the highest.
const ORDERS: usize = 4;

/// A power of the distance with its coefficient; an odd one has the sign of the distance.
struct Term {
    sixths: i64,
    is_odd: bool,
    coefficient: i64,
}

impl Term {
    /// Whether all its derivatives exist: `x^2`, and `x^3` as the odd one.
    fn is_smooth(&self) -> bool {
        self.sixths % 6 == 0 && (self.sixths % 12 == 6) == self.is_odd
    }

    fn text(&self, u: &str) -> String {
        let size = match self.sixths {
            2 if !self.is_odd => format!("cbrt(abs({u}))"),
            4 if !self.is_odd => format!("cbrt(({u})^2)"),
            8 if !self.is_odd => format!("cbrt({u})^4"),
            n => format!("abs({u})^({n}/6)"),
        };
        let sign = if self.is_odd { format!("*sign({u})") } else { String::new() };
        format!("({})*{size}{sign}", self.coefficient)
    }
}

fn draw(random: &mut Random) -> (Vec<Term>, String, String) {
    let at = ["0", "1", "-1/2", "2/3"][random.place(4)].to_owned();
    let distance = format!("x - ({at})");
    let mut powers = POWERS.to_vec();
    let count = random.between(1, 4);
    let mut terms: Vec<Term> = Vec::new();
    for _ in 0..count {
        let sixths = powers.remove(random.place(powers.len()));
        let scale = [1, 1, 1000, 1_000_000][random.place(4)];
        let sign = if random.chance(50) { 1 } else { -1 };
        let coefficient = sign * scale * i64::from(random.between(1, 3));
        let is_odd = sixths >= 6 && random.chance(50);
        terms.push(Term { sixths, is_odd, coefficient });
    }
    terms.sort_by_key(|term| term.sixths);
    let texts: Vec<String> = terms.iter().map(|term| term.text(&distance)).collect();
    (terms, texts.join(" + "), at)
}

#[test]
fn kinds_follow_from_the_lowest_power() {
    let mut random = Random::new(7);
    for _ in 0..DRAWN {
        let (terms, text, at) = draw(&mut random);
        let mut engine = Engine::default();
        let formula = engine.read(&text, &Settings::default()).expect(&text);
        let place = engine.read(&at, &Settings::default()).expect(&at).roots[0];
        let found = engine.critical(&formula, &["x".to_owned()]).expect(&text);
        let own = found.points.iter().find(|point| point.coordinates[0].value == place);
        let lowest = &terms[0];
        let has_slope = lowest.sixths == 6 && lowest.is_odd;
        assert_eq!(own.is_none(), has_slope, "{text} at {at}");
        let Some(own) = own else { continue };
        assert_eq!(own.differentiable, lowest.sixths > 6, "{text} at {at}");
        let is_right = match (lowest.is_odd, lowest.coefficient > 0) {
            (true, _) => matches!(own.kind, Kind::Neither | Kind::Inflection),
            (false, true) => own.kind == Kind::Minimum,
            (false, false) => own.kind == Kind::Maximum,
        };
        assert!(is_right, "{text} at {at} is no {:?}", own.kind);
    }
}

#[test]
fn orders_exist_below_the_lowest_broken_power() {
    let mut random = Random::new(11);
    for _ in 0..DRAWN {
        let (terms, text, at) = draw(&mut random);
        let rough = terms.iter().find(|term| !term.is_smooth());
        let mut engine = Engine::default();
        let formula = engine.read(&text, &Settings::default()).expect(&text);
        let point = vec![("x".to_owned(), at.clone())];
        for order in 1..=ORDERS {
            let found =
                engine.partials(&formula, &["x".to_owned()], order as u32, Form::Auto);
            let derivative = found.expect(&text).partials[0].values[0];
            let sequence = vec!["x".to_owned(); order];
            let found = engine.entry_at(&formula, 0, &sequence, derivative, &point);
            let name = format!("order {order} of {text} at {at}");
            let exists = rough.is_none_or(|term| term.sixths > 6 * order as i64);
            let factorial: i64 = (1..=order as i64).product();
            let own = terms.iter().find(|term| term.sixths == 6 * order as i64);
            let value = own.map_or(0, |term| factorial * term.coefficient);
            match found.unwrap_or_else(|error| panic!("{name}: {error}")) {
                AtPoint::Exact(id) => {
                    assert!(exists, "{name} does not exist");
                    assert_eq!(id, engine.pool.integer(value), "{name}");
                }
                AtPoint::Missing(_) => assert!(!exists, "{name} exists"),
                AtPoint::Decimal(text) => panic!("{name} is no {text}"),
            }
        }
    }
}
