//! Exports read back by parsers of other people's, with the signs that break them.

mod common;

use biblatex::{Bibliography, ChunksExt};
use citation::export::{Entry, biblatex, csl_json, entries, key, ris};
use citation::{Pinpoint, SourceFacts, Work};
use common::{PROFILE, record, terrorism_report};
use model::{Author, AuthorKind, Evidence, Locator, Origin};
use proptest::prelude::*;

fn titled(title: &str, author: &str, kind: AuthorKind) -> Work {
    let record = record(|metadata| {
        let evidence = || Evidence::new(Origin::User, "said", "set by hand");
        metadata.title.witness(title.to_owned(), evidence());
        metadata.authors.witness(vec![Author { name: author.to_owned(), kind }], evidence());
        metadata.published.witness("2022-06".parse().expect("a month"), evidence());
        metadata.url.witness("https://example.org/a_b?c=%7B1%7D&d#e".to_owned(), evidence());
    });
    Work::of(&record, SourceFacts::default())
}

fn alone(work: Work) -> Vec<Entry> {
    vec![Entry { work, pinpoints: Vec::new() }]
}

fn counted(paragraph: u32) -> Pinpoint {
    Pinpoint::of(&Locator { paragraph: Some(paragraph), ..Locator::default() })
}

#[test]
fn there_is_one_entry_for_a_work_and_every_place_is_kept() {
    let work = Work::of(&terrorism_report(|_| {}), PROFILE);
    let other = titled("Other", "Council", AuthorKind::Institution);
    let cited =
        [(work.clone(), counted(4)), (work.clone(), counted(9)), (work.clone(), counted(4))];
    let entries = entries(cited);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].pinpoints.len(), 2);
    let written = biblatex(&entries);
    assert!(written.contains("cited: para. 4 (counted); cited: para. 9 (counted)"), "{written}");
    assert_eq!(key(&work), format!("forb-{}", work.document.as_str()));
    assert_eq!(key(&other), key(&work), "both were made of the same bytes here");
}

#[test]
fn an_institution_s_name_is_one_name_in_biblatex() {
    let author = "Bureau of Democracy, Human Rights, and Labor";
    let written =
        biblatex(&alone(titled("50% of {laws} & \\ _so_ #1~^$", author, AuthorKind::Institution)));
    let read = Bibliography::parse(&written).expect("BibLaTeX");
    let entry = read.iter().next().expect("an entry");
    let authors = entry.author().expect("authors");
    assert_eq!(authors.len(), 1, "{authors:?}");
    assert_eq!(authors[0].name, author);
    assert_eq!(
        entry.get("url").map(|url| url.format_verbatim()).as_deref(),
        Some("https://example.org/a_b?c=%7B1%7D&d#e")
    );
    let person = biblatex(&alone(titled("T", "Anna van der Berg", AuthorKind::Person)));
    let read = Bibliography::parse(&person).expect("BibLaTeX");
    let authors = read.iter().next().expect("an entry").author().expect("authors");
    assert_eq!((authors[0].name.as_str(), authors[0].prefix.as_str()), ("Berg", "van der"));
}

#[test]
fn ris_has_a_tag_on_every_line() {
    let written =
        ris(&alone(titled("One\nTY  - EVIL\r\nER  - ", "Council", AuthorKind::Institution)));
    for line in written.split("\r\n").filter(|line| !line.is_empty()) {
        assert_eq!(line.get(2..6), Some("  - "), "{line}");
        assert!(!line.contains('\n'));
    }
    assert_eq!(written.matches("\r\nER  - \r\n").count(), 1, "{written}");
    assert!(written.starts_with("TY  - ELEC\r\n"));
    assert!(written.contains("PY  - 2022\r\nDA  - 2022/06//\r\n"), "{written}");
}

#[test]
fn csl_json_keeps_the_place_and_what_is_known_of_the_date() {
    let work = titled("T", "Council", AuthorKind::Institution);
    let json = csl_json(&[Entry { work, pinpoints: vec![counted(4)] }]);
    assert_eq!(json[0]["locator"], "4 (counted)");
    assert_eq!(json[0]["label"], "paragraph");
    assert_eq!(json[0]["issued"]["date-parts"][0], serde_json::json!([2022, 6]));
    assert_eq!(json[0]["author"][0]["literal"], "Council");
    assert!(json[0].get("accessed").is_none(), "the day of capture is not known");
}

proptest! {
    #[test]
    fn any_title_leaves_a_file_that_others_read(
        title in "([{}\\\\%&$#_~^@\"=,]|[a-z]{1,5} |\\n|é){1,30}", author in "[A-Z][a-z{}\\\\%,&]{1,12}( and [A-Z][a-z]{1,6})?",
    ) {
        prop_assume!(!title.trim().is_empty());
        let written = biblatex(&alone(titled(&title, &author, AuthorKind::Institution)));
        let read = Bibliography::parse(&written);
        prop_assert!(read.is_ok(), "{:?}\n{}", read, written);
        let read = read.expect("checked");
        prop_assert_eq!(read.len(), 1);
        let authors = read.iter().next().and_then(|entry| entry.author().ok()).unwrap_or_default();
        prop_assert_eq!(authors.len(), 1, "{}", written);
        let lines = ris(&alone(titled(&title, &author, AuthorKind::Institution)));
        prop_assert!(lines.split("\r\n").all(|line| line.is_empty() || line.get(2..6) == Some("  - ")));
    }
}
