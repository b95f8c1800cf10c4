//! ZIP archives of files, opened from their list of contents at the end, or, where that is cut off,
//! from file to file. Two files of one name are two files. Nothing is trusted: neither places nor
//! lengths nor names.

use std::sync::Arc;

use super::bounds::{Budget, Trouble};
use super::layer::{Layer, Member, Passed, Refused, Step};
use super::place::place_of;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// The lengths of what is fixed in a header of a file, an entry of the list, and the list's end.
const LOCAL_LENGTH: usize = 30;
const CENTRAL_LENGTH: usize = 46;
const END_LENGTH: usize = 22;

/// Bits of a file's flags: it is encrypted; its lengths stand behind it.
const ENCRYPTED: u16 = 1;
const LENGTHS_BEHIND: u16 = 8;

/// The usual packing.
const DEFLATED: u16 = 8;

/// A length or place that stands elsewhere, being too large.
const ELSEWHERE: u64 = 0xffff_ffff;

/// A ZIP archive.
pub(super) struct Zip {
    content: Arc<[u8]>,
    /// Where the next entry of the list stands, or the next file where there is no list.
    at: usize,
    /// How many entries of the list are to come; `None` where there is no list.
    to_come: Option<u64>,
    read: u64,
    ended: bool,
    /// How names end of files that are given; all others are stepped over.
    only: &'static str,
}

/// What is said of a file.
struct Entry {
    name: Vec<u8>,
    flags: u16,
    method: u16,
    checksum: u32,
    packed: u64,
    size: u64,
    /// Where its header stands.
    at: u64,
    is_link: bool,
}

impl Zip {
    pub(super) fn new(content: Arc<[u8]>) -> Self {
        let list = list_of(&content);
        let (at, to_come) = list.map_or((0, None), |(at, count)| (at, Some(count)));
        Self { content, at, to_come, read: 0, ended: false, only: "" }
    }

    /// The files whose names end so, of an archive with a list.
    pub(super) fn only(content: Arc<[u8]>, ending: &'static str) -> Self {
        let whole = Self::new(content);
        Self { ended: whole.to_come.is_none(), only: ending, ..whole }
    }

    /// The next file by the list.
    fn listed(&mut self) -> Option<Result<Entry, Trouble>> {
        self.to_come = Some(self.to_come?.checked_sub(1)?);
        let damaged = || Trouble::Damaged("its list of contents is not whole".to_owned());
        let entry = central(&self.content, self.at).ok_or_else(damaged);
        Some(entry.map(|(entry, next)| {
            self.at = next;
            entry
        }))
    }

    /// The next file of an archive without a list.
    fn walked(&mut self, budget: &mut Budget) -> Result<Step, Trouble> {
        let content = Arc::clone(&self.content);
        let (entry, start) = loop {
            let rest = content.get(self.at..).unwrap_or_default();
            if rest.starts_with(CENTRAL) || rest.starts_with(END) {
                return Err(Trouble::Damaged("its list of contents is not whole".to_owned()));
            }
            match local(&content, self.at) {
                None => return Err(Trouble::Cut),
                Some((entry, start)) if is_folder(&entry) => {
                    self.at = start;
                    self.step_over_descriptor();
                }
                Some(found) => break found,
            }
        };
        let data = content.get(start..).unwrap_or_default();
        let place = place_of(&entry.name);
        if entry.flags & LENGTHS_BEHIND != 0 && entry.packed == 0 {
            return Ok(self.walked_to_its_end(&entry, place, start, budget));
        }
        let packed = usize::try_from(entry.packed).ok().and_then(|packed| data.get(..packed));
        let Some(packed) = packed else {
            self.ended = true;
            return Ok(Err(Refused::new(&place, Trouble::Cut)));
        };
        self.at = start + packed.len();
        self.step_over_descriptor();
        Ok(unpacked(&entry, place, packed, budget))
    }

    /// A file whose end only its packing shows; its checksum stands behind it.
    fn walked_to_its_end(
        &mut self,
        entry: &Entry,
        place: String,
        start: usize,
        budget: &mut Budget,
    ) -> Step {
        self.ended = true;
        if entry.method != DEFLATED || entry.flags & ENCRYPTED != 0 {
            return Err(Refused::new(&place, "its length stood in what was cut off the archive"));
        }
        let data = self.content.get(start..).unwrap_or_default();
        let mut inflated = flate2::bufread::DeflateDecoder::new(data);
        let read = budget.read(&mut inflated, data.len() as u64);
        let bytes = read.map_err(|trouble| Refused::new(&place, trouble))?;
        let used = usize::try_from(inflated.total_in()).unwrap_or(usize::MAX);
        let behind = data.get(used..).unwrap_or_default();
        let mut sum = flate2::Crc::new();
        sum.update(&bytes);
        let at = if behind.starts_with(DESCRIPTOR) { DESCRIPTOR.len() } else { 0 };
        if u32_at(behind, at) != Some(sum.sum()) {
            return Err(Refused::new(&place, Trouble::Cut));
        }
        self.ended = false;
        self.at = start.saturating_add(used);
        self.step_over_descriptor();
        Ok(Member::file(place, bytes))
    }

