//! From an expression to its series: every node once, operands first.

use super::application::Call;
use super::beside;
use super::coefficient::Coefficient;
use super::graded::{Part, Series};
use super::value::Value;
use crate::error::{Error, ErrorKind};
use crate::evaluate::{Range, Tape, digits, values};
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, Relation};
use crate::print::{self, Notation};
use crate::simplify::Simplifier;
use crate::syntax;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The most multiplications of coefficients.
pub const MAX_WORK: u64 = 20_000_000;
/// What a step of the pool counts for, in multiplications of coefficients.
const POOL: u64 = 4;
/// The most terms of the part of one degree.
pub(super) const MAX_TERMS: usize = 200_000;
/// How deep functions are expanded by their derivatives, each by that of the one before.
pub(super) const MAX_DEPTH: usize = 264;
/// Coefficients above this cost are simplified at once, so that none grows without need.
const SHORT: u32 = 12;
/// The greatest exponent of a denominator that vanishes at the point.
const MAX_POLE: u64 = 64;

/// Why there is no series.
#[derive(Debug)]
pub(super) enum Stop {
    /// There is none, or it takes too long.
    Error(Error),
    /// A division needs higher orders of its operands.
    Short,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<ErrorKind> for Stop {
    fn from(kind: ErrorKind) -> Self {
        Self::Error(kind.into())
    }
}

/// The result of a step.
pub(super) type Outcome<T> = Result<T, Stop>;

/// The variables of a series and the point around which they are expanded.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    pub(super) variables: SmallVec<[(ExprId, ExprId); 4]>,
}

/// Expands expressions of one pool.
pub(super) struct Expander<'a> {
    pub(super) pool: &'a mut Pool,
    pub(super) simplifier: &'a mut Simplifier,
    /// The series of functions around a value, by the application to value and letters.
    pub(super) functions: FxHashMap<ExprId, Series>,
    /// The orders to which functions are being expanded.
    pub(super) pending: FxHashMap<ExprId, usize>,
    pub(super) work: u64,
    /// The work of the pool that is counted in it.
    counted: u64,
    /// How many functions wait for the series of their derivatives.
    pub(super) depth: usize,
    /// Whether a function was met that is another one further away, as `abs(x)` is.
    pub(super) only_nearby: bool,
    /// Whether the variable, of which there is one, is greater than its value: then `abs(x)` is
    /// `x` beside 0, and `sqrt(x^4)` is `x^2`.
    pub(super) from_right: bool,
    /// Whether a root or a logarithm was met that has no value beside the point, where the
    /// function ends.
    pub(super) is_outside: bool,
}

impl<'a> Expander<'a> {
    pub(super) fn new(pool: &'a mut Pool, simplifier: &'a mut Simplifier) -> Self {
        let (functions, pending) = (FxHashMap::default(), FxHashMap::default());
        let counted = pool.work();
        Self {
            counted,
            pool,
            simplifier,
            functions,
            pending,
            work: 0,
            depth: 0,
            only_nearby: false,
            from_right: false,
            is_outside: false,
        }
    }

    /// Counts work, and what was done in the pool since: coefficients that are no numbers are
    /// put together and simplified there.
    pub(super) fn pay(&mut self, work: u64) -> Outcome<()> {
        self.work += work + POOL * (self.pool.work() - self.counted);
        self.counted = self.pool.work();
        if self.work > MAX_WORK {
            let what = "the series";
            return Err(ErrorKind::TooMuchWork { what, limit: MAX_WORK }.into());
        }
        match self.pool.failure() {
            // The caller asks the pool which limit it was.
            Some(_) => {
                Err(ErrorKind::TooMuchWork { what: "the series", limit: MAX_WORK }.into())
            }
            None => Ok(()),
        }
    }

    /// A constant in its shortest form.
    pub(super) fn settled(&mut self, id: ExprId) -> Coefficient {
        let simple = self.simplifier.simplify(self.pool, id);
        Coefficient::of(self.pool, simple)
    }

