//! Where the expressions of Python live.
//!
//! Expressions share a pool, so that an operator costs what it adds and parts that are equal
//! are there once. A pool only grows. So one that is full is left: where little of it is still
//! used, that moves to the next one; what is much stays and moves when it is used, or when
//! little is left of it. A home goes when nobody lives there.
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
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// A pool with more nodes than this, and three times as many as moved in, is full.
const FULL: usize = 1 << 15;
/// So many expressions are noted in a home before it is looked which of them are still used.
const MANY: usize = 1 << 15;

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
    /// The expressions that were made here or came here, if they are still used.
    residents: Vec<(Weak<Place>, ExprId)>,
    /// How many of them there were when it was last looked.
    used: usize,
}

/// The home of an expression, and where it is there.
type Place = Mutex<(Arc<Home>, ExprId)>;

/// An expression in its home.
pub(crate) struct Handle {
    place: Arc<Place>,
}

/// The home in which expressions are made now.
static NEWEST: Mutex<Option<Arc<Home>>> = Mutex::new(None);
/// Homes that were left with much in them that was still used.
static LEFT: Mutex<VecDeque<Weak<Home>>> = Mutex::new(VecDeque::new());

/// What no panic leaves half done: pools are left after one.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rooms {
    fn note(&mut self, place: &Arc<Place>, id: ExprId) {
        if self.residents.len() >= MANY.max(2 * self.used) {
            self.residents.retain(|(place, _)| place.strong_count() > 0);
            self.used = self.residents.len();
        }
        self.residents.push((Arc::downgrade(place), id));
    }
}

impl Home {
    fn after(last: Option<&Self>) -> Arc<Self> {
        let number = last.map_or(0, |home| home.number + 1);
        Arc::new(Self { number, rooms: Mutex::default() })
    }

    /// The home in which expressions are made now, a new one when the last is full.
    fn newest() -> Arc<Self> {
        let mut newest = locked(&NEWEST);
        let last = match &*newest {
            Some(home) if !home.is_full() => return home.clone(),
            last => last.clone(),
        };
        let home = newest.insert(Self::after(last.as_deref())).clone();
        drop(newest);
        if let Some(last) = last {
            home.clear_out(last);
        }
        home
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
            *newest = Some(Self::after(Some(self)));
        }
    }

    /// Takes over what is used of the last home, and of one that was left before, where that
    /// is little, so that an expression never keeps much more than itself.
    fn clear_out(self: &Arc<Self>, last: Arc<Self>) {
        let before = std::iter::from_fn(|| locked(&LEFT).pop_front());
        let before = before.filter_map(|home| home.upgrade()).next();
        for home in std::iter::once(last).chain(before) {
            if !self.take_over(&home) {
                locked(&LEFT).push_back(Arc::downgrade(&home));
            }
        }
    }

    /// Moves what is used of an older home here, unless that is half of it or more.
    fn take_over(self: &Arc<Self>, old: &Arc<Self>) -> bool {
        let from = locked(&old.rooms);
        // Who cannot be asked is about to be used.
        let lives_there = |place: &Arc<Place>| {
            place.try_lock().map_or(true, |place| Arc::ptr_eq(&place.0, old))
        };
        let (places, ids): (Vec<Arc<Place>>, Vec<ExprId>) = from
            .residents
            .iter()
            .filter_map(|(place, id)| Some((place.upgrade().filter(lives_there)?, *id)))
            .unzip();
        if 2 * from.pool.reachable(&ids).len() >= from.pool.len() {
            return false;
        }
        let mut into = locked(&self.rooms);
        let Some(made) = into.take(&from.pool, &ids) else { return false };
        for (place, id) in places.iter().zip(&made) {
            into.note(place, *id);
        }
        drop((from, into));
        for (place, id) in places.iter().zip(made) {
            let mut place = locked(place);
            if Arc::ptr_eq(&place.0, old) {
                *place = (self.clone(), id);
            }
        }
        true
    }
}

impl Rooms {
    /// Expressions of an older home in this one; `None` when a limit is reached.
    fn take(&mut self, from: &Pool, ids: &[ExprId]) -> Option<Vec<ExprId>> {
        let before = self.pool.len();
        self.pool.renew();
        let made = brought(&mut self.pool, from, ids);
        self.moved += self.pool.len() - before;
        self.pool.take_failure().is_none().then_some(made)
    }
}

impl Handle {
    fn new(home: &Arc<Home>, rooms: &mut Rooms, id: ExprId) -> Self {
        let place = Arc::new(Mutex::new((home.clone(), id)));
        rooms.note(&place, id);
        Self { place }
    }

    /// The expression in a home, where it moves if it is not there.
    fn in_home(&self, home: &Arc<Home>) -> Result<ExprId> {
        let mut place = locked(&self.place);
        let (own, id) = &*place;
        if Arc::ptr_eq(own, home) {
            return Ok(*id);
        }
        let (from, mut into);
        if own.number < home.number {
            from = locked(&own.rooms);
            into = locked(&home.rooms);
        } else {
            into = locked(&home.rooms);
            from = locked(&own.rooms);
        }
        let made = into.take(&from.pool, &[*id]);
        let Some([id]) = made.as_deref() else {
            drop((from, into));
            home.leave();
            return Err(of_limit(Limit::Nodes).into());
        };
        into.note(&self.place, *id);
        drop((from, into));
        *place = (home.clone(), *id);
        Ok(*id)
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
    in_home(&home, |rooms| work(&mut rooms.pool, &ids))
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
    in_home(&home, |rooms| match work(&mut rooms.pool, &ids)? {
        Pool::UNDEFINED => Err(ErrorKind::Undefined("the result".into()).into()),
        id => Ok(Handle::new(&home, rooms, id)),
    })
}

/// Takes expressions of an engine in.
///
/// # Errors
/// A limit.
pub(crate) fn take_in(pool: &Pool, ids: &[ExprId]) -> Result<Vec<Handle>> {
    let home = Home::newest();
    in_home(&home, |rooms| {
        let made = brought(&mut rooms.pool, pool, ids);
        Ok(made.into_iter().map(|id| Handle::new(&home, rooms, id)).collect())
    })
}

/// Works in a home, which is left when a limit is reached.
fn in_home<T>(home: &Arc<Home>, work: impl FnOnce(&mut Rooms) -> Result<T>) -> Result<T> {
    let mut rooms = locked(&home.rooms);
    rooms.pool.renew();
    let found = work(&mut rooms);
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
