//! Web archives (WARC), plain or packed record by record: each page that a server gave is a document,
//! with the address it was asked for at and the day it was taken. What else a web archive keeps
//! (requests, images, notes of the crawl) is counted by kind.

mod http;

use std::io::{self, BufRead, Read};

use model::{Extent, PartialDate};

use super::bounds::{Budget, Trouble, trouble};
use super::layer::{Layer, Member, Passed, Refused, Step};
use super::place::place_of;
use crate::stated::Stated;

/// What each record begins with.
const MARK: &[u8] = b"WARC/";

/// How a record that a wrong length swallowed stands in the one before it.
const SWALLOWED: &[u8] = b"\r\n\r\nWARC/1.";

/// The longest head of a record, and the longest line, in bytes.
const MOST_HEAD: usize = 1 << 20;

/// After how many wrong lengths no more is gone back over, so that the work stays in proportion.
const MOST_REPAIRS: u32 = 100;

/// Whether bytes begin a web archive.
pub(super) fn is_warc(bytes: &[u8]) -> bool {
    bytes.strip_prefix(MARK).and_then(|rest| rest.first()).is_some_and(u8::is_ascii_digit)
}

/// A web archive.
pub(super) struct Warc {
    feed: Feed,
    read: u64,
    repairs: u32,
    ended: bool,
}

/// The named fields of a record or a response.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        let is_it = |field: &&(String, String)| field.0.eq_ignore_ascii_case(name);
        self.0.iter().find(is_it).map(|(_, value)| value.as_str())
    }

    /// The fields of a head, a line each; what begins with a space goes on the line before.
    fn of(head: &[u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in String::from_utf8_lossy(head).lines() {
            if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), fields.last_mut()) {
                value.push(' ');
                value.push_str(line.trim());
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Self(fields)
    }
}

impl Warc {
    pub(super) fn new(reader: Box<dyn BufRead + Send>) -> Self {
        let feed = Feed { again: Vec::new(), at: 0, reader };
        Self { feed, read: 0, repairs: 0, ended: false }
    }

    /// The next record that is a line in the report; `None` at the end.
    fn record(
        &mut self,
        budget: &mut Budget,
        passed: &mut Passed,
    ) -> Result<Option<Step>, Trouble> {
        loop {
            let Some(head) = self.head()? else { return Ok(None) };
            let fields = Fields::of(&head);
            let uri = fields.get("WARC-Target-URI").map(|uri| uri.trim_matches(['<', '>']));
            let place = place(uri.or(fields.get("WARC-Record-ID")));
            let length = fields.get("Content-Length").and_then(|length| length.parse().ok());
            let Some(length) = length else {
                self.find_next_record()?;
                return Ok(Some(Err(Refused::new(&place, "does not say how long it is"))));
            };
            if length > budget.bounds.member {
                self.find_next_record()?;
                let large = Trouble::Large(budget.bounds.member);
                return Ok(Some(Err(Refused::new(&place, large))));
            }
            let body = budget.read(self.feed.by_ref().take(length), length)?;
            if let Some(refused) = self.wrong_length(&body, length, &place)? {
                return Ok(Some(Err(refused)));
            }
            match self.step(&fields, uri, place, &body, budget) {
                Ok(step) => return Ok(Some(step)),
                Err(what) => passed.count(&what),
            }
        }
    }

    /// What becomes of a record; an error is what it is, where it is only counted.
    fn step(
        &mut self,
        fields: &Fields,
        uri: Option<&str>,
        place: String,
        body: &[u8],
        budget: &mut Budget,
    ) -> Result<Step, String> {
        match fields.get("WARC-Type").unwrap_or("").to_ascii_lowercase().as_str() {
            "response" => {}
            "revisit" => {
                let of = fields.get("WARC-Refers-To-Date").map(|date| format!(" of {date}"));
                let reason = format!(
                    "is a revisit: the page was as in an earlier capture{}, and is not kept again",
                    of.unwrap_or_default()
                );
                return Ok(Err(Refused::new(&place, reason)));
            }
            "" => return Err("record of no stated type".to_owned()),
            other => return Err(format!("{} record", place_of(other.as_bytes()))),
        }
        let page = match http::page(body, budget) {
            Ok(http::Response::Page(page)) => page,
            Ok(http::Response::Other(what)) => return Err(what),
            Err(reason) => return Ok(Err(Refused::new(&place, reason))),
        };
        let is_address = |uri: &&str| uri.starts_with("http://") || uri.starts_with("https://");
        // Of a moment only the day counts.
        let day = fields.get("WARC-Date").and_then(|date| date.get(..10));
        let stated = Stated {
            url: uri.filter(is_address).map(str::to_owned),
            captured: day.and_then(|day| day.parse::<PartialDate>().ok()),
            extent: fields.get("WARC-Truncated").map(|_| Extent::Excerpt),
            ..Stated::default()
        };
        self.read += 1;
        let (record, may_hold_more) = (None, false);
        Ok(Ok(Member { place, bytes: page, stated, record, may_hold_more }))
    }

