//! Correcting and caring for a library: `edit`, `remove`, `archive`, `restore` and
//! `doctor`, as a user meets them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::Instant;

use serde_json::Value;

use crate::harness::{Library, TERRORISM};

/// Two countries with the same text, and one with its own.
const SET: &str = r#"{"Peru": {"name": "Peru", "year": 2021, "summary": "A chapel was closed."},
    "Chad": {"name": "Chad", "year": 2021, "summary": "A mosque was opened."}}"#;

/// The one document that a search finds.
fn document(library: &Library, words: &str) -> Value {
    let hits = library.search([words]);
    assert_eq!(hits.len(), 1, "{hits:?}");
    hits[0]["document"].clone()
}

fn id_of(library: &Library, words: &str) -> String {
    document(library, words)["id"].as_str().expect("an id").to_owned()
}

fn corrections(library: &Library) -> PathBuf {
    library.root().join("corpus/corrections.toml")
}

fn capture(library: &Library, id: &str) -> PathBuf {
    library.root().join(format!("corpus/captures/{}/{id}.txt", &id[..2]))
}

#[test]
fn a_correction_is_shown_before_and_after_and_holds_whatever_is_read_again() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let id = id_of(&library, "temples");
    let edited = library.forb(["edit", &id[..5], "--country", "Kazakhstan", "--period", "2020"]);
    let out = edited.ends(0).out;
    assert!(out.contains(&format!("edited\t{id}\tcountry\tunknown\tKazakhstan (KZ)\t")), "{out}");
    assert!(out.contains(&format!("edited\t{id}\tperiod\t2021\t2020\tcrt.txt\n")), "{out}");
    let holds = |library: &Library| {
        let document = document(library, "temples");
        assert_eq!((&document["country"], &document["period"]), (&"KZ".into(), &"2020".into()));
    };
    holds(&library);
    library.forb(["index"]).ends(0);
    holds(&library);
    library.add("crt.txt", TERRORISM).ends(0);
    holds(&library);
    // The correction stands above what is stated later; what the text says is still shown.
    library.forb(["add", "crt.txt", "--period", "2019"]).ends(0);
    holds(&library);
    let evidence = library.forb(["status", "--verbose"]).ends(0).out;
    for line in ["agrees\tuser\t2020", "disagrees\tuser\t2019", "disagrees\ttext\t2021"] {
        assert!(evidence.contains(&format!("period\t{line}\t")), "{line}: {evidence}");
    }
    let again = library.forb(["edit", &id, "--period", "2020"]).ends(0).out;
    assert_eq!(again, format!("unchanged\t{id}\tperiod\tis 2020 already\tcrt.txt\n"));
}

#[test]
fn what_is_wrong_can_be_said_to_be_unknown_and_what_was_said_taken_back() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    library.forb(["add", "crt.txt", "--country", "PE"]).ends(0);
    let id = id_of(&library, "temples");
    let json = library
        .forb(["edit", &id, "--unknown", "series", "--withdraw", "country", "--format", "json"])
        .ends(0)
        .out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let changes = json["documents"][0]["changes"].as_array().expect("changes").clone();
    let fields: Vec<&str> = changes.iter().filter_map(|c| c["field"].as_str()).collect();
    assert!(fields.contains(&"series") && fields.contains(&"country"), "{json}");
    for rebuilt in [false, true] {
        if rebuilt {
            library.forb(["index"]).ends(0);
        }
        let document = document(&library, "temples");
        assert_eq!((&document["country"], &document["series"]), (&Value::Null, &Value::Null));
    }
    let status = library.forb(["status", "--verbose"]).ends(0).out;
    assert!(status.contains("series\tdisagrees\ttext\tus-state-crt"), "{status}");
    let out = library.forb(["edit", &id, "--withdraw", "series"]).ends(0).out;
    assert!(out.contains("unknown\tCountry Reports on Terrorism (us-state-crt)"), "{out}");
    let nothing = library.forb(["edit", &id, "--withdraw", "title"]).ends(0).out;
    assert!(nothing.contains("was never stated by you"), "{nothing}");
}

