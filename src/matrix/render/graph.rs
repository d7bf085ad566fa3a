//! A term as a graph: labels are points, vectors stand at points, matrices are edges. A point
//! that is summed over goes when it has at most two neighbours: that is a product.

use super::super::form::{FormId, Op};
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::super::tensor::{Factor, Label, Node, Term};
use super::piece::Piece;
use super::tensor::Renderer;
use crate::kernel::Number;

struct Edge {
    a: Label,
    b: Label,
    /// A matrix with rows `a` and columns `b`.
    form: FormId,
}

pub(super) struct Graph<'r, 'a> {
    r: &'r mut Renderer<'a>,
    order: usize,
    alive: Vec<bool>,
    vectors: Vec<Vec<FormId>>,
    edges: Vec<Edge>,
    /// Points that the sign of an orientation joins.
    triples: Vec<[Label; 3]>,
    piece: Piece,
}

impl Renderer<'_> {
    /// The piece of a term with at most two axes; `None` when it is no matrix expression.
    pub(super) fn piece(&mut self, term: &Term, order: usize) -> Option<Piece> {
        if term.factors.iter().any(|f| matches!(self.tensors.node(f.id), Node::Pair)) {
            return self.paired(term, order);
        }
        let diagonal = |f: &Factor, r: &Self| {
            matches!(r.tensors.node(f.id), Node::Delta)
                && matches!(f.at[..], [0, 1] | [1, 0])
        };
        if order == 2
            && let Some(place) = term.factors.iter().position(|f| diagonal(f, self))
        {
            return self.on_diagonal(term, place);
        }
        let mut graph = Graph {
            order,
            alive: vec![true; term.sizes.len()],
            vectors: vec![Vec::new(); term.sizes.len()],
            edges: Vec::new(),
            triples: Vec::new(),
            piece: Piece {
                coefficient: term.coefficient.clone(),
                scalars: Vec::new(),
                chain: Vec::new(),
            },
            r: self,
        };
        for factor in &term.factors {
            graph.place(factor, term)?;
        }
        graph.reduce(term)?;
        graph.finish(term);
        let mut piece = graph.piece;
        self.sort_scalars(&mut piece.scalars);
        Some(piece)
    }

    /// A matrix that is zero beside the diagonal.
    fn on_diagonal(&mut self, term: &Term, place: usize) -> Option<Piece> {
        let mut rest = term.clone();
        rest.factors.remove(place);
        rest.rename(1, 0);
        rest.remove(1);
        let n = term.sizes[0];
        let mut piece = self.piece(&rest, 1)?;
        let chain = std::mem::take(&mut piece.chain);
        piece.chain = match chain[..] {
            [] => vec![self.forms.intern(Op::Eye, Shape::new(n, n))],
            _ => {
                let vector = self.forms.product(&chain);
                vec![self.forms.diagonal(vector)]
            }
        };
        Some(piece)
    }
}

impl Graph<'_, '_> {
    fn bound(&self, label: Label) -> bool {
        usize::from(label) >= self.order
    }

    fn place(&mut self, factor: &Factor, term: &Term) -> Option<()> {
        if factor.at.is_empty() {
            let scalar = self.r.scalar(factor.id)?;
            self.piece.scalars.push(scalar);
            return Some(());
        }
        let lonely = factor.at.iter().all(|l| self.bound(*l) && term.uses(*l) == 1);
        if lonely && let Some((form, exponent)) = self.r.length(factor.id) {
            self.piece.scalars.push((form, exponent));
            for label in &factor.at {
                self.alive[usize::from(*label)] = false;
            }
            return Some(());
        }
        let form = match self.r.tensors.node(factor.id) {
            Node::Orientation => {
                self.triples.push([factor.at[0], factor.at[1], factor.at[2]]);
                return Some(());
            }
            Node::Delta => {
                let n = term.sizes[usize::from(factor.at[0])];
                self.r.forms.intern(Op::Eye, Shape::new(n, n))
            }
            _ => self.r.get(factor.id)?,
        };
        let form = self.bare(form);
        match factor.at[..] {
            [a] => self.vectors[usize::from(a)].push(form),
            [a, b] if a == b => {
                let n = self.r.forms.shape(form).rows;
                let diagonal =
                    self.r.forms.call(Special::Diagonal, &[form], Shape::column(n));
                self.vectors[usize::from(a)].push(diagonal);
            }
            [a, b] => self.edges.push(Edge { a, b, form }),
            _ => return None,
        }
        Some(())
    }

