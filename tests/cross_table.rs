//! Tables of how much is said, as `forb compare --rows … --columns …` makes them: every cell opens to as
//! many passages as it counts, and where no text is held that is no 0.

use std::process::Command;

use serde_json::{Value, json};

use crate::compare::{add, beside};
use crate::harness::{FORB, Library, Ran, repository};

fn table(library: &Library, line: &[&str]) -> Value {
    let command = ["compare", "--format", "json"].into_iter().chain(line.iter().copied());
    serde_json::from_str(&library.forb(command).ends(0).out).expect("JSON")
}

fn cell<'a>(table: &'a Value, row: &str, column: &str) -> &'a Value {
    let cells = table["cells"].as_array().expect("cells");
    let found = cells.iter().find(|cell| cell["row"] == row && cell["column"] == column);
    found.unwrap_or_else(|| panic!("no cell {row}, {column}: {table}"))
}

/// The small library of `compare`, and in it what is hard to ask for: a document of two years, one of
/// no known publisher, one of a publisher whose series is unknown, one of no known period.
fn library() -> Library {
    let library = beside();
    add(&library, ["us-state", "us-state-crt"], "full", &[("Chad", "A blasphemy bill was read.")]);
    let text = |words: &str| format!("A court in Peru tried a woman for blasphemy. {words}");
    for (name, words, stated) in [
        (
            "two.txt",
            "It was in spring.",
            &["--publisher", "Two Years", "--period", "2021-10/2022-09"][..],
        ),
        ("nobody.txt", "Nobody signed this.", &["--period", "2022"]),
        ("timeless.txt", "Nobody dated this.", &["--publisher", "harbour-watch"]),
        ("old.txt", "It was in autumn.", &["--publisher", "harbour-watch", "--period", "2019"]),
    ] {
        let path = library.file(name, text(words));
        let add = ["add".as_ref(), path.as_os_str(), "--country".as_ref(), "PE".as_ref()];
        library.forb(add.into_iter().chain(stated.iter().map(AsRef::as_ref))).ends(0);
    }
    library
}

/// Every cell of a table that counts something, and some that count nothing, opened by their own
/// commands; and how many there are that count something.
fn opened(library: &Library, table: &Value) -> usize {
    let mut counting = 0;
    let cells = table["cells"].as_array().expect("cells").iter().enumerate();
    for (_, cell) in cells.filter(|(at, cell)| cell["passages"].as_u64() > Some(0) || at % 19 == 0)
    {
        let words: Vec<&str> =
            cell["opens"].as_array().expect("words").iter().filter_map(Value::as_str).collect();
        assert_eq!(words[..2], ["forb", "search"]);
        // Behind `--` stand words only.
        let json = ["search", "--format", "json"].into_iter();
        let ran = library.forb(json.chain(words[2..].iter().copied()));
        assert!(ran.code < 2, "{words:?}: {}", ran.err);
        let found: Value = serde_json::from_str(&ran.out).expect("JSON");
        let counted = cell["passages"].as_u64().unwrap_or(0);
        assert_eq!(found["total"], counted, "{words:?}: {}", ran.err);
        if counted > 0 {
            let listed = found["hits"].as_array().expect("hits").len();
            assert_eq!(listed as u64, counted, "{words:?}");
            counting += 1;
        } else {
            assert_eq!(ran.code, 1, "{words:?}");
        }
    }
    counting
}

#[test]
fn every_cell_opens_to_as_many_passages_as_it_counts() {
    let library = library();
    for (line, least) in [
        (&["--rows", "issue", "--columns", "source"][..], 4),
        (&["--rows", "source", "--columns", "issue", "--country", "PE", "--issue", "blasphemy"], 4),
        (&["--rows", "country", "--columns", "source", "--issue", "blasphemy"], 5),
        (
            &[
                "--rows",
                "issue",
                "--columns",
                "country",
                "--issue",
                "blasphemy",
                "--issue",
                "dress-symbols",
            ],
            2,
        ),
        (&["--rows", "period", "--columns", "issue", "--issue", "blasphemy"], 3),
        (&["--rows", "country", "--columns", "period", "--issue", "blasphemy"], 4),
        (&["--rows", "source", "--columns", "period", "court", "blasphemy"], 4),
        // The document of 2021 and 2022 covers none of the days of 2022 that are asked for.
        (&["--rows", "period", "--columns", "source", "court", "--period", "2022-10..2023"], 1),
        (
            &[
                "--rows",
                "period",
                "--columns",
                "country",
                "\"tried a woman\"",
                "--period",
                "..2021-11",
            ],
            2,
        ),
    ] {
        let table = table(&library, line);
        let counting = opened(&library, &table);
        assert!(counting >= least, "{line:?}: {counting} cells count something");
    }
}

