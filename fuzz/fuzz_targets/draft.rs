//! Any text as a draft whose quotations are checked against any other text. The first line says what the
//! draft is written in; the first piece after it is the source, a paragraph a line, and the second the
//! draft, in which `@` is the id of the source's first paragraph and `#` that of the whole of it.
#![no_main]

use std::convert::Infallible;

use citation::verify::{
    Candidate, CandidatePassage, CitedId, Draft, DraftKind, Judgement, Place, QuoteSource, judge,
};
use forb_fuzz::pieces::Pieces;
use libfuzzer_sys::fuzz_target;
use model::{ContentHash, DocumentId, Locator, PassageId, PassagePosition, TextRange};
use unicode_normalization::UnicodeNormalization;

/// What is judged of one draft at most: each costs a comparison with the whole source.
const QUOTATIONS: usize = 8;

fuzz_target!(|bytes: &[u8]| {
    let text = forb_fuzz::text(bytes);
    let pieces = Pieces::of(&text);
    let kind = match pieces.get(0) {
        "markdown" => DraftKind::Markdown,
        "html" => DraftKind::Html,
        "latex" => DraftKind::Latex,
        _ => DraftKind::Plain,
    };
    let source = Source::of(pieces.get(1));
    let draft = pieces.get(2).replace('@', &source.passage(0).to_string());
    let draft = draft.replace('#', source.0.document.as_str());
    let read = Draft::read(&draft, kind);
    let in_draft = |range: TextRange| range.of(&draft).is_some();
    assert!(read.mentions.iter().all(|mention| in_draft(mention.range)));
    assert!(read.faults.iter().all(|fault| draft.is_char_boundary(fault.at)));
    assert_eq!(Draft::read(&draft, kind), read);
    for quotation in read.quotations.iter().take(QUOTATIONS) {
        assert!(in_draft(quotation.range), "{quotation:?}");
        let Ok(judged) = judge(quotation, &source);
        source.holds(&quotation.text, &judged);
    }
});

/// One document, all of it at hand.
struct Source(Candidate);

impl Source {
    fn of(text: &str) -> Self {
        let document = ContentHash([7; 32]).document_id();
        // A document's text is in this form.
        let text: String = text.nfc().collect();
        let mut passages = Vec::new();
        let mut at = 0;
        for (number, line) in text.split('\n').enumerate() {
            let id = id(&document, number);
            let range = TextRange::new(at, at + line.len());
            passages.push(CandidatePassage { id, range, locator: Locator::default() });
            at += line.len() + 1;
        }
        Self(Candidate { document, text, offset: 0, passages })
    }

    fn passage(&self, number: usize) -> PassageId {
        id(&self.0.document, number)
    }

    /// What always holds of a judgement.
    fn holds(&self, quoted: &str, judged: &Judgement) {
        match judged {
            Judgement::Exact { place, .. } => {
                self.stands(place);
                assert_eq!(letters(quoted), letters(&place.words), "{quoted:?} is not exact");
            }
            Judgement::Marked { place, .. }
            | Judgement::FoundElsewhere { place, .. }
            | Judgement::Differs { place, .. } => self.stands(place),
            Judgement::NotFound | Judgement::CannotCheck(_) => {}
        }
        if let Judgement::Differs { differences, .. } = judged {
            for difference in differences {
                let words = difference.quoted_range.of(quoted);
                assert_eq!(words, Some(difference.quoted.as_str()), "{quoted:?}");
            }
        }
    }

    fn stands(&self, place: &Place) {
        assert_eq!(place.range.of(&self.0.text), Some(place.words.as_str()), "{place:?}");
        assert!(!place.words.is_empty());
    }
}

impl QuoteSource for Source {
    type Error = Infallible;

    fn cited(&self, id: &CitedId) -> Result<Option<Vec<Candidate>>, Infallible> {
        Ok((*id.document() == self.0.document).then(|| vec![self.0.clone()]))
    }

    fn holding(&self, words: &str) -> Result<Vec<Candidate>, Infallible> {
        assert!(!words.is_empty());
        Ok(Vec::new())
    }

    fn like(&self, _: &str) -> Result<Vec<Candidate>, Infallible> {
        Ok(vec![self.0.clone()])
    }
}

fn id(document: &DocumentId, number: usize) -> PassageId {
    let paragraph = u32::try_from(number + 1).unwrap_or(u32::MAX);
    PassageId::new(document.clone(), PassagePosition::Paragraph { paragraph, piece: 0 })
}

/// The letters and digits of words, which no reading of a quotation may change, in one case: only the first
/// letter's may follow custom.
fn letters(words: &str) -> String {
    words.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}
