//! Sentences of passages made ready to be set beside those of other sources: their words of content
//! by stem, the issues they speak to, and what anchors them: names, figures, dates, instruments of law.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexing::{Analyser, tokens};
use model::words::next_word;
use model::{
    AnnotatedPassage, Annotation, AnnotationKind, Country, DocumentId, Figure, Period, TextRange,
};

use super::asking::asks;
use super::source::Source;
use crate::function_words::is_function_word;
use crate::keyness::name_at;

/// The place of a sentence among sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SentenceAt {
    /// Which source.
    pub source: usize,
    /// Which of its passages.
    pub passage: usize,
    /// Which sentence of the passage, from 1.
    pub sentence: usize,
    /// Where it stands in the passage's text.
    pub range: TextRange,
}

/// A sentence and what it can be recognised by.
pub(super) struct Sentence<'a> {
    pub at: SentenceAt,
    pub text: &'a str,
    pub document: &'a DocumentId,
    pub country: Option<Country>,
    /// The time its document covers.
    pub period: Option<Period>,
    /// Whether it speaks of that time: "during the year", "at year's end".
    pub of_the_year: bool,
    /// Whether the words that make its passage speak to the topic stand in it.
    pub on_topic: bool,
    /// Its words of content by stem, each with the first form.
    pub words: BTreeMap<u32, TextRange>,
    /// The issues that words of it earned its passage, each with what is said on it; by the number of
    /// the two among stems, with the name of the issue.
    pub issues: BTreeMap<u32, &'a str>,
    /// Names by their folded words.
    pub names: BTreeMap<String, TextRange>,
    pub figures: Vec<FigureHere<'a>>,
    /// Dates of a month or a day, with the words.
    pub dates: Vec<(Period, TextRange)>,
    pub years: BTreeSet<i16>,
    pub instruments: BTreeSet<&'a str>,
    /// Whether it says that something is not so.
    pub negated: bool,
    /// Whether it asks for something.
    pub asks: bool,
}

/// A figure of a sentence.
pub(super) struct FigureHere<'a> {
    pub figure: &'a Figure,
    /// Its words, in the sentence.
    pub range: TextRange,
    /// The stems of what is counted.
    pub counted: BTreeSet<u32>,
}

/// Every stem, and every issue with what is said on it, with a number; and in how many sentences it stands.
#[derive(Default)]
pub(super) struct Stems {
    numbers: HashMap<String, u32>,
    pub sentences_of: Vec<u32>,
}

const NEGATIONS: [&str; 7] = ["no", "not", "never", "nor", "neither", "without", "none"];

const MONTHS_AND_DAYS: [&str; 19] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl Stems {
    pub fn number(&mut self, stem: &str) -> u32 {
        if let Some(number) = self.numbers.get(stem) {
            return *number;
        }
        let number = self.sentences_of.len() as u32;
        self.numbers.insert(stem.to_owned(), number);
        self.sentences_of.push(0);
        number
    }

    /// What a stem says of a sentence that holds it: more, the fewer do.
    pub fn weight(&self, stem: u32, sentences: usize) -> f64 {
        let holding = f64::from(self.sentences_of.get(stem as usize).copied().unwrap_or(0));
        (1.0 + (sentences as f64 + 1.0) / (holding + 0.5)).ln()
    }
}

/// The sentences of all passages that were read, source after source.
pub(super) fn sentences<'a>(sources: &'a [Source], stems: &mut Stems) -> Vec<Sentence<'a>> {
    let mut all = Vec::new();
    for (source, of) in sources.iter().enumerate() {
        for (passage, speaking) in of.passages.iter().enumerate() {
            let annotated = &speaking.record.passage;
            for (number, range) in annotated.passage.sentences.iter().enumerate() {
                let Some(text) = range.of(&annotated.passage.text) else { continue };
                let at = SentenceAt { source, passage, sentence: number + 1, range: *range };
                let on_topic = speaking.words.iter().any(|words| words.overlaps(range));
                let mut sentence = read(at, text, annotated, on_topic, stems);
                sentence.country = speaking.record.document.country;
                sentence.period = speaking.record.document.period;
                all.push(sentence);
            }
        }
    }
    for sentence in &all {
        let numbers = sentence.words.keys().chain(sentence.issues.keys());
        numbers.for_each(|number| stems.sentences_of[*number as usize] += 1);
    }
    all
}

fn read<'a>(
    at: SentenceAt,
    text: &'a str,
    passage: &'a AnnotatedPassage,
    on_topic: bool,
    stems: &mut Stems,
) -> Sentence<'a> {
    let words = words_of(text);
    let mut sentence = Sentence {
        at,
        text,
        document: &passage.passage.id.document,
        country: None,
        period: None,
        of_the_year: of_the_year(&words),
        on_topic,
        words: BTreeMap::new(),
        issues: BTreeMap::new(),
        names: BTreeMap::new(),
        figures: Vec::new(),
        dates: Vec::new(),
        years: BTreeSet::new(),
        instruments: BTreeSet::new(),
        negated: words.iter().any(|(word, _)| NEGATIONS.contains(&word.as_str())),
        asks: asks(words.iter().map(|(word, _)| word.as_str())),
    };
    let countries = country_words(&words);
    let groups = ranges_of(passage, at.range, |kind| matches!(kind, AnnotationKind::Group(_)));
    for (number, (word, range)) in words.iter().enumerate() {
        if countries.contains(&number) || is_function_word(word) {
            continue;
        }
        // A number says something as a figure only.
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let stem = tokens(word, Analyser::Stemmed).next().map_or(word.clone(), |t| t.word);
        sentence.words.entry(stems.number(&stem)).or_insert(*range);
    }
    names(&mut sentence, &words, &countries, &groups);
    for annotation in &passage.annotations {
        anchor(&mut sentence, annotation, stems);
    }
    sentence
}

