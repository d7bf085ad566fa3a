//! Gradients in many variables: one sweep for all partial derivatives, and what they share is
//! simplified once.

use super::engine::{Derivatives, Engine, Form, Formula, Partial};
use super::jacobian::must_be_small;
use crate::calculus::{self, Parts};
use crate::check::{Outcome, Values};
use crate::error::Result;
use crate::evaluate::{Slot, Tape};
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use crate::print::Shared;
use crate::simplify::Effort;
use rustc_hash::FxHashMap;

/// Gradients that are longer when they are written out are found in parts.
pub(super) const LONG: f64 = 20_000.0;
/// Parts that cost more are not searched for quotients: there are many.
const MAX_SEARCHED: u32 = 200;
/// Parts that cost no more are put in.
const SHORT: u32 = 2;

/// Derivatives with names for what they share.
#[derive(Clone, Debug)]
pub struct InParts {
    /// The derivatives, in which symbols may stand for parts.
    pub derivatives: Derivatives,
    /// The parts; none where the derivatives are short.
    pub parts: NamedParts,
    /// What was differentiated, by the same parts as far as they occur in it.
    pub function: Vec<ExprId>,
}

/// Expressions under names: each symbol, and what it stands for. One is made of variables and
/// of those before it.
pub type NamedParts = Vec<(ExprId, ExprId)>;

impl Engine {
    /// The partial derivatives in all variables; in whole expressions, however long.
    pub(super) fn gradient(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        form: Form,
    ) -> Result<Derivatives> {
        let InParts { derivatives: mut found, parts, .. } =
            self.gradient_in_parts(formula, wrt, form, false)?;
        if !parts.is_empty() {
            let roots: Vec<ExprId> =
                found.partials.iter().flat_map(|one| one.values.clone()).collect();
            let whole = put_into(&mut self.pool, &parts, &roots);
            let mut whole = whole.into_iter();
            for value in found.partials.iter_mut().flat_map(|one| &mut one.values) {
                *value = whole.next().unwrap_or(*value);
            }
            self.check_limits()?;
        }
        Ok(found)
    }

    /// The partial derivatives in all variables, with names for what they share where they
    /// are long, or `always`: in time and length linear in those of the formula.
    ///
    /// # Errors
    /// A function without a known derivative, a limit, or a failed self-check.
    pub fn gradient_in_parts(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        form: Form,
        always: bool,
    ) -> Result<InParts> {
        let wrt = &*formula.spelled(wrt);
        if formula.roots.len() > 1 {
            must_be_small(formula.roots.len(), wrt.len())?;
        }
        let mut answer =
            Derivatives { partials: Vec::new(), checked: true, breaks: Vec::new() };
        let symbols = self.symbols(wrt);
        answer.partials = wrt
            .iter()
            .map(|name| Partial { wrt: vec![name.clone()], values: vec![] })
            .collect();
        let (mut named, mut function) = (NamedParts::new(), Vec::new());
        for (root, (mut tape, slot)) in formula.roots.iter().zip(self.tapes(formula)?) {
            let mut parts = Parts::default();
            let mut raw = Vec::new();
            let may_name =
                matches!(form, Form::Auto | Form::Raw) && !self.pool.is_complex();
            if may_name {
                raw = calculus::gradient_in_parts(
                    &mut self.pool,
                    *root,
                    &symbols,
                    &mut parts,
                    &FxHashMap::default(),
                )?;
            }
            let is_whole = may_name && parts.list.is_empty();
            let is_long =
                may_name && (always || written_out(&self.pool, &parts.list, &raw) > LONG);
            if !is_whole && !is_long {
                raw = calculus::gradient(&mut self.pool, *root, &symbols)?;
                parts = Parts::default();
            }
            let found = self.shape_in_parts(parts.list.clone(), &raw, form)?;
            let (values, own) = self.without_needless(found);
            function.push(self.with_parts(*root, &parts, &own));
            if own.is_empty() {
                self.verify(formula, &mut tape, slot, wrt, &values, *root, &mut answer)?;
            } else {
                let meant = own.iter().copied().collect();
                let found = (&values[..], &meant);
                let outcome = self.compared(formula, &mut tape, slot, wrt, found);
                self.take_outcome(outcome, wrt, *root, &mut answer)?;
            }
            for (partial, value) in answer.partials.iter_mut().zip(values) {
                partial.values.push(value);
            }
            named.extend(own);
        }
        answer.breaks = self.breaks(formula, wrt)?;
        Ok(InParts { derivatives: answer, parts: named, function })
    }