#[test]
fn the_command_of_a_cell_is_one_for_a_shell() {
    let library = library();
    let line = ["compare", "--rows", "source", "--columns", "country", "\"woman for\"", "-bill"];
    let rows = library.forb(line.into_iter().chain(["--format", "csv"]));
    // An excluded word beside the command's own words stands behind `--`.
    assert_eq!(rows.code, 2, "{}", rows.err);
    let line =
        ["compare", "--rows", "source", "--columns", "country", "--", "\"woman for\"", "-bill"];
    let rows = library.forb(line).ends(0).out;
    let mut opened = 0;
    for row in rows.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let (count, command) = (cells[3], cells[12]);
        if count == "-" || count == "0" {
            continue;
        }
        let mut shell = Command::new("sh");
        shell.args(["-c", &command.replacen("forb ", &format!("'{FORB}' "), 1)]);
        shell.env("FORB_LIBRARY", library.root()).env("NO_COLOR", "1");
        let ran = Ran::of(shell.output().expect("a shell")).ends(0);
        assert_eq!(ran.out.lines().count().to_string(), count, "{command}: {}", ran.out);
        opened += 1;
    }
    assert!(opened >= 2, "{rows}");
}

#[test]
fn no_text_is_no_zero_and_a_short_text_says_nothing() {
    let library = library();
    let by_source =
        table(&library, &["--rows", "country", "--columns", "source", "--issue", "blasphemy"]);
    let counted = cell(&by_source, "PE", "us-state-irf");
    assert_eq!((&counted["held"], counted["passages"].as_u64()), (&json!("text"), Some(1)));
    let words = counted["words"].as_f64().expect("words");
    let rate = counted["rate"]["value"].as_f64().expect("a rate");
    assert!((rate - 10_000.0 / words).abs() < 1e-9, "{counted}");
    let (low, high) = (&counted["rate"]["low"], &counted["rate"]["high"]);
    assert!(low.as_f64() < Some(rate) && high.as_f64() > Some(rate), "{counted}");
    assert_eq!(counted["share"]["value"], 1.0);
    let zero = cell(&by_source, "PE", "us-state-hrr");
    assert_eq!((&zero["held"], &zero["passages"]), (&json!("text"), &json!(0)));
    assert!(zero["rate"]["high"].as_f64() > Some(0.0), "{zero}");
    let short = cell(&by_source, "PE", "brief-notes");
    assert_eq!((&short["held"], &short["passages"]), (&json!("too-short"), &json!(0)));
    let nothing = cell(&by_source, "PE", "far-letters");
    assert_eq!((&nothing["held"], &nothing["passages"]), (&json!("no-text"), &Value::Null));
    assert_eq!((&nothing["rate"], &nothing["share"]), (&Value::Null, &Value::Null));
    let line = ["compare", "--rows", "country", "--columns", "source", "--issue", "blasphemy"];
    for (format, said) in
        [("csv", "PE,far-letters,no-text,,,"), ("markdown", "no text"), ("html", "no text")]
    {
        let out = library.forb(line.into_iter().chain(["--format", format])).ends(0).out;
        assert!(out.contains(said), "{format}: {out}");
    }
    let text = library.forb(line).ends(0);
    assert!(text.out.contains("PE\tfar-letters\tno-text\t-\t-\t"), "{}", text.out);
    assert!(!text.out.contains('\u{1b}'), "{}", text.out);
}

#[test]
fn a_page_has_the_picture_the_numbers_and_the_commands() {
    let library = library();
    let line = ["compare", "--rows", "issue", "--columns", "source", "--country", "PE"];
    let page = library.forb(line.into_iter().chain(["--format", "html"])).ends(0).out;
    assert!(page.contains("<svg") && page.contains("role=\"img\""), "{page}");
    assert!(!page.contains("<script") && !page.contains("http-equiv"), "{page}");
    // The only addresses in it are the name of SVG and places of the page itself.
    assert_eq!(page.matches("http").count(), page.matches("http://www.w3.org/2000/svg").count());
    let links: Vec<&str> = page.split("href=\"#").skip(1).collect();
    assert!(!links.is_empty(), "{page}");
    for link in links {
        let id = link.split('"').next().expect("an id");
        assert!(page.contains(&format!("<tr id=\"{id}\">")), "{id} leads nowhere");
    }
    assert!(
        page.contains("<code>forb search --country PE --publisher us-state --series"),
        "{page}"
    );
}

