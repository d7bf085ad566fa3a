//! Sizes and shapes: what a declaration says and what inference compares.

use rustc_hash::FxHashMap;

/// The handle of a size in its [`Sizes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SizeId(u16);

impl SizeId {
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The size 1: an axis of this size is none.
    pub const ONE: Self = Self(0);
}

/// A number of rows or columns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// A number.
    Fixed(u32),
    /// A name that stands for any number.
    Named(String),
    /// The size of a Kronecker product or a stacked matrix, sorted, without products inside.
    Product(Vec<SizeId>),
}

/// All sizes of a problem, each once.
#[derive(Clone, Debug)]
pub struct Sizes {
    all: Vec<Size>,
    places: FxHashMap<Size, SizeId>,
}

impl Default for Sizes {
    fn default() -> Self {
        let mut sizes = Self { all: Vec::new(), places: FxHashMap::default() };
        sizes.intern(Size::Fixed(1));
        sizes
    }
}

impl Sizes {
    /// The handle of a size; products are flattened and sorted.
    pub fn intern(&mut self, size: Size) -> SizeId {
        if let Some(known) = self.places.get(&size) {
            return *known;
        }
        let id = SizeId(self.all.len().min(usize::from(u16::MAX)) as u16);
        self.all.push(size.clone());
        self.places.insert(size, id);
        id
    }

    /// The size of a pair of indices.
    pub fn product(&mut self, a: SizeId, b: SizeId) -> SizeId {
        let mut factors = self.factors(a);
        factors.extend(self.factors(b));
        let mut number = 1u32;
        factors.retain(|id| match self.get(*id) {
            Size::Fixed(n) => {
                number = number.saturating_mul(*n);
                false
            }
            _ => true,
        });
        if number != 1 {
            factors.push(self.intern(Size::Fixed(number)));
        }
        factors.sort_unstable();
        match factors[..] {
            [] => SizeId::ONE,
            [one] => one,
            _ => self.intern(Size::Product(factors)),
        }
    }

    /// The sizes of which one is the product.
    pub fn factors(&self, id: SizeId) -> Vec<SizeId> {
        match self.get(id) {
            Size::Product(list) => list.clone(),
            _ => vec![id],
        }
    }

    /// The size behind a handle.
    pub fn get(&self, id: SizeId) -> &Size {
        &self.all[usize::from(id.0)]
    }

    /// The named size of a name, if a declaration has it.
    pub fn named(&self, name: &str) -> Option<SizeId> {
        self.places.get(&Size::Named(name.to_owned())).copied()
    }

    /// All handles, in the order in which they were made.
    pub fn ids(&self) -> impl Iterator<Item = SizeId> + use<> {
        (0..self.all.len() as u16).map(SizeId)
    }

    /// As it is typed: `n`, `3`, `m*n`.
    pub fn text(&self, id: SizeId) -> String {
        match self.get(id) {
            Size::Fixed(n) => n.to_string(),
            Size::Named(name) => name.clone(),
            Size::Product(list) => {
                let words: Vec<String> = list.iter().map(|id| self.text(*id)).collect();
                words.join("*")
            }
        }
    }
}

/// Rows and columns; a column vector has one column, a scalar one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// The number of rows.
    pub rows: SizeId,
    /// The number of columns.
    pub cols: SizeId,
}

impl Shape {
    /// One row, one column.
    pub const SCALAR: Self = Self { rows: SizeId::ONE, cols: SizeId::ONE };

    /// A matrix.
    pub fn new(rows: SizeId, cols: SizeId) -> Self {
        Self { rows, cols }
    }

    /// A column vector.
    pub fn column(rows: SizeId) -> Self {
        Self { rows, cols: SizeId::ONE }
    }

    /// Rows and columns exchanged.
    pub fn transposed(self) -> Self {
        Self { rows: self.cols, cols: self.rows }
    }

    /// Whether it is a scalar.
    pub fn is_scalar(self) -> bool {
        self == Self::SCALAR
    }

    /// Whether it has one row or one column.
    pub fn is_vector(self) -> bool {
        self.rows == SizeId::ONE || self.cols == SizeId::ONE
    }

    /// Whether it has as many rows as columns.
    pub fn is_square(self) -> bool {
        self.rows == self.cols
    }

    /// The axes that are not 1, rows first.
    pub fn axes(self) -> Vec<SizeId> {
        [self.rows, self.cols].into_iter().filter(|size| *size != SizeId::ONE).collect()
    }

    /// In words: `scalar`, `n`, `m×n`, `1×n`.
    pub fn text(self, sizes: &Sizes) -> String {
        match (self.rows, self.cols) {
            (SizeId::ONE, SizeId::ONE) => "scalar".into(),
            (rows, SizeId::ONE) => sizes.text(rows),
            (rows, cols) => format!("{}×{}", sizes.text(rows), sizes.text(cols)),
        }
    }

    /// As it is written in error messages: `2×n (a row)`.
    pub fn described(self, sizes: &Sizes) -> String {
        if self.is_scalar() {
            return "a scalar".into();
        }
        format!("{}×{}", sizes.text(self.rows), sizes.text(self.cols))
    }
}
