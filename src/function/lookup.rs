//! Finding rows of the table by name and by handle.

use super::real::is_conditional;
use super::spec::{Arity, FunctionSpec, Value};
use super::table::TABLE;
use crate::kernel::{FunctionId, Relation};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::sync::OnceLock;

type Index = FxHashMap<&'static str, SmallVec<[u16; 2]>>;

static INDEX: OnceLock<Index> = OnceLock::new();

/// All rows with their handles, in the order of the table.
pub fn rows() -> impl Iterator<Item = (FunctionId, &'static FunctionSpec)> {
    let all = TABLE.iter().flat_map(|slice| slice.iter());
    all.enumerate().map(|(index, row)| (FunctionId(index as u16), row))
}

fn index() -> &'static Index {
    INDEX.get_or_init(|| {
        let mut index = Index::default();
        for (id, row) in rows() {
            for name in std::iter::once(&row.name).chain(row.aliases) {
                index.entry(name).or_default().push(id.0);
            }
        }
        index
    })
}

/// What abstract functions and relations have for a row: it answers to no name.
static NO_ROW: FunctionSpec = FunctionSpec::none();

/// The row of a handle; one without a name for abstract functions and relations.
pub fn spec(function: FunctionId) -> &'static FunctionSpec {
    let mut place = function.0 as usize;
    for slice in TABLE {
        match slice.get(place) {
            Some(row) => return row,
            None => place -= slice.len(),
        }
    }
    &NO_ROW
}

/// The function of a name and a number of arguments.
pub fn lookup(name: &str, arguments: usize) -> Option<FunctionId> {
    let places = index().get(name)?;
    places.iter().map(|place| FunctionId(*place)).find(|id| spec(*id).accepts(arguments))
}

/// The first row of a name, for any number of arguments.
pub(super) fn first_of(name: &str) -> Option<&'static FunctionSpec> {
    let places = index().get(name)?;
    places.first().map(|place| spec(FunctionId(*place)))
}

/// Whether a name is that of a function, for any number of arguments.
pub fn is_name(name: &str) -> bool {
    index().contains_key(name)
}

/// The function that is meant by a word in another case, as `Sin` or `LN`; `None` where the
/// word is the name of a function itself, or where several are meant.
pub fn ignoring_case(word: &str) -> Option<&'static str> {
    let has_capital = word.bytes().any(|b| b.is_ascii_uppercase());
    // Two capitals are mostly quantities, as the stiffness EI.
    let is_short = word.len() < 3 && !word.eq_ignore_ascii_case("ln");
    if is_short || !has_capital || is_name(word) {
        return None;
    }
    let mut meant = rows().filter_map(|(_, row)| {
        let mut names = std::iter::once(row.name).chain(row.aliases.iter().copied());
        names.find(|name| name.eq_ignore_ascii_case(word)).map(|name| (row.name, name))
    });
    let (row, name) = meant.next()?;
    meant.all(|(other, same)| other == row || same == name).then_some(name)
}

/// All names and aliases, in the order of the table.
pub fn names() -> impl Iterator<Item = &'static str> {
    rows()
        .flat_map(|(_, row)| std::iter::once(row.name).chain(row.aliases.iter().copied()))
}

/// How many arguments a function takes, in words.
pub fn arity_of(name: &str) -> String {
    let places = index().get(name).map(SmallVec::as_slice).unwrap_or_default();
    let words: Vec<String> = places
        .iter()
        .map(|place| match spec(FunctionId(*place)).arity {
            Arity::Exactly(1) => "one argument".to_owned(),
            Arity::Exactly(n) => format!("{n} arguments"),
            Arity::AtLeast(n) => format!("{n} or more arguments"),
        })
        .collect();
    words.join(" or ")
}

/// Whether a function is written for two arguments and folded from the left over more, as
/// `max`.
pub fn is_folded(function: FunctionId) -> bool {
    function.is_builtin()
        && matches!(spec(function).arity, Arity::AtLeast(_))
        && !is_conditional(function)
}

/// Whether an argument of `piecewise` is a condition: they alternate with values, and the last
/// argument is the value of all else.
pub fn is_condition(place: usize, count: usize) -> bool {
    place.is_multiple_of(2) && place + 1 != count
}

/// The value of a function or relation (1 and 0 for true and false) in double precision; NaN
/// where it is undefined or not known.
pub fn evaluate(function: FunctionId, arguments: &[f64]) -> f64 {
    if let Some(relation) = Relation::of(function) {
        let [a, b] = *arguments else { return f64::NAN };
        if a.is_nan() || b.is_nan() {
            return f64::NAN;
        }
        return f64::from(match relation {
            Relation::Less => a < b,
            Relation::LessEqual => a <= b,
            Relation::Equal => a == b,
            Relation::NotEqual => a != b,
            Relation::And => a != 0.0 && b != 0.0,
            Relation::Or => a != 0.0 || b != 0.0,
        });
    }
    if !function.is_builtin() {
        return f64::NAN;
    }
    match (spec(function).value, arguments) {
        (Value::Unary(f), [a]) => f(*a),
        (Value::Binary(f), [a, b]) => f(*a, *b),
        (Value::Ternary(f), [a, b, c]) => f(*a, *b, *c),
        (Value::Variadic(f), all) => f(all),
        _ => f64::NAN,
    }
}