#[test]
fn authors_language_and_terms_are_corrected_too_and_cited() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let id = id_of(&library, "temples");
    let offices = ["--author", "Office of Temples", "--author", "Rahim, A."];
    let terms = ["--language", "fr-FR", "--licence", "public domain"];
    let out = library.forb([&["edit", &id][..], &offices, &terms].concat()).ends(0).out;
    for change in ["authors\t", "language\tunknown\tfr\t", "licence\t"] {
        assert!(out.contains(&format!("edited\t{id}\t{change}")), "{change}: {out}");
    }
    assert!(out.contains("\tOffice of Temples; Rahim, A.\t"), "{out}");
    library.forb(["index"]).ends(0);
    let status = library.forb(["status", "--verbose"]).ends(0).out;
    assert!(status.contains("licence\tagrees\tuser\tpublic domain"), "{status}");
    let again = library.forb(["edit", &id, "--language", "fr"]).ends(0).out;
    assert!(again.contains("language\tis fr already"), "{again}");
    let unknown = library.forb(["edit", &id, "--unknown", "authors"]).ends(0).out;
    assert!(unknown.contains("authors\tOffice of Temples; Rahim, A.\tunknown"), "{unknown}");
    let slip = library.forb(["edit", &id, "--unknown", "author"]).ends(2).err;
    assert!(slip.contains("did you mean authors?"), "{slip}");
    let no_tag = library.forb(["edit", &id, "--language", "french!"]).ends(2).err;
    assert!(no_tag.contains("is no language tag"), "{no_tag}");
}

#[test]
fn a_record_of_a_data_set_is_corrected_like_a_file() {
    let library = Library::new();
    let set = SET.replace(
        "}}",
        "}, \"PERU\": {\"name\": \"Peru\", \"year\": 2021, \
        \"summary\": \"A chapel  was closed.\"}}",
    );
    library.file("set.json", &set);
    library.forb(["add", "set.json", "--series", "us-state-irf"]).ends(0);
    library.forb(["edit", "set.json: Chad", "--country", "Niger"]).ends(0);
    assert_eq!(document(&library, "mosque")["country"], "NE");
    assert_eq!(document(&library, "chapel")["country"], "PE");
    // Two records are one document as long as they say the same of the same country.
    library.forb(["edit", "set.json: Peru", "--country", "Chile"]).ends(0);
    let countries = |library: &Library| {
        let hits = library.search(["chapel"]);
        let country = |hit: &Value| hit["document"]["country"].as_str().map(str::to_owned);
        let mut countries: Vec<Option<String>> = hits.iter().map(country).collect();
        countries.sort();
        countries
    };
    let before = countries(&library);
    assert_eq!(before, [Some("CL".into()), Some("PE".into())]);
    library.forb(["index"]).ends(0);
    assert_eq!(countries(&library), before);
    let folded = library.forb(["edit", "set.json: PERU", "--country", "CL"]).ends(0).out;
    assert!(folded.starts_with("folded\t"), "{folded}");
    assert_eq!(countries(&library), [Some("CL".into())]);
    let whole = library.forb(["edit", "set.json", "--country", "CL"]).ends(2).err;
    assert!(whole.contains("is a data set"), "{whole}");
}

#[test]
fn what_cannot_be_corrected_is_an_error_that_names_the_nearest() {
    let library = Library::new();
    library.forb(["edit", "k7m2", "--country", "KZ"]).ends(2);
    library.add("crt.txt", TERRORISM).ends(0);
    let id = id_of(&library, "temples");
    for (arguments, word) in [
        (&["--country", "Kazahkstan"][..], "did you mean Kazakhstan"),
        (&["--publisher", "Open Dors"], "did you mean Open Doors"),
        (&["--series", "World Watch Lits"], "did you mean World Watch List"),
        (&["--unknown", "perod"], "did you mean period"),
        (&["--url", "example"], "is no address"),
        (&["--period", "2021", "--unknown", "period"], "exclude each other"),
        (&[], "say what to correct"),
    ] {
        let mut all = vec!["edit", &id];
        all.extend(arguments);
        let error = library.forb(all).ends(2).err;
        assert!(error.contains(word), "{arguments:?}: {error}");
    }
    let error = library.forb(["edit", "zzzz", "--country", "KZ"]).ends(2).err;
    assert!(error.contains("holds nothing of the id or file name `zzzz`"), "{error}");
    let error = library.forb(["edit", "ctr.txt", "--country", "KZ"]).ends(2).err;
    assert!(error.contains("did you mean crt.txt?"), "{error}");
    assert!(!corrections(&library).exists());
}

