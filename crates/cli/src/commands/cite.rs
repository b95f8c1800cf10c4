//! `forb cite`: a passage, a sentence of it or words of it, cited.

use anyhow::{anyhow, bail};
use citation::export::{csl_json, entries};
use citation::{Alteration, Citation, Pinpoint, Selectors, Surroundings, Target};
use clap::{Args, ValueEnum};
use indexing::Index;
use ingestion::corpus::Corpus;
use ingestion::profiles::Profiles;
use model::{IndexRecord, PassageId};
use render::{CitedQuotation, ExportFormat};

use crate::arguments::GlobalArguments;
use crate::citing::link::Links;
use crate::citing::style::ChosenStyle;
use crate::citing::{document, passage_id, work};
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::reread::reread;

/// Cite a passage, a sentence of it, or words of it.
///
/// The words are looked up at their place and printed in the source's own glyphs; where they do not
/// stand there, nothing is cited. Straight quotation marks match curly ones; ellipses and square brackets
/// are allowed and recorded. A citation of a digest says that it is one.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb cite k7m2q9x4tb3c.4\n  \
    forb cite k7m2.4 --sentence 2 --style oscola\n  \
    forb cite k7m2.4 --quote 'laws … were applied broadly' --style apa\n  \
    forb cite k7m2.4 --packet             with all that is known of it\n  \
    forb cite k7m2.4 k7m2.9 --format markdown >> draft.md\n  \
    forb cite k7m2.4 --format link        the page, scrolled to the words\n  \
    forb cite k7m2.4 --format bibtex >> sources.bib")]
pub struct CiteArguments {
    /// Ids of passages; of the document's part of each the first letters are enough.
    #[arg(required = true, value_name = "PASSAGE")]
    pub passages: Vec<String>,
    /// Cite only this sentence of the passage, counted from 1.
    #[arg(long, value_name = "N", conflicts_with = "quote")]
    pub sentence: Option<usize>,
    /// Cite only these words of the passage.
    #[arg(long, value_name = "WORDS")]
    pub quote: Option<String>,
    /// The style: chicago (chicago-note is the same), apa, mla, harvard, vancouver, ieee, oscola,
    /// bluebook, euaa, or a CSL file.
    #[arg(long, value_name = "STYLE", default_value = "chicago")]
    pub style: String,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CiteFormat,
    /// Add what a reader needs to judge the quotation: the sentences around it, who is said to say so,
    /// edition, capture, extent, source, licence.
    #[arg(long)]
    pub packet: bool,
}

/// How a citation is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CiteFormat {
    /// For people; in a pipe one record a line.
    Text,
    /// A block quotation with a footnote.
    Markdown,
    /// A block quotation with a note.
    Html,
    /// BibLaTeX, an entry a work.
    Bibtex,
    /// RIS, a record a work.
    Ris,
    /// CSL-JSON, an item a work.
    CslJson,
    /// A web annotation with selectors (JSON-LD), one a line.
    Annotation,
    /// The address that leads a browser to the very words, for a source that is a page; one a line.
    Link,
    /// For programs; see docs/output-format.md.
    Json,
}

impl CiteFormat {
    /// Whether a packet can be written in it.
    fn holds_packet(self) -> bool {
        matches!(self, Self::Text | Self::Markdown | Self::Html | Self::Json)
    }
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &CiteArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let is_part = arguments.sentence.is_some() || arguments.quote.is_some();
    if is_part && arguments.passages.len() > 1 {
        bail!("--sentence and --quote are of one passage: cite the others by themselves");
    }
    if arguments.packet && !arguments.format.holds_packet() {
        bail!(
            "a packet is written as text, markdown, html or json: leave --packet out, or choose one"
        );
    }
    let style = ChosenStyle::open(&arguments.style)?;
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let corpus = library.corpus();
    let profiles = corpus.profiles()?;
    let ids = arguments.passages.iter().map(|asked| passage_id(&index, asked));
    let ids: Vec<PassageId> = ids.collect::<anyhow::Result<_>>()?;
    let part = Part {
        sentence: arguments.sentence,
        quote: arguments.quote.as_deref(),
        with_packet: arguments.packet,
    };
    let cited = ids.iter().map(|id| cite(&index, &profiles, &style, id, part));
    let mut cited: Vec<CitedQuotation> = cited.collect::<anyhow::Result<_>>()?;
    if arguments.packet || arguments.format == CiteFormat::Link {
        let mut links = Links::of(&index, &corpus);
        for cited in &mut cited {
            cited.link = links.link(&cited.citation, cited.work.address())?;
        }
    }
    output.data(&written(&cited, &style, arguments.format, (&index, &corpus), *output.style())?)?;
    Ok(Outcome::Found)
}

/// Whole passages cited, each with its packet.
pub fn packets(
    global: &GlobalArguments,
    passages: &[String],
    style: &ChosenStyle,
    output: &Output,
) -> anyhow::Result<Vec<CitedQuotation>> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let corpus = library.corpus();
    let profiles = corpus.profiles()?;
    let part = Part { sentence: None, quote: None, with_packet: true };
    let mut links = Links::of(&index, &corpus);
    let cited = passages.iter().map(|asked| {
        let mut cited = cite(&index, &profiles, style, &passage_id(&index, asked)?, part)?;
        cited.link = links.link(&cited.citation, cited.work.address())?;
        Ok(cited)
    });
    cited.collect()
}

