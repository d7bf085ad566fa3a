//! Derivations of Taylor polynomials: the table of derivatives at the point, or a known series
//! with what is put into it.

use crate::error::{ErrorKind, Result};
use crate::kernel::{ExprId, FunctionId, Node, Pool};
use crate::print::{self, Notation};
use crate::series;
use crate::session::engine::{Engine, Form, Formula};
use crate::session::point::breaks;
use crate::session::point::eval::Point;
use crate::session::taylor::TaylorPolynomial;
use crate::session::told::Told;
use crate::steps::{Derivation, Detail, Line, Math, Reason};

/// The most derivatives of a table.
const MAX_TABLE: usize = 13;
/// How far a value of the table may be from the coefficient times its factorials.
const TOLERANCE: f64 = 1e-9;
/// The name of what is put into a known series.
const INNER: [&str; 4] = ["u", "v", "w", "p"];

/// A Taylor polynomial that is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Expanded<'a> {
    /// The function.
    pub formula: &'a Formula,
    /// Which component of it.
    pub component: usize,
    /// The point that was asked for.
    pub at: &'a Point,
    /// The polynomial.
    pub polynomial: &'a TaylorPolynomial,
    /// How much is told.
    pub detail: Detail,
}

impl Engine {
    /// The lines before a Taylor polynomial, and why it follows from them.
    ///
    /// # Errors
    /// A limit, or a derivative that does not agree with the polynomial.
    pub fn taylor_derivation(
        &mut self,
        told: Expanded<'_>,
    ) -> Result<(Derivation, Reason)> {
        if let Some((line, put)) = self.known_series(&told)? {
            return Ok((Derivation { lines: line.into_iter().collect() }, put));
        }
        let lines = self.table(&told)?;
        if lines.is_none()
            && let Some((line, reason)) = self.moved_series(&told)?
        {
            return Ok((Derivation { lines: vec![line] }, reason));
        }
        let id = if lines.is_some() { "taylor_table" } else { "taylor_arithmetic" };
        let lines = lines.unwrap_or_default();
        Ok((Derivation { lines }, Reason::new(id)))
    }

    /// The derivatives with their values at the point; `None` where there are too many.
    fn table(&mut self, told: &Expanded<'_>) -> Result<Option<Vec<Line>>> {
        let Expanded { formula, component, at, polynomial, detail } = *told;
        let wrt = &polynomial.variables;
        let exponents = exponents(wrt.len(), polynomial.order as usize);
        let Some(exponents) = exponents else { return Ok(None) };
        let mut point: Point = at.clone();
        for (name, value) in wrt.iter().zip(&polynomial.point) {
            if !point.iter().any(|(known, _)| known == name) {
                point.push((
                    name.clone(),
                    print::write(&self.pool, *value, Notation::Text)?,
                ));
            }
        }
        let is_partial = wrt.len() > 1 || self.variables(&formula.roots).len() > 1;
        let mut known: Vec<(Vec<u32>, ExprId)> = Vec::new();
        let mut lines = Vec::new();
        for row in exponents {
            let names: Vec<String> = wrt
                .iter()
                .zip(&row)
                .flat_map(|(name, n)| vec![name.clone(); *n as usize])
                .collect();
            let of = match row.iter().rposition(|n| *n > 0) {
                None => formula.roots[component],
                Some(last) => {
                    let mut before = row.clone();
                    before[last] -= 1;
                    let found = known.iter().find(|(known, _)| *known == before);
                    let Some((_, before)) = found else { return Ok(None) };
                    self.derivative(*before, &wrt[last], Form::Auto, &mut ())?
                }
            };
            if of == Pool::ZERO && wrt.len() == 1 && !lines.is_empty() {
                break;
            }
            known.push((row.clone(), of));
            let Ok(value) = self.at_point(&[of], &point) else { return Ok(None) };
            let value = self.simplify(value[0])?;
            if !self.is_coefficient(polynomial, &row, value)? {
                // The formula of a derivative need not hold where functions break.
                if self.breaks_at(of, wrt, &point)? {
                    return Ok(None);
                }
                return Err(ErrorKind::SelfCheck {
                    of: print::write(&self.pool, value, Notation::Text)?,
                    variable: polynomial.variables[0].clone(),
                    point: String::new(),
                }
                .into());
            }
            let about = Told {
                formula,
                component,
                wrt: &names,
                answer: of,
                is_partial,
                detail,
                shown: 0,
            };
            let label =
                print::try_both(|notation| Ok(about.label(names.len(), notation)))?;
            let called = print::try_both(|notation| {
                let values: Result<Vec<String>> = polynomial
                    .point
                    .iter()
                    .map(|id| print::write(&self.pool, *id, notation))
                    .collect();
                let values = values?.join(", ");
                let label = about.label(names.len(), notation);
                let own = wrt.first().map_or("", String::as_str);
                let own = print::name(own, notation);
                Ok(match is_partial {
                    false => {
                        label.replacen(&format!("({own})"), &format!("({values})"), 1)
                    }
                    true => format!("{label}({values})"),
                })
            })?;
            let written = print::write_both(&self.pool, of)?;
            let value = print::write_both(&self.pool, value)?;
            let reason =
                Reason::new("equation").with("equation", Math::equation(&called, &value));
            lines.push(Line {
                label,
                values: vec![written],
                reasons: vec![reason],
                rules: 1,
                ..Line::default()
            });
        }
        Ok(Some(lines))
    }

