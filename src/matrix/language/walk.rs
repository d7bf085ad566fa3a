//! The walk from a program to forms: operands stand before what uses them, so it is a loop.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::print;
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::infer::{self, Place, mismatch};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::kernel::{Number, Relation};
use crate::span::Span;
use crate::syntax::{Ast, AstId, Definition, List, Program, Shaped};
use smallvec::smallvec;

pub(super) struct Walker<'t> {
    pub(super) text: &'t str,
    pub(super) program: &'t Program,
    pub(super) forms: &'t mut Forms,
    pub(super) scope: &'t mut Scope,
    pub(super) notes: Vec<Note>,
    /// The forms of the nodes; `None` for indices, sizes and rows, which have none.
    values: Vec<Option<FormId>>,
}

impl<'t> Walker<'t> {
    pub(super) fn new(
        text: &'t str,
        program: &'t Program,
        forms: &'t mut Forms,
        scope: &'t mut Scope,
    ) -> Self {
        let (notes, values) = (Vec::new(), Vec::new());
        Self { text, program, forms, scope, notes, values }
    }

    /// The form of a definition; those that it needs are there.
    pub(super) fn form(&mut self, definition: &Definition) -> Result<FormId> {
        let (first, last) = (definition.first, definition.body);
        let formless = self.formless(first, last);
        self.values.resize(self.values.len().max(last as usize + 1), None);
        for (id, is_formless) in (first..=last).zip(formless) {
            if !is_formless {
                self.values[id as usize] = Some(self.node(id)?);
            }
        }
        Ok(self.place(last)?.id)
    }

    /// Which nodes are indices, sizes, orders of norms, or rows of a matrix.
    fn formless(&self, first: AstId, last: AstId) -> Vec<bool> {
        let mut found = vec![false; (last - first) as usize + 1];
        for id in (first..=last).rev() {
            let is_row = |id: &AstId| matches!(self.program.node(*id), Ast::Vector(_));
            let mut below = self.program.operands(id);
            match self.program.node(id) {
                Ast::Vector(_) if !found[(id - first) as usize] => {
                    below.retain(|id| is_row(id));
                }
                Ast::Vector(_) => continue,
                Ast::Call(..) if self.is_maker(id) => {}
                _ if self.is_reshape(id) => {
                    below.remove(0);
                }
                _ if let Some(order) = self.order_in(id) => below = smallvec![order],
                Ast::Shaped(Shaped::Entry(base, _))
                    if self.indexed_name(base).is_none() =>
                {
                    below.remove(0);
                }
                Ast::Shaped(Shaped::Entry(..)) => {}
                Ast::Shaped(Shaped::Norm(_)) => {
                    below.remove(0);
                }
                _ if found[(id - first) as usize] => {}
                _ => continue,
            }
            for id in below {
                found[(id - first) as usize] = true;
            }
        }
        found
    }

    /// A node with its place.
    pub(super) fn place(&self, id: AstId) -> Result<Place> {
        let span = self.program.span(id);
        let form = self.values.get(id as usize).copied().flatten();
        form.map(|id| Place { id, span }).ok_or_else(|| {
            let kind = ErrorKind::UnexpectedToken {
                found: self.source(span).to_owned(),
                expected: "an operand".into(),
            };
            Error::at(span, kind)
        })
    }

    pub(super) fn places(&self, list: List) -> Result<Vec<Place>> {
        self.program.list(list).iter().map(|(_, id)| self.place(*id)).collect()
    }

    pub(super) fn shape(&self, place: Place) -> Shape {
        self.forms.shape(place.id)
    }

