//! Search results as transcripts: on a terminal, in a pipe, as JSON.

mod common;

use common::{digest_metadata, hit, record, result, state_metadata, view};
use model::TextRange;
use query::SearchResult;
use render::{Colour, SearchView, Style, search_json, search_text};

const TEXT: &str = "NGOs expressed concerns that terrorism and “extremism” laws were applied broadly, \
                    in some cases against adherents of non-violent religious movements.";

fn two_hits() -> SearchResult {
    let state = record(&state_metadata(), 1, 10, TEXT);
    let digest = record(&digest_metadata(), 4, 200, "Laws of 2011:\nchurches are watched.");
    result(
        14,
        vec![
            hit(1, state, &["laws", "applied", "broadly, in some cases", "religious"]),
            hit(2, digest, &["Laws"]),
        ],
    )
}

/// The transcript with plain spaces before its dots, where the output has spaces that do not break.
fn on_terminal(result: &SearchResult, colour: Colour, columns: usize) -> String {
    search_text(&view("", result), Style::terminal(colour, columns)).replace('\u{a0}', " ")
}

#[test]
fn hits_on_a_terminal_without_colour_mark_matches_in_brackets() {
    assert_eq!(
        on_terminal(&two_hits(), Colour::Never, 72),
        "\
14 passages found; 1 to 2 shown, the best match first

 1  Country Reports on Terrorism: Kazakhstan
    U.S. Department of State · 2021 · Overview
    NGOs expressed concerns that terrorism and “extremism” ⟦laws⟧ were
    ⟦applied⟧ ⟦broadly, in some cases⟧ against adherents of non-violent
    ⟦religious⟧ movements.
    040g2081040g.1 · para. 1 (counted) · https://example.org/kz

 2  World Watch List: Kazakhstan
    digest of Open Doors · period unknown · Overview
    ⟦Laws⟧ of 2011:
    churches are watched.
    nananananana.4 · para. 4 (counted)
    digest in forb's own words of: Open Doors, World Watch List:
      Kazakhstan, period unknown; not a quotation of it
"
    );
}

