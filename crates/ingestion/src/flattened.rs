//! Pages that a crawler flattened to one line: menu, contents and report in a single block, without
//! a border. The headings of the series are fixed and stand in a fixed order, so they can be found
//! again, and with them the sections; the paragraphs within a section are lost, and that is said.

use crate::profiles::FlattenedRule;
use crate::readers::{RawBlock, RawDocument, Shape};

/// The source with its flattened block cut again, if it has one.
pub(crate) fn restore(mut raw: RawDocument, rule: &FlattenedRule) -> RawDocument {
    let found = raw.blocks.iter().enumerate().find_map(|(at, block)| {
        let head = rule.head.find(&block.text).filter(|head| head.start() == 0)?;
        let end = head.as_str().trim_end().len();
        (end < block.text.len()).then_some((at, end))
    });
    let Some((at, end)) = found else { return raw };
    let block = raw.blocks.remove(at);
    let (head, report) = block.text.split_at(end);
    let mut pieces = vec![piece(&block, head, Shape::Paragraph)];
    let mut rest = report.trim_start();
    for heading in &rule.headings {
        let Some(start) = place_of(heading, rest) else { continue };
        let (before, from) = rest.split_at(start);
        let (heading, after) = from.split_at(heading.len());
        if !before.trim_end().is_empty() {
            pieces.push(piece(&block, before.trim_end(), Shape::Paragraph));
        }
        pieces.push(piece(&block, heading, Shape::Line));
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        pieces.push(piece(&block, rest, Shape::Paragraph));
    }
    raw.blocks.splice(at..at, pieces);
    raw.warnings.push(
        "the page was flattened to one line: its sections were found again by their headings, its \
         paragraphs are lost"
            .to_owned(),
    );
    raw
}

/// Where a heading stands: at the beginning, or after the end of a sentence, never within one.
fn place_of(heading: &str, text: &str) -> Option<usize> {
    text.match_indices(heading).map(|(at, _)| at).find(|&at| {
        let (before, after) = (&text[..at], &text[at + heading.len()..]);
        let ended = before.trim_end().ends_with(['.', '!', '?', '”', '"', ')']);
        let opens = before.is_empty() || before.ends_with(' ') && ended;
        opens && (after.is_empty() || after.starts_with(' '))
    })
}

fn piece(block: &RawBlock, text: &str, shape: Shape) -> RawBlock {
    RawBlock { shape, text: text.to_owned(), label: None, ..block.clone() }
}
