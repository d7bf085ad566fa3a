//! The derivative of a variable in itself, in the space of the matrices of its kind.

use super::super::form::Structure;
use super::super::shape::SizeId;
use super::pool::{Axes, Node, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;
use smallvec::SmallVec;

impl Tensors {
    /// The derivative of the variable in itself: identities, in the space of symmetric
    /// matrices the mean of both orders.
    pub(super) fn itself(&mut self, id: TensorId) -> Result<TensorId> {
        let axes = Axes::from_slice(self.axes(id));
        if let Node::Variable(place) = self.node(id) {
            let variable = &self.scope.variables[usize::from(*place)];
            let (name, structure) = (variable.name.clone(), variable.structure);
            if structure.whole {
                let what = format!("a derivative in the whole number `{name}`");
                return Err(Error::from(ErrorKind::Unsupported(what))
                    .help("name the variables with `--wrt`"));
            }
            let refused = match structure {
                s if s.orthogonal && axes.len() != 2 => Some("orthogonal number"),
                s if s.one_hot => Some("one-hot array"),
                s if s.stochastic => Some("stochastic array"),
                _ => None,
            };
            if let Some(word) = refused {
                let what =
                    format!("derivatives in the {word} `{name}` are not supported");
                return Err(Error::from(ErrorKind::Unsupported(what))
                    .help("leave the property out to differentiate in all entries"));
            }
            if let [m, n] = axes[..]
                && let Some(terms) = self.constrained(id, structure, [m, n])
            {
                return Ok(self.sum(&[m, n, m, n], terms));
            }
        }
        Ok(match axes[..] {
            [] => self.number(Number::ONE),
            [n] => self.delta(n),
            [m, n] => {
                let (rows, cols) = (self.delta(m), self.delta(n));
                let term = |a: [Label; 2], b: [Label; 2], coefficient: Number| Term {
                    coefficient,
                    factors: vec![Factor::new(rows, &a), Factor::new(cols, &b)],
                    sizes: SmallVec::from_slice(&[m, n, m, n]),
                };
                let terms = match self.is_symmetric(id) {
                    false => vec![term([0, 2], [1, 3], Number::ONE)],
                    true => vec![
                        term([0, 2], [1, 3], Number::HALF),
                        term([0, 3], [1, 2], Number::HALF),
                    ],
                };
                self.sum(&[m, n, m, n], terms)
            }
            _ => self.sum(&[axes.clone(), axes].concat(), Vec::new()),
        })
    }

    /// The derivative of a matrix in itself in the space of the matrices of its kind: diagonal,
    /// triangular or skew ones. For an orthogonal one it is the space of tangents, onto which a
    /// change is put as `(dX - X*dX'*X)/2` (Edelman, Arias and Smith, SIAM J. Matrix Anal. 1998).
    fn constrained(
        &mut self,
        id: TensorId,
        structure: Structure,
        [m, n]: [SizeId; 2],
    ) -> Option<Vec<Term>> {
        let (rows, cols) = (self.delta(m), self.delta(n));
        let mask = |tensors: &mut Self, sizes: [SizeId; 2]| {
            tensors.intern(Node::Lower, &sizes, false)
        };
        let straight = [Factor::new(rows, &[0, 2]), Factor::new(cols, &[1, 3])];
        let turned = [Factor::new(rows, &[0, 3]), Factor::new(cols, &[1, 2])];
        let term = |factors: &[Factor], more: Option<Factor>, coefficient: Number| Term {
            coefficient,
            factors: factors.iter().cloned().chain(more).collect(),
            sizes: SmallVec::from_slice(&[m, n, m, n]),
        };
        let one = |more: Factor| vec![term(&straight, Some(more), Number::ONE)];
        match structure {
            s if s.orthogonal => {
                let around = [Factor::new(id, &[0, 3]), Factor::new(id, &[2, 1])];
                Some(vec![
                    term(&straight, None, Number::HALF),
                    term(&around, None, Number::HALF.neg()),
                ])
            }
            s if s.diagonal => Some(one(Factor::new(rows, &[2, 3]))),
            s if s.lower => {
                let mask = mask(self, [m, n]);
                Some(one(Factor::new(mask, &[2, 3])))
            }
            s if s.upper => {
                let mask = mask(self, [n, m]);
                Some(one(Factor::new(mask, &[3, 2])))
            }
            s if s.skew => Some(vec![
                term(&straight, None, Number::HALF),
                term(&turned, None, Number::HALF.neg()),
            ]),
            _ => None,
        }
    }
}
