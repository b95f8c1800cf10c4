//! The commands as a user meets them: add, search, show, status, index, init, and their exit codes.

use std::process::{Command, Stdio};

use crate::harness::{Library, TERRORISM};

#[test]
fn a_report_goes_in_and_a_passage_comes_out_with_its_source() {
    let library = Library::new();
    let added = library.add("crt.txt", TERRORISM).ends(0);
    assert!(added.out.contains("us-state-crt"), "{}", added.out);
    let hits = library.search(["temples"]);
    let hit = &hits[0];
    assert_eq!(hit["passage"]["text"], "Ruritania stayed calm. Two temples were closed.");
    assert_eq!(hit["passage"]["section"], serde_json::json!(["Overview"]));
    assert_eq!(hit["passage"]["paragraph"], 1);
    assert_eq!(hit["document"]["publisher_id"], "us-state");
    assert_eq!(hit["document"]["series_id"], "us-state-crt");
    assert_eq!(hit["document"]["period"], "2021");
    assert_eq!(hit["highlights"], serde_json::json!([[27, 34]]));
    // Ruritania is no country: it stays unknown, and the report says so.
    assert_eq!(hit["document"]["country"], serde_json::Value::Null);
}

#[test]
fn adding_the_same_bytes_twice_changes_nothing() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let record = library.root().join("corpus/records/added.jsonl");
    let before = std::fs::read(&record).expect("a record");
    let again = library.add("copy.txt", TERRORISM).ends(0);
    assert!(again.out.contains("held"), "{}", again.out);
    assert_eq!(std::fs::read(&record).expect("a record"), before);
    assert_eq!(library.search(["temples"]).len(), 1);
}

#[test]
fn what_the_text_does_not_say_can_be_stated_later() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    assert!(library.search(["temples", "--country", "KZ"]).is_empty());
    let path = library.file("crt.txt", TERRORISM);
    library.forb(["add".as_ref(), path.as_os_str(), "--country".as_ref(), "KZ".as_ref()]).ends(0);
    assert_eq!(library.search(["temples", "--country", "Kazakhstan"]).len(), 1);
    // It survives a rebuild, for it is recorded in the corpus.
    library.forb(["index"]).ends(0);
    assert_eq!(library.search(["temples", "--country", "KZ"]).len(), 1);
}

#[test]
fn a_metadata_file_beside_the_report_states_what_the_text_does_not() {
    let library = Library::new();
    library.file(
        "note.txt.meta.toml",
        "country = \"Peru\"\npublisher = \"Forum 18\"\nperiod = \"2019\"\n",
    );
    library.add("note.txt", "A chapel was closed.").ends(0);
    let hit = &library.search(["chapel", "--publisher", "forum-18", "--period", "2018..2019"])[0];
    assert_eq!(hit["document"]["country"], "PE");
    assert_eq!(hit["document"]["publisher"], "Forum 18");
}

#[test]
fn words_are_ranked_phrases_are_exact_and_minus_excludes() {
    let library = Library::new();
    library
        .add(
            "report.txt",
            "The court closed a temple of the Hindu community.\n\n\
             A temple was opened, and the court was asked for its view of the matter.\n\n\
             The government registered non-violent groups.",
        )
        .ends(0);
    assert_eq!(library.search(["temples"]).len(), 2);
    assert_eq!(library.texts(["\"closed a temple\""]).len(), 1);
    assert!(library.texts(["\"temple closed\""]).is_empty());
    assert_eq!(library.texts(["temple", "-hindu"]).len(), 1);
    assert_eq!(library.texts(["--limit", "5", "temple", "-hindu"]).len(), 1);
    assert_eq!(library.texts(["+opened", "court"]).len(), 1);
    assert_eq!(library.texts(["non-violent"]).len(), 1);
    assert_eq!(library.texts(["-temple"]), ["The government registered non-violent groups."]);
}

#[test]
fn what_is_set_aside_is_found_only_when_asked_for() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let nothing = library.forb(["search", "official websites"]).ends(1);
    assert!(nothing.err.contains("no evidence that it does not happen"), "{}", nothing.err);
    assert_eq!(nothing.out, "");
    let found = library.search(["official websites", "--include", "chrome"]);
    assert!(!found.is_empty());
    assert_eq!(found[0]["passage"]["role"], "chrome");
}

