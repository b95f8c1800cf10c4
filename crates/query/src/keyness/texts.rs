//! The two sides as words with numbers: names of countries and repeated sentences taken out, borders
//! kept where a phrase may not run on.
//!
//! Passages are read in chunks in whatever order is cheapest, and put together by document here. All
//! of it is done in parallel, and none of it depends on how it was cut: what is numbered is numbered
//! in the order of the documents.

use std::collections::HashSet;
use std::ops::Range;

use model::{Country, PassageId};
use rayon::prelude::*;

use super::SideVolume;
use super::chunk::{BORDER, Chunk};
use super::forms::{Forms, Set};
use super::names::NumberedNames;
use super::stems::{Stems, stems};

/// In how many documents of a side a sentence must stand to be left out of it.
const REPEATED: usize = 5;

/// About how many passages make a part.
pub(super) const OF_A_PART: usize = 2_048;

/// Both sides, as [`super::keyness`] takes them.
pub struct Texts {
    /// Every form, folded.
    pub(super) forms: Forms,
    pub(super) stems: Stems,
    /// The documents of the first and of the second side.
    pub(super) documents: [Vec<Document>; 2],
    /// The words of the first side, then those of the second.
    pub(super) parts: Vec<Part>,
    pub(super) volumes: [SideVolume; 2],
}

/// A document of a side.
#[derive(Clone, Copy, Default)]
pub(super) struct Document {
    pub country: Option<Country>,
    /// How many words were counted.
    pub words: u32,
}

/// The words of some documents of a side.
pub(super) struct Part {
    pub side: usize,
    /// For each document its number in its side, and where its words end.
    documents: Vec<(u32, u32)>,
    words: Vec<u32>,
    /// Where each passage begins among the words.
    passages: Vec<(u32, PassageId)>,
}

/// The words of a document: forms and borders, passage after passage.
pub(super) struct Words<'a> {
    /// Its number in its side.
    pub number: u32,
    pub words: &'a [u32],
    from: usize,
    part: &'a Part,
}

/// Which passages make up a side: documents in the order in which it is cheapest to read them.
#[derive(Default)]
pub(super) struct Arrangement {
    pub documents: Vec<Arranged>,
    /// Passages, those of a document together and in reading order.
    pub passages: Vec<ReadAt>,
}

/// A document of a side that was read.
#[derive(Clone, Copy)]
pub(super) struct Arranged {
    /// Its number in its side: by it documents are in their order.
    pub number: u32,
    pub country: Option<Country>,
    /// Where its passages end.
    pub end: usize,
}

/// Where a passage was read: its chunk, and its place in it.
#[derive(Clone, Copy, Default)]
pub(super) struct ReadAt {
    pub chunk: u32,
    pub at: u32,
}

impl Part {
    /// Its documents.
    pub fn documents(&self) -> impl Iterator<Item = Words<'_>> {
        let starts = std::iter::once(0).chain(self.documents.iter().map(|(_, end)| *end));
        starts.zip(&self.documents).map(|(start, (number, end))| {
            let from = start as usize;
            Words { number: *number, words: &self.words[from..*end as usize], from, part: self }
        })
    }
}

impl Words<'_> {
    /// The passage that holds a word.
    pub fn passage(&self, at: usize) -> Option<&PassageId> {
        let passages = &self.part.passages;
        let after = passages.partition_point(|(start, _)| *start as usize <= self.from + at);
        passages.get(after.checked_sub(1)?).map(|(_, id)| id)
    }
}

impl Texts {
    /// Puts together what was read, in parts of about so many passages.
    pub(super) fn assemble(
        mut chunks: Vec<Chunk>,
        sides: [Arrangement; 2],
        of_a_part: usize,
    ) -> Self {
        let forms = number(&mut chunks);
        let names = NumberedNames::of(&forms);
        let (mut parts, mut volumes) = (Vec::new(), [SideVolume::default(); 2]);
        let mut documents = [Vec::new(), Vec::new()];
        let mut met = Met::of(forms.written().len());
        for (side, of) in sides.iter().enumerate() {
            let passages = Passages { chunks: &chunks, of, side };
            let ranges = passages.parts(of_a_part);
            met = met.and(passages.met(&ranges, forms.written().len()));
            let repeated = passages.repeated();
            let cut = |documents: &Range<usize>| passages.cut(documents, &repeated, &names);
            let cuts: Vec<Cut> = ranges.par_iter().map(cut).collect();
            documents[side] = vec![Document::default(); of.documents.len()];
            for cut in cuts {
                volumes[side].repeated += cut.repeated;
                for (number, document) in cut.documents {
                    documents[side][number as usize] = document;
                }
                parts.push(cut.part);
            }
            volumes[side] =
                SideVolume { repeated: volumes[side].repeated, ..volume(&documents[side]) };
        }
        let stems = stems(&forms, &met.in_order());
        Self { forms, stems, documents, parts, volumes }
    }

