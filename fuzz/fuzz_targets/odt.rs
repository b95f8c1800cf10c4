//! The parts of an OpenDocument text, in an archive that is whole: the story first, then styles of
//! its own, styles of the file, heads and feet, facts. Each is made well-formed, unless it begins
//! with `!`.
#![no_main]

use forb_fuzz::pieces::{Pieces, pack, well_formed};
use ingestion::SourceFile;
use ingestion::profiles::Profiles;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = forb_fuzz::text(bytes);
    let pieces = Pieces::of(&text);
    let part = |at: usize| well_formed(pieces.get(at));
    let content = match pieces.get(0).strip_prefix('!') {
        Some(raw) => raw.to_owned(),
        None => format!(
            "<office:document-content><office:automatic-styles>{}</office:automatic-styles>\
             <office:body><office:text>{}</office:text></office:body></office:document-content>",
            part(1),
            part(0)
        ),
    };
    let styles = format!(
        "<office:document-styles><office:styles>{}</office:styles><office:master-styles>\
         <style:master-page>{}</style:master-page></office:master-styles></office:document-styles>",
        part(2),
        part(3)
    );
    let facts = format!(
        "<office:document-meta><office:meta>{}</office:meta></office:document-meta>",
        part(4)
    );
    let file = pack(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
        ("styles.xml", &styles),
        ("meta.xml", &facts),
    ]);
    forb_fuzz::reads(&SourceFile::new("fuzz", file), Profiles::built_in());
});
