//! A term as a graph: labels are points, vectors stand at points, matrices are edges. A point
//! that is summed over goes when it has at most two neighbours: that is a product.

use super::super::form::{FormId, Op};
use super::super::shape::Shape;
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
            let next = bound
                .filter(|l| self.alive[usize::from(*l)])
                .min_by_key(|l| (degree(*l), *l));
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
                self.r.sort(&mut together);
                self.edges[first].form = self.r.forms.hadamard(&together);
            }
            first += 1;
        }
    }

    /// A circle of edges through points without vectors is a trace.
    fn cycle(&mut self) -> bool {
        let plain = |graph: &Self, label: Label| {
            graph.bound(label)
                && graph.vectors[usize::from(label)].is_empty()
                && graph.at(label).len() == 2
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
        let Op::Product(list) = self.r.forms.op(vector).clone() else { return vector };
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
        if forward { form } else { self.r.transposed(form) }
    }

    fn other(&self, edge: usize, label: Label) -> Label {
        let edge = &self.edges[edge];
        if edge.a == label { edge.b } else { edge.a }
    }

    /// A point with one edge: a matrix times a vector.
    fn leaf(&mut self, label: Label, edge: usize, term: &Term) {
        let to = self.other(edge, label);
        let matrix = self.from(edge, to);
        let vector = match self.combined(label) {
            Some(vector) => vector,
            None => self.r.forms.ones(term.sizes[usize::from(label)]),
        };
        let product = self.r.forms.product(&[matrix, vector]);
        self.edges.remove(edge);
        self.vectors[usize::from(to)].push(product);
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