    /// A form without the numbers and scalars before it, which go into the piece.
    fn bare(&mut self, form: FormId) -> FormId {
        let plain = match self.r.forms.op(form) {
            Op::Sum(list) => !matches!(list[..], [(true, _)]),
            Op::Product(list) => list.iter().all(|f| !self.r.forms.shape(*f).is_scalar()),
            Op::Divide(..) => false,
            _ => true,
        };
        if plain {
            return form;
        }
        let mut inner = Piece::default();
        inner.multiply(form, false, self.r.forms);
        if inner.chain.is_empty() {
            return form;
        }
        self.piece.coefficient = self.piece.coefficient.mul(&inner.coefficient);
        self.piece.scalars.extend(inner.scalars);
        self.r.forms.product(&inner.chain)
    }

    /// The edges at a point.
    fn at(&self, label: Label) -> Vec<usize> {
        let touches = |e: &Edge| e.a == label || e.b == label;
        (0..self.edges.len()).filter(|k| touches(&self.edges[*k])).collect()
    }

    fn reduce(&mut self, term: &Term) -> Option<()> {
        loop {
            while self.cycle() {}
            self.join();
            let bound = (self.order..term.sizes.len()).map(|l| l as Label);
            let degree = |label: Label| self.at(label).len();
            // From all ends inwards, so that what is equal on both sides meets.
            let weight = |label: Label| -> u32 {
                if self.r.keeps_apart() {
                    return 0;
                }
                let vectors = self.vectors[usize::from(label)].iter();
                vectors.map(|vector| self.r.forms.cost(*vector)).sum()
            };
            let joined = |l: &Label| self.triples.iter().any(|three| three.contains(l));
            let next = bound
                .filter(|l| self.alive[usize::from(*l)] && !joined(l))
                .min_by_key(|l| (degree(*l), weight(*l), *l));
            let next = next.filter(|l| self.triples.is_empty() || degree(*l) <= 2);
            if next.is_none() && !self.triples.is_empty() {
                self.crossed(term)?;
                continue;
            }
            let Some(label) = next else { return Some(()) };
            match self.at(label)[..] {
                [] => self.total(label),
                [one] => self.leaf(label, one, term),
                [one, two] => self.through(label, one, two),
                _ => return None,
            }
            self.alive[usize::from(label)] = false;
        }
    }

    /// Edges between the same points: products of entries.
    fn join(&mut self) {
        let mut first = 0;
        while first < self.edges.len() {
            let (a, b) = (self.edges[first].a, self.edges[first].b);
            let mut together = vec![self.edges[first].form];
            let mut second = first + 1;
            while second < self.edges.len() {
                let edge = &self.edges[second];
                if (edge.a, edge.b) == (a, b) {
                    together.push(edge.form);
                    self.edges.remove(second);
                } else if (edge.a, edge.b) == (b, a) {
                    let form = edge.form;
                    together.push(self.r.transposed(form));
                    self.edges.remove(second);
                } else {
                    second += 1;
                }
            }
            if together.len() > 1 {
                self.edges[first].form = self.entrywise(together);
            }
            first += 1;
        }
    }