#[test]
fn show_prints_a_passage_between_its_neighbours_and_a_whole_document() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let hits = library.search(["none"]);
    let id = hits[0]["passage"]["id"].as_str().expect("an id");
    let shown = library.forb(["show", id]).ends(0).out;
    let order = ["Two temples", "There were none", "Mr. Rassendyll"].map(|part| shown.find(part));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{shown}");
    assert!(!library.forb(["show", id, "--context", "0"]).ends(0).out.contains("temples"));
    let whole = library.forb(["show", &id[..4]]).ends(0).out;
    assert!(whole.contains("Two temples") && whole.contains("Nothing new"), "{whole}");
    assert_eq!(library.forb(["show", "crt.txt"]).ends(0).out, whole);
    assert!(library.forb(["show", "crt.txt", "--blocks"]).ends(0).out.contains("Two temples"));
    for wrong in ["zzzz.1", "crt.pdf", "nonsense id", &format!("{id}9"), "."] {
        let error = library.forb(["show", wrong]).ends(2).err;
        assert!(error.starts_with("error: "), "{error}");
    }
}

#[test]
fn status_says_what_is_held_and_how_that_is_known() {
    let library = Library::new();
    library.forb(["status"]).ends(2);
    library.forb(["init".as_ref(), library.root().as_os_str()]).ends(0);
    library.forb(["status"]).ends(1);
    library.add("crt.txt", TERRORISM).ends(0);
    let verbose = library.forb(["status", "--verbose"]).ends(0).out;
    assert!(verbose.contains("2021 Terrorist Incidents:"), "{verbose}");
    let json = library.forb(["status", "--format", "json"]).ends(0).out;
    serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
}

#[test]
fn unknown_values_of_options_name_the_nearest() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    for (option, value, near) in [
        ("--country", "Kazahkstan", "did you mean Kazakhstan"),
        ("--publisher", "Open Dors", "did you mean Open Doors"),
        ("--series", "World Watch Lits", "did you mean World Watch List"),
        ("--period", "2023..2019", "2019..2023"),
    ] {
        let error = library.forb(["search", "temple", option, value]).ends(2).err;
        assert!(error.contains(near), "{option}: {error}");
    }
}

#[test]
fn documents_of_unknown_period_are_left_out_and_counted() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    library.add("note.txt", "Two temples were closed in a year nobody states.").ends(0);
    let ran = library.forb(["search", "temples", "--period", "2019..2023"]).ends(0);
    assert!(ran.err.contains("1 document of unknown period left out"), "{}", ran.err);
    assert_eq!(library.search(["temples", "--period", "2019..2023"]).len(), 1);
    assert_eq!(library.search(["temples", "--period", "2022.."]).len(), 0);
}

#[test]
fn a_dry_run_changes_nothing() {
    let library = Library::new();
    let path = library.file("crt.txt", TERRORISM);
    let ran = library.forb(["add".as_ref(), "--dry-run".as_ref(), path.as_os_str()]).ends(0);
    assert!(ran.out.contains("us-state-crt"), "{}", ran.out);
    assert!(!library.root().exists());
}

#[test]
fn the_index_is_derived_deleting_it_loses_nothing() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let before = library.search(["temples"]);
    std::fs::remove_dir_all(library.root().join("index")).expect("removed");
    assert_eq!(library.search(["temples"]), before);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let mut command = library.command(["search", "ruritania", "--format", "json"]);
    let mut child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("ends");
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn standard_input_is_a_report_too() {
    use std::io::Write;
    let library = Library::new();
    let mut command = library.command(["add", "-", "--url", "https://example.org/r"]);
    let mut child = command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("runs");
    child.stdin.take().expect("open").write_all(TERRORISM.as_bytes()).expect("written");
    assert!(child.wait().expect("ends").success());
    assert_eq!(library.search(["temples"])[0]["document"]["url"], "https://example.org/r");
}

#[test]
fn help_starts_with_examples() {
    for command in ["search", "add", "show", "status"] {
        let help = Library::new().forb([command, "--help"]).ends(0).out;
        assert!(help.starts_with("Examples:"), "{help}");
    }
    assert!(Library::new().forb(["--help"]).ends(0).out.starts_with("Examples:"));
}