    /// A part with its long coefficients simplified and without those that vanish.
    pub(super) fn short(&mut self, mut part: Part) -> Part {
        for (_, value) in &mut part {
            if let Coefficient::Expression(id) = *value
                && self.pool.cost(id) > SHORT
            {
                *value = self.settled(id);
            }
        }
        part.retain(|(_, value)| !value.is_plain_zero());
        part
    }

    /// Whether a coefficient is zero. A constant that many digits cannot tell from zero is.
    pub(super) fn is_zero(&mut self, value: &Coefficient) -> Outcome<bool> {
        let Coefficient::Expression(id) = *value else {
            return Ok(value.is_plain_zero());
        };
        let id = match self.settled(id) {
            Coefficient::Number(n) => return Ok(n.is_zero()),
            Coefficient::Expression(id) => id,
        };
        if !self.pool.is_constant(id) || super::has_abstract(self.pool, id) {
            return Ok(false);
        }
        let range = Range::of(self.pool, id);
        if range.low > 0.0 || range.high < 0.0 {
            return Ok(false);
        }
        match digits::vanishes(self.pool, id, syntax::in_normal_form).ok().flatten() {
            Some(zero) => Ok(zero),
            None if self.is_far_from_zero(id) => Ok(false),
            None => {
                let text = print::write(self.pool, id, Notation::Text)?;
                let what = format!("whether {text} is zero cannot be decided");
                Err(ErrorKind::Unsupported(what).into())
            }
        }
    }

    /// Whether a constant is not near 0 in doubles. The number before a term says nothing, and
    /// terms that cancel leave little.
    fn is_far_from_zero(&self, id: ExprId) -> bool {
        let (_, rest) = self.pool.coefficient(id);
        let terms = self.pool.terms(&rest);
        let sizes = terms.iter().map(|term| float(self.pool, *term).abs());
        let size = if terms.len() > 1 { sizes.sum() } else { 1.0 };
        float(self.pool, rest).abs() > 1e-9 * size
    }

