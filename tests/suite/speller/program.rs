//! Trees as programs: definitions in any order, some of them functions of one's own.

use super::random::Random;
use super::spelling::spell;
use super::tree::Tree;

/// Names that no variable has.
const OWN: [&str; 3] = ["p", "q", "w"];
/// The parameter of functions of one's own.
const PARAMETER: &str = "s";
/// What stands between definitions.
const ENDS: [&str; 8] =
    ["; ", ";", " ; ", "\n", "\n\n", ";\n", "  # so\n", "\n# and so\n"];

/// The tree as definitions, of which one is the answer: no other uses it.
pub(crate) fn program(random: &mut Random, tree: &Tree) -> String {
    let mut tree = tree.clone();
    let mut lines = Vec::new();
    let mut own = OWN;
    random.shuffle(&mut own);
    for name in &own[..random.between(1, 2) as usize] {
        let mut parts: Vec<&mut Tree> =
            tree.operands_mut().into_iter().filter(|part| may_be_named(part)).collect();
        if parts.is_empty() {
            break;
        }
        let place = random.place(parts.len());
        let part = &mut *parts[place];
        let is_function = part.names().len() == 1 && random.chance(40);
        let body = std::mem::replace(part, Tree::Name(name));
        lines.push(if is_function {
            let used = Tree::Name(body.names()[0]);
            *part = Tree::Call(name, Box::new(used));
            format!("{name}({PARAMETER}) = {}", spell(random, &renamed(body)))
        } else {
            format!("{name} = {}", spell(random, &body))
        });
    }
    lines.push(format!(
        "{}{}",
        random.pick(&["f = ", "f = ", "f=", ""]),
        spell(random, &tree)
    ));
    random.shuffle(&mut lines);
    lines.join(random.pick(&ENDS))
}

fn may_be_named(part: &Tree) -> bool {
    !part.operands().is_empty()
        && !matches!(part, Tree::Negative(_) | Tree::Factorial(_) | Tree::Call(..))
}

/// A tree over the parameter, in place of its only name.
fn renamed(mut tree: Tree) -> Tree {
    if let Tree::Name(name) = &mut tree {
        *name = PARAMETER;
    }
    for operand in tree.operands_mut() {
        let part = std::mem::replace(operand, Tree::E);
        *operand = renamed(part);
    }
    tree
}
