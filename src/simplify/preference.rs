//! The functions in which somebody wants to read answers, whatever was typed.

use super::dialect::Dialect;
use super::exponentials::with_hyperbolic;
use super::pass::Simplifier;
use super::style::in_style;
use crate::kernel::{ExprId, Pool};
use smallvec::SmallVec;

/// In which circular and hyperbolic functions quotients and squares are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `sec(x)^2`, `sec(x)*tan(x)`, `-csc(x)^2`.
    Secants,
    /// `1/cos(x)^2`, `sin(x)/cos(x)^2`, `-1/sin(x)^2`.
    Cosines,
    /// `tan(x)^2 + 1`, `-cot(x)^2 - 1`.
    Tangents,
}

/// What somebody prefers to read; the functions that were typed, where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preference {
    /// Quotients and squares of circular and hyperbolic functions.
    pub style: Option<Style>,
    /// Exponentials as hyperbolic functions where that is no longer.
    pub hyperbolic: bool,
}

impl Preference {
    /// Whether nothing is preferred.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Ways to write an expression in the functions that are preferred.
    fn ways(self, pool: &mut Pool, id: ExprId, typed: Dialect) -> SmallVec<[ExprId; 2]> {
        let mut ways: SmallVec<[ExprId; 2]> = SmallVec::new();
        if self.hyperbolic || typed.has_hyperbolic() {
            for free in [false, true] {
                let turned = with_hyperbolic(pool, id, free);
                if turned != id && !ways.contains(&turned) {
                    ways.push(turned);
                }
            }
        }
        if self.style.is_some() {
            ways.push(id);
        }
        ways
    }

    /// An expression with quotients and squares as they are preferred.
    fn in_style(self, pool: &mut Pool, id: ExprId) -> ExprId {
        self.style.map_or(id, |style| in_style(pool, id, style))
    }
}

impl Simplifier {
    /// The shortest form in the functions that are preferred; where nothing is, the form that
    /// was found, unless one in hyperbolic functions is shorter and some were typed.
    pub(super) fn preferred(
        &mut self,
        pool: &mut Pool,
        [root, best]: [ExprId; 2],
        typed: Dialect,
    ) -> ExprId {
        let preference = self.preference();
        let dialect = match preference.style {
            Some(style) => typed.in_style(style),
            None => typed.free(),
        };
        let mut found: Option<ExprId> = None;
        for start in [best, root] {
            for way in preference.ways(pool, start, typed) {
                let turned = preference.in_style(pool, way);
                let short = self.shortest(pool, turned, dialect);
                let short = preference.in_style(pool, short);
                if found.is_none_or(|known| pool.cost(short) < pool.cost(known)) {
                    found = Some(short);
                }
            }
        }
        let is_kept = |found: ExprId| {
            let more = u32::from(!preference.hyperbolic);
            preference.style.is_some()
                || pool.cost(found).saturating_add(more) <= pool.cost(best)
        };
        found.filter(|found| is_kept(*found)).unwrap_or(best)
    }
}
