//! Where quotations begin and end in a text: pairs of quotation marks of all kinds, the outermost
//! only. Marks pair within a paragraph; a quotation over several paragraphs opens each of them again
//! and closes the last. A mark without its other half is reported, and takes nothing with it.

use model::TextRange;

/// How many characters after a possessive another quotation's opening mark is looked for.
const FURTHEST_OPENING: usize = 500;

/// How a quotation is marked in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// Straight double marks.
    Straight,
    /// Curly double marks, as in English.
    Curly,
    /// Curly single marks, as in British usage.
    Single,
    /// Low opening marks, as in German.
    Low,
    /// Guillemets, pointing either way.
    Guillemets,
    /// Set off as a block.
    Block,
}

/// A quotation between marks: the range inside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    pub range: TextRange,
    pub kind: MarkKind,
}

/// A quotation that was opened.
#[derive(Clone, Copy)]
struct Open {
    /// The first byte inside.
    start: usize,
    /// The mark that opened it.
    mark: char,
    kind: MarkKind,
    /// How many marks of the same kind were opened within it.
    depth: usize,
}

/// The quotations of a text, in order, and the places of marks without their other half. Costs time
/// in proportion to the text.
pub(super) fn marked(text: &str, within: TextRange) -> (Vec<Marked>, Vec<usize>) {
    let (mut found, mut loose) = (Vec::new(), Vec::new());
    let mut open: Option<Open> = None;
    for paragraph in paragraphs(text, within) {
        let mut at = paragraph.start;
        if let Some(going) = open.take() {
            // A quotation that goes on opens its next paragraph again.
            if text[at..].starts_with(going.mark) {
                at += going.mark.len_utf8();
                open = Some(Open { depth: 0, ..going });
            } else {
                loose.push(going.start);
            }
        }
        let mut last_closer = LastCloser::default();
        while let Some(c) = text.get(at..paragraph.end).and_then(|rest| rest.chars().next()) {
            let next = at + c.len_utf8();
            match &mut open {
                Some(going) if closes(text, paragraph, at, c, *going, &mut last_closer) => {
                    let range = TextRange::new(going.start, at);
                    found.push(Marked { range, kind: going.kind });
                    open = None;
                }
                Some(going) if going.kind == MarkKind::Curly && c == '“' => going.depth += 1,
                Some(going) if c == '”' => going.depth = going.depth.saturating_sub(1),
                Some(_) => {}
                None => {
                    open = opens(text, paragraph, at, c).map(|kind| Open {
                        start: next,
                        mark: c,
                        kind,
                        depth: 0,
                    });
                }
            }
            at = next;
        }
    }
    loose.extend(open.map(|going| going.start));
    (found, loose)
}

/// The stretches between empty lines.
fn paragraphs(text: &str, within: TextRange) -> Vec<TextRange> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = within.start;
    let mut at = within.start;
    for line in within.of(text).unwrap_or("").split_inclusive('\n') {
        if line.trim().is_empty() {
            found.extend(start.take().map(|start| TextRange::new(start, end)));
        } else {
            let lead = line.len() - line.trim_start().len();
            start.get_or_insert(at + lead);
            end = at + line.trim_end().len();
        }
        at += line.len();
    }
    found.extend(start.map(|start| TextRange::new(start, end)));
    found
}

/// The kind of quotation that a mark opens where it stands.
fn opens(text: &str, paragraph: TextRange, at: usize, c: char) -> Option<MarkKind> {
    let before = text[paragraph.start..at].chars().next_back();
    let after = text[at + c.len_utf8()..paragraph.end].chars().next();
    let free = before.is_none_or(|c| c.is_whitespace() || "([{—–-/‘“„«‚".contains(c));
    let begins = after.is_some_and(|c| !c.is_whitespace());
    match c {
        '"' if free && begins => Some(MarkKind::Straight),
        '“' => Some(MarkKind::Curly),
        '„' => Some(MarkKind::Low),
        '‚' if begins && free => Some(MarkKind::Low),
        '«' | '‹' => Some(MarkKind::Guillemets),
        // Inward-pointing guillemets open with the mark that closes elsewhere.
        '»' | '›' if free && after.is_some_and(char::is_alphanumeric) => {
            Some(MarkKind::Guillemets)
        }
        '‘' if free && begins => Some(MarkKind::Single),
        _ => None,
    }
}

/// Where the last single mark stands that may close, so that each paragraph is looked through once.
#[derive(Default)]
struct LastCloser(Option<Option<usize>>);

