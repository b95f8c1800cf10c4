//! What a library holds, as text: totals and tables, and in full every document with what is known
//! of it and why.

use std::collections::BTreeMap;

use citation::{digest_line, period_line, work_name};
use model::{Confidence, DocumentRecord, Metadata};
use query::{Overview, Tally, overview};

use crate::facts::{facts, origin_name, write_facts};
use crate::line::{Line, Look};
use crate::phrases::{DOT, counted};
use crate::style::{Detail, Style};
use crate::table::{Row, write_table};

/// The holdings of a library.
#[derive(Clone, Copy, Debug)]
pub struct Holdings<'a> {
    /// The library's folder, as it should be shown.
    pub library: &'a str,
    /// A record for each document it holds, in the order to be shown.
    pub documents: &'a [DocumentRecord],
}

/// The holdings as text. On a terminal totals and tables, and in full every document with its
/// evidence; in a pipe a `document` line for each document, with a `warning` line for each of its
/// warnings, and in full a `finding` line for each field and an `evidence` line for each witness.
pub fn status_text(holdings: &Holdings<'_>, style: Style, detail: Detail) -> String {
    let mut out = String::new();
    if style.width.is_none() {
        for document in holdings.documents {
            let file = &document.metadata.file_name;
            write_document_row(&mut out, style, "document", document, file);
            write_detail_rows(&mut out, style, document, detail);
        }
        return out;
    }
    let overview = overview(holdings.documents);
    write_summary(&mut out, style, holdings, &overview.total, detail);
    if !holdings.documents.is_empty() {
        write_tables(&mut out, style, &overview);
    }
    if detail == Detail::Full {
        for document in holdings.documents {
            out.push('\n');
            write_document(&mut out, style, document);
        }
    }
    out
}

fn write_summary(
    out: &mut String,
    style: Style,
    holdings: &Holdings<'_>,
    total: &Tally,
    detail: Detail,
) {
    Line::new(style).add(Look::Strong, "library ").plain(holdings.library).write(out, 0, 2);
    let counts = [
        counted(total.documents as u64, "document", "documents"),
        counted(total.passages, "passage", "passages"),
        counted(total.words, "word", "words"),
        format!("{} set aside", counted(holdings.set_aside(), "block", "blocks")),
    ];
    Line::new(style).plain(&counts.join(DOT)).write(out, 2, 2);
    let digests = holdings.digests();
    if digests > 0 {
        let digests = counted(digests, "document is a digest", "documents are digests");
        let said = format!("{digests} in forb's own words, not the original text");
        Line::new(style).add(Look::Warning, &said).write(out, 2, 4);
    }
    let warned = holdings.documents.iter().filter(|record| !record.warnings.is_empty()).count();
    if warned > 0 && detail == Detail::Brief {
        let carry = counted(warned as u64, "document has", "documents have");
        let said = format!("{carry} warnings: run `forb status --verbose` to read them");
        Line::new(style).add(Look::Warning, &said).write(out, 2, 4);
    }
}

fn write_tables(out: &mut String, style: Style, overview: &Overview) {
    let countries =
        rows(&overview.countries, |country| format!("{} ({})", country.name(), country.code()));
    let publishers =
        rows(&overview.publishers, |publisher| format!("{} ({})", publisher.name, publisher.id));
    let series = rows(&overview.series, |series| format!("{} ({})", series.name, series.id));
    let periods = rows(&overview.periods, |period| period_line(Some(*period)));
    for (heading, rows) in
        [("country", countries), ("publisher", publishers), ("series", series), ("period", periods)]
    {
        out.push('\n');
        write_table(out, style, heading, &rows);
    }
}

fn rows<K>(table: &Table<K>, name: impl Fn(&K) -> String) -> Vec<Row> {
    unknown_last(table)
        .map(|(key, &tally)| Row { tally, name: key.map_or_else(|| "unknown".to_owned(), &name) })
        .collect()
}

/// Counts for each value of a field; `None` is "unknown".
pub(crate) type Table<K> = BTreeMap<Option<K>, Tally>;

/// The rows of a table in the order they are shown: that of the values, the unknown last.
pub(crate) fn unknown_last<K>(table: &Table<K>) -> impl Iterator<Item = (Option<&K>, &Tally)> {
    let rows = || table.iter().map(|(key, tally)| (key.as_ref(), tally));
    let known = rows().filter(|(key, _)| key.is_some());
    known.chain(rows().filter(|(key, _)| key.is_none()))
}

impl Holdings<'_> {
    /// Blocks set aside.
    pub(crate) fn set_aside(&self) -> u64 {
        self.documents.iter().map(|record| u64::from(record.set_aside)).sum()
    }

    /// How many of the documents are digests.
    pub(crate) fn digests(&self) -> u64 {
        self.documents.iter().filter(|record| record.metadata.digest_of.is_some()).count() as u64
    }
}

