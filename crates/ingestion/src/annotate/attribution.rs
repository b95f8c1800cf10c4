//! Who is said to say something: a speaker, named by a noun of a known kind, before a verb of saying
//! or after words such as "according to". The source's own voice is no attribution. Acts are no
//! speech: "the government arrested" names no speaker, "the government said" does.

mod speakers;

use std::sync::LazyLock;

use model::pattern::Pattern;
use model::{Annotation, AnnotationKind, Country, Speaker, TextRange};

use self::speakers::{
    AUXILIARIES, BREAKERS, LINKS, NAMED_AFTER, NAMES, RELIGIONS, SAYING, SPEAKERS,
};
use super::vocabulary::{Met, Vocabulary};
use super::words::Words;

/// Most words between a speaker and the verb of saying.
const REACH: usize = 24;

/// What a pattern is to attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A noun that names a speaker.
    Noun(Speaker),
    /// A verb of saying; its speaker stands before it.
    Saying,
    /// Words after which a speaker stands.
    After,
}

static VOCABULARY: LazyLock<Vocabulary<Part>> = LazyLock::new(|| {
    let nouns = SPEAKERS.iter().flat_map(|(speaker, patterns)| {
        patterns.iter().map(move |pattern| (*pattern, Part::Noun(*speaker)))
    });
    let saying = SAYING.iter().map(|pattern| (*pattern, Part::Saying));
    let after = NAMED_AFTER.iter().map(|pattern| (*pattern, Part::After));
    // The words are part of the program: a test reads every one of them.
    Vocabulary::written(nouns.chain(saying).chain(after)).unwrap_or_else(|_| Vocabulary::new([]))
});

/// A speaker found: the words that name it, and the words that make a speaker of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    kind: Speaker,
    first: usize,
    last: usize,
    by: Met,
}

/// The patterns of this annotator, by their number.
pub fn patterns() -> &'static [Pattern] {
    VOCABULARY.patterns()
}

/// What attribution asks of a text.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The patterns met in it.
    pub met: &'a [Met],
    /// The countries mentioned in it.
    pub countries: &'a [(Country, TextRange)],
    /// The acronyms that it explains.
    pub acronyms: &'a [Annotation],
}

/// The attributions of a text, in order.
pub fn annotate(words: &Words<'_>, heard: Heard<'_>) -> Vec<Annotation> {
    let reading = Reading::of(words, heard);
    let mut found: Vec<Found> = Vec::new();
    for met in reading.met {
        match VOCABULARY.meaning(met) {
            Part::Saying => reading.before(met, &mut found),
            Part::After => reading.after(met, &mut found),
            Part::Noun(_) => {}
        }
    }
    found.extend(reading.bracketed());
    found.sort_by_key(|found| (found.first, found.last));
    let mut before: Option<Speaker> = None;
    // "It noted" is said by whoever spoke last; where nobody did, by nobody who is known.
    found.retain_mut(|found| {
        if found.first == found.last && is_pronoun(words.folded(found.first)) {
            match before {
                Some(kind) => found.kind = kind,
                None => return false,
            }
        }
        before = Some(found.kind);
        true
    });
    found.dedup_by_key(|found| (found.first, found.last, found.kind));
    let annotation = |found: Found| Annotation {
        kind: AnnotationKind::Attribution(found.kind),
        evidence: vec![words.range(found.first, found.last), found.by.range(words)],
    };
    found.into_iter().map(annotation).collect()
}

/// A noun that names a speaker, or a country where states speak.
#[derive(Clone, Copy, Debug)]
struct Noun {
    kind: Speaker,
    first: usize,
    last: usize,
}

struct Reading<'a> {
    words: &'a Words<'a>,
    met: &'a [Met],
    nouns: Vec<Noun>,
    countries: Vec<Noun>,
    /// The acronyms that the text explains, with the kind of what they stand for.
    acronyms: Vec<(&'a str, Option<Speaker>)>,
}

