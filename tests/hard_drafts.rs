//! Drafts that are hard: very long ones, quotations of one word and of thousands, over borders of
//! paragraphs and pages, marks that nest and do not pair, files that are damaged or made to do harm.

use serde_json::Value;

use crate::harness::{Library, Ran, word_file, word_paragraph};
use crate::pdf_files;

const REPORT: &str = "Overview\n\nThe registry said that 40 groups applied. Local monitors said that laws were \
    applied broadly, but not in the north.\n\nMonitors asked for a review. None was held in the spring of that \
    year.\n";

fn library() -> Library {
    let library = Library::new();
    library.add("report.txt", REPORT).ends(0);
    library
}

fn id_of(library: &Library, word: &str) -> String {
    library.search([word])[0]["passage"]["id"].as_str().expect("an id").to_owned()
}

/// Verifies a draft: how it ended, and its answer.
fn verified(library: &Library, name: &str, draft: impl AsRef<[u8]>) -> (i32, Value) {
    let ran = verify(library, name, draft);
    let answer =
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.err));
    (ran.code, answer)
}

fn verify(library: &Library, name: &str, draft: impl AsRef<[u8]>) -> Ran {
    let path = library.file(name, draft);
    library.forb(["verify", path.to_str().expect("a path"), "--format", "json"])
}

fn judgements(answer: &Value) -> Vec<&str> {
    let quotations = answer["quotations"].as_array().expect("a list");
    quotations.iter().map(|q| q["judgement"].as_str().expect("a word")).collect()
}

#[test]
fn ten_thousand_quotations_are_each_judged() {
    let library = library();
    let id = id_of(&library, "review");
    // Most marks in a long draft are about single words.
    let page = "The “so-called” list was “lost”. ".repeat(99)
        + &format!("\n\nIt says “asked for a review” and “asked for a feast” ({id}).\n\n");
    let (code, answer) = verified(&library, "many.md", page.repeat(50));
    let judged = judgements(&answer);
    assert_eq!((code, judged.len()), (1, 10_000));
    let count = |name: &str| judged.iter().filter(|judged| **judged == name).count();
    assert_eq!((count("exact"), count("differs"), count("cannot check")), (50, 50, 9_900));
    assert_eq!(answer["quotations"][9_999]["line"], 199);
}

#[test]
fn a_word_file_of_three_hundred_pages_is_read_to_its_end() {
    let library = library();
    let id = id_of(&library, "review");
    let page = word_paragraph("Nothing is quoted on this page; it only goes on and on.").repeat(12)
        + "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    let last = word_paragraph(&format!("It says “Monitors asked for a review” ({id})."));
    let (code, answer) =
        verified(&library, "long.docx", word_file("", &(page.repeat(300) + &last)));
    assert_eq!((code, judgements(&answer)), (0, vec!["exact"]));
    assert_eq!(answer["quotations"][0]["line"], 3_601);
}

