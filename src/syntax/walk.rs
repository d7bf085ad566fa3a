//! Ways through a program for those who write down how it was read: the operands of a node,
//! the steps of a product, how much there is below a definition.

use super::ast::{Ast, AstId, Definition, List, Partial, Program};
use super::names::is_differential;
use smallvec::SmallVec;

/// An operand of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A node.
    Node(AstId),
    /// A quotient of differentials as `dx/dt`, which is one thing.
    Quotient(AstId, AstId),
}

/// What is done in a product to all that stands before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whether it is divided by the operand, of which there is one then.
    pub divides: bool,
    /// What it is multiplied or divided by.
    pub operands: SmallVec<[Operand; 2]>,
}

/// How much there is below a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The nodes, each as often as it is used.
    pub nodes: u64,
    /// How many operations stand inside of one another.
    pub height: usize,
}

impl Program {
    /// A partial derivative of an abstract function.
    pub fn partial(&self, id: u32) -> &Partial {
        &self.partials[id as usize]
    }

    /// The steps of a product from the left to the right: `a*b/c*d` is a times b, divided by
    /// c, times d. The first step has no quotient in it and one operand at least.
    pub fn steps(&self, list: List) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let mut rest = self.list(list);
        while let [(divides, id), tail @ ..] = rest {
            let (divides, mut operand) = (*divides, Operand::Node(*id));
            rest = tail;
            if let (false, [(true, below), tail @ ..]) = (divides, tail)
                && self.is_differential(*id)
                && self.is_differential(*below)
            {
                operand = Operand::Quotient(*id, *below);
                rest = tail;
            }
            match steps.last_mut().filter(|last| !last.divides && !divides) {
                Some(last) => last.operands.push(operand),
                None => {
                    let operands = SmallVec::from_slice(&[operand]);
                    steps.push(Step { divides, operands });
                }
            }
        }
        steps
    }

    fn is_differential(&self, id: AstId) -> bool {
        matches!(self.node(id), Ast::Name(name) if is_differential(self.name(name)))
    }

    /// Which nodes of a definition its body uses, from the first one on.
    pub fn used(&self, definition: &Definition) -> Vec<bool> {
        let (first, last) = (definition.first, definition.body);
        let mut used = vec![false; (last - first + 1) as usize];
        used[(last - first) as usize] = true;
        for id in (first..=last).rev() {
            if used[(id - first) as usize] {
                for operand in self.operands(id) {
                    used[(operand - first) as usize] = true;
                }
            }
        }
        used
    }

    /// How much there is below a definition.
    pub fn extent(&self, definition: &Definition) -> Extent {
        let first = definition.first;
        let mut extents: Vec<Extent> = Vec::new();
        for id in first..=definition.body {
            let below = self.operands(id).into_iter();
            let mut whole = Extent { nodes: 1, height: 0 };
            for one in below.map(|operand| extents[(operand - first) as usize]) {
                whole.nodes = whole.nodes.saturating_add(one.nodes);
                whole.height = whole.height.max(one.height);
            }
            whole.height += match self.node(id) {
                Ast::Product(list) => self.steps(list).len() + 1,
                _ => 1,
            };
            extents.push(whole);
        }
        extents.pop().unwrap_or(Extent { nodes: 0, height: 0 })
    }
}
