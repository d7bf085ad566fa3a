//! Where the expressions of Python live.
//!
//! Expressions share a pool, so that an operator costs what it adds and parts that are equal
//! are there once. A pool only grows. So one that is full is left: what is still used moves to
//! the next when it is used, and the old one goes when nothing is left in it.
//!
//! Invariant: names are in Latin letters here, so that what is printed of an expression does
//! not depend on what was made before it.
//!
//! Invariant: of two homes the older one is locked first, and nothing waits for Python while
//! it holds a lock.

use calcgrad::function;
use calcgrad::kernel::{ExprId, FunctionId, Limit, Node, Pool, latin};
use calcgrad::{ErrorKind, Result};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A pool with more nodes than this, and twice as many as moved in, is full.
const FULL: usize = 1 << 17;

/// A pool that expressions share.
pub(crate) struct Home {
    /// Later homes have greater numbers.
    number: u64,
    rooms: Mutex<Rooms>,
}

#[derive(Default)]
struct Rooms {
    pool: Pool,
    /// How many nodes came from older homes.
    moved: usize,
}

/// The home in which expressions are made now.
static NEWEST: Mutex<Option<Arc<Home>>> = Mutex::new(None);

/// An expression in its home.
pub(crate) struct Handle {
    place: Mutex<(Arc<Home>, ExprId)>,
}

/// What no panic leaves half done: pools are given up after one.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Home {
    /// The home in which expressions are made now, a new one when the last is full.
    fn newest() -> Arc<Self> {
        let mut newest = locked(&NEWEST);
        let number = match &*newest {
            Some(home) if !home.is_full() => return home.clone(),
            Some(home) => home.number + 1,
            None => 0,
        };
        newest.insert(Arc::new(Self { number, rooms: Mutex::default() })).clone()
    }

    fn is_full(&self) -> bool {
        // Where somebody works the next one will look.
        self.rooms.is_poisoned()
            || self
                .rooms
                .try_lock()
                .is_ok_and(|rooms| rooms.pool.len() > FULL.max(3 * rooms.moved))
    }

    /// Leaves a home in which a calculation was broken off.
    fn leave(self: &Arc<Self>) {
        let mut newest = locked(&NEWEST);
        if newest.as_ref().is_some_and(|home| Arc::ptr_eq(home, self)) {
            let number = self.number + 1;
            *newest = Some(Arc::new(Self { number, rooms: Mutex::default() }));
        }
    }
}

impl Handle {
    fn new(home: &Arc<Home>, id: ExprId) -> Self {
        Self { place: Mutex::new((home.clone(), id)) }
    }

    /// The expression in a home, where it moves if it is not there.
    fn in_home(&self, home: &Arc<Home>) -> Result<ExprId> {
        let mut place = locked(&self.place);
        let (own, id) = &*place;
        if Arc::ptr_eq(own, home) {
            return Ok(*id);
        }
        let (from, into);
        if own.number < home.number {
            from = locked(&own.rooms);
            into = locked(&home.rooms);
        } else {
            into = locked(&home.rooms);
            from = locked(&own.rooms);
        }
        let mut into = into;
        let before = into.pool.len();
        into.pool.renew();
        let id = brought(&mut into.pool, &from.pool, &[*id])[0];
        into.moved += into.pool.len() - before;
        let failure = into.pool.take_failure();
        drop((from, into));
        if let Some(limit) = failure {
            home.leave();
            return Err(of_limit(limit).into());
        }
        *place = (home.clone(), id);
        Ok(id)
    }

    /// Looks at the expression.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Pool, ExprId) -> T) -> T {
        let (home, id) = {
            let place = locked(&self.place);
            (place.0.clone(), place.1)
        };
        let rooms = locked(&home.rooms);
        look(&rooms.pool, id)
    }

    /// The expression in a pool of somebody else.
    pub(crate) fn bring(&self, pool: &mut Pool) -> ExprId {
        self.look(|own, id| brought(pool, own, &[id])[0])
    }

    /// Whether two expressions are the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        if std::ptr::eq(self, other) {
            return true;
        }
        let digests = [self, other].map(|one| one.look(|pool, id| pool.digest(id)));
        digests[0] == digests[1]
            && together(&[self, other], |_, ids| Ok(ids[0] == ids[1])).unwrap_or(false)
    }
}

