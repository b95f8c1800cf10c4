//! One report in several captures: all stay, the best answers, the others are reached when they are
//! asked for, and neither the order of adding nor what was removed meanwhile changes which answers.

use serde_json::Value;

use crate::harness::{Library, TERRORISM};

/// The captures of one report in words of our own: name, bytes, and the day they were taken.
const CAPTURES: [(&str, &str, &str); 3] = [
    (
        "old.txt",
        "The chancery registered nine temples.\n\nThe old wording stood in March.\n",
        "2022-03-01",
    ),
    (
        "new.txt",
        "The chancery registered nine temples.\n\nThe new wording stands since May.\n",
        "2022-05-01",
    ),
    (
        "page.html",
        "<html><body><main><h1>Overview</h1><p>The chancery registered nine temples.</p>\
         <p>Nobody was arrested.</p></main></body></html>",
        "2022-01-01",
    ),
];

fn add(library: &Library, at: usize) {
    let (name, content, day) = CAPTURES[at];
    add_as(library, name, content, &["--captured", day, "--period", "2021"]);
}

fn add_as(library: &Library, name: &str, content: &str, stated: &[&str]) {
    let path = library.file(name, content);
    let path = path.to_str().expect("UTF-8");
    let known = ["add", path, "--series", "IRF", "--country", "Peru", "--title", "Peru"];
    library.forb(known.iter().chain(stated)).ends(0);
}

fn status(library: &Library) -> Value {
    let shown = library.forb(["status", "--format", "json"]);
    serde_json::from_str(&shown.out).expect("JSON")
}

/// The document of a file, as status has it.
fn document(library: &Library, file: &str) -> Value {
    let status = status(library);
    let mut documents = status["documents"].as_array().expect("documents").iter();
    documents.find(|d| d["file_name"] == file).unwrap_or_else(|| panic!("no {file}")).clone()
}

fn id(document: &Value) -> String {
    document["id"].as_str().expect("an id").to_owned()
}

/// The files of the documents in which a search finds something, in order.
fn files(library: &Library, words: &[&str]) -> Vec<String> {
    let file = |hit: &Value| hit["document"]["file_name"].as_str().expect("a name").to_owned();
    let mut files: Vec<String> = library.search(words).iter().map(file).collect();
    files.sort();
    files.dedup();
    files
}

#[test]
fn the_best_capture_answers_and_the_others_are_reached_when_asked_for() {
    let library = Library::new();
    (0..3).for_each(|at| add(&library, at));
    assert_eq!(files(&library, &["temples"]), ["page.html"]);
    assert_eq!(files(&library, &["wording"]), Vec::<String>::new());
    assert_eq!(
        files(&library, &["temples", "--captures", "all"]),
        ["new.txt", "old.txt", "page.html"]
    );
    let [old, new, page] =
        ["old.txt", "new.txt", "page.html"].map(|file| id(&document(&library, file)));
    assert_eq!(files(&library, &["wording", "--capture", &old]), ["old.txt"]);
    assert_eq!(
        files(&library, &["temples", "--capture", &old[..6], "--capture", &new]),
        ["new.txt", "old.txt"]
    );
    assert_eq!(files(&library, &["wording", "--capture", &page]), Vec::<String>::new());
    let wrong = library.forb(["search", "wording", "--capture", "zzzzzz"]).ends(2);
    assert!(wrong.err.contains("zzzzzz"), "{}", wrong.err);

    // Every output says which answered and which others there are.
    let captures = serde_json::json!({ "answering": page, "others": [new, old] });
    let hit = &library.search(["temples"])[0];
    assert_eq!(hit["document"]["captures"], captures);
    let other = &library.search(["wording", "--capture", &old])[0];
    assert_eq!(other["document"]["captures"], captures);
    let row = library.forb(["search", "temples"]).ends(0).out;
    assert!(
        row.contains(&format!("this capture answers; 2 others are held: {new}, {old}")),
        "{row}"
    );
    let other = library.forb(["show", &format!("{old}.2")]).ends(0).out;
    assert!(other.contains("The old wording stood in March."), "{other}");
    assert!(
        other.contains(&format!("another capture of this document answers: {page}")),
        "{other}"
    );
    let whole = library.forb(["show", &old, "--format", "json"]).ends(0).out;
    assert!(whole.contains("old wording"), "{whole}");

    // What counts documents counts one.
    let counted = status(&library);
    assert_eq!(counted["totals"]["documents"], 1);
    assert_eq!(counted["totals"]["other_captures"], 2);
    assert_eq!(counted["totals"]["passages"], document(&library, "page.html")["passages"]);
    let lines = library.forb(["status"]).ends(0).out;
    assert_eq!(lines.lines().filter(|line| line.starts_with("document\t")).count(), 1, "{lines}");
    assert_eq!(lines.lines().filter(|line| line.starts_with("capture\t")).count(), 2, "{lines}");
    assert!(lines.contains(&format!("captures\t{old}\t{page}\t{new},{old}")), "{lines}");
    let coverage = library.forb(["coverage", "--format", "json"]).ends(0);
    assert!(coverage.err.contains("1 report is held in more than one capture"), "{}", coverage.err);
    let coverage: Value = serde_json::from_str(&coverage.out).expect("JSON");
    let peru = &coverage["series"][0]["countries"][0];
    assert_eq!((&peru["documents"], &peru["other_captures"]), (&1.into(), &2.into()));
    let silence = library.forb(["search", "zzzz"]).ends(1).err;
    assert!(silence.contains("1 document "), "{silence}");
    library.forb(["doctor"]).ends(0);
}

