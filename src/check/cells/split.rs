//! An expression taken apart into its pieces, cell by cell.

use super::super::edge_points::solutions;
use super::Cells;
use super::line::{between, insert, order, sign};
use crate::evaluate::{Tape, digits, values};
use crate::function;
use crate::function::spec::Category;
use crate::kernel::{Assumption, ExprId, FunctionId, Node, Pool, Relation};
use crate::simplify::{self, Simplifier};
use crate::syntax;
use std::cmp::Ordering;

/// How many steps of a rounding function are told apart.
const LEVELS: f64 = 64.0;
/// The most terms of a part that is multiplied out.
const TERMS: usize = 100;
/// The name of the value of a rounding function: no formula can have it.
const LEVEL: &str = "#level";
/// Greater ones are not counted.
const FAR: f64 = 1e15;
/// The whole numbers around a cut.
const BESIDE: [i64; 4] = [-1, 0, 1, 2];
/// How much farther than its ends a cell is searched, relatively.
const SLACK: f64 = 1e-6;

/// An expression in which all pieces are absolute values, signs, floors and case distinctions, as
/// it is but for single points; `None` where one of these cannot be read.
pub(super) fn in_pieces(pool: &mut Pool, expression: ExprId) -> Option<ExprId> {
    let mut known: Vec<(ExprId, ExprId)> = Vec::new();
    for id in pool.reachable(&[expression]) {
        let Node::Apply(function, list) = pool.node(id) else { continue };
        if !function.is_builtin() || Relation::of(function).is_some() {
            continue;
        }
        let row = function::spec(function);
        let is_pieced = match row.category {
            Category::Piecewise | Category::Learning => true,
            Category::Elementary => !row.breaks.is_empty(),
            _ => false,
        };
        if !is_pieced || row.normal.is_none() {
            continue;
        }
        let list = pool.list(list).to_vec();
        let list = pool.substitute(&list, &known, function::apply);
        let formula = syntax::in_normal_form(function, &list, pool)?;
        // A normal form may stand over others.
        let formula = match formula == id {
            true => formula,
            false => in_pieces(pool, formula)?,
        };
        known.push((id, formula));
    }
    Some(pool.substitute(&[expression], &known, function::apply)[0])
}

/// Whether an expression is put together from pieces.
pub(in super::super) fn is_pieced(pool: &Pool, id: ExprId) -> bool {
    pool.reachable(&[id]).into_iter().any(|id| match pool.node(id) {
        Node::Apply(function, _) if function.is_builtin() => {
            !function::spec(function).breaks.is_empty() || rank(pool, id).is_some()
        }
        Node::Apply(..) => rank(pool, id).is_some(),
        _ => false,
    })
}

/// A part of an expression that is one formula on each side of what cuts the line.
#[derive(Clone, Copy)]
enum Piece {
    /// An absolute value or a sign, of this.
    Signed(ExprId),
    /// A comparison, of this with 0.
    Compared(Relation, ExprId),
    /// A rounded value, of this.
    Rounded(ExprId),
}

/// What takes an expression apart.
pub(super) struct Splitter<'a> {
    pub(super) pool: &'a mut Pool,
    /// The variable.
    pub(super) symbol: ExprId,
    /// How many cells may still be looked at.
    pub(super) left: usize,
    /// What is found.
    pub(super) found: &'a mut Cells,
}

