//! Real reports as they are: the two that forb was first asked for, recognised from their text, clean
//! of page chrome, ranked, verbatim; and what the texts beside them are. Skipped loudly where the
//! reports are absent.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use ingestion::captures::{Answer, Capture, Work, best};
use ingestion::profiles::Profiles;
use ingestion::segment::{segment, set_aside};
use ingestion::{ReadDocument, SourceFile, read};
use model::{Document, Form};
use serde_json::Value;

use crate::harness::{Library, real_reports};

fn with_seeds(test: &str) -> Option<Library> {
    let seeds = real_reports(test)?.join("seeds");
    let library = Library::new();
    library.forb(["add".as_ref(), seeds.as_os_str()]).ends(0);
    Some(library)
}

#[test]
fn both_reports_are_recognised_from_their_text_with_evidence() {
    let Some(library) = with_seeds("both_reports_are_recognised") else { return };
    let status: Value =
        serde_json::from_str(&library.forb(["status", "--format", "json"]).ends(0).out)
            .expect("JSON");
    let summary = |hit: &Value| {
        let of = |key: &str| hit["document"][key].as_str().unwrap_or("unknown").to_owned();
        [of("publisher"), of("series"), of("country"), of("period"), of("extent")]
    };
    let state = &library.search(["terrorism laws applied broadly"])[0];
    let expected =
        ["U.S. Department of State", "Country Reports on Terrorism", "KZ", "2021", "full"];
    assert_eq!(summary(state), expected);
    let profile = &library.search(["converts from Islam"])[0];
    assert_eq!(summary(profile), ["Open Doors", "World Watch List", "KZ", "unknown", "full"]);
    let text = status.to_string();
    for evidence in ["2021 Terrorist Incidents:", "47 Kazakhstan", "As we close out 2023"] {
        assert!(text.contains(evidence), "{evidence}");
    }
    let verbose = library.forb(["status", "--verbose"]).ends(0).out;
    assert!(verbose.contains("As we close out 2023"), "{verbose}");
}

#[test]
fn the_right_passage_comes_first() {
    let Some(library) = with_seeds("the_right_passage_comes_first") else { return };
    let converts = &library.texts(["converts", "from", "Islam"])[0];
    assert!(converts.starts_with("Converts from Islam suffer"), "{converts}");
    let laws = &library.texts(["terrorism", "laws", "applied", "broadly"])[0];
    assert!(laws.starts_with("Kazakhstan remained on guard"), "{laws}");
}

#[test]
fn page_chrome_is_found_only_when_asked_for() {
    let Some(library) = with_seeds("page_chrome_is_found_only_when_asked_for") else { return };
    for words in [
        "\"Secure .gov websites use HTTPS\"",
        "\"year-end gift\"",
        "\"The Lessons of 1989\"",
        "Seconds",
    ] {
        library.forb(["search", words]).ends(1);
        let found = library.search([words, "--include", "chrome"]);
        assert!(!found.is_empty(), "{words}");
        assert_eq!(found[0]["passage"]["role"], "chrome", "{words}");
    }
}

#[test]
fn highlights_mark_the_words_that_matched() {
    let Some(library) = with_seeds("highlights_mark_the_words_that_matched") else { return };
    let marked = |words: &str| -> Vec<String> {
        let hit = library.search([words]).remove(0);
        let text: Vec<char> = hit["passage"]["text"].as_str().expect("text").chars().collect();
        let at = |range: &Value, n: usize| range[n].as_u64().expect("a number") as usize;
        let ranges = hit["highlights"].as_array().expect("ranges").clone();
        ranges.iter().map(|r| text[at(r, 0)..at(r, 1)].iter().collect()).collect()
    };
    assert_eq!(marked("\"propaganda of terrorism\""), ["propaganda of terrorism"]);
    assert_eq!(marked("Bokayev"), ["Bokayev"]);
    assert_eq!(marked("\"nation's committee\""), ["nation’s Committee"]);
}

