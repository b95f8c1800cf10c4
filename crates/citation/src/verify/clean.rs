//! A draft's text as a reader sees it, without the signs of its format, and where each character came
//! from. Quotations that a format marks by itself (`\enquote{…}`, `<q>`) come out between curly marks;
//! block quotations come out as ranges.

use model::TextRange;

use super::draft::DraftKind;

/// A text without markup.
#[derive(Default)]
pub(super) struct Clean {
    pub text: String,
    /// For each character of `text`: where it starts there, and its first byte and one past its last
    /// byte in the draft.
    places: Vec<(usize, usize, usize)>,
    /// Block quotations, as ranges of `text`.
    pub blocks: Vec<TextRange>,
}

impl Clean {
    pub(super) fn of(draft: &str, kind: DraftKind) -> Self {
        let mut made = Self::default();
        match kind {
            DraftKind::Plain => made.copy(draft, TextRange::new(0, draft.len())),
            DraftKind::Markdown => made.read_markdown(draft),
            DraftKind::Html => made.read_html(draft),
            DraftKind::Latex => made.read_latex(draft),
        }
        made
    }

    /// The draft's bytes behind a range of the text.
    pub(super) fn origin(&self, range: TextRange) -> TextRange {
        let place = |at: usize| self.places.partition_point(|&(here, ..)| here < at);
        let first = self.places.get(place(range.start));
        let last = place(range.end).checked_sub(1).and_then(|last| self.places.get(last));
        match (first, last) {
            (Some(&(_, start, _)), Some(&(_, _, end))) => TextRange::new(start, end),
            _ => TextRange::default(),
        }
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        self.places.push((self.text.len(), start, end));
        self.text.push(c);
    }

    fn copy(&mut self, draft: &str, range: TextRange) {
        for (at, c) in range.of(draft).unwrap_or("").char_indices() {
            let start = range.start + at;
            self.push(c, start, start + c.len_utf8());
        }
    }

