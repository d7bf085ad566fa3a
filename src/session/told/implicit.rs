//! Derivations of implicit derivatives.

use crate::error::Result;
use crate::kernel::{ExprId, Pool};
use crate::print::{self, Mark};
use crate::session::engine::{Derivatives, Engine, Formula};
use crate::session::implicit::ImplicitDerivatives;
use crate::steps::{self, Curve, Dependent, Derivation, Detail, Math};
use crate::syntax;

impl Engine {
    /// How derivatives of unknowns come about: one derivation for each variable.
    ///
    /// # Errors
    /// A function without a known derivative, a limit, a line that is not equal to the
    /// derivative.
    pub fn implicit_derivations(
        &mut self,
        equations: &[Formula],
        found: &ImplicitDerivatives,
        detail: Detail,
    ) -> Result<Vec<Derivation>> {
        let mut sides = Vec::with_capacity(equations.len());
        for equation in equations {
            sides.push(self.sides(equation)?);
        }
        let mut wrt: Vec<String> = Vec::new();
        let mut unknowns: Vec<String> = Vec::new();
        for derivative in &found.derivatives {
            if !wrt.contains(&derivative.wrt[0]) {
                wrt.push(derivative.wrt[0].clone());
            }
            if !unknowns.contains(&derivative.of) {
                unknowns.push(derivative.of.clone());
            }
        }
        let is_partial = wrt.len() > 1;
        let mut told = Vec::new();
        for name in &wrt {
            let variable = self.pool.symbol(name);
            let dependent = |engine: &mut Self, unknown: &String| -> Dependent {
                let slope = match is_partial {
                    true => format!("∂{unknown}/∂{name}"),
                    false => format!("{unknown}'"),
                };
                (engine.pool.symbol(unknown), engine.pool.symbol(&slope))
            };
            let dependents: Vec<Dependent> =
                unknowns.iter().map(|unknown| dependent(self, unknown)).collect();
            let orders = unknowns.iter().map(|unknown| {
                let own = found.derivatives.iter();
                let own = own.filter(|d| d.of == *unknown && d.wrt[0] == *name);
                own.map(|d| (label(unknown, &d.wrt, is_partial), d.value)).collect()
            });
            let curve = Curve {
                equations: sides.clone(),
                variable,
                mark: if is_partial { Mark::Partial(variable) } else { Mark::Prime },
                unknowns: dependents.clone(),
                orders: orders.collect(),
                independent: wrt.iter().map(|name| self.pool.symbol(name)).collect(),
                detail,
            };
            let (pool, simplifier) = self.pool_and_simplifier();
            let derivation = steps::implicit(pool, simplifier, &curve)?;
            self.check_limits()?;
            self.verify_moving(&equations[0], name, &dependents, &derivation)?;
            told.push(derivation);
        }
        Ok(told)
    }

    /// Both sides of an equation.
    fn sides(&mut self, equation: &Formula) -> Result<[ExprId; 2]> {
        let whole = [equation.roots[0], Pool::ZERO];
        let Some(program) = equation.program().sides() else { return Ok(whole) };
        let declared: Vec<&str> =
            equation.declared().iter().map(String::as_str).collect();
        let lowered = syntax::lower(&program, &declared, &mut self.pool)?;
        Ok(match lowered.roots[..] {
            [left, right] => [left, right],
            _ => whole,
        })
    }

    /// Compares what the lines say of derivatives along unknowns with dual numbers, in the
    /// variable and in each unknown.
    fn verify_moving(
        &mut self,
        formula: &Formula,
        variable: &str,
        dependents: &[Dependent],
        told: &Derivation,
    ) -> Result<()> {
        let mut names = vec![variable.to_owned()];
        for (unknown, _) in dependents {
            names.push(self.pool.symbol_name(*unknown).unwrap_or_default().to_owned());
        }
        let mut answer =
            Derivatives { partials: Vec::new(), checked: true, breaks: Vec::new() };
        for claim in told.lines.iter().filter_map(|line| line.claim) {
            let is = steps::partial_claims(&mut self.pool, claim, dependents);
            for (mut tape, slot) in self.tapes_of(&[claim.of]) {
                self.verify(
                    formula,
                    &mut tape,
                    slot,
                    &names,
                    &is,
                    claim.of,
                    &mut answer,
                )?;
            }
        }
        Ok(())
    }
}

/// The name of a derivative of an unknown.
fn label(unknown: &str, wrt: &[String], is_partial: bool) -> Math {
    let write = |notation| {
        if is_partial {
            let names: Vec<&str> = wrt.iter().map(String::as_str).collect();
            return print::partial_label(unknown, &names, true, notation);
        }
        print::name(unknown, notation) + &print::primes(wrt.len(), notation)
    };
    print::both(write)
}
