//! The pool: every expression once.

use super::assumption::Assumption;
use super::limit::{ALLOWANCE, Limit, Limits, MAX_BITS};
use super::name::{latin, variant};
use super::node::{ExprId, Info, Node, NumberId, Operands};
use super::number::Number;
use super::purse::Purse;
use super::symbol::{AbstractFunction, Constant, FunctionId, FunctionSet, SymbolId};
use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};
use std::hash::{BuildHasher, Hash, Hasher};

/// In longer fractions most of the work is for their lowest terms.
const LONG: u64 = 2048;
/// How many products of two are remembered.
const PRODUCTS: usize = 512;
/// How many whole numbers have their handles at hand, and the least of them.
const SMALL: usize = 64;
const LEAST: i64 = -16;
/// No handle.
const NONE: ExprId = ExprId(u32::MAX);

/// Holds every expression once: children are made before their parents, so that a pass over
/// an expression is a loop over handles and never a recursion.
///
/// Invariant: handles are given in the order of making; the order of operands, and so
/// everything that is printed, depends on structure alone.
#[derive(Clone, Debug)]
pub struct Pool {
    pub(super) nodes: Vec<Node>,
    pub(super) info: Vec<Info>,
    pub(super) operands: Vec<ExprId>,
    table: HashTable<ExprId>,
    pub(super) numbers: Vec<Number>,
    number_table: HashTable<NumberId>,
    pub(super) symbols: Vec<(String, Assumption)>,
    symbol_table: FxHashMap<String, SymbolId>,
    /// Names of abstract functions as they were first spelled, by their spelling in Latin
    /// letters.
    abstract_names: FxHashMap<String, String>,
    abstracts: Vec<AbstractFunction>,
    abstract_table: FxHashMap<AbstractFunction, FunctionId>,
    pub(super) failure: Option<Limit>,
    /// Whether roots and logarithms are those of the complex numbers.
    pub(super) complex: bool,
    /// The bits of the symbols of which something is assumed.
    assumed: u64,
    /// The bits of those that are bounded on a side.
    sided: u64,
    /// Whether fractions are written as decimals where those end.
    pub(super) decimals: bool,
    /// Whether variables are real where nothing is assumed of them.
    real: bool,
    /// Whether a sign was typed: it has a value where what it is of is 0, and those of
    /// derivatives have none.
    signs: bool,
    /// Names of expressions that are arguments of abstract functions, where a program gave them.
    pub(super) named: FxHashMap<ExprId, String>,
    /// The arguments with which each abstract function was read; none where they differ.
    pub(super) read: FxHashMap<String, Option<Vec<ExprId>>>,
    /// Products of two that were made last, by a hash of their handles.
    products: Vec<([ExprId; 3], u32)>,
    /// How often the pool was emptied: older products do not count.
    age: u32,
    /// The handles of small whole numbers.
    small: [ExprId; SMALL],
    /// Nodes asked for, with the size of their operands and numbers: a measure of work.
    pub(super) words: u64,
    /// The work that may have been done when the question is answered.
    pub(super) allowed: u64,
    pub(super) limits: Limits,
    /// The work with many digits that is left on the question.
    pub(super) purse: Purse,
    /// The bits that a number may have now.
    pub(super) bits: u64,
    /// Powers that are written as products of others.
    apart: FxHashMap<ExprId, Vec<ExprId>>,
    /// The forms that were found of nodes, by their handles, with the work that it took.
    forms: Vec<(ExprId, u32)>,
}

fn product_place(a: ExprId, b: ExprId) -> usize {
    (a.0.wrapping_mul(31) ^ b.0.wrapping_mul(0x9e37_79b1)) as usize % PRODUCTS
}

/// The place of a whole number among the small ones; no place there for any other.
fn small_place(n: i64) -> usize {
    usize::try_from(n.wrapping_sub(LEAST)).unwrap_or(SMALL)
}

