//! What images do not see: where the argument of a sign is 0, or a comparison is on its edge.
//!
//! The signs of a choice are those of points in general. Two formulas that are equal for all
//! of them are equal wherever both are continuous; signs and comparisons are not where their
//! arguments are 0. So these are put to 0, and what comes out is compared again.

use super::compare::{Comparison, stands_alone};
use super::condition::requirements;
use super::decided::{is_open, with_values};
use super::definite::meets;
use super::image::{self, Images};
use super::jumps::{jumps, parts, with_jumps};
use super::observe::{Told, tell};
use super::place::Place;
use super::plateau::may_vanish_widely;
use super::unsolved::multiple;
use super::zeros::{Zero, turns, zeros};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};
use crate::simplify::Simplifier;
use rustc_hash::FxHashSet;

/// How many comparisons are made.
const MOST: usize = 48;
/// How many steps are run for the images of one.
const STEPS: usize = 200_000;
/// At how many places of an edge along which the first has no value the second is looked at.
const HOLES: usize = 2;

/// What is on both sides of 0.
const BOTH: [bool; 2] = [true; 2];

/// What is known of the edges of two formulas that are equal for all signs.
pub(super) enum Edges {
    /// They are equal there too, or one of them has no value.
    Equal,
    /// They differ at a place.
    Differ(Place),
    /// Nothing is known of where this is 0.
    Open(ExprId),
    /// Nothing is known of a corner at which this is 0.
    OpenCorner(ExprId),
}

/// A comparison on an edge: what is compared, and what was put in place of symbols.
struct Edge {
    /// Over the kernels of the normal form, with points of its own at which it has no value.
    pair: [ExprId; 2],
    /// The same before it was written over kernels: `sinc(x - 1)` has a value at 1.
    typed: [ExprId; 2],
    put: Vec<(ExprId, ExprId)>,
    /// Parts whose edges are looked at beside this one, all combinations with it included.
    done: Vec<ExprId>,
    /// The part with which the edges began.
    origin: Option<ExprId>,
}

/// What points on an edge say where images are not equal.
pub(super) enum OnEdge {
    /// They differ at a place.
    Differ(Place),
    /// One has no value, a difference does not count, or the one point there is agrees.
    Free,
    /// Nothing certain.
    Open,
}

/// What is said of two expressions at one place.
pub(super) enum At {
    /// They differ.
    Differ,
    /// They have the same value.
    Agree,
    /// One has no value.
    Free,
    /// The second has a value that a derivative may have there.
    Excused,
    /// Nothing certain.
    Open,
    /// It is not as it is assumed.
    Outside,
}

