//! From bytes to text: which encoding a file is in, and what in it could not be decoded.
//!
//! In this order: a byte order mark; UTF-8 that is valid; what an HTML page or an XML declaration
//! names; UTF-16 by the pattern of its zero bytes; UTF-8 with a few damaged places; Mac Roman
//! against Windows-1252 by the evidence of the bytes (`latin`); and for the rest of the legacy
//! world what `chardetng` guesses. Bytes that no encoding explains are refused, and whatever could
//! not be decoded is counted in a warning. What the text means is not looked at here.

mod declared;
mod latin;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ReadError;
use latin::Latin;

/// How much of a file is looked at where the first part tells enough.
const SAMPLE: usize = 64 * 1024;

/// A text and how it was come by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text; without its byte order mark.
    pub text: Cow<'a, str>,
    /// The name of its encoding in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// What a person should know, a sentence each.
    pub warnings: Vec<String>,
}

/// Decodes a file's bytes.
///
/// # Errors
/// When the bytes are no text, or text in an encoding that is not read.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    if let Some(decoded) = by_mark(bytes)? {
        return Ok(decoded);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return Ok(decode_as(encoding, bytes));
    }
    let mut warnings = refuse_binary(bytes)?;
    let mut decoded = eight_bit(bytes)?;
    warnings.append(&mut decoded.warnings);
    Ok(Decoded { warnings, ..decoded })
}

/// Decodes bytes that come with the name of their encoding, as parts of a message and answers of a
/// server do. It is believed as a page's own declaration is, and before it; a page that names another
/// is reported. A name that stands for nothing is passed over, and so is UTF-8 where the bytes are not
/// and the page names what they are.
///
/// # Errors
/// As [`decode`].
pub fn decode_labelled<'a>(bytes: &'a [u8], label: &str) -> Result<Decoded<'a>, ReadError> {
    let Some(encoding) = Encoding::for_label(label.as_bytes()) else { return decode(bytes) };
    if let Some(decoded) = by_mark(bytes)? {
        return Ok(decoded);
    }
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Ok(decode_as(encoding, bytes));
    }
    let mut warnings = refuse_binary(bytes)?;
    let mut decoded = match std::str::from_utf8(bytes) {
        Ok(text) => valid_utf_8(text, bytes, Some(declared::Declared::Known(encoding))),
        Err(_) => labelled_eight_bit(bytes, encoding),
    };
    warnings.append(&mut decoded.warnings);
    Ok(Decoded { warnings, ..decoded })
}

/// Decodes bytes that are not valid UTF-8 and labelled as `encoding`.
fn labelled_eight_bit<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let own = match declared::encoding(bytes) {
        Some(declared::Declared::Known(own)) if own != encoding => own,
        _ if encoding == UTF_8 => return damaged_utf_8(bytes, 0),
        _ => return decode_as(encoding, bytes),
    };
    let refuted = encoding == UTF_8 && !is_mostly_utf_8(bytes);
    let mut decoded = match encoding {
        _ if refuted => decode_as(own, bytes),
        _ if encoding == UTF_8 => damaged_utf_8(bytes, 0),
        _ => decode_as(encoding, bytes),
    };
    decoded.warnings.push(format!(
        "it came labelled {}, but names itself {}: read as {}; check its letters",
        encoding.name(),
        own.name(),
        decoded.encoding
    ));
    decoded
}

/// A byte order mark is the last word on the encoding.
fn by_mark(bytes: &[u8]) -> Result<Option<Decoded<'_>>, ReadError> {
    let utf_32 = [b"\xff\xfe\0\0", b"\0\0\xfe\xff"];
    if utf_32.iter().any(|mark| bytes.starts_with(*mark)) {
        return Err(ReadError::UnknownEncoding { name: "UTF-32".to_owned() });
    }
    match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding == UTF_8 => {
            let warnings = refuse_binary(&bytes[length..])?;
            let mut decoded = damaged_utf_8(&bytes[length..], length);
            decoded.warnings.splice(0..0, warnings);
            Ok(Some(decoded))
        }
        Some((encoding, length)) => Ok(Some(decode_as(encoding, &bytes[length..]))),
        None => Ok(None),
    }
}

/// UTF-16 shows in its zero bytes: in text they stand all on one side of the pairs.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let mut zeros = [0_usize; 2];
    for pair in sample.chunks_exact(2) {
        zeros[0] += usize::from(pair[0] == 0);
        zeros[1] += usize::from(pair[1] == 0);
    }
    let pairs = sample.len() / 2;
    // Plain ASCII with a few stray zero bytes is no UTF-16: there, of ASCII every other byte is zero.
    let plain = |byte: &u8| *byte == 0 || byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let is_ascii = sample.iter().all(plain);
    if is_ascii && (zeros[0] + zeros[1]) * 5 < pairs * 2 {
        return None;
    }
    let enough = |count: usize| count >= 2 && count * 20 >= pairs;
    let few = |count: usize| count * 200 <= pairs;
    let encoding = if enough(zeros[1]) && few(zeros[0]) {
        UTF_16LE
    } else if enough(zeros[0]) && few(zeros[1]) {
        UTF_16BE
    } else {
        return None;
    };
    let even = &sample[..sample.len() & !1];
    let (text, _) = encoding.decode_without_bom_handling(even);
    let odd = |c: &char| c.is_control() && !c.is_whitespace() || *c == char::REPLACEMENT_CHARACTER;
    let strange = text.chars().filter(odd).count();
    (strange * 50 <= pairs).then_some(encoding)
}

