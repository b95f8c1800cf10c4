//! Which encoding is recognised, what comes out, and what is refused.

use proptest::prelude::*;

use super::*;

fn decoded(bytes: &[u8]) -> (&'static str, String, Vec<String>) {
    let decoded = decode(bytes).expect("text");
    (decoded.encoding, decoded.text.into_owned(), decoded.warnings)
}

fn plain(bytes: &[u8]) -> (&'static str, String) {
    let (encoding, text, warnings) = decoded(bytes);
    assert_eq!(warnings, Vec::<String>::new());
    (encoding, text)
}

#[test]
fn a_byte_order_mark_decides() {
    assert_eq!(plain(b"\xef\xbb\xbfKazakhstan"), ("UTF-8", "Kazakhstan".to_owned()));
    assert_eq!(plain(b"\xff\xfeK\0\x19\x20"), ("UTF-16LE", "K’".to_owned()));
    assert_eq!(plain(b"\xfe\xff\0K\x20\x19"), ("UTF-16BE", "K’".to_owned()));
    let name = "UTF-32".to_owned();
    assert_eq!(decode(b"\xff\xfe\0\0K\0\0\0"), Err(ReadError::UnknownEncoding { name }));
}

#[test]
fn utf_16_without_a_mark_is_known_by_its_zeros() {
    let bytes: Vec<u8> =
        "Freedom – of religion".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(plain(&bytes), ("UTF-16LE", "Freedom – of religion".to_owned()));
    let russian = "Свобода совести и вероисповедания в стране";
    let bytes: Vec<u8> = russian.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(plain(&bytes), ("UTF-16BE", russian.to_owned()));
}

#[test]
fn valid_utf_8_is_utf_8() {
    assert_eq!(plain("Kazakhstan’s".as_bytes()), ("UTF-8", "Kazakhstan’s".to_owned()));
    assert_eq!(plain(b"ascii"), ("UTF-8", "ascii".to_owned()));
    let page = "<meta charset=iso-8859-1><p>Kazakhstan’s";
    let (encoding, text, warnings) = decoded(page.as_bytes());
    assert_eq!((encoding, text.as_str()), ("UTF-8", page));
    assert_eq!(warnings, ["the page declares windows-1252, but it is valid UTF-8: read so"]);
}

#[test]
fn a_page_s_own_word_counts_where_utf_8_fails() {
    let (encoding, text) = plain(b"<meta charset=windows-1251><p>\xca\xe0\xe7\xe0\xf5");
    assert_eq!((encoding, text.ends_with("Казах")), ("windows-1251", true));
    let (encoding, text) = plain(b"<meta charset=iso-2022-jp><p>\x1b$B=!65\x1b(B");
    assert_eq!((encoding, text.ends_with("宗教")), ("ISO-2022-JP", true));
    let name = "x-klingon".to_owned();
    let page = b"<meta charset=x-klingon><p>\xca\xe0";
    assert_eq!(decode(page), Err(ReadError::UnknownEncoding { name }));
}

#[test]
fn damaged_places_in_utf_8_are_counted() {
    let mut bytes = "Kazakhstan’s “law” ".as_bytes().to_vec();
    let first = bytes.len();
    bytes.extend_from_slice(b"\xff and \x93 here");
    let (encoding, text, warnings) = decoded(&bytes);
    assert_eq!(
        (encoding, text.as_str()),
        ("UTF-8", "Kazakhstan’s “law” \u{fffd} and \u{fffd} here")
    );
    let expected =
        format!("2 places are not valid UTF-8, the first at byte {first}: U+FFFD stands there");
    assert_eq!(warnings, [expected]);
    let (encoding, text, warnings) = decoded(b"cut in a quotation mark \xe2\x80");
    assert_eq!((encoding, text.as_str()), ("UTF-8", "cut in a quotation mark \u{fffd}"));
    assert_eq!(warnings.len(), 1);
    let (encoding, _, warnings) = decoded(b"<meta charset=utf-8>a\xe9b");
    assert_eq!((encoding, warnings.len()), ("UTF-8", 1));
}