/// Every passage is verbatim at its place, and together they cover all text of the report itself.
fn check(name: &str, document: &Document) {
    let mut covered = vec![false; document.text().len()];
    let mut end = 0;
    for passage in segment(document) {
        assert_eq!(passage.verify(document), Ok(()), "{name}");
        assert_eq!(passage.range.of(document.text()), Some(passage.text.as_str()), "{name}");
        assert!(passage.range.start >= end, "{name}: {} overlaps", passage.id);
        end = passage.range.end;
        covered[passage.range.start..passage.range.end].fill(true);
    }
    for passage in set_aside(document) {
        assert_eq!(passage.verify(document), Ok(()), "{name}");
    }
    for block in document.blocks().iter().filter(|block| block.role.is_passage_text()) {
        let text = document.text_of(block);
        let missing =
            text.char_indices().find(|(at, c)| *c != ' ' && !covered[block.range.start + at]);
        assert_eq!(missing, None, "{name}: {text}");
    }
}

#[test]
fn every_passage_is_verbatim_and_all_body_text_is_covered() {
    let Some(reports) = real_reports("every_passage_is_verbatim") else { return };
    let mut read_files = 0;
    for folder in ["seeds", "page-excerpts", "un-upr/txt"] {
        for entry in fs::read_dir(reports.join(folder)).expect("listed") {
            let path = entry.expect("entry").path();
            let name = path.display().to_string();
            let source = SourceFile::new(name.clone(), fs::read(&path).expect("read"));
            let read =
                read(&source, Profiles::built_in()).unwrap_or_else(|e| panic!("{name}: {e}"));
            check(&name, &read.document);
            read_files += 1;
        }
    }
    assert!(read_files >= 65, "only {read_files} files");
}

#[test]
fn the_body_of_the_state_report_is_all_there() {
    let Some(reports) = real_reports("the_body_of_the_state_report_is_all_there") else { return };
    let bytes = fs::read(reports.join("seeds/004_5fff3e37353b2ac8.txt")).expect("read");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    let document =
        read(&SourceFile::new("state", bytes), Profiles::built_in()).expect("read").document;
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(squeezed(document.text()), squeezed(&text), "no word is lost or altered");
    let body: String = segment(&document).iter().map(|p| p.text.clone() + " ").collect();
    for words in
        ["19.8 percent", "up to 90 percent", "Max Bokayev", "C5+1", "181,000", "$900 million"]
    {
        assert!(body.contains(words), "{words}");
    }
    for chrome in ["Official websites", "On This Page", "The Lessons of 1989"] {
        assert!(!body.contains(chrome), "{chrome}");
    }
}

/// A real report, read by the built-in profiles. None of them has chapters on several countries.
fn read_report(path: &Path) -> ReadDocument {
    let name = path.display().to_string();
    let source = SourceFile::new(name.clone(), fs::read(path).expect("read"));
    let read = read(&source, Profiles::built_in()).unwrap_or_else(|e| panic!("{name}: {e}"));
    assert!(read.chapters.is_empty(), "{name} was cut");
    read
}

/// Letters only, so that a file's name and a country's can be compared.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

