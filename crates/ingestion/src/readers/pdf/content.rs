//! What a page shows: its content stream, followed through text state and forms, becomes
//! characters with their places. Upright text is measured in a frame whose x grows to the right and
//! whose y grows upwards, whatever way the page is turned. Lines and words are not known here.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId};

use super::bounds::Budget;
use super::font::Font;
use super::matrix::Matrix;
use super::values::{inherited, numbers};

/// Most bytes of instructions that are kept all at once, which takes many times as much. Of longer
/// ones it is only seen that they end with the last one that was followed.
const AT_ONCE: usize = 4 << 20;

/// How deep forms may stand in forms.
const FORM_DEPTH: usize = 12;

/// A character at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub(super) c: char,
    /// Where it begins on its baseline.
    pub(super) x: f32,
    pub(super) y: f32,
    /// Where the next one would begin.
    pub(super) end: f32,
    /// The size it is set in.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Whether the page's own marks say that it is no part of the text.
    pub(super) artifact: bool,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its width and height, as it is read.
    pub(super) width: f32,
    pub(super) height: f32,
    /// Characters set from left to right, in the order in which they are drawn.
    pub(super) characters: Vec<Placed>,
    /// Text that is set another way, each stretch by itself.
    pub(super) turned: Vec<String>,
    /// Codes that no map explains.
    pub(super) unknown: usize,
    /// Characters outside the page's visible box, which are left out.
    pub(super) outside: usize,
    /// Whether drawing instructions could not be followed to the end.
    pub(super) broken: bool,
}

/// Reads the pages of one document; what it knows of fonts serves all of them.
pub(super) struct Pages<'a> {
    doc: &'a Document,
    /// By the place of their dictionaries in memory: not every font has a number.
    fonts: HashMap<*const Object, Rc<std::cell::RefCell<Font>>>,
    /// What may still be opened and followed.
    pub(super) budget: Budget,
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<std::cell::RefCell<Font>>>,
    size: f32,
    character_spacing: f32,
    word_spacing: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

/// What a mark that is open says of what it encloses.
struct Mark {
    artifact: bool,
    /// The text to read instead, and from which character on.
    actual: Option<(String, usize)>,
}

/// One stream being followed.
struct Walk<'p, 'a> {
    pages: &'p mut Pages<'a>,
    page: &'p mut Page,
    frame: Matrix,
    text: Matrix,
    line: Matrix,
    marks: Vec<Mark>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(doc: &'a Document) -> Self {
        Self { doc, fonts: HashMap::new(), budget: Budget::new() }
    }

    /// Reads one page.
    pub(super) fn read(&mut self, id: ObjectId) -> Page {
        let mut page = Page::default();
        self.budget.turn_page();
        let doc = self.doc;
        let Ok(dict) = doc.get_dictionary(id) else {
            page.broken = true;
            return page;
        };
        let inherited = |key: &[u8]| inherited(doc, dict, key);
        let area = inherited(b"CropBox").or_else(|| inherited(b"MediaBox"));
        let [left, bottom, right, top] =
            area.and_then(|area| numbers::<4>(doc, area)).unwrap_or([0.0, 0.0, 612.0, 792.0]);
        let (left, right) = (left.min(right), left.max(right));
        let (bottom, top) = (bottom.min(top), bottom.max(top));
        let turn = inherited(b"Rotate").and_then(|r| r.as_float().ok()).unwrap_or(0.0);
        let (width, height) = (right - left, top - bottom);
        let quarter = ((turn / 90.0).round() as i64).rem_euclid(4);
        let frame = match quarter {
            1 => Matrix([0.0, -1.0, 1.0, 0.0, -bottom, right]),
            2 => Matrix([-1.0, 0.0, 0.0, -1.0, right, top]),
            3 => Matrix([0.0, 1.0, -1.0, 0.0, top, -left]),
            _ => Matrix([1.0, 0.0, 0.0, 1.0, -left, -bottom]),
        };
        (page.width, page.height) =
            if quarter % 2 == 1 { (height, width) } else { (width, height) };
        let unpacked = doc.get_page_content_with_limit(id, self.budget.next_stream());
        let Some(content) = self.taken(unpacked) else {
            page.broken = true;
            return page;
        };
        let resources = inherited(b"Resources").and_then(|r| r.as_dict().ok());
        let mut walk = Walk {
            pages: self,
            page: &mut page,
            frame,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marks: Vec::new(),
        };
        walk.stream(&content, resources, State::new(Matrix::IDENTITY), 0);
        page
    }

