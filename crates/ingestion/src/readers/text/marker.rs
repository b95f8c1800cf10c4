//! Which lines begin an item of a list.
//!
//! A bullet always does. A hyphen, a dash or an asterisk does so only where the document has more
//! than one such line, for one alone may be a footnote's star or a speaker's dash. An enumerator in
//! brackets, `(a)` or `1)`, does so only beside another. Numbers with a full stop are not items:
//! they number the paragraphs of whole reports.

use super::lines::Line;

/// Glyphs that are never anything but a bullet at the beginning of a line.
const BULLETS: &[char] = &['•', '‣', '◦', '▪', '●', '○', '■', '□', '⁃', '∙', '\u{f0b7}'];

/// Glyphs that may be one.
const PERHAPS: &[char] = &['-', '–', '*'];

/// The beginning of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// The column of the bullet.
    pub(super) indent: usize,
    /// The column of the text after it.
    pub(super) content: usize,
    bare: bool,
}

impl Marker {
    /// Whether this line, the item's last so far, is nothing but the bullet.
    pub(super) fn is_bare(&self, line: &Line<'_>) -> bool {
        self.bare && line.text.chars().count() == 1
    }
}

/// How an enumerator is bracketed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Brackets {
    Both,
    Closing,
}

/// What a document, and a place in it, say about its bullets.
#[derive(Default)]
pub(super) struct Bullets {
    /// Lines that begin with each of [`PERHAPS`].
    counts: [usize; PERHAPS.len()],
    /// Bracketed enumerators that stand in a run here: both brackets, the closing one.
    runs: [bool; 2],
    /// How the last chunk's last enumerator was bracketed.
    before: Option<Brackets>,
}

impl Bullets {
    /// Counts the lines of a chunk, before any is composed.
    pub(super) fn add(&mut self, lines: &[Line<'_>]) {
        for line in lines {
            if let Some((glyph, _)) = glyph(line.text)
                && let Some(at) = PERHAPS.iter().position(|perhaps| *perhaps == glyph)
            {
                self.counts[at] += 1;
            }
        }
    }

    /// Turns to a chunk and the first line of the one after it.
    pub(super) fn look_at(&mut self, lines: &[Line<'_>], next: Option<&Line<'_>>) {
        let found = |line: &Line<'_>| enumerator(line.text).map(|(brackets, _)| brackets);
        let mut counts = [0; 2];
        let mut last = None;
        for brackets in lines.iter().filter_map(found) {
            counts[brackets as usize] += 1;
            last = Some(brackets);
        }
        for brackets in self.before.into_iter().chain(next.and_then(found)) {
            counts[brackets as usize] += 1;
        }
        self.runs = counts.map(|count| count >= 2);
        self.before = last;
    }

    /// The marker with which a line of the present chunk begins an item, if it does.
    pub(super) fn marker(&self, line: &Line<'_>) -> Option<Marker> {
        let indent = line.indent;
        if let Some((found, width)) = glyph(line.text) {
            let perhaps = PERHAPS.iter().position(|perhaps| *perhaps == found);
            if perhaps.is_none_or(|at| self.counts[at] >= 2) {
                let bare = line.text.len() == found.len_utf8();
                return Some(Marker { indent, content: indent + width, bare });
            }
        }
        let (brackets, width) = enumerator(line.text)?;
        let content = indent + width;
        self.runs[brackets as usize].then_some(Marker { indent, content, bare: false })
    }
}

/// The bullet a line begins with, and the width of it and of the space after it.
fn glyph(text: &str) -> Option<(char, usize)> {
    let found = text.chars().next()?;
    let rest = &text[found.len_utf8()..];
    if BULLETS.contains(&found) && rest.is_empty() {
        return Some((found, 2));
    }
    if !BULLETS.contains(&found) && !PERHAPS.contains(&found) {
        return None;
    }
    let space = rest.chars().take_while(|c| c.is_whitespace()).count();
    (space > 0).then_some((found, 1 + space))
}

/// The bracketed enumerator a line begins with, and its width with the space after it.
fn enumerator(text: &str) -> Option<(Brackets, usize)> {
    let (brackets, rest) = match text.strip_prefix('(') {
        Some(rest) => (Brackets::Both, rest),
        None => (Brackets::Closing, text),
    };
    let label = &rest[..rest.bytes().take(5).position(|byte| byte == b')')?];
    let is_label = match label.len() {
        1 => label.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        2..=4 => {
            label.bytes().all(|byte| byte.is_ascii_digit()) && label.len() < 4
                || label.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
        }
        _ => false,
    };
    let after = &rest[label.len() + 1..];
    let space = after.chars().take_while(|c| c.is_whitespace()).count();
    let width = text.len() - after.len() + space;
    (is_label && space > 0).then_some((brackets, width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_need_space_after_them() {
        assert_eq!(glyph("• Islamic oppression"), Some(('•', 2)));
        assert_eq!(glyph("-   wide"), Some(('-', 4)));
        assert_eq!(glyph("•"), Some(('•', 2)));
        assert_eq!(glyph("-5 degrees"), None);
        assert_eq!(glyph("-"), None);
        assert_eq!(glyph("** Two stars"), None);
        assert_eq!(glyph(""), None);
    }

    #[test]
    fn enumerators_are_short_and_bracketed() {
        assert_eq!(enumerator("(a) A national report"), Some((Brackets::Both, 4)));
        assert_eq!(enumerator("(iii) third"), Some((Brackets::Both, 6)));
        assert_eq!(enumerator("12)  twelfth"), Some((Brackets::Closing, 5)));
        assert_eq!(enumerator("(2011) a year"), None);
        assert_eq!(enumerator("(CPC) an abbreviation"), None);
        assert_eq!(enumerator("(a)"), None);
        assert_eq!(enumerator("(é) x"), None);
        assert_eq!(enumerator("ends) here"), None);
    }
}
