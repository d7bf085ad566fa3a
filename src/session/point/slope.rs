//! Derivatives at points: from the formula where it has a value, compared with quotients from
//! both sides of what was typed.

use super::super::engine::{Engine, Formula};
use super::alone::{Missing, may_be_alone};
use super::breaks::is_angle;
use super::eval::{DIGITS, Point};
use super::settle::{Found, Limit, Move, in_digits, is_mixed, quotients};
use crate::calculus::{self, Kink};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::digits;
use crate::kernel::{ExprId, Node, Pool};
use crate::print::{self, Notation};
use crate::syntax;

/// A derivative at a point.
#[derive(Clone, Debug)]
pub enum AtPoint {
    /// Its exact value.
    Exact(ExprId),
    /// A limit that is known by its digits.
    Decimal(String),
    /// There is none.
    Missing(Missing),
}

/// What quotients say of a derivative.
enum Seen {
    /// No more than its formula.
    Nothing,
    /// Nothing, because they cannot be calculated.
    Unseen,
    /// They are on their way, but to what is not seen.
    Open,
    /// The function has values on one side of the point only; with the limit there, where it
    /// is seen.
    OneSided(Option<AtPoint>),
    Found(AtPoint),
}

impl AtPoint {
    /// That there is no derivative, in words.
    pub fn missing(missing: &Missing) -> String {
        if let Some(reason) = missing.reason() {
            return format!("does not exist ({reason})");
        }
        let what = match missing {
            Missing::General([None, None]) => {
                return "does not exist in general".to_owned();
            }
            Missing::General(_) => "does not exist in general",
            _ => "does not exist",
        };
        let [left, right] = missing.sides().map(|side| side.unwrap_or("none"));
        format!("{what} (left {left}, right {right})")
    }

    /// The value of the derivative of a function of this name.
    ///
    /// # Errors
    /// That there is none, or none that is exact.
    pub fn value(self, of: &str, sequence: &[String], point: &Point) -> Result<ExprId> {
        let names: Vec<&str> = sequence.iter().map(String::as_str).collect();
        existing(self, &print::partial_label(of, &names, true, Notation::Text), point)
    }
}

