//! Passages that recur word for word and were not set aside, as text and as JSON.

use query::Repeats;
use serde::Serialize;

use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::{DOT, counted};
use crate::status::write_columns;
use crate::style::Style;

/// How many characters of a passage the text shows.
const BEGINNING: usize = 160;

#[derive(Serialize)]
struct RepeatsShape<'a> {
    format_version: u32,
    total: usize,
    repeats: Vec<RepeatShape<'a>>,
}

#[derive(Serialize)]
struct RepeatShape<'a> {
    text: &'a str,
    publisher: &'a str,
    publisher_id: &'a str,
    countries: usize,
    documents: usize,
    example: String,
}

/// The passages as text; in a pipe a line for each: `repeat`, id of one of them, publisher id,
/// countries, documents, beginning of the text.
pub fn repeats_text(repeats: &Repeats, style: Style) -> String {
    let mut out = String::new();
    for repeat in &repeats.listed {
        let text = beginning(&repeat.text);
        let example = repeat.example.to_string();
        if style.width.is_none() {
            let columns = [
                "repeat".to_owned(),
                example,
                repeat.publisher.id.clone(),
                repeat.countries.to_string(),
                repeat.documents.to_string(),
                text,
            ];
            write_columns(&mut out, style, &columns);
            continue;
        }
        let countries = counted(repeat.countries as u64, "country", "countries");
        let documents = counted(repeat.documents as u64, "document", "documents");
        Line::new(style)
            .add(Look::Id, &example)
            .plain(&format!("  {}{DOT}{countries}{DOT}{documents}", repeat.publisher.name))
            .write(&mut out, 0, 4);
        Line::new(style).plain(&text).write(&mut out, 4, 4);
    }
    out
}

/// The passages as JSON, their texts whole.
pub fn repeats_json(repeats: &Repeats) -> String {
    let listed = repeats.listed.iter().map(|repeat| RepeatShape {
        text: &repeat.text,
        publisher: &repeat.publisher.name,
        publisher_id: &repeat.publisher.id,
        countries: repeat.countries,
        documents: repeat.documents,
        example: repeat.example.to_string(),
    });
    let listed = listed.collect();
    to_json(&RepeatsShape { format_version: FORMAT_VERSION, total: repeats.total, repeats: listed })
}

/// The beginning of a text on one line; `…` where it goes on.
fn beginning(text: &str) -> String {
    let mut line = text.replace('\n', " ¶ ");
    if let Some((at, _)) = line.char_indices().nth(BEGINNING) {
        line.truncate(at);
        line.push('…');
    }
    line
}