    /// An expression with its products by the parts that were kept.
    fn with_parts(&mut self, id: ExprId, parts: &Parts, kept: &NamedParts) -> ExprId {
        if kept.is_empty() || parts.products.is_empty() {
            return id;
        }
        let mut known: FxHashMap<ExprId, ExprId> =
            kept.iter().map(|(symbol, _)| (*symbol, *symbol)).collect();
        for (symbol, part) in &parts.list {
            if !known.contains_key(symbol) {
                let part = self.put(&[*part], &mut known)[0];
                known.insert(*symbol, part);
            }
        }
        for (product, whole) in &parts.products {
            let whole = self.put(&[*whole], &mut known)[0];
            known.insert(*product, whole);
        }
        self.put(&[id], &mut known)[0]
    }

    /// How derivatives in which symbols stand for parts compare with an independent path.
    pub(super) fn compared(
        &mut self,
        formula: &Formula,
        tape: &mut Tape,
        value: Slot,
        wrt: &[String],
        (values, meant): (&[ExprId], &FxHashMap<ExprId, ExprId>),
    ) -> Outcome {
        for name in wrt {
            tape.variable(name);
        }
        let mut answer = Tape::over(tape.variables.clone());
        let slots = answer.add_in_parts(&self.pool, values, meant);
        let names: Vec<&str> = wrt.iter().map(String::as_str).collect();
        self.pool_and_checker().1.verify_values(Values {
            tape,
            value,
            variables: &names,
            answer: &answer,
            slots: &slots,
            assumptions: &formula.assumptions,
        })
    }

    /// Expressions in a form, and the parts in theirs; those that do not pay are put in.
    pub(super) fn shape_in_parts(
        &mut self,
        parts: NamedParts,
        roots: &[ExprId],
        form: Form,
    ) -> Result<(Vec<ExprId>, NamedParts)> {
        let mut known = FxHashMap::default();
        let mut kept = NamedParts::new();
        for (symbol, part) in parts {
            let part = self.put(&[part], &mut known)[0];
            let part = self.shape_part(part, form)?;
            let is_plain = matches!(self.pool.node(part), Node::Multiple(..));
            if is_plain || self.pool.cost(part) <= SHORT {
                known.insert(symbol, part);
            } else {
                kept.push((symbol, part));
            }
        }
        let mut values = self.put(roots, &mut known);
        for value in &mut values {
            *value = self.shape_part(*value, form)?;
        }
        Ok((values, kept))
    }

    /// One of many expressions in its form: no quotient is looked for in a long one.
    fn shape_part(&mut self, id: ExprId, form: Form) -> Result<ExprId> {
        if self.pool.cost(id) <= MAX_SEARCHED {
            return self.shape(id, form);
        }
        let effort = self.effort();
        self.set_effort(effort.min(Effort::Local));
        let found = self.shape(id, form);
        self.set_effort(effort);
        found
    }

    /// Puts in the parts that are used once at most.
    pub(super) fn without_needless(
        &mut self,
        (values, kept): (Vec<ExprId>, NamedParts),
    ) -> (Vec<ExprId>, NamedParts) {
        let rare = Shared::needless(&self.pool, &values, &kept);
        if rare.is_empty() {
            return (values, kept);
        }
        let mut known = FxHashMap::default();
        let mut named = NamedParts::new();
        for (symbol, part) in kept {
            let part = self.put(&[part], &mut known)[0];
            match rare.contains(&symbol) {
                true => drop(known.insert(symbol, part)),
                false => named.push((symbol, part)),
            }
        }
        (self.put(&values, &mut known), named)
    }

    fn put(
        &mut self,
        roots: &[ExprId],
        known: &mut FxHashMap<ExprId, ExprId>,
    ) -> Vec<ExprId> {
        match known.is_empty() {
            true => roots.to_vec(),
            false => self.pool.substitute_known(roots, known, function::apply),
        }
    }
}

/// Expressions with all parts put in.
pub(super) fn put_into(
    pool: &mut Pool,
    parts: &NamedParts,
    roots: &[ExprId],
) -> Vec<ExprId> {
    let mut known = FxHashMap::default();
    for (symbol, part) in parts {
        let part = pool.substitute_known(&[*part], &mut known, function::apply)[0];
        known.insert(*symbol, part);
    }
    pool.substitute_known(roots, &mut known, function::apply)
}

/// How many names, numbers and operations expressions have when they are written out.
pub(super) fn written_out(pool: &Pool, parts: &NamedParts, roots: &[ExprId]) -> f64 {
    let meant: FxHashMap<ExprId, ExprId> = parts.iter().copied().collect();
    let mut sizes: FxHashMap<ExprId, f64> = FxHashMap::default();
    for id in pool.reachable_through(roots, &meant) {
        let size = match meant.get(&id) {
            Some(part) => sizes[part],
            None => {
                let mut size = 1.0;
                pool.each_operand(id, |operand| size += sizes[&operand]);
                size
            }
        };
        sizes.insert(id, size);
    }
    roots.iter().map(|id| sizes[id]).sum()
}
