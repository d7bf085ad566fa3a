//! The algebra of polynomials: laws on random ones, known factors, known roots.

use super::laws::cases;
use super::polynomial_text::{VARIABLES, place, read, read_factors, work};
use calcgrad::kernel::Number;
use calcgrad::polynomial::{
    Exhausted, GroebnerBasis, Polynomial, Sign, Work, count_real_roots, factor, gcd,
    gcd_with_cofactors, lcm, linear_groups, real_roots, resultant, sign_definite,
    square_free,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Random polynomials in three variables.
fn polynomial(terms: usize, degree: u32) -> impl Strategy<Value = Polynomial> {
    let term = (vec(0..=degree, 3), -9i64..10);
    vec(term, 1..=terms).prop_map(|terms| {
        let terms = terms.into_iter().map(|(e, c)| (e, Number::from(c)));
        Polynomial::from_terms(3, terms).unwrap()
    })
}

fn law<S: Strategy>(count: u32, input: S, check: impl Fn(S::Value)) {
    let run = cases(count).run(&input, |value| {
        check(value);
        Ok(())
    });
    run.unwrap();
}

fn times(a: &Polynomial, b: &Polynomial) -> Polynomial {
    a.mul(b, &mut work()).unwrap()
}

fn divides(a: &Polynomial, b: &Polynomial) -> bool {
    b.divide_exactly(a, &mut work()).unwrap().is_some()
}

#[test]
fn ring_laws() {
    let three = (polynomial(8, 4), polynomial(8, 4), polynomial(8, 4));
    law(200, three, |(a, b, c)| {
        assert_eq!(a.add(&b), b.add(&a));
        assert_eq!(a.add(&b).sub(&b), a);
        assert_eq!(times(&a, &b), times(&b, &a));
        assert_eq!(times(&a, &times(&b, &c)), times(&times(&a, &b), &c));
        assert_eq!(times(&a, &b.add(&c)), times(&a, &b).add(&times(&a, &c)));
        let product = times(&a, &b);
        let slope = times(&a.derivative(1), &b).add(&times(&a, &b.derivative(1)));
        assert_eq!(product.derivative(1), slope);
        let point = [Number::from(2), Number::ratio(-1, 3).unwrap(), Number::from(5)];
        let value = |p: &Polynomial| p.value(&point, &mut work()).unwrap();
        assert_eq!(value(&product), value(&a).mul(&value(&b)));
        assert_eq!(value(&a.add(&b)), value(&a).add(&value(&b)));
        if !b.is_zero() {
            assert_eq!(product.divide_exactly(&b, &mut work()).unwrap(), Some(a.clone()));
        }
        let (content, part) = a.primitive_part();
        assert_eq!(part.scale(&content), a);
        assert!(part.is_integral() && !part.leading_coefficient().is_negative());
        let square = a.pow(2, &mut work()).unwrap();
        assert_eq!(square, times(&a, &a));
    });
}

#[test]
fn common_divisors_divide() {
    let three = (polynomial(6, 3), polynomial(6, 3), polynomial(6, 3));
    law(400, three, |(a, b, c)| {
        let (left, right) = (times(&a, &c), times(&b, &c));
        let found = gcd_with_cofactors(&left, &right, &mut work()).unwrap();
        if left.is_zero() && right.is_zero() {
            assert!(found.gcd.is_zero());
            return;
        }
        assert!(divides(&c.primitive_part().1, &found.gcd) || c.is_zero());
        assert_eq!(times(&found.gcd, &found.left), left);
        assert_eq!(times(&found.gcd, &found.right), right);
        let rest = gcd(&found.left, &found.right, &mut work()).unwrap();
        assert!(rest.is_one(), "{left:?}, {right:?}");
        let multiple = lcm(&left, &right, &mut work()).unwrap();
        assert!(left.is_zero() || right.is_zero() || divides(&left, &multiple));
    });
}

#[test]
fn divisors_with_long_coefficients() {
    let g = read("170141183460469231731687303715884*x^2*y + 4611686018427387847*z - 5");
    assert!(g.number_of_terms() == 3);
    let (a, b) = (times(&g, &read("x + y*z - 7")), times(&g, &read("x^2 - 3*y + z")));
    assert_eq!(gcd(&a, &b, &mut work()).unwrap(), g.primitive_part().1);
}

#[test]
fn square_free_parts() {
    let two = (polynomial(4, 2), polynomial(4, 2));
    law(150, two, |(a, b)| {
        let p = times(&a, &b.pow(2, &mut work()).unwrap());
        let found = square_free(&p, &mut work()).unwrap();
        let mut product = Polynomial::constant(3, found.unit.clone());
        for (factor, power) in &found.factors {
            product = times(&product, &factor.pow(*power, &mut work()).unwrap());
            for variable in factor.occurring() {
                let common =
                    gcd(factor, &factor.derivative(variable), &mut work()).unwrap();
                assert_eq!(common.degree(variable), 0, "{factor:?}");
            }
        }
        assert_eq!(product, p);
        for (at, (one, _)) in found.factors.iter().enumerate() {
            for (other, _) in &found.factors[at + 1..] {
                assert!(gcd(one, other, &mut work()).unwrap().is_one());
            }
        }
    });
}

#[test]
fn factors_multiply_back() {
    let three = (polynomial(4, 2), polynomial(4, 2), polynomial(4, 1));
    law(150, three, |(a, b, c)| {
        let p = times(&times(&a, &b), &c);
        let found = factor(&p, &mut work());
        assert!(found.complete, "{a:?}; {b:?}; {c:?}");
        assert_eq!(found.expand(3, &mut work()).unwrap(), p);
        if p.is_zero() {
            return;
        }
        // Each factor of each part is found: parts have no more factors than the whole.
        let count = |p: &Polynomial| -> u32 {
            factor(p, &mut work()).factors.iter().map(|(_, power)| power).sum()
        };
        let whole: u32 = found.factors.iter().map(|(_, power)| power).sum();
        assert_eq!(whole, count(&a) + count(&b) + count(&c), "{a:?}; {b:?}; {c:?}");
        for (factor, _) in &found.factors {
            assert_eq!(count(factor), 1);
        }
    });
}

#[test]
fn known_factors() {
    let path = super::blocks::root().join("tests/cases/polynomial/factors.txt");
    let text = std::fs::read_to_string(path).unwrap();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (left, right) = line.split_once('=').expect("two sides");
        let p = read(left);
        let found = factor(&p, &mut work());
        assert!(found.complete, "{line}");
        let mut unit = Number::ONE;
        let mut expected = Vec::new();
        for (factor, power) in read_factors(right) {
            let (content, part) = factor.primitive_part();
            unit = unit.mul(&content.pow(i64::from(power), 1_000).unwrap());
            if !part.is_constant() {
                expected.push((part, power));
            }
        }
        let known = |f: &(Polynomial, u32)| expected.contains(f);
        let complete = found.factors.len() == expected.len();
        assert!(complete && found.factors.iter().all(known), "{line}: {found:?}");
        assert_eq!(found.unit, unit, "{line}");
        let sizes: Vec<u64> =
            found.factors.iter().map(|(f, _)| f.total_degree()).collect();
        assert!(sizes.is_sorted(), "{line}: {found:?}");
    }
}