#[test]
fn all_58_reviews_of_the_united_nations_are_known_with_country_session_and_day() {
    let Some(reports) = real_reports("all_58_reviews_of_the_united_nations_are_known") else {
        return;
    };
    let mut count = 0;
    for entry in fs::read_dir(reports.join("un-upr/txt")).expect("listed") {
        let path = entry.expect("entry").path();
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let read = read_report(&path);
        let metadata = &read.document.metadata;
        let known = |id: Option<&str>, expected: &str| assert_eq!(id, Some(expected), "{stem}");
        known(metadata.publisher.value.as_ref().map(|p| p.id.as_str()), "un-hrc");
        known(metadata.series.value.as_ref().map(|s| s.id.as_str()), "un-upr");
        let country = metadata.country.value.unwrap_or_else(|| panic!("{stem}: no country"));
        let (name, year) = stem.split_at(stem.len() - 4);
        let names: Vec<String> = country.names().all_names().map(letters).collect();
        assert!(names.iter().any(|known| known == name), "{stem} is {}", country.name());
        // Title page and first paragraph both name it.
        assert!(
            metadata.country.evidence.iter().filter(|e| e.value.is_some()).count() >= 2,
            "{stem}"
        );
        assert_eq!(metadata.country.disagreements().count(), 0, "{stem}");
        let published = metadata.published.value.unwrap_or_else(|| panic!("{stem}: no day"));
        assert_eq!(published.calendar_year().to_string(), year, "{stem}");
        let period = metadata.period.value.unwrap_or_else(|| panic!("{stem}: no session"));
        let days = period.last_day() - period.first_day();
        assert!((9..=16).contains(&days), "{stem}: {period}");
        assert!(read.warnings.is_empty(), "{stem}: {:?}", read.warnings);
        count += 1;
    }
    assert_eq!(count, 58);
}

#[test]
fn printed_paragraph_numbers_of_the_reviews_are_locators() {
    let Some(reports) = real_reports("printed_paragraph_numbers_of_the_reviews") else { return };
    for entry in fs::read_dir(reports.join("un-upr/txt")).expect("listed") {
        let path = entry.expect("entry").path();
        let name = path.display().to_string();
        let document = read_report(&path).document;
        let passages = segment(&document);
        let mut last = 0;
        for passage in &passages {
            let label = passage.locator.paragraph_label.as_deref().unwrap_or("");
            let starts_with_label = label.split(' ').next().and_then(|main| main.parse().ok());
            let Some(number): Option<u32> = starts_with_label else { continue };
            assert!(number >= last && number - last <= 3, "{name}: {label} after {last}");
            last = number;
            let number = format!("{}.", label.trim_end_matches(')'));
            assert!(!passage.text.starts_with(&number), "{name}: {}", passage.text);
        }
        assert!(last >= 50, "{name} ends at {last}");
        // A title page, contents and running heads are in no passage.
        for passage in &passages {
            for chrome in ["......", "Distr.:", "Agenda item 6\n", "GE.09-", "A/HRC/10/70 Page"] {
                assert!(!passage.text.contains(chrome), "{name}: {}", passage.text);
            }
        }
    }
}

#[test]
fn the_excerpts_come_out_as_clean_paragraphs_with_sections() {
    let Some(reports) = real_reports("the_excerpts_come_out_as_clean_paragraphs") else { return };
    let cases = [
        ("refworld_irf_china_2011", "us-state-irf", "CN", "2011", "Executive Summary", 1),
        ("state_irf_china_custom_bb15d348d5", "us-state-irf", "CN", "?", "Executive Summary", 1),
        ("state_irf_tanzania_2022_flattened", "us-state-irf", "TZ", "2022", "Executive Summary", 1),
        ("un_srforb_a_hrc_22_51", "un-srforb", "?", "?", "I. Introduction", 1),
        ("uscirf_vietnam_2019_two_column", "uscirf-ar", "VN", "2018", "KEY FINDINGS", 2),
    ];
    for (name, series, country, period, section, count) in cases {
        let read = read_report(&reports.join(format!("page-excerpts/{name}.txt")));
        let metadata = &read.document.metadata;
        let known = [
            metadata.series.value.as_ref().map_or("?", |s| s.id.as_str()).to_owned(),
            metadata.country.value.map_or("?", |c| c.code()).to_owned(),
            metadata.period.value.map_or("?".to_owned(), |p| p.to_string()),
        ];
        assert_eq!(known, [series, country, period], "{name}");
        let passages = segment(&read.document);
        assert_eq!(passages.len(), count, "{name}");
        for passage in passages {
            assert_eq!(passage.locator.section, [section], "{name}");
            for chrome in [
                "# url",
                "# origin",
                "official website",
                "HTTPS",
                "Read A Section",
                "|",
                "HomeReports",
                "A/HRC",
                "TIER",
                "  ",
            ] {
                let text = &passage.text;
                assert!(!text.contains(chrome), "{name}: {chrome} in {text}");
            }
        }
    }
}

