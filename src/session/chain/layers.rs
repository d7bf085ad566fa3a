//! The chain rule as a product of Jacobian matrices, one for each layer of names.

use super::ChainRule;
use crate::error::{ErrorKind, Result};
use rustc_hash::FxHashMap;

/// The most entries that the matrices of a product may have together.
const MAX_ENTRIES: usize = 20_000;

/// An entry of the Jacobian of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The one name does not stand in the other.
    Zero,
    /// A name that is handed on to the layer below as it is.
    One,
    /// A local derivative, by its place.
    Local(usize),
}

/// The Jacobian of the names of one layer in those of the layer below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The names that are differentiated, one for each row.
    pub rows: Vec<String>,
    /// The names in which they are, one for each column.
    pub columns: Vec<String>,
    /// The entries, row by row.
    pub entries: Vec<Vec<Entry>>,
}

impl ChainRule {
    /// The Jacobian of the answers in the variables as a product, the answers first. A name is
    /// in the layer above the highest of those that it needs; one that is needed further up is
    /// handed on by the layers in between.
    ///
    /// # Errors
    /// Matrices that are too large.
    pub fn layers(&self) -> Result<Vec<Layer>> {
        let locals = self.local_places();
        let levels = self.levels(&locals);
        let level = |name: &str| levels.get(name).copied().unwrap_or(0);
        let mut rows: Vec<String> = Vec::new();
        for place in &self.outputs {
            rows.push(self.nodes[*place].name.clone());
        }
        let top = rows.iter().map(|name| level(name)).max().unwrap_or(0);
        let mut layers = Vec::with_capacity(top);
        let mut entries = 0;
        for height in (0..top).rev() {
            let mut columns: Vec<String> = Vec::new();
            for name in &rows {
                let needed: Vec<&String> = match locals.get(&name[..]) {
                    Some(below) if level(name) > height => {
                        below.iter().map(|place| &self.locals[*place].wrt).collect()
                    }
                    _ => vec![name],
                };
                for name in needed {
                    if !columns.contains(name) {
                        columns.push(name.clone());
                    }
                }
            }
            if height == 0 {
                columns.clone_from(&self.wrt);
            }
            entries += rows.len() * columns.len();
            if entries > MAX_ENTRIES {
                let what = "the number of entries of Jacobian matrices";
                let limit = MAX_ENTRIES as u64;
                return Err(ErrorKind::OverLimit { what, limit }.into());
            }
            let entry = |row: &String, column: &String| {
                if level(row) <= height {
                    return if row == column { Entry::One } else { Entry::Zero };
                }
                let mut below = locals.get(&row[..]).into_iter().flatten();
                let found = below.find(|place| self.locals[**place].wrt == *column);
                found.map_or(Entry::Zero, |place| Entry::Local(*place))
            };
            let matrix = rows
                .iter()
                .map(|row| columns.iter().map(|column| entry(row, column)).collect())
                .collect();
            let below = columns.clone();
            layers.push(Layer { rows, columns, entries: matrix });
            rows = below;
        }
        Ok(layers)
    }

    /// The places of the local derivatives of each name.
    fn local_places(&self) -> FxHashMap<&str, Vec<usize>> {
        let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (place, local) in self.locals.iter().enumerate() {
            places.entry(&self.nodes[local.of].name).or_default().push(place);
        }
        places
    }

    /// How high each name stands above the variables, which have no entry.
    fn levels<'a>(
        &'a self,
        locals: &FxHashMap<&str, Vec<usize>>,
    ) -> FxHashMap<&'a str, usize> {
        let mut levels: FxHashMap<&str, usize> = FxHashMap::default();
        for node in &self.nodes {
            let below = locals.get(&node.name[..]).into_iter().flatten();
            let below = below.map(|place| &self.locals[*place].wrt[..]);
            let highest = below.map(|name| levels.get(name).copied().unwrap_or(0)).max();
            if let Some(highest) = highest {
                levels.insert(&node.name, highest + 1);
            }
        }
        levels
    }
}
