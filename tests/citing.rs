//! Quotations cited and checked: `cite` and `verify`, over the digests of the repository's own corpus.

use std::fs;

use serde_json::Value;

use crate::harness::{Library, Ran, repository, word_file, word_paragraph};

/// A library with the digests of the repository.
fn digests() -> Library {
    let library = Library::new();
    let corpus = library.root().join("corpus");
    for folder in ["records", "digests"] {
        fs::create_dir_all(corpus.join(folder)).expect("made");
    }
    let shipped = repository().join("corpus");
    fs::copy(shipped.join("records/shipped.jsonl"), corpus.join("records/shipped.jsonl"))
        .expect("copied");
    for entry in fs::read_dir(shipped.join("digests")).expect("listed") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, corpus.join("digests").join(path.file_name().expect("a name")))
            .expect("copied");
    }
    library
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out))
}

/// A report of a publisher, in words of our own.
fn report() -> (Library, String) {
    let library = Library::new();
    let text = "Overview\n\nThe registry said that 40 groups applied. Local monitors said that laws \
        on “extremism” were applied broadly, but not in the north. Two courts disagreed.\n\nMonitors \
        asked for a review. None was held.\n";
    let path = library.file("report.txt", text);
    let stated = ["--publisher", "Forum 18", "--title", "Courts in Peru", "--country", "PE"];
    let stated =
        stated.into_iter().chain(["--published", "2023-05-15", "--captured", "2023-06-02"]);
    let stated = stated.chain(["--url", "https://example.org/courts"]);
    library.forb(["add", path.to_str().expect("a path")].into_iter().chain(stated)).ends(0);
    let hit = &library.search(["disagreed"])[0];
    let id = hit["passage"]["id"].as_str().expect("an id").to_owned();
    (library, id)
}

#[test]
fn words_are_cited_in_the_glyphs_of_the_source_or_not_at_all() {
    let (library, id) = report();
    let cite = |quote: &str| {
        library.forb(["cite", &id, "--quote", quote, "--style", "oscola", "--format", "json"])
    };
    let found = json(&cite("laws on \"extremism\" were applied broadly").ends(0));
    let cited = &found["citations"][0];
    assert_eq!(cited["quotation"], "laws on “extremism” were applied broadly");
    let range = &cited["range"];
    let (start, end) = (range[0].as_u64().expect("a start"), range[1].as_u64().expect("an end"));
    assert_eq!(end - start, 40);
    let line = cited["citation"].as_str().expect("a citation");
    for part in ["Courts in Peru", "Forum 18", "https://example.org/courts", "captured 2 June 2023"]
    {
        assert!(line.contains(part), "{part}: {line}");
    }
    let refused = cite("laws on extremism were applied narrowly").ends(2);
    assert!(refused.err.contains("does not stand in passage"), "{}", refused.err);
    assert!(refused.out.is_empty(), "{}", refused.out);
    // Ellipses are allowed, and what they leave out is told.
    let marked = json(&cite("Local monitors said that laws … were applied broadly").ends(0));
    let alterations = &marked["citations"][0]["alterations"];
    assert_eq!(alterations[0]["kind"], "omitted");
    assert!(alterations[0]["source"].as_str().expect("words").contains("on “extremism”"));
}

#[test]
fn a_packet_keeps_the_caveat_and_says_who_is_said_to_say_so() {
    let (library, id) = report();
    let quote = "laws on “extremism” were applied broadly";
    let ran = library.forb(["cite", &id, "--quote", quote, "--packet", "--format", "json"]).ends(0);
    let found = json(&ran);
    let packet = &found["citations"][0]["packet"];
    assert_eq!(packet["before"], "The registry said that 40 groups applied.");
    let whole = packet["sentences"].as_str().expect("words");
    assert!(whole.ends_with("applied broadly, but not in the north."), "{whole}");
    assert_eq!(packet["after"], "Two courts disagreed.");
    let said = packet["said_by"].as_array().expect("a list");
    let inside = said
        .iter()
        .any(|said| said["in_quotation"] == true && said["words"].to_string().contains("monitors"));
    assert!(inside, "{packet}");
    // The last sentence of a passage is followed by the first of the next.
    let last = library.forb(["cite", &id, "--sentence", "3", "--packet", "--format", "json"]);
    let last = json(&last.ends(0));
    assert_eq!(last["citations"][0]["packet"]["after"], "Monitors asked for a review.");
    let text = library.forb(["cite", &id, "--sentence", "3", "--packet"]).ends(0).out;
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[0].starts_with(&format!("citation\t{id}\tTwo courts disagreed.\t")), "{text}");
    let captured = format!("packet\t{id}\tcaptured\t2023-06-02");
    assert!(rows.contains(&captured.as_str()), "{text}");
    // What is not there is refused by name.
    let none = library.forb(["cite", &id, "--sentence", "4"]).ends(2);
    assert!(none.err.contains("has no sentence 4: it has 3"), "{}", none.err);
    library.forb(["cite", &id, "--packet", "--format", "ris"]).ends(2);
}

