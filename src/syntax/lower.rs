//! From a program to a [`Builder`]: names are resolved, definitions put in, own functions and
//! formulas of the table expanded.

use super::ast::{Ast, AstId, Callee, Program, Slot};
use super::resolve;
use super::template;
use crate::error::{Error, ErrorKind, Result};
use crate::function::{self, Builder};
use crate::kernel::{AbstractFunction, Constant};
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// How deep own functions may call each other.
const MAX_CALLS: usize = 500;
/// How many calls of own functions may be expanded, each counted by the operands of its value.
const MAX_EXPANSIONS: u64 = 1_000_000;

/// The value of what is differentiated and of every definition without parameters.
#[derive(Clone, Debug)]
pub struct Lowered<Id> {
    /// The components: one, or those of a vector.
    pub roots: Vec<Id>,
    /// Whether the formula is a vector.
    pub is_vector: bool,
    /// Definitions by name, in the order in which they stand.
    pub definitions: Vec<(String, Id)>,
}

/// Lowers a program; `declared` are names that are variables in any case.
///
/// # Errors
/// Division by a literal zero, vectors inside formulas, circles of definitions.
pub fn lower<B: Builder>(
    program: &Program,
    declared: &[&str],
    builder: &mut B,
) -> Result<Lowered<B::Id>> {
    let answers = resolve::outputs(program)?;
    let order = resolve::order(program)?;
    let mut lowering = Lowering {
        program,
        builder,
        declared: declared.iter().copied().collect(),
        values: FxHashMap::default(),
        results: FxHashMap::default(),
        expansions: 0,
        defined: None,
    };
    let mut roots = Vec::new();
    let mut is_vector = answers.len() > 1;
    let mut values = vec![None; program.definitions.len()];
    let mut found: Vec<Vec<B::Id>> = vec![Vec::new(); answers.len()];
    let places: FxHashMap<usize, usize> =
        answers.iter().enumerate().rev().map(|(place, index)| (*index, place)).collect();
    for index in order {
        let definition = &program.definitions[index];
        let answer = places.get(&index).copied();
        let has_parameters = !definition.parameters.is_empty();
        if has_parameters && answer.is_none() {
            continue;
        }
        let (body, is_list) = lowering.body(index, &[], 0)?;
        if let (Some(name), [value]) = (definition.name, &body[..]) {
            if !has_parameters && !lowering.declared.contains(program.name(name)) {
                lowering.values.insert(name, *value);
            }
            values[index] = Some((program.name(name).to_owned(), *value));
        }
        let Some(answer) = answer else { continue };
        if is_list && answers.len() > 1 {
            let what = "a vector beside another answer".to_owned();
            return Err(Error::at(definition.span, ErrorKind::Unsupported(what))
                .help("end the program with the name of the answer that is meant"));
        }
        is_vector |= is_list;
        found[answer] = body;
    }
    for body in found {
        roots.extend(body);
    }
    let definitions = values.into_iter().flatten().collect();
    Ok(Lowered { roots, is_vector, definitions })
}

/// Lowers a formula of the function table with arguments for its letters.
pub(super) fn instantiate<B: Builder>(
    program: &Program,
    arguments: &[B::Id],
    builder: &mut B,
) -> Result<B::Id> {
    let mut lowering = Lowering {
        program,
        builder,
        declared: FxHashSet::default(),
        values: FxHashMap::default(),
        results: FxHashMap::default(),
        expansions: 0,
        defined: None,
    };
    let (roots, _) = lowering.body(0, arguments, 0)?;
    Ok(roots[0])
}

/// An own function with its arguments.
type OwnCall<Id> = (u32, SmallVec<[Id; 2]>);
/// Operands, each with the flag of its list.
type Flagged<Id> = SmallVec<[(bool, Id); 8]>;

struct Lowering<'p, B: Builder> {
    program: &'p Program,
    builder: &'p mut B,
    declared: FxHashSet<&'p str>,
    /// The values of definitions without parameters.
    values: FxHashMap<u32, B::Id>,
    /// The values of calls of own functions, so that none is expanded twice.
    results: FxHashMap<OwnCall<B::Id>, B::Id>,
    expansions: u64,
    /// Names that stay names though they are defined.
    defined: Option<&'p FxHashSet<u32>>,
}

