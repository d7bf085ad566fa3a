//! From an answer to the mistakes that explain it, as sentences.

use super::candidate::{Candidate, Compare, candidates, views};
use super::derivation::Derivation;
use super::evidence::{Evidence, Question};
use super::letters::{Letter, Letters, NAMES};
use super::row::On;
use super::table::mutations;
use crate::calculus;
use crate::check::Checker;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::locale::Locale;
use crate::print::{self, Notation};
use crate::simplify::Simplifier;
use crate::syntax::Template;

/// The names of orders; no more derivatives are taken.
const ORDINALS: [&str; 6] =
    ["order_1", "order_2", "order_3", "order_4", "order_5", "order_6"];
/// The most characters of an expression in a sentence.
const LENGTH: usize = 100;
/// The most mistakes that are told.
const MISTAKES: usize = 6;

/// One mistake that gives exactly the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The id of its row, which never changes.
    pub id: &'static str,
    /// A sentence in plain text, without a capital and a full stop.
    pub text: String,
}

impl Mistake {
    /// Whether it is told only where nothing else explains an answer.
    pub fn is_vague(&self) -> bool {
        mutations().any(|row| row.id == self.id && row.last)
    }
}

/// An answer to the question for a derivative.
#[derive(Clone, Copy, Debug)]
pub struct Submission<'a> {
    /// The function.
    pub function: ExprId,
    /// The variables (symbols) in the order of differentiation.
    pub wrt: &'a [ExprId],
    /// The answer.
    pub answer: ExprId,
    /// The language of the explanations.
    pub locale: Locale,
}

impl Checker {
    /// The mistakes of which each alone gives `answer`, the most specific first; empty when
    /// there are none or the answer is right.
    pub fn mistakes(
        &mut self,
        pool: &mut Pool,
        submission: Submission<'_>,
    ) -> Vec<Mistake> {
        if pool.failure().is_some() {
            return Vec::new();
        }
        let found = explain(pool, self, submission).unwrap_or_default();
        // What was tried may have run into a limit; the answer of the caller has not.
        pool.take_failure();
        found
    }
}

fn explain(
    pool: &mut Pool,
    checker: &mut Checker,
    submission: Submission<'_>,
) -> Option<Vec<Mistake>> {
    let Submission { function, wrt, answer, locale } = submission;
    let (last, before) = wrt.split_last()?;
    if wrt.len() > ORDINALS.len() || answer == Pool::UNDEFINED {
        return None;
    }
    let mut simplifier = Simplifier::default();
    let mut orders = vec![function];
    for variable in before {
        let of = orders[orders.len() - 1];
        let raw = calculus::differentiate(pool, of, *variable, &mut ()).ok()?;
        orders.push(simplifier.simplify(pool, raw));
    }
    let of = Derivation::new(pool, orders[orders.len() - 1], *last)?;
    let mut found = Vec::new();
    questions(pool, &of, &orders, answer, &mut found);
    let places = views(pool, &of);
    candidates(pool, &of, &places, &mut found);
    for candidate in found.iter_mut().filter(|candidate| candidate.step > 0) {
        candidate.step = wrt.len();
    }
    if let [.., first, _] = orders[..] {
        earlier(pool, first, before[before.len() - 1], wrt.len() - 1, &mut found);
    }
    let question = Question { answer, derivative: of.derivative, variable: *last };
    let evidence = Evidence::gather(pool, checker, &question, &found)?;
    let mut matches: Vec<Candidate> =
        evidence.matches.iter().map(|place| found[*place].clone()).collect();
    if matches.iter().all(|candidate| candidate.row.last) {
        factors(pool, &of, &evidence, &mut matches);
    }
    Some(sentences(pool, &mut simplifier, matches, (wrt.len(), locale)))
}

/// Mistakes in the last step but one, followed by a right last step.
fn earlier(
    pool: &mut Pool,
    of: ExprId,
    variable: ExprId,
    step: usize,
    found: &mut Vec<Candidate>,
) {
    let Some(of) = Derivation::new(pool, of, variable) else { return };
    let mut more = Vec::new();
    let places = views(pool, &of);
    candidates(pool, &of, &places, &mut more);
    for candidate in &mut more {
        candidate.compare = Compare::Slope;
        candidate.step = step;
    }
    found.append(&mut more);
}

/// Adds the candidates of the rows at a place, with the values of their formulas.
fn add(
    pool: &mut Pool,
    on: On,
    letters: &Letters,
    compare: Compare,
    found: &mut Vec<Candidate>,
) {
    for (rank, row) in mutations().enumerate().filter(|(_, row)| row.on == on) {
        if !row.when.holds(pool, letters, None) {
            continue;
        }
        for (place, text) in row.formulas.iter().enumerate() {
            let key = (rank, place);
            if let Some(value) = super::candidate::build(pool, key, text, letters) {
                let (step, node) = (0, letters.get(Letter::F));
                let letters = *letters;
                found.push(Candidate { row, rank, node, letters, value, compare, step });
            }
        }
    }
}

