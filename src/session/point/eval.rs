//! Values at points: exact, in doubles, or with many digits.

use super::super::decided;
use super::super::engine::{Engine, Formula, Settings};
use super::alone::may_be_alone;
use super::watched;
use crate::check::{Checker, Domain, is_assumed, rational};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Precise, Tape, digits, limit, values};
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool, Purse, Relation, latin};
use crate::print::{self, Notation};
use crate::simplify;
use crate::syntax;
use rustc_hash::{FxHashMap, FxHashSet};

/// The digits of a value of which no other number is asked for.
pub(in crate::session) const DIGITS: usize = 15;
/// The binary digits with which it is seen whether the end of a domain is met.
const ENDS: [usize; 3] = [400, 800, 2000];
/// Up to how many conditions all branches are calculated at a point.
const FEW_CONDITIONS: usize = 8;
/// Fractions of so many bits are doubles if they are sums of powers of two.
const MANTISSA: u64 = 53;
/// The functions with steps whose values are whole numbers.
const STEPS: [&str; 4] = ["floor", "ceil", "round", "trunc"];

/// A point: names with the text of their values.
pub type Point = Vec<(String, String)>;

/// Reads `x=1, y=pi/2`.
///
/// # Errors
/// What is not a list of `name=value`.
pub fn parse_point(text: &str) -> Result<Point> {
    let mut point = Point::new();
    let mut seen = FxHashSet::default();
    let parts = syntax::pieces(text).unwrap_or_else(|| vec![text.trim()]);
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').ok_or_else(|| {
            let what = format!("`{part}` is not a coordinate");
            Error::from(ErrorKind::InvalidPoint(what)).help("write it as `x=1`")
        })?;
        let refuse = |what: &str| {
            let what = format!("`{part}` {what}");
            Error::from(ErrorKind::InvalidPoint(what)).help("write it as `x=1`")
        };
        if name.trim().is_empty() {
            return Err(refuse("names nothing"));
        }
        if value.trim().trim_matches(['[', ']', '(', ')', ' ']).is_empty() {
            return Err(refuse("gives no value"));
        }
        let names = syntax::parse_names(name)?;
        let [name] = &names[..] else {
            return Err(ErrorKind::InvalidName(name.trim().to_owned()).into());
        };
        if !seen.insert(latin(name).into_owned()) {
            let what = format!("`{name}` has two values");
            return Err(ErrorKind::InvalidPoint(what).into());
        }
        if value.contains('=') && !value.contains(['<', '>', '(']) {
            let what = format!("`{part}` gives one value to two names");
            return Err(
                Error::from(ErrorKind::InvalidPoint(what)).help("write `x=1, y=1`")
            );
        }
        point.push((name.clone(), value.trim().to_owned()));
    }
    Ok(point)
}

/// That a formula has no value at a point.
pub(in crate::session) fn undefined_at(point: &Point) -> Error {
    let place: Vec<String> =
        point.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let what = match place.is_empty() {
        true => "the value".to_owned(),
        false => format!("the value at {}", place.join(", ")),
    };
    Error::from(ErrorKind::Undefined(what))
}

/// Whether an error says that there is no value.
fn is_undefined(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Undefined(_))
}

/// A formula as it was typed at a point, with so many binary digits, and the places of its
/// components; `None` where it has no many digits.
fn typed_at(
    formula: &Formula,
    point: &Point,
    purse: &Purse,
    bits: usize,
) -> Option<(Precise, Vec<u32>)> {
    let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
    let mut precise = Precise::new(bits, syntax::in_normal_form, purse).ok()?;
    for (name, text) in point {
        let value = syntax::parse(text, &[]).ok()?;
        let lowered = syntax::lower(&value, &[], &mut precise).ok()?;
        precise.assign(name, *lowered.roots.first()?, &limit::nothing());
    }
    let lowered = syntax::lower(formula.program(), &declared, &mut precise).ok()?;
    Some((precise, lowered.roots))
}

/// Whether no digits tell that a formula as it was typed has no value: it stands at the end
/// of its domain, as far as they go, like `sqrt(sin(x))` at `-pi`.
fn is_at_end(formula: &Formula, point: &Point, purse: &Purse) -> bool {
    ENDS.iter().all(|bits| {
        let Some((precise, roots)) = typed_at(formula, point, purse, *bits) else {
            return false;
        };
        let has_value =
            |root: &u32| precise.value(*root).is_ok_and(|value| !value.is_nan());
        precise.is_undecided() || roots.iter().all(has_value)
    })
}

