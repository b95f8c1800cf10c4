//! RIS: two letters, two spaces, a hyphen and a space on each line, from `TY` to `ER`.

use super::names::person;
use super::{Entry, key, notes};
use crate::date::DateParts;
use crate::work::WorkKind;

/// Works as an RIS file, a record each. Lines end as RIS demands, with CR and LF.
pub fn ris(entries: &[Entry]) -> String {
    entries.iter().map(record).collect()
}

fn record(entry: &Entry) -> String {
    let work = &entry.work;
    let mut written = String::new();
    let mut put = |tag: &str, value: &str| {
        let value: String = value
            .chars()
            .map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c })
            .collect();
        written.push_str(&format!("{tag}  - {}\r\n", value.trim()));
    };
    put(
        "TY",
        match work.kind() {
            WorkKind::Report => "RPRT",
            WorkKind::Chapter => "CHAP",
            WorkKind::WebPage => "ELEC",
        },
    );
    put("ID", &key(work));
    for author in work.responsible() {
        match person(&author) {
            Some(name) => {
                let family = format!("{} {}", name.particle, name.family);
                put("AU", &format!("{}, {}", family.trim(), name.given));
            }
            None => put("AU", &author.name),
        }
    }
    let mut field = |tag: &str, value: Option<&str>| {
        if let Some(value) = value {
            put(tag, value);
        }
    };
    field("TI", work.title.as_ref().map(|title| title.text()));
    field("T2", work.container.as_deref());
    field("PB", work.publisher.as_deref());
    field("CY", work.place.as_deref());
    if let Some(date) = work.published.map(DateParts::of) {
        field("PY", Some(&date.year.to_string()));
        field("DA", Some(&slashed(date)));
    }
    field("UR", work.address());
    if let Some(captured) = work.captured.map(DateParts::of) {
        field("Y2", Some(&slashed(captured)));
    }
    field("LA", work.language.as_deref());
    for note in notes(entry) {
        field("N1", Some(&note));
    }
    written.push_str("ER  - \r\n\r\n");
    written
}

/// `2022/06/02/`, with the parts that are not known left empty.
fn slashed(date: DateParts) -> String {
    let part = |part: Option<u8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    format!("{:04}/{}/{}/", date.year, part(date.month), part(date.day))
}
