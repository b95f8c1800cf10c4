//! Sources set beside each other, as `forb compare` does it: a small library in which it is known what
//! each source says, what two say alike, and what each silence means.

use serde_json::{Value, json};

use crate::harness::Library;

const STATE: &str = "In April the court of Callao sentenced Juan Quispe to three years in prison for \
    blasphemy after a sermon at the harbour. According to the Andean Rights Forum, police arrested 12 \
    members of a choir for blasphemy during Easter. The ministry opened a school for orphans in the \
    old town and paid for the books of every pupil.";

const WATCH: &str = "The court of Callao sentenced Juan Quispe to three years in prison for blasphemy \
    after his sermon at the harbour in April. According to the Andean Rights Forum, blasphemy cases \
    rose in the mountains. Two bakers were fined for blasphemy in June because of a song.";

const QUIET: &str = "Markets stayed open during the whole year and the harbour was widened. Teachers \
    asked for better pay and received it in autumn after long talks with the ministry. The weather was \
    mild, the fishing fleet grew by a third, and a new bridge was built across the river near the \
    capital. Farmers planted more maize than in any year before and sold it in the cities. The \
    national library bought a collection of old maps. A museum of ships was opened in spring. Buses \
    ran on time in most towns, and the railway carried more goods than expected. Engineers repaired \
    the old lighthouse and painted its walls. Students won prizes for their drawings of birds. The \
    year ended with a festival of lanterns on the lake and a concert in the park.";

pub fn add(library: &Library, series: [&str; 2], extent: &str, chapters: &[(&str, &str)]) {
    let chapters = chapters.iter().map(|(country, text)| {
        // Records of the same bytes would be one document, whichever set they are in.
        let text = format!("{text} Printed for the readers of {}.", series[1]);
        let chapter = json!({ "name": country, "year": 2022, "summary": text });
        ((*country).to_owned(), chapter)
    });
    let set = Value::Object(chapters.collect()).to_string();
    let path = library.file(&format!("{}.json", series[1]), set);
    let stated = ["--publisher", series[0], "--series", series[1], "--extent", extent];
    let add = ["add".as_ref(), path.as_os_str()].into_iter();
    library.forb(add.chain(stated.map(AsRef::as_ref))).ends(0);
}

/// Two sources that speak, a summary that does not, a text too short, and one on another country.
pub fn beside() -> Library {
    let library = Library::new();
    add(&library, ["us-state", "us-state-irf"], "full", &[("Peru", STATE), ("Chad", QUIET)]);
    add(&library, ["harbour-watch", "harbour-letters"], "full", &[("Peru", WATCH)]);
    add(&library, ["us-state", "us-state-hrr"], "summary", &[("Peru", QUIET), ("Chad", QUIET)]);
    add(&library, ["brief", "brief-notes"], "full", &[("Peru", "Nothing new."), ("Chad", QUIET)]);
    add(&library, ["far", "far-letters"], "full", &[("Chad", QUIET), ("Fiji", QUIET)]);
    library
}

fn asked(library: &Library, line: &[&str]) -> Value {
    let command = ["compare", "--format", "json"].into_iter().chain(line.iter().copied());
    serde_json::from_str(&library.forb(command).ends(0).out).expect("JSON")
}

#[test]
fn each_source_says_what_it_says_and_what_its_silence_means() {
    let library = beside();
    let answer = asked(&library, &["--country", "PE", "--issue", "blasphemy"]);
    let said: Vec<(&str, &str)> = answer["sources"]
        .as_array()
        .expect("sources")
        .iter()
        .map(|of| (of["source"].as_str().expect("an id"), of["said"].as_str().expect("a word")))
        .collect();
    let mut sorted = said.clone();
    sorted.sort_unstable();
    let expected = [
        ("brief-notes", "too-short"),
        ("far-letters", "no-text"),
        ("harbour-letters", "speaks"),
        ("us-state-hrr", "not-in-summary"),
        ("us-state-irf", "speaks"),
    ];
    assert_eq!(sorted, expected);
    // Every passage opens.
    let speaking = answer["sources"].as_array().expect("sources").iter();
    for of in speaking.filter(|of| of["said"] == "speaks") {
        let id = of["passages"][0]["passage"]["id"].as_str().expect("an id");
        assert!(library.forb(["show", id]).ends(0).out.contains("lasphemy"));
    }
    let hash = answer["asked"]["codebook"].as_str().expect("a hash");
    assert_eq!(hash.len(), 64);
}

#[test]
fn what_two_sources_say_alike_stands_side_by_side_with_the_reason() {
    let library = beside();
    let answer = asked(&library, &["--country", "Peru", "--issue", "blasphemy"]);
    let alike = answer["alike"].as_array().expect("pairs");
    assert_eq!(alike.len(), 1, "{alike:?}");
    for side in ["a", "b"] {
        assert!(alike[0][side]["text"].as_str().expect("text").contains("Juan Quispe"));
    }
    assert!(alike[0]["names"].to_string().contains("Quispe"), "{alike:?}");
    let only: Vec<String> = answer["sources"]
        .as_array()
        .expect("sources")
        .iter()
        .map(|of| of["only"].to_string())
        .collect();
    let only = only.join("\n");
    assert!(only.contains("12 members of a choir") && only.contains("Two bakers"), "{only}");
    assert!(!only.contains("Juan Quispe"), "{only}");
    let cited = answer["independence"]["cited"].to_string();
    assert!(cited.contains("Andean Rights Forum"), "{cited}");
}