#[test]
fn roots_of_unity() {
    for (power, count) in [(24, 8), (60, 12), (97, 2), (100, 9), (105, 8)] {
        let p = read(&format!("x^{power} - 1"));
        let found = factor(&p, &mut Work::new(50_000_000));
        assert!(found.complete && found.factors.len() == count, "{power}: {found:?}");
        assert_eq!(found.expand(VARIABLES, &mut work()).unwrap(), p);
    }
}

#[test]
fn nothing_hangs() {
    let p = read("(x + y + z + w + 1)^9*(x*y - z^7 + 3)*(w^5 - x*a^8 + 2)");
    for limit in [0, 10, 1_000, 30_000, 300_000] {
        let found = factor(&p, &mut Work::new(limit));
        assert!(limit > 1_000 || !found.complete);
        assert_eq!(found.expand(VARIABLES, &mut work()).unwrap(), p);
    }
    // The minimal polynomial of a sum of six square roots splits completely modulo primes.
    let mut p = read("x");
    for prime in [2, 3, 5, 7, 11, 13] {
        let root = Polynomial::variable(VARIABLES, place('a')).unwrap();
        let moved = read("x").add(&root);
        let shifted = p.substitute(place('x'), &moved, &mut work()).unwrap();
        let square = read(&format!("a^2 - {prime}"));
        p = resultant(&shifted, &square, place('a'), &mut work()).unwrap();
    }
    assert_eq!(p.degree(place('x')), 64);
    let mut small = Work::new(20_000_000);
    let found = factor(&p, &mut small);
    assert_eq!((found.complete, small.left()), (false, 0));
    assert_eq!(found.expand(VARIABLES, &mut work()).unwrap(), p);
}

