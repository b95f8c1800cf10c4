//! Word files as they are written, and the blocks they become.

use proptest::prelude::*;

use super::super::archive::tests::pack;
use super::super::tests::transcript;
use super::super::{ReadError, read};

const TYPES: &str = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";
const PACKAGE: &str = "<Relationships>\
    <Relationship Id='r1' Type='x/officeDocument' Target='word/document.xml'/>\
    <Relationship Id='r2' Type='x/core-properties' Target='docProps/core.xml'/></Relationships>";
const RELATED: &str = "<Relationships>\
    <Relationship Id='r1' Type='x/styles' Target='styles.xml'/>\
    <Relationship Id='r2' Type='x/numbering' Target='numbering.xml'/>\
    <Relationship Id='r3' Type='x/footnotes' Target='footnotes.xml'/>\
    <Relationship Id='r4' Type='x/endnotes' Target='/word/endnotes.xml'/>\
    <Relationship Id='r5' Type='x/header' Target='header1.xml'/>\
    <Relationship Id='r6' Type='x/hyperlink' Target='https://example.org/' TargetMode='External'/>\
    </Relationships>";
const CORE: &str = "<cp:coreProperties><dc:title>Report on  belief</dc:title>\
    <dc:language>en-GB</dc:language><dcterms:created>2022-06-02T10:00:00Z</dcterms:created>\
    </cp:coreProperties>";
const STYLES: &str = "<w:styles>\
    <w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/></w:style>\
    <w:style w:type='paragraph' w:styleId='T'><w:name w:val='Title'/></w:style>\
    <w:style w:type='paragraph' w:styleId='D'><w:name w:val='Date'/><w:basedOn w:val='T'/></w:style>\
    <w:style w:type='paragraph' w:styleId='H1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='H2'><w:name w:val='heading 2'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Mine'><w:name w:val='My heading'/><w:basedOn w:val='H2'/></w:style>\
    <w:style w:type='paragraph' w:styleId='C'><w:name w:val='caption'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Toc'><w:name w:val='toc 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Num'><w:name w:val='Numbered'/><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>\
    <w:style w:type='character' w:styleId='Ghost'><w:name w:val='ghost'/><w:rPr><w:vanish/></w:rPr></w:style>\
    </w:styles>";
const NUMBERING: &str = "<w:numbering>\
    <w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='-'/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId='1'>\
    <w:lvl w:ilvl='0'><w:start w:val='12'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%2)'/></w:lvl>\
    <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='%1.%2.%3'/></w:lvl>\
    </w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
    <w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num></w:numbering>";
const FOOTNOTES: &str = "<w:footnotes>\
    <w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
    <w:footnote w:id='1'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> Law No. 7.</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id='2'><w:p><w:r><w:t>Second.</w:t></w:r></w:p><w:p><w:r><w:t>It goes on.</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id='3'><w:p><w:r><w:t>* Starred.</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id='9'><w:p><w:r><w:t>Never referred to.</w:t></w:r></w:p></w:footnote></w:footnotes>";
const ENDNOTES: &str = "<w:endnotes><w:endnote w:id='1'><w:p><w:r><w:t>At the end.</w:t></w:r></w:p></w:endnote></w:endnotes>";
const HEADER: &str = "<w:hdr><w:p><w:r><w:t>Annual report</w:t></w:r></w:p></w:hdr>";

/// A Word file with this body.
fn docx(body: &str) -> Vec<u8> {
    let document = format!("<?xml version='1.0'?><w:document><w:body>{body}</w:body></w:document>");
    pack(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", PACKAGE),
        ("docProps/core.xml", CORE),
        ("word/_rels/document.xml.rels", RELATED),
        ("word/document.xml", &document),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", FOOTNOTES),
        ("word/endnotes.xml", ENDNOTES),
        ("word/header1.xml", HEADER),
    ])
}