/// The definitions of a program one by one: in each, what others define stays a name.
#[derive(Clone, Debug)]
pub struct Separate<'p> {
    program: &'p Program,
    declared: &'p [&'p str],
    defined: FxHashSet<u32>,
}

impl<'p> Separate<'p> {
    /// Prepares a program; `declared` are names that are variables in any case.
    pub fn new(program: &'p Program, declared: &'p [&'p str]) -> Self {
        let own = program.definitions.iter().filter(|d| d.parameters.is_empty());
        Self { program, declared, defined: own.filter_map(|d| d.name).collect() }
    }

    /// The components of one definition, and whether it is a vector.
    ///
    /// # Errors
    /// As [`lower`].
    pub fn lower<B: Builder>(
        &self,
        index: usize,
        builder: &mut B,
    ) -> Result<(Vec<B::Id>, bool)> {
        let mut lowering = Lowering {
            program: self.program,
            builder,
            declared: self.declared.iter().copied().collect(),
            values: FxHashMap::default(),
            results: FxHashMap::default(),
            expansions: 0,
            defined: Some(&self.defined),
        };
        lowering.body(index, &[], 0)
    }
}

impl<B: Builder> Lowering<'_, B> {
    /// The components of the body of a definition.
    fn body(
        &mut self,
        index: usize,
        arguments: &[B::Id],
        depth: usize,
    ) -> Result<(Vec<B::Id>, bool)> {
        let definition = &self.program.definitions[index];
        let (first, last) = (definition.first, definition.body);
        let mut local: Vec<Option<B::Id>> =
            Vec::with_capacity((last - first + 1) as usize);
        for place in first..=last {
            let scope = Scope { index, first, arguments, local: &local, depth };
            if let Ast::Vector(list) = self.program.node(place) {
                let roots: Result<Vec<B::Id>> = self
                    .program
                    .list(list)
                    .iter()
                    .map(|(_, id)| self.operand(&scope, *id))
                    .collect();
                if place == last {
                    return Ok((roots?, true));
                }
                local.push(None);
                continue;
            }
            let value = self.node(place, &scope)?;
            if self.builder.is_undefined(value) {
                return Err(self.undefined(place));
            }
            local.push(Some(value));
        }
        let scope = Scope { index, first, arguments, local: &local, depth };
        Ok((vec![self.operand(&scope, last)?], false))
    }

    fn undefined(&self, place: AstId) -> Error {
        let kind = match self.program.node(place) {
            Ast::Product(_) | Ast::Power(..) => ErrorKind::DivisionByZero,
            Ast::Call(Callee::Builtin(function), _) => ErrorKind::Undefined(format!(
                "this value of `{}`",
                function::spec(function).name
            )),
            _ => ErrorKind::Undefined("this value".into()),
        };
        Error::at(self.program.span(place), kind)
    }

    fn operand(&self, scope: &Scope<'_, B::Id>, id: AstId) -> Result<B::Id> {
        scope.local[(id - scope.first) as usize].ok_or_else(|| {
            let what = "a vector stands only at the top of a formula".to_owned();
            Error::at(self.program.span(id), ErrorKind::Unsupported(what))
        })
    }

    fn node(&mut self, place: AstId, scope: &Scope<'_, B::Id>) -> Result<B::Id> {
        let program = self.program;
        match program.node(place) {
            Ast::Number(n) => Ok(self.builder.number(&program.numbers[n as usize])),
            Ast::Name(name) => Ok(self.name(name, scope)),
            Ast::Sum(list) => {
                let terms = self.flagged(program.list(list), scope)?;
                Ok(self.builder.sum(&terms))
            }
            Ast::Product(list) => {
                let mut factors = self.flagged(program.list(list), scope)?;
                self.derivatives(program.list(list), scope, &mut factors);
                Ok(self.builder.product(&factors))
            }
            Ast::Negate(operand) => {
                let operand = self.operand(scope, operand)?;
                Ok(self.builder.negate(operand))
            }
            Ast::Power(base, exponent) => {
                let (b, e) = (self.operand(scope, base)?, self.operand(scope, exponent)?);
                Ok(self.builder.power(b, e))
            }
            Ast::Relation(relation, a, b) => {
                let (a, b) = (self.operand(scope, a)?, self.operand(scope, b)?);
                Ok(self.builder.apply(relation.function(), &[a, b]))
            }
            Ast::Call(callee, list) => {
                let arguments: SmallVec<[B::Id; 2]> = self
                    .flagged(program.list(list), scope)?
                    .into_iter()
                    .map(|(_, id)| id)
                    .collect();
                self.call(callee, arguments, place, scope)
            }
            Ast::Vector(_) => self.operand(scope, place),
            Ast::Shaped(_) => Err(shaped(program.span(place))),
        }
    }

