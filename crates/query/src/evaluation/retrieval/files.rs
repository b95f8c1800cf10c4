//! The files of an evaluation, line by line: judgements (`query 0 docno grade`), runs (`query Q0
//! docno rank score name`) and queries (`id`, tab, words). Any bytes can be read; a line that is not
//! right is named with its number, and the others count.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write;

/// A line that is not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} {problem}")]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: LineProblem,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineProblem {
    /// Its bytes are no UTF-8.
    #[error("is not UTF-8; save the file as UTF-8")]
    Encoding,
    /// It has another number of columns than such a line has.
    #[error("has {found} columns where {expected} are expected")]
    Columns {
        /// How many there are.
        found: usize,
        /// How many such a line has.
        expected: usize,
    },
    /// Its grade is no whole number.
    #[error("has a grade that is no whole number")]
    Grade,
    /// Its score is no number.
    #[error("has a score that is no number")]
    Score,
    /// An earlier line says something of the same query and passage, or has the same query id.
    #[error("repeats what an earlier line has; the first counts")]
    Repeated,
    /// A query without a tab after its id.
    #[error("has no tab between the id of a query and its words")]
    NoTab,
    /// A query without an id, or with one that a run could not hold.
    #[error("has no id of a query before the tab, or one with a space in it")]
    NoId,
    /// An id without a query.
    #[error("has no words after the tab")]
    NoWords,
    /// It is longer than any query.
    #[error("is longer than a line of queries may be ({0} bytes)")]
    TooLong(usize),
}

/// What a file holds, and the lines of it that are not right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read<T> {
    /// What the other lines say.
    pub held: T,
    /// The lines that were passed over, in the order of the file.
    pub bad: Vec<BadLine>,
}

/// What readers judged: a grade for each query and passage, 0 for irrelevant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgements {
    /// By the id of the query, then by the passage's docno.
    pub queries: BTreeMap<String, BTreeMap<String, i64>>,
}

/// What one ranking found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// By the id of the query: what was found, the best first.
    pub queries: BTreeMap<String, Vec<Retrieved>>,
}

/// A passage in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrieved {
    /// The passage's docno.
    pub docno: String,
    /// Its score, in the precision that `trec_eval` compares.
    pub score: f32,
}

/// Raises scores so that they order what was found as it stands: one that is below the next is set just
/// above it. A run is ordered by nothing but its scores, and a list may have other reasons.
pub fn in_this_order(found: &mut [Retrieved]) {
    let mut next = f32::NEG_INFINITY;
    for one in found.iter_mut().rev() {
        if one.score < next {
            one.score = next.next_up();
        }
        next = one.score;
    }
}

impl Run {
    /// Brings what was found for each query in the order in which `trec_eval` takes it: by score,
    /// and where scores are equal by docno, the last in the order of bytes first. Ranks written in a
    /// run do not count.
    pub fn sort(&mut self) {
        for found in self.queries.values_mut() {
            found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| b.docno.cmp(&a.docno)));
        }
    }
}

/// Reads judgements.
pub fn read_judgements(bytes: &[u8]) -> Read<Judgements> {
    let mut read = Read::<Judgements>::default();
    for (line, content) in lines(bytes) {
        let taken = columns(content).and_then(|[query, _, docno, grade]| {
            let grade = grade.parse::<i64>().map_err(|_| LineProblem::Grade)?;
            let of_query = read.held.queries.entry(query.to_owned()).or_default();
            match of_query.entry(docno.to_owned()) {
                Entry::Occupied(_) => Err(LineProblem::Repeated),
                Entry::Vacant(free) => {
                    free.insert(grade);
                    Ok(())
                }
            }
        });
        read.bad.extend(taken.err().map(|problem| BadLine { line, problem }));
    }
    read
}

/// Reads a run, in the order of [`Run::sort`].
pub fn read_run(bytes: &[u8]) -> Read<Run> {
    let mut queries: BTreeMap<&str, BTreeMap<&str, f32>> = BTreeMap::new();
    let mut bad = Vec::new();
    for (line, content) in lines(bytes) {
        let taken = columns(content).and_then(|[query, _, docno, _, score, _]| {
            let score = score.parse::<f64>().map_err(|_| LineProblem::Score)?;
            if score.is_nan() {
                return Err(LineProblem::Score);
            }
            match queries.entry(query).or_default().entry(docno) {
                Entry::Occupied(_) => Err(LineProblem::Repeated),
                Entry::Vacant(free) => {
                    free.insert(score as f32);
                    Ok(())
                }
            }
        });
        bad.extend(taken.err().map(|problem| BadLine { line, problem }));
    }
    let held = queries.into_iter().map(|(query, found)| {
        let found = found.into_iter();
        let found = found.map(|(docno, score)| Retrieved { docno: docno.to_owned(), score });
        (query.to_owned(), found.collect())
    });
    let mut held = Run { queries: held.collect() };
    held.sort();
    Read { held, bad }
}

/// The line of a run that says at which rank (from 1) a passage was found, with its line end. In the
/// name of the run white space becomes `_`.
pub fn run_line(query: &str, docno: &str, rank: usize, score: f32, name: &str) -> String {
    format!("{query} Q0 {docno} {rank} {score} {}\n", without_space(name, "_"))
}

/// A name as a docno: without white space, which parts the columns of a run. White space, control
/// characters and `%` are written as the bytes of an address are: `%20` for a space.
pub fn docno_of(name: &str) -> String {
    let mut docno = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_whitespace() || c.is_control() || c == '%' {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(docno, "%{byte:02X}");
            }
        } else {
            docno.push(c);
        }
    }
    docno
}

/// Reads a line of a file of queries: an id without white space, a tab, the words.
///
/// # Errors
/// What is wrong with the line.
pub fn read_query_line(line: &[u8]) -> Result<(&str, &str), LineProblem> {
    let line = std::str::from_utf8(line).map_err(|_| LineProblem::Encoding)?;
    let (id, words) = line.split_once('\t').ok_or(LineProblem::NoTab)?;
    let (id, words) = (id.trim(), words.trim());
    if id.is_empty() || id.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(LineProblem::NoId);
    }
    if words.is_empty() { Err(LineProblem::NoWords) } else { Ok((id, words)) }
}

fn without_space(name: &str, instead: &str) -> String {
    let name = name.split(|c: char| c.is_whitespace() || c.is_control());
    let name = name.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(instead);
    if name.is_empty() { "forb".to_owned() } else { name }
}

/// The lines that hold something, with their numbers from 1.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let numbered = (1..).zip(bytes.split(|&byte| byte == b'\n'));
    numbered.map(|(line, content)| (line, content.trim_ascii())).filter(|(_, c)| !c.is_empty())
}

fn columns<const N: usize>(line: &[u8]) -> Result<[&str; N], LineProblem> {
    let line = std::str::from_utf8(line).map_err(|_| LineProblem::Encoding)?;
    let columns: Vec<&str> = line.split_ascii_whitespace().collect();
    let found = columns.len();
    columns.try_into().map_err(|_| LineProblem::Columns { found, expected: N })
}