    /// Steps over the lengths behind a file, which have one of four forms.
    fn step_over_descriptor(&mut self) {
        let rest = self.content.get(self.at..).unwrap_or_default();
        let is_next = |skip: &usize| {
            let after = rest.get(*skip..).unwrap_or_default();
            after.starts_with(LOCAL) || after.starts_with(CENTRAL)
        };
        if rest.starts_with(DESCRIPTOR) || !is_next(&0) {
            self.at += [12, 16, 20, 24].into_iter().find(is_next).unwrap_or(0);
        }
    }

    /// What becomes of a file of the list.
    fn open(&self, entry: &Entry, budget: &mut Budget) -> Step {
        let place = place_of(&entry.name);
        let damaged = |what: &str| Err(Refused::new(&place, Trouble::Damaged(what.to_owned())));
        let start = usize::try_from(entry.at).ok().and_then(|at| local(&self.content, at));
        let Some((_, start)) = start else { return damaged("it is not where the archive says") };
        let rest = self.content.get(start..).unwrap_or_default();
        let packed = usize::try_from(entry.packed).ok().and_then(|packed| rest.get(..packed));
        match packed {
            Some(packed) => unpacked(entry, place, packed, budget),
            None => damaged("it is longer than the archive"),
        }
    }
}

impl Layer for Zip {
    fn next(&mut self, budget: &mut Budget, _passed: &mut Passed) -> Option<Step> {
        while !self.ended {
            let step = if self.to_come.is_some() {
                match self.listed()? {
                    Ok(entry) if is_folder(&entry) => continue,
                    Ok(entry) if !entry.name.ends_with(self.only.as_bytes()) => continue,
                    Ok(entry) => Ok(self.open(&entry, budget)),
                    Err(trouble) => Err(trouble),
                }
            } else {
                self.walked(budget)
            };
            return Some(match step {
                Ok(step) => {
                    self.read += u64::from(step.is_ok());
                    step
                }
                Err(trouble) => {
                    self.ended = true;
                    Err(Refused::rest("archive", self.read, "file", &trouble))
                }
            });
        }
        None
    }
}

/// Whether bytes are a ZIP archive of files: none that is a document, as Word files, OpenDocument
/// texts and books are, which are told by the part that lists or declares what they hold.
pub(super) fn is_archive_of_files(content: &Arc<[u8]>) -> bool {
    let is_mark = |name: Vec<u8>| {
        let marks: [&[u8]; 3] = [b"[Content_Types].xml", b"mimetype", b"META-INF/container.xml"];
        marks.contains(&name.as_slice())
    };
    (content.starts_with(LOCAL) || content.starts_with(END)) && !names(content).any(is_mark)
}

/// The names of the files of an archive, as far as it is whole.
fn names(content: &Arc<[u8]>) -> impl Iterator<Item = Vec<u8>> {
    let mut zip = Zip::new(Arc::clone(content));
    std::iter::from_fn(move || {
        if zip.to_come.is_some() {
            return zip.listed()?.ok().map(|entry| entry.name);
        }
        let (entry, start) = local(&zip.content, zip.at)?;
        zip.at = start.checked_add(usize::try_from(entry.packed).ok()?)?;
        zip.step_over_descriptor();
        Some(entry.name)
    })
}

fn is_folder(entry: &Entry) -> bool {
    entry.name.ends_with(b"/")
}

/// Unpacks a file.
fn unpacked(entry: &Entry, place: String, packed: &[u8], budget: &mut Budget) -> Step {
    let refused = |reason: &dyn std::fmt::Display| Err(Refused::new(&place, reason));
    if entry.flags & ENCRYPTED != 0 {
        return refused(&"is encrypted; unpack the archive with its password and add the file");
    }
    if entry.is_link {
        return refused(&"is a link; links are not followed");
    }
    let length = packed.len() as u64;
    let read = match entry.method {
        0 => budget.read(packed, length),
        DEFLATED => budget.read(flate2::bufread::DeflateDecoder::new(packed), length),
        12 => budget.read(bzip2::read::BzDecoder::new(packed), length),
        93 => match zstd::Decoder::new(packed) {
            Ok(decoder) => budget.read(decoder, length),
            Err(error) => Err(super::bounds::trouble(error)),
        },
        95 => budget.read(lzma_rust2::XzReader::new(packed, true), length),
        other => {
            return refused(&format!(
                "is packed in a way that is not read (method {other}); unpack the archive and add it"
            ));
        }
    };
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(trouble) => return refused(&trouble),
    };
    let mut sum = flate2::Crc::new();
    sum.update(&bytes);
    let is_right = sum.sum() == entry.checksum && bytes.len() as u64 == entry.size;
    if is_right || entry.flags & LENGTHS_BEHIND != 0 && entry.checksum == 0 {
        Ok(Member::file(place, bytes))
    } else {
        refused(&Trouble::Damaged("its checksum is wrong".to_owned()))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|b| u64::from_le_bytes(*b))
}

