//! Markdown into blocks, by the rules of CommonMark with tables and footnotes.
//!
//! Marks of structure and of emphasis go, the words stay as they are written: nothing is made
//! typographic, and what only some dialects know (`~~`, `[ ]`, `$`) stays in the text. A link leaves
//! its words, a picture nothing. Code is read as plain text and HTML as HTML. The facts that stand
//! before the text between two lines `---` are kept aside and read for title, date and language.
//! Whether a text is Markdown at all is judged in `signs`.

mod signs;

#[cfg(test)]
mod tests;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Credit, Format, Markup, RawBlock, RawDocument, Shape, html, text};
use crate::normalise::normalise;

pub use signs::looks_like_markdown;

/// The most lines of facts before a text.
const MOST_FACTS: usize = 128;

/// Reads Markdown; it cannot fail. The caller states the encoding.
pub fn read(markdown: &str) -> RawDocument {
    let markdown = markdown.trim_start_matches('\u{feff}');
    let (facts, body) = front_matter(markdown).unwrap_or(("", markdown));
    let mut markup = Markup::default();
    let mut composer = Composer::default();
    for line in facts.lines() {
        state(line, &mut markup);
        composer.blocks.extend(
            block(Shape::Paragraph, line)
                .map(|block| RawBlock { aside: Some("front matter"), ..block }),
        );
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(body, options) {
        composer.visit(event);
    }
    composer.flush();
    RawDocument {
        blocks: composer.blocks,
        format: Format::Markdown,
        encoding: String::new(),
        markup,
        warnings: Vec::new(),
    }
}

/// The facts that stand before a text, and the text.
fn front_matter(markdown: &str) -> Option<(&str, &str)> {
    let start =
        markdown.split_inclusive('\n').next().filter(|line| line.trim_end() == "---")?.len();
    let mut end = start;
    let mut keys = 0;
    for line in markdown[start..].split_inclusive('\n').take(MOST_FACTS) {
        let bare = line.trim_end();
        if matches!(bare, "---" | "...") {
            let facts = &markdown[start..end];
            return (keys > 0).then_some((facts, &markdown[end + line.len()..]));
        }
        let is_key = key_and_value(bare).is_some();
        keys += usize::from(is_key);
        let goes_on = bare.is_empty() || bare.starts_with([' ', '\t', '#', '-']);
        if !is_key && !(goes_on && (keys > 0 || bare.starts_with('#'))) {
            return None;
        }
        end += line.len();
    }
    None
}

fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_key = !key.is_empty() && key.chars().all(is_word);
    (is_key && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (key, value.trim()))
}

/// Takes from a line of facts what it states about the whole.
fn state(line: &str, markup: &mut Markup) {
    let Some((key, value)) = key_and_value(line.trim_end()) else { return };
    let quoted = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(value);
    let value = normalise(value);
    if value.is_empty() {
        return;
    }
    let value = value.into_owned();
    match key.to_ascii_lowercase().as_str() {
        "title" => markup.title = Some(value),
        "lang" | "language" => markup.language = Some(value),
        "author" => markup.authors.push(Credit::new("author", value)),
        "licence" | "license" => markup.licence = Some((key.to_owned(), value)),
        "url" | "canonical_url" | "source_url" => markup.url = Some(value),
        name @ ("date" | "published" | "publish_date" | "pubdate") => {
            markup.dates.push((name.to_owned(), value));
        }
        _ => {}
    }
}

#[derive(Default)]
struct Composer {
    blocks: Vec<RawBlock>,
    /// The text of the block that is open.
    text: String,
    /// The level of the heading that is open.
    heading: Option<u8>,
    /// For each list that is open, the number of its next item, where it has numbers.
    lists: Vec<Option<u64>>,
    in_row: bool,
    in_footnote: bool,
    /// The number of the item or the mark of the footnote, until its first block.
    label: Option<String>,
    /// How many pictures are open, whose words are not shown.
    pictures: usize,
    verbatim: Verbatim,
}

/// What the text is that is being gathered.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Verbatim {
    #[default]
    No,
    Code,
    Html,
}

impl Composer {
    fn visit(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) if self.pictures == 0 => {
                self.text.push_str(&text)
            }
            Event::Html(html) => self.text.push_str(&html),
            Event::InlineHtml(tag) => {
                let is_break = tag.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
                self.text.push_str(if is_break { " " } else { "" });
            }
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } => {}
            Tag::Image { .. } => self.pictures += 1,
            Tag::TableCell => self.text.push(' '),
            tag => {
                self.flush();
                match tag {
                    Tag::Heading { level, .. } => self.heading = Some(level as u8),
                    Tag::List(start) => self.lists.push(start),
                    Tag::Item => {
                        self.label = None;
                        if let Some(Some(number)) = self.lists.last_mut() {
                            self.label = Some(number.to_string());
                            *number = number.saturating_add(1);
                        }
                    }
                    Tag::FootnoteDefinition(mark) => {
                        self.in_footnote = true;
                        let mark = normalise(&mark).into_owned();
                        self.label = Some(mark).filter(|mark| !mark.is_empty());
                    }
                    Tag::TableHead | Tag::TableRow => self.in_row = true,
                    Tag::CodeBlock(_) => self.verbatim = Verbatim::Code,
                    Tag::HtmlBlock => self.verbatim = Verbatim::Html,
                    _ => {}
                }
            }
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::TableCell => {}
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            tag => {
                self.flush();
                match tag {
                    TagEnd::Heading(_) => self.heading = None,
                    TagEnd::List(_) => drop(self.lists.pop()),
                    TagEnd::FootnoteDefinition => self.in_footnote = false,
                    TagEnd::TableHead | TagEnd::TableRow => self.in_row = false,
                    TagEnd::CodeBlock | TagEnd::HtmlBlock => self.verbatim = Verbatim::No,
                    _ => {}
                }
                if matches!(tag, TagEnd::Item | TagEnd::FootnoteDefinition) {
                    self.label = None;
                }
            }
        }
    }

    /// Ends the block that is open.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        match self.verbatim {
            Verbatim::Code => self.blocks.extend(text::read(&text).blocks),
            Verbatim::Html => self.blocks.extend(html::read(&text).blocks),
            Verbatim::No => {
                let shape = match (self.heading, self.lists.len()) {
                    (Some(level), _) => Shape::Heading(level),
                    _ if self.in_row => Shape::TableRow,
                    _ if self.in_footnote => Shape::Footnote,
                    (None, 0) => Shape::Paragraph,
                    (None, depth) => Shape::ListItem(u8::try_from(depth).unwrap_or(u8::MAX)),
                };
                if let Some(block) = block(shape, &text) {
                    self.blocks.push(RawBlock { label: self.label.take(), ..block });
                }
            }
        }
    }
}

fn block(shape: Shape, text: &str) -> Option<RawBlock> {
    let text = normalise(text);
    (!text.is_empty()).then(|| RawBlock::new(shape, text.into_owned()))
}
