//! Expressions of a pool, operation by operation, in any builder of values.

use crate::function::Builder;
use crate::kernel::{ExprId, Node, Number, Pool};
use rustc_hash::FxHashMap;

/// The place of the value of an expression, by the operations of a builder and its powers
/// with numbers as exponents.
pub(super) fn values_of<B: Builder<Id = u32>>(
    builder: &mut B,
    pool: &Pool,
    id: ExprId,
    rational_power: fn(&mut B, u32, &Number) -> u32,
) -> u32 {
    let mut places: FxHashMap<ExprId, u32> = FxHashMap::default();
    for id in pool.reachable(&[id]) {
        let at = |id: &ExprId| places.get(id).copied().unwrap_or_default();
        let all = |list| pool.list(list).iter().map(at).collect::<Vec<u32>>();
        let plain =
            |list| all(list).into_iter().map(|place| (false, place)).collect::<Vec<_>>();
        let place = match pool.node(id) {
            Node::Number(n) => builder.number(pool.number_at(n)),
            Node::Constant(constant) => builder.constant(constant),
            Node::Symbol(symbol) => builder.symbol(pool.name(symbol)),
            Node::Sum(list) => builder.sum(&plain(list)),
            Node::Product(list) => builder.product(&plain(list)),
            Node::Multiple(n, rest) => {
                let n = builder.number(pool.number_at(n));
                builder.product(&[(false, n), (false, at(&rest))])
            }
            Node::Power(base, exponent) => match pool.as_number(exponent) {
                Some(n) => rational_power(builder, at(&base), n),
                None => builder.power(at(&base), at(&exponent)),
            },
            Node::Apply(function, list) => builder.apply(function, &all(list)),
            Node::Undefined => {
                let zero = builder.number(&Number::ZERO);
                builder.product(&[(false, zero), (true, zero)])
            }
        };
        places.insert(id, place);
    }
    places.get(&id).copied().unwrap_or_default()
}
