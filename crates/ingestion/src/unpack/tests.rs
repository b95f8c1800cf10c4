//! Archives made by us, whole and broken: what comes out of them, as a transcript.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use ::zip::ZipWriter;
use ::zip::write::SimpleFileOptions;
use proptest::prelude::*;

use super::bounds::{BOUNDS, Bounds};
use super::{Parts, UnpackError, open_within};
use crate::source::SourceFile;

/// Bounds that small archives reach.
const TIGHT: Bounds =
    Bounds { total: 4000, member: 3000, swelling: 10, small: 1000, members: 50, depth: 2 };

fn zipped<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(content.as_ref()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

fn tar_header(name: &[u8], kind: u8, size: usize) -> [u8; 512] {
    let mut header = [0u8; 512];
    header[..name.len()].copy_from_slice(name);
    header[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    header
}

fn tarred<N: AsRef<[u8]>, B: AsRef<[u8]>>(files: &[(N, u8, B)]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, kind, content) in files {
        let content = content.as_ref();
        tar.extend(tar_header(name.as_ref(), *kind, content.len()));
        tar.extend(content);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.extend([0; 1024]);
    tar
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("finished")
}

/// A record of a web archive.
fn record(kind: &str, uri: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2021-05-03T12:00:00Z\r\n\
         Content-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn answer(fields: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n").as_bytes(), body].concat()
}

/// What a capture holds: `place: text` of each document, `place! why` of what is none.
fn parts_within(bytes: impl Into<Vec<u8>>, bounds: Bounds) -> Vec<String> {
    let source = SourceFile::new("pack", bytes.into());
    match open_within(&source, None, bounds) {
        Ok(Parts::One(one)) => vec![format!("one document of {} bytes", one.bytes().len())],
        Ok(Parts::Many(many)) => many
            .map(|part| match part {
                Ok(source) => {
                    let text = source.record.as_ref().map_or(source.bytes(), |r| r.text.as_bytes());
                    let text = String::from_utf8_lossy(text).into_owned();
                    let place = source.part_of.as_ref().map(|part| part.place.clone());
                    let place = place.expect("a place");
                    assert_eq!(source.name(), format!("pack: {place}"));
                    format!("{place}: {text}")
                }
                Err((place, reason)) => format!("{place}! {reason}"),
            })
            .collect(),
        Err(error) => vec![format!("! {error}")],
    }
}

fn parts(bytes: impl Into<Vec<u8>>) -> Vec<String> {
    parts_within(bytes, BOUNDS)
}

const FILES: [(&str, &str); 3] =
    [("2021/peru.txt", "A."), ("chad.html", "<p>B."), ("empty.txt", "")];
const READ: [&str; 3] = ["2021/peru.txt: A.", "chad.html: <p>B.", "empty.txt: "];

/// What metadata files say of each document: its place, title and period, or why it is none.
fn stated(bytes: &[u8], of_capture: Option<&str>) -> Vec<String> {
    let mut source = SourceFile::new("pack", bytes.to_vec());
    source.by_sidecar.title = of_capture.map(str::to_owned);
    let Ok(Parts::Many(many)) = open_within(&source, None, BOUNDS) else { panic!("no archive") };
    let shown = |part: super::Part| match part {
        Ok(source) => {
            let place = source.part_of.expect("a place").place;
            let (title, period) = (source.by_sidecar.title, source.by_sidecar.period);
            let period = period.map(|period| period.to_string());
            format!("{place}: {} {}", title.unwrap_or_default(), period.unwrap_or_default())
        }
        Err((place, reason)) => format!("{place}! {reason}"),
    };
    many.map(shown).collect()
}

#[test]
fn metadata_files_in_an_archive_state_what_they_are_beside() {
    let inner = zipped(&[("c.txt", "C."), ("c.txt.meta.toml", "period = \"2019\"")]);
    let files: [(&str, &[u8]); 7] = [
        ("x/a.txt", b"A."),
        ("x/a.txt.meta.toml", b"title = \"Of A\""),
        ("b.txt", b"B."),
        ("in.zip.meta.toml", b"title = \"Of all\"\nperiod = \"2020\""),
        ("in.zip", &inner),
        ("gone.txt.meta.toml", b"title = \"Of nothing\""),
        ("d.txt", b"D."),
    ];
    let expected = [
        "x/a.txt: Of A ",
        "b.txt: Of the pack ",
        "in.zip: c.txt: Of all 2019",
        "d.txt: Of the pack ",
        "what holds no report! passed over: 1 × metadata file without its file",
    ];
    let tar = tarred(&files.map(|(name, content)| (name, b'0', content)));
    for pack in [zipped(&files), tar.clone(), gzip(&tar)] {
        assert_eq!(stated(&pack, Some("Of the pack")), expected);
    }
}

#[test]
fn a_wrong_metadata_file_in_an_archive_is_named_and_its_file_not_read() {
    for (text, why) in [
        ("contry = \"PE\"", "a.txt.meta.toml: line 1: unknown field `contry`"),
        ("country = \"Ruritania\"", "a.txt.meta.toml: `Ruritania` is not a known country"),
    ] {
        let found =
            stated(&zipped(&[("a.txt", "A."), ("a.txt.meta.toml", text), ("b", "B.")]), None);
        assert!(found[0].starts_with(&format!("a.txt! {why}")), "{found:?}");
        assert_eq!(found[1..], ["b:  "]);
    }
}

#[test]
fn archives_of_every_kind_give_their_files() {
    assert_eq!(parts(zipped(&FILES)), READ);
    let tar = tarred(&FILES.map(|(name, content)| (name, b'0', content)));
    assert_eq!(parts(&tar[..]), READ);
    assert_eq!(parts(gzip(&tar)), READ);
    assert_eq!(parts(zstd::encode_all(&tar[..], 3).expect("packed")), READ);
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    bzip2.write_all(&tar).expect("written");
    assert_eq!(parts(bzip2.finish().expect("packed")), READ);
}

#[test]
fn what_is_packed_within_is_opened_with_its_place() {
    let set =
        r#"{"Peru": {"name": "Peru", "summary": "A."}, "Chad": {"name": "Chad", "summary": "B."}}"#;
    let inner = tarred(&[("set.json", b'0', set)]);
    let outer = zipped(&[("in.tgz", gzip(&inner)), ("note.txt.gz", gzip(b"C."))]);
    assert_eq!(
        parts(outer),
        ["in.tgz: set.json: Peru: A.", "in.tgz: set.json: Chad: B.", "note.txt.gz: C."]
    );
}

#[test]
fn a_guess_about_a_data_set_within_is_told() {
    let source = SourceFile::new(
        "pack.zip",
        zipped(&[("a.csv", "country,text\nPeru,A.\n"), ("b.txt", "B.")]),
    );
    let Ok(Parts::Many(mut many)) = super::open(&source, None) else { panic!("an archive") };
    assert_eq!(many.by_ref().count(), 2);
    assert_eq!(
        many.take_notes(),
        ["pack.zip: a.csv: a data set, read with --map text=text,country=country (a guess)"]
    );
    assert_eq!(many.mapping(), None);
}

#[test]
fn word_files_and_books_are_documents_wherever_they_stand() {
    let word = zipped(&[("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")]);
    let book = zipped(&[("mimetype", "application/epub+zip"), ("META-INF/container.xml", "<x/>")]);
    for document in [&word, &book] {
        assert_eq!(parts(&document[..]), [format!("one document of {} bytes", document.len())]);
        assert_eq!(parts(&document[..60]), ["one document of 60 bytes"]);
        let within = parts(zipped(&[("a/report", document)]));
        assert!(matches!(&within[..], [one] if one.starts_with("a/report: PK")), "{within:?}");
    }
}

#[test]
fn names_never_lead_out_and_two_of_one_name_are_two() {
    let mut zip =
        zipped(&[("../../etc/a", "A."), ("/abs/b", "B."), ("x/same1", "C."), ("x/same2", "D.")]);
    let at: Vec<usize> = (0..zip.len()).filter(|&at| zip[at..].starts_with(b"x/same2")).collect();
    assert_eq!(at.len(), 2);
    at.into_iter().for_each(|at| zip[at + 6] = b'1');
    let expected = ["etc/a: A.", "abs/b: B.", "x/same1: C.", "x/same1 (no. 2 of this name): D."];
    assert_eq!(parts(zip), expected);
    let names: [&[u8]; 4] = [b"../../etc/a", b"/abs/b", b"x/same1", b"x/same1"];
    let texts = ["A.", "B.", "C.", "D."];
    let files: Vec<_> = names.iter().zip(texts).map(|(name, text)| (*name, b'0', text)).collect();
    assert_eq!(parts(tarred(&files)), expected);
    assert_eq!(
        parts(tarred(&[(&b"p\xe9rou.txt"[..], b'0', "A."), (b".hidden", b'0', "x")])),
        ["p\\xe9rou.txt: A.", "what holds no report! passed over: 1 × hidden file"]
    );
}

#[test]
fn the_same_bytes_twice_are_one_document() {
    assert_eq!(
        parts(zipped(&[("a.txt", "A."), ("b.txt", "A.")])),
        ["a.txt: A.", "b.txt! holds the same bytes as a.txt, which is read"]
    );
}

#[test]
fn links_and_devices_are_named_and_long_names_read() {
    let long = format!("{}/peru.txt", "y".repeat(150));
    let attributes = format!("{} path={long}2\n", long.len() + 11);
    assert_eq!(attributes.len(), long.len() + 11);
    let mut link = tar_header(b"link", b'2', 0);
    link[157..168].copy_from_slice(b"/etc/passwd");
    link[148..156].fill(b' ');
    let sum: u32 = link.iter().map(|&byte| u32::from(byte)).sum();
    link[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let rest = tarred(&[
        ("folder/", b'5', ""),
        ("device", b'3', ""),
        ("././@LongLink", b'L', &long[..]),
        ("yyy", b'0', "A."),
        ("header", b'x', &attributes),
        ("yyy", b'0', "B."),
    ]);
    assert_eq!(
        parts([&link[..], &rest].concat()),
        [
            "link! is a link to etc/passwd; links are not followed".to_owned(),
            "device! is a device and no file".to_owned(),
            format!("{long}: A."),
            format!("{long}2: B."),
        ]
    );
}

#[test]
fn encrypted_files_are_named_and_the_others_read() {
    let mut zip = zipped(&[("a.txt", "A."), ("b.txt", "B.")]);
    let list = (0..zip.len()).find(|&at| zip[at..].starts_with(b"PK\x01\x02")).expect("a list");
    zip[list + 8] |= 1;
    let read = parts(zip);
    assert!(read[0].starts_with("a.txt! is encrypted"), "{read:?}");
    assert_eq!(read[1..], ["b.txt: B."]);
}

#[test]
fn what_is_whole_before_a_cut_is_read_and_the_rest_is_named() {
    let text = "A chapel was closed in the town. ".repeat(20);
    let files = [("a.txt", text.clone()), ("b.txt", text.clone() + "B"), ("c.txt", text + "C")];
    let zip = zipped(&files);
    let tar = tarred(&files.clone().map(|(name, content)| (name, b'0', content)));
    let warc: Vec<u8> = files
        .iter()
        .flat_map(|(name, text)| {
            record("response", name, &answer("Content-Type: text/plain", text.as_bytes()))
        })
        .collect();
    // A web archive has no mark of its end: a cut between two records cannot be seen.
    let is_between = |held: &[u8]| {
        let held = String::from_utf8_lossy(held);
        let held = held.trim_end_matches(['\r', '\n']);
        files.iter().any(|(_, text)| held.ends_with(text.as_str()))
    };
    for (whole, first, marks_its_end) in [(zip, 4, true), (tar, 512, true), (warc, 6, false)] {
        let mut most = 0;
        for end in first..whole.len() {
            let read = parts(&whole[..end]);
            let count = read.iter().filter(|line| !line.contains('!')).count();
            if count < 3 && (marks_its_end || !is_between(&whole[..end])) {
                let last = read.last().expect("a line");
                assert!(last.contains("cut short") || last.contains("not whole"), "{end}: {last}");
            }
            assert!(count >= most, "{end}: {read:?}");
            most = count;
        }
        assert_eq!(most, 3);
        assert_eq!(parts(&whole[..]).len(), 3);
    }
    let packed = gzip(&tarred(&files.map(|(name, content)| (name, b'0', content))));
    let read = parts(&packed[..packed.len() - 20]);
    assert!(read.iter().any(|line| line.contains("cut short")), "{read:?}");
}

#[test]
fn files_whose_length_stands_behind_them_are_read_without_the_list() {
    let mut zip = Vec::new();
    for (name, text) in [("a.txt", "A chapel."), ("b.txt", "B chapel.")] {
        let mut encoder =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text.as_bytes()).expect("written");
        let packed = encoder.finish().expect("packed");
        let mut sum = flate2::Crc::new();
        sum.update(text.as_bytes());
        zip.extend(b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0");
        zip.extend(name.as_bytes());
        zip.extend(&packed);
        zip.extend(b"PK\x07\x08");
        zip.extend(sum.sum().to_le_bytes());
        zip.extend((packed.len() as u32).to_le_bytes());
        zip.extend((text.len() as u32).to_le_bytes());
    }
    let read = parts(&zip[..]);
    assert_eq!(read[..2], ["a.txt: A chapel.", "b.txt: B chapel."]);
    assert!(read[2].starts_with("the rest! the archive is cut short"), "{read:?}");
    let read = parts(&zip[..zip.len() - 20]);
    assert_eq!(read[0], "a.txt: A chapel.");
    assert!(read[1].starts_with("b.txt! is cut short"), "{read:?}");
}

#[test]
fn a_damaged_file_is_named_by_its_checksum() {
    let mut zip = zipped(&[("a.txt", "A chapel."), ("b.txt", "B.")]);
    let list = (0..zip.len()).find(|&at| zip[at..].starts_with(b"PK\x01\x02")).expect("a list");
    zip[list + 16] ^= 1;
    let read = parts(zip);
    assert!(read[0].starts_with("a.txt! is damaged (its checksum is wrong)"), "{read:?}");
    assert_eq!(read[1..], ["b.txt: B."]);
}

#[test]
fn bombs_are_refused_by_ratio_by_total_and_by_depth() {
    let bomb = zipped(&[("a.txt", "A."), ("bomb.txt", &" ".repeat(2000)), ("b.txt", "B.")]);
    let read = parts_within(bomb.clone(), TIGHT);
    assert!(read[1].starts_with("bomb.txt! unpacks to more than 10 times its size"), "{read:?}");
    assert_eq!([&read[0], &read[2]], ["a.txt: A.", "b.txt: B."]);
    // The same, one within the other: each opening is counted.
    let nested = parts_within(zipped(&[("in.zip", &bomb), ("in2.zip", &bomb)]), TIGHT);
    assert!(nested.iter().any(|line| line.contains("in.zip: bomb.txt! unpacks")), "{nested:?}");
    // Many that are each within bounds are too much together.
    let many: Vec<(String, String)> =
        (0..20).map(|n| (format!("{n}.txt"), format!("{n} ").repeat(300))).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let read = parts_within(zipped(&many), TIGHT);
    assert!(read.len() < 10, "{read:?}");
    let last = read.last().expect("a line");
    assert!(last.starts_with("the rest! it unpacks to more than"), "{last}");
    // A stream swells as a whole.
    let tar = tarred(&[("a", b'0', "A."), ("bomb", b'0', &" ".repeat(2900))]);
    let read = parts_within(gzip(&tar), TIGHT);
    assert!(read[1].contains("times its size"), "{read:?}");
    // Packed again and again.
    let deep = (0..4).fold(zipped(&[("a", "A.")]), |inner, _| {
        zipped(&[("in.zip", inner), ("b", b"B.".to_vec())])
    });
    let read = parts_within(deep, TIGHT);
    assert!(read[0].starts_with("in.zip: in.zip! is packed more than"), "{read:?}");
    assert_eq!(read[1..], ["in.zip: b: B.", "b! holds the same bytes as in.zip: b, which is read"]);
    let single = gzip(&gzip(&gzip(&gzip(b"A."))));
    let source = SourceFile::new("x", single);
    assert!(matches!(open_within(&source, None, TIGHT), Err(UnpackError::TooDeep)));
    let real = gzip(&vec![b' '; 9 << 20]);
    assert!(parts(real)[0].contains("unpacks to more than 250 times"));
}

#[test]
fn an_archive_without_files_says_so() {
    for empty in [zipped(&[("folder/", "")]), zipped::<&str>(&[]), tarred(&[("folder/", b'5', "")])]
    {
        let read = parts(empty);
        assert!(matches!(&read[..], [one] if one.contains("without a file in it")), "{read:?}");
    }
}

#[test]
fn a_hundred_thousand_files_cost_linear_time() {
    let time = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("{n}.txt")).collect();
        let files: Vec<(&str, u8, &str)> =
            names.iter().map(|n| (n.as_str(), b'0', n.as_str())).collect();
        let (tar, start) = (tarred(&files), Instant::now());
        assert_eq!(parts(tar).len(), count);
        start.elapsed()
    };
    let (small, large) = (time(10_000), time(100_000));
    assert!(large < small * 30 + Duration::from_millis(500), "{small:?}, {large:?}");
}

#[test]
fn pages_of_a_web_archive_are_documents_with_address_and_day() {
    let page = b"<p>A chapel.";
    let chunked = b"7\r\n<p>A ch\r\n5;x=y\r\napel!\r\n0\r\n\r\n";
    let warc = [
        record("warcinfo", "", b"software: x"),
        record("request", "https://example.org/", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", "https://example.org/", &answer("Content-Type: text/html", page)),
        record(
            "response",
            "https://example.org/2",
            &answer("content-type: text/html\r\nTransfer-Encoding: chunked", chunked),
        ),
        record(
            "response",
            "https://example.org/3",
            &answer("Content-Type: text/plain; charset=x\r\nContent-Encoding: gzip", &gzip(b"B.")),
        ),
        record("response", "https://example.org/4", &answer("Content-Type: image/png", b"\x89PNG")),
        record(
            "response",
            "https://example.org/5",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>x",
        ),
        record("revisit", "https://example.org/", b"HTTP/1.1 200 OK\r\n\r\n"),
        record(
            "response",
            "https://example.org/6",
            &answer("Content-Type: text/html\r\nContent-Encoding: br", b"x"),
        ),
        record(
            "response",
            "https://example.org/7",
            &answer("Content-Type: text/html\r\nTransfer-Encoding: chunked", b"9\r\nshort"),
        ),
        record(
            "response",
            "https://example.org/.well-known/8",
            &answer(
                "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
                b"<p>Kept joined.",
            ),
        ),
        record("response", "dns:example.org", b"example.org 1 A 1.1.1.1"),
    ];
    let expected = [
        "https://example.org/: <p>A chapel.",
        "https://example.org/2: <p>A chapel!",
        "https://example.org/3: B.",
        "https://example.org/5! is no page: the server answered with status 404",
        "https://example.org/ (no. 2 of this name)! is a revisit: the page was as in an earlier capture, and is not kept again",
        "https://example.org/6! is packed in a way that is not read (br)",
        "https://example.org/7! is cut short within a chunk of its body",
        "https://example.org/.well-known/8: <p>Kept joined.",
        "what holds no report! passed over: 1 × request record, 1 × response of type image/png, \
         1 × response that is not HTTP, 1 × warcinfo record",
    ];
    assert_eq!(parts(warc.concat()), expected);
    let by_record: Vec<u8> = warc.iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(parts(by_record.clone()), expected);
    let source = SourceFile::new("crawl.warc.gz", by_record);
    let Ok(Parts::Many(mut many)) = super::open(&source, None) else { panic!("an archive") };
    let first = many.next().expect("one").expect("a page");
    assert_eq!(first.by_record.url.as_deref(), Some("https://example.org/"));
    assert_eq!(first.by_record.captured.map(|day| day.to_string()).as_deref(), Some("2021-05-03"));
}

#[test]
fn a_wrong_length_costs_one_record_and_is_named() {
    let page = |n: u8| {
        let body = format!("<p>Page {n}.");
        record(
            "response",
            &format!("https://example.org/{n}"),
            &answer("Content-Type: text/html", body.as_bytes()),
        )
    };
    let good = [page(1), page(2), page(3)].concat();
    let length =
        format!("Content-Length: {}", answer("Content-Type: text/html", b"<p>Page 2.").len());
    let second = page(1).len();
    let text = String::from_utf8(good).expect("text");
    for wrong in ["5", "70", "150", "900", "99999999999999999999", "x", "8000000000"] {
        let (before, after) = text.split_at(second);
        let changed = after.replacen(&length, &format!("Content-Length: {wrong}"), 1);
        let read = parts(format!("{before}{changed}"));
        assert_eq!(read[0], "https://example.org/1: <p>Page 1.", "{wrong}");
        assert!(read[1].starts_with("https://example.org/2! "), "{wrong}: {read:?}");
        assert_eq!(read[2..], ["https://example.org/3: <p>Page 3."], "{wrong}");
    }
}

proptest! {
    #[test]
    fn any_mutation_of_an_archive_is_read_or_refused(
        which in 0usize..4, at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 0..12), cut in any::<prop::sample::Index>()
    ) {
        let tar = tarred(&FILES.map(|(name, content)| (name, b'0', content)));
        let page = answer("Content-Type: text/html\r\nTransfer-Encoding: chunked", b"3\r\n<p>\r\n0\r\n\r\n");
        let mut archive = match which {
            0 => zipped(&FILES),
            1 => tar,
            2 => gzip(&tar),
            _ => [record("response", "https://example.org/", &page), record("revisit", "x", b"")].concat(),
        };
        let at = at.index(archive.len());
        let end = archive.len().min(at + bytes.len());
        archive.splice(at..end, bytes);
        archive.truncate(archive.len() - cut.index(archive.len()) / 4);
        prop_assert!(parts_within(archive, TIGHT).len() < 60);
    }
}
