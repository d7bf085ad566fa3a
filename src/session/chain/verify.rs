//! The chain rule against dual numbers over what was typed.

use super::ChainRule;
use crate::check::{Checker, Claim, Outcome};
use crate::error::{ErrorKind, Result};
use crate::evaluate::{Slot, Tape};
use crate::function;
use crate::kernel::{Assumption, ExprId, Pool};
use crate::print::{self, Notation};
use crate::session::engine::{Engine, Formula};
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
            };
            rule.checked &=
                verify(checker, pool, &mut tape, compared, formula.assumptions())?;
        }
        Ok(())
    }

    /// Compares derivatives in the variables alone, one for each answer and variable, with
    /// dual numbers over the whole program as it was typed.
    pub(super) fn verify_totals(
        &mut self,
        formula: &Formula,
        rule: &ChainRule,
        derivatives: &[ExprId],
    ) -> Result<bool> {
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let program = formula.program();
        let mut tape = Tape::default();
        let lowered = syntax::lower(program, &declared, &mut tape)?;
        let answers = syntax::outputs(program)?;
        let defined: FxHashMap<&str, Slot> =
            lowered.definitions.iter().map(|(name, slot)| (&name[..], *slot)).collect();
        let names: Vec<&str> = rule.wrt.iter().map(String::as_str).collect();
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
            let compared = Compared { slot, of, names: &names, found };
            checked &= verify(checker, pool, tape, compared, formula.assumptions())?;
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
    let Compared { slot, of, names, found } = compared;
    let claim =
        Claim { tape, value: slot, variables: names, derivatives: found, assumptions };
    match checker.verify(pool, claim) {
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
