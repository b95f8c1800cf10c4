//! A library small enough to be asked thousands of questions a second: the digests that forb ships,
//! and some pages more so that texts recur, lack a country or are set aside.

use std::path::Path;
use std::sync::LazyLock;

use indexing::{Coverage, Index, Writer, WriterSettings};
use ingestion::codebook::built_in_annotators;
use ingestion::profiles::Profiles;
use ingestion::records::DocumentRecords;
use ingestion::{SourceFile, read};
use model::{ContentHash, Verdict};

const FILES: [(&str, &str); 8] = [
    ("open-doors.html", include_str!("../../corpus/digests/open-doors-wwl-kazakhstan.html")),
    ("upr.txt", include_str!("../../corpus/digests/un-upr-kazakhstan-2010.txt")),
    ("crt.txt", include_str!("../../corpus/digests/us-state-crt-kazakhstan-2021.txt")),
    ("irf-2021.txt", include_str!("../../corpus/digests/us-state-irf-kazakhstan-2021.txt")),
    ("irf-2022.txt", include_str!("../../corpus/digests/us-state-irf-kazakhstan-2022.txt")),
    (
        "twice.html",
        "<h1>Twice</h1><p>A court fined a believer twice for praying at home.</p>\
         <p>A court fined a believer twice for praying at home, again.</p><nav>Menu Donate</nav>",
    ),
    ("signs.txt", "Signs\n\nQur’an, Baháʼí; naïve cafés — 1,200 believers; 信仰 자유 дін еркіндігі.\n"),
    ("the.txt", "The the the\n\nthe the the the of the of the and of the the the a a a a.\n"),
];

/// The library, made once.
pub static LIBRARY: LazyLock<Index> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder").keep();
    fill(&folder);
    Index::open(&folder).expect("an index")
});

fn fill(folder: &Path) {
    let settings = WriterSettings { threads: 1, heap_bytes: 0 };
    let mut writer = Writer::open(folder, settings).expect("a writer");
    for (at, (name, text)) in FILES.iter().enumerate() {
        let source = SourceFile::new(*name, text.as_bytes().to_vec());
        let read = read(&source, Profiles::built_in()).expect("a report");
        let made = DocumentRecords::under(&read, &Verdict::default());
        let (document, records) = made.into_records(built_in_annotators());
        writer.replace(&document, &records.collect::<Vec<_>>()).expect("consistent");
        // Two segments, so that they are put together.
        if at == FILES.len() / 2 {
            writer.commit(&covered()).expect("committed");
        }
    }
    writer.commit(&covered()).expect("committed");
}

fn covered() -> Coverage {
    Coverage {
        corpus: Vec::new(),
        publishers_digest: ContentHash([0; 32]),
        unread: Vec::new(),
        begun: Vec::new(),
        corrections: Default::default(),
        codebook: ContentHash([0; 32]),
    }
}
