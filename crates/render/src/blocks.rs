//! Every block of a document with its role and what gave it, as text and as JSON.

use model::{Block, Document};
use serde::Serialize;

use crate::entry::{write_address, write_head};
use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::DOT;
use crate::shapes::{DocumentShape, PageShape, Span};
use crate::status::write_columns;
use crate::style::Style;

/// A document read again, to be shown block by block.
#[derive(Clone, Debug)]
pub struct DocumentBlocks<'a> {
    /// The document.
    pub document: &'a Document,
    /// The role of each of its blocks as the library has it, and the rule that gave it, where the
    /// role is not plain from the source's structure; in the order of the blocks.
    pub roles: Vec<(model::Role, Option<&'a str>)>,
}

#[derive(Serialize)]
struct BlocksShape<'a> {
    format_version: u32,
    document: DocumentShape<'a>,
    blocks: Vec<BlockShape<'a>>,
}

#[derive(Serialize)]
struct BlockShape<'a> {
    block: usize,
    role: &'static str,
    level: Option<u8>,
    label: Option<&'a str>,
    page: Option<PageShape<'a>>,
    rule: Option<&'a str>,
    range: Span,
    text: &'a str,
}

/// How far a block's text is indented.
const INDENT: usize = 6;

/// The blocks as text. On a terminal a line that says what each is, and its text; in a pipe a line
/// for each: `block`, document id, ordinal, role, level, page in the file, page as printed, number
/// printed before it, rule, text, with `-` for what there is not.
pub fn blocks_text(shown: &DocumentBlocks<'_>, style: Style) -> String {
    let mut out = String::new();
    let id = shown.document.id();
    if style.width.is_none() {
        for (number, block, role, rule) in shown.rows() {
            let page = block.page.as_ref();
            let printed = page.and_then(|page| page.label.clone());
            let columns = [
                Some("block".to_owned()),
                Some(id.to_string()),
                Some(number.to_string()),
                Some(role.to_owned()),
                level(block).map(|level| level.to_string()),
                page.map(|page| page.physical.to_string()),
                printed,
                block.label.clone(),
                rule.map(str::to_owned),
                Some(shown.document.text_of(block).to_owned()),
            ];
            write_columns(&mut out, style, &columns.map(|cell| cell.unwrap_or_else(|| "-".into())));
        }
        return out;
    }
    let summary = shown.document.metadata.summary(id);
    write_head(&mut out, style, "", &summary, &[]);
    write_address(&mut out, style, summary.url.as_deref().unwrap_or(""), 0);
    for (number, block, role, rule) in shown.rows() {
        out.push('\n');
        let level = level(block).map(|level| format!("level {level}"));
        let label = block.label.as_ref().map(|label| format!("number {label}"));
        let parts = [level, block.page.as_ref().map(citation::page_line), label];
        let mut line =
            Line::new(style).add(Look::Faint, &format!("{number:>4}  ")).add(Look::Strong, role);
        for part in parts.iter().flatten() {
            line = line.plain(&format!("{DOT}{part}"));
        }
        if let Some(rule) = rule {
            line = line.add(Look::Faint, &format!("{DOT}rule: {rule}"));
        }
        line.write(&mut out, 0, INDENT);
        let text = shown.document.text_of(block);
        Line::new(style).plain(text).write(&mut out, INDENT, INDENT);
    }
    out
}

/// The blocks as JSON.
pub fn blocks_json(shown: &DocumentBlocks<'_>) -> String {
    let document = shown.document;
    let mut characters = Characters { text: document.text(), bytes: 0, count: 0 };
    let blocks = shown.rows().map(|(number, block, role, rule)| BlockShape {
        block: number,
        role,
        level: level(block),
        label: block.label.as_deref(),
        page: block.page.as_ref().map(PageShape::from),
        rule,
        range: [characters.upto(block.range.start), characters.upto(block.range.end)],
        text: document.text_of(block),
    });
    let blocks = blocks.collect();
    let summary = document.metadata.summary(document.id());
    let document = DocumentShape::from(&summary);
    to_json(&BlocksShape { format_version: FORMAT_VERSION, document, blocks })
}

/// The level of a heading or depth of a list item.
fn level(block: &Block) -> Option<u8> {
    Some(block.level).filter(|level| *level > 0)
}

impl DocumentBlocks<'_> {
    /// Ordinal from 1, block, role and rule of each.
    fn rows(&self) -> impl Iterator<Item = (usize, &Block, &'static str, Option<&str>)> {
        let rows = self.document.blocks().iter().zip(&self.roles).enumerate();
        rows.map(|(at, (block, (role, rule)))| (at + 1, block, role.name(), *rule))
    }
}

/// Counts the characters of a text up to places that only grow.
struct Characters<'a> {
    text: &'a str,
    bytes: usize,
    count: usize,
}

impl Characters<'_> {
    fn upto(&mut self, bytes: usize) -> usize {
        self.count += self.text.get(self.bytes..bytes).map_or(0, |more| more.chars().count());
        self.bytes = bytes;
        self.count
    }
}
