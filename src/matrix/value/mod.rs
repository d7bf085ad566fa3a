//! Values of matrix expressions at arrays, exactly: each entry is an expression of the pool.
//!
//! Invariant: a formula is evaluated operation by operation as it was written; what may have no
//! value on the way is handed out with the value.

mod adjugate;
mod array;
mod certain;
mod compare;
mod digits;
mod domain;
mod elimination;
mod exact;
mod pseudo;

pub use array::{Array, Placed};
pub(super) use compare::Compared;
pub use digits::Decimals;
pub(super) use elimination::{deviation, has_signs, inverse_of, is_singular};

use super::components::{Expander, Grid, Known};
use super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::print;
use super::problem::{Answer, Problem};
use super::shape::{Shape, SizeId};
use super::table::Special;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Number, Pool, Relation};
use crate::syntax;
use exact::{Entry, Values};
use rustc_hash::FxHashSet;

/// A value with what must have one as well.
#[derive(Clone, Debug)]
pub struct Value {
    /// The value.
    pub array: Array,
    /// Values of functions and powers on the way.
    pub doubtful: Vec<ExprId>,
}

/// Where a function has no derivative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kink {
    /// The function.
    pub function: &'static str,
    /// What it is taken of.
    pub of: String,
    /// The entry, as `[1,2]`; empty for scalars.
    pub entry: String,
}

