//! Files of an evaluation: one JSON object a line. A line that is not right is an error that names
//! file and line, for a gold set with a hole would measure something else.

use std::fs;
use std::path::Path;

use anyhow::Context;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Every line of a file, read as `T`; empty lines are skipped.
pub fn read_lines<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("{} could not be read", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let place = |at: usize| format!("{}, line {}", path.display(), at + 1);
    lines.map(|(at, line)| serde_json::from_str(line).with_context(|| place(at))).collect()
}

/// The text under a key of a line.
pub fn text_of<'a>(line: &'a Value, key: &str, path: &Path) -> anyhow::Result<&'a str> {
    let found = line.get(key).and_then(Value::as_str);
    found.with_context(|| format!("a line of {} has no text under `{key}`", path.display()))
}