    /// The head of the next record, without the line that begins it; `None` at the end.
    fn head(&mut self) -> Result<Option<Vec<u8>>, Trouble> {
        loop {
            let line = self.feed.line().map_err(trouble)?;
            if line.is_empty() {
                return Ok(None);
            }
            if line.starts_with(MARK) {
                break;
            }
            if MARK.starts_with(&line) {
                return Err(Trouble::Cut);
            }
            if !line.trim_ascii().is_empty() {
                return Err(Trouble::Damaged("what follows is no record".to_owned()));
            }
        }
        let mut head = Vec::new();
        loop {
            let line = self.feed.line().map_err(trouble)?;
            if line.is_empty() || head.len() > MOST_HEAD {
                return Err(Trouble::Cut);
            }
            if line.trim_ascii().is_empty() {
                return Ok(Some(head));
            }
            head.extend(line);
        }
    }

    /// Whether a record's length is wrong: then no byte of it is taken, and reading goes on with the
    /// next record that can be told.
    fn wrong_length(
        &mut self,
        body: &[u8],
        length: u64,
        place: &str,
    ) -> Result<Option<Refused>, Trouble> {
        let is_whole = body.len() as u64 == length;
        if is_whole && self.feed.is_at_record().map_err(trouble)? {
            return Ok(None);
        }
        let swallowed = body.windows(SWALLOWED.len()).position(|window| window == SWALLOWED);
        self.repairs += 1;
        match swallowed {
            Some(at) if self.repairs <= MOST_REPAIRS => self.feed.give_back(&body[at..]),
            _ if !is_whole => {
                self.ended = true;
                return Ok(Some(Refused::new(place, Trouble::Cut)));
            }
            _ => self.find_next_record()?,
        }
        Ok(Some(Refused::new(place, "states a wrong length, so where it ends is not known")))
    }

    /// Goes on to where a record begins.
    fn find_next_record(&mut self) -> Result<(), Trouble> {
        loop {
            let line = self.feed.line().map_err(trouble)?;
            if line.is_empty() {
                return Ok(());
            }
            if line.starts_with(b"WARC/1.") {
                self.feed.give_back(&line);
                return Ok(());
            }
        }
    }
}

impl Layer for Warc {
    fn next(&mut self, budget: &mut Budget, passed: &mut Passed) -> Option<Step> {
        if self.ended {
            return None;
        }
        match self.record(budget, passed) {
            Ok(Some(step)) => Some(step),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(trouble) => {
                self.ended = true;
                Some(Err(Refused::rest("web archive", self.read, "page", &trouble)))
            }
        }
    }
}

/// The place of a record: its address.
fn place(uri: Option<&str>) -> String {
    let shown = uri.unwrap_or("a record without an address");
    shown.chars().filter(|c| !c.is_control()).take(2000).collect()
}

/// A stream to which what was read too far can be given back.
struct Feed {
    again: Vec<u8>,
    at: usize,
    reader: Box<dyn BufRead + Send>,
}

impl Feed {
    /// The next line with its end, or so much of it as is allowed; empty at the end.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.by_ref().take(MOST_HEAD as u64).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    fn give_back(&mut self, bytes: &[u8]) {
        let rest = self.again.get(self.at..).unwrap_or_default();
        self.again = [bytes, rest].concat();
        self.at = 0;
    }

    /// Whether a record or the end comes next, after empty lines.
    fn is_at_record(&mut self) -> io::Result<bool> {
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(true);
            }
            if !line.trim_ascii().is_empty() {
                self.give_back(&line);
                // A mark that is cut short is one, too.
                return Ok(line.starts_with(MARK) || MARK.starts_with(&line));
            }
        }
    }
}

impl Read for Feed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Feed {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.again.len() { Ok(&self.again[self.at..]) } else { self.reader.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.again.len() {
            self.at += count;
        } else {
            self.reader.consume(count);
        }
    }
}
