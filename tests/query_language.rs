//! The query language as a user meets it: what is said of how a query was read, hostile queries, and
//! which words of real reports are marked for every kind of clause.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::{Library, TERRORISM, real_reports};

fn ruritania() -> Library {
    let library = Library::new();
    library.add("report.txt", TERRORISM).ends(0);
    library
}

#[test]
fn how_a_query_is_read_can_be_shown() {
    let library = ruritania();
    let query = "publisher:us-state (temple OR \"two temples\"^2) -church*";
    let ran = library.forb(["search", "--explain-query", query]).ends(0);
    assert_eq!(
        ran.out,
        "read as: +publisher:\"us-state\" temple \"two temples\"^2 -church*\n  \
           needed: publisher is us-state\n  \
           any of: the word temple in any form\n  \
           any of: “two temples”: these words one after the other, in these forms, counted 2 times\n  \
           without: words of the shape church*\n"
    );
    assert_eq!(ran.err, "");
    let exact = library.forb(["search", "--explain-query", "--exact", "temples"]).ends(0).out;
    assert_eq!(exact, "read as: \"temples\"\n  needed: “temples” in this form\n");
    assert_eq!(library.search(["--exact", "temple"]).len(), 0);
    assert_eq!(library.search(["--exact", "temples"]).len(), 1);
}

#[test]
fn what_is_taken_literally_is_pointed_at() {
    let library = ruritania();
    let said = |query: &str| library.forb(["search", "--explain-query", query]).ends(0).err;
    assert_eq!(
        said("temples contry:KZ"),
        "note: at character 9: `contry` is no field, and was searched as a word; did you mean \
         country:?\n  temples contry:KZ\n          ^^^^^^^\n"
    );
    let unknown = said("issue:blasfemy publisher:\"us stat\" group:ahmadis");
    assert!(unknown.contains("`blasfemy` is no issue known here"), "{unknown}");
    assert!(unknown.contains("did you mean blasphemy"), "{unknown}");
    assert!(unknown.contains("publisher:\"us stat\""), "{unknown}");
    assert_eq!(unknown.matches("note: ").count(), 2, "{unknown}");
    assert_eq!(library.forb(["search", "--quiet", "(temples"]).ends(0).err, "");
}

#[test]
fn fields_of_a_query_restrict_as_the_options_do() {
    let library = ruritania();
    for (query, found) in [
        ("temples series:us-state-crt", 1),
        ("temples series:\"Country Reports on Terrorism\"", 1),
        ("temples -publisher:us-state", 0),
        ("temples period:2021", 1),
        ("temples period:2022..", 0),
        ("temples section:legislation", 0),
        ("temples extent:(full OR unknown)", 1),
        ("temples country:KZ", 0),
        ("publisher:open-doors OR closed", 1),
    ] {
        assert_eq!(library.search([query]).len(), found, "{query}");
    }
}