/// A document in full: what it is, what became of its text, and each field with its evidence.
fn write_document(out: &mut String, style: Style, document: &DocumentRecord) {
    let Metadata { file_name, encoding, added, digest_of, .. } = &document.metadata;
    let name = work_name(&document.metadata.summary(&document.id));
    Line::new(style)
        .add(Look::Id, document.id.as_str())
        .plain("  ")
        .add(Look::Strong, &name)
        .write(out, 0, 2);
    let added = added.map_or_else(|| "not in a library".to_owned(), |day| format!("added {day}"));
    let parts = [what_became(document), added, encoding.clone(), file_name.clone()];
    let known: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Line::new(style).plain(&known.join(DOT)).write(out, 2, 2);
    if let Some(original) = digest_of {
        Line::new(style).add(Look::Warning, &digest_line(original)).write(out, 2, 4);
    }
    write_warnings(out, style, document, 2);
    write_facts(out, style, &document.metadata, 2);
    let hash = document.metadata.sha256.to_hex();
    Line::new(style).add(Look::Faint, "sha256     ").plain(&hash).write(out, 2, 13);
}

/// `18 passages, 2,841 words, 9 blocks set aside`.
pub(crate) fn what_became(document: &DocumentRecord) -> String {
    [
        counted(u64::from(document.passages), "passage", "passages"),
        counted(document.words, "word", "words"),
        format!("{} set aside", counted(u64::from(document.set_aside), "block", "blocks")),
    ]
    .join(", ")
}

/// Writes what a reader should know about how the document was read.
pub(crate) fn write_warnings(
    out: &mut String,
    style: Style,
    document: &DocumentRecord,
    indent: usize,
) {
    for warning in &document.warnings {
        Line::new(style).add(Look::Warning, "warning: ").plain(warning).write(
            out,
            indent,
            indent + 2,
        );
    }
}

/// The facts that have a column of their own in the line of a document.
const ROW: [&str; 6] = ["publisher", "series", "title", "country", "period", "extent"];

/// Writes the line of a document in a pipe: `kind`, id, publisher, series, title, country, period,
/// extent, passages, words, blocks set aside, file, digest.
pub(crate) fn write_document_row(
    out: &mut String,
    style: Style,
    kind: &str,
    document: &DocumentRecord,
    file: &str,
) {
    let mut columns = vec![kind.to_owned(), document.id.to_string()];
    columns.extend(
        facts(&document.metadata)
            .into_iter()
            .filter(|fact| ROW.contains(&fact.field))
            .map(|fact| fact.value.unwrap_or_else(|| "unknown".to_owned())),
    );
    columns.extend([
        document.passages.to_string(),
        document.words.to_string(),
        document.set_aside.to_string(),
        file.to_owned(),
        document.metadata.digest_of.as_ref().map_or_else(|| "-".to_owned(), digest_line),
    ]);
    write_columns(out, style, &columns);
}

/// The `warning`, `finding` and `evidence` lines of a document in a pipe.
pub(crate) fn write_detail_rows(
    out: &mut String,
    style: Style,
    document: &DocumentRecord,
    detail: Detail,
) {
    let id = document.id.to_string();
    for warning in &document.warnings {
        write_columns(out, style, &["warning".to_owned(), id.clone(), warning.clone()]);
    }
    if detail == Detail::Brief {
        return;
    }
    let or = |text: &Option<String>, other: &str| text.clone().unwrap_or_else(|| other.to_owned());
    for fact in facts(&document.metadata) {
        let field = fact.field.to_owned();
        let confidence = fact.confidence.map_or("-", Confidence::name).to_owned();
        let value = or(&fact.value, "unknown");
        let columns = ["finding".to_owned(), id.clone(), field.clone(), value, confidence];
        write_columns(out, style, &columns);
        for (evidence, standing) in fact.evidence() {
            let columns = [
                "evidence".to_owned(),
                id.clone(),
                field.clone(),
                standing.name().to_owned(),
                origin_name(evidence.origin).to_owned(),
                or(&evidence.value, "-"),
                or(&evidence.quote, "-"),
                evidence.note.clone(),
            ];
            write_columns(out, style, &columns);
        }
    }
}

/// Writes one line of columns parted by tabs.
pub(crate) fn write_columns(out: &mut String, style: Style, columns: &[String]) {
    let mut line = Line::new(style);
    for (at, column) in columns.iter().enumerate() {
        line = if at > 0 { line.tab() } else { line };
        line = line.plain(column);
    }
    line.write(out, 0, 0);
}
