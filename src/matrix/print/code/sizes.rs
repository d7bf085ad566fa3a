//! Sizes in code: read off a variable that is there.

use super::super::super::form::{FormId, Forms, Op, Scope};
use super::super::super::shape::{Shape, Size, SizeId};
use super::dialect::Dialect;
use super::names::Names;
use super::template::{Level, Piece, fill};

/// Where sizes come from: variables, the nearest first.
pub(super) struct Sources<'a> {
    scope: &'a Scope,
    dialect: &'a Dialect,
    names: &'a Names,
    order: Vec<u16>,
}

impl<'a> Sources<'a> {
    /// Variables of the code, then of what was typed, then all; vectors before matrices.
    pub(super) fn of(
        roots: &[FormId],
        main: FormId,
        forms: &Forms,
        scope: &'a Scope,
        (dialect, names): (&'a Dialect, &'a Names),
    ) -> Self {
        let used = |root: FormId| {
            let ids = forms.below(root).into_iter();
            ids.filter_map(|id| match forms.op(id) {
                Op::Variable(place) => Some(*place),
                _ => None,
            })
        };
        let mut order: Vec<u16> = Vec::new();
        let by_shape = |list: Vec<u16>, order: &mut Vec<u16>| {
            for wants_vector in [true, false] {
                for place in &list {
                    let shape = scope.variables[usize::from(*place)].shape;
                    if shape.is_vector() == wants_vector && !order.contains(place) {
                        order.push(*place);
                    }
                }
            }
        };
        by_shape(roots.iter().flat_map(|root| used(*root)).collect(), &mut order);
        by_shape(used(main).collect(), &mut order);
        by_shape((0..scope.variables.len() as u16).collect(), &mut order);
        order.retain(|place| !scope.variables[usize::from(*place)].shape.is_scalar());
        Self { scope, dialect, names, order }
    }

    fn shape(&self, place: u16) -> Shape {
        self.scope.variables[usize::from(place)].shape
    }

    fn name(&self, place: u16) -> Piece {
        Piece::new(self.names.variable(place).to_owned(), Level::Atom)
    }

    /// A size; `None` when no variable has it.
    pub(super) fn size(&self, size: SizeId) -> Option<Piece> {
        let mut piece = match self.scope.sizes.get(size) {
            Size::Fixed(n) => Piece::new(n.to_string(), Level::Atom),
            Size::Product(list) => {
                let texts: Option<Vec<String>> = list
                    .iter()
                    .map(|size| self.size(*size).map(|piece| piece.text))
                    .collect();
                Piece::new(texts?.join("*"), Level::Product)
            }
            Size::Named(_) => {
                let has = |place: &&u16| self.shape(**place).axes().contains(&size);
                let place = *self.order.iter().find(has)?;
                let template = match self.shape(place) {
                    shape if shape.is_vector() => self.dialect.length,
                    shape if shape.rows == size => self.dialect.rows,
                    _ => self.dialect.cols,
                };
                fill(template, &[self.name(place)])
            }
        };
        piece.is_plain = true;
        Some(piece)
    }

    /// A variable that has a shape.
    pub(super) fn like(&self, shape: Shape) -> Option<Piece> {
        let place = self.order.iter().find(|place| self.shape(**place) == shape)?;
        Some(self.name(*place))
    }

    /// A variable that has a size, or any.
    pub(super) fn sample(&self, size: SizeId) -> Option<Piece> {
        let has = |place: &&u16| self.shape(**place).axes().contains(&size);
        let place = self.order.iter().find(has).or(self.order.first())?;
        Some(self.name(*place))
    }
}
