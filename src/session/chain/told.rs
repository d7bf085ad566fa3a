//! The chain rule of a program as derivations: the paths, the local derivatives, and what they
//! make together.

use super::{ChainRule, Factor, Local, Place, Total};
use crate::error::Result;
use crate::kernel::{ExprId, Pool};
use crate::print::{self, Held, Mark, Notation};
use crate::session::engine::{Engine, Formula};
use crate::steps::{self, Derivation, Detail, Line, Math, Question, Reason};

/// The most lines of a local derivative that are told as one.
const SHORT: usize = 2;

impl Engine {
    /// A program of one answer as it was typed, with the names that its author gave; `None`
    /// for a formula without any.
    ///
    /// # Errors
    /// A text that is too long.
    pub(in crate::session) fn program_line(
        &self,
        formula: &Formula,
    ) -> Result<Option<Line>> {
        if formula.program().definitions().len() < 2 || formula.roots.len() > 1 {
            return Ok(None);
        }
        let Ok(Some((own, drafts))) = self.drafts(formula) else { return Ok(None) };
        let nodes =
            drafts.names.iter().map(|one| (one.name.as_str(), one.body, one.place));
        let line = written(&own.pool, &nodes.collect::<Vec<_>>(), &drafts.outputs)?;
        Ok(Some(line).filter(|line| !line.names.is_empty()))
    }

    /// How the derivatives of a chain rule come about, one derivation for each that was asked
    /// for; where they are accumulated name by name, one for all.
    ///
    /// # Errors
    /// A limit, or a line that is not equal to the derivative.
    pub fn chain_derivations(
        &mut self,
        rule: &mut ChainRule,
        detail: Detail,
    ) -> Result<Vec<Derivation>> {
        let mut own = self.fresh();
        std::mem::swap(&mut own.pool, &mut rule.pool);
        let mut shown = vec![None; rule.locals.len()];
        let found = own.told(rule, detail, &mut shown);
        std::mem::swap(&mut own.pool, &mut rule.pool);
        found
    }

    fn told(
        &mut self,
        rule: &ChainRule,
        detail: Detail,
        locals: &mut [Option<Vec<Line>>],
    ) -> Result<Vec<Derivation>> {
        let mut found: Vec<Derivation> = Vec::new();
        let program = program(&self.pool, rule)?;
        let mut shown = vec![false; rule.locals.len()];
        for total in &rule.totals {
            let mut lines = Vec::new();
            if found.is_empty() || !rule.is_accumulated {
                lines.push(program.clone());
                shown.fill(false);
            }
            self.total(rule, total, (detail, locals, &mut shown), &mut lines)?;
            match found.last_mut().filter(|_| rule.is_accumulated) {
                Some(whole) => whole.lines.extend(lines),
                None => found.push(Derivation { lines }),
            }
        }
        Ok(found)
    }

