//! What was typed, as a list of nodes: operands stand before what uses them.

use crate::error::{Error, ErrorKind, Note, Result};
use crate::function;
use crate::kernel::{
    FunctionId, Number, Relation, find_name, is_same_name, latin, variant,
};
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

/// The place of a node in its program.
pub type AstId = u32;

/// A run of operands in the program's list; the flag says subtracted or divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub(super) start: u32,
    pub(super) len: u32,
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// A row of the function table.
    Builtin(FunctionId),
    /// A definition of the program with parameters.
    Own(u32),
    /// A name of the program, differentiated as often as there are primes.
    Abstract(u32, u32),
    /// A partial derivative of an abstract function: the place of its [`Partial`].
    Partial(u32),
}

/// A partial derivative as it was typed: `∂²g/∂x∂y`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    /// The function.
    pub name: u32,
    /// Names or numbers (from 1) of the arguments, one for each differentiation.
    pub slots: Vec<Slot>,
}

/// The argument in which a partial derivative is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// By the name that stands there.
    Name(String),
    /// By its number, from 0.
    Index(u32),
}

/// A node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ast {
    /// An exact number.
    Number(u32),
    /// A name: a variable, a parameter, a definition or a named number.
    Name(u32),
    /// Terms, added or subtracted.
    Sum(List),
    /// Factors, multiplied or divided by.
    Product(List),
    /// `-u`.
    Negate(AstId),
    /// Base and exponent.
    Power(AstId, AstId),
    /// A call.
    Call(Callee, List),
    /// A comparison or connective.
    Relation(Relation, AstId, AstId),
    /// A vector.
    Vector(List),
    /// What stands only where shapes are declared.
    Shaped(Shaped),
}

/// A node of a formula over declared shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shaped {
    /// Factors, multiplied or divided entry by entry.
    Entries(List),
    /// Base and exponent, entry by entry.
    Power(AstId, AstId),
    /// The Kronecker product.
    Kronecker(AstId, AstId),
    /// The transpose.
    Transpose(AstId),
    /// An operand and its indices.
    Entry(AstId, List),
    /// What stands between double bars, and the order of the norm where it is said.
    Norm(List),
    /// A sum over an index: its name, and what is summed.
    Sum(u32, AstId),
}

/// `name = body` or `name(parameters) = body`.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name; `None` for a bare expression.
    pub name: Option<u32>,
    /// The names of its parameters.
    pub parameters: Vec<u32>,
    /// The root of the body.
    pub body: AstId,
    /// The first node of the body; the body is all nodes from here to its root.
    pub first: AstId,
    /// Where it stands.
    pub span: Span,
}

/// A number that was typed as a decimal, and stands as a name in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Decimal {
    /// The name: one that nobody types.
    pub name: String,
    /// The number.
    pub value: f64,
    /// Half a unit of its last place.
    pub half: f64,
}

/// What is said of a logarithm of LaTeX without a base.
pub(super) const NATURAL: &str =
    "`\\log` is the natural logarithm; with `--log 10` it has the base 10";

/// A program: one or more definitions over one list of nodes.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) nodes: Vec<Ast>,
    pub(super) spans: Vec<Span>,
    pub(super) lists: Vec<(bool, AstId)>,
    pub(super) names: Vec<String>,
    /// The places of names, once there are many.
    places: FxHashMap<String, u32>,
    pub(super) numbers: Vec<Number>,
    pub(super) partials: Vec<Partial>,
    pub(super) definitions: Vec<Definition>,
    /// The numbers that were typed with a decimal point, with half a unit of the last place.
    pub(super) decimals: Vec<(AstId, f64)>,
    /// Whether all names are spelled in Latin letters.
    is_ascii: bool,
    /// The names of a derivative that is asked for in front of the formula, and where.
    pub(super) request: Option<(Vec<String>, Span)>,
    /// Where the imaginary unit stands, in a notation in which it is no letter.
    pub(super) imaginary: Option<Span>,
    /// Where `i` is a letter in such a notation.
    pub(super) letter_i: Option<Span>,
    /// Whether an argument without brackets has factors that some do not take for its own.
    pub(super) has_runs: bool,
    /// Whether it is what is zero where an equation holds.
    pub(super) is_equation: bool,
    /// What is worth knowing about how it was read.
    pub notes: Vec<Note>,
}

impl Program {
    /// The sides of what was typed as an equation.
    pub fn equation(&self) -> Option<[AstId; 2]> {
        self.pair().filter(|_| self.is_equation)
    }

    fn pair(&self) -> Option<[AstId; 2]> {
        let [definition] = &self.definitions[..] else { return None };
        let Ast::Sum(list) = self.node(definition.body) else { return None };
        let [(false, left), (true, right)] = *self.list(list) else { return None };
        Some([left, right])
    }

