//! The search that finds what a number counts, as a command that a person can run.

use model::Field;
use query::Filters;

/// What of filters a search takes as options, in order: `--series us-state-irf`.
pub(crate) fn filter_options(filters: &Filters) -> Vec<String> {
    let mut options = Vec::new();
    for (field, choice) in &filters.choices {
        let name = option_of(*field);
        for value in &choice.any {
            options.extend([format!("--{name}"), value.clone()]);
        }
        for value in &choice.none {
            options.extend([format!("--not-{name}"), value.clone()]);
        }
    }
    if let Some(period) = filters.period {
        options.extend(["--period".to_owned(), period.to_string()]);
    }
    options
}

/// The option of a search that asks for values of a field.
fn option_of(field: Field) -> &'static str {
    match field {
        Field::Attribution => "attributed",
        Field::Mention => "mentions",
        other => other.name(),
    }
}

/// The command of a search that shows so many passages: the program, its options, the words behind
/// `--`. Words of a query are looked for as they stand, and none is folded under another.
pub(crate) fn search_command(query: &str, filters: &Filters, passages: u64) -> Vec<String> {
    let mut command = vec!["forb".to_owned(), "search".to_owned()];
    command.extend(filter_options(filters));
    if passages > 0 {
        command.extend(["--limit".to_owned(), passages.to_string()]);
    }
    if !query.is_empty() {
        command.extend(["--no-bridge", "--unfold", "--", query].map(str::to_owned));
    }
    command
}

/// Words of a command line as a POSIX shell reads them.
pub(crate) fn shell_line(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_asks_for_what_filters_ask_for() {
        let filters = Filters { period: "2021..2022".parse().ok(), ..Filters::default() }
            .with(Field::Series, "us-state-irf")
            .without(Field::Publisher, "far away")
            .with(Field::Attribution, "ngo");
        let line = shell_line(&search_command("+\"don't\"", &filters, 12));
        for part in ["--series us-state-irf", "--not-publisher 'far away'", "--attributed ngo"] {
            assert!(line.contains(part), "{line}");
        }
        let rest = "--period 2021..2022 --limit 12 --no-bridge --unfold -- '+\"don'\\''t\"'";
        assert!(line.starts_with("forb search --") && line.ends_with(rest), "{line}");
        assert_eq!(shell_line(&search_command("", &Filters::default(), 0)), "forb search");
    }
}
