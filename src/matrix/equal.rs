//! Whether two matrix expressions are equal, and the shortest form that is found of one.
//!
//! Invariant: `different` has arrays at which exact values differ; `equal` has one normal form
//! of both, for all sizes.

use super::compare::Opinion;
use super::form::{FormId, Op};
use super::language;
use super::print;
use super::problem::Problem;
use super::table::Special;
use super::value::Compared;
use crate::error::{ErrorKind, Result};

/// At so many arrays without a value it is said that there is none.
const FEW: usize = 6;

/// What is said of two matrix expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Equality {
    /// Equal wherever both are defined: both have one normal form.
    Equal,
    /// The same: both have one shortest form.
    EqualInForm,
    /// Equal where both are defined, and one of them is defined on less.
    EqualOnDomain {
        /// Where: conditions in words.
        condition: String,
        /// Whether both have one normal form, not one shortest form only.
        is_normal: bool,
    },
    /// No proof was found, but the values agree at this many arrays.
    ProbablyEqual(usize),
    /// The values differ.
    Different(Counterexample),
    /// They have these shapes.
    WrongShape {
        /// The shape of the first.
        first: String,
        /// The shape of the second.
        second: String,
    },
    /// Nothing could be compared.
    Undecided,
    /// One of them had no value at any array, of so many.
    Nowhere {
        /// Whether it is the second.
        is_second: bool,
        /// How many arrays were tried.
        tried: usize,
    },
}

/// Arrays at which two expressions differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counterexample {
    /// The arrays of the names that occur; none where functions stand for any function.
    pub arrays: Vec<(String, String)>,
    /// The entry that differs, as `[1,2]`; empty for scalars.
    pub entry: String,
    /// Its value in the first.
    pub left: String,
    /// Its value in the second.
    pub right: String,
}

impl Equality {
    /// The name in JSON, as of scalar formulas.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Equal | Self::EqualInForm => "equal",
            Self::EqualOnDomain { .. } => "equal-on-domain",
            Self::ProbablyEqual(_) => "probably-equal",
            Self::Different(_) => "different",
            Self::WrongShape { .. } => "wrong-shape",
            Self::Undecided | Self::Nowhere { .. } => "undecided",
        }
    }
}

/// A form with whether it was compared with what was typed.
#[derive(Clone, Debug)]
pub struct Simplified {
    /// The form.
    pub form: FormId,
    /// Its sizes: none for a scalar, one for a column, two for a matrix or a row.
    pub sizes: Vec<String>,
    /// Whether exact values agree with those of what was typed.
    pub checked: bool,
}

impl Problem {
    /// Compares the formula with another one over the same names.
    ///
    /// # Errors
    /// A formula that cannot be read.
    pub fn equal(&mut self, other: &str) -> Result<Equality> {
        let other = language::read_more(other, &mut self.forms, &mut self.scope)
            .map_err(|error| error.in_answer(other))?;
        let [first, second] = [self.main, other].map(|id| self.forms.shape(id));
        if first != second {
            let [first, second] =
                [first, second].map(|shape| shape.described(&self.scope.sizes));
            return Ok(Equality::WrongShape { first, second });
        }
        let main = self.main;
        let is_normal = self.have_one_normal_form(main, other, false)?;
        let may_be_undefined =
            [main, other].iter().any(|form| self.may_be_undefined(*form));
        if is_normal && !may_be_undefined && !self.has_pseudo_inverse(&[main, other]) {
            return Ok(Equality::Equal);
        }
        // A pseudo-inverse has a value where an inverse has none.
        if self.has_pseudo_inverse(&[main, other])
            && let Opinion::Different(found) = self.compare_in_doubles(main, other, false)
        {
            return Ok(Equality::Different(found));
        }
        // A form is no proof against values.
        let found = self.compared(main, other, false);
        if let Some(different) = found.different {
            return Ok(Equality::Different(different));
        }
        let is_proved = is_normal || self.have_one_shortest_form(main, other)?;
        if is_proved {
            return Ok(self.proved((main, other), is_normal, &found));
        }
        if found.agreed > 0 && found.unknown == 0 {
            return Ok(Equality::ProbablyEqual(found.agreed));
        }
        // What is exact for some sizes only may be otherwise for others.
        Ok(match self.compared_in_doubles(other)? {
            Equality::ProbablyEqual(count) => {
                Equality::ProbablyEqual(count.max(found.agreed))
            }
            verdict => verdict,
        })
    }