impl Comparison<'_> {
    /// Compares two expressions, equal for all signs, where the arguments of signs are 0.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub(super) fn edges(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        points: &[Vec<f64>],
    ) -> Result<Edges> {
        let edges = self.along_edges(pool, pair, points)?;
        if matches!(edges, Edges::Differ(_)) {
            return Ok(edges);
        }
        let corners = self.corners(pool)?;
        let all = if matches!(corners, Edges::Equal) { edges } else { corners };
        Ok(match all {
            Edges::Open(_) | Edges::OpenCorner(_) => {
                self.where_unsolved(pool, pair).map_or(all, Edges::Differ)
            }
            all => all,
        })
    }

    fn along_edges(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        points: &[Vec<f64>],
    ) -> Result<Edges> {
        let pair = with_jumps(pool, pair);
        let kernels =
            [image::over_kernels(pool, pair[0])?, image::over_kernels(pool, pair[1])?];
        let pair_as_typed = pair;
        let mut open = vec![Edge {
            pair: kernels,
            typed: pair,
            put: Vec::new(),
            done: Vec::new(),
            origin: None,
        }];
        let (mut count, mut left_open) = (0, Vec::new());
        'edges: while let Some(edge) = open.pop() {
            let difference = pool.difference(edge.pair[0], edge.pair[1]);
            if difference == Pool::ZERO {
                continue;
            }
            // Without a jump that is left both are continuous.
            let jumps = jumps(pool, edge.pair);
            if jumps.iter().all(|part| is_among(pool, &edge.done, *part)) {
                continue;
            }
            let parts = parts(pool, edge.pair);
            let mut done = edge.done.clone();
            let mut all = Vec::with_capacity(parts.len());
            for part in parts {
                if is_among(pool, &edge.done, part) {
                    continue;
                }
                // What is 0 in a whole range is not said by single values.
                let found = match may_vanish_widely(pool, part) {
                    true => None,
                    false => match ways(pool, edge.put.len(), part) {
                        None => typed_ways(pool, &edge, part)?,
                        ways => ways,
                    },
                };
                all.push((part, found));
            }
            // What is solved for comes first: the rest is known where it is 0.
            all.sort_by_key(|(_, found)| found.is_none());
            for (part, found) in all {
                let origin = edge.origin.unwrap_or(part);
                // Where one is open already, only what jumps can say more.
                if !left_open.is_empty() && !jumps.contains(&part) {
                    continue;
                }
                let Some(found) = found else {
                    if !self.is_equal_without(pool, &edge, (part, &done))? {
                        left_open.push(origin);
                    }
                    continue;
                };
                for mut way in found {
                    for (_, value) in &mut way {
                        *value = Simplifier::default().simplify(pool, *value);
                    }
                    count += 1;
                    if count > MOST {
                        left_open.push(origin);
                        break 'edges;
                    }
                    let put = edge.with(pool, &way);
                    if is_open(pool, &put.concat()) {
                        left_open.push(origin);
                        continue;
                    }
                    let is_plain =
                        way.iter().all(|(_, value)| pool.as_number(*value).is_some());
                    let [typed, pair] = match is_plain {
                        true => put,
                        false => put.map(|pair| {
                            pair.map(|id| Simplifier::default().simplify(pool, id))
                        }),
                    };
                    let pair = with_holes_filled(pool, pair, typed)?;
                    let is_doubtful = self.is_doubtful(pool, edge.pair, &way)?;
                    let settled = settled(pool, (edge.pair, part), &way, pair)?;
                    let (pair, is_settled) = (settled.unwrap_or(pair), settled.is_some());
                    let mut put = edge.put.clone();
                    for (_, known) in &mut put {
                        *known = pool.substitute(&[*known], &way, function::apply)[0];
                    }
                    let mut beside = done.clone();
                    beside.extend(pool.substitute(&done, &way, function::apply));
                    put.extend(way);
                    let next =
                        Edge { pair, typed, put, done: beside, origin: Some(origin) };
                    if next.pair[0] == Pool::UNDEFINED {
                        let places = self.points_on(pool, &next.put).places;
                        for place in places.into_iter().take(HOLES) {
                            let is_assumed = self.is_assumed(pool, &place);
                            if is_assumed == Some(false) {
                                continue;
                            }
                            let fails = self.fails_in_hole(pool, &place);
                            if fails && is_assumed.is_some() {
                                return Ok(Edges::Differ(place));
                            }
                            if fails || self.is_untold(pool, &place) {
                                left_open.push(origin);
                            }
                        }
                    }
                    if next.pair[0] == next.pair[1] && !is_doubtful
                        || next.pair.contains(&Pool::UNDEFINED)
                    {
                        continue;
                    }
                    let [left, right] = next.pair;
                    let images = image::compare(pool, left, right, &[], &[], STEPS)?;
                    let is_looked_at = is_doubtful || !is_settled;
                    if is_looked_at || !matches!(images, Images::Equal(..)) {
                        let whole = is_looked_at.then_some(pair_as_typed);
                        match self.look_on(pool, &next, kernels, whole)? {
                            OnEdge::Differ(place) => return Ok(Edges::Differ(place)),
                            OnEdge::Open => {
                                left_open.push(origin);
                                continue;
                            }
                            OnEdge::Free => {}
                        }
                    }
                    open.push(next);
                }
                done.push(part);
            }
        }
        // What may have values of its own where it is 0 says most.
        let mut seen = FxHashSet::default();
        left_open.retain(|part| seen.insert(*part));
        for part in &left_open {
            let sides = self.sides_of(pool, *part, points);
            if stands_alone(pool, pair_as_typed, *part, sides)? {
                return Ok(Edges::Open(*part));
            }
        }
        Ok(left_open.first().map_or(Edges::Equal, |part| Edges::Open(*part)))
    }

    /// Whether a part is below 0 at some of these points, and above at others.
    pub(super) fn sides_of(
        &self,
        pool: &mut Pool,
        part: ExprId,
        points: &[Vec<f64>],
    ) -> [bool; 2] {
        let signs = self.signs(pool, &[part], points);
        [false, true].map(|is_above| signs.iter().any(|signs| signs[0] == is_above))
    }

    /// Whether two expressions are equal with 0 in place of a part and of its sign.
    fn is_equal_without(
        &self,
        pool: &mut Pool,
        edge: &Edge,
        (part, done): (ExprId, &[ExprId]),
    ) -> Result<bool> {
        let opposite = pool.negate(part);
        let mut put = vec![(part, Pool::ZERO), (opposite, Pool::ZERO)];
        for id in pool.reachable(&[edge.pair, edge.typed].concat()) {
            let Node::Apply(function, list) = pool.node(id) else { continue };
            let list = pool.list(list).to_vec();
            let (Some(relation), [u, v]) = (Relation::of(function), &list[..]) else {
                continue;
            };
            let gap = pool.difference(*u, *v);
            if [part, opposite].contains(&pool.coefficient(gap).1) {
                let holds = matches!(relation, Relation::LessEqual | Relation::Equal);
                put.push((id, if holds { Pool::ONE } else { Pool::ZERO }));
            }
        }
        let [typed, pair] = edge.with(pool, &put);
        let found = with_holes_filled(pool, pair, typed)?;
        if found[0] == found[1] || found.contains(&Pool::UNDEFINED) {
            return Ok(true);
        }
        // What else has values of its own where it is 0 may be so together with the part.
        for rest in jumps(pool, found) {
            if is_among(pool, done, rest) {
                continue;
            }
            if self.pieced().is_none() || stands_alone(pool, found, rest, BOTH)? {
                return Ok(false);
            }
        }
        let images = image::compare(pool, found[0], found[1], &[], &[], STEPS)?;
        Ok(matches!(images, Images::Equal(..)) || is_multiple(pool, found, part))
    }

    /// Whether the two differ somewhere on an edge, as far as points tell.
    fn look_on(
        &self,
        pool: &mut Pool,
        edge: &Edge,
        all: [ExprId; 2],
        whole: Option<[ExprId; 2]>,
    ) -> Result<OnEdge> {
        let points = self.points_on(pool, &edge.put);
        // A place has a value for each variable, and none for the turns that are counted.
        let has_turns = (0..edge.put.len()).any(|depth| {
            let turn = turns(pool, depth);
            edge.pair.iter().any(|id| pool.may_depend(*id, turn))
        });
        let pair = whole.unwrap_or(if has_turns { all } else { edge.pair });
        let (mut allowed, mut agreed, mut excused, mut open) = (0, 0, 0, false);
        for place in &points.places {
            let at = self.look_at(pool, pair, place);
            allowed += usize::from(!matches!(at, At::Outside));
            match at {
                At::Differ => return Ok(OnEdge::Differ(place.clone())),
                At::Agree => agreed += 1,
                At::Excused => excused += 1,
                At::Open => open = true,
                At::Free | At::Outside => {}
            }
        }
        // Values that agree decide where no other points are on the edge, and so does that
        // there are none.
        let is_seen = points.is_all || allowed > 0 && agreed == 0;
        let is_open = open || points.places.is_empty() || !is_seen;
        if !points.is_all && (excused > 0 || is_open && self.pieced().is_some()) {
            return self.along_corners(pool, &edge.put, edge.pair[1]);
        }
        Ok(if is_open { OnEdge::Open } else { OnEdge::Free })
    }

    /// What is said of two forms of both sides at a place.
    pub(super) fn look_at(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        place: &Place,
    ) -> At {
        let is_assumed = self.is_assumed(pool, place);
        if is_assumed == Some(false) {
            return At::Outside;
        }
        match self.look_there(pool, pair, place) {
            At::Differ if is_assumed.is_none() => At::Open,
            found => found,
        }
    }

    /// The same at a place that is one that is assumed.
    fn look_there(&self, pool: &mut Pool, pair: [ExprId; 2], place: &Place) -> At {
        // Doubles are not on an edge that has no number.
        let is_near = place.exact.iter().any(|(_, at)| pool.as_number(*at).is_none());
        let is_there = match place.settled.is_empty() {
            true => {
                self.is_defined(place)
                    || self.is_empty_power(pool, place)
                    || is_near && self.has_values(pool, place) == Some(true)
            }
            false => match self.has_values(pool, place) {
                Some(has_values) => has_values && !self.has_hole(place),
                None => return At::Open,
            },
        };
        if !is_there {
            return match self.fails_in_hole(pool, place) {
                true => At::Differ,
                false if self.is_untold(pool, place) => At::Open,
                false if self.is_corner(pool, place) => At::Excused,
                false => At::Free,
            };
        }
        match tell(pool, pair, place) {
            Told::Different if self.is_unknown(pool, place) => At::Open,
            Told::Different if self.is_excused(pool, place) => At::Excused,
            Told::Different => At::Differ,
            Told::Equal => At::Agree,
            Told::Open | Told::Unavailable => At::Open,
        }
    }

    /// Whether all that has no value in doubles at a place is `0^0`, which is 1.
    pub(super) fn is_empty_power(&self, pool: &mut Pool, place: &Place) -> bool {
        self.has_powers_of_zero(pool) && self.has_values(pool, place) == Some(true)
    }

    /// Whether there is a power of 0: doubles have no `0^0`.
    pub(super) fn has_powers_of_zero(&self, pool: &Pool) -> bool {
        pool.reachable(&[self.left.id, self.right.id])
            .into_iter()
            .any(|id| matches!(pool.node(id), Node::Power(Pool::ZERO, _)))
    }
}

