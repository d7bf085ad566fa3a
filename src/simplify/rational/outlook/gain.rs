//! What there could be to gain between the factors of a quotient.

use super::view::{View, power_in};
use crate::polynomial::share;
use smallvec::SmallVec;

impl View<'_> {
    /// Whether something may come of a factor with a root in it: what is under the root is a
    /// part of it that can be drawn out, or the product with the conjugate is shorter.
    pub(super) fn has_roots(&self, places: &[(usize, i32)]) -> bool {
        let factors = places.iter().map(|(place, _)| &self.factors[*place]);
        factors.into_iter().any(|factor| {
            self.relations.iter().any(|(variable, degree, radicand)| {
                factor.degree_in(&[*variable]) > 0
                    && (*degree > 2 || factor.opens(*variable, radicand))
            })
        })
    }

    /// Whether what is under a root is a product that stands beside the root too.
    pub(super) fn draws(&self) -> bool {
        self.products.iter().any(|(variable, powers)| {
            let outer = |place: u16| power_in(&self.root, place).signum();
            let all =
                |sign: i32| powers.iter().all(|(at, n)| outer(*at) == n.signum() * sign);
            outer(*variable) != 0 && (all(1) || all(-1))
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
        let plain = self.factors[all[0].0].highest();
        let images: SmallVec<[_; 8]> =
            all.iter().map(|(place, _)| self.factors[*place].on_line(plain)).collect();
        (0..all.len()).any(|at| {
            (0..at).any(|other| {
                let ((a, n), (b, m)) = (all[at], all[other]);
                if a == b || share(self.field, &images[at], &images[other]) {
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
