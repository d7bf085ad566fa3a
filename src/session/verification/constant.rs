//! Antiderivatives: formulas with a constant of integration, `x^2 + C`.

use super::super::engine::{Engine, Form};
use super::super::formula::Settings;
use super::compare::undecided;
use super::value::Part;
use crate::check::{Decision, Verdict};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Pool};

/// Names of constants of integration.
const NAMES: [&str; 3] = [USUAL, "k", "const"];
/// The name that is one whatever its case and index are.
const USUAL: &str = "c";

impl Engine {
    /// What is said of two formulas that differ, and each has a constant of integration: they
    /// may be the same but for its name, or by a constant that it takes in.
    pub(super) fn up_to_constant(
        &mut self,
        gold: &Part,
        answer: &Part,
    ) -> Result<Option<Decision>> {
        let (Some(first), Some(second)) =
            (self.constant_in(gold.id())?, self.constant_in(answer.id())?)
        else {
            return Ok(None);
        };
        let rests = [(gold.id(), &first), (answer.id(), &second)].map(|(id, name)| {
            let name = self.pool.symbol(name);
            self.pool.substitute(&[id], &[(name, Pool::ZERO)], function::apply)[0]
        });
        let is_usual = |name: &str| letter(name) == USUAL;
        let is_other_case = first != second && is_usual(&first) && is_usual(&second);
        if is_other_case && self.decide_ids(rests[0], rests[1])?.verdict == Verdict::Equal
        {
            let known = format!(
                "proved: but for the name of the constant, `{first}` or `{second}`"
            );
            return Ok(Some(Decision { verdict: Verdict::Equal, known }));
        }
        let gap = self.pool.difference(rests[0], rests[1]);
        let gap = self.simplify(gap)?;
        Ok(self.is_constant_throughout(gap)?.then(|| {
            undecided(&format!("they differ by a constant, which `{first}` may take in"))
        }))
    }

    /// What is said of two formulas that differ, where their constants may have other names, or
    /// one constant may be written for another: `Ce^{2x}` and `Ke^{2x}`, `\ln(Cx)` and
    /// `\ln x + C`.
    pub(super) fn up_to_names(
        &mut self,
        gold: ExprId,
        answer: ExprId,
    ) -> Result<Option<Decision>> {
        const MOST: usize = 3;
        let [own, other] = [gold, answer].map(|id| self.variables(&[id]));
        let (first, known): (Vec<String>, Vec<String>) =
            own.into_iter().partition(|name| is_arbitrary(name));
        let (second, more): (Vec<String>, Vec<String>) =
            other.into_iter().partition(|name| is_arbitrary(name));
        let is_sure = |names: &[String]| names.iter().any(|name| is_sure(name));
        let are_capital = first.iter().chain(&second).all(|name| is_capital(name));
        let may_be = (is_sure(&first) || is_sure(&second) || are_capital)
            && first.len() == second.len()
            && (1..=MOST).contains(&first.len())
            && known == more;
        if !may_be {
            return Ok(None);
        }
        let targets: Vec<ExprId> =
            first.iter().map(|name| self.pool.symbol(name)).collect();
        for order in orders(second.len()) {
            let put: Vec<(ExprId, ExprId)> = order
                .iter()
                .zip(&second)
                .map(|(place, name)| (self.pool.symbol(name), targets[*place]))
                .collect();
            let moved = self.pool.substitute(&[answer], &put, function::apply)[0];
            if !self.decide_ids(gold, moved)?.verdict.is_equal() {
                continue;
            }
            let mut pairs = order.iter().zip(&second);
            let is_one = first.len() == 1;
            let are_usual = pairs.all(|(place, name)| {
                let own = &first[*place];
                let is_index = own[1..] == name[1..] || is_one;
                letter(own) == USUAL && letter(name) == USUAL && is_index
            });
            return Ok(Some(match are_usual {
                true => {
                    let known = "proved: but for the names of the constants".to_owned();
                    Decision { verdict: Verdict::Equal, known }
                }
                false => undecided("they are equal but for the names of the constants"),
            }));
        }
        if self.is_same_basis((gold, &first), (answer, &second), &known)? {
            let reason = "they are equal where other constants are written for these";
            return Ok(Some(undecided(reason)));
        }
        // `C` may be a capacity beside a voltage.
        let has_sure = is_sure(&first) || is_sure(&second);
        if first.len() > 1
            || !has_sure
            || known.iter().any(|name| is_capital(name))
            || known.is_empty()
        {
            return Ok(None);
        }
        let [one, two] = [&first[0], &second[0]].map(|name| self.pool.symbol(name));
        let is_same = self.is_same_family((gold, one), (answer, two))?;
        Ok(is_same.then(|| {
            undecided("they are equal where another constant is written for one")
        }))
    }