impl<'a> Reading<'a> {
    fn of(words: &'a Words<'a>, Heard { met, countries, acronyms }: Heard<'a>) -> Self {
        let nouns = met.iter().filter_map(|met| match VOCABULARY.meaning(met) {
            Part::Noun(kind) => Some(Noun { kind: *kind, first: met.first, last: met.last }),
            Part::Saying | Part::After => None,
        });
        let nouns = longest(nouns.collect());
        let state = |(_, range): &(Country, TextRange)| {
            let at = |byte: usize| words.all().partition_point(|word| word.range.end <= byte);
            let (first, last) = (at(range.start), at(range.end.saturating_sub(1)));
            Noun { kind: Speaker::Government, first, last }
        };
        let countries = countries.iter().map(state).collect();
        let named = |annotation: &'a Annotation| match &annotation.kind {
            AnnotationKind::Acronym { short, long } => Some((&short[..], kind_of_name(long))),
            _ => None,
        };
        let acronyms = acronyms.iter().filter_map(named).collect();
        Self { words, met, nouns, countries, acronyms }
    }

    fn sentence(&self, word: usize) -> Option<usize> {
        self.words.all().get(word).map(|word| word.sentence)
    }

    /// The text between two neighbouring words.
    fn between(&self, word: usize) -> &str {
        let end = self.words.range(word, word).end;
        let start = self.words.range(word + 1, word + 1).start;
        self.words.text.get(end..start).unwrap_or(".")
    }

    /// The speakers before a verb of saying.
    fn before(&self, verb: &Met, found: &mut Vec<Found>) {
        if self.is_passive(verb) {
            return;
        }
        let Some(start) = self.clause_start(verb.first) else { return };
        // A name or a state just before the verb speaks; else the nearest noun for a speaker.
        let mut speakers = self.grouped(start, verb.first);
        let nearest = self.state_or_name(start, verb.first);
        let is_farther = |name: &Noun| speakers.last().is_none_or(|noun| noun.last < name.first);
        if let Some(name) = nearest.filter(is_farther) {
            let linked = speakers.last().is_some_and(|noun| {
                (noun.last + 1..name.first).all(|word| LINKS.contains(self.words.folded(word)))
            });
            let apart = speakers.last().is_some_and(|noun| noun.last + 1 == name.first);
            match speakers.last_mut() {
                // "Archbishop Edmundo Valenzuela", "the NGO Action and Protection League".
                Some(noun) if apart => noun.last = name.last,
                Some(_) if !linked => speakers = vec![name],
                _ => speakers.push(name),
            }
        }
        found.extend(speakers.into_iter().map(|noun| Found {
            kind: noun.kind,
            first: noun.first,
            last: noun.last,
            by: *verb,
        }));
    }

    /// "was reported", "were said": nobody says it.
    fn is_passive(&self, verb: &Met) -> bool {
        let before =
            |back: usize| verb.first.checked_sub(back).map_or("", |w| self.words.folded(w));
        let is =
            |word: &str| matches!(word, "was" | "were" | "been" | "is" | "are" | "be" | "being");
        is(before(1))
            || (matches!(before(1), "also" | "not" | "widely" | "reportedly") && is(before(2)))
            || matches!(before(1), "no" | "the" | "a" | "an" | "any" | "to" | "of" | "previously")
    }

    /// Where the clause begins whose verb this is: after the last word that opens another, or the
    /// last sign that parts clauses.
    fn clause_start(&self, verb: usize) -> Option<usize> {
        let sentence = self.sentence(verb);
        let mut start = verb;
        while start > 0 && AUXILIARIES.contains(self.words.folded(start - 1)) {
            start -= 1;
        }
        let mut commas = 0;
        while let Some(word) = start.checked_sub(1) {
            if self.sentence(word) != sentence || verb - word > REACH {
                break;
            }
            let gap = self.between(word);
            if gap.contains([';', ':', '“', '”', '—', '(']) && !gap.contains(')') {
                break;
            }
            if gap.contains(',') {
                commas += 1;
                // "the group X, an NGO, said": one aside is skipped, a list is read on.
                if commas > 6 {
                    break;
                }
            }
            if BREAKERS.contains(self.words.folded(word)) {
                break;
            }
            start = word;
        }
        (start < verb).then_some(start)
    }

    /// The nouns that name speakers between two words, those of one kind that stand together as one.
    fn grouped(&self, start: usize, end: usize) -> Vec<Noun> {
        let inside = self.nouns.iter().filter(|noun| noun.first >= start && noun.last < end);
        let mut groups: Vec<Noun> = Vec::new();
        for noun in inside {
            // Far before the verb, with a comma after it and another noun nearer, it is no subject.
            match groups.last_mut() {
                // "President Hassan Sheikh Mohamud": one name, whose kind the title has.
                Some(last) if self.is_one_name(last.last, noun.first) => last.last = noun.last,
                Some(last) if last.kind == noun.kind || self.modifies(last, noun) => {
                    let modifies = self.modifies(last, noun);
                    last.last = noun.last;
                    if modifies {
                        last.kind = noun.kind;
                    }
                }
                _ => groups.push(*noun),
            }
        }
        // Only what is linked to the noun nearest to the verb speaks.
        let mut kept = groups.len();
        while kept > 1 {
            let (before, after) = (&groups[kept - 2], &groups[kept - 1]);
            if !self.linked(before.last, after.first) {
                break;
            }
            kept -= 1;
        }
        let from = if groups.is_empty() { 0 } else { kept - 1 };
        groups.split_off(from.min(groups.len()))
    }

    /// "government officials", "church council": two nouns side by side are one speaker, whose kind
    /// the second has.
    fn modifies(&self, first: &Noun, second: &Noun) -> bool {
        second.first <= first.last + 1 && self.between(first.last).trim().is_empty()
    }

    /// Whether only words in capitals stand between two words, and at least one.
    fn is_one_name(&self, last: usize, next: usize) -> bool {
        let capital =
            |word: usize| self.words.written(word).chars().next().is_some_and(char::is_uppercase);
        next > last + 1
            && (last..=next).all(capital)
            && (last..next).all(|word| self.between(word) == " ")
    }

    /// Whether nothing but a link stands between two speakers: "and", a comma, an adjective.
    fn linked(&self, last: usize, next: usize) -> bool {
        (last + 1..next).any(|word| LINKS.contains(self.words.folded(word)))
            || (last..next).any(|word| self.between(word).contains(','))
    }

    /// A state just before the verb, or a name in capitals.
    fn state_or_name(&self, start: usize, verb: usize) -> Option<Noun> {
        let mut last = verb.checked_sub(1)?;
        while last > start
            && matches!(
                self.words.folded(last),
                "also"
                    | "had"
                    | "has"
                    | "have"
                    | "further"
                    | "however"
                    | "therefore"
                    | "particularly"
                    | "then"
                    | "both"
                    | "publicly"
                    | "repeatedly"
            )
        {
            last -= 1;
        }
        if let Some(state) = self.countries.iter().find(|state| state.last == last) {
            let before = state.first.checked_sub(1).map_or("", |word| self.words.folded(word));
            // "the Islamic Foundation in Slovakia": the country is only where the speaker is.
            let is_place =
                matches!(before, "in" | "of" | "from" | "to" | "at" | "within" | "across");
            return (!is_place).then_some(*state);
        }
        if is_pronoun(self.words.folded(last)) {
            return Some(Noun { kind: Speaker::Other, first: last, last });
        }
        self.name_ending(start, last)
    }

    /// The name of a person or body that ends with a word: words in capitals, with small words
    /// between them, and its acronym in brackets after it.
    fn name_ending(&self, start: usize, last: usize) -> Option<Noun> {
        let capital =
            |word: usize| self.words.written(word).chars().next().is_some_and(char::is_uppercase);
        let small = |word: usize| {
            matches!(
                self.words.folded(word),
                "of" | "for" | "and" | "the" | "in" | "against" | "on"
            )
        };
        if !capital(last) || last < start || RELIGIONS.contains(self.words.folded(last)) {
            return None;
        }
        let mut first = last;
        while first > start {
            let before = first - 1;
            let plain = matches!(self.between(before), " " | " (" | "-");
            let joins = small(before)
                && before > start
                && capital(before - 1)
                && self.between(before - 1) == " ";
            if !plain || !(capital(before) || joins) {
                break;
            }
            first = before;
        }
        let opens = self.sentence(first) != first.checked_sub(1).and_then(|w| self.sentence(w));
        let name = self.words.range(first, last).of(self.words.text).unwrap_or("");
        let kind = kind_of_name(name).or_else(|| self.explained(name));
        let known =
            kind.is_some() || last > first || !opens || name.chars().all(char::is_uppercase);
        known.then_some(Noun { kind: kind.unwrap_or(Speaker::Other), first, last })
    }

    /// The kind of a body by the words that its acronym stands for in this text.
    fn explained(&self, acronym: &str) -> Option<Speaker> {
        let acronym = acronym.trim_end_matches("’s");
        self.acronyms.iter().find(|(short, _)| *short == acronym).and_then(|(_, kind)| *kind)
    }

    /// The speakers after "according to".
    fn after(&self, words: &Met, found: &mut Vec<Found>) {
        let sentence = self.sentence(words.last);
        let start = words.last + 1;
        let mut end = start;
        while self.sentence(end) == sentence && end - start < REACH {
            let folded = self.words.folded(end);
            if end > start
                && (BREAKERS.contains(folded) || matches!(folded, "in" | "on" | "during"))
            {
                break;
            }
            end += 1;
            if self.between(end - 1).contains([',', ';', '.', ':', ')', '“', '—']) {
                break;
            }
        }
        let mut speakers: Vec<Noun> = Vec::new();
        for noun in self.nouns.iter().filter(|noun| noun.first >= start && noun.last < end) {
            match speakers.last_mut() {
                Some(last) if last.kind == noun.kind || self.modifies(last, noun) => {
                    last.last = noun.last;
                    last.kind = noun.kind;
                }
                Some(last) if !self.linked(last.last, noun.first) => break,
                _ => speakers.push(*noun),
            }
        }
        if speakers.is_empty() && start < end {
            let capital = |word: &usize| {
                self.words.written(*word).chars().next().is_some_and(char::is_uppercase)
            };
            let last = (start..end).rev().find(capital);
            let name = last.and_then(|last| self.name_ending(start, last));
            speakers.extend(name.filter(|n| !is_document(self.words.folded(n.first))));
        }
        found.extend(speakers.into_iter().map(|noun| Found {
            kind: noun.kind,
            first: noun.first,
            last: noun.last,
            by: *words,
        }));
    }

    /// States in brackets after what they recommended: "… (Brazil; Chile)".
    fn bracketed(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let text = self.words.text;
        for (open, _) in text.match_indices('(') {
            let Some(length) = text[open..].find(')') else { break };
            let inside = TextRange::new(open + 1, open + length);
            let within = |noun: &&Noun| {
                let range = self.words.range(noun.first, noun.last);
                range.start >= inside.start && range.end <= inside.end
            };
            let states: Vec<&Noun> = self.countries.iter().filter(within).collect();
            let named: usize = states
                .iter()
                .map(|s| self.words.range(s.first, s.last))
                .map(|r| r.end - r.start)
                .sum();
            let rest = (inside.end - inside.start).saturating_sub(named);
            // Little else than states stands there, and nobody is an acronym of one.
            if states.is_empty() || rest > 6 * states.len() || open == 0 {
                continue;
            }
            let by = |state: &Noun| Met { first: state.first, last: state.last, pattern: 0 };
            found.extend(states.into_iter().map(|state| Found {
                kind: Speaker::Government,
                first: state.first,
                last: state.last,
                by: by(state),
            }));
        }
        found
    }
}