fn p(style: &str, content: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{content}</w:p>")
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

fn of(body: &str) -> Vec<String> {
    transcript(&read(&docx(body)).expect("read"))
}

#[test]
fn headings_paragraphs_and_captions() {
    let body = [
        p("T", &r("The title")),
        p("D", &r("2 June 2022")),
        p("Toc", &r("Overview 3")),
        p("H1", &r("Overview")),
        p("Mine", &r("A style made from a heading")),
        p("Normal", &(r("Of two ") + &r("runs &amp; one") + "<w:r><w:tab/><w:t>tab</w:t></w:r>")),
        p("C", &r("Figure 1")),
        "<w:p><w:pPr><w:outlineLvl w:val='2'/></w:pPr><w:r><w:t>Third level</w:t></w:r></w:p>"
            .into(),
        "<w:p/>".into(),
        "<w:sectPr><w:headerReference w:type='default' r:id='r5'/></w:sectPr>".into(),
    ]
    .concat();
    assert_eq!(
        of(&body),
        [
            "aside (page head) paragraph: Annual report",
            "heading 1: The title",
            "paragraph: 2 June 2022",
            "aside (table of contents) paragraph: Overview 3",
            "heading 1: Overview",
            "heading 2: A style made from a heading",
            "paragraph: Of two runs & one tab",
            "caption: Figure 1",
            "heading 3: Third level",
        ]
    );
}

#[test]
fn lists_have_depth_and_numbers_are_counted_as_word_counts_them() {
    let item = |list: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr>{}</w:p>",
            r(text)
        )
    };
    let body = [
        item(1, 0, "a bullet"),
        p("Num", &r("twelve")),
        item(2, 1, "a"),
        item(2, 1, "b"),
        item(2, 2, "deep"),
        p("Num", &r("thirteen")),
        item(2, 1, "a again"),
        item(0, 0, "no list"),
    ]
    .concat();
    assert_eq!(
        of(&body),
        [
            "item 1: a bullet",
            "item 1 [12]: twelve",
            "item 2 [a]: a",
            "item 2 [b]: b",
            "item 3 [12.b.i]: deep",
            "item 1 [13]: thirteen",
            "item 2 [a]: a again",
            "paragraph: no list",
        ]
    );
}

#[test]
fn rows_are_blocks_and_a_single_cell_is_a_frame() {
    let cell = |content: &str| format!("<w:tc><w:tcPr/>{content}</w:tc>");
    let plain = |text: &str| cell(&format!("<w:p>{}</w:p>", r(text)));
    let row = |cells: &str| format!("<w:tr><w:trPr/>{cells}</w:tr>");
    let two = format!("<w:p>{}</w:p><w:p>{}</w:p>", r("one"), r("two"));
    let deleted = format!("<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{}</w:tr>", plain("gone"));
    let body = format!(
        "<w:tbl>{}{}{}{deleted}</w:tbl>",
        row(&(plain("Government") + &plain("") + &plain("Republic"))),
        row(&(cell(&two) + &plain("three"))),
        row(&cell(&(two.clone() + "<w:tbl>" + &row(&(plain("a") + &plain("b"))) + "</w:tbl>"))),
    );
    assert_eq!(
        of(&body),
        [
            "row: Government Republic",
            "row: one two three",
            "paragraph: one",
            "paragraph: two",
            "row: a b",
        ]
    );
}

#[test]
fn notes_follow_their_paragraph_with_their_numbers() {
    let note = |id: u8| format!("<w:r><w:footnoteReference w:id='{id}'/></w:r>");
    let starred = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='3'/><w:t>*</w:t></w:r>";
    let end = "<w:r><w:endnoteReference w:id='1'/></w:r>";
    let body = format!(
        "<w:p>{}{}{}{starred}{}</w:p><w:tbl><w:tr><w:tc><w:p>{}{}</w:p></w:tc><w:tc><w:p>{}{end}</w:p></w:tc></w:tr></w:tbl>",
        r("The law"),
        note(1),
        r(" forbids"),
        r(" it."),
        r("cell"),
        note(2),
        r("other"),
    );
    assert_eq!(
        of(&body),
        [
            "paragraph: The law forbids it.",
            "note [1]: Law No. 7.",
            "note [*]: Starred.",
            "row: cell other",
            "note [2]: Second.",
            "note: It goes on.",
            "note [i]: At the end.",
        ]
    );
}

#[test]
fn notes_are_counted_anew_where_the_file_says_so() {
    let note = |id: u8| format!("<w:r><w:footnoteReference w:id='{id}'/></w:r>");
    let body = |restart: &str| {
        let section = format!(
            "<w:sectPr><w:footnotePr><w:numRestart w:val='{restart}'/></w:footnotePr></w:sectPr>"
        );
        let (one, two) = (note(1), note(2));
        format!("<w:p><w:pPr>{section}</w:pPr>{one}</w:p><w:p>{two}</w:p>{section}")
    };
    let second = "note: It goes on.";
    assert_eq!(of(&body("continuous")), ["note [1]: Law No. 7.", "note [2]: Second.", second]);
    assert_eq!(of(&body("eachSect")), ["note [1]: Law No. 7.", "note [1]: Second.", second]);
    assert_eq!(of(&body("eachPage")), ["note: Law No. 7.", "note: Second.", second]);
}