#[test]
fn every_style_and_format_is_written() {
    let (library, id) = report();
    for style in [
        "chicago",
        "chicago-note",
        "apa",
        "mla",
        "harvard",
        "vancouver",
        "ieee",
        "oscola",
        "bluebook",
        "euaa",
    ] {
        let out = library.forb(["cite", &id, "--style", style]).ends(0).out;
        assert!(out.to_lowercase().contains("courts in peru"), "{style}: {out}");
    }
    let format = |format: &str| library.forb(["cite", &id, "--format", format]).ends(0).out;
    assert!(format("bibtex").starts_with('@'));
    assert!(format("ris").starts_with("TY  - "));
    let items: Value = serde_json::from_str(&format("csl-json")).expect("JSON");
    assert_eq!(items[0]["title"], "Courts in Peru");
    let annotation: Value = serde_json::from_str(&format("annotation")).expect("JSON");
    let selectors = annotation["target"]["selector"].as_array().expect("selectors");
    assert!(selectors[0]["exact"].as_str().expect("words").starts_with("The registry said"));
    assert_eq!(annotation["target"]["source"], "https://example.org/courts");
    assert!(format("html").contains("<blockquote>The registry said"));
    let wrong = library.forb(["cite", &id, "--style", "turabian"]).ends(2);
    assert!(wrong.err.contains("is no citation style"), "{}", wrong.err);
    let path = library.file("not.csl", "<html/>");
    let wrong = library.forb(["cite", &id, "--style", path.to_str().expect("a path")]).ends(2);
    assert!(wrong.err.contains("no CSL style"), "{}", wrong.err);
}

#[test]
fn a_digest_says_that_it_is_one_in_every_style() {
    let library = digests();
    for style in ["chicago", "apa", "oscola", "bluebook", "euaa"] {
        let ran = library.forb(["cite", "5m7zg3vgmst9.1", "--style", style]).ends(0);
        assert!(ran.out.contains("digest in forb's own words of"), "{style}: {}", ran.out);
    }
    let ran = library.forb(["cite", "5m7zg3vgmst9.1", "--packet"]).ends(0);
    assert!(ran.out.contains("\tlicence\tterms unknown"), "{}", ran.out);
}

#[test]
fn what_is_cited_as_markdown_is_verified_as_exact() {
    let (library, id) = report();
    let draft = library.forb(["cite", &id, "--format", "markdown"]).ends(0).out;
    let path = library.file("draft.md", &draft);
    let ran = library.forb(["verify", path.to_str().expect("a path"), "--format", "json"]);
    assert_eq!(json(&ran)["quotations"][0]["judgement"], "exact", "{draft}\n{}", ran.out);
    ran.ends(0);
}

#[test]
fn of_eight_quotations_the_three_altered_ones_differ() {
    let library = digests();
    let draft = repository().join("tests/drafts/eight.md");
    let draft = draft.to_str().expect("a path");
    let ran = library.forb(["verify", draft, "--format", "json"]).ends(1);
    let found = json(&ran);
    let quotations = found["quotations"].as_array().expect("a list");
    let judgements: Vec<&str> =
        quotations.iter().map(|q| q["judgement"].as_str().expect("a word")).collect();
    assert_eq!(
        judgements,
        ["exact", "exact", "marked", "differs", "differs", "exact", "differs", "exact"],
        "{}",
        ran.out
    );
    let differs: Vec<&Value> = quotations.iter().filter(|q| q["judgement"] == "differs").collect();
    for (quotation, quoted, source, callout) in [
        (differs[0], "118,000", "181,000", "number changed"),
        (differs[1], "", "not", "negation dropped"),
        (differs[2], "", "for the most part", "qualifier dropped"),
    ] {
        let differences = quotation["differences"].as_array().expect("a list");
        assert_eq!(differences.len(), 1, "{quotation}");
        assert_eq!(differences[0]["quoted"], quoted, "{quotation}");
        assert_eq!(differences[0]["source"], source, "{quotation}");
        assert_eq!(differences[0]["callouts"], serde_json::json!([callout]), "{quotation}");
    }
    assert_eq!(quotations[3]["line"], 8);
    let sarif = library.forb(["verify", draft, "--format", "sarif"]).ends(1);
    let sarif = json(&sarif);
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let errors = results.iter().filter(|result| result["level"] == "error").count();
    assert_eq!((results.len(), errors), (8, 3));
    let rows = library.forb(["verify", draft]).ends(1).out;
    assert_eq!(rows.lines().filter(|row| row.contains("\tdiffers\t")).count(), 3, "{rows}");
    // Put right, the draft holds.
    let right = fs::read_to_string(draft).expect("read");
    let right = right.replace("118,000", "181,000").replace("need be", "need not be");
    let right = right.replace("Church is left", "Church is for the most part left");
    let path = library.file("right.md", right);
    library.forb(["verify", path.to_str().expect("a path")]).ends(0);
}