#[test]
fn what_is_in_no_cell_is_said() {
    let library = library();
    let by_year = ["compare", "--rows", "period", "--columns", "source", "--issue", "blasphemy"];
    let ran = library.forb(by_year).ends(0);
    assert!(ran.err.contains("1 document of unknown period left out"), "{}", ran.err);
    let path = library.file("nowhere.txt", "In an unnamed land blasphemy is a crime.");
    library.forb(["add".as_ref(), path.as_os_str()]).ends(0);
    let by_country = ["compare", "--rows", "country", "--columns", "issue"];
    let ran = library.forb(by_country).ends(0);
    assert!(ran.err.contains("1 document of unknown country left out"), "{}", ran.err);
    let markdown = library.forb(by_country.into_iter().chain(["--format", "markdown"])).ends(0).out;
    assert!(markdown.contains("1 document of unknown country"), "{markdown}");
}

#[test]
fn what_cannot_be_counted_is_said() {
    let library = beside();
    let ask = |line: &[&str]| library.forb(["compare"].into_iter().chain(line.iter().copied()));
    for (line, expected) in [
        (&["--rows", "issue", "--columns", "issue"][..], "rows and columns are both issue"),
        (&["--rows", "country", "--columns", "source"], "there is nothing to count"),
        (&["--rows", "country", "--columns", "source", "---"], "no word to look for"),
        (&["--rows", "issue"], "--columns"),
        (&["--rows", "theme", "--columns", "source"], "theme"),
        (&["--rows", "issue", "--columns", "source", "--issue", "blasfemy"], "did you mean"),
        (&["--rows", "issue", "--columns", "source", "--country", "Perru"], "did you mean Peru"),
        (&["--rows", "issue", "--columns", "source", "--period", "2022..2021"], "2022"),
        (&["--issue", "blasphemy", "--issue", "dress-symbols"], "--rows and --columns"),
    ] {
        let line: Vec<&str> = match line.last() {
            Some(&"---") => line[..line.len() - 1].iter().copied().chain(["--", "---"]).collect(),
            _ => line.to_vec(),
        };
        let wrong = ask(&line).ends(2).err;
        assert!(wrong.contains(expected), "{line:?}: {wrong}");
    }
    let nothing = ask(&["--rows", "issue", "--columns", "source", "--country", "KE"]).ends(1);
    assert!(nothing.err.contains("no text is held"), "{}", nothing.err);
    let none = ask(&["--rows", "country", "--columns", "source", "unicorns"]).ends(1);
    assert!(none.err.contains("no passage speaks to it"), "{}", none.err);
    // Escape sequences in what was typed reach no terminal and no page.
    let typed = "court\u{1b}[2J<b>";
    for format in ["text", "html", "markdown", "csv"] {
        let line = ["--rows", "country", "--columns", "source", "--format", format, typed];
        let out = ask(&line).out;
        assert!(!out.contains('\u{1b}') && !out.contains("<b>"), "{format}: {out}");
    }
    let empty = Library::new();
    empty.forb(["init".as_ref(), empty.root().as_os_str()]).ends(0);
    for format in ["text", "json", "csv", "markdown", "html"] {
        let line = ["compare", "--rows", "issue", "--columns", "source", "--format", format];
        let ran = empty.forb(line).ends(1);
        assert!(ran.err.contains("no text is held"), "{format}: {}", ran.err);
    }
}

/// The keys that the documentation has under a heading.
fn documented(heading: &str) -> Vec<String> {
    let page = std::fs::read_to_string(repository().join("docs/output-format.md")).expect("read");
    let (_, rest) = page.split_once(&format!("\n### JSON: {heading}\n")).expect("a heading");
    let section = rest.split("\n##").next().unwrap_or(rest);
    let keys = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let mut keys: Vec<String> = keys.map(str::to_owned).collect();
    keys.sort();
    keys
}

#[test]
fn the_documentation_has_every_key() {
    let library = beside();
    let table = table(&library, &["--rows", "issue", "--columns", "source", "--country", "PE"]);
    let keys = |value: &Value| -> Vec<String> {
        let mut keys: Vec<String> = value.as_object().expect("an object").keys().cloned().collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&table), documented("table of compare"));
    assert_eq!(keys(&table["rows"][0]), documented("row or column"));
    assert_eq!(keys(&table["cells"][0]), documented("cell"));
}