#[test]
fn the_records_of_a_data_set_are_documents_of_their_own() {
    let library = Library::new();
    let set = r#"{"Peru": {"name": "Peru", "year": 2021, "summary": "A chapel was closed."},
        "Chad": {"name": "Chad", "year": 2021, "summary": "A mosque was opened."},
        "Fiji": {"name": "Fiji", "year": 2021, "summary": ""}}"#;
    let added = library.add("set.json", set).ends(0);
    assert!(added.err.contains("--map text=summary,country=name,period=year"), "{}", added.err);
    assert!(added.out.contains("the record is empty"), "{}", added.out);
    let hit = &library.search(["chapel"])[0];
    assert_eq!(hit["document"]["country"], "PE");
    assert_eq!(hit["document"]["period"], "2021");
    assert_eq!(library.search(["mosque", "--country", "Chad"]).len(), 1);
    assert!(library.add("again.json", set).ends(0).out.starts_with("held"));
    let before = library.search(["chapel mosque"]);
    library.forb(["index"]).ends(0);
    assert_eq!(library.search(["chapel mosque"]), before);
}

#[test]
fn a_data_set_may_be_compressed_and_its_fields_named() {
    let library = Library::new();
    let rows = "wo\tbericht\nPeru\tA chapel was closed.\nChad\n";
    let mut encoder = Vec::new();
    let packed =
        Command::new("gzip").arg("-c").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut packed = packed.expect("gzip runs");
    std::io::Write::write_all(&mut packed.stdin.take().expect("open"), rows.as_bytes())
        .expect("written");
    std::io::Read::read_to_end(&mut packed.stdout.take().expect("open"), &mut encoder)
        .expect("read");
    packed.wait().expect("ends");
    let path = library.file("set.tsv.gz", encoder);
    let map = ["--map", "text=bericht,country=wo"];
    let added =
        library.forb(["add".as_ref(), path.as_os_str(), map[0].as_ref(), map[1].as_ref()]).ends(0);
    assert!(
        added.out.contains("row 3") && added.out.contains("1 cells instead of 2"),
        "{}",
        added.out
    );
    assert_eq!(library.search(["chapel"])[0]["document"]["country"], "PE");
    library.forb(["add".as_ref(), path.as_os_str(), "--map".as_ref(), "x".as_ref()]).ends(2);
}

#[test]
fn adding_goes_on_when_nobody_reads_the_report_on_it() {
    let library = Library::new();
    for n in 0..200 {
        library.file(&format!("many/{n}.txt"), format!("Report number{n} on the chapel."));
    }
    let mut command = library.command(["add", "many"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    drop(child.stdout.take());
    assert_eq!(child.wait_with_output().expect("ends").status.code(), Some(0));
    assert_eq!(library.search(["number199"]).len(), 1);
}

#[test]
fn a_capture_that_was_lost_is_named_and_comes_back_with_its_file() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    std::fs::remove_dir_all(library.root().join("corpus/captures")).expect("removed");
    library.forb(["index"]).ends(2);
    let silent = library.forb(["search", "temples"]).ends(1);
    assert!(silent.err.contains("crt.txt is held and could not be read"), "{}", silent.err);
    assert!(library.add("crt.txt", TERRORISM).ends(0).out.starts_with("added"));
    let found = library.forb(["search", "--no-bridge", "temples"]).ends(0);
    assert_eq!(found.err, "");
}

#[test]
fn the_same_bytes_with_two_metadata_files_are_known_by_both() {
    let library = Library::new();
    library.file("two/a.txt", TERRORISM);
    library.file("two/a.txt.meta.toml", "country = \"KZ\"");
    library.file("two/b.txt", TERRORISM);
    library.file("two/b.txt.meta.toml", "published = \"2022\"");
    library.forb(["add", "two"]).ends(0);
    let before = library.search(["temples"]);
    assert_eq!(before[0]["document"]["country"], "KZ");
    assert_eq!(before[0]["document"]["published"], "2022");
    library.forb(["index"]).ends(0);
    assert_eq!(library.search(["temples"])[0]["document"]["published"], "2022");
}

#[test]
fn a_metadata_file_is_no_report() {
    let library = Library::new();
    library.file("r.txt", TERRORISM);
    library.file("r.txt.meta.toml", "country = \"KZ\"");
    let ran = library.forb(["add", "r.txt", "r.txt.meta.toml"]).ends(0);
    assert!(ran.out.lines().any(|line| line.starts_with("skipped")), "{}", ran.out);
    assert!(library.search(["country"]).is_empty());
}

#[test]
fn nothing_searched_is_not_nothing_found() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let ran = library.forb(["search", "temples", "--country", "AF"]).ends(1);
    assert!(ran.err.contains("nothing was searched"), "{}", ran.err);
    let ran = library.forb(["search", "unicorns", "--publisher", "us-state"]).ends(1);
    assert!(ran.err.contains("nothing found in 1 document"), "{}", ran.err);
}

