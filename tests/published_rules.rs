//! The passage of the State Department's report on laws that were "applied broadly", cited in each style and
//! format after its title, dates and address were set: beside each assertion stands the published rule it
//! checks. A rule is named by its number where the number could be confirmed in what its publisher or a
//! library says of it, and by its subject otherwise. Over an account of our own with the report's layout, and
//! over the report itself, skipped loudly where it is absent.

use serde_json::{Value, json};

use crate::harness::{Library, real_reports};

const ACCOUNT: &str = "\
An official website of the United States Government Here's how you know

Official websites use .gov

Overview:  Kazakhstan stayed calm.  Monitors found that laws on “extremism” were applied broadly in Kazakhstan.

2021 Terrorist Incidents:  There were none in Kazakhstan.

Legislation, Law Enforcement, and Border Security:  Nothing new in Kazakhstan.

Countering Violent Extremism:  Nothing new.

On This Page

U.S. Department of State
";
const TITLE: &str = "Country Reports on Terrorism 2021: Kazakhstan";
const URL: &str = "https://www.state.gov/reports/country-reports-on-terrorism-2021/kazakhstan";

/// A library with the report and the id of the passage.
struct Cited {
    library: Library,
    id: String,
}

impl Cited {
    fn account() -> Self {
        let library = Library::new();
        library.add("kazakhstan.txt", ACCOUNT).ends(0);
        Self::with(library)
    }

    fn report() -> Option<Self> {
        let seeds = real_reports("the_report_is_cited_by_the_published_rules")?.join("seeds");
        let library = Library::new();
        library.forb(["add".as_ref(), seeds.as_os_str()]).ends(0);
        Some(Self::with(library))
    }

    fn with(library: Library) -> Self {
        let hit = &library.search(["\"applied broadly\""])[0];
        let id = hit["passage"]["id"].as_str().expect("an id").to_owned();
        let document = id.split('.').next().expect("a document");
        let set = ["--title", TITLE, "--published", "2023-02-27", "--captured", "2023-06-05"];
        let set = ["edit", document].into_iter().chain(set).chain(["--url", URL]);
        library.forb(set).ends(0);
        Self { library, id }
    }

    /// The citation in a style, and its entry in the list of works.
    fn style(&self, style: &str) -> (String, String) {
        let asked = ["cite", &self.id, "--quote", "applied broadly", "--style", style];
        let ran = self.library.forb(asked.into_iter().chain(["--format", "json"])).ends(0);
        let answer: Value = serde_json::from_str(&ran.out).expect("JSON");
        let of = |key: &str| answer["citations"][0][key].as_str().expect(key).to_owned();
        (of("citation"), of("bibliography"))
    }

    fn format(&self, format: &str) -> String {
        let asked = ["cite", &self.id, "--quote", "applied broadly", "--format", format];
        self.library.forb(asked).ends(0).out
    }
}

/// Fails unless the words stand in the citation, in this order.
#[track_caller]
fn in_order(citation: &str, rule: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let at = citation[from..].find(word);
        assert!(at.is_some(), "{rule}: “{word}” is missing or stands too early in {citation}");
        from += at.unwrap_or(0) + word.len();
    }
}

fn every_style_follows_its_rules(cited: &Cited) {
    chicago(cited);
    oscola(cited);
    bluebook(cited);
    euaa(cited);
    apa(cited);
    bibtex(cited);
    ris(cited);
    csl_json(cited);
}

fn chicago(cited: &Cited) {
    let (note, entry) = cited.style("chicago");
    let rule = "Chicago 17, 14.207: author, title, owner of the site, date, address";
    in_order(
        &note,
        rule,
        &["Bureau of Counterterrorism, ", TITLE, "(U.S. Department of State, 2023)", URL],
    );
    let rule = "Chicago 17, 14.160: a heading after “under” where there are no pages";
    in_order(&note, rule, &["2023), under “Overview”, https"]);
    assert!(
        !note.contains("para"),
        "Chicago, the same: nothing is counted that is not numbered: {note}"
    );
    let rule = "Chicago, the basic form of a note and of an entry: commas there, full stops here";
    in_order(
        &entry,
        rule,
        &["Bureau of Counterterrorism. ", TITLE, ". U.S. Department of State, 2023. ", URL],
    );
    let rule = "Chicago 17, 14.12: a day of access belongs to the copy that was seen; here it was captured";
    in_order(&note, rule, &[URL, "; archived copy, captured 5 June 2023."]);
}

fn oscola(cited: &Cited) {
    let (note, entry) = cited.style("oscola");
    let rule = "OSCOLA 4, websites and secondary sources: organisation, ‘title’ (publisher, date) <address>";
    let date = "(US Department of State, 27 February 2023)";
    in_order(&note, rule, &["Bureau of Counterterrorism, ‘", TITLE, "’ ", date, "<", URL, ">"]);
    let rule = "OSCOLA 4, pinpoints: before the address";
    in_order(&note, rule, &[date, " under ‘Overview’ <"]);
    assert!(!note.contains("para"), "OSCOLA 4, pinpoints: a printed number only: {note}");
    assert!(
        !note.contains("U.S."),
        "OSCOLA 4, punctuation: no full stops in abbreviations: {note}"
    );
    assert!(
        note.ends_with("captured 5 June 2023."),
        "OSCOLA 4, footnotes: closed by a full stop: {note}"
    );
    assert!(!entry.ends_with('.'), "OSCOLA 4, bibliographies: no full stop at the end: {entry}");
}

