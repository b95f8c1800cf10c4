//! A worksheet for coding by hand: a row for each question of a scheme, with the passages that may
//! answer it, how to cite them, and an empty column for the coder. As CSV and as Markdown.

use model::IndexRecord;

use crate::csv::csv_row;
use crate::export::cited;
use crate::safe::safe;

/// A question of a scheme, with what the library may say to it.
#[derive(Clone, Debug)]
pub struct Question {
    /// The entry of the scheme, or the id of the issue.
    pub entry: String,
    /// What is asked: names and definitions of the issues that stand for the entry.
    pub asks: String,
    /// `checked`, or `lead` where nobody compared the issue with the scheme as published.
    pub status: &'static str,
    /// How many passages are labelled so.
    pub found: usize,
    /// The likeliest of them, the best first.
    pub candidates: Vec<IndexRecord>,
}

const COLUMNS: [&str; 9] =
    ["entry", "asks", "status", "found", "passages", "quotations", "citations", "code", "remark"];

impl Question {
    fn joined(&self, each: impl Fn(&IndexRecord) -> String) -> String {
        self.candidates.iter().map(each).collect::<Vec<_>>().join("\n")
    }
}

/// The questions as CSV, with a row of headings; candidates of one question are lines of its cell.
pub fn worksheet_csv(questions: &[Question]) -> String {
    let mut out = csv_row(COLUMNS);
    for question in questions {
        let id = |record: &IndexRecord| record.passage.passage.id.to_string();
        let quoted = |record: &IndexRecord| {
            format!("[{}] {}", id(record), record.passage.passage.text.replace('\n', " ¶ "))
        };
        let cells = [
            question.entry.clone(),
            question.asks.clone(),
            question.status.to_owned(),
            question.found.to_string(),
            question.joined(id),
            question.joined(quoted),
            question.joined(|record| format!("[{}] {}", id(record), cited(record))),
            String::new(),
            String::new(),
        ];
        out.push_str(&csv_row(cells.iter().map(String::as_str)));
    }
    out
}

/// The questions as Markdown, under a title.
pub fn worksheet_markdown(title: &str, questions: &[Question]) -> String {
    let mut out = format!("# {}\n", plain(title));
    for question in questions {
        out.push_str(&format!("\n## {}\n\n{}", plain(&question.entry), plain(&question.asks)));
        out.push_str(match question.status {
            "checked" => "\n",
            _ => " *(lead: compare with the scheme as published)*\n",
        });
        out.push_str(&format!("\nPassages so labelled: {}\n", question.found));
        for record in &question.candidates {
            let passage = &record.passage.passage;
            out.push_str(&format!("\n> {}\n>\n", plain(&passage.text.replace('\n', " ¶ "))));
            out.push_str(&format!("> `{}` {}\n", passage.id, plain(&cited(record))));
        }
        out.push_str("\nCode:\n\nRemark:\n");
    }
    out
}

/// Text that Markdown shows as it is.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in safe(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|') {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}
