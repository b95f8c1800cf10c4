//! Labels as a researcher meets them: searched for, ruled out, made again after the codebook was
//! edited; and what the two real reports that forb began with must be labelled as.

use std::fs;

use serde_json::Value;

use crate::harness::{Library, Ran, real_reports, repository};

/// A small report whose paragraphs each say one thing.
const REPORT: &str = "\
Converts from Islam were beaten by their families in Ruritania.

The law prohibits discrimination on the basis of religion.

According to NGOs, police in Atyrau raided a house church of Jehovah's Witnesses in Kazakhstan.

There were no reports of Ahmadis being detained for blasphemy.

The weather was fine.
";

fn library() -> Library {
    let library = Library::new();
    let file = library.file("report.txt", REPORT);
    let options = ["--country", "KZ", "--publisher", "Forum 18", "--series", "Survey"];
    let arguments = ["add".as_ref(), file.as_os_str()];
    let ran = library
        .command(arguments)
        .args(options)
        .args(["--period", "2021"])
        .output()
        .expect("forb runs");
    Ran::of(ran).ends(0);
    library
}

/// The library's own codebook, the built-in one with one text put in the place of another.
fn edit_codebook(library: &Library, from: &str, to: &str) {
    let text = fs::read_to_string(repository().join("corpus/codebook.toml")).expect("read");
    assert!(text.contains(from), "the codebook no longer holds {from}");
    fs::write(library.root().join("corpus/codebook.toml"), text.replace(from, to))
        .expect("written");
}

fn labels(hit: &Value, kind: &str) -> Vec<String> {
    let all = hit["passage"]["labels"].as_array().expect("labels").iter();
    let wanted = all.filter(|label| label["kind"] == kind);
    wanted.map(|label| label["value"].as_str().expect("a value").to_owned()).collect()
}

#[test]
fn passages_are_found_by_their_labels_and_show_them() {
    let library = library();
    let hits = library.search(["--issue", "conversion-apostasy"]);
    assert!(hits[0]["passage"]["text"].as_str().expect("text").starts_with("Converts"));
    assert_eq!(hits[0]["score"], Value::Null);
    assert!(labels(&hits[0], "issue").contains(&"conversion-apostasy".to_owned()));
    let found = |arguments: &[&str]| library.texts(arguments).len();
    let one = ["--group", "Jehovah's Witnesses", "--attributed", "ngo", "--place", "atyrau"];
    assert_eq!(found(&one), 1);
    assert_eq!(found(&["--mentions", "Kazakhstan"]), 1);
    // Any value of one option, every option; what is ruled out is out.
    let both = found(&["--group", "ahmadi", "--group", "jehovahs-witness"]);
    assert_eq!(both, 2);
    assert_eq!(
        found(&["--group", "ahmadi", "--group", "jehovahs-witness", "--not-group", "Ahmadis"]),
        1
    );
    assert_eq!(found(&["--country", "KZ"]), 5);
    assert_eq!(found(&["--not-country", "KZ"]), 0);
    assert_eq!(found(&["--period", "2021", "--not-attributed", "source"]), 1);
    assert_eq!(found(&["discrimination", "--nature", "law"]), 1);
}

#[test]
fn a_polarity_is_that_of_the_issue_asked_for() {
    let library = library();
    let found = |arguments: &[&str]| library.texts(arguments);
    let none = found(&["--issue", "blasphemy", "--polarity", "none-reported"]);
    assert!(none.iter().any(|text| text.contains("Ahmadis")), "{none:?}");
    assert!(found(&["--issue", "blasphemy", "--polarity", "violation"]).is_empty());
    assert!(found(&["--issue", "blasphemy", "--not-polarity", "none-reported"]).is_empty());
    let protection = found(&["--polarity", "protection"]);
    assert!(protection.iter().any(|text| text.contains("prohibits")), "{protection:?}");
}