#[test]
fn the_file_of_corrections_can_be_changed_by_hand() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let id = id_of(&library, "temples");
    library.forb(["edit", &id, "--country", "KZ"]).ends(0);
    let text = fs::read_to_string(corrections(&library)).expect("read");
    fs::write(corrections(&library), text.replace("\"KZ\"", "\"Peru\" # by hand"))
        .expect("written");
    let warned = library.forb(["search", "temples"]).ends(0);
    assert!(warned.err.contains("corrections.toml has changed"), "{}", warned.err);
    library.add("other.txt", "Another report, on a chapel.").ends(0);
    assert_eq!(document(&library, "temples")["country"], "PE");
    assert_eq!(library.forb(["search", "--no-bridge", "temples"]).ends(0).err, "");
    // What means nothing changes nothing, and says where it stands.
    fs::write(corrections(&library), text.replace("\"KZ\"", "Peru")).expect("written");
    let line = text.lines().position(|line| line.starts_with("country")).expect("a line") + 1;
    for command in [&["index"][..], &["add", "other.txt"], &["edit", &id, "--country", "CL"]] {
        let error = library.forb(command).ends(2).err;
        let place = format!("corrections.toml: line {line}: ");
        assert!(error.contains(&place), "{command:?}: {error}");
    }
    assert_eq!(document(&library, "temples")["country"], "PE");
    fs::remove_file(corrections(&library)).expect("removed");
    library.forb(["index"]).ends(0);
    assert_eq!(document(&library, "temples")["country"], Value::Null);
}

#[test]
fn only_the_documents_concerned_are_read_again() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    library.add("other.txt", "Another report, on a chapel.").ends(0);
    let (id, other) = (id_of(&library, "temples"), id_of(&library, "chapel"));
    fs::remove_file(capture(&library, &other)).expect("removed");
    let ran = library.forb(["edit", &id, "--country", "KZ"]).ends(0);
    assert_eq!(ran.err, "");
    assert_eq!(library.search(["chapel"]).len(), 1);
}

/// The ids of all documents that are indexed, and of all captures whose bytes are kept.
fn indexed_and_kept(library: &Library) -> (BTreeSet<String>, BTreeSet<String>) {
    let status = library.forb(["status", "--format", "json"]);
    let status: Value = serde_json::from_str(&status.out).expect("JSON");
    let id = |document: &Value| document["id"].as_str().expect("an id").to_owned();
    let indexed = status["documents"].as_array().expect("a list").iter().map(id).collect();
    let mut kept = BTreeSet::new();
    for shard in fs::read_dir(library.root().join("corpus/captures")).expect("listed") {
        for file in fs::read_dir(shard.expect("an entry").path()).expect("listed") {
            let path = file.expect("an entry").path();
            kept.insert(path.file_stem().expect("a name").to_string_lossy().into_owned());
        }
    }
    (indexed, kept)
}

#[test]
fn what_is_removed_is_gone_and_comes_back_with_its_file() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    library.forb(["add", "crt.txt", "--country", "KZ"]).ends(0);
    library.add("other.txt", "Another report, on a chapel.").ends(0);
    let id = id_of(&library, "temples");
    let removed = library.forb(["remove", "crt.txt"]).ends(0);
    assert_eq!(removed.out, format!("removed\t{id}\t-\t1\tcrt.txt\n"));
    assert!(removed.err.contains("adding the file again brings back"), "{}", removed.err);
    for rebuilt in [false, true] {
        if rebuilt {
            library.forb(["index"]).ends(0);
        }
        assert!(library.search(["temples"]).is_empty());
        assert_eq!(library.search(["chapel"]).len(), 1);
        let (indexed, kept) = indexed_and_kept(&library);
        assert_eq!(indexed, kept);
        assert!(!kept.contains(&id));
    }
    assert!(library.forb(["remove", "crt.txt"]).ends(2).err.contains("holds nothing"));
    // One name that is wrong, and nothing at all is removed.
    assert!(library.forb(["remove", "other.txt", "othr.txt"]).ends(2).err.contains("other.txt?"));
    assert_eq!(library.search(["chapel"]).len(), 1);
    assert!(library.add("crt.txt", TERRORISM).ends(0).out.starts_with("added"));
    assert_eq!(document(&library, "temples")["country"], Value::Null);
}

