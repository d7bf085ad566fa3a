//! Whether two matrix expressions are equal, and the shortest form that is found of one.
//!
//! Invariant: `different` has arrays at which exact values differ; `equal` has one normal form
//! of both, for all sizes.

use super::compare::{NORMAL_FORM, Opinion};
use super::form::{FormId, Op};
use super::language;
use super::print;
use super::problem::Problem;
use super::table::Special;
use super::tensor::TensorId;
use super::value::Compared;
use crate::error::{ErrorKind, Result};

/// At so many arrays without a value it is said that there is none.
const FEW: usize = 6;

/// What is said of two matrix expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Equality {
    /// Equal wherever both are defined.
    Equal(Proof),
    /// Equal where both are defined, and one of them is defined on less.
    EqualOnDomain {
        /// Where: conditions in words.
        condition: String,
        /// How it is proved.
        proof: Proof,
    },
    /// No proof was found, but values agree.
    ProbablyEqual {
        /// At how many arrays.
        count: usize,
        /// Where both are defined, if one of them is defined on less: conditions in words.
        condition: Option<String>,
    },
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

/// How two expressions are proved equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Both have one normal form.
    Expanded,
    /// Both have one shortest form.
    Shortest,
    /// Their difference is 0 times what is inverted in it.
    Cleared,
    /// Laws of determinants and functions of matrices bring both into one form.
    Laws,
}

impl Proof {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Expanded => "proved by expanding both",
            Self::Shortest => "proved: the same shortest form",
            Self::Cleared => "proved by multiplying both with what is inverted",
            Self::Laws => "proved by laws of determinants and functions of matrices",
        }
    }
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
    /// By how much they differ, where their values are not known.
    pub difference: Option<String>,
}

impl Equality {
    /// The name in JSON, as of scalar formulas.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Equal(_) => "equal",
            Self::EqualOnDomain { .. } => "equal-on-domain",
            Self::ProbablyEqual { .. } => "probably-equal",
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
            return Ok(Equality::Equal(Proof::Expanded));
        }
        if !is_normal && let Some(found) = self.differ_by(main, other, false)? {
            return Ok(Equality::Different(found));
        }
        // A pseudo-inverse has a value where an inverse has none.
        if self.has_pseudo_inverse(&[main, other])
            && let Opinion::Different(found) = self.compare_in_doubles(main, other, false)
        {
            return Ok(Equality::Different(found));
        }
        // A form is no proof against values.
        let found = self.compared_with_thresholds(main, other);
        if let Some(different) = found.different {
            return Ok(Equality::Different(different));
        }
        let proof = match () {
            () if is_normal => Some(Proof::Expanded),
            () if self.have_one_shortest_form(main, other)? => Some(Proof::Shortest),
            () if self.agree_by_moduli(main, other)? => Some(Proof::Expanded),
            () if self.agree_cleared(main, other, false)? => Some(Proof::Cleared),
            () if self.agree_by_laws(main, other, false)? => Some(Proof::Laws),
            () => None,
        };
        if let Some(proof) = proof {
            return Ok(self.proved((main, other), proof, &found));
        }
        let probable = |problem: &Self, count: usize, found: &Compared| {
            let condition = problem.both_conditions((main, other), found);
            let condition = (!condition.is_empty()).then_some(condition);
            Equality::ProbablyEqual { count, condition }
        };
        if found.agreed > 0 && found.unknown == 0 {
            return Ok(probable(self, found.agreed, &found));
        }
        // What is exact for some sizes only may be otherwise for others.
        let known = Compared { without: found.without.clone(), ..Compared::default() };
        let doubles = self.compare_in_doubles(main, other, false);
        let opinion = self.opinion_of((main, other), found, doubles);
        Ok(match opinion {
            Opinion::ProbablyEqual(count) => probable(self, count, &known),
            Opinion::Different(found) => Equality::Different(found),
            _ => Equality::Undecided,
        })
    }

    /// Whether both are the same multiplied out, with logarithms as those of moduli.
    fn agree_by_moduli(&mut self, first: FormId, second: FormId) -> Result<bool> {
        let [a, b] = self.both_lowered(first, second, false)?;
        let mut normal = |id| {
            self.tensors.attempt(NORMAL_FORM, |tensors| tensors.expand_by_moduli(id))
        };
        Ok(matches!((normal(a), normal(b)), (Some(x), Some(y)) if x == y))
    }

    /// Whether both, the second transposed on demand, are the same by laws of determinants
    /// and functions of matrices.
    pub(super) fn agree_by_laws(
        &mut self,
        first: FormId,
        second: FormId,
        turn: bool,
    ) -> Result<bool> {
        let [a, b] = self.both_lowered(first, second, turn)?;
        let mut normal =
            |id| self.tensors.attempt(NORMAL_FORM, |tensors| tensors.expand_by_laws(id));
        Ok(matches!((normal(a), normal(b)), (Some(x), Some(y)) if x == y))
    }

    /// Whether the difference is 0 times what is inverted in it.
    pub(super) fn agree_cleared(
        &mut self,
        first: FormId,
        second: FormId,
        turn: bool,
    ) -> Result<bool> {
        let [a, b] = self.both_lowered(first, second, turn)?;
        let mut is_zero = false;
        let found = self.tensors.attempt(NORMAL_FORM, |tensors| {
            is_zero = tensors.are_equal_cleared(a, b);
            a
        });
        Ok(found.is_some() && is_zero)
    }

    /// Both as tensors, the second transposed on demand.
    fn both_lowered(
        &mut self,
        first: FormId,
        second: FormId,
        turn: bool,
    ) -> Result<[TensorId; 2]> {
        let mut lower = |form| self.tensors.lower(form, &self.forms, &self.scope);
        let [a, b] = [lower(first)?, lower(second)?];
        Ok([a, if turn { self.tensors.turned(b) } else { b }])
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
        proof: Proof,
        found: &Compared,
    ) -> Equality {
        let [no_first, no_second] = &found.without;
        let tried = no_first.len() + no_second.len() + found.neither;
        if found.agreed == 0 && tried >= FEW {
            let is_first = no_first.len() + found.neither == tried;
            let is_second = no_second.len() + found.neither == tried;
            // Each may have values where the other one has none.
            return match is_first || is_second {
                true => Equality::Nowhere { is_second: !is_first, tried },
                false => Equality::Undecided,
            };
        }
        let condition = self.both_conditions((first, second), found);
        match condition.is_empty() {
            false => Equality::EqualOnDomain { condition, proof },
            true => Equality::Equal(proof),
        }
    }

    /// Where both are defined, if one of them is defined on less than the other: conditions
    /// in words.
    fn both_conditions(
        &self,
        (first, second): (FormId, FormId),
        found: &Compared,
    ) -> String {
        let [no_first, no_second] = &found.without;
        let is_whole = self.has_pseudo_inverse(&[first, second]);
        let mut conditions = self.conditions(first, no_first, is_whole);
        for condition in self.conditions(second, no_second, is_whole) {
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        conditions.join(" and ")
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
                self.compare_in_doubles(self.main, again, false),
                Opinion::ProbablyEqual(_)
            ))
    }
}
