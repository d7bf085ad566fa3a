//! Divergence, curl, Laplacian, directional derivatives and differentials.

use super::engine::{Engine, Form, Formula, Partial};
use super::point::eval::Point;
use crate::calculus::Coordinates;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::{ExprId, Pool};
use rustc_hash::FxHashSet;

/// No shorter form is looked for of directions that cost more.
const LONG: u32 = 20_000;
/// Directions that are longer together are not simplified either.
const LONG_TOGETHER: u64 = 8_000_000;

/// Expressions, and whether all that they rest on was compared with an independent path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<T> {
    /// What was found.
    pub value: T,
    /// Whether the derivatives agree with dual numbers over what was typed, and the form
    /// with the derivatives.
    pub checked: bool,
}

/// In which direction a derivative is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Direction {
    /// One component for each variable.
    pub components: Vec<ExprId>,
    /// Whether it is taken with length 1.
    pub is_unit: bool,
}

/// The directions of steepest change at a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steepest {
    /// The unit vector of the gradient.
    pub ascent: Vec<ExprId>,
    /// The opposite one.
    pub descent: Vec<ExprId>,
    /// The length of the gradient: the derivative in the direction of steepest ascent.
    pub rate: ExprId,
}

impl Engine {
    /// The divergence of a field with one component for each variable.
    ///
    /// # Errors
    /// Another number of components or variables, and as [`Engine::partials`].
    pub fn divergence(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        coordinates: &Coordinates,
        form: Form,
    ) -> Result<Checked<ExprId>> {
        fits(coordinates, wrt)?;
        field(formula, wrt, &[])?;
        let variables = self.symbols(wrt);
        let checked = self.partials(formula, wrt, 1, Form::Raw)?.checked;
        let raw = coordinates.divergence(&mut self.pool, &formula.roots, &variables)?;
        self.settled(formula, raw, form, checked)
    }

    /// The curl of a field: three components in space, one in the plane.
    ///
    /// # Errors
    /// Another number of components or variables, and as [`Engine::partials`].
    pub fn curl(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        coordinates: &Coordinates,
        form: Form,
    ) -> Result<Checked<Vec<ExprId>>> {
        fits(coordinates, wrt)?;
        field(formula, wrt, &[2, 3])?;
        let variables = self.symbols(wrt);
        let mut checked = self.partials(formula, wrt, 1, Form::Raw)?.checked;
        let mut value = Vec::new();
        for raw in coordinates.curl(&mut self.pool, &formula.roots, &variables)? {
            let found = self.settled(formula, raw, form, checked)?;
            checked = found.checked;
            value.push(found.value);
        }
        Ok(Checked { value, checked })
    }

    /// The Laplacian of every component of a formula.
    ///
    /// # Errors
    /// A number of variables that does not fit the coordinates, and as [`Engine::partials`].
    pub fn laplacian(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        coordinates: &Coordinates,
        form: Form,
    ) -> Result<Checked<Vec<ExprId>>> {
        fits(coordinates, wrt)?;
        if formula.is_vector && coordinates.dimensions().is_some() {
            let what = "the Laplacian of a vector field in curved coordinates";
            return Err(ErrorKind::Unsupported(format!("{what} is not available")).into());
        }
        let variables = self.symbols(wrt);
        let own = if form == Form::Raw { Form::Raw } else { Form::Auto };
        let second = self.partials(formula, wrt, 2, own)?;
        let mut checked = second.checked;
        let mut value = Vec::new();
        for (place, root) in formula.roots.iter().enumerate() {
            let raw = match coordinates.dimensions() {
                Some(_) => coordinates.laplacian(&mut self.pool, *root, &variables)?,
                None => {
                    let terms = second.partials.iter().map(|found| found.values[place]);
                    let terms: Vec<ExprId> = terms.collect();
                    self.pool.sum(&terms)
                }
            };
            let found = self.settled(formula, raw, form, checked)?;
            checked = found.checked;
            value.push(found.value);
        }
        Ok(Checked { value, checked })
    }