    /// Matrices multiplied entry by entry; those that are 1 in a triangle take it out.
    fn entrywise(&mut self, list: Vec<FormId>) -> FormId {
        let forms = &self.r.forms;
        let (masks, mut rest): (Vec<FormId>, Vec<FormId>) =
            list.into_iter().partition(|id| forms.as_mask(*id).is_some());
        let Some((first, more)) = masks.split_first() else {
            self.r.sort(&mut rest);
            return self.r.forms.hadamard(&rest);
        };
        let (whole, masks) = match rest[..] {
            [] => (*first, more),
            _ => {
                self.r.sort(&mut rest);
                (self.r.forms.hadamard(&rest), &masks[..])
            }
        };
        masks.iter().fold(whole, |whole, mask| {
            let shape = self.r.forms.shape(whole);
            let triangle = self.r.forms.as_mask(*mask).unwrap_or(Special::Lower);
            self.r.forms.call(triangle, &[whole], shape)
        })
    }

    /// Takes out an orientation between points of which two or one have vectors only: that is
    /// a cross product, or the matrix of one.
    fn crossed(&mut self, term: &Term) -> Option<()> {
        let is_free = |label: &Label| {
            let joined = self.triples.iter().filter(|three| three.contains(label));
            self.bound(*label) && self.at(*label).is_empty() && joined.count() == 1
        };
        let free = |three: &[Label; 3]| three.iter().filter(|l| is_free(l)).count();
        let place = (0..self.triples.len()).max_by_key(|k| free(&self.triples[*k]))?;
        let mut three = self.triples[place];
        // What is turned round in a circle keeps its sign: the free points go to the end.
        let is_last = |three: &[Label; 3]| {
            !is_free(&three[0]) || is_free(&three[1]) && is_free(&three[2])
        };
        while !is_last(&three) {
            three.rotate_left(1);
        }
        let frees = three.map(|label| is_free(&label));
        let [a, b, c] = three;
        self.triples.remove(place);
        match frees {
            [_, true, true] => {
                let (mut x, mut y) = (self.vector(b, term), self.vector(c, term));
                if self.piece.coefficient.is_negative() {
                    self.piece.coefficient = self.piece.coefficient.neg();
                    (x, y) = (y, x);
                }
                let shape = self.r.forms.shape(x);
                let product = self.r.forms.call(Special::Cross, &[x, y], shape);
                self.vectors[usize::from(a)].push(product);
                self.alive[usize::from(b)] = false;
                self.alive[usize::from(c)] = false;
            }
            [false, is_middle, is_end] if is_middle != is_end => {
                let (row, vector, column) = if is_middle { (a, b, c) } else { (b, c, a) };
                let own = self.vector(vector, term);
                let three = term.sizes[usize::from(vector)];
                let shape = Shape::new(three, three);
                let form = self.r.forms.call(Special::Skew, &[own], shape);
                self.alive[usize::from(vector)] = false;
                self.edges.push(Edge { a: row, b: column, form });
            }
            _ => return None,
        }
        Some(())
    }

    /// The vectors at a point, or ones where there are none.
    fn vector(&mut self, label: Label, term: &Term) -> FormId {
        let size = term.sizes[usize::from(label)];
        self.combined(label).unwrap_or_else(|| self.r.forms.ones(size))
    }

    /// A circle of edges through points without vectors is a trace.
    fn cycle(&mut self) -> bool {
        let plain = |graph: &Self, label: Label| {
            graph.bound(label)
                && graph.vectors[usize::from(label)].is_empty()
                && graph.at(label).len() == 2
                && !graph.triples.iter().any(|three| three.contains(&label))
        };
        for start in 0..self.edges.len() {
            let first = self.edges[start].a;
            let mut at = first;
            let mut used: Vec<usize> = Vec::new();
            let mut chain = Vec::new();
            let mut points = Vec::new();
            loop {
                if !plain(self, at) {
                    break;
                }
                points.push(at);
                let next = match used.is_empty() {
                    true => Some(start),
                    false => self.at(at).into_iter().find(|k| !used.contains(k)),
                };
                let Some(next) = next else { break };
                used.push(next);
                let edge = &self.edges[next];
                let (form, forward) = (edge.form, edge.a == at);
                at = if forward { edge.b } else { edge.a };
                chain.push(if forward { form } else { self.r.transposed(form) });
                if at == first {
                    break;
                }
            }
            if at != first || used.len() < 2 || points.len() != used.len() {
                continue;
            }
            let power = self.r.trace(&chain);
            self.piece.scalars.push(power);
            used.sort_unstable();
            for k in used.into_iter().rev() {
                self.edges.remove(k);
            }
            for point in points {
                self.alive[usize::from(point)] = false;
            }
            return true;
        }
        false
    }