impl Problem {
    /// The value of an answer over the names of a problem, at arrays.
    ///
    /// # Errors
    /// Entries of more than two axes, what has no value, limits.
    pub fn value(
        &self,
        answer: &Answer,
        placed: &Placed,
        pool: &mut Pool,
    ) -> Result<Value> {
        let Answer::Form(form) = *answer else {
            let what = "values of what has more than two axes".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("with `--vec`, matrices are stacked into columns"));
        };
        self.form_value((form, form), &self.forms, placed, pool)
    }

    /// The value of a derivative of the formula: where an inverse in it has none, determinants
    /// before inverses are taken as adjugates, which have one.
    ///
    /// # Errors
    /// As [`Problem::value`].
    pub fn derivative_value(
        &self,
        answer: &Answer,
        placed: &Placed,
        pool: &mut Pool,
    ) -> Result<Value> {
        let found = self.value(answer, placed, pool);
        let (Answer::Form(form), Err(error)) = (answer, &found) else { return found };
        if !matches!(error.kind, ErrorKind::Undefined(_)) {
            return found;
        }
        let mut forms = self.forms.clone();
        match adjugate::with_adjugates(*form, &mut forms) {
            other if other == *form => found,
            other => self.form_value((*form, other), &forms, placed, pool),
        }
    }

    /// The value of a form that needs the definitions that another one does.
    fn form_value(
        &self,
        (like, form): (FormId, FormId),
        forms: &Forms,
        placed: &Placed,
        pool: &mut Pool,
    ) -> Result<Value> {
        let mut values = Values::new(pool, false);
        let placed = &placed.with_sizes_of(&self.scope);
        let expander = Expander { forms, ..self.expander(like, &self.scope, placed) };
        let grid = expander.expand(form, &mut values)?;
        let is_undefined = |entry: &Entry| entry.value == Pool::UNDEFINED;
        if grid.entries().iter().any(is_undefined) {
            return Err(values.why.unwrap_or_else(|| exact::undefined("the value")));
        }
        let doubtful = values.doubtful(grid.entries());
        let sizes = match forms.shape(form) {
            shape if shape.is_scalar() => Vec::new(),
            Shape { cols: SizeId::ONE, .. } => vec![grid.rows],
            _ => vec![grid.rows, grid.cols],
        };
        let entries = grid.entries().iter().map(|entry| entry.value).collect();
        Ok(Value { array: Array { sizes, entries }, doubtful })
    }

    /// Where functions in what is differentiated have no derivative of an order at arrays.
    ///
    /// # Errors
    /// As [`Problem::value`].
    pub fn kink(
        &mut self,
        (wrt, order): (&[String], u32),
        placed: &Placed,
        pool: &mut Pool,
    ) -> Result<Option<Kink>> {
        let mut targets = Vec::with_capacity(wrt.len());
        for name in wrt {
            let target = self.target(name)?;
            targets.push(match *self.forms.op(target) {
                Op::Entry(of, _) => of,
                _ => target,
            });
        }
        let mut values = Values::new(pool, false);
        let expander = self.expander(self.main, &self.scope, placed);
        let known = match expander.all(self.main, &mut values) {
            Ok(known) => known,
            Err(error) if !error.kind.is_unsupported() => return Err(error),
            // What has no exact values may have no kinks all the same.
            Err(_) if !self.may_be_bent() => return Ok(None),
            Err(error) => {
                let what = format!("kinks are not looked for where {}", error.kind);
                return Err(ErrorKind::Unsupported(what).into());
            }
        };
        let pool = values.pool;
        let depends = self.depending(&targets);
        for id in self.taken(&known, pool) {
            if depends.contains(&id)
                && let Some(kink) = self.kink_of(id, order, &known, pool)?
            {
                return Ok(Some(kink));
            }
        }
        Ok(None)
    }

    /// Whether some operation may have no derivative somewhere, but parts of a spectrum.
    fn may_be_bent(&self) -> bool {
        let bodies = self.scope.definitions.iter().map(|definition| definition.body);
        let all = bodies.chain([self.main]).flat_map(|root| self.forms.below(root));
        let is_bent = |id: FormId| match self.forms.op(id) {
            Op::Apply(Elementwise::Table(function), _) if function.is_builtin() => {
                let row = function::spec(*function);
                is_root(*function)
                    || !row.breaks.is_empty()
                    || row.means.is_some()
                    || row.derivatives.is_empty()
            }
            Op::Apply(..)
            | Op::Call(Special::Norm1 | Special::NormP | Special::PseudoInverse, _) => {
                true
            }
            Op::Power(_, exponent) | Op::ElementPower(_, exponent) => {
                self.forms.as_number(*exponent).is_none_or(|n| !n.is_integer())
            }
            _ => false,
        };
        all.into_iter().any(is_bent)
    }

    /// The forms on which the value hangs, operands first: without branches that are not
    /// taken.
    fn taken(&self, known: &Known<Entry>, pool: &Pool) -> Vec<FormId> {
        let (mut seen, mut waiting) = (FxHashSet::default(), vec![self.main]);
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            match self.forms.op(id) {
                Op::Definition(place) => {
                    waiting.push(self.scope.definitions[usize::from(*place)].body);
                }
                Op::Apply(Elementwise::Table(function), list)
                    if is_piecewise(*function) =>
                {
                    waiting.extend(branches(list, known, pool));
                }
                _ => waiting.extend(self.forms.operands(id)),
            }
        }
        let mut found: Vec<FormId> = seen.into_iter().collect();
        found.retain(|id| known.contains_key(id));
        found.sort_unstable();
        found
    }

    /// Which forms depend on names, by definitions too.
    fn depending(&self, targets: &[FormId]) -> FxHashSet<FormId> {
        let mut found: FxHashSet<FormId> = targets.iter().copied().collect();
        let mut defined = vec![false; self.scope.definitions.len()];
        let bodies = self.scope.definitions.iter().map(|d| d.body).enumerate();
        let bodies = bodies.map(|(place, body)| (Some(place), body));
        for (place, root) in bodies.chain([(None, self.main)]) {
            for id in self.forms.below(root) {
                let is_known = match self.forms.op(id) {
                    Op::Definition(place) => defined[usize::from(*place)],
                    _ => self.forms.operands(id).iter().any(|of| found.contains(of)),
                };
                if is_known {
                    found.insert(id);
                }
            }
            if let Some(place) = place {
                defined[place] = found.contains(&root);
            }
        }
        found
    }

    /// The first entry of a form at which its function has no derivative.
    fn kink_of(
        &self,
        id: FormId,
        order: u32,
        known: &Known<Entry>,
        pool: &mut Pool,
    ) -> Result<Option<Kink>> {
        let (function, list) = match self.forms.op(id) {
            Op::Apply(Elementwise::Table(root), list) if is_root(*root) => {
                (FunctionId::ABS, list.clone())
            }
            Op::Apply(Elementwise::Table(function), list) => (*function, list.clone()),
            // A power of a modulus is as smooth as its exponent is great.
            Op::Call(Special::NormP, list)
                if pool
                    .as_number(known[&list[1]].at(0, 0).value)
                    .is_some_and(|p| p.to_f64() > f64::from(order) || p.is_even()) =>
            {
                return Ok(None);
            }
            // Beside a matrix of less rank are such of full rank, with other pseudo-inverses.
            Op::Call(Special::PseudoInverse, list) => {
                let Some(rows) = numbers_of(&known[&list[0]], pool) else {
                    return Ok(None);
                };
                let rank = pseudo::rank(&rows, &mut { elimination::MAX_WORK })?;
                let least = rows.len().min(rows.first().map_or(0, Vec::len));
                let of = print::text(list[0], &self.forms, &self.scope);
                let kink = Kink { function: "pinv", of, entry: String::new() };
                return Ok((rank < least).then_some(kink));
            }
            Op::Call(Special::Norm1 | Special::NormP, list) => {
                (FunctionId::ABS, list.clone())
            }
            // A root at 0, as of a square, may be as bent as a modulus.
            Op::Power(base, exponent) | Op::ElementPower(base, exponent)
                if self.forms.as_number(*exponent).is_some_and(|n| !n.is_integer()) =>
            {
                (FunctionId::ABS, vec![*base])
            }
            _ => return Ok(None),
        };
        let (rows, cols) = list
            .iter()
            .map(|id| &known[id])
            .fold((1, 1), |most, grid| (grid.rows.max(most.0), grid.cols.max(most.1)));
        let count =
            if matches!(self.forms.op(id), Op::Call(..)) { 1 } else { list.len() };
        for k in 0..rows * cols {
            let (i, j) = (k / cols, k % cols);
            let spread = |id: &FormId| match self.forms.shape(*id).is_scalar() {
                true => known[id].at(0, 0).value,
                false => known[id].at(i, j).value,
            };
            let arguments: Vec<ExprId> = list[..count].iter().map(spread).collect();
            if !is_kink(function, &arguments, pool)? {
                continue;
            }
            let entry = match (rows, cols) {
                (1, 1) => String::new(),
                (_, 1) => format!("[{}]", i + 1),
                _ => format!("[{},{}]", i + 1, j + 1),
            };
            let function = match (self.forms.op(id), Relation::of(function)) {
                (Op::Apply(Elementwise::Table(root), _), _) if is_root(*root) => {
                    function::spec(*root).name
                }
                (Op::Power(..) | Op::ElementPower(..), _) => "root",
                (_, Some(_)) => "piecewise",
                (_, None) => function::spec(function).name,
            };
            let of = print::text(list[0], &self.forms, &self.scope);
            let is_name = of.chars().all(|c| c.is_alphanumeric() || c == '_');
            let of = match is_name || entry.is_empty() {
                true => of,
                false => format!("({of})"),
            };
            return Ok(Some(Kink { function, of, entry }));
        }
        Ok(None)
    }

    fn expander<'a, 'v>(
        &'a self,
        root: FormId,
        scope: &'a Scope,
        placed: &'a Placed,
    ) -> Expander<'a, Values<'v>> {
        Expander {
            forms: &self.forms,
            scope,
            sizes: &placed.sizes,
            arrays: placed,
            needed: self.needed_by(root),
        }
    }
}

