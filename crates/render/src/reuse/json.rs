//! Shared text as JSON.

use query::reuse::{Bound, Place, Shared};
use serde::Serialize;

use super::{ReuseView, bounded};
use crate::json::{FORMAT_VERSION, to_json};
use crate::shapes::{DocumentShape, Span};
use crate::state::StateShape;

#[derive(Serialize)]
struct ReuseShape<'a> {
    format_version: u32,
    across: &'static str,
    fewest_words: usize,
    filters: &'a [String],
    documents: usize,
    words: u64,
    left_out: LeftOutShape,
    bounded: Option<String>,
    total: usize,
    shared: Vec<SharedShape<'a>>,
    library: StateShape<'a>,
}

#[derive(Serialize)]
struct LeftOutShape {
    documents: usize,
    passages: usize,
    formulas: usize,
    common: usize,
}

#[derive(Serialize)]
struct SharedShape<'a> {
    words: usize,
    same: usize,
    likeness: f64,
    a: PlaceShape<'a>,
    b: PlaceShape<'a>,
}

#[derive(Serialize)]
struct PlaceShape<'a> {
    document: DocumentShape<'a>,
    passage: String,
    range: Span,
    text: &'a str,
}

/// Shared text as JSON.
pub fn reuse_json(view: &ReuseView<'_>) -> String {
    let (reuse, left) = (view.reuse, view.reuse.left_out);
    to_json(&ReuseShape {
        format_version: FORMAT_VERSION,
        across: view.across.name(),
        fewest_words: view.fewest,
        filters: view.filters,
        documents: reuse.compared.documents,
        words: reuse.compared.words,
        left_out: LeftOutShape {
            documents: left.documents,
            passages: left.passages,
            formulas: left.formulas,
            common: left.common,
        },
        bounded: reuse.bounded.map(|bound: Bound| bounded(bound)),
        total: reuse.shared.len(),
        shared: view.shown().iter().map(SharedShape::from).collect(),
        library: StateShape::from(view.state),
    })
}

impl<'a> From<&'a Shared> for SharedShape<'a> {
    fn from(of: &'a Shared) -> Self {
        Self {
            words: of.words,
            same: of.same,
            likeness: of.likeness(),
            a: PlaceShape::from(&of.a),
            b: PlaceShape::from(&of.b),
        }
    }
}

impl<'a> From<&'a Place> for PlaceShape<'a> {
    fn from(place: &'a Place) -> Self {
        Self {
            document: DocumentShape::from(&*place.document),
            passage: place.passage.to_string(),
            range: place.characters,
            text: &place.text,
        }
    }
}
