//! Powers of numbered factors.

use smallvec::SmallVec;

/// Exponents by the numbers of the factors, in ascending order; none is 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Powers(SmallVec<[(usize, i64); 6]>);

impl Powers {
    pub(super) fn new() -> Self {
        Self::default()
    }

    fn find(&self, place: usize) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if *last >= place => {
                self.0.binary_search_by_key(&place, |known| known.0)
            }
            _ => Err(self.0.len()),
        }
    }

    /// The exponent of a factor, 0 when it does not occur.
    pub(super) fn get(&self, place: usize) -> i64 {
        self.find(place).map_or(0, |at| self.0[at].1)
    }

    pub(super) fn set(&mut self, place: usize, n: i64) {
        match (self.find(place), n) {
            (Ok(at), 0) => {
                self.0.remove(at);
            }
            (Ok(at), _) => self.0[at].1 = n,
            (Err(_), 0) => {}
            (Err(at), _) => self.0.insert(at, (place, n)),
        }
    }

    pub(super) fn add(&mut self, place: usize, n: i64) {
        if n != 0 {
            self.set(place, self.get(place) + n);
        }
    }

    /// Adds all powers of another product.
    pub(super) fn join(&mut self, other: &Self) {
        if self.0.is_empty() {
            self.0.clone_from(&other.0);
        } else {
            other.iter().for_each(|(place, n)| self.add(place, n));
        }
    }

    /// All exponents changed.
    pub(super) fn map(&mut self, change: impl Fn(usize, i64) -> i64) {
        self.0.iter_mut().for_each(|(place, n)| *n = change(*place, *n));
        self.0.retain(|(_, n)| *n != 0);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, i64)> {
        self.0.iter().copied()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(usize, i64)> for Powers {
    fn from_iter<I: IntoIterator<Item = (usize, i64)>>(powers: I) -> Self {
        let mut found = Self::new();
        powers.into_iter().for_each(|(place, n)| found.set(place, n));
        found
    }
}