#[test]
fn quotations_of_one_word_and_of_five_thousand_are_judged() {
    let library = Library::new();
    let sentence =
        |at: usize| format!("In village {at} the council met twice and wrote down nothing. ");
    let text: String = (1..=520).map(sentence).collect();
    assert!(text.split_whitespace().count() > 5_000);
    library.add("councils.txt", &text).ends(0);
    let document = id_of(&library, "council").split('.').next().expect("a document").to_owned();
    let draft = format!(
        "> {text}\n\n({document})\n\nThey wrote down “nothing” ({document}).\n\nIt was “nothing”, too."
    );
    let (_, answer) = verified(&library, "whole.md", &draft);
    // One word is looked for where it is cited from, and not in everything that is held.
    assert_eq!(judgements(&answer), ["exact", "exact", "cannot check"]);
    let (code, answer) =
        verified(&library, "altered.md", draft.replace("village 400 the", "village 400 a"));
    assert_eq!((code, judgements(&answer)[0]), (1, "differs"));
    assert_eq!(answer["quotations"][0]["differences"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_quotation_over_the_border_of_a_paragraph_or_a_page_is_found() {
    let library = library();
    let id = id_of(&library, "review");
    let over = format!("It says “but not in the north. Monitors asked for a review” ({id}).");
    let (code, answer) = verified(&library, "paragraphs.md", over);
    assert_eq!((code, judgements(&answer)), (0, vec!["exact"]));
    let pages = pdf_files::pages(&[
        &[
            "The council of the valley met in the spring and counted the chapels that were",
            "closed in the",
        ],
        &["upper valley, of which there were nine in all that year.", "Nobody counted the others."],
    ]);
    let path = library.file("council.pdf", pages);
    library.forb(["add", path.to_str().expect("a path")]).ends(0);
    let id = id_of(&library, "council");
    let over = format!(
        "It “counted the chapels that were closed in the upper valley, of which there were nine” ({id})."
    );
    let (code, answer) = verified(&library, "pages.md", over);
    assert_eq!((code, judgements(&answer)), (0, vec!["exact"]), "{answer}");
}

#[test]
fn marks_that_nest_are_one_quotation_and_marks_that_do_not_pair_are_told() {
    let library = Library::new();
    library
        .add("said.txt", "The clerk said that “the list of keys” was lost in the spring.\n")
        .ends(0);
    let id = id_of(&library, "clerk");
    let nested = format!("It reads «The clerk said that “the list of ‘keys’” was lost» ({id}).");
    let (_, answer) = verified(&library, "nested.md", nested);
    assert_eq!(judgements(&answer).len(), 1, "{answer}");
    let open = format!(
        "It reads “the list of keys” was lost” ({id}). And “was lost in the spring ({id}).\n\nThen “The clerk \
         said that” ({id})."
    );
    let (code, answer) = verified(&library, "open.md", open);
    assert_eq!(code, 1);
    assert_eq!(judgements(&answer), ["exact", "exact"], "{answer}");
    // A mark that nothing closes takes nothing along; one that closes nothing is no mark.
    assert_eq!(answer["faults"].as_array().map(Vec::len), Some(1), "{answer}");
}

#[test]
fn an_id_of_another_library_and_a_citation_of_none_are_told_apart() {
    let (library, other) = (library(), Library::new());
    other.add("other.txt", "Turnips were grown in this valley by all of its people.\n").ends(0);
    let foreign = id_of(&other, "turnips");
    let (_, answer) = verified(
        &library,
        "foreign.md",
        format!("“Turnips were grown in this valley” ({foreign})."),
    );
    assert_eq!(judgements(&answer), ["cannot check"]);
    assert!(answer.to_string().contains(&foreign), "{answer}");
    // Words that are held are found, whatever the id.
    let (code, answer) =
        verified(&library, "held.md", format!("“Monitors asked for a review” ({foreign})."));
    assert_eq!((code, judgements(&answer)), (1, vec!["found elsewhere"]));
}

#[test]
fn word_files_that_are_damaged_or_made_to_do_harm_are_refused_by_name() {
    let library = library();
    let secret = library.file("secret.txt", "the words of another file");
    let entity = format!("<!DOCTYPE d [<!ENTITY e SYSTEM \"file://{}\">]>", secret.display());
    let laughs =
        "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let body = |text: &str| word_paragraph(&format!("It says “{text}” there."));
    let whole = word_file("", &body("asked for a review"));
    for (name, bytes) in [
        ("cut.docx", whole[..whole.len() / 2].to_vec()),
        ("entity.docx", word_file(&entity, &body("one &e; two"))),
        ("laughs.docx", word_file(laughs, &body("one &b; two"))),
        ("bomb.docx", word_file("", &body(&" ".repeat(32 << 20)))),
        ("torn.docx", word_file("", "<w:p><w:r><w:t>“torn")),
    ] {
        assert!(bytes.len() < 4 << 20, "{name}");
        let ran = verify(&library, name, bytes);
        let said = format!("{}{}", ran.out, ran.err);
        assert!(
            !said.contains("words of another file") && !said.contains("aaaaaaaaaaaa"),
            "{name}: {said}"
        );
        assert_ne!(ran.code, 0, "{name}: {said}");
        assert!(said.contains(name), "{name}: {said}");
    }
}