/// Mistakes with the question: not differentiated, another order, another variable.
fn questions(
    pool: &mut Pool,
    of: &Derivation,
    orders: &[ExprId],
    answer: ExprId,
    found: &mut Vec<Candidate>,
) {
    let order = pool.integer(orders.len() as i64);
    let at = Letters::of(orders[0], of.derivative, of.variable).with(Letter::C, order);
    add(pool, On::Whole, &at, Compare::Value, found);
    if orders.len() == 1 {
        add(pool, On::Integral, &at, Compare::AnswerSlope, found);
    }
    let known = pool.symbols_of(&[orders[0]]);
    for id in pool.terms(&answer).to_vec() {
        if let Node::Symbol(symbol) = pool.node(id)
            && !known.contains(&symbol)
        {
            add(pool, On::Stray, &at.with(Letter::C, id), Compare::Value, found);
        }
    }
    for (n, lower) in orders.iter().enumerate().skip(1) {
        let n = pool.integer(n as i64);
        let at = at.with(Letter::U, *lower).with(Letter::N, n);
        add(pool, On::Lower, &at, Compare::Value, found);
    }
    let n = pool.integer(orders.len() as i64 + 1);
    add(pool, On::Higher, &at.with(Letter::N, n), Compare::Slope, found);
    if orders.len() == 1 {
        for (other, derivative) in of.others(pool) {
            let at = at.with(Letter::V, other).with(Letter::Dv, derivative);
            add(pool, On::Other, &at, Compare::Value, found);
        }
    }
}

/// The answer as a multiple of the derivative, or the derivative and a number.
fn factors(
    pool: &mut Pool,
    of: &Derivation,
    evidence: &Evidence,
    matches: &mut Vec<Candidate>,
) {
    let at = Letters::of(of.function, of.derivative, of.variable);
    let mut tell = |pool: &mut Pool, on: On, number: &Option<Number>| {
        if let Some(number) = number {
            let c = pool.number(number.clone());
            add(pool, on, &at.with(Letter::C, c), Compare::Value, matches);
        }
    };
    if of.derivative != Pool::ZERO {
        tell(pool, On::Ratio, &evidence.ratio);
        if evidence.ratio.is_none() {
            tell(pool, On::Offset, &evidence.offset);
        }
    }
}

/// The sentences of matches, the most specific first, none twice.
fn sentences(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    mut matches: Vec<Candidate>,
    (order, locale): (usize, Locale),
) -> Vec<Mistake> {
    if matches.iter().any(|candidate| !candidate.row.last) {
        matches.retain(|candidate| !candidate.row.last);
    }
    let cost = |candidate: &Candidate| pool.cost(candidate.letters.get(Letter::F));
    matches.sort_by_key(|candidate| (candidate.rank, std::cmp::Reverse(cost(candidate))));
    let mut told: Vec<(usize, usize, ExprId)> = Vec::new();
    let mut found: Vec<Mistake> = Vec::new();
    for candidate in &matches {
        // Two views of a node that show the same mistake are one, unless it is about
        // another variable or order.
        let key = (candidate.rank, candidate.step, candidate.node);
        if candidate.step > 0 && told.contains(&key) {
            continue;
        }
        told.push(key);
        let row = candidate.row;
        let told = locale.mistake(row.id).unwrap_or_else(|| row.text.to_owned());
        let Some(text) = sentence(pool, simplifier, &told, &candidate.letters) else {
            continue;
        };
        let text = match candidate.step {
            0 => text,
            _ if order == 1 => text,
            step => of_order(step, &text, locale),
        };
        if found.iter().all(|known| known.text != text) {
            found.push(Mistake { id: candidate.row.id, text });
        }
    }
    found.truncate(MISTAKES);
    found
}

/// A sentence with the values of its formulas put in, those with `!` as the rules leave
/// them.
fn sentence(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    told: &str,
    letters: &Letters,
) -> Option<String> {
    let mut text = String::new();
    let mut rest = told;
    while let Some((before, after)) = rest.split_once('{') {
        let (formula, after) = after.split_once('}')?;
        text.push_str(before);
        let (raw, formula) = match formula.strip_prefix('!') {
            Some(formula) => (true, formula),
            None => (NAMES.contains(&formula) && !formula.ends_with('\''), formula),
        };
        let template = Template::read(&NAMES, formula).ok()?;
        let mut id = template.build(&letters.0, pool).ok()?;
        if !raw {
            id = simplifier.simplify(pool, id);
        }
        let written = written(pool, id)?;
        let is_sum = matches!(pool.node(id), Node::Sum(_)) || pool.leads_negative(id);
        // What a function is of stays in its brackets.
        let is_loose = text
            .strip_suffix('(')
            .is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        rest = match after.strip_prefix(')') {
            // Brackets that nothing needs are not told.
            Some(behind) if !is_sum && is_loose && !behind.starts_with('^') => {
                text.pop();
                behind
            }
            _ => after,
        };
        text.push_str(&written);
    }
    text.push_str(rest);
    Some(text)
}

/// A mistake in the derivative of an order below that which was asked for.
fn of_order(order: usize, text: &str, locale: Locale) -> String {
    let ordinal = locale.sentence(ORDINALS[order - 1], &[]).unwrap_or_default();
    let parts = [("order", &ordinal[..]), ("text", text)];
    locale.sentence("mistake_in_order", &parts).unwrap_or_else(|| text.to_owned())
}

fn written(pool: &Pool, id: ExprId) -> Option<String> {
    if matches!(pool.node(id), Node::Undefined) {
        return None;
    }
    let text = print::write(pool, id, Notation::Text).ok()?;
    if text.chars().count() <= LENGTH {
        return Some(text);
    }
    let short: String = text.chars().take(LENGTH).collect();
    Some(format!("{short}…"))
}