impl Sentence<'_> {
    /// Whether a word of it lies in a name.
    pub fn in_name(&self, word: &TextRange) -> bool {
        self.names.values().any(|name| name.overlaps(word))
    }
}

/// Whether the year that a report covers is spoken of: "the year", "year's end".
fn of_the_year(words: &[(String, TextRange)]) -> bool {
    let word = |at: usize| words.get(at).map(|(word, _)| word.as_str());
    (0..words.len()).any(|at| {
        matches!(
            (word(at), word(at + 1)),
            (Some("the"), Some("year")) | (Some("year"), Some("end"))
        )
    })
}

/// The words of a text, folded, with their places.
fn words_of(text: &str) -> Vec<(String, TextRange)> {
    let (mut at, mut folded, mut words) = (0, String::new(), Vec::new());
    while let Some(range) = next_word(text, at, &mut folded) {
        words.push((folded.clone(), range));
        at = range.end;
    }
    words
}

/// The places of words that name a country or its people: every sentence of a chapter may.
fn country_words(words: &[(String, TextRange)]) -> BTreeSet<usize> {
    let (mut at, mut places) = (0, BTreeSet::new());
    while at < words.len() {
        let length = name_at(at, |at| words.get(at).map(|(word, _)| word.as_str()));
        places.extend(at..at + length);
        at += length.max(1);
    }
    places
}

fn ranges_of(
    passage: &AnnotatedPassage,
    within: TextRange,
    wanted: impl Fn(&AnnotationKind) -> bool,
) -> Vec<TextRange> {
    let annotations = passage.annotations.iter().filter(|annotation| wanted(&annotation.kind));
    let ranges = annotations.flat_map(|annotation| &annotation.evidence);
    ranges.filter_map(|range| inside(*range, within)).collect()
}

/// A range of a passage as one of a sentence, where it lies in it.
fn inside(range: TextRange, sentence: TextRange) -> Option<TextRange> {
    sentence
        .contains(&range)
        .then(|| TextRange::new(range.start - sentence.start, range.end - sentence.start))
}

/// Runs of words with capitals that begin no sentence and name no country, people, group or month.
fn names(
    sentence: &mut Sentence<'_>,
    words: &[(String, TextRange)],
    countries: &BTreeSet<usize>,
    groups: &[TextRange],
) {
    let is_name = |at: usize| {
        let (word, range) = &words[at];
        let capital = sentence.text[range.start..].starts_with(char::is_uppercase);
        capital
            && word.chars().count() > 1
            && !countries.contains(&at)
            && !is_function_word(word)
            && !MONTHS_AND_DAYS.contains(&word.as_str())
            && !groups.iter().any(|group| group.overlaps(range))
    };
    let (mut at, mut found) = (0, Vec::new());
    while at < words.len() {
        let mut end = at;
        while end < words.len() && is_name(end) && (end == at || follows(sentence.text, words, end))
        {
            end += 1;
        }
        // The first word of a sentence has its capital for that.
        if end > at && (at > 0 || end - at > 1) {
            let name: Vec<&str> = words[at..end].iter().map(|(word, _)| word.as_str()).collect();
            let range = TextRange::new(words[at].1.start, words[end - 1].1.end);
            found.push((name.join(" "), range));
        }
        at = end.max(at + 1);
    }
    sentence.names.extend(found);
}

/// Whether only white space stands between a word and the one before it.
fn follows(text: &str, words: &[(String, TextRange)], at: usize) -> bool {
    let between = text.get(words[at - 1].1.end..words[at].1.start);
    between.is_some_and(|between| between.chars().all(char::is_whitespace))
}

fn anchor<'a>(sentence: &mut Sentence<'a>, annotation: &'a Annotation, stems: &mut Stems) {
    if let AnnotationKind::Issue { issue, polarity } = &annotation.kind {
        if annotation.evidence.iter().any(|words| words.overlaps(&sentence.at.range)) {
            // No stem has a space in it.
            let number = stems.number(&format!("{issue} {}", polarity.name()));
            sentence.issues.insert(number, issue.as_str());
        }
        return;
    }
    let first = annotation.evidence.first();
    let Some(range) = first.and_then(|range| inside(*range, sentence.at.range)) else { return };
    match &annotation.kind {
        AnnotationKind::Figure(figure) => {
            let counted = figure.counted.as_deref().unwrap_or("");
            let counted = tokens(counted, Analyser::Stemmed)
                .filter(|token| !is_function_word(&token.word))
                .map(|token| stems.number(&token.word))
                .collect();
            sentence.figures.push(FigureHere { figure, range, counted });
        }
        AnnotationKind::Time(period) => {
            let days = period.last_day() - period.first_day();
            if days <= 31 {
                sentence.dates.push((*period, range));
            }
            sentence.years.extend(period.years());
        }
        AnnotationKind::Instrument(name) => drop(sentence.instruments.insert(name)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_report_is_told_from_others() {
        let spoken = |text: &str| of_the_year(&words_of(text));
        assert!(spoken("By year’s end, no trial had begun"));
        assert!(spoken("During the year two halls were shut"));
        assert!(!spoken("Every year two halls are shut"));
        assert!(!spoken("In the end they were shut for a year"));
    }
}
