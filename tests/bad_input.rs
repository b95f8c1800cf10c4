//! Bad input: any bytes, any query, any path. A bad item is named, counted and passed over; a bad
//! request gets an error that says what to do next; nothing held is lost.

use std::fs;
use std::process::Command;

use crate::harness::{FORB, Library, Ran, TERRORISM};

#[test]
fn bad_files_are_named_and_the_good_ones_go_in() {
    let library = Library::new();
    library.file("in/empty.txt", "");
    library.file("in/blank.txt", " \n\n \t\n");
    library.file("in/junk.bin", (0u8..=255).cycle().take(5000).collect::<Vec<u8>>());
    library.file("in/scan.pdf", "%PDF-1.7\n1 0 obj\n");
    library.file("in/utf32.txt", [0xff, 0xfe, 0, 0, b'a', 0, 0, 0, b'b', 0, 0, 0]);
    library.file("in/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    library.file("in/good.txt", TERRORISM);
    let ran = library.forb(["add", "in"]).ends(0);
    for name in ["empty.txt", "blank.txt", "junk.bin", "scan.pdf", "picture.png"] {
        let line = ran.out.lines().find(|line| line.contains(name)).expect(name);
        assert!(line.starts_with("skipped"), "{line}");
    }
    assert!(ran.out.contains("PDF"), "{}", ran.out);
    assert_eq!(library.search(["temples"]).len(), 1);
}

#[test]
fn paths_that_lead_nowhere_are_errors_by_name() {
    let library = Library::new();
    fs::create_dir_all(library.file("x", "x").with_file_name("hollow")).expect("made");
    #[cfg(unix)]
    std::os::unix::fs::symlink("gone", library.file("x", "x").with_file_name("dangling"))
        .expect("made");
    for path in ["absent.txt", "hollow", "dangling"] {
        let ran = library.forb(["add", path]).ends(2);
        assert!(ran.out.contains(path), "{path}: {}", ran.out);
    }
    library.forb(["add"]).ends(2);
}

#[test]
#[cfg(unix)]
fn folders_that_link_to_themselves_are_followed_once() {
    let library = Library::new();
    let file = library.file("loop/report.txt", TERRORISM);
    std::os::unix::fs::symlink(".", file.with_file_name("again")).expect("made");
    let ran = library.forb(["add", "loop"]).ends(0);
    assert_eq!(
        ran.out.lines().filter(|line| line.contains("report.txt")).count(),
        1,
        "{}",
        ran.out
    );
}

#[test]
fn a_wrong_metadata_file_is_named_with_its_line() {
    let library = Library::new();
    library.file("r.txt.meta.toml", "contry = \"KZ\"");
    let ran = library.add("r.txt", TERRORISM).ends(2);
    assert!(ran.out.contains("r.txt.meta.toml") && ran.out.contains("contry"), "{}", ran.out);
}

#[test]
fn html_nested_a_hundred_thousand_deep_is_read() {
    let library = Library::new();
    let page = format!(
        "<!DOCTYPE html><html><body>{}<p>A deep chapel.</p>{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    library.add("deep.html", &page).ends(0);
    assert_eq!(library.texts(["chapel"]), ["A deep chapel."]);
}

#[test]
fn a_file_of_one_endless_line_is_read() {
    let library = Library::new();
    let line = "word ".repeat(400_000);
    library.add("long.txt", &line).ends(0);
    assert_eq!(library.search(["word", "--limit", "3"]).len(), 3);
}

#[test]
fn any_query_is_legal() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let long = "temple ".repeat(15_000);
    for (query, code) in [
        ("", 1),
        ("?!…", 1),
        ("+ - \"", 1),
        ("\u{1b}[31m\u{202e}", 1),
        ("the of and in", 0),
        ("a:(^ temples", 0),
        ("\"temples were", 0),
        ("((((temples", 0),
        ("temples^^~*?:[]{}/\\", 0),
        (long.as_str(), 0),
    ] {
        let shown: String = query.chars().take(30).collect();
        let ran = library.forb(["search", "--", query]);
        assert_eq!(ran.code, code, "{shown}: {}", ran.err);
        assert!(!ran.err.contains('\u{1b}') && !ran.out.contains('\u{1b}'), "{shown}");
    }
}

#[test]
fn a_query_of_a_megabyte_is_bounded_and_says_so() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    // One argument of a command line is bounded by the system; many make up a megabyte.
    let word = "temples ".repeat(8_000);
    let words: Vec<&str> = std::iter::repeat_n(word.as_str(), 16).collect();
    let ran = Ran::of(library.command(["search"]).args(words).output().expect("runs")).ends(0);
    assert!(ran.err.contains("note:"), "{}", ran.err);
}

#[test]
fn escape_sequences_in_a_report_never_reach_the_terminal() {
    let library = Library::new();
    let closed = "A chapel \u{1b}]0;owned\u{7} was \u{1b}[31mclosed\u{202e}. ";
    let calm = "Nothing else was heard of in the town, and the people went on with their work. ";
    library.add("evil.txt", &format!("{closed}{}", calm.repeat(5))).ends(0);
    let shown = library.forb(["search", "chapel"]).ends(0);
    assert!(!shown.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", shown.out);
}

#[test]
fn an_index_of_another_version_or_half_written_is_refused_with_what_to_do() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let meta = library.root().join("index/meta.json");
    let text = fs::read_to_string(&meta).expect("read");
    let other = text.replacen("\"format_version\": ", "\"format_version\": 999", 1);
    assert_ne!(text, other, "the format of meta.json changed: {text}");
    for broken in [other.as_str(), "{", "", "[]"] {
        fs::write(&meta, broken).expect("written");
        let error = library.forb(["search", "temples"]).ends(2).err;
        assert!(error.contains("run `forb index`"), "{broken}: {error}");
        library.forb(["index"]).ends(0);
        assert_eq!(library.search(["temples"]).len(), 1);
    }
    // The next `add` mends it, too.
    fs::write(&meta, "{").expect("written");
    library.add("more.txt", "A mosque was opened.").ends(0);
    assert_eq!(library.search(["temples"]).len(), 1);
    // A missing engine file is half-written, not empty.
    let generation = fs::read_dir(library.root().join("index")).expect("listed");
    let folder = generation.map(|e| e.expect("entry").path()).find(|p| p.is_dir()).expect("files");
    fs::remove_file(folder.join("meta.json")).expect("removed");
    let error = library.forb(["search", "temples"]).ends(2).err;
    assert!(error.contains("run `forb index`"), "{error}");
}

