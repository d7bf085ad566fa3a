//! Critical points of what was typed, and the way downhill.

use super::engine::{Engine, Form, Formula};
use super::expr::{Expr, names};
use super::field::Checked;
use super::needs::needs;
use super::point::breaks::guard;
use super::point::eval::{Point, parse_point};
use crate::check::Domain;
use crate::error::{Error, ErrorKind, Result};
use crate::extrema::{
    self, Critical, CriticalPoint, Descending, Descent, Ending, Kind, Problem, Start,
};
use crate::kernel::{ExprId, Limits, Node, Pool, is_same_name};
use crate::print::{self, Notation};
use crate::series;

/// The most variables.
const MAX_VARIABLES: usize = 100;
/// The work on the critical points of one function: a second, about.
const WORK: u64 = 4_000_000;
/// With more variables, the end of a descent is not looked at.
const MAX_JUDGED: usize = 30;

impl Engine {
    /// The critical points of a formula: where its gradient is 0 or does not exist, with the
    /// kind of each. Symbols that are not among the variables are parameters.
    ///
    /// # Errors
    /// A vector, no variables or too many of them, a function without a known derivative,
    /// or a limit.
    pub fn critical(&mut self, formula: &Formula, wrt: &[String]) -> Result<Critical> {
        for name in wrt {
            let known = self.pool.assumption(name);
            if known.integer {
                let what = format!(
                    "`{name}` is a whole number, as it is assumed, and critical points are \
                     those of a real variable"
                );
                return Err(ErrorKind::Unsupported(what).into());
            }
            let is_zero = known.nonnegative && known.nonpositive;
            if is_zero || known.low.is_some() && known.low == known.high {
                let what = format!("`{name}` is one number, as it is assumed");
                let help = "put it into the formula";
                return Err(Error::from(ErrorKind::InvalidRequest(what)).help(help));
            }
        }
        let problem = self.problem(formula, wrt, true)?;
        let limits = self.pool.limits();
        self.pool.limit(Limits { work: limits.work.min(WORK), ..limits });
        let (pool, simplifier) = self.pool_and_simplifier();
        let mut found = extrema::critical(pool, simplifier, &problem);
        let is_within = self.check_limits();
        self.pool.limit(limits);
        is_within?;
        self.keep_inside(formula, &mut found)?;
        Ok(found)
    }

    /// Leaves out exact points that are outside of the domain of what was typed: `x^2/x` has no
    /// value at 0.
    fn keep_inside(&mut self, formula: &Formula, found: &mut Critical) -> Result<()> {
        let mut kept = Vec::with_capacity(found.points.len());
        for point in std::mem::take(&mut found.points) {
            let mut place = Point::new();
            for (name, coordinate) in found.variables.iter().zip(&point.coordinates) {
                let is_known =
                    !coordinate.approximate && self.pool.is_constant(coordinate.value);
                if is_known {
                    let text =
                        print::write(&self.pool, coordinate.value, Notation::Text)?;
                    place.push((name.clone(), text));
                }
            }
            let is_whole = place.len() == found.variables.len();
            match self.refuse_outside(formula, &place) {
                Err(error)
                    if is_whole && matches!(error.kind, ErrorKind::Undefined(_)) => {}
                Err(error) if error.kind.is_limit() => return Err(error),
                _ => kept.push(point),
            }
        }
        found.points = kept;
        Ok(())
    }

