//! A page as browsers save it: more fields of the message first, then fields of the page's own part,
//! the page, and what follows it.
#![no_main]

use forb_fuzz::pieces::Pieces;
use ingestion::SourceFile;
use ingestion::profiles::Profiles;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Any bytes, not only text: a page's coding and character set are part of what is tried.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let pieces = Pieces::of(&text);
    let message = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"=b\"\r\n{}\r\n\r\n--=b\r\n\
         {}\r\n\r\n{}\r\n--=b\r\n{}\r\n--=b--\r\n",
        pieces.get(0),
        pieces.get(1),
        pieces.get(2),
        pieces.get(3)
    );
    let bytes: Vec<u8> = message.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
    forb_fuzz::reads(&SourceFile::new("fuzz", bytes), Profiles::built_in());
});