/// Where the list of contents stands, and how many entries it has.
fn list_of(content: &[u8]) -> Option<(usize, u64)> {
    // The end is followed by a comment of at most 65,535 bytes.
    let last = content.len().checked_sub(END_LENGTH)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let is_end = |at: &usize| {
        content[*at..].starts_with(END)
            && u16_at(content, at + 20)
                .is_some_and(|comment| at + END_LENGTH + usize::from(comment) <= content.len())
    };
    let end = (first..=last).rev().find(is_end)?;
    let mut count = u64::from(u16_at(content, end + 10)?);
    let mut start = u64::from(u32_at(content, end + 16)?);
    if (count == 0xffff || start == ELSEWHERE)
        && let Some(locator) = end.checked_sub(20)
        && content[locator..].starts_with(b"PK\x06\x07")
    {
        let at = usize::try_from(u64_at(content, locator + 8)?).ok()?;
        if content.get(at..)?.starts_with(END_64) {
            count = u64_at(content, at.checked_add(32)?)?;
            start = u64_at(content, at.checked_add(48)?)?;
        }
    }
    let start = usize::try_from(start).ok()?;
    let is_list = content.get(start..)?.starts_with(CENTRAL);
    (is_list || count == 0).then_some((start, count))
}

/// The entry of the list at `at`, and where the next one stands.
fn central(content: &[u8], at: usize) -> Option<(Entry, usize)> {
    let entry = content.get(at..)?;
    if !entry.starts_with(CENTRAL) {
        return None;
    }
    let lengths = [28, 30, 32].map(|at| u16_at(entry, at).map(usize::from));
    let [Some(name), Some(extra), Some(comment)] = lengths else { return None };
    let (extra_at, end) = (CENTRAL_LENGTH + name, CENTRAL_LENGTH + name + extra + comment);
    let mode = u32_at(entry, 38)? >> 16;
    let mut found = Entry {
        name: entry.get(CENTRAL_LENGTH..extra_at)?.to_vec(),
        flags: u16_at(entry, 8)?,
        method: u16_at(entry, 10)?,
        checksum: u32_at(entry, 16)?,
        packed: u64::from(u32_at(entry, 20)?),
        size: u64::from(u32_at(entry, 24)?),
        at: u64::from(u32_at(entry, 42)?),
        is_link: mode & 0o170_000 == 0o120_000,
    };
    let extra = entry.get(extra_at..extra_at + extra)?;
    take_large([&mut found.size, &mut found.packed, &mut found.at], extra);
    Some((found, at.checked_add(end)?))
}

/// The header of the file at `at`, and where its packed bytes begin.
fn local(content: &[u8], at: usize) -> Option<(Entry, usize)> {
    let header = content.get(at..)?;
    if !header.starts_with(LOCAL) {
        return None;
    }
    let (name, extra) = (u16_at(header, 26)?, u16_at(header, 28)?);
    let (extra_at, extra) = (LOCAL_LENGTH + usize::from(name), usize::from(extra));
    let mut found = Entry {
        name: header.get(LOCAL_LENGTH..extra_at)?.to_vec(),
        flags: u16_at(header, 6)?,
        method: u16_at(header, 8)?,
        checksum: u32_at(header, 14)?,
        packed: u64::from(u32_at(header, 18)?),
        size: u64::from(u32_at(header, 22)?),
        at: at as u64,
        is_link: false,
    };
    let mut nowhere = 0;
    take_large(
        [&mut found.size, &mut found.packed, &mut nowhere],
        header.get(extra_at..extra_at + extra)?,
    );
    Some((found, at.checked_add(extra_at + extra)?))
}

/// Takes lengths and places that are too large for their fields from where they stand.
fn take_large(fields: [&mut u64; 3], mut extra: &[u8]) {
    while let (Some(kind), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let end = 4 + usize::from(length);
        let Some(value) = extra.get(4..end) else { return };
        if kind == 1 {
            let large = fields.into_iter().filter(|field| **field == ELSEWHERE);
            for (field, at) in large.zip((0..).step_by(8)) {
                *field = u64_at(value, at).unwrap_or(*field);
            }
            return;
        }
        extra = &extra[end..];
    }
}
