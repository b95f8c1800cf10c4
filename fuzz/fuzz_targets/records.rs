//! Any text as everything that people write by hand or that stands in a record: dates, periods,
//! ids, statements, publisher profiles, lines of a record file. What it is read as is written so
//! that it is read back, and a source file read by it keeps every rule.
#![no_main]

use ingestion::corpus::CaptureRecord;
use ingestion::profiles::Profiles;
use ingestion::{SourceFile, Stated};
use libfuzzer_sys::fuzz_target;
use model::{DocumentId, PartialDate, PassageId, Period, PeriodFilter};

/// A source file for statements and profiles to be tried on.
const SAMPLE: &str = "# url: https://utopia.example/2021/peru\n\nMenu\n\nOverview: Some words on Peru.\n\n\
    Government\nA republic of two\n\nWhat changed this year?\n\n1. It began.\n\n(a) Here;\n\n\
    (b) there.\n\n2.\n\nIt went on.\n\n1 A note.\n\n• one\n• two\n\n2021 was long, as was \
    2020-10/2021-09. It ended in May 2022.\n\nHead Law Practice Head Words. Law More. Practice So.\n\nPrint\n";

fuzz_target!(|bytes: &[u8]| {
    let text = forb_fuzz::text(bytes);
    forb_fuzz::reads_back::<PartialDate>(&text);
    forb_fuzz::reads_back::<Period>(&text);
    forb_fuzz::reads_back::<PeriodFilter>(&text);
    forb_fuzz::reads_back::<DocumentId>(&text);
    forb_fuzz::reads_back::<PassageId>(&text);

    if let Ok(stated) = Stated::from_toml(&text) {
        let written = toml::to_string(&stated).expect("written");
        assert_eq!(Stated::from_toml(&written), Ok(stated.clone()), "{written}");
        let checked = stated.check(Profiles::built_in());
        let mut source = SourceFile::new("fuzz", SAMPLE.as_bytes());
        source.by_user = stated;
        forb_fuzz::reads(&source, Profiles::built_in());
        checked.unwrap_or_else(|error| assert!(!error.to_string().is_empty()));
    }
    if let Ok(profiles) = Profiles::from_toml(&text) {
        forb_fuzz::reads(&SourceFile::new("fuzz", SAMPLE.as_bytes()), &profiles);
        profiles.series.iter().for_each(|series| {
            assert!(profiles.find_series(&series.id).is_some(), "{}", series.id);
        });
    }
    if let Ok(record) = serde_json::from_str::<CaptureRecord>(&text) {
        let written = serde_json::to_string(&record).expect("written");
        assert!(!written.contains('\n'), "{written}");
        assert_eq!(serde_json::from_str::<CaptureRecord>(&written).ok(), Some(record));
    }
});
