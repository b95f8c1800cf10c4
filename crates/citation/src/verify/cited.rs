//! The citations near a quotation: ids of passages and documents, as `forb` prints them, in the same
//! paragraph or in the footnote it refers to.

use model::{DocumentId, PassageId, TextRange};

/// What a draft cites.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CitedId {
    /// A passage.
    Passage(PassageId),
    /// A document, without a place in it.
    Document(DocumentId),
}

/// An id and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub range: TextRange,
    pub id: CitedId,
    /// Whether it stands within round or square brackets.
    pub bracketed: bool,
}

const ID_LENGTH: usize = 12;

impl CitedId {
    /// The document cited, or that of the passage.
    pub fn document(&self) -> &DocumentId {
        match self {
            CitedId::Passage(passage) => &passage.document,
            CitedId::Document(document) => document,
        }
    }
}

impl std::fmt::Display for CitedId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CitedId::Passage(id) => write!(f, "{id}"),
            CitedId::Document(id) => f.write_str(id.as_str()),
        }
    }
}

/// Every id in a text, in order. Twelve letters alone may be a word: a document's id counts only with
/// a digit in it.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    let part = |c: char| c.is_ascii_alphanumeric();
    while let Some(c) = text[at..].chars().next() {
        if !part(c) {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                // A bracket that is never closed ends with its paragraph.
                '\n' if text[at + 1..].starts_with('\n') => depth = 0,
                _ => {}
            }
            at += c.len_utf8();
            continue;
        }
        let word = text[at..].find(|c| !part(c)).unwrap_or(text.len() - at);
        let end = at + word;
        if word == ID_LENGTH {
            let place = text[end..].strip_prefix('.').map(place_length).unwrap_or(0);
            let passage = (place > 0)
                .then(|| text[at..end + 1 + place].parse().ok().map(CitedId::Passage))
                .flatten();
            let has_digit = text[at..end].contains(|c: char| c.is_ascii_digit());
            let document =
                || text[at..end].parse().ok().filter(|_| has_digit).map(CitedId::Document);
            if let Some(id) = passage.or_else(document) {
                let length =
                    if matches!(id, CitedId::Passage(_)) { word + 1 + place } else { word };
                let range = TextRange::new(at, at + length);
                found.push(Mention { range, id, bracketed: depth > 0 });
                at += length;
                continue;
            }
        }
        at = end;
    }
    found
}

/// The length of a passage's place, such as `4`, `4-2`, `b9`.
fn place_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let lead = usize::from(text.starts_with('b'));
    let number = digits(&text[lead..]);
    if number == 0 {
        return 0;
    }
    let first = lead + number;
    match text[first..].strip_prefix('-').map(digits) {
        Some(piece) if piece > 0 => first + 1 + piece,
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, bool)> {
        mentions(text).into_iter().map(|found| (found.id.to_string(), found.bracketed)).collect()
    }

    #[test]
    fn ids_are_found_among_words() {
        let text =
            "As k7m2q9x4tb3c.4 says (k7m2q9x4tb3c.4-2, forb:k7m2q9x4tb3c). So k7m2q9x4tb3c.b9.";
        let expected = [
            ("k7m2q9x4tb3c.4", false),
            ("k7m2q9x4tb3c.4-2", true),
            ("k7m2q9x4tb3c", true),
            ("k7m2q9x4tb3c.b9", false),
        ];
        assert_eq!(found(text), expected.map(|(id, bracketed)| (id.to_owned(), bracketed)));
    }

    #[test]
    fn words_and_longer_names_are_no_ids() {
        assert!(found("transparency k7m2q9x4tb3ck7 abc.4 12.5 é").is_empty());
        assert!(found("").is_empty());
    }
}
