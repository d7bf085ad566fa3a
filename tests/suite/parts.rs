//! Long derivatives with names for what they share: what is written is read again as a program
//! and compared with slopes of what was typed.

use super::numeric::{Typed, Verdict, compare};
use super::random::Random;
use calcgrad::kernel::ExprId;
use calcgrad::print::{Notation, Shared};
use calcgrad::session::{Engine, Form, NamedParts, Settings};

/// Functions of many variables, each by one of its own.
const FAMILIES: [(&str, &str, &str); 6] = [
    ("ln(", "e^x#", " + "),
    ("", "x#", "*"),
    ("sqrt(", "(x# - 2)^2", " + "),
    ("sin(", "cos(x#)", "*"),
    ("1/(", "x#^2", " + "),
    ("tanh(x1 + 1)*(", "x#/(x1^2 + 1)", " - "),
];

fn names(count: usize) -> Vec<String> {
    (1..=count).map(|k| format!("x{k}")).collect()
}

fn family((head, part, sign): (&str, &str, &str), count: usize) -> String {
    let parts: Vec<String> =
        (1..=count).map(|k| part.replace('#', &k.to_string())).collect();
    let tail = if head.is_empty() { "" } else { ")" };
    format!("{head}{}{tail}", parts.join(sign))
}

/// A formula of many variables in which parts stand more than once.
fn random(chance: &mut Random, count: usize) -> String {
    let mut parts = names(count);
    while parts.len() > 1 {
        let wide = chance.between(2, 11) as usize;
        chance.shuffle(&mut parts);
        let from = parts.len().saturating_sub(wide);
        let taken = parts.split_off(from);
        let joined = taken.join(chance.pick(&["*", " + ", " - "]));
        let frame = chance.weighted(&[
            (3, "(#)"),
            (1, "sin(#)"),
            (1, "e^((#)/9)"),
            (1, "sqrt((#)^2 + 1)"),
            (1, "(#)^2"),
            (1, "1/((#)^2 + 2)"),
            (1, "((#) + tanh(#))"),
        ]);
        parts.push(frame.replace('#', &joined));
    }
    parts.remove(0)
}

