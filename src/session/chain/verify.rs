//! The chain rule against dual numbers over what was typed.

use super::{ChainRule, SymbolicNode};
use crate::check::{Checker, Claim, Outcome, Values};
use crate::error::{ErrorKind, Result};
use crate::evaluate::{Operation, Slot, Tape};
use crate::function;
use crate::kernel::{Assumption, ExprId, Pool};
use crate::print::{self, Notation};
use crate::session::engine::{Engine, Formula};
use crate::session::gradient::NamedParts;
use crate::syntax::{self, Separate};
use rustc_hash::FxHashMap;

/// What is assumed of variables by name.
type Assumptions = [(String, Assumption)];

impl Engine {
    /// Compares local derivatives with dual numbers over each definition as it was typed.
    pub(super) fn verify_locals(
        &mut self,
        pool: &mut Pool,
        formula: &Formula,
        rule: &mut ChainRule,
        symbols: &[Option<ExprId>],
    ) -> Result<()> {
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let separate = Separate::new(formula.program(), &declared);
        for locals in rule.locals.chunk_by(|a, b| a.of == b.of) {
            let node = &rule.nodes[locals[0].of];
            let Some(place) = node.place else { continue };
            let mut tape = Tape::default();
            let (slots, _) = separate.lower(place.definition, &mut tape)?;
            let names: Vec<&str> = locals.iter().map(|local| &local.wrt[..]).collect();
            let mut found: Vec<ExprId> = locals.iter().map(|local| local.value).collect();
            if let Some(symbol) = symbols[locals[0].of] {
                found = pool.substitute(&found, &[(symbol, node.body)], function::apply);
            }
            let checker = self.pool_and_checker().1;
            let compared = Compared {
                slot: slots[place.component],
                of: node.body,
                names: &names,
                found: &found,
                meant: &FxHashMap::default(),
            };
            rule.checked &=
                verify(checker, pool, &mut tape, compared, formula.assumptions())?;
        }
        Ok(())
    }

    /// Compares derivatives in the variables alone, one for each answer and variable, with
    /// dual numbers over the whole program as it was typed. Names may stand for parts of them.
    pub(super) fn verify_totals(
        &mut self,
        formula: &Formula,
        rule: &ChainRule,
        (derivatives, parts): (&[ExprId], &NamedParts),
    ) -> Result<bool> {
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let program = formula.program();
        let mut tape = Tape::default();
        let lowered = syntax::lower(program, &declared, &mut tape)?;
        let answers = syntax::outputs(program)?;
        let defined: FxHashMap<&str, Slot> =
            lowered.definitions.iter().map(|(name, slot)| (&name[..], *slot)).collect();
        let names: Vec<&str> = rule.wrt.iter().map(String::as_str).collect();
        let meant: FxHashMap<ExprId, ExprId> = parts.iter().copied().collect();
        let mut checked = true;
        for (output, found) in rule.outputs.iter().zip(derivatives.chunks(names.len())) {
            let node = &rule.nodes[*output];
            let slot = match node.place {
                Some(place) if answers != [place.definition] => {
                    defined.get(&node.name[..]).copied()
                }
                Some(place) => lowered.roots.get(place.component).copied(),
                None => lowered.roots.first().copied(),
            };
            let Some(slot) = slot else {
                checked = false;
                continue;
            };
            // Of many answers, each is compared with its part of the program.
            let mut part = (rule.outputs.len() > 1).then(|| tape.part(slot));
            let (tape, slot) = match &mut part {
                Some((part, slot)) => (part, *slot),
                None => (&mut tape, slot),
            };
            let of = node.value;
            let (pool, checker) = self.pool_and_checker();
            let compared = Compared { slot, of, names: &names, found, meant: &meant };
            checked &= verify(checker, pool, tape, compared, formula.assumptions())?;
        }
        Ok(checked)
    }
}

/// Up to how many gradients of a graph each is compared on its own.
const SEPARATE: usize = 64;
/// How many are compared at a time then.
const CHUNK: usize = 8;

