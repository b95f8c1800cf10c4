//! `forb add https://…`: one page, fetched politely, kept with its address and its day. The servers
//! stand on this machine and serve pages of our own writing.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::{Library, Ran};

/// A page of the shape of a report.
const PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Ruritania</title></head><body>\
    <main><h1>Ruritania</h1><h2>Overview</h2>\
    <p>Two temples were closed in Strelsau, and nobody said why.</p></main></body></html>";

/// What a site answers to a path.
enum Reply {
    /// These bytes, then the connection is closed.
    Bytes(Vec<u8>),
    /// Nothing, ever.
    Silence,
    /// This head, then bytes without end.
    Endless(&'static str),
}

/// A server on this machine.
struct Site {
    port: u16,
    requests: Arc<Mutex<Vec<(Instant, String)>>>,
}

impl Site {
    /// Serves what `reply` says to each path.
    fn new(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        Self::at("127.0.0.1:0", reply).expect("a port")
    }

    fn at(
        address: &str,
        reply: impl Fn(&str) -> Reply + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let port = listener.local_addr()?.port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (log, reply) = (Arc::clone(&requests), Arc::new(reply));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, reply) = (Arc::clone(&log), Arc::clone(&reply));
                thread::spawn(move || answer(stream, &log, &*reply));
            }
        });
        Ok(Self { port, requests })
    }

    /// A site without a `robots.txt` that serves one page at every other path.
    fn with_page(head: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self::new(move |path| match path {
            "/robots.txt" => missing(),
            _ => page(head, &body),
        })
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The heads of the requests so far.
    fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock().expect("no server failed");
        requests.iter().map(|(_, head)| head.clone()).collect()
    }

    /// The paths asked for so far.
    fn paths(&self) -> Vec<String> {
        let path = |head: &String| head.split(' ').nth(1).unwrap_or_default().to_owned();
        self.requests().iter().map(path).collect()
    }
}

fn answer(
    mut stream: TcpStream,
    log: &Mutex<Vec<(Instant, String)>>,
    reply: &dyn Fn(&str) -> Reply,
) {
    let mut head = String::new();
    let mut lines = BufReader::new(stream.try_clone().expect("a stream"));
    while !head.ends_with("\r\n\r\n") {
        // What asks here may be no HTTP, or gone.
        if !matches!(lines.read_line(&mut head), Ok(1..)) {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            return;
        }
    }
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().expect("no server failed").push((Instant::now(), head));
    match reply(&path) {
        // Who asked may have gone away.
        Reply::Bytes(bytes) => drop(stream.write_all(&bytes)),
        Reply::Silence => thread::sleep(Duration::from_secs(30)),
        Reply::Endless(head) => {
            let mut going = stream.write_all(head.as_bytes());
            while going.is_ok() {
                going = stream.write_all(&[b'x'; 4096]);
            }
        }
    }
}

/// An answer 200 with these header lines, each with its line end.
fn page(head: &str, body: &[u8]) -> Reply {
    let length = body.len();
    let mut bytes =
        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n{head}Connection: close\r\n\r\n")
            .into_bytes();
    bytes.extend(body);
    Reply::Bytes(bytes)
}

fn html() -> Reply {
    page("Content-Type: text/html\r\n", PAGE.as_bytes())
}

fn status(line: &str) -> Reply {
    let head = format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    Reply::Bytes(head.into_bytes())
}

fn missing() -> Reply {
    status("404 Not Found")
}

fn redirect(to: &str) -> Reply {
    status(&format!("302 Found\r\nLocation: {to}"))
}

fn robots(text: &str) -> Reply {
    page("Content-Type: text/plain\r\n", text.as_bytes())
}

/// Runs `forb add` without the pause between pages.
fn add(library: &Library, arguments: &[&str]) -> Ran {
    add_pausing(library, "0", arguments)
}

/// Runs `forb add` with so many seconds between pages of one host.
fn add_pausing(library: &Library, seconds: &str, arguments: &[&str]) -> Ran {
    let mut command = library.command(["add", "--fetch-pause", seconds]);
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy).env_remove(proxy.to_lowercase());
    }
    Ran::of(command.args(arguments).output().expect("forb runs"))
}

