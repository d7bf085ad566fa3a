//! Identities of the textbook that make an expression shorter, one row each.
//!
//! A row holds wherever its left side is defined (points may be gained). A call with the
//! function of the row says what `u` stands for; then the left side is made with it, and looked
//! for among the terms of a sum or the factors of a product, the rest of which stays.

use crate::function;
use crate::kernel::{ExprId, FunctionId, FunctionSet, Node, Number, Pool};
use crate::syntax::Template;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::sync::OnceLock;

/// Sums and products of more parts are left alone.
const MAX_PARTS: u32 = 40;
/// In sums of more terms it is seen by digests first whether all terms of a row can be there.
const FEW_TERMS: usize = 8;
/// What is found in nodes with more calls is remembered.
const FEW_CALLS: usize = 8;
/// A number that the denominators of usual exponents divide.
const DENOMINATORS: i64 = 2520;

/// One identity over `u`.
pub struct Identity {
    /// What is looked for.
    pub left: &'static str,
    /// What it is.
    pub right: &'static str,
    /// The function in it whose argument is looked at.
    pub function: &'static str,
    /// That argument as a multiple of `u`.
    pub times: i64,
    /// Whether it is looked for when everything else is done: what it makes does not meet what
    /// stands beside it.
    pub late: bool,
}

impl Identity {
    const fn late(self) -> Self {
        Self { late: true, ..self }
    }
}

pub(super) const fn row(
    left: &'static str,
    right: &'static str,
    function: &'static str,
    times: i64,
) -> Identity {
    Identity { left, right, function, times, late: false }
}

/// The rows. Addition formulas: DLMF 4.21 and 4.35; inverse functions: DLMF 4.24; activations:
/// by their definitions.
#[rustfmt::skip]
pub const IDENTITIES: &[Identity] = &[
    // left                              right               by
    row("arcsin(u) + arccos(u)",         "pi/2",             "arcsin",   1),
    row("arctan(u) + arctan(1/u)",       "pi/2*sign(u)",     "arctan",   1),
    row("arcsec(u) + arccsc(u)",         "pi/2",             "arcsec",   1),
    row("3*sin(u) - 4*sin(u)^3",         "sin(3*u)",         "sin",      1),
    row("4*cos(u)^3 - 3*cos(u)",         "cos(3*u)",         "cos",      1),
    row("4*sinh(u)^3 + 3*sinh(u)",       "sinh(3*u)",        "sinh",     1),
    row("4*cosh(u)^3 - 3*cosh(u)",       "cosh(3*u)",        "cosh",     1),
    row("sin(2*u)/(cos(2*u) + 1)",       "tan(u)",           "sin",      2),
    row("(1 - cos(2*u))/sin(2*u)",       "tan(u)",           "sin",      2),
    row("sin(2*u)/(1 - cos(2*u))",       "cot(u)",           "sin",      2),
    row("(cos(2*u) + 1)/sin(2*u)",       "cot(u)",           "sin",      2),
    row("sinh(2*u)/(cosh(2*u) + 1)",     "tanh(u)",          "sinh",     2),
    row("(cosh(2*u) - 1)/sinh(2*u)",     "tanh(u)",          "sinh",     2),
    row("2*sin(u)*cos(u)",               "sin(2*u)",         "sin",      1).late(),
    row("2*sinh(u)*cosh(u)",             "sinh(2*u)",        "sinh",     1).late(),
    row("2*cos(u)^2 - 1",                "cos(2*u)",         "cos",      1).late(),
    row("1 - 2*sin(u)^2",                "cos(2*u)",         "sin",      1).late(),
    row("cos(u)^2 - sin(u)^2",           "cos(2*u)",         "cos",      1).late(),
    row("2*cosh(u)^2 - 1",               "cosh(2*u)",        "cosh",     1).late(),
    row("2*sinh(u)^2 + 1",               "cosh(2*u)",        "sinh",     1).late(),
    row("8*cos(u)^4 - 8*cos(u)^2 + 1",   "cos(4*u)",         "cos",      1).late(),
    row("8*sin(u)^4 - 8*sin(u)^2 + 1",   "cos(4*u)",         "sin",      1).late(),
    row("sin(u)*cos(u)*cos(2*u)",        "sin(4*u)/4",       "sin",      1),
    row("tanh(u)^2 + sech(u)^2",         "1",                "sech",     1),
    row("floor(u) + frac(u)",            "u",                "frac",     1),
    row("relu(u) - relu(-u)",            "u",                "relu",     1),
    row("relu(u) + relu(-u)",            "abs(u)",           "relu",     1),
    row("relu(u)*relu(-u)",              "0",                "relu",     1),
    row("heaviside(u)*relu(-u)",         "0",                "heaviside", 1),
    row("heaviside(u) + heaviside(-u)",  "1",                "heaviside", 1),
    row("heaviside(u) - heaviside(-u)",  "sign(u)",          "heaviside", 1),
    row("sigmoid(u) + sigmoid(-u)",      "1",                "sigmoid",  1),
    row("sigmoid(u)*(1 + e^(-u))",       "1",                "sigmoid",  1),
    row("softplus(u) - softplus(-u)",    "u",                "softplus", 1),
    row("swish(u) - swish(-u)",          "u",                "swish",    1),
    row("gelu(u) - gelu(-u)",            "u",                "gelu",     1),
    row("erf(u) + erfc(u)",              "1",                "erfc",     1),
    row("digamma(u + 1) - digamma(u)",   "1/u",              "digamma",  1),
];

