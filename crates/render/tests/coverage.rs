//! `coverage` as transcripts.

mod common;

use std::collections::BTreeSet;

use common::{document, state_metadata};
use model::{ContentHash, Country, DocumentRecord, Evidence, Extent, Metadata, Origin};
use proptest::prelude::*;
use query::{Coverage, Filters, coverage};
use render::{Colour, CoverageView, Style, coverage_csv, coverage_markdown, coverage_text};
use unicode_width::UnicodeWidthStr;

fn held(byte: u8, country: &str, period: &str, words: u64) -> DocumentRecord {
    let known = state_metadata();
    let mut metadata = Metadata::of_capture(ContentHash([byte; 32]));
    let user = || Evidence::new(Origin::User, "x", "stated");
    metadata.series = known.series;
    metadata.country.witness(Country::find(country).expect("known"), user());
    metadata.period.witness(period.parse().expect("a period"), user());
    metadata.extent.witness(Extent::Summary, user());
    metadata.file_name = format!("{country}.txt");
    document(metadata, u32::from(words > 0), words, 0)
}

fn some() -> Coverage {
    let mut twice = held(1, "Gambia", "2021", 1200);
    twice.folded.push("set.json: Gambia, The".into());
    let mut nowhere = document(Metadata::of_capture(ContentHash([9; 32])), 1, 500, 0);
    nowhere.metadata.file_name = "page.txt".into();
    let documents = [
        twice,
        held(2, "Chad", "2021", 40),
        held(3, "Gambia", "2022", 1300),
        held(4, "Armenia", "2022", 0),
        nowhere,
    ];
    coverage(&documents, &BTreeSet::from(["us-state-crt".to_owned()]), &Filters::default())
}

fn on_terminal(view: CoverageView, columns: usize) -> String {
    let style = Style::terminal(Colour::Never, columns);
    coverage_text(&some(), view, style).replace('\u{a0}', " ")
}

#[test]
fn an_overview_names_what_is_empty_short_folded_and_missing() {
    assert_eq!(
        on_terminal(CoverageView::Overview, 100),
        "\
series unknown
  period unknown  0 countries · 1 document · 500 words · extent unknown

Country Reports on Terrorism  us-state-crt
  2021  3 records · 2 countries · 2 documents · 1,240 words · summary only
    too short (under 100 words): Chad
    stands twice with the same text, folded: Gambia
    missing: Armenia
  2022  2 countries · 2 documents · 1,300 words · summary only
    empty: Armenia
    missing: Chad

not recognised
  144gj289144g  page.txt · series and country unknown

Summaries and excerpts say little by their silence; what is empty, too short or missing says nothing
at all.
forb coverage --matrix shows every country, --country NAME one of them.
"
    );
}

#[test]
fn a_matrix_has_countries_down_and_editions_across() {
    let shown = on_terminal(CoverageView::Matrix, 100);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(
        &lines[..6],
        [
            "                 unknown  us-state-crt  us-state-crt",
            "                 unknown          2021          2022",
            "Armenia                ·       missing         empty",
            "Chad                   ·      40 short       missing",
            "Gambia                 ·    1,200 sum.    1,300 sum.",
            "country unknown    500 ?             ·             ·",
        ]
    );
}

#[test]
fn a_country_is_listed_with_what_is_missing_of_it() {
    let shown = on_terminal(CoverageView::Countries, 100);
    assert!(
        shown.contains(
            "Chad  TD\n         40  Country Reports on Terrorism, 2021  summary  too short to mean \
             anything\n    missing  Country Reports on Terrorism, 2022\n"
        ),
        "{shown}"
    );
}

#[test]
fn a_pipe_a_spreadsheet_and_a_table_get_the_same_cells() {
    let rows = coverage_text(&some(), CoverageView::Overview, Style::PIPE);
    assert!(rows.contains("us-state-crt\t2022\tTD\t0\t0\t-\tmissing\t0\tChad\t0\n"), "{rows}");
    let csv = coverage_csv(&some());
    assert!(csv.starts_with("series_id,period,country,"), "{csv}");
    assert!(csv.contains("us-state-crt,2021,GM,1,1200,summary,held,1,Gambia,0\r\n"), "{csv}");
    assert_eq!(csv.lines().count(), rows.lines().count() + 1);
    let table = coverage_markdown(&some());
    assert!(table.contains("| Gambia | · | 1,200 sum. | 1,300 sum. |\n"), "{table}");
}

proptest! {
    #[test]
    fn no_line_of_a_matrix_is_wider_than_the_terminal(columns in 40usize..140) {
        for line in on_terminal(CoverageView::Matrix, columns).lines() {
            prop_assert!(line.width() <= columns, "{line}");
        }
    }
}