    /// `dx/dt` is a derivative where x is known as a function of t alone, and dx and dt are
    /// not known as names.
    fn derivatives(
        &mut self,
        list: &[(bool, AstId)],
        scope: &Scope<'_, B::Id>,
        factors: &mut Flagged<B::Id>,
    ) {
        for place in (1..list.len()).rev() {
            let [(false, above), (true, below)] = list[place - 1..=place] else {
                continue;
            };
            let name = |id: AstId| match self.program.node(id) {
                Ast::Name(name) if !self.is_known(name, scope) => {
                    self.program.name(name).strip_prefix('d').filter(|x| !x.is_empty())
                }
                _ => None,
            };
            let (Some(function), Some(variable)) = (name(above), name(below)) else {
                continue;
            };
            let Some(arguments) = self.builder.known_arguments(function) else {
                continue;
            };
            if let [argument] = arguments[..]
                && self.builder.short_name(argument).as_deref() == Some(variable)
            {
                let function =
                    AbstractFunction { name: function.to_owned(), orders: vec![1] };
                factors[place - 1].1 = self.builder.apply_abstract(function, &arguments);
                factors.remove(place);
            }
        }
    }

    /// Whether a name is a parameter, a definition or declared.
    fn is_known(&self, name: u32, scope: &Scope<'_, B::Id>) -> bool {
        self.program.definitions[scope.index].parameters.contains(&name)
            || self.values.contains_key(&name)
            || self.declared.contains(self.program.name(name))
    }

    fn flagged(
        &self,
        list: &[(bool, AstId)],
        scope: &Scope<'_, B::Id>,
    ) -> Result<Flagged<B::Id>> {
        list.iter().map(|(flag, id)| Ok((*flag, self.operand(scope, *id)?))).collect()
    }

    fn name(&mut self, name: u32, scope: &Scope<'_, B::Id>) -> B::Id {
        let parameters = &self.program.definitions[scope.index].parameters;
        if let Some(place) = parameters.iter().position(|p| *p == name)
            && let Some(value) = scope.arguments.get(place)
        {
            return *value;
        }
        if let Some(value) = self.values.get(&name) {
            return *value;
        }
        let text = self.program.name(name);
        if self.defined.is_some_and(|defined| defined.contains(&name)) {
            return self.builder.symbol(text);
        }
        let own = parameters.contains(&name) || self.declared.contains(text);
        match text {
            "e" if !own => self.builder.constant(Constant::E),
            "pi" | "π" if !own => self.builder.constant(Constant::Pi),
            _ => self.builder.symbol(text),
        }
    }

    fn call(
        &mut self,
        callee: Callee,
        arguments: SmallVec<[B::Id; 2]>,
        place: AstId,
        scope: &Scope<'_, B::Id>,
    ) -> Result<B::Id> {
        match callee {
            Callee::Builtin(function) => match function::spec(function).means {
                Some(_) if function::is_folded(function) && arguments.len() > 2 => {
                    let mut folded = arguments[0];
                    for next in &arguments[1..] {
                        folded =
                            template::meaning(function, &[folded, *next], self.builder)?;
                    }
                    Ok(folded)
                }
                Some(_) => template::meaning(function, &arguments, self.builder),
                None => Ok(self.builder.apply(function, &arguments)),
            },
            Callee::Own(index) => self.own_call(index, arguments, place, scope),
            Callee::Abstract(name, primes) => {
                let mut orders = vec![0; arguments.len()];
                orders[0] = primes;
                let name = self.program.name(name).to_owned();
                let function = AbstractFunction { name, orders };
                Ok(self.builder.apply_abstract(function, &arguments))
            }
            Callee::Partial(index) => self.partial(index, &arguments, place, scope),
        }
    }