/// The kind of a body by the words of its name; `None` where they do not tell.
fn kind_of_name(name: &str) -> Option<Speaker> {
    let words: Vec<String> = name.split_whitespace().map(model::fold).collect();
    let has =
        |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    NAMES.iter().find(|(stems, _)| has(stems)).map(|(_, kind)| *kind)
}

/// "according to the Constitution": a document says nothing.
fn is_document(word: &str) -> bool {
    matches!(
        word,
        "constitution"
            | "article"
            | "articles"
            | "law"
            | "laws"
            | "islamic"
            | "sharia"
            | "decree"
            | "code"
            | "act"
    )
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "it" | "they" | "he" | "she")
}

/// The longest of nouns that overlap, in order.
fn longest(mut nouns: Vec<Noun>) -> Vec<Noun> {
    nouns.sort_by_key(|noun| (noun.first, usize::MAX - noun.last));
    let mut kept: Vec<Noun> = Vec::new();
    for noun in nouns {
        if kept.last().is_none_or(|last| noun.first > last.last) {
            kept.push(noun);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;

    fn said(text: &str) -> Vec<String> {
        let sentences = sentences(text);
        let words = Words::of(text, &sentences);
        let name = |annotation: Annotation| {
            let AnnotationKind::Attribution(speaker) = annotation.kind else { unreachable!() };
            format!("{}: {}", speaker.name(), annotation.evidence[0].of(text).unwrap_or("?"))
        };
        let met = VOCABULARY.find(&words);
        let countries: Vec<_> = crate::annotate::countries::mentions(text).collect();
        let acronyms = crate::annotate::acronyms::annotate(text);
        let heard = Heard { met: &met, countries: &countries, acronyms: &acronyms };
        annotate(&words, heard).into_iter().map(name).collect()
    }

    #[test]
    fn every_pattern_is_read() {
        let all =
            SPEAKERS.iter().flat_map(|(_, patterns)| *patterns).chain(SAYING).chain(NAMED_AFTER);
        for pattern in all {
            model::pattern::Pattern::parse(pattern).expect("a pattern");
        }
    }

    #[test]
    fn speakers_stand_before_verbs_of_saying() {
        assert_eq!(
            said(
                "NGOs and independent observers expressed concerns that the laws were applied broadly."
            ),
            ["ngo: NGOs", "observer: independent observers"]
        );
        assert_eq!(
            said("Local researchers have estimated that up to 90 percent of charges are such."),
            ["observer: Local researchers"]
        );
        assert_eq!(
            said("In December, MISD reported that the government removed materials."),
            ["other: MISD"]
        );
        assert_eq!(said("The government arrested three men."), Vec::<String>::new());
        assert_eq!(said("There were no reported terrorist incidents."), Vec::<String>::new());
        assert_eq!(said("Government officials said so."), ["government: Government officials"]);
    }

    #[test]
    fn speakers_stand_after_according_to_and_states_in_brackets() {
        assert_eq!(said("According to local media, two were held."), ["media: local media"]);
        assert_eq!(said("They may worship according to the law."), Vec::<String>::new());
        assert_eq!(
            said("Abolish the death penalty (Slovenia; Brazil);"),
            ["government: Slovenia", "government: Brazil"]
        );
        assert_eq!(said("Algeria asked about prisons."), ["government: Algeria"]);
    }
}
