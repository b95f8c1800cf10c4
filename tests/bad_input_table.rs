//! The table of bad input: each row an input made here, what must be said of it by name, how the
//! command ends, and what is found afterwards. Whatever comes in, a library that held something
//! before still answers, and adding the same again says the same and ends the same way.

use std::fs;
use std::process::Command;
use std::time::Instant;

use serde_json::Value;

use crate::harness::{FORB, Library, Ran, TERRORISM};
use crate::pdf_files;

/// A row of the table.
struct Row {
    /// What is tried.
    name: &'static str,
    /// Makes the input in the folder `in`.
    make: fn(&Library),
    /// How `forb add in` ends.
    code: i32,
    /// Of which items what must be said: a part of the name, the outcome, words of the reason or of
    /// a warning.
    said: &'static [(&'static str, &'static str, &'static str)],
    /// What is found afterwards: a query, and words of the passage.
    found: &'static [(&'static str, &'static str)],
}

const ROWS: &[Row] = &[
    Row {
        name: "a PDF cut short",
        make: |library| {
            let whole = pdf_files::text("A chapel was closed.");
            library.file("in/start.pdf", &whole[..80]);
            library.file("in/mark.pdf", "%PDF-1.7\n1 0 obj\n");
            library.file("in/end.pdf", &whole[..whole.len() - 60]);
        },
        code: 0,
        said: &[
            ("start.pdf", "skipped", "damaged"),
            ("mark.pdf", "skipped", "damaged"),
            ("end.pdf", "added", "the PDF is damaged and was mended"),
        ],
        found: &[("chapel", "A chapel was closed.")],
    },
    Row {
        name: "a PDF that only a user's password opens",
        make: |library| {
            library.file("in/locked.pdf", pdf_files::locked("owner", "user"));
        },
        code: 2,
        said: &[("locked.pdf", "skipped", "a PDF file that is encrypted; save it without")],
        found: &[],
    },
    Row {
        name: "a PDF under an owner's password alone, which everybody may read",
        make: |library| {
            library.file("in/owned.pdf", pdf_files::locked("owner", ""));
        },
        code: 0,
        said: &[("owned.pdf", "added", "")],
        found: &[("chapels", "Two chapels were locked.")],
    },
    Row {
        name: "a PDF whose cross-reference is wrong",
        make: |library| {
            let whole = pdf_files::text("A chapel was closed.");
            let text = String::from_utf8(whole).expect("ASCII");
            library.file("in/place.pdf", text.replace("startxref\n", "startxref\n9"));
            library.file("in/table.pdf", text.replace("\nxref\n", "\nxrfe\n"));
            let shifted = text.replace("%PDF-1.5\n", "%PDF-1.5\n% a line put in later\n");
            library.file("in/shifted.pdf", shifted);
        },
        code: 0,
        said: &[
            ("place.pdf", "added", "damaged and was mended"),
            ("table.pdf", "added", "damaged and was mended"),
            ("shifted.pdf", "added", "damaged and was mended"),
        ],
        found: &[("chapel", "A chapel was closed.")],
    },
    Row {
        name: "a PDF of images",
        make: |library| {
            library.file("in/scan.pdf", pdf_files::picture());
        },
        code: 0,
        said: &[("scan.pdf", "added", "no page holds text, only images: it needs OCR; run it")],
        found: &[],
    },
    Row {
        name: "folders that link to themselves and to each other",
        make: |library| {
            let file = library.file("in/a/report.txt", "A chapel was closed.");
            library.file("in/b/other.txt", "A mosque was opened.");
            link("..", &file.with_file_name("up"));
            link(".", &file.with_file_name("self"));
            link("../b", &file.with_file_name("beside"));
            link("../a", &file.with_file_name("../b/back"));
            link("round", &file.with_file_name("round"));
        },
        code: 2,
        said: &[
            ("report.txt", "added", ""),
            ("other.txt", "added", ""),
            ("round", "failed", "symbolic links"),
        ],
        found: &[("chapel", "A chapel was closed."), ("mosque", "A mosque was opened.")],
    },
    Row {
        name: "a file name that is not UTF-8",
        make: |library| {
            let file = library.file("in/seat", "A chapel was closed.");
            fs::rename(&file, file.with_file_name(odd_name())).expect("renamed");
        },
        code: 0,
        said: &[("caf\u{fffd}.txt", "added", "")],
        found: &[("chapel", "A chapel was closed.")],
    },
    Row {
        name: "several encodings in one file",
        make: |library| {
            let text = "The café was closed – and reopened. Naïve people met.\n\nA caf";
            library.file("in/mixed.txt", [text.as_bytes(), b"\xe9 apart."].concat());
        },
        code: 0,
        said: &[("mixed.txt", "added", "1 place is not valid UTF-8, the first at byte 64")],
        found: &[("reopened", "The café was closed"), ("apart", "A caf\u{fffd} apart.")],
    },
    Row {
        name: "NUL bytes",
        make: |library| {
            let few = format!("A chapel\0was closed. {}", "All went on as before. ".repeat(40));
            library.file("in/few.txt", few);
            library.file("in/many.txt", "A\0 chapel\0 was\0 closed\0.".repeat(9));
            library.file("in/only.txt", [0; 4096]);
        },
        code: 0,
        said: &[
            ("few.txt", "added", "1 control character was read as a space"),
            ("many.txt", "skipped", "is not text"),
            ("only.txt", "skipped", "is not text"),
        ],
        found: &[("chapel", "A chapel was closed.")],
    },
    Row {
        name: "CSV with ragged rows",
        make: |library| {
            let rows = "country,text\nPeru,A chapel was closed.\nChad\nMali,A mosque.,more\n\
                        \"Togo,open\nBenin,A shrine.\n";
            library.file("in/rows.csv", rows);
        },
        code: 0,
        said: &[
            ("rows.csv: row 2", "added", ""),
            ("rows.csv: row 3", "skipped", "has 1 cells instead of 2"),
            ("rows.csv: row 4", "skipped", "has 3 cells instead of 2"),
            ("rows.csv: row 5", "skipped", "has 1 cells instead of 2"),
        ],
        found: &[("chapel", "A chapel was closed.")],
    },
    Row {
        name: "a record without text",
        make: |library| {
            let set = r#"{"Peru": {"name": "Peru", "summary": "A chapel was closed."},
                          "Chad": {"name": "Chad", "summary": ""},
                          "Mali": {"name": "Mali"},
                          "Togo": 7}"#;
            library.file("in/set.json", set);
            let lines = "{\"country\": \"Peru\", \"text\": \"A mosque was opened.\"}\n\
                         {\"country\": \"Chad\", \"text\": null}\n{\"country\": \"Mali\"\n";
            library.file("in/set.jsonl", lines);
        },
        code: 0,
        said: &[
            ("set.json", "added", "looks like JSON records and was read as plain text"),
            ("set.jsonl: line 1", "added", ""),
            ("set.jsonl: line 2", "added", "the record is empty"),
            ("set.jsonl: line 3", "skipped", "is no record"),
        ],
        found: &[("mosque", "A mosque was opened.")],
    },
    Row {
        name: "HTML with the bodies of scripts and styles",
        make: |library| {
            let page = "<!DOCTYPE html><html><head><title>T</title>\
                <style>.chapel { color: hidden }</style>\
                <script>var mosque = '<p>A mosque in a script.</p>';</script></head><body>\
                <p>A chapel was closed.<script>document.write('<p>synagogue</p>')</script></p>\
                <style>p { content: 'synagogue' }</style><p>It was <!-- synagogue -->opened.</p>\
                <script>synagogue without an end";
            library.file("in/page.html", page);
        },
        code: 0,
        said: &[("page.html", "added", "")],
        found: &[
            ("chapel", "A chapel was closed."),
            ("opened", "It was opened."),
            ("mosque", ""),
            ("synagogue", ""),
        ],
    },
    Row {
        name: "text from right to left, and combining marks",
        make: |library| {
            let text = "\u{5d4}\u{5db}\u{5e0}\u{5e1}\u{5ea} \u{5e0}\u{5e1}\u{5d2}\u{5e8}.\n\n\
                        A cafe\u{301} was closed to Vie\u{323}\u{302}t believers.\n\n\
                        Stacked e\u{300}\u{301}\u{302}\u{303}\u{304}\u{305} marks.";
            library.file("in/marks.txt", text);
        },
        code: 0,
        said: &[("marks.txt", "added", "")],
        found: &[
            ("\u{5d4}\u{5db}\u{5e0}\u{5e1}\u{5ea}", "\u{5e0}\u{5e1}\u{5d2}\u{5e8}."),
            ("café", "A café was closed to Việt believers."),
            ("stacked", "\u{e8}\u{301}\u{302}\u{303}\u{304}\u{305} marks."),
        ],
    },
];

