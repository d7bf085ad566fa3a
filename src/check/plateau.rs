//! What may be 0 in a whole range of a variable and not at points of it only: `abs(x) - x`, also
//! inside of functions whose values nothing is known of.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};
use crate::simplify::Simplifier;

/// How many pieces are put into what they stand in, each with all its values.
const MOST: usize = 6;

/// A value that a piece has in some range.
#[derive(Clone, Copy, Debug)]
enum Taken {
    Above,
    Below,
}

/// Whether an expression is 0 for some signs of the arguments of signs and absolute values in
/// it, or some truth of its comparisons; what has too many of them may be.
pub(super) fn may_vanish_widely(pool: &mut Pool, of: ExprId) -> bool {
    let is_piece = |id: &ExprId| match pool.node(*id) {
        Node::Apply(FunctionId::ABS | FunctionId::SIGN, _) => true,
        Node::Apply(function, _) => {
            !matches!(Relation::of(function), None | Some(Relation::And | Relation::Or))
        }
        _ => false,
    };
    let pieces: Vec<ExprId> =
        pool.reachable(&[of]).into_iter().filter(is_piece).collect();
    if pieces.len() > MOST {
        return true;
    }
    (0..1_u32 << pieces.len()).skip(usize::from(pieces.is_empty())).any(|choice| {
        let taken = |place: usize| match choice >> place & 1 {
            0 => Taken::Above,
            _ => Taken::Below,
        };
        let mut known: Vec<(ExprId, ExprId)> = Vec::with_capacity(pieces.len());
        for (place, piece) in pieces.iter().enumerate() {
            let value = valued(pool, *piece, taken(place), &known);
            known.push((*piece, value));
        }
        let found = pool.substitute(&[of], &known, function::apply)[0];
        found == Pool::ZERO || Simplifier::default().simplify(pool, found) == Pool::ZERO
    })
}

/// The value of a piece in a range, where pieces in it have theirs; one of constants has its own.
fn valued(
    pool: &mut Pool,
    piece: ExprId,
    taken: Taken,
    known: &[(ExprId, ExprId)],
) -> ExprId {
    let Node::Apply(function, list) = pool.node(piece) else { return piece };
    let list = pool.list(list).to_vec();
    let mut own = pool.substitute(&list, known, function::apply);
    for argument in &mut own {
        *argument = Simplifier::default().simplify(pool, *argument);
    }
    if own.iter().all(|argument| pool.is_constant(*argument)) {
        return function::apply(pool, function, &own);
    }
    match (function, taken) {
        (FunctionId::ABS, Taken::Above) => own[0],
        (FunctionId::ABS, Taken::Below) => pool.negate(own[0]),
        (FunctionId::SIGN, Taken::Below) => Pool::MINUS_ONE,
        (_, Taken::Above) => Pool::ONE,
        (_, Taken::Below) => Pool::ZERO,
    }
}