impl Edge {
    /// What is compared with values in place, as it was typed and over kernels.
    fn with(&self, pool: &mut Pool, put: &[(ExprId, ExprId)]) -> [[ExprId; 2]; 2] {
        let all = [self.typed, self.pair].concat();
        let mut found = pool.substitute(&all, put, function::apply);
        // A branch that is not taken may have no value, or lose it when it is simplified.
        let is_long = put.iter().any(|(_, value)| pool.as_number(*value).is_none());
        if is_long
            || is_open(pool, &found)
            || pool.reachable(&found).contains(&Pool::UNDEFINED)
        {
            found = with_values(pool, &all, put);
        }
        [[found[0], found[1]], [found[2], found[3]]]
    }
}

/// Whether a part, or a multiple of it, is among others.
fn is_among(pool: &mut Pool, others: &[ExprId], part: ExprId) -> bool {
    others.iter().any(|other| {
        *other == part
            || multiple(pool, *other, part).is_some_and(|(_, over)| over == Pool::ZERO)
    })
}

/// Whether the difference of two expressions is a part times something that has a value
/// everywhere.
fn is_multiple(pool: &mut Pool, [left, right]: [ExprId; 2], part: ExprId) -> bool {
    let difference = pool.difference(left, right);
    let quotient = pool.quotient(difference, part);
    let quotient = Simplifier::default().simplify(pool, quotient);
    let all = pool.reachable(&[quotient]);
    requirements(pool, &all).is_empty()
        && all.into_iter().all(|id| match pool.node(id) {
            Node::Power(_, exponent) => {
                pool.as_number(exponent).is_some_and(|n| !n.is_negative())
            }
            Node::Apply(function, _) => {
                function.is_builtin() && function::spec(function).is_total()
            }
            Node::Undefined => false,
            _ => true,
        })
}

