//! How a program was read, as a tree of JSON: an operation is a list with its sign or the name
//! of its function before its operands, `["*", ["/", 1, 2], "x"]`.

use calcgrad::print;
use calcgrad::syntax::{Ast, AstId, Definition, Operand, Program, Shaped, Step};
use serde_json::{Number, Value, json};
use std::str::FromStr;

/// The most operations inside of one another: parsers of JSON stop at 128 levels.
pub(crate) const MAX_HEIGHT: usize = 100;

/// The tree of a program; `None` for one that is too high.
pub(crate) fn tree(program: &Program) -> Option<Value> {
    let mut statements = Vec::new();
    for definition in program.definitions() {
        if program.extent(definition).height > MAX_HEIGHT {
            return None;
        }
        let body = body(program, definition);
        let name = |id: u32| Value::from(program.name(id));
        let parameters = definition.parameters.iter().map(|id| name(*id));
        statements.push(match definition.name.map(name) {
            None => body,
            Some(name) if definition.parameters.is_empty() => json!(["=", name, body]),
            Some(name) => json!(["=", applied(name, parameters), body]),
        });
    }
    match statements.len() {
        1 => statements.pop(),
        _ => Some(applied(";", statements)),
    }
}

/// An operation on operands.
fn applied(
    operation: impl Into<Value>,
    operands: impl IntoIterator<Item = Value>,
) -> Value {
    std::iter::once(operation.into()).chain(operands).collect()
}

/// The tree of a definition, from the leaves to the root.
fn body(program: &Program, definition: &Definition) -> Value {
    let (used, sides) = (program.used(definition), program.equation());
    let mut trees = Trees { first: definition.first, found: Vec::new() };
    for (id, is_used) in (definition.first..).zip(used) {
        let is_written = is_used && (sides.is_none() || id != definition.body);
        let tree = if is_written { trees.node(program, id) } else { Value::Null };
        trees.found.push(tree);
    }
    match sides {
        Some([left, right]) => json!(["=", trees.take(left), trees.take(right)]),
        None => trees.take(definition.body),
    }
}

/// The trees of the nodes that come before.
struct Trees {
    first: AstId,
    found: Vec<Value>,
}

impl Trees {
    fn take(&mut self, id: AstId) -> Value {
        self.found[(id - self.first) as usize].take()
    }

    fn taken(&mut self, ids: &[AstId]) -> Vec<Value> {
        ids.iter().map(|id| self.take(*id)).collect()
    }

    fn operand(&mut self, operand: Operand) -> Value {
        match operand {
            Operand::Node(id) => self.take(id),
            Operand::Quotient(a, b) => json!(["/", self.take(a), self.take(b)]),
        }
    }

    fn node(&mut self, program: &Program, id: AstId) -> Value {
        let operands = program.operands(id);
        match program.node(id) {
            Ast::Number(n) => number(&print::number(program, program.number(n))),
            Ast::Name(name) => program.name(name).into(),
            Ast::Negate(_) => applied("-", self.taken(&operands)),
            Ast::Power(..) => applied("^", self.taken(&operands)),
            Ast::Vector(_) => applied("[]", self.taken(&operands)),
            Ast::Call(callee, _) => {
                applied(print::callee(program, callee), self.taken(&operands))
            }
            // `a < b < c` has b in both comparisons.
            Ast::Relation(relation, a, b) => {
                let sides =
                    [a, b].map(|id| self.found[(id - self.first) as usize].clone());
                applied(print::relation_sign(relation), sides)
            }
            Ast::Sum(list) => {
                let terms = program.list(list).iter().map(|(minus, id)| {
                    let term = self.take(*id);
                    if *minus { json!(["-", term]) } else { term }
                });
                applied("+", terms.collect::<Vec<_>>())
            }
            Ast::Product(list) => self.product(&program.steps(list)),
            Ast::Shaped(shaped) => applied(name_of(shaped), self.taken(&operands)),
        }
    }

    fn product(&mut self, steps: &[Step]) -> Value {
        let mut before: Option<Value> = None;
        for step in steps {
            let operands = step.operands.iter().map(|operand| self.operand(*operand));
            let mut all: Vec<Value> = before.take().into_iter().chain(operands).collect();
            before = match all.len() {
                1 => all.pop(),
                _ => Some(applied(if step.divides { "/" } else { "*" }, all)),
            };
        }
        before.unwrap_or_default()
    }
}

/// The sign or the name of what stands only over declared shapes.
fn name_of(shaped: Shaped) -> &'static str {
    match shaped {
        Shaped::Entries(_) => ".*",
        Shaped::Power(..) => ".^",
        Shaped::Kronecker(..) => "⊗",
        Shaped::Transpose(_) => "'",
        Shaped::Entry(..) => "entry",
        Shaped::Norm(_) => "norm",
        Shaped::Sum(..) => "sum",
    }
}

/// A number with all its digits; a fraction is a quotient.
fn number(text: &str) -> Value {
    let whole = |text: &str| match Number::from_str(text) {
        Ok(number) => Value::Number(number),
        Err(_) => Value::from(text),
    };
    match text.split_once('/') {
        Some((above, below)) => json!(["/", whole(above), whole(below)]),
        None => whole(text),
    }
}