    /// The Laplacian of every component of a formula at a point, of second derivatives that
    /// exist there.
    ///
    /// # Errors
    /// As [`Engine::partials`] and [`Engine::existing_at`].
    pub fn laplacian_at(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        point: &Point,
    ) -> Result<Vec<ExprId>> {
        let second = self.partials(formula, wrt, 2, Form::Auto)?;
        let mut sums = Vec::with_capacity(formula.roots.len());
        for component in 0..formula.roots.len() {
            let mut terms = Vec::with_capacity(wrt.len());
            for Partial { wrt, values } in &second.partials {
                let value = values[component];
                terms.push(self.existing_at(formula, component, wrt, value, point)?);
            }
            let sum = self.pool.sum(&terms);
            sums.push(self.simplify(sum)?);
        }
        Ok(sums)
    }

    /// The divergence of a field at a point, of derivatives that exist there.
    ///
    /// # Errors
    /// As [`Engine::partials`] and [`Engine::existing_at`].
    pub fn divergence_at(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        point: &Point,
    ) -> Result<ExprId> {
        let first = self.partials(formula, wrt, 1, Form::Auto)?;
        let mut terms = Vec::with_capacity(wrt.len());
        for (component, Partial { wrt, values }) in first.partials.iter().enumerate() {
            let value = values[component];
            terms.push(self.existing_at(formula, component, wrt, value, point)?);
        }
        let sum = self.pool.sum(&terms);
        self.simplify(sum)
    }

    /// The curl of a field at a point, of derivatives that exist there.
    ///
    /// # Errors
    /// As [`Engine::partials`] and [`Engine::existing_at`].
    pub fn curl_at(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        point: &Point,
    ) -> Result<Vec<ExprId>> {
        let first = self.partials(formula, wrt, 1, Form::Auto)?.partials;
        let pairs: &[[usize; 2]] =
            if wrt.len() == 2 { &[[1, 0]] } else { &[[2, 1], [0, 2], [1, 0]] };
        let mut found = Vec::with_capacity(pairs.len());
        for [one, other] in pairs {
            let mut terms = Vec::with_capacity(2);
            for (component, place) in [(*one, *other), (*other, *one)] {
                let Some(Partial { wrt, values }) = first.get(place) else { continue };
                let value = values[component];
                terms.push(self.existing_at(formula, component, wrt, value, point)?);
            }
            let [first, second] = terms[..] else { continue };
            let difference = self.pool.difference(first, second);
            found.push(self.simplify(difference)?);
        }
        Ok(found)
    }

    /// The derivative of every component of a formula in a direction.
    ///
    /// # Errors
    /// A direction of another length or of length 0, and as [`Engine::partials`].
    pub fn directional(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        direction: &Direction,
        form: Form,
    ) -> Result<Checked<Vec<ExprId>>> {
        distinct(wrt)?;
        let along = &direction.components;
        if along.len() != wrt.len() {
            let names = wrt.join(", ");
            let found = along.len();
            let what =
                format!("a direction has one component for each of {names}, not {found}");
            return Err(ErrorKind::WrongDimension(what).into());
        }
        let length = self.length(along)?;
        if length == Pool::ZERO {
            let what = "the direction of a vector of length 0".to_owned();
            return Err(ErrorKind::Undefined(what).into());
        }
        let found = self.partials(formula, wrt, 1, Form::Auto)?;
        let mut checked = found.checked;
        let mut value = Vec::new();
        for place in 0..formula.roots.len() {
            let partials: Vec<ExprId> =
                found.partials.iter().map(|partial| partial.values[place]).collect();
            let mut raw = self.dot(&partials, along);
            if direction.is_unit {
                raw = self.pool.quotient(raw, length);
            }
            let settled = self.settled(formula, raw, form, checked)?;
            checked = settled.checked;
            value.push(settled.value);
        }
        Ok(Checked { value, checked })
    }

    /// What is left of a derivative along a direction when this has length 1.
    pub(super) fn per_length(
        &mut self,
        value: ExprId,
        direction: &Direction,
    ) -> Result<ExprId> {
        let length = self.length(&direction.components)?;
        let quotient = self.pool.quotient(value, length);
        self.simplify(quotient)
    }