impl Engine {
    /// Refuses a point that is not as it is assumed of the variables of a formula.
    ///
    /// # Errors
    /// When it is not. Coordinates that cannot be read are left to who uses them.
    pub fn must_be_assumed(&mut self, formula: &Formula, point: &Point) -> Result<()> {
        self.must_be_as_assumed(point, formula.assumptions())
    }

    /// Refuses values that are not as it is assumed of their names.
    ///
    /// # Errors
    /// The first of them.
    pub(in crate::session) fn must_be_as_assumed(
        &mut self,
        point: &Point,
        assumptions: &[(String, Assumption)],
    ) -> Result<()> {
        if assumptions.is_empty() {
            return Ok(());
        }
        let given: FxHashMap<_, _> =
            point.iter().map(|(name, text)| (latin(name), text)).collect();
        for (name, assumption) in assumptions {
            if let Some(text) = given.get(&latin(name)) {
                let Ok(value) = self.read(text, &self.of_values()) else { continue };
                let Some(id) = value.roots.first() else { continue };
                let is_real = !self.pool.is_complex() || self.is_real(*id);
                let is_assumed = match is_real {
                    true => is_assumed(&mut self.pool, assumption, *id),
                    false => Some(false),
                };
                let what = match is_assumed {
                    Some(true) => continue,
                    Some(false) => {
                        format!("{name} = {text} is not as it is assumed of `{name}`")
                    }
                    None => format!(
                        "it is not known whether {name} = {text} is as it is assumed of \
                         `{name}`"
                    ),
                };
                return Err(ErrorKind::InvalidPoint(what).into());
            }
        }
        Ok(())
    }

    /// How values are read: over the numbers of the question.
    fn of_values(&self) -> Settings {
        let domain = match self.pool.is_complex() {
            true => Domain::Complex,
            false => Domain::Real,
        };
        Settings { domain, ..Settings::default() }
    }

    /// Expressions with the branches that are taken at a point, where they have many: the
    /// others need not be calculated.
    fn decided(
        &mut self,
        roots: &[ExprId],
        replacements: &[(ExprId, ExprId)],
    ) -> Vec<ExprId> {
        let mut conditions = self.pool.reachable(roots);
        conditions.retain(|id| match self.pool.node(*id) {
            Node::Apply(function, _) => Relation::of(function).is_some(),
            _ => false,
        });
        if conditions.len() <= FEW_CONDITIONS {
            return roots.to_vec();
        }
        let truths = self.pool.substitute(&conditions, replacements, decided::apply);
        let mut known: Vec<(ExprId, ExprId)> =
            conditions.into_iter().zip(truths).collect();
        known.retain(|(_, truth)| self.pool.as_number(*truth).is_some());
        self.pool.substitute(roots, &known, function::apply)
    }

    /// The value of a coordinate. A number is read once, however many values are asked for.
    pub(super) fn coordinate(&mut self, name: &str, text: &str) -> Result<ExprId> {
        let known = self.coordinates.get(text).filter(|_| self.set.is_empty());
        if let Some((_, id)) = known.filter(|(over, _)| *over == self.pool.is_complex()) {
            return Ok(*id);
        }
        let value = self.read(text, &self.of_values()).map_err(|error| {
            if error.kind.is_limit() {
                return Error { span: None, ..error };
            }
            let help = error.help.unwrap_or_else(|| error.kind.to_string());
            let what = format!("the value `{text}` of `{name}` cannot be read");
            Error::from(ErrorKind::InvalidPoint(what)).help(help)
        })?;
        let [mut value] = value.roots[..] else {
            let what = format!("the value `{text}` of `{name}` is no number");
            return Err(ErrorKind::InvalidPoint(what).into());
        };
        if !self.pool.is_complex()
            && let Some(number) = rational(&mut self.pool, value)
        {
            value = self.pool.number(number);
        }
        if self.set.is_empty() && self.pool.is_constant(value) {
            let known = (self.pool.is_complex(), value);
            self.coordinates.insert(text.to_owned(), known);
        }
        Ok(value)
    }

    /// The exact value of expressions at a point, in automatic form.
    ///
    /// # Errors
    /// A coordinate that cannot be read, or a value that is undefined there.
    pub fn at_point(&mut self, roots: &[ExprId], point: &Point) -> Result<Vec<ExprId>> {
        let found = self.put_at(roots, point)?;
        match self.constant_values(found)? {
            Some(values) => Ok(values),
            None => {
                let error = undefined_at(point);
                Err(match self.cube_root(roots) {
                    Some(note) => error.help(note),
                    None => error,
                })
            }
        }
    }

