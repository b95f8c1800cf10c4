//! The way through one story of a Word file (its body, a note, a page head), event by event and
//! without recursion: paragraphs with their properties, the runs in them, tables, boxes and fields.

use std::collections::HashMap;

use super::super::rows::{Rows, left_out};
use super::super::xml::{self, Element, Event};
use super::super::{RawBlock, ReadError, Shape};
use super::numbering::{self, Numbering};
use super::styles::{Styles, heading_of};
use super::{KIND, is_on};
use crate::normalise::normalise;

/// A story on its way.
pub(super) struct Story<'a> {
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    notes: &'a mut Notes,
    rows: Rows,
    /// The paragraphs that are open: one in a box stands in another.
    paragraphs: Vec<Paragraph>,
    /// A paragraph whose mark is deleted: the next one goes on with it.
    carried: Option<Paragraph>,
    /// Rows that are open, and whether each is deleted.
    deleted_rows: Vec<bool>,
    /// How deep the way is in elements that are passed over.
    skipped: usize,
    /// How deep it is in properties, and whose they are.
    depth: usize,
    of: Of,
    run: Run,
    /// For each field that is open, whether its code is being passed.
    codes: Vec<bool>,
    /// The text of a `t` that is open, and whether its outer spaces count.
    piece: Option<(String, bool)>,
    told: Told,
}

/// What a story told.
#[derive(Default)]
pub(super) struct Told {
    pub(super) blocks: Vec<RawBlock>,
    /// Relations to heads and feet of pages.
    pub(super) edges: Vec<String>,
    deletions: usize,
    comments: usize,
}

/// Whose properties are being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Paragraph,
    Run,
    Row,
    Other,
}

#[derive(Default)]
struct Paragraph {
    style: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    level: Option<u8>,
    mark_deleted: bool,
    ends_section: bool,
    text: String,
    /// Notes and boxes that hang on it, to follow it.
    after: Vec<RawBlock>,
}

