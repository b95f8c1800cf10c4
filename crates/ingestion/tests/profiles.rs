//! The built-in profiles on small texts of our own, laid out as the publishers lay theirs out: what
//! each is recognised as, and what becomes of its lines.

use ingestion::profiles::Profiles;
use ingestion::segment::segment;
use ingestion::{ReadDocument, SourceFile, read};
use model::Role;

fn read_text(text: &str) -> ReadDocument {
    let source = SourceFile::new("page.txt", text.as_bytes());
    read(&source, Profiles::built_in()).expect("readable")
}

/// Series, country, period, day of publication and edition, `?` for what is unknown.
fn known(text: &str) -> [String; 5] {
    let metadata = read_text(text).document.metadata;
    let shown = |value: Option<String>| value.unwrap_or_else(|| "?".to_owned());
    [
        shown(metadata.series.value.map(|series| series.id)),
        shown(metadata.country.value.map(|country| country.code().to_owned())),
        shown(metadata.period.value.map(|period| period.to_string())),
        shown(metadata.published.value.map(|day| day.to_string())),
        shown(metadata.edition.value),
    ]
}

/// Every passage with its paragraph and section.
fn passages(text: &str) -> Vec<String> {
    let place = |p: &model::Passage| {
        let label = p.locator.paragraph_label.clone().unwrap_or_default();
        format!("{label} [{}] {}", p.locator.section.join(" > "), p.text)
    };
    segment(&read_text(text).document).iter().map(place).collect()
}

const UPR: &str = "\
United Nations\tA/HRC/99/10
Distr.: General 5 March 2031
Original: English

Universal Periodic Review

Report of the Working Group on the Universal Periodic Review*

Islamic Republic of Iran
* The annex to the present report is circulated as received.

Contents
Paragraphs Page
Introduction.................................... 1–3 3
I. Summary of the proceedings of the review process.................................... 4–5 3

Introduction

1.
The Working Group on the Universal Periodic Review, established in accordance with Human Rights Council resolution 5/1, held its ninetieth session from 28 January to 8 February 2031. The review of Iran was held at the 3rd meeting.

2.
It received:

(a)
A report of the State;

(b)
A summary of letters.

A/HRC/99/10 Page 3

3. A list of questions was sent.

I. Summary of the proceedings of the review process

A. Presentation by the State under review

4.
The delegation spoke.
";

#[test]
fn a_review_of_the_united_nations_is_known_by_its_title_page_and_first_paragraph() {
    let expected = ["un-upr", "IR", "2031-01-28/2031-02-08", "2031-03-05", "?"];
    assert_eq!(known(UPR), expected);
    let read = read_text(UPR);
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
    let evidence = &read.document.metadata.country.evidence;
    assert_eq!(evidence[0].quote.as_deref(), Some("Islamic Republic of Iran"));
    assert_eq!(evidence[1].quote.as_deref(), Some("The review of Iran was held at"));
}

#[test]
fn printed_numbers_are_locators_and_passages_are_prose() {
    let places = passages(UPR);
    assert!(places[0].starts_with("1 [Introduction] The Working Group on"), "{places:#?}");
    assert_eq!(
        places[1..],
        [
            "2 [Introduction] It received:\n(a)\nA report of the State;\n(b)\nA summary of letters.",
            "3 [Introduction] A list of questions was sent.",
            "4 [I. Summary of the proceedings of the review process > A. Presentation by the State \
             under review] The delegation spoke.",
        ]
    );
    let document = read_text(UPR).document;
    let of = |role| {
        let blocks = document.blocks().iter().filter(move |block| block.role == role);
        blocks.map(|block| document.text_of(block)).collect::<Vec<_>>()
    };
    assert_eq!(of(Role::Number), ["1.", "2.", "(a)", "(b)", "3.", "4."]);
    assert_eq!(of(Role::Chrome), ["A/HRC/99/10 Page 3"]);
    assert!(document.text().contains("\n3. A list"), "a number in the line stays in it");
}

