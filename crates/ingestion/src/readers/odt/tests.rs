//! OpenDocument texts as they are written, and the blocks they become.

use proptest::prelude::*;

use super::super::archive::tests::pack;
use super::super::tests::transcript;
use super::super::{ReadError, read};

const TYPE: &str = "application/vnd.oasis.opendocument.text";
const STYLES: &str = "<office:document-styles><office:styles>\
    <style:style style:name='Title' style:family='paragraph'/>\
    <style:style style:name='Ghost' style:family='text'><style:text-properties text:display='none'/></style:style>\
    </office:styles><office:master-styles><style:master-page><style:header><text:p>Annual report</text:p></style:header>\
    <style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page>\
    </office:master-styles></office:document-styles>";
const META: &str = "<office:document-meta><office:meta><dc:title>Belief</dc:title>\
    <meta:creation-date>2021-05-12T08:00:00</meta:creation-date><dc:date>2023-01-01</dc:date>\
    <dc:language>fr-FR</dc:language></office:meta></office:document-meta>";

fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>\
         <style:style style:name='P1' style:parent-style-name='Title'/>\
         <style:style style:name='T1' style:parent-style-name='Ghost'/>\
         </office:automatic-styles><office:body><office:text>{body}</office:text></office:body>\
         </office:document-content>"
    );
    let manifest = "<manifest:manifest/>";
    pack(&[
        ("mimetype", TYPE),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
        ("styles.xml", STYLES),
        ("meta.xml", META),
    ])
}

fn of(body: &str) -> Vec<String> {
    let lines = transcript(&read(&odt(body)).expect("read"));
    assert_eq!(
        lines.first().map(String::as_str),
        Some("aside (page head) paragraph: Annual report")
    );
    assert_eq!(lines.last().map(String::as_str), Some("aside (page foot) paragraph: Page 1"));
    lines[1..lines.len() - 1].to_vec()
}

#[test]
fn headings_paragraphs_and_spaces() {
    assert_eq!(
        of("<text:sequence-decls/><text:p text:style-name='P1'>The title</text:p>\
            <text:table-of-content><text:table-of-content-source><text:index-title-template>Contents\
            </text:index-title-template></text:table-of-content-source><text:index-body>\
            <text:p>Overview<text:tab/>3</text:p></text:index-body></text:table-of-content>\
            <text:h text:outline-level='2'><text:number>II.</text:number>Legal frame<text:span>work</text:span></text:h>\
            <text:p>One<text:s text:c='3'/>two<text:line-break/>three &amp;\n four</text:p><text:p/>\
            <text:h text:outline-level='9'>Deep</text:h>"),
        [
            "heading 1: The title",
            "aside (table of contents) paragraph: Overview 3",
            "heading 2 [II]: Legal framework",
            "paragraph: One two three & four",
            "heading 6: Deep",
        ]
    );
}

#[test]
fn lists_have_depth() {
    assert_eq!(
        of("<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item>\
            <text:p>below</text:p></text:list-item></text:list></text:list-item><text:list-item>\
            <text:h text:outline-level='1'>A heading</text:h></text:list-item></text:list>\
            <text:p>after</text:p>"),
        ["item 1: one", "item 2: below", "heading 1: A heading", "paragraph: after"]
    );
}

#[test]
fn tables_notes_and_boxes() {
    assert_eq!(
        of(
            "<table:table><table:table-row><table:table-cell><text:p>Population</text:p></table:table-cell>\
            <table:table-cell><text:p>4,859,000<text:note><text:note-citation>1</text:note-citation>\
            <text:note-body><text:p>A census.</text:p></text:note-body></text:note></text:p></table:table-cell>\
            <table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell></table:table-row></table:table>\
            <text:p>The law<text:note text:note-class='endnote'><text:note-citation>*</text:note-citation><text:note-body>\
            <text:list><text:list-item><text:p>See above.</text:p></text:list-item></text:list><text:p>And below.</text:p>\
            </text:note-body></text:note> stands<draw:frame><svg:title>A picture</svg:title><draw:text-box>\
            <text:p>Boxed</text:p></draw:text-box></draw:frame>\
            <draw:custom-shape><text:p>Shaped</text:p></draw:custom-shape>.</text:p>"
        ),
        [
            "row: Population 4,859,000",
            "note [1]: A census.",
            "paragraph: The law stands.",
            "note [*]: See above.",
            "note: And below.",
            "paragraph: Boxed",
            "paragraph: Shaped",
        ]
    );
}

#[test]
fn changes_are_read_as_accepted_and_what_is_hidden_is_not_read() {
    let document = read(&odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>\
         </text:changed-region></text:tracked-changes><text:p>Kept<text:change text:change-id='c'/>\
         <text:span text:style-name='T1'>hidden</text:span><office:annotation><text:p>Why?</text:p></office:annotation>\
         <text:a xlink:href='https://example.org/'>, linked</text:a></text:p>\
         <text:section text:display='none'><text:p>gone</text:p></text:section>",
    ))
    .expect("read");
    assert_eq!(transcript(&document)[1], "paragraph: Kept, linked");
    assert_eq!(document.blocks.len(), 3);
    assert_eq!(
        document.warnings,
        [
            "1 deletion is recorded in the file and left out: its changes are read as accepted",
            "1 comment is left out",
        ]
    );
}

#[test]
fn the_meta_data_state_title_language_and_day() {
    let document = read(&odt("<text:p>x</text:p>")).expect("read");
    assert_eq!(document.format.name(), "odt");
    assert_eq!(document.markup.title.as_deref(), Some("Belief"));
    assert_eq!(document.markup.language.as_deref(), Some("fr-FR"));
    let created = ("meta:creation-date".to_owned(), "2021-05-12T08:00:00".to_owned());
    assert_eq!(document.markup.dates, [created]);
}

#[test]
fn a_bad_file_says_what_is_wrong_with_it() {
    let error = |bytes: &[u8]| read(bytes).expect_err("an error");
    assert!(matches!(error(&odt("<text:p>")), ReadError::Damaged { .. }));
    let locked = pack(&[
        ("mimetype", TYPE),
        ("content.xml", "\u{1}\u{2}"),
        (
            "META-INF/manifest.xml",
            "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
        ),
    ]);
    assert_eq!(
        error(&locked).to_string(),
        "the file is an OpenDocument text (ODT) that is encrypted; save it without its password \
         and add that"
    );
    assert!(error(&pack(&[("mimetype", TYPE)])).to_string().contains("no part \"content.xml\""));
    let table = pack(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]);
    assert!(error(&table).to_string().contains("is an OpenDocument table (ODS)"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_nesting_is_read_or_refused(names in prop::collection::vec(0..12_usize, 0..40)) {
        const NAMES: [&str; 12] = [
            "p", "h", "list", "table-row", "table-cell", "note", "note-body", "note-citation",
            "text-box", "span", "annotation", "number",
        ];
        let mut body = String::new();
        for &name in &names {
            body += &format!("<t:{0}>x<t:{0}/>", NAMES[name]);
        }
        for &name in names.iter().rev() {
            body += &format!("</t:{}>", NAMES[name]);
        }
        let _ = read(&odt(&body));
    }
}
