//! A text cut into words and marks for comparing word by word.

use model::TextRange;

use crate::find::comparable;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// In comparable form.
    pub text: String,
    pub kind: TokenKind,
    /// Where it stands.
    pub range: TextRange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Punctuation,
    /// An ellipsis or a bracket of the writer's, which stands for any words.
    Gap,
}

/// The words and marks of a text. Quotation marks are left out: how they are nested is an editor's
/// affair. In a quotation, ellipses and brackets are gaps.
pub(super) fn tokens(text: &str, gaps: Gaps) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, kind) = match gap_length(rest).filter(|_| gaps == Gaps::Marked) {
            Some(length) => (length, Some(TokenKind::Gap)),
            None if c.is_alphanumeric() => (word_length(rest), Some(TokenKind::Word)),
            None => (c.len_utf8(), punctuation(c).then_some(TokenKind::Punctuation)),
        };
        if let Some(kind) = kind {
            let range = TextRange::new(at, at + length);
            let text = rest[..length].chars().filter_map(comparable).collect();
            found.push(Token { text, kind, range });
        }
        at += length;
    }
    found
}

/// Whether ellipses and brackets are a writer's marks or the text's own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gaps {
    Marked,
    Own,
}

fn punctuation(c: char) -> bool {
    match comparable(c) {
        None | Some('"' | ' ') => false,
        Some(c) => !c.is_control(),
    }
}

/// The length of the word that `rest` begins with: letters and digits, with the apostrophes, hyphens
/// and decimal signs within it.
fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut characters = rest.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map_or(' ', |&(_, next)| next);
        let inside = match comparable(c) {
            None => true,
            Some('"' | '-') => before.is_alphanumeric() && next.is_alphanumeric(),
            Some('.' | ',') => before.is_ascii_digit() && next.is_ascii_digit(),
            Some(c) => c.is_alphanumeric(),
        };
        if !inside {
            break;
        }
        end = at + c.len_utf8();
        before = c;
    }
    end
}

fn gap_length(rest: &str) -> Option<usize> {
    for dots in ["(...)", "(…)", ". . . .", ". . .", "....", "...", "…"] {
        if rest.starts_with(dots) {
            return Some(dots.len());
        }
    }
    let inside = rest.strip_prefix('[')?;
    let end = inside.find([']', '['])?;
    inside[end..].starts_with(']').then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, gaps: Gaps) -> Vec<String> {
        tokens(text, gaps).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        let found = words("The state’s “non-state” 1,200 of 12.5%.", Gaps::Own);
        assert_eq!(found, ["The", "state\"s", "non-state", "1,200", "of", "12.5", "%", "."]);
    }

    #[test]
    fn gaps_are_the_writer_s_only() {
        assert_eq!(
            tokens("a … [b] c", Gaps::Marked).iter().filter(|t| t.kind == TokenKind::Gap).count(),
            2
        );
        assert_eq!(words("a … [b]", Gaps::Own), ["a", "…", "[", "b", "]"]);
    }
}
