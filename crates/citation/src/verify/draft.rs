//! A draft taken apart: its quotations, each with where it stands and what is cited near it.

use std::collections::HashMap;
use std::ops::Range;

use model::TextRange;

use super::cited::{CitedId, Mention, mentions};
use super::clean::Clean;
use super::marks::{MarkKind, marked};

/// The most quotations that are taken out of one draft.
pub const MOST_QUOTATIONS: usize = 20_000;
/// How many bytes after a quotation its citation may stand.
const REACH: usize = 600;

/// What a draft is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftKind {
    /// Text without markup.
    Plain,
    /// Markdown.
    Markdown,
    /// A page of HTML.
    Html,
    /// LaTeX.
    Latex,
}

/// What was read of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its quotations, in order.
    pub quotations: Vec<DraftQuotation>,
    /// Everything it cites, in order, for quotations and for what it says in its own words.
    pub mentions: Vec<DraftMention>,
    /// What could not be read as its writer meant it.
    pub faults: Vec<Fault>,
}

/// A quotation of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftQuotation {
    /// The words, without marks around them and without markup.
    pub text: String,
    /// Where they stand, in bytes of the draft, the marks left out.
    pub range: TextRange,
    /// How they are marked.
    pub marks: MarkKind,
    /// What is cited near it, the nearest first; empty where nothing is.
    pub cited: Vec<CitedId>,
    /// What stands after it in the same paragraph, for citations in other forms.
    pub after: String,
}

/// A citation in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftMention {
    /// What is cited.
    pub id: CitedId,
    /// Where, in bytes of the draft.
    pub range: TextRange,
    /// Whether a quotation is taken to come from there.
    pub of_quotation: bool,
}

/// Something in a draft that could not be read as its writer meant it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the draft.
    pub at: usize,
    /// What.
    pub kind: FaultKind,
}

/// What is wrong with a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// A quotation mark opens and nothing closes it.
    Unclosed,
    /// There are more quotations than are read; those from here on were left out.
    TooMany,
}

impl Draft {
    /// Reads a draft. Every text is one; what cannot be read as it was meant is a fault. Costs time in
    /// proportion to the text.
    pub fn read(text: &str, kind: DraftKind) -> Self {
        let clean = Clean::of(text, kind);
        let (mut found, loose) = quotations(&clean);
        found.retain(|(range, _)| !range.is_empty());
        let origin = |at: usize| {
            let mark = clean.text[..at].chars().next_back().map_or(0, char::len_utf8);
            clean.origin(TextRange::new(at - mark, at)).start
        };
        let mut faults: Vec<Fault> = loose
            .into_iter()
            .map(|at| Fault { at: origin(at), kind: FaultKind::Unclosed })
            .collect();
        if let Some((beyond, _)) = found.get(MOST_QUOTATIONS) {
            let at = clean.origin(*beyond).start;
            faults.push(Fault { at, kind: FaultKind::TooMany });
        }
        found.truncate(MOST_QUOTATIONS);
        let near = Near::of(&clean.text);
        let mut quoted = vec![false; near.mentions.len()];
        let quotations = found
            .iter()
            .enumerate()
            .map(|(at, &(range, marks))| {
                let before = at.checked_sub(1).map_or(0, |before| found[before].0.end);
                let next = found.get(at + 1).map_or(clean.text.len(), |next| next.0.start);
                let cited = near.cited(range, before, next);
                cited.iter().for_each(|&at| quoted[at] = true);
                DraftQuotation {
                    text: words_of(range.of(&clean.text).unwrap_or("")),
                    range: clean.origin(range),
                    marks,
                    cited: cited.iter().map(|&at| near.mentions[at].id.clone()).collect(),
                    after: near.after(range.end).trim().to_owned(),
                }
            })
            .collect();
        let mention = |(found, of_quotation): (&Mention, bool)| DraftMention {
            id: found.id.clone(),
            range: clean.origin(found.range),
            of_quotation,
        };
        let mentions = near.mentions.iter().zip(quoted).map(mention).collect();
        Self { quotations, mentions, faults }
    }
}