#[test]
fn every_row_of_the_table_holds() {
    let broken: Vec<&str> = ROWS
        .iter()
        .filter(|row| std::panic::catch_unwind(|| holds(row)).is_err())
        .map(|row| row.name)
        .collect();
    assert!(broken.is_empty(), "these rows do not hold, each told above: {broken:#?}");
}

/// Fails unless a row of the table holds.
fn holds(row: &Row) {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    (row.make)(&library);
    for again in [false, true] {
        let ran = library.forb(["add", "--format", "json", "in"]);
        assert_eq!(ran.code, row.code, "{}: {}{}", row.name, ran.out, ran.err);
        assert!(!ran.err.contains("panicked"), "{}: {}", row.name, ran.err);
        for (file, outcome, words) in row.said {
            // What is held is not told again; nor are the records of a data set that is.
            if !again || *outcome != "added" && !file.contains(": ") {
                says(row.name, &ran, file, outcome, words);
            }
        }
    }
    for (query, words) in row.found {
        let texts = library.texts([*query]);
        match *words {
            "" => assert!(texts.is_empty(), "{}: {query}: {texts:?}", row.name),
            words => assert!(texts.iter().any(|t| t.contains(words)), "{}: {texts:?}", row.name),
        }
    }
    assert_eq!(library.search(["temples"]).len(), 1, "{}", row.name);
}

