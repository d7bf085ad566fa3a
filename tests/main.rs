//! The tests of calcgrad: one binary, so that they link once.

#[cfg(test)]
mod suite;