#[test]
fn columns_side_by_side_are_read_one_after_the_other() {
    let Some(reports) = real_reports("columns_side_by_side_are_read") else { return };
    let read = read_report(&reports.join("page-excerpts/uscirf_vietnam_2019_two_column.txt"));
    let passages = segment(&read.document);
    assert!(passages[0].text.contains("in Vietnam trended negative."), "{}", passages[0].text);
    assert!(passages[1].text.starts_with("without providing"), "{}", passages[1].text);
    assert!(read.warnings.iter().any(|warning| warning.contains("two columns")));
}

#[test]
fn records_of_the_state_department_are_known_by_their_address() {
    let Some(reports) = real_reports("records_of_the_state_department") else { return };
    for (file, series, year) in [
        ("us-state-irf/2021.json", "us-state-irf", "2021"),
        ("us-state-irf/2022.json", "us-state-irf", "2022"),
        ("us-state-hrr/2021.json", "us-state-hrr", "2021"),
    ] {
        let text = fs::read_to_string(reports.join(file)).expect("read");
        let records: Value = serde_json::from_str(&text).expect("JSON");
        let (mut count, mut countries) = (0, 0);
        for (key, record) in records.as_object().expect("an object") {
            let of = |key: &str| record[key].as_str().unwrap_or("").to_owned();
            if of("summary").trim().is_empty() || !of("url").contains("/reports/") {
                continue;
            }
            // What a reader of records hands over, in the form of a text file.
            let page = format!("# url: {}\n\n{}", of("url"), of("summary"));
            let source = SourceFile::new(key.clone(), page.into_bytes());
            let metadata = read(&source, Profiles::built_in()).expect("read").document.metadata;
            assert_eq!(metadata.series.value.map(|s| s.id).as_deref(), Some(series), "{key}");
            assert_eq!(metadata.period.value.map(|p| p.to_string()).as_deref(), Some(year));
            if let Some(country) = metadata.country.value {
                let named = model::Country::find(&of("name"));
                assert!(named.is_none() || named == Some(country), "{key} is {}", country.name());
                countries += 1;
            }
            count += 1;
        }
        eprintln!("{file}: {count} records known by address, {countries} with their country");
        assert!(count > 0 && countries * 10 >= count * 9, "{file}: {countries} of {count}");
    }
}

#[test]
fn the_texts_of_the_open_doors_profiles_are_known_by_their_questions() {
    let Some(reports) = real_reports("the_texts_of_the_open_doors_profiles") else { return };
    let text = fs::read_to_string(reports.join("open-doors/2022.json")).expect("read");
    let records: Value = serde_json::from_str(&text).expect("JSON");
    let (mut count, mut countries) = (0, 0);
    for (key, record) in records.as_object().expect("an object") {
        let details = record["details"].as_str().unwrap_or("");
        let source = SourceFile::new(key.clone(), details.as_bytes());
        let metadata = read(&source, Profiles::built_in()).expect("read").document.metadata;
        assert_eq!(metadata.series.value.map(|s| s.id).as_deref(), Some("open-doors-wwl"), "{key}");
        if let Some(country) = metadata.country.value {
            let named = model::Country::find(record["name"].as_str().unwrap_or(""));
            assert!(named.is_none() || named == Some(country), "{key} is {}", country.name());
            countries += 1;
        }
        count += 1;
    }
    eprintln!("{count} profiles known by their questions, {countries} with their country");
    assert!(count == 50 && countries >= 45, "{countries} of {count}");
}

