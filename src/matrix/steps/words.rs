//! Names of what lines are about, in both notations.

use super::super::form::{FormId, Op, Variable};
use super::super::print;
use super::super::problem::Problem;
use super::super::shape::{Shape, SizeId};
use super::Course;
use super::identity::math;
use crate::derivation::{Math, Reason};
use crate::syntax::raised;

/// `∂²f/∂x²`, `∂²f/∂x∂y`: the derivative in each of some names, one after the other.
pub fn derivative_label(function: &Math, variables: &[Math]) -> Math {
    let power = |order: usize| match order {
        1 => String::new(),
        n => format!("^{n}"),
    };
    let above = raised_text(variables.len() as u32);
    let mut below = math("", "");
    for run in variables.chunk_by(|a, b| a == b) {
        let (name, order) = (&run[0], run.len());
        below.text.push_str(&format!("∂{}{}", name.text, raised_text(order as u32)));
        let gap = if below.latex.is_empty() { "" } else { r"\, " };
        below.latex.push_str(&format!(r"{gap}\partial {}{}", name.latex, power(order)));
    }
    Math {
        text: format!("∂{above}{}/{}", function.text, below.text),
        latex: format!(
            r"\frac{{\partial{} {}}}{{{}}}",
            power(variables.len()),
            function.latex,
            below.latex
        ),
    }
}

/// An order above the line; nothing for the first.
pub(super) fn raised_text(order: u32) -> String {
    if order == 1 { String::new() } else { raised(order) }
}

impl Math {
    /// The differential of what has this name.
    pub(super) fn change(&self, is_name: bool) -> Self {
        match is_name {
            true => math(&format!("d{}", self.text), &format!("d{}", self.latex)),
            false => math(
                &format!("d({})", self.text),
                &format!(r"d\left({}\right)", self.latex),
            ),
        }
    }
}

impl Problem {
    /// A form in both notations.
    pub(super) fn math(&self, id: FormId) -> Math {
        Math {
            text: print::text(id, &self.forms, &self.scope),
            latex: print::latex(id, &self.forms, &self.scope),
        }
    }
}

impl Course {
    /// A form in both notations.
    pub(super) fn math(&self, id: FormId) -> Math {
        self.problem.math(id)
    }

    /// The name of what is differentiated.
    pub(super) fn function(&self) -> Math {
        let name = self.problem.function();
        math(name, &self.problem.name_latex(name))
    }

    /// A name in both notations.
    pub(super) fn written_name(&mut self, op: Op, shape: Shape) -> Math {
        let id = self.intern(op, shape);
        self.math(id)
    }

    /// The names that the function is made of, the last defined first, with what they stand
    /// for; those in which is differentiated stand for themselves.
    pub(super) fn names(&mut self) -> Vec<(Math, Math)> {
        let count = self.problem.scope.definitions.len();
        let mut roots = vec![self.problem.main];
        let mut needed = vec![false; count];
        while let Some(root) = roots.pop() {
            for id in self.problem.forms.below(root) {
                let Op::Definition(place) = *self.problem.forms.op(id) else { continue };
                let is_target = self.changes.iter().any(|(target, _)| *target == id);
                let place = usize::from(place);
                if !is_target && !std::mem::replace(&mut needed[place], true) {
                    roots.push(self.problem.scope.definitions[place].body);
                }
            }
        }
        let mut names = Vec::new();
        for place in (0..count).rev().filter(|place| needed[*place]) {
            let body = self.problem.scope.definitions[place].body;
            let shape = self.shape(body);
            let name = self.written_name(Op::Definition(place as u16), shape);
            names.push((name, self.math(body)));
        }
        names
    }

    /// The names in a form that do not change.
    pub(super) fn fixed(&mut self, root: FormId) -> Option<Reason> {
        let mut names: Vec<FormId> = Vec::new();
        for id in self.problem.forms.below(root) {
            let is_name = match self.problem.forms.op(id) {
                Op::Variable(place) => {
                    !self.problem.scope.variables[usize::from(*place)].is_differential
                }
                Op::Definition(_) => true,
                _ => false,
            };
            if is_name && !self.depends(id) {
                names.push(id);
            }
        }
        // In the order of the declarations, names of parts behind them.
        names.sort_by_key(|id| match self.problem.forms.op(*id) {
            Op::Variable(place) => (0, *place),
            Op::Definition(place) => (1, *place),
            _ => (2, 0),
        });
        (!names.is_empty()).then(|| {
            let names: Vec<Math> = names.into_iter().map(|id| self.math(id)).collect();
            Reason::new("fixed").with("names", listed(&names))
        })
    }