#[test]
fn a_data_set_leaves_whole_or_by_single_records() {
    let library = Library::new();
    let set = SET.replace(
        "}}",
        "}, \"PERU\": {\"name\": \"Peru\", \"year\": 2021, \
        \"summary\": \"A chapel  was closed.\"}}",
    );
    library.file("set.json", &set);
    library.forb(["add", "set.json", "--series", "us-state-irf"]).ends(0);
    // What is folded into the record leaves with it: it is one document.
    let removed = library.forb(["remove", "set.json: Peru"]).ends(0).out;
    assert!(removed.contains("\t1\tset.json: Peru\n"), "{removed}");
    for rebuilt in [false, true] {
        if rebuilt {
            library.forb(["index"]).ends(0);
        }
        assert!(library.search(["chapel"]).is_empty());
        assert_eq!(library.search(["mosque"]).len(), 1);
    }
    library.forb(["add", "set.json"]).ends(0);
    assert_eq!(library.search(["chapel"]).len(), 1);
    let removed = library.forb(["remove", "set.json", "--format", "json"]).ends(0).out;
    let removed: Value = serde_json::from_str(&removed).expect("JSON");
    assert_eq!(removed["removed"][0]["documents"], 2);
    assert!(library.search(["chapel mosque"]).is_empty());
    // What was stated of it left with it, the series by which two records are one included.
    library.forb(["add", "set.json"]).ends(0);
    assert_eq!(library.search(["chapel mosque"]).len(), 3);
}

#[test]
fn a_digest_answers_again_when_its_original_leaves() {
    let library = Library::new();
    let original = library.file("original.txt", "The original, on a chapel that was closed.");
    library.forb(["add".as_ref(), original.as_os_str()]).ends(0);
    let status = library.forb(["status", "--format", "json"]).ends(0).out;
    let status: Value = serde_json::from_str(&status).expect("JSON");
    let sha256 = status["documents"][0]["sha256"].as_str().expect("a hash");
    let meta = format!("[digest_of]\npublisher = \"P\"\ntitle = \"T\"\nsha256 = \"{sha256}\"\n");
    library.file("digest.txt.meta.toml", meta);
    assert!(library.add("digest.txt", "A chapel, retold.").ends(0).out.starts_with("retired"));
    let removed = library.forb(["remove", "original.txt"]).ends(0).out;
    assert!(removed.contains("\nreturned\t") && removed.contains("digest.txt"), "{removed}");
    assert_eq!(library.texts(["chapel"]), ["A chapel, retold."]);
}

#[test]
fn a_removal_killed_at_any_moment_is_finished_by_the_next_writer() {
    let library = Library::new();
    let mut whole = None;
    for round in 0..8u32 {
        for n in 0..8 {
            library.file(&format!("many/{n}.txt"), format!("Report number{n} on the chapel."));
        }
        library.forb(["add", "many"]).ends(0);
        let mut names: Vec<String> = vec!["remove".to_owned()];
        names.extend((0..8).map(|n| format!("{n}.txt")));
        let time = *whole.get_or_insert_with(|| {
            let start = Instant::now();
            library.forb(&names).ends(0);
            library.forb(["add", "many"]).ends(0);
            start.elapsed() / 2
        });
        let mut command = library.command(&names);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs");
        thread::sleep(time * (round + 1) / 8);
        child.kill().expect("killed, or ended already");
        child.wait().expect("ends");
        // Whatever is searched now stands for a whole state.
        let found = library.search(["chapel", "--limit", "20"]).len();
        assert!(found == 0 || found == 8, "round {round}: {found}");
        library.add("crt.txt", TERRORISM).ends(0);
        let (indexed, kept) = indexed_and_kept(&library);
        assert_eq!(indexed, kept, "round {round}");
        assert!(indexed.len() == 1 || indexed.len() == 9, "round {round}: {indexed:?}");
    }
}