/// The quotations of a text and the marks without their other half.
fn quotations(clean: &Clean) -> (Vec<(TextRange, MarkKind)>, Vec<usize>) {
    let (mut found, mut loose) = (Vec::new(), Vec::new());
    let mut at = 0;
    let end = TextRange::new(clean.text.len(), clean.text.len());
    for &block in clean.blocks.iter().chain([&end]) {
        let (inline, open) = marked(&clean.text, TextRange::new(at, block.start));
        found.extend(inline.into_iter().map(|marked| (marked.range, marked.kind)));
        loose.extend(open);
        found.push((block_words(&clean.text, block), MarkKind::Block));
        at = block.end;
    }
    (found, loose)
}

/// A block quotation without the line that names its source, the citation at its end and marks
/// around it.
fn block_words(text: &str, block: TextRange) -> TextRange {
    let inside = block.of(text).unwrap_or("");
    let mut words = inside;
    if let Some((before, last)) = inside.trim_end().rsplit_once('\n')
        && ["—", "–", "--", "― "].iter().any(|dash| last.trim_start().starts_with(dash))
    {
        words = before.trim_end();
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(start) =
            words.trim_end_matches('.').strip_suffix(close).and_then(|w| w.rfind(open))
            && !mentions(&words[start..]).is_empty()
        {
            words = words[..start].trim_end();
        }
    }
    let lead = words.len() - words.trim_start().len();
    let mut range = TextRange::new(block.start + lead, block.start + words.trim_end().len());
    let inner = range.of(text).unwrap_or("");
    for (open, close) in [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“'), ('‘', '’')]
    {
        let between = inner.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if between.is_some_and(|between| !between.contains([open, close])) {
            range.start += open.len_utf8();
            range.end -= close.len_utf8();
            break;
        }
    }
    TextRange::new(range.start, range.end)
}

/// The words of a quotation, without the marks that open its further paragraphs again.
fn words_of(inside: &str) -> String {
    let paragraphs = inside.split("\n\n").enumerate().map(|(at, paragraph)| {
        let paragraph = paragraph.trim();
        match at {
            0 => paragraph,
            _ => paragraph.strip_prefix(['“', '"', '„', '«', '‘']).unwrap_or(paragraph),
        }
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// What is cited where in a text.
struct Near<'a> {
    text: &'a str,
    mentions: Vec<Mention>,
    /// The mentions in each footnote's text.
    footnotes: HashMap<&'a str, Range<usize>>,
}

impl<'a> Near<'a> {
    fn of(text: &'a str) -> Self {
        let mut near = Self { text, mentions: mentions(text), footnotes: HashMap::new() };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let note = line.trim_start().strip_prefix("[^").and_then(|rest| rest.split_once("]:"));
            if let Some((label, _)) = note {
                let inside = near.within(TextRange::new(at, at + line.len()));
                near.footnotes.entry(label).or_insert(inside);
            }
            at += line.len();
        }
        near
    }

    /// The rest of the paragraph from `end` on, as far as a citation may stand.
    fn after(&self, end: usize) -> &'a str {
        let rest = self.text.get(end..).unwrap_or("");
        let near =
            rest.char_indices().map(|(at, _)| at).find(|&at| at > REACH).unwrap_or(rest.len());
        let rest = &rest[..near];
        // A block quotation's citation may follow in a paragraph of its own.
        let lead = rest.len() - rest.trim_start().len();
        let to = rest[lead..].find("\n\n").map_or(rest.len(), |at| lead + at);
        &rest[..to]
    }

    /// The paragraph's beginning up to `start`, as far back as a citation may stand.
    fn before(&self, start: usize, from: usize) -> TextRange {
        let mut least = start.saturating_sub(REACH).max(from);
        while !self.text.is_char_boundary(least) {
            least += 1;
        }
        let inside = self.text.get(least..start).unwrap_or("");
        TextRange::new(inside.rfind("\n\n").map_or(least, |at| least + at), start)
    }

    /// The mentions that begin there.
    fn within(&self, range: TextRange) -> Range<usize> {
        let first = self.mentions.partition_point(|found| found.range.start < range.start);
        let last = self.mentions.partition_point(|found| found.range.start < range.end);
        first..last.max(first)
    }

    /// What is cited for a quotation between two others, as mentions: what follows in brackets or as a
    /// footnote, else what leads in to it, else what follows, else the next citation in the paragraph.
    fn cited(&self, range: TextRange, before: usize, next: usize) -> Vec<usize> {
        let after = self.after(range.end);
        let reach = range.end + after.len();
        let directly = TextRange::new(range.end, reach.min(next.max(range.end)));
        let following = self.within(directly);
        let leading = self.within(self.before(range.start, before.min(range.start)));
        let later = self.within(TextRange::new(range.end, reach)).next();
        let is_bracketed = |at: &usize| self.mentions[*at].bracketed;
        // What stands in brackets in a later sentence is that sentence's.
        let first = following.clone().find(is_bracketed).map(|at| self.mentions[at].range.end);
        let own = first.map_or(directly, |end| {
            TextRange::new(directly.start, directly.end.min(self.sentence_end(end)))
        });
        let bracketed: Vec<usize> =
            self.within(own).filter(is_bracketed).chain(self.noted(own)).collect();
        if !bracketed.is_empty() {
            return bracketed;
        }
        let last = leading.last();
        if let Some(last) = last.filter(|last| !is_bracketed(last)) {
            return vec![last];
        }
        if !following.is_empty() {
            return following.collect();
        }
        let noted = || self.noted(TextRange::new(range.end, reach)).first().copied();
        later.or_else(noted).or(last).into_iter().collect()
    }

    /// Where the sentence that holds a place ends: at the sign before a space and a capital letter.
    fn sentence_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        let is_end = |(end, sign): &(usize, &str)| {
            let behind = rest.get(end + sign.len()..).unwrap_or("");
            behind.starts_with(' ') && behind.trim_start().starts_with(char::is_uppercase)
        };
        let end = rest.match_indices(['.', '!', '?']).find(is_end);
        end.map_or(self.text.len(), |(end, _)| at + end)
    }

    /// What the footnotes that are referred to there cite.
    fn noted(&self, range: TextRange) -> Vec<usize> {
        let inside = range.of(self.text).unwrap_or("");
        let labels = inside.split("[^").skip(1).filter_map(|rest| rest.split_once(']'));
        labels.filter_map(|(label, _)| self.footnotes.get(label)).cloned().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ID: &str = "k7m2q9x4tb3c.4";

    fn read(text: &str, kind: DraftKind) -> Vec<(String, Vec<String>)> {
        let draft = Draft::read(text, kind);
        let cited =
            |quotation: &DraftQuotation| quotation.cited.iter().map(|id| id.to_string()).collect();
        draft.quotations.iter().map(|q| (q.text.clone(), cited(q))).collect()
    }

    fn words(text: &str, kind: DraftKind) -> Vec<String> {
        read(text, kind).into_iter().map(|(words, _)| words).collect()
    }

    #[test]
    fn markdown_s_signs_go_and_its_blocks_are_quotations() {
        let text = "It says “laws *applied* broad\\-ly”.\n\n> One line\n> and _another_.\n>\n> — The State (k7m2q9x4tb3c.4)\n\nEnd \"here\".\n\n```\n\"code\"\n```\n";
        assert_eq!(
            words(text, DraftKind::Markdown),
            ["laws applied broad-ly", "One line\nand another.", "here"]
        );
    }

    #[test]
    fn html_is_read_as_it_is_shown() {
        let text = "<head><title>\"x\"</title></head><p>It says &ldquo;laws <em>applied</em>&#8221; and <q>so</q>.</p><blockquote><p>One.</p><p>Two &amp; three.</p></blockquote><script>\"no\"</script>";
        assert_eq!(words(text, DraftKind::Html), ["laws applied", "so", "One.\n\nTwo & three."]);
    }

    #[test]
    fn latex_marks_macros_and_environments_are_quotations() {
        let text = "It says ``laws \\emph{applied}\\ldots{} by 5\\,\\%'' and \\enquote{so \\textbf{it} is}. % ``no''\n\\begin{quote}One.\\end{quote}\nIt's `single'.";
        assert_eq!(
            words(text, DraftKind::Latex),
            ["laws applied… by 5 %", "so it is", "One.", "single"]
        );
    }

    #[test]
    fn the_nearest_citation_counts() {
        let cited = |text: &str| {
            read(text, DraftKind::Markdown).into_iter().map(|(_, ids)| ids).collect::<Vec<_>>()
        };
        assert_eq!(cited(&format!("“One two” ({ID}).")), [[ID]]);
        assert_eq!(cited(&format!("As {ID} says, “one two”.")), [[ID]]);
        assert_eq!(cited(&format!("“One” and “two” ({ID}).")), [[ID], [ID]]);
        let both = format!("As k7m2q9x4tb3c.9 says “one”, but “two” ({ID}).");
        assert_eq!(cited(&both), [["k7m2q9x4tb3c.9"], [ID]]);
        assert_eq!(cited(&format!("“One”.[^1]\n\n[^1]: See {ID}.")), [[ID]]);
        assert_eq!(cited(&format!("> One two.\n\n({ID})\n\nMore.")), [[ID]]);
        assert_eq!(cited("“One”.\n\nk7m2q9x4tb3 is none."), [[""; 0]]);
    }

    #[test]
    fn what_is_cited_for_words_of_one_s_own_is_told_from_what_is_quoted() {
        let text = format!(
            "It says “one two” ({ID}). Laws are wide (k7m2q9x4tb3c.9).[^1]\n\n[^1]: See k7m2q9x4tb3d."
        );
        let draft = Draft::read(&text, DraftKind::Markdown);
        let found: Vec<(&str, String, bool)> = draft
            .mentions
            .iter()
            .map(|found| {
                let words = found.range.of(&text).expect("of the draft");
                (words, found.id.to_string(), found.of_quotation)
            })
            .collect();
        let expected = [(ID, true), ("k7m2q9x4tb3c.9", false), ("k7m2q9x4tb3d", false)];
        assert_eq!(found, expected.map(|(id, quoted)| (id, id.to_owned(), quoted)));
    }

    #[test]
    fn a_range_leads_back_to_the_draft() {
        let text = "<p>Der „<em>eine</em>“ Satz</p>";
        let draft = Draft::read(text, DraftKind::Html);
        assert_eq!(draft.quotations[0].range.of(text), Some("eine"));
        assert_eq!(draft.quotations[0].marks, MarkKind::Low);
    }

    #[test]
    fn a_draft_without_quotations_or_with_too_many_is_read() {
        assert_eq!(Draft::read("Nothing.", DraftKind::Plain), Draft::default());
        let many = "“a b” ".repeat(MOST_QUOTATIONS + 5);
        let draft = Draft::read(&many, DraftKind::Plain);
        assert_eq!(draft.quotations.len(), MOST_QUOTATIONS);
        assert_eq!(draft.faults.len(), 1);
        assert_eq!(draft.faults[0].kind, FaultKind::TooMany);
    }

    #[test]
    fn an_unclosed_mark_is_told() {
        let draft = Draft::read("One “two.\n\nThree “four”.", DraftKind::Plain);
        assert_eq!(draft.faults, [Fault { at: 4, kind: FaultKind::Unclosed }]);
        assert_eq!(draft.quotations[0].text, "four");
    }

    proptest! {
        #[test]
        fn any_draft_is_read_and_every_range_lies_in_it(
            text in "([\"“”„‘’«»`'>*_\\\\{}<&;%\\[\\]()~-]|<q>|</q>|<blockquote>|\\\\enquote\\{|\\\\begin\\{quote\\}|[a-z]{1,3} ?|\\n|\\n\\n|é|k7m2q9x4tb3c.4){0,40}",
        ) {
            for kind in [DraftKind::Plain, DraftKind::Markdown, DraftKind::Html, DraftKind::Latex] {
                for quotation in Draft::read(&text, kind).quotations {
                    prop_assert!(quotation.range.of(&text).is_some());
                }
            }
        }
    }
}