    /// Expressions with the values of a point put in.
    ///
    /// # Errors
    /// A coordinate that cannot be read, limits.
    pub(super) fn put_at(
        &mut self,
        roots: &[ExprId],
        point: &Point,
    ) -> Result<Vec<ExprId>> {
        let replacements = self.replacements(roots, point)?;
        let chosen = self.decided(roots, &replacements);
        let found = self.pool.substitute(&chosen, &replacements, decided::apply);
        self.check_limits()?;
        Ok(found)
    }

    /// An expression with values for its variables in automatic form; `None` where it is
    /// undefined.
    pub(in crate::session) fn constant_value(
        &mut self,
        id: ExprId,
    ) -> Result<Option<ExprId>> {
        let value = match self.pool.is_complex() {
            true => match self.complex_constant(id)? {
                Some(value) => value,
                None => return Ok(None),
            },
            false => self.simplify(id)?,
        };
        let is_undefined = value == Pool::UNDEFINED
            || self.is_undefined(value)
            || self.needs_undefined(value)
            || simplify::pole_in(&mut self.pool, id).is_some();
        Ok((!is_undefined).then(|| self.with_whole_steps(value)))
    }

    /// An expression with whole numbers for the functions with steps of constants whose digits
    /// tell on which step they are, and for conditions on constants.
    pub(in crate::session) fn with_whole_steps(&mut self, id: ExprId) -> ExprId {
        if self.pool.is_complex() {
            return id;
        }
        let mut found = Vec::new();
        for part in self.pool.reachable(&[id]) {
            let Node::Apply(function, list) = self.pool.node(part) else { continue };
            if let (Some(relation), &[a, b]) =
                (Relation::of(function), self.pool.list(list))
            {
                let truth = decided::holds(&mut self.pool, relation, [a, b]);
                found.extend(
                    truth.map(|truth| (part, if truth { Pool::ONE } else { Pool::ZERO })),
                );
                continue;
            }
            if !function.is_builtin() || !self.pool.is_constant(part) {
                continue;
            }
            let row = function::spec(function);
            let is_step = STEPS.contains(&row.name);
            if is_step
                && let Some(n) = digits::whole(&self.pool, part, syntax::in_normal_form)
            {
                found.push((part, self.pool.number(n)));
            } else if is_step || row.has_steps() {
                let value = decided::on_step(&mut self.pool, part);
                found.extend(value.map(|value| (part, value)));
            }
        }
        match found.is_empty() {
            true => id,
            false => self.pool.substitute(&[id], &found, function::apply)[0],
        }
    }

    /// Why a constant expression has no decimals.
    pub fn why_no_decimals(&self, id: ExprId) -> Option<String> {
        let found = match self.pool.is_complex() {
            true => self.complex_decimal(id, DIGITS),
            false => self.decimal(id, DIGITS),
        };
        found.err().map(|error| error.kind.to_string())
    }

    /// Refuses a point at which a formula as it was typed has no real value: the canonical form
    /// may have one there, as `x` for `sqrt(x)^2`.
    ///
    /// # Errors
    /// A point outside of the domain.
    pub fn refuse_outside(&mut self, formula: &Formula, point: &Point) -> Result<()> {
        if formula.domain != Domain::Real {
            return match self.has_complex_hole(formula, point)? {
                true => Err(self.no_value(formula, point)),
                false => Ok(()),
            };
        }
        let (tape, slots) = self.tape(formula)?;
        let (mut at, mut off) = (Vec::new(), Vec::new());
        let given: FxHashMap<&str, &str> =
            point.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        for name in &tape.variables {
            let Some(text) = given.get(name.as_str()) else {
                return self.refuse_partly_outside(formula, point);
            };
            let Ok(value) = self.read(text, &Settings::default()) else { return Ok(()) };
            let near = self.float(value.roots[0]);
            let error = self.rounding(value.roots[0]);
            // What is too small for a double is not 0.
            let is_far = !near.is_finite()
                || near == 0.0 && value.roots[0] != Pool::ZERO && error < f64::EPSILON;
            if is_far && watched::has_none(formula, point, self.pool.purse()) {
                return Err(self.no_value(formula, point));
            }
            if is_far {
                return Ok(());
            }
            let known = self.pool.as_number(value.roots[0]);
            let is_exact = known.is_some_and(|n| {
                let below = n.denominator().to_i64();
                n.bits() <= MANTISSA && below.is_some_and(|d| d.count_ones() == 1)
            });
            let error = error.max(near.abs() * f64::EPSILON);
            off.push(if is_exact { 0.0 } else { error });
            at.push(near);
        }
        // Doubles cannot tell what is undefined from what leaves their range or is rounded to
        // the end of a domain, many digits can.
        let is_open = may_be_alone(formula)
            || values(&tape, &at).iter().any(|value| !value.is_finite());
        if is_open && watched::has_none(formula, point, self.pool.purse()) {
            return Err(self.no_value(formula, point));
        }
        let purse = self.pool.purse().share();
        let (_, checker) = self.pool_and_checker();
        let is_outside =
            checker.is_outside(&tape, slots, &at) && !is_at_end(formula, point, &purse);
        let may_have_hole = checker.may_have_hole(&tape, &at, &off);
        if is_outside || may_have_hole && self.has_hole(formula, point)? {
            return Err(self.no_value(formula, point));
        }
        Ok(())
    }