#[test]
fn odd_input_is_no_trouble() {
    let zero = Polynomial::zero(2);
    assert_eq!(factor(&zero, &mut work()).unit, Number::ZERO);
    assert!(gcd(&zero, &zero, &mut work()).unwrap().is_zero());
    assert!(lcm(&zero, &read("x"), &mut work()).unwrap().is_zero());
    assert!(zero.divide_exactly(&zero, &mut work()).unwrap().is_none());
    assert!(square_free(&zero, &mut work()).unwrap().factors.is_empty());
    assert!(linear_groups(&zero, &mut work()).unwrap().is_none());
    let none = Polynomial::constant(0, Number::from(-6));
    assert_eq!(factor(&none, &mut work()).unit, Number::from(-6));
    assert!(gcd(&none, &none, &mut work()).unwrap().is_one());
    assert!(none.coefficients_in(3).len() == 1 && none.derivative(5).is_zero());
    let high = Polynomial::monomial(&[u32::MAX, 1], Number::ONE);
    assert_eq!(high.mul(&high, &mut work()), Err(Exhausted));
    assert_eq!(high.pow(2, &mut work()), Err(Exhausted));
    let sum = high.add(&Polynomial::one(2));
    assert_eq!(factor(&sum, &mut work()).factors.len(), 1);
    assert!(gcd(&sum, &high, &mut work()).unwrap().is_one());
    assert_eq!(sum.pow(u32::MAX, &mut Work::new(1_000)), Err(Exhausted));
    let wide: Vec<Polynomial> =
        (0..64).map(|i| Polynomial::variable(64, i).unwrap()).collect();
    let sum = wide.iter().fold(Polynomial::one(64), |sum, x| sum.add(&times(x, x)));
    let square = times(&sum, &sum);
    assert_eq!(square.divide_exactly(&sum, &mut work()).unwrap(), Some(sum.clone()));
    assert_eq!(gcd(&square, &times(&sum, &wide[3]), &mut work()).unwrap(), sum);
}

#[test]
fn substitution_and_remainders() {
    let (x, y) = (place('x'), place('y'));
    let p = read("x^3*y - 2*x + 5");
    let put = p.substitute(x, &read("y + z"), &mut work()).unwrap();
    assert_eq!(put, read("(y + z)^3*y - 2*(y + z) + 5"));
    assert_eq!(
        p.evaluate(y, &Number::HALF, &mut work()).unwrap(),
        read("1/2*x^3 - 2*x + 5")
    );
    assert_eq!(p.leading_coefficient_in(x), read("y"));
    let parts = p.coefficients_in(x);
    let expected = [(3, read("y")), (1, read("0 - 2")), (0, read("5"))];
    assert_eq!(parts, expected);
    let (a, b) = (read("x^3 + x*y + 1"), read("y*x^2 - z"));
    let rest = a.pseudo_remainder(&b, x, &mut work()).unwrap();
    assert!(rest.degree(x) < 2);
    let left = times(&read("y^2"), &a).sub(&rest);
    assert!(divides(&b, &left), "{rest:?}");
    let wide = Polynomial::one(1).add(&Polynomial::variable(3, 2).unwrap());
    assert_eq!((wide.variables(), wide.number_of_terms()), (3, 2));
}

#[test]
fn groups_of_variables() {
    let p =
        read("128*(w + x)*((w + x)^2 + 3*(y + z)^2)*((w + x)^4 + 6*(w + x)^2*(y + z)^2)");
    let found = linear_groups(&p, &mut work()).unwrap().unwrap();
    assert_eq!(found.forms, [read("w + x"), read("y + z")]);
    assert_eq!(found.reduced.variables(), 2);
    assert_eq!(found.reduced.compose(&found.forms, &mut work()).unwrap(), p);
    let p = read("(2*x - 3*y)^3 + 1/5*(2*x - 3*y)*z + z^2*(s + 7*t)");
    let found = linear_groups(&p, &mut work()).unwrap().unwrap();
    assert_eq!(found.forms, [read("s + 7*t"), read("2*x - 3*y"), read("z")]);
    assert_eq!(found.reduced.compose(&found.forms, &mut work()).unwrap(), p);
    assert!(linear_groups(&read("x^2 + y^2"), &mut work()).unwrap().is_none());
    assert!(linear_groups(&read("x"), &mut work()).unwrap().is_none());
}

#[test]
fn roots_are_counted() {
    let roots = (vec(-20i64..20, 1..6), vec(1i64..20, 0..3), -25i64..25, 0i64..30);
    law(200, roots, |(roots, squares, low, length)| {
        let mut p = Polynomial::one(VARIABLES);
        for root in &roots {
            p = times(
                &p,
                &read("2*x").sub(&Polynomial::constant(VARIABLES, (*root).into())),
            );
        }
        for square in squares {
            p = times(
                &p,
                &read("x^2").add(&Polynomial::constant(VARIABLES, square.into())),
            );
        }
        let mut doubled = roots;
        doubled.sort();
        doubled.dedup();
        let high = low + length;
        let inside = doubled.iter().filter(|r| (2 * low..=2 * high).contains(r)).count();
        let (from, to) = (Number::from(low), Number::from(high));
        let count = |a, b| count_real_roots(&p, a, b, &mut work()).unwrap().unwrap();
        assert_eq!(count(None, None), doubled.len());
        assert_eq!(count(Some(&from), Some(&to)), inside, "{doubled:?} {low} {high}");
        let width = Number::ratio(1, 1000).unwrap();
        let found = real_roots(&p, &width, &mut work()).unwrap().unwrap();
        assert_eq!(found.len(), doubled.len());
        for ((low, high), root) in found.iter().zip(&doubled) {
            let root = Number::ratio(*root, 2).unwrap();
            assert!(*low <= root && root <= *high && high.sub(low) <= width);
        }
    });
}

