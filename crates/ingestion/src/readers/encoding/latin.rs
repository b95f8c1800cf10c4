//! Mac Roman against Windows-1252: which of the two makes better sense of a file's high bytes.
//!
//! Both give every byte a character, so nothing is invalid in either; but a byte that is an
//! apostrophe in one is a capital Õ in the other, and a capital does not stand inside a word. Each
//! high byte is judged between its neighbours under both readings. Other encodings are not known
//! here: where neither reading is good, the answer is [`Latin::Unclear`].

use encoding_rs::{MACINTOSH, WINDOWS_1252};

/// How many high bytes are judged.
const ENOUGH: usize = 20_000;

/// Which Latin encoding the bytes speak for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Latin {
    /// Mac Roman.
    MacRoman,
    /// Windows-1252, from punctuation or symbols alone: no letter tells it from its relatives.
    Windows1252,
    /// Neither, or Windows-1252 or one of its relatives by its letters.
    Unclear,
}

/// Decides for bytes that are not UTF-8.
pub(super) fn judge(bytes: &[u8]) -> Latin {
    let mac = Table::of(MACINTOSH);
    let windows = Table::of(WINDOWS_1252);
    let (mut for_mac, mut for_windows, mut high) = (0_i64, 0_i64, 0_i64);
    let mut letters = false;
    for (at, &byte) in bytes.iter().enumerate().filter(|(_, byte)| **byte >= 0x80).take(ENOUGH) {
        let before = at.checked_sub(1).map_or(b'\n', |before| bytes[before]);
        let after = bytes.get(at + 1).copied().unwrap_or(b'\n');
        for_mac += mac.fit(before, byte, after);
        for_windows += windows.fit(before, byte, after);
        letters |= windows.character(byte).is_alphabetic();
        high += 1;
    }
    // a file whose lines end in bare carriage returns was written on a Mac
    let ends = if has_bare_returns(bytes) { 2 + high / 2 } else { 0 };
    if for_mac + ends > for_windows && for_mac * 2 >= high {
        Latin::MacRoman
    } else if !letters && for_windows * 2 >= high {
        Latin::Windows1252
    } else {
        Latin::Unclear
    }
}

/// Whether most line ends are carriage returns without a line feed.
fn has_bare_returns(bytes: &[u8]) -> bool {
    let (mut bare, mut feeds) = (0_usize, 0_usize);
    let sample = &bytes[..bytes.len().min(super::SAMPLE)];
    for (at, byte) in sample.iter().enumerate() {
        match byte {
            b'\r' => bare += usize::from(sample.get(at + 1) != Some(&b'\n')),
            b'\n' => feeds += 1,
            _ => {}
        }
    }
    bare > feeds
}

/// The characters of an encoding's high bytes.
struct Table([char; 128]);

/// What a neighbouring byte is, as far as judging needs it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    Lower,
    Upper,
    Digit,
    Space,
    Other,
}

impl Table {
    fn of(encoding: &'static encoding_rs::Encoding) -> Self {
        let mut table = [char::REPLACEMENT_CHARACTER; 128];
        for (place, byte) in table.iter_mut().zip(0x80..=0xff) {
            let bytes = [byte];
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            *place = text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        Self(table)
    }

    fn character(&self, byte: u8) -> char {
        if byte < 0x80 { char::from(byte) } else { self.0[usize::from(byte - 0x80)] }
    }

    fn neighbour(&self, byte: u8) -> Neighbour {
        match self.character(byte) {
            c if c.is_lowercase() => Neighbour::Lower,
            c if c.is_uppercase() => Neighbour::Upper,
            c if c.is_ascii_digit() => Neighbour::Digit,
            c if c.is_whitespace() => Neighbour::Space,
            _ => Neighbour::Other,
        }
    }

    /// How well the character of a high byte suits its place: 1 well, 0 no evidence, below it badly.
    fn fit(&self, before: u8, byte: u8, after: u8) -> i64 {
        let before = self.neighbour(before);
        let after = self.neighbour(after);
        let letter = |side| matches!(side, Neighbour::Lower | Neighbour::Upper);
        let (opens, closes) = (!letter(before), letter(before) || before != Neighbour::Space);
        match self.character(byte) {
            '’' => {
                if closes || letter(after) {
                    1
                } else {
                    0
                }
            }
            '‘' | '“' | '«' | '‹' => {
                if opens && after != Neighbour::Space {
                    1
                } else {
                    -1
                }
            }
            '”' | '»' | '›' => {
                if closes && !letter(after) {
                    1
                } else {
                    -1
                }
            }
            '–' | '—' => 1,
            '•' | '·' | '…' | '§' | '°' | '\u{a0}' | '©' | '®' | '™' | '£' | '€' => {
                if letter(before) && letter(after) {
                    0
                } else {
                    1
                }
            }
            'ª' | 'º' => {
                if before == Neighbour::Digit {
                    1
                } else {
                    -1
                }
            }
            c if c.is_control() || c == char::REPLACEMENT_CHARACTER => -3,
            c if c.is_lowercase() => {
                if letter(before) || letter(after) {
                    1
                } else {
                    0
                }
            }
            c if c.is_uppercase() => match (before, after) {
                (Neighbour::Lower, _) => -2,
                (_, Neighbour::Lower | Neighbour::Upper) => 1,
                (Neighbour::Upper, _) => 1,
                _ => 0,
            },
            _ => {
                if letter(before) || letter(after) {
                    -2
                } else {
                    -1
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes_and_letters_tell_mac_roman() {
        assert_eq!(judge(b"the State\xd5s review of C\x99te d\xd5Ivoire, \xd2so called\xd3"), {
            Latin::MacRoman
        });
        assert_eq!(judge(b"Azerba\x95djan\rAlg\x8erie\r"), Latin::MacRoman);
        assert_eq!(judge(b"paragraphs 1\xd04\r"), Latin::MacRoman);
    }

    #[test]
    fn punctuation_tells_windows_1252() {
        let text = b"the State\x92s review, \x93so called\x94 \x96 see \xa7 4";
        assert_eq!(judge(text), Latin::Windows1252);
    }

    #[test]
    fn letters_of_the_windows_family_are_left_to_the_detector() {
        assert_eq!(judge(b"la libert\xe9 de religion en C\xf4te d\x92Ivoire"), Latin::Unclear);
        assert_eq!(judge(b"\xd1\xe2\xee\xe1\xee\xe4\xe0 \xf1\xee\xe2\xe5\xf1\xf2\xe8"), {
            Latin::Unclear
        });
    }

    #[test]
    fn bare_returns_alone_make_no_mac_roman() {
        assert_eq!(judge(b"libert\xe9\rd\xe9j\xe0\rpr\xeatre\r"), Latin::Unclear);
    }
}