    fn own_call(
        &mut self,
        index: u32,
        arguments: SmallVec<[B::Id; 2]>,
        place: AstId,
        scope: &Scope<'_, B::Id>,
    ) -> Result<B::Id> {
        let definition = &self.program.definitions[index as usize];
        let at = self.program.span(place);
        let count = definition.parameters.len();
        if count != arguments.len() {
            let name = definition.name.map_or("", |name| self.program.name(name));
            let expected = if count == 1 {
                "one argument".into()
            } else {
                format!("{count} arguments")
            };
            let kind = ErrorKind::WrongArity {
                name: name.into(),
                expected,
                found: arguments.len(),
            };
            return Err(Error::at(at, kind));
        }
        if scope.depth >= MAX_CALLS {
            return Err(Error::at(at, ErrorKind::TooDeep { limit: MAX_CALLS }));
        }
        let key = (index, arguments);
        if let Some(value) = self.results.get(&key) {
            return Ok(*value);
        }
        self.expand(1)?;
        let (roots, _) = self.body(index as usize, &key.1, scope.depth + 1)?;
        let [value] = roots[..] else {
            let what = "a function whose value is a vector".to_owned();
            return Err(Error::at(at, ErrorKind::Unsupported(what)));
        };
        self.expand(self.builder.width(value).saturating_sub(1))?;
        self.results.insert(key, value);
        Ok(value)
    }

    /// Counts what expanding own functions takes.
    fn expand(&mut self, work: usize) -> Result<()> {
        self.expansions += work as u64;
        if self.expansions > MAX_EXPANSIONS {
            let what = "expanding own functions";
            return Err(ErrorKind::TooMuchWork { what, limit: MAX_EXPANSIONS }.into());
        }
        Ok(())
    }

    /// The variables of which a function is one further on, when they are always the same:
    /// `∂f/∂x + f(x, y)`.
    fn ahead(
        &mut self,
        function: u32,
        place: AstId,
        scope: &Scope<'_, B::Id>,
    ) -> Option<Vec<B::Id>> {
        let program = self.program;
        let name = |id: &(bool, AstId)| match program.node(id.1) {
            Ast::Name(name) => Some(name),
            _ => None,
        };
        let mut calls = (place..=program.definitions[scope.index].body).filter_map(
            |at| match program.node(at) {
                Ast::Call(Callee::Abstract(own, _), list) if own == function => Some(
                    program.list(list).iter().map(name).collect::<Option<Vec<u32>>>(),
                ),
                _ => None,
            },
        );
        let first = calls.next()??;
        let are_same = calls.all(|names| names.as_ref() == Some(&first));
        are_same.then(|| first.into_iter().map(|name| self.name(name, scope)).collect())
    }

    fn partial(
        &mut self,
        index: u32,
        arguments: &[B::Id],
        place: AstId,
        scope: &Scope<'_, B::Id>,
    ) -> Result<B::Id> {
        let partial = &self.program.partials[index as usize];
        let name = self.program.name(partial.name);
        let at = self.program.span(place);
        let arguments = if arguments.is_empty() {
            let known = self.builder.known_arguments(name);
            known.or_else(|| self.ahead(partial.name, place, scope)).ok_or_else(|| {
                Error::at(
                    at,
                    ErrorKind::Unsupported(format!(
                        "the arguments of `{name}` are not known"
                    )),
                )
                .help(format!("write them: `∂{name}/∂x({name}'s arguments)`"))
            })?
        } else {
            arguments.to_vec()
        };
        let mut orders = vec![0; arguments.len()];
        for slot in &partial.slots {
            let found = match slot {
                Slot::Index(index) => Some(*index as usize),
                Slot::Name(wanted) => arguments.iter().position(|id| {
                    self.builder.short_name(*id).as_deref() == Some(wanted.as_str())
                }),
            };
            match found.and_then(|index| orders.get_mut(index)) {
                Some(order) => *order += 1,
                None => {
                    let what = format!("`{name}` has no such argument");
                    return Err(Error::at(at, ErrorKind::Unsupported(what)));
                }
            }
        }
        let function = AbstractFunction { name: name.to_owned(), orders };
        Ok(self.builder.apply_abstract(function, &arguments))
    }
}

/// Where a node is lowered: in which definition, with which arguments and earlier values.
struct Scope<'a, Id> {
    index: usize,
    first: AstId,
    arguments: &'a [Id],
    local: &'a [Option<Id>],
    depth: usize,
}

/// The error of what only matrices have.
fn shaped(at: Span) -> Error {
    let what = "what stands for matrices".to_owned();
    Error::at(at, ErrorKind::Unsupported(what))
        .help("declare shapes with --given, as `--given \"A[m,n], x[n]\"`")
}
