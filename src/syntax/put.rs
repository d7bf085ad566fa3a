//! Values that are put in for names before anything else is done.
//!
//! Invariant: a value stands only where the name stands for itself, and all are put in at once.

use super::ast::{Ast, AstId, Callee, List, Partial, Program, Shaped, Slot};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::is_same_name;
use crate::span::Span;

/// How many nodes a program may have after values were put in.
const MAX_NODES: usize = 1 << 20;

/// A name with what is put in for it.
#[derive(Clone, Debug)]
pub struct Put {
    /// The name.
    pub name: String,
    /// The value: a program of one bare formula.
    pub value: Program,
}

fn refuse(what: String) -> Error {
    ErrorKind::InvalidPoint(what).into()
}

impl Put {
    /// Refuses what is no single value.
    ///
    /// # Errors
    /// Vectors, programs, and what asks for a derivative.
    pub fn new(name: &str, value: Program) -> Result<Self> {
        let is_bare = value.definitions.len() == 1 && value.definitions[0].name.is_none();
        let is_list = |node: &Ast| matches!(node, Ast::Vector(_) | Ast::Shaped(_));
        if !is_bare || value.request.is_some() || value.nodes.iter().any(is_list) {
            return Err(refuse(format!("`{name}` takes one formula as its value")));
        }
        Ok(Self { name: name.to_owned(), value })
    }
}

impl Program {
    /// Puts values in for names, all at once, and says of each whether it occurs.
    ///
    /// # Errors
    /// A name that the program defines, calls or differentiates in, a value with a name that is
    /// an argument where it would stand, or a program that becomes too long.
    pub fn put(&mut self, values: &[Put]) -> Result<Vec<bool>> {
        let mut targets: Vec<Option<usize>> = vec![None; self.names.len()];
        for (which, put) in values.iter().enumerate() {
            let place = self.names.iter().position(|name| is_same_name(name, &put.name));
            let Some(place) = place else { continue };
            self.must_be_free(place as u32)?;
            targets[place] = Some(which);
        }
        let mut occurs = vec![false; values.len()];
        if targets.iter().all(Option::is_none) {
            return Ok(occurs);
        }
        let (nodes, spans) =
            (std::mem::take(&mut self.nodes), std::mem::take(&mut self.spans));
        let (lists, decimals) = (self.lists.len(), self.decimals.len());
        let mut places: Vec<AstId> = Vec::with_capacity(nodes.len());
        let mut starts: Vec<AstId> = Vec::with_capacity(nodes.len());
        for (old, (node, span)) in nodes.iter().zip(spans).enumerate() {
            starts.push(self.nodes.len() as AstId);
            let target = match node {
                Ast::Name(name) => targets.get(*name as usize).copied().flatten(),
                _ => None,
            };
            let is_own = |name: &u32| *node == Ast::Name(*name);
            let arguments = target.map(|_| self.arguments_at(old as AstId));
            let which =
                target.filter(|_| !arguments.iter().copied().flatten().any(is_own));
            let place = match which {
                Some(which) => {
                    occurs[which] = true;
                    self.must_not_be_caught(
                        arguments.unwrap_or_default(),
                        &values[which],
                    )?;
                    self.splice(&values[which].value, span)?
                }
                None => self.push(moved(*node, &places), span),
            };
            places.push(place);
        }
        for (_, id) in &mut self.lists[..lists] {
            *id = places[*id as usize];
        }
        for definition in &mut self.definitions {
            definition.first = starts[definition.first as usize];
            definition.body = places[definition.body as usize];
        }
        for (id, _) in &mut self.decimals[..decimals] {
            *id = places[*id as usize];
        }
        Ok(occurs)
    }

    /// The names that stand for themselves in it.
    pub fn variables(&self) -> Vec<&str> {
        let mut is_there = vec![false; self.names.len()];
        for node in &self.nodes {
            if let Ast::Name(id) = node {
                is_there[*id as usize] = true;
            }
        }
        let names = self.names.iter().zip(is_there).filter(|(_, is_there)| *is_there);
        names.map(|(name, _)| name.as_str()).collect()
    }

    /// Refuses a value for what a program defines, calls or differentiates in.
    fn must_be_free(&self, id: u32) -> Result<()> {
        let name = self.name(id);
        if self.definitions.iter().any(|d| d.name == Some(id)) {
            return Err(refuse(format!("the program says what `{name}` is"))
                .help("leave its definition out, or give values to its variables"));
        }
        let is_callee = |node: &Ast| matches!(node, Ast::Call(Callee::Abstract(own, _), _) if *own == id);
        let is_in =
            |slot: &Slot| matches!(slot, Slot::Name(own) if is_same_name(own, name));
        if self.nodes.iter().any(is_callee) || self.partials.iter().any(|p| p.name == id)
        {
            return Err(refuse(format!("`{name}` is a function and takes no value")));
        }
        let asked = self.request.iter().flat_map(|(names, _)| names);
        let differential = format!("d{name}");
        if self.partials.iter().any(|partial| partial.slots.iter().any(is_in))
            || asked.into_iter().any(|own| is_same_name(own, name))
            || self.names.contains(&differential)
        {
            let what =
                format!("the formula has a derivative in `{name}`, which is no value");
            return Err(refuse(what));
        }
        Ok(())
    }

