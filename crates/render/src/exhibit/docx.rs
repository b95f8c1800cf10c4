//! Exhibits as a Word file: the parts that Office Open XML asks of a document with headings, quotations and
//! a table of what is known. It holds no macro, no field and no address that Word would load.

use std::io::{Cursor, Write};

use citation::style::{Run, StyledText};
use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

use super::{Exhibit, TITLE, exhibits};
use crate::cite::CitedQuotation;
use crate::safe::safe;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    </Types>";
const PACKAGE: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    </Relationships>";
const PARTS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    </Relationships>";

/// Each style: its id, its name, how its paragraphs and how its letters look.
const STYLES: [(&str, &str, &str, &str); 4] = [
    ("Title", "Title", "", "<w:rPr><w:b/><w:sz w:val=\"36\"/></w:rPr>"),
    (
        "Heading1",
        "heading 1",
        "<w:pPr><w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/></w:pPr>",
        "<w:rPr><w:b/><w:sz w:val=\"28\"/></w:rPr>",
    ),
    ("Quote", "Quote", "<w:pPr><w:ind w:left=\"567\" w:right=\"567\"/></w:pPr>", ""),
    (
        "Known",
        "Known",
        "<w:pPr><w:spacing w:after=\"40\"/></w:pPr>",
        "<w:rPr><w:sz w:val=\"20\"/></w:rPr>",
    ),
];

/// The exhibits as the bytes of a Word file. The same exhibits give the same bytes.
///
/// # Errors
/// When the parts could not be packed.
pub fn exhibit_docx(cited: &[CitedQuotation]) -> std::io::Result<Vec<u8>> {
    let mut body = paragraph("Title", &run(TITLE, ""));
    for Exhibit { heading, quoted, cited, rows } in exhibits(cited) {
        body.push_str(&paragraph("Heading1", &run(&heading, "")));
        for line in &quoted {
            body.push_str(&paragraph("Quote", &run(line, "")));
        }
        body.push_str(&paragraph("", &styled(&cited.reference.citation)));
        for (name, value) in rows {
            let named = run(&format!("{name}: "), "<w:b/>");
            body.push_str(&paragraph("Known", &(named + &run(&value, ""))));
        }
    }
    let document = format!(
        "<w:document xmlns:w=\"{MAIN}\"><w:body>{body}<w:sectPr><w:pgSz w:w=\"11906\" \
         w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" \
         w:left=\"1440\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body>\
         </w:document>"
    );
    packed(&document).map_err(std::io::Error::other)
}

fn packed(document: &str) -> ZipResult<Vec<u8>> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let styles = styles();
    for (name, part) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", PACKAGE),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/styles.xml", &styles),
    ] {
        file.start_file(name, SimpleFileOptions::default())?;
        file.write_all(HEAD.as_bytes())?;
        file.write_all(part.as_bytes())?;
    }
    Ok(file.finish()?.into_inner())
}

fn styles() -> String {
    let style = |(id, name, paragraph, run): (&str, &str, &str, &str)| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"Normal\"/>{paragraph}{run}</w:style>"
        )
    };
    let named: String = STYLES.into_iter().map(style).collect();
    format!(
        "<w:styles xmlns:w=\"{MAIN}\"><w:style w:type=\"paragraph\" w:default=\"1\" \
         w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"120\"/></w:pPr>\
         <w:rPr><w:sz w:val=\"24\"/></w:rPr></w:style>{named}</w:styles>"
    )
}

fn paragraph(style: &str, runs: &str) -> String {
    let style = match style {
        "" => String::new(),
        style => format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"),
    };
    format!("<w:p>{style}{runs}</w:p>")
}

fn run(text: &str, look: &str) -> String {
    let look = if look.is_empty() { String::new() } else { format!("<w:rPr>{look}</w:rPr>") };
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

fn styled(text: &StyledText) -> String {
    let of = |piece: &Run| match piece {
        Run::Plain(text) | Run::Link(text) => run(text, ""),
        Run::Italic(text) => run(text, "<w:i/>"),
        Run::SmallCaps(text) => run(text, "<w:smallCaps/>"),
        Run::Linked { text, url } => run(&format!("{text} <{url}>"), ""),
    };
    text.runs().iter().map(of).collect()
}

/// Text for XML: its signs are escaped, and what XML cannot hold is replaced.
fn escaped(text: &str) -> String {
    safe(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