#[test]
fn words_with_filters_keep_their_order_and_scores() {
    let library = library();
    let plain = library.search(["police", "raided", "law"]);
    let filtered = library.search(["police", "raided", "law", "--nature", "law"]);
    assert!(!filtered.is_empty() && filtered.len() < plain.len());
    for hit in &filtered {
        let same = plain.iter().find(|known| known["passage"]["id"] == hit["passage"]["id"]);
        assert_eq!(same.map(|known| &known["score"]), Some(&hit["score"]));
    }
}

#[test]
fn unknown_values_are_errors_with_the_nearest() {
    let library = library();
    for (option, value, says) in [
        ("--issue", "conversions", "conversion-apostasy"),
        ("--polarity", "violations", "violation"),
        ("--nature", "laws", "law"),
        ("--attributed", "ngos", "ngo"),
        ("--group", "jehova", "jehovahs-witness"),
        ("--place", "Atyra", "Atyrau"),
        ("--mentions", "Kazahkstan", "Kazakhstan"),
        ("--not-issue", "zzzz", "forb issues"),
        ("--figure", "percents", "percent"),
    ] {
        let error = library.forb(["search", "x", option, value]).ends(2).err;
        assert!(error.contains(says), "{option} {value}: {error}");
    }
}

#[test]
fn an_edited_codebook_changes_only_labels_and_says_how_many_passages() {
    let library = library();
    let before = library.search(["--country", "KZ"]);
    edit_codebook(&library, "format_version = 1\n", "format_version = 1 # ours\n");
    let stale = library.forb(["search", "converts"]).ends(0);
    assert!(stale.err.contains("the codebook has changed"), "{}", stale.err);
    let same = library.forb(["index", "--labels"]).ends(0).err;
    assert!(same.contains("0 of 5 passages changed"), "{same}");
    assert_eq!(library.forb(["search", "--no-bridge", "converts"]).ends(0).err, "");

    let mut book = fs::read_to_string(library.root().join("corpus/codebook.toml")).expect("read");
    book.push_str(
        "\n[[issue]]\nid = \"weather\"\nname = \"Weather\"\ndefinition = \"Fine or not.\"\n\
         seeds = [\"weather\"]\n",
    );
    fs::write(library.root().join("corpus/codebook.toml"), book).expect("written");
    // The reports themselves are not read for it.
    let captures = library.root().join("corpus/captures");
    fs::rename(&captures, library.root().join("corpus/elsewhere")).expect("moved");
    let changed = library.forb(["index", "--labels"]).ends(0).err;
    assert!(changed.contains("1 of 5 passages changed"), "{changed}");
    fs::rename(library.root().join("corpus/elsewhere"), &captures).expect("moved back");
    assert_eq!(library.texts(["--issue", "weather"]), ["The weather was fine."]);
    let after = library.search(["--country", "KZ"]);
    let bare = |hits: &[Value]| -> Vec<Value> {
        let mut hits = hits.to_vec();
        hits.iter_mut().for_each(|hit| hit["passage"]["labels"] = Value::Null);
        hits
    };
    assert_eq!(bare(&before), bare(&after));
    library.forb(["doctor"]).ends(0);
}

#[test]
fn a_broken_codebook_is_named_with_its_place_and_the_index_stays() {
    let library = library();
    fs::write(library.root().join("corpus/codebook.toml"), "format_version = 1\n[[issue]\n")
        .expect("written");
    for arguments in [&["index", "--labels"][..], &["index"]] {
        let error = library.forb(arguments).ends(2).err;
        assert!(error.contains("codebook.toml, line 2, column 9"), "{error}");
    }
    assert_eq!(library.texts(["converts"]).len(), 1);
}

#[test]
fn writing_commands_bring_labels_up_to_date() {
    let library = library();
    edit_codebook(&library, "\"blasphem*\"", "\"weather\"");
    let said = library.add("other.txt", "Another report on nothing.\n").ends(0).err;
    assert!(said.contains("passages are others now"), "{said}");
    let texts = library.texts(["--issue", "blasphemy"]);
    assert!(texts.contains(&"The weather was fine.".to_owned()), "{texts:?}");
    assert_eq!(library.forb(["search", "--no-bridge", "converts"]).ends(0).err, "");
}