    /// The sides of an equation as the components of a vector; `None` where it is none.
    pub fn sides(&self) -> Option<Self> {
        let mut own = self.clone();
        let [left, right] = self.pair()?;
        let [definition] = &self.definitions[..] else { return None };
        let list = own.push_list(&[(false, left), (false, right)]);
        own.nodes[definition.body as usize] = Ast::Vector(list);
        Some(own)
    }

    /// An empty program with room for a text of so many bytes, if it is short.
    pub(super) fn of_length(bytes: usize) -> Self {
        let room = bytes.min(256);
        Self {
            nodes: Vec::with_capacity(room / 2 + 4),
            spans: Vec::with_capacity(room / 2 + 4),
            lists: Vec::with_capacity(room / 2 + 4),
            names: Vec::with_capacity(4),
            places: FxHashMap::default(),
            numbers: Vec::with_capacity(room / 4 + 2),
            partials: Vec::new(),
            definitions: Vec::new(),
            decimals: Vec::new(),
            is_ascii: true,
            request: None,
            imaginary: None,
            letter_i: None,
            has_runs: false,
            is_equation: false,
            notes: Vec::new(),
        }
    }

    /// The node at a place.
    pub fn node(&self, id: AstId) -> Ast {
        self.nodes[id as usize]
    }

    /// Where a node stands.
    pub fn span(&self, id: AstId) -> Span {
        self.spans[id as usize]
    }

    /// The operands of a list with their flags.
    pub fn list(&self, list: List) -> &[(bool, AstId)] {
        &self.lists[list.start as usize..(list.start + list.len) as usize]
    }

    /// A number of the program.
    pub fn number(&self, id: u32) -> &Number {
        &self.numbers[id as usize]
    }

    /// The operands of a node.
    pub fn operands(&self, id: AstId) -> SmallVec<[AstId; 4]> {
        let all = |list: List| self.list(list).iter().map(|(_, id)| *id);
        match self.node(id) {
            Ast::Number(_) | Ast::Name(_) => SmallVec::new(),
            Ast::Sum(list) | Ast::Product(list) | Ast::Vector(list) => {
                all(list).collect()
            }
            Ast::Call(_, list) => all(list).collect(),
            Ast::Negate(a) => smallvec![a],
            Ast::Power(a, b) | Ast::Relation(_, a, b) => smallvec![a, b],
            Ast::Shaped(Shaped::Entries(list) | Shaped::Norm(list)) => {
                all(list).collect()
            }
            Ast::Shaped(Shaped::Power(a, b) | Shaped::Kronecker(a, b)) => smallvec![a, b],
            Ast::Shaped(Shaped::Transpose(a) | Shaped::Sum(_, a)) => smallvec![a],
            Ast::Shaped(Shaped::Entry(a, list)) => {
                std::iter::once(a).chain(all(list)).collect()
            }
        }
    }

    /// A name of the program.
    pub fn name(&self, id: u32) -> &str {
        &self.names[id as usize]
    }

    /// All names that stand in it.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name in it that is meant by a spelling, as it is spelled there: one step for each
    /// question, however many names there are.
    pub fn find_name(&self, name: &str) -> Option<&str> {
        if self.places.len() != self.names.len() {
            return find_name(name, &self.names).map(String::as_str);
        }
        let place = |key: &str| self.places.get(key);
        let found = place(&latin(name)).or_else(|| place(&variant(name)?));
        found.map(|place| self.name(*place))
    }

    /// The names of which it says what they are.
    pub fn defined(&self) -> FxHashSet<&str> {
        let own = self.definitions.iter().filter(|d| d.parameters.is_empty());
        own.filter_map(|d| d.name.map(|id| self.name(id))).collect()
    }

    /// Whether it says what a name is.
    pub fn defines(&self, name: &str) -> bool {
        let mut own = self.definitions.iter().filter(|d| d.parameters.is_empty());
        own.any(|d| d.name.is_some_and(|id| self.name(id) == name))
    }

    /// The names of the abstract functions that are called in it.
    pub fn abstract_functions(&self) -> Vec<&str> {
        let called = self.nodes.iter().filter_map(|node| match node {
            Ast::Call(Callee::Abstract(name, _), _) => Some(self.name(*name)),
            _ => None,
        });
        called.collect()
    }

    /// The definitions in the order in which they stand.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The bare expression, if there is one.
    ///
    /// # Errors
    /// No formula at all, or a second bare one.
    pub(super) fn bare(&self) -> Result<Option<usize>> {
        if self.definitions.is_empty() {
            return Err(ErrorKind::EmptyExpression.into());
        }
        let mut bare = (0..self.definitions.len())
            .filter(|index| self.definitions[*index].name.is_none());
        let first = bare.next();
        if let Some(second) = bare.next() {
            return Err(Error::at(
                self.definitions[second].span,
                ErrorKind::UnexpectedToken {
                    found: "a second formula".into(),
                    expected: "a definition `name = …`".into(),
                },
            ));
        }
        Ok(first)
    }

