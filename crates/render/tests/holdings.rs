//! `show`, `status` and `add` as transcripts.

mod common;

use common::{digest_metadata, document, profile_metadata, record, state_metadata};
use model::{DocumentRecord, IndexRecord, RecordKind, Role};
use query::Neighbourhood;
use render::{
    AddOutcome, AddReport, Colour, Detail, Holdings, Style, add_json, add_text, show_json,
    show_text, status_json, status_text,
};

const TERMINAL: Style = Style { colour: Colour::Never, width: Some(78) };

fn plain(text: String) -> String {
    text.replace('\u{a0}', " ")
}

fn alone(record: IndexRecord) -> Neighbourhood {
    Neighbourhood { before: Vec::new(), record, after: Vec::new() }
}

fn documents() -> [DocumentRecord; 2] {
    let mut digest = document(digest_metadata(), 8, 204, 3);
    digest.warnings.push("the file ends in the middle of a sentence".into());
    [document(state_metadata(), 9, 1204, 5), digest]
}

#[test]
fn a_passage_is_shown_between_its_neighbours() {
    let metadata = state_metadata();
    let before = vec![record(&metadata, 1, 0, "The first paragraph.")];
    let passage = record(&metadata, 2, 21, "The second paragraph.");
    let after = vec![record(&metadata, 3, 43, "The third paragraph.")];
    let shown = Neighbourhood { before, record: passage, after };
    assert_eq!(
        plain(show_text(&shown, TERMINAL)),
        "\
Country Reports on Terrorism: Kazakhstan
U.S. Department of State · 2021
https://example.org/kz

    040g2081040g.1 · para. 1 (counted) · Overview
    The first paragraph.

  > 040g2081040g.2 · para. 2 (counted) · Overview
    The second paragraph.

    source: U.S. Department of State, Country Reports on Terrorism:
      Kazakhstan, period 2021, section “Overview”, para. 2 (counted)

    040g2081040g.3 · para. 3 (counted) · Overview
    The third paragraph.
"
    );
    let rows = show_text(&shown, Style::PIPE);
    let begin: Vec<&str> = rows.lines().filter_map(|row| row.split("\tU.S.").next()).collect();
    assert_eq!(
        begin,
        ["before\t040g2081040g.1", "passage\t040g2081040g.2", "after\t040g2081040g.3"]
    );
    let json: serde_json::Value = serde_json::from_str(&show_json(&shown)).expect("valid JSON");
    assert_eq!(json["passage"]["range"], serde_json::json!([21, 42]));
    assert_eq!(json["before"][0]["text"], "The first paragraph.");
}

#[test]
fn a_passage_of_a_digest_says_that_it_is_no_quotation() {
    let mut passage = record(&digest_metadata(), 1, 0, "Accept all cookies");
    passage.kind = RecordKind::SetAside;
    passage.passage.passage.role = Role::Chrome;
    let shown = alone(passage);
    assert_eq!(
        plain(show_text(&shown, TERMINAL)),
        "\
World Watch List: Kazakhstan
digest of Open Doors · period unknown

  > nananananana.1 · para. 1 (counted) · Overview
    Accept all cookies

    source: digest in forb's own words of: Open Doors, World Watch List:
      Kazakhstan, period unknown; not a quotation of it, section “Overview”,
      para. 1 (counted)
    set aside as chrome: not counted among the report's passages
"
    );
}

#[test]
fn a_passage_that_contradicts_itself_is_shown_and_not_cited() {
    let mut passage = record(&state_metadata(), 1, 0, "Text");
    passage.passage.passage.locator.characters.end = 99;
    let shown = alone(passage);
    let text = plain(show_text(&shown, Style::terminal(Colour::Never, 200)));
    assert!(
        text.contains(
            "source: this passage cannot be cited: passage 040g2081040g.1 does not fit its own \
             place in the document: rebuild the index with `forb index`"
        ),
        "{text}"
    );
}

