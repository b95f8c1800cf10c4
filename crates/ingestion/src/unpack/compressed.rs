//! Compressed files: gzip, zstd, bzip2 and xz, told by their first bytes, opened up to a bound.

use std::io::Read;

use super::UnpackError;

/// A way of compressing one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

/// How these bytes are compressed, if they are.
pub fn of(bytes: &[u8]) -> Option<Compression> {
    match bytes {
        [0x1f, 0x8b, 8, ..] => Some(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstd),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => Some(Compression::Bzip2),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Compression::Xz),
        _ => None,
    }
}

impl Compression {
    /// The word for it in messages.
    pub fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
        }
    }

    /// What the bytes hold, as they are unpacked.
    ///
    /// # Errors
    /// When the bytes do not even begin as they should.
    pub fn reader(self, bytes: &[u8]) -> Result<Box<dyn Read + Send + '_>, UnpackError> {
        Ok(match self {
            Compression::Gzip => Box::new(flate2::read::MultiGzDecoder::new(bytes)),
            Compression::Zstd => {
                Box::new(zstd::Decoder::with_buffer(bytes).map_err(|e| self.damaged(&e))?)
            }
            Compression::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(bytes)),
            Compression::Xz => Box::new(lzma_rust2::XzReader::new(bytes, true)),
        })
    }

    /// The first `most` bytes of what the bytes hold, or all of it where that is less.
    ///
    /// # Errors
    /// When they are damaged.
    pub fn beginning(self, bytes: &[u8], most: u64) -> Result<Vec<u8>, UnpackError> {
        let mut content = Vec::new();
        let read = self.reader(bytes)?.take(most).read_to_end(&mut content);
        read.map_err(|error| self.damaged(&error))?;
        Ok(content)
    }

    /// What the bytes hold.
    ///
    /// # Errors
    /// When they are damaged, or hold more than `most` bytes.
    pub fn open(self, bytes: &[u8], most: u64) -> Result<Vec<u8>, UnpackError> {
        let content = self.beginning(bytes, most + 1)?;
        if content.len() as u64 > most {
            return Err(UnpackError::TooLarge(most));
        }
        Ok(content)
    }

    /// Goes through what the bytes hold without keeping it.
    ///
    /// # Errors
    /// When they are damaged, or hold more than `most` bytes.
    pub fn check(self, bytes: &[u8], most: u64) -> Result<(), UnpackError> {
        let mut reader = self.reader(bytes)?.take(most + 1);
        let held = std::io::copy(&mut reader, &mut std::io::sink());
        if held.map_err(|error| self.damaged(&error))? > most {
            return Err(UnpackError::TooLarge(most));
        }
        Ok(())
    }

    fn damaged(self, error: &std::io::Error) -> UnpackError {
        UnpackError::Damaged(self.name(), error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const TEXT: &[u8] = b"A chapel was closed in the town.";

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).expect("written");
        encoder.finish().expect("finished")
    }

    fn bzip2(text: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
        encoder.write_all(text).expect("written");
        encoder.finish().expect("finished")
    }

    #[test]
    fn what_was_compressed_comes_back() {
        let zstd = zstd::encode_all(TEXT, 3).expect("compressed");
        for (bytes, expected) in [
            (gzip(TEXT), Compression::Gzip),
            (zstd, Compression::Zstd),
            (bzip2(TEXT), Compression::Bzip2),
        ] {
            assert_eq!(of(&bytes), Some(expected));
            assert_eq!(expected.open(&bytes, 1000).as_deref(), Ok(TEXT));
            assert!(matches!(
                expected.open(&bytes[..bytes.len() - 6], 1000),
                Err(UnpackError::Damaged(..))
            ));
        }
        assert_eq!(of(TEXT), None);
    }

    #[test]
    fn a_bomb_is_opened_only_up_to_the_bound() {
        let bomb = gzip(&vec![b'a'; 10_000_000]);
        assert!(bomb.len() < 20_000);
        assert_eq!(Compression::Gzip.open(&bomb, 1_000_000), Err(UnpackError::TooLarge(1_000_000)));
        assert_eq!(
            Compression::Gzip.check(&bomb, 1_000_000),
            Err(UnpackError::TooLarge(1_000_000))
        );
        assert_eq!(Compression::Gzip.check(&bomb, 10_000_000), Ok(()));
        assert_eq!(Compression::Gzip.beginning(&bomb, 7).as_deref(), Ok(&b"aaaaaaa"[..]));
    }
}
