//! Long sums and products of numbers.

use super::number::Number;

/// A sum of numbers that is put together in pairs of like length: thousands of fractions are
/// not brought to a common denominator one after the other, each over all those before.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The sum as long as it is small.
    short: Option<Number>,
    /// Sums of so many long numbers, as powers of two, the largest first.
    long: Vec<(Number, u32)>,
}

impl Tally {
    /// Adds a number.
    pub fn add(&mut self, number: Number) {
        let sum = match &self.short {
            Some(known) => known.add(&number),
            None => number,
        };
        if let Number::Small(..) = sum {
            self.short = Some(sum);
            return;
        }
        self.short = None;
        let (mut sum, mut rank) = (sum, 0);
        while let Some((known, _)) = self.long.pop_if(|(_, other)| *other <= rank) {
            (sum, rank) = (known.add(&sum), rank + 1);
        }
        self.long.push((sum, rank));
    }

    /// The sum; `None` when nothing was added.
    pub fn total(&self) -> Option<Number> {
        let long = self.long.iter().rev().map(|(number, _)| number);
        let mut parts = self.short.iter().chain(long);
        let first = parts.next()?.clone();
        Some(parts.fold(first, |sum, number| sum.add(number)))
    }

    /// A product of numbers, in pairs of like length: each is not multiplied with all those before.
    pub fn product(mut numbers: Vec<Number>) -> Number {
        while numbers.len() > 1 {
            let pairs = numbers.chunks(2).map(|pair| match pair {
                [a, b] => a.mul(b),
                _ => pair[0].clone(),
            });
            numbers = pairs.collect();
        }
        numbers.pop().unwrap_or(Number::ONE)
    }
}

impl From<Number> for Tally {
    fn from(number: Number) -> Self {
        let mut new = Self::default();
        new.add(number);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use crate::kernel::Number;

    #[test]
    fn products_in_pairs_are_products() {
        let parts = || {
            (1..150)
                .filter_map(|k| Number::ratio(if k % 7 == 0 { -k } else { 3 * k }, k + 2))
        };
        let one_by_one = parts().fold(Number::ONE, |product, part| product.mul(&part));
        assert_eq!(Tally::product(parts().collect()), one_by_one);
        assert_eq!(Tally::product(Vec::new()), Number::ONE);
    }

    #[test]
    fn the_order_of_adding_makes_no_difference() {
        let parts =
            || (1..200).filter_map(|k| Number::ratio(if k % 3 == 0 { -1 } else { 1 }, k));
        let mut tally = Tally::default();
        assert_eq!(tally.total(), None);
        parts().for_each(|part| tally.add(part));
        let one_by_one = parts().fold(Number::ZERO, |sum, part| sum.add(&part));
        assert_eq!(tally.total(), Some(one_by_one));
        parts().for_each(|part| tally.add(part.neg()));
        assert_eq!(tally.total(), Some(Number::ZERO));
    }
}