/// Fails unless a report on a file says so.
fn says(row: &str, ran: &Ran, file: &str, outcome: &str, words: &str) {
    let answer: Value = serde_json::from_str(&ran.out).expect("JSON");
    let files = answer["files"].as_array().expect("files");
    let of_file = |item: &&Value| item["file"].as_str().is_some_and(|name| name.ends_with(file));
    let item = files.iter().find(of_file);
    let item = item.unwrap_or_else(|| panic!("{row}: nothing on {file}: {}", ran.out));
    assert_eq!(item["outcome"], outcome, "{row}: {item}");
    let heard = format!("{} {}", item["reason"], item["document"]["warnings"]);
    assert!(heard.contains(words), "{row}: {file}: {heard}");
}

#[cfg(unix)]
fn link(target: &str, at: &std::path::Path) {
    std::os::unix::fs::symlink(target, at).expect("linked");
}

#[cfg(unix)]
fn odd_name() -> std::ffi::OsString {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(b"caf\xe9.txt".to_vec())
}

/// PDF files that ask for gigabytes, or for endless work: each is refused by name, with less than
/// two gigabytes of memory and a minute of a processor's time, even where nothing is optimised.
#[test]
#[cfg(target_os = "linux")]
fn pdf_bombs_are_refused_within_bounds() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let bombs: [(&str, Vec<u8>, &str); 5] = [
        ("page.pdf", pdf_files::swelling_page(2048), "unpacks to more than 32 MB"),
        ("objects.pdf", pdf_files::swelling_objects(2048), "unpack to more than 64 MB"),
        ("forms.pdf", pdf_files::nested_forms(), "it draws more than 200000 forms"),
        ("string.pdf", pdf_files::endless_string(1 << 20), "more than 400000 characters"),
        ("array.pdf", pdf_files::endless_array(4 << 20), "drawing instruction"),
    ];
    for (name, bytes, words) in bombs {
        assert!(bytes.len() < 6 << 20, "{name} is of {} bytes", bytes.len());
        let path = library.file(name, bytes);
        let script = "ulimit -v 2000000 -t 60; exec \"$0\" add --format json \"$1\"";
        let mut shell = Command::new("bash");
        shell.args(["-c", script, FORB]).arg(&path).env("FORB_LIBRARY", library.root());
        let ran = Ran::of(shell.output().expect("a shell")).ends(2);
        says("a bomb", &ran, name, "skipped", words);
        says("a bomb", &ran, name, "skipped", "too large to read");
        assert_eq!(library.search(["temples"]).len(), 1, "{name}");
    }
}

