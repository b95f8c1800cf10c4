//! How well a ranking finds what readers judged to be relevant: judgements and runs in the files of
//! TREC, the usual measures as `trec_eval` computes them, and whether two rankings differ by more
//! than chance. Pure: bytes in, numbers out; nothing is searched, read from disk or written here.

mod files;
mod measures;
mod scores;
mod significance;
#[cfg(test)]
mod tests;

pub use files::{
    BadLine, Judgements, LineProblem, Read, Retrieved, Run, docno_of, in_this_order,
    read_judgements, read_query_line, read_run, run_line,
};
pub use measures::{COVERAGE_DEPTH, Measure, QueryScore, SourceOf, score_query};
pub use scores::{RankingScores, score_run};
pub use significance::{PERMUTATIONS, Paired, paired};
