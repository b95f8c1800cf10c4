//! What the codes of a font say: the characters they stand for, and how wide they are set.
//!
//! The map that a PDF gives for reading (`ToUnicode`) is believed first, then the encoding, name by
//! name, so that one unknown glyph name does not spoil its neighbours. A code that neither explains
//! is U+FFFD, and the caller counts it. Ligatures of Latin f are spelt out: in a PDF they are a
//! matter of typesetting, and who searches for `first` means the word. Where letters stand on the
//! page is not asked here.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::bounds;

/// Widths of the printable ASCII characters in the two standard families, in thousandths of the
/// size: what a reader has to know by heart, for old files do not state them.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// Most widths that ranges of a font state: each code four times over.
const MOST_WIDTHS: usize = 4 << 16;

/// A font as text needs it.
pub(super) struct Font {
    /// Whether its codes are of two bytes.
    wide: bool,
    /// Whether its name or its descriptor says that it is bold.
    pub(super) bold: bool,
    glyphs: HashMap<u16, Glyph>,
    widths: HashMap<u16, f32>,
    default_width: f32,
    /// The map for reading, always of the kind that maps codes to Unicode.
    map: Option<Encoding<'static>>,
}

/// One code: its characters and its width, in sizes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) width: f32,
    /// Whether word spacing applies to it.
    pub(super) is_space_code: bool,
}

impl Font {
    /// The font that a dictionary describes.
    pub(super) fn new(doc: &Document, dict: &Dictionary) -> Self {
        let wide = name(doc, dict, b"Subtype") == Some(b"Type0");
        let descendant = if wide { descendant(doc, dict) } else { None };
        let descriptor = dictionary(doc, descendant.unwrap_or(dict), b"FontDescriptor");
        let base_name = name(doc, dict, b"BaseFont").unwrap_or_default();
        let (widths, default_width) = match descendant {
            Some(descendant) => wide_widths(doc, descendant),
            None => simple_widths(doc, dict, descriptor, base_name),
        };
        let map = reading_map(doc, dict);
        let bold = is_bold(doc, base_name, descriptor);
        let mut font = Self { wide, bold, glyphs: HashMap::new(), widths, default_width, map };
        if !wide {
            let named = named_codes(doc, dict);
            for (code, named) in (0u16..).zip(named) {
                let text = font.mapped(code, 1).or_else(|| font.mapped(code, 2)).or(named);
                font.keep(code, text, code == u16::from(b' '));
            }
        }
        font
    }

    fn keep(&mut self, code: u16, text: Option<String>, is_space_code: bool) {
        let width = self.widths.get(&code).copied().unwrap_or(self.default_width);
        let text = text.unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string());
        self.glyphs.insert(code, Glyph { text, width, is_space_code });
    }

    fn mapped(&self, code: u16, length: u8) -> Option<String> {
        match &self.map {
            Some(Encoding::UnicodeMapEncoding(map)) => {
                map.get(code.into(), length).and_then(|units| usable(&units))
            }
            _ => None,
        }
    }

    /// The glyphs of a string that is shown, in order.
    pub(super) fn glyphs(&mut self, bytes: &[u8], mut each: impl FnMut(&Glyph)) {
        for code in bytes.chunks(if self.wide { 2 } else { 1 }) {
            let code = code.iter().fold(0u16, |code, byte| code << 8 | u16::from(*byte));
            if !self.glyphs.contains_key(&code) {
                let text = self.mapped(code, 2).or_else(|| self.mapped(code, 1));
                self.keep(code, text, false);
            }
            if let Some(glyph) = self.glyphs.get(&code) {
                each(glyph);
            }
        }
    }
}

/// The map for reading of a font, where it has one that can be read.
fn reading_map(doc: &Document, dict: &Dictionary) -> Option<Encoding<'static>> {
    let stream = dict.get(b"ToUnicode").ok()?.clone();
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("ToUnicode", stream);
    match font.get_font_encoding_with_limit(doc, bounds::FONT_MAP).ok()? {
        Encoding::UnicodeMapEncoding(map) => Some(Encoding::UnicodeMapEncoding(map)),
        _ => None,
    }
}