/// The size of a test that is larger where this variable is set.
fn at_full_size(usual: usize, full: usize) -> usize {
    if std::env::var_os("FORB_TEST_FULL_SIZE").is_some() { full } else { usual }
}

/// Tells what a test at its full size took.
fn note(what: &str, ran: &Ran, begun: Instant) {
    let peak = ran.err.lines().find_map(|line| line.strip_prefix("peak "));
    eprintln!("{what}: {:.1} s, peak {}", begun.elapsed().as_secs_f64(), peak.unwrap_or("unknown"));
}

/// Runs `forb add` on a path, with its peak of memory on stderr where the system tells it.
fn add_measured(library: &Library, path: &str) -> Ran {
    let mut command = if cfg!(target_os = "linux") && fs::metadata("/usr/bin/time").is_ok() {
        let mut command = Command::new("/usr/bin/time");
        command.args(["-f", "peak %M KB", FORB, "add", path]);
        command
    } else {
        let mut command = Command::new(FORB);
        command.args(["add", path]);
        command
    };
    let folder = library.root().parent().expect("a folder").to_owned();
    command.current_dir(folder).env("FORB_LIBRARY", library.root());
    Ran::of(command.output().expect("runs"))
}

/// Two thousand files, a million where `FORB_TEST_FULL_SIZE` is set: one in a thousand is bad and is
/// named, the others go in.
#[test]
fn very_many_files_are_added_and_the_bad_ones_named() {
    let count = at_full_size(2_000, 1_000_000);
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    for number in 0..count {
        let folder = number / 1_000;
        let text = match number % 1_000 {
            999 => String::new(),
            _ => format!("Chapel {number} was closed."),
        };
        library.file(&format!("in/{folder:04}/{number:07}.txt"), text);
    }
    let begun = Instant::now();
    let ran = add_measured(&library, "in").ends(0);
    note(&format!("{count} files"), &ran, begun);
    let of = |kind: &str| ran.out.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!((of("added\t"), of("skipped\t")), (count - count / 1_000, count / 1_000));
    assert!(ran.out.contains("0000999.txt\tthe file is empty"), "a bad file is not named");
    assert_eq!(library.texts(["1242"]), ["Chapel 1242 was closed."]);
    assert_eq!(library.search(["temples"]).len(), 1);
}

/// JSON on one line, of 4 MB, of 100 MB where `FORB_TEST_FULL_SIZE` is set: the records of an array
/// go in one by one, and a single endless string is one document.
#[test]
fn json_on_one_endless_line_is_read() {
    let size = at_full_size(4 << 20, 100 << 20);
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let sentence = "A chapel was closed in the town. ".repeat(120);
    let count = size / sentence.len();
    let record =
        |n: usize| format!("{{\"country\": \"Peru\", \"text\": \"Case {n}. {sentence}\"}}");
    let records: Vec<String> = (0..count).map(record).collect();
    library.file("records.json", format!("[{}]", records.join(",")));
    let begun = Instant::now();
    let ran = add_measured(&library, "records.json").ends(0);
    note(&format!("{} MB of records", size >> 20), &ran, begun);
    assert_eq!(ran.out.lines().filter(|line| line.starts_with("added\t")).count(), 50);
    let more = format!("more\trecords.json\t{}\t", count - 50);
    assert!(ran.out.lines().any(|line| line.starts_with(&more)), "{more}");

    let string = "One mosque was opened. ".repeat(size / 23);
    library.file("string.json", format!("{{\"country\": \"Peru\", \"text\": \"{string}\"}}"));
    let begun = Instant::now();
    let ran = add_measured(&library, "string.json").ends(0);
    note(&format!("{} MB in one string", size >> 20), &ran, begun);
    assert_eq!(library.search(["mosque", "--limit", "2"]).len(), 2);

    library.file("cut.json", format!("[{}", records.join(",")));
    let ran = add_measured(&library, "cut.json");
    assert!(ran.out.contains("cut.json"), "{}", ran.out.chars().take(300).collect::<String>());
    assert_eq!(library.search(["temples"]).len(), 1);
}