    /// The vectors at a point, multiplied entry by entry; `None` without any.
    fn combined(&mut self, label: Label) -> Option<FormId> {
        let mut list = std::mem::take(&mut self.vectors[usize::from(label)]);
        if list.is_empty() {
            return None;
        }
        self.r.sort(&mut list);
        Some(self.r.forms.hadamard(&list))
    }

    /// A point without edges: a sum or an inner product.
    fn total(&mut self, label: Label) {
        let mut list = std::mem::take(&mut self.vectors[usize::from(label)]);
        self.r.sort(&mut list);
        // The sum of a diagonal is a trace.
        if let [one] = list[..]
            && let Op::Call(Special::Diagonal, inner) = self.r.forms.op(one)
        {
            let inner = inner.clone();
            let trace = self.r.forms.call(Special::Trace, &inner, Shape::SCALAR);
            return self.piece.scalars.push((trace, Number::ONE));
        }
        if let [a, b] = list[..]
            && a == b
        {
            let norm = self.r.forms.call(Special::Norm, &[a], Shape::SCALAR);
            return self.piece.scalars.push((norm, Number::from(2)));
        }
        if let [a, b] = list[..] {
            for (unit, of) in [(a, b), (b, a)] {
                if let Op::Unit(index) = *self.r.forms.op(unit) {
                    let entry = self.r.entry(of, index);
                    return self.piece.scalars.push((entry, Number::ONE));
                }
            }
        }
        let together = match list[..] {
            [one] => self.without_ones(one),
            _ => self.r.forms.hadamard(&list),
        };
        let mut best = self.r.forms.call(Special::Sum, &[together], Shape::SCALAR);
        let mut norm = None;
        if let [a, b] = list[..] {
            for (x, y) in [(b, a), (a, b)] {
                let row = self.r.transposed(x);
                let dot = self.r.forms.product(&[row, y]);
                norm = norm.or_else(|| self.r.norm_of_square(dot));
                if self.r.forms.cost(dot) <= self.r.forms.cost(best) {
                    best = dot;
                }
            }
        }
        self.piece.scalars.push(match norm {
            Some(norm) if self.r.forms.cost(norm) + 2 < self.r.forms.cost(best) => {
                (norm, Number::from(2))
            }
            _ => (best, Number::ONE),
        });
    }

    /// What has the same sum of all entries: a matrix for its product with ones.
    fn without_ones(&mut self, vector: FormId) -> FormId {
        let list = match self.r.forms.op(vector).clone() {
            Op::Product(list) => list,
            Op::Call(Special::SumAlong, list) => return list[0],
            _ => return vector,
        };
        match &list[..] {
            [matrices @ .., last] if matches!(self.r.forms.op(*last), Op::Ones) => {
                let matrix = self.r.forms.product(matrices);
                let turned = self.r.transposed(matrix);
                self.r.forms.cheaper(matrix, turned)
            }
            _ => vector,
        }
    }

    /// The form of an edge with rows at a point.
    fn from(&mut self, edge: usize, label: Label) -> FormId {
        let edge = &self.edges[edge];
        let (form, forward) = (edge.form, edge.a == label);
        if forward {
            return form;
        }
        let turned = self.r.transposed(form);
        self.bare(turned)
    }

    fn other(&self, edge: usize, label: Label) -> Label {
        let edge = &self.edges[edge];
        if edge.a == label { edge.b } else { edge.a }
    }