impl Splitter<'_> {
    /// Adds the cells of an expression between two ends.
    pub(super) fn settle(
        &mut self,
        form: ExprId,
        ends: [Option<ExprId>; 2],
    ) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        let form = Simplifier::default().simplify(self.pool, form);
        let Some((id, piece)) = self.piece(form)? else {
            return self.settle_plain(form, ends);
        };
        let (of, mut gaps) = match piece {
            Piece::Signed(u) | Piece::Compared(_, u) => (u, vec![u]),
            Piece::Rounded(u) => match self.levels(u, ends) {
                Some(gaps) => (u, gaps),
                None => return self.settle_step(form, (id, u), ends),
            },
        };
        gaps.extend(self.domain_edges(of)?);
        let cuts = self.cuts(&gaps, ends)?;
        self.each(&cuts, ends, |own, sample, ends| {
            let value = own.resolved(piece, id, sample);
            let form = match value? {
                Some(value) => {
                    own.pool.substitute(&[form], &[(id, value)], function::apply)[0]
                }
                // Where a part has no value, the whole has none, unless it is in no case.
                None if own.has_comparisons(form, id) => return None,
                None => Pool::UNDEFINED,
            };
            own.settle(form, ends)
        })
    }

    /// Does something on each cell between cuts, with a number in it.
    fn each(
        &mut self,
        cuts: &[ExprId],
        [low, high]: [Option<ExprId>; 2],
        mut settle: impl FnMut(&mut Self, ExprId, [Option<ExprId>; 2]) -> Option<()>,
    ) -> Option<()> {
        let mut before = low;
        for cut in cuts {
            let sample = between(self.pool, before, Some(*cut))?;
            settle(self, sample, [before, Some(*cut)])?;
            self.found.cuts.push(*cut);
            before = Some(*cut);
        }
        let sample = between(self.pool, before, high)?;
        settle(self, sample, [before, high])
    }

    /// Adds the cells of an expression without pieces.
    fn settle_plain(&mut self, form: ExprId, ends: [Option<ExprId>; 2]) -> Option<()> {
        if form == Pool::ZERO || form == Pool::UNDEFINED {
            if form == Pool::UNDEFINED {
                self.found.missing.push(self.found.vanishes.len());
            }
            self.found.vanishes.push(form == Pool::ZERO);
            return Some(());
        }
        let cuts = match self.pool.is_constant(form) {
            true => {
                let sign = sign(self.pool, form)?;
                self.found.vanishes.push(sign == Ordering::Equal);
                return Some(());
            }
            false => self.cuts(&[form], ends)?,
        };
        self.found.vanishes.extend(std::iter::repeat_n(false, cuts.len() + 1));
        self.found.cuts.extend(cuts);
        Some(())
    }

    /// Adds the cells of an expression that depends on a rounded value alone: it is solved for
    /// that value.
    fn settle_counted(
        &mut self,
        (form, level): (ExprId, ExprId),
        u: ExprId,
        ends: [Option<ExprId>; 2],
    ) -> Option<()> {
        let cells = Cells::new(self.pool, form, level, &Assumption::default())?;
        let mut gaps = self.domain_edges(u)?;
        for cut in cells.cuts {
            let near = near(self.pool, cut).floor();
            (near.abs() < FAR).then_some(())?;
            for beside in BESIDE {
                let level = self.pool.integer(near as i64 + beside);
                gaps.push(self.pool.difference(u, level));
            }
        }
        let floor = function::lookup("floor", 1)?;
        let id = function::apply(self.pool, floor, &[u]);
        let cuts = self.cuts(&gaps, ends)?;
        self.each(&cuts, ends, |own, sample, ends| {
            let Some(value) = own.resolved(Piece::Rounded(u), id, sample)? else {
                return own.settle(Pool::UNDEFINED, ends);
            };
            let put = own.pool.substitute(&[form], &[(level, value)], function::apply)[0];
            let put = Simplifier::default().simplify(own.pool, put);
            let vanishes =
                put != Pool::UNDEFINED && sign(own.pool, put)? == Ordering::Equal;
            own.settle(if vanishes { Pool::ZERO } else { Pool::ONE }, ends)
        })
    }

    /// Adds the cells of an expression in which a rounded value stands alone and once, with a
    /// constant factor: it is 0 only where the rounding is by less than 1.
    fn settle_step(
        &mut self,
        form: ExprId,
        (id, u): (ExprId, ExprId),
        ends: [Option<ExprId>; 2],
    ) -> Option<()> {
        let level = self.pool.symbol(LEVEL);
        let counted = self.pool.substitute(&[form], &[(id, level)], function::apply)[0];
        if !self.pool.may_depend(counted, self.symbol) {
            return self.settle_counted((counted, level), u, ends);
        }
        let zero = self.pool.substitute(&[form], &[(id, Pool::ZERO)], function::apply)[0];
        let one = self.pool.substitute(&[form], &[(id, Pool::ONE)], function::apply)[0];
        let two = self.pool.integer(2);
        let two = self.pool.substitute(&[form], &[(id, two)], function::apply)[0];
        let [slope, next] =
            [self.pool.difference(one, zero), self.pool.difference(two, one)];
        let slope = Simplifier::default().simplify(self.pool, slope);
        let next = Simplifier::default().simplify(self.pool, next);
        let is_line = slope == next && self.pool.as_number(slope).is_some();
        let is_alone = is_line && slope != Pool::ZERO && self.is_plain(zero);
        // The value that the rounded one must have.
        let value = self.pool.quotient(zero, slope);
        let value = self.pool.negate(value);
        let value = Simplifier::default().simplify(self.pool, value);
        if !is_alone {
            return None;
        }
        let gap = self.pool.difference(u, value);
        let gap = Simplifier::default().simplify(self.pool, gap);
        let beyond = self.pool.difference(gap, Pool::ONE);
        let number = self.pool.as_number(value).cloned();
        let is_line = self.line(gap).is_some_and(|[_, slope]| slope != Pool::ZERO);
        if number.is_none() && !is_line {
            return None;
        }
        let mut gaps = vec![gap, beyond];
        gaps.extend(self.domain_edges(u)?);
        let cuts = self.cuts(&gaps, ends)?;
        self.each(&cuts, ends, |own, sample, ends| {
            let signs = [gap, beyond].map(|gap| own.sign_at(gap, sample));
            let is_near = match signs {
                [Some(Ordering::Greater), Some(Ordering::Less)] => true,
                [Some(Ordering::Less), _] | [_, Some(Ordering::Greater)] => false,
                // It is no cut, so it is 0 throughout.
                _ => return None,
            };
            match (&number, is_near) {
                (_, false) => own.settle(Pool::ONE, ends),
                (Some(number), _) if !number.is_integer() => own.settle(Pool::ONE, ends),
                (Some(_), _) => own.settle(Pool::ZERO, ends),
                // Between two ends there are as many steps as fit.
                (None, _) if ends.iter().all(Option::is_some) => own.settle(form, ends),
                (None, _) => None,
            }
        })
    }

    /// What is 0 where a rounded value jumps between two ends; `None` where it is not known to
    /// be few.
    fn levels(&mut self, u: ExprId, ends: [Option<ExprId>; 2]) -> Option<Vec<ExprId>> {
        let [Some(low), Some(high)] = ends else { return None };
        self.line(u)?;
        let mut at = |end| {
            let value =
                self.pool.substitute(&[u], &[(self.symbol, end)], function::apply)[0];
            near(self.pool, value)
        };
        let (one, other) = (at(low), at(high));
        let (first, last) = (one.min(other).floor() - 1.0, one.max(other).ceil() + 1.0);
        let are_few = last - first <= LEVELS && first.abs().max(last.abs()) < FAR;
        if !are_few {
            return None;
        }
        let mut gaps = Vec::new();
        for level in first as i64..=last as i64 {
            let level = self.pool.integer(level);
            gaps.push(self.pool.difference(u, level));
        }
        Some(gaps)
    }

    /// The constant term and the slope of an expression that is a line with constant terms.
    fn line(&mut self, u: ExprId) -> Option<[ExprId; 2]> {
        let mut at = |value: i64| {
            let value = self.pool.integer(value);
            self.pool.substitute(&[u], &[(self.symbol, value)], function::apply)[0]
        };
        let (start, end) = (at(0), at(1));
        let slope = self.pool.difference(end, start);
        let along = self.pool.product(&[slope, self.symbol]);
        let line = self.pool.sum(&[start, along]);
        let rest = self.pool.difference(u, line);
        let rest = simplify::expand_all(self.pool, rest, TERMS).unwrap_or(rest);
        let rest = Simplifier::default().simplify(self.pool, rest);
        (rest == Pool::ZERO && self.pool.as_number(slope).is_some())
            .then_some([start, slope])
    }

    /// What a piece is on the cell of a number; no value where what it is made of has none
    /// there. `None` where that is not known.
    fn resolved(
        &mut self,
        piece: Piece,
        id: ExprId,
        sample: ExprId,
    ) -> Option<Option<ExprId>> {
        let (Piece::Signed(u) | Piece::Compared(_, u) | Piece::Rounded(u)) = piece;
        let value = self.at(u, sample);
        let is_missing = value == Pool::UNDEFINED
            || digits::is_defined(self.pool, value, syntax::in_normal_form)
                == Some(false);
        if is_missing {
            return Some(None);
        }
        if let Piece::Rounded(_) = piece {
            let floor = function::lookup("floor", 1)?;
            let number = match self.pool.as_number(value) {
                Some(number) => number.floor(),
                None => {
                    let floor = function::apply(self.pool, floor, &[value]);
                    digits::whole(self.pool, floor, syntax::in_normal_form)?
                }
            };
            return Some(Some(self.pool.number(number)));
        }
        let sign = sign(self.pool, value)?;
        let is_zero = Simplifier::default().simplify(self.pool, u) == Pool::ZERO;
        // It is no cut, so it is 0 throughout or nowhere.
        if sign == Ordering::Equal && !is_zero {
            return None;
        }
        let truth = |holds: bool| if holds { Pool::ONE } else { Pool::ZERO };
        let is_absolute = matches!(self.pool.node(id), Node::Apply(FunctionId::ABS, _));
        Some(Some(match (piece, sign) {
            (Piece::Compared(relation, _), sign) => truth(relation.holds(sign)?),
            (_, Ordering::Equal) => Pool::ZERO,
            (_, Ordering::Greater) => {
                if is_absolute {
                    u
                } else {
                    Pool::ONE
                }
            }
            (_, Ordering::Less) => match is_absolute {
                true => self.pool.negate(u),
                false => Pool::MINUS_ONE,
            },
        }))
    }

    /// The next piece that has no others in it; comparisons first, as they choose what counts.
    /// `None` where nothing is known of one.
    fn piece(&mut self, form: ExprId) -> Option<Option<(ExprId, Piece)>> {
        let ids = self.pool.reachable(&[form]);
        if ids.iter().any(|id| matches!(self.pool.node(*id), Node::Power(Pool::ZERO, _)))
        {
            return None;
        }
        let comparison = ids.iter().find(|id| rank(self.pool, **id) == Some(COMPARED));
        let inside = comparison.map_or(ids.clone(), |id| self.pool.reachable(&[*id]));
        let pieces = inside.into_iter().filter_map(|id| Some((rank(self.pool, id)?, id)));
        let innermost = pieces.filter(|(_, id)| {
            let Node::Apply(_, list) = self.pool.node(*id) else { return false };
            self.pool.list(list).iter().all(|id| self.is_plain(*id))
        });
        let Some((_, id)) = innermost.min_by_key(|(rank, _)| *rank) else {
            return Some(None);
        };
        let Node::Apply(function, list) = self.pool.node(id) else { return None };
        let piece = match (Relation::of(function), self.pool.list(list)) {
            (Some(relation), [u, v]) => {
                let (u, v) = (*u, *v);
                Piece::Compared(relation, self.pool.difference(u, v))
            }
            (None, [u]) if rank(self.pool, id) == Some(SIGNED) => Piece::Signed(*u),
            (None, [u]) => Piece::Rounded(*u),
            _ => return None,
        };
        Some(Some((id, piece)))
    }

    /// Whether there are no pieces in an expression.
    fn is_plain(&self, id: ExprId) -> bool {
        self.pool.reachable(&[id]).into_iter().all(|id| rank(self.pool, id).is_none())
    }

    /// Whether there is a comparison in an expression, another one than this.
    fn has_comparisons(&self, form: ExprId, but: ExprId) -> bool {
        let mut ids = self.pool.reachable(&[form]).into_iter();
        ids.any(|id| id != but && rank(self.pool, id) == Some(COMPARED))
    }

    /// The value of an expression at a number.
    fn at(&mut self, id: ExprId, number: ExprId) -> ExprId {
        let put = [(self.symbol, number)];
        let value = self.pool.substitute(&[id], &put, function::apply)[0];
        Simplifier::default().simplify(self.pool, value)
    }

    fn sign_at(&mut self, id: ExprId, number: ExprId) -> Option<Ordering> {
        let value = self.at(id, number);
        sign(self.pool, value)
    }

    /// Where expressions without pieces may be 0 between two ends, in ascending order.
    fn cuts(
        &mut self,
        gaps: &[ExprId],
        [low, high]: [Option<ExprId>; 2],
    ) -> Option<Vec<ExprId>> {
        let near_end = |end: Option<ExprId>, slack: f64| {
            let x = near(self.pool, end?);
            Some(x + slack * (1.0 + x.abs()))
        };
        let known = Assumption {
            low: near_end(low, -SLACK),
            high: near_end(high, SLACK),
            ..Assumption::default()
        };
        let mut cuts = Vec::new();
        for gap in gaps {
            let gap = Simplifier::default().simplify(self.pool, *gap);
            if gap == Pool::ZERO
                || self.pool.is_constant(gap) && sign(self.pool, gap).is_some()
            {
                continue;
            }
            for value in solutions(self.pool, gap, self.symbol, &known)? {
                let value = Simplifier::default().simplify(self.pool, value);
                let normal = syntax::in_normal_form;
                if value == Pool::UNDEFINED
                    || digits::is_defined(self.pool, value, normal) == Some(false)
                {
                    continue;
                }
                let is_above = match low {
                    Some(low) => order(self.pool, low, value)? == Ordering::Less,
                    None => true,
                };
                let is_below = match high {
                    Some(high) => order(self.pool, value, high)? == Ordering::Less,
                    None => true,
                };
                if is_above && is_below {
                    insert(self.pool, &mut cuts, value)?;
                }
            }
        }
        Some(cuts)
    }

    /// What is 0 where an expression without pieces may stop to be continuous; `None` where that
    /// is not known.
    fn domain_edges(&self, id: ExprId) -> Option<Vec<ExprId>> {
        let mut edges = Vec::new();
        for id in self.pool.reachable(&[id]) {
            if self.pool.is_constant(id) {
                continue;
            }
            match self.pool.node(id) {
                Node::Power(base, exponent) => match self.pool.as_number(exponent) {
                    Some(n) if n.is_integer() && n.is_positive() => {}
                    Some(_) => edges.push(base),
                    None if self.pool.is_constant(base)
                        && self.pool.is_positive(base) => {}
                    None => return None,
                },
                Node::Apply(FunctionId::LN, list) => edges.push(self.pool.list(list)[0]),
                Node::Apply(function, _) => {
                    let is_known = function.is_builtin()
                        && (function::spec(function).is_entire
                            || is_continuous(function));
                    is_known.then_some(())?;
                }
                _ => {}
            }
        }
        Some(edges)
    }
}

/// The ranks of pieces: in this order they are looked at.
const COMPARED: u8 = 0;
const SIGNED: u8 = 1;
const ROUNDED: u8 = 2;

/// The rank of what has pieces on its own.
fn rank(pool: &Pool, id: ExprId) -> Option<u8> {
    let Node::Apply(function, _) = pool.node(id) else { return None };
    match Relation::of(function) {
        Some(Relation::And | Relation::Or) => return None,
        Some(_) => return Some(COMPARED),
        None => {}
    }
    match function {
        FunctionId::ABS | FunctionId::SIGN => Some(SIGNED),
        _ if function == function::lookup("floor", 1)? => Some(ROUNDED),
        _ => None,
    }
}

/// Whether a function has a value for each number and no jumps, as one has that grows for ever.
fn is_continuous(function: FunctionId) -> bool {
    let row = function::spec(function);
    row.rises && row.domain.is_empty()
}

/// The double next to a constant.
fn near(pool: &Pool, id: ExprId) -> f64 {
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, &[id]);
    values(&tape, &[])[slots[0] as usize]
}
