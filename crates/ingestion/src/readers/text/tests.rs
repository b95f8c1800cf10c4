//! Small texts beside the blocks they are to become.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::normalise::is_space;

/// Blocks written as lines of `shape text`: `¶` paragraph, `-` line, `1` to `9` item of that depth.
fn read_as(text: &str) -> Vec<String> {
    read(text).blocks.iter().map(line_for).collect()
}

fn line_for(block: &RawBlock) -> String {
    match block.shape {
        Shape::Paragraph => format!("¶ {}", block.text),
        Shape::Line => format!("- {}", block.text),
        Shape::ListItem(depth) => format!("{depth} {}", block.text),
        other => panic!("plain text has no {other:?}"),
    }
}

#[test]
fn a_profile_of_facts_bullets_and_questions() {
    let text = "47 Kazakhstan\n\nPersecution Type\n  • Dictatorial paranoia (Strong)\n  \
                • Clan oppression (Medium)\nChristian population\n\n4,859,000\n\n\
                What changed this year?\n\nNot much.\u{a0} But it may.\n\nDays\nHours\nMinutes\nSeconds";
    assert_eq!(
        read_as(text),
        [
            "¶ 47 Kazakhstan",
            "- Persecution Type",
            "1 • Dictatorial paranoia (Strong)",
            "1 • Clan oppression (Medium)",
            "- Christian population",
            "¶ 4,859,000",
            "¶ What changed this year?",
            "¶ Not much. But it may.",
            "- Days",
            "- Hours",
            "- Minutes",
            "- Seconds",
        ]
    );
}

#[test]
fn a_paragraph_broken_to_a_width_is_joined_and_the_lines_above_it_are_not() {
    let text = "A/HRC/22/51\nI. Introduction\n1.\n\
        The mandate of the Special Rapporteur on freedom of religion or belief was created\n\
        by Commission on Human Rights resolution 1986/20 and renewed by Human Rights\n\
        Council resolution 6/37. On 18 June 2010, the Human Rights Council adopted resolution\n\
        14/11 and subsequently appointed Heiner Bielefeldt as the mandate holder as from 1\n\
        August 2010.\n";
    let blocks = read_as(text);
    assert_eq!(blocks[..3], ["- A/HRC/22/51", "- I. Introduction", "- 1."]);
    assert_eq!(blocks.len(), 4);
    assert!(
        blocks[3].starts_with("¶ The mandate of") && blocks[3].ends_with("from 1 August 2010.")
    );
}

#[test]
fn short_lines_stay_apart() {
    let text = "Bureau of Democracy, Human Rights, and Labor\nJuly 30, 2012\n\nExecutive Summary";
    let expected = [
        "- Bureau of Democracy, Human Rights, and Labor",
        "- July 30, 2012",
        "¶ Executive Summary",
    ];
    assert_eq!(read_as(text), expected);
}

#[test]
fn long_lines_are_paragraphs_without_blank_lines_between_them() {
    let long = "The law restricts what unregistered groups may do. ".repeat(4);
    let blocks = read_as(&format!("{long}\n{long}\nnotes in lower case"));
    assert_eq!(blocks.len(), 3);
    assert!(blocks[0].starts_with('¶') && blocks[1].starts_with('¶'));
    assert_eq!(blocks[2], "- notes in lower case");
}

#[test]
fn wrapped_items_and_nested_items() {
    let text = "Measures:\n- registration of every community, which the\n  law requires\n    \
                - with a fee\n- a ban\n* a note";
    assert_eq!(
        read_as(text),
        [
            "- Measures:",
            "1 - registration of every community, which the law requires",
            "2 - with a fee",
            "1 - a ban",
            "- * a note",
        ]
    );
}

#[test]
fn enumerators_are_items_only_in_company() {
    let text = "(a) A national report;\n\n(b) A compilation;\n\n(c) A summary.";
    assert_eq!(
        read_as(text),
        ["1 (a) A national report;", "1 (b) A compilation;", "1 (c) A summary."]
    );
    assert_eq!(read_as("(a) Alone"), ["¶ (a) Alone"]);
    assert_eq!(read_as("1.\nText"), ["- 1.", "- Text"]);
}

#[test]
fn a_bullet_alone_on_its_line_belongs_to_the_next() {
    assert_eq!(read_as("•\nPray for safety.\n•\nPray."), ["1 • Pray for safety.", "1 • Pray."]);
}

#[test]
fn hyphens_at_line_ends_are_kept_and_reported() {
    let text = "outlawing groups that do not register, effectively criminaliz-\n\
                ing independent communities, and their pre- and\npost-election campaigns.";
    let document = read(text);
    assert!(document.blocks[0].text.contains("effectively criminaliz-ing independent"));
    assert_eq!(document.blocks.len(), 1);
    assert_eq!(document.warnings, ["1 word is divided at a line's end; its hyphen is kept"]);
}

#[test]
fn columns_side_by_side_are_kept_line_by_line_and_reported() {
    let row = "In 2018, religious freedom conditions        without providing just compensation\n";
    let document = read(&row.repeat(3));
    assert_eq!(document.blocks.len(), 3);
    let warning = "3 lines look like columns side by side and are kept line by line: check them";
    assert_eq!(document.warnings, [warning]);
}

#[test]
fn contents_with_dot_leaders_stay_line_by_line() {
    let text = "Introduction............................................................ 1–4 3\n\
                summary of the proceedings.............................................. 5–94 3";
    assert_eq!(read_as(text).len(), 2);
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|&c| !is_space(c) && c != '\u{feff}').nfc().collect()
}

proptest! {
    #[test]
    fn no_character_is_lost(
        text in "([A-Za-z.,•*()-]{1,12}|[ \t\u{a0}]{1,3}|\r\n|\n|\n\n|\u{c}|\u{2028}|é|e\u{301}|’|1\\)|\u{ad}){0,120}"
    ) {
        let blocks = read(&text).blocks;
        let together: String = blocks.iter().map(|block| block.text.as_str()).collect();
        prop_assert_eq!(without_spaces(&together), without_spaces(&text));
        for block in &blocks {
            prop_assert!(!block.text.is_empty());
            prop_assert_eq!(normalise(&block.text), block.text.as_str());
        }
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        for block in read(&text).blocks {
            prop_assert!(!block.text.is_empty());
            prop_assert_eq!(normalise(&block.text), block.text.as_str());
        }
    }
}