#[test]
fn a_dry_run_foretells_what_adding_does() {
    let library = Library::new();
    let path = library.file("crt.txt", TERRORISM);
    let run = |extra: &[&str]| {
        let arguments = ["add", "crt.txt"].iter().chain(extra);
        library.forb(arguments).ends(0).out
    };
    assert!(run(&["--dry-run"]).starts_with("would-add"));
    assert!(run(&[]).starts_with("added"));
    assert!(run(&["--dry-run"]).starts_with("held"));
    assert!(run(&["--dry-run", "--country", "KZ"]).starts_with("would-add"));
    assert!(run(&["--country", "KZ"]).starts_with("updated"));
    assert!(run(&["--dry-run", "--country", "KZ"]).contains("KZ"));
    assert!(path.exists());
}

#[test]
fn a_report_that_cites_another_is_not_taken_for_it() {
    let library = Library::new();
    let note = "Country note on Pakistan, made in an office nobody knows.\n\n".to_owned()
        + &"The office considered what others said. ".repeat(4)
        + "\n\nAccording to Open Doors International, twenty churches were closed.\n\n"
        + &"A paragraph of the note, like many others in it.\n\n".repeat(14)
        + "2021 Report on International Religious Freedom: Nigeria\n";
    library.add("note.txt", &note).ends(0);
    let page = "<!DOCTYPE html><body><nav><a>2021 Report on International Religious Freedom: \
        Nigeria</a></nav><main><h1>Remarks on Sudan</h1><p>A chapel was opened.</p></main></body>";
    library.add("page.html", page).ends(0);
    for words in ["considered", "chapel"] {
        let document = &library.search([words])[0]["document"];
        for unknown in ["publisher", "series", "country", "period"] {
            assert_eq!(document[unknown], serde_json::Value::Null, "{words}: {document}");
        }
    }
}

#[test]
fn the_country_of_a_report_is_not_the_first_partner_it_names() {
    let library = Library::new();
    let qatar = TERRORISM
        .replace("Ruritania stayed calm.", "The United States and Qatar continued their talks.")
        .replace("There were none in Ruritania.", "There were no incidents in Qatar in 2021.");
    library.add("crt.txt", &qatar).ends(0);
    assert_eq!(library.search(["temples"])[0]["document"]["country"], "QA");
    let unclear =
        TERRORISM.replace("Ruritania stayed calm.", "Peru and Chile continued their talks.");
    library.add("unclear.txt", &unclear).ends(0);
    let hits = library.search(["Peru"]);
    assert_eq!(hits[0]["document"]["country"], serde_json::Value::Null);
}

#[test]
fn a_stated_publisher_is_not_joined_to_a_series_of_another() {
    let library = Library::new();
    let path = library.file("crt.txt", TERRORISM);
    let stated = ["add".as_ref(), path.as_os_str(), "--publisher".as_ref(), "Forum 18".as_ref()];
    library.forb(stated).ends(0);
    let document = &library.search(["temples"])[0]["document"];
    assert_eq!(
        (document["publisher_id"].clone(), document["series"].clone()),
        ("forum-18".into(), serde_json::Value::Null)
    );
}

#[test]
fn an_appeal_behind_the_key_of_a_fact_is_not_its_value() {
    let library = Library::new();
    let report =
        "47 Kazakhstan\n\nPersecution Type\n\nWhat does persecution look like in Kazakhstan?\n\n"
            .to_owned()
            + &"The chapel of the town was closed. ".repeat(12)
            + "\n\nLeader\n\nMore Christians need help than ever\n\nGive now.\n";
    library.add("profile.txt", &report).ends(0);
    assert!(library.search(["\"more christians\""]).is_empty());
    assert_eq!(library.search(["\"more christians\"", "--include", "chrome"]).len(), 1);
}
