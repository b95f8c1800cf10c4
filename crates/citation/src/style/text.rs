//! Text with the little formatting that citations need, written as plain text, Markdown or HTML.

/// A formatted text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StyledText {
    runs: Vec<Run>,
}

/// A stretch of text in one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// As the text around it.
    Plain(String),
    /// In italics.
    Italic(String),
    /// In large and small capitals.
    SmallCaps(String),
    /// An address.
    Link(String),
    /// Words that lead to an address (`url`).
    Linked {
        /// The words.
        text: String,
        /// The address.
        url: String,
    },
}

impl Run {
    fn text(&self) -> &str {
        match self {
            Run::Plain(text) | Run::Italic(text) | Run::SmallCaps(text) | Run::Link(text) => text,
            Run::Linked { text, .. } => text,
        }
    }
}

impl StyledText {
    /// The stretches, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Adds a stretch; an empty one is not added.
    pub fn push(&mut self, run: Run) {
        if !run.text().is_empty() {
            self.runs.push(run);
        }
    }

    pub(super) fn plain(&mut self, text: impl Into<String>) {
        let text = text.into();
        match self.runs.last_mut() {
            Some(Run::Plain(last)) => last.push_str(&text),
            _ => self.push(Run::Plain(text)),
        }
    }

    pub(super) fn italic(&mut self, text: impl Into<String>) {
        self.push(Run::Italic(text.into()));
    }

    /// Takes the full stop away that closes the text; says whether there was one.
    pub(super) fn open_end(&mut self) -> bool {
        let Some(Run::Plain(last)) = self.runs.last_mut() else { return false };
        let trimmed = last.trim_end().strip_suffix('.').map(str::to_owned);
        trimmed.map(|text| *last = text).is_some()
    }

    /// Without formatting.
    pub fn to_plain(&self) -> String {
        self.runs.iter().map(Run::text).collect()
    }

    /// As Markdown: italics between asterisks, addresses between angle brackets.
    pub fn to_markdown(&self) -> String {
        let mut written = String::new();
        for run in &self.runs {
            match run {
                Run::Plain(text) => written.push_str(&markdown(text)),
                Run::Italic(text) => written.push_str(&format!("*{}*", markdown(text))),
                Run::SmallCaps(text) => written.push_str(&markdown(text)),
                Run::Link(url) => {
                    written.push_str(&format!("<{}>", url.replace(['<', '>', ' '], "")))
                }
                Run::Linked { text, url } => {
                    let url = url.replace('(', "%28").replace(')', "%29").replace(' ', "%20");
                    written.push_str(&format!("[{}]({url})", markdown(text)));
                }
            }
        }
        written
    }

    /// As HTML.
    pub fn to_html(&self) -> String {
        let mut written = String::new();
        for run in &self.runs {
            let text = html(run.text());
            match run {
                Run::Plain(_) => written.push_str(&text),
                Run::Italic(_) => written.push_str(&format!("<i>{text}</i>")),
                Run::SmallCaps(_) => written
                    .push_str(&format!("<span style=\"font-variant: small-caps\">{text}</span>")),
                Run::Link(url) | Run::Linked { url, .. } => match is_web(url) {
                    true => written.push_str(&format!("<a href=\"{}\">{text}</a>", html(url))),
                    false => written.push_str(&text),
                },
            }
        }
        written
    }
}

/// Whether an address may be followed from a page: nothing that runs.
fn is_web(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://")
}

fn markdown(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '\\' | '[' | ']' | '<' | '>' | '`' | '#' | '&') {
            written.push('\\');
        }
        written.push(c);
    }
    written
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_escapes_its_own_signs() {
        let mut text = StyledText::default();
        text.plain("A & <b>, ");
        text.italic("T*tle");
        text.push(Run::Link("https://x.org/?a=1&b=\"2\"".into()));
        text.push(Run::Linked { text: "url".into(), url: "javascript:alert(1)".into() });
        assert_eq!(text.to_plain(), "A & <b>, T*tlehttps://x.org/?a=1&b=\"2\"url");
        assert!(text.to_markdown().starts_with("A \\& \\<b\\>, *T\\*tle*<https://x.org/"));
        assert_eq!(
            text.to_html(),
            "A &amp; &lt;b&gt;, <i>T*tle</i><a href=\"https://x.org/?a=1&amp;b=&quot;2&quot;\">https://x.org/?a=1&amp;b=&quot;2&quot;</a>url"
        );
    }
}
