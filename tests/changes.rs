//! What changed between two editions, as `forb changes` tells it: two small editions whose
//! differences are known, and every case in which there is nothing to compare.

use serde_json::{Value, json};

use crate::harness::Library;

const OLD: &str = "The constitution protects worship at home and in public. In March the police \
    closed 12 prayer rooms near the harbour of the capital. Blasphemy is punished with three years \
    in prison under the penal code. A bishop of the old town opened a school for orphans. The \
    embassy met leaders of every community twice a year.";

const NEW: &str = "The constitution protects worship at home and in public. In March the police \
    closed 15 prayer rooms near the harbour of the capital. A bishop of the old town opened a school \
    for orphans. The embassy met leaders of every community twice a year. Parliament debated a bill \
    on the registration of burial grounds.";

fn set(year: u16, chapters: &[(&str, &str)]) -> String {
    let chapters = chapters.iter().map(|(country, text)| {
        let chapter = json!({ "name": country, "year": year, "summary": text });
        ((*country).to_owned(), chapter)
    });
    Value::Object(chapters.collect()).to_string()
}

/// Two editions: one country revised, one the same, one without text, one in each year only.
fn editions() -> Library {
    let library = Library::new();
    let old = [("Peru", OLD), ("Chad", OLD), ("Fiji", ""), ("Laos", OLD)];
    let new = [("Peru", NEW), ("Chad", OLD), ("Fiji", NEW), ("Malta", NEW)];
    for (year, chapters) in [(2021, old), (2022, new)] {
        let path = library.file(&format!("{year}.json"), set(year, &chapters));
        let series = ["--publisher", "us-state", "--series", "us-state-irf"];
        let add = ["add".as_ref(), path.as_os_str()].into_iter();
        library.forb(add.chain(series.map(AsRef::as_ref))).ends(0);
    }
    library
}

const ASK: [&str; 5] = ["changes", "--series", "us-state-irf", "--period", "2021..2022"];

