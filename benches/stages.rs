//! Each stage on its own, over the formulas of textbooks.

#![allow(missing_docs)]

mod textbook;

use calcgrad::calculus::differentiate;
use calcgrad::check::{Checker, Claim};
use calcgrad::evaluate::Tape;
use calcgrad::kernel::{ExprId, Pool};
use calcgrad::print::{Notation, write};
use calcgrad::session::{Engine, Form, Settings};
use calcgrad::simplify::Simplifier;
use calcgrad::syntax::{lower, parse};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use textbook::TEXTBOOK;

/// A formula with what the stages before have made of it.
struct Case {
    text: &'static str,
    pool: Pool,
    variables: Vec<String>,
    raw: Vec<ExprId>,
    simplest: Vec<ExprId>,
}

impl Case {
    fn new(text: &'static str) -> Self {
        let mut pool = Pool::default();
        let program = parse(text, &[]).expect("a textbook formula is read");
        let root = lower(&program, &[], &mut pool).expect("it has a meaning").roots[0];
        let variables: Vec<String> = pool
            .symbols_of(&[root])
            .into_iter()
            .map(|symbol| pool.name(symbol).to_owned())
            .collect();
        let raw = partials(&mut pool, root, &variables);
        let mut simplifier = Simplifier::default();
        let simplest = raw.iter().map(|id| simplifier.simplify(&mut pool, *id)).collect();
        Self { text, pool, variables, raw, simplest }
    }
}

fn cases() -> Vec<Case> {
    TEXTBOOK.into_iter().map(Case::new).collect()
}

fn partials(pool: &mut Pool, root: ExprId, variables: &[String]) -> Vec<ExprId> {
    variables
        .iter()
        .map(|name| {
            let variable = pool.symbol(name);
            differentiate(pool, root, variable, &mut ()).expect("the rules know it")
        })
        .collect()
}

fn stages(c: &mut Criterion) {
    let cases = cases();
    let mut group = c.benchmark_group("textbook");
    group.bench_function("parse", |b| {
        b.iter(|| {
            for case in &cases {
                let mut pool = Pool::default();
                let program = parse(black_box(case.text), &[]).expect("it is read");
                black_box(lower(&program, &[], &mut pool).expect("it has a meaning"));
            }
        });
    });
    group.bench_function("differentiate", |b| {
        b.iter_batched(
            || cases.iter().map(|case| fresh(case.text)).collect::<Vec<_>>(),
            |mut fresh| {
                for (case, (pool, root)) in cases.iter().zip(&mut fresh) {
                    black_box(partials(pool, *root, &case.variables));
                }
                fresh
            },
            BatchSize::SmallInput,
        );
    });
    group.bench_function("simplify", |b| {
        b.iter_batched(
            || cases.iter().map(|case| case.pool.clone()).collect::<Vec<_>>(),
            |mut pools| {
                for (case, pool) in cases.iter().zip(&mut pools) {
                    let mut simplifier = Simplifier::default();
                    for id in &case.raw {
                        black_box(simplifier.simplify(pool, *id));
                    }
                }
                pools
            },
            BatchSize::SmallInput,
        );
    });
    group.bench_function("self-check", |b| {
        let mut checker = Checker::default();
        b.iter(|| {
            for case in &cases {
                let program = parse(case.text, &[]).expect("it is read");
                let mut tape = Tape::default();
                let value =
                    lower(&program, &[], &mut tape).expect("it has a meaning").roots[0];
                let names: Vec<&str> =
                    case.variables.iter().map(String::as_str).collect();
                let claim = Claim {
                    tape: &mut tape,
                    value,
                    variables: &names,
                    derivatives: &case.simplest,
                    assumptions: &[],
                };
                black_box(checker.verify(&case.pool, claim));
            }
        });
    });
    for (name, notation) in [("text", Notation::Text), ("latex", Notation::Latex)] {
        group.bench_function(format!("print {name}"), |b| {
            b.iter(|| {
                for case in &cases {
                    for id in &case.simplest {
                        black_box(write(&case.pool, *id, notation).expect("it is short"));
                    }
                }
            });
        });
    }
    group.bench_function("all", |b| {
        let mut engine = Engine::default();
        b.iter(|| {
            for case in &cases {
                engine.clear();
                let formula =
                    engine.read(case.text, &Settings::default()).expect("it is read");
                let found = engine
                    .partials(&formula, &case.variables, 1, Form::Auto)
                    .expect("it is differentiated");
                for partial in &found.partials {
                    black_box(
                        write(&engine.pool, partial.values[0], Notation::Text)
                            .expect("it is short"),
                    );
                }
            }
        });
    });
    group.finish();
}

fn fresh(text: &str) -> (Pool, ExprId) {
    let mut pool = Pool::default();
    let program = parse(text, &[]).expect("it is read");
    let root = lower(&program, &[], &mut pool).expect("it has a meaning").roots[0];
    (pool, root)
}

criterion_group!(benches, stages);
criterion_main!(benches);