/// The characters that a simple font's encoding names, for each of its 256 codes.
fn named_codes(doc: &Document, dict: &Dictionary) -> Vec<Option<String>> {
    let encoding = dict.get_deref(b"Encoding", doc).ok();
    let stated = match encoding {
        Some(Object::Name(name)) => Some(name.as_slice()),
        Some(Object::Dictionary(inner)) => name(doc, inner, b"BaseEncoding"),
        _ => None,
    };
    let of_program = name(doc, dict, b"Subtype") == Some(b"TrueType");
    let fallback: &[u8] = if of_program { b"WinAnsiEncoding" } else { b"StandardEncoding" };
    let mut codes = base_codes(doc, stated.unwrap_or(fallback));
    if let Some(Object::Dictionary(inner)) = encoding
        && let Ok(Object::Array(list)) = inner.get_deref(b"Differences", doc)
    {
        let mut code = 0usize;
        for item in list {
            match item {
                Object::Integer(number) => code = usize::try_from(*number).unwrap_or(usize::MAX),
                Object::Name(glyph) => {
                    if let Some(slot) = codes.get_mut(code) {
                        *slot = named_glyph(doc, glyph);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }
    codes
}

/// The characters of a standard encoding.
fn base_codes(doc: &Document, name: &[u8]) -> Vec<Option<String>> {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", Object::Name(name.to_vec()));
    let encoding = font.get_font_encoding(doc).ok();
    let text = |code: u8| {
        let text = encoding.as_ref()?.bytes_to_string(&[code]).ok()?;
        usable(&text.encode_utf16().collect::<Vec<_>>())
    };
    (0..=u8::MAX).map(text).collect()
}

fn dictionary<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    dict.get_deref(key, doc).ok()?.as_dict().ok()
}

fn name<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    dict.get_deref(key, doc).ok()?.as_name().ok()
}

fn number(doc: &Document, object: &Object) -> Option<f32> {
    doc.dereference(object).ok()?.1.as_float().ok()
}

fn descendant<'a>(doc: &'a Document, dict: &'a Dictionary) -> Option<&'a Dictionary> {
    let list = dict.get_deref(b"DescendantFonts", doc).ok()?.as_array().ok()?;
    doc.dereference(list.first()?).ok()?.1.as_dict().ok()
}

fn is_bold(doc: &Document, base_name: &[u8], descriptor: Option<&Dictionary>) -> bool {
    let lower = String::from_utf8_lossy(base_name).to_ascii_lowercase();
    let stated = |key: &[u8]| descriptor?.get_deref(key, doc).ok()?.as_float().ok();
    let forced = stated(b"Flags").is_some_and(|flags| (flags as u32) & (1 << 18) != 0);
    let heavy = stated(b"FontWeight").is_some_and(|weight| weight >= 600.0);
    ["bold", "black", "heavy"].iter().any(|word| lower.contains(word)) || forced || heavy
}

/// Widths of a simple font by code, and of codes without one, in sizes.
fn simple_widths(
    doc: &Document,
    dict: &Dictionary,
    descriptor: Option<&Dictionary>,
    base_name: &[u8],
) -> (HashMap<u16, f32>, f32) {
    let scale = font_scale(doc, dict);
    let first = dict.get_deref(b"FirstChar", doc).and_then(Object::as_i64).unwrap_or(0);
    let first = u16::try_from(first).unwrap_or(0);
    if let Ok(list) = dict.get_deref(b"Widths", doc).and_then(Object::as_array) {
        let widths = list.iter().map(|width| number(doc, width).unwrap_or(0.0) * scale);
        let missing = descriptor
            .and_then(|d| d.get_deref(b"MissingWidth", doc).ok()?.as_float().ok())
            .unwrap_or(0.0);
        return ((first..=u16::from(u8::MAX)).zip(widths).collect(), missing * scale);
    }
    let lower = String::from_utf8_lossy(base_name).to_ascii_lowercase();
    if lower.contains("courier") {
        return (HashMap::new(), 0.6);
    }
    let table = if lower.contains("times") { &TIMES } else { &HELVETICA };
    let widths = table.iter().map(|width| f32::from(*width) / 1000.0);
    ((32u16..).zip(widths).collect(), 0.5)
}

/// What one unit of a font's widths is, in sizes.
fn font_scale(doc: &Document, dict: &Dictionary) -> f32 {
    let matrix = dict.get_deref(b"FontMatrix", doc).and_then(Object::as_array).ok();
    let of_glyphs = matrix.and_then(|matrix| number(doc, matrix.first()?));
    match of_glyphs {
        Some(scale) if name(doc, dict, b"Subtype") == Some(b"Type3") => scale.abs(),
        _ => 0.001,
    }
}

/// Widths of a composite font: `[1 [500 600] 7 9 550]`.
fn wide_widths(doc: &Document, descendant: &Dictionary) -> (HashMap<u16, f32>, f32) {
    let default = descendant.get_deref(b"DW", doc).and_then(Object::as_float).unwrap_or(1000.0);
    let (mut widths, mut stated) = (HashMap::new(), 0);
    let list = descendant.get_deref(b"W", doc).and_then(Object::as_array);
    let mut items = list.map(|list| list.iter()).unwrap_or_default();
    let code = |object: Option<&Object>| {
        let (_, object) = doc.dereference(object?).ok()?;
        u16::try_from(object.as_float().ok()? as i64).ok()
    };
    while let Some(first) = code(items.next()) {
        let Some(Ok((_, next))) = items.next().map(|next| doc.dereference(next)) else { break };
        if let Object::Array(each) = next {
            let each = each.iter().filter_map(|width| number(doc, width));
            widths.extend((first..=u16::MAX).zip(each.map(|width| width / 1000.0)));
        } else if let (Some(last), Some(width)) =
            (code(Some(next)), items.next().and_then(|width| number(doc, width)))
        {
            let range = first..=last;
            stated += range.len();
            if stated > MOST_WIDTHS {
                break;
            }
            widths.extend(range.map(|code| (code, width / 1000.0)));
        }
    }
    (widths, default / 1000.0)
}

/// The characters of a glyph name: `eacute`, `f_i`, `uni00E9`, `a.alt`.
fn named_glyph(doc: &Document, name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    let parts: Option<Vec<String>> = stem.split('_').map(|part| one_glyph(doc, part)).collect();
    usable(&parts?.concat().encode_utf16().collect::<Vec<_>>())
}

fn one_glyph(doc: &Document, name: &str) -> Option<String> {
    let hex = |digits: &str| {
        let units: Option<Vec<u16>> = (0..digits.len() / 4)
            .map(|at| u16::from_str_radix(digits.get(at * 4..at * 4 + 4)?, 16).ok())
            .collect();
        units.filter(|u| !u.is_empty()).and_then(|units| String::from_utf16(&units).ok())
    };
    if let Some(text) = name.strip_prefix("uni").and_then(hex) {
        return Some(text);
    }
    if let Some(digits) = name.strip_prefix('u').filter(|d| (4..=6).contains(&d.len()))
        && let Ok(code) = u32::from_str_radix(digits, 16)
    {
        return char::from_u32(code).map(String::from);
    }
    let differences = vec![Object::Integer(1), Object::Name(name.as_bytes().to_vec())];
    let mut encoding = Dictionary::new();
    encoding.set("Differences", differences);
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    match font.get_font_encoding(doc) {
        Ok(found @ Encoding::Differences(_)) => found.bytes_to_string(&[1]).ok(),
        _ => None,
    }
}

/// Characters fit for text, ligatures spelt out; `None` where they say nothing.
fn usable(units: &[u16]) -> Option<String> {
    let mut text = String::new();
    for c in char::decode_utf16(units.iter().copied()) {
        match c.unwrap_or('\u{fffd}') {
            'ﬀ' => text.push_str("ff"),
            'ﬁ' => text.push_str("fi"),
            'ﬂ' => text.push_str("fl"),
            'ﬃ' => text.push_str("ffi"),
            'ﬄ' => text.push_str("ffl"),
            'ﬅ' | 'ﬆ' => text.push_str("st"),
            '\t' | '\n' | '\r' => text.push(' '),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    (!text.is_empty() && !text.contains('\u{fffd}')).then_some(text)
}
