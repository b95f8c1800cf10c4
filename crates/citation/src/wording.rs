//! A quoted string as its writer marked it: words, ellipses that stand for words left out, and
//! square brackets that hold what the writer put in their place. Here it is taken apart and found in
//! a text, and every way in which it departs from the text is recorded.

use model::TextRange;

use crate::find::{Comparable, occurrences};

/// The most places of the first words that are followed up in one text.
const MOST_STARTS: usize = 2_000;
/// How far apart, in bytes, the words on either side of an ellipsis may stand.
const WIDEST_OMISSION: usize = 6_000;
/// How many bytes a bracket may stand for.
const WIDEST_BRACKET: usize = 120;

/// One way in which a quotation departs from its source, all of them allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alteration {
    /// An ellipsis stands for these words of the source.
    Omitted {
        /// What was left out, as the source prints it; empty where nothing was.
        source: String,
    },
    /// Square brackets stand for these words of the source.
    Bracketed {
        /// What stands between the brackets.
        written: String,
        /// What the source has there; empty where the brackets only add.
        source: String,
    },
    /// The first letter is a capital where the source has none, or the other way round, and no bracket
    /// says so.
    Case {
        /// The word as the source prints it.
        source: String,
    },
    /// The quotation closes with a comma or full stop that the source does not have there.
    ClosingPunctuation {
        /// The mark that was put in.
        written: char,
        /// What follows in the source, up to 32 scalar values: an early full stop may cut a sentence.
        source: String,
    },
}

/// Where a quoted string stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// From its first word to its last.
    pub range: TextRange,
    /// Its stretches of words, in order, as they stand in the text.
    pub stretches: Vec<TextRange>,
    /// How it departs from the text, in order.
    pub alterations: Vec<Alteration>,
    /// What joins the stretches: what was written between them.
    joints: Vec<Joint>,
}

/// A quoted string, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Wording {
    pub stretches: Vec<String>,
    /// What stands before each stretch, and after the last.
    joints: Vec<Joint>,
    /// A comma or full stop that the string closes with.
    closing: Option<char>,
}

/// What a writer put between two stretches of the source's words.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Joint {
    /// Nothing: the string begins or ends here.
    Border,
    /// An ellipsis.
    Ellipsis,
    /// A bracket, and whether letters touch it before and after (`[T]he`, `law[s]`).
    Bracket { written: String, touches: Touches },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Touches {
    before: bool,
    after: bool,
}

impl Alteration {
    /// Whether the quotation itself shows a reader that the source was departed from.
    pub fn is_marked(&self) -> bool {
        matches!(self, Alteration::Omitted { .. } | Alteration::Bracketed { .. })
    }
}

impl Found {
    /// The quotation in the source's own glyphs, with the writer's ellipses and brackets.
    pub fn written(&self, text: &str) -> String {
        let mut written = String::new();
        for (at, stretch) in self.stretches.iter().enumerate() {
            self.joints.get(at).unwrap_or(&Joint::Border).write(&mut written);
            written.push_str(stretch.of(text).unwrap_or(""));
        }
        self.joints.get(self.stretches.len()).unwrap_or(&Joint::Border).write(&mut written);
        written.trim().to_owned()
    }

    /// Whether a reader sees every departure from the source, or there is none to see: case at the
    /// start and a closing mark moved inside are an editor's custom.
    pub fn is_verbatim(&self) -> bool {
        !self.alterations.iter().any(Alteration::is_marked)
    }
}

impl Joint {
    fn write(&self, written: &mut String) {
        match self {
            Joint::Border => {}
            Joint::Ellipsis => written.push_str(if written.is_empty() { "… " } else { " … " }),
            Joint::Bracket { written: words, touches } => {
                if !touches.before && !written.is_empty() && !written.ends_with(' ') {
                    written.push(' ');
                }
                written.push('[');
                written.push_str(words);
                written.push(']');
                if !touches.after {
                    written.push(' ');
                }
            }
        }
    }
}

/// Every place of `text`, in order, where a quoted string stands. Words match whole; case at the
/// beginning of a stretch and a comma or full stop at the end are allowed to differ.
pub fn find_quote(text: &str, quote: &str) -> Vec<Found> {
    find_in(&Comparable::of_text(text), text, quote)
}