/// Works on expressions in one home.
///
/// # Errors
/// Those of the work, and a limit.
pub(crate) fn together<T>(
    expressions: &[&Handle],
    work: impl FnOnce(&mut Pool, &[ExprId]) -> Result<T>,
) -> Result<T> {
    let home = Home::newest();
    let ids: Vec<ExprId> =
        expressions.iter().map(|one| one.in_home(&home)).collect::<Result<_>>()?;
    in_home(&home, |pool| work(pool, &ids))
}

/// Makes an expression of others.
///
/// # Errors
/// Those of the work, a limit, and what has no value.
pub(crate) fn make(
    expressions: &[&Handle],
    work: impl FnOnce(&mut Pool, &[ExprId]) -> Result<ExprId>,
) -> Result<Handle> {
    let home = Home::newest();
    let ids: Vec<ExprId> =
        expressions.iter().map(|one| one.in_home(&home)).collect::<Result<_>>()?;
    let id = in_home(&home, |pool| match work(pool, &ids)? {
        Pool::UNDEFINED => Err(ErrorKind::Undefined("the result".into()).into()),
        id => Ok(id),
    })?;
    Ok(Handle::new(&home, id))
}

/// Takes expressions of an engine in.
///
/// # Errors
/// A limit.
pub(crate) fn take_in(pool: &Pool, ids: &[ExprId]) -> Result<Vec<Handle>> {
    let home = Home::newest();
    let made = in_home(&home, |own| Ok(brought(own, pool, ids)))?;
    Ok(made.into_iter().map(|id| Handle::new(&home, id)).collect())
}

/// Works in a home, which is left when a limit is reached.
fn in_home<T>(home: &Arc<Home>, work: impl FnOnce(&mut Pool) -> Result<T>) -> Result<T> {
    let mut rooms = locked(&home.rooms);
    rooms.pool.renew();
    let found = work(&mut rooms.pool);
    let failure = rooms.pool.take_failure();
    drop(rooms);
    match failure {
        None => found,
        Some(limit) => {
            home.leave();
            Err(of_limit(limit).into())
        }
    }
}

fn of_limit(limit: Limit) -> ErrorKind {
    use calcgrad::kernel::{ALLOWANCE, MAX_BITS, MAX_NODES};
    match limit {
        Limit::Nodes => ErrorKind::TooManyNodes { limit: MAX_NODES },
        Limit::Work => {
            ErrorKind::TooMuchWork { what: "the expression", limit: ALLOWANCE }
        }
        Limit::Bits => ErrorKind::NumberTooLarge {
            limit: (MAX_BITS as f64 * std::f64::consts::LOG10_2) as usize,
        },
    }
}

/// Builds expressions of one pool in another, with their names in Latin letters.
fn brought(into: &mut Pool, from: &Pool, ids: &[ExprId]) -> Vec<ExprId> {
    let mut respelled = FxHashMap::default();
    for id in from.reachable(ids) {
        if let Node::Symbol(symbol) = from.node(id)
            && !from.name(symbol).is_ascii()
        {
            respelled.insert(id, into.symbol(&latin(from.name(symbol))));
        }
    }
    into.transplant(from, ids, &respelled, apply)
}

/// An application, of an abstract function under its name in Latin letters.
fn apply(pool: &mut Pool, function: FunctionId, arguments: &[ExprId]) -> ExprId {
    let foreign = pool.as_abstract(function).filter(|known| !known.name.is_ascii());
    let function = match foreign.cloned() {
        Some(mut known) => {
            known.name = latin(&known.name).into_owned();
            pool.abstract_function(known)
        }
        None => function,
    };
    function::apply(pool, function, arguments)
}
