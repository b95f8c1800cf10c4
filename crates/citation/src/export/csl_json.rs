//! CSL-JSON, the form that Zotero, pandoc and citation processors take in.

use model::{Author, PartialDate};
use serde_json::{Map, Value, json};

use super::names::person;
use super::{Entry, key, locator, notes};
use crate::date::DateParts;
use crate::work::{Work, WorkKind};

/// Works as a list of CSL-JSON items. A work cited at one place has its `locator` and `label`; every
/// place stands in its `note`.
pub fn csl_json(entries: &[Entry]) -> Value {
    let item = |entry: &Entry| {
        let mut item = csl_item(&entry.work);
        if let Some(fields) = item.as_object_mut() {
            fields.insert("note".to_owned(), notes(entry).join("; ").into());
            if let [only] = &entry.pinpoints[..]
                && let Some((label, number)) = locator(only)
            {
                fields.insert("locator".to_owned(), number.into());
                fields.insert("label".to_owned(), label.into());
            }
        }
        item
    };
    Value::Array(entries.iter().map(item).collect())
}

/// The fields of a work.
pub(crate) fn csl_item(work: &Work) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    };
    let text = |text: &Option<String>| text.clone().map(Value::from);
    put("id", Some(key(work).into()));
    let kind = match work.kind() {
        WorkKind::Report => "report",
        WorkKind::Chapter => "chapter",
        WorkKind::WebPage => "webpage",
    };
    put("type", Some(kind.into()));
    put("title", work.title.as_ref().map(|title| title.text().into()));
    put("container-title", text(&work.container));
    let authors: Vec<Value> = work.responsible().iter().map(name).collect();
    put("author", (!authors.is_empty()).then(|| authors.into()));
    put("publisher", text(&work.publisher));
    put("publisher-place", text(&work.place));
    put("issued", work.published.map(date));
    put("accessed", work.captured.map(date));
    put("URL", work.address().map(Value::from));
    put("archive_location", work.archived.as_ref().map(|copy| copy.url.as_str().into()));
    put("language", text(&work.language));
    Value::Object(fields)
}

fn name(author: &Author) -> Value {
    match person(author) {
        Some(name) if name.particle.is_empty() => {
            json!({"family": name.family, "given": name.given})
        }
        Some(name) => json!({
            "family": name.family,
            "given": name.given,
            "non-dropping-particle": name.particle,
        }),
        None => json!({"literal": author.name}),
    }
}

fn date(date: PartialDate) -> Value {
    let parts = DateParts::of(date);
    let month = parts.month.map(i32::from);
    let known = [Some(i32::from(parts.year)), month, parts.day.map(i32::from)];
    json!({"date-parts": [known.into_iter().flatten().collect::<Vec<_>>()]})
}