fn bluebook(cited: &Cited) {
    let (note, _) = cited.style("bluebook");
    let rule = "Bluebook, institutional authors: the subdivision before its department, shortened";
    in_order(&note, rule, &["Bureau of Counterterrorism, U.S. Dep’t of State, ", TITLE]);
    let rule = "Bluebook, rule 18.2.2(c): the date after the title, months shortened";
    in_order(&note, rule, &[TITLE, " (Feb. 27, 2023)"]);
    let rule = "Bluebook, rule 18.2: the address after a comma, without “available at”";
    in_order(&note, rule, &["), ", URL]);
    let rule = "Bluebook, archived copies: named in brackets behind the address";
    in_order(&note, rule, &[URL, " (archived copy, captured June 5, 2023)."]);
    assert!(!note.contains('¶'), "Bluebook, paragraphs: the sign is for printed numbers: {note}");
}

fn euaa(cited: &Cited) {
    let (note, entry) = cited.style("euaa");
    let rule = "EUAA writing and referencing guide, footnotes: source, title, date, url";
    let source = "U.S. Department of State, Bureau of Counterterrorism, ";
    in_order(&note, rule, &[source, TITLE, ", 27 February 2023, url"]);
    let rule = "EUAA guide, pinpoints: the section where there are no pages";
    in_order(&note, rule, &["url, section “Overview”", "archived copy, captured 5 June 2023"]);
    let rule = "EUAA guide, list of sources: the address in full";
    in_order(&entry, rule, &[source, TITLE, ", 27 February 2023, ", URL]);
    assert!(!note.contains(URL) && !entry.contains("Overview"), "EUAA guide: {note} {entry}");
}

fn apa(cited: &Cited) {
    let (citation, entry) = cited.style("apa");
    let rule =
        "APA 7, quotations from works without pages: heading and paragraph; the count is ours";
    let whole = "(Bureau of Counterterrorism, 2023, “Overview” section, para. 1 [counted])";
    in_order(&citation, rule, &[whole]);
    let rule = "APA 7, reports by agencies: the agency is the author, its parent the publisher";
    in_order(
        &entry,
        rule,
        &["Bureau of Counterterrorism. (2023). ", TITLE, ". U.S. Department of State. "],
    );
    let rule = "APA 7, addresses: no full stop behind them";
    in_order(&entry, rule, &[URL, " [archived copy, captured 5 June 2023]"]);
}

fn bibtex(cited: &Cited) {
    let entry = cited.format("bibtex");
    let rule = "BibLaTeX's manual, @report: author, title, type, institution and date are required";
    in_order(&entry, rule, &["@report{", "author = {{Bureau of Counterterrorism}}", "title = {{"]);
    in_order(
        &entry,
        rule,
        &["institution = {{U.S. Department of State}}", "type = {", "date = {2023-02-27}"],
    );
    let rule = "BibLaTeX's manual, url and urldate: the address, and the day it was visited";
    in_order(&entry, rule, &[&format!("url = {{{URL}}}"), "urldate = {2023-06-05}"]);
    let rule = "BibLaTeX's manual, note: what no other field holds, such as the pinpoint";
    in_order(&entry, rule, &["note = {", "para. 1 (counted), section “Overview”"]);
}

fn ris(cited: &Cited) {
    let record = cited.format("ris");
    let lines: Vec<&str> = record.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.first(), Some(&"TY  - RPRT"), "RIS: the type of the record comes first");
    assert_eq!(lines.last(), Some(&"ER  - "), "RIS: ER ends the record");
    for (rule, line) in [
        ("RIS: authors are AU", "AU  - Bureau of Counterterrorism"),
        ("RIS: the title is TI", "TI  - Country Reports on Terrorism 2021: Kazakhstan"),
        ("RIS: the year alone is PY", "PY  - 2023"),
        ("RIS: dates are YYYY/MM/DD/ and what else there is", "DA  - 2023/02/27/"),
        ("RIS: the day of access is Y2", "Y2  - 2023/06/05/"),
        ("RIS: a line for each note", "N1  - cited: para. 1 (counted), section “Overview”"),
    ] {
        assert!(lines.contains(&line), "{rule}: {record}");
    }
    assert!(lines.contains(&format!("UR  - {URL}").as_str()), "RIS: the address is UR: {record}");
}

fn csl_json(cited: &Cited) {
    let items: Value = serde_json::from_str(&cited.format("csl-json")).expect("JSON");
    let item = &items[0];
    for (rule, key, value) in [
        ("CSL's types: a report", "type", json!("report")),
        (
            "CSL-JSON: an institution is a literal name",
            "author",
            json!([{"literal": "Bureau of Counterterrorism"}]),
        ),
        ("CSL-JSON: dates in parts", "issued", json!({"date-parts": [[2023, 2, 27]]})),
        ("CSL-JSON: accessed is a date", "accessed", json!({"date-parts": [[2023, 6, 5]]})),
        ("CSL's locators: a label of its list", "label", json!("section")),
        ("CSL's locators: the place under that label", "locator", json!("Overview")),
        ("CSL-JSON: the address is URL in capitals", "URL", json!(URL)),
        ("CSL-JSON: the title", "title", json!(TITLE)),
        ("CSL-JSON: the publisher", "publisher", json!("U.S. Department of State")),
    ] {
        assert_eq!(item[key], value, "{rule}: {item}");
    }
}

#[test]
fn an_account_is_cited_by_the_published_rules() {
    every_style_follows_its_rules(&Cited::account());
}

#[test]
fn the_report_is_cited_by_the_published_rules() {
    if let Some(cited) = Cited::report() {
        every_style_follows_its_rules(&cited);
    }
}
