//! What a header of NumPy's `.npy` may promise, before anything is made of it (NumPy Enhancement
//! Proposal 1, "A Simple File Format for NumPy Arrays").

use calcgrad::{Error, ErrorKind, Result};

/// The most entries of an array in a file.
pub(super) const MAX_ENTRIES: u64 = 1_000_000;
/// The most brackets: those of the header, of the sizes, and of a type with parts.
const MAX_BRACKETS: usize = 8;
/// What a file begins with.
const MAGIC: &[u8] = b"\x93NUMPY";

/// Refuses a header that is longer than the file, nested, or promises more entries than are
/// read.
///
/// # Errors
/// A file that is none of NumPy, a limit.
pub(super) fn must_be_plain(bytes: &[u8]) -> Result<()> {
    let refuse = |why: &str| Error::from(ErrorKind::InvalidPoint(why.to_owned()));
    let early = || refuse("the file ends too early");
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| refuse("no array of NumPy"))?;
    let (version, rest) = rest.split_first().ok_or_else(early)?;
    let wide = if *version == 1 { 2 } else { 4 };
    let length = rest.get(1..=wide).ok_or_else(early)?;
    let length = length.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let header = rest[1 + wide..].get(..length).ok_or_else(early)?;
    let brackets = header.iter().filter(|byte| b"([{".contains(byte)).count();
    if brackets > MAX_BRACKETS {
        return Err(refuse("the header is none of NumPy"));
    }
    let header = String::from_utf8_lossy(header);
    let sizes = header.split_once("shape").and_then(|(_, rest)| {
        let (_, rest) = rest.split_once('(')?;
        Some(rest.split_once(')')?.0)
    });
    let sizes = sizes.ok_or_else(|| refuse("the header has no shape"))?;
    let sizes = sizes.split(',').map(str::trim).filter(|size| !size.is_empty());
    let mut count = 1u64;
    for size in sizes {
        let is_whole = size.bytes().all(|byte| byte.is_ascii_digit());
        if !is_whole {
            return Err(refuse(&format!("`{size}` is no size of an array")));
        }
        count = count.saturating_mul(size.parse().unwrap_or(u64::MAX));
    }
    if count > MAX_ENTRIES {
        return Err(too_many());
    }
    Ok(())
}

/// That an array has more entries than are read.
pub(super) fn too_many() -> Error {
    let what = "the number of entries of an array in a file";
    ErrorKind::OverLimit { what, limit: MAX_ENTRIES }.into()
}