impl Default for Pool {
    fn default() -> Self {
        let mut pool = Self {
            nodes: Vec::new(),
            info: Vec::new(),
            operands: Vec::new(),
            table: HashTable::new(),
            numbers: Vec::new(),
            number_table: HashTable::new(),
            symbols: Vec::new(),
            symbol_table: FxHashMap::default(),
            abstract_names: FxHashMap::default(),
            abstracts: Vec::new(),
            abstract_table: FxHashMap::default(),
            failure: None,
            complex: false,
            assumed: 0,
            sided: 0,
            decimals: false,
            real: false,
            signs: false,
            named: FxHashMap::default(),
            read: FxHashMap::default(),
            products: Vec::new(),
            age: 0,
            small: [NONE; SMALL],
            words: 0,
            allowed: ALLOWANCE,
            limits: Limits::default(),
            purse: Purse::default(),
            bits: MAX_BITS,
            apart: FxHashMap::default(),
            forms: Vec::new(),
        };
        pool.seed();
        pool
    }
}

impl Pool {
    /// 0.
    pub const ZERO: ExprId = ExprId(0);
    /// 1.
    pub const ONE: ExprId = ExprId(1);
    /// -1.
    pub const MINUS_ONE: ExprId = ExprId(2);
    /// 2.
    pub const TWO: ExprId = ExprId(3);
    /// 1/2.
    pub const HALF: ExprId = ExprId(4);
    /// The base of the natural logarithm.
    pub const E: ExprId = ExprId(5);
    /// The circle constant.
    pub const PI: ExprId = ExprId(6);
    /// What has no value.
    pub const UNDEFINED: ExprId = ExprId(7);

    fn seed(&mut self) {
        for value in
            [Number::ZERO, Number::ONE, Number::MINUS_ONE, Number::from(2), Number::HALF]
        {
            self.number(value);
        }
        self.intern(Node::Constant(Constant::E));
        self.intern(Node::Constant(Constant::Pi));
        self.intern(Node::Undefined);
    }

