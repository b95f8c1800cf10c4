//! Archives of reports: each report in one is a document of its own, found, shown and built again
//! like any other; what is none is named.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::harness::{Library, TERRORISM};

fn zipped<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(content.as_ref()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn the_files_of_an_archive_are_documents_of_their_own() {
    let library = Library::new();
    let set = r#"{"Peru": {"name": "Peru", "year": 2021, "summary": "A mosque was opened."}}"#;
    let archive = zipped(&[
        ("2021/ruritania.txt", TERRORISM),
        ("set.json", set),
        ("empty.txt", ""),
        ("../../out.txt", "A shrine was restored."),
        ("empty.txt.meta.toml", "country = \"PE\""),
        ("out.txt.meta.toml", "country = \"CL\""),
    ]);
    let path = library.file("reports.zip", archive);
    let arguments = ["add".as_ref(), path.as_os_str()];
    let foretold = library.forb([arguments[0], "--dry-run".as_ref(), arguments[1]]).ends(0).out;
    let added = library.forb(arguments).ends(0);
    assert_eq!(foretold.replace("would-add", "added"), added.out);
    for place in ["2021/ruritania.txt", "set.json: Peru", "empty.txt", "out.txt"] {
        assert!(added.out.contains(&format!("reports.zip: {place}")), "{place}: {}", added.out);
    }
    assert!(added.out.contains("the file is empty"), "{}", added.out);
    assert!(added.err.contains("reports.zip: set.json: a data set, read with"), "{}", added.err);
    let hit = &library.search(["temples"])[0];
    assert_eq!(hit["document"]["file_name"], "reports.zip: 2021/ruritania.txt");
    let id = hit["document"]["id"].as_str().expect("an id");
    assert!(library.forb(["show", id]).ends(0).out.contains("Two temples were closed."));
    assert_eq!(library.search(["mosque"])[0]["document"]["country"], "PE");
    assert_eq!(library.texts(["shrine"]), ["A shrine was restored."]);
    assert_eq!(library.search(["shrine"])[0]["document"]["country"], "CL");
    let held = library.forb(arguments).ends(0).out;
    assert!(held.starts_with("held") && held.lines().count() == 1, "{held}");
    let before = library.search(["temples mosque shrine"]);
    library.forb(["index"]).ends(0);
    assert_eq!(library.search(["temples mosque shrine"]), before);
}

#[test]
fn the_pages_of_a_web_archive_carry_their_address_and_day() {
    let library = Library::new();
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>A chapel was closed.</p>";
    let uri = "https://example.org/peru";
    let warc: String = [("response", page), ("request", "GET / HTTP/1.1\r\n\r\n"), ("revisit", "")]
        .iter()
        .map(|(kind, body)| {
            format!(
                "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\n\
                 WARC-Date: 2021-05-03T12:00:00Z\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
                body.len()
            )
        })
        .collect();
    let added = library.add("crawl.warc", &warc).ends(0);
    assert!(added.out.contains("is a revisit"), "{}", added.out);
    assert!(added.out.contains("1 × request record"), "{}", added.out);
    let hit = &library.search(["chapel"])[0];
    assert_eq!(hit["document"]["url"], uri);
    assert_eq!(hit["document"]["captured"], "2021-05-03");
    let status = library.forb(["status", "--verbose"]).ends(0).out;
    assert!(status.contains("a field of the record"), "{status}");
}

#[test]
fn an_archive_in_which_nothing_can_be_read_is_skipped_by_name() {
    let library = Library::new();
    let whole =
        zipped(&[("a.txt", "A chapel was closed in the town, and another in the village.")]);
    let cut = library.file("cut.zip", &whole[..50]);
    let ran = library.forb(["add".as_ref(), cut.as_os_str()]).ends(2);
    assert!(ran.out.starts_with("skipped") && ran.out.contains("cut short"), "{}", ran.out);
    assert!(
        !library.root().join("corpus/captures").is_dir() || library.search(["chapel"]).is_empty()
    );
}