/// Whether the mark at `at` closes the quotation.
fn closes(
    text: &str,
    paragraph: TextRange,
    at: usize,
    c: char,
    going: Open,
    last_closer: &mut LastCloser,
) -> bool {
    let before = text[paragraph.start..at].chars().next_back();
    let after = text[at + c.len_utf8()..paragraph.end].chars().next();
    let deep = going.depth > 0;
    let ends = after.is_none_or(|c| !c.is_alphanumeric());
    match going.kind {
        MarkKind::Straight => c == '"' && ends && before.is_none_or(|c| !c.is_whitespace()),
        MarkKind::Curly => c == '”' && !deep,
        MarkKind::Low => matches!(c, '“' | '”' | '‘') && ends && !deep,
        MarkKind::Guillemets => {
            let wanted = match going.mark {
                '«' => '»',
                '‹' => '›',
                '›' => '‹',
                _ => '«',
            };
            c == wanted && !deep
        }
        MarkKind::Single => {
            if c != '’' || !ends {
                return false;
            }
            // `the states’ rights`: a possessive, where the quotation goes on to another mark.
            let possessive = before == Some('s')
                && text[at + c.len_utf8()..paragraph.end]
                    .strip_prefix(' ')
                    .is_some_and(|rest| rest.starts_with(char::is_lowercase));
            !possessive
                || last_single(text, paragraph, last_closer) <= Some(at)
                || another_opens(text, paragraph, at)
        }
        MarkKind::Block => false,
    }
}

/// The last mark of the paragraph that may close a single quotation.
fn last_single(text: &str, paragraph: TextRange, cached: &mut LastCloser) -> Option<usize> {
    *cached.0.get_or_insert_with(|| {
        let inside = paragraph.of(text).unwrap_or("");
        let mut marks = inside.rmatch_indices('’').map(|(at, _)| at);
        let last = marks.find(|at| {
            let after = inside[at + '’'.len_utf8()..].chars().next();
            after.is_none_or(|c| !c.is_alphanumeric())
        });
        last.map(|at| paragraph.start + at)
    })
}

/// Whether another single quotation opens before the next mark that may close.
fn another_opens(text: &str, paragraph: TextRange, at: usize) -> bool {
    let rest = &text[at + '’'.len_utf8()..paragraph.end];
    let near = rest.char_indices().nth(FURTHEST_OPENING).map_or(rest.len(), |(at, _)| at);
    let rest = &rest[..near];
    let open = rest.find('‘');
    let close = rest
        .match_indices('’')
        .map(|(at, _)| at)
        .find(|at| rest[at + '’'.len_utf8()..].chars().next().is_none_or(|c| !c.is_alphanumeric()));
    match (open, close) {
        (Some(open), Some(close)) => open < close,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        let (marked, _) = marked(text, TextRange::new(0, text.len()));
        marked.iter().filter_map(|marked| marked.range.of(text)).collect()
    }

    #[test]
    fn marks_of_all_kinds_pair() {
        assert_eq!(found("It says \"one two\" and “three”."), ["one two", "three"]);
        assert_eq!(found("Er sagt „eins“ und »zwei«, il dit « trois ».").len(), 3);
        assert_eq!(found("He wrote ‘it isn’t so’ there."), ["it isn’t so"]);
        assert_eq!(
            found("It said ‘the groups’ rights were kept’ (p. 3)."),
            ["the groups’ rights were kept"]
        );
        assert_eq!(found("‘the groups’ and ‘the laws’ differ"), ["the groups", "the laws"]);
    }

    #[test]
    fn only_the_outermost_of_nested_marks_counts() {
        assert_eq!(found("“the ‘laws’ of “1994” were”"), ["the ‘laws’ of “1994” were"]);
        assert_eq!(found("\"the 'laws' were\""), ["the 'laws' were"]);
        assert_eq!(found("‘the “laws” were’"), ["the “laws” were"]);
    }

    #[test]
    fn a_mark_without_its_other_half_is_reported_and_takes_nothing_along() {
        let text = "It “said so.\n\nNext \"one\" and “two”.";
        let (marked, loose) = marked(text, TextRange::new(0, text.len()));
        assert_eq!(marked.len(), 2);
        assert_eq!(loose.len(), 1);
        assert_eq!(found("five\" pipes and the 1990s' end"), [""; 0]);
    }

    #[test]
    fn a_quotation_over_paragraphs_opens_each_of_them() {
        let text = "“One.\n\n“Two.” Then more.";
        assert_eq!(found(text), ["One.\n\n“Two."]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "([\"“”„‘’«»‚‹›] ?|[a-z]{1,3} |s’ |\\n\\n){0,60}") {
            let (marked, loose) = marked(&text, TextRange::new(0, text.len()));
            let mut end = 0;
            for quotation in marked {
                prop_assert!(quotation.range.start >= end && quotation.range.of(&text).is_some());
                end = quotation.range.end;
            }
            prop_assert!(loose.iter().all(|&at| text.is_char_boundary(at)));
        }
    }
}