#[test]
fn the_summary_of_a_library() {
    let documents = documents();
    let holdings = Holdings { library: "my/library", documents: &documents };
    assert_eq!(
        plain(status_text(&holdings, TERMINAL, Detail::Brief)),
        "\
library my/library
  2 documents · 17 passages · 1,408 words · 8 blocks set aside
  1 document is a digest in forb's own words, not the original text
  1 document has warnings: run `forb status --verbose` to read them

  documents  passages  words  country
          2        17  1,408  Kazakhstan (KZ)

  documents  passages  words  publisher
          1         8    204  Open Doors (open-doors)
          1         9  1,204  U.S. Department of State (us-state)

  documents  passages  words  series
          1         8    204  World Watch List (open-doors-wwl)
          1         9  1,204  Country Reports on Terrorism (us-state-crt)

  documents  passages  words  period
          1         9  1,204  2021
          1         8    204  unknown

  documents  blocks  set aside by the rule
          2       8  banner of a site
"
    );
    let empty = Holdings { library: "new", documents: &[] };
    assert_eq!(
        plain(status_text(&empty, TERMINAL, Detail::Full)),
        "library new\n  0 documents · 0 passages · 0 words · 0 blocks set aside\n"
    );
    assert_eq!(status_text(&empty, Style::PIPE, Detail::Full), "");
    assert_eq!(
        status_json(&empty),
        "{\"format_version\":1,\"library\":\"new\",\"totals\":{\"documents\":0,\"passages\":0,\
         \"words\":0,\"set_aside\":0,\"digests\":0,\"other_captures\":0},\"by_country\":[],\"by_publisher\":[],\
         \"by_series\":[],\"by_period\":[],\"set_aside_by\":[],\"documents\":[]}\n"
    );
}

#[test]
fn a_document_in_full_shows_its_evidence_and_what_speaks_against() {
    let documents = documents();
    let holdings = Holdings { library: "L", documents: &documents[..1] };
    let text = plain(status_text(&holdings, TERMINAL, Detail::Full));
    let (_, document) = text.split_once("banner of a site\n\n").expect("the tables end with rules");
    assert_eq!(
        document,
        "\
040g2081040g  Country Reports on Terrorism: Kazakhstan
  9 passages, 1,204 words, 5 blocks set aside · added 2026-01-05 · UTF-8 ·
  state.txt
  publisher  U.S. Department of State (us-state) · likely
             text: “An official website of the United States Government” — the
               banner of the government's pages
  series     Country Reports on Terrorism (us-state-crt) · likely
             profile: its run-in headings
  title      unknown
  country    Kazakhstan (KZ) · likely
             text: named 14 times
  period     2021 · possible
             text: “2021 Terrorist Incidents:” — a run-in heading
             file-name disagrees, says 2022: the file's name
  edition    unknown
  published  unknown
  captured   unknown
  extent     unknown
  url        https://example.org/kz · certain
             user: set with --url
  authors    unknown
  language   unknown
  licence    unknown
  sha256     0101010101010101010101010101010101010101010101010101010101010101
"
    );
}

#[test]
fn a_pipe_gets_a_line_for_each_document_warning_finding_and_witness() {
    let documents = documents();
    let holdings = Holdings { library: "L", documents: &documents };
    assert_eq!(
        status_text(&holdings, Style::PIPE, Detail::Brief),
        "\
document\t040g2081040g\tus-state\tus-state-crt\tunknown\tKZ\t2021\tunknown\t9\t1204\t5\tstate.txt\t-
document\tnananananana\topen-doors\topen-doors-wwl\tunknown\tKZ\tunknown\tunknown\t8\t204\t3\t\
profile.html\tdigest in forb's own words of: Open Doors, World Watch List: Kazakhstan, period \
unknown; not a quotation of it
warning\tnananananana\tthe file ends in the middle of a sentence
set-aside\t8\t2\tbanner of a site
"
    );
    let full = status_text(&holdings, Style::PIPE, Detail::Full);
    for line in [
        "finding\t040g2081040g\tperiod\t2021\tpossible",
        "evidence\t040g2081040g\tperiod\tagrees\ttext\t2021\t2021 Terrorist Incidents:\ta run-in heading",
        "evidence\t040g2081040g\tperiod\tdisagrees\tfile-name\t2022\t-\tthe file's name",
        "finding\tnananananana\tcaptured\tunknown\t-",
        "evidence\tnananananana\tcaptured\tnote\ttext\t-\tAs we close out 2023\tbounds the day of capture",
    ] {
        assert!(full.lines().any(|shown| shown == line), "{line}\nis not in\n{full}");
    }
}

