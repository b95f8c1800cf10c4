//! A result written as the options say: data on stdout, what must be said beside it on stderr.

use citation::style::StyledText;
use query::{SearchRequest, SearchResult, Silence};
use render::SearchView;

use super::listing::{ListingArguments, SearchFormat, What};
use crate::output::Output;

/// Writes a result. `typed` is the query as it was given.
pub fn write(
    arguments: &ListingArguments,
    typed: &str,
    request: &SearchRequest,
    result: &SearchResult,
    silence: Option<&Silence>,
    citations: &[StyledText],
    output: &Output,
) -> anyhow::Result<()> {
    let read = request.query.to_string();
    let view = SearchView {
        read: &read,
        sort: request.listing.sort,
        silence,
        citations,
        values: arguments.values,
        whole: arguments.whole,
        ..SearchView::new(typed, result)
    };
    say_beside(arguments, &view, output);
    output.data(&data(arguments, &view, output))
}

fn data(arguments: &ListingArguments, view: &SearchView<'_>, output: &Output) -> String {
    let (result, style) = (view.result, *output.style());
    if arguments.count {
        return format!("{}\n", result.documents.unwrap_or(result.total));
    }
    match (arguments.output, arguments.format()) {
        (What::Ids, _) => {
            let ids = result.hits.iter().map(|hit| &hit.record.passage.passage.id);
            ids.map(|id| format!("{id}\n")).collect()
        }
        (What::Kwic, SearchFormat::Csv) => render::kwic_csv(result),
        (What::Kwic, SearchFormat::Tsv) => render::kwic_tsv(result),
        (What::Kwic, _) => render::kwic_text(result, style),
        (What::Passages, SearchFormat::Csv) => render::passages_csv(result),
        (What::Passages, SearchFormat::Tsv) => render::passages_tsv(result),
        (What::Passages, _) => render::passages_text(result, style),
        (What::Hits | What::Documents, format) => match format {
            SearchFormat::Text => render::search_text(view, style),
            SearchFormat::Json => render::search_json(view),
            SearchFormat::Jsonl => render::search_jsonl(view),
            SearchFormat::Csv => render::search_csv(view),
            SearchFormat::Tsv => render::search_tsv(view),
            SearchFormat::Markdown => render::search_markdown(view),
            SearchFormat::Html => render::search_html(view),
            // The command writes it: only it knows the name of the run.
            SearchFormat::Trec => String::new(),
        },
    }
}

/// Says beside the data what the data does not say itself.
fn say_beside(arguments: &ListingArguments, view: &SearchView<'_>, output: &Output) {
    let result = view.result;
    if result.unknown_period > 0 {
        output.unknown_period(result.unknown_period);
    }
    let listed = matches!(arguments.output, What::Hits | What::Documents) && !arguments.count;
    let says_itself = match arguments.format() {
        SearchFormat::Text => listed && output.style().width.is_some(),
        SearchFormat::Json | SearchFormat::Markdown | SearchFormat::Html => true,
        SearchFormat::Jsonl | SearchFormat::Csv | SearchFormat::Tsv | SearchFormat::Trec => false,
    };
    if !says_itself {
        render::said_beside(view).iter().for_each(|said| output.note(said));
    }
    // In a pipe a few hits speak for themselves, unless something is missing.
    let tells = |silence: &&Silence| {
        let lacks = !(silence.missing.is_empty() && silence.absent.is_empty());
        result.total == 0 || lacks || output.style().width.is_some()
    };
    if let Some(silence) = view.silence.filter(tells) {
        let lines = render::silence_lines(silence, result.total);
        lines.iter().for_each(|line| output.note(line));
    }
}
