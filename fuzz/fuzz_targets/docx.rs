//! The parts of a Word file, in an archive that is whole: the story first, then styles, numbering,
//! footnotes, endnotes, a head, a foot, properties. Each is made well-formed, unless it begins with `!`.
#![no_main]

use forb_fuzz::pieces::{Pieces, pack, well_formed};
use ingestion::SourceFile;
use ingestion::profiles::Profiles;
use libfuzzer_sys::fuzz_target;

const PACKAGE: &str = "<Relationships>\
    <Relationship Id='r1' Type='x/officeDocument' Target='word/document.xml'/>\
    <Relationship Id='r2' Type='x/core-properties' Target='docProps/core.xml'/></Relationships>";
const RELATED: &str = "<Relationships>\
    <Relationship Id='r1' Type='x/styles' Target='styles.xml'/>\
    <Relationship Id='r2' Type='x/numbering' Target='numbering.xml'/>\
    <Relationship Id='r3' Type='x/footnotes' Target='footnotes.xml'/>\
    <Relationship Id='r4' Type='x/endnotes' Target='endnotes.xml'/>\
    <Relationship Id='r5' Type='x/header' Target='header.xml'/>\
    <Relationship Id='r6' Type='x/footer' Target='footer.xml'/></Relationships>";

fuzz_target!(|bytes: &[u8]| {
    let text = forb_fuzz::text(bytes);
    let pieces = Pieces::of(&text);
    let part = |at: usize, element: &str| match pieces.get(at).strip_prefix('!') {
        Some(raw) => raw.to_owned(),
        None => format!("<{element}>{}</{element}>", well_formed(pieces.get(at))),
    };
    let body = match pieces.get(0).strip_prefix('!') {
        Some(raw) => raw.to_owned(),
        None => {
            let edges =
                "<w:sectPr><w:headerReference r:id='r5'/><w:footerReference r:id='r6'/></w:sectPr>";
            let story = well_formed(pieces.get(0));
            format!("<w:document><w:body>{story}{edges}</w:body></w:document>")
        }
    };
    let file = pack(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", PACKAGE),
        ("word/_rels/document.xml.rels", RELATED),
        ("word/document.xml", &body),
        ("word/styles.xml", &part(1, "w:styles")),
        ("word/numbering.xml", &part(2, "w:numbering")),
        ("word/footnotes.xml", &part(3, "w:footnotes")),
        ("word/endnotes.xml", &part(4, "w:endnotes")),
        ("word/header.xml", &part(5, "w:hdr")),
        ("word/footer.xml", &part(6, "w:ftr")),
        ("docProps/core.xml", &part(7, "cp:coreProperties")),
    ]);
    forb_fuzz::reads(&SourceFile::new("fuzz", file), Profiles::built_in());
});