#[test]
fn the_pdf_and_the_text_of_a_review_are_one_document_and_the_pdf_answers() {
    let Some(reports) = real_reports("the_pdf_and_the_text_of_a_review_are_one_document") else {
        return;
    };
    let mut works: HashMap<Work, Vec<Capture>> = HashMap::new();
    let (mut apart, mut pairs) = (Vec::new(), 0);
    for entry in fs::read_dir(reports.join("un-upr/txt")).expect("listed") {
        let text = entry.expect("entry").path();
        let stem = text.file_stem().expect("a name").to_string_lossy().into_owned();
        let both =
            [(Form::Text, text), (Form::Pages, reports.join(format!("un-upr/pdf/{stem}.pdf")))]
                .map(|(form, path)| {
                    let document = read_report(&path).document;
                    let paged = document.blocks().iter().any(|block| block.page.is_some());
                    assert_eq!(paged, form == Form::Pages, "{stem}");
                    let metadata = &document.metadata;
                    let capture = Capture {
                        id: document.id().clone(),
                        edition: metadata.edition.value.clone(),
                        extent: metadata.extent.value.unwrap_or_default(),
                        form,
                        day: metadata.captured.value,
                        words: 1,
                    };
                    (Work::of(metadata, Profiles::built_in()), capture)
                });
        let [(text_work, text), (pdf_work, pdf)] = both;
        let work = text_work.unwrap_or_else(|| panic!("{stem}: its work is unknown"));
        if pdf_work.as_ref() != Some(&work) {
            apart.push(stem);
            continue;
        }
        let answers = best(&[text.clone(), pdf.clone()]);
        assert_eq!(
            answers,
            [Answer { by: pdf.id.clone(), others: vec![text.id.clone()] }],
            "{stem}"
        );
        works.entry(work).or_default().extend([text, pdf]);
        pairs += 1;
    }
    apart.sort();
    eprintln!("{pairs} reviews are one document as PDF and as text, not: {apart:?}");
    assert_eq!(apart, [""; 0]);
    assert_eq!(pairs, 58);
    assert_eq!(works.len(), pairs, "no two reviews are one document");
}

#[test]
fn a_library_of_reviews_as_pdf_and_as_text_holds_each_once_and_the_pdfs_answer() {
    let Some(reports) = real_reports("a_library_of_reviews_as_pdf_and_as_text") else { return };
    let library = Library::new();
    let reviews = ["brazil2008", "congo2009", "kazakhstan2010"];
    let files = reviews.iter().flat_map(|review| {
        ["pdf", "txt"].map(|form| reports.join(format!("un-upr/{form}/{review}.{form}")))
    });
    let arguments = ["add", "--quiet"].into_iter().map(std::path::PathBuf::from);
    library.forb(arguments.chain(files)).ends(0);
    let shown = library.forb(["status", "--format", "json"]).ends(0).out;
    let status: Value = serde_json::from_str(&shown).expect("JSON");
    let totals = &status["totals"];
    assert_eq!((&totals["documents"], &totals["other_captures"]), (&3.into(), &3.into()));
    let pdf =
        |document: &Value| document["file_name"].as_str().is_some_and(|n| n.ends_with(".pdf"));
    for document in status["documents"].as_array().expect("documents") {
        let captures = &document["captures"];
        assert_eq!(captures["others"].as_array().map(Vec::len), Some(1), "{document}");
        assert_eq!(captures["answering"] == document["id"], pdf(document), "{document}");
    }
    let hits = library.search(["religion", "--limit", "500"]);
    assert!(!hits.is_empty());
    assert!(hits.iter().all(|hit| pdf(&hit["document"])));
    let paged = hits.iter().filter(|hit| hit["passage"]["page"]["physical"].is_u64()).count();
    assert_eq!(paged, hits.len(), "every place names its page");
    let all = library.search(["religion", "--captures", "all", "--limit", "5000"]);
    assert!(all.iter().any(|hit| !pdf(&hit["document"])));
}

