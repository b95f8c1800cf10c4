//! Tar archives, read as a stream from front to back: plain, GNU (long names) and POSIX (pax) ones.
//! Only files are read; links are named and never followed.

use std::io::{self, Read};

use super::bounds::{Budget, Trouble, trouble};
use super::layer::{Layer, Member, Passed, Refused, Step};
use super::place::place_of;

const BLOCK: usize = 512;

/// The longest name, and the longest list of extended attributes, in bytes.
const MOST_EXTRA: u64 = 1 << 20;

/// Whether bytes begin a tar archive: their first block is a header whose sum is right.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(..BLOCK).is_some_and(|block| block[0] != 0 && sum_is_right(block))
}

/// A tar archive.
pub(super) struct Tar {
    reader: Box<dyn Read + Send>,
    /// What is left of the member before: its content and what fills its last block.
    unread: u64,
    read: u64,
    ended: bool,
    /// How names end of files that are given; all others are stepped over.
    only: &'static str,
}

/// What headers of their own say of the member after them.
#[derive(Default)]
struct Extra {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
}

impl Tar {
    pub(super) fn new(reader: Box<dyn Read + Send>) -> Self {
        Self { reader, unread: 0, read: 0, ended: false, only: "" }
    }

    /// The files whose names end so.
    pub(super) fn only(reader: Box<dyn Read + Send>, ending: &'static str) -> Self {
        Self { only: ending, ..Self::new(reader) }
    }

    fn skip(&mut self) -> Result<(), Trouble> {
        let mut rest = self.reader.by_ref().take(self.unread);
        let skipped = io::copy(&mut rest, &mut io::sink()).map_err(trouble)?;
        let whole = skipped == self.unread;
        self.unread = 0;
        if whole { Ok(()) } else { Err(Trouble::Cut) }
    }

    /// The next header; `None` at the end.
    fn header(&mut self) -> Result<Option<[u8; BLOCK]>, Trouble> {
        let mut block = [0u8; BLOCK];
        let mut held = 0;
        while held < BLOCK {
            match self.reader.read(&mut block[held..]) {
                // Two empty blocks mark the end; without them, nobody knows what is missing.
                Ok(0) => return Err(Trouble::Cut),
                Ok(count) => held += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(trouble(error)),
            }
        }
        if block.iter().all(|&byte| byte == 0) {
            return Ok(None);
        }
        if !sum_is_right(&block) {
            return Err(Trouble::Damaged("a header is not whole".to_owned()));
        }
        Ok(Some(block))
    }

    /// The content of a header that has some: a name, or attributes.
    fn extra(&mut self, size: u64, budget: &mut Budget) -> Result<Vec<u8>, Trouble> {
        if size > MOST_EXTRA {
            return Err(Trouble::Damaged("a name is longer than any name".to_owned()));
        }
        let bytes = self.content(size, budget)?;
        self.skip()?;
        Ok(bytes)
    }

    fn content(&mut self, size: u64, budget: &mut Budget) -> Result<Vec<u8>, Trouble> {
        let read = budget.read(self.reader.by_ref().take(size), size);
        match read {
            Ok(bytes) if (bytes.len() as u64) < size => Err(Trouble::Cut),
            Ok(bytes) => {
                self.unread -= size;
                Ok(bytes)
            }
            Err(error) => Err(error),
        }
    }

    fn member(&mut self, budget: &mut Budget) -> Result<Option<Step>, Trouble> {
        self.skip()?;
        let mut extra = Extra::default();
        loop {
            let Some(block) = self.header()? else { return Ok(None) };
            let size = number(&block[124..136])
                .ok_or_else(|| Trouble::Damaged("a size is no number".to_owned()))?;
            let kind = block[156];
            // Attributes state the size of files only.
            let size = if is_file(kind) { extra.size.unwrap_or(size) } else { size };
            self.unread = size.checked_next_multiple_of(BLOCK as u64).ok_or(Trouble::Cut)?;
            match kind {
                b'L' => extra.name = Some(until_zero(&self.extra(size, budget)?).to_vec()),
                b'x' => attributes(&self.extra(size, budget)?, &mut extra),
                b'K' | b'g' | b'V' => self.skip()?,
                b'5' => {
                    self.skip()?;
                    extra = Extra::default();
                }
                kind => {
                    let name = extra.name.take().unwrap_or_else(|| name_of(&block));
                    let is_folder = is_file(kind) && name.ends_with(b"/");
                    if is_folder || !name.ends_with(self.only.as_bytes()) {
                        self.skip()?;
                        extra = Extra::default();
                        continue;
                    }
                    let place = place_of(&name);
                    let reason = match kind {
                        b'1' | b'2' => {
                            let target = place_of(until_zero(&block[157..257]));
                            format!("is a link to {target}; links are not followed")
                        }
                        b'3' | b'4' | b'6' => "is a device and no file".to_owned(),
                        kind if !is_file(kind) && kind != b'S' => {
                            "is of a kind that is not known".to_owned()
                        }
                        kind if extra.sparse || kind == b'S' => {
                            "is kept as a sparse file, which is not read".to_owned()
                        }
                        _ if size > budget.bounds.member => {
                            Trouble::Large(budget.bounds.member).to_string()
                        }
                        _ => return self.file(place, size, budget).map(Some),
                    };
                    return Ok(Some(Err(Refused::new(&place, reason))));
                }
            }
        }
    }