/// Functions of inverse functions, for which a formula without them is written even where it
/// is longer (DLMF 4.16 and 4.30 have the relations that these are consequences of).
#[rustfmt::skip]
pub const COMPOSITIONS: &[Identity] = &[
    row("sin(arccos(u))",       "sqrt(1 - u^2)",         "arccos", 1),
    row("sin(arctan(u))",       "u/sqrt(u^2 + 1)",       "arctan", 1),
    row("cos(arcsin(u))",       "sqrt(1 - u^2)",         "arcsin", 1),
    row("cos(arctan(u))",       "1/sqrt(u^2 + 1)",       "arctan", 1),
    row("tan(arcsin(u))",       "u/sqrt(1 - u^2)",       "arcsin", 1),
    row("tan(arccos(u))",       "sqrt(1 - u^2)/u",       "arccos", 1),
    row("cot(arcsin(u))",       "sqrt(1 - u^2)/u",       "arcsin", 1),
    row("cot(arccos(u))",       "u/sqrt(1 - u^2)",       "arccos", 1),
    row("sec(arcsin(u))",       "1/sqrt(1 - u^2)",       "arcsin", 1),
    row("sec(arctan(u))",       "sqrt(u^2 + 1)",         "arctan", 1),
    row("csc(arccos(u))",       "1/sqrt(1 - u^2)",       "arccos", 1),
    row("csc(arctan(u))",       "sqrt(u^2 + 1)/u",       "arctan", 1),
    row("sinh(arcosh(u))",      "sqrt(u^2 - 1)",         "arcosh", 1),
    row("sinh(artanh(u))",      "u/sqrt(1 - u^2)",       "artanh", 1),
    row("cosh(arsinh(u))",      "sqrt(u^2 + 1)",         "arsinh", 1),
    row("cosh(artanh(u))",      "1/sqrt(1 - u^2)",       "artanh", 1),
    row("tanh(arsinh(u))",      "u/sqrt(u^2 + 1)",       "arsinh", 1),
    row("tanh(arcosh(u))",      "sqrt(u^2 - 1)/u",       "arcosh", 1),
    row("sech(arsinh(u))",      "1/sqrt(u^2 + 1)",       "arsinh", 1),
    row("sech(artanh(u))",      "sqrt(1 - u^2)",         "artanh", 1),
    row("csch(arcosh(u))",      "1/sqrt(u^2 - 1)",       "arcosh", 1),
    row("csch(artanh(u))",      "sqrt(1 - u^2)/u",       "artanh", 1),
    row("coth(arsinh(u))",      "sqrt(u^2 + 1)/u",       "arsinh", 1),
    row("coth(arcosh(u))",      "u/sqrt(u^2 - 1)",       "arcosh", 1),
    row("cot(arctan(u))",       "1/u",                   "arctan", 1),
    row("sec(arccos(u))",       "1/u",                   "arccos", 1),
    row("csc(arcsin(u))",       "1/u",                   "arcsin", 1),
    row("sech(arcosh(u))",      "1/u",                   "arcosh", 1),
    row("csch(arsinh(u))",      "1/u",                   "arsinh", 1),
    row("coth(artanh(u))",      "1/u",                   "artanh", 1),
    row("sin(2*arcsin(u))",     "2*u*sqrt(1 - u^2)",     "arcsin", 1),
    row("cos(2*arcsin(u))",     "1 - 2*u^2",             "arcsin", 1),
    row("sin(2*arccos(u))",     "2*u*sqrt(1 - u^2)",     "arccos", 1),
    row("cos(2*arccos(u))",     "2*u^2 - 1",             "arccos", 1),
    row("sin(2*arctan(u))",     "2*u/(u^2 + 1)",         "arctan", 1),
    row("cos(2*arctan(u))",     "(1 - u^2)/(u^2 + 1)",   "arctan", 1),
    row("tan(2*arctan(u))",     "2*u/(1 - u^2)",         "arctan", 1),
    row("cosh(2*arsinh(u))",    "2*u^2 + 1",             "arsinh", 1),
    row("cosh(2*arcosh(u))",    "2*u^2 - 1",             "arcosh", 1),
    row("sinh(ln(u))",          "(u - 1/u)/2",           "ln",     1),
    row("cosh(ln(u))",          "(u + 1/u)/2",           "ln",     1),
    row("tanh(ln(u))",          "(u^2 - 1)/(u^2 + 1)",   "ln",     1),
    row("tanh(ln(u)/2)",        "(u - 1)/(u + 1)",       "ln",     1),
    row("sech(ln(u))",          "2*u/(u^2 + 1)",         "ln",     1),
    row("sigmoid(ln(u))",       "u/(u + 1)",             "ln",     1),
    row("softplus(ln(u))",      "ln(u + 1)",             "ln",     1),
];

