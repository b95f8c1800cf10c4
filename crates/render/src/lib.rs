//! Results to text and JSON.
//!
//! Text has two forms: for a terminal (headings, wrapping, colour if wanted) and for a pipe (one
//! record a line, columns parted by tabs). JSON has one, described in `docs/output-format.md`. This
//! crate turns what it is given into strings: it searches nothing, reads no files and prints
//! nothing. Whether there is a terminal, and how wide it is, its caller finds out.

mod add;
mod add_totals;
mod blocks;
mod changes;
mod cite;
mod codebook;
mod command;
mod compare;
mod coverage;
mod csv;
mod doctor;
mod edit;
mod entry;
mod evaluation;
mod exhibit;
mod explain;
mod export;
mod facts;
mod hits;
mod issues;
mod json;
mod keyness;
mod labels;
mod line;
mod phrases;
mod ranking;
mod reading;
mod remove;
mod repeats;
mod reuse;
mod rows;
mod safe;
mod search;
mod shapes;
mod show;
mod state;
mod status;
mod status_json;
mod style;
mod table;
mod tags;
mod verify;
mod worksheet;

pub use add::{AddJson, AddOutcome, AddReport, add_json, add_text};
pub use add_totals::{AddMore, AddTotals, add_log_line, add_more_text, add_summary};
pub use blocks::{DocumentBlocks, blocks_json, blocks_text};
pub use changes::{
    ChangesView, ChaptersView, EditionView, changes_html, changes_json, changes_markdown,
    changes_rows, changes_text, chapters_html, chapters_json, chapters_markdown, chapters_rows,
    chapters_text,
};
pub use cite::{
    CitedQuotation, ExportFormat, cite_html, cite_json, cite_markdown, cite_text, export_text,
    json_line, works_html, works_markdown, works_text,
};
pub use codebook::{CodebookReport, SeedFirings, SharedPassages, codebook_json, codebook_text};
pub use compare::{
    CompareAsked, CompareView, TableView, compare_csv, compare_html, compare_json,
    compare_markdown, compare_text, table_csv, table_html, table_json, table_markdown, table_text,
};
pub use coverage::{CoverageView, coverage_csv, coverage_json, coverage_markdown, coverage_text};
pub use doctor::{Examination, Problem, doctor_json, doctor_text};
pub use edit::{EditReport, edit_json, edit_text};
pub use evaluation::{
    Evaluation, ShownDifference, drawn_json, evaluation_json, evaluation_markdown, evaluation_text,
};
pub use exhibit::{exhibit_docx, exhibit_html, exhibit_markdown};
pub use explain::{EarningSeed, Explanation, explain_json, explain_text};
pub use export::{export_csv, export_csv_head, export_json};
pub use hits::{hits_csv, hits_csv_head, hits_jsonl};
pub use issues::{IssueList, issues_csv, issues_json, issues_text};
pub use json::FORMAT_VERSION;
pub use keyness::{
    KeynessView, keyness_html, keyness_json, keyness_markdown, keyness_notes, keyness_rows,
    keyness_text,
};
pub use ranking::{RankingView, ranking_json, ranking_markdown, ranking_text};
pub use reading::{caret_lines, reading_text};
pub use remove::{RemoveReport, Removed, remove_json, remove_text};
pub use repeats::{repeats_json, repeats_text};
pub use reuse::{
    ReuseView, reuse_html, reuse_json, reuse_markdown, reuse_notes, reuse_rows, reuse_text,
};
pub use rows::Rows;
pub use safe::safe;
pub use search::{
    SearchView, added_line, kwic_csv, kwic_text, kwic_tsv, passages_csv, passages_text,
    passages_tsv, said_beside, search_csv, search_html, search_json, search_jsonl, search_markdown,
    search_text, search_tsv, silence_lines,
};
pub use show::{show_json, show_text};
pub use state::LibraryState;
pub use status::{Holdings, status_text};
pub use status_json::status_json;
pub use style::{Colour, Detail, Style};
pub use tags::{ShownTag, TagStanding, tags_json, tags_text};
pub use verify::{
    CheckedQuotation, DraftPlaces, DraftReport, verify_html, verify_json, verify_sarif, verify_text,
};
pub use worksheet::{Question, worksheet_csv, worksheet_markdown};
