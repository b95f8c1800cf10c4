//! Formats that are told by their first bytes and that no reader of ours takes: each is refused by
//! its name, so that a person knows what to convert. A PDF is told here, too, and read
//! elsewhere. Nothing here judges text that merely looks odd.

use super::archive::Archive;

/// Bytes at a fixed place, and what a file that has them there is.
const SIGNATURES: &[(usize, &[u8], &str)] = &[
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar\0", "a tar archive"),
    (257, b"ustar  \0", "a tar archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS or PPT)"),
    (0, b"{\\rtf", "an RTF file"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"\x7fELF", "a program"),
    (0, b"WARC/1.", "a WARC archive"),
    (0, b"bplist00", "a page saved as a Safari web archive, or another property list"),
];

/// How far into a file the mark of a PDF may stand.
const PDF_WITHIN: usize = 1024;

/// How much of a text is looked at for what it says it is.
const HEAD_WITHIN: usize = 4096;

/// What a file is by its first bytes, with an article, where it is none of the formats read.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("a WebP image");
    }
    if bytes.starts_with(b"\0\0\0") && bytes.get(4..8) == Some(b"ftyp") {
        return Some("a video or an HEIC image");
    }
    if bytes.starts_with(b"BZh") && bytes.get(4..10) == Some(b"1AY&SY") {
        return Some("a bzip2 archive");
    }
    SIGNATURES
        .iter()
        .find(|(at, mark, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark)))
        .map(|(_, _, name)| *name)
}

/// A PDF may stand after junk; a text may speak of PDF.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PDF_WITHIN)];
    let junk = || head.iter().any(|&byte| byte == 0 || byte >= 0x80);
    head.starts_with(b"%PDF-") || (contains(head, b"%PDF-") && junk())
}

/// Whether bytes are a Word, Excel or PowerPoint file that is locked: it is packed in the old format.
pub(super) fn is_locked_office(bytes: &[u8]) -> bool {
    const PACKAGE: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") && contains(bytes, PACKAGE)
}

/// Whether bytes are a ZIP archive, as Word files and books are.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What an archive is that no reader takes, by the type it declares and by its parts.
pub(super) fn of_parts(declared: &[u8], archive: &Archive<'_>) -> &'static str {
    match declared.trim_ascii() {
        b"application/vnd.oasis.opendocument.spreadsheet" => "an OpenDocument table (ODS)",
        b"application/vnd.oasis.opendocument.presentation" => "an OpenDocument presentation (ODP)",
        _ if archive.has_under("xl/") => "an Excel file (XLSX)",
        _ if archive.has_under("ppt/") => "a PowerPoint file (PPTX)",
        _ => "a ZIP archive",
    }
}

/// What a text is that is written in a format of its own, where none of our readers takes it.
pub(super) fn of_text(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let head = head_of(text, HEAD_WITHIN);
    if head.starts_with("<?xml") && !head.to_ascii_lowercase().contains("<html") {
        return Some("an XML file that is not XHTML");
    }
    None
}

/// The beginning of a text, of at most so many bytes, ending between characters.
pub(super) fn head_of(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether some bytes stand among others.
pub(super) fn contains(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|window| window == sought)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_formats_are_named() {
        assert!(is_pdf(b"%PDF-1.7\n") && is_pdf(b"\0\0junk first %PDF-1.4"));
        assert_eq!(of_bytes(b"\x1f\x8b\x08\0"), Some("a gzip archive"));
        assert_eq!(of_bytes(b"BZh91AY&SY\0"), Some("a bzip2 archive"));
        let mut tar = vec![b'a'; 300];
        tar[257..263].copy_from_slice(b"ustar\0");
        assert_eq!(of_bytes(&tar), Some("a tar archive"));
    }

    #[test]
    fn locked_office_files_are_known() {
        let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....".to_vec();
        assert!(!is_locked_office(&file));
        file.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert!(is_locked_office(&file));
    }

    #[test]
    fn text_is_nothing_else() {
        assert_eq!(of_bytes(b""), None);
        assert_eq!(of_bytes(b"BZh is no archive"), None);
        assert!(!is_pdf(b"<p>A page about %PDF-1.4</p>"));
        assert_eq!(of_text("From: the Embassy\n\nTo whom it may concern"), None);
    }

    #[test]
    fn text_formats_of_their_own_are_named() {
        assert_eq!(
            of_text("\u{feff}<?xml version='1.0'?><rss/>"),
            Some("an XML file that is not XHTML")
        );
    }
}
