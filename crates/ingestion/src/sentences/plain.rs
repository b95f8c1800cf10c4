//! The sentence borders of Unicode (UAX #29) for texts of plain characters: ASCII, Latin-1 letters,
//! and the quotation marks and dashes of printed English. Most texts have no others, and only what
//! stands around a full stop has to be looked at; any other text is left to `unicode-segmentation`,
//! with which this agrees, as a test holds. What an abbreviation pretends is not known here.

/// What a character is to the borders of sentences: its property in the standard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Numeric,
    Space,
    Close,
    Continue,
    /// A full stop.
    Stop,
    /// A mark that ends a sentence whatever follows.
    Mark,
    Other,
}

fn class(c: char) -> Option<Class> {
    Some(match c {
        'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' => Class::Lower,
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => Class::Upper,
        '0'..='9' => Class::Numeric,
        ' ' => Class::Space,
        '.' => Class::Stop,
        '!' | '?' => Class::Mark,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '\u{2018}'..='\u{201f}' => Class::Close,
        ',' | '-' | ':' | ';' | '–' | '—' => Class::Continue,
        '!'..='~' | '§' | '°' | '•' | '…' => Class::Other,
        _ => return None,
    })
}

fn is_terminator(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?')
}

/// Whether every character of a text is one of those that are known here.
pub(super) fn is_plain(text: &str) -> bool {
    let is_printable = |byte: u8| (b' '..=b'~').contains(&byte);
    // All of a text at once, so that the compiler can look at many bytes together.
    if text.bytes().fold(true, |all, byte| all & is_printable(byte)) {
        return true;
    }
    text.chars().all(|c| (' '..='~').contains(&c) || class(c).is_some())
}

/// The places of a plain text between its ends at which the standard sees a border.
pub(super) fn borders(text: &str) -> impl Iterator<Item = usize> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let found = text.as_bytes().get(at..)?.iter().position(|&byte| is_terminator(byte))?;
            let terminator = at + found;
            let next = after_spaces(text, terminator + 1);
            at = next;
            if next < text.len() && is_border(text, terminator, next) {
                return Some(next);
            }
        }
    })
}

/// The characters from a place on, with their classes.
fn classes(text: &str, at: usize) -> impl Iterator<Item = (usize, Class)> {
    let rest = text.get(at..).unwrap_or("").char_indices();
    rest.map(move |(offset, c)| (at + offset, class(c).unwrap_or(Class::Other)))
}

/// The first place from `at` on that is no closing mark, nor one of the spaces after them.
fn after_spaces(text: &str, at: usize) -> usize {
    let mut spaces = false;
    let stays = |(_, class): &(usize, Class)| match class {
        Class::Close => !spaces,
        Class::Space => {
            spaces = true;
            true
        }
        _ => false,
    };
    classes(text, at).skip_while(stays).map(|(place, _)| place).next().unwrap_or(text.len())
}

/// Whether a sentence that ends with this terminator ends before `next`, the first character after
/// the closing marks and spaces that follow: rules SB6 to SB11.
fn is_border(text: &str, terminator: usize, next: usize) -> bool {
    let Some((_, following)) = classes(text, next).next() else { return false };
    let is_stop = text.as_bytes().get(terminator) == Some(&b'.');
    if is_stop && next == terminator + 1 {
        let before = text.get(..terminator).and_then(|text| text.chars().next_back());
        let after_letter = matches!(before.and_then(class), Some(Class::Lower | Class::Upper));
        if following == Class::Numeric || (following == Class::Upper && after_letter) {
            return false;
        }
    }
    if is_stop && goes_on_in_lower_case(text, next) {
        return false;
    }
    !matches!(following, Class::Continue | Class::Stop | Class::Mark)
}

/// Whether the first letter or terminator from a place on is a letter in lower case.
fn goes_on_in_lower_case(text: &str, at: usize) -> bool {
    let tells =
        |class: &Class| matches!(class, Class::Lower | Class::Upper | Class::Stop | Class::Mark);
    classes(text, at).map(|(_, class)| class).find(tells) == Some(Class::Lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn by_the_standard(text: &str) -> Vec<usize> {
        text.split_sentence_bound_indices().map(|(at, _)| at).skip(1).collect()
    }

    #[test]
    fn every_plain_character_has_its_class() {
        let plain = (' '..='\u{ffff}').filter(|c| class(*c).is_some());
        for c in plain {
            let around = ["a. §c", "a.§", "A§.B", "1§.b", "a?§ B", "a. §1 b", "a.” § b", "§. § §"];
            for text in around.map(|text| text.replace('§', &c.to_string())) {
                assert!(is_plain(&text), "{text}");
                assert_eq!(borders(&text).collect::<Vec<_>>(), by_the_standard(&text), "{text}");
            }
        }
        for other in ["a\nb", "a\u{ad}b", "a\u{301}b", "宗教。", "a\u{a0}b", "‼"] {
            assert!(!is_plain(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn the_borders_are_those_of_the_standard(text in "[aB1 .?!,\"(é’”—§]{0,24}") {
            prop_assert!(is_plain(&text));
            prop_assert_eq!(borders(&text).collect::<Vec<_>>(), by_the_standard(&text));
        }
    }
}