    /// What was typed at a place.
    pub(super) fn source(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// An operand as it is typed, where that is text.
    pub(super) fn shown(&self, place: Place) -> String {
        let source = self.source(place.span);
        match source.contains('\\') {
            true => print::text(place.id, self.forms, self.scope),
            false => source.to_owned(),
        }
    }

    pub(super) fn scalar(&mut self, op: Op) -> FormId {
        self.forms.intern(op, Shape::SCALAR)
    }

    fn node(&mut self, id: AstId) -> Result<FormId> {
        let at = self.program.span(id);
        match self.program.node(id) {
            Ast::Number(n) => Ok(self.scalar(Op::Number(self.program.number(n).clone()))),
            Ast::Name(name) => self.name(self.program.name(name), at),
            Ast::Sum(list) => self.sum(list),
            Ast::Product(list) => self.product(list),
            Ast::Negate(operand) => {
                let operand = self.place(operand)?;
                let op = Op::Sum(vec![(true, operand.id)]);
                Ok(self.forms.intern(op, self.shape(operand)))
            }
            Ast::Power(base, exponent) => self.power(base, exponent, false),
            Ast::Call(callee, list) => self.call(callee, list, at),
            Ast::Relation(relation, a, b) => self.relation(relation, a, b),
            Ast::Vector(list) => self.entries(list, at),
            Ast::Shaped(shaped) => self.shaped(shaped, at),
        }
    }

    fn shaped(&mut self, node: Shaped, at: Span) -> Result<FormId> {
        match node {
            Shaped::Entries(list) => self.entrywise(list),
            Shaped::Power(base, exponent) => self.power(base, exponent, true),
            Shaped::Kronecker(a, b) => {
                let operands = [self.place(a)?, self.place(b)?];
                self.special(Special::Kronecker, &operands)
            }
            Shaped::Transpose(operand) => self.transpose(operand, at),
            Shaped::Entry(base, indices) => self.entry(base, indices, at),
            Shaped::Norm(list) => self.bars(list, at),
            Shaped::Sum(index, body) => self.index_sum(index, body, at),
        }
    }

    fn sum(&mut self, list: List) -> Result<FormId> {
        let list = self.program.list(list);
        let mut whole = self.place(list[0].1)?;
        let mut shape = self.shape(whole);
        let mut terms = vec![(list[0].0, whole.id)];
        for (minus, id) in &list[1..] {
            let next = self.place(*id)?;
            let (right, at) = (self.shape(next), whole.span.join(next.span));
            if let Some(found) = infer::entrywise(shape, right) {
                self.remark_broadcast((shape, &terms), (right, next.id), at);
                shape = found;
                terms.push((*minus, next.id));
            } else if let Some(id) = self.spread_with_note(next, shape) {
                terms.push((*minus, id));
            } else {
                let before = self.forms.intern(Op::Sum(terms.clone()), shape);
                let before = Place { id: before, span: whole.span };
                let Some(spread) = self.spread_with_note(before, right) else {
                    let sign = if *minus { "-" } else { "+" };
                    let texts = (self.source(whole.span), &*self.shown(next));
                    let (left, own) = ((shape, texts.0), (right, texts.1));
                    let help = infer::suggest_sum(sign, left, own);
                    let rule = "needs two operands of one shape";
                    let shapes = (shape, right);
                    return Err(mismatch(sign, rule, shapes, self.scope, at, help));
                };
                shape = right;
                terms = vec![(false, spread), (*minus, next.id)];
            }
            whole.span = at;
        }
        Ok(self.forms.intern(Op::Sum(terms), shape))
    }

    /// A scalar and an array: of a square matrix, some mean a multiple of the identity. A
    /// function of entries has the scalar for each entry as a matter of course.
    fn remark_broadcast(
        &mut self,
        (a, terms): (Shape, &[(bool, FormId)]),
        (b, next): (Shape, FormId),
        at: Span,
    ) {
        if a.is_scalar() == b.is_scalar() {
            return;
        }
        let is_of_entries = |id: &FormId| {
            use Op::{Apply, ElementDivide, ElementPower, Hadamard};
            let op = self.forms.op(*id);
            matches!(op, Apply(..) | Hadamard(_) | ElementPower(..) | ElementDivide(..))
        };
        let array = if b.is_scalar() { a } else { b };
        let is_expected = match b.is_scalar() {
            true => terms.iter().any(|(_, id)| is_of_entries(id)),
            false => is_of_entries(&next),
        };
        let message = match array.is_square() {
            true => {
                "the scalar is added to every entry of the matrix; a multiple of the identity is \
                 written `c*eye(n)`"
            }
            false if is_expected => return,
            false => "the scalar is added to every entry",
        };
        self.note(message.into(), at);
    }

    pub(super) fn note(&mut self, message: String, at: Span) {
        self.notes.push(Note { message, span: Some(at) });
    }

    /// Factors from the left; a run between divisions is one product.
    fn product(&mut self, list: List) -> Result<FormId> {
        let list = self.program.list(list);
        let mut left = self.place(list[0].1)?;
        let mut shape = self.shape(left);
        let mut run = vec![left.id];
        for (divide, id) in &list[1..] {
            let right = self.place(*id)?;
            let other = self.shape(right);
            let at = left.span.join(right.span);
            if *divide {
                let above = self.product_of(std::mem::take(&mut run), shape);
                self.divisor(left.span, shape, right)?;
                run.push(self.forms.intern(Op::Divide(above, right.id), shape));
            } else {
                let Some(found) = infer::product(shape, other) else {
                    let texts = (self.source(left.span), &*self.shown(right));
                    let help = self.suggest_last(&run, (other, texts.1)).or_else(|| {
                        infer::suggest_product((shape, texts.0), (other, texts.1))
                    });
                    let rule = "needs as many columns on the left as rows on the right";
                    let shapes = (shape, other);
                    return Err(mismatch("*", rule, shapes, self.scope, at, help));
                };
                shape = found;
                run.push(right.id);
            }
            left.span = at;
        }
        Ok(self.product_of(run, shape))
    }

    fn product_of(&mut self, run: Vec<FormId>, shape: Shape) -> FormId {
        match run[..] {
            [one] => one,
            _ => self.forms.intern(Op::Product(run), shape),
        }
    }

    /// Refuses a division by what is no scalar, or zero.
    fn divisor(&self, above: Span, shape: Shape, below: Place) -> Result<()> {
        let (other, at) = (self.shape(below), above.join(below.span));
        if !other.is_scalar() {
            let help = match other.is_square() {
                true => {
                    Some(format!("{}*inv({})", self.source(above), self.shown(below)))
                }
                false => None,
            };
            let rule = "needs a scalar below";
            let is_known = help.is_some();
            let error = mismatch("/", rule, (shape, other), self.scope, at, help);
            return Err(match is_known {
                true => error,
                false => error.help("quotients of entries are written `./`"),
            });
        }
        if infer::is_zero(self.forms, below.id) {
            return Err(Error::at(at, ErrorKind::DivisionByZero));
        }
        Ok(())
    }

    /// For a number times a matrix: the transpose of the matrix, if that would fit.
    fn suggest_last(&self, run: &[FormId], (right, b): (Shape, &str)) -> Option<String> {
        let [scalars @ .., last] = run else { return None };
        let own = self.forms.shape(*last);
        let fits = !scalars.is_empty()
            && scalars.iter().all(|f| self.forms.shape(*f).is_scalar())
            && own.transposed().cols == right.rows;
        let text = |id: &FormId| print::text(*id, self.forms, self.scope);
        let before: Vec<String> = scalars.iter().map(text).collect();
        fits.then(|| format!("{}*{}'*{b}", before.join("*"), text(last)))
    }

    fn entrywise(&mut self, list: List) -> Result<FormId> {
        let list = self.program.list(list);
        let mut left = self.place(list[0].1)?;
        for (divide, id) in &list[1..] {
            let right = self.place(*id)?;
            left = self.by_entries(if *divide { "./" } else { ".*" }, left, right)?;
        }
        Ok(left.id)
    }

    /// A product or a quotient of entries.
    pub(super) fn by_entries(
        &mut self,
        operator: &str,
        left: Place,
        right: Place,
    ) -> Result<Place> {
        let (a, b) = (self.shape(left), self.shape(right));
        let span = left.span.join(right.span);
        let (mut x, mut y, mut shape) = (left.id, right.id, a);
        if let Some(found) = infer::entrywise(a, b) {
            shape = found;
        } else if let Some(id) = self.spread_with_note(right, a) {
            y = id;
        } else if let Some(id) = self.spread_with_note(left, b) {
            (x, shape) = (id, b);
        } else {
            let texts = (self.source(left.span), &*self.shown(right));
            let help = infer::suggest_sum(operator, (a, texts.0), (b, texts.1));
            let rule = "needs two operands of one shape";
            return Err(mismatch(operator, rule, (a, b), self.scope, span, help));
        }
        let op = match operator {
            "./" => Op::ElementDivide(x, y),
            _ => Op::Hadamard(vec![x, y]),
        };
        Ok(Place { id: self.forms.intern(op, shape), span })
    }

    /// A row in every row of a matrix of a shape, or a column in every column.
    pub(super) fn spread(&mut self, place: Place, to: Shape) -> Option<FormId> {
        let Shape { rows, cols } = self.shape(place);
        let factors = match (rows, cols) {
            _ if to.is_vector() => return None,
            (rows, SizeId::ONE) if rows == to.rows => {
                let ones = self.forms.ones(to.cols);
                vec![place.id, self.turned(ones)]
            }
            (SizeId::ONE, cols) if cols == to.cols => {
                vec![self.forms.ones(to.rows), place.id]
            }
            _ => return None,
        };
        Some(self.forms.intern(Op::Product(factors), to))
    }

    fn spread_with_note(&mut self, place: Place, to: Shape) -> Option<FormId> {
        let found = self.spread(place, to)?;
        let is_column = self.shape(place).cols == SizeId::ONE;
        let which = if is_column { "column" } else { "row" };
        let text = print::text(found, self.forms, self.scope);
        let message =
            format!("the {which} goes with every {which} of the matrix: `{text}`");
        self.note(message, place.span);
        Some(found)
    }

    /// The transpose; that of a scalar is itself.
    pub(super) fn turned(&mut self, id: FormId) -> FormId {
        let shape = self.forms.shape(id);
        match shape.is_scalar() {
            true => id,
            false => self.forms.intern(Op::Transpose(id), shape.transposed()),
        }
    }

    fn transpose(&mut self, operand: AstId, at: Span) -> Result<FormId> {
        let operand = self.place(operand)?;
        if !self.shape(operand).is_scalar() {
            return Ok(self.turned(operand.id));
        }
        let mark = self.source(Span { start: operand.span.end, ..at }).trim();
        if mark.starts_with('^') && mark.contains('T') {
            let start = at.end - mark.trim_start_matches(['^', ' ']).len() as u32;
            return self.name("T", Span { start, ..at });
        }
        Ok(operand.id)
    }

    fn power(&mut self, base: AstId, exponent: AstId, entries: bool) -> Result<FormId> {
        let (base, above) = (self.place(base)?, self.place(exponent)?);
        let (b, e) = (self.shape(base), self.shape(above));
        let at = base.span.join(above.span);
        if e.is_scalar() {
            self.refuse_quote(base, exponent)?;
        }
        if entries {
            let Some(shape) = infer::entrywise(b, e) else {
                let rule = "needs two operands of one shape";
                return Err(mismatch(".^", rule, (b, e), self.scope, at, None));
            };
            return Ok(self.forms.intern(Op::ElementPower(base.id, above.id), shape));
        }
        let shape = infer::power(base, above, self.forms, self.scope)?;
        let number = self.forms.as_number(above.id);
        if !shape.is_scalar() && number == Some(Number::MINUS_ONE) {
            return self.special(Special::Inverse, &[base]);
        }
        if !shape.is_scalar() && number.is_none() {
            self.take_for_whole(above);
        }
        Ok(self.forms.intern(Op::Power(base.id, above.id), shape))
    }

    /// Notes that the names in the exponent of a matrix are whole numbers.
    fn take_for_whole(&mut self, exponent: Place) {
        for id in self.forms.below(exponent.id) {
            let Op::Variable(place) = *self.forms.op(id) else { continue };
            let variable = &mut self.scope.variables[usize::from(place)];
            if !std::mem::replace(&mut variable.structure.whole, true) {
                let name = variable.name.clone();
                let message =
                    format!("`{name}` is a whole number, as the exponent of a matrix");
                self.note(message, exponent.span);
            }
        }
    }

    /// Refuses `A^2'`, which is `(A^2)'` to some and the transpose of a number otherwise.
    fn refuse_quote(&self, base: Place, exponent: AstId) -> Result<()> {
        let Ast::Shaped(Shaped::Transpose(inner)) = self.program.node(exponent) else {
            return Ok(());
        };
        let (inner, whole) = (self.program.span(inner), self.program.span(exponent));
        let quote = self.source(Span { start: inner.end, ..whole }).trim();
        if quote.is_empty() || quote.ends_with([')', '}']) {
            return Ok(());
        }
        let power = self.source(base.span.join(inner));
        let what = format!("`{power}{quote}` can be read in two ways");
        let at = Span { start: whole.end - quote.len() as u32, ..whole };
        Err(Error::at(at, ErrorKind::Ambiguous(what))
            .help(format!("write `({power}){quote}` for the transpose of the power")))
    }

    fn relation(&mut self, relation: Relation, a: AstId, b: AstId) -> Result<FormId> {
        let (a, b) = (self.place(a)?, self.place(b)?);
        let (left, right) = (self.shape(a), self.shape(b));
        let at = a.span.join(b.span);
        let Some(shape) = infer::entrywise(left, right) else {
            let rule = "needs two operands of one shape";
            return Err(mismatch("<", rule, (left, right), self.scope, at, None));
        };
        let function = Elementwise::Table(relation.function());
        Ok(self.forms.intern(Op::Apply(function, vec![a.id, b.id]), shape))
    }
}