#[test]
fn a_library_goes_into_one_file_and_comes_out_the_same() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    library.add("set.json", SET).ends(0);
    let id = id_of(&library, "temples");
    library.forb(["edit", &id, "--country", "KZ"]).ends(0);
    let before = library.search(["temples chapel"]);
    for (file, flag) in [("plain.tar.zst", None), ("whole.tar.zst", Some("--with-index"))] {
        library.forb(["archive", file].into_iter().chain(flag)).ends(0);
        let error = library.forb(["archive", file]).ends(2).err;
        assert!(error.contains("is there already"), "{error}");
        let restored = Library::new();
        let path = library.root().with_file_name(file);
        let ran = restored.forb(["restore".as_ref(), path.as_os_str()]).ends(0);
        assert!(ran.err.contains("holds 2 captures now"), "{}", ran.err);
        assert_eq!(restored.root().join("index").exists(), flag.is_some());
        assert_eq!(restored.search(["temples chapel"]), before);
        let error = restored.forb(["restore".as_ref(), path.as_os_str()]).ends(2).err;
        assert!(error.contains("is not empty"), "{error}");
    }
    // A damaged archive leaves nothing behind.
    let path = library.root().with_file_name("plain.tar.zst");
    let mut bytes = fs::read(&path).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x20;
    fs::write(&path, bytes).expect("written");
    let restored = Library::new();
    let error = restored.forb(["restore".as_ref(), path.as_os_str()]).ends(2).err;
    assert!(error.contains("nothing was restored"), "{error}");
    assert!(!restored.root().exists());
    let folder = restored.root().parent().expect("a folder").to_owned();
    assert_eq!(fs::read_dir(folder).expect("listed").count(), 0);
    Library::new().forb(["archive", "a.tar.zst"]).ends(2);
}

#[test]
fn the_doctor_finds_what_is_wrong_and_says_how_to_mend_it() {
    let library = Library::new();
    library.forb(["doctor"]).ends(2);
    library.add("crt.txt", TERRORISM).ends(0);
    library.add("set.json", SET).ends(0);
    let well = library.forb(["doctor", "--format", "json"]).ends(0).out;
    let well: Value = serde_json::from_str(&well).expect("JSON");
    assert_eq!((&well["captures"], &well["documents"]), (&2.into(), &3.into()), "{well}");
    assert_eq!(library.forb(["doctor", "--quick"]).ends(0).out, "");
    let id = id_of(&library, "temples");
    let path = capture(&library, &id);
    let shard = path.parent().expect("a folder").to_owned();
    let bytes = fs::read(&path).expect("read");
    fs::write(&path, "other bytes").expect("written");
    fs::write(shard.join("stranger.txt"), "x").expect("written");
    fs::write(shard.join(".forb-x"), "x").expect("written");
    let record = library.root().join("corpus/records/added.jsonl");
    let records = fs::read_to_string(&record).expect("read");
    fs::write(&record, format!("{records}{{\"id\"")).expect("written");
    for quick in [None, Some("--quick")] {
        let out = library.forb(["doctor"].into_iter().chain(quick)).ends(1).out;
        let kinds: BTreeSet<&str> = out.lines().filter_map(|l| l.split('\t').nth(1)).collect();
        assert_eq!(
            kinds,
            BTreeSet::from(["capture", "left-over", "stranger", "torn-line"]),
            "{out}"
        );
        assert!(out.contains(&format!("`forb remove {id}`")), "{out}");
    }
    fs::write(&path, bytes).expect("written");
    fs::write(&record, "{}\n").expect("written");
    let out = library.forb(["doctor"]).ends(1).out;
    assert!(out.starts_with("problem\tunreadable\t") && out.contains("line 1"), "{out}");
    fs::write(&record, records).expect("written");
    fs::remove_dir_all(library.root().join("index")).expect("removed");
    assert!(library.forb(["doctor"]).ends(1).out.contains("run `forb index`"));
}
