//! On which arrays a form has values, in words, as far as arrays without one show it.

use super::super::components::Arithmetic;
use super::super::drawn::Attempt;
use super::super::form::{Elementwise, FormId, Op};
use super::super::print;
use super::super::problem::Problem;
use super::super::table::Special;
use super::array::Placed;
use super::exact::{Entry, Values};
use crate::evaluate::{Tape, digits, values};
use crate::function;
use crate::function::spec::ARGUMENTS;
use crate::kernel::{Constant, ExprId, Pool};
use crate::syntax::{self, Template};
use std::collections::BTreeMap;

/// The digits that tell on which side of a bound a value is.
const DIGITS: usize = 6;
/// What an inverse needs.
const REGULAR: &str = "det(u) != 0";
/// At so many drawn arrays a matrix is not singular by accident.
const MANY: usize = 3;

impl Problem {
    /// Whether an operation in a form, or in a definition, has values for some operands only,
    /// but for single points.
    pub(in super::super) fn is_partial(&self, form: FormId) -> bool {
        let bodies = self.scope.definitions.iter().map(|definition| definition.body);
        let all = bodies.chain([form]).flat_map(|root| self.forms.below(root));
        all.into_iter().any(|id| self.requirement(id).is_some())
    }

    /// The operand of which an operation needs something, and what, of `u`.
    fn requirement(&self, id: FormId) -> Option<(FormId, &'static str)> {
        match self.forms.op(id) {
            Op::Apply(Elementwise::Table(function), list) if function.is_builtin() => {
                let domain = match function::spec(*function).domain {
                    "-1 <= u and u <= 1" => "-1 <= u <= 1",
                    "-1 < u and u < 1" => "-1 < u < 1",
                    known => known,
                };
                is_of_one(domain).then_some((list[0], domain))
            }
            Op::Power(base, exponent) | Op::ElementPower(base, exponent) => {
                let is_e = matches!(self.forms.op(*base), Op::Constant(Constant::E));
                let is_matrix = matches!(self.forms.op(id), Op::Power(..))
                    && !self.forms.shape(id).is_scalar();
                let exponent = self.forms.as_number(*exponent);
                match exponent {
                    _ if is_e || is_matrix => None,
                    Some(n) if n.is_integer() => None,
                    Some(n) if n.is_positive() => Some((*base, "u >= 0")),
                    Some(_) => Some((*base, "u > 0")),
                    None => None,
                }
            }
            Op::Call(Special::LogDeterminant, list) => Some((list[0], "det(u) > 0")),
            Op::Call(Special::Inverse, list) => Some((list[0], REGULAR)),
            _ => None,
        }
    }

    /// What fails of a form at arrays at which it has no value, as conditions; empty where it
    /// is single points that are missing. Singular matrices are such points unless they are
    /// many, or there is something that has a value there.
    pub(in super::super) fn conditions(
        &self,
        form: FormId,
        at: &[Attempt],
        is_whole: bool,
    ) -> Vec<String> {
        let mut failed: BTreeMap<FormId, usize> = BTreeMap::new();
        for attempt in at {
            let mut pool = Pool::default();
            let scope = self.numbered(attempt.number);
            let Some(placed) = Placed::drawn(attempt, &scope, &mut pool) else {
                continue;
            };
            let mut values = Values::new(&mut pool, true);
            let Ok(known) = self.expander(form, &scope, &placed).all(form, &mut values)
            else {
                continue;
            };
            for (id, (of, condition)) in
                known.keys().filter_map(|id| Some((*id, self.requirement(*id)?)))
            {
                let Some(grid) = known.get(&of) else { continue };
                let entries = match condition {
                    "det(u) > 0" | REGULAR => {
                        values.determinant(grid).map(|one| vec![one])
                    }
                    _ => Ok(grid.entries().to_vec()),
                };
                let mut fails =
                    |entry: &Entry| fails(values.pool, entry.value, condition);
                if entries.is_ok_and(|entries| entries.iter().any(&mut fails)) {
                    *failed.entry(id).or_default() += 1;
                }
            }
        }
        let mut texts: Vec<String> = Vec::new();
        for (id, count) in failed {
            let Some((of, condition)) = self.requirement(id) else { continue };
            if condition == REGULAR && !is_whole && count < MANY {
                continue;
            }
            let name = print::text(of, &self.forms, &self.scope);
            let is_sum = matches!(self.forms.op(of), Op::Sum(_));
            let name = match is_sum && condition.starts_with("u >") {
                true => format!("({name})"),
                false => name,
            };
            let is_array =
                !self.forms.shape(of).is_scalar() && !condition.contains("det");
            let every = if is_array { " in all entries" } else { "" };
            let text = format!("{}{every}", condition.replace('u', &name));
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }
}

/// Whether there is a condition, on the first argument alone.
fn is_of_one(condition: &str) -> bool {
    let mut words = condition.split(|c: char| !c.is_ascii_alphabetic());
    !condition.is_empty() && !words.any(|word| ARGUMENTS[1..].contains(&word))
}

/// Whether a value is on the wrong side of a condition, not on its bound.
fn fails(pool: &mut Pool, id: ExprId, condition: &str) -> bool {
    let value = match pool.as_number(id) {
        Some(n) => Some(n.to_f64()),
        None => digits::decimal(pool, id, DIGITS, syntax::in_normal_form)
            .ok()
            .and_then(|text| text.parse().ok()),
    };
    let Some(value): Option<f64> = value else { return false };
    match condition {
        REGULAR => value == 0.0,
        "u > 0" | "u >= 0" | "det(u) > 0" => value < 0.0,
        "u >= 1" => value < 1.0,
        "-1 <= u <= 1" | "-1 < u < 1" => value.abs() > 1.0,
        "abs(u) > 1" | "abs(u) >= 1" => value.abs() < 1.0,
        _ => condition.split(" and ").any(|part| is_beyond(pool, id, part)),
    }
}

/// Whether a value is beyond one bound of a condition.
fn is_beyond(pool: &mut Pool, id: ExprId, part: &str) -> bool {
    let signs = [(">=", 1.0), ("<=", -1.0), (">", 1.0), ("<", -1.0)];
    let found = signs.iter().find_map(|(sign, way)| Some((part.split_once(sign)?, way)));
    let Some(((left, right), way)) = found else { return false };
    let gap = Template::read(&ARGUMENTS[..1], &format!("({left}) - ({right})"));
    let Ok(gap) = gap.and_then(|row| row.build(&[id], pool)) else { return false };
    let mut tape = Tape::default();
    let slot = tape.add_expressions(pool, &[gap])[0];
    values(&tape, &[])[slot as usize] * way < 0.0
}
