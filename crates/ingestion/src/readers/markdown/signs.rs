//! Whether a text is Markdown. Plain reports hold hashes, asterisks, brackets and underlined titles
//! of their own, and taking one for Markdown would change its words; so one kind of sign is never
//! enough, however often it stands there.

use super::super::signature::head_of;

/// How much of a text is looked at.
const WITHIN: usize = 256 * 1024;

/// How long the words and the target of a link may be, in bytes.
const LONGEST_TARGET: usize = 512;

/// How many kinds of signs make Markdown.
const ENOUGH: usize = 2;

/// The kinds of signs that a text has.
#[derive(Default)]
struct Signs {
    /// Headings `# …`, at how many levels.
    levels: [bool; 6],
    /// A title underlined with `===` or `---`: plain text has them too.
    underlined: bool,
    /// `[words](target)`.
    link: bool,
    /// `[name]: target` or `[^1]: note`.
    definition: bool,
    /// `**words**`.
    strong: bool,
    /// A row such as `|---|---|` below a row of cells.
    table: bool,
    /// Lines that begin or end fenced code.
    fences: usize,
}

/// Whether a text is Markdown, by its content: it has at least two kinds of signs, of which headings
/// at two levels are two.
pub fn looks_like_markdown(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let facts = super::front_matter(text);
    let body = facts.map_or(text, |(_, body)| body);
    let mut signs = Signs::default();
    let mut above = ["", ""];
    for line in head_of(body, WITHIN).lines() {
        signs.look_at(line, above);
        above = [above[1], line];
    }
    usize::from(facts.is_some()) + signs.count() >= ENOUGH
}

impl Signs {
    fn look_at(&mut self, line: &str, above: [&str; 2]) {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            self.fences += 1;
        } else if let Some(level) = heading(line).filter(|_| above[1].trim().is_empty()) {
            self.levels[level - 1] = true;
        }
        self.underlined |= is_rule(bare)
            && above[0].trim().is_empty()
            && above[1].contains(|c: char| c.is_alphanumeric())
            && !above[1].contains('|');
        self.table |= is_table_rule(bare) && above[1].contains('|');
        self.definition |= is_definition(line);
        self.link |= has_link(line);
        self.strong |= has_strong(line);
    }

    fn count(&self) -> usize {
        let levels = self.levels.iter().filter(|level| **level).count().min(2);
        let others = [
            self.underlined,
            self.link,
            self.definition,
            self.strong,
            self.table,
            self.fences >= 2,
        ];
        levels + others.iter().filter(|sign| **sign).count()
    }
}

/// The level of the heading that a line is, from 1.
fn heading(line: &str) -> Option<usize> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let is_heading = words.starts_with(' ') && words.contains(char::is_alphabetic);
    ((1..=6).contains(&level) && is_heading).then_some(level)
}

fn is_rule(bare: &str) -> bool {
    bare.len() >= 3 && ['=', '-'].iter().any(|mark| bare.chars().all(|c| c == *mark))
}

fn is_table_rule(bare: &str) -> bool {
    let parts = || bare.trim_matches('|').split('|').map(|part| part.trim().trim_matches(':'));
    let is_dashes = |part: &str| part.len() >= 2 && part.bytes().all(|byte| byte == b'-');
    bare.contains('|') && parts().all(is_dashes)
}

fn is_definition(line: &str) -> bool {
    let Some((name, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]: "))
    else {
        return false;
    };
    let is_target = ["http://", "https://", "#", "<http"].iter().any(|t| target.starts_with(t));
    let is_note = name.len() > 1 && name.starts_with('^');
    is_note || is_target && !name.is_empty() && !name.contains(['[', ']'])
}

fn has_link(line: &str) -> bool {
    line.match_indices("](").any(|(at, _)| {
        // bounded: a line of nothing but brackets is looked at once, not once for each of them
        let mut start = at.saturating_sub(LONGEST_TARGET);
        while !line.is_char_boundary(start) {
            start += 1;
        }
        let words = line[start..at].rsplit_once('[');
        let words = words.is_some_and(|(_, words)| !words.trim().is_empty());
        let target = &line[at + 2..];
        let leads = ["http://", "https://", "mailto:", "#", "/", "./", "../"];
        let leads = || leads.iter().any(|start| target.starts_with(start));
        words && leads() && head_of(target, LONGEST_TARGET).contains(')')
    })
}

fn has_strong(line: &str) -> bool {
    let mut pieces = line.split("**");
    let mut before = pieces.next().unwrap_or("");
    let mut inside = pieces.next();
    for after in pieces {
        let Some(words) = inside else { return false };
        let is_tight = !words.is_empty()
            && !words.starts_with(|c: char| c.is_whitespace() || c == '*')
            && !words.ends_with(|c: char| c.is_whitespace() || c == '*');
        let is_apart = !before.ends_with(char::is_alphanumeric);
        if is_tight && is_apart && words.contains(char::is_alphabetic) {
            return true;
        }
        before = words;
        inside = Some(after);
    }
    false
}
