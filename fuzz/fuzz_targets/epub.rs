//! The parts of a book, in an archive that is whole: what is said of the book first, then more items,
//! more of the spine, parts that are encrypted, and the chapters.
#![no_main]

use forb_fuzz::pieces::{Pieces, pack, well_formed};
use ingestion::SourceFile;
use ingestion::profiles::Profiles;
use libfuzzer_sys::fuzz_target;

const CONTAINER: &str = "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles>\
    </container>";

fuzz_target!(|bytes: &[u8]| {
    let text = forb_fuzz::text(bytes);
    let pieces = Pieces::of(&text);
    let part = |at: usize| well_formed(pieces.get(at));
    let chapters: Vec<(String, &str)> =
        (0..).map(|at| format!("OEBPS/c{at}.xhtml")).zip(pieces.from(4)).collect();
    let item = |at: usize| {
        format!("<item id='c{at}' href='c{at}.xhtml' media-type='application/xhtml+xml'/>")
    };
    let items: String = (0..chapters.len()).map(item).collect();
    let spine: String = (0..chapters.len()).map(|at| format!("<itemref idref='c{at}'/>")).collect();
    let book = format!(
        "<package><metadata>{}</metadata><manifest>{items}{}</manifest><spine>{}{spine}</spine></package>",
        part(0),
        part(1),
        part(2)
    );
    let locked = format!("<encryption>{}</encryption>", part(3));
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("META-INF/encryption.xml", &locked),
        ("OEBPS/book.opf", &book),
    ];
    parts.extend(chapters.iter().map(|(name, content)| (name.as_str(), *content)));
    forb_fuzz::reads(&SourceFile::new("fuzz", pack(&parts)), Profiles::built_in());
});