/// A library of the two reports that forb began with.
fn seeds(test: &str) -> Option<Library> {
    let folder = real_reports(test)?.join("seeds");
    let library = Library::new();
    library.forb(["add".as_ref(), folder.as_os_str()]).ends(0);
    Some(library)
}

fn label_of(hit: &Value, issue: &str) -> Option<String> {
    let all = hit["passage"]["labels"].as_array()?.iter();
    let label = all.clone().find(|label| label["kind"] == "issue" && label["value"] == issue)?;
    Some(label["polarity"].as_str()?.to_owned())
}

#[test]
fn the_seeds_are_labelled_as_a_reader_would() {
    let Some(library) = seeds("the_seeds_are_labelled_as_a_reader_would") else { return };
    let hits = library.search(["\"adherents of non-violent religious movements\""]);
    assert_eq!(label_of(&hits[0], "security-laws").as_deref(), Some("violation"));
    let speakers = labels(&hits[0], "attribution");
    assert!(speakers.contains(&"ngo".into()) && speakers.contains(&"observer".into()));
    let hits = library.search(["converts", "--issue", "conversion-apostasy"]);
    assert!(label_of(&hits[0], "societal-pressure").is_some());
    let hits = library.search(["\"no reported terrorist incidents\""]);
    let said = hits[0]["passage"]["labels"].as_array().expect("labels").iter();
    for label in said.filter(|label| label["kind"] == "issue") {
        assert_ne!(label["polarity"], "violation", "{label}");
    }
    let figures: Vec<String> = library
        .search(["--country", "KZ", "--limit", "100"])
        .iter()
        .flat_map(|hit| labels(hit, "figure"))
        .collect();
    for wanted in ["139", "19.8 percent", "90 percent", "181000", "600", "900000000", "4859000"] {
        assert!(figures.iter().any(|figure| figure.contains(wanted)), "{wanted}: {figures:#?}");
    }
    assert!(figures.iter().any(|figure| figure.starts_with("more than 600")));
    assert!(figures.iter().any(|figure| figure.starts_with("up to 90 percent")));
    assert!(figures.iter().any(|f| f.contains("19.8 percent") && f.contains("an increase")));
}

#[test]
fn explain_shows_each_figure_of_the_seeds_with_its_hedge_and_unit() {
    let Some(library) = seeds("explain_shows_each_figure_of_the_seeds") else { return };
    // Words of the passage, the figure, and the words that earned it.
    let wanted = [
        ("\"criminal offenses related\"", "139 criminal offenses", "139"),
        ("\"criminal offenses related\"", "19.8 percent increase, an increase", "19.8 percent"),
        ("\"criminal offenses related\"", "up to 90 percent", "up to 90 percent"),
        (
            "\"online materials promoting\"",
            "more than 181000 online materials",
            "more than 181,000",
        ),
        ("\"adherents of non-violent\"", "more than 600", "more than 600"),
        ("\"$900 million\"", "900000000 USD", "$900 million"),
        ("\"4,859,000\"", "4859000 Christian population", "4,859,000"),
    ];
    for (words, figure, earned) in wanted {
        let hits = library.search([words]);
        let id = hits[0]["passage"]["id"].as_str().expect("an id");
        let explained = library.forb(["explain", id]).ends(0).out;
        let shown = explained.lines().any(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            cells[0] == "figure" && cells[1].starts_with(figure) && cells.contains(&earned)
        });
        assert!(shown, "{figure}: {explained}");
    }
}

#[test]
fn what_is_set_aside_has_no_label() {
    let library = Library::new();
    let banner = "<html><body><nav><a href=\"/\">Converts were beaten and mosques raided</a></nav>\
                  <main><p>The weather was fine in Ruritania.</p></main></body></html>";
    library.add("page.html", banner).ends(0);
    let hits = library.search(["--include", "chrome", "converts"]);
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0]["passage"]["role"], "chrome");
    assert_eq!(hits[0]["passage"]["labels"], serde_json::json!([]));
}