/// Two expressions on an edge with what comparisons and signs of the part are that is 0 there;
/// `None` where one stays open, as nothing shows that the part is 0.
fn settled(
    pool: &mut Pool,
    (before, part): ([ExprId; 2], ExprId),
    way: &[Zero],
    pair: [ExprId; 2],
) -> Result<Option<[ExprId; 2]>> {
    let opposite = pool.negate(part);
    let mut known = Vec::new();
    for id in pool.reachable(&before) {
        let Node::Apply(function, list) = pool.node(id) else { continue };
        let list = pool.list(list).to_vec();
        let (gap, value) = match (Relation::of(function), &list[..]) {
            (Some(Relation::LessEqual | Relation::Equal), [u, v]) => {
                (pool.difference(*u, *v), Pool::ONE)
            }
            (Some(Relation::Less | Relation::NotEqual), [u, v]) => {
                (pool.difference(*u, *v), Pool::ZERO)
            }
            (None, [u]) if function == FunctionId::SIGN => (*u, Pool::ZERO),
            _ => continue,
        };
        if ![part, opposite].contains(&pool.coefficient(gap).1) {
            continue;
        }
        let put = pool.substitute(&[id, gap], way, function::apply);
        let is_left = matches!(pool.node(put[0]), Node::Apply(own, _) if own == function);
        if !is_left || pool.is_constant(put[0]) {
            continue;
        }
        let images = image::compare(pool, put[1], Pool::ZERO, &[], &[], STEPS)?;
        if !matches!(images, Images::Equal(..)) {
            return Ok(None);
        }
        let simple = Simplifier::default().simplify(pool, put[0]);
        known.extend([(put[0], value), (simple, value)]);
    }
    let found = pool.substitute(&pair, &known, function::apply);
    Ok(Some([found[0], found[1]]))
}