/// What stands outermost on the left side of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sum,
    Product,
    Call,
}

/// A row as it is used: the handle of its function, what tells at a glance that it does not
/// apply, and both sides, read on first use.
pub(super) struct Known {
    pub(super) row: &'static Identity,
    pub(super) function: Option<FunctionId>,
    /// The function that stands outermost, where a call does.
    outer: Option<FunctionId>,
    kind: Kind,
    /// Whether there is a sum among the factors.
    has_sum: bool,
    /// How many terms or factors are calls.
    calls: usize,
    /// The functions of these.
    pub(super) called: SmallVec<[FunctionId; 2]>,
    /// The functions in sums among the factors.
    inner: FunctionSet,
    /// The highest power of one.
    degree: i64,
    sides: OnceLock<Option<[Template; 2]>>,
}

impl Known {
    pub(super) fn new(row: &'static Identity) -> Self {
        let (mut depth, mut before, mut name) = (0, ' ', String::new());
        let (mut kind, mut has_sum, mut calls) = (Kind::Call, false, 0);
        let (mut called, mut degree) = (SmallVec::new(), 1);
        let mut inner = FunctionSet::default();
        let mut letters = row.left.chars().peekable();
        while let Some(c) = letters.next() {
            match c {
                '(' => {
                    depth += 1;
                    let is_call = before.is_alphanumeric();
                    calls += usize::from(depth == 1 && is_call);
                    has_sum |= depth == 1 && !is_call;
                    let function = || is_call.then(|| function::lookup(&name, 1))?;
                    match depth {
                        1 => called.extend(function()),
                        _ => {
                            inner = function()
                                .map_or(inner, |f| inner.with(FunctionSet::of(f)))
                        }
                    }
                }
                ')' => depth -= 1,
                '^' if depth == 0 && before == ')' => {
                    let power = letters.peek().and_then(|digit| digit.to_digit(10));
                    degree = degree.max(power.map_or(1, i64::from));
                }
                '+' | '-' if depth == 0 => kind = Kind::Sum,
                '*' | '/' if depth == 0 && kind == Kind::Call => kind = Kind::Product,
                _ => {}
            }
            match c.is_alphanumeric() {
                true => name.push(c),
                false => name.clear(),
            }
            before = c;
        }
        let function = function::lookup(row.function, 1);
        let outer = row.left.split('(').next().and_then(|name| function::lookup(name, 1));
        let sides = OnceLock::new();
        Self { row, function, outer, kind, has_sum, calls, called, inner, degree, sides }
    }

