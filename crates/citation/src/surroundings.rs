//! What a reader needs beside a quotation so that no caveat is cut off: the whole sentences it is taken
//! from, the sentence before and the one after, and who is said to say so.

use model::{AnnotatedPassage, AnnotationKind, CharacterRange, Passage, Speaker, TextRange};

use crate::quotation::Quotation;

/// The surroundings of a quotation, in the source's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// The sentence before; `None` where the quotation begins what is held.
    pub before: Option<String>,
    /// The whole sentences that the quotation touches.
    pub sentences: String,
    /// The sentence after; `None` where the quotation ends what is held.
    pub after: Option<String>,
    /// Who is said to say something in the passage.
    pub said_by: Vec<SaidBy>,
}

/// Somebody other than the source who is said to say something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidBy {
    /// What kind of speaker it is, as the annotator suggests.
    pub speaker: Speaker,
    /// The words that name the speaker, and those that say that it speaks, as the source prints them.
    pub words: Vec<String>,
    /// Whether these words stand in the sentences that the quotation touches.
    pub in_quotation: bool,
}

impl Surroundings {
    /// The surroundings of a quotation of a passage. The passages before and after it are those of the
    /// same document. Where the quotation is of another passage, all of this one is shown.
    pub fn of(
        annotated: &AnnotatedPassage,
        quotation: &Quotation,
        previous: Option<&Passage>,
        next: Option<&Passage>,
    ) -> Self {
        let passage = &annotated.passage;
        let (offset, place) = (passage.locator.characters.start, quotation.range());
        let inside = |at: usize| at.checked_sub(offset);
        let range = inside(place.start).zip(inside(place.end));
        let range =
            range.and_then(|(start, end)| CharacterRange { start, end }.in_bytes(&passage.text));
        let whole = TextRange::new(0, passage.text.len());
        Self::around(annotated, range.unwrap_or(whole), previous, next)
    }

    fn around(
        annotated: &AnnotatedPassage,
        range: TextRange,
        previous: Option<&Passage>,
        next: Option<&Passage>,
    ) -> Self {
        let passage = &annotated.passage;
        let sentences = &passage.sentences;
        let text = |range: Option<&TextRange>| Some(range?.of(&passage.text)?.to_owned());
        let first = sentences.iter().position(|sentence| sentence.overlaps(&range));
        let last = sentences.iter().rposition(|sentence| sentence.overlaps(&range));
        let (Some(first), Some(last)) = (first, last) else {
            // What was set aside has no sentences: all of it is shown.
            let whole = TextRange::new(0, passage.text.len());
            return Self {
                before: previous.and_then(last_sentence),
                sentences: passage.text.clone(),
                after: next.and_then(first_sentence),
                said_by: said_by(annotated, whole),
            };
        };
        let touched = TextRange::new(sentences[first].start, sentences[last].end);
        let before = first.checked_sub(1).and_then(|before| text(sentences.get(before)));
        let after = text(sentences.get(last + 1));
        Self {
            before: before.or_else(|| previous.filter(|_| first == 0).and_then(last_sentence)),
            sentences: touched.of(&passage.text).unwrap_or_default().to_owned(),
            after: after.or_else(|| next.and_then(first_sentence)),
            said_by: said_by(annotated, touched),
        }
    }
}

fn first_sentence(passage: &Passage) -> Option<String> {
    passage.sentence(1).map(str::to_owned)
}

fn last_sentence(passage: &Passage) -> Option<String> {
    passage.sentence(passage.sentences.len()).map(str::to_owned)
}

fn said_by(annotated: &AnnotatedPassage, touched: TextRange) -> Vec<SaidBy> {
    let text = &annotated.passage.text;
    let speakers = annotated.annotations.iter().filter_map(|annotation| match annotation.kind {
        AnnotationKind::Attribution(speaker) => Some((speaker, &annotation.evidence)),
        _ => None,
    });
    speakers
        .map(|(speaker, evidence)| SaidBy {
            speaker,
            words: evidence.iter().filter_map(|r| r.of(text)).map(str::to_owned).collect(),
            in_quotation: evidence.iter().any(|range| range.overlaps(&touched)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use model::{Annotation, ContentHash, Locator, PassageId, Role};

    use super::*;

    fn passage(texts: &[&str]) -> Passage {
        let text = texts.join(" ");
        let mut at = 0;
        let sentences = texts.iter().map(|sentence| {
            let range = TextRange::new(at, at + sentence.len());
            at = range.end + 1;
            range
        });
        let sentences = sentences.collect();
        let characters = CharacterRange { start: 0, end: text.chars().count() };
        let range = TextRange::new(0, text.len());
        let locator = Locator { characters, ..Locator::default() };
        let document = ContentHash([7; 32]).document_id();
        let id = PassageId::new(document, "1".parse().expect("a place"));
        Passage { id, role: Role::Body, range, text, sentences, locator }
    }

    #[test]
    fn whole_sentences_stand_between_their_neighbours_of_the_next_passage_too() {
        let (before, here) = (passage(&["A one.", "A two."]), passage(&["B one.", "B two."]));
        let said = AnnotationKind::Attribution(Speaker::Ngo);
        let evidence = vec![TextRange::new(7, 8)];
        let annotations = vec![Annotation { kind: said, evidence }];
        let here = AnnotatedPassage { passage: here, annotations };
        let one = Surroundings::around(&here, TextRange::new(2, 5), Some(&before), Some(&before));
        assert_eq!(one.before.as_deref(), Some("A two."));
        assert_eq!(one.sentences, "B one.");
        assert_eq!(one.after.as_deref(), Some("B two."));
        assert!(!one.said_by[0].in_quotation);
        let both = Surroundings::around(&here, TextRange::new(2, 9), None, Some(&before));
        assert_eq!((both.before, both.sentences.as_str()), (None, "B one. B two."));
        assert_eq!(both.after.as_deref(), Some("A one."));
        assert_eq!(both.said_by[0].words, ["B"]);
        assert!(both.said_by[0].in_quotation);
    }
}