    /// Whether a part vanishes.
    pub(super) fn vanishes(&mut self, part: &Part) -> Outcome<bool> {
        for (_, value) in part {
            if !self.is_zero(value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The degree of the first part that does not vanish; `None` when none is known.
    pub(super) fn valuation(&mut self, series: &Series) -> Outcome<Option<usize>> {
        for (degree, part) in series.parts.iter().enumerate() {
            if !self.vanishes(part)? {
                return Ok(Some(degree));
            }
        }
        Ok(None)
    }

    /// The value at the point, with a value that is zero replaced by 0.
    pub(super) fn value_of(&mut self, series: &mut Series) -> Outcome<Coefficient> {
        let value = series.value();
        if !value.is_plain_zero() && self.is_zero(&value)? {
            series.parts[0].clear();
        }
        Ok(series.value())
    }

    /// The series of an expression.
    pub(super) fn expand(
        &mut self,
        of: ExprId,
        frame: &Frame,
        order: usize,
    ) -> Outcome<Value> {
        let ids = {
            let pool = &*self.pool;
            let depends =
                |id: ExprId| frame.variables.iter().any(|v| pool.may_depend(id, v.0));
            pool.reachable_where(&[of], depends)
        };
        if ids.is_empty() {
            let value = self.settled(of);
            return Ok(Value::plain(Series::constant(value, order)));
        }
        let mut known: Vec<Value> = Vec::with_capacity(ids.len());
        for id in &ids {
            let value = {
                let get = |expander: &mut Self, child: ExprId| match ids
                    .binary_search(&child)
                {
                    Ok(place) => known[place].clone(),
                    Err(_) => {
                        let value = Coefficient::of(expander.pool, child);
                        Value::plain(Series::constant(value, order))
                    }
                };
                self.node(*id, frame, order, get)?
            };
            known.push(value);
        }
        known.pop().ok_or(Stop::Short)
    }

    fn node(
        &mut self,
        id: ExprId,
        frame: &Frame,
        order: usize,
        get: impl Fn(&mut Self, ExprId) -> Value,
    ) -> Outcome<Value> {
        match self.pool.node(id) {
            Node::Symbol(_) => {
                let place = frame.variables.iter().position(|(symbol, _)| *symbol == id);
                Ok(Value::plain(match place {
                    Some(place) => {
                        let at = frame.variables[place].1;
                        let value = Coefficient::of(self.pool, at);
                        Series::variable(value, place as u32, order)
                    }
                    None => Series::constant(Coefficient::Expression(id), order),
                }))
            }
            Node::Sum(list) => {
                let terms = self.pool.list(list).to_vec();
                let values: Vec<Value> =
                    terms.iter().map(|term| get(self, *term)).collect();
                self.add(values)
            }
            Node::Multiple(n, rest) => {
                let n = Coefficient::Number(self.pool.number_at(n).clone());
                let mut value = get(self, rest);
                value.top = self.scaled(&value.top, &n);
                Ok(value)
            }
            Node::Product(list) => {
                let factors = self.pool.list(list).to_vec();
                let mut product = get(self, factors[0]);
                for factor in &factors[1..] {
                    let other = get(self, *factor);
                    product = self.multiply(product, other)?;
                }
                Ok(product)
            }
            Node::Power(base, exponent) => {
                let (b, e) = (get(self, base), get(self, exponent));
                self.raise(id, (base, b), (exponent, e))
            }
            Node::Apply(function, list) => {
                let arguments = self.pool.list(list).to_vec();
                let values: Vec<Value> =
                    arguments.iter().map(|argument| get(self, *argument)).collect();
                if let Some(relation) = Relation::of(function) {
                    return self.relate(relation, values, order);
                }
                let call = Call { id, function, arguments: &arguments };
                self.function(call, values, frame, order)
            }
            _ => {
                let value = Coefficient::of(self.pool, id);
                Ok(Value::plain(Series::constant(value, order)))
            }
        }
    }

    fn raise(
        &mut self,
        id: ExprId,
        (base, mut b): (ExprId, Value),
        (exponent, mut e): (ExprId, Value),
    ) -> Outcome<Value> {
        let fixed = e.bottom.is_none() && e.top.is_constant();
        // An exponent may be a constant on this side only: `relu(x)` on the left of 0.
        let exponent = if fixed { e.top.value().id(self.pool) } else { exponent };
        let whole = self.pool.as_number(exponent).filter(|_| fixed);
        if let Some(n) = whole.and_then(Number::to_i64) {
            return self.raise_whole(b, n);
        }
        if self.from_right && e.bottom.is_some() && self.dies_out(&b, &e)? {
            return Ok(Value::plain(beside::nothing(e.top.order())));
        }
        self.must_be_plain(&b, base)?;
        let at = self.value_of(&mut b.top)?;
        if e.bottom.is_some() && !at.is_plain_zero() {
            // `(1 + x)^(1/x)`: the logarithm of what comes near 1 divides the pole out.
            let log = self.logarithm(&b.top)?;
            let rate = self.multiply(e, Value::plain(log))?;
            self.must_be_plain(&rate, exponent)?;
            let first = rate.top.value().id(self.pool);
            let first = self.pool.power(Pool::E, first);
            let first = self.settled(first);
            return self.exponential(&rate.top, first).map(Value::plain);
        }
        self.must_be_plain(&e, exponent)?;
        if at.is_plain_zero() {
            if let Some(n) = self.pool.as_number(exponent).cloned()
                && fixed
                && self.from_right
            {
                return self.root_beside(id, (base, &b.top), (exponent, &n));
            }
            if self.from_right && !fixed && self.sign_beside(&b.top)? < 0 {
                return Err(self.outside(id));
            }
            return Err(self.not_analytic(id, &[base], &[Pool::ZERO]));
        }
        let value = at.id(self.pool);
        if self.pool.is_constant(value) && float(self.pool, value) < 0.0 {
            return Err(self.outside(id));
        }
        if fixed {
            return self.power(&b.top, exponent).map(Value::plain);
        }
        let log = match b.top.is_constant() {
            // Logarithms of constants only: no need for a series.
            true => {
                let log = crate::function::apply(self.pool, FunctionId::LN, &[value]);
                let log = Coefficient::of(self.pool, log);
                Series::constant(log, b.top.order())
            }
            false => self.logarithm(&b.top)?,
        };
        let w = self.product(&e.top, &log)?;
        let first = {
            let exponent = self.value_of(&mut e.top)?.id(self.pool);
            let power = self.pool.power(value, exponent);
            self.settled(power)
        };
        self.exponential(&w, first).map(Value::plain)
    }

    fn raise_whole(&mut self, mut base: Value, n: i64) -> Outcome<Value> {
        let size = n.unsigned_abs();
        if n < 0 {
            if let Some(bottom) = base.bottom.take() {
                let turned = Value { top: bottom, bottom: Some(base.top) };
                let turned = self.reduce(turned)?;
                return self.raise_whole(turned, n.wrapping_neg());
            }
            let at = self.value_of(&mut base.top)?;
            if !at.is_plain_zero() {
                let exponent = self.pool.integer(n);
                return self.power(&base.top, exponent).map(Value::plain);
            }
            if size > MAX_POLE {
                let what = "the order of a pole";
                return Err(ErrorKind::OverLimit { what, limit: MAX_POLE }.into());
            }
            let one = Coefficient::Number(Number::ONE);
            let top = Series::constant(one, base.top.order());
            let bottom = self.whole_power(&base.top, size)?;
            return Ok(Value { top, bottom: Some(bottom) });
        }
        if let Some(bottom) = base.bottom.take() {
            if size > MAX_POLE {
                let what = "the order of a pole";
                return Err(ErrorKind::OverLimit { what, limit: MAX_POLE }.into());
            }
            let top = self.whole_power(&base.top, size)?;
            let bottom = self.whole_power(&bottom, size)?;
            return self.reduce(Value { top, bottom: Some(bottom) });
        }
        let short =
            base.top.exact && base.top.degree() as u64 * size <= base.top.order() as u64;
        let at = self.value_of(&mut base.top)?;
        if at.is_plain_zero() || short {
            return self.whole_power(&base.top, size).map(Value::plain);
        }
        let exponent = self.pool.integer(n);
        self.power(&base.top, exponent).map(Value::plain)
    }

    /// What has a pole is no argument.
    pub(super) fn must_be_plain(&mut self, value: &Value, id: ExprId) -> Outcome<()> {
        if value.bottom.is_none() {
            return Ok(());
        }
        let text = print::write(self.pool, id, Notation::Text)?;
        let what = format!(
            "{text} has a pole or no value at the point, so there is no Taylor polynomial"
        );
        Err(ErrorKind::NotAnalytic(what).into())
    }

    /// The error for `id`, whose operands have values at which it has no series.
    pub(super) fn not_analytic(
        &mut self,
        id: ExprId,
        operands: &[ExprId],
        at: &[ExprId],
    ) -> Stop {
        let pool = &*self.pool;
        let write = |id| print::write(pool, id, Notation::Text);
        let place = |(operand, at): (&ExprId, &ExprId)| {
            Ok(format!("{} = {}", write(*operand)?, write(*at)?))
        };
        let places: Result<Vec<String>, Error> =
            operands.iter().zip(at).filter(|(of, at)| of != at).map(place).collect();
        match (write(id), places) {
            (Ok(text), Ok(places)) => {
                let places = places.join(", ");
                let what = format!("{text} has no power series where {places}");
                ErrorKind::NotAnalytic(what).into()
            }
            (Err(error), _) | (_, Err(error)) => error.into(),
        }
    }

    /// The error for what has no real value around the point, or on this side of it.
    pub(super) fn outside(&mut self, id: ExprId) -> Stop {
        self.is_outside = true;
        self.undefined(id)
    }

    /// The error for what has no real value at the point.
    pub(super) fn undefined(&mut self, id: ExprId) -> Stop {
        match print::write(self.pool, id, Notation::Text) {
            Ok(text) => ErrorKind::Undefined(format!("{text} at the point")).into(),
            Err(error) => error.into(),
        }
    }
}

/// The value of a constant; NaN when it has none or contains symbols.
pub(super) fn float(pool: &Pool, id: ExprId) -> f64 {
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, &[id]);
    if !tape.variables.is_empty() {
        return f64::NAN;
    }
    values(&tape, &[])[slots[0] as usize]
}