/// The documents that a library holds, with everything known of them.
fn documents(library: &Library) -> Vec<Value> {
    let out = library.forb(["status", "--format", "json"]).ends(0).out;
    let status: Value = serde_json::from_str(&out).expect("JSON");
    status["documents"].as_array().expect("documents").clone()
}

/// What is known of one field of a document, and why.
fn finding<'a>(document: &'a Value, field: &str) -> &'a Value {
    let findings = document["findings"].as_array().expect("findings");
    findings.iter().find(|finding| finding["field"] == field).expect("the field")
}

/// The records of a library's corpus, as text.
fn records(library: &Library) -> String {
    fs::read_to_string(library.root().join("corpus/records/added.jsonl")).unwrap_or_default()
}

/// Fetches in vain: the error must say all of these things, and nothing is kept.
#[track_caller]
fn refused(library: &Library, arguments: &[&str], says: &[&str]) -> String {
    let ran = add(library, arguments).ends(2);
    for words in says {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    assert!(ran.out.starts_with("failed\t"), "{}", ran.out);
    assert_eq!(records(library), "");
    format!("{}{}", ran.out, ran.err)
}

#[test]
fn a_page_is_kept_with_its_address_and_its_day() {
    let head = "Content-Type: text/html; charset=utf-8\r\n\
        Last-Modified: Tue, 15 Nov 2022 12:45:26 GMT\r\n";
    let site = Site::with_page(head, PAGE);
    let library = Library::new();
    let ran = add(&library, &[&site.url("/reports/ruritania/?lang=en#overview")]).ends(0);
    assert!(ran.out.starts_with("added\t"), "{}", ran.out);
    assert!(ran.err.contains("note: fetching http://127.0.0.1"), "{}", ran.err);
    assert_eq!(site.paths(), ["/robots.txt", "/reports/ruritania/?lang=en"]);
    let agent = format!("user-agent: forb/{}", env!("CARGO_PKG_VERSION"));
    for request in site.requests() {
        assert!(request.to_lowercase().contains(&agent), "{request}");
    }
    assert_eq!(library.texts(["temples"]).len(), 1);

    let held = documents(&library);
    let [document] = held.as_slice() else { panic!("{held:?}") };
    assert_eq!(document["file_name"], "ruritania.html");
    assert_eq!(document["url"], site.url("/reports/ruritania/?lang=en"));
    assert_eq!(document["captured"], document["added"]);
    for field in ["url", "captured"] {
        let evidence = &finding(document, field)["evidence"][0];
        assert_eq!(evidence["origin"], "fetch", "{field}");
        assert_eq!(evidence["standing"], "agrees", "{field}");
    }
    let published = finding(document, "published");
    assert_eq!(published["value"], Value::Null);
    assert_eq!(published["evidence"][0]["quote"], "Tue, 15 Nov 2022 12:45:26 GMT");
    assert_eq!(published["evidence"][0]["standing"], "note");

    // The bytes are what the server sent, and the index follows from the corpus alone.
    let record: Value = serde_json::from_str(records(&library).trim()).expect("JSON");
    let file = library.root().join("corpus").join(record["file"].as_str().expect("a file"));
    assert_eq!(fs::read_to_string(file).expect("kept"), PAGE);
    fs::remove_dir_all(library.root().join("index")).expect("removed");
    library.forb(["index"]).ends(0);
    assert_eq!(documents(&library), held);
}

#[test]
fn a_page_fetched_again_is_held_and_a_changed_one_is_a_second_capture() {
    let times = Mutex::new(0);
    let site = Site::new(move |path| match path {
        "/robots.txt" => missing(),
        _ => {
            let mut times = times.lock().expect("no server failed");
            *times += 1;
            let body = if *times < 3 { PAGE.to_owned() } else { PAGE.replace("Two", "Three") };
            page("Content-Type: text/html\r\n", body.as_bytes())
        }
    });
    let library = Library::new();
    let url = site.url("/ruritania");
    assert!(add(&library, &[&url]).ends(0).out.starts_with("added\t"));
    let once = records(&library);
    assert!(add(&library, &[&url]).ends(0).out.starts_with("held\t"));
    assert_eq!(records(&library), once);
    assert!(add(&library, &[&url]).ends(0).out.starts_with("added\t"));
    assert_eq!(records(&library).lines().count(), 2);
    assert_eq!(documents(&library).len(), 2);
}

#[test]
fn a_file_that_is_fetched_later_gets_its_address() {
    let site = Site::with_page("Content-Type: text/html\r\n", PAGE);
    let library = Library::new();
    library.add("saved.html", PAGE).ends(0);
    let url = site.url("/ruritania");
    assert!(add(&library, &[&url]).ends(0).out.starts_with("updated\t"));
    let held = documents(&library);
    assert_eq!(held.len(), 1);
    assert_eq!(held[0]["url"], url);
    library.forb(["index"]).ends(0);
    assert_eq!(documents(&library), held);
}

#[test]
fn what_the_page_says_of_its_address_is_shown_and_does_not_overrule() {
    let canonical = "<title>Ruritania</title><link rel=canonical href=\"https://example.org/r\">";
    let site = Site::with_page(
        "Content-Type: text/html\r\n",
        PAGE.replace("<title>Ruritania</title>", canonical),
    );
    let library = Library::new();
    add(&library, &[&site.url("/copy")]).ends(0);
    let document = &documents(&library)[0];
    let url = finding(document, "url");
    assert_eq!(url["value"], site.url("/copy"));
    let others = url["evidence"].as_array().expect("evidence");
    let other = others.iter().find(|e| e["origin"] == "markup").expect("shown");
    assert_eq!(other["value"], "https://example.org/r");
    assert_eq!(other["standing"], "disagrees");
}

#[test]
fn a_dry_run_fetches_and_keeps_nothing() {
    let site = Site::with_page("Content-Type: text/html\r\n", PAGE);
    let library = Library::new();
    let ran = add(&library, &["--dry-run", &site.url("/ruritania")]).ends(0);
    assert!(ran.out.starts_with("would-add\t"), "{}", ran.out);
    assert!(!library.root().exists());
}

#[test]
fn redirects_are_followed_and_recorded_and_every_site_is_asked() {
    let end = Site::with_page("Content-Type: text/html\r\n", PAGE);
    let to = end.url("/new/ruritania");
    let start = Site::new(move |path| match path {
        "/robots.txt" => missing(),
        "/old" => redirect("/newer"),
        _ => status(&format!("301 Moved Permanently\r\nLocation: {to}")),
    });
    let library = Library::new();
    add(&library, &[&start.url("/old")]).ends(0);
    assert_eq!(start.paths(), ["/robots.txt", "/old", "/newer"]);
    assert_eq!(end.paths(), ["/robots.txt", "/new/ruritania"]);
    let record: Value = serde_json::from_str(records(&library).trim()).expect("JSON");
    let fetched = &record["fetched"];
    assert_eq!(fetched["url"], end.url("/new/ruritania"));
    assert_eq!(fetched["requested"], start.url("/old"));
    assert_eq!(fetched["redirects"][0]["status"], 302);
    assert_eq!(fetched["redirects"][0]["to"], start.url("/newer"));
    assert_eq!(fetched["redirects"][1]["status"], 301);
    let document = &documents(&library)[0];
    let note = finding(document, "url")["evidence"][0]["note"].as_str().expect("a note").to_owned();
    assert!(note.contains(&start.url("/old")) && note.contains("302 to "), "{note}");
}

#[test]
fn redirects_without_end_or_to_no_place_are_refused() {
    let site = Site::new(|path| match path {
        "/robots.txt" => missing(),
        "/loop" => redirect("/loop"),
        "/nowhere" => redirect("http://"),
        "/script" => redirect("javascript:alert(1)"),
        _ => redirect("http://me:s3cret@127.0.0.1/"),
    });
    let library = Library::new();
    refused(&library, &[&site.url("/loop")], &["more than 10 times"]);
    assert_eq!(site.paths().len(), 12);
    refused(&library, &[&site.url("/nowhere")], &["which is no address"]);
    refused(&library, &[&site.url("/script")], &["only https:// and http://"]);
    let said = refused(&library, &[&site.url("/secret")], &["user name or a password"]);
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn robots_txt_is_obeyed_also_behind_a_redirect() {
    let site = Site::new(|path| match path {
        "/robots.txt" => robots("User-agent: *\nDisallow: /private\nAllow: /private/open$\n"),
        "/door" => redirect("/private/x"),
        _ => html(),
    });
    let library = Library::new();
    refused(&library, &[&site.url("/private/x")], &["asks programs not to fetch /private/x"]);
    refused(&library, &[&site.url("/door")], &["asks programs not to fetch /private/x"]);
    assert_eq!(site.paths(), ["/robots.txt", "/robots.txt", "/door"]);
    add(&library, &[&site.url("/private/open")]).ends(0);
}

#[test]
fn a_site_that_cannot_say_what_it_allows_is_left_alone() {
    let failing = Site::new(|path| match path {
        "/robots.txt" => status("503 Service Unavailable"),
        _ => html(),
    });
    let library = Library::new();
    refused(
        &library,
        &[&failing.url("/ruritania")],
        &["robots.txt cannot be had", "503 Service Unavailable", "try again later"],
    );
    assert_eq!(failing.paths(), ["/robots.txt"]);
    // Circles and errors of ours mean that there are no rules.
    for reply in [|| redirect("/robots.txt"), || status("403 Forbidden")] {
        let site = Site::new(move |path| if path == "/robots.txt" { reply() } else { html() });
        add(&Library::new(), &[&site.url("/ruritania")]).ends(0);
    }
}

#[test]
fn pages_of_one_host_are_asked_for_some_time_apart() {
    let site = Site::new(|path| match path {
        "/robots.txt" => missing(),
        path => page("", format!("A report on {path}, in words.").as_bytes()),
    });
    let library = Library::new();
    let pages = ["/a", "/b", "/c"].map(|path| site.url(path));
    add_pausing(&library, "0.4", &pages.each_ref().map(String::as_str)).ends(0);
    assert_eq!(site.paths(), ["/robots.txt", "/a", "/b", "/c"], "rules are read once");
    let requests = site.requests.lock().expect("no server failed");
    for pair in requests[1..].windows(2) {
        let apart = pair[1].0.duration_since(pair[0].0);
        assert!(apart >= Duration::from_millis(400), "{apart:?}");
    }
}

#[test]
fn one_page_that_fails_does_not_keep_the_others_out() {
    let site = Site::new(|path| match path {
        "/good" => html(),
        _ => missing(),
    });
    let library = Library::new();
    let beside = library.file("beside.txt", "A mosque was opened.");
    let ran =
        add(&library, &[&site.url("/gone"), &site.url("/good"), beside.to_str().expect("UTF-8")])
            .ends(2);
    let kinds: Vec<&str> = ran.out.lines().filter_map(|line| line.split('\t').next()).collect();
    let kinds: Vec<&str> = kinds.into_iter().filter(|kind| *kind != "warning").collect();
    assert_eq!(kinds, ["failed", "added", "added"], "{}", ran.out);
    assert_eq!(documents(&library).len(), 2);
}

#[test]
fn answers_that_are_no_page_are_refused_by_name() {
    let site = Site::new(|path| match path {
        "/gone" => status("410 Gone"),
        "/empty" => status("204 No Content"),
        "/closed" => status("403 Forbidden"),
        "/later" => status("503 Service Unavailable"),
        "/choice" => status("300 Multiple Choices"),
        "/lost" => status("302 Found"),
        "/noise" => Reply::Bytes(b"hello\r\n\r\n".to_vec()),
        "/packed" => page("Content-Encoding: br\r\n", b"\x0b\x02\x80hello\x03"),
        "/torn" => page("Content-Encoding: gzip\r\n", b"\x1f\x8b\x08\0\0\0\0\0\0\xffgarbage"),
        "/short" => {
            Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<p>Half a".to_vec())
        }
        _ => missing(),
    });
    let library = Library::new();
    for (path, says) in [
        ("/absent", ["404 Not Found", "check the address"]),
        ("/gone", ["410 Gone", "check the address"]),
        ("/empty", ["204 No Content", "open it in a browser"]),
        ("/closed", ["403 Forbidden", "save the page from a browser"]),
        ("/later", ["503 Service Unavailable", "try again later"]),
        ("/choice", ["300 Multiple Choices", "open it in a browser"]),
        ("/lost", ["302 Found", "open it in a browser"]),
        ("/noise", ["no answer that can be read", "try again"]),
        ("/packed", ["packed as br", "save the page from a browser"]),
        ("/torn", ["packed and damaged", "try again"]),
        ("/short", ["broke off before the end of the page", "try again"]),
    ] {
        refused(&library, &[&site.url(path)], &says);
    }
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let started = Instant::now();
    let silent = Site::new(|_| Reply::Silence);
    let slow = Site::new(|path| match path {
        "/robots.txt" => missing(),
        _ => Reply::Silence,
    });
    let library = Library::new();
    let says = ["did not answer in full within 0.3 s", "try again later"];
    refused(&library, &["--fetch-time", "0.3", &silent.url("/")], &["robots.txt", says[0]]);
    refused(&library, &["--fetch-time", "0.3", &slow.url("/")], &says);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn a_page_without_end_or_beyond_measure_is_refused() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b' '; 10_000_000]).expect("packed");
    let bomb = bomb.finish().expect("packed");
    assert!(bomb.len() < 100_000);
    let site = Site::new(move |path| match path {
        "/robots.txt" => Reply::Endless("HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nAllow: /\n"),
        "/endless" => Reply::Endless("HTTP/1.1 200 OK\r\n\r\n"),
        "/declared" => Reply::Endless("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n"),
        _ => page("Content-Encoding: gzip\r\n", &bomb),
    });
    let library = Library::new();
    for path in ["/endless", "/declared", "/bomb"] {
        let says = ["larger than 100000 bytes", "download it and add the file"];
        refused(&library, &["--fetch-bytes", "100000", &site.url(path)], &says);
    }
    let says = ["larger than 64 MB"];
    refused(&library, &[&site.url("/declared")], &says);
}

