//! Quotations planted with known alterations, and the table of what was said of each kind. Used over texts of
//! our own by the tests of this crate, and over real reports by `tests/quotations` and `benches/quotations.rs`.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Numbers that look like chance and are the same every time.
pub struct Chance(pub u64);

impl Chance {
    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// One of these words.
    pub fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// What was done to the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planted {
    True,
    Word,
    Number,
    DroppedNot,
    DroppedQualifier,
    Merged,
    HidingEllipsis,
    WrongDocument,
    Invented,
}

/// The kinds in turn; of ten quotations two are true.
pub const KINDS: [Planted; 10] = [
    Planted::True,
    Planted::Word,
    Planted::Number,
    Planted::DroppedNot,
    Planted::DroppedQualifier,
    Planted::True,
    Planted::Merged,
    Planted::HidingEllipsis,
    Planted::WrongDocument,
    Planted::Invented,
];

const QUALIFIERS: &[&str] = &[
    " some ",
    " several ",
    " many ",
    " most ",
    " reportedly ",
    " allegedly ",
    " up to ",
    " at least ",
    " approximately ",
    " a number of ",
];
const HIDDEN: &[&str] = &[" not ", " reportedly ", " allegedly ", " up to ", " at least "];

impl Planted {
    /// What is said of it where all goes well.
    pub fn expected(self) -> &'static str {
        match self {
            Self::True => "exact",
            Self::HidingEllipsis => "marked",
            Self::WrongDocument => "found elsewhere",
            Self::Invented => "not found",
            _ => "differs",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::True => "nothing",
            Self::Word => "one word changed",
            Self::Number => "a number changed",
            Self::DroppedNot => "“not” dropped",
            Self::DroppedQualifier => "a qualifier dropped",
            Self::Merged => "two sentences merged",
            Self::HidingEllipsis => "an ellipsis over a caveat",
            Self::WrongDocument => "another document cited",
            Self::Invented => "invented",
        }
    }
}

/// Words of a passage, given by its sentences, altered so; `None` where there is nothing to alter so.
pub fn altered(kind: Planted, sentences: &[&str], chance: &mut Chance) -> Option<String> {
    let picked = sentences[chance.below(sentences.len())];
    let without = |words: &[&str], put: &str| {
        let word = words.iter().find(|word| picked.contains(**word))?;
        Some(picked.replacen(*word, put, 1))
    };
    match kind {
        Planted::True | Planted::WrongDocument => Some(picked.to_owned()),
        Planted::Word => {
            let mut words: Vec<&str> = picked.split(' ').collect();
            let at = 1 + chance.below(words.len().checked_sub(2).filter(|&inner| inner > 0)?);
            words[at] = "elephants";
            Some(words.join(" "))
        }
        Planted::Number => {
            let start = picked.find(|c: char| c.is_ascii_digit())?;
            let rest = &picked[start..];
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            Some(format!("{}1{}", &picked[..start + end], &rest[end..]))
        }
        Planted::DroppedNot => without(&[" not "], " "),
        Planted::DroppedQualifier => without(QUALIFIERS, " "),
        Planted::Merged => {
            let [first, .., last] = sentences else { return None };
            Some(format!("{} and {last}", first.trim_end_matches('.')))
        }
        Planted::HidingEllipsis => without(HIDDEN, " … "),
        Planted::Invented => Some(format!(
            "The governor {} that {} heretics were {} beyond the {} river.",
            chance.of(&["boasted", "swore", "hinted"]),
            chance.of(&["countless", "ninety", "exiled"]),
            chance.of(&["drowned", "banished", "crowned"]),
            chance.of(&["frozen", "eastern", "holy"]),
        )),
    }
}

/// The words as people type them: straight marks, other dashes, a wrapped line, another capital.
pub fn typed(words: &str, chance: &mut Chance) -> String {
    match chance.below(6) {
        0 => words.replace('’', "'").replace(['“', '”'], "'"),
        1 => words.replace(" — ", "--"),
        2 => words.replacen(' ', "\n", 1),
        3 => words.trim_end_matches('.').to_owned(),
        4 => format!("{},", words.trim_end_matches('.')),
        _ => {
            let mut characters = words.chars();
            let first = characters.next().map(|c| c.to_lowercase().to_string());
            format!("{}{}", first.unwrap_or_default(), characters.as_str())
        }
    }
}

/// How many of each kind were called what.
#[derive(Default)]
pub struct Table {
    counts: BTreeMap<(Planted, String), usize>,
}

impl Table {
    /// Counts one.
    pub fn add(&mut self, kind: Planted, judgement: &str) {
        *self.counts.entry((kind, judgement.to_owned())).or_default() += 1;
    }

    /// How many of a kind were called so.
    pub fn count(&self, kind: Planted, judgement: &str) -> usize {
        self.counts.get(&(kind, judgement.to_owned())).copied().unwrap_or(0)
    }

    /// How many of a kind there are.
    pub fn all(&self, kind: Planted) -> usize {
        self.counts.iter().filter(|((of, _), _)| *of == kind).map(|(_, count)| count).sum()
    }

    /// How many were called exact though they were altered or cited wrongly.
    pub fn wrongly_exact(&self) -> usize {
        let of = |((kind, name), count): (&(Planted, String), &usize)| {
            if *kind != Planted::True && name == "exact" { *count } else { 0 }
        };
        self.counts.iter().map(of).sum()
    }

    /// The table in Markdown.
    pub fn markdown(&self) -> String {
        const NAMES: [&str; 6] =
            ["exact", "marked", "differs", "found elsewhere", "not found", "cannot check"];
        let mut kinds: Vec<Planted> = KINDS.to_vec();
        kinds.sort();
        kinds.dedup();
        let mut out = format!("| planted | number | {} |\n|---|", NAMES.join(" | "));
        out.push_str(&"---:|".repeat(NAMES.len() + 1));
        for kind in kinds {
            // Writing to a string cannot fail.
            let _ = write!(out, "\n| {} | {} |", kind.name(), self.all(kind));
            for name in NAMES {
                let count = self.count(kind, name);
                let mark = if name == kind.expected() { "**" } else { "" };
                let _ = match count {
                    0 => write!(out, " – |"),
                    _ => write!(out, " {mark}{count}{mark} |"),
                };
            }
        }
        out.push('\n');
        out
    }
}