    fn file(&mut self, place: String, size: u64, budget: &mut Budget) -> Result<Step, Trouble> {
        match self.content(size, budget) {
            Ok(bytes) => {
                self.read += 1;
                Ok(Ok(Member::file(place, bytes)))
            }
            // It was cut within this very file: it is named, and the next call ends.
            Err(Trouble::Cut) => {
                self.ended = true;
                Ok(Err(Refused::new(&place, Trouble::Cut)))
            }
            Err(other) => Err(other),
        }
    }
}

impl Layer for Tar {
    fn next(&mut self, budget: &mut Budget, _passed: &mut Passed) -> Option<Step> {
        if self.ended {
            return None;
        }
        match self.member(budget) {
            Ok(Some(step)) => Some(step),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(trouble) => {
                self.ended = true;
                Some(Err(Refused::rest("archive", self.read, "file", &trouble)))
            }
        }
    }
}

fn is_file(kind: u8) -> bool {
    matches!(kind, b'0' | 0 | b'7')
}

fn sum_is_right(block: &[u8]) -> bool {
    let Some(stated) = number(&block[148..156]) else { return false };
    let sum = block.iter().enumerate().map(|(at, &byte)| match at {
        148..156 => u64::from(b' '),
        _ => u64::from(byte),
    });
    sum.sum::<u64>() == stated
}

/// A number: octal digits, or binary where the first bit says so.
fn number(field: &[u8]) -> Option<u64> {
    if let [first, rest @ ..] = field
        && first & 0x80 != 0
    {
        let mut value = u64::from(first & 0x7f);
        for &byte in rest {
            value = value.checked_mul(256)?.checked_add(u64::from(byte))?;
        }
        return Some(value);
    }
    let digits = until_zero(field).trim_ascii();
    if digits.is_empty() {
        return Some(0);
    }
    let text = std::str::from_utf8(digits).ok()?;
    u64::from_str_radix(text, 8).ok()
}

fn until_zero(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    &bytes[..end]
}

/// The name in a header: in POSIX archives its first steps stand apart.
fn name_of(block: &[u8; BLOCK]) -> Vec<u8> {
    let name = until_zero(&block[..100]);
    let prefix = until_zero(&block[345..500]);
    if &block[257..263] == b"ustar\0" && !prefix.is_empty() {
        return [prefix, b"/", name].concat();
    }
    name.to_vec()
}

/// Reads attributes: lines of `LENGTH KEY=VALUE`, the length counting the whole line.
fn attributes(mut bytes: &[u8], extra: &mut Extra) {
    while let Some(space) = bytes.iter().position(|&byte| byte == b' ') {
        let length = std::str::from_utf8(&bytes[..space]).ok().and_then(|l| l.parse().ok());
        let Some(line) = length.and_then(|length: usize| bytes.get(space + 1..length)) else {
            return;
        };
        let line_end = space + 1 + line.len();
        bytes = &bytes[line_end..];
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let Some(equals) = line.iter().position(|&byte| byte == b'=') else { continue };
        let (key, value) = (&line[..equals], &line[equals + 1..]);
        match key {
            b"path" => extra.name = Some(value.to_vec()),
            b"size" => extra.size = std::str::from_utf8(value).ok().and_then(|v| v.parse().ok()),
            _ if key.starts_with(b"GNU.sparse.") => extra.sparse = true,
            _ => {}
        }
    }
}