#[test]
fn old_single_byte_texts_are_told_apart() {
    assert_eq!(
        plain(b"the State\xd5s\rreview\r"),
        ("macintosh", "the State’s\rreview\r".to_owned())
    );
    assert_eq!(
        plain(b"the State\x92s \x93law\x94"),
        ("windows-1252", "the State’s “law”".to_owned())
    );
    let french = b"La libert\xe9 de religion est garantie par l'\xc9tat, m\xeame \xe0 l'\xe9cole.";
    let (encoding, text, _) = decoded(french);
    assert_eq!(encoding, "windows-1252");
    assert_eq!(text, "La liberté de religion est garantie par l'État, même à l'école.");
}

#[test]
fn the_rest_of_the_old_world_is_guessed_and_said_to_be() {
    let russian = "Свобода совести и вероисповедания гарантируется конституцией страны.";
    let (bytes, _, _) = encoding_rs::KOI8_R.encode(russian);
    let (encoding, text, warnings) = decoded(&bytes);
    assert_eq!((encoding, text.as_str()), ("KOI8-U", russian));
    assert!(warnings[0].starts_with("no encoding is declared; read as KOI8-U"), "{warnings:?}");
    let chinese = "宗教信仰自由是公民的基本权利，受到宪法的保护。";
    let (bytes, _, _) = encoding_rs::GBK.encode(chinese);
    assert_eq!(decoded(&bytes).1, chinese);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let refused = Err(ReadError::NotText { looks_like: None });
    assert_eq!(decode(b"MZ\0\x01\x02\0\0\x03\x7f\x01"), refused);
    assert_eq!(decode(&[1, 2, 3, 4, 5, 6, 7, 8]), refused);
    assert_eq!(decode(&[0; 64]), refused);
    let ebcdic = b"\xc6\x99\x85\x85\x84\x96\x94\x40\x96\x86\x40\x99\x85\x93\x89\x87\x89\x96\x95";
    assert!(matches!(decode(ebcdic), Err(ReadError::UnknownEncoding { name }) if name == "EBCDIC"));
}

#[test]
fn a_stray_control_character_in_much_text_is_reported() {
    let mut bytes = b"Freedom of religion or belief. ".repeat(40);
    bytes.push(0);
    assert_eq!(decoded(&bytes).2, ["1 control character was read as a space"]);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(&bytes);
    }

    #[test]
    fn any_text_without_control_characters_survives_utf_8(text in "\\PC{1,80}") {
        let decoded = decode(text.as_bytes());
        prop_assert_eq!(decoded.map(|d| d.text.into_owned()), Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()));
    }
}

#[test]
fn ascii_with_stray_zero_bytes_is_no_utf_16() {
    let text = b"The mosque was\0closed by\0police.\n";
    let read = decode(text).map(|decoded| decoded.encoding);
    assert!(read.is_err() || read == Ok("UTF-8"), "{read:?}");
}

#[test]
fn a_label_is_believed_before_the_page_s_own_word_and_the_difference_told() {
    let labelled = |bytes: &[u8], label: &str| {
        let decoded = decode_labelled(bytes, label).expect("text");
        (decoded.encoding, decoded.text.into_owned(), decoded.warnings)
    };
    let page = b"<meta charset=koi8-r><p>\xd5\xf0\xe0\xec";
    let (encoding, text, warnings) = labelled(page, "windows-1251");
    assert_eq!(encoding, "windows-1251");
    assert!(text.ends_with("\u{425}\u{440}\u{430}\u{43c}"), "{text}");
    assert!(warnings[0].contains("labelled windows-1251, but names itself KOI8-R"), "{warnings:?}");

    // A label of UTF-8 that the bytes refute gives way to what the page names.
    let (encoding, _, warnings) =
        labelled(b"<meta charset=windows-1251><p>\xd5\xf0\xe0\xec", "utf-8");
    assert_eq!(encoding, "windows-1251");
    assert!(warnings[0].contains("read as windows-1251"), "{warnings:?}");
    let (encoding, ..) = labelled(b"<p>\xd5\xf0\xe0\xec", "utf-8");
    assert_eq!(encoding, "UTF-8");

    // What the two agree on, what is UTF-8 whatever it is called, and what nobody knows is no matter.
    let agreed = labelled(b"<meta charset=windows-1251><p>\xd5\xf0", "cp1251");
    assert_eq!((agreed.0, agreed.2), ("windows-1251", Vec::new()));
    assert_eq!(labelled("Caf\u{e9}".as_bytes(), "iso-8859-1").1, "Caf\u{e9}");
    assert_eq!(labelled("Caf\u{e9}".as_bytes(), "klingon").0, "UTF-8");
}