    /// What comes of the parts of the texts, worked on in parallel, in their order. How many parts
    /// are worked on together depends on the machine: nothing may come to depend on it.
    pub(super) fn in_groups<T: Send>(&self, work: impl Fn(&[Part]) -> T + Sync + Send) -> Vec<T> {
        let groups = 4 * rayon::current_num_threads();
        self.parts.par_chunks(self.parts.len().div_ceil(groups).max(1)).map(work).collect()
    }
}

/// How many chunks are given the same numbers together.
const TOGETHER: usize = 16;

/// Gives every chunk the same numbers for the same forms: first those of some chunks, then all.
fn number(chunks: &mut [Chunk]) -> Forms {
    let join = |chunks: &mut [Chunk]| {
        let mut forms = Forms::default();
        let join = |chunk: &mut Chunk| forms.join(&std::mem::take(&mut chunk.forms));
        let numbers: Vec<Vec<u32>> = chunks.iter_mut().map(join).collect();
        (forms, numbers)
    };
    let groups: Vec<_> = chunks.par_chunks_mut(TOGETHER).map(join).collect();
    let mut forms = Forms::default();
    let of_groups: Vec<Vec<u32>> =
        groups.iter().map(|(group, _)| forms.join(group.written())).collect();
    let groups = chunks.par_chunks_mut(TOGETHER).zip(&groups).zip(&of_groups);
    groups.for_each(|((chunks, (_, numbers)), of_group)| {
        for (chunk, numbers) in chunks.iter_mut().zip(numbers) {
            chunk.renumber(|word| of_group[numbers[word as usize] as usize]);
        }
    });
    forms
}

/// Keeps one border of those side by side; returns where what is kept ends.
fn one_border(words: &mut [u32]) -> usize {
    let mut end = 0;
    for at in 0..words.len() {
        if words[at] != BORDER || end == 0 || words[end - 1] != BORDER {
            words[end] = words[at];
            end += 1;
        }
    }
    end
}

fn volume(documents: &[Document]) -> SideVolume {
    let with_words = documents.iter().filter(|document| document.words > 0);
    let countries: HashSet<Country> =
        with_words.clone().filter_map(|document| document.country).collect();
    SideVolume {
        documents: with_words.clone().count(),
        countries: countries.len(),
        words: with_words.map(|document| u64::from(document.words)).sum(),
        repeated: 0,
    }
}

/// Where each form stands first: by side, document and place in it.
struct Met(Vec<u64>);

impl Met {
    fn of(forms: usize) -> Self {
        Self(vec![u64::MAX; forms])
    }

    fn and(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(first, other)| *first = other.min(*first));
        self
    }

    /// The forms that stand anywhere, in the order of the documents.
    fn in_order(&self) -> Vec<u32> {
        let met = self.0.iter().zip(0u32..).filter(|(first, _)| **first != u64::MAX);
        let mut order: Vec<(u64, u32)> = met.map(|(first, form)| (*first, form)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, form)| form).collect()
    }
}

/// The passages of a side.
struct Passages<'a> {
    chunks: &'a [Chunk],
    of: &'a Arrangement,
    side: usize,
}

/// A part as it was cut.
struct Cut {
    part: Part,
    documents: Vec<(u32, Document)>,
    /// How many sentences and clauses were left out.
    repeated: usize,
}