    /// The way downhill from a point, which has a value for every variable.
    ///
    /// # Errors
    /// As [`Engine::critical`]; a point that does not have exactly the variables, or at which
    /// the function has no value or no gradient.
    pub fn descend(
        &mut self,
        formula: &Formula,
        from: &Point,
        how: &Descending,
    ) -> Result<Checked<Descent>> {
        let names: Vec<String> = from.iter().map(|(name, _)| name.clone()).collect();
        let missing: Vec<String> = self
            .variables(&formula.roots)
            .into_iter()
            .filter(|name| !names.contains(name))
            .map(|name| format!("`{name}`"))
            .collect();
        if !missing.is_empty() || names.is_empty() {
            let what = match missing.is_empty() {
                true => "the start has no coordinates".to_owned(),
                false => format!("the start has no value for {}", missing.join(", ")),
            };
            let error = Error::from(ErrorKind::InvalidPoint(what));
            return Err(error.help("give every variable a value, as in `--from x=1,y=2`"));
        }
        let mut start = Vec::with_capacity(names.len());
        let symbols: Vec<ExprId> =
            names.iter().map(|name| self.pool.symbol(name)).collect();
        for ((name, text), value) in from.iter().zip(self.at_point(&symbols, from)?) {
            let value = self.float(value);
            if !value.is_finite() {
                let what = format!("the value `{text}` of `{name}` is no number");
                return Err(ErrorKind::InvalidPoint(what).into());
            }
            start.push(value);
        }
        let mut problem = self.problem(formula, &names, how.newton)?;
        let found = extrema::descend(&self.pool, &problem, &start, how);
        self.check_limits()?;
        let mut found = match found {
            Some(found) => found,
            None => self.resting(&problem, from, &start)?,
        };
        self.must_stay_assumed(formula, &names, &found)?;
        let rests =
            matches!(found.ending, Ending::SmallGradient | Ending::Stuck | Ending::Short);
        if rests && names.len() <= MAX_JUDGED {
            if !how.newton {
                problem.hessian = self.second(formula, &names, &mut problem.checked)?;
            }
            let (pool, simplifier) = self.pool_and_simplifier();
            extrema::judge(pool, simplifier, &problem, &mut found);
            self.check_limits()?;
        }
        Ok(Checked { value: found, checked: problem.checked })
    }

    /// The way that ends where it starts: the formula of the gradient has no value there, and
    /// the gradient is 0.
    fn resting(
        &mut self,
        problem: &Problem,
        from: &Point,
        start: &[f64],
    ) -> Result<Descent> {
        let (pool, simplifier) = self.pool_and_simplifier();
        let found = extrema::start(pool, simplifier, problem, start);
        self.check_limits()?;
        let place: Vec<String> =
            from.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let place = place.join(", ");
        Err(match found {
            Some(Start::Rests(descent)) => return Ok(descent),
            Some(Start::Steep) => ErrorKind::Unsupported(format!(
                "the formula of the gradient has no value at the start, {place}"
            )),
            None => ErrorKind::Undefined(format!("the value or the gradient at {place}")),
        }
        .into())
    }

    /// Refuses a way downhill that leaves what is assumed of the variables: it does not turn at
    /// an end.
    fn must_stay_assumed(
        &self,
        formula: &Formula,
        names: &[String],
        found: &Descent,
    ) -> Result<()> {
        for (name, known) in formula.assumptions() {
            let Some(place) = names.iter().position(|own| is_same_name(own, name)) else {
                continue;
            };
            let left = found.steps.iter().find(|step| !known.allows(step.point[place]));
            if let Some(step) = left {
                let what = format!(
                    "the way downhill leaves what is assumed of `{name}`: {name} = {}",
                    step.point[place]
                );
                return Err(Error::from(ErrorKind::Unsupported(what)).help(
                    "descents do not keep to assumptions; `critical` looks at the ends of an interval",
                ));
            }
        }
        Ok(())
    }

    /// The Hessian as the matrix has it, without what is taken outside for reading.
    fn second(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        checked: &mut bool,
    ) -> Result<Vec<Vec<ExprId>>> {
        let found = self.hessian(formula, wrt, Form::Auto)?;
        *checked &= found.checked;
        let factor = found.value.factor.unwrap_or(Pool::ONE);
        let mut hessian = Vec::new();
        for row in found.value.matrix.iter() {
            let mut entries = Vec::with_capacity(row.len());
            for entry in row {
                let whole = self.pool.product(&[factor, *entry]);
                entries.push(self.simplify(whole)?);
            }
            hessian.push(entries);
        }
        Ok(hessian)
    }