#[test]
fn an_index_that_does_not_match_the_corpus_is_refused() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    library.add("more.txt", "A mosque was opened.").ends(0);
    let record = library.root().join("corpus/records/added.jsonl");
    let lines = fs::read_to_string(&record).expect("read");
    let second = lines.split_inclusive('\n').nth(1).expect("two records");
    fs::write(&record, second).expect("written");
    let error = library.forb(["search", "mosque"]).ends(2).err;
    assert!(error.contains("does not match the corpus") && error.contains("forb index"), "{error}");
    library.forb(["index"]).ends(0);
    assert!(library.search(["temples"]).is_empty());
    assert_eq!(library.search(["mosque"]).len(), 1);
}

#[test]
fn bytes_changed_in_the_corpus_are_not_served_as_captured() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let shard = fs::read_dir(library.root().join("corpus/captures")).expect("listed").next();
    let folder = shard.expect("one").expect("entry").path();
    let file = fs::read_dir(folder).expect("listed").next().expect("one").expect("entry").path();
    fs::write(file, TERRORISM.replace("calm", "wild")).expect("written");
    let error = library.forb(["index"]).ends(2).err;
    assert!(error.contains("crt.txt") && error.contains("not what was captured"), "{error}");
}

#[test]
fn wrong_publisher_profiles_are_an_error_with_their_line() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    fs::write(library.root().join("corpus/publishers.toml"), "format_version = 1\nx = 2")
        .expect("written");
    let error = library.forb(["search", "temples"]).ends(2).err;
    assert!(error.contains("forb index"), "{error}");
    let error = library.forb(["index"]).ends(2).err;
    assert!(error.contains("publishers.toml") && error.contains("line 2"), "{error}");
}

/// Runs forb as a user who may not do everything, when the tests run as root.
#[cfg(unix)]
fn without_privileges(command: &mut Command) -> Ran {
    use std::os::unix::process::CommandExt;
    if fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0) {
        command.uid(65534).gid(65534);
    }
    Ran::of(command.output().expect("forb runs"))
}

#[cfg(unix)]
fn allow(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
}

#[cfg(unix)]
fn allow_all(folder: &std::path::Path, folders: u32, files: u32) {
    for entry in fs::read_dir(folder).expect("listed") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            allow_all(&path, folders, files);
        } else {
            allow(&path, files);
        }
    }
    allow(folder, folders);
}

#[test]
#[cfg(unix)]
fn a_read_only_library_is_searched_and_not_written_to() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let more = library.file("more.txt", "A mosque was opened.");
    allow(more.parent().expect("a folder"), 0o755);
    allow(&more, 0o644);
    allow_all(&library.root(), 0o555, 0o444);
    let found = without_privileges(&mut library.command(["search", "temples"])).ends(0);
    assert!(found.out.contains("temples"), "{}", found.out);
    without_privileges(&mut library.command(["status"])).ends(0);
    let refused = without_privileges(&mut library.command(["add", "more.txt"])).ends(2);
    assert!(
        refused.err.contains("permission denied") && refused.err.contains("--library"),
        "{}",
        refused.err
    );
    allow_all(&library.root(), 0o755, 0o644);
}

#[test]
#[cfg(unix)]
fn a_file_without_permission_is_named_and_the_others_go_in() {
    let library = Library::new();
    let secret = library.file("in/secret.txt", "A secret.");
    library.file("in/open.txt", TERRORISM);
    allow(&secret, 0o000);
    let folder = secret.parent().expect("in").parent().expect("the folder");
    allow(folder, 0o777);
    let ran = without_privileges(&mut library.command(["add", "in"])).ends(2);
    assert!(ran.out.contains("secret.txt") && ran.out.contains("permission denied"), "{}", ran.out);
    assert!(
        without_privileges(&mut library.command(["search", "temples"]))
            .ends(0)
            .out
            .contains("temples")
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_loses_nothing_that_was_held() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let big = library.file("big.txt", "A chapel was closed in the town.\n\n".repeat(40_000));
    // A bound on the size of files stands for the full disk: writing past it fails.
    for blocks in ["0", "8", "400"] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" add \"$1\"");
        let mut shell = Command::new("bash");
        shell.args(["-c", &script, FORB]).arg(&big).env("FORB_LIBRARY", library.root());
        let failed = Ran::of(shell.output().expect("a shell"));
        assert_eq!(failed.code, 2, "{blocks}: {}{}", failed.out, failed.err);
        let heard = format!("{}{}", failed.out, failed.err);
        assert!(heard.contains("File too large"), "{blocks}: {heard}");
        assert_eq!(library.search(["temples"]).len(), 1, "{blocks}");
    }
    library.forb(["add".as_ref(), big.as_os_str()]).ends(0);
    assert!(!library.search(["chapel"]).is_empty());
    let mut search = library.command(["search", "temples"]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    let ran = Ran::of(search.stdout(full).output().expect("runs"));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error: "), "{}", ran.err);
}
