//! The parts of a packed file: Word files, OpenDocument texts and EPUB books are ZIP archives of XML.
//!
//! Parts are unpacked in memory, by name, and only those a reader asks for: nothing is ever written,
//! so a part's name cannot lead anywhere. Archives are untrusted: how many parts there may be, how
//! much they may unpack to in all, and how far one may swell are bounded; encrypted parts are
//! refused. What the parts mean is not known here.

use std::io::{Cursor, ErrorKind, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;

/// The most parts of an archive that is read.
const MOST_PARTS: usize = 65_536;

/// The most bytes unpacked from one archive, all parts taken together.
const MOST_BYTES: u64 = 256 << 20;

/// How many times its packed size a part may unpack to, once it is larger than [`SMALL`]. XML of
/// tables packs well, fifty times and more; what packs hundreds of times says nothing.
const MOST_SWELLING: u64 = 250;

/// The size of parts too small to do harm by swelling, in bytes.
const SMALL: u64 = 8 << 20;

/// An archive whose parts are being read.
pub(super) struct Archive<'a> {
    /// What the file is, with an article, for errors.
    pub(super) kind: &'static str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive; its list of parts is read and bounded here.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let kind = "a ZIP archive";
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(kind, &error))?;
        if zip.len() > MOST_PARTS {
            let limit = format!("it holds {} parts, and {MOST_PARTS} are the most", zip.len());
            return Err(ReadError::TooLarge { kind, limit });
        }
        Ok(Self { kind, zip, left: MOST_BYTES })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Whether there is a part whose name begins so.
    pub(super) fn has_under(&self, folder: &str) -> bool {
        self.zip.file_names_raw().any(|name| name.starts_with(folder.as_bytes()))
    }

    /// The bytes of a part; `None` where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let kind = self.kind;
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let file = match self.zip.by_index(index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadError::Encrypted { kind });
            }
            Err(error) => return Err(damaged(kind, &error)),
        };
        let swollen = file.compressed_size().saturating_mul(MOST_SWELLING).max(SMALL);
        let most = self.left.min(swollen);
        let mut bytes = Vec::with_capacity(usize::try_from(file.size().min(SMALL)).unwrap_or(0));
        let mut bounded = file.take(most + 1);
        bounded.read_to_end(&mut bytes).map_err(|error| match error.kind() {
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof | ErrorKind::InvalidInput => {
                ReadError::Damaged { kind, place: format!("its part {name:?} cannot be unpacked") }
            }
            _ => ReadError::Damaged { kind, place: format!("its part {name:?}: {error}") },
        })?;
        let length = bytes.len() as u64;
        if length > most {
            let limit = if most == self.left {
                format!("it unpacks to more than {} MB", MOST_BYTES >> 20)
            } else {
                format!("its part {name:?} unpacks to more than {MOST_SWELLING} times its size")
            };
            return Err(ReadError::TooLarge { kind, limit });
        }
        self.left -= length;
        Ok(Some(bytes))
    }

    /// The bytes of a part without which the file cannot be read.
    pub(super) fn needed(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let kind = self.kind;
        self.part(name)?
            .ok_or_else(|| ReadError::Damaged { kind, place: format!("it has no part {name:?}") })
    }
}

fn damaged(kind: &'static str, error: &ZipError) -> ReadError {
    let mut place = error.to_string();
    if let Some(first) = place.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    ReadError::Damaged { kind, place }
}

/// The name of the part that `reference` leads to from the part `from`: relative to its folder, or
/// from the root where it begins with a slash; without a fragment, percent escapes undone. What
/// leads out of the archive stops at its root.
pub(super) fn resolve(from: &str, reference: &str) -> String {
    let reference = reference.split(['#', '?']).next().unwrap_or("");
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if reference.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    let decoded = percent_decoded(reference);
    for step in base.split('/').chain(decoded.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let byte = escaped
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive of these parts, each a name and its content.
    pub(in crate::readers) fn pack<B: AsRef<[u8]>>(parts: &[(&str, B)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            let stored = *name == "mimetype";
            let method = if stored {
                zip::CompressionMethod::Stored
            } else {
                zip::CompressionMethod::Deflated
            };
            let options = SimpleFileOptions::default().compression_method(method);
            zip.start_file(*name, options).expect("a part");
            zip.write_all(content.as_ref()).expect("written");
        }
        zip.finish().expect("an archive").into_inner()
    }

    #[test]
    fn parts_are_read_by_name() {
        let bytes = pack(&[("a.xml", "one"), ("b/c.xml", "two")]);
        let mut archive = Archive::open(&bytes).expect("open");
        assert_eq!(archive.part("b/c.xml").expect("read").as_deref(), Some(&b"two"[..]));
        assert_eq!(archive.part("c.xml").expect("read"), None);
        assert!(archive.has("a.xml") && archive.has_under("b/") && !archive.has_under("c/"));
        let error = archive.needed("d.xml").expect_err("an error").to_string();
        assert!(error.contains("it has no part \"d.xml\""), "{error}");
    }

    #[test]
    fn a_part_that_swells_beyond_measure_is_refused() {
        let bytes = pack(&[("bomb.xml", vec![b' '; 9 << 20])]);
        assert!(bytes.len() < 100_000);
        let mut archive = Archive::open(&bytes).expect("open");
        let error = archive.part("bomb.xml").expect_err("an error");
        assert!(matches!(error, ReadError::TooLarge { .. }), "{error}");
        assert!(error.to_string().contains("more than 250 times its size"), "{error}");
    }

    #[test]
    fn what_all_parts_unpack_to_is_bounded() {
        let names = ["a", "b", "c"];
        let bytes = pack(&names.map(|name| (name, "four")));
        let mut archive = Archive::open(&bytes).expect("open");
        archive.left = 8;
        let outcome: Result<Vec<_>, _> = names.iter().map(|name| archive.part(name)).collect();
        let error = outcome.expect_err("an error").to_string();
        assert!(error.contains("it unpacks to more than 256 MB"), "{error}");
    }

    #[test]
    fn archives_cut_short_are_damaged() {
        let bytes = pack(&[("a.xml", "one")]);
        for end in 0..bytes.len() {
            let outcome = Archive::open(&bytes[..end]).and_then(|mut a| a.needed("a.xml"));
            assert!(matches!(outcome, Err(ReadError::Damaged { .. })), "{end}");
        }
    }

    #[test]
    fn references_stay_within_the_archive() {
        assert_eq!(resolve("OEBPS/content.opf", "text/a%20b.xhtml#c"), "OEBPS/text/a b.xhtml");
        assert_eq!(resolve("OEBPS/content.opf", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolve("word/document.xml", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("", "word/./document.xml"), "word/document.xml");
        assert_eq!(resolve("a/b", "100%é"), "a/100%é");
    }
}
