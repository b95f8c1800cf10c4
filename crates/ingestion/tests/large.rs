//! Large documents: their records made a few at a time are those made at once, and what goes beyond
//! what is read of one document is refused by name.

use ingestion::codebook::built_in_annotators;
use ingestion::profiles::Profiles;
use ingestion::records::{DocumentRecords, LargeDocument, counted};
use ingestion::{ReadDocument, RecordContent, SourceFile, read};
use model::{IndexRecord, Role, SetAsideBlock, Verdict};

fn read_text(text: &str) -> ReadDocument {
    read(&SourceFile::new("report.txt", text.as_bytes()), Profiles::built_in()).expect("readable")
}

fn refusal(text: String) -> String {
    let source = SourceFile::new("report.txt", text.into_bytes());
    read(&source, Profiles::built_in()).expect_err("too large").to_string()
}

#[test]
fn records_made_as_they_are_taken_are_those_made_at_once() {
    let sentence = "The court fined the congregation for meeting without registration. ";
    let text = format!(
        "Skip to main content\n\nOverview\n\n{}\n\nTwo chapels were closed.\n\n• One mosque\n• One shrine\n",
        sentence.repeat(60)
    );
    let read = read_text(&text);
    let set_aside = vec![SetAsideBlock { block: 4, role: Role::Chrome }];
    for verdict in [Verdict::default(), Verdict { set_aside, ..Verdict::default() }] {
        let (document, records) =
            DocumentRecords::under(&read, &verdict).into_records(built_in_annotators());
        let at_once: Vec<IndexRecord> = records.collect();
        let (counted_later, large) = LargeDocument::under(&read, &verdict);
        let label = |mut record: IndexRecord| {
            if record.kind.is_passage() {
                let passage = &record.passage.passage;
                record.passage.annotations = built_in_annotators().annotations(passage);
            }
            record
        };
        let later: Vec<IndexRecord> = large.bare_records().map(label).collect();
        assert!(at_once.len() > 4, "{at_once:?}");
        assert_eq!(later, at_once);
        assert_eq!(counted_later, document);
        assert_eq!(counted(&read, &verdict), document);
        let passages = at_once.iter().filter(|record| record.kind.is_passage());
        assert!(large.passages().eq(passages.map(|record| record.passage.passage.clone())));
    }
}

#[test]
fn only_documents_of_many_bytes_are_large() {
    assert!(!LargeDocument::is(&read_text("A chapel was closed.")));
    assert!(LargeDocument::is(&read_text(&"A chapel was closed. ".repeat(220_000))));
}

#[test]
fn what_no_report_holds_is_refused_before_it_takes_memory() {
    let lines = refusal("a\n".repeat(4_000_001));
    assert!(lines.contains("too large to read: it has more than 4000000 lines"), "{lines}");
    let mut record = SourceFile::new("record", *b"{}");
    let text = "a\n".repeat(4_000_001);
    record.record = Some(RecordContent { text, ..RecordContent::default() });
    let refused = read(&record, Profiles::built_in()).expect_err("too large").to_string();
    assert!(refused.contains("it has more than 4000000 lines"), "{refused}");
}
