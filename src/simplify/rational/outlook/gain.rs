//! What there could be to gain between the factors of a quotient.

use super::kernels::Member;
use super::view::{View, power_in};
use crate::polynomial::{Sketch, share};
use smallvec::SmallVec;

impl<const P: u32> View<'_, P> {
    /// Whether a factor has a root in it, which could go to the other side of the bar.
    pub(super) fn has_roots(&self, places: &[(usize, i32)]) -> bool {
        let roots: SmallVec<[usize; 4]> =
            self.relations.iter().map(|relation| relation.0).collect();
        places.iter().any(|(place, _)| self.factors[*place].degree_in(&roots) > 0)
    }

    /// Whether there are relations between functions of one argument that could make
    /// something of what occurs. The factors `tan(u)^2 + 1` of derivatives are none of that.
    pub(super) fn is_related(&self, places: &[(usize, i32)]) -> bool {
        let families = &self.kernels.families;
        families.iter().any(|first| {
            let same = |m: &&Member| (m.kind, m.argument) == (first.kind, first.argument);
            let group = || families.iter().filter(same);
            let members: SmallVec<[usize; 4]> = group().map(|m| m.variable).collect();
            let factors = places.iter().map(|(place, n)| (&self.factors[*place], *n));
            let within = factors.filter(|(factor, _)| factor.degree_in(&members) > 0);
            let is_secant =
                |factor: &Sketch<P>| first.is_tangent() && factor.is_square_plus_one();
            let secant =
                self.kernels.secants.iter().find(|known| known.0 == first.argument);
            let secants = secant.map_or(0, |known| power_in(&self.root, known.1 as u16));
            let outer = |at: &usize| power_in(&self.root, *at as u16);
            // A square against a number, or a square against another one.
            let mut count = 0;
            let mut degree = 0;
            for (factor, n) in within {
                let found = if is_secant(factor) {
                    outer(&first.variable) < 0
                } else {
                    // The square of a sine against 1 - cos(u) or 1 + cos(u).
                    let across = |at: &usize| outer(at) * n.signum() < -1;
                    factor.has_squares(&members)
                        || secants > 0 && n < 0
                        || factor.number_of_terms() == 2 && members.iter().any(across)
                };
                if found {
                    return true;
                }
                count += 1;
                degree += factor.degree_in(&members) * n.unsigned_abs();
            }
            if members.len() == 1 && (first.is_tangent() || secant.is_none()) {
                return false;
            }
            degree += members.iter().map(|at| outer(at).unsigned_abs()).sum::<u32>();
            // Different pairs meet over sine and cosine; twice the angle takes a product of
            // two, or equal powers.
            let mixed = secant.is_some()
                || group().any(|m| m.pair != first.pair)
                || first.kind == 0 && first.pair > 0;
            let equal = members.iter().all(|at| outer(at) == outer(&members[0]));
            degree > 1 && (mixed || degree == 2 || equal && count == 0)
        })
    }

    /// Whether two factors, or a factor and what is under a root, have something in common,
    /// or the product of two has few terms.
    pub(super) fn shares(&self, places: &[(usize, i32)]) -> bool {
        let mut all: SmallVec<[(usize, Option<i32>); 8]> =
            places.iter().map(|(place, n)| (*place, Some(*n))).collect();
        all.extend(self.radicands.iter().map(|factor| (*factor, None)));
        if all.len() < 2 {
            return false;
        }
        let images: SmallVec<[_; 8]> =
            all.iter().map(|(place, _)| self.factors[*place].on_line()).collect();
        (0..all.len()).any(|at| {
            (0..at).any(|other| {
                let ((a, n), (b, m)) = (all[at], all[other]);
                if a == b || share::<P>(&images[at], &images[other]) {
                    return true;
                }
                let (a, b) = (&self.factors[a], &self.factors[b]);
                n == m
                    && n.is_some()
                    && a.number_of_terms() + b.number_of_terms() < 12
                    && a.times(b).is_none_or(|c| {
                        c.number_of_terms() < a.number_of_terms() + b.number_of_terms()
                    })
            })
        })
    }
}