    /// The directions of steepest ascent and descent that belong to a gradient.
    ///
    /// # Errors
    /// A gradient that is 0, or a limit.
    pub fn steepest(&mut self, gradient: &[ExprId]) -> Result<Steepest> {
        let rate = self.length(gradient)?;
        if rate == Pool::ZERO {
            let what = "the direction of steepest ascent where the gradient is 0";
            return Err(ErrorKind::Undefined(what.to_owned()).into());
        }
        let (mut ascent, mut descent) = (Vec::new(), Vec::new());
        // The length stands in each component.
        let all = u64::from(self.pool.cost(rate)).saturating_mul(gradient.len() as u64);
        for component in gradient {
            let mut unit = self.pool.quotient(*component, rate);
            if all <= LONG_TOGETHER {
                unit = self.unless_long(unit)?;
            }
            ascent.push(unit);
            let mut opposite = self.pool.negate(unit);
            if all <= LONG_TOGETHER {
                opposite = self.unless_long(opposite)?;
            }
            descent.push(opposite);
        }
        self.check_limits()?;
        Ok(Steepest { ascent, descent, rate })
    }

    /// The Euclidean length of a vector.
    fn length(&mut self, vector: &[ExprId]) -> Result<ExprId> {
        let square = self.dot(vector, vector);
        let square = self.unless_long(square)?;
        let length = self.pool.sqrt(square);
        self.unless_long(length)
    }

    /// An expression in its automatic form, or as it is where nobody would read it.
    fn unless_long(&mut self, id: ExprId) -> Result<ExprId> {
        match self.pool.cost(id) > LONG {
            true => self.check_limits().map(|()| id),
            false => self.simplify(id),
        }
    }

    pub(super) fn dot(&mut self, left: &[ExprId], right: &[ExprId]) -> ExprId {
        let products: Vec<ExprId> =
            left.iter().zip(right).map(|(a, b)| self.pool.product(&[*a, *b])).collect();
        self.pool.sum(&products)
    }

    /// Expressions for names.
    pub(super) fn symbols(&mut self, names: &[String]) -> Vec<ExprId> {
        names.iter().map(|name| self.pool.symbol(name)).collect()
    }

    fn settled(
        &mut self,
        formula: &Formula,
        raw: ExprId,
        form: Form,
        checked: bool,
    ) -> Result<Checked<ExprId>> {
        let (value, agrees) = self.reshaped(formula, raw, form)?;
        Ok(Checked { value, checked: checked && agrees })
    }
}

/// Refuses a list in which a variable stands twice.
///
/// # Errors
/// When one does.
pub fn distinct(wrt: &[String]) -> Result<()> {
    let mut seen = FxHashSet::default();
    match wrt.iter().find(|name| !seen.insert(name.as_str())) {
        None => Ok(()),
        Some(name) => {
            let what = format!("`{name}` stands twice among the variables");
            Err(Error::from(ErrorKind::WrongDimension(what)).help("name each once"))
        }
    }
}

/// Whether there are as many variables as coordinates, all of them different.
fn fits(coordinates: &Coordinates, wrt: &[String]) -> Result<()> {
    distinct(wrt)?;
    match coordinates.dimensions() {
        Some(count) if count != wrt.len() => {
            let name = coordinates.name;
            let what = format!("{name} coordinates are {count}, not {}", wrt.len());
            Err(Error::from(ErrorKind::WrongDimension(what))
                .help(format!("name them in order, as {}", coordinates.names.join(", "))))
        }
        _ => Ok(()),
    }
}

/// Whether a formula is a field over variables, of one of some dimensions (any if none).
fn field(formula: &Formula, wrt: &[String], dimensions: &[usize]) -> Result<()> {
    let (found, expected) = (formula.roots.len(), wrt.len());
    if !formula.is_vector {
        let what = "the formula is not a vector field".to_owned();
        return Err(Error::from(ErrorKind::WrongDimension(what))
            .help("write the components in brackets, as `[x*y, y*z, z*x]`"));
    }
    if found != expected {
        let count = |count: usize, what: &str| match count {
            1 => format!("one {what}"),
            _ => format!("{count} {what}s"),
        };
        let (found, expected) = (count(found, "component"), count(expected, "variable"));
        let what = format!("the field has {found} over {expected}");
        return Err(Error::from(ErrorKind::WrongDimension(what))
            .help("name one variable for each component with --wrt"));
    }
    if !dimensions.is_empty() && !dimensions.contains(&found) {
        let what = format!("a field of {found} components has no curl");
        return Err(Error::from(ErrorKind::WrongDimension(what))
            .help("it needs two components or three"));
    }
    Ok(())
}
