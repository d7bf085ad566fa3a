//! Where a formula of arrays may have no derivative.
//!
//! A function of entries breaks where its row in the function table says so, a norm at 0, and
//! branches where what is compared is equal. What stands below a power that is smooth there
//! breaks no more.

use super::form::{Elementwise, FormId, Op};
use super::print;
use super::problem::Problem;
use super::shape::Shape;
use super::table::Special;
use crate::function;
use crate::kernel::{FunctionId, Number, Relation};
use rustc_hash::{FxHashMap, FxHashSet};

/// More conditions than this say nothing.
const MOST: usize = 8;

/// Functions that are 0 at their kinks, if one of two arguments is 0: their squares are smooth.
const ZERO_AT_KINKS: [&str; 4] = ["abs", "relu", "max", "min"];

impl Problem {
    /// The conditions under which the formula may have no derivative in some names, in which
    /// an entry of an array is written with indices; those of a second derivative are asked
    /// of what it is made of, too.
    pub fn kinks(&mut self, wrt: &[String], more: &[FormId]) -> Vec<String> {
        let needed = self.scope.definitions.iter().zip(self.needed());
        let bodies = needed.filter(|(_, needed)| *needed).map(|(one, _)| one.body);
        let roots: Vec<FormId> = [self.main].into_iter().chain(bodies).collect();
        // What is assumed may say that scalars break nowhere.
        let mut roots: Vec<FormId> =
            roots.into_iter().map(|root| self.with_short_scalars(root)).collect();
        roots.extend(more);
        let mut all: Vec<FormId> =
            roots.iter().flat_map(|root| self.forms.below(*root)).collect();
        all.sort_unstable();
        all.dedup();
        let depends = self.dependent(&all, wrt);
        let smooth = self.below_powers(&all);
        let mut found: Vec<String> = Vec::new();
        for id in all.into_iter().filter(|id| depends.contains(id)) {
            if let Some(condition) = self.break_of(id, &smooth)
                && !found.contains(&condition)
            {
                found.push(condition);
            }
        }
        found.truncate(MOST);
        found
    }

    /// The forms that depend on names, among those that are all below others.
    fn dependent(&self, all: &[FormId], wrt: &[String]) -> FxHashSet<FormId> {
        let is_asked = |name: &String| wrt.iter().any(|asked| asked == name);
        let mut known: FxHashMap<u16, bool> = FxHashMap::default();
        let mut found: FxHashSet<FormId> = FxHashSet::default();
        // A definition stands before those that use it, its form perhaps behind theirs.
        for (place, one) in self.scope.definitions.iter().enumerate() {
            let below = self.forms.below(one.body);
            let is_dependent = is_asked(&one.name)
                || below.iter().any(|id| match self.forms.op(*id) {
                    Op::Variable(at) => {
                        is_asked(&self.scope.variables[usize::from(*at)].name)
                    }
                    Op::Definition(at) => known.get(at) == Some(&true),
                    _ => false,
                });
            known.insert(place as u16, is_dependent);
        }
        for id in all {
            let is_dependent = match self.forms.op(*id) {
                Op::Variable(at) => {
                    is_asked(&self.scope.variables[usize::from(*at)].name)
                }
                Op::Definition(at) => known.get(at) == Some(&true),
                _ => self.forms.operands(*id).iter().any(|one| found.contains(one)),
            };
            if is_dependent {
                found.insert(*id);
            }
        }
        found
    }

    /// What stands in powers above 1 only.
    fn below_powers(&self, all: &[FormId]) -> FxHashSet<FormId> {
        let (mut smooth, mut others) = (FxHashSet::default(), FxHashSet::default());
        for id in all {
            match self.forms.op(*id) {
                Op::Power(base, n) | Op::ElementPower(base, n)
                    if self.forms.as_number(*n).is_some_and(|n| n > Number::ONE) =>
                {
                    smooth.insert(*base);
                }
                _ => others.extend(self.forms.operands(*id)),
            }
        }
        smooth.retain(|id| !others.contains(id));
        smooth
    }

    /// Where one operation breaks.
    fn break_of(&self, id: FormId, smooth: &FxHashSet<FormId>) -> Option<String> {
        match self.forms.op(id) {
            Op::Apply(Elementwise::Table(function), list) => {
                let equation = match Relation::of(*function) {
                    Some(Relation::And | Relation::Or) => return None,
                    Some(_) => "u = v",
                    None => function::spec(*function).breaks,
                };
                let is_flat = ["u = 0", "u = v"].contains(&equation);
                if equation.is_empty()
                    || smooth.contains(&id) && self.is_zero_at_kink(*function, list)
                {
                    return None;
                }
                let arguments = list.iter().map(|one| self.entry_text(*one, is_flat));
                let mut arguments: Vec<String> = arguments.collect();
                if let [a, _] = list[..]
                    && equation == "u = v"
                    && self.forms.as_number(a).is_some()
                {
                    arguments.reverse();
                }
                Some(put(&parted(equation), &arguments))
            }
            Op::Call(Special::Norm, list) if !smooth.contains(&id) => {
                Some(format!("{} = 0", self.text_of(list[0])))
            }
            Op::Call(Special::Norm1, list) => {
                Some(format!("{} = 0", self.entry_text(list[0], true)))
            }
            _ => None,
        }
    }

    /// Whether a function is 0 where it breaks, with a finite slope on both sides.
    fn is_zero_at_kink(&self, function: FunctionId, list: &[FormId]) -> bool {
        let row = function::spec(function);
        let is_zero = |id: &FormId| self.forms.as_number(*id) == Some(Number::ZERO);
        ZERO_AT_KINKS.contains(&row.name) && (list.len() == 1 || list.iter().any(is_zero))
    }

    fn text_of(&self, id: FormId) -> String {
        print::text(id, &self.forms, &self.scope)
    }

    /// An operand as it stands in an equation of numbers: an entry of an array, a scalar.
    fn entry_text(&self, id: FormId, is_flat: bool) -> String {
        let text = self.text_of(id);
        let is_name = text.chars().all(|c| c.is_alphanumeric() || c == '_');
        let indices = match self.forms.shape(id) {
            Shape::SCALAR if is_flat || is_name => return text,
            Shape::SCALAR => "",
            shape if shape.is_vector() => "[i]",
            _ => "[i,j]",
        };
        if is_name { format!("{text}{indices}") } else { format!("({text}){indices}") }
    }
}

/// That a product of differences is 0, as one of the equations that are meant.
fn parted(equation: &str) -> String {
    let product = equation.strip_suffix(") = 0").and_then(|all| all.strip_prefix('('));
    match product {
        Some(product) if product.contains(")*(") => {
            product.replace(")*(", " or ").replace(" - ", " = ")
        }
        _ => equation.to_owned(),
    }
}

/// An equation of the function table with its letters put in.
fn put(equation: &str, arguments: &[String]) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let letter = |word: &str| match word {
        "u" => arguments.first(),
        "v" => arguments.get(1),
        "w" => arguments.get(2),
        _ => None,
    };
    for c in equation.chars().chain([' ']) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        out.push_str(letter(&word).map_or(&word, String::as_str));
        word.clear();
        out.push(c);
    }
    out.trim_end().to_owned()
}
