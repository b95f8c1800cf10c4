//! Data sets too large for memory: JSON Lines, CSV and TSV whose records are read one after the other
//! out of a stream. What they are is told from their beginning, by the same signs as for a data set
//! that stands in memory; the other forms of a data set are one value and have no beginning.

use std::io::{BufRead, BufReader, Read};

use super::mapping::Mapping;
use super::records::{Found, RawRecord, are_lines, delimiter, raw_record, rows_of};

/// Most bytes of one line of JSON Lines.
const LONGEST_LINE: u64 = 256 << 20;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// How a data set begins.
#[derive(Debug)]
pub(super) enum Head {
    /// With two lines that are objects.
    Lines,
    /// As tables do, perhaps: the row that names the fields.
    Table(Vec<u8>),
}

impl Head {
    /// What the beginning of a larger file says that it may be; `None` when its records cannot be read
    /// one after the other.
    pub(super) fn of(beginning: &[u8]) -> Option<Self> {
        let beginning = beginning.strip_prefix(MARK).unwrap_or(beginning);
        if matches!(beginning.trim_ascii_start().first(), Some(b'{' | b'[')) {
            return are_lines(beginning).then_some(Self::Lines);
        }
        // The names of fields stand in the first line; prose with a comma in it passes here, and is
        // found to be none when its fields are looked at.
        let first = beginning.split_inclusive(|&byte| byte == b'\n').next()?;
        delimiter(first, |_| true).map(|_| Self::Table(first.to_vec()))
    }

    /// The records of the stream that begins so; `None` when its fields hold no text.
    pub(super) fn records<'a>(
        &self,
        stream: impl Read + Send + 'a,
        asked: Option<&Mapping>,
    ) -> Option<Found<'a>> {
        let mut stream = BufReader::with_capacity(1 << 20, stream);
        if stream.fill_buf().is_ok_and(|bytes| bytes.starts_with(MARK)) {
            stream.consume(MARK.len());
        }
        match self {
            Self::Lines => {
                let lines = Lines { stream, number: 0, ended: false };
                Some(Box::new(lines.map(|record| -> RawRecord<'a> { record })))
            }
            Self::Table(names) => rows_of(stream, super::records::fitting(names, asked)?),
        }
    }
}

/// The records of JSON Lines, read one after the other.
struct Lines<R> {
    stream: R,
    /// The line read last, from 1.
    number: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// The next line without its end; `None` after the last.
    fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        if self.stream.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.len() as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
            let problem =
                format!("is longer than {} MB, the most that is read", LONGEST_LINE >> 20);
            return Err(std::io::Error::other(problem));
        }
        Ok(Some(line))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = RawRecord<'static>;

    fn next(&mut self) -> Option<RawRecord<'static>> {
        while !self.ended {
            self.number += 1;
            let place = format!("line {}", self.number);
            match self.line() {
                Ok(None) => self.ended = true,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => return Some(raw_record(place, line.trim_ascii().to_vec())),
                Err(error) => {
                    self.ended = true;
                    let fields = Err(format!("and what follows cannot be read: it {error}"));
                    return Some(RawRecord { place, bytes: Vec::new().into(), fields });
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a stream: where each stands, how it reads, and its bytes.
    fn streamed(content: &str, asked: Option<&str>) -> Option<Vec<(String, bool, Vec<u8>)>> {
        let asked = asked.map(|mapping| mapping.parse().expect("a mapping"));
        let records = Head::of(content.as_bytes())?.records(content.as_bytes(), asked.as_ref())?;
        Some(records.map(|r| (r.place, r.fields.is_ok(), r.bytes.into_owned())).collect())
    }

    #[test]
    fn lines_and_rows_are_read_one_after_the_other_with_their_places() {
        let lines = "\u{feff}{\"text\": \"A.\"}\n\n {\"text\": \"B.\"} \r\n{\"text\":";
        let read = streamed(lines, None).expect("lines");
        assert_eq!(read[0], ("line 1".to_owned(), true, b"{\"text\": \"A.\"}".to_vec()));
        assert_eq!(read[1], ("line 3".to_owned(), true, b"{\"text\": \"B.\"}".to_vec()));
        assert_eq!((read[2].0.as_str(), read[2].1, read.len()), ("line 4", false, 3));
        let rows = streamed("\u{feff}country,text\nPeru,A.\nChad\n", None).expect("rows");
        assert_eq!(rows[0], ("row 2".to_owned(), true, b"Peru\x1fA.".to_vec()));
        assert_eq!((rows[1].1, rows.len()), (false, 2));
        assert_eq!(streamed("a\tx\nPeru\tA.\n", Some("text=x")).expect("rows").len(), 1);
    }

    #[test]
    fn what_is_one_value_or_prose_is_no_stream() {
        for other in
            ["[{\"text\": \"A.\"},\n", "{\"Peru\":\n{}}", "A chapel, closed.\nIt was.", "", "{"]
        {
            assert_eq!(streamed(other, None), None, "{other}");
        }
    }

    #[test]
    fn a_stream_that_breaks_off_says_where() {
        struct Breaks(bool);
        impl Read for Breaks {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    return Err(std::io::Error::other("is damaged"));
                }
                let line = b"{\"text\": \"A.\"}\n";
                buffer[..line.len()].copy_from_slice(line);
                Ok(line.len())
            }
        }
        let records: Vec<_> =
            Head::Lines.records(Breaks(false), None).expect("lines").map(|r| r.fields).collect();
        assert!(records[0].is_ok());
        let said = records[1].as_ref().expect_err("broken off");
        assert!(said.ends_with("it is damaged") && records.len() == 2, "{said}");
    }
}
