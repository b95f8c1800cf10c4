//! Citations in searches, the address of words on a page, exhibits, copies of drafts with notes, and passages
//! cited without a quotation, over small reports of our own words.

use serde_json::Value;

use crate::harness::{Library, TERRORISM};

const PAGE: &str = "<!DOCTYPE html><html><body><main><h1>Courts in Peru</h1><p>There were no reports. The \
    court of the <em>north</em> closed a chapel &amp; a school.</p><ul><li>There were no reports.</li>\
    <li>Monitors asked for a review of it.</li></ul><p>There were no reports. Nobody asked again; the \
    mayor of the town said so to the council.</p></main></body></html>";

fn library() -> Library {
    let library = Library::new();
    let path = library.file("page.html", PAGE);
    let stated = ["--publisher", "Forum 18", "--title", "Courts in Peru", "--country", "PE"];
    let stated = stated.into_iter().chain(["--url", "https://example.org/courts#top"]);
    library.forb(["add", path.to_str().expect("a path")].into_iter().chain(stated)).ends(0);
    library
}

fn id_of(library: &Library, word: &str) -> String {
    library.search([word])[0]["passage"]["id"].as_str().expect("an id").to_owned()
}

#[test]
fn each_hit_comes_with_its_citation_where_a_style_is_asked_for() {
    let library = library();
    let hits = library.search(["chapel", "--cite", "oscola"]);
    let citation = hits[0]["citation"].as_str().expect("a citation");
    assert!(citation.starts_with("Forum 18, ‘Courts in Peru’"), "{citation}");
    assert_eq!(library.search(["chapel"])[0]["citation"], Value::Null);
    let row = library.forb(["search", "chapel", "--cite", "apa"]).ends(0).out;
    assert!(row.trim_end().ends_with("\t(Forum 18, n.d., para. 1 [counted])"), "{row}");
    for format in ["markdown", "html", "jsonl"] {
        let out =
            library.forb(["search", "chapel", "--cite", "apa", "--format", format]).ends(0).out;
        assert!(out.contains("(Forum 18, n.d., para. 1"), "{format}: {out}");
    }
    for refused in [["--format", "csv"], ["--output", "ids"], ["--cite", "turabian"]] {
        let style = if refused[0] == "--cite" { &[][..] } else { &["--cite", "apa"] };
        library.forb(["search", "chapel"].iter().chain(&refused).chain(style)).ends(2);
    }
}

#[test]
fn a_page_s_words_have_an_address_that_leads_nowhere_else() {
    let library = library();
    let link = |quote: &str| {
        library.forb(["cite", &id_of(&library, "chapel"), "--quote", quote, "--format", "link"])
    };
    let found = link("closed a chapel & a school").ends(0).out;
    assert_eq!(
        found,
        "https://example.org/courts#top:~:text=closed%20a%20chapel%20%26%20a%20school\n"
    );
    // Said three times on the page, so words around it tell which is meant.
    let found = link("There were no reports").ends(0).out;
    assert!(found.contains(":~:text=") && found.contains("-"), "{found}");
    let packet = library.forb(["cite", &id_of(&library, "mayor"), "--packet"]).ends(0).out;
    assert!(packet.contains("\taddress of the words\thttps://example.org/courts#top:~:text="));
    let path = library.file("crt.txt", TERRORISM);
    library.forb(["add", path.to_str().expect("a path"), "--url", "https://example.org/t"]).ends(0);
    let none = library.forb(["cite", &id_of(&library, "temples"), "--format", "link"]).ends(2);
    assert!(none.err.contains("its source is no page"), "{}", none.err);
}

#[test]
fn exhibits_are_numbered_and_hold_the_packet_in_every_format() {
    let library = library();
    let (one, two) = (id_of(&library, "chapel"), id_of(&library, "mayor"));
    let markdown = library.forb(["exhibit", &two, &one]).ends(0).out;
    let (first, second) =
        (markdown.find(&two).expect("its id"), markdown.find(&one).expect("its id"));
    assert!(first < second && markdown.contains("## Exhibit 2: Courts in Peru"), "{markdown}");
    assert!(markdown.contains("- **sha-256**: ") && markdown.contains("- **licence**: "));
    let html = library.forb(["exhibit", &one, "--format", "html"]).ends(0).out;
    assert!(html.contains("<h2>Exhibit 1: Courts in Peru</h2>"), "{html}");
    assert!(html.contains("chapel &amp; a school"), "{html}");
    library.forb(["exhibit", &one, "--format", "docx"]).ends(2);
    let path = library.root().with_file_name("list.docx");
    let file = path.to_str().expect("a path");
    library.forb(["exhibit", &one, &two, "--format", "docx", "--output", file]).ends(0);
    // Our own reader of Word files reads it back.
    let again = Library::new();
    again.forb(["add", file]).ends(0);
    let text: String = again.texts(["chapel"]).into_iter().chain(again.texts(["mayor"])).collect();
    assert!(text.contains("closed a chapel & a school") && text.contains("said so to the council"));
    // Nothing is overwritten.
    library.forb(["exhibit", &one, "--format", "docx", "--output", file]).ends(2);
    library.forb(["exhibit"]).ends(2);
    library.forb(["exhibit", "zzzz.1"]).ends(2);
}

