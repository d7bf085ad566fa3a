//! Series of functions, by the derivatives that the function table has.
//!
//! Around a value, `y = f(u_0 + s)` has `k*y_k = s*(f')_(k-1)`, and `f'` is a formula whose
//! series is needed to one order less. So tangents, error functions and Bessel functions are
//! expanded by the same lines: what a formula needs of the function itself is known already.

use super::coefficient::Coefficient;
use super::expander::{Expander, Frame, MAX_DEPTH, Outcome, Stop, float};
use super::graded::{Monomial, Part, Series, Totals, times};
use super::value::Value;
use crate::calculus;
use crate::error::ErrorKind;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Number, Pool};
use crate::syntax;

/// What the names of letters begin with, which no name that is typed does.
const LETTER: char = '\u{1}';

/// What an argument of a function counts for, whose value is looked at, in work of the pool.
const ARGUMENT: u64 = 20;

/// An application.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) id: ExprId,
    pub(super) function: FunctionId,
    pub(super) arguments: &'a [ExprId],
}

impl Expander<'_> {
    /// The series of an application to arguments with their series.
    pub(super) fn function(
        &mut self,
        call: Call<'_>,
        mut values: Vec<Value>,
        frame: &Frame,
        order: usize,
    ) -> Outcome<Value> {
        let Call { id, function, arguments } = call;
        self.pool.spend(ARGUMENT * arguments.len() as u64);
        if function::is_conditional(function) {
            return self.branch(values, order);
        }
        if self.from_right
            && values[0].bottom.is_some()
            && let Some(formula) = self.taken_from_far(function, arguments[0])
        {
            return self.expand(formula, frame, order);
        }
        for (value, argument) in values.iter().zip(arguments) {
            self.must_be_plain(value, *argument)?;
        }
        if let Some(first) = self.pool.as_number(arguments[0])
            && function.is_builtin()
        {
            let first = first.to_string();
            if let Some(formula) =
                syntax::reduction(function, &first, arguments, self.pool)?
            {
                return self.expand(formula, frame, order);
            }
        }
        let order = values.iter().map(|v| v.top.order()).min().unwrap_or(order);
        let mut at: Vec<ExprId> = Vec::with_capacity(values.len());
        for value in &mut values {
            let coefficient = self.value_of(&mut value.top)?;
            at.push(coefficient.id(self.pool));
        }
        if self.breaks_at(function, &at)? || self.is_on_cut(function, &at) {
            return match self.from_right {
                true => self.bent(call, &values, &at, frame, order),
                false => Err(self.not_analytic(id, arguments, &at)),
            };
        }
        if function == FunctionId::LN {
            if at[0] == Pool::ZERO {
                if self.from_right && self.sign_beside(&values[0].top)? <= 0 {
                    return Err(self.outside(id));
                }
                return Err(self.not_analytic(id, arguments, &at));
            }
            if self.pool.is_constant(at[0]) && float(self.pool, at[0]) < 0.0 {
                return Err(self.outside(id));
            }
            return self.logarithm(&values[0].top).map(Value::plain);
        }
        if let Some(formula) = self.without_pole(function, arguments[0], at[0]) {
            return self.expand(formula, frame, order);
        }
        if self.from_right
            && let Some(formula) = self.at_its_end(function, arguments[0], at[0])
        {
            return self.expand(formula, frame, order);
        }
        if function.is_builtin() && self.value_at(function, &at).is_none() {
            // `cot(x) - 1/x` has a series at 0, though neither term has one.
            return match syntax::normal(function, arguments, self.pool)? {
                Some(formula) => self.expand(formula, frame, order),
                None => Err(self.undefined(id)),
            };
        }
        match self.around(call, &values, &at, order) {
            Err(Stop::Error(error)) if self.from_right && !error.kind.is_limit() => {
                // `hypot(u, v)` at 0 is a root of a sum of squares.
                match syntax::normal(function, arguments, self.pool) {
                    Ok(Some(formula)) => self.expand(formula, frame, order),
                    _ => Err(Stop::Error(error)),
                }
            }
            found => found,
        }
    }

    /// The series of an application around the values of its arguments.
    pub(super) fn around(
        &mut self,
        call: Call<'_>,
        values: &[Value],
        at: &[ExprId],
        order: usize,
    ) -> Outcome<Value> {
        let Call { id, function, arguments } = call;
        let mut letters = Frame::default();
        let mut inner: Vec<Series> = Vec::new();
        let mut shifted = at.to_vec();
        for (place, value) in values.iter().enumerate() {
            if !value.top.is_constant() {
                let letter = self.pool.symbol(&letter(inner.len()));
                letters.variables.push((letter, Pool::ZERO));
                shifted[place] = self.pool.sum(&[at[place], letter]);
                inner.push(value.top.without_value());
            }
        }
        let local = self.local(function, &shifted, at, &letters, order);
        let local = local.map_err(|stop| match stop {
            Stop::Error(error) => match error.kind {
                ErrorKind::Undefined(_) if self.value_at(function, at).is_none() => {
                    self.undefined(id)
                }
                // The formula of the derivative has a pole or no value at the point.
                ErrorKind::NotAnalytic(_) | ErrorKind::Undefined(_) => {
                    self.not_analytic(id, arguments, at)
                }
                // What is about letters says nothing to anybody.
                ErrorKind::Unsupported(what) if what.contains(LETTER) => {
                    let what = "the series of a function at this value is not known";
                    ErrorKind::Unsupported(what.to_owned()).into()
                }
                _ => Stop::Error(error),
            },
            other => other,
        })?;
        self.compose(&local, &inner).map(Value::plain)
    }

    /// The series of a function around its arguments, in letters.
    fn local(
        &mut self,
        function: FunctionId,
        shifted: &[ExprId],
        at: &[ExprId],
        frame: &Frame,
        order: usize,
    ) -> Outcome<Series> {
        let key = function::apply(self.pool, function, shifted);
        if let Some(known) = self.functions.get(&key)
            && known.order() >= order
        {
            return Ok(known.clone().cut(order));
        }
        if self.pending.get(&key).is_some_and(|pending| *pending <= order) {
            let name = match function.is_builtin() {
                true => function::spec(function).name.to_owned(),
                false => "the function".to_owned(),
            };
            let what = format!("the series of `{name}` at this value is not known");
            return Err(ErrorKind::Unsupported(what).into());
        }
        let Some(value) = self.value_at(function, at) else {
            return Err(self.undefined(key));
        };
        let mut parts: Vec<Part> = Series::constant(value, 0).parts;
        let mut exact = true;
        if order > 0 {
            if self.depth >= MAX_DEPTH {
                // Each derivative of `polylog(-5, x)` calls for another function.
                let what = "a derivative that calls for further functions";
                let limit = MAX_DEPTH as u64;
                return Err(ErrorKind::TooMuchWork { what, limit }.into());
            }
            let before = self.pending.insert(key, order);
            self.depth += 1;
            // A letter may be less than 0.
            let beside = std::mem::take(&mut self.from_right);
            let found = self.slopes(function, shifted, frame, order - 1);
            self.from_right = beside;
            self.depth -= 1;
            match before {
                Some(before) => self.pending.insert(key, before),
                None => self.pending.remove(&key),
            };
            let slopes = found?;
            exact = slopes.iter().all(|slope| slope.exact);
            for k in 1..=order {
                let mut totals = Totals::default();
                let weight = Number::ratio(1, k as i64).unwrap_or(Number::ONE);
                for (place, slope) in slopes.iter().enumerate() {
                    let letter = [(place as u32, 1)].into_iter().collect();
                    let raised: Part = slope.parts[k - 1]
                        .iter()
                        .map(|(monomial, x)| (times(monomial, &letter), x.clone()))
                        .collect();
                    totals.add(&weight, &raised);
                }
                let part = self.finish(totals)?;
                let part = self.settled_part(part);
                parts.push(part);
            }
        }
        let series = Series { parts, exact: exact && order > 0 };
        self.functions.insert(key, series.clone());
        Ok(series)
    }

    /// The value of a function at constants in its shortest form; `None` when it has none.
    fn value_at(&mut self, function: FunctionId, at: &[ExprId]) -> Option<Coefficient> {
        let id = function::apply(self.pool, function, at);
        let value = self.settled(id);
        let id = value.id(self.pool);
        if !function.is_builtin() || !self.pool.is_constant(id) {
            return Some(value);
        }
        let row = function::spec(function);
        let numeric = !matches!(row.value, function::spec::Value::None);
        if id == Pool::UNDEFINED || numeric && float(self.pool, id).is_nan() {
            return None;
        }
        // `tanh(ln(2))` is 3/5, which shows in exponentials.
        if row.normal.is_some()
            && let Ok(Some(formula)) = syntax::normal(function, at, self.pool)
        {
            let other = self.settled(formula);
            let shorter = other.id(self.pool);
            let number = matches!(other, Coefficient::Number(_));
            if number || self.pool.cost(shorter) < self.pool.cost(id) {
                return Some(other);
            }
        }
        Some(value)
    }

    /// The series of the partial derivatives in the arguments with letters.
    fn slopes(
        &mut self,
        function: FunctionId,
        shifted: &[ExprId],
        frame: &Frame,
        order: usize,
    ) -> Outcome<Vec<Series>> {
        let mut slopes = Vec::with_capacity(frame.variables.len());
        for (place, argument) in shifted.iter().enumerate() {
            let all: Vec<ExprId> = frame.variables.iter().map(|v| v.0).collect();
            if !all.iter().any(|letter| depends(self.pool, *argument, *letter)) {
                continue;
            }
            let formula = calculus::partial(self.pool, function, place, shifted)?;
            // A formula such as `sin(u)/u` loses an order where it is divided out.
            let mut more = 0;
            let slope = loop {
                match self.expand(formula, frame, order + more) {
                    Ok(value) if value.bottom.is_some() => {
                        let what = "a slope has a pole".to_owned();
                        return Err(ErrorKind::NotAnalytic(what).into());
                    }
                    Ok(value) if value.top.order() >= order => break value.top,
                    Ok(_) | Err(Stop::Short) if more < 8 => more = 2 * more + 1,
                    Ok(_) => return Err(Stop::Short),
                    Err(stop) => return Err(stop),
                }
            };
            slopes.push(slope.cut(order));
        }
        Ok(slopes)
    }

    fn settled_part(&mut self, mut part: Part) -> Part {
        for (_, value) in &mut part {
            if let Coefficient::Expression(id) = *value {
                *value = self.settled(id);
            }
        }
        part.retain(|(_, value)| !value.is_plain_zero());
        part
    }

    /// A series in letters with series without constant terms for them.
    fn compose(&mut self, outer: &Series, inner: &[Series]) -> Outcome<Series> {
        let Some(order) = inner.iter().map(Series::order).min() else {
            return Ok(outer.clone());
        };
        let order = order.min(outer.order());
        if let Some(renamed) = self.renamed(outer, inner, order) {
            return Ok(renamed);
        }
        // The powers of each series, as many as are needed.
        let mut powers: Vec<Vec<Series>> = Vec::with_capacity(inner.len());
        for series in inner {
            let one = Coefficient::Number(Number::ONE);
            powers.push(vec![Series::constant(one, order), series.clone().cut(order)]);
        }
        let mut totals: Vec<Totals> = (0..=order).map(|_| Totals::default()).collect();
        let mut exact = outer.exact && inner.iter().all(|series| series.exact);
        for part in &outer.parts[..=order] {
            for (monomial, coefficient) in part {
                let mut product: Option<Series> = None;
                for (place, exponent) in monomial {
                    let list = &mut powers[*place as usize];
                    while list.len() <= *exponent as usize {
                        let next = {
                            let last = &list[list.len() - 1];
                            self.product(last, &list[1])?
                        };
                        list.push(next);
                    }
                    let power = &powers[*place as usize][*exponent as usize];
                    product = Some(match product {
                        None => power.clone(),
                        Some(product) => self.product(&product, power)?,
                    });
                }
                let product = product.unwrap_or_else(|| {
                    Series::constant(Coefficient::Number(Number::ONE), order)
                });
                exact &= product.exact;
                let factor: Part = vec![(Default::default(), coefficient.clone())];
                for (degree, part) in product.parts.iter().enumerate() {
                    totals[degree].add_product(self.pool, &Number::ONE, &factor, part);
                }
            }
        }
        let mut parts = Vec::with_capacity(order + 1);
        for totals in totals {
            let part = self.finish(totals)?;
            parts.push(self.short(part));
        }
        Ok(Series { parts, exact })
    }

    /// The composition when each inner series is a multiple of a variable.
    fn renamed(
        &mut self,
        outer: &Series,
        inner: &[Series],
        order: usize,
    ) -> Option<Series> {
        let mut lines = Vec::with_capacity(inner.len());
        for series in inner {
            let [(monomial, value)] = &series.parts.get(1)?[..] else { return None };
            if !series.exact || series.degree() != 1 {
                return None;
            }
            let mut powers = vec![Coefficient::Number(Number::ONE)];
            for k in 0..order {
                powers.push(powers[k].times(value, self.pool));
            }
            lines.push((monomial.clone(), powers));
        }
        let mut parts = Vec::with_capacity(order + 1);
        for part in &outer.parts[..=order] {
            let mut totals = Totals::default();
            for (letters, coefficient) in part {
                let mut term = (Monomial::new(), coefficient.clone());
                for (place, exponent) in letters {
                    let (monomial, powers) = &lines[*place as usize];
                    for _ in 0..*exponent {
                        term.0 = times(&term.0, monomial);
                    }
                    term.1 = term.1.times(&powers[*exponent as usize], self.pool);
                }
                totals.add(&Number::ONE, &vec![term]);
            }
            self.work += totals.work;
            parts.push(totals.finish(self.pool));
        }
        Some(Series { parts, exact: outer.exact && outer.degree() <= order })
    }

    /// The branch of a case distinction that holds around the point.
    fn branch(&mut self, mut values: Vec<Value>, order: usize) -> Outcome<Value> {
        self.only_nearby = true;
        let last = values.len().saturating_sub(1);
        let mut place = 0;
        while place < last {
            let holds = values[place].top.value();
            if holds == Coefficient::Number(Number::ONE) {
                return Ok(values.swap_remove(place + 1));
            }
            if holds != Coefficient::Number(Number::ZERO) {
                let what = "a series by cases that depend on a parameter".to_owned();
                return Err(Stop::Error(ErrorKind::Unsupported(what).into()));
            }
            place += 2;
        }
        match place == last {
            true => Ok(values.swap_remove(last)),
            false => {
                let undefined = Coefficient::Expression(Pool::UNDEFINED);
                Ok(Value::plain(Series::constant(undefined, order)))
            }
        }
    }

    /// Whether constants are where a function jumps though its derivatives go on: the half line
    /// on which angles begin anew.
    fn is_on_cut(&self, function: FunctionId, at: &[ExprId]) -> bool {
        let is_angle = function::spec(function).name == "atan2";
        is_angle && at[0] == Pool::ZERO && float(self.pool, at[1]) < 0.0
    }

    /// Whether a function is defined but has no derivative at constants.
    fn breaks_at(&mut self, function: FunctionId, at: &[ExprId]) -> Outcome<bool> {
        if function::spec(function).breaks.is_empty() {
            return Ok(false);
        }
        self.only_nearby = true;
        let Some(condition) = syntax::breaks(function, at, self.pool)? else {
            return Ok(false);
        };
        let condition = self.simplifier.simplify(self.pool, condition);
        Ok(match self.pool.as_number(condition) {
            Some(truth) => !truth.is_zero(),
            None => float(self.pool, condition) == 1.0,
        })
    }
}

/// The name of the variable for an argument: one that cannot be typed.
fn letter(place: usize) -> String {
    format!("{LETTER}{place}")
}

fn depends(pool: &Pool, id: ExprId, letter: ExprId) -> bool {
    pool.may_depend(id, letter)
        && pool
            .symbols_of(&[id])
            .iter()
            .any(|symbol| Some(pool.name(*symbol)) == pool.symbol_name(letter))
}