    /// The lines of one derivative.
    fn total(
        &mut self,
        rule: &ChainRule,
        total: &Total,
        (detail, locals, shown): (Detail, &mut [Option<Vec<Line>>], &mut [bool]),
        lines: &mut Vec<Line>,
    ) -> Result<()> {
        let label = print::try_both(|notation| Ok(rule.total_label(total, notation)))?;
        let formula = |notation| Ok(rule.formula(total, notation).unwrap_or_default());
        let formula = print::try_both(formula)?;
        let is_path = !formula.is_empty();
        if is_path {
            lines.push(Line {
                label: label.clone(),
                values: vec![formula],
                reasons: if rule.is_accumulated {
                    Vec::new()
                } else {
                    paths(rule, total)
                },
                ..Line::default()
            });
        }
        let answer =
            print::try_both(|notation| match rule.is_abstract(total) && is_path {
                true => Ok(String::new()),
                false => print::write(&self.pool, total.value, notation),
            })?;
        if answer.is_empty() {
            return Ok(());
        }
        let used = used(rule, total);
        for place in &used {
            if locals[*place].is_none() {
                locals[*place] = Some(self.local(rule, &rule.locals[*place], detail)?);
            }
        }
        let is_short = |place: &usize| {
            let lines = locals[*place].as_deref().unwrap_or_default();
            lines.len() == 1 && lines[0].reasons.iter().all(|reason| reason.id != "chain")
        };
        let is_aside = total.terms.len() > 1
            && !rule.is_accumulated
            && used.iter().all(is_short)
            && detail != Detail::Fine;
        let mut reasons = Vec::new();
        if is_aside {
            reasons = aside(rule, total, &used, &self.pool)?;
        } else {
            for place in &used {
                if !std::mem::replace(&mut shown[*place], true) {
                    let own = locals[*place].clone().unwrap_or_default();
                    // A single local derivative is the answer itself.
                    match is_path {
                        true => lines.extend(own),
                        false => {
                            lines.extend(own.into_iter().enumerate().map(
                                |(at, line)| Line {
                                    label: if at == 0 {
                                        label.clone()
                                    } else {
                                        line.label.clone()
                                    },
                                    ..line
                                },
                            ));
                        }
                    }
                }
            }
        }
        if !is_path && !used.is_empty() {
            return Ok(());
        }
        let held = self.put_in_paths(rule, total);
        let write =
            |notation| print::write_held(&self.pool, &held, Mark::Prime, notation);
        let put = print::try_both(write)?;
        let label = if is_aside { Math::default() } else { label };
        let mut values = vec![put];
        match (is_aside, values[0] == answer) {
            (_, true) => {}
            (false, false) => {
                let line = Line { values: values.clone(), ..Line::default() };
                match line.is_reordered(&answer) {
                    true => values = vec![answer],
                    false => values.push(answer),
                }
            }
            (true, false) => {
                let line = Line { values, reasons, ..Line::default() };
                if line.is_reordered(&answer) {
                    (values, reasons) = (vec![answer], line.reasons);
                } else {
                    lines.push(line);
                    (values, reasons) = (vec![answer], Vec::new());
                }
            }
        }
        lines.push(Line { label, values, reasons, ..Line::default() });
        Ok(())
    }

    /// The sum over the paths of the products of the local derivatives, as they are.
    fn put_in_paths(&self, rule: &ChainRule, total: &Total) -> Held {
        let mut terms = Vec::with_capacity(total.terms.len());
        for factors in &total.terms {
            let mut product = Vec::with_capacity(factors.len());
            let mut is_negative = false;
            for factor in factors {
                let value = match *factor {
                    Factor::Local(place) => rule.locals[place].value,
                    Factor::Total(place) => rule.totals[place].value,
                };
                if value == Pool::MINUS_ONE {
                    is_negative = !is_negative;
                } else if value != Pool::ONE {
                    product.push(Held::Plain(value));
                }
            }
            if product.contains(&Held::Plain(Pool::ZERO)) {
                continue;
            }
            terms.push((
                is_negative,
                match product.len() {
                    0 => Held::Plain(Pool::ONE),
                    1 => product.remove(0),
                    _ => Held::Product(product),
                },
            ));
        }
        match (terms.len(), terms.first()) {
            (0, _) => Held::Plain(Pool::ZERO),
            (1, Some((false, _))) => terms.remove(0).1,
            _ => Held::Sum(terms),
        }
    }