impl Passages<'_> {
    /// The passages of a document, as their chunks and their places in them.
    fn of(&self, document: usize) -> impl Iterator<Item = (&Chunk, usize)> {
        let start = document.checked_sub(1).map_or(0, |before| self.of.documents[before].end);
        let passages = &self.of.passages[start..self.of.documents[document].end];
        passages.iter().map(|read| (&self.chunks[read.chunk as usize], read.at as usize))
    }

    /// The pieces that stand word for word in several documents: what a publisher puts into every
    /// report marks the publisher's template and not what it says.
    fn repeated(&self) -> Set {
        let documents = 0..self.of.documents.len();
        let mut places: Vec<(u64, u32)> = documents
            .into_par_iter()
            .flat_map_iter(|document| {
                let pieces = self.of(document).flat_map(|(chunk, at)| chunk.pieces(at));
                pieces.map(move |piece| (piece.hash, document as u32))
            })
            .collect();
        places.par_sort_unstable();
        places.dedup();
        let pieces = places.chunk_by(|a, b| a.0 == b.0);
        pieces.filter(|documents| documents.len() >= REPEATED).map(|places| places[0].0).collect()
    }

    /// Where the forms of the side stand first, before anything is left out.
    fn met(&self, parts: &[Range<usize>], forms: usize) -> Met {
        let groups = 2 * rayon::current_num_threads();
        let of_groups = parts.par_chunks(parts.len().div_ceil(groups).max(1)).map(|parts| {
            let mut met = Met::of(forms);
            for document in parts.iter().cloned().flatten() {
                let number = u64::from(self.of.documents[document].number);
                let place = (self.side as u64) << 63 | number << 32;
                let words = self.of(document).flat_map(|(chunk, at)| chunk.words(at));
                for (place, word) in (place..).zip(words) {
                    // A border is no form.
                    if let Some(first) = met.0.get_mut(*word as usize) {
                        *first = place.min(*first);
                    }
                }
            }
            met
        });
        of_groups.reduce(|| Met::of(forms), Met::and)
    }

    /// Copies the words of some documents, and leaves out what is repeated and what are names.
    fn cut(&self, documents: &Range<usize>, repeated: &Set, names: &NumberedNames) -> Cut {
        let mut cut = Cut::of(self.side);
        for document in documents.clone() {
            for (chunk, at) in self.of(document) {
                cut.add(chunk, at, repeated, names);
            }
            cut.end(&self.of.documents[document]);
        }
        cut
    }

    /// The documents of each part.
    fn parts(&self, of_a_part: usize) -> Vec<Range<usize>> {
        let (mut ranges, mut start, mut passages) = (Vec::new(), 0, 0);
        for (document, Arranged { end, .. }) in self.of.documents.iter().enumerate() {
            let is_last = document + 1 == self.of.documents.len();
            if is_last || end - passages >= of_a_part {
                ranges.push(start..document + 1);
                (start, passages) = (document + 1, *end);
            }
        }
        ranges
    }
}

impl Cut {
    fn of(side: usize) -> Self {
        let (documents, words, passages) = Default::default();
        let part = Part { side, documents, words, passages };
        Self { part, documents: Vec::new(), repeated: 0 }
    }

    /// Takes in one more passage of the document at hand, with one border in the place of every
    /// repeated piece and every name.
    fn add(&mut self, chunk: &Chunk, at: usize, repeated: &Set, names: &NumberedNames) {
        let from = self.part.words.len();
        self.part.passages.push((from as u32, chunk.passages[at].id.clone()));
        self.part.words.extend_from_slice(chunk.words(at));
        let words = &mut self.part.words[from..];
        for piece in chunk.pieces(at).iter().filter(|piece| repeated.contains(&piece.hash)) {
            let piece = &mut words[piece.range()];
            self.repeated += usize::from(piece.iter().any(|word| *word != BORDER));
            piece.fill(BORDER);
        }
        let mut at = 0;
        while at < words.len() {
            let named = names.at(&words[at..]);
            words[at..at + named].fill(BORDER);
            at += named.max(1);
        }
        let end = one_border(words);
        self.part.words.truncate(from + end);
    }

    /// Ends the document at hand.
    fn end(&mut self, document: &Arranged) {
        let Arranged { number, country, .. } = *document;
        let from = self.part.documents.last().map_or(0, |(_, end)| *end as usize);
        let words = self.part.words[from..].iter().filter(|word| **word != BORDER).count() as u32;
        self.part.documents.push((number, self.part.words.len() as u32));
        self.documents.push((number, Document { country, words }));
    }
}