#[test]
fn where_two_places_disagree_the_country_stays_unknown_with_both_as_evidence() {
    let text = UPR.replace("The review of Iran", "The review of Grenada");
    let country = read_text(&text).document.metadata.country;
    assert_eq!(country.value, None);
    let notes: Vec<&str> = country.evidence.iter().map(|e| e.note.as_str()).collect();
    assert!(notes[0].contains("IR; another place says otherwise"), "{notes:?}");
    assert!(notes[1].contains("GD; another place says otherwise"), "{notes:?}");
}

#[test]
fn a_special_rapporteurs_report_needs_more_than_a_mention() {
    let text = "A/HRC/99/51\nI. Introduction\n1.\nThe mandate of the Special Rapporteur on freedom of religion or belief was created long ago.\n";
    assert_eq!(known(text)[..2], ["un-srforb", "?"]);
    assert!(passages(text)[0].starts_with("1 [I. Introduction] The mandate"));
    let mention = "A/HRC/99/52\nI. Introduction\n1.\nThe Special Rapporteur on freedom of religion or belief was quoted.\n";
    assert_eq!(known(mention)[0], "?");
}

#[test]
fn a_note_of_where_a_file_was_taken_from_gives_the_address_and_nothing_else() {
    let text = "# url: https://example.org/a (2022 Report on International Religious Freedom: Chad)\n\nA paragraph about nothing in particular, long enough to be one.";
    let read = read_text(text);
    let metadata = &read.document.metadata;
    assert_eq!(metadata.url.value.as_deref(), Some("https://example.org/a"));
    assert_eq!(metadata.url.evidence[0].note, "first line of the file");
    assert_eq!(metadata.series.value, None);
    assert!(metadata.country.evidence.is_empty(), "{:?}", metadata.country.evidence);
    assert_eq!(read.document.blocks()[0].role, Role::FrontMatter);
}

#[test]
fn an_address_tells_series_country_and_year_of_a_page_that_says_nothing() {
    let page = |url: &str| format!("# url: {url}\n\nThe constitution protects belief.");
    let state = "https://www.state.gov/reports";
    for (url, expected) in [
        (
            format!("{state}/2021-report-on-international-religious-freedom/nauru/"),
            ["us-state-irf", "NR", "2021"],
        ),
        (
            format!("{state}/2021-country-reports-on-human-rights-practices/nauru/"),
            ["us-state-hrr", "NR", "2021"],
        ),
        (
            format!(
                "https://web.archive.org/web/2023/{state}/country-reports-on-terrorism-2021/nauru"
            ),
            ["us-state-crt", "NR", "2021"],
        ),
        (
            "https://www.uscirf.gov/countries/north-korea".to_owned(),
            ["uscirf-countries", "KP", "?"],
        ),
        (
            "https://freedomhouse.org/country/sri-lanka/freedom-world/2023".to_owned(),
            ["freedom-in-the-world", "LK", "?"],
        ),
        (
            "https://www.hrw.org/world-report/2023/country-chapters/cuba".to_owned(),
            ["hrw-world-report", "CU", "?"],
        ),
        ("https://www.state.gov/about/".to_owned(), ["?", "?", "?"]),
    ] {
        assert_eq!(known(&page(&url))[..3], expected, "{url}");
    }
    let elsewhere = read_text(&page("https://notstate.gov/")).document.metadata;
    assert_eq!(elsewhere.publisher.value, None);
}

#[test]
fn a_copy_of_a_state_report_gives_its_period_and_day_in_words() {
    let text = "2011 Report on International Religious Freedom - Chad\n\nBureau of Democracy, Human Rights, and Labor\nJuly 30, 2012\n\n[Covers calendar year from 1 January 2011 to 31 December 2011]\n\nExecutive Summary\n\nThe law protects belief.";
    assert_eq!(known(text), ["us-state-irf", "TD", "2011", "2012-07-30", "2011"]);
    assert_eq!(passages(text), [" [Executive Summary] The law protects belief."]);
}