#[test]
fn every_format_says_the_same_of_a_silence() {
    let library = beside();
    let line = ["compare", "--country", "PE", "--issue", "blasphemy", "--format"];
    for format in ["text", "csv", "markdown", "html"] {
        let out = library.forb(line.into_iter().chain([format])).ends(0).out;
        for said in ["not mentioned in the executive summary", "too short", "no text held"] {
            assert!(out.contains(said), "{format} lacks `{said}`: {out}");
        }
    }
    let page = library.forb(line.into_iter().chain(["html"])).ends(0).out;
    assert!(page.contains("<html lang=\"en\">") && !page.contains("<script"), "{page}");
}

#[test]
fn of_a_query_every_word_must_stand_in_a_passage() {
    let library = beside();
    let answer = asked(&library, &["sermon", "harbour", "--country", "PE"]);
    let speaks = |id: &str| {
        let sources = answer["sources"].as_array().expect("sources");
        sources.iter().any(|of| of["source"] == id && of["said"] == "speaks")
    };
    assert!(speaks("us-state-irf") && speaks("harbour-letters"));
    // It holds one of the words only.
    assert!(!speaks("us-state-hrr"));
}

#[test]
fn several_countries_are_told_apart() {
    let library = beside();
    let answer = asked(&library, &["--country", "PE", "--country", "TD", "--issue", "blasphemy"]);
    let sources = answer["sources"].as_array().expect("sources");
    let irf = sources.iter().find(|of| of["source"] == "us-state-irf").expect("held");
    let said: Vec<(&Value, &Value)> = irf["countries"]
        .as_array()
        .expect("countries")
        .iter()
        .map(|on| (&on["country"], &on["said"]))
        .collect();
    assert_eq!(said, [(&json!("PE"), &json!("speaks")), (&json!("TD"), &json!("not-mentioned"))]);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let library = beside();
    let ask = |line: &[&str]| library.forb(["compare"].into_iter().chain(line.iter().copied()));
    let silent = ask(&["--country", "TD", "--issue", "blasphemy"]).ends(1);
    assert!(silent.err.contains("no source speaks to it"), "{}", silent.err);
    assert!(silent.out.contains("not-mentioned"), "{}", silent.out);
    let nothing = ask(&["--country", "KE", "--issue", "blasphemy"]).ends(1);
    assert!(nothing.err.contains("no text is held"), "{}", nothing.err);
    let one = ask(&["--country", "PE", "--issue", "blasphemy", "--series", "us-state-irf"]).ends(0);
    assert!(one.err.contains("one source only"), "{}", one.err);
    let twice =
        ask(&["--country", "Burma", "--country", "Myanmar", "--issue", "blasphemy"]).ends(1);
    assert!(twice.err.contains("`Burma` and `Myanmar` are one country"), "{}", twice.err);
    for (line, expected) in [
        (&["--country", "Perru", "--issue", "blasphemy"][..], "did you mean Peru"),
        (&["--country", "PE", "--issue", "blasfemy"], "did you mean blasphemy"),
        (&["--issue", "blasphemy", "--period", "2022..2021"], "2022"),
        (&["--country", "PE"], "WORD"),
        (&["--", "---"], "no word to look for"),
    ] {
        let wrong = ask(line).ends(2).err;
        assert!(wrong.contains(expected), "{line:?}: {wrong}");
    }
    let empty = Library::new();
    empty.forb(["init".as_ref(), empty.root().as_os_str()]).ends(0);
    let empty = empty.forb(["compare", "--issue", "blasphemy"]).ends(1).err;
    assert!(empty.contains("no text is held"), "{empty}");
}

#[test]
fn a_recorded_comparison_is_asked_again() {
    let library = beside();
    let sources = ["compare", "court", "--country", "PE", "--issue", "blasphemy"];
    let table = ["compare", "--rows", "source", "--columns", "country", "--issue", "blasphemy"];
    for (line, name) in [(&sources[..], "sources.json"), (&table[..], "table.json")] {
        let asked = line.iter().copied().chain(["--record", name]);
        library.forb(asked.clone()).ends(0);
        let taken = library.forb(asked).ends(2).err;
        assert!(taken.contains("choose a name that is not taken"), "{taken}");
        let same = library.forb(["replay", name]).ends(0);
        assert!(same.out.starts_with("the same: ") && same.err.is_empty(), "{}", same.out);
    }
    let more = "A court of Lima tried three singers for blasphemy in July.";
    add(&library, ["late", "late-letters"], "full", &[("Peru", more)]);
    for (name, expected) in [
        ("sources.json", "source late-letters is new: speaks; passages: 1"),
        ("table.json", "cell late-letters / PE is new: passages: 1 of 1"),
    ] {
        let other = library.forb(["replay", name]).ends(1);
        assert!(other.err.contains("the corpus has changed"), "{}", other.err);
        assert!(other.out.contains(expected), "{name}: {}", other.out);
    }
    // A record that names what is not there, or lacks what it should have.
    let record = std::fs::read_to_string(library.file("x", "").with_file_name("table.json"));
    let record = record.expect("read");
    for (name, wrong) in [
        ("axis.json", record.replace("\"rows\": \"source\"", "\"rows\": \"moons\"")),
        ("cut.json", record.replace("\"found\"", "\"lost\"")),
        ("none.json", "{\"record_version\": 1, \"of\": \"compare\"}".to_owned()),
    ] {
        library.file(name, &wrong);
        let error = library.forb(["replay", name]).ends(2).err;
        assert!(error.starts_with("error: "), "{name}: {error}");
    }
}