    /// What is assumed of a variable, as an equation.
    fn structure(&self, place: u16) -> Option<Math> {
        let variable = &self.problem.scope.variables[usize::from(place)];
        let (name, known) = (&variable.name, variable.structure);
        let latex = match name.strip_prefix('d') {
            Some(of) if variable.is_differential => {
                format!("d{}", print::name_latex(of, variable.shape))
            }
            _ => print::name_latex(name, variable.shape),
        };
        if variable.shape.is_scalar() {
            return None;
        }
        if known.orthogonal {
            let n = self.problem.scope.sizes.text(variable.shape.rows);
            let text = format!("{name}'*{name} = eye({n})");
            return Some(math(
                &text,
                &format!(r"{latex}^\top {latex} = \mathbf{{I}}_{{{n}}}"),
            ));
        }
        if known.diagonal {
            let inner = format!(
                r"\operatorname{{diag}}\left(\operatorname{{diag}}\left({latex}\right)\right)"
            );
            let text = format!("{name} = diag(diag({name}))");
            return Some(math(&text, &format!("{latex} = {inner}")));
        }
        if known.stochastic && variable.shape.is_vector() {
            let latex = format!(r"\operatorname{{sum}}\left({latex}\right) = 1");
            return Some(math(&format!("sum({name}) = 1"), &latex));
        }
        known.symmetric.then(|| {
            math(&format!("{name}' = {name}"), &format!(r"{latex}^\top = {latex}"))
        })
    }

    /// What is assumed of the matrices in a form, of those that are asked for.
    fn assumed(&self, root: FormId, is_asked: impl Fn(&Variable) -> bool) -> Vec<Math> {
        let below = self.problem.forms.below(root);
        let is_used = |place: u16| {
            below.iter().any(|id| *self.problem.forms.op(*id) == Op::Variable(place))
        };
        let variables = self.problem.scope.variables.iter().zip(0..);
        let asked = variables.filter(|(v, place)| is_asked(v) && is_used(*place));
        asked.filter_map(|(_, place)| self.structure(place)).collect()
    }

    /// That matrices in a form are symmetric.
    pub(super) fn symmetric_in(&self, root: FormId) -> Option<Reason> {
        let all = self.assumed(root, |v| v.structure.symmetric && !v.is_differential);
        (!all.is_empty()).then(|| Reason::new("symmetric").with("rule", listed(&all)))
    }

    /// That the change of a form is symmetric, and which matrices in it are orthogonal.
    pub(super) fn assumptions(&self, root: FormId) -> Vec<Reason> {
        let turned = self.assumed(root, |v| v.structure.symmetric && v.is_differential);
        let orthogonal = self.assumed(root, |v| v.structure.orthogonal);
        let all = [("symmetric", turned), ("orthogonal", orthogonal)];
        let told = all.into_iter().filter(|(_, list)| !list.is_empty());
        told.map(|(id, list)| Reason::new(id).with("rule", listed(&list))).collect()
    }

    /// The shapes of the names that the function has.
    pub(super) fn shapes(&self) -> Option<Reason> {
        let scope = &self.problem.scope;
        let mut shapes = Vec::new();
        for name in self.problem.variables() {
            let Some(place) = scope.variable(&name) else { continue };
            let shape = scope.variables[usize::from(place)].shape;
            let size = |size| scope.sizes.text(size);
            let (text, space) = match (shape.rows, shape.cols) {
                (SizeId::ONE, SizeId::ONE) => (name.clone(), r"\mathbb{R}".to_owned()),
                (rows, SizeId::ONE) => {
                    let n = size(rows);
                    (format!("{name}[{n}]"), format!(r"\mathbb{{R}}^{{{n}}}"))
                }
                (rows, cols) => {
                    let (m, n) = (size(rows), size(cols));
                    let space = format!(r"\mathbb{{R}}^{{{m} \times {n}}}");
                    (format!("{name}[{m},{n}]"), space)
                }
            };
            let own = print::name_latex(&name, shape);
            shapes.push(math(&text, &format!(r"{own} \in {space}")));
            shapes.extend(self.structure(place));
        }
        (!shapes.is_empty())
            .then(|| Reason::new("shapes").with("shapes", listed(&shapes)))
    }
}

/// Several pieces with commas.
pub(super) fn listed(all: &[Math]) -> Math {
    let texts: Vec<&str> = all.iter().map(|one| &one.text[..]).collect();
    let latex: Vec<&str> = all.iter().map(|one| &one.latex[..]).collect();
    math(&texts.join(", "), &latex.join(r",\ "))
}
