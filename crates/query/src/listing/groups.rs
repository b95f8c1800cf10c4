//! Which source a match is of, and which document, as numbers that hold over all segments.

use std::collections::HashMap;

use indexing::DOCUMENT_NUMBER;
use model::Field;
use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};

/// What matches are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Source,
    Document,
}

/// The groups met so far.
pub(crate) struct Groups {
    by: By,
    /// The numbers of sources; a series and a publisher of one id are two.
    sources: HashMap<(Field, String), u64>,
}

/// The groups of a segment's records.
pub(crate) enum InSegment {
    Sources { series: Option<Numbered>, publishers: Option<Numbered> },
    Documents(Column<u64>),
}

/// A column of ids, with the number of the source that each stands for.
pub(crate) struct Numbered {
    column: StrColumn,
    numbers: Vec<u64>,
}

impl Groups {
    pub fn new(by: By) -> Self {
        Self { by, sources: HashMap::new() }
    }

    /// The groups of a segment's records.
    pub fn within(&mut self, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        Ok(match self.by {
            By::Document => InSegment::Documents(segment.fast_fields().u64(DOCUMENT_NUMBER)?),
            By::Source => InSegment::Sources {
                series: self.numbered(segment, Field::Series)?,
                publishers: self.numbered(segment, Field::Publisher)?,
            },
        })
    }

    fn numbered(
        &mut self,
        segment: &SegmentReader,
        field: Field,
    ) -> tantivy::Result<Option<Numbered>> {
        let Some(column) = segment.fast_fields().str(field.name())? else { return Ok(None) };
        let mut numbers = Vec::with_capacity(column.num_terms());
        for ordinal in 0..column.num_terms() as u64 {
            let mut id = String::new();
            column.ord_to_str(ordinal, &mut id)?;
            // 0 is of what is unknown.
            let next = self.sources.len() as u64 + 1;
            numbers.push(*self.sources.entry((field, id)).or_insert(next));
        }
        Ok(Some(Numbered { column, numbers }))
    }
}

impl Numbered {
    fn of(&self, doc: u32) -> Option<u64> {
        self.numbers.get(self.column.ords().first(doc)? as usize).copied()
    }
}

impl InSegment {
    /// The group of a record.
    pub fn of(&self, doc: u32) -> u64 {
        match self {
            InSegment::Documents(numbers) => numbers.first(doc).unwrap_or(u64::MAX),
            InSegment::Sources { series, publishers } => {
                let of = |numbered: &Option<Numbered>| numbered.as_ref()?.of(doc);
                of(series).or_else(|| of(publishers)).unwrap_or(0)
            }
        }
    }
}
