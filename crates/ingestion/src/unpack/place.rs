//! The names of files in archives as places to show: a label, never a path to open. Nothing is ever
//! written under such a name.

use std::fmt::Write;

/// The longest place, in characters.
const LONGEST: usize = 1000;

/// The place that a member's name stands for: its steps parted by `/`, without those that lead out
/// of the archive or to its root. Bytes that are not UTF-8 and control characters are written
/// `\xNN`: in what encoding a name was meant is not guessed.
pub(super) fn place_of(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| escape(&mut text, byte));
            } else {
                text.push(c);
            }
        }
        chunk.invalid().iter().for_each(|&byte| escape(&mut text, byte));
    }
    // Some programs on Windows part the steps in their own way.
    let parting = if text.contains('/') { '/' } else { '\\' };
    let is_escape = parting == '\\' && text.contains("\\x");
    let steps: Vec<&str> =
        if is_escape { vec![text.as_str()] } else { text.split(parting).collect() };
    let kept = steps.into_iter().filter(|step| !matches!(*step, "" | "." | ".."));
    let place = kept.collect::<Vec<_>>().join("/");
    match place.char_indices().nth(LONGEST) {
        _ if place.is_empty() => "a file without a name".to_owned(),
        Some((cut, _)) => format!("{}…", &place[..cut]),
        None => place,
    }
}

fn escape(text: &mut String, byte: u8) {
    // Writing to a string cannot fail.
    let _ = write!(text, "\\x{byte:02x}");
}

/// Whether a place is hidden, as folders pass over hidden files, or what macOS adds beside files.
pub(super) fn is_hidden(place: &str) -> bool {
    place.split('/').any(|step| step.starts_with('.') || step == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stays_within_the_archive_and_can_be_shown() {
        for (name, place) in [
            (&b"2021/kazakhstan.html"[..], "2021/kazakhstan.html"),
            (b"../../etc/passwd", "etc/passwd"),
            (b"/etc//./passwd", "etc/passwd"),
            (b"..\\..\\evil.txt", "evil.txt"),
            (b"2021\\peru.txt", "2021/peru.txt"),
            (b"\xcf\xe5\xf0\xf3.txt", "\\xcf\\xe5\\xf0\\xf3.txt"),
            (b"a\x1b[31m\n.txt", "a\\x1b[31m\\x0a.txt"),
            ("Côte d’Ivoire.txt".as_bytes(), "Côte d’Ivoire.txt"),
            (b"..", "a file without a name"),
        ] {
            assert_eq!(place_of(name), place);
        }
        assert_eq!(place_of(&[b'a'; 70_000]).chars().count(), LONGEST + 1);
    }

    #[test]
    fn what_folders_hide_is_hidden() {
        assert!(is_hidden("__MACOSX/a.html") && is_hidden("a/.DS_Store"));
        assert!(!is_hidden("a.b/c.html"));
    }
}