#[test]
fn signs_that_do_not_change() {
    let sign = |text| sign_definite(&read(text), &mut work()).unwrap();
    assert_eq!(sign("x^2 + 1"), Some(Sign::Positive));
    assert_eq!(sign("-x^4 - x^2 - 3"), Some(Sign::Negative));
    assert_eq!(sign("(x - 3)^2*(x^2 + x + 1)"), Some(Sign::NonNegative));
    assert_eq!(sign("-(x^2 - 2)^2"), Some(Sign::NonPositive));
    assert_eq!(sign("x^2 - 2"), None);
    assert_eq!(sign("x^3"), None);
    assert_eq!(sign("x^2 + y^2"), None);
    assert_eq!(sign("0"), Some(Sign::Zero));
    assert_eq!(sign("-7/3"), Some(Sign::Negative));
    assert_eq!(sign("x^6 - 3*x^2 + 3"), Some(Sign::Positive));
}

#[test]
fn resultants() {
    let x = place('x');
    let of = |a, b| resultant(&read(a), &read(b), x, &mut work()).unwrap();
    assert_eq!(of("x^2 + b*x + c", "2*x + b"), read("4*c - b^2"));
    assert_eq!(of("a*x + b", "c*x + d"), read("a*d - b*c"));
    assert_eq!(of("x^2 - 2", "x^2 - 2"), read("0"));
    assert_eq!(of("x^2 - y", "x^3 - z"), read("z^2 - y^3"));
    assert_eq!(of("3", "x^2 + 1"), read("9"));
    let a = read("x^3 + a*x + b");
    let discriminant = resultant(&a, &a.derivative(x), x, &mut work()).unwrap();
    assert_eq!(discriminant, read("4*a^3 + 27*b^2"));
}

#[test]
fn eliminants_have_the_coordinates_of_common_zeros() {
    // Through some points with whole coordinates; the ideal is that of two products.
    let points = vec((-3i64..4, -3i64..4), 1..4);
    law(60, points, |points| {
        let variable = |at| Polynomial::variable(2, at).unwrap();
        let number = |n: i64| Polynomial::constant(2, Number::from(n));
        let product = |at: usize, list: &[i64]| {
            list.iter().fold(number(1), |product, n| {
                times(&product, &variable(at).sub(&number(*n)))
            })
        };
        let mut xs: Vec<i64> = points.iter().map(|p| p.0).collect();
        let mut ys: Vec<i64> = points.iter().map(|p| p.1).collect();
        xs.sort_unstable();
        xs.dedup();
        ys.sort_unstable();
        ys.dedup();
        let (p, q) = (product(0, &xs), product(1, &ys));
        let mixed = times(&p, &variable(1)).add(&q);
        let basis = GroebnerBasis::new(&[mixed.clone(), p.clone()], &mut work()).unwrap();
        assert!(basis.is_finite() && !basis.is_everything());
        for (at, expected) in [(0, p), (1, q)] {
            let found = basis.eliminant(at, &mut work()).unwrap().unwrap();
            assert!(divides(&found, &expected) && divides(&expected, &found));
        }
    });
}

#[test]
fn eliminants_divide_resultants() {
    law(40, (polynomial(4, 2), polynomial(4, 2)), |(a, b)| {
        // Two polynomials in the first two variables.
        let flat = |p: &Polynomial| {
            let terms = p.terms().map(|(e, c)| (vec![e[0], e[1]], c.clone()));
            Polynomial::from_terms(2, terms).unwrap()
        };
        let (a, b) = (flat(&a), flat(&b));
        let Ok(basis) = GroebnerBasis::new(&[a.clone(), b.clone()], &mut work()) else {
            return;
        };
        let Ok(Some(eliminant)) = basis.eliminant(0, &mut work()) else { return };
        let resultant = resultant(&a, &b, 1, &mut work()).unwrap();
        // Every root of the eliminant is one of the resultant.
        let mut power = resultant.clone();
        for _ in 0..4 {
            power = times(&power, &resultant);
        }
        assert!(resultant.is_zero() || divides(&eliminant, &power), "{a:?} {b:?}");
    });
}