/// Expressions written with names as one program, and how often each name occurs.
fn program(
    engine: &Engine,
    roots: &[ExprId],
    parts: &NamedParts,
) -> (String, Vec<(String, usize)>) {
    let shared = Shared::new(&engine.pool, roots, parts);
    let texts: Vec<String> = roots
        .iter()
        .map(|id| shared.write(&engine.pool, *id, Notation::Text).unwrap())
        .collect();
    let mut text = format!("v = [{}]", texts.join(", "));
    for (id, name) in shared.names() {
        let part = shared.definition(&engine.pool, id, Notation::Text).unwrap();
        text.push_str(&format!("; {name} = {part}"));
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let uses = |name: &str| words.iter().filter(|word| **word == name).count() - 1;
    let counts = shared.names().map(|(_, name)| (name.to_owned(), uses(name))).collect();
    (text, counts)
}

/// The gradient and the second derivatives of a formula, each against slopes.
fn hold(text: &str, count: usize) {
    let wrt = names(count);
    let mut engine = Engine::default();
    let settings = Settings { declared: wrt.clone(), ..Settings::default() };
    let formula = engine.read(text, &settings).unwrap();
    let found = engine.gradient_in_parts(&formula, &wrt, Form::Auto, true).unwrap();
    let roots: Vec<ExprId> =
        found.derivatives.partials.iter().map(|partial| partial.values[0]).collect();
    let (gradient, counts) = program(&engine, &roots, &found.parts);
    for (name, uses) in counts {
        assert!(uses > 1, "`{name}` is used {uses} times in {gradient}");
    }
    let second = engine.second_derivatives(&formula, &wrt, Form::Auto, true).unwrap();
    let entries: Vec<ExprId> = second.entries.iter().map(|(_, id)| *id).collect();
    let (second_text, _) = program(&engine, &entries, &second.parts);
    let [function, first, others] =
        [text, &gradient, &second_text].map(|text| Typed::new(text, &wrt));
    let mut agreed = 0;
    for round in 0..3 {
        let at: Vec<(String, f64)> = wrt
            .iter()
            .enumerate()
            .map(|(k, name)| {
                (name.clone(), 0.4 + 0.31 * f64::from((k * 7 + round * 5) as u32 % 9))
            })
            .collect();
        let moved = |of: &Typed, component: usize, k: usize, x: f64| {
            let mut at = at.clone();
            at[k].1 = x;
            of.value(component, &at)
        };
        for (k, name) in wrt.iter().enumerate() {
            let claim = first.value(k, &at);
            match compare(|x| moved(&function, 0, k, x), at[k].1, claim) {
                Verdict::Differ(slope) => {
                    panic!("{text} in {name}: {claim} is {slope}; {gradient}")
                }
                Verdict::Agree => agreed += 1,
                Verdict::Unclear => {}
            }
        }
        for (place, ([i, j], _)) in second.entries.iter().enumerate() {
            let claim = others.value(place, &at);
            match compare(|x| moved(&first, *i, *j, x), at[*j].1, claim) {
                Verdict::Differ(slope) => {
                    panic!("{text} in {i}, {j}: {claim} is {slope}; {second_text}")
                }
                Verdict::Agree => agreed += 1,
                Verdict::Unclear => {}
            }
        }
    }
    assert!(agreed > count, "{text}: {agreed}");
}

/// Products with vectors, against sums of the derivatives themselves.
fn products_hold(text: &str, count: usize, always: bool) {
    let wrt = names(count);
    let mut engine = Engine::default();
    let settings = Settings { declared: wrt.clone(), ..Settings::default() };
    let vector: Vec<String> = (0..count)
        .map(|k| [format!("{k}"), "x2^2".to_owned(), "a".to_owned()][k % 3].clone())
        .collect();
    let vector_text = format!("[{}]", vector.join(", "));
    let vector = engine.read(&vector_text, &settings).unwrap().roots;
    let formula = engine.read(text, &settings).unwrap();
    let product =
        engine.hessian_along(&formula, &wrt, &vector, (Form::Auto, always)).unwrap();
    let second = engine.second_derivatives(&formula, &wrt, Form::Auto, false).unwrap();
    let second = second.without_factor(&mut engine).unwrap();
    let [(product_text, _), (second_text, _)] = [
        program(&engine, &product.values, &product.parts),
        program(
            &engine,
            &second.entries.iter().map(|(_, id)| *id).collect::<Vec<_>>(),
            &second.parts,
        ),
    ];
    let declared: Vec<String> = wrt.iter().cloned().chain(["a".to_owned()]).collect();
    let [product, entries, vector] = [&product_text, &second_text, &vector_text]
        .map(|text| Typed::new(text, &declared));
    let at: Vec<(String, f64)> = declared
        .iter()
        .enumerate()
        .map(|(k, name)| (name.clone(), 0.5 + 0.17 * f64::from(k as u32 % 7)))
        .collect();
    for i in 0..count {
        let expected: f64 = second
            .entries
            .iter()
            .enumerate()
            .map(|(place, ([row, column], _))| {
                let value = entries.value(place, &at);
                let mut sum = 0.0;
                if *row == i {
                    sum += value * vector.value(*column, &at);
                }
                if *column == i && row != column {
                    sum += value * vector.value(*row, &at);
                }
                sum
            })
            .sum();
        let found = product.value(i, &at);
        let error = (found - expected).abs();
        assert!(
            error <= 1e-8 * (1.0 + expected.abs()),
            "{text}: {found} is {expected} in {product_text}"
        );
    }
}

#[test]
fn products_with_vectors_are_those_of_the_matrix() {
    for row in FAMILIES {
        for always in [false, true] {
            products_hold(&family(row, 12), 12, always);
            products_hold(&family(row, 4), 4, always);
        }
    }
    let mut chance = Random::new(23);
    for round in 0..20 {
        let count = chance.between(3, 14) as usize;
        products_hold(&random(&mut chance, count), count, round % 2 == 0);
    }
}

#[test]
fn derivatives_in_parts_are_slopes() {
    for row in FAMILIES {
        hold(&family(row, 12), 12);
    }
}

#[test]
fn derivatives_in_parts_of_random_formulas_are_slopes() {
    let mut chance = Random::new(22);
    for _ in 0..40 {
        let count = chance.between(9, 16) as usize;
        hold(&random(&mut chance, count), count);
    }
}

#[test]
fn gradients_in_parts_are_as_long_as_their_formulas() {
    for row in FAMILIES {
        let length = |count: usize| {
            let mut engine = Engine::default();
            let text = family(row, count);
            let formula = engine.read(&text, &Settings::default()).unwrap();
            let wrt = names(count);
            let found =
                engine.gradient_in_parts(&formula, &wrt, Form::Auto, false).unwrap();
            let roots: Vec<ExprId> = found
                .derivatives
                .partials
                .iter()
                .map(|partial| partial.values[0])
                .collect();
            (
                program(&engine, &roots, &found.parts).0.len(),
                text.len(),
                engine.pool.work(),
            )
        };
        let (short, long) = (length(1_000), length(4_000));
        let grown = long.1 as f64 / short.1 as f64;
        assert!(
            (long.0 as f64) < 1.1 * grown * short.0 as f64,
            "{row:?}: {short:?}, {long:?}"
        );
        assert!(
            (long.2 as f64) < 1.3 * grown * short.2 as f64,
            "{row:?}: {short:?}, {long:?}"
        );
    }
}

#[test]
fn short_derivatives_stay_whole() {
    let mut engine = Engine::default();
    let formula = engine.read(&family(FAMILIES[0], 12), &Settings::default()).unwrap();
    let found =
        engine.gradient_in_parts(&formula, &names(12), Form::Auto, false).unwrap();
    assert_eq!(found.parts, vec![]);
}