    /// What is said of two equations in two variables that differ, each with a constant: they may
    /// be the same curves, as `\ln y = x + C` and `y = Ce^x` are.
    pub(super) fn up_to_level(
        &mut self,
        gold: ExprId,
        answer: ExprId,
    ) -> Result<Option<Decision>> {
        let mut levels = [gold, answer];
        let mut known: Option<Vec<String>> = None;
        for level in &mut levels {
            let names = self.variables(&[*level]);
            let is_constant = |name: &String| is_arbitrary(name) && is_capital(name);
            let (constants, names): (Vec<String>, Vec<String>) =
                names.into_iter().partition(is_constant);
            let [constant] = &constants[..] else { return Ok(None) };
            if names.len() != 2 || known.as_ref().is_some_and(|known| *known != names) {
                return Ok(None);
            }
            known = Some(names);
            let slope = self.derivative(*level, constant, Form::Auto, &mut ())?;
            if self.variables(&[slope]).contains(constant) || slope == Pool::ZERO {
                return Ok(Some(undecided("the constant is not isolated")));
            }
            let put = [(self.pool.symbol(constant), Pool::ZERO)];
            let rest = self.pool.substitute(&[*level], &put, function::apply)[0];
            *level = self.pool.quotient(rest, slope);
        }
        let Some([x, y]) = known.as_deref() else { return Ok(None) };
        let mut products = [Pool::ZERO; 2];
        for (product, [first, second]) in products.iter_mut().zip([[x, y], [y, x]]) {
            let left = self.derivative(levels[0], first, Form::Auto, &mut ())?;
            let right = self.derivative(levels[1], second, Form::Auto, &mut ())?;
            *product = self.pool.product(&[left, right]);
        }
        let is_same = !self.decide_ids(products[0], products[1])?.verdict.is_different();
        Ok(is_same.then(|| {
            undecided("they are equal where another constant is written for one")
        }))
    }