/// The ways in which a part can be 0: what symbols have in their places.
fn ways(pool: &mut Pool, depth: usize, part: ExprId) -> Option<Vec<Vec<Zero>>> {
    meets(pool, depth, part).or_else(|| {
        let found = zeros(pool, depth, part)?;
        Some(found.into_iter().map(|zero| vec![zero]).collect())
    })
}

/// The same, found from what was typed: `sinh(x) - 1` is 0 where the inverse of the function
/// says.
fn typed_ways(
    pool: &mut Pool,
    edge: &Edge,
    part: ExprId,
) -> Result<Option<Vec<Vec<Zero>>>> {
    for typed in jumps(pool, edge.typed) {
        let own = image::over_kernels(pool, typed)?;
        if typed != part && pool.coefficient(own).1 == part {
            return Ok(ways(pool, edge.put.len(), typed));
        }
    }
    Ok(None)
}

/// Two expressions over kernels, with what was typed in place of one that has no value: a
/// normal form may be 0/0 where its function has a value.
fn with_holes_filled(
    pool: &mut Pool,
    pair: [ExprId; 2],
    typed: [ExprId; 2],
) -> Result<[ExprId; 2]> {
    let mut filled = pair;
    for (own, typed) in filled.iter_mut().zip(typed) {
        if *own == Pool::UNDEFINED && typed != Pool::UNDEFINED {
            *own = image::over_kernels(pool, typed)?;
        }
    }
    Ok(filled)
}