    /// Whether it may apply to a node, as far as that is seen without making anything.
    fn may_apply(&self, function: FunctionId, node: &Seen) -> bool {
        let is_there = |wanted: &FunctionId| node.calls.iter().any(|(f, _)| f == wanted);
        self.function == Some(function)
            && self.kind == node.kind
            && self.calls <= node.count
            && self.degree <= node.degree
            && (node.has_sum || !self.has_sum || self.kind == Kind::Sum)
            && (self.kind == Kind::Call || self.called.iter().all(is_there))
            && (self.kind != Kind::Product || node.inner.holds(self.inner))
    }

    /// Both sides for what `u` stands for.
    pub(super) fn sides(&self, pool: &mut Pool, u: ExprId) -> Option<[ExprId; 2]> {
        let read = |text: &str| Template::read(&["u"], text).ok();
        let sides = self.sides.get_or_init(|| {
            read(self.row.left)
                .zip(read(self.row.right))
                .map(|(left, right)| [left, right])
        });
        let [left, right] = sides.as_ref()?;
        Some([left.build(&[u], pool).ok()?, right.build(&[u], pool).ok()?])
    }
}

pub(super) fn identities() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| IDENTITIES.iter().map(Known::new).collect())
}

fn compositions() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| COMPOSITIONS.iter().map(Known::new).collect())
}

/// Whether a row, late or not, may apply to a node, as far as that is seen without making
/// anything.
pub(super) fn may_have_identity(pool: &Pool, id: ExprId, late: bool) -> bool {
    let Some(seen) = Seen::of(pool, id) else { return false };
    let may_apply = |(function, _): &(FunctionId, ExprId)| {
        identities()
            .iter()
            .any(|row| row.row.late == late && row.may_apply(*function, &seen))
    };
    seen.calls.iter().any(may_apply)
}

/// A node in which a row was put in for what it says, the shortest if several apply; over the
/// real numbers. Rows are late or not.
pub(super) fn with_identity(
    pool: &mut Pool,
    id: ExprId,
    late: bool,
    tried: &mut Tried,
) -> Option<ExprId> {
    if pool.is_complex() {
        return None;
    }
    let key = (id, late);
    if let Some(found) = tried.0.get(&key) {
        return *found;
    }
    let seen = Seen::of(pool, id)?;
    let found = shortest_of_rows(pool, id, late, &seen);
    if seen.calls.len() > FEW_CALLS && pool.failure().is_none() {
        tried.0.insert(key, found);
    }
    found
}

fn shortest_of_rows(
    pool: &mut Pool,
    id: ExprId,
    late: bool,
    seen: &Seen,
) -> Option<ExprId> {
    let mut best = None;
    for (function, argument) in &seen.calls {
        for row in identities().iter().filter(|row| row.may_apply(*function, seen)) {
            if row.row.late != late {
                continue;
            }
            let Some(times) = Number::ratio(1, row.row.times) else { continue };
            let u = pool.scale(&times, *argument);
            let Some(sides) = row.sides(pool, u) else { continue };
            let Some(found) = replaced(pool, id, sides) else { continue };
            if best.is_none_or(|best| pool.cost(found) < pool.cost(best)) {
                best = Some(found);
            }
        }
    }
    best
}

