//! The numbers that Word prints before paragraphs, counted as Word counts them. A number that cannot
//! be counted surely (a list that is another's style, a level redefined, a script not known here) is
//! left out rather than guessed.

use std::collections::{HashMap, HashSet};

use super::super::xml::{self, Event};
use super::{ById, ReadError};

/// How many levels a list has.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// What is printed: `%1.%2` is the number of the first level, a full stop, that of the second.
    text: String,
    /// The level (from 1) whose numbers make this one begin again; 0 is none.
    restart: Option<usize>,
    /// Whether all numbers in it are printed as decimals.
    legal: bool,
    style: Option<String>,
}

/// A list in use: a definition, with beginnings of its own.
#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    starts: HashMap<usize, u32>,
    redefined: bool,
}

/// The lists of a file, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: ById<Vec<Level>>,
    lists: ById<List>,
    counters: ById<[Option<u32>; LEVELS]>,
    used: HashSet<String>,
}

impl Default for Level {
    fn default() -> Self {
        let format = "decimal".to_owned();
        Self { start: 0, format, text: String::new(), restart: None, legal: false, style: None }
    }
}

impl Numbering {
    pub(super) fn read(kind: &'static str, part: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        let mut this = Self::default();
        let mut definition: Option<String> = None;
        let mut list: Option<(String, List)> = None;
        let mut at = 0_usize;
        xml::walk(kind, part, bytes, |event| match event {
            Event::Open(element) => {
                let value = element.attribute("val");
                let number = || value.as_ref().and_then(|value| value.parse::<u32>().ok());
                match element.name() {
                    "abstractNum" => definition = element.attribute("abstractNumId"),
                    "num" => list = element.attribute("numId").map(|id| (id, List::default())),
                    "abstractNumId" => {
                        if let (Some((_, list)), Some(id)) = (&mut list, value) {
                            list.definition = id;
                        }
                    }
                    "lvl" | "lvlOverride" => {
                        let level = element.attribute("ilvl").and_then(|level| level.parse().ok());
                        at = level.unwrap_or(LEVELS);
                        if let Some((_, list)) = list.as_mut().filter(|_| element.name() == "lvl") {
                            list.redefined = true;
                        }
                    }
                    "startOverride" => {
                        if let (Some((_, list)), Some(start)) = (&mut list, number()) {
                            list.starts.insert(at, start);
                        }
                    }
                    name => {
                        let Some(id) = definition.as_ref().filter(|_| at < LEVELS) else { return };
                        let levels = this.definitions.entry(id.clone());
                        let levels = levels.or_insert_with(|| vec![Level::default(); LEVELS]);
                        let level = &mut levels[at];
                        match name {
                            "start" => level.start = number().unwrap_or(0),
                            "numFmt" => level.format = value.unwrap_or_default(),
                            "lvlText" => level.text = value.unwrap_or_default(),
                            "lvlRestart" => level.restart = number().map(|n| n as usize),
                            "isLgl" => level.legal = super::is_on(&element),
                            "pStyle" => level.style = value,
                            _ => {}
                        }
                    }
                }
            }
            Event::Close(end) => match end.name() {
                "abstractNum" => {
                    definition = None;
                    at = LEVELS;
                }
                "num" => this.lists.extend(list.take()),
                _ => {}
            },
            Event::Text(_) => {}
        })?;
        Ok(this)
    }

    /// The level of a list that belongs to a style.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<u8> {
        let levels = self.definitions.get(&self.lists.get(list)?.definition)?;
        let found = levels.iter().position(|level| level.style.as_deref() == Some(style))?;
        u8::try_from(found).ok()
    }

    /// Counts a paragraph of a list, and says which number it shows: without brackets and the full
    /// stop around it. `None` for bullets and for what cannot be counted.
    pub(super) fn count(&mut self, list: &str, level: u8) -> Option<String> {
        let level = usize::from(level).min(LEVELS - 1);
        let found = self.lists.get(list)?;
        let levels = self.definitions.get(&found.definition)?;
        let counters = self.counters.entry(found.definition.clone()).or_default();
        if self.used.insert(list.to_owned()) {
            for (&level, &start) in found.starts.iter().filter(|(level, _)| **level < LEVELS) {
                counters[level] = start.checked_sub(1);
            }
        }
        counters[level] = Some(match counters[level] {
            Some(last) => last.saturating_add(1),
            None => levels[level].start,
        });
        for above in 0..level {
            counters[above].get_or_insert(levels[above].start);
        }
        for below in level + 1..LEVELS {
            let restart = levels[below].restart.unwrap_or(below);
            if level < restart {
                counters[below] = None;
            }
        }
        if found.redefined || levels[level].format == "bullet" {
            return None;
        }
        let shown = printed(levels, counters, level)?;
        let shown = shown.trim_matches(|c: char| c.is_whitespace() || "().:-–[]".contains(c));
        (!shown.is_empty()).then(|| shown.to_owned())
    }
}

/// The number of a level as it is printed.
fn printed(levels: &[Level], counters: &[Option<u32>; LEVELS], level: usize) -> Option<String> {
    let mut out = String::new();
    let mut pieces = levels[level].text.split('%');
    out.push_str(pieces.next()?);
    for piece in pieces {
        let digit = piece.chars().next().and_then(|c| c.to_digit(10));
        let at = usize::try_from(digit?).ok()?.checked_sub(1)?;
        let legal = levels[level].legal && at < level;
        let format = if legal { "decimal" } else { levels.get(at)?.format.as_str() };
        out.push_str(&number(format, (*counters.get(at)?)?)?);
        out.push_str(&piece[1..]);
    }
    Some(out)
}

/// A number in one of Word's formats; `None` where it is of another script.
pub(super) fn number(format: &str, number: u32) -> Option<String> {
    Some(match format {
        "decimal" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "lowerRoman" => roman(number)?.to_ascii_lowercase(),
        "upperRoman" => roman(number)?,
        "lowerLetter" => letters(number)?,
        "upperLetter" => letters(number)?.to_ascii_uppercase(),
        "none" => String::new(),
        _ => return None,
    })
}

fn roman(mut number: u32) -> Option<String> {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 5000 {
        return None;
    }
    let mut out = String::new();
    for (value, digit) in DIGITS {
        while number >= value {
            out.push_str(digit);
            number -= value;
        }
    }
    Some(out)
}

/// a to z, then aa to zz: the same letter again, as Word counts.
fn letters(number: u32) -> Option<String> {
    let zero_based = number.checked_sub(1).filter(|n| *n < 780)?;
    let letter = char::from(b'a' + u8::try_from(zero_based % 26).ok()?);
    Some(letter.to_string().repeat(zero_based as usize / 26 + 1))
}