    /// The arguments of the definition in which a node stands.
    fn arguments_at(&self, at: AstId) -> &[u32] {
        let mut own = self.definitions.iter();
        let found = own.find(|d| (d.first..=d.body).contains(&at));
        found.map_or(&[], |definition| &definition.parameters)
    }

    /// Refuses a value with a name that means an argument where it would stand.
    fn must_not_be_caught(&self, arguments: &[u32], put: &Put) -> Result<()> {
        let is_in =
            |name: &str| put.value.names.iter().any(|own| is_same_name(own, name));
        match arguments.iter().map(|id| self.name(*id)).find(|name| is_in(name)) {
            None => Ok(()),
            Some(name) => Err(refuse(format!(
                "`{name}` in the value of `{}` is an argument where it would stand",
                put.name
            ))),
        }
    }

    /// Writes the nodes of a value behind those that are there; where its root stands.
    fn splice(&mut self, value: &Self, span: Span) -> Result<AstId> {
        let body = &value.definitions[0];
        let range = body.first as usize..=body.body as usize;
        if self.nodes.len() + (range.end() - range.start()) > MAX_NODES {
            return Err(ErrorKind::TooManyNodes { limit: MAX_NODES }.into());
        }
        let mut places: Vec<AstId> = vec![0; body.first as usize];
        for node in &value.nodes[range] {
            let node = match moved(*node, &places) {
                Ast::Number(n) => {
                    self.numbers.push(value.numbers[n as usize].clone());
                    Ast::Number(self.numbers.len() as u32 - 1)
                }
                Ast::Name(name) => Ast::Name(self.intern_name(value.name(name))),
                Ast::Sum(list) => Ast::Sum(self.take_list(value, list, &places)),
                Ast::Product(list) => Ast::Product(self.take_list(value, list, &places)),
                Ast::Call(callee, list) => {
                    let callee = self.take_callee(value, callee);
                    Ast::Call(callee, self.take_list(value, list, &places))
                }
                other => other,
            };
            places.push(self.push(node, span));
        }
        for (id, half) in &value.decimals {
            if let Some(place) = places.get(*id as usize) {
                self.decimals.push((*place, *half));
            }
        }
        self.has_runs |= value.has_runs;
        Ok(places.last().copied().unwrap_or_default())
    }

    fn take_list(&mut self, value: &Self, list: List, places: &[AstId]) -> List {
        let items: Vec<(bool, AstId)> = value
            .list(list)
            .iter()
            .map(|(flag, id)| (*flag, places[*id as usize]))
            .collect();
        self.push_list(&items)
    }

    fn take_callee(&mut self, value: &Self, callee: Callee) -> Callee {
        match callee {
            Callee::Abstract(name, primes) => {
                Callee::Abstract(self.intern_name(value.name(name)), primes)
            }
            Callee::Partial(place) => {
                let Partial { name, slots } = value.partials[place as usize].clone();
                let name = self.intern_name(value.name(name));
                self.partials.push(Partial { name, slots });
                Callee::Partial(self.partials.len() as u32 - 1)
            }
            // A bare formula has no functions of its own.
            Callee::Builtin(_) | Callee::Own(_) => callee,
        }
    }
}

/// A node whose operands stand elsewhere now; those in lists are moved with the lists.
fn moved(node: Ast, places: &[AstId]) -> Ast {
    let to = |id: AstId| places[id as usize];
    match node {
        Ast::Negate(a) => Ast::Negate(to(a)),
        Ast::Power(a, b) => Ast::Power(to(a), to(b)),
        Ast::Relation(relation, a, b) => Ast::Relation(relation, to(a), to(b)),
        Ast::Shaped(shaped) => Ast::Shaped(match shaped {
            Shaped::Entries(list) => Shaped::Entries(list),
            Shaped::Norm(list) => Shaped::Norm(list),
            Shaped::Power(a, b) => Shaped::Power(to(a), to(b)),
            Shaped::Kronecker(a, b) => Shaped::Kronecker(to(a), to(b)),
            Shaped::Transpose(a) => Shaped::Transpose(to(a)),
            Shaped::Entry(a, list) => Shaped::Entry(to(a), list),
            Shaped::Sum(name, a) => Shaped::Sum(name, to(a)),
        }),
        Ast::Number(_)
        | Ast::Name(_)
        | Ast::Sum(_)
        | Ast::Product(_)
        | Ast::Call(..)
        | Ast::Vector(_) => node,
    }
}