/// The same in a text that was made comparable before.
pub(crate) fn find_in(source: &Comparable, text: &str, quote: &str) -> Vec<Found> {
    let plain = Wording::verbatim(quote);
    let found = plain.found(source, text);
    if !found.is_empty() {
        return found;
    }
    // A line-end hyphen may be one of the word, or only of the line.
    let joined = joined_lines(quote);
    [Some(quote), joined.as_deref()]
        .into_iter()
        .flatten()
        .map(|quote| Wording::of(quote).found(source, text))
        .chain(punctuation_outside(quote).map(|quote| Wording::of(&quote).found(source, text)))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The string without the comma or full stop that stands before a mark at its end (`“laws.”` for a
/// source that has `“laws”.`); `None` where it ends otherwise.
fn punctuation_outside(quote: &str) -> Option<String> {
    let inside = quote.trim_end().trim_end_matches(['"', '\'', '’', '”', '»', '“']);
    let marks = &quote.trim_end()[inside.len()..];
    let words = inside.strip_suffix(['.', ','])?;
    (!marks.is_empty()).then(|| format!("{words}{marks}{}", &inside[words.len()..]))
}

/// The string without hyphens that end a line within a word; `None` where there are none.
fn joined_lines(quote: &str) -> Option<String> {
    let mut joined = String::with_capacity(quote.len());
    let mut rest = quote;
    let mut any = false;
    while let Some(at) = rest.find(['-', '‐', '\u{ad}']) {
        let hyphen = rest[at..].chars().next().map_or(1, char::len_utf8);
        let (before, after) = (&rest[..at], &rest[at + hyphen..]);
        let next = after.trim_start();
        let gap = &after[..after.len() - next.len()];
        let splits = gap.contains('\n')
            && before.ends_with(char::is_alphabetic)
            && next.starts_with(char::is_lowercase);
        joined.push_str(if splits { before } else { &rest[..at + hyphen] });
        rest = if splits { next } else { after };
        any |= splits;
    }
    joined.push_str(rest);
    any.then_some(joined)
}

impl Wording {
    /// The string with nothing in it taken for a mark of the writer's.
    fn verbatim(quote: &str) -> Self {
        Self::of_parts(vec![quote.trim().to_owned()], vec![Joint::Border, Joint::Border])
    }

    /// The string taken apart at its ellipses and brackets.
    pub(crate) fn of(quote: &str) -> Self {
        let (mut stretches, mut joints) = (Vec::new(), Vec::new());
        let mut joint = Joint::Border;
        let mut words = String::new();
        let mut rest = quote.trim();
        while let Some(c) = rest.chars().next() {
            let (mark, length) = match mark_at(rest, &words) {
                Some(found) => found,
                None => {
                    words.push(c);
                    rest = &rest[c.len_utf8()..];
                    continue;
                }
            };
            rest = &rest[length..];
            if words.trim().is_empty() {
                // Two marks in a row: the ellipsis is the wider one.
                joint = if joint == Joint::Ellipsis { joint } else { mark };
            } else {
                stretches.push(std::mem::take(&mut words).trim().to_owned());
                joints.push(std::mem::replace(&mut joint, mark));
            }
            words.clear();
        }
        if words.trim().is_empty() {
            joints.push(joint);
        } else {
            stretches.push(words.trim().to_owned());
            joints.push(joint);
            joints.push(Joint::Border);
        }
        Self::of_parts(stretches, joints)
    }

    fn of_parts(stretches: Vec<String>, joints: Vec<Joint>) -> Self {
        let mut stretches: Vec<String> =
            stretches.iter().map(|words| Comparable::of_quote(words).text).collect();
        let closing = stretches.last_mut().and_then(|last| {
            let mark = last.chars().next_back().filter(|c| matches!(c, ',' | '.'))?;
            last.pop();
            Some(mark)
        });
        Self { stretches, joints, closing }
    }

    /// Whether it holds no words at all.
    fn is_empty(&self) -> bool {
        self.stretches.iter().all(|words| !words.contains(char::is_alphanumeric))
    }

    fn found(&self, source: &Comparable, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let Some(first) = self.stretches.first().filter(|_| !self.is_empty()) else {
            return found;
        };
        for (start, length) in starts(&source.text, first).into_iter().take(MOST_STARTS) {
            let mut places = vec![TextRange::new(start, start + length)];
            if !self.fits(source, &places, 0) {
                continue;
            }
            if self.follow(source, &mut places) {
                found.push(self.describe(source, text, &places));
            }
        }
        found
    }

    /// Finds the stretches after the first, each at its nearest place.
    fn follow(&self, source: &Comparable, places: &mut Vec<TextRange>) -> bool {
        for (at, words) in self.stretches.iter().enumerate().skip(1) {
            let before = places[at - 1].end;
            let joint = &self.joints[at];
            let reach = match joint {
                Joint::Ellipsis => WIDEST_OMISSION,
                _ => WIDEST_BRACKET,
            };
            let mut end = (before + reach + words.len()).min(source.text.len());
            while !source.text.is_char_boundary(end) {
                end -= 1;
            }
            let Some(window) = source.text.get(before..end) else { return false };
            let next = starts(window, words).into_iter().find_map(|(start, length)| {
                let place = TextRange::new(before + start, before + start + length);
                let mut tried = places.clone();
                tried.push(place);
                self.fits(source, &tried, at).then_some(place)
            });
            match next {
                Some(place) => places.push(place),
                None => return false,
            }
        }
        true
    }

    /// Whether stretch `at` stands there as whole words, but where a bracket touches it.
    fn fits(&self, source: &Comparable, places: &[TextRange], at: usize) -> bool {
        let place = places[at];
        let (before, after) = (&source.text[..place.start], &source.text[place.end..]);
        let touched = |joint: &Joint, side: fn(&Touches) -> bool| match joint {
            Joint::Bracket { touches, .. } => side(touches),
            _ => false,
        };
        let opens = touched(&self.joints[at], |touches| touches.after)
            || !joins(before.chars().next_back(), self.stretches[at].chars().next());
        let closes = touched(&self.joints[at + 1], |touches| touches.before)
            || !joins(self.stretches[at].chars().next_back(), after.chars().next());
        opens && closes
    }

    fn describe(&self, source: &Comparable, text: &str, places: &[TextRange]) -> Found {
        let stretches: Vec<TextRange> = places.iter().map(|&place| source.origin(place)).collect();
        let (start, end) =
            (stretches.first().map_or(0, |s| s.start), stretches.last().map_or(0, |s| s.end));
        let mut alterations = Vec::new();
        for (at, joint) in self.joints.iter().enumerate() {
            let inner = at > 0 && at < stretches.len();
            let gap = inner.then(|| TextRange::new(stretches[at - 1].end, stretches[at].start));
            let edge = match joint {
                Joint::Bracket { touches, .. } if at == 0 && touches.after => {
                    word_start(text, start)
                }
                Joint::Bracket { touches, .. } if at == stretches.len() && touches.before => {
                    word_end(text, end)
                }
                _ => TextRange::new(start, start),
            };
            let gone = gap.unwrap_or(edge).of(text).unwrap_or("").trim().to_owned();
            match joint {
                Joint::Border => {}
                Joint::Ellipsis => alterations.push(Alteration::Omitted { source: gone }),
                Joint::Bracket { written, .. } => {
                    alterations
                        .push(Alteration::Bracketed { written: written.clone(), source: gone });
                }
            }
            let shown = places.get(at).and_then(|place| place.of(&source.text));
            if let (Some(shown), Some(words)) = (shown, self.stretches.get(at))
                && shown != words
            {
                let word = stretches[at].of(text).unwrap_or("");
                let word = word.split_whitespace().next().unwrap_or("").to_owned();
                alterations.push(Alteration::Case { source: word });
            }
        }
        let follows = text.get(end..).unwrap_or("");
        match self.closing {
            Some(mark) if !follows.starts_with(mark) => {
                let source = follows.chars().take(32).collect();
                alterations.push(Alteration::ClosingPunctuation { written: mark, source });
            }
            _ => {}
        }
        let kept = self.closing.filter(|mark| follows.starts_with(*mark));
        let end = end + kept.map_or(0, char::len_utf8);
        let mut stretches = stretches;
        if let Some(last) = stretches.last_mut() {
            last.end = end;
        }
        Found {
            range: TextRange::new(start, end),
            stretches,
            alterations,
            joints: self.joints.clone(),
        }
    }
}

/// Where `words` begin in `text`, and their length there; the first letter's case may differ.
fn starts(text: &str, words: &str) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> =
        occurrences(text, words).take(MOST_STARTS).map(|start| (start, words.len())).collect();
    // An opening quotation mark may come before the first letter.
    let letter = words.find(|c: char| c != '"');
    let Some((at, c)) = letter.and_then(|at| Some((at, words[at..].chars().next()?))) else {
        return all;
    };
    let other: String =
        if c.is_uppercase() { c.to_lowercase().collect() } else { c.to_uppercase().collect() };
    if c.is_alphabetic() && other != c.to_string() {
        let turned = format!("{}{other}{}", &words[..at], &words[at + c.len_utf8()..]);
        all.extend(occurrences(text, &turned).take(MOST_STARTS).map(|s| (s, turned.len())));
        all.sort_unstable();
    }
    all
}

/// Whether two neighbouring characters are of one word.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    matches!((before, after), (Some(a), Some(b)) if a.is_alphanumeric() && b.is_alphanumeric())
}