    /// The lines of a local derivative: one where few rules make it.
    fn local(
        &mut self,
        rule: &ChainRule,
        local: &Local,
        detail: Detail,
    ) -> Result<Vec<Line>> {
        let node = &rule.nodes[local.of];
        let label = print::try_both(|notation| Ok(rule.local_label(local, notation)))?;
        let value = print::write_both(&self.pool, local.value)?;
        let plain =
            Line { label: label.clone(), values: vec![value.clone()], ..Line::default() };
        if node.is_abstract {
            return Ok(vec![plain]);
        }
        let variable = self.pool.symbol(&local.wrt);
        let mark = if local.is_partial { Mark::Partial(variable) } else { Mark::Prime };
        let raw =
            crate::calculus::differentiate(&mut self.pool, node.body, variable, &mut ())?;
        let mut answer = self.simplify(raw)?;
        if local.value == raw {
            answer = raw;
        }
        let own = print::name(&node.name, Notation::Text);
        let question = Question {
            of: node.body,
            function: Math::alike(&own),
            label,
            variable,
            mark,
            answer,
            detail,
            is_alone: true,
            known: Vec::new(),
        };
        let (pool, simplifier) = self.pool_and_simplifier();
        let found = steps::derivation(pool, simplifier, &question)?;
        self.check_limits()?;
        let has_names = found.lines.first().is_some_and(|line| !line.names.is_empty());
        let mut lines: Vec<Line> =
            found.lines.into_iter().skip(usize::from(!has_names)).collect();
        if lines.len() <= SHORT {
            let mut reasons: Vec<Reason> = Vec::new();
            for reason in lines.into_iter().flat_map(|line| line.reasons) {
                let is_said = matches!(reason.id, "taken_out" | "simplified");
                if !is_said && !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            return Ok(vec![Line { reasons, ..plain }]);
        }
        if lines.last().is_some_and(|line| line.values.last() != Some(&value)) {
            lines.push(Line { label: Math::default(), ..plain });
        }
        Ok(lines)
    }
}

/// The program of a chain rule.
fn program(pool: &Pool, rule: &ChainRule) -> Result<Line> {
    let nodes = rule.nodes.iter().map(|node| (node.name.as_str(), node.body, node.place));
    written(pool, &nodes.collect::<Vec<_>>(), &rule.outputs)
}

/// A program: the answer, and then the names that it needs.
fn written(
    pool: &Pool,
    nodes: &[(&str, ExprId, Option<Place>)],
    outputs: &[usize],
) -> Result<Line> {
    let write = |id: ExprId| print::write_both(pool, id);
    let name = |text: &str| print::try_both(|notation| Ok(print::name(text, notation)));
    let mut outputs = outputs.iter().copied();
    let Some(first) = outputs.next() else { return Ok(Line::default()) };
    let mut names = Vec::new();
    let mut others: Vec<usize> = outputs.chain(0..nodes.len()).collect();
    // In the order in which they were typed.
    others.sort_by_key(|place| nodes[*place].2.map(|at| at.typed()));
    for place in others {
        let (own, body, _) = nodes[place];
        let entry = (name(own)?, write(body)?);
        if place != first && !names.contains(&entry) {
            names.push(entry);
        }
    }
    let (own, body, _) = nodes[first];
    Ok(Line {
        label: name(own)?,
        values: vec![write(body)?],
        names,
        is_program: true,
        ..Line::default()
    })
}

/// The local derivatives that a derivative is made of, each once, in the order of the paths.
fn used(rule: &ChainRule, total: &Total) -> Vec<usize> {
    let mut found = Vec::new();
    for factor in total.terms.iter().flatten() {
        if let Factor::Local(place) = *factor
            && !found.contains(&place)
            && !rule.nodes[rule.locals[place].of].is_abstract
        {
            found.push(place);
        }
    }
    found
}

/// The paths of a derivative, from the variable up.
fn paths(rule: &ChainRule, total: &Total) -> Vec<Reason> {
    let path = |factors: &Vec<Factor>, notation: Notation| {
        let arrow = if notation == Notation::Latex { " \\to " } else { " → " };
        let mut names = vec![print::name(&total.wrt, notation)];
        for factor in factors.iter().rev() {
            if let Factor::Local(place) = *factor {
                let of = rule.locals[place].of;
                names.push(print::name(&rule.nodes[of].name, notation));
            }
        }
        names.join(arrow)
    };
    let all = |notation| {
        let terms = total.terms.iter();
        terms.map(|factors| path(factors, notation)).collect::<Vec<_>>().join(", ")
    };
    let paths = print::both(all);
    let id = if total.terms.len() == 1 { "path" } else { "paths" };
    vec![Reason::new(id).with("paths", paths)]
}

/// The local derivatives of the answer, said in the margin.
fn aside(
    rule: &ChainRule,
    total: &Total,
    used: &[usize],
    pool: &Pool,
) -> Result<Vec<Reason>> {
    let of = used.iter().map(|place| &rule.locals[*place]);
    let own: Vec<&Local> = of.filter(|local| local.of == total.of).collect();
    let write = |notation: Notation| -> Result<String> {
        let mut parts = Vec::new();
        for local in &own {
            let value = print::write(pool, local.value, notation)?;
            parts.push(format!("{} = {value}", rule.local_label(local, notation)));
        }
        Ok(parts.join(", "))
    };
    let locals = print::try_both(write)?;
    Ok(vec![Reason::new("locals").with("locals", locals)])
}