#[derive(Default)]
struct Run {
    style: Option<String>,
    hidden: Option<bool>,
    /// The note, among those that follow the paragraph, whose own mark is the run's next text.
    marks: Option<usize>,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        styles: &'a Styles,
        numbering: &'a mut Numbering,
        notes: &'a mut Notes,
    ) -> Self {
        Self {
            styles,
            numbering,
            notes,
            rows: Rows::new(),
            paragraphs: Vec::new(),
            carried: None,
            deleted_rows: Vec::new(),
            skipped: 0,
            depth: 0,
            of: Of::Other,
            run: Run::default(),
            codes: Vec::new(),
            piece: None,
            told: Told::default(),
        }
    }

    pub(super) fn visit(&mut self, event: Event<'_>) {
        match event {
            Event::Open(_) if self.skipped > 0 => self.skipped += 1,
            Event::Open(element) if self.depth > 0 => self.property(&element),
            Event::Open(element) => self.open(&element),
            Event::Text(text) => {
                if let Some((piece, _)) = self.piece.as_mut().filter(|_| self.skipped == 0) {
                    piece.push_str(&text);
                }
            }
            Event::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Event::Close(_) if self.depth > 0 => self.depth -= 1,
            Event::Close(end) => self.close(end.name()),
        }
    }

    pub(super) fn finish(mut self) -> Told {
        self.end_carried();
        while let Some(paragraph) = self.paragraphs.pop() {
            self.place(paragraph);
        }
        Told { blocks: self.rows.finish(), ..self.told }
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "pPr" => self.enter(Of::Paragraph),
            "rPr" => self.enter(Of::Run),
            "trPr" => self.enter(Of::Row),
            "sectPr" | "sdtPr" | "tblPr" | "tblPrEx" | "tcPr" | "tblGrid" => self.enter(Of::Other),
            "p" => {
                let Paragraph { text, after, .. } = self.carried.take().unwrap_or_default();
                self.paragraphs.push(Paragraph { text, after, ..Paragraph::default() });
            }
            "r" => self.run = Run::default(),
            "t" => {
                let preserved = element.attribute("space").as_deref() == Some("preserve");
                self.piece = Some((String::new(), preserved));
            }
            "tab" | "ptab" | "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{ad}"),
            "sym" => {
                let code = element.attribute("char");
                let code = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.push(c.encode_utf8(&mut [0; 4]));
                }
            }
            "del" | "moveFrom" => {
                self.skipped = 1;
                self.told.deletions += 1;
            }
            // what another element says already, or what is no text of the page
            "instrText" | "delInstrText" | "delText" | "Fallback" | "rt" => self.skipped = 1,
            "fldChar" => self.field(element.attribute("fldCharType").as_deref()),
            "footnoteReference" => self.refer(Kind::Footnote, element),
            "endnoteReference" => self.refer(Kind::Endnote, element),
            "commentReference" => self.told.comments += 1,
            "tr" => {
                self.rows.begin_row();
                self.deleted_rows.push(false);
            }
            "tc" | "txbxContent" => {
                self.end_carried();
                self.rows.begin();
            }
            _ => {}
        }
    }

    fn enter(&mut self, of: Of) {
        self.depth = 1;
        self.of = of;
    }

    fn property(&mut self, element: &Element<'_>) {
        let name = element.name();
        if name.ends_with("PrChange") {
            // what the properties were before
            self.skipped = 1;
            return;
        }
        self.depth += 1;
        let value = || element.attribute("val");
        let number = || value().and_then(|value| value.parse::<u8>().ok());
        if let ("headerReference" | "footerReference", Some(id)) = (name, element.attribute("id")) {
            self.told.edges.push(id);
        }
        match (self.of, name) {
            (Of::Run, "vanish") => self.run.hidden = Some(is_on(element)),
            (Of::Run, "rStyle") => self.run.style = value(),
            (Of::Row, "del") => {
                self.told.deletions += 1;
                self.deleted_rows.last_mut().into_iter().for_each(|deleted| *deleted = true);
            }
            (Of::Paragraph, _) => {
                let Some(paragraph) = self.paragraphs.last_mut() else { return };
                match name {
                    "pStyle" => paragraph.style = value(),
                    "outlineLvl" => paragraph.outline = number(),
                    "numId" => paragraph.list = value(),
                    "ilvl" => paragraph.level = number(),
                    "del" | "moveFrom" => paragraph.mark_deleted = true,
                    "sectPr" => paragraph.ends_section = true,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.end_piece(),
            "p" => {
                let Some(paragraph) = self.paragraphs.pop() else { return };
                // a code does not reach over paragraphs: its end is lost
                self.codes.retain(|in_code| !in_code);
                if paragraph.ends_section {
                    self.notes.end_section();
                }
                if paragraph.mark_deleted {
                    self.carried = Some(paragraph);
                } else {
                    self.place(paragraph);
                }
            }
            "tc" => {
                self.end_carried();
                self.rows.end_cell();
            }
            "tr" => {
                if self.deleted_rows.pop() == Some(true) {
                    self.rows.begin();
                    self.rows.end_row();
                    self.rows.end();
                } else {
                    self.rows.end_row();
                }
            }
            "txbxContent" => {
                self.end_carried();
                let blocks = self.rows.end();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.after.extend(blocks),
                    None => self.rows.extend(blocks),
                }
            }
            _ => {}
        }
    }

    fn end_piece(&mut self) {
        let Some((piece, preserved)) = self.piece.take() else { return };
        let text = if preserved { piece.as_str() } else { piece.trim_ascii() };
        let marked = self.run.marks.filter(|_| !text.is_empty() && self.is_shown());
        let note = marked.and_then(|at| self.paragraphs.last_mut()?.after.get_mut(at));
        match note {
            Some(note) => {
                self.run.marks = None;
                let mark = normalise(text).into_owned();
                if let Some(rest) = note.text.strip_prefix(mark.as_str())
                    && !rest.trim_start().is_empty()
                {
                    note.text = rest.trim_start().to_owned();
                }
                note.label = Some(mark);
            }
            None => self.push(text),
        }
    }

    fn push(&mut self, text: &str) {
        if self.is_shown()
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.text.push_str(text);
        }
    }

    /// Whether the text of the run is shown.
    fn is_shown(&self) -> bool {
        let of_style =
            |id: &Option<String>| id.is_some().then(|| self.styles.of(id.as_deref()).hidden);
        let by_run = self.run.hidden.or_else(|| of_style(&self.run.style).flatten());
        let paragraph = || self.styles.of(self.paragraphs.last()?.style.as_deref()).hidden;
        let hidden = by_run.or_else(paragraph).unwrap_or(false);
        !hidden && !self.codes.contains(&true)
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.codes.push(true),
            Some("separate") => self.codes.last_mut().into_iter().for_each(|code| *code = false),
            Some("end") => drop(self.codes.pop()),
            _ => {}
        }
    }

    fn refer(&mut self, kind: Kind, element: &Element<'_>) {
        if !self.is_shown() {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let id = element.attribute("id").unwrap_or_default();
        let own = element.attribute("customMarkFollows").is_some_and(|v| v != "0" && v != "false");
        let blocks = self.notes.take(kind, &id, own);
        self.run.marks = (own && !blocks.is_empty()).then_some(paragraph.after.len());
        paragraph.after.extend(blocks);
    }

    fn end_carried(&mut self) {
        if let Some(paragraph) = self.carried.take() {
            self.place(paragraph);
        }
    }

    /// Makes a block of a paragraph that has ended.
    fn place(&mut self, paragraph: Paragraph) {
        let style = self.styles.of(paragraph.style.as_deref());
        let own_list = paragraph.list.is_some();
        let list = paragraph.list.or_else(|| style.numbering.clone()).filter(|list| list != "0");
        let level = list.as_ref().map(|list| {
            let of_style = || {
                let linked = paragraph.style.as_ref().filter(|_| !own_list);
                let linked = linked.and_then(|style| self.numbering.level_of(list, style));
                linked.or(style.level)
            };
            paragraph.level.or_else(of_style).unwrap_or(0)
        });
        let counted = list.as_ref().zip(level);
        let label = counted.and_then(|(list, level)| self.numbering.count(list, level));
        let heading = match paragraph.outline {
            Some(outline) => heading_of(outline),
            None => style.heading(),
        };
        let shape = match (heading, level) {
            (Some(heading), _) => Shape::Heading(heading),
            (None, Some(level)) => Shape::ListItem(level.saturating_add(1)),
            (None, None) if style.name == "caption" => Shape::Caption,
            (None, None) => Shape::Paragraph,
        };
        let aside = style.is_contents().then_some("table of contents");
        let text = normalise(&paragraph.text);
        if !text.is_empty() {
            let block = RawBlock { label, aside, ..RawBlock::new(shape, text.into_owned()) };
            self.rows.extend([block]);
        }
        self.rows.extend(paragraph.after);
    }
}

