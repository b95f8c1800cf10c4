//! What stands behind `field:` in a query. What cannot be read is left to be read as words, and the
//! note says why.

use std::ops::Range;

use model::{Field, PeriodFilter};

use crate::ast::{Boost, Node, Occur};
use crate::parser::fields::{FieldForm, QueryField, field_named, fields_near};
use crate::parser::level::widen;
use crate::parser::notes::Note;
use crate::parser::read::{Before, Reader, ends_run, quoted};
use crate::parser::tree::Forms;
use crate::parser::words::{Allowance, Cut, begins_word, is_quote, quoted_words};

/// Why a value was not read.
enum Unread {
    /// There is none.
    Empty,
    /// It is none of the field, and these are near.
    Unknown(Range<usize>, Vec<String>),
    /// It is no list.
    NoList,
}

impl Reader<'_> {
    /// Reads `field:value`; where reading goes on. `None` where what stands here is to be read as a
    /// run of words, which a note may say.
    pub(super) fn read_field(&mut self, start: usize, occur: Occur) -> Option<(usize, Before)> {
        let length = name_length(&self.text[start..])?;
        let (name, value) = (&self.text[start..start + length], start + length + 1);
        let rest = &self.text[value..];
        let begins = rest.starts_with(|c| is_quote(c) || c == '(') || begins_word(rest);
        let Some(field) = field_named(name) else {
            if begins {
                let (name, near) = (name.to_owned(), fields_near(name));
                self.say(start..value, |at| Note::UnknownField { at, name, near });
            }
            return self.read_literally(start, value, occur);
        };
        let forms = match field.form {
            FieldForm::Words => Some(Forms::Any),
            FieldForm::ExactWords => Some(Forms::AsWritten),
            FieldForm::Headings | FieldForm::Keyword | FieldForm::Period => None,
        };
        if let Some(forms) = forms.filter(|_| begins || rest.starts_with(['*', '?'])) {
            return Some(match self.next_at(value) {
                Some('(') => (self.open_group(start, value, occur, forms), Before::Free),
                Some(c) if is_quote(c) => self.read_quoted(value, occur, Vec::new()),
                _ => (self.read_run(value, occur, forms), Before::Glued),
            });
        }
        let read =
            if forms.is_some() { Err(Unread::Empty) } else { self.restriction(field, value) };
        match read {
            Ok((node, end)) => {
                // What restricts has no score, whatever its sign.
                let (_, end) = self.boost_at(end, Occur::MustNot);
                if self.allowance.take() {
                    self.operand(occur, Boost::ONE, vec![node]);
                } else {
                    self.note_cut(Cut::Yes);
                }
                Some((end, Before::Closed))
            }
            Err(unread) => {
                self.say_unread(field, start..value, unread);
                self.read_literally(start, value, occur)
            }
        }
    }

    /// Reads a name and what stands behind its colon as words.
    fn read_literally(
        &mut self,
        start: usize,
        value: usize,
        occur: Occur,
    ) -> Option<(usize, Before)> {
        let next = self.next_at(value)?;
        if next != '(' && !is_quote(next) {
            return None;
        }
        let name = self.text[start..value - 1].to_owned();
        if next == '(' {
            let end = self.open_group(value, value, occur, Forms::Any);
            let words = self.words_of(&name, start);
            self.operand(Occur::Should, Boost::ONE, words);
            return Some((end, Before::Free));
        }
        let words = self.words_of(&name, start);
        Some(self.read_quoted(value, occur, words))
    }

    fn say_unread(&mut self, field: QueryField, name: Range<usize>, unread: Unread) {
        let field_name = field.name;
        match unread {
            Unread::Empty => self.say(name, |at| Note::NoValue { at, field: field_name }),
            Unread::NoList => self.say(name, |at| Note::NoList { at, field: field_name }),
            Unread::Unknown(place, near) => {
                let value = self.text[place.clone()].trim_matches(is_quote).to_owned();
                let place = name.start..place.end;
                match field.form {
                    FieldForm::Period => self.say(place, |at| Note::NoPeriod { at, value }),
                    _ => self.say(place, |at| Note::UnknownValue {
                        at,
                        field: field_name,
                        value,
                        near,
                    }),
                }
            }
        }
    }

    /// What a field restricts to, by the value that begins at a place, and where it ends.
    fn restriction(&mut self, field: QueryField, at: usize) -> Result<(Node, usize), Unread> {
        match self.next_at(at) {
            Some('(') => self.list(field, at + 1),
            Some(c) if is_quote(c) => {
                let (content, end) = quoted(self.text, at).ok_or(Unread::Empty)?;
                let node = self.value(field, content).map_err(|why| why.at(at..end))?;
                Ok((node, end))
            }
            Some(c) if !c.is_whitespace() => {
                let rest = &self.text[at..];
                let whole = &rest[..rest.find(ends_run).unwrap_or(rest.len())];
                let end = at + self.end_of_run(whole, &['^']);
                let node = self.value(field, &self.text[at..end]).map_err(|why| why.at(at..end))?;
                Ok((node, end))
            }
            _ => Err(Unread::Empty),
        }
    }

    /// The values of a list, any of which will do, and where it ends: `KZ OR "Saudi Arabia")`.
    fn list(&mut self, field: QueryField, start: usize) -> Result<(Node, usize), Unread> {
        let (items, end) = items(self.text, start).ok_or(Unread::NoList)?;
        let mut node: Option<Node> = None;
        let mut add = |read: Node| match &mut node {
            Some(node) => widen(node, read),
            None => node = Some(read),
        };
        for item in items {
            let text = &self.text[item.clone()];
            match self.value(field, text.trim_matches(is_quote)) {
                Ok(read) => add(read),
                // Not one name of several words, so one a word.
                Err(_) if !text.starts_with(is_quote) && text.contains(char::is_whitespace) => {
                    for word in text.split_whitespace() {
                        add(self.value(field, word).map_err(|why| why.at(item.clone()))?);
                    }
                }
                Err(why) => return Err(why.at(item)),
            }
        }
        node.map(|node| (node, end)).ok_or(Unread::Empty)
    }

    /// What a field restricts to by one value.
    fn value(&self, field: QueryField, value: &str) -> Result<Node, NoValue> {
        let trimmed = value.trim().trim_end_matches([',', ';', '!', '?']);
        if trimmed.is_empty() {
            return Err(NoValue::Empty);
        }
        match field.form {
            FieldForm::Period => match trimmed.parse::<PeriodFilter>() {
                Ok(period) => Ok(Node::Covers { period }),
                Err(_) => Err(NoValue::Unknown(Vec::new())),
            },
            FieldForm::Headings => {
                let (text, _) = quoted_words(trimmed, &mut Allowance(usize::MAX));
                text.map(|text| Node::Section { text }).ok_or(NoValue::Empty)
            }
            FieldForm::Keyword | FieldForm::Words | FieldForm::ExactWords => {
                self.keyword(field.field, value, trimmed)
            }
        }
    }

    fn keyword(&self, field: Field, value: &str, trimmed: &str) -> Result<Node, NoValue> {
        let resolved = self.names.resolve(field, value);
        let resolved = match resolved {
            Err(near) if trimmed != value => self.names.resolve(field, trimmed).map_err(|_| near),
            resolved => resolved,
        };
        let mut values: Vec<String> = Vec::new();
        for value in resolved.map_err(NoValue::Unknown)? {
            // One with a quotation mark could not be written and read back.
            if !value.is_empty() && !value.contains(is_quote) && !values.contains(&value) {
                values.push(value);
            }
        }
        if values.is_empty() {
            return Err(NoValue::Unknown(Vec::new()));
        }
        Ok(Node::Is { field, values })
    }
}