    /// An empty line, unless there is one.
    fn part(&mut self, at: usize) {
        while !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.push('\n', at, at);
        }
    }

    /// Ends a block quotation that began at `start` of the text.
    fn end_block(&mut self, start: usize) {
        let inside = &self.text[start..];
        let lead = inside.len() - inside.trim_start().len();
        let end = start + inside.trim_end().len();
        if start + lead < end {
            self.blocks.push(TextRange::new(start + lead, end));
        }
    }

    fn read_markdown(&mut self, draft: &str) {
        let mut quoted: Option<usize> = None;
        let mut fence: Option<&str> = None;
        let mut at = 0;
        for line in draft.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let inner = line.trim_start();
            let fenced = ["```", "~~~"].into_iter().find(|mark| inner.starts_with(mark));
            match (fence, fenced) {
                (None, Some(mark)) => {
                    fence = Some(mark);
                    continue;
                }
                (Some(open), found) => {
                    fence = (found != Some(open)).then_some(open);
                    continue;
                }
                (None, None) => {}
            }
            let mut rest = inner;
            let mut deep = false;
            while let Some(after) = rest.strip_prefix('>') {
                deep = true;
                rest = after.trim_start_matches([' ', '\t']);
            }
            let lazy = quoted.is_some() && !deep && !inner.trim().is_empty() && !self.ends_blank();
            if deep && quoted.is_none() {
                self.part(start);
                quoted = Some(self.text.len());
            } else if let Some(from) = quoted.filter(|_| !deep && !lazy) {
                self.end_block(from);
                self.part(start);
                quoted = None;
            }
            if rest.trim().is_empty() {
                self.push('\n', start, at);
                continue;
            }
            self.read_inline(draft, TextRange::new(at - rest.len(), at));
        }
        if let Some(from) = quoted {
            self.end_block(from);
        }
    }

    fn ends_blank(&self) -> bool {
        self.text.ends_with("\n\n")
    }

    /// One line of Markdown: emphasis and escapes go, and so do the addresses of links.
    fn read_inline(&mut self, draft: &str, range: TextRange) {
        let line = range.of(draft).unwrap_or("");
        let mut characters = line.char_indices().peekable();
        let mut before = ' ';
        while let Some((at, c)) = characters.next() {
            let start = range.start + at;
            let next = characters.peek().map_or(' ', |&(_, next)| next);
            match c {
                '\\' if next.is_ascii_punctuation() => {
                    characters.next();
                    self.push(next, start, start + 2);
                }
                '*' => {}
                '_' if !(before.is_alphanumeric() && next.is_alphanumeric()) => {}
                '&' if line[at..].find(';').is_some_and(|end| end <= MOST_ENTITY) => {
                    let end = at + line[at..].find(';').unwrap_or(0) + 1;
                    match entity(&line[at..end]) {
                        Some(meant) => {
                            self.push(meant, start, range.start + end);
                            while characters.peek().is_some_and(|&(here, _)| here < end) {
                                characters.next();
                            }
                        }
                        None => self.push(c, start, start + 1),
                    }
                }
                c => self.push(c, start, start + c.len_utf8()),
            }
            before = c;
        }
    }

    fn read_html(&mut self, draft: &str) {
        let mut at = 0;
        let mut quoted: Vec<usize> = Vec::new();
        while at < draft.len() {
            let rest = &draft[at..];
            let Some(c) = rest.chars().next() else { break };
            if c == '<'
                && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
            {
                let end = tag_end(rest);
                let tag = &rest[..end];
                let after = at + end;
                let name = tag_name(tag);
                match name.as_str() {
                    "q" => self.push('“', at, after),
                    "/q" => self.push('”', at, after),
                    "blockquote" => {
                        self.part(at);
                        quoted.push(self.text.len());
                    }
                    "/blockquote" => {
                        // Only the outermost is a quotation of the draft's own.
                        let from = quoted.pop().filter(|_| quoted.is_empty());
                        if let Some(from) = from {
                            self.end_block(from);
                        }
                        self.part(after);
                    }
                    "script" | "style" | "head" | "template" => {
                        let close = format!("</{name}");
                        let skipped = find_folded(&draft[after..], &close);
                        at = skipped.map_or(draft.len(), |skipped| after + skipped);
                        continue;
                    }
                    "br" => self.push('\n', at, after),
                    name if is_block(name.trim_start_matches('/')) => self.part(at),
                    _ => {}
                }
                at = after;
                continue;
            }
            if c == '&'
                && let Some(end) = rest.find(';').filter(|&end| end <= MOST_ENTITY)
                && let Some(meant) = entity(&rest[..=end])
            {
                self.push(meant, at, at + end + 1);
                at += end + 1;
                continue;
            }
            let shown = if c.is_whitespace() { ' ' } else { c };
            self.push(shown, at, at + c.len_utf8());
            at += c.len_utf8();
        }
        if let Some(&from) = quoted.first() {
            self.end_block(from);
        }
    }

    fn read_latex(&mut self, draft: &str) {
        let mut at = 0;
        let mut quoted: Vec<usize> = Vec::new();
        // For each open brace: what its closing one stands for.
        let mut braces: Vec<Option<char>> = Vec::new();
        while at < draft.len() {
            let rest = &draft[at..];
            let Some(c) = rest.chars().next() else { break };
            let width = c.len_utf8();
            match c {
                '%' => {
                    at += rest.find('\n').map_or(rest.len(), |end| end + 1);
                    continue;
                }
                '\\' => {
                    at += self.read_macro(draft, at, &mut quoted, &mut braces);
                    continue;
                }
                '{' => braces.push(None),
                '}' => {
                    if let Some(mark) = braces.pop().flatten() {
                        self.push(mark, at, at + 1);
                    }
                }
                '~' => self.push(' ', at, at + 1),
                '`' | '\'' => {
                    let double = rest[1..].starts_with(c);
                    let mark = match (c, double) {
                        ('`', true) => '“',
                        ('`', false) => '‘',
                        (_, true) => '”',
                        _ => '’',
                    };
                    let width = if double { 2 } else { 1 };
                    self.push(mark, at, at + width);
                    at += width;
                    continue;
                }
                '"' if rest[1..].starts_with(['`', '\'']) => {
                    let mark = if rest[1..].starts_with('`') { '„' } else { '“' };
                    self.push(mark, at, at + 2);
                    at += 2;
                    continue;
                }
                c => self.push(c, at, at + width),
            }
            at += width;
        }
        if let Some(&from) = quoted.first() {
            self.end_block(from);
        }
    }

    /// One macro; says how many bytes were read.
    fn read_macro(
        &mut self,
        draft: &str,
        at: usize,
        quoted: &mut Vec<usize>,
        braces: &mut Vec<Option<char>>,
    ) -> usize {
        let rest = &draft[at + 1..];
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        if letters == 0 {
            let Some(c) = rest.chars().next() else { return 1 };
            let meant = if c == '\\' { '\n' } else { c };
            if !matches!(c, '/' | '-' | '(' | ')' | '[' | ']') {
                self.push(if c == ',' { ' ' } else { meant }, at, at + 1 + c.len_utf8());
            }
            return 1 + c.len_utf8();
        }
        let name = &rest[..letters];
        let mut read = 1 + letters;
        if rest[letters..].starts_with('*') {
            read += 1;
        }
        let mut after = &draft[at + read..];
        while after.starts_with('[')
            && let Some(end) = after.find(']')
        {
            // Options, which may name the passage: they are kept, since a citation's place is there.
            if name.contains("cite") {
                self.copy(draft, TextRange::new(at + read, at + read + end + 1));
            }
            read += end + 1;
            after = &draft[at + read..];
        }
        let argument = after.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        match name {
            "ldots" | "dots" | "textellipsis" => self.push('…', at, at + read),
            "enquote" | "textquote" | "blockquote" | "blockcquote" | "textcquote" => {
                let skipped = if name.contains("cquote") {
                    argument.map_or(0, |(key, _)| key.len() + 2)
                } else {
                    0
                };
                read += skipped;
                if draft[at + read..].starts_with('{') {
                    self.push('“', at, at + read + 1);
                    braces.push(Some('”'));
                    read += 1;
                }
            }
            "begin" | "end" => {
                let Some((environment, _)) = argument else { return read };
                read += environment.len() + 2;
                let is_quote = ["quote", "quotation", "displayquote", "displaycquote", "quoting"]
                    .contains(&environment);
                self.part(at);
                if is_quote && name == "begin" {
                    quoted.push(self.text.len());
                } else if is_quote && let Some(from) = quoted.pop().filter(|_| quoted.is_empty()) {
                    self.end_block(from);
                }
            }
            "label" | "ref" | "includegraphics" | "usepackage" | "documentclass" => {
                read += argument.map_or(0, |(text, _)| text.len() + 2);
            }
            "par" => self.part(at),
            _ => {
                // A macro's name ends at a space that is not printed.
                if after.starts_with(' ') {
                    read += 1;
                }
            }
        }
        read
    }
}

/// How long an entity's name may be, in bytes.
const MOST_ENTITY: usize = 10;

/// The character that an entity of HTML stands for: the numbered ones, and those named ones that
/// quotations need.
fn entity(text: &str) -> Option<char> {
    let name = text.strip_prefix('&')?.strip_suffix(';')?;
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = match hex {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "laquo" => '«',
        "raquo" => '»',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        _ => return None,
    })
}

/// The length of the tag or comment that `rest` begins with.
fn tag_end(rest: &str) -> usize {
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(rest.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// The name of a tag in lower case, with the slash of a closing one.
fn tag_name(tag: &str) -> String {
    let inside = tag.trim_start_matches('<');
    let slash = if inside.starts_with('/') { "/" } else { "" };
    let name: String =
        inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    format!("{slash}{}", name.to_ascii_lowercase())
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "td"
            | "th"
            | "tr"
            | "table"
            | "section"
            | "article"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "pre"
            | "figure"
            | "aside"
            | "body"
            | "header"
            | "footer"
            | "main"
            | "dd"
            | "dt"
            | "dl"
    )
}

/// Where `wanted`, in lower case of ASCII, begins in `text`, whatever its case.
fn find_folded(text: &str, wanted: &str) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    text.windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted))
}