/// What is held of one series for one period.
fn edition<'a>(coverage: &'a Value, series: &str, period: &str) -> &'a Value {
    let editions = coverage["series"].as_array().expect("series");
    let found = editions.iter().find(|e| e["series_id"] == series && e["period"] == period);
    found.unwrap_or_else(|| panic!("no {series} of {period}"))
}

/// The codes of the countries of an edition of which something holds.
fn countries_where(edition: &Value, holds: impl Fn(&Value) -> bool) -> Vec<&str> {
    let countries = edition["countries"].as_array().expect("countries").iter();
    countries.filter(|c| holds(c)).map(|c| c["country"].as_str().unwrap_or("?")).collect()
}

#[test]
fn coverage_says_what_is_held_folded_empty_and_not_recognised() {
    let Some(reports) = real_reports("coverage_says_what_is_held") else { return };
    let library = Library::new();
    let folders = [
        "seeds",
        "us-state-irf",
        "us-state-hrr",
        "open-doors",
        "uscirf",
        "un-upr/txt",
        "page-excerpts",
    ]
    .map(|folder| reports.join(folder));
    let add = ["add", "--quiet"].map(std::ffi::OsStr::new);
    library.forb(add.into_iter().chain(folders.iter().map(|f| f.as_os_str()))).ends(0);
    let shown = library.forb(["coverage", "--format", "json"]).ends(0).out;
    let coverage: Value = serde_json::from_str(&shown).expect("JSON");

    let irf = edition(&coverage, "us-state-irf", "2021");
    assert_eq!((&irf["records"], &irf["documents"]), (&198.into(), &194.into()));
    assert_eq!(countries_where(irf, |_| true).len(), 194);
    assert_eq!(countries_where(irf, |c| c["folded"] == 1), ["BS", "CI", "GM", "TL"]);
    assert_eq!(irf["missing"], serde_json::json!([]));

    let later = edition(&coverage, "us-state-irf", "2022");
    assert_eq!(countries_where(later, |_| true).len(), 194);
    assert_eq!(countries_where(later, |c| c["standing"] == "empty"), ["AM"]);
    let armenia =
        later["countries"].as_array().expect("countries").iter().find(|c| c["country"] == "AM");
    assert_eq!(armenia.expect("held")["empty"], serde_json::json!(["2022.json: Armenia"]));
    assert!(countries_where(later, |c| c["standing"] == "held").contains(&"NG"));

    // The page of the report beside the folder is another capture of its record.
    assert_eq!(countries_where(later, |c| c["other_captures"] != 0), ["TZ"]);

    let hrr = edition(&coverage, "us-state-hrr", "2021");
    assert_eq!(countries_where(hrr, |c| c["standing"] == "held").len(), 194);
    let none = countries_where(hrr, |c| c["extents"] != serde_json::json!(["summary"]));
    assert!(none.is_empty(), "{none:?}");

    let unrecognised = coverage["unrecognised"].as_array().expect("a list");
    assert_eq!(unrecognised.len(), 1, "{unrecognised:?}");
    assert_eq!(unrecognised[0]["file_name"], "un_srforb_a_hrc_22_51.txt");
    assert_eq!(unrecognised[0]["unknown"], serde_json::json!(["country"]));

    // A country is reviewed in one session, so the other sessions do not miss it.
    let sessions = coverage["series"].as_array().expect("series").iter();
    for session in sessions.filter(|edition| edition["series_id"] == "un-upr") {
        assert_eq!(session["missing"], serde_json::json!([]));
    }

    let silence =
        library.forb(["search", "zzzz", "--series", "IRF", "--period", "2022"]).ends(1).err;
    assert!(silence.contains("194 held as a summary only"), "{silence}");
    assert!(silence.contains("1 empty"), "{silence}");
}

