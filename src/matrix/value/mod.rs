//! Values of matrix expressions at arrays, exactly: each entry is an expression of the pool.
//!
//! Invariant: a formula is evaluated operation by operation as it was written; what may have no
//! value on the way is handed out with the value.

mod array;
mod compare;
mod drawn;
mod exact;

pub use array::{Array, Placed};
pub(super) use compare::Compared;

use super::components::{Expander, Known};
use super::form::{Elementwise, FormId, Op, Scope};
use super::print;
use super::problem::{Answer, Problem};
use super::shape::{Shape, SizeId};
use super::table::Special;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Pool, Relation};
use crate::syntax;
use exact::Values;
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
        let mut values = Values { pool, doubtful: FxHashSet::default() };
        let placed = &placed.with_sizes_of(&self.scope);
        let grid = self.expander(form, &self.scope, placed).expand(form, &mut values)?;
        let mut doubtful: Vec<ExprId> = values.doubtful.into_iter().collect();
        doubtful.sort_unstable();
        if grid.entries().contains(&Pool::UNDEFINED) {
            return Err(exact::undefined("the value"));
        }
        let sizes = match self.forms.shape(form) {
            shape if shape.is_scalar() => Vec::new(),
            Shape { cols: SizeId::ONE, .. } => vec![grid.rows],
            _ => vec![grid.rows, grid.cols],
        };
        let array = Array { sizes, entries: grid.entries().to_vec() };
        Ok(Value { array, doubtful })
    }

    /// Where functions in what is differentiated have no derivative at arrays.
    ///
    /// # Errors
    /// As [`Problem::value`].
    pub fn kink(
        &mut self,
        wrt: &[String],
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
        let mut values = Values { pool, doubtful: FxHashSet::default() };
        let expander = self.expander(self.main, &self.scope, placed);
        let known = expander.all(self.main, &mut values)?;
        let pool = values.pool;
        let depends = self.depending(&targets);
        let mut order: Vec<&FormId> = known.keys().collect();
        order.sort_unstable();
        for id in order.into_iter().filter(|id| depends.contains(id)) {
            if let Some(kink) = self.kink_of(*id, &known, pool)? {
                return Ok(Some(kink));
            }
        }
        Ok(None)
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
        known: &Known<ExprId>,
        pool: &mut Pool,
    ) -> Result<Option<Kink>> {
        let (function, list) = match self.forms.op(id) {
            Op::Apply(Elementwise::Table(root), list) if is_root(*root) => {
                (FunctionId::ABS, list.clone())
            }
            Op::Apply(Elementwise::Table(function), list) => (*function, list.clone()),
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
                true => known[id].at(0, 0),
                false => known[id].at(i, j),
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

/// Whether a function is a root, whose derivative grows without end at 0.
fn is_root(function: FunctionId) -> bool {
    ["sqrt", "cbrt"].iter().any(|name| function::lookup(name, 1) == Some(function))
}