/// The letters directly before `at`, back to the beginning of their word.
fn word_start(text: &str, at: usize) -> TextRange {
    let before = text.get(..at).unwrap_or("");
    let length: usize =
        before.chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    TextRange::new(at - length, at)
}

/// The letters directly after `at`, up to the end of their word.
fn word_end(text: &str, at: usize) -> TextRange {
    let after = text.get(at..).unwrap_or("");
    let length: usize = after.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    TextRange::new(at, at + length)
}

/// The ellipsis or bracket that `rest` begins with, and its length in bytes.
fn mark_at(rest: &str, before: &str) -> Option<(Joint, usize)> {
    for dots in ["[...]", "[…]", "[. . .]", "(...)", "(…)", ". . . .", ". . .", "....", "...", "…"]
    {
        if rest.starts_with(dots) {
            return Some((Joint::Ellipsis, dots.len()));
        }
    }
    let inside = rest.strip_prefix('[')?;
    let end = inside.find([']', '['])?;
    let written = inside.get(..end).filter(|_| inside[end..].starts_with(']'))?;
    let after = &inside[end + 1..];
    let touches = Touches {
        before: before.ends_with(char::is_alphanumeric),
        after: after.starts_with(char::is_alphanumeric),
    };
    Some((Joint::Bracket { written: written.trim().to_owned(), touches }, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Overview\nAuthorities said that the state’s “laws” were not applied broadly. \
                        However, some groups — few of them large — reported delays, and they left.";

    fn one(quote: &str) -> Found {
        let mut found = find_quote(TEXT, quote);
        assert_eq!(found.len(), 1, "{quote}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn words_are_found_whole_and_the_source_s_glyphs_come_back() {
        let found = one("the state's 'laws' were not applied broadly.");
        assert_eq!(found.range.of(TEXT), Some("the state’s “laws” were not applied broadly."));
        assert!(found.alterations.is_empty());
        assert!(find_quote(TEXT, "group").is_empty());
        assert!(find_quote(TEXT, "laws were applied").is_empty());
        assert_eq!(
            one("few of them large--reported").range.of(TEXT),
            Some("few of them large — reported")
        );
    }

    #[test]
    fn an_editor_s_customs_are_allowed_and_recorded() {
        let found = one("Some groups");
        assert_eq!(found.alterations, [Alteration::Case { source: "some".into() }]);
        assert!(found.is_verbatim());
        let found = one("reported delays.");
        let follows = ", and they left.".to_owned();
        let early = Alteration::ClosingPunctuation { written: '.', source: follows };
        assert_eq!(found.alterations, [early]);
        assert_eq!(one("reported delays,").alterations, []);
    }

    #[test]
    fn an_ellipsis_records_what_it_leaves_out() {
        for dots in ["…", "...", "[...]", ". . .", "[…]"] {
            let found = one(&format!("Authorities said {dots} some groups"));
            let [Alteration::Omitted { source }] = &found.alterations[..] else {
                panic!("{:?}", found.alterations)
            };
            assert!(source.starts_with("that the state’s") && source.ends_with("However,"));
            assert!(!found.is_verbatim());
            assert_eq!(found.written(TEXT), "Authorities said … some groups");
        }
    }

    #[test]
    fn a_bracket_records_what_it_stands_for() {
        let found = one("reported delays, and [the groups] left");
        let replaced = |written: &str, source: &str| Alteration::Bracketed {
            written: written.into(),
            source: source.into(),
        };
        assert_eq!(found.alterations, [replaced("the groups", "they")]);
        assert_eq!(one("[S]ome groups").alterations, [replaced("S", "s")]);
        assert_eq!(one("some [religious] groups").alterations, [replaced("religious", "")]);
        assert_eq!(one("some group[]").alterations, [replaced("", "s")]);
        assert_eq!(one("[S]ome groups").written(TEXT), "[S]ome groups");
    }

    #[test]
    fn a_hyphen_at_a_line_s_end_is_the_line_s_or_the_word_s() {
        assert_eq!(
            one("were not app-\nlied broadly").range.of(TEXT),
            Some("were not applied broadly")
        );
        let text = "a non-governmental body";
        assert_eq!(find_quote(text, "non-\ngovernmental").len(), 1);
    }

    #[test]
    fn strings_without_words_are_found_nowhere() {
        for quote in ["", " ", "…", "[...]", "[a]", "\"", "—", "["] {
            assert!(find_quote(TEXT, quote).is_empty(), "{quote}");
        }
    }

    #[test]
    fn a_full_stop_may_move_inside_the_marks() {
        let text = "They called it “law”.";
        assert_eq!(find_quote(text, "called it ‘law.’")[0].alterations, []);
    }

    #[test]
    fn an_ellipsis_of_the_source_s_own_is_no_alteration() {
        assert_eq!(find_quote("They said… nothing.", "said… nothing")[0].alterations, []);
    }
}