impl Engine {
    /// A derivative of a component at a point that gives all variables values: `value` is what
    /// its formula says there, if it says anything. `None` where quotients, or above the second
    /// order power series from both sides, do not tell more than the formula.
    ///
    /// # Errors
    /// A point at which the function itself has no value.
    pub fn derivative_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
        value: Option<ExprId>,
    ) -> Result<Option<AtPoint>> {
        let found = self.told_at(formula, component, sequence, point, value)?;
        if value.is_some()
            && !matches!(found, Some(AtPoint::Missing(_)))
            && !self.pool.is_complex()
            && self.is_tied(formula.roots[component], point)?
        {
            return Err(unknown(&self.derivative_label(formula, sequence), point));
        }
        let own = match &found {
            Some(AtPoint::Exact(id)) => Some(*id),
            Some(_) => None,
            None => value,
        };
        if own.is_some_and(|id| self.has_open_condition(id)) {
            return Err(unknown(&self.derivative_label(formula, sequence), point));
        }
        Ok(found)
    }

    /// What more is known of a derivative at a point than its formula says.
    fn told_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
        value: Option<ExprId>,
    ) -> Result<Option<AtPoint>> {
        if self.pool.is_complex() {
            let of = (&formula.name[..], formula.roots[component]);
            // Where the formula of the derivative has no value, the function may have one.
            if value.is_none() && self.at_point(&[of.1], point).is_ok() {
                if let Some(found) = self.complex_limit(of.1, sequence, point)? {
                    return Ok(Some(AtPoint::Exact(found)));
                }
                return match self.on_cut(of, sequence, point)? {
                    None => {
                        Err(unknown(&self.derivative_label(formula, sequence), point))
                    }
                    found => Ok(found),
                };
            }
            return self.on_cut(of, sequence, point);
        }
        if value.is_some() && self.is_smooth_at_point(formula, component, point) {
            return Ok(None);
        }
        self.must_be_defined_at(formula, component, point)?;
        // Nothing but the value is asked of what is smooth wherever it is defined.
        let [is_plain, has_no_cut] = self.plainness(formula, component);
        if value.is_some() && !may_be_alone(formula) && has_no_cut {
            return Ok(None);
        }
        let whole = syntax::parse("1", &[])?;
        let alone = |name: &String| vec![(name.clone(), whole.clone())];
        // `∂²f/∂x∂y` is the derivative in x of that in y.
        let moves: Vec<Move> = sequence.iter().rev().map(alone).collect();
        for along in &moves {
            if self.is_alone(formula, component, along, point)? {
                return Ok(Some(AtPoint::Missing(Missing::Alone)));
            }
        }
        if sequence.len() > 2 {
            return match is_plain {
                true => Ok(None),
                false => match self.series_at(formula, component, sequence, point)? {
                    None if value.is_none() => {
                        self.last_resort(formula, component, sequence, point)
                    }
                    found => Ok(found),
                },
            };
        }
        // Beside a kink or a jump power series are exact, and the next one may be nearer than
        // any step.
        let mut may_break = self.may_break(formula, component, point)?;
        if !may_break && sequence.len() > 1 {
            may_break = self.may_bend(formula.roots[component], sequence, point)?;
        }
        let beside = match may_break {
            true => self.series_at(formula, component, sequence, point)?,
            false => None,
        };
        // Where the formula of the derivative has no value, a short decimal says more than a
        // long fraction.
        if beside.is_some()
            && (value.is_some() || matches!(beside, Some(AtPoint::Missing(_))))
        {
            return Ok(beside);
        }
        let seen = self.seen_at(formula, component, &moves, point, value)?;
        match (seen, sequence) {
            (Seen::Found(AtPoint::Missing(_)) | Seen::Open | Seen::Unseen, _)
                if beside.is_some() =>
            {
                Ok(beside)
            }
            (Seen::Found(found), _) => Ok(Some(found)),
            (Seen::Open, [variable]) => {
                self.by_steps(formula, component, variable, point).map(Some)
            }
            (Seen::Open, _) if value.is_none() => {
                self.last_resort(formula, component, sequence, point)
            }
            (Seen::Unseen, _) if may_break => {
                self.last_resort(formula, component, sequence, point)
            }
            // 0 times what has no value is not 0.
            (Seen::Unseen, _)
                if value.is_some()
                    && self.hides_pole(formula.roots[component], sequence, point)? =>
            {
                self.last_resort(formula, component, sequence, point)
            }
            // At an end of the domain there is the derivative from one side, and what grows
            // without end is told by the series.
            (seen, _) if value.is_none() => {
                let found = self.series_at(formula, component, sequence, point)?;
                match (found, seen) {
                    (None, Seen::OneSided(Some(found))) => Ok(Some(found)),
                    (None, Seen::Nothing) => Ok(None),
                    (None, _) => self.last_resort(formula, component, sequence, point),
                    (found, _) => Ok(found),
                }
            }
            _ => Ok(None),
        }
    }

    /// What is known of a derivative of which quotients and power series tell nothing.
    ///
    /// # Errors
    /// That it is not known; a limit.
    fn last_resort(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
    ) -> Result<Option<AtPoint>> {
        let found = match sequence {
            [variable] => self
                .runs_away(formula.roots[component], variable, point)?
                .then_some(AtPoint::Missing(Missing::NEITHER)),
            _ => self.by_lower_order(formula, component, sequence, point)?,
        };
        match found {
            None => Err(unknown(&self.derivative_label(formula, sequence), point)),
            found => Ok(found),
        }
    }

    /// Whether a first derivative of a component has a kink or a jump at a point, as far as the
    /// conditions of its formula tell.
    fn may_bend(
        &mut self,
        root: ExprId,
        sequence: &[String],
        point: &Point,
    ) -> Result<bool> {
        let names: Vec<String> = point.iter().map(|(name, _)| name.clone()).collect();
        let mut slopes = Vec::with_capacity(sequence.len());
        for name in sequence {
            slopes.push(self.raw_derivative(root, std::slice::from_ref(name))?);
        }
        slopes.dedup();
        let conditions = self.breaks_of(&slopes, &names)?;
        Ok(self.broken(&conditions, point))
    }

    /// Whether a component has a kink or a jump at a point, as far as its conditions tell: then
    /// its formula alone says nothing of a derivative.
    pub(in crate::session) fn may_break(
        &mut self,
        formula: &Formula,
        component: usize,
        point: &Point,
    ) -> Result<bool> {
        let names: Vec<String> = point.iter().map(|(name, _)| name.clone()).collect();
        let root = formula.roots[component];
        let conditions = self.breaks_of(&[root], &names)?;
        Ok(self.broken(&conditions, point) || self.has_cut(root))
    }

    /// Whether an angle of two coordinates stands in an expression: it jumps on half a line,
    /// which no condition of its row names.
    pub(super) fn has_cut(&self, root: ExprId) -> bool {
        self.pool.reachable(&[root]).into_iter().any(|id| match self.pool.node(id) {
            Node::Apply(function, list) if function.is_builtin() => {
                is_angle(function, self.pool.list(list))
            }
            _ => false,
        })
    }

    /// What a derivative of a formula is called.
    fn derivative_label(&self, formula: &Formula, sequence: &[String]) -> String {
        let names: Vec<&str> = sequence.iter().map(String::as_str).collect();
        let is_partial = self.variables(&formula.roots).len() > 1;
        print::partial_label(&formula.name, &names, is_partial, Notation::Text)
    }

    /// The derivative of a component along moves.
    pub(in crate::session) fn along_at(
        &mut self,
        formula: &Formula,
        component: usize,
        moves: &[Move],
        point: &Point,
        value: Option<ExprId>,
    ) -> Result<Option<AtPoint>> {
        if value.is_some() && self.is_smooth_at_point(formula, component, point) {
            return Ok(None);
        }
        if value.is_some() && self.is_tied(formula.roots[component], point)? {
            return Err(unknown("the derivative", point));
        }
        let may_break = self.may_break(formula, component, point)?;
        if may_break
            && let [along] = moves
            && let Some(found) = self.series_along(formula, component, along, point)?
        {
            let is_known = match (&found, value) {
                (AtPoint::Exact(id), Some(value)) => {
                    self.is_same(*id, value)? == Some(true)
                }
                _ => false,
            };
            return Ok((!is_known).then_some(found));
        }
        match self.seen_at(formula, component, moves, point, value)? {
            Seen::Found(found) => Ok(Some(found)),
            Seen::Unseen if value.is_some() && may_break => {
                Err(unknown("the derivative", point))
            }
            _ => Ok(None),
        }
    }

    fn seen_at(
        &mut self,
        formula: &Formula,
        component: usize,
        moves: &[Move],
        point: &Point,
        value: Option<ExprId>,
    ) -> Result<Seen> {
        let root = formula.roots[component];
        let is_plain = self.plainness(formula, component)[0];
        if moves.len() > 2 || value.is_some() && is_plain {
            // Poles may cancel in the derivative: those of `sec(x)*cos(x)`.
            self.must_have_value(root, point)?;
            return Ok(Seen::Nothing);
        }
        let own = self.at_point(&[root], point).ok().map(|values| values[0]);
        let here = own.and_then(|own| in_digits(&self.pool, own));
        let purse = self.pool.purse();
        let Some(found) = quotients(formula, component, moves, point, (purse, here))
        else {
            return Ok(Seen::Unseen);
        };
        self.must_have_value(formula.roots[component], point)?;
        Ok(match found {
            Found::Undefined => return Err(super::eval::undefined_at(point)),
            Found::Missing(sides) => Seen::Found(AtPoint::Missing(sides)),
            Found::Open => Seen::Open,
            Found::OneSided(limit) => {
                Seen::OneSided(limit.map(|limit| self.limit(limit)))
            }
            Found::Limit(limit) => match value.filter(|id| self.is_limit(*id, &limit)) {
                Some(_) => Seen::Nothing,
                None if is_mixed(moves) && limit.is_trace() => match value {
                    Some(Pool::ZERO) if limit.value.abs() < 1.0 => Seen::Nothing,
                    _ => Seen::Open,
                },
                None => Seen::Found(self.limit(limit)),
            },
        })
    }

    /// A limit as a fraction, where it is a simple one.
    fn limit(&mut self, limit: Limit) -> AtPoint {
        match limit.fraction() {
            Some(number) => AtPoint::Exact(self.pool.number(number)),
            None => AtPoint::Decimal(limit.text),
        }
    }

    /// Whether a constant is near a limit of quotients.
    pub(in crate::session) fn is_limit(&self, id: ExprId, limit: &Limit) -> bool {
        let exact =
            || digits::number(&self.pool, id, DIGITS, syntax::in_normal_form).ok();
        limit.is_near(self.float(id), exact)
    }

    /// A derivative whose quotients settle too slowly to be seen: the limits of its formula from
    /// both sides.
    ///
    /// # Errors
    /// That it is not known, where the formula does not show its limits.
    fn by_steps(
        &mut self,
        formula: &Formula,
        component: usize,
        variable: &String,
        point: &Point,
    ) -> Result<AtPoint> {
        let of = formula.roots[component];
        let raw = self.raw_derivative(of, std::slice::from_ref(variable))?;
        let symbol = self.pool.symbol(variable);
        let mut limits = Vec::with_capacity(2);
        for kink in [Kink::Left, Kink::Right] {
            let side = calculus::one_sided(&mut self.pool, of, raw, symbol, kink)?;
            let value = side.and_then(|side| self.at_point(&[side], point).ok());
            limits.extend(value.map(|values| values[0]));
        }
        if let [left, right] = limits[..] {
            match self.is_same(left, right)? {
                Some(true) => return Ok(AtPoint::Exact(left)),
                Some(false) => {
                    let sides = [left, right]
                        .map(|side| print::write(&self.pool, side, Notation::Text).ok());
                    return Ok(AtPoint::Missing(Missing::Sides(sides)));
                }
                None => {}
            }
        }
        if self.runs_away(of, variable, point)? {
            return Ok(AtPoint::Missing(Missing::NEITHER));
        }
        let label = self.derivative_label(formula, std::slice::from_ref(variable));
        Err(unknown(&label, point))
    }

    /// Refuses a point at which a component has no value, where many digits of what is near
    /// one look like it: `arctan(tan(x))` at `pi/2`.
    pub(in crate::session) fn must_have_value(
        &mut self,
        root: ExprId,
        point: &Point,
    ) -> Result<()> {
        match self.at_point(&[root], point) {
            Err(error) if matches!(error.kind, ErrorKind::Undefined(_)) => Err(error),
            _ => Ok(()),
        }
    }

    /// A derivative of a component at a point, from its formula or as a limit.
    ///
    /// # Errors
    /// A point at which there is no value.
    pub fn entry_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        derivative: ExprId,
        point: &Point,
    ) -> Result<AtPoint> {
        let value = self.at_point(&[derivative], point);
        let known = value.as_ref().ok().map(|values| values[0]);
        match self.derivative_at(formula, component, sequence, point, known)? {
            Some(found) => Ok(found),
            None => Ok(AtPoint::Exact(value?[0])),
        }
    }

    /// The value of a derivative of a component at a point, from its formula or as a limit.
    ///
    /// # Errors
    /// A point at which there is no derivative or no value; what is left of it is a variable.
    pub fn existing_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        derivative: ExprId,
        point: &Point,
    ) -> Result<ExprId> {
        let found = self.entry_at(formula, component, sequence, derivative, point)?;
        found.value(&formula.component_name(component), sequence, point)
    }

    /// The values of first derivatives of a function at a point.
    ///
    /// # Errors
    /// As [`Engine::existing_at`].
    pub fn gradient_at(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        partials: &[ExprId],
        point: &Point,
    ) -> Result<Vec<ExprId>> {
        let names = wrt.iter().map(std::slice::from_ref).zip(partials);
        names
            .map(|(name, partial)| self.existing_at(formula, 0, name, *partial, point))
            .collect()
    }

    /// Refuses a point at which a component has no derivative in a sequence of variables.
    ///
    /// # Errors
    /// A point at which there is no derivative or no value.
    pub fn must_exist_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
    ) -> Result<()> {
        let is_plain = self.is_plain(formula.roots[component]) && !may_be_alone(formula);
        if is_plain || self.is_smooth_at_point(formula, component, point) {
            return Ok(());
        }
        let found = self.derivative_at(formula, component, sequence, point, None)?;
        let names: Vec<&str> = sequence.iter().map(String::as_str).collect();
        let name = formula.component_name(component);
        let label = print::partial_label(&name, &names, true, Notation::Text);
        match found {
            Some(found @ AtPoint::Missing(_)) => {
                existing(found, &label, point).map(|_| ())
            }
            _ => Ok(()),
        }
    }
}

/// That it is not known whether a derivative exists at a point.
pub(in crate::session) fn unknown(label: &str, point: &Point) -> Error {
    let place: Vec<String> =
        point.iter().map(|(name, x)| format!("{name} = {x}")).collect();
    let what = format!("it is not known whether {label} exists at {}", place.join(", "));
    ErrorKind::Unsupported(what).into()
}

/// A derivative as its value.
pub(super) fn existing(found: AtPoint, label: &str, point: &Point) -> Result<ExprId> {
    let what = match found {
        AtPoint::Exact(id) => return Ok(id),
        AtPoint::Decimal(text) => {
            format!("is about {text}, a limit whose exact value is not known")
        }
        AtPoint::Missing(sides) => AtPoint::missing(&sides),
    };
    let place: Vec<String> =
        point.iter().map(|(name, x)| format!("{name} = {x}")).collect();
    let what = format!("{label} at {} {what}", place.join(", "));
    Err(ErrorKind::Unsupported(what).into())
}