    /// How far a constant is off in doubles: a sum that cancels, by more than its last digit.
    fn rounding(&self, id: ExprId) -> f64 {
        if self.pool.as_number(id).is_some() {
            return 0.0;
        }
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[id]);
        let found = Checker::constant(&tape, slots[0]);
        found.map_or(0.0, |found| found.value_error).max(0.0)
    }

    /// That a formula has no value at a point, and perhaps why.
    pub(in crate::session) fn no_value(&self, formula: &Formula, point: &Point) -> Error {
        let error = undefined_at(point);
        match self.cube_root(&formula.roots) {
            Some(note) => error.help(note),
            None => error,
        }
    }

    /// What to say of cube roots that were typed as powers: these have no value for negative
    /// numbers. `None` when there are none.
    pub fn cube_root(&self, roots: &[ExprId]) -> Option<String> {
        if self.pool.is_complex() {
            return None;
        }
        let three = Number::from(3);
        let base = self.pool.reachable(roots).into_iter().find_map(|id| {
            let Node::Power(base, exponent) = self.pool.node(id) else { return None };
            let n = self.pool.as_number(exponent)?;
            let is_open = !self.pool.is_nonnegative(base) && !self.pool.is_constant(base);
            (n.denominator() == three && is_open).then_some(base)
        })?;
        let text = print::write(&self.pool, base, Notation::Text).ok()?;
        Some(format!(
            "powers with fractions have no value where `{text}` is negative; write `cbrt({text})` for the real cube root"
        ))
    }

    /// Refuses what is defined nowhere, because a function stands at a pole of it.
    pub(in crate::session) fn refuse_poles(&mut self, roots: &[ExprId]) -> Result<()> {
        for root in roots {
            if let Some(pole) = simplify::pole_in(&mut self.pool, *root) {
                let text = print::write(&self.pool, pole, Notation::Text)?;
                return Err(ErrorKind::Undefined(format!("`{text}`")).into());
            }
        }
        Ok(())
    }

    /// Whether a constant has no real value.
    pub(in crate::session) fn is_undefined(&self, id: ExprId) -> bool {
        if !self.pool.is_constant(id) {
            return false;
        }
        let known =
            self.pool.reachable(&[id]).iter().all(|id| match self.pool.node(*id) {
                Node::Apply(function, _) => {
                    function.is_builtin()
                        && !matches!(
                            function::spec(function).value,
                            function::spec::Value::None
                        )
                }
                _ => true,
            });
        if !known {
            return false;
        }
        if self.pool.is_complex() {
            let found = self.complex_decimal(id, DIGITS);
            return found.is_err_and(|error| is_undefined(&error));
        }
        self.float(id).is_nan() && self.lacks_value(id)
    }

    /// Whether a constant without a real value is needed whatever the variables are that stand
    /// beside it.
    fn needs_undefined(&self, id: ExprId) -> bool {
        if self.pool.is_complex() || self.pool.symbols_of(&[id]).is_empty() {
            return false;
        }
        // Of a case distinction nobody knows which branch is taken.
        let is_needed = |id: ExprId| match self.pool.node(id) {
            Node::Apply(function, _) => !function::is_conditional(function),
            _ => true,
        };
        let parts = self.pool.reachable_where(&[id], is_needed);
        parts.into_iter().any(|id| match self.pool.node(id) {
            Node::Apply(..) | Node::Power(..) => self.is_undefined(id),
            _ => false,
        })
    }

    /// Whether a constant without a value in doubles has none for certain, or a part of it
    /// where there are no many digits of the whole.
    fn lacks_value(&self, id: ExprId) -> bool {
        match self.with_digits(id, DIGITS) {
            Ok(_) => false,
            Err(error) if error.kind.is_unsupported() => {
                let parts = self.pool.reachable(&[id]);
                parts.into_iter().filter(|part| *part != id).any(|part| {
                    let found = self.with_digits(part, DIGITS);
                    self.float(part).is_nan()
                        && found.is_err_and(|error| is_undefined(&error))
                })
            }
            Err(error) => is_undefined(&error),
        }
    }
}