#[test]
fn changes_are_read_as_accepted_and_what_is_hidden_is_not_read() {
    let body = "<w:p><w:r><w:t>Kept</w:t></w:r>\
        <w:ins w:id='1'><w:r><w:t xml:space='preserve'> and inserted</w:t></w:r></w:ins>\
        <w:del w:id='2'><w:r><w:delText>deleted</w:delText></w:r></w:del>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
        <w:r><w:rPr><w:rStyle w:val='Ghost'/></w:rPr><w:t>ghost</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t xml:space='preserve'> and shown</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK x </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t xml:space='preserve"
        .to_owned()
        + "'> and linked</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>\
        <w:hyperlink r:id='r6'><w:r><w:t xml:space='preserve'> twice</w:t></w:r></w:hyperlink>\
        <w:r><w:commentReference w:id='0'/></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del w:id='3'/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>One </w:t></w:r></w:p>\
        <w:p><w:r><w:t>paragraph</w:t></w:r></w:p>\
        <w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p><w:p><w:r><w:t>Not lost</w:t></w:r></w:p>";
    let document = read(&docx(&body)).expect("read");
    assert_eq!(
        transcript(&document),
        [
            "paragraph: Kept and inserted and shown and linked twice",
            "paragraph: One paragraph",
            "paragraph: Not lost",
        ]
    );
    assert_eq!(
        document.warnings,
        [
            "1 deletion is recorded in the file and left out: its changes are read as accepted",
            "1 comment is left out",
        ]
    );
}

#[test]
fn boxes_follow_the_paragraph_they_hang_on_and_are_read_once() {
    let boxed = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:posOffset>12</wp:posOffset>{boxed}\
         </w:drawing></mc:Choice><mc:Fallback><w:pict>{boxed}</w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r>{}</w:p>",
        r("Around "),
        r("it")
    );
    assert_eq!(of(&body), ["paragraph: Around it", "paragraph: In the box"]);
}

#[test]
fn the_core_properties_state_title_language_and_day() {
    let document = read(&docx(&p("Normal", &r("x")))).expect("read");
    assert_eq!(document.format.name(), "docx");
    assert_eq!(document.markup.title.as_deref(), Some("Report on belief"));
    assert_eq!(document.markup.language.as_deref(), Some("en-GB"));
    let created = ("dcterms:created".to_owned(), "2022-06-02T10:00:00Z".to_owned());
    assert_eq!(document.markup.dates, [created]);
}

#[test]
fn a_bad_file_says_what_is_wrong_with_it() {
    let error = |bytes: &[u8]| read(bytes).expect_err("an error");
    assert_eq!(
        error(&docx("<w:p>")).to_string(),
        "the file is a Word file (DOCX) that is damaged: its part \"word/document.xml\" is not \
         well-formed at byte 46; open it to see whether it is whole, and capture it again"
    );
    let none = pack(&[("[Content_Types].xml", TYPES), ("word/other.xml", "<a/>")]);
    assert!(error(&none).to_string().contains("it has no part \"word/document.xml\""));
    assert_eq!(error(&docx("<w:p/>")), ReadError::NoText);
    let whole = docx(&p("Normal", &r("x")));
    assert!(matches!(error(&whole[..whole.len() / 2]), ReadError::Damaged { .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_mutation_is_read_or_refused(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()
    ) {
        let mut bytes = docx(&p("H1", &r("Some words")));
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(&bytes);
        let _ = read(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn any_nesting_is_read_or_refused(names in prop::collection::vec(0..12_usize, 0..40)) {
        const NAMES: [&str; 12] = [
            "p", "r", "t", "tr", "tc", "tbl", "txbxContent", "pPr", "rPr", "del", "ins", "trPr",
        ];
        let mut body = String::new();
        for &name in &names {
            body += &format!("<w:{0}>x<w:{0}/>", NAMES[name]);
        }
        for &name in names.iter().rev() {
            body += &format!("</w:{}>", NAMES[name]);
        }
        let _ = read(&docx(&body));
    }
}