/// A function of an inverse function without it, as far as there is a row.
pub(super) fn without_inverse(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Apply(outer, list) = pool.node(id) else { return None };
    let [argument] = *pool.list(list) else { return None };
    let (_, inverse) = pool.coefficient(argument);
    let Node::Apply(inner, list) = pool.node(inverse) else { return None };
    if pool.is_complex() || !outer.is_builtin() || !inner.is_builtin() {
        return None;
    }
    let u = *pool.list(list).first()?;
    let pair = (Some(outer), Some(inner));
    compositions().iter().filter(|row| (row.outer, row.function) == pair).find_map(
        |row| {
            let [left, right] = row.sides(pool, u)?;
            (left == id).then_some(right)
        },
    )
}

/// The calls of functions of the table among some nodes, each with its first argument.
pub(super) fn calls_in(pool: &Pool, nodes: &[ExprId]) -> Vec<(FunctionId, ExprId)> {
    let call = |id: &ExprId| match pool.node(*id) {
        Node::Apply(function, list) if function.is_builtin() => {
            Some((function, *pool.list(list).first()?))
        }
        _ => None,
    };
    nodes.iter().filter_map(call).collect()
}

/// What came of rows in nodes in which there are many to try.
#[derive(Clone, Debug, Default)]
pub(super) struct Tried(FxHashMap<(ExprId, bool), Option<ExprId>>);

impl Tried {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// The calls among the terms or factors of a node.
struct Seen {
    kind: Kind,
    has_sum: bool,
    /// How many there are.
    count: usize,
    /// The highest whole power of one.
    degree: i64,
    /// The functions in sums among them.
    inner: FunctionSet,
    /// The different ones, each with its first argument.
    calls: SmallVec<[(FunctionId, ExprId); 4]>,
}

impl Seen {
    fn of(pool: &Pool, id: ExprId) -> Option<Self> {
        let kind = match pool.node(id) {
            Node::Sum(list) if list.len <= MAX_PARTS => Kind::Sum,
            Node::Product(list) if list.len <= MAX_PARTS => Kind::Product,
            Node::Multiple(..) => Kind::Product,
            Node::Apply(function, _) if function.is_builtin() => Kind::Call,
            _ => return None,
        };
        let (has_sum, count, degree) = (false, 0, 1);
        let (inner, calls) = (FunctionSet::default(), SmallVec::new());
        let mut found = Self { kind, has_sum, count, degree, inner, calls };
        match kind {
            Kind::Sum => {
                for term in pool.terms(&id) {
                    found.note(pool, pool.coefficient(*term).1);
                }
            }
            Kind::Product => found.note(pool, pool.coefficient(id).1),
            Kind::Call => found.note(pool, id),
        }
        // A sum may be a function and a number, a product is of two parts.
        (found.count > usize::from(kind == Kind::Product)).then_some(found)
    }