impl Told {
    /// What a person should know.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        left_out(self.deletions, self.comments)
    }
}

/// The two kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Footnote,
    Endnote,
}

/// The notes of a file, until they are referred to, and how they are numbered.
pub(super) struct Notes {
    blocks: HashMap<(Kind, String), Vec<RawBlock>>,
    footnotes: Numbers,
    endnotes: Numbers,
}

struct Numbers {
    format: String,
    start: u32,
    next: u32,
    restart: Restart,
}

/// Where notes begin to be counted anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Restart {
    Never,
    Section,
    /// On each page: which notes share one is not known, so they cannot be counted.
    Page,
}

impl Default for Notes {
    fn default() -> Self {
        let numbers = |format: &str| Numbers {
            format: format.to_owned(),
            start: 1,
            next: 1,
            restart: Restart::Never,
        };
        let (footnotes, endnotes) = (numbers("decimal"), numbers("lowerRoman"));
        Self { blocks: HashMap::new(), footnotes, endnotes }
    }
}

impl Notes {
    /// Reads the notes of a part.
    pub(super) fn read(
        &mut self,
        part: &str,
        bytes: &[u8],
        styles: &Styles,
        numbering: &mut Numbering,
    ) -> Result<(), ReadError> {
        let mut none = Notes::default();
        let mut note: Option<(Kind, String)> = None;
        let mut story = Story::new(styles, numbering, &mut none);
        xml::walk(KIND, part, bytes, |event| {
            match &event {
                Event::Open(element) => match element.name() {
                    "footnote" => note = Some((Kind::Footnote, id_of(element))),
                    "endnote" => note = Some((Kind::Endnote, id_of(element))),
                    _ => {}
                },
                Event::Close(end) if matches!(end.name(), "footnote" | "endnote") => {
                    story.end_carried();
                    let mut blocks = std::mem::replace(&mut story.rows, Rows::new()).finish();
                    for block in &mut blocks {
                        block.shape = Shape::Footnote;
                    }
                    self.blocks.extend(note.take().map(|note| (note, blocks)));
                }
                _ => {}
            }
            story.visit(event);
        })
    }

