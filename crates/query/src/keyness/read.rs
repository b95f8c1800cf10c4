//! The two sides as words with numbers: names of countries and repeated sentences taken out, borders
//! kept where a phrase may not run on.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use indexing::{Analyser, tokens};
use model::Country;
use model::words::next_word;

use super::count::Table;
use super::names::name_at;
use super::{SideDocument, SideVolume};
use crate::function_words::is_function_word;

/// Stands between words that do not follow one another: at the end of a clause, at a name.
pub(super) const BORDER: u32 = u32::MAX;

/// Words that connect and grade beside the function words, and mark no side.
const CONNECTING: [&str; 40] = [
    "according",
    "almost",
    "along",
    "already",
    "amid",
    "among",
    "another",
    "despite",
    "dont",
    "else",
    "even",
    "ever",
    "every",
    "including",
    "instead",
    "just",
    "later",
    "like",
    "many",
    "meanwhile",
    "much",
    "never",
    "often",
    "per",
    "quite",
    "rather",
    "regarding",
    "several",
    "still",
    "throughout",
    "together",
    "toward",
    "towards",
    "upon",
    "usually",
    "via",
    "well",
    "whether",
    "within",
    "without",
];

/// In how many documents of a side a sentence must stand to be left out of it.
const REPEATED: u32 = 5;

/// Fewest words of a sentence that is left out: shorter ones recur by themselves.
const LONG_ENOUGH: usize = 6;

/// A document as forms of words.
pub(super) struct Words {
    pub country: Option<Country>,
    /// Forms and borders, passage after passage.
    pub forms: Vec<u32>,
    /// Where each passage begins among them.
    pub passages: Vec<usize>,
    /// Where each sentence ends among them.
    pub sentences: Vec<usize>,
    /// How many forms there are, borders not counted.
    pub count: u64,
}

/// Both sides.
pub(super) struct Texts {
    /// The documents of the first and of the second side.
    pub sides: [Vec<Words>; 2],
    pub volumes: [SideVolume; 2],
    /// Every form, folded.
    pub forms: Vec<String>,
    /// The stem of each form.
    pub stem_of: Vec<u32>,
    /// Whether a stem only builds sentences, or is a bare number.
    pub is_function: Vec<bool>,
}