    /// A stream that was unpacked, if it could be and may be.
    fn taken(&mut self, unpacked: Result<Vec<u8>, Error>) -> Option<Vec<u8>> {
        match &unpacked {
            Ok(content) => self.budget.take_stream(content),
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                self.budget.exceeded();
            }
            Err(_) => {}
        }
        unpacked.ok().filter(|_| !self.budget.is_spent())
    }

    /// The font of a name, from the resources that are in force.
    fn font(
        &mut self,
        resources: Option<&Dictionary>,
        name: &[u8],
    ) -> Option<Rc<std::cell::RefCell<Font>>> {
        let fonts = resources?.get_deref(b"Font", self.doc).ok()?.as_dict().ok()?;
        let reference = fonts.get(name).ok()?;
        let (_, font) = self.doc.dereference(reference).ok()?;
        if let Some(known) = self.fonts.get(&std::ptr::from_ref(font)) {
            return Some(Rc::clone(known));
        }
        let made = Rc::new(std::cell::RefCell::new(Font::new(self.doc, font.as_dict().ok()?)));
        self.fonts.insert(std::ptr::from_ref(font), Rc::clone(&made));
        Some(made)
    }
}

impl State {
    fn new(ctm: Matrix) -> Self {
        Self {
            ctm,
            font: None,
            size: 1.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

impl<'a> Walk<'_, 'a> {
    /// Follows a stream of drawing instructions.
    fn stream(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        mut state: State,
        depth: usize,
    ) {
        let marks = self.marks.len();
        let mut stack: Vec<State> = Vec::new();
        if content.len() <= AT_ONCE
            && let Ok(content) = Content::decode_strict(content)
        {
            for operation in &content.operations {
                if !self.step(operation, &mut state, &mut stack, resources, depth) {
                    break;
                }
            }
        } else {
            let mut last = String::new();
            for operation in Content::decode_iter(content) {
                let Ok(operation) = operation else { break };
                if !self.step(&operation, &mut state, &mut stack, resources, depth) {
                    break;
                }
                last = operation.operator;
            }
            // An inline image ends with a word of its own.
            let end = if last == "BI" { "EI" } else { &last };
            let whole =
                content.len() > AT_ONCE && content.trim_ascii_end().ends_with(end.as_bytes());
            self.page.broken |= !whole;
        }
        while self.marks.len() > marks {
            self.close_mark();
        }
    }

    /// Follows one instruction; false when no more may be followed.
    fn step(
        &mut self,
        operation: &Operation,
        state: &mut State,
        stack: &mut Vec<State>,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> bool {
        self.pages.budget.take_operation();
        if self.pages.budget.is_spent() {
            self.page.broken = true;
            return false;
        }
        let operands = operation.operands.as_slice();
        let at = |n: usize| operands.get(n).and_then(|o| o.as_float().ok()).unwrap_or(0.0);
        match operation.operator.as_str() {
            "q" if stack.len() < 512 => stack.push(state.clone()),
            "Q" => {
                if let Some(saved) = stack.pop() {
                    *state = saved;
                }
            }
            "cm" => state.ctm = Matrix([at(0), at(1), at(2), at(3), at(4), at(5)]).then(&state.ctm),
            "BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tf" => {
                let name = operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
                state.font = self.pages.font(resources, name);
                state.size = at(1);
            }
            "Tc" => state.character_spacing = at(0),
            "Tw" => state.word_spacing = at(0),
            "Tz" => state.scale = at(0) / 100.0,
            "TL" => state.leading = at(0),
            "Ts" => state.rise = at(0),
            "Td" => self.next_line(at(0), at(1)),
            "TD" => {
                state.leading = -at(1);
                self.next_line(at(0), at(1));
            }
            "T*" => self.next_line(0.0, -state.leading),
            "Tm" => {
                self.line = Matrix([at(0), at(1), at(2), at(3), at(4), at(5)]);
                self.text = self.line;
            }
            "Tj" => self.show(operands.first(), state),
            "'" => {
                self.next_line(0.0, -state.leading);
                self.show(operands.first(), state);
            }
            "\"" => {
                (state.word_spacing, state.character_spacing) = (at(0), at(1));
                self.next_line(0.0, -state.leading);
                self.show(operands.get(2), state);
            }
            "TJ" => {
                for item in operands.first().and_then(|o| o.as_array().ok()).into_iter().flatten() {
                    match item.as_float() {
                        Ok(back) => self.advance(-back / 1000.0 * state.size * state.scale),
                        Err(_) => self.show(Some(item), state),
                    }
                }
            }
            "BMC" | "BDC" => self.open_mark(operands, resources),
            "EMC" => self.close_mark(),
            "Do" if depth < FORM_DEPTH => self.form(operands, state, resources, depth),
            _ => {}
        }
        true
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::shift(x, y).then(&self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f32) {
        self.text = Matrix::shift(x, 0.0).then(&self.text);
    }

    /// Places the characters of a string.
    fn show(&mut self, string: Option<&Object>, state: &State) {
        let (Some(Object::String(bytes, _)), Some(font)) = (string, &state.font) else { return };
        let artifact = self.marks.iter().any(|mark| mark.artifact);
        let mut font = font.borrow_mut();
        let bold = font.bold;
        let budget = &mut self.pages.budget;
        let mut turned = String::new();
        font.glyphs(bytes, |glyph| {
            budget.take_characters(glyph.text.len());
            if budget.is_spent() {
                return;
            }
            let set = Matrix([state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise])
                .then(&self.text)
                .then(&state.ctm)
                .then(&self.frame);
            let spacing = if glyph.is_space_code { state.word_spacing } else { 0.0 };
            let wide = glyph.width * state.size + state.character_spacing + spacing;
            self.text = Matrix::shift(wide * state.scale, 0.0).then(&self.text);
            let [a, b, c, d, x, y] = set.0;
            if b.abs() > 0.1 * a.abs() || a <= 0.0 {
                turned.push_str(&glyph.text);
                return;
            }
            let size = c.hypot(d);
            let visible =
                x > -size && x < self.page.width + size && y > -size && y < self.page.height + size;
            self.page.unknown += usize::from(glyph.text.contains(char::REPLACEMENT_CHARACTER));
            if !visible || !size.is_finite() {
                self.page.outside += glyph.text.chars().filter(|c| !c.is_whitespace()).count();
                return;
            }
            let mut end = x + glyph.width * a;
            for (at, c) in glyph.text.chars().enumerate() {
                let start = if at == 0 { x } else { end };
                self.page.characters.push(Placed { c, x: start, y, end, size, bold, artifact });
                end = end.max(start);
            }
        });
        if !turned.trim().is_empty() {
            self.page.turned.push(turned);
        }
    }

    fn open_mark(&mut self, operands: &[Object], resources: Option<&'a Dictionary>) {
        let doc = self.pages.doc;
        let artifact = operands.first().and_then(|o| o.as_name().ok()) == Some(b"Artifact");
        let properties = match operands.get(1) {
            Some(Object::Dictionary(inline)) => Some(inline),
            Some(Object::Name(name)) => resources
                .and_then(|r| r.get_deref(b"Properties", doc).ok()?.as_dict().ok())
                .and_then(|all| all.get_deref(name, doc).ok()?.as_dict().ok()),
            _ => None,
        };
        let actual = properties.and_then(|p| p.get_deref(b"ActualText", doc).ok());
        let actual = actual.and_then(|text| lopdf::decode_text_string(text).ok());
        let from = self.page.characters.len();
        self.marks.push(Mark { artifact, actual: actual.map(|text| (text, from)) });
    }

    /// Closes a mark: where it states its text, and encloses no more than a part of one line, that
    /// text is read instead of its glyphs.
    fn close_mark(&mut self) {
        let Some(Mark { actual: Some((text, from)), .. }) = self.marks.pop() else { return };
        let enclosed = self.page.characters.get(from..).unwrap_or_default();
        let (Some(first), Some(last)) = (enclosed.first().copied(), enclosed.last().copied())
        else {
            return;
        };
        if enclosed.iter().any(|c| (c.y - first.y).abs() > 0.5 * first.size) {
            return;
        }
        self.pages.budget.take_characters(text.len());
        if self.pages.budget.is_spent() {
            return;
        }
        self.page.characters.truncate(from);
        for (at, c) in text.chars().enumerate() {
            let x = if at == 0 { first.x } else { last.end };
            self.page.characters.push(Placed { c, x, end: last.end, ..first });
        }
    }

    /// Follows a form that is drawn on the page.
    fn form(
        &mut self,
        operands: &[Object],
        state: &State,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) {
        let doc = self.pages.doc;
        let name = operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
        let found = resources
            .and_then(|r| r.get_deref(b"XObject", doc).ok()?.as_dict().ok())
            .and_then(|all| all.get_deref(name, doc).ok()?.as_stream().ok());
        let Some(stream) = found else { return };
        let subtype = stream.dict.get_deref(b"Subtype", doc).and_then(Object::as_name);
        if !matches!(subtype, Ok(b"Form")) {
            return;
        }
        self.pages.budget.take_form();
        let unpacked = stream.get_plain_content_with_limit(self.pages.budget.next_stream());
        let Some(content) = self.pages.taken(unpacked) else {
            self.page.broken = true;
            return;
        };
        let own = stream.dict.get_deref(b"Resources", doc).and_then(Object::as_dict).ok();
        let matrix = stream.dict.get_deref(b"Matrix", doc).ok().and_then(|m| numbers::<6>(doc, m));
        let mut inner = state.clone();
        inner.ctm = matrix.map_or(Matrix::IDENTITY, Matrix).then(&state.ctm);
        let (text, line) = (self.text, self.line);
        self.stream(&content, own.or(resources), inner, depth + 1);
        (self.text, self.line) = (text, line);
    }
}
