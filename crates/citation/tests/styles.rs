//! Citations in each style, the rule of its manual named.

mod common;

use citation::style::{CslFile, Reference, Style};
use citation::{Pinpoint, SourceFacts, Work};
use common::{PROFILE, record, terrorism_report};
use model::{Author, AuthorKind, Evidence, Locator, Metadata, Origin, Page};

fn said<T>(finding: &mut model::Finding<T>, value: T) {
    finding.witness(value, Evidence::new(Origin::User, "said", "set by hand"));
}

/// The report with its title, address and dates set.
fn full(told: impl FnOnce(&mut Metadata)) -> Work {
    let record = terrorism_report(|metadata| {
        said(&mut metadata.title, "Country Reports on Terrorism 2021: Kazakhstan".to_owned());
        metadata.published = model::Finding::default();
        said(&mut metadata.published, "2023-02-27".parse().expect("a date"));
        said(&mut metadata.captured, "2023-06-05".parse().expect("a date"));
        said(&mut metadata.url, "https://www.state.gov/reports/kazakhstan/".to_owned());
        told(metadata);
    });
    Work::of(&record, PROFILE)
}

/// A paragraph that forb counted, under a heading.
fn counted() -> Pinpoint {
    let section = vec!["Overview".to_owned()];
    Pinpoint::of(&Locator { paragraph: Some(4), section, ..Locator::default() })
}

/// A printed paragraph on a page.
fn printed() -> Pinpoint {
    let page = Some(Page { physical: 14, label: Some("12".into()) });
    Pinpoint::of(&Locator { paragraph_label: Some("124".into()), page, ..Locator::default() })
}

fn cite(style: Style, work: &Work, pinpoint: &Pinpoint) -> (String, String) {
    let Reference { citation, bibliography } = style.cite(work, pinpoint).expect("a citation");
    (citation.to_plain(), bibliography.map(|entry| entry.to_plain()).unwrap_or_default())
}

#[test]
fn apa_7_10_4_a_report_by_an_organisation() {
    let (citation, entry) = cite(Style::Apa, &full(|_| {}), &counted());
    // §8.28: no page, so the heading and a paragraph counted by hand, here marked as such.
    assert_eq!(
        citation,
        "(Bureau of Counterterrorism, 2023, “Overview” section, para. 4 [counted])"
    );
    assert_eq!(
        entry,
        "Bureau of Counterterrorism. (2023). Country Reports on Terrorism 2021: Kazakhstan. U.S. \
         Department of State. https://www.state.gov/reports/kazakhstan/ [archived copy, captured 5 \
         June 2023]"
    );
    let (citation, _) = cite(Style::Apa, &full(|_| {}), &printed());
    assert_eq!(citation, "(Bureau of Counterterrorism, 2023, para. 124)");
}

#[test]
fn apa_7_9_24_a_publisher_that_is_the_author_is_named_once_and_9_17_no_date() {
    let work = Work::of(&terrorism_report(|_| {}), SourceFacts::default());
    let (citation, entry) = cite(Style::Apa, &work, &Pinpoint::default());
    assert_eq!(citation, "(U.S. Department of State, n.d.)");
    assert_eq!(
        entry,
        "U.S. Department of State. (n.d.). Country Reports on Terrorism 2021: Kazakhstan."
    );
}

#[test]
fn apa_7_9_a_year_alone_has_no_comma_after_it() {
    let page = record(|metadata| {
        said(&mut metadata.title, "A page".to_owned());
        said(&mut metadata.published, "2024".parse().expect("a year"));
        said(&mut metadata.url, "https://example.org/".to_owned());
        let name = "Anna van der Berg".to_owned();
        said(&mut metadata.authors, vec![Author { name, kind: AuthorKind::Person }]);
    });
    let (_, entry) =
        cite(Style::Apa, &Work::of(&page, SourceFacts::default()), &Pinpoint::default());
    assert_eq!(entry, "van der Berg, A. (2024). A page. https://example.org/");
}

#[test]
fn chicago_18_14_53_a_note_names_the_heading_where_nothing_is_numbered() {
    let (note, entry) = cite(Style::Chicago, &full(|_| {}), &counted());
    assert_eq!(
        note,
        "Bureau of Counterterrorism, Country Reports on Terrorism 2021: Kazakhstan (U.S. Department \
         of State, 2023), under “Overview”, https://www.state.gov/reports/kazakhstan/; archived copy, \
         captured 5 June 2023."
    );
    assert_eq!(
        entry,
        "Bureau of Counterterrorism. Country Reports on Terrorism 2021: Kazakhstan. U.S. Department \
         of State, 2023. https://www.state.gov/reports/kazakhstan/. Archived copy, captured 5 June \
         2023."
    );
    let note = Style::Chicago.cite(&full(|_| {}), &printed()).expect("a note").citation;
    assert!(note.to_plain().contains(", para. 124, "));
    assert!(note.to_html().contains("<i>Country Reports on Terrorism 2021: Kazakhstan</i>"));
    assert!(note.to_markdown().contains("*Country Reports on Terrorism 2021: Kazakhstan*"));
}

#[test]
fn mla_9_5_an_author_that_is_the_publisher_is_left_out() {
    let work = Work::of(&terrorism_report(|_| {}), SourceFacts::default());
    let (citation, entry) = cite(Style::Mla, &work, &printed());
    assert_eq!(citation, "(Country Reports on Terrorism 2021: Kazakhstan, par. 124)");
    assert_eq!(entry, "Country Reports on Terrorism 2021: Kazakhstan. U.S. Department of State.");
}

