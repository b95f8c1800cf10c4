//! Data sets too large for memory: JSON Lines, CSV and TSV whose records are read one after the other
//! out of a stream. What they are is told from their beginning, by the same signs as for a data set
//! that stands in memory; the other forms of a data set are one value and have no beginning.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use super::UnpackError;
use super::bounds::{Budget, Stream, Trouble, trouble};
use super::compressed::Compression;
use super::mapping::Mapping;
use super::records::{Found, RawRecord, Records, are_lines, fitting, raw_record, rows_of};

/// What holds no more bytes than this is unpacked into memory, whatever it is.
const SMALL: u64 = 16 << 20;

/// Most bytes of one line of JSON Lines.
const LONGEST_LINE: u64 = 256 << 20;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The records of a packed data set that is large, once it was gone through to the end and is whole;
/// `None` for anything that has to be unpacked into memory.
///
/// # Errors
/// When it is damaged or goes beyond the bounds, or the mapping names no field that holds the text.
pub(super) fn records(
    compression: Compression,
    packed: &Arc<[u8]>,
    asked: Option<&Mapping>,
    budget: &mut Budget,
) -> Result<Option<Records>, UnpackError> {
    let beginning = compression.head(packed, SMALL + 1);
    if beginning.len() as u64 <= SMALL {
        return Ok(None);
    }
    let Some(form) = Form::of(&beginning, asked) else { return Ok(None) };
    drop(beginning);
    let refused = |error: Trouble| UnpackError::Compressed(compression.name(), error.to_string());
    let stream = |budget: &Budget| -> Result<Stream<Box<dyn Read + Send>>, UnpackError> {
        let stream = compression.stream(Arc::clone(packed)).map_err(refused)?;
        Ok(budget.stream(stream, packed.len() as u64))
    };
    let length = io::copy(&mut stream(budget)?, &mut io::sink()).map_err(trouble);
    let length = length.map_err(refused)?;
    let reading = stream(budget)?;
    budget.spend(length).map_err(refused)?;
    match form.records(reading) {
        Some(raw) => Ok(Records::mapped(raw, asked)?),
        None => Ok(None),
    }
}

/// The form of a data set whose records can be read one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Each line an object.
    Lines,
    /// A table whose cells are parted by this.
    Table(u8),
}

impl Form {
    /// What the beginning of a larger file says that it is; `None` when its records cannot be read
    /// one after the other.
    fn of(beginning: &[u8], asked: Option<&Mapping>) -> Option<Self> {
        let beginning = beginning.strip_prefix(MARK).unwrap_or(beginning);
        if matches!(beginning.trim_ascii_start().first(), Some(b'{' | b'[')) {
            return are_lines(beginning).then_some(Self::Lines);
        }
        fitting(beginning, asked).map(Self::Table)
    }

    /// The records of a stream of this form; `None` when it does not begin so.
    fn records(self, stream: impl Read + Send + 'static) -> Option<Found> {
        let mut stream = BufReader::with_capacity(1 << 20, stream);
        if stream.fill_buf().is_ok_and(|bytes| bytes.starts_with(MARK)) {
            stream.consume(MARK.len());
        }
        match self {
            Self::Lines => Some(Box::new(Lines { stream, number: 0, ended: false })),
            Self::Table(delimiter) => rows_of(stream, delimiter),
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
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        while !self.ended {
            self.number += 1;
            let place = format!("line {}", self.number);
            match self.line() {
                Ok(None) => self.ended = true,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => return Some(raw_record(place, line.trim_ascii())),
                Err(error) => {
                    self.ended = true;
                    let fields = Err(format!("and what follows cannot be read: it {error}"));
                    return Some(RawRecord { place, bytes: Vec::new(), fields });
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
        let form = Form::of(content.as_bytes(), asked.as_ref())?;
        let records = form.records(io::Cursor::new(content.as_bytes().to_vec()))?;
        Some(records.map(|r| (r.place, r.fields.is_ok(), r.bytes)).collect())
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
            Form::Lines.records(Breaks(false)).expect("lines").map(|r| r.fields).collect();
        assert!(records[0].is_ok());
        let said = records[1].as_ref().expect_err("broken off");
        assert!(said.ends_with("it is damaged") && records.len() == 2, "{said}");
    }
}