#[test]
fn a_packed_page_is_kept_unpacked() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(PAGE.as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    let head = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";
    let site = Site::with_page(head, packed);
    let library = Library::new();
    add(&library, &[&site.url("/ruritania")]).ends(0);
    assert!(site.requests()[1].to_lowercase().contains("accept-encoding: gzip"));
    assert_eq!(library.texts(["temples"]).len(), 1);
    let held = library.add("saved.html", PAGE).ends(0);
    assert!(held.out.starts_with("held\t"), "{}", held.out);
}

#[test]
fn the_encoding_that_the_server_names_is_believed_and_kept() {
    // "Храмы закрыты" (temples are closed) in Windows-1251; the page itself names no encoding.
    let words = b"\xd5\xf0\xe0\xec\xfb \xe7\xe0\xea\xf0\xfb\xf2\xfb";
    let mut body = b"<!DOCTYPE html><html><body><p>".to_vec();
    body.extend(words);
    body.extend(b".</p></body></html>");
    let site = Site::with_page("Content-Type: text/html; charset=windows-1251\r\n", body.clone());
    let library = Library::new();
    add(&library, &[&site.url("/ruritania")]).ends(0);
    let text =
        "\u{425}\u{440}\u{430}\u{43c}\u{44b} \u{437}\u{430}\u{43a}\u{440}\u{44b}\u{442}\u{44b}.";
    let held = documents(&library);
    assert_eq!(held[0]["encoding"], "windows-1251");
    assert!(
        held[0]["warnings"]
            .as_array()
            .expect("a list")
            .iter()
            .all(|w| { !w.as_str().expect("text").contains("encoding") })
    );
    assert_eq!(library.texts(["\u{425}\u{440}\u{430}\u{43c}\u{44b}"]), [text]);
    library.forb(["index"]).ends(0);
    assert_eq!(documents(&library), held);

    // Where the page says otherwise, that is told.
    let declares = String::from_utf8_lossy(&body[..15]).into_owned() + "<meta charset=koi8-r>";
    let mut body2 = declares.into_bytes();
    body2.extend(&body[15..]);
    let site = Site::with_page("Content-Type: text/html; charset=windows-1251\r\n", body2);
    let ran = add(&Library::new(), &[&site.url("/ruritania")]).ends(0);
    assert!(ran.out.contains("labelled windows-1251, but names itself KOI8-R"), "{}", ran.out);
}

