//! Adding what is held already: only what changed is written. Told from the engine's own files, whose
//! segments never change but for what is deleted from them.

use std::collections::BTreeMap;

use tantivy::Index;

use crate::harness::{Library, TERRORISM};

/// The segments of a library's index, by id: how many records each holds and how many of them were
/// taken out.
fn segments(library: &Library) -> BTreeMap<String, (u32, u32)> {
    let index = Index::open_in_dir(library.root().join("index/passages-1")).expect("an index");
    let segments = index.searchable_segment_metas().expect("segments");
    let counts =
        |s: tantivy::SegmentMeta| (s.id().uuid_string(), (s.max_doc(), s.num_deleted_docs()));
    segments.into_iter().map(counts).collect()
}

/// How many records were written between two states, and how many taken out. A segment that stayed
/// is the same but for these.
fn written_and_taken_out(
    before: &BTreeMap<String, (u32, u32)>,
    after: &BTreeMap<String, (u32, u32)>,
) -> (u32, u32) {
    assert!(before.keys().all(|id| after.contains_key(id)), "segments were written anew");
    let new = after.iter().filter(|(id, _)| !before.contains_key(*id));
    let written = new.map(|(_, (records, _))| records).sum();
    let gone =
        |state: &BTreeMap<String, (u32, u32)>| state.values().map(|(_, gone)| gone).sum::<u32>();
    (written, gone(after) - gone(before))
}

fn folder_of_reports(library: &Library) {
    for n in 0..40 {
        let text = format!("Report {n}.\n\nChapel {n} was closed.\n\nMosque {n} was opened.\n");
        library.file(&format!("in/{n}.txt"), text);
    }
    library.file("in/crt.txt", TERRORISM);
}

#[test]
fn a_folder_added_twice_writes_nothing() {
    let library = Library::new();
    folder_of_reports(&library);
    library.forb(["add", "in"]).ends(0);
    let before = segments(&library);
    let again = library.forb(["add", "in"]).ends(0);
    assert_eq!(again.out.lines().filter(|line| line.starts_with("held\t")).count(), 41);
    assert_eq!(segments(&library), before);
}

#[test]
fn one_changed_file_among_many_touches_one_document() {
    let library = Library::new();
    folder_of_reports(&library);
    library.forb(["add", "in"]).ends(0);
    let before = segments(&library);
    // Three paragraphs and the record of the document; what was captured before is kept.
    library.file("in/7.txt", "Report 7.\n\nChapel 7 was opened again.\n\nMosque 7 was opened.\n");
    let again = library.forb(["add", "in"]).ends(0);
    let of = |kind: &str| again.out.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!((of("added\t"), of("held\t")), (1, 40), "{}", again.out);
    let changed = segments(&library);
    assert_eq!(written_and_taken_out(&before, &changed), (4, 0));
    assert_eq!(library.texts(["again"]), ["Chapel 7 was opened again."]);
}