    /// A function with its gradient and, if asked for, its Hessian, all of them checked.
    fn problem(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        second: bool,
    ) -> Result<Problem> {
        let [function] = formula.roots[..] else {
            let what = "a vector has no extrema".to_owned();
            return Err(Error::from(ErrorKind::WrongDimension(what))
                .help("ask for those of one component"));
        };
        if second && wrt.len() > MAX_VARIABLES {
            let what = "the number of variables of critical points";
            let limit = MAX_VARIABLES as u64;
            return Err(ErrorKind::OverLimit { what, limit }.into());
        }
        let is_abstract = |id: &ExprId| match self.pool.node(*id) {
            Node::Apply(function, _) => function.is_abstract(),
            _ => false,
        };
        if self.pool.reachable(&[function]).iter().any(is_abstract) {
            let what =
                "an abstract function has no extrema that could be found".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        let function = self.shape(function, Form::Auto)?;
        let first = self.partials(formula, wrt, 1, Form::Auto)?;
        let mut checked = first.checked;
        let gradient: Vec<ExprId> =
            first.partials.iter().map(|partial| partial.values[0]).collect();
        let hessian = match second {
            true => self.second(formula, wrt, &mut checked)?,
            false => Vec::new(),
        };
        // Where more than an equation must hold is no set that is looked at.
        let mut breaks = self.breaks(formula, wrt)?;
        breaks.retain(|condition| guard(&self.pool, *condition).is_none());
        Ok(Problem {
            function,
            unknowns: wrt.iter().map(|name| self.pool.symbol(name)).collect(),
            names: wrt.to_vec(),
            gradient,
            hessian,
            breaks,
            needs: match formula.domain {
                Domain::Real => needs(&mut self.pool, formula),
                Domain::Complex => Vec::new(),
            },
            checked,
            expand: series::expand_beside,
        })
    }
}

/// One critical point of an expression.
#[derive(Clone, Debug)]
pub struct ExprPoint<'s> {
    /// One for each variable; for a periodic family, with the number that counts its points.
    pub coordinates: Vec<Expr<'s>>,
    /// The value of the function.
    pub value: Expr<'s>,
    /// What kind of point it is.
    pub kind: Kind,
    /// Whether it is an extremum of the whole function.
    pub global: bool,
    /// Whether the coordinates are true ones, and not numbers near them.
    pub exact: bool,
}

impl<'s> Expr<'s> {
    /// The critical points in variables, and whether these are all.
    ///
    /// # Errors
    /// As [`Engine::critical`].
    pub fn critical(self, variables: &[&str]) -> Result<(Vec<ExprPoint<'s>>, bool)> {
        let names = names(variables)?;
        let session = self.session();
        let found =
            self.on(&names, |engine, formula| engine.critical(formula, &names))?;
        let is_all = found.complete && found.sets.is_empty() && found.rough.is_empty();
        let point = |point: CriticalPoint| ExprPoint {
            coordinates: point
                .coordinates
                .iter()
                .map(|c| session.expr(c.value))
                .collect(),
            value: session.expr(point.value),
            kind: point.kind,
            global: point.global,
            exact: !point.approximate,
        };
        Ok((found.points.into_iter().map(point).collect(), is_all))
    }

    /// The way downhill from a point such as `x=1, y=2`.
    ///
    /// # Errors
    /// As [`Engine::descend`].
    pub fn descend(self, from: &str, how: &Descending) -> Result<Descent> {
        let from = parse_point(from)?;
        let texts: Vec<&str> = from.iter().map(|(name, _)| name.as_str()).collect();
        let names = names(&texts)?;
        let found =
            self.on(&names, |engine, formula| engine.descend(formula, &from, how))?;
        Ok(found.value)
    }
}