/// The texts of a source's hits that hold neither word, of the first twenty for the words.
fn state_in_other_words(library: &Library, options: &[&str]) -> Vec<String> {
    let asked = ["search", "persecution of converts", "--limit", "20", "--format", "json"];
    let ran = library.forb(asked.iter().chain(options)).ends(0);
    let found: Value = serde_json::from_str(&ran.out).expect("JSON");
    let added = found["added"].as_array().expect("added words").len();
    assert_eq!(
        added > 0,
        options.is_empty(),
        "words are added, and said, unless exactness is asked for"
    );
    let hits = found["hits"].as_array().expect("hits").iter();
    hits.filter(|hit| hit["document"]["publisher_id"] == "us-state")
        .filter_map(|hit| hit["passage"]["text"].as_str().map(str::to_lowercase))
        .filter(|text| !text.contains("persecut") && !text.contains("convert"))
        .collect()
}

#[test]
fn who_says_it_in_other_words_is_heard_unless_exactness_is_asked_for() {
    let Some(reports) = real_reports("who_says_it_in_other_words_is_heard") else { return };
    let library = Library::new();
    let folders = ["seeds", "us-state-irf", "us-state-hrr", "open-doors", "uscirf"];
    let folders = folders.map(|folder| reports.join(folder));
    let add = ["add", "--quiet"].map(std::ffi::OsStr::new);
    library.forb(add.into_iter().chain(folders.iter().map(|f| f.as_os_str()))).ends(0);
    let heard = state_in_other_words(&library, &[]);
    assert!(heard.len() >= 5, "{heard:#?}");
    let exactly = state_in_other_words(&library, &["--exact"]);
    assert!(exactly.is_empty(), "{exactly:#?}");
}

/// A comparison over a library, as JSON.
fn compared(library: &Library, line: &[&str]) -> Value {
    let command = ["compare", "--format", "json"].into_iter().chain(line.iter().copied());
    serde_json::from_str(&library.forb(command).ends(0).out).expect("JSON")
}

/// What a source of a comparison says, and how much text of it was searched.
fn said_by(answer: &Value, id: &str) -> (String, u64) {
    let sources = answer["sources"].as_array().expect("sources");
    let source = sources.iter().find(|of| of["source"] == id).expect("the source");
    let said = source["said"].as_str().expect("a word").to_owned();
    (said, source["words"].as_u64().expect("words"))
}

#[test]
fn two_reports_are_set_beside_each_other() {
    let Some(library) = with_seeds("two_reports_are_set_beside_each_other") else { return };
    let security = compared(&library, &["--country", "KZ", "--issue", "security-laws"]);
    assert_eq!(said_by(&security, "us-state-crt").0, "speaks");
    let (silence, words) = said_by(&security, "open-doors-wwl");
    assert_eq!(silence, "not-mentioned");
    assert!(words > 300, "{words}");
    let arrests = compared(&library, &["--country", "KZ", "--issue", "arrest-imprisonment"]);
    for source in arrests["sources"].as_array().expect("sources") {
        assert_eq!(source["said"], "speaks", "{}", source["source"]);
        assert!(!source["passages"].as_array().expect("passages").is_empty());
        assert!(!source["only"].as_array().expect("sentences").is_empty(), "{}", source["source"]);
    }
}

#[test]
fn the_sources_on_blasphemy_in_pakistan_stand_beside_each_other() {
    let Some(folder) = real_reports("the_sources_on_blasphemy_in_pakistan") else { return };
    let library = Library::new();
    for part in
        ["open-doors", "un-upr/txt/pakistan2012.txt", "us-state-hrr", "us-state-irf", "uscirf"]
    {
        library.forb(["add".as_ref(), folder.join(part).as_os_str()]);
    }
    let answer = compared(&library, &["--country", "PK", "--issue", "blasphemy"]);
    for id in ["us-state-irf", "open-doors-wwl", "un-upr", "uscirf-countries"] {
        assert_eq!(said_by(&answer, id).0, "speaks", "{id}");
    }
    assert_eq!(said_by(&answer, "us-state-hrr").0, "not-in-summary");
}