    fn note(&mut self, pool: &Pool, product: ExprId) {
        for factor in pool.factors(&product) {
            let (base, exponent) = pool.base(*factor);
            match pool.node(base) {
                Node::Sum(_) => {
                    self.has_sum = true;
                    self.inner = self.inner.with(pool.functions(base));
                    self.count += usize::from(self.kind == Kind::Product);
                }
                Node::Apply(function, list) if function.is_builtin() => {
                    self.count += 1;
                    if exponent != Pool::ONE {
                        let n = pool.as_number(exponent).and_then(Number::to_i64);
                        self.degree = self.degree.max(n.unwrap_or(1));
                    }
                    let call = (function, pool.list(list)[0]);
                    if !self.calls.contains(&call) {
                        self.calls.push(call);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The node with the right side for the left one, where that is a part of it.
pub(super) fn replaced(
    pool: &mut Pool,
    id: ExprId,
    [left, right]: [ExprId; 2],
) -> Option<ExprId> {
    match (pool.node(id), pool.node(left)) {
        (Node::Apply(..), _) => (id == left).then_some(right),
        (Node::Sum(_), Node::Sum(_)) => in_sum(pool, id, left, right),
        (
            Node::Product(_) | Node::Multiple(..),
            Node::Product(_) | Node::Multiple(..),
        ) => in_product(pool, id, left, right),
        _ => None,
    }
}

/// All terms of the left side times something, among the terms of a sum.
fn in_sum(pool: &mut Pool, id: ExprId, left: ExprId, right: ExprId) -> Option<ExprId> {
    let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&id));
    let parts: SmallVec<[ExprId; 4]> = SmallVec::from_slice(pool.terms(&left));
    let first = *parts.first()?;
    let (_, rest) = pool.coefficient(first);
    let needed: SmallVec<[ExprId; 4]> = SmallVec::from_slice(pool.factors(&rest));
    let mut digests = None;
    for term in &terms {
        let (_, own) = pool.coefficient(*term);
        if !needed.iter().all(|factor| pool.factors(&own).contains(factor)) {
            continue;
        }
        if terms.len() > FEW_TERMS
            && let Some(second) = parts.get(1)
        {
            let known = digests.get_or_insert_with(|| {
                terms.iter().map(|term| digest(pool, *term)).collect::<Vec<u64>>()
            });
            let wanted = digest(pool, *term)
                .wrapping_sub(digest(pool, first))
                .wrapping_add(digest(pool, *second));
            if !known.contains(&wanted) {
                continue;
            }
        }
        let times = pool.quotient(*term, first);
        let mut left_over = terms.clone();
        let all = parts.iter().all(|part| {
            let wanted = pool.product(&[times, *part]);
            let place = left_over.iter().position(|term| *term == wanted);
            place.map(|place| left_over.remove(place)).is_some()
        });
        if all {
            left_over.push(pool.product(&[times, right]));
            return Some(pool.sum(&left_over));
        }
    }
    None
}

/// A number for a term without its coefficient; that of a product is the sum of those of its
/// factors, whatever they have in common.
fn digest(pool: &Pool, term: ExprId) -> u64 {
    let (_, rest) = pool.numbered(term);
    let one = |factor: &ExprId| {
        let (base, exponent) = pool.base(*factor);
        let times = pool
            .as_number(exponent)
            .and_then(|n| n.mul(&Number::from(DENOMINATORS)).to_i64());
        match times {
            _ if base == Pool::ONE => 0,
            Some(times) => pool.digest(base).wrapping_mul(times as u64),
            None => pool.digest(*factor).wrapping_mul(DENOMINATORS as u64),
        }
    };
    pool.factors(&rest).iter().map(one).fold(0, u64::wrapping_add)
}

/// All factors of the left side to one positive power, among the factors of a product.
fn in_product(
    pool: &mut Pool,
    id: ExprId,
    left: ExprId,
    right: ExprId,
) -> Option<ExprId> {
    let (_, rest) = pool.coefficient(id);
    let powers = |pool: &Pool, id: ExprId| -> Option<SmallVec<[(ExprId, i64); 4]>> {
        let power = |factor: &ExprId| {
            let (base, exponent) = pool.base(*factor);
            Some((base, pool.as_number(exponent)?.to_i64()?))
        };
        pool.factors(&id).iter().map(power).collect()
    };
    let (_, left_rest) = pool.coefficient(left);
    let needed = powers(pool, left_rest)?;
    // As often as all of them are there. Upside down, the right side may have no value where the
    // left one is 0.
    let mut times = i64::MAX;
    for (base, n) in &needed {
        let own = pool.factors(&rest).iter().find_map(|factor| {
            let (known, exponent) = pool.base(*factor);
            (known == *base).then(|| pool.as_number(exponent)?.to_i64()).flatten()
        })?;
        times = times.min(own / n);
    }
    if times < 1 {
        return None;
    }
    let without = pool.integer_power(left, -times);
    let instead = pool.integer_power(right, times);
    Some(pool.product(&[id, without, instead]))
}