    /// Reads how notes are numbered, from the settings or the sections of the body.
    pub(super) fn read_numbers(&mut self, part: &str, bytes: &[u8]) -> Result<(), ReadError> {
        let mut kind = None;
        xml::walk(KIND, part, bytes, |event| match event {
            Event::Open(element) => {
                let numbers = match (element.name(), kind) {
                    ("footnotePr", _) => return kind = Some(Kind::Footnote),
                    ("endnotePr", _) => return kind = Some(Kind::Endnote),
                    (_, Some(Kind::Footnote)) => &mut self.footnotes,
                    (_, Some(Kind::Endnote)) => &mut self.endnotes,
                    (_, None) => return,
                };
                let value = element.attribute("val").unwrap_or_default();
                match element.name() {
                    "numFmt" => numbers.format = value,
                    "numStart" => {
                        numbers.start = value.parse().unwrap_or(1);
                        numbers.next = numbers.start;
                    }
                    "numRestart" => {
                        numbers.restart = match value.as_str() {
                            "continuous" => Restart::Never,
                            "eachSect" => Restart::Section,
                            _ => Restart::Page,
                        }
                    }
                    _ => {}
                }
            }
            Event::Close(end) if matches!(end.name(), "footnotePr" | "endnotePr") => kind = None,
            _ => {}
        })
    }

    /// A section ends, and another begins.
    fn end_section(&mut self) {
        for numbers in [&mut self.footnotes, &mut self.endnotes] {
            if numbers.restart == Restart::Section {
                numbers.next = numbers.start;
            }
        }
    }

    /// The blocks of a note, the first with its number, unless it has a mark of its `own`. A note is
    /// given once.
    fn take(&mut self, kind: Kind, id: &str, own: bool) -> Vec<RawBlock> {
        let numbers = match kind {
            Kind::Footnote => &mut self.footnotes,
            Kind::Endnote => &mut self.endnotes,
        };
        let mut label = None;
        if !own {
            label = numbering::number(&numbers.format, numbers.next)
                .filter(|_| numbers.restart != Restart::Page);
            numbers.next = numbers.next.saturating_add(1);
        }
        let mut blocks = self.blocks.remove(&(kind, id.to_owned())).unwrap_or_default();
        if let Some(first) = blocks.first_mut() {
            first.label = label.filter(|label| !label.is_empty());
        }
        blocks
    }
}

fn id_of(element: &Element<'_>) -> String {
    element.attribute("id").unwrap_or_default()
}