    /// Whether the pseudo-inverse of anything stands in forms.
    fn has_pseudo_inverse(&self, forms: &[FormId]) -> bool {
        let all = forms.iter().flat_map(|form| self.forms.below(*form));
        let is_one =
            |id| matches!(self.forms.op(id), Op::Call(Special::PseudoInverse, _));
        all.into_iter().any(is_one)
    }

    /// Whether a form may have no value: somewhere, or at all.
    fn may_be_undefined(&self, form: FormId) -> bool {
        let has_inverse = self.forms.below(form).into_iter().any(|id| {
            matches!(self.forms.op(id), Op::Call(Special::Inverse, _) | Op::Divide(..))
        });
        has_inverse || self.is_partial(form)
    }

    /// Equality that is proved where both are defined, with what values say of that.
    fn proved(
        &self,
        (first, second): (FormId, FormId),
        is_normal: bool,
        found: &Compared,
    ) -> Equality {
        let [no_first, no_second] = &found.without;
        let tried = no_first.len() + no_second.len() + found.neither;
        if found.agreed == 0 && tried >= FEW {
            let is_second = no_first.len() + found.neither < tried;
            return Equality::Nowhere { is_second, tried };
        }
        let mut conditions = self.conditions(first, no_first);
        for condition in self.conditions(second, no_second) {
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        match (conditions.is_empty(), is_normal) {
            (false, _) => {
                Equality::EqualOnDomain { condition: conditions.join(" and "), is_normal }
            }
            (true, true) => Equality::Equal,
            (true, false) => Equality::EqualInForm,
        }
    }

    /// Whether one shortest form is found for both.
    fn have_one_shortest_form(&mut self, first: FormId, second: FormId) -> Result<bool> {
        let is_row = self.is_row(first);
        let mut forms = Vec::with_capacity(2);
        for form in [first, second] {
            let tensor = self.tensors.lower(form, &self.forms, &self.scope)?;
            match self.shortest(tensor, is_row) {
                Ok(form) => forms.push(form),
                Err(_) => return Ok(false),
            }
        }
        Ok(forms[0] == forms[1])
    }

    /// Compares at random instances where there are no exact values.
    fn compared_in_doubles(&mut self, other: FormId) -> Result<Equality> {
        Ok(match self.compare(self.main, other, false)? {
            Opinion::Equal => Equality::Equal,
            Opinion::ProbablyEqual(count) => Equality::ProbablyEqual(count),
            Opinion::Different(found) => Equality::Different(found),
            _ => Equality::Undecided,
        })
    }

    /// The shortest form that is found for the formula; what was typed, where that is shorter.
    ///
    /// # Errors
    /// What has no tensor, forms that are not equal to what was typed, limits.
    pub fn simplified(&mut self) -> Result<Simplified> {
        let tensor = self.tensors.lower(self.main, &self.forms, &self.scope)?;
        let is_row = self.is_row(self.main);
        let mut found = self.shortest(tensor, is_row)?;
        let typed = self.main;
        // What is short may be so where there is an inverse only.
        if self.has_pseudo_inverse(&[typed])
            && let Opinion::Different(_) = self.compare_in_doubles(typed, found, false)
        {
            found = typed;
        }
        let form = match self.forms.cost(found) <= self.forms.cost(typed) {
            true => found,
            false => typed,
        };
        let checked = form == typed || self.must_agree(form)?;
        Ok(Simplified { form, sizes: self.sizes_of(form), checked })
    }

    /// Compares a form, as it is read back from its text, with the formula.
    fn must_agree(&mut self, form: FormId) -> Result<bool> {
        let of = print::text(self.main, &self.forms, &self.scope);
        let again = self.read_back(form, &of, "its form")?;
        let found = self.compared(self.main, again, false);
        if found.different.is_some() {
            let text = print::text(form, &self.forms, &self.scope);
            let what = format!("`{text}` differs from what was typed");
            return Err(ErrorKind::Internal(what).into());
        }
        Ok(found.agreed > 0
            || matches!(
                self.compare(self.main, again, false)?,
                Opinion::ProbablyEqual(_)
            ))
    }
}
