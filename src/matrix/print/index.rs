//! Tensors of more than two axes in index notation.

use super::super::form::{FormId, Forms, Scope};
use super::super::tensor::{Label, Node, TensorId, Tensors};
use super::{closed, latex};

/// Names of labels, in the order in which they are given.
const NAMES: [&str; 12] = ["i", "j", "k", "l", "p", "q", "r", "s", "t", "u", "v", "w"];

/// The name of a label.
pub(crate) fn label(place: Label) -> String {
    let place = usize::from(place);
    match NAMES.get(place) {
        Some(name) => (*name).to_owned(),
        None => format!("i{}", place - NAMES.len() + 1),
    }
}

/// A tensor as a sum of products of entries; `form` gives the forms of matrices and vectors
/// in it. `None` when one has no form.
pub(crate) fn index_notation(
    id: TensorId,
    tensors: &Tensors,
    form: impl Fn(TensorId) -> Option<FormId>,
    (forms, scope): (&Forms, &Scope),
    is_latex: bool,
) -> Option<String> {
    let order = tensors.axes(id).len();
    let mut out = String::new();
    for (place, term) in tensors.terms(id).iter().enumerate() {
        let minus = term.coefficient.is_negative();
        out.push_str(match (place, minus) {
            (0, false) => "",
            (0, true) => "-",
            (_, false) => " + ",
            (_, true) => " - ",
        });
        let bound: Vec<String> =
            (order as Label..term.sizes.len() as Label).map(label).collect();
        let mut words = Vec::new();
        let size = term.coefficient.abs();
        if !size.is_one() || term.factors.is_empty() {
            let (top, below) = (size.numerator().to_big(), size.denominator().to_big());
            words.push(match (size.is_integer(), is_latex) {
                (true, _) => top.to_string(),
                (false, true) => format!(r"\frac{{{top}}}{{{below}}}"),
                (false, false) => format!("{top}/{below}"),
            });
        }
        for factor in &term.factors {
            let names: Vec<String> = factor.at.iter().map(|l| label(*l)).collect();
            let names = match (names.is_empty(), is_latex) {
                (true, _) => String::new(),
                (false, true) => format!("_{{{}}}", names.join("")),
                (false, false) => format!("[{}]", names.join(",")),
            };
            let written = match (tensors.node(factor.id), is_latex) {
                (Node::Delta, true) => r"\delta".to_owned(),
                (Node::Delta, false) => "δ".to_owned(),
                (_, true) => {
                    let found = form(factor.id)?;
                    let written = latex(found, forms, scope);
                    match forms.operands(found).is_empty() {
                        true => written,
                        false => format!(r"\left({written}\right)"),
                    }
                }
                (_, false) => closed(form(factor.id)?, forms, scope),
            };
            words.push(written + &names);
        }
        let product = words.join(if is_latex { " " } else { "*" });
        out.push_str(&match (bound.is_empty(), is_latex) {
            (true, _) => product,
            (false, true) => format!(r"\sum_{{{}}} {product}", bound.join(",")),
            (false, false) => format!("Σ_{} {product}", bound.join(",")),
        });
    }
    if out.is_empty() {
        out.push('0');
    }
    Some(out)
}
