//! Tensors of more than two axes in index notation.

use super::super::form::{FormId, Forms, Op, Scope};
use super::super::tensor::{Factor, Label, Node, TensorId, Tensors, Term};
use super::{closed, divisor, latex};

/// Names of labels, in the order in which they are given.
const NAMES: [&str; 16] =
    ["i", "j", "k", "l", "p", "q", "r", "s", "t", "u", "v", "w", "a", "b", "c", "d"];

/// A name for each label: none that a declaration, a size or an entry has already.
pub(crate) fn labels(count: usize, scope: &Scope) -> Vec<String> {
    let taken = |name: &str| {
        scope.variable(name).is_some()
            || scope.definition(name).is_some()
            || scope.sizes.named(name).is_some()
            || scope.indices.iter().any(|index| index == name)
    };
    let letters = NAMES.iter().map(|name| (*name).to_owned());
    let numbered = (1..).map(|k| format!("i{k}"));
    letters.chain(numbered).filter(|name| !taken(name)).take(count).collect()
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
    let terms = tensors.terms(id);
    let most = terms.iter().map(|term| term.sizes.len()).max().unwrap_or(order);
    let names = labels(most, scope);
    let mut out = String::new();
    let (less, more): (Vec<&Term>, Vec<&Term>) =
        terms.iter().partition(|term| term.coefficient.is_negative());
    for (place, term) in more.into_iter().chain(less).enumerate() {
        let minus = term.coefficient.is_negative();
        out.push_str(match (place, minus) {
            (0, false) => "",
            (0, true) => "-",
            (_, false) => " + ",
            (_, true) => " - ",
        });
        // A label at which a unit vector stands has the name of its index.
        let pinned = |label: Label| {
            let factors = term.factors.iter().filter(|f| f.at[..] == [label]);
            let mut units = factors.filter_map(|f| match tensors.node(f.id) {
                Node::Unit(index) => Some(scope.indices[usize::from(*index)].clone()),
                _ => None,
            });
            units.next().filter(|_| usize::from(label) >= order)
        };
        let plain = |l: Label| pinned(l).unwrap_or_else(|| names[usize::from(l)].clone());
        let joined = |label: Label| {
            let pair = pair_of(label, term, order, tensors)?;
            let (slow, fast) = (plain(pair.at[1]), plain(pair.at[2]));
            let size = scope.sizes.text(tensors.axes(pair.id)[2]);
            Some(match is_latex {
                true => format!("({slow}-1){}+{fast}", size.replace('*', " ")),
                false => format!("({slow}-1)*{size}+{fast}"),
            })
        };
        let label = |l: Label| joined(l).unwrap_or_else(|| plain(l));
        let bound: Vec<String> = (order as Label..term.sizes.len() as Label)
            .filter(|l| pinned(*l).is_none() && joined(*l).is_none())
            .map(label)
            .collect();
        let (mut words, mut under) = (Vec::new(), Vec::new());
        let size = term.coefficient.abs();
        if !size.is_one() || term.factors.is_empty() {
            let (top, below) = (size.numerator().to_big(), size.denominator().to_big());
            words.push(match (size.is_integer(), is_latex) {
                (true, _) => top.to_string(),
                (false, true) => format!(r"\frac{{{top}}}{{{below}}}"),
                (false, false) => format!("{top}/{below}"),
            });
        }
        let is_joined = |f: &Factor| {
            let known = f.at.first().and_then(|l| pair_of(*l, term, order, tensors));
            known.is_some_and(|pair| std::ptr::eq(pair, f))
        };
        for factor in term.factors.iter().filter(|f| !is_joined(f)) {
            let mut names: Vec<String> = factor.at.iter().map(|l| label(*l)).collect();
            if let Node::Unit(index) = tensors.node(factor.id) {
                let own = scope.indices[usize::from(*index)].clone();
                if names[..] == [own.clone()] {
                    continue;
                }
                names.insert(0, own);
            }
            // A power with a negative exponent stands below.
            if let Some((Op::Divide(one, below), true)) =
                form(factor.id).map(|found| (forms.op(found), names.is_empty()))
                && forms.as_number(*one).is_some_and(|n| n.is_one())
            {
                under.push(match is_latex {
                    true => latex(*below, forms, scope),
                    false => divisor(*below, forms, scope),
                });
                continue;
            }
            let names = match (names.is_empty(), is_latex) {
                (true, _) => String::new(),
                (false, true) => {
                    let is_long = names.iter().any(|name| name.contains('+'));
                    format!("_{{{}}}", names.join(if is_long { r",\," } else { "" }))
                }
                (false, false) => format!("[{}]", names.join(",")),
            };
            let written = match (tensors.node(factor.id), is_latex) {
                (Node::Delta | Node::Unit(_), true) => r"\delta".to_owned(),
                (Node::Delta | Node::Unit(_), false) => "δ".to_owned(),
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
        if words.is_empty() {
            words.push("1".to_owned());
        }
        let mut product = words.join(if is_latex { " " } else { "*" });
        let below = under.join(if is_latex { " " } else { "*" });
        if !under.is_empty() {
            product = match (is_latex, under.len()) {
                (true, _) => format!(r"\frac{{{product}}}{{{below}}}"),
                (false, 1) => format!("{product}/{below}"),
                (false, _) => format!("{product}/({below})"),
            };
        }
        out.push_str(&match (bound.is_empty(), is_latex) {
            (true, _) => product,
            (false, true) => format!(r"\sum_{{{}}} {product}", bound.join(",")),
            (false, false) => format!("Σ_{} {product}", bound.join(" Σ_")),
        });
    }
    if out.is_empty() {
        out.push('0');
    }
    Some(out)
}

/// The pair of which a label is made that is summed over: the index of a block and the one
/// inside of it. Labels of the pair that are pairs themselves are left.
fn pair_of<'t>(
    label: Label,
    term: &'t Term,
    order: usize,
    tensors: &Tensors,
) -> Option<&'t Factor> {
    let is_pair = |f: &&Factor| matches!(tensors.node(f.id), Node::Pair);
    let pairs = || term.factors.iter().filter(is_pair);
    let pair = pairs().find(|f| f.at[0] == label)?;
    let is_nested = pairs().any(|f| pair.at[1..].contains(&f.at[0]));
    let is_summed = usize::from(label) >= order && term.uses(label) == 2;
    (is_summed && !is_nested).then_some(pair)
}
