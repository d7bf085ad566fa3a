//! The chain rule on paper.

use super::{ChainRule, Factor, Local, Total};
use crate::error::Result;
use crate::kernel::ExprId;
use crate::print::{self, Notation};
use rustc_hash::FxHashMap;

impl ChainRule {
    /// The name of a local derivative: `∂f/∂x`, `dx/dt`, and `(∂f/∂s)_x` where x is held
    /// constant.
    pub fn local_label(&self, local: &Local, notation: Notation) -> String {
        let name = &self.nodes[local.of].name;
        let label = print::partial_label(name, &[&local.wrt], local.is_partial, notation);
        let held: Vec<&str> = local.held.iter().map(String::as_str).collect();
        if held.is_empty() { label } else { print::held_label(&label, &held, notation) }
    }

    /// The derivatives that were asked for, with their places: for each answer one in each
    /// variable.
    pub fn answers(&self) -> impl Iterator<Item = (usize, &Total)> {
        self.totals.iter().enumerate().filter(|(_, total)| total.is_answer)
    }

    /// The name of a derivative.
    pub fn total_label(&self, total: &Total, notation: Notation) -> String {
        let name = &self.nodes[total.of].name;
        print::partial_label(name, &[&total.wrt], total.is_partial, notation)
    }

    /// The chain rule of a derivative: the sum over the paths of the products of the local
    /// derivatives along them. `None` where it says nothing: there is no path, or one step.
    pub fn formula(&self, total: &Total, notation: Notation) -> Option<String> {
        if total.terms.iter().all(|factors| factors.len() < 2) && total.terms.len() < 2 {
            return None;
        }
        Some(self.over_paths(total, notation))
    }

    /// The sum over the paths, in the names of derivatives.
    pub(super) fn over_paths(&self, total: &Total, notation: Notation) -> String {
        let label = |factor: &Factor| match *factor {
            Factor::Local(place) => self.local_label(&self.locals[place], notation),
            Factor::Total(place) => self.total_label(&self.totals[place], notation),
        };
        let terms = total.terms.iter();
        let terms: Vec<Vec<String>> =
            terms.map(|factors| factors.iter().map(label).collect()).collect();
        print::sum_of_products(&terms, notation)
    }

    /// A derivative in names. Where nothing but abstract functions is known, that is the
    /// formula.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn answer(&self, total: &Total, notation: Notation) -> Result<String> {
        match self.formula(total, notation) {
            Some(formula) if self.is_abstract(total) => Ok(formula),
            _ => self.write(total.value, notation),
        }
    }

    /// Whether all local derivatives in the formula of a derivative are those of abstract
    /// functions, so that there is nothing to put in for them.
    pub fn is_abstract(&self, total: &Total) -> bool {
        total.terms.iter().flatten().all(|factor| match factor {
            Factor::Local(place) => self.nodes[self.locals[*place].of].is_abstract,
            Factor::Total(_) => true,
        })
    }

    /// An expression in names.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn write(&self, id: ExprId, notation: Notation) -> Result<String> {
        print::write(&self.pool, id, notation)
    }

    /// The local derivatives that a reader has to be told: not those of abstract functions,
    /// and not those that are an answer already.
    pub fn told_locals(&self) -> impl Iterator<Item = (usize, &Local)> {
        self.locals.iter().enumerate().filter(|(place, local)| {
            let is_answer = |total: &Total| {
                let only = [Factor::Local(*place)];
                total.is_answer && total.terms.len() == 1 && total.terms[0] == only
            };
            !self.nodes[local.of].is_abstract && !self.totals.iter().any(is_answer)
        })
    }

    /// Says what is held constant where a local derivative would be written like the whole
    /// one: in `f = x*s; x = s*t` there are two of f in s.
    pub(super) fn hold(&mut self) {
        let mut parts: FxHashMap<(usize, &str, bool), bool> = FxHashMap::default();
        for total in &self.totals {
            let key = (total.of, &total.wrt[..], total.is_partial);
            parts.entry(key).or_insert(total.terms.len() > 1);
        }
        let is_part = |local: &Local| {
            parts.get(&(local.of, &local.wrt[..], local.is_partial)) == Some(&true)
        };
        let places: Vec<usize> =
            (0..self.locals.len()).filter(|at| is_part(&self.locals[*at])).collect();
        for place in places {
            let Local { of, wrt, .. } = &self.locals[place];
            let own = self.locals.iter().filter(|other| other.of == *of);
            let others = own.filter(|other| other.wrt != *wrt);
            let names = others.map(|other| other.wrt.clone());
            let nodes: Vec<String> = names
                .filter(|name| self.nodes.iter().any(|node| node.name == *name))
                .collect();
            self.locals[place].held = nodes;
        }
    }
}
