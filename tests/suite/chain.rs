//! The chain rule through names, on random programs: against slopes of what was typed, and
//! read again as it is printed.

use super::laws::cases;
use super::numeric::{self, Typed, Verdict};
use calcgrad::print::{self, Notation};
use calcgrad::session::{ChainRule, Engine, Form, Settings, Total};
use proptest::prelude::*;
use std::fmt::Write;

/// A program of definitions `u1, u2, …`, each of two from those below it or the variables.
pub(crate) fn program() -> impl Strategy<Value = String> {
    let step = (0..7usize, 0..100usize, 0..100usize);
    proptest::collection::vec(step, 1..9).prop_map(|steps| {
        let name = |index: usize| match index {
            0 => "x".to_owned(),
            1 => "y".to_owned(),
            _ => format!("u{}", index - 1),
        };
        let mut text = format!("f = u{}*x + u1", steps.len());
        for (k, (kind, a, b)) in steps.iter().enumerate() {
            // The last definition is the one most often needed.
            let (a, b) = (name((k + 1) - a % (k + 2).min(2)), name(b % (k + 2)));
            let body = match kind {
                0 => format!("{a}*sin({b})"),
                1 => format!("sin({a}) + {b}"),
                2 => format!("{a}/2 - {b}"),
                3 => format!("cos({a})*{b}"),
                4 => format!("{a}/(1 + {b}^2)"),
                5 => format!("e^(-{a}^2)*{b}"),
                _ => format!("sqrt({a}^2 + {b}^2 + 1)"),
            };
            let _ = write!(text, "; u{} = {body}", k + 1);
        }
        text
    })
}

pub(crate) fn chain(engine: &mut Engine, text: &str) -> ChainRule {
    let formula = engine.read(text, &Settings::default()).expect(text);
    let variables = engine.chain_variables(&formula).expect(text);
    let rule = engine.chain_rule(&formula, &variables, Form::Auto).expect(text);
    rule.unwrap_or_else(|| panic!("{text} has no names in between"))
}

#[test]
fn derivatives_through_names_are_slopes() {
    let run = |text: String| {
        let mut engine = Engine::default();
        let rule = chain(&mut engine, &text);
        assert!(rule.checked, "{text}");
        let f = Typed::new(&text, &[]);
        let in_variables = engine.totals_in_variables(&rule);
        let answers = rule.totals.iter().zip(in_variables);
        let is_first = |total: &Total| total.is_answer && total.of == rule.outputs[0];
        for (total, in_variables) in answers.filter(|(total, _)| is_first(total)) {
            let d = Typed::of(&engine.pool, &[in_variables]);
            let mut agreed = 0;
            for at in numeric::points(&rule.wrt, &[]) {
                let moved = |x: f64| {
                    let mut at = at.clone();
                    let place = at.iter().position(|(name, _)| *name == total.wrt);
                    at[place.expect("a variable")].1 = x;
                    f.value(0, &at)
                };
                let here = at.iter().find(|(name, _)| *name == total.wrt);
                let here = here.expect("a variable").1;
                match numeric::compare(moved, here, d.value(0, &at)) {
                    Verdict::Agree => agreed += 1,
                    Verdict::Unclear => {}
                    Verdict::Differ(slope) => {
                        panic!(
                            "{text}: {} in {}: slope {slope}",
                            rule.nodes.len(),
                            total.wrt
                        )
                    }
                }
            }
            assert!(agreed > 0, "{text}: nothing was compared");
        }
        Ok(())
    };
    cases(60).run(&program(), run).expect("derivatives are slopes");
}

#[test]
fn answers_in_names_are_input() {
    let run = |text: String| {
        let mut engine = Engine::default();
        let rule = chain(&mut engine, &text);
        if rule.is_accumulated {
            return Ok(());
        }
        let values = rule.totals.iter().map(|total| total.value);
        for id in values.chain(rule.locals.iter().map(|local| local.value)) {
            let written = rule.write(id, Notation::Text).expect("a short text");
            let mut again = Engine::default();
            let read = again.read(&written, &Settings::default()).expect(&written);
            let back = print::write(&again.pool, read.roots[0], Notation::Text);
            assert_eq!(written, back.expect("a short text"), "{text}");
        }
        Ok(())
    };
    cases(60).run(&program(), run).expect("answers are input");
}

/// A program of so many names in which paths double from name to name.
pub(crate) fn ladder(count: usize) -> String {
    let mut text = format!("f = u{count}");
    for k in 2..=count {
        let _ = write!(text, "; u{k} = u{}*sin(u{})", k - 1, (k - 2).max(1));
    }
    text + "; u1 = x*y"
}

#[test]
fn long_programs_cost_no_more_than_their_length() {
    let work = |count: usize| {
        let mut engine = Engine::default();
        let rule = chain(&mut engine, &ladder(count));
        assert!(rule.is_accumulated && rule.totals.len() == count + 2);
        engine.pool.len() + rule.pool.len()
    };
    let (short, long) = (work(250), work(1000));
    assert!(long < 5 * short, "{short} nodes for 250 definitions, {long} for 1000");
}
