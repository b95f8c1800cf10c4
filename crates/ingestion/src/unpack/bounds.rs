//! How much is unpacked at most, of one capture and of each thing in it. Captures are untrusted: a
//! few kilobytes may claim to hold terabytes. Whatever is unpacked is counted here, taken or not.

use std::io::{self, Read};

/// The bounds that unpacking keeps to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Most bytes unpacked from one capture, everything in it taken together.
    pub(super) total: u64,
    /// Most bytes of one member.
    pub(super) member: u64,
    /// How many times its packed size a thing may unpack to, once it is larger than `small`.
    pub(super) swelling: u64,
    /// The size of things too small to do harm by swelling, in bytes.
    pub(super) small: u64,
    /// Most members that are looked at.
    pub(super) members: u64,
    /// How many packings may stand within each other.
    pub(super) depth: usize,
}

/// The bounds that hold for every capture.
pub(super) const BOUNDS: Bounds = Bounds {
    total: 4 << 30,
    member: 256 << 20,
    swelling: 250,
    small: 8 << 20,
    members: 2_000_000,
    depth: 4,
};

/// Why something is not unpacked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Trouble {
    /// It swells beyond measure.
    #[error("unpacks to more than {0} times its size, as files made to do harm do; it is not read")]
    Swells(u64),
    /// It is larger than what is read.
    #[error("is larger than {} MB, the most that is read of one file", .0 >> 20)]
    Large(u64),
    /// The capture as a whole holds more than is read.
    #[error("unpacks to more than {} MB, the most that is read; unpack it and add what is needed", .0 >> 20)]
    Total(u64),
    /// It ends too early.
    #[error("is cut short; capture it again")]
    Cut,
    /// It is damaged otherwise.
    #[error("is damaged ({0}); capture it again")]
    Damaged(String),
}

/// What is left of the bounds while a capture is unpacked.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    pub(super) bounds: Bounds,
    left: u64,
}

impl Budget {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self { bounds, left: bounds.total }
    }

    /// Whether nothing more may be unpacked.
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Reads what `reader` unpacks, of a thing that takes up `packed` bytes. What is read is counted
    /// even if it is too much.
    pub(super) fn read(&mut self, reader: impl Read, packed: u64) -> Result<Vec<u8>, Trouble> {
        let swollen = packed.saturating_mul(self.bounds.swelling).max(self.bounds.small);
        let most = self.left.min(self.bounds.member).min(swollen);
        let mut bytes = Vec::new();
        let read = reader.take(most.saturating_add(1)).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        let before = self.left;
        self.left = self.left.saturating_sub(length);
        read.map_err(trouble)?;
        if length <= most {
            Ok(bytes)
        } else if most == before {
            Err(Trouble::Total(self.bounds.total))
        } else if most == self.bounds.member {
            Err(Trouble::Large(self.bounds.member))
        } else {
            Err(Trouble::Swells(self.bounds.swelling))
        }
    }

    /// Counts what was unpacked and not kept.
    pub(super) fn spend(&mut self, bytes: u64) -> Result<(), Trouble> {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or(0);
        left.map(drop).ok_or(Trouble::Total(self.bounds.total))
    }

    /// `reader`, which unpacks a stream of `packed` bytes, up to the bounds.
    pub(super) fn stream<R: Read>(&self, reader: R, packed: u64) -> Stream<R> {
        let swollen = packed.saturating_mul(self.bounds.swelling).max(self.bounds.small);
        let trouble = if swollen < self.bounds.total {
            Trouble::Swells(self.bounds.swelling)
        } else {
            Trouble::Total(self.bounds.total)
        };
        Stream { reader, left: swollen.min(self.bounds.total), trouble }
    }
}

/// A stream that fails where it goes beyond its bound.
pub(super) struct Stream<R> {
    reader: R,
    left: u64,
    trouble: Trouble,
}

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.left = match self.left.checked_sub(count as u64) {
            Some(left) => left,
            None => return Err(io::Error::other(self.trouble.clone())),
        };
        Ok(count)
    }
}

/// What an error of a decoder means.
pub(super) fn trouble(error: io::Error) -> Trouble {
    let bound = error.get_ref().and_then(|inner| inner.downcast_ref::<Trouble>()).cloned();
    match (bound, error.kind()) {
        (Some(trouble), _) => trouble,
        (None, io::ErrorKind::UnexpectedEof) => Trouble::Cut,
        (None, _) => Trouble::Damaged(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Bounds =
        Bounds { total: 100, member: 60, swelling: 10, small: 20, members: 10, depth: 2 };

    #[test]
    fn each_bound_is_named_and_what_was_refused_counts() {
        let mut budget = Budget::new(SMALL);
        assert_eq!(budget.read(&[0u8; 20][..], 1), Ok(vec![0; 20]));
        assert_eq!(budget.read(&[0u8; 31][..], 3), Err(Trouble::Swells(10)));
        assert_eq!(budget.read(&[0u8; 50][..], 50), Err(Trouble::Total(100)));
        assert!(budget.is_spent());
        assert_eq!(Budget::new(SMALL).read(&[0u8; 61][..], 61), Err(Trouble::Large(60)));
    }

    #[test]
    fn a_stream_fails_beyond_its_bound() {
        let read = |length: usize, packed| {
            let bytes = vec![0u8; length];
            let mut stream = Budget::new(SMALL).stream(&bytes[..], packed);
            io::copy(&mut stream, &mut io::sink()).map_err(trouble)
        };
        assert_eq!(read(30, 3), Ok(30));
        assert_eq!(read(31, 3), Err(Trouble::Swells(10)));
        assert_eq!(read(101, 50), Err(Trouble::Total(100)));
    }
}