#[test]
fn harvard_vancouver_and_ieee_give_the_day_of_capture_as_the_day_of_access() {
    let work = full(|_| {});
    let (citation, entry) = cite(Style::Harvard, &work, &printed());
    assert_eq!(citation, "(Bureau of Counterterrorism, 2023, para. 124)");
    assert_eq!(
        entry,
        "Bureau of Counterterrorism (2023) Country Reports on Terrorism 2021: Kazakhstan. \
         Washington, D.C.: U.S. Department of State. Available at: \
         https://www.state.gov/reports/kazakhstan/ (Accessed: 5 June 2023)."
    );
    let (citation, entry) = cite(Style::Ieee, &work, &printed());
    assert_eq!(citation, "[1, Para. 124]");
    assert!(entry.contains("Accessed: Jun. 05, 2023. [Online]. Available: https"), "{entry}");
    let (citation, entry) = cite(Style::Vancouver, &work, &printed());
    assert_eq!(citation, "(1)");
    assert!(entry.contains("[cited 2023 Jun 5]"), "{entry}");
    // Citing Medicine, 2nd edition: an entry begins with its authors.
    assert!(entry.starts_with("1. Bureau of Counterterrorism. Country Reports"), "{entry}");
}

#[test]
fn oscola_4_3_4_1_a_report_without_full_stops_in_abbreviations() {
    let (note, entry) = cite(Style::Oscola, &full(|_| {}), &counted());
    assert_eq!(
        note,
        "Bureau of Counterterrorism, ‘Country Reports on Terrorism 2021: Kazakhstan’ (US Department \
         of State, 27 February 2023) under ‘Overview’ <https://www.state.gov/reports/kazakhstan/> \
         archived copy, captured 5 June 2023."
    );
    assert!(!entry.ends_with('.') && !entry.contains("under"), "{entry}");
    let (note, _) = cite(Style::Oscola, &full(|_| {}), &printed());
    assert!(note.contains("2023) para 124 <"), "{note}");
    assert!(!note.contains("counted"), "{note}");
}

#[test]
fn bluebook_15_1_d_the_subdivision_comes_before_its_department() {
    let (note, _) = cite(Style::Bluebook, &full(|_| {}), &printed());
    assert_eq!(
        note,
        "Bureau of Counterterrorism, U.S. Dep’t of State, Country Reports on Terrorism 2021: \
         Kazakhstan ¶ 124 (Feb. 27, 2023), https://www.state.gov/reports/kazakhstan/ (archived copy, \
         captured June 5, 2023)."
    );
    let html = Style::Bluebook.cite(&full(|_| {}), &counted()).expect("a note").citation.to_html();
    assert!(html.contains("small-caps\">Country Reports on Terrorism 2021: Kazakhstan</span>"));
    assert!(html.contains("(under “Overview”)") && !html.contains('¶'), "{html}");
}

#[test]
fn euaa_a_footnote_carries_url_and_the_list_the_address() {
    let reference = Style::Euaa.cite(&full(|_| {}), &printed()).expect("a note");
    assert_eq!(
        reference.citation.to_markdown(),
        "U.S. Department of State, Bureau of Counterterrorism, *Country Reports on Terrorism 2021: \
         Kazakhstan*, 27 February 2023, [url](https://www.state.gov/reports/kazakhstan/), para. 124, \
         archived copy, captured 5 June 2023"
    );
    let undated = Work::of(&terrorism_report(|_| {}), PROFILE);
    let (note, _) = cite(Style::Euaa, &undated, &Pinpoint::default());
    assert!(note.ends_with("Kazakhstan, n.d."), "{note}");
}

#[test]
fn a_digest_says_so_in_every_style_and_what_is_unknown_is_not_guessed() {
    let digest = full(|metadata| {
        metadata.digest_of = Some(model::DigestOf {
            publisher: "U.S. Department of State".into(),
            title: "Country Reports on Terrorism 2021: Kazakhstan".into(),
            period: None,
            sha256: model::ContentHash([9; 32]),
        });
    });
    let nothing = Work::of(&record(|metadata| metadata.added = "2026-01-02".parse().ok()), PROFILE);
    for style in Style::ALL {
        let (note, entry) = cite(style, &digest, &counted());
        let said = format!("{note}{entry}");
        assert!(said.contains("igest in forb's own words of"), "{}: {said}", style.name());
        let (note, entry) = cite(style, &nothing, &Pinpoint::default());
        assert!(!format!("{note}{entry}").contains("2026"), "{}: {note}{entry}", style.name());
        assert_eq!(style.name().parse(), Ok(style));
    }
}

#[test]
fn a_style_of_the_user_s_is_read_and_what_is_none_is_refused() {
    let xml = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
        <info><title>Plain</title><id>plain</id><updated>2024-01-01T00:00:00+00:00</updated></info>
        <citation><layout suffix="."><group delimiter=", "><text variable="title" font-style="italic"/>
        <text variable="locator"/></group></layout></citation></style>"#;
    let style = CslFile::read(xml).expect("a style");
    assert_eq!(style.title(), "Plain");
    let reference = style.cite(&full(|_| {}), &printed()).expect("a note");
    assert_eq!(
        reference.citation.to_markdown(),
        "*Country Reports on Terrorism 2021: Kazakhstan*, 124."
    );
    assert_eq!(reference.bibliography, None);
    for xml in [
        "",
        "not xml",
        "<html></html>",
        "<style>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><style>&b;</style>",
    ] {
        let error = CslFile::read(xml).expect_err(xml);
        assert!(error.to_string().contains("no CSL style"), "{error}");
    }
    assert!("chicagoo".parse::<Style>().is_err());
}