#[test]
fn a_page_flattened_to_one_line_is_cut_again_at_its_headings() {
    let second = "Section II. Status of Government Respect for Religious Freedom";
    let text = format!(
        "HomeReportsOffice of International Religious Freedom2022 Report on International Religious \
         Freedom…Chad hide 2022 Report on International Religious Freedom: Chad Download Report In \
         this section / Executive Summary Executive Summary Section I. Religious Demography {second} \
         Legal Framework Government Practices Section III. Status of Societal Respect for Religious \
         Freedom Section IV. U.S. Government Policy and Engagement Executive Summary The law protects \
         belief. As the Executive Summary of others says, much is open. Section I. Religious \
         Demography Most believe. {second} Legal Framework It is written. Government Practices It \
         was done."
    );
    assert_eq!(known(&text)[..3], ["us-state-irf", "TD", "2022"]);
    assert_eq!(
        passages(&text),
        [
            " [Executive Summary] The law protects belief. As the Executive Summary of others says, \
             much is open."
                .to_owned(),
            " [Section I. Religious Demography] Most believe.".to_owned(),
            format!(" [{second} > Legal Framework] It is written."),
            format!(" [{second} > Government Practices] It was done."),
        ]
    );
    assert!(read_text(&text).warnings[0].contains("flattened to one line"));
}

#[test]
fn other_publishers_are_known_by_several_of_their_fixed_lines() {
    for (text, expected) in [
        (
            "Country Policy and Information Note\nPakistan: Ahmadis\nVersion 5.0\nSeptember 2021\n\nExecutive summary\n\nIt is a note.\n\nIndependent Advisory Group on Country Information\n",
            ["uk-cpin", "PK", "?", "2021-09", "5.0"],
        ),
        (
            "Cuba: Freedom in the World 2023 Country Report\n\nPR Political Rights\n\nFew.\n",
            ["freedom-in-the-world", "CU", "?", "?", "2023"],
        ),
        (
            "World Report 2023: Cuba\n\nEvents of 2022\n\nMuch happened.\n",
            ["hrw-world-report", "CU", "2022", "?", "2023"],
        ),
        (
            "Amnesty International Report 2021/22\nThe State of the World’s Human Rights\nCuba\n\nMuch happened.\n",
            ["amnesty-annual-report", "CU", "?", "?", "2021/22"],
        ),
        (
            "16 November 2023\nKAZAKHSTAN: A meeting was stopped\nBy A. Reporter, Forum 18\n\nIt was.\n\n(END)\n",
            ["forum-18-news", "KZ", "?", "2023-11-16", "?"],
        ),
        (
            "The World Factbook\n\nExplore All Countries - Cuba\n\nPeople and Society\n\nMany.\n\nMilitary and Security\n\nSome.\n",
            ["cia-world-factbook", "CU", "?", "?", "?"],
        ),
        (
            "World Watch Research\n\nCuba: Full Country Dossier\n\nReporting period: 1 October 2021 - 30 September 2022\n\nCopyright note\n\nWords.\n",
            ["open-doors-dossier", "CU", "2021-10-01/2022-09-30", "?", "?"],
        ),
        (
            "CUBA\nTIER 2 | USCIRF-RECOMMENDED FOR SPECIAL WATCH LIST\n\nKEY FINDINGS\n\nIn 2018, religious freedom conditions in Cuba changed.\n",
            ["uscirf-ar", "CU", "2018", "?", "?"],
        ),
        ("They read Freedom in the World and the World Report.\n", ["?", "?", "?", "?", "?"]),
    ] {
        assert_eq!(known(text), expected, "{text}");
    }
}

#[test]
fn every_series_describes_itself_and_every_publisher_states_its_terms() {
    for series in &Profiles::built_in().series {
        let description = series.description.as_deref().unwrap_or("");
        assert!(description.len() > 150 && !description.contains('\n'), "{}", series.id);
    }
    for publisher in &Profiles::built_in().publishers {
        assert!(publisher.licence.is_some(), "{}", publisher.id);
    }
}