#[test]
fn hostile_queries_are_answered() {
    let library = ruritania();
    let long = "x".repeat(1024);
    let queries = [
        "+temples country:KZ ".repeat(6_000),
        "(".repeat(10_000) + "temples" + &")".repeat(10_000),
        "(a OR ".repeat(10_000),
        "*".into(),
        "t*".into(),
        "*e* ????".into(),
        format!("{long}~"),
        format!("{}b", "*a".repeat(500)),
        "(foo|bar).*baz$ [a-z]+ \\d{3}".into(),
        "country: period: issue:".into(),
        "nofield:x country:Nowhere".into(),
        "period:2023..2019".into(),
        "\u{1}\u{7}\u{1b}[31m temples".into(),
        "\u{202e}selpmet\u{200f} \u{2066}".into(),
        "🙏 temples 👩‍👩‍👧".into(),
        "AND OR NOT".into(),
        "\"temples ^ ~ ( +".into(),
        "temples^999999999999999999999 \"a b\"~99999999999999999999".into(),
        ":::: ^^^^ ~~~~ ((((".into(),
    ];
    for query in queries {
        let begun = Instant::now();
        let ran = library.forb(["search", "--", &query]);
        let shown: String = query.chars().take(40).collect();
        assert!(ran.code < 2, "{shown}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{shown}: {}", ran.err);
        assert!(!ran.err.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{shown}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{shown}");
    }
}

/// The passage of a hit with its marks, which count characters.
fn marked(hit: &Value) -> String {
    let mut text: Vec<char> = hit["passage"]["text"].as_str().expect("text").chars().collect();
    let place = |span: &Value, end: usize| span[end].as_u64().expect("a place") as usize;
    for span in hit["highlights"].as_array().expect("highlights").iter().rev() {
        text.insert(place(span, 1), ']');
        text.insert(place(span, 0), '[');
    }
    text.into_iter().collect()
}

#[test]
fn words_of_real_passages_are_marked_exactly() {
    let Some(reports) = real_reports("words_of_real_passages_are_marked_exactly") else { return };
    let library = Library::new();
    library.forb(["add".as_ref(), reports.join("seeds").as_os_str()]).ends(0);
    let plain = "The government continued to implement its five-year (2018-22) program against \
        “religious extremism” and terrorism, but NGOs and independent observers expressed concerns \
        that terrorism and “extremism” laws were applied broadly, in some cases against political \
        opponents and adherents of non-violent religious movements.";
    for (query, words, sentence) in [
        (
            "\"religious extremism\"",
            &["religious extremism"][..],
            plain.replace("religious extremism", "[religious extremism]"),
        ),
        (
            "\"broadly terrorism\"~5",
            &["terrorism", "broadly"],
            plain.replace("that terrorism", "that [terrorism]").replace("broadly", "[broadly]"),
        ),
        (
            "\"law extremism\"~0",
            &["extremism", "laws"],
            plain.replace("“extremism” laws", "“[extremism]” [laws]"),
        ),
        (
            "terroris* +opponents",
            &["terrorist", "terrorism", "terrorism", "opponents"],
            plain.replace("terrorism", "[terrorism]").replace("opponents", "[opponents]"),
        ),
        (
            "extremsim~ +opponents",
            &["extremism", "extremism", "opponents"],
            plain.replace("extremism", "[extremism]").replace("opponents", "[opponents]"),
        ),
        (
            "kazakstan~ \"applied broadly\"",
            &["Kazakhstan", "Kazakhstani", "applied broadly"],
            plain.replace("applied broadly", "[applied broadly]"),
        ),
        (
            "kazakstan~1 \"applied broadly\"",
            &["Kazakhstan", "applied broadly"],
            plain.replace("applied broadly", "[applied broadly]"),
        ),
        (
            "(non-violent OR nothing) -genocide country:KZ",
            &["non-violent"],
            plain.replace("non-violent", "[non-violent]"),
        ),
    ] {
        let hits = library.search(["--limit", "100", "--series", "us-state-crt", "--", query]);
        let texts: Vec<String> = hits.iter().map(marked).collect();
        let text = texts.iter().find(|text| text.contains("on guard against"));
        let text = text.unwrap_or_else(|| panic!("{query}: {texts:?}"));
        let found: Vec<&str> =
            text.split('[').skip(1).filter_map(|part| Some(part.split_once(']')?.0)).collect();
        assert_eq!(found, words, "{query}");
        let spaces = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(spaces(text).contains(&sentence), "{query}: {text}");
    }
    let far = library.search(["--series", "us-state-crt", "--", "\"broadly terrorism\"~4"]);
    assert_eq!(far.len(), 0, "the nearest are five words apart");
}

#[test]
fn the_query_language_has_a_manual_page() {
    let library = Library::new();
    let page = library.forb(["manual", "query"]).ends(0).out;
    for line in [".TH FORB-QUERY 7", "\n.SH FIELDS\n", "\\fBcountry:KZ\\fR", ".SH EXAMPLES"] {
        assert!(page.contains(line), "{line}");
    }
    assert!(library.forb(["manual"]).ends(0).out.contains("forb"));
}
