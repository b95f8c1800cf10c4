//! Any bytes as text in an encoding: the first line names it, as a page or a message would, or says
//! how the rest is to be encoded first.
#![no_main]

use ingestion::SourceFile;
use ingestion::profiles::Profiles;
use ingestion::readers::encoding::{decode, decode_labelled};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (label, rest) = bytes.split_at(end);
    let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    let label = forb_fuzz::text(label);
    let _ = decode_labelled(rest, &label);

    let text = forb_fuzz::text(rest);
    let units = |swap: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(swap).collect::<Vec<u8>>();
    let file = match label.as_ref() {
        "16" => [&b"\xff\xfe"[..], &units(u16::to_le_bytes)].concat(),
        "16 big" => [&b"\xfe\xff"[..], &units(u16::to_be_bytes)].concat(),
        "16 bare" => units(u16::to_le_bytes),
        "8" => [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat(),
        _ => rest.to_vec(),
    };
    // A mark is the last word: what it says stands there, to the letter.
    if matches!(label.as_ref(), "16" | "16 big" | "8")
        && let Ok(decoded) = decode(&file)
    {
        assert_eq!(decoded.text, text, "{}", decoded.encoding);
        assert!(decoded.encoding.starts_with("UTF-"), "{}", decoded.encoding);
    }
    forb_fuzz::reads(&SourceFile::new("fuzz", file), Profiles::built_in());
});