#[test]
fn a_copy_of_the_draft_has_a_note_on_each_quotation_and_no_markup_of_the_draft_s() {
    let library = library();
    let id = id_of(&library, "mayor");
    let draft = format!(
        "<script>x</script> “Nobody asked again” ({id}); “the mayor of the city said so to \
         the council” ({id}). “Open"
    );
    let path = library.file("draft.txt", draft);
    let ran = library.forb(["verify", path.to_str().expect("a path"), "--format", "html"]).ends(1);
    let page = ran.out;
    assert!(page.contains("<mark class=\"holds\">Nobody asked again</mark>"), "{page}");
    assert!(page.contains("<mark class=\"fails\">the mayor of the city said"), "{page}");
    assert!(page.contains("“city” stands for “town”"), "{page}");
    assert!(page.contains("nothing closes it"), "{page}");
    assert!(!page.contains("<script>"), "{page}");
    assert!(page.contains("<title>draft.txt, its quotations checked</title>"), "{page}");
    let folder = path.parent().and_then(|folder| folder.to_str()).expect("a folder");
    assert!(!page.contains(folder), "{page}");
    assert_eq!(page.matches("<li id=").count(), 3, "{page}");
}

#[test]
fn a_passage_cited_without_a_quotation_is_looked_up_in_newer_editions() {
    let library = Library::new();
    library.add("crt-2021.txt", TERRORISM).ends(0);
    let newer = TERRORISM.replace("2021", "2022").replace("Two temples", "Three temples");
    library.add("crt-2022.txt", &newer).ends(0);
    for name in ["crt-2021.txt", "crt-2022.txt"] {
        library.forb(["edit", name, "--country", "KZ"]).ends(0);
    }
    let of = |word: &str, year: &str| {
        let hit = &library.search([word, "--period", year])[0];
        hit["passage"]["id"].as_str().expect("an id").to_owned()
    };
    let (temples, spoke, new) =
        (of("temples", "2021"), of("Rassendyll", "2021"), of("temples", "2022"));
    let gone = format!("{}.99", &temples[..12]);
    let draft = format!(
        "Temples were shut ({temples}). One spoke ({spoke}). So it went on ({new}). Lost ({gone}). \
         Never held (k7m2q9x4tb3c.4)."
    );
    let path = library.file("draft.md", draft);
    let path = path.to_str().expect("a path");
    let ran = library.forb(["verify", path, "--format", "json"]).ends(1);
    let found: Value = serde_json::from_str(&ran.out).expect("JSON");
    let paraphrases = found["paraphrases"].as_array().expect("a list");
    let standing: Vec<&str> =
        paraphrases.iter().map(|p| p["standing"].as_str().expect("a word")).collect();
    assert_eq!(standing, ["changed", "unchanged", "there", "gone", "not held"], "{}", ran.out);
    assert_eq!(paraphrases[0]["newer"].as_str(), Some(&new[..12]));
    let details = paraphrases[0]["details"].to_string();
    assert!(details.contains("Two temples were closed."), "{details}");
    assert!(!details.contains("stayed calm"), "{details}");
    crate::citing::documented("JSON: passage cited without a quotation", &paraphrases[0]);
    let rows = library.forb(["verify", path]).ends(1).out;
    assert!(rows.contains(&format!("paraphrase\t1:20\tchanged\t{temples}\t")), "{rows}");
    let sarif = library.forb(["verify", path, "--format", "sarif"]).ends(1).out;
    assert!(sarif.contains("\"ruleId\":\"paraphrase\""), "{sarif}");
    // What is only there and changed is no fault of the draft.
    let sound = library.file("sound.md", format!("Temples were shut ({temples})."));
    library.forb(["verify", sound.to_str().expect("a path")]).ends(0);
}