#[test]
fn a_fetched_data_set_does_not_lend_its_address_to_its_records() {
    let set = r#"[{"name": "Ruritania", "url": "https://example.org/r", "text": "A temple was closed."},
        {"name": "Ruritania", "url": "", "text": "Two mosques were opened."}]"#;
    let site = Site::with_page("Content-Type: application/json\r\n", set);
    let library = Library::new();
    let map = "--map=text=text,title=name,url=url";
    add(&library, &[map, &site.url("/set")]).ends(0);
    let held = documents(&library);
    let urls: Vec<&Value> = held.iter().map(|document| &document["url"]).collect();
    assert!(urls.contains(&&Value::from("https://example.org/r")), "{urls:?}");
    assert!(urls.contains(&&Value::Null), "{urls:?}");
    for document in &held {
        assert_eq!(document["captured"], document["added"]);
        let evidence = finding(document, "url")["evidence"].as_array().expect("evidence").clone();
        let fetch = evidence.iter().find(|e| e["origin"] == "fetch").expect("told");
        assert_eq!(fetch["standing"], "note");
        assert_eq!(fetch["quote"], site.url("/set"));
    }
    library.forb(["index"]).ends(0);
    let mut again = documents(&library);
    let mut held = held;
    for documents in [&mut again, &mut held] {
        documents.sort_by_key(|document| document["id"].as_str().expect("an id").to_owned());
    }
    assert_eq!(again, held);
}

