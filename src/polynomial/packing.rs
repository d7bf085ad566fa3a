//! Exponents of a term packed into one integer, so that products of monomials are sums and
//! the lexicographic order is the order of integers (Knuth, TAOCP 2, section 4.6, and
//! Monagan and Pearce, "Sparse polynomial division using a heap", 2011).

/// How many bits each exponent gets.
pub(super) struct Packing {
    shifts: Vec<u32>,
    bits: Vec<u32>,
}

impl Packing {
    /// A packing for exponents up to these; `None` when they do not fit 128 bits.
    pub(super) fn new(degrees: impl DoubleEndedIterator<Item = u64>) -> Option<Self> {
        let mut result = Self { shifts: Vec::new(), bits: Vec::new() };
        let mut used = 0;
        for degree in degrees.rev() {
            let bits = u64::BITS - degree.leading_zeros();
            result.shifts.push(used);
            result.bits.push(bits);
            used += bits;
            if used > u128::BITS {
                return None;
            }
        }
        result.shifts.reverse();
        result.bits.reverse();
        Some(result)
    }

    /// Exponents as one integer.
    pub(super) fn pack(&self, exponents: &[u32]) -> u128 {
        let mut key = 0;
        for ((exponent, shift), bits) in
            exponents.iter().zip(&self.shifts).zip(&self.bits)
        {
            if *bits > 0 {
                key |= u128::from(*exponent) << shift;
            }
        }
        key
    }

    /// The exponent of one variable.
    pub(super) fn exponent(&self, key: u128, variable: usize) -> u32 {
        let bits = self.bits[variable];
        if bits == 0 {
            return 0;
        }
        let mask = (1u128 << bits) - 1;
        ((key >> self.shifts[variable]) & mask) as u32
    }

    /// The exponents of an integer.
    pub(super) fn unpack(&self, key: u128, exponents: &mut [u32]) {
        for (at, exponent) in exponents.iter_mut().enumerate() {
            *exponent = self.exponent(key, at);
        }
    }
}
