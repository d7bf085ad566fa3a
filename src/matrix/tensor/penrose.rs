//! Matrices beside their pseudo-inverses, by the four equations of Penrose (Proc. Cambridge Philos.
//! Soc. 51, 1955): `A*P` and `P*A` are symmetric, `A*P*A` is `A`, and `P*A*P` is `P`.

use super::pool::{Node, TensorId, Tensors};
use super::term::{Label, Term};

/// `A*P` or `P*A` in a term: where its factors stand, the label that they share, the labels at its
/// ends, and which axis of each it leaves alone.
struct Projector {
    places: [usize; 2],
    shared: Label,
    ends: [Label; 2],
    axes: [usize; 2],
    of: [TensorId; 2],
}

impl Tensors {
    /// Takes out a matrix and its pseudo-inverse beside one of both, and turns what is
    /// symmetric into one order.
    pub(super) fn penrose(&mut self, term: &mut Term, order: usize) -> bool {
        for inverse in 0..term.factors.len() {
            let Node::PseudoInverse(of) = *self.node(term.factors[inverse].id) else {
                continue;
            };
            for matrix in 0..term.factors.len() {
                if matrix == inverse || term.factors[matrix].id != of {
                    continue;
                }
                for projector in self.projectors(term, [matrix, inverse], order) {
                    if self.absorb(term, &projector, order)
                        || self.is_ordered && turn(term, &projector, order)
                    {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// The projectors that a matrix and its pseudo-inverse make.
    fn projectors(
        &self,
        term: &Term,
        places: [usize; 2],
        order: usize,
    ) -> Vec<Projector> {
        let [a, p] = places.map(|place| &term.factors[place]);
        let mut found = Vec::new();
        if a.at.len() != 2 || p.at.len() != 2 || a.at[0] == a.at[1] || p.at[0] == p.at[1]
        {
            return found;
        }
        let is_symmetric = self.is_symmetric(a.id) && self.is_symmetric(p.id);
        for (mine, other) in [(1, 0), (0, 1), (0, 0), (1, 1)] {
            let shared = a.at[mine];
            let fits = mine != other || is_symmetric;
            if fits
                && p.at[other] == shared
                && usize::from(shared) >= order
                && term.uses(shared) == 2
            {
                let ends = [a.at[1 - mine], p.at[1 - other]];
                let axes = [1 - mine, 1 - other];
                found.push(Projector { places, shared, ends, axes, of: [a.id, p.id] });
            }
        }
        found
    }

    /// Takes out a projector beside a third factor that it leaves as it is.
    fn absorb(&self, term: &mut Term, projector: &Projector, order: usize) -> bool {
        let Projector { places, shared, ends, axes, of } = projector;
        for third in (0..term.factors.len()).filter(|place| !places.contains(place)) {
            let factor = &term.factors[third];
            let Some(kind) = of.iter().position(|id| *id == factor.id) else { continue };
            let is_symmetric = self.is_symmetric(factor.id);
            for axis in 0..factor.at.len() {
                // `A*P` leaves the rows of A as they are, and the columns of P.
                if axis != axes[kind] && !is_symmetric {
                    continue;
                }
                for (end, other) in [(ends[0], ends[1]), (ends[1], ends[0])] {
                    let is_inner = usize::from(end) >= order && term.uses(end) == 2;
                    if factor.at[axis] != end || end == other || !is_inner {
                        continue;
                    }
                    term.factors[third].at[axis] = other;
                    let [low, high] =
                        [places[0].min(places[1]), places[0].max(places[1])];
                    term.factors.remove(high);
                    term.factors.remove(low);
                    let mut gone = [*shared, end];
                    gone.sort_unstable();
                    for label in gone.into_iter().rev() {
                        term.remove(label);
                    }
                    return true;
                }
            }
        }
        false
    }
}

/// Brings the outer ends of a projector into their order: it is symmetric.
fn turn(term: &mut Term, projector: &Projector, order: usize) -> bool {
    let [own, other] = projector.ends;
    let are_outer = [own, other].iter().all(|end| usize::from(*end) < order);
    if !are_outer || own <= other {
        return false;
    }
    let [matrix, inverse] = projector.places;
    let [mine, theirs] = projector.axes;
    term.factors[matrix].at[mine] = other;
    term.factors[inverse].at[theirs] = own;
    true
}
