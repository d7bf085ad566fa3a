//! A formula as a program in which each operation has a name.

use super::ast::{Ast, AstId, Definition, List, Program};
use crate::span::Span;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The letters before the numbers of steps, in the order in which they are tried; Griewank
/// and Walther call the steps of a formula so.
const LETTERS: [&str; 4] = ["v", "w", "t", "step"];

impl Program {
    /// The program of one formula with a name for each operation on a variable, equal ones
    /// sharing theirs; `None` where the formula is no single one, has names of its own in it
    /// already, or an operation that stands only where shapes are declared.
    pub fn stepwise(&self) -> Option<Self> {
        let [definition] = self.definitions() else { return None };
        if !definition.parameters.is_empty() {
            return None;
        }
        let is_free = |letter: &&&str| {
            let is_step = |name: &String| {
                name.strip_prefix(**letter)
                    .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
            };
            !self.names().iter().any(is_step)
        };
        let letter = *LETTERS.iter().find(is_free)?;
        let mut new = self.clone();
        new.definitions.clear();
        new.nodes.clear();
        new.spans.clear();
        new.lists.clear();
        new.decimals.clear();
        let mut steps = Steps {
            old: self,
            new,
            letter,
            halves: self.decimals.iter().copied().collect(),
            known: FxHashMap::default(),
        };
        steps.define(definition.body, definition.name)?;
        Some(steps.new)
    }
}

/// What a step is made of: its operation with the names of its operands.
type Key = (Ast, SmallVec<[(bool, Ast); 4]>);

struct Steps<'a> {
    old: &'a Program,
    new: Program,
    letter: &'static str,
    /// Half a unit of the last place of what was typed as a decimal.
    halves: FxHashMap<AstId, f64>,
    /// The names of the steps so far.
    known: FxHashMap<String, u32>,
}

impl Steps<'_> {
    /// Whether a node is no step: a leaf, its negative, or a constant of leaves like `2*pi`.
    fn is_plain(&self, id: AstId) -> bool {
        let is_leaf =
            |id: AstId| matches!(self.old.node(id), Ast::Name(_) | Ast::Number(_));
        let is_number = |id: AstId| match self.old.node(id) {
            Ast::Name(name) => matches!(self.old.name(name), "pi" | "e" | "π"),
            node => matches!(node, Ast::Number(_)),
        };
        match self.old.node(id) {
            Ast::Negate(a) => is_leaf(a),
            _ => is_leaf(id) || self.old.operands(id).into_iter().all(is_number),
        }
    }

    /// The nodes of a formula: not those of something that was dropped.
    fn below(&self, root: AstId) -> Vec<bool> {
        let mut found = vec![false; root as usize + 1];
        found[root as usize] = true;
        for id in (0..=root).rev() {
            if found[id as usize] {
                for operand in self.old.operands(id) {
                    found[operand as usize] = true;
                }
            }
        }
        found
    }

    /// Names the operations below a node, and then the node; the whole is `name`.
    fn define(&mut self, root: AstId, name: Option<u32>) -> Option<()> {
        // Operands stand before what uses them, so the nodes are in order.
        let mut named: FxHashMap<AstId, u32> = FxHashMap::default();
        let below = self.below(root);
        for id in 0..root {
            // A condition is no value that something is derived by.
            let is_condition = matches!(self.old.node(id), Ast::Relation(..));
            if is_condition || self.is_plain(id) || !below[id as usize] {
                continue;
            }
            let key = format!("{:?}", self.key(id, &named)?);
            let step = match self.known.get(&key) {
                Some(step) => *step,
                None => {
                    let text = format!("{}{}", self.letter, self.known.len() + 1);
                    let step = self.new.intern_name(&text);
                    self.add(id, &named, Some(step))?;
                    self.known.insert(key, step);
                    step
                }
            };
            named.insert(id, step);
        }
        self.add(root, &named, name)
    }

    fn key(&self, id: AstId, named: &FxHashMap<AstId, u32>) -> Option<Key> {
        let kind = match self.old.node(id) {
            Ast::Sum(_) => Ast::Sum(List::default()),
            Ast::Product(_) => Ast::Product(List::default()),
            Ast::Call(callee, _) => Ast::Call(callee, List::default()),
            Ast::Relation(relation, ..) => Ast::Relation(relation, 0, 0),
            Ast::Power(..) => Ast::Power(0, 0),
            Ast::Negate(_) => Ast::Negate(0),
            _ => return None,
        };
        let flags = self.flags(id);
        let operands = flags.into_iter().map(|(flag, operand)| {
            let own = named.get(&operand).map(|step| Ast::Name(*step));
            (flag, own.unwrap_or_else(|| self.old.node(operand)))
        });
        Some((kind, operands.collect()))
    }

    fn flags(&self, id: AstId) -> SmallVec<[(bool, AstId); 4]> {
        match self.old.node(id) {
            Ast::Sum(list) | Ast::Product(list) | Ast::Call(_, list) => {
                SmallVec::from_slice(self.old.list(list))
            }
            _ => self.old.operands(id).into_iter().map(|id| (false, id)).collect(),
        }
    }

    /// Adds a definition of one operation.
    fn add(
        &mut self,
        id: AstId,
        named: &FxHashMap<AstId, u32>,
        name: Option<u32>,
    ) -> Option<()> {
        let first = self.new.nodes.len() as AstId;
        let body = self.copy(id, named, true)?;
        let span = self.old.span(id);
        self.new.definitions.push(Definition {
            name,
            parameters: Vec::new(),
            body,
            first,
            span,
        });
        Some(())
    }

    /// A node with what is below it, named operations by their names.
    fn copy(
        &mut self,
        id: AstId,
        named: &FxHashMap<AstId, u32>,
        is_root: bool,
    ) -> Option<AstId> {
        let span = self.old.span(id);
        if let Some(step) = named.get(&id).filter(|_| !is_root) {
            return Some(self.new.push(Ast::Name(*step), span));
        }
        let node = self.old.node(id);
        if matches!(node, Ast::Name(_) | Ast::Number(_)) {
            return Some(self.push_leaf(id, node, span));
        }
        let mut operands: SmallVec<[(bool, AstId); 4]> = SmallVec::new();
        for (flag, operand) in self.flags(id) {
            operands.push((flag, self.copy(operand, named, false)?));
        }
        let node = match (node, &operands[..]) {
            (Ast::Sum(_), all) => Ast::Sum(self.new.push_list(all)),
            (Ast::Product(_), all) => Ast::Product(self.new.push_list(all)),
            (Ast::Call(callee, _), all) => Ast::Call(callee, self.new.push_list(all)),
            (Ast::Negate(_), [(_, a)]) => Ast::Negate(*a),
            (Ast::Power(..), [(_, a), (_, b)]) => Ast::Power(*a, *b),
            (Ast::Relation(relation, ..), [(_, a), (_, b)]) => {
                Ast::Relation(relation, *a, *b)
            }
            _ => return None,
        };
        Some(self.new.push(node, span))
    }

    fn push_leaf(&mut self, id: AstId, node: Ast, span: Span) -> AstId {
        let new = self.new.push(node, span);
        let half = self.halves.get(&id);
        self.new.decimals.extend(half.map(|half| (new, *half)));
        new
    }
}