/// What of a passage is cited, and with what.
#[derive(Clone, Copy)]
struct Part<'a> {
    sentence: Option<usize>,
    quote: Option<&'a str>,
    with_packet: bool,
}

/// One passage cited.
fn cite(
    index: &Index,
    profiles: &Profiles,
    style: &ChosenStyle,
    id: &PassageId,
    part: Part<'_>,
) -> anyhow::Result<CitedQuotation> {
    let shown = query::neighbours(index, id, usize::from(part.with_packet))?.ok_or_else(|| {
        let document = &id.document;
        anyhow!("there is no passage {id}; `forb show {document}` shows its document")
    })?;
    let (citation, written, alterations) = quotation(&shown.record, part)?;
    let work = work(&document(index, &id.document)?, profiles);
    let reference = style.cite(&work, &Pinpoint::of(citation.locator()))?;
    let surroundings = part.with_packet.then(|| {
        let neighbour = |record: Option<&IndexRecord>| record.map(|r| r.passage.passage.clone());
        let (before, after) = (neighbour(shown.before.last()), neighbour(shown.after.first()));
        Surroundings::of(
            &shown.record.passage,
            citation.quotation(),
            before.as_ref(),
            after.as_ref(),
        )
    });
    let record = shown.record;
    let link = None;
    Ok(CitedQuotation {
        citation,
        record,
        work,
        written,
        alterations,
        reference,
        surroundings,
        link,
    })
}

/// What is quoted of a passage.
fn quotation(
    record: &IndexRecord,
    part: Part<'_>,
) -> anyhow::Result<(Citation, String, Vec<Alteration>)> {
    let passage = &record.passage.passage;
    if let Some(quote) = part.quote {
        let (citation, found) = Citation::of_wording(record, quote)?;
        return Ok((citation, found.written(&passage.text), found.alterations));
    }
    let citation = match part.sentence {
        None => Citation::of_passage(record)?,
        Some(number) => {
            let sentence = number.checked_sub(1).and_then(|at| passage.sentences.get(at));
            let sentences = passage.sentences.len();
            let range = sentence.ok_or_else(|| {
                anyhow!(
                    "passage {} has no sentence {number}: it has {sentences}; `forb show {}` shows it",
                    passage.id,
                    passage.id
                )
            })?;
            Citation::new(record, *range)?
        }
    };
    let written = citation.quotation().exact().to_owned();
    Ok((citation, written, Vec::new()))
}

fn written(
    cited: &[CitedQuotation],
    style: &ChosenStyle,
    format: CiteFormat,
    (index, corpus): (&Index, &Corpus),
    look: render::Style,
) -> anyhow::Result<String> {
    let places = || {
        let place =
            |cited: &CitedQuotation| (cited.work.clone(), Pinpoint::of(cited.citation.locator()));
        entries(cited.iter().map(place))
    };
    Ok(match format {
        CiteFormat::Text => render::cite_text(cited, look),
        CiteFormat::Markdown => render::cite_markdown(cited),
        CiteFormat::Html => render::cite_html(cited),
        CiteFormat::Bibtex => render::export_text(&places(), ExportFormat::Bibtex),
        CiteFormat::Ris => render::export_text(&places(), ExportFormat::Ris),
        CiteFormat::CslJson => render::json_line(&csl_json(&places())),
        CiteFormat::Json => render::cite_json(cited, style.name()),
        CiteFormat::Link => cited.iter().map(address).collect::<anyhow::Result<String>>()?,
        CiteFormat::Annotation => {
            let lines = cited.iter().map(|cited| annotation(cited, index, corpus));
            lines.collect::<anyhow::Result<String>>()?
        }
    })
}

/// The address of the words on their page, on a line.
fn address(cited: &CitedQuotation) -> anyhow::Result<String> {
    let id = cited.citation.passage();
    match &cited.link {
        Some(link) => Ok(format!("{}\n", render::safe(link))),
        None if cited.work.address().is_none() => {
            bail!("the address of {id} is not known: set it with `forb edit`")
        }
        None => bail!(
            "no address leads to the words of {id} and nowhere else: its source is no page, the page does \
             not show them, or they stand there several times; quote others with --quote"
        ),
    }
}

/// The annotation of a quotation, checked against the document's own text.
fn annotation(cited: &CitedQuotation, index: &Index, corpus: &Corpus) -> anyhow::Result<String> {
    let read = reread(corpus, &document(index, &cited.record.document.id)?)?;
    let text = read.document.text();
    cited.citation.verify(text)?;
    let range = cited.citation.quotation().range().in_bytes(text);
    let selectors = range.and_then(|range| Selectors::of(text, range));
    let selectors = selectors.ok_or_else(|| {
        anyhow!(
            "passage {} is not in its document any more; run `forb index`",
            cited.citation.passage()
        )
    })?;
    let work = &cited.work;
    let target = Target {
        url: work.url.clone(),
        sha256: work.sha256,
        captured: work.captured.map(|day| day.to_string()),
        archived: work.archived.as_ref().map(|copy| copy.url.clone()),
    };
    Ok(render::json_line(&selectors.annotation(&target)))
}