impl Engine {
    /// Compares the gradients of a graph in names with dual numbers over the program as it was
    /// typed. To each name something is added that is zero: the gradient in a name is the
    /// derivative in that. The names have the values that the program gives them.
    pub(super) fn verify_gradients(
        &mut self,
        formula: &Formula,
        rule: &ChainRule,
        nodes: &[SymbolicNode],
    ) -> Result<bool> {
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let separate = Separate::new(formula.program(), &declared);
        let mut assumptions = formula.assumptions().to_vec();
        let zero =
            Assumption { low: Some(0.0), high: Some(0.0), ..Assumption::default() };
        let mut tape = Tape::default();
        let mut value = 0;
        // A name with a blank is nobody's.
        let shift = |name: &str| format!("{name} moved");
        let shown: FxHashMap<&str, &SymbolicNode> =
            nodes.iter().map(|node| (&node.name[..], node)).collect();
        for (place, node) in rule.nodes.iter().enumerate().take(rule.outputs[0] + 1) {
            let slot = match node.place {
                Some(place) => {
                    separate.lower(place.definition, &mut tape)?.0[place.component]
                }
                None => tape.add_expressions(&self.pool, &[node.body])[0],
            };
            value = slot;
            if place != rule.outputs[0] && shown.contains_key(&node.name[..]) {
                let name = shift(&node.name);
                let variable = tape.variable(&name);
                let moved = tape.add(Operation::Variable(variable));
                value = tape.add(Operation::Add(slot, moved));
                assumptions.push((name, zero));
            }
            tape.bind(&node.name, value);
        }
        let mut names: Vec<String> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let name = match node.body {
                Some(_) => shift(&node.name),
                None => node.name.clone(),
            };
            tape.variable(&name);
            names.push(name);
        }
        let mut answer = tape.clone();
        let mut slots = Vec::with_capacity(nodes.len());
        for node in nodes.iter().rev() {
            let slot = answer.add_expressions(&self.pool, &[node.gradient.value])[0];
            if node.is_named {
                answer.bind(&rule.total_label(&node.gradient, Notation::Text), slot);
            }
            slots.push(slot);
        }
        slots.reverse();
        // The answer in itself is no question.
        let asked = nodes.len() - 1;
        let size = if asked > SEPARATE { asked } else { CHUNK };
        let names: Vec<&str> = names[..asked].iter().map(String::as_str).collect();
        let chunks = names.chunks(size).zip(slots[..asked].chunks(size));
        let mut checked = true;
        for (at, (variables, slots)) in chunks.enumerate() {
            let (tape, answer, assumptions) = (&mut tape, &answer, &assumptions);
            let values = Values { tape, value, variables, answer, slots, assumptions };
            checked &= match self.pool_and_checker().1.verify_values(values) {
                Outcome::Agree(_) => true,
                Outcome::NoPoint => false,
                Outcome::Differ { variable, point } => {
                    let node = &nodes[at * size + variable.unwrap_or(0)];
                    let body = rule.nodes[rule.outputs[0]].body;
                    return Err(ErrorKind::SelfCheck {
                        of: print::write(&self.pool, body, Notation::Text)
                            .unwrap_or_default(),
                        variable: node.name.clone(),
                        point,
                    }
                    .into());
                }
            };
        }
        Ok(checked)
    }
}

/// Derivatives that are compared with what was typed.
struct Compared<'a> {
    slot: Slot,
    of: ExprId,
    names: &'a [&'a str],
    found: &'a [ExprId],
    /// What symbols in them stand for.
    meant: &'a FxHashMap<ExprId, ExprId>,
}

/// Whether derivatives could be compared with dual numbers over what was typed.
///
/// # Errors
/// A difference.
fn verify(
    checker: &mut Checker,
    pool: &Pool,
    tape: &mut Tape,
    compared: Compared<'_>,
    assumptions: &Assumptions,
) -> Result<bool> {
    let Compared { slot: value, of, names, found, meant } = compared;
    let outcome = if meant.is_empty() {
        let (variables, derivatives) = (names, found);
        let claim = Claim { tape, value, variables, derivatives, assumptions };
        checker.verify(pool, claim)
    } else {
        for name in names {
            tape.variable(name);
        }
        let mut answer = Tape::over(tape.variables.clone());
        let slots = &answer.add_in_parts(pool, found, meant);
        let (variables, answer) = (names, &answer);
        let values = Values { tape, value, variables, answer, slots, assumptions };
        checker.verify_values(values)
    };
    match outcome {
        Outcome::Agree(_) => Ok(true),
        Outcome::NoPoint => Ok(false),
        Outcome::Differ { variable, point } => Err(ErrorKind::SelfCheck {
            of: print::write(pool, of, Notation::Text).unwrap_or_default(),
            variable: names[variable.unwrap_or(0)].to_owned(),
            point,
        }
        .into()),
    }
}
