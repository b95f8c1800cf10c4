//! The plain lines that attribute a quotation, as transcripts.

use citation::{locator_line, source_line, work_name};
use model::{
    CharacterRange, ContentHash, Country, DigestOf, DocumentSummary, Extent, Locator, Metadata,
    Page, Publisher, Series,
};

fn unknown() -> DocumentSummary {
    let hash = ContentHash([7; 32]);
    Metadata::of_capture(hash).summary(&hash.document_id())
}

fn terrorism_report() -> DocumentSummary {
    DocumentSummary {
        publisher: Some(Publisher {
            id: "us-state".into(),
            name: "U.S. Department of State".into(),
        }),
        series: Some(Series {
            id: "us-state-crt".into(),
            name: "Country Reports on Terrorism".into(),
        }),
        country: Country::find("KZ"),
        period: "2021".parse().ok(),
        ..unknown()
    }
}

#[test]
fn a_report_without_a_title_is_named_by_series_and_country() {
    assert_eq!(
        source_line(&terrorism_report()),
        "U.S. Department of State, Country Reports on Terrorism: Kazakhstan, period 2021"
    );
    let dated = DocumentSummary { edition: Some("2021".into()), ..terrorism_report() };
    assert_eq!(
        source_line(&dated),
        "U.S. Department of State, Country Reports on Terrorism 2021: Kazakhstan"
    );
}

#[test]
fn nothing_is_named_twice() {
    let titled = |title: &str| DocumentSummary {
        title: Some(title.into()),
        edition: Some("2021".into()),
        ..terrorism_report()
    };
    for title in [
        "Country Reports on Terrorism 2021: Kazakhstan",
        "COUNTRY REPORTS ON TERRORISM 2021 – Kazakhstan",
    ] {
        assert_eq!(work_name(&titled(title)), title);
        assert_eq!(source_line(&titled(title)), format!("U.S. Department of State, {title}"));
    }
    assert_eq!(
        source_line(&titled("Kazakhstan")),
        "U.S. Department of State, Country Reports on Terrorism 2021: Kazakhstan"
    );
    assert_eq!(
        source_line(&titled("Kazakhstan 2021")),
        "U.S. Department of State, Country Reports on Terrorism: Kazakhstan 2021"
    );
    assert_eq!(
        source_line(&titled("U.S. Department of State: Country Reports on Terrorism 2021")),
        "U.S. Department of State: Country Reports on Terrorism 2021: Kazakhstan"
    );
}

#[test]
fn what_is_less_than_the_work_is_said_to_be() {
    let of = |extent| source_line(&DocumentSummary { extent, ..terrorism_report() });
    let whole = source_line(&terrorism_report());
    assert_eq!(of(Extent::Full), whole);
    assert_eq!(of(Extent::Summary), format!("{whole}, summary only"));
    assert_eq!(of(Extent::Excerpt), format!("{whole}, excerpt only"));
}

#[test]
fn an_edition_is_not_a_period() {
    let list = DocumentSummary {
        publisher: Some(Publisher { id: "open-doors".into(), name: "Open Doors".into() }),
        series: Some(Series { id: "open-doors-wwl".into(), name: "World Watch List".into() }),
        edition: Some("2024".into()),
        period: "2022-10/2023-09".parse().ok(),
        ..terrorism_report()
    };
    assert_eq!(
        source_line(&list),
        "Open Doors, World Watch List 2024: Kazakhstan, period 2022-10 to 2023-09"
    );
}

#[test]
fn what_is_unknown_is_said_to_be() {
    assert_eq!(source_line(&unknown()), "publisher unknown, title unknown, period unknown");
    let one = DocumentSummary { country: Country::find("Niger"), ..unknown() };
    assert_eq!(source_line(&one), "publisher unknown, title unknown: Niger, period unknown");
    let other = DocumentSummary { title: Some("A note on Nigeria".into()), ..one };
    assert_eq!(work_name(&other), "A note on Nigeria: Niger");
}

#[test]
fn a_digest_is_never_passed_off_as_its_original() {
    let digest = DocumentSummary {
        digest_of: Some(DigestOf {
            publisher: "Open Doors".into(),
            title: "World Watch List: Kazakhstan".into(),
            period: None,
            sha256: ContentHash([1; 32]),
        }),
        ..terrorism_report()
    };
    assert_eq!(
        source_line(&digest),
        "digest in forb's own words of: Open Doors, World Watch List: Kazakhstan, period unknown; \
         not a quotation of it"
    );
}

#[test]
fn places_are_said_as_they_are_printed_or_counted() {
    let characters = CharacterRange { start: 120, end: 180 };
    let place = Locator { characters, ..Locator::default() };
    assert_eq!(locator_line(&place), "characters 120 to 180 of its text");
    let counted = Locator { paragraph: Some(4), ..place.clone() };
    assert_eq!(locator_line(&counted), "para. 4 (counted)");
    let several = Locator { last_paragraph: Some(6), ..counted.clone() };
    assert_eq!(locator_line(&several), "paras. 4–6 (counted)");
    let printed = Locator {
        page: Some(Page { physical: 14, label: Some("12".into()) }),
        section: vec!["Legislation".into(), "Police".into()],
        paragraph_label: Some("124".into()),
        ..several
    };
    assert_eq!(
        locator_line(&printed),
        "p. 12 (PDF p. 14), section “Legislation › Police”, para. 124"
    );
    let page = |physical, label: Option<&str>| {
        let page = Some(Page { physical, label: label.map(str::to_owned) });
        locator_line(&Locator { page, ..Locator::default() })
    };
    assert_eq!(page(14, None), "PDF p. 14");
    assert_eq!(page(14, Some("14")), "p. 14");
    assert_eq!(page(4, Some("iv")), "p. iv (PDF p. 4)");
}