fn ask(more: &[&'static str]) -> Vec<&'static str> {
    ASK.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn two_editions_are_set_beside_each_other() {
    let library = editions();
    let answer = library.forb(ask(&["--country", "PE", "--format", "json"])).ends(0).out;
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(answer["extent"], "revised");
    let statements = answer["statements"].as_array().expect("statements");
    let status: Vec<&str> =
        statements.iter().map(|of| of["status"].as_str().expect("a status")).collect();
    let count = |wanted: &str| status.iter().filter(|status| **status == wanted).count();
    assert_eq!((count("same"), count("reworded")), (3, 1), "{status:?}");
    assert_eq!((count("new"), count("dropped")), (1, 1), "{status:?}");
    let reworded = statements.iter().find(|of| of["status"] == "reworded").expect("reworded");
    let figure = &reworded["figures"][0];
    assert_eq!((&figure["old"]["value"], &figure["new"]["value"]), (&json!("12"), &json!("15")));
    let span = &reworded["marks"][0]["new"][0]["range"];
    let place = |at: usize| usize::try_from(span[at].as_u64().expect("a place")).expect("small");
    let text: Vec<char> = reworded["new"][0]["text"].as_str().expect("text").chars().collect();
    assert_eq!(text[place(0)..place(1)].iter().collect::<String>(), "15");
    // Each sentence opens to the passage it stands in.
    let id = reworded["new"][0]["passage"].as_str().expect("an id");
    assert!(library.forb(["show", id]).ends(0).out.contains("closed 15 prayer rooms"));

    let rows = library.forb(ask(&["--country", "Peru"])).ends(0).out;
    assert_eq!(rows.lines().count(), 6, "{rows}");
    let csv = library.forb(ask(&["--country", "Peru", "--format", "csv"])).ends(0).out;
    assert!(csv.starts_with("status,moved,likeness,"), "{csv}");
    let page = library.forb(ask(&["--country", "Peru", "--format", "markdown"])).ends(0).out;
    assert!(page.contains("closed **15** prayer rooms"), "{page}");
    assert!(page.contains("Figure: 12 → 15"), "{page}");
}

#[test]
fn only_what_bears_on_an_issue_is_shown() {
    let library = editions();
    let rows = library.forb(ask(&["--country", "PE", "--issue", "blasphemy"])).ends(0).out;
    assert_eq!(rows.lines().count(), 1, "{rows}");
    assert!(rows.starts_with("dropped\t") && rows.contains("Blasphemy is punished"), "{rows}");
    let wrong = library.forb(ask(&["--country", "PE", "--issue", "blasfemy"])).ends(2).err;
    assert!(wrong.contains("did you mean blasphemy"), "{wrong}");
}

#[test]
fn where_there_is_nothing_to_compare_it_says_why() {
    let library = editions();
    let said = |more: &[&'static str]| library.forb(ask(more)).ends(1).err;
    let only_old = said(&["--country", "Laos"]);
    assert!(only_old.contains("only 2021 of us-state-irf is held on Laos"), "{only_old}");
    let only_new = said(&["--country", "Malta"]);
    assert!(only_new.contains("only 2022 of us-state-irf is held on Malta"), "{only_new}");
    let neither = said(&["--country", "Kenya"]);
    assert!(neither.contains("neither 2021 nor 2022 is held on Kenya"), "{neither}");
    assert!(said(&["--country", "Fiji"]).contains("2021 is held without text"));
    let same = library.forb(ask(&["--country", "Chad"])).ends(0);
    assert!(same.err.contains("identical"), "{}", same.err);
    assert_eq!(same.out.matches("same\t").count(), 5, "{}", same.out);
    for (period, expected) in [
        ("2022..2021", "reversed: write 2021..2022"),
        ("2021", "does not name two editions"),
        ("2021..2021", "one edition twice"),
    ] {
        let line = ["changes", "--series", "us-state-irf", "--country", "PE", "--period", period];
        let wrong = library.forb(line).ends(2).err;
        assert!(wrong.contains(expected), "{wrong}");
    }
}

#[test]
fn a_table_says_how_much_each_chapter_changed() {
    let library = editions();
    let table = library.forb(ask(&["--all-countries", "--format", "json"])).ends(0).out;
    let table: Value = serde_json::from_str(&table).expect("JSON");
    let countries = table["countries"].as_array().expect("countries");
    let held: Vec<(&str, &str, &str)> = countries
        .iter()
        .map(|of| {
            let text = |key: &str| of[key].as_str().expect("text");
            (text("country"), text("held"), text("extent"))
        })
        .collect();
    assert_eq!(
        held,
        [
            ("PE", "both", "revised"),
            ("TD", "both", "identical"),
            ("FJ", "both", "only-new"),
            ("MT", "new", "only-new"),
            ("LA", "old", "only-old"),
        ]
    );
    let rows = library.forb(ask(&["--all-countries"])).ends(0).out;
    assert_eq!(rows.lines().count(), 5, "{rows}");
}

#[test]
fn a_page_says_in_words_what_was_removed_and_what_was_added() {
    let library = editions();
    let page = library.forb(ask(&["--country", "PE", "--format", "html"])).ends(0).out;
    let cue = |word: &str| format!("<span class=\"cue\">[{word}: </span>");
    assert!(page.contains(&format!("<del>{}12<", cue("removed"))), "{page}");
    assert!(page.contains(&format!("<ins>{}15<", cue("added"))), "{page}");
    // What is new or dropped is so as a whole.
    assert!(page.contains(&format!("<ins>{}Parliament debated", cue("added"))), "{page}");
    assert!(page.contains(&format!("<del>{}Blasphemy is punished", cue("removed"))), "{page}");
    assert!(page.contains("12 → 15") && page.contains("<svg"), "{page}");
    // What stayed the same is counted and not shown.
    assert!(page.contains("3 same") && !page.contains("The embassy met"), "{page}");
    let table = library.forb(ask(&["--all-countries", "--format", "html"])).ends(0).out;
    for said in ["Peru", "nothing held of 2022", "no text in 2021", "identical"] {
        assert!(table.contains(said), "{said}: {table}");
    }
    for page in [page, table] {
        assert!(page.contains("<html lang=\"en\">") && !page.contains("<script"), "{page}");
        assert_eq!(
            page.matches("http").count(),
            page.matches("http://www.w3.org/2000/svg").count()
        );
    }
}

#[test]
fn markup_in_a_report_is_no_markup_in_the_page() {
    let library = Library::new();
    let old = "The <b>court</b> closed 12 <script>alert(1)</script> rooms & halls in March.";
    for (year, text) in [(2021, old.to_owned()), (2022, old.replace("12", "15"))] {
        let path = library.file(&format!("{year}.json"), set(year, &[("Peru", &text)]));
        let series = ["--publisher", "us-state", "--series", "us-state-irf"];
        let add = ["add".as_ref(), path.as_os_str()].into_iter();
        library.forb(add.chain(series.map(AsRef::as_ref))).ends(0);
    }
    let page = library.forb(ask(&["--country", "PE", "--format", "html"])).ends(0).out;
    assert!(page.contains("&lt;b&gt;court") && page.contains("rooms &amp; halls"), "{page}");
    assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
}
