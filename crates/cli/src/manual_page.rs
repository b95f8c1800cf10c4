//! A page of the documentation as a manual page: the Markdown of `docs/` (headings, paragraphs, tables,
//! fenced examples, `code` and **strong**) as roff.

/// A manual page of section 7 made from a page of `docs/`. `name` is the page's name, `about` the line
/// that lists show.
pub fn roff(name: &str, about: &str, markdown: &str) -> String {
    let mut page = format!(
        ".TH {} 7 \"\" \"forb {}\"\n.SH NAME\n{name} \\- {}\n",
        name.to_uppercase(),
        env!("CARGO_PKG_VERSION"),
        escaped(about)
    );
    let mut kind = Kind::Between;
    let mut first_row = true;
    for line in markdown.lines() {
        if kind == Kind::Example {
            if line.starts_with("```") {
                page.push_str(".EE\n.RE\n");
                kind = Kind::Between;
            } else {
                page.push_str(&format!("{}\n", line_start(&escaped(line))));
            }
            continue;
        }
        if line.starts_with("```") {
            page.push_str(".PP\n.RS 4\n.EX\n");
            kind = Kind::Example;
        } else if let Some(heading) = line.strip_prefix("## ") {
            page.push_str(&format!(".SH {}\n", escaped(&heading.to_uppercase())));
            kind = Kind::Between;
        } else if line.strip_prefix("# ").is_some() {
            page.push_str(".SH EXAMPLES\n");
            kind = Kind::Between;
        } else if let Some(row) = line.strip_prefix("| ") {
            // The first row names the columns.
            if !std::mem::take(&mut first_row)
                && let Some((term, text)) = row.trim_end_matches(" |").split_once(" | ")
            {
                page.push_str(&format!(".TP\n{}\n{}\n", inline(term), inline(text)));
            }
            kind = Kind::Between;
        } else if line.is_empty() {
            kind = Kind::Between;
            first_row = true;
        } else if !line.starts_with('|') {
            if kind == Kind::Between {
                page.push_str(".PP\n");
            }
            page.push_str(&format!("{}\n", inline(line)));
            kind = Kind::Paragraph;
        }
    }
    page.push_str(".SH SEE ALSO\n.BR forb (1)\n");
    page
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Between,
    Paragraph,
    Example,
}

/// A line of prose: `code` and **strong** are bold.
fn inline(text: &str) -> String {
    let mut out = String::new();
    let plain = text.replace("**", "`");
    for (at, part) in plain.split('`').enumerate() {
        let part = escaped(part);
        out.push_str(&if at % 2 == 1 { format!("\\fB{part}\\fR") } else { part });
    }
    line_start(&out)
}

/// Text that roff shows as it is.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('"', "\\(dq")
        .replace('~', "\\(ti")
        .replace('^', "\\(ha")
}

/// A line that does not begin with what roff takes for a request.
fn line_start(line: &str) -> String {
    if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_a_manual_page() {
        let page = roff(
            "forb-x",
            "what x is",
            "# X\n\n```text\n.a \"b\"~5\n```\n\nOne `-a`\n**line**.\n\n## Y\n\n| written | means |\n|---|---|\n| `a^2` | twice |\n| `b` | once |\n",
        );
        let expected = [
            ".TH FORB-X 7",
            "forb-x \\- what x is\n.SH EXAMPLES\n.PP\n.RS 4\n.EX\n\\&.a \\(dqb\\(dq\\(ti5\n.EE\n.RE\n",
            ".PP\nOne \\fB\\-a\\fR\n\\fBline\\fR.\n.SH Y\n.TP\n\\fBa\\(ha2\\fR\ntwice\n.TP\n\\fBb\\fR\nonce\n",
        ];
        for part in expected {
            assert!(page.contains(part), "{part}\n---\n{page}");
        }
        assert!(!page.contains("written"));
    }
}
