//! Markdown as it is written, and the blocks it becomes; and plain text that is none.

use std::path::Path;

use proptest::prelude::*;

use super::super::tests::transcript;
use super::super::{Format, encoding, read as read_bytes};
use super::*;

fn of(markdown: &str) -> Vec<String> {
    transcript(&read(markdown))
}

#[test]
fn headings_paragraphs_quotes_and_code() {
    assert_eq!(
        of(
            "# Kazakhstan\n\nOverview\n--------\n\nThe *law* is **broad** in\nits `scope` &amp; \\*use\\*, \
            [it says](https://example.org \"t\").![map](map.png)<br>So.\n\n> Quoted\n> words.\n\n\
            ```\nOne\n\nTwo\n```\n\n***\n\n###### Deep"
        ),
        [
            "heading 1: Kazakhstan",
            "heading 2: Overview",
            "paragraph: The law is broad in its scope & *use*, it says. So.",
            "paragraph: Quoted words.",
            "paragraph: One",
            "paragraph: Two",
            "heading 6: Deep",
        ]
    );
}

#[test]
fn lists_tables_footnotes_and_html() {
    assert_eq!(
        of(
            "- one\n  - below\n- two\n\n  goes on\n\n7. seven\n8. eight\n\n| A | B |\n|---|---|\n| 1 | **2** |\n\n\
            The law.[^1] No note.[^2]\n\n[^1]: Of *2011*.\n\n    And after.\n\n<div><p>In HTML</p></div>\n\nEnd ~~so~~"
        ),
        [
            "item 1: one",
            "item 2: below",
            "item 1: two",
            "item 1: goes on",
            "item 1 [7]: seven",
            "item 1 [8]: eight",
            "row: A B",
            "row: 1 2",
            "paragraph: The law. No note.[^2]",
            "note [1]: Of 2011.",
            "note: And after.",
            "paragraph: In HTML",
            "paragraph: End ~~so~~",
        ]
    );
}

#[test]
fn facts_before_the_text_are_kept_aside_and_read() {
    let document = read(
        "---\ntitle: \"A report: on belief\"\ndate: 2022-06-02\nlang: en\ntags:\n  - law\n---\n\n# Text\n",
    );
    assert_eq!(document.markup.title.as_deref(), Some("A report: on belief"));
    assert_eq!(document.markup.dates, [("date".to_owned(), "2022-06-02".to_owned())]);
    assert_eq!(document.markup.language.as_deref(), Some("en"));
    let lines = transcript(&document);
    assert_eq!(lines[1], "aside (front matter) paragraph: date: 2022-06-02");
    assert_eq!(lines.last().map(String::as_str), Some("heading 1: Text"));
}

#[test]
fn two_kinds_of_signs_make_markdown() {
    for markdown in [
        "# Title\n\n## Section\n\nText.",
        "# Title\n\nSee [the law](https://example.org/law).",
        "Title\n=====\n\nA **broad** law.",
        "---\ntitle: x\n---\n\n# Title",
        "| A | B |\n|---|:--|\n| 1 | 2 |\n\n# Title",
        "## Section\n\nText.[^1]\n\n[^1]: A note.",
        "# Use\n\n```\ncode\n```\n",
    ] {
        assert!(looks_like_markdown(markdown), "{markdown}");
        assert_eq!(read_bytes(markdown.as_bytes()).expect("read").format, Format::Markdown);
    }
}

#[test]
fn plain_text_with_marks_of_its_own_is_plain_text() {
    for text in [
        "# 1 in the list\n\n# 2 in the list\n\nText with * and # and [brackets] (and these).",
        "REPORT\n======\n\nOverview\n--------\n\nText.",
        "* one\n* two\n\n- three\n\n> He wrote\n> this\n\n***\n\n---\n\n1. four",
        "[sic](see p. 4) and [1] and 2**3**4 and ** note ** and *** end ***",
        "A price of **: no one paid.\n\n**\n\nx **",
        "---\nThe report: begins here\n---\n\nText",
        "Name | Value\nA | B\n-----------\nC | D",
        "See https://example.org/[x](y) or note_[a](b)",
    ] {
        assert!(!looks_like_markdown(text), "{text}");
        assert_eq!(read_bytes(text.as_bytes()).expect("read").format, Format::Text, "{text}");
    }
}

#[test]
fn real_reports_in_plain_text_stay_plain_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let mut folders = vec![root.clone()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "txt" || kind == "json") {
                let bytes = std::fs::read(&path).expect("a report");
                let decoded = encoding::decode(&bytes).expect("decoded");
                assert!(!looks_like_markdown(&decoded.text), "{}", path.display());
                seen += 1;
            }
        }
    }
    if seen == 0 {
        eprintln!("{} is absent: passed over", root.display());
    }
}

proptest! {
    #[test]
    fn any_text_is_read_as_markdown(text in "[#*_`>|<a-z0-9&;:~!\\[\\]() \\n\\t-]{0,200}") {
        for block in read(&text).blocks {
            prop_assert!(!block.text.is_empty());
            prop_assert_eq!(normalise(&block.text), block.text.as_str());
        }
        let _ = looks_like_markdown(&text);
    }
}