#[test]
fn which_capture_answers_does_not_depend_on_the_order_of_adding_or_on_what_was_removed() {
    let state = |library: &Library| {
        let mut lines: Vec<String> =
            library.forb(["status"]).ends(0).out.lines().map(str::to_owned).collect();
        lines.sort();
        (lines, library.forb(["search", "temples", "--limit", "9"]).ends(0).out)
    };
    let states: Vec<_> = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
        .iter()
        .map(|order| {
            let library = Library::new();
            order.iter().for_each(|&at| add(&library, at));
            state(&library)
        })
        .collect();
    assert!(states.iter().all(|state| *state == states[0]), "{states:#?}");

    let library = Library::new();
    (0..3).for_each(|at| add(&library, at));
    for (removed, answers, others) in [("page.html", "new.txt", 1), ("new.txt", "old.txt", 0)] {
        library.forb(["remove", removed]).ends(0);
        assert_eq!(files(&library, &["temples"]), [answers]);
        let captures = &document(&library, answers)["captures"];
        assert_eq!(captures["others"].as_array().map_or(0, Vec::len), others, "{captures}");
        library.forb(["doctor"]).ends(0);
    }
    // Alone it is a document like any other.
    assert_eq!(document(&library, "old.txt")["captures"], Value::Null);
    [1, 2].iter().for_each(|&at| add(&library, at));
    assert_eq!(state(&library), states[0]);
    // And an index built again says the same.
    library.forb(["index"]).ends(0);
    assert_eq!(state(&library), states[0]);
}

#[test]
fn another_period_or_title_is_another_document_and_a_correction_joins_and_parts() {
    let library = Library::new();
    add(&library, 2);
    let next = "The chancery registered ten temples.\n";
    add_as(&library, "next.txt", next, &["--period", "2022"]);
    assert_eq!(files(&library, &["temples"]), ["next.txt", "page.html"]);
    library.forb(["edit", "next.txt", "--period", "2021"]).ends(0);
    assert_eq!(files(&library, &["temples"]), ["page.html"]);
    library.forb(["doctor"]).ends(0);
    library.forb(["edit", "next.txt", "--period", "2022"]).ends(0);
    assert_eq!(files(&library, &["temples"]), ["next.txt", "page.html"]);
    library.forb(["edit", "next.txt", "--period", "2021", "--title", "Peru: Loreto"]).ends(0);
    assert_eq!(files(&library, &["temples"]), ["next.txt", "page.html"]);
}

#[test]
fn a_fuller_capture_answers_before_one_with_more_structure() {
    let library = Library::new();
    add(&library, 2);
    let text = "The chancery registered nine temples. Nobody was fined.\n";
    add_as(&library, "full.txt", text, &["--period", "2021", "--extent", "full"]);
    assert_eq!(files(&library, &["temples"]), ["full.txt"]);
}

#[test]
fn images_of_pages_are_held_as_such_until_their_text_comes() {
    let library = Library::new();
    library.file("scan.pdf", crate::pdf_files::picture());
    let facts = ["--country", "PE", "--period", "2021", "--series", "us-state-crt"];
    let added = library.forb([&["add", "scan.pdf"][..], &facts].concat()).ends(0);
    assert!(added.out.contains("it needs OCR; run it over the file"), "{}", added.out);
    let coverage = library.forb(["coverage"]).ends(0).out;
    assert!(coverage.contains("needs-ocr"), "{coverage}");
    let silent = library.forb(["search", "temples", "--country", "PE"]).ends(1).err;
    assert!(silent.contains("held as images of pages only"), "{silent}");
    library.file("text.txt", TERRORISM);
    library.forb([&["add", "text.txt"][..], &facts].concat()).ends(0);
    assert_eq!(library.search(["temples", "--country", "PE"]).len(), 1);
}