#[test]
fn what_is_no_report_is_passed_over_by_name() {
    let site = Site::new(|path| match path {
        "/robots.txt" => missing(),
        "/picture" => page("Content-Type: image/png\r\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        "/nothing" => page("Content-Type: text/html\r\n", b""),
        _ => page("Content-Type: text/plain\r\n", b"A mosque was opened in Strelsau."),
    });
    let library = Library::new();
    let ran = add(&library, &[&site.url("/picture"), &site.url("/nothing")]).ends(2);
    assert_eq!(ran.out.lines().filter(|line| line.starts_with("skipped\t")).count(), 2);
    assert_eq!(records(&library), "");
    add(&library, &[&site.url("/note")]).ends(0);
    assert_eq!(library.texts(["mosque"]), ["A mosque was opened in Strelsau."]);
}

#[test]
fn addresses_that_are_not_fetched_are_refused_before_anything_is_asked() {
    let site = Site::new(|_| html());
    let library = Library::new();
    let secret = format!("http://me:s3cret@127.0.0.1:{}/", site.port);
    for (address, says) in [
        ("ftp://example.org/report", "begins with ftp://"),
        ("gopher://example.org/", "only https:// and http://"),
        ("file:///etc/hostname", "give its path instead"),
        ("https://", "no address of a page"),
        ("https://[::1", "no address of a page"),
        (&secret, "user name or a password"),
    ] {
        let said = refused(&library, &[address], &[says]);
        assert!(!said.contains("s3cret"), "{said}");
    }
    assert!(site.paths().is_empty());
}

#[test]
fn a_connection_that_is_not_secure_is_refused() {
    let site = Site::new(|_| html());
    let library = Library::new();
    let address = format!("https://127.0.0.1:{}/", site.port);
    refused(&library, &[&address], &["robots.txt", "no secure connection to 127.0.0.1"]);
    assert!(site.paths().is_empty());
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its port");
    refused(&library, &[&format!("http://{nobody}/")], &["refuses the connection"]);
}

#[test]
fn hosts_by_their_number_are_fetched_from() {
    let site = Site::at("[::1]:0", |path| match path {
        "/robots.txt" => missing(),
        _ => html(),
    });
    let Ok(site) = site else {
        eprintln!("SKIPPED hosts_by_their_number_are_fetched_from: this machine has no IPv6");
        return;
    };
    let library = Library::new();
    let address = format!("http://[::1]:{}/ruritania", site.port);
    add(&library, &[&address]).ends(0);
    assert_eq!(documents(&library)[0]["url"], address);
}
