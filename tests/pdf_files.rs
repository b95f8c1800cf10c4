//! PDF files for the tests, each written here byte by byte: whole, of images, locked, and such as ask
//! for far more than they hold.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::{Compress, Compression, FlushCompress};
use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};

const MEGABYTE: usize = 1 << 20;

/// A file whose only page holds these drawing instructions.
pub fn page(content: &[u8]) -> Vec<u8> {
    file(&[stream("", content)])
}

/// A file whose only page shows a line of text.
pub fn text(line: &str) -> Vec<u8> {
    page(format!("BT /F1 10 Tf 72 700 Td ({line}) Tj ET").as_bytes())
}

/// A file with so many lines of text on each of its pages.
pub fn pages(pages: &[&[&str]]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let count = pages.len();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>").into_bytes(),
        FONT.as_bytes().to_vec(),
    ];
    for lines in pages {
        let content = objects.len() + 2;
        objects.push(page_of(content, "").into_bytes());
        let shown: String = lines.iter().map(|line| format!("({line}) Tj T* ")).collect();
        objects.push(stream("", format!("BT /F1 10 Tf 14 TL 72 700 Td {shown} ET").as_bytes()));
    }
    written(objects)
}

/// A file whose only page shows a picture.
pub fn picture() -> Vec<u8> {
    page(b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q")
}

/// A file locked with passwords; an empty one for users lets everybody read it.
pub fn locked(owner: &str, user: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&text("Two chapels were locked.")).expect("a PDF");
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: owner,
        user_password: user,
        key_length: 128,
        permissions: Permissions::PRINTABLE,
    };
    let state = EncryptionState::try_from(version).expect("a lock");
    document.encrypt(&state).expect("locked");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("written");
    bytes
}

/// A file whose page unpacks to so many megabytes of spaces.
pub fn swelling_page(megabytes: usize) -> Vec<u8> {
    file(&[packed("", b"", b' ', megabytes)])
}

/// A file with an object stream that unpacks to so many megabytes.
pub fn swelling_objects(megabytes: usize) -> Vec<u8> {
    let content = stream("", b"BT /F1 10 Tf 72 700 Td (A word.) Tj ET");
    file(&[content, packed("/Type /ObjStm /N 1 /First 7", b"1000 0 (", b'a', megabytes)])
}

/// A file whose page draws forms that draw forms, ten each, ten deep.
pub fn nested_forms() -> Vec<u8> {
    let draw = b"/X Do ".repeat(10);
    let mut objects = vec![stream("", &draw)];
    for depth in 1..=10 {
        let inner = format!("/Subtype /Form /Resources << /XObject << /X {} 0 R >> >>", 6 + depth);
        objects.push(stream(&inner, &draw));
    }
    file(&objects)
}

/// A file whose page shows so many characters in one string.
pub fn endless_string(characters: usize) -> Vec<u8> {
    let words = "word ".repeat(characters / 5);
    page(format!("BT /F1 10 Tf 72 700 Td ({words}) Tj ET").as_bytes())
}

/// A file in which one array takes so many bytes.
pub fn endless_array(bytes: usize) -> Vec<u8> {
    page(&[b"BT /F1 10 Tf [".as_slice(), &b"0 ".repeat(bytes / 2), b"] TJ ET"].concat())
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {entries} /Length {} >>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// A stream that unpacks to a beginning and so many megabytes of one byte.
fn packed(entries: &str, start: &[u8], byte: u8, megabytes: usize) -> Vec<u8> {
    let mut content = vec![0x78, 0xda];
    content.extend(flushed(start));
    content.extend(flushed(&vec![byte; MEGABYTE]).repeat(megabytes));
    content.extend(b"\x03\x00");
    stream(&format!("/Filter /FlateDecode {entries}"), &content)
}

/// Bytes compressed so that what follows stands by itself.
fn flushed(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * 1024);
    let mut compress = Compress::new(Compression::best(), false);
    compress.compress_vec(bytes, &mut out, FlushCompress::Full).expect("compressed");
    assert_eq!(compress.total_in(), bytes.len() as u64);
    out
}

const FONT: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A page with this object as its content.
fn page_of(content: usize, resources: &str) -> String {
    format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {content} 0 R \
         /Resources << /Font << /F1 3 0 R >> {resources} >> >>"
    )
}

/// A file of one page whose content is the first of these objects; they are numbered from 5, and the
/// second, where there is one, can be drawn as `X`.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let page = page_of(5, "/XObject << /X 6 0 R >>");
    let heads = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>"];
    let fixed = heads.into_iter().chain([FONT, &page]).map(|object| object.as_bytes().to_vec());
    written(fixed.chain(objects.iter().cloned()).collect())
}

/// A file of these objects, numbered from 1, the first of which is its catalogue.
fn written(objects: Vec<Vec<u8>>) -> Vec<u8> {
    let all: BTreeMap<usize, Vec<u8>> = (1..).zip(objects).collect();
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in &all {
        places.push(file.len());
        writeln!(file, "{number} 0 obj").expect("memory");
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, size) = (file.len(), all.len() + 1);
    write!(file, "xref\n0 {size}\n0000000000 65535 f \n").expect("memory");
    for place in places {
        writeln!(file, "{place:010} 00000 n ").expect("memory");
    }
    write!(
        file,
        "trailer\n<< /Size {size} /Root 1 0 R /ID [<01> <01>] >>\nstartxref\n{start}\n%%EOF\n"
    )
    .expect("memory");
    file
}
