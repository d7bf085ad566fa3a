//! Input that may be compressed by gzip, which its first bytes tell.

use flate2::read::MultiGzDecoder;
use std::io::{Chain, Cursor, ErrorKind, Read, Result};

/// How gzip begins.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// What was read to see how the input begins, and the rest.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// An input as it was before it was compressed, if it was.
pub(crate) enum Unzipped<R> {
    /// Nothing was read yet.
    New(Option<R>),
    /// As it comes.
    Plain(Whole<R>),
    /// Compressed.
    Gzip(Box<MultiGzDecoder<Whole<R>>>),
}

impl<R: Read> Unzipped<R> {
    /// Looks at the input when it is read.
    pub(crate) fn new(reader: R) -> Self {
        Self::New(Some(reader))
    }
}

impl<R: Read> Read for Unzipped<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if let Self::New(reader) = self {
            let mut head = Vec::new();
            if let Some(reader) = reader {
                let mut piece = [0; 512];
                // A second byte is waited for only where the first may be that of gzip.
                while MAGIC.starts_with(&head) && head.len() < MAGIC.len() {
                    match reader.read(&mut piece) {
                        Ok(0) => break,
                        Ok(read) => head.extend_from_slice(&piece[..read]),
                        Err(error) if error.kind() == ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
            }
            let is_zipped = head.starts_with(&MAGIC);
            if let Some(reader) = reader.take() {
                let whole = Cursor::new(head).chain(reader);
                *self = match is_zipped {
                    true => Self::Gzip(Box::new(MultiGzDecoder::new(whole))),
                    false => Self::Plain(whole),
                };
            }
        }
        match self {
            Self::New(_) => Ok(0),
            Self::Plain(reader) => reader.read(into),
            Self::Gzip(reader) => reader.read(into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Unzipped;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::{Read, Result, Write};

    fn zipped(bytes: &[u8]) -> Result<Vec<u8>> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes)?;
        encoder.finish()
    }

    fn read(bytes: &[u8]) -> Result<Vec<u8>> {
        let mut found = Vec::new();
        Unzipped::new(bytes).read_to_end(&mut found)?;
        Ok(found)
    }

    #[test]
    fn what_is_not_compressed_stays_as_it_is() -> Result<()> {
        for text in [&b""[..], b"x", b"\x1f", b"\x1fx", b"{\"expr\": \"x\"}\n"] {
            assert_eq!(read(text)?, text);
        }
        Ok(())
    }

    #[test]
    fn files_one_behind_the_other_are_one() -> Result<()> {
        let both = [zipped(b"one\n")?, zipped(b"two\n")?].concat();
        assert_eq!(read(&both)?, b"one\ntwo\n");
        Ok(())
    }

    #[test]
    fn what_is_cut_off_is_an_error() -> Result<()> {
        let whole = zipped(&[b'x'; 1000])?;
        assert!(read(&whole[..whole.len() - 4]).is_err());
        assert!(read(&[0x1f, 0x8b]).is_err());
        Ok(())
    }
}