#[test]
fn a_match_across_a_line_s_end_is_closed_there_and_opened_again() {
    let words = TextRange::new(0, 24);
    let mut one =
        result(1, vec![hit(1, record(&state_metadata(), 2, 0, "alpha beta gamma de zeta"), &[])]);
    one.hits[0].highlights = vec![words];
    assert_eq!(
        on_terminal(&one, Colour::Always, 24),
        "\
\u{1b}[2m1 passage found\u{1b}[0m

\u{1b}[2m 1  \u{1b}[0m\u{1b}[1mCountry Reports on\u{1b}[0m
    \u{1b}[1mTerrorism:\u{1b}[0m
    \u{1b}[1mKazakhstan\u{1b}[0m
    \u{1b}[2mU.S. Department of\u{1b}[0m
    \u{1b}[2mState · 2021 ·\u{1b}[0m
    \u{1b}[2mOverview\u{1b}[0m
    \u{1b}[1m\u{1b}[4m\u{1b}[33malpha beta gamma de\u{1b}[0m
    \u{1b}[1m\u{1b}[4m\u{1b}[33mzeta\u{1b}[0m
    \u{1b}[36m040g2081040g.2\u{1b}[0m\u{1b}[2m ·\u{1b}[0m
    \u{1b}[2mpara. 2 (counted)\u{1b}[0m
    \u{1b}[2mhttps://example.org/kz\u{1b}[0m
"
    );
    let plain = on_terminal(&one, Colour::Never, 24);
    assert!(plain.contains("    ⟦alpha beta gamma de\n    zeta⟧\n"), "{plain}");
}

#[test]
fn wide_characters_take_two_columns() {
    let text = "宗教の自由は保障される 宗教の自由";
    let one = result(1, vec![hit(1, record(&state_metadata(), 1, 0, text), &["自由"])]);
    let shown = on_terminal(&one, Colour::Never, 24);
    assert!(shown.contains("    宗教の⟦自由⟧は保障さ\n    れる 宗教の⟦自由⟧\n"), "{shown}");
}

#[test]
fn a_pipe_gets_one_line_a_hit() {
    assert_eq!(
        search_text(&view("", &two_hits()), Style::PIPE),
        "\
1\t040g2081040g.1\tU.S. Department of State\tCountry Reports on Terrorism: Kazakhstan\t2021\tKZ\t\
Overview\tpara. 1 (counted)\thttps://example.org/kz\tNGOs expressed concerns that terrorism and \
“extremism” ⟦laws⟧ were ⟦applied⟧ ⟦broadly, in some cases⟧ against adherents of non-violent \
⟦religious⟧ movements.\t-\t-\t-
2\tnananananana.4\tOpen Doors\tWorld Watch List: Kazakhstan\tunknown\tKZ\tOverview\t\
para. 4 (counted)\tunknown\t⟦Laws⟧ of 2011: ¶ churches are watched.\tdigest in forb's own words \
of: Open Doors, World Watch List: Kazakhstan, period unknown; not a quotation of it\t-\t-
"
    );
}

#[test]
fn json_is_as_documented() {
    assert_eq!(
        search_json(&view("laws +broadly", &result(1, vec![two_hits().hits.remove(1)]))),
        concat!(
            r#"{"format_version":1,"query":"laws +broadly","read":"laws +broadly","total":1,"own":1,"#,
            r#""documents":null,"added":[],"one_voice":null,"bounded":[],"unsorted":0,"left_out":0,"facets":[],"#,
            r#""silence":null,"hits":[{"rank":2,"score":7.5,"lifted":false,"#,
            r#""passage":{"id":"nananananana.4","text":"Laws of 2011:\nchurches are watched.","#,
            r#""section":["Overview"],"paragraph":4,"paragraph_label":null,"range":[200,235],"#,
            r#""last_paragraph":null,"page":null,"role":"body","labels":[]},"#,
            r#""document":{"id":"nananananana","title":null,"publisher":"Open Doors","#,
            r#""publisher_id":"open-doors","series":"World Watch List","#,
            r#""series_id":"open-doors-wwl","country":"KZ","period":null,"extent":"unknown","#,
            r#""url":null,"digest_of":{"publisher":"Open Doors","#,
            r#""title":"World Watch List: Kazakhstan","period":null,"sha256":"#,
            r#""f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0"},"#,
            r#""edition":null,"published":null,"captured":null,"file_name":"profile.html","captures":null},"#,
            r#""highlights":[[0,4]],"added":[],"parts":[],"folded":[],"in_document":null,"citation":null}]}"#,
            "\n"
        )
    );
}

#[test]
fn json_counts_scalar_values() {
    let text = "“Ислам” and 𐍈 laws";
    let one = result(1, vec![hit(1, record(&state_metadata(), 1, 0, text), &["Ислам", "laws"])]);
    let json: serde_json::Value =
        serde_json::from_str(&search_json(&view("x", &one))).expect("valid JSON");
    assert_eq!(json["hits"][0]["highlights"], serde_json::json!([[1, 6], [14, 18]]));
    assert_eq!(json["hits"][0]["passage"]["range"], serde_json::json!([0, 18]));
}

#[test]
fn nothing_found_is_a_valid_empty_document() {
    let none = result(0, Vec::new());
    assert_eq!(search_text(&view("", &none), Style::PIPE), "");
    assert_eq!(on_terminal(&none, Colour::Never, 80), "no passage found\n");
    assert_eq!(
        search_json(&view("\"", &none)),
        "{\"format_version\":1,\"query\":\"\\\"\",\"read\":\"\\\"\",\"total\":0,\"own\":0,\
         \"documents\":null,\"added\":[],\"one_voice\":null,\"bounded\":[],\"unsorted\":0,\"left_out\":0,\
         \"facets\":[],\"silence\":null,\"hits\":[]}\n"
    );
    let beyond = result(3, Vec::new());
    assert_eq!(
        on_terminal(&beyond, Colour::Never, 80),
        "3 passages found; none of them is this far down the list\n"
    );
}

#[test]
fn highlights_that_cannot_be_shown_are_left_out() {
    let mut one = result(1, vec![hit(1, record(&state_metadata(), 1, 0, "état de droit"), &[])]);
    let range = |start, end| TextRange { start, end };
    one.hits[0].highlights =
        vec![range(9, 4), range(6, 8), range(5, 7), range(1, 2), range(6, 6), range(9, 99)];
    let json = search_json(&view("x", &one));
    assert!(json.contains("\"highlights\":[[4,6],[6,7]]"), "{json}");
    assert!(search_text(&view("", &one), Style::PIPE).contains("état⟦ d⟧⟦e⟧ droit"));
}

#[test]
fn of_a_long_passage_a_terminal_shows_the_sentences_around_the_match_and_says_where_some_were_left_out()
 {
    let calm = "Nothing was heard of in the town that year. ";
    let (before, after) = (calm.repeat(30), calm.repeat(30));
    let text = format!("{before}The chapel was\nsealed by the police. {after}");
    let record = record(&state_metadata(), 2, 0, text.trim_end());
    let mut one = result(1, vec![hit(1, record, &["chapel"])]);
    one.hits[0].record.passage.passage.sentences = sentences(text.trim_end());
    let shown = on_terminal(&one, Colour::Never, 72);
    let words: Vec<&str> = shown.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains(
        "Nothing was heard of in the town that year. The ⟦chapel⟧ was sealed by the police. Nothing"
    ));
    assert_eq!(words.matches('…').count(), 2, "{shown}");
    assert!(words.matches("Nothing").count() < 15, "{shown}");
    let whole = SearchView { whole: true, ..view("", &one) };
    let shown = search_text(&whole, Style::terminal(Colour::Never, 72));
    assert_eq!(shown.matches("Nothing").count(), 60, "{shown}");
    assert!(!shown.contains('…'));
    // In a pipe it is whole.
    assert_eq!(search_text(&view("", &one), Style::PIPE).matches("Nothing").count(), 60);
}

/// The sentences of a text of which each ends in a full stop.
fn sentences(text: &str) -> Vec<TextRange> {
    let mut from = 0;
    let ranges = text.split_inclusive(". ").map(|sentence| {
        let range = TextRange::new(from, from + sentence.trim_end().len());
        from += sentence.len();
        range
    });
    ranges.collect()
}