    /// Whether two formulas in one variable and two constants are the same functions together:
    /// `C_1e^x + C_2e^{-x}` and `A\cosh x + B\sinh x`.
    fn is_same_basis(
        &mut self,
        (gold, first): (ExprId, &[String]),
        (answer, second): (ExprId, &[String]),
        known: &[String],
    ) -> Result<bool> {
        let ([_, _], [_, _], [variable]) = (first, second, known) else {
            return Ok(false);
        };
        let mut is_linear = [true; 2];
        let mut functions = Vec::new();
        let mut rests = [gold, answer];
        let sides = rests.iter_mut().zip([first, second]).zip(&mut is_linear);
        for ((rest, constants), is_linear) in sides {
            for constant in constants {
                let slope = self.derivative(*rest, constant, Form::Auto, &mut ())?;
                let names = self.variables(&[slope]);
                *is_linear &= !names.iter().any(|name| constants.contains(name));
                functions.push(slope);
                let put = [(self.pool.symbol(constant), Pool::ZERO)];
                *rest = self.pool.substitute(&[*rest], &put, function::apply)[0];
            }
        }
        // One amplitude and one phase are two constants, too: `A\sin(x + B)`.
        if is_linear != [true; 2] {
            return Ok(is_linear[0] != is_linear[1]);
        }
        let gap = self.pool.difference(rests[0], rests[1]);
        // Each row is a function with its first two derivatives.
        let mut rows = Vec::new();
        for function in functions.into_iter().chain([gap]) {
            let mut row = [function; 3];
            for place in 1..row.len() {
                row[place] =
                    self.derivative(row[place - 1], variable, Form::Auto, &mut ())?;
            }
            rows.push(row);
        }
        let [one, two, others @ ..] = &rows[..] else { return Ok(false) };
        let mut minors = [Pool::ZERO; 3];
        for (place, minor) in minors.iter_mut().enumerate() {
            let (a, b) = ((place + 1) % 3, (place + 2) % 3);
            let left = self.pool.product(&[one[a], two[b]]);
            let right = self.pool.product(&[one[b], two[a]]);
            *minor = self.pool.difference(left, right);
        }
        // Two functions of which one is a multiple of the other are no basis.
        if let [third, fourth, ..] = others {
            let left = self.pool.product(&[third[0], fourth[1]]);
            let right = self.pool.product(&[third[1], fourth[0]]);
            for own in [minors[2], self.pool.difference(left, right)] {
                if self.decide_ids(own, Pool::ZERO)?.verdict.is_equal() {
                    return Ok(false);
                }
            }
        }
        for row in others {
            let mut terms = [Pool::ZERO; 3];
            for (term, (entry, minor)) in terms.iter_mut().zip(row.iter().zip(minors)) {
                *term = self.pool.product(&[*entry, minor]);
            }
            let determinant = self.pool.sum(&terms);
            if !self.decide_ids(determinant, Pool::ZERO)?.verdict.is_equal() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether two formulas are the same for all values of their constants together.
    fn is_same_family(
        &mut self,
        (gold, one): (ExprId, ExprId),
        (answer, two): (ExprId, ExprId),
    ) -> Result<bool> {
        const FORMS: [&str; 8] =
            ["-a", "e^a", "ln(a)", "1/a", "2*a", "a/2", "a^2", "sqrt(a)"];
        for form in FORMS {
            let form = self.read(form, &Settings::default())?;
            let a = self.pool.symbol("a");
            let other =
                self.pool.substitute(&[form.roots[0]], &[(a, one)], function::apply)[0];
            let put = [(two, other)];
            let moved = self.pool.substitute(&[answer], &put, function::apply)[0];
            if self.decide_ids(gold, moved)?.verdict.is_equal() {
                return Ok(true);
            }
        }
        // Both are linear in their constants, and in the same manner.
        let mut lines = [(gold, one), (answer, two)];
        for (rest, constant) in &mut lines {
            let name = self.text_of(*constant);
            let slope = self.derivative(*rest, &name, Form::Auto, &mut ())?;
            if self.variables(&[slope]).contains(&name) || slope == Pool::ZERO {
                return Ok(false);
            }
            let put = [(*constant, Pool::ZERO)];
            *rest = self.pool.substitute(&[*rest], &put, function::apply)[0];
            *constant = slope;
        }
        let [(first, slope), (second, other)] = lines;
        let gap = self.pool.difference(first, second);
        for ratio in [self.pool.quotient(other, slope), self.pool.quotient(gap, slope)] {
            let ratio = self.simplify(ratio)?;
            if !self.is_constant_throughout(ratio)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The constant of integration in an expression: a term of its own with a number before it.
    fn constant_in(&mut self, id: ExprId) -> Result<Option<String>> {
        for name in self.variables(&[id]) {
            if !NAMES.contains(&letter(&name).as_str()) {
                continue;
            }
            let slope = self.derivative(id, &name, Form::Auto, &mut ())?;
            if self.pool.as_number(slope).is_some_and(|n| !n.is_zero()) {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// Whether an expression has the same value everywhere.
    fn is_constant_throughout(&mut self, id: ExprId) -> Result<bool> {
        for name in self.variables(&[id]) {
            let slope = self.derivative(id, &name, Form::Auto, &mut ())?;
            if slope != Pool::ZERO
                && !self.decide_ids(slope, Pool::ZERO)?.verdict.is_equal()
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// A name without its index, in small letters.
fn letter(name: &str) -> String {
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    plain.to_lowercase()
}

/// Whether a name is mostly that of a constant of integration, whatever it is called.
fn is_arbitrary(name: &str) -> bool {
    let letter = letter(name);
    NAMES.contains(&letter.as_str())
        || is_capital(name) && matches!(letter.as_str(), "a" | "b" | "d")
        || name.len() > 1 && name.ends_with('0')
}

/// Whether a name is that of a constant of integration: `C`, `c_1`.
fn is_sure(name: &str) -> bool {
    letter(name) == USUAL && (is_capital(name) || name.len() > 1) || name == NAMES[2]
}

fn is_capital(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// The orders of a few places.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new()];
    for place in 0..count {
        let longer = found.iter().flat_map(|order: &Vec<usize>| {
            (0..=order.len()).map(move |at| {
                let mut order = order.clone();
                order.insert(at, place);
                order
            })
        });
        found = longer.collect();
    }
    found
}