    /// Gives a name that stands in it a value, unless it defines that name.
    pub fn define(&mut self, name: &str, value: i64) {
        let found = self.names.iter().position(|known| is_same_name(known, name));
        let Some(id) = found.filter(|_| !self.defines(name)) else { return };
        let number = self.numbers.len() as u32;
        self.numbers.push(Number::from(value));
        let span = Span::default();
        let body = self.push(Ast::Number(number), span);
        self.definitions.push(Definition {
            name: Some(id as u32),
            parameters: Vec::new(),
            body,
            first: body,
            span,
        });
    }

    /// Takes `log` of one argument for the logarithm to the base 10.
    pub fn take_decadic(&mut self, text: &str) {
        let (Some(natural), Some(decadic)) =
            (function::lookup("ln", 1), function::lookup("log10", 1))
        else {
            return;
        };
        self.notes.retain(|note| note.message != NATURAL);
        for (node, span) in self.nodes.iter_mut().zip(&self.spans) {
            let typed = text.get(span.start as usize..).unwrap_or_default();
            let is_log = typed.trim_start_matches('\\').starts_with("log");
            if let Ast::Call(callee @ Callee::Builtin(_), list) = node
                && *callee == Callee::Builtin(natural)
                && list.len == 1
                && is_log
            {
                *callee = Callee::Builtin(decadic);
            }
        }
    }

    /// The same with names for its decimals.
    pub fn with_named_decimals(&self) -> (Self, Vec<Decimal>) {
        let mut program = self.clone();
        let mut decimals = Vec::with_capacity(self.decimals.len());
        for (place, (id, half)) in self.decimals.iter().enumerate() {
            let Ast::Number(number) = self.node(*id) else { continue };
            let name = format!("decimal {place}");
            program.nodes[*id as usize] = Ast::Name(program.intern_name(&name));
            let value = self.number(number).to_f64();
            decimals.push(Decimal { name, value, half: *half });
        }
        (program, decimals)
    }

    /// The variables of a derivative that stands in front of the formula, and where.
    pub fn request(&self) -> Option<(&[String], Span)> {
        self.request.as_ref().map(|(names, at)| (&names[..], *at))
    }

    /// Where the imaginary unit stands, in a notation in which it is no letter.
    pub fn imaginary(&self) -> Option<Span> {
        self.imaginary
    }

    /// Where `i` is a letter, in such a notation.
    pub fn letter_i(&self) -> Option<Span> {
        self.letter_i
    }

    /// What a reader has to read: names, numbers, operators and calls, brackets free.
    pub fn cost(&self) -> u32 {
        let cost = |node: &Ast| match node {
            Ast::Sum(list) | Ast::Product(list) => list.len.saturating_sub(1),
            Ast::Vector(_) => 0,
            _ => 1,
        };
        self.nodes.iter().map(cost).sum()
    }

    /// Whether an argument without brackets has factors that some do not take for its own, as
    /// in `cos x (x + 1)`.
    pub fn has_runs(&self) -> bool {
        self.has_runs
    }

    /// Whether a number was typed with a decimal point.
    pub fn has_decimals(&self) -> bool {
        !self.decimals.is_empty()
    }

    pub(super) fn push(&mut self, node: Ast, span: Span) -> AstId {
        let id = self.nodes.len() as AstId;
        self.nodes.push(node);
        self.spans.push(span);
        id
    }

    pub(super) fn push_list(&mut self, items: &[(bool, AstId)]) -> List {
        let start = self.lists.len() as u32;
        self.lists.extend_from_slice(items);
        List { start, len: items.len() as u32 }
    }

    /// The place of a name; `α` and `alpha` are one, spelled as it was first.
    pub(super) fn intern_name(&mut self, name: &str) -> u32 {
        if self.names.len() < 16 {
            let is_same = |known: &String| is_same_name(known, name);
            if let Some(place) = self.names.iter().position(is_same) {
                return place as u32;
            }
        } else {
            if self.places.len() < self.names.len() {
                self.find_places();
            }
            let key = latin(name);
            if let Some(place) = self.places.get(&*key) {
                return *place;
            }
            self.places.insert(key.into_owned(), self.names.len() as u32);
        }
        self.is_ascii &= name.is_ascii();
        self.names.push(name.to_owned());
        (self.names.len() - 1) as u32
    }

    fn find_places(&mut self) {
        let names = self.names.iter().map(|name| latin(name).into_owned());
        self.places = names.zip(0..self.names.len() as u32).collect();
    }

    /// Whether all names are spelled in Latin letters.
    pub fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// Spells the names as they are spelled elsewhere.
    pub fn respell(&mut self, spelling: impl Fn(&str) -> Option<String>) {
        let mut is_changed = false;
        for name in &mut self.names {
            if let Some(spelled) = spelling(name) {
                self.is_ascii &= spelled.is_ascii();
                is_changed = true;
                *name = spelled;
            }
        }
        if is_changed && !self.places.is_empty() {
            self.find_places();
        }
    }
}
