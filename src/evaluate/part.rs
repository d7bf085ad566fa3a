//! One value of a tape with what it needs, as a tape of its own.

use super::tape::{Operation, Slot, Tape};
use rustc_hash::FxHashSet;

impl Tape {
    /// The operations that a value needs, over the variables that occur in them, and where the
    /// value is. The work is that of the part, however long the whole is: many answers of one
    /// program are compared in the time that all of them take together.
    pub fn part(&self, value: Slot) -> (Self, Slot) {
        let mut part = Self::default();
        let value = part.take_part(self, value);
        (part, value)
    }

    /// Puts the operations that a value of another tape needs behind those that there are; where
    /// the value is then.
    pub fn take_part(&mut self, from: &Self, value: Slot) -> Slot {
        let mut needed = vec![value];
        let mut seen: FxHashSet<Slot> = FxHashSet::from_iter([value]);
        let mut next = 0;
        while let Some(slot) = needed.get(next).copied() {
            from.operations[slot as usize].operands(|operand| {
                if seen.insert(operand) {
                    needed.push(operand);
                }
            });
            next += 1;
        }
        // Operands stand before what uses them, here as there.
        needed.sort_unstable();
        let first = self.operations.len() as Slot;
        let place = |slot: Slot| {
            first + needed.binary_search(&slot).map_or(0, |place| place as Slot)
        };
        for slot in &needed {
            let mut operation = from.operations[*slot as usize].clone();
            match &mut operation {
                Operation::Variable(index) => {
                    *index = self.variable(&from.variables[*index as usize]);
                }
                other => other.each_operand_mut(|operand| *operand = place(*operand)),
            }
            self.name_abstract(from, &operation);
            self.add(operation);
        }
        place(value)
    }
}

#[cfg(test)]
mod tests {
    use crate::evaluate::{Tape, values};
    use crate::function::Builder;
    use crate::kernel::Number;

    #[test]
    fn a_part_has_the_value_that_it_has_in_the_whole() {
        let mut tape = Tape::default();
        let [x, y, z] = ["x", "y", "z"].map(|name| tape.symbol(name));
        let two = tape.number(&Number::from(2));
        let (square, sum) = (tape.power(z, two), tape.sum(&[(false, y), (true, z)]));
        let roots = [tape.product(&[(false, x), (true, sum)]), square, y];
        let all = values(&tape, &[3.0, 5.0, 7.0]);
        for slot in roots {
            let (part, value) = tape.part(slot);
            let at: Vec<f64> = part
                .variables
                .iter()
                .map(|name| 3.0 + 2.0 * f64::from(name.as_bytes()[0] - b'x'))
                .collect();
            assert_eq!(values(&part, &at)[value as usize], all[slot as usize]);
            assert!(part.operations.len() < tape.operations.len());
        }
    }
}