/// The rows of an array of numbers.
fn numbers_of(of: &Grid<Entry>, pool: &Pool) -> Option<Vec<Vec<Number>>> {
    let number = |entry: &Entry| pool.as_number(entry.value).cloned();
    let chunks = of.entries().chunks(of.cols.max(1));
    chunks.map(|row| row.iter().map(number).collect()).collect()
}

/// Whether a function has no derivative at exact arguments, or may have none.
fn is_kink(function: FunctionId, arguments: &[ExprId], pool: &mut Pool) -> Result<bool> {
    let condition = match Relation::of(function) {
        Some(Relation::And | Relation::Or) => return Ok(false),
        Some(_) => Some(function::apply(pool, Relation::Equal.function(), arguments)),
        None if !function.is_builtin() => None,
        None => syntax::breaks(function, arguments, pool)?,
    };
    let Some(condition) = condition else { return Ok(false) };
    Ok(pool.as_number(condition).is_none_or(|holds| !holds.is_zero()))
}

fn is_piecewise(function: FunctionId) -> bool {
    function::is_conditional(function)
}

/// The conditions and branches of `piecewise(c, x, d, y, z)` that count, entry by entry.
fn branches(list: &[FormId], known: &Known<Entry>, pool: &Pool) -> Vec<FormId> {
    let mut found = Vec::new();
    for case in list.chunks(2) {
        found.push(case[0]);
        let [condition, value] = *case else { break };
        let entries = known.get(&condition).map(Grid::entries).unwrap_or_default();
        let holds = |entry: &Entry| pool.as_number(entry.value).map(|n| !n.is_zero());
        let all: Option<Vec<bool>> = entries.iter().map(holds).collect();
        let (some, every) = match &all {
            Some(all) => (all.contains(&true), !all.contains(&false)),
            None => (true, false),
        };
        if some {
            found.push(value);
        }
        if every {
            break;
        }
    }
    found
}

/// Whether a function is a root, whose derivative grows without end at 0.
fn is_root(function: FunctionId) -> bool {
    ["sqrt", "cbrt"].iter().any(|name| function::lookup(name, 1) == Some(function))
}
