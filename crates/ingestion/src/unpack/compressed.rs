//! Compressed files: gzip, zstd, bzip2 and xz, told by their first bytes, opened up to a bound.

use std::io::{Cursor, Read};
use std::sync::Arc;

use super::bounds::{Budget, Trouble, trouble};

/// A way of compressing one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

/// How these bytes are compressed, if they are.
pub(super) fn of(bytes: &[u8]) -> Option<Compression> {
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
    pub(super) fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
        }
    }

    /// What the bytes hold, unpacked as it is read.
    pub(super) fn stream(self, bytes: Arc<[u8]>) -> Result<Box<dyn Read + Send>, Trouble> {
        let bytes = Cursor::new(bytes);
        Ok(match self {
            Compression::Gzip => Box::new(flate2::read::MultiGzDecoder::new(bytes)),
            Compression::Zstd => Box::new(zstd::Decoder::new(bytes).map_err(trouble)?),
            Compression::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(bytes)),
            Compression::Xz => Box::new(lzma_rust2::XzReader::new(bytes, true)),
        })
    }

    /// The first bytes of what the bytes hold, as far as they are whole.
    pub(super) fn head(self, bytes: &Arc<[u8]>, length: u64) -> Vec<u8> {
        let mut head = Vec::new();
        if let Ok(stream) = self.stream(Arc::clone(bytes)) {
            // What is damaged is found when it is read.
            let _ = stream.take(length).read_to_end(&mut head);
        }
        head
    }

    /// What the bytes hold, all of it.
    pub(super) fn open(self, bytes: &Arc<[u8]>, budget: &mut Budget) -> Result<Vec<u8>, Trouble> {
        budget.read(self.stream(Arc::clone(bytes))?, bytes.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unpack::bounds::BOUNDS;
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
            let mut budget = Budget::new(BOUNDS);
            let cut: Arc<[u8]> = bytes[..bytes.len() - 6].into();
            assert_eq!(expected.open(&bytes.into(), &mut budget).as_deref(), Ok(TEXT));
            let error = expected.open(&cut, &mut budget).expect_err("cut short");
            assert!(matches!(error, Trouble::Cut | Trouble::Damaged(_)), "{error}");
        }
        assert_eq!(of(TEXT), None);
    }

    #[test]
    fn a_bomb_is_opened_only_up_to_the_bound() {
        let bomb = gzip(&vec![b'a'; 10_000_000]);
        assert!(bomb.len() < 20_000);
        let refused = Compression::Gzip.open(&bomb.into(), &mut Budget::new(BOUNDS));
        assert_eq!(refused, Err(Trouble::Swells(BOUNDS.swelling)));
    }
}
