//! Sources set beside each other, as text, JSON, CSV, Markdown and HTML. Here is what the formats
//! share: which passages, pairs and sentences of a comparison are shown.

mod columns;
mod html;
mod json;
mod markdown;
mod rows;
mod said;
mod table;
mod text;

use model::{Country, TextRange};
use query::compare::{Compared, Comparison, SentenceAt, Speaking};

use crate::state::LibraryState;

pub use html::compare_html;
pub(crate) use html::{STYLE, open, open_scroll, write_head, write_list};
pub use json::compare_json;
pub use markdown::compare_markdown;
pub use rows::compare_csv;
pub use table::{TableView, table_csv, table_html, table_json, table_markdown, table_text};
pub use text::compare_text;

/// What was asked and of which state of a library, so that the answer can be had again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompareAsked {
    /// The countries, in the order asked for; none for all.
    pub countries: Vec<Country>,
    /// The query, as it was typed.
    pub query: Option<String>,
    /// The period, as it was asked for.
    pub period: Option<String>,
    /// What else was asked for: `series` and its ids, `publisher` and its ids.
    pub filters: Vec<(String, Vec<String>)>,
    /// Of which library.
    pub state: LibraryState,
}

/// A comparison to be shown.
#[derive(Clone, Copy, Debug)]
pub struct CompareView<'a> {
    /// What was asked.
    pub asked: &'a CompareAsked,
    /// The answer.
    pub comparison: &'a Comparison,
    /// Most passages, and sentences that only one source says, that are shown of a source.
    pub limit: usize,
}

/// Most pairs of sentences, and of figures, that people are shown.
const MOST_PAIRS: usize = 20;

/// Most sentences of a passage that people are shown in short.
const MOST_SENTENCES: usize = 2;

impl<'a> CompareView<'a> {
    /// The best passages of a source.
    fn best(&self, source: &'a Compared) -> &'a [Speaking] {
        let passages = &source.source.passages;
        &passages[..passages.len().min(self.limit)]
    }

    /// Sentences that only one source says, as many as are shown, and how many there are more.
    fn only(&self, source: &'a Compared) -> (&'a [SentenceAt], usize) {
        let shown = source.only.len().min(self.limit);
        (&source.only[..shown], source.only.len() - shown)
    }

    /// The id of a source, or `unknown`.
    fn source_id(&self, source: usize) -> &'a str {
        let source = self.comparison.sources.get(source);
        source.and_then(|source| source.source.name.id()).unwrap_or("unknown")
    }

    /// `us-state-irf k7m2q9x4tb3c.4, sentence 2`.
    fn place(&self, at: &SentenceAt) -> String {
        let passage = self.comparison.passage(at).map(ToString::to_string).unwrap_or_default();
        format!("{passage}, sentence {}", at.sentence)
    }
}

/// What a passage says on the topic, in short: its sentences that hold the words, with these marked.
fn telling(speaking: &Speaking) -> (String, Vec<TextRange>) {
    let passage = &speaking.record.passage.passage;
    let on_topic = |sentence: &&TextRange| speaking.words.iter().any(|w| w.overlaps(sentence));
    let mut sentences: Vec<&TextRange> = passage.sentences.iter().filter(on_topic).collect();
    if sentences.is_empty() {
        sentences.extend(passage.sentences.first());
    }
    let more = sentences.len() > MOST_SENTENCES;
    sentences.truncate(MOST_SENTENCES);
    let (mut text, mut marked, mut last) = (String::new(), Vec::new(), None::<usize>);
    for range in sentences {
        let Some(sentence) = range.of(&passage.text) else { continue };
        let gap = passage.text.get(last.unwrap_or(range.start)..range.start).unwrap_or("");
        match last {
            Some(_) if gap.trim().is_empty() => text.push(' '),
            Some(_) => text.push_str(" […] "),
            None => {}
        }
        let here = speaking.words.iter().filter(|words| range.contains(words));
        let start = text.len();
        marked.extend(here.map(|words| {
            TextRange::new(words.start - range.start + start, words.end - range.start + start)
        }));
        text.push_str(sentence);
        last = Some(range.end);
    }
    if more {
        text.push_str(" […]");
    }
    (text, marked)
}