/// Why a text is no value.
enum NoValue {
    Empty,
    Unknown(Vec<String>),
}

impl NoValue {
    fn at(self, place: Range<usize>) -> Unread {
        match self {
            NoValue::Empty => Unread::Empty,
            NoValue::Unknown(near) => Unread::Unknown(place, near),
        }
    }
}

/// How long the name is that a text begins with, if a colon stands behind it: letters of English,
/// hyphens and underscores.
fn name_length(text: &str) -> Option<usize> {
    let length = text.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_')))?;
    let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_name && text[length..].starts_with(':')).then_some(length)
}

/// The items of a list that begins at a place, and where it ends; `None` where it is none. Items are
/// quoted, or parted by `OR`.
fn items(text: &str, start: usize) -> Option<(Vec<Range<usize>>, usize)> {
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut words: Option<Range<usize>> = None;
    let mut at = start;
    loop {
        let c = text[at..].chars().next()?;
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c == ')' {
            items.extend(words.take());
            return Some((items, at + 1));
        } else if is_quote(c) {
            let (_, end) = quoted(text, at)?;
            items.extend(words.take());
            items.push(at..end);
            at = end;
        } else {
            let rest = &text[at..];
            let run = &rest[..rest.find(|c| ends_run(c) || c == ')').unwrap_or(rest.len())];
            if run.starts_with(['+', '-']) || run.contains('(') || matches!(run, "AND" | "NOT") {
                return None;
            }
            let end = at + run.len();
            if run == "OR" {
                items.extend(words.take());
            } else {
                words = Some(words.map_or(at, |words| words.start)..end);
            }
            at = end;
        }
    }
}