    /// Empties the pool and keeps its memory.
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.info.clear();
        self.operands.clear();
        self.table.clear();
        self.numbers.clear();
        self.number_table.clear();
        self.symbols.clear();
        self.symbol_table.clear();
        self.abstract_names.clear();
        self.abstracts.clear();
        self.abstract_table.clear();
        self.failure = None;
        self.limits = Limits::default();
        self.renew();
        self.apart.clear();
        self.forms.clear();
        self.complex = false;
        self.assumed = 0;
        self.sided = 0;
        self.decimals = false;
        self.real = false;
        self.signs = false;
        self.named.clear();
        self.read.clear();
        self.age = self.age.wrapping_add(1);
        self.small = [NONE; SMALL];
        self.seed();
    }

    /// Views a power as a product of others of its base from now on: `e^(x + y)` as `e^x*e^y`,
    /// which is the same node.
    pub fn write_apart(&mut self, power: ExprId, parts: Vec<ExprId>) {
        self.apart.insert(power, parts);
    }

    /// The powers as whose product a power is viewed, if it is not viewed as it is.
    pub fn written_apart(&self, power: ExprId) -> Option<&[ExprId]> {
        if self.apart.is_empty() {
            return None;
        }
        self.apart.get(&power).map(Vec::as_slice)
    }

    /// Takes roots and logarithms over the complex numbers, with principal branches; to be
    /// said before anything is built.
    pub fn take_complex(&mut self) {
        self.complex = true;
    }

    /// Takes variables as real over the complex numbers too.
    pub fn keep_real(&mut self) {
        self.real = true;
    }

    /// Keeps in mind whether a sign was typed in expressions.
    pub fn note_signs(&mut self, typed: &[ExprId]) {
        let signs = FunctionSet::of(FunctionId::SIGN);
        self.signs |= typed.iter().any(|id| self.info(*id).functions.meets(signs));
    }

    /// Whether a sign was typed.
    pub fn has_typed_signs(&self) -> bool {
        self.signs
    }

    /// Whether roots and logarithms are those of the complex numbers.
    pub fn is_complex(&self) -> bool {
        self.complex
    }

    /// The imaginary unit, as the root of -1.
    pub fn imaginary_unit(&mut self) -> ExprId {
        self.power(Self::MINUS_ONE, Self::HALF)
    }

    /// The number of nodes made so far.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: a pool is made with its constants.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The node of a handle.
    pub fn node(&self, id: ExprId) -> Node {
        self.nodes[id.index()]
    }

    pub(crate) fn info(&self, id: ExprId) -> &Info {
        &self.info[id.index()]
    }

    /// Notes that an application is zero or above wherever it is defined, before anything is
    /// built on it.
    pub(crate) fn set_nonnegative(&mut self, id: ExprId) {
        self.info[id.index()].nonnegative = true;
    }

    /// The operands of a sum, a product or an application.
    pub fn list(&self, operands: Operands) -> &[ExprId] {
        &self.operands[operands.start as usize..(operands.start + operands.len) as usize]
    }

    /// The number behind a handle.
    pub fn number_at(&self, id: NumberId) -> &Number {
        &self.numbers[id.0 as usize]
    }

    /// The number that an expression is, if it is one.
    pub fn as_number(&self, id: ExprId) -> Option<&Number> {
        match self.node(id) {
            Node::Number(n) => Some(self.number_at(n)),
            _ => None,
        }
    }

    /// Makes a number.
    pub fn number(&mut self, value: Number) -> ExprId {
        let place = value.to_i64().map_or(SMALL, small_place);
        if let Some(known) = self.small.get(place)
            && *known != NONE
        {
            self.words += 1;
            return *known;
        }
        let id = self.number_id(value);
        let id = self.intern(Node::Number(id));
        if let Some(known) = self.small.get_mut(place)
            && self.failure.is_none()
        {
            *known = id;
        }
        id
    }

    /// The product of two, when it is one of those that were made last.
    pub(super) fn known_product(&self, a: ExprId, b: ExprId) -> Option<ExprId> {
        let ([x, y, product], age) = *self.products.get(product_place(a, b))?;
        (x == a && y == b && age == self.age).then_some(product)
    }

    /// Remembers the product of two.
    pub(super) fn remember_product(&mut self, a: ExprId, b: ExprId, product: ExprId) {
        if self.failure.is_some() {
            return;
        }
        if self.products.is_empty() {
            self.products.resize(PRODUCTS, ([NONE; 3], 0));
        }
        self.products[product_place(a, b)] = ([a, b, product], self.age);
    }

    /// The form that was found of a node. The work on it counts again, so that what comes of an
    /// expression does not depend on what was looked at before.
    pub fn known_form(&mut self, id: ExprId) -> Option<ExprId> {
        let (form, work) = *self.forms.get(id.index())?;
        if form == NONE {
            return None;
        }
        self.spend(u64::from(work));
        Some(form)
    }

    /// Remembers the form that was found of a node since `start` of the work.
    pub fn remember_form(&mut self, id: ExprId, form: ExprId, start: u64) {
        if self.failure.is_some() {
            return;
        }
        if self.forms.len() <= id.index() {
            self.forms.resize(self.nodes.len(), (NONE, 0));
        }
        let work = u32::try_from(self.words - start).unwrap_or(u32::MAX);
        self.forms[id.index()] = (form, work);
    }

    /// Makes a whole number.
    pub fn integer(&mut self, value: i64) -> ExprId {
        self.number(Number::from(value))
    }

    /// Counts the work on a number and notes when it is too long.
    pub(super) fn measure(&mut self, value: &Number) {
        let bits = value.bits();
        self.words += if bits > 128 { bits / 16 } else { 0 };
        if bits > LONG && !value.is_integer() {
            // A fraction was brought to its lowest terms.
            self.words += (bits / 64) * (bits / 64) / 8;
        }
        if bits > self.bits {
            self.fail(Limit::Bits);
        }
    }

    pub(super) fn number_id(&mut self, value: Number) -> NumberId {
        if let Some(n) = value.to_i64()
            && let Some(known) = self.small.get(small_place(n))
            && *known != NONE
            && let Node::Number(id) = self.node(*known)
        {
            return id;
        }
        self.measure(&value);
        let hash = FxBuildHasher.hash_one(&value);
        let numbers = &self.numbers;
        if let Some(id) =
            self.number_table.find(hash, |id| numbers[id.0 as usize] == value)
        {
            return *id;
        }
        let id = NumberId(self.numbers.len() as u32);
        self.numbers.push(value);
        let numbers = &self.numbers;
        self.number_table.insert_unique(hash, id, |id| {
            FxBuildHasher.hash_one(&numbers[id.0 as usize])
        });
        id
    }

    /// Makes a symbol, the same for the same name: `alpha` and `α` are one, spelled as it was
    /// first.
    pub fn symbol(&mut self, name: &str) -> ExprId {
        let key = latin(name);
        let id = match self.symbol_table.get(&*key) {
            Some(id) => *id,
            None => {
                let id = SymbolId(self.symbols.len() as u32);
                self.symbols.push((name.to_owned(), Assumption::default()));
                self.symbol_table.insert(key.into_owned(), id);
                id
            }
        };
        self.intern(Node::Symbol(id))
    }

    /// Assumes something of a symbol; to be said before anything is built on the symbol.
    pub fn assume(&mut self, name: &str, assumption: Assumption) -> ExprId {
        let id = self.symbol(name);
        if let Node::Symbol(symbol) = self.node(id) {
            let known = &mut self.symbols[symbol.0 as usize].1;
            if *known != assumption && id.index() + 1 < self.nodes.len() {
                self.forms.clear();
            }
            *known = assumption;
        }
        let info = &mut self.info[id.index()];
        if assumption != Assumption::default() {
            self.assumed |= info.symbols;
        }
        if assumption.has_side() {
            self.sided |= info.symbols;
        }
        info.positive = assumption.positive;
        info.nonnegative = assumption.nonnegative || assumption.positive;
        info.integer = assumption.integer;
        id
    }

    /// Whether there may be a symbol in an expression of which something is assumed: `false` is
    /// certain.
    pub fn may_have_assumed(&self, id: ExprId) -> bool {
        self.info(id).symbols & self.assumed != 0
    }

    /// Whether there is a symbol in an expression that is assumed to be bounded on a side.
    pub fn has_side(&self, id: ExprId) -> bool {
        let may_have = |id: ExprId| self.info(id).symbols & self.sided != 0;
        may_have(id)
            && self.reachable_where(&[id], may_have).into_iter().any(|id| {
                matches!(self.node(id), Node::Symbol(symbol)
                    if self.symbols[symbol.0 as usize].1.has_side())
            })
    }

    /// Whether a symbol is real: all are over the real numbers, and those of which anything is
    /// assumed.
    pub fn is_real_symbol(&self, id: ExprId) -> bool {
        match self.node(id) {
            Node::Symbol(_) if self.real || !self.complex => true,
            Node::Symbol(s) => self.symbols[s.0 as usize].1 != Assumption::default(),
            _ => false,
        }
    }

    /// What is assumed of the symbol of a name.
    pub fn assumption(&self, name: &str) -> Assumption {
        let symbol = self.symbol_table.get(&*latin(name));
        symbol.map_or(Assumption::default(), |id| self.symbols[id.0 as usize].1)
    }

    /// The symbol of a name, if there is one.
    pub fn find_symbol(&self, name: &str) -> Option<ExprId> {
        let symbol = Node::Symbol(*self.symbol_table.get(&*latin(name))?);
        self.table.find(self.hash_node(symbol), |id| self.node(*id) == symbol).copied()
    }

    /// The names of all symbols.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.symbols.iter().map(|(name, _)| name.as_str())
    }

    /// The name of a symbol.
    pub fn name(&self, id: SymbolId) -> &str {
        &self.symbols[id.0 as usize].0
    }

    /// A name as it was first spelled here, as a symbol or as an abstract function. Where
    /// only the other form of its letter is known, as `phi` for `varphi`, that one is meant.
    pub fn spelling<'n>(&'n self, name: &'n str) -> &'n str {
        let known = |key: &str| {
            let symbol = self.symbol_table.get(key).map(|id| self.name(*id));
            symbol.or_else(|| self.abstract_names.get(key).map(String::as_str))
        };
        let other = || known(&variant(name)?);
        known(&latin(name)).or_else(other).unwrap_or(name)
    }

    /// The name of an expression that is a symbol.
    pub fn symbol_name(&self, id: ExprId) -> Option<&str> {
        match self.node(id) {
            Node::Symbol(symbol) => Some(self.name(symbol)),
            _ => None,
        }
    }

    /// Makes the handle of an abstract function or of one of its derivatives.
    pub fn abstract_function(&mut self, function: AbstractFunction) -> FunctionId {
        if let Some(id) = self.abstract_table.get(&function) {
            return *id;
        }
        let index = self.abstracts.len().min(0x7fff) as u16;
        if self.abstracts.len() > 0x7fff {
            self.fail(Limit::Nodes);
        }
        let id = FunctionId(FunctionId::ABSTRACT + index);
        let key = latin(&function.name).into_owned();
        self.abstract_names.entry(key).or_insert_with(|| function.name.clone());
        self.abstracts.push(function.clone());
        self.abstract_table.insert(function, id);
        id
    }

    /// The abstract function behind a handle, if it is one.
    pub fn as_abstract(&self, function: FunctionId) -> Option<&AbstractFunction> {
        self.abstracts.get(function.0.checked_sub(FunctionId::ABSTRACT)? as usize)
    }

    fn hash_node(&self, node: Node) -> u64 {
        let mut state = FxHasher::default();
        match node {
            Node::Number(n) => (0u32, n.0).hash(&mut state),
            Node::Symbol(s) => (1u32, s.0).hash(&mut state),
            Node::Constant(c) => (2u32, c as u32).hash(&mut state),
            Node::Sum(list) => self.hash_list(3, list, &mut state),
            Node::Product(list) => self.hash_list(4, list, &mut state),
            Node::Multiple(n, rest) => (5u32, n.0, rest.0).hash(&mut state),
            Node::Power(base, exponent) => (6u32, base.0, exponent.0).hash(&mut state),
            Node::Apply(f, list) => self.hash_list(16 + u32::from(f.0), list, &mut state),
            Node::Undefined => 7u32.hash(&mut state),
        }
        state.finish()
    }

    fn hash_list(&self, tag: u32, list: Operands, state: &mut FxHasher) {
        tag.hash(state);
        for id in self.list(list) {
            id.0.hash(state);
        }
    }

    fn same(&self, a: Node, b: Node) -> bool {
        match (a, b) {
            (Node::Sum(x), Node::Sum(y)) | (Node::Product(x), Node::Product(y)) => {
                self.list(x) == self.list(y)
            }
            (Node::Apply(f, x), Node::Apply(g, y)) => {
                f == g && self.list(x) == self.list(y)
            }
            _ => a == b,
        }
    }

    /// Stores a node that is in canonical form already.
    pub(super) fn intern(&mut self, node: Node) -> ExprId {
        self.words += 1;
        if self.words > self.allowed {
            self.fail(Limit::Work);
            return Self::ZERO;
        }
        let hash = self.hash_node(node);
        if let Some(id) = self.table.find(hash, |id| self.same(self.node(*id), node)) {
            return *id;
        }
        if self.nodes.len() >= self.limits.nodes {
            self.fail(Limit::Nodes);
            return Self::ZERO;
        }
        let id = ExprId(self.nodes.len() as u32);
        let info = Info {
            cost: self.cost_of(node),
            digest: self.digest_of(node),
            ..self.inspect(node)
        };
        self.nodes.push(node);
        self.info.push(info);
        let mut table = std::mem::take(&mut self.table);
        table.insert_unique(hash, id, |id| self.hash_node(self.node(*id)));
        self.table = table;
        id
    }

    /// Stores a node with a list of operands.
    pub(super) fn intern_list(
        &mut self,
        list: &[ExprId],
        make: impl FnOnce(Operands) -> Node,
    ) -> ExprId {
        let start = self.operands.len();
        self.words += list.len() as u64 / 4;
        if start + list.len() > self.limits.nodes || self.failure.is_some() {
            self.fail(Limit::Nodes);
            return Self::ZERO;
        }
        let (first, len) = (start as u32, list.len() as u32);
        self.operands.extend_from_slice(list);
        let known = self.nodes.len();
        let id = self.intern(make(Operands { start: first, len }));
        if id.index() < known {
            self.operands.truncate(start);
        }
        id
    }
}