/// Reads both sides, each on a thread of its own.
pub(super) fn read(a: &[SideDocument], b: &[SideDocument]) -> Texts {
    let (first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(|| Reader::default().read(b));
        let first = Reader::default().read(a);
        // A reader does not panic; should it, its panic goes on here.
        (first, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    join(first, second)
}

struct ReadSide {
    documents: Vec<Words>,
    volume: SideVolume,
    forms: Vec<String>,
}

#[derive(Default)]
struct Reader {
    numbers: HashMap<String, u32>,
    forms: Vec<String>,
}

impl Reader {
    fn read(mut self, documents: &[SideDocument]) -> ReadSide {
        let mut read: Vec<Words> =
            documents.iter().map(|document| self.document(document)).collect();
        let repeated = leave_out_repeated(&mut read);
        let with_names = |words: &mut Words| self.leave_out_names(words);
        read.iter_mut().for_each(with_names);
        let countries: HashSet<Country> =
            read.iter().filter(|d| d.count > 0).filter_map(|d| d.country).collect();
        let volume = SideVolume {
            documents: read.iter().filter(|document| document.count > 0).count(),
            countries: countries.len(),
            words: read.iter().map(|document| document.count).sum(),
            repeated,
        };
        ReadSide { documents: read, volume, forms: self.forms }
    }

    fn document(&mut self, document: &SideDocument) -> Words {
        let (mut forms, mut passages, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
        let mut folded = String::new();
        for (_, text) in &document.passages {
            passages.push(forms.len());
            let mut at = 0;
            while let Some(range) = next_word(text, at, &mut folded) {
                let between = text.get(at..range.start).unwrap_or_default();
                if at > 0 && !between.chars().all(|c| c == ' ' || c == '-' || c == '\u{a0}') {
                    if between.contains(['.', '!', '?', '\n']) {
                        sentences.push(forms.len());
                    }
                    forms.push(BORDER);
                }
                forms.push(self.number(&folded));
                at = range.end;
            }
            sentences.push(forms.len());
            forms.push(BORDER);
        }
        Words { country: document.country, forms, passages, sentences, count: 0 }
    }

    fn number(&mut self, folded: &str) -> u32 {
        if let Some(number) = self.numbers.get(folded) {
            return *number;
        }
        let number = self.forms.len() as u32;
        self.numbers.insert(folded.to_owned(), number);
        self.forms.push(folded.to_owned());
        number
    }

    /// Puts a border in the place of every word of a name, and counts the words that are left.
    fn leave_out_names(&self, words: &mut Words) {
        let mut at = 0;
        while at < words.forms.len() {
            let named = name_at(at, |at| {
                self.forms.get(*words.forms.get(at)? as usize).map(String::as_str)
            });
            words.forms[at..at + named].fill(BORDER);
            at += named.max(1);
        }
        words.count = words.forms.iter().filter(|form| **form != BORDER).count() as u64;
    }
}

/// Takes out the sentences and the clauses that stand word for word in several documents of a side:
/// what a publisher puts into every report marks the publisher's template and not what it says.
/// Returns how many places there were.
fn leave_out_repeated(documents: &mut [Words]) -> usize {
    // In how many documents a piece stands, and the last of them.
    let mut places: Table<(u32, u32)> = Table::default();
    for (number, document) in documents.iter().enumerate() {
        for piece in document.pieces() {
            let place = places.entry(hash(&document.forms[piece])).or_insert((0, u32::MAX));
            if place.1 != number as u32 {
                *place = (place.0 + 1, number as u32);
            }
        }
    }
    places.retain(|_, (documents, _)| *documents >= REPEATED);
    let mut left_out = 0;
    for document in documents {
        let repeats =
            |piece: &Range<usize>| places.contains_key(&hash(&document.forms[piece.clone()]));
        for piece in document.pieces().into_iter().filter(repeats).collect::<Vec<_>>() {
            left_out += usize::from(document.forms[piece.clone()].iter().any(|f| *f != BORDER));
            document.forms[piece].fill(BORDER);
        }
    }
    left_out
}

impl Words {
    /// The sentences of several clauses, then the clauses, that are long enough to be no formula of
    /// the language itself.
    fn pieces(&self) -> Vec<Range<usize>> {
        let starts = std::iter::once(0).chain(self.sentences.iter().map(|end| end + 1));
        let sentences = starts.zip(self.sentences.iter()).map(|(start, end)| start..*end);
        let words = |range: &Range<usize>| {
            self.forms[range.clone()].iter().filter(|form| **form != BORDER).count()
        };
        let mut pieces: Vec<Range<usize>> =
            sentences.filter(|range| words(range) >= LONG_ENOUGH).collect();
        pieces.retain(|range| self.forms[range.clone()].contains(&BORDER));
        let mut start = 0;
        for clause in self.forms.split(|form| *form == BORDER) {
            if clause.len() >= LONG_ENOUGH {
                pieces.push(start..start + clause.len());
            }
            start += clause.len() + 1;
        }
        pieces
    }
}

fn hash(forms: &[u32]) -> u64 {
    let mixed = forms.iter().fold(forms.len() as u64, |hash, form| {
        (hash.rotate_left(23) ^ u64::from(*form)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    mixed ^ (mixed >> 29)
}

/// Gives both sides the same numbers for the same forms, and each form its stem.
fn join(first: ReadSide, mut second: ReadSide) -> Texts {
    let mut forms = first.forms;
    let mut numbers: HashMap<String, u32> =
        forms.iter().enumerate().map(|(at, form)| (form.clone(), at as u32)).collect();
    let renumbered: Vec<u32> = second
        .forms
        .into_iter()
        .map(|form| {
            *numbers.entry(form).or_insert_with_key(|form| {
                forms.push(form.clone());
                forms.len() as u32 - 1
            })
        })
        .collect();
    for document in &mut second.documents {
        for form in document.forms.iter_mut().filter(|form| **form != BORDER) {
            *form = renumbered[*form as usize];
        }
    }
    let (stem_of, is_function) = stems(&forms);
    Texts {
        sides: [first.documents, second.documents],
        volumes: [first.volume, second.volume],
        forms,
        stem_of,
        is_function,
    }
}

fn stems(forms: &[String]) -> (Vec<u32>, Vec<bool>) {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut is_function = Vec::new();
    let stem_of = forms
        .iter()
        .map(|form| {
            let empty = is_function_word(form)
                || CONNECTING.contains(&form.as_str())
                || form.chars().all(|c| c.is_ascii_digit() || c == '.');
            // A function word keeps a number of its own, so that no word of content shares it.
            let stem = match tokens(form, Analyser::Stemmed).next() {
                Some(token) if !empty => token.word,
                _ => format!("{form} "),
            };
            *numbers.entry(stem).or_insert_with(|| {
                is_function.push(empty);
                is_function.len() as u32 - 1
            })
        })
        .collect();
    (stem_of, is_function)
}