/// Refuses bytes with many control characters; a few are reported and read as spaces.
fn refuse_binary(bytes: &[u8]) -> Result<Vec<String>, ReadError> {
    let is_control = |byte: u8| {
        ((byte < b' ') & (byte.wrapping_sub(b'\t') > 4) & (byte != 0x1b)) | (byte == 0x7f)
    };
    let (mut zeros, mut controls) = (0_usize, 0_usize);
    for piece in bytes.chunks(128) {
        // counted in a byte, so that the compiler can look at many bytes at once
        controls += usize::from(piece.iter().fold(0_u8, |n, &byte| n + u8::from(is_control(byte))));
        zeros += usize::from(piece.iter().fold(0_u8, |n, &byte| n + u8::from(byte == 0)));
    }
    if zeros.saturating_mul(500) > bytes.len() || controls.saturating_mul(50) > bytes.len() {
        return Err(ReadError::NotText { looks_like: None });
    }
    Ok(match controls {
        0 => Vec::new(),
        1 => vec!["1 control character was read as a space".to_owned()],
        many => vec![format!("{many} control characters were read as spaces")],
    })
}

/// The encodings that have no mark and of which ASCII, or nearly, is a part.
fn eight_bit(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    let declared = declared::encoding(bytes);
    let valid = std::str::from_utf8(bytes);
    if let Ok(text) = valid {
        return Ok(valid_utf_8(text, bytes, declared));
    }
    match declared {
        Some(declared::Declared::Known(encoding)) if encoding != UTF_8 => {
            return Ok(decode_as(encoding, bytes));
        }
        Some(declared::Declared::Unknown(name)) => {
            return Err(ReadError::UnknownEncoding { name });
        }
        Some(declared::Declared::Known(_)) => return Ok(damaged_utf_8(bytes, 0)),
        None => {}
    }
    if is_mostly_utf_8(bytes) { Ok(damaged_utf_8(bytes, 0)) } else { legacy(bytes) }
}

/// Valid UTF-8 is UTF-8, whatever a page declares, unless the declared encoding writes other
/// scripts in ASCII bytes.
fn valid_utf_8<'a>(
    text: &'a str,
    bytes: &'a [u8],
    declared: Option<declared::Declared>,
) -> Decoded<'a> {
    let mut warnings = Vec::new();
    match declared {
        Some(declared::Declared::Known(encoding)) if encoding != UTF_8 => {
            if !encoding.is_ascii_compatible() && bytes.contains(&0x1b) {
                return decode_as(encoding, bytes);
            }
            if !text.is_ascii() {
                let name = encoding.name();
                warnings.push(format!("the page declares {name}, but it is valid UTF-8: read so"));
            }
        }
        _ => {}
    }
    Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), warnings }
}

/// Whether text that is not valid UTF-8 is UTF-8 all the same: at least as many characters of
/// several bytes as damaged places, or cut off within its last character.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0_usize, 0_usize);
    let mut left = bytes;
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        whole += valid.bytes().filter(|byte| *byte >= 0xc0).count();
        left = &left[valid.len() + chunk.invalid().len()..];
        damaged += usize::from(!chunk.invalid().is_empty());
        let cut_off = left.is_empty() && damaged == 1 && is_cut_short(chunk.invalid());
        if cut_off {
            return true;
        }
    }
    whole >= damaged
}

/// Whether these bytes begin a character and lack only its end.
fn is_cut_short(invalid: &[u8]) -> bool {
    invalid.len() >= 2 && std::str::from_utf8(invalid).is_err_and(|e| e.error_len().is_none())
}

/// UTF-8, with U+FFFD for every damaged place and a warning that counts them.
fn damaged_utf_8(bytes: &[u8], skipped: usize) -> Decoded<'_> {
    let text = String::from_utf8_lossy(bytes);
    let mut warnings = Vec::new();
    if let Cow::Owned(_) = text {
        let first = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        let count = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
        warnings.push(undecoded(count, UTF_8.name(), Some(first + skipped)));
    }
    Decoded { text, encoding: UTF_8.name(), warnings }
}

fn legacy(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    if is_ebcdic(bytes) {
        return Err(ReadError::UnknownEncoding { name: "EBCDIC".to_owned() });
    }
    match latin::judge(bytes) {
        Latin::MacRoman => return Ok(decode_as(MACINTOSH, bytes)),
        Latin::Windows1252 => return Ok(decode_as(WINDOWS_1252, bytes)),
        Latin::Unclear => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let mut decoded = decode_as(guess, bytes);
    let note = format!(
        "no encoding is declared; read as {} by the pattern of its bytes: check its letters",
        decoded.encoding
    );
    decoded.warnings.push(note);
    Ok(decoded)
}

/// Text of the old mainframes: its space is `@`, and its letters are high bytes.
fn is_ebcdic(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let count = |wanted: fn(&u8) -> bool| sample.iter().filter(|byte| wanted(byte)).count();
    let at_signs = count(|byte| *byte == 0x40);
    let spaces = count(|byte| *byte == 0x20);
    let high = count(|byte| *byte >= 0x80);
    at_signs * 20 >= sample.len() && spaces * 100 <= sample.len() && high * 2 >= sample.len()
}

/// Decodes with a known encoding; what it cannot decode becomes U+FFFD and is counted.
fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if had_errors {
        let count = text.matches(char::REPLACEMENT_CHARACTER).count();
        warnings.push(undecoded(count, encoding.name(), None));
    }
    Decoded { text, encoding: encoding.name(), warnings }
}

fn undecoded(count: usize, encoding: &str, first: Option<usize>) -> String {
    let places = if count == 1 { "1 place is".to_owned() } else { format!("{count} places are") };
    let first = first.map(|at| format!(", the first at byte {at}")).unwrap_or_default();
    format!("{places} not valid {encoding}{first}: U+FFFD stands there")
}

#[cfg(test)]
mod tests;
