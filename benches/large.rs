//! Where cost must grow as the input does: many variables, high orders, long sums, deep nests.

#![allow(missing_docs)]

use calcgrad::print::{Notation, Shared, write};
use calcgrad::session::{Derivatives, Engine, Form, Settings};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write;
use std::hint::black_box;

/// `(1 - x1)^2 + 100*(x2 - x1^2)^2 + …` in n variables.
fn rosenbrock(n: usize) -> String {
    let mut text = String::new();
    for k in 1..n {
        let plus = if k > 1 { " + " } else { "" };
        let _ = write!(text, "{plus}100*(x{} - x{k}^2)^2 + (1 - x{k})^2", k + 1);
    }
    text
}

/// A dense polynomial in x, y and z of about so many terms.
fn polynomial(terms: usize) -> String {
    let side = (terms as f64).cbrt().round() as usize;
    let mut text = String::from("1");
    for index in 1..side.pow(3) {
        let (i, j, k) = (index / side / side, index / side % side, index % side);
        let _ = write!(text, "+{}*x^{i}*y^{j}*z^{k}", index * 7919 % 97 + 2);
    }
    text
}

/// `sin(u)*e^u` put into itself, as definitions.
fn nest(depth: usize) -> String {
    let mut text = format!("f{depth}");
    for k in (1..=depth).rev() {
        let inner = if k == 1 { "x".to_owned() } else { format!("f{}", k - 1) };
        let _ = write!(text, "; f{k} = sin({inner})*e^({inner})");
    }
    text
}

fn derivatives(engine: &mut Engine, text: &str, order: u32) -> Derivatives {
    engine.clear();
    let formula = engine.read(text, &Settings::default()).expect("it is read");
    let variables = engine.variables(&formula.roots);
    engine
        .partials(&formula, &variables, order, Form::Auto)
        .expect("it is differentiated")
}

fn print_all(engine: &Engine, found: &Derivatives) -> usize {
    let texts = found.partials.iter().flat_map(|partial| &partial.values);
    texts
        .map(|id| write(&engine.pool, *id, Notation::Text).expect("it is printed").len())
        .sum()
}

fn gradients(c: &mut Criterion) {
    let mut group = c.benchmark_group("gradient of Rosenbrock");
    group.sample_size(10);
    for n in [10, 100, 1000, 10_000] {
        let text = rosenbrock(n);
        let mut engine = Engine::default();
        group.throughput(Throughput::Elements(n as u64));
        group.bench_with_input(BenchmarkId::from_parameter(n), &text, |b, text| {
            b.iter(|| {
                let found = derivatives(&mut engine, text, 1);
                black_box(print_all(&engine, &found))
            });
        });
    }
    group.finish();
}

fn hessians(c: &mut Criterion) {
    let mut group = c.benchmark_group("Hessian of Rosenbrock");
    group.sample_size(10);
    for n in [10, 30, 100] {
        let text = rosenbrock(n);
        let mut engine = Engine::default();
        group.bench_with_input(BenchmarkId::from_parameter(n), &text, |b, text| {
            b.iter(|| {
                engine.clear();
                let formula =
                    engine.read(text, &Settings::default()).expect("it is read");
                let variables = engine.variables(&formula.roots);
                let found = engine.hessian(&formula, &variables, Form::Auto);
                black_box(found.expect("it is differentiated").value.matrix.rows())
            });
        });
    }
    group.finish();
}

fn orders(c: &mut Criterion) {
    let mut group = c.benchmark_group("20th derivative");
    group.sample_size(10);
    group.bench_function("sin(x)*e^x/(1 + x^2)", |b| {
        let mut engine = Engine::default();
        b.iter(|| {
            let found = derivatives(&mut engine, "sin(x)*e^x/(1 + x^2)", 20);
            black_box(print_all(&engine, &found))
        });
    });
    group.finish();
}

fn polynomials(c: &mut Criterion) {
    let mut group = c.benchmark_group("polynomial");
    group.sample_size(10);
    let terms = 100_000;
    let text = polynomial(terms);
    group.throughput(Throughput::Elements(terms as u64));
    group.bench_with_input(BenchmarkId::from_parameter(terms), &text, |b, text| {
        let mut engine = Engine::default();
        b.iter(|| {
            let found = derivatives(&mut engine, text, 1);
            black_box(print_all(&engine, &found))
        });
    });
    group.finish();
}

fn nests(c: &mut Criterion) {
    let mut group = c.benchmark_group("nest of sin(u)*e^u");
    group.sample_size(10);
    for depth in [20, 1000] {
        let text = nest(depth);
        group.throughput(Throughput::Elements(depth as u64));
        group.bench_with_input(BenchmarkId::from_parameter(depth), &text, |b, text| {
            let mut engine = Engine::default();
            b.iter(|| {
                let found = derivatives(&mut engine, text, 1);
                let roots = &found.partials[0].values;
                let shared = Shared::new(&engine.pool, roots, &[]);
                black_box(
                    shared
                        .write(&engine.pool, roots[0], Notation::Text)
                        .expect("it is printed"),
                )
            });
        });
    }
    group.finish();
}

fn series(c: &mut Criterion) {
    let mut group = c.benchmark_group("Taylor polynomial");
    group.sample_size(10);
    for (formula, order) in [("sin(e^x)", 20), ("e^(x*sin(y))", 10)] {
        group.bench_function(format!("{formula} to order {order}"), |b| {
            let mut engine = Engine::default();
            b.iter(|| {
                engine.clear();
                let read = engine.read(formula, &Settings::default());
                let read = read.expect("it is read");
                let wrt = engine.variables(&read.roots);
                let found = engine.taylor(&read, &wrt, &Vec::new(), order);
                let polynomial = &found.expect("it is expanded")[0];
                let text = polynomial.write(&engine.pool, Notation::Text, true);
                black_box(text.expect("it is printed").len())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, gradients, hessians, orders, polynomials, nests, series);
criterion_main!(benches);
