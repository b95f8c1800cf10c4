//! Many queries at once: a file of queries read a few lines at a time, answered on all cores, and
//! handed on in the order of the file. Memory does not grow with the file: only a hash of each id is
//! kept, to tell one that comes again.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context;
use query::evaluation::retrieval::{BadLine, LineProblem, read_query_line};
use rayon::prelude::*;

use crate::output::Output;

/// The longest line of a file of queries, in bytes.
const LONGEST_LINE: usize = 64 << 10;

/// How many queries are answered before the first of them is handed on, for each core.
const AT_ONCE: usize = 16;

/// How many lines that are not right are named, of one file.
const NAMED: usize = 20;

/// A query of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its id.
    pub id: String,
    /// Its words, as written.
    pub words: String,
}

/// What became of a file of queries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// How many queries were answered.
    pub queries: usize,
    /// How many lines were passed over.
    pub bad: usize,
}

/// Answers the queries of a file (`-` is standard input) with `answer`, on all cores, and hands what
/// it returns to `take` in the order of the file. A line that is no query is named on stderr, counted
/// and passed over.
///
/// # Errors
/// When the file cannot be read, and what `answer` and `take` return.
pub fn answer_each<T: Send>(
    path: &Path,
    output: &Output,
    answer: impl Fn(&Asked) -> anyhow::Result<T> + Sync,
    mut take: impl FnMut(&Asked, T) -> anyhow::Result<()>,
) -> anyhow::Result<Answered> {
    let named = || format!("{} could not be read", path.display());
    let reader: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).with_context(named)?))
    };
    let mut lines = Lines { reader, line: 0, seen: HashSet::new(), hasher: RandomState::new() };
    let (mut answered, mut ended) = (Answered::default(), false);
    while !ended {
        let mut asked = Vec::new();
        while asked.len() < AT_ONCE * rayon::current_num_threads() {
            match lines.next().with_context(named)? {
                None => {
                    ended = true;
                    break;
                }
                Some(Ok(query)) => asked.push(query),
                Some(Err(bad)) => {
                    answered.bad += 1;
                    if answered.bad <= NAMED {
                        output.warning(&format!("{}: {bad}; passed over", path.display()));
                    }
                }
            }
        }
        let answers: Vec<T> = asked.par_iter().map(&answer).collect::<anyhow::Result<_>>()?;
        for (query, answer) in asked.iter().zip(answers) {
            take(query, answer)?;
            answered.queries += 1;
        }
    }
    if answered.bad > 0 {
        output.warning(&passed_over(path, answered.bad, NAMED));
    }
    Ok(answered)
}

/// Names the lines of a file that are not right, the first of them at least, and counts them.
pub fn name_bad_lines(path: &Path, bad: &[BadLine], output: &Output) {
    for line in bad.iter().take(NAMED) {
        output.warning(&format!("{}: {line}; passed over", path.display()));
    }
    if !bad.is_empty() {
        output.warning(&passed_over(path, bad.len(), NAMED));
    }
}

fn passed_over(path: &Path, bad: usize, named: usize) -> String {
    let lines = if bad == 1 { "1 line was".to_owned() } else { format!("{bad} lines were") };
    let which = if bad > named { format!("; the first {named} are named") } else { String::new() };
    format!("{lines} passed over of {}{which}", path.display())
}

/// The lines of a file of queries, one after the other.
struct Lines {
    reader: Box<dyn BufRead>,
    line: usize,
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Lines {
    fn next(&mut self) -> io::Result<Option<Result<Asked, BadLine>>> {
        loop {
            let mut content = Vec::new();
            let longest = LONGEST_LINE as u64 + 1;
            if self.reader.by_ref().take(longest).read_until(b'\n', &mut content)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let bad = |problem| Ok(Some(Err(BadLine { line: self.line, problem })));
            if content.len() > LONGEST_LINE && !content.ends_with(b"\n") {
                self.reader.skip_until(b'\n')?;
                return bad(LineProblem::TooLong(LONGEST_LINE));
            }
            let mut content = content.as_slice();
            if self.line == 1 {
                content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
            }
            if content.trim_ascii().is_empty() {
                continue;
            }
            let (id, words) = match read_query_line(content) {
                Ok(read) => read,
                Err(problem) => return bad(problem),
            };
            if !self.seen.insert(self.hasher.hash_one(id)) {
                return bad(LineProblem::Repeated);
            }
            return Ok(Some(Ok(Asked { id: id.to_owned(), words: words.to_owned() })));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_one_by_one_and_bad_ones_are_numbered() {
        let mut text = b"\xef\xbb\xbf1\ta\n\n2 b\n1\tagain\n".to_vec();
        text.extend(vec![b'x'; LONGEST_LINE + 10]);
        text.extend(b"\n\xff\xff\tc\n3\td");
        let reader: Box<dyn BufRead> = Box::new(io::Cursor::new(text));
        let mut lines = Lines { reader, line: 0, seen: HashSet::new(), hasher: RandomState::new() };
        let mut read = Vec::new();
        while let Some(line) = lines.next().expect("read") {
            read.push(line.map(|asked| asked.id).map_err(|bad| (bad.line, bad.problem)));
        }
        assert_eq!(
            read,
            [
                Ok("1".to_owned()),
                Err((3, LineProblem::NoTab)),
                Err((4, LineProblem::Repeated)),
                Err((5, LineProblem::TooLong(LONGEST_LINE))),
                Err((6, LineProblem::Encoding)),
                Ok("3".to_owned()),
            ]
        );
    }
}