fn reports() -> Vec<AddReport> {
    let [state, digest] = documents();
    let retired = vec![digest.id.clone()];
    let profile = Box::new(document(profile_metadata(), 18, 900, 9));
    let mut bare = document(profile_metadata(), 1, 3, 1);
    bare.metadata.publisher = Default::default();
    bare.metadata.series = Default::default();
    bare.metadata.country = Default::default();
    let reason = "it is no text: name a file of text or HTML".to_owned();
    let outcomes = [
        ("in/profile.html", AddOutcome::Added { document: profile, retired }),
        ("in/digest.html", AddOutcome::WouldAdd { document: Box::new(digest), retired: vec![] }),
        ("in/state.txt", AddOutcome::Held { document: Box::new(state) }),
        ("-", AddOutcome::WouldAdd { document: Box::new(bare), retired: vec![] }),
        ("in/x.bin", AddOutcome::Skipped { reason }),
        ("in/y.txt", AddOutcome::Failed { reason: "it vanished while it was read".to_owned() }),
    ];
    outcomes.map(|(file, outcome)| AddReport { file: file.to_owned(), outcome }).into()
}

#[test]
fn a_line_a_file_says_what_was_added() {
    let text: String =
        reports().iter().map(|report| add_text(report, TERMINAL, Detail::Brief)).collect();
    assert_eq!(
        plain(text),
        "\
added      y3rf1w7gy3rf  Open Doors · World Watch List · Kazakhstan · period
           unknown · 18 passages, 9 blocks set aside  (in/profile.html)
           takes the place of the digest nananananana
would-add  nananananana  Open Doors · World Watch List · Kazakhstan · period
           unknown · 8 passages, 3 blocks set aside  (in/digest.html)
           digest in forb's own words of: Open Doors, World Watch List:
             Kazakhstan, period unknown; not a quotation of it
           warning: the file ends in the middle of a sentence
held       040g2081040g  U.S. Department of State · Country Reports on
           Terrorism · Kazakhstan · 2021 · 9 passages, 5 blocks set aside
           (in/state.txt)
would-add  y3rf1w7gy3rf  publisher unknown · series unknown · country
           unknown · period unknown · 1 passage, 1 block set aside  (-)
skipped    in/x.bin: it is no text: name a file of text or HTML
failed     in/y.txt: it vanished while it was read
"
    );
}

#[test]
fn evidence_stands_under_what_was_added() {
    let report = &reports()[0];
    let full = plain(add_text(report, TERMINAL, Detail::Full));
    assert!(
        full.contains(
            "           country    Kazakhstan (KZ) · likely\n                      text: “47 Kazakhstan” — rank \
             and country\n"
        ),
        "{full}"
    );
}

#[test]
fn a_pipe_gets_the_columns_of_each_file() {
    let text: String =
        reports().iter().map(|report| add_text(report, Style::PIPE, Detail::Brief)).collect();
    let begin: Vec<String> =
        text.lines().map(|row| row.split('\t').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        begin,
        [
            "added y3rf1w7gy3rf open-doors",
            "retired y3rf1w7gy3rf nananananana",
            "would-add nananananana open-doors",
            "warning nananananana the file ends in the middle of a sentence",
            "held 040g2081040g us-state",
            "would-add y3rf1w7gy3rf unknown",
            "skipped in/x.bin it is no text: name a file of text or HTML",
            "failed in/y.txt it vanished while it was read",
        ]
    );
}

#[test]
fn the_reports_as_json() {
    let json: serde_json::Value = serde_json::from_str(&add_json(&reports())).expect("valid JSON");
    let totals =
        r#"{"added":1,"failed":1,"held":1,"retired":0,"skipped":1,"updated":0,"would_add":2}"#;
    let mut counted = json["totals"].clone();
    let keys = counted.as_object_mut().expect("totals");
    for key in ["empty", "needs_ocr", "passages", "set_aside"] {
        assert!(keys.remove(key).expect(key).is_u64());
    }
    assert_eq!(counted.to_string(), totals);
    assert_eq!(json["files"][0]["retired"][0], "nananananana");
    assert_eq!(json["files"][1]["document"]["digest_of"]["title"], "World Watch List: Kazakhstan");
    assert_eq!(json["files"][2]["document"]["findings"][4]["evidence"][1]["standing"], "disagrees");
    assert_eq!(json["files"][4]["document"], serde_json::Value::Null);
    assert_eq!(json["files"][5]["reason"], "it vanished while it was read");
    assert_eq!(
        add_json(&[]),
        "{\"format_version\":1,\"files\":[],\"totals\":{\"added\":0,\"would_add\":0,\"updated\":0,\"held\":0,\
         \"retired\":0,\"skipped\":0,\"failed\":0,\"empty\":0,\"needs_ocr\":0,\"passages\":0,\"set_aside\":0},\"log\":null}\n"
    );
}