    /// Whether a derivative at the point is the coefficient of the polynomial, as far as doubles
    /// tell.
    fn is_coefficient(
        &mut self,
        polynomial: &TaylorPolynomial,
        row: &[u32],
        value: ExprId,
    ) -> Result<bool> {
        let factorials: i64 =
            row.iter().map(|n| (1..=i64::from(*n)).product::<i64>()).product();
        let coefficient = polynomial.coefficient(row);
        if value == Pool::ZERO && coefficient == Pool::ZERO {
            return Ok(true);
        }
        let number = self.pool.integer(factorials);
        let expected = self.pool.product(&[number, coefficient]);
        let difference = self.pool.difference(value, expected);
        let difference = self.simplify(difference)?;
        if difference == Pool::ZERO || !self.pool.is_constant(difference) {
            return Ok(true);
        }
        let (size, off) = (self.float(expected).abs(), self.float(difference).abs());
        Ok(off <= TOLERANCE * size.max(1.0) || off.is_nan())
    }

    /// Whether a function in an expression has no derivative at a point though it is defined.
    fn breaks_at(&mut self, of: ExprId, wrt: &[String], point: &Point) -> Result<bool> {
        for condition in self.breaks_of(&[of], wrt)? {
            let Some((left, right)) = breaks::sides(&self.pool, condition) else {
                continue;
            };
            let gap = self.pool.difference(left, right);
            let Ok(value) = self.at_point(&[gap], point) else { return Ok(true) };
            if self.simplify(value[0])? == Pool::ZERO {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A function of `c*x^k`, or of a number and that, with the series of the function.
    fn known_series(
        &mut self,
        told: &Expanded<'_>,
    ) -> Result<Option<(Option<Line>, Reason)>> {
        let Expanded { formula, component, polynomial, .. } = *told;
        let root = formula.roots[component];
        let ([name], [Pool::ZERO]) = (&polynomial.variables[..], &polynomial.point[..])
        else {
            return Ok(None);
        };
        let variable = self.pool.symbol(name);
        if self.pool.symbols_of(&[root]).len() != 1 {
            return Ok(None);
        }
        let (function, argument, other) = match self.pool.node(root) {
            Node::Apply(function, list) if self.pool.list(list).len() == 1 => {
                (Some(function), self.pool.list(list)[0], Pool::ONE)
            }
            Node::Power(base, exponent) if self.pool.is_constant(base) => {
                (None, exponent, base)
            }
            Node::Power(base, exponent) if self.pool.is_constant(exponent) => {
                (None, base, exponent)
            }
            _ => return Ok(None),
        };
        let is_exponent =
            matches!(self.pool.node(root), Node::Power(base, _) if base == other);
        let Some((shift, inner, degree)) = self.shifted_monomial(argument, variable)
        else {
            return Ok(None);
        };
        let is_geometric = !is_exponent
            && (shift, other) == (Pool::ONE, Pool::MINUS_ONE)
            && function.is_none();
        let inner = if is_geometric { self.pool.negate(inner) } else { inner };
        if inner == variable {
            let reason = || (None, Reason::new("geometric_series"));
            return Ok(is_geometric.then(reason));
        }
        let free = |name: &&&str| self.pool.find_symbol(name).is_none();
        let Some(letter) = INNER.iter().find(free) else { return Ok(None) };
        let u = self.pool.symbol(letter);
        let own = if is_geometric { self.pool.negate(u) } else { u };
        let argument = self.pool.sum(&[shift, own]);
        let outer = match function {
            Some(function) => self.apply_to(function, argument),
            None if is_exponent => self.pool.power(other, argument),
            None => self.pool.power(argument, other),
        };
        let order = polynomial.order / degree;
        let (pool, simplifier) = self.pool_and_simplifier();
        let expansion =
            series::expand(pool, simplifier, outer, &[(u, Pool::ZERO)], order);
        let Ok(expansion) = expansion else { return Ok(None) };
        let known = self.polynomial(
            &[(*letter).to_owned()],
            &[(u, Pool::ZERO)],
            order,
            expansion,
        );
        let label = print::write_both(&self.pool, outer)?;
        let value = print::try_both(|notation| known.write(&self.pool, notation, true))?;
        let inner = print::write_both(&self.pool, inner)?;
        let name = print::write_both(&self.pool, u)?;
        let put =
            Reason::new("put_value").with("equation", Math::equation(&name, &inner));
        let known_reason = match is_geometric {
            true => Reason::new("geometric_series"),
            false => Reason::new("known_series"),
        };
        let line = Line {
            label,
            values: vec![value],
            reasons: vec![known_reason],
            rules: 1,
            is_equation: true,
            ..Line::default()
        };
        Ok(Some((Some(line), put)))
    }

    /// A power of the variable times a function, at 0: the series of the function, and that it
    /// is multiplied or divided.
    fn moved_series(&mut self, told: &Expanded<'_>) -> Result<Option<(Line, Reason)>> {
        let Expanded { formula, component, polynomial, .. } = *told;
        let root = formula.roots[component];
        let ([name], [Pool::ZERO]) = (&polynomial.variables[..], &polynomial.point[..])
        else {
            return Ok(None);
        };
        let variable = self.pool.symbol(name);
        let of_variable = |pool: &Pool, factor: ExprId| {
            let (base, exponent) = pool.base(factor);
            let n = pool.as_number(exponent)?.to_i64()?;
            (base == variable).then_some(n)
        };
        let (_, rest) = self.pool.coefficient(root);
        let factors = self.pool.factors(&rest).to_vec();
        let moved: Option<i64> =
            factors.iter().find_map(|factor| of_variable(&self.pool, *factor));
        let Some(moved) = moved else { return Ok(None) };
        let order = i64::from(polynomial.order) - moved;
        let Ok(order) = u32::try_from(order) else { return Ok(None) };
        let power = self.pool.integer_power(variable, moved);
        let of = self.pool.quotient(root, power);
        if self.pool.symbols_of(&[of]).len() != 1 {
            return Ok(None);
        }
        let at = [(variable, Pool::ZERO)];
        let (pool, simplifier) = self.pool_and_simplifier();
        let Ok(expansion) = series::expand(pool, simplifier, of, &at, order) else {
            return Ok(None);
        };
        let known = self.polynomial(&polynomial.variables, &at, order, expansion);
        let label = print::write_both(&self.pool, of)?;
        let value = print::try_both(|notation| known.write(&self.pool, notation, true))?;
        let (_, own) = self.pool.coefficient(of);
        let is_known = matches!(self.pool.node(own), Node::Apply(..) | Node::Power(..));
        let reason = match is_known {
            true => Reason::new("known_series"),
            false => Reason::new("taylor_arithmetic"),
        };
        let line = Line {
            label,
            values: vec![value],
            reasons: vec![reason],
            rules: 1,
            is_equation: true,
            ..Line::default()
        };
        let size = self.pool.integer_power(variable, moved.abs());
        let factor = print::write_both(&self.pool, size)?;
        let reason = match moved < 0 {
            true => Reason::new("series_divided"),
            false => Reason::new("series_times"),
        };
        Ok(Some((line, reason.with("factor", factor))))
    }

    fn apply_to(&mut self, function: FunctionId, argument: ExprId) -> ExprId {
        crate::function::apply(&mut self.pool, function, &[argument])
    }

    /// A sum of a number and a number times a power of the variable: the number, the rest and
    /// its degree.
    fn shifted_monomial(
        &mut self,
        id: ExprId,
        variable: ExprId,
    ) -> Option<(ExprId, ExprId, u32)> {
        let mut shift = Pool::ZERO;
        let mut inner = None;
        for term in self.pool.terms(&id).to_vec() {
            match self.pool.is_constant(term) {
                true => shift = self.pool.sum(&[shift, term]),
                false if inner.is_some() => return None,
                false => inner = Some(term),
            }
        }
        let inner = inner?;
        let (_, rest) = self.pool.coefficient(inner);
        let (base, exponent) = self.pool.base(rest);
        let degree = self.pool.as_number(exponent)?.to_i64()?;
        let degree = u32::try_from(degree).ok().filter(|degree| *degree > 0)?;
        (base == variable).then_some((shift, inner, degree))
    }
}

/// The exponents of all derivatives up to an order, low orders first; `None` where there are
/// too many.
fn exponents(variables: usize, order: usize) -> Option<Vec<Vec<u32>>> {
    let mut found = vec![vec![0; variables]];
    let mut last = found.clone();
    for _ in 0..order {
        let mut next: Vec<Vec<u32>> = Vec::new();
        for row in &last {
            let from = row.iter().rposition(|n| *n > 0).unwrap_or(0);
            for place in from..variables {
                let mut row = row.clone();
                row[place] += 1;
                next.push(row);
            }
        }
        found.extend(next.iter().cloned());
        if found.len() > MAX_TABLE {
            return None;
        }
        last = next;
    }
    Some(found)
}
