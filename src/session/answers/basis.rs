//! Answers in unit vectors: `2x i + j`.

use super::super::engine::Engine;
use super::super::formula::{Formula, Settings};
use super::answer::{Answer, Asked, is_known};
use crate::error::{Note, Result};
use crate::function;
use crate::kernel::{ExprId, Pool};
use crate::syntax::Input;

/// Unit vectors by their names, in the order of x, y, z.
pub(in crate::session) const BASES: [[&str; 3]; 4] =
    [["i", "j", "k"], ["i_hat", "j_hat", "k_hat"], ["î", "ĵ", "k̂"], ["e1", "e2", "e3"]];
/// What stands before and behind the name of a variable in that of its unit vector.
const AFFIXES: [(&str, &str); 3] = [DIFFERENTIAL, ("", "_hat"), ("e_", "")];
/// What makes the differential of a variable.
const DIFFERENTIAL: (&str, &str) = ("d", "");

impl Engine {
    /// How an answer in LaTeX is read in which differentials of the question stand: they are
    /// names there, and no products of two letters.
    pub(in crate::session) fn with_differentials(
        &self,
        text: &str,
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Option<Settings> {
        let derivatives = asked.question.derivatives();
        let is_free = |name: &&String| {
            name.chars().count() == 1
                && !is_known(asked.known, "d")
                && !is_known(asked.known, &format!("d{name}"))
        };
        let names = derivatives.iter().flatten().filter(is_free);
        let found: Vec<String> = names
            .map(|name| format!("d{name}"))
            .filter(|name| {
                text.contains(&format!("\\mathrm{{d}}{}", &name[1..]))
                    || text.match_indices(name).any(|(at, _)| {
                        !text[..at]
                            .ends_with(|c: char| c.is_ascii_alphabetic() || c == '\\')
                    })
            })
            .collect();
        let is_latex = settings.input_of(text) == Input::Latex;
        (is_latex && !found.is_empty()).then(|| {
            let mut own = settings.clone();
            own.declared.extend(found);
            own
        })
    }

    /// An answer in unit vectors as its components; any other as it is.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn in_basis(
        &mut self,
        formula: Formula,
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Result<Answer> {
        let derivatives = asked.question.derivatives();
        let wanted = derivatives.len() * asked.formula.roots.len();
        let ([root], 1..=3) = (&formula.roots[..], wanted) else {
            return Ok(Answer::of(formula));
        };
        let own = self.variables(&[*root]);
        let fits = |basis: &Vec<String>| {
            let is_used = |unit: &String| own.contains(unit);
            !basis.is_empty()
                && basis.iter().any(is_used)
                && !basis.iter().any(|unit| is_known(asked.known, unit))
        };
        let Some(basis) = bases(&derivatives, wanted).into_iter().find(fits) else {
            return Ok(Answer::of(formula));
        };
        let units: Vec<ExprId> =
            basis.iter().map(|unit| self.pool.symbol(unit)).collect();
        if !self.is_combination(*root, &units)? {
            return Ok(Answer::of(formula));
        }
        let is_vector = wanted > 1;
        let mut answer = Answer { is_vector, ..Answer::empty(Vec::new()) };
        if derivatives.iter().flatten().any(|name| basis[0] == format!("d{name}")) {
            let all = basis.join("`, `");
            let message = match is_vector {
                true => format!("the factors of `{all}` are the components"),
                false => format!("the differential `{all}` is left out"),
            };
            answer.notes.push(Note { message, span: None });
        }
        for chosen in 0..wanted {
            answer.components.push(Some((chosen, 0)));
            answer.formulas.extend(self.component(&formula, &basis, chosen, settings)?);
        }
        Ok(answer)
    }

    /// Whether an expression is a combination of unit vectors and holds nothing else.
    pub(in crate::session) fn is_combination(
        &mut self,
        root: ExprId,
        units: &[ExprId],
    ) -> Result<bool> {
        let mut terms = vec![root];
        for chosen in 0..units.len() {
            let one = |place: usize| i64::from(place == chosen);
            let values: Vec<(ExprId, ExprId)> = (0..units.len())
                .map(|place| (units[place], self.pool.integer(one(place))))
                .collect();
            let part = self.pool.substitute(&[root], &values, function::apply)[0];
            let term = self.pool.product(&[part, units[chosen]]);
            terms.push(self.pool.negate(term));
        }
        let rest = self.pool.sum(&terms);
        Ok(self.simplify(rest)? == Pool::ZERO)
    }

    /// What stands before one of the unit vectors of a formula.
    pub(in crate::session) fn component(
        &mut self,
        formula: &Formula,
        basis: &[String],
        chosen: usize,
        settings: &Settings,
    ) -> Result<Vec<Formula>> {
        let mut program = formula.program().clone();
        for (place, unit) in basis.iter().enumerate() {
            program.define(unit, i64::from(place == chosen));
        }
        let is_about = |message: &str| {
            basis.iter().any(|unit| message.contains(&format!("`{unit}`")))
        };
        program.notes.retain(|note| !is_about(&note.message));
        self.read_programs(|_, _| Ok([program.clone()]), settings)
    }
}

/// The unit vectors in which so many components may be written, each in the order of the
/// components: i belongs to x.
fn bases(derivatives: &[Vec<String>], wanted: usize) -> Vec<Vec<String>> {
    let names: Option<Vec<&str>> = derivatives
        .iter()
        .map(|names| match &names[..] {
            [name] => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let names = names.filter(|names| names.len() == wanted).unwrap_or_default();
    // One component has no unit vector, but `3 dx/(3x + 1)` is `3/(3x + 1)`.
    if wanted == 1 {
        return vec![names.iter().map(|name| format!("d{name}")).collect()];
    }
    let axes: Option<Vec<usize>> = names
        .iter()
        .map(|name| ["x", "y", "z"].iter().position(|axis| axis == name))
        .collect();
    let axes = axes.filter(|axes| axes.len() == wanted);
    let axes = axes.unwrap_or_else(|| (0..wanted).collect());
    let mut found: Vec<Vec<String>> = BASES
        .iter()
        .map(|basis| axes.iter().map(|axis| basis[*axis].to_owned()).collect())
        .collect();
    if !names.is_empty() {
        for (before, behind) in AFFIXES {
            let unit = |name: &&str| format!("{before}{name}{behind}");
            found.push(names.iter().map(unit).collect());
        }
    }
    found
}