#[test]
fn a_draft_in_word_is_read_and_what_cites_nothing_is_looked_up() {
    let (library, id) = report();
    let body = [
        "A note.".to_owned(),
        "It says: “Two courts disagreed” and “Monitors asked for a review”.".to_owned(),
        "It also says: “Monitors invented a whole new sentence about turnips”.".to_owned(),
        format!("Elsewhere: “Monitors asked for a review” ({id})."),
    ];
    let body: String = body.iter().map(|text| word_paragraph(text)).collect();
    let path = library.file("draft.docx", word_file("", &body));
    let ran = library.forb(["verify", path.to_str().expect("a path"), "--format", "json"]);
    let found = json(&ran);
    assert_eq!(found["counted_in"], "paragraphs");
    let judged: Vec<(u64, &str)> = found["quotations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|q| (q["line"].as_u64().expect("a number"), q["judgement"].as_str().expect("a word")))
        .collect();
    assert_eq!(
        judged,
        [(2, "exact"), (2, "exact"), (3, "not found"), (4, "found elsewhere")],
        "{}",
        ran.out
    );
    ran.ends(1);
}

#[test]
fn drafts_that_cannot_be_checked_say_why() {
    let (library, _) = report();
    let verify = |name: &str, text: &[u8]| {
        let path = library.file(name, text);
        library.forb(["verify", path.to_str().expect("a path")])
    };
    let none = verify("none.md", b"Nothing is quoted here.").ends(1);
    assert!(none.err.contains("no quotations are found"), "{}", none.err);
    let damaged = verify("bad.docx", b"PK\x03\x04 and nothing more").ends(2);
    assert!(damaged.err.contains("bad.docx"), "{}", damaged.err);
    let open =
        verify("open.md", "It says: “Two courts disagreed” and “Monitors".as_bytes()).ends(1);
    assert!(open.out.contains("fault\t1:"), "{}", open.out);
    let unknown = verify(
        "unknown.md",
        "It says “turnips were never grown in this valley” (k7m2q9x4tb3c.4).".as_bytes(),
    );
    assert!(unknown.ends(1).out.contains("k7m2q9x4tb3c.4 is not in this library"));
    library.forb(["verify", "absent.md"]).ends(2);
}

/// The keys that `docs/output-format.md` describes under a heading are those of a value.
pub fn documented(heading: &str, value: &Value) {
    let page = fs::read_to_string(repository().join("docs/output-format.md")).expect("read");
    let (_, rest) = page.split_once(&format!("\n### {heading}\n")).expect("a heading");
    let section = rest.split("\n##").next().unwrap_or(rest);
    let key = |line: &str| Some(line.strip_prefix("| `")?.split('`').next()?.to_owned());
    let mut described: Vec<String> = section.lines().filter_map(key).collect();
    described.sort();
    let mut written: Vec<String> = value.as_object().expect("an object").keys().cloned().collect();
    written.sort();
    assert_eq!(written, described, "{heading}");
}

#[test]
fn every_key_of_cite_is_documented() {
    let (library, id) = report();
    let quote = "laws … were applied broadly";
    let ran = library.forb(["cite", &id, "--quote", quote, "--packet", "--format", "json"]).ends(0);
    let found = json(&ran);
    let cited = &found["citations"][0];
    documented("JSON: cite", &found);
    documented("JSON: citation", cited);
    documented("JSON: alteration", &cited["alterations"][0]);
    documented("JSON: packet", &cited["packet"]);
    documented("JSON: speaker said to say so", &cited["packet"]["said_by"][0]);
}

#[test]
fn every_key_of_verify_is_documented() {
    let (library, id) = report();
    let draft = format!(
        "“Local monitors … that laws” ({id}). “Local monitors said that laws on ‘extremism’ were applied narrowly” ({id}). “Open"
    );
    let path = library.file("draft.txt", draft);
    let ran = library.forb(["verify", path.to_str().expect("a path"), "--format", "json"]).ends(1);
    let found = json(&ran);
    documented("JSON: verify", &found);
    documented("JSON: checked quotation", &found["quotations"][1]);
    let differs = &found["quotations"][1]["differences"][0];
    documented("JSON: difference in wording", differs);
    documented("JSON: alteration", &found["quotations"][0]["alterations"][0]);
    documented("JSON: fault", &found["faults"][0]);
}