    /// A point with one edge: a matrix times a vector.
    fn leaf(&mut self, label: Label, edge: usize, term: &Term) {
        let to = self.other(edge, label);
        let matrix = self.from(edge, to);
        let product = match self.combined(label) {
            Some(vector) if self.r.forms.as_mask(matrix) == Some(Special::Lower) => {
                let shape = self.r.forms.shape(vector);
                self.r.forms.call(Special::CumulativeSum, &[vector], shape)
            }
            Some(vector) => self.r.forms.product(&[matrix, vector]),
            None => self.row_sums(matrix, term.sizes[usize::from(label)]),
        };
        self.edges.remove(edge);
        self.vectors[usize::from(to)].push(product);
    }

    /// The sums of the rows of a matrix: a product with ones, or by axes where somebody typed
    /// them so.
    fn row_sums(&mut self, matrix: FormId, size: SizeId) -> FormId {
        if !self.r.forms.has_axes() {
            let ones = self.r.forms.ones(size);
            return self.r.forms.product(&[matrix, ones]);
        }
        let rows = self.r.forms.shape(matrix).rows;
        let turned = self.r.transposed(matrix);
        if self.r.forms.cost(turned) < self.r.forms.cost(matrix) {
            let row = self.r.forms.sums(turned, 1, Shape::column(rows).transposed());
            return self.r.transposed(row);
        }
        self.r.forms.sums(matrix, 2, Shape::column(rows))
    }

    /// A point with two edges: a product of matrices.
    fn through(&mut self, label: Label, one: usize, two: usize) {
        let (a, b) = (self.other(one, label), self.other(two, label));
        let left = self.from(one, a);
        let right = self.from(two, label);
        let form = match self.combined(label) {
            Some(vector) => {
                let middle = self.r.forms.diagonal(vector);
                self.r.forms.product(&[left, middle, right])
            }
            None => self.r.forms.product(&[left, right]),
        };
        let (low, high) = (one.min(two), one.max(two));
        self.edges.remove(high);
        self.edges.remove(low);
        self.edges.push(Edge { a, b, form });
    }

    /// What is left at the axes of the result.
    fn finish(&mut self, term: &Term) {
        if self.order == 0 {
            return;
        }
        let first = self.combined(0);
        if self.order == 1 {
            self.piece.chain = first.map(|v| self.chain_of(v)).unwrap_or_default();
            return;
        }
        let second = self.combined(1);
        let ones = |graph: &mut Self, axis: usize| graph.r.forms.ones(term.sizes[axis]);
        if self.edges.is_empty() {
            if first.is_none() && second.is_none() {
                return;
            }
            let a = first.unwrap_or_else(|| ones(self, 0));
            let b = second.unwrap_or_else(|| ones(self, 1));
            let row = self.r.transposed(b);
            let outer = self.r.forms.product(&[a, row]);
            self.piece.chain = self.chain_of(outer);
            return;
        }
        let matrix = self.from(0, 0);
        if let (Some(a), Some(b), Some(triangle)) =
            (first, second, self.r.forms.as_mask(matrix))
        {
            let row = self.r.transposed(b);
            let outer = self.r.forms.product(&[a, row]);
            let shape = self.r.forms.shape(matrix);
            self.piece.chain = vec![self.r.forms.call(triangle, &[outer], shape)];
            return;
        }
        let mut list = Vec::new();
        list.extend(first.map(|v| self.r.forms.diagonal(v)));
        list.push(matrix);
        list.extend(second.map(|v| self.r.forms.diagonal(v)));
        let mut best = self.r.forms.product(&list);
        if let (Some(a), Some(b)) = (first, second) {
            let row = self.r.transposed(b);
            let outer = self.r.forms.product(&[a, row]);
            let entrywise = self.r.forms.hadamard(&[outer, matrix]);
            best = self.r.forms.cheaper(best, entrywise);
        }
        self.piece.chain = self.chain_of(best);
    }

    fn chain_of(&self, form: FormId) -> Vec<FormId> {
        match self.r.forms.op(form) {
            Op::Product(list) => list.clone(),
            _ => vec![form],
        }
    }
}
