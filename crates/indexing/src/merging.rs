//! Which segments of an index are merged, and when. A merge maps everything that it reads into memory,
//! so that what one may read is bounded: the memory that writing takes does not grow with the index.

use tantivy::index::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// The share of deleted records from which on a segment is written anew without them.
const DELETED_SHARE: f32 = 0.2;

/// From how many records on a segment is merged with no other.
const LARGE: u32 = 250_000;

/// How many records segments that are merged may have together; two are merged in any case.
const MOST_AT_ONCE: u32 = 1_000_000;

/// Merges segments of like size while they are small, and rewrites any of which much is deleted.
#[derive(Debug)]
pub(crate) struct Bounded(LogMergePolicy);

impl Default for Bounded {
    fn default() -> Self {
        let mut small = LogMergePolicy::default();
        small.set_max_docs_before_merge(LARGE as usize);
        small.set_del_docs_ratio_before_merge(DELETED_SHARE);
        Self(small)
    }
}

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut candidates = self.0.compute_merge_candidates(segments);
        for MergeCandidate(ids) in &mut candidates {
            let mut records = 0;
            let fits = |id: &&_| {
                let found = segments.iter().find(|segment| segment.id() == **id);
                records += found.map_or(0, SegmentMeta::max_doc);
                records <= MOST_AT_ONCE
            };
            let some = ids.iter().take_while(fits).count();
            ids.truncate(some.max(2));
        }
        let rewritten =
            segments.iter().filter(|one| one.num_docs() > LARGE && has_many_deleted(one));
        candidates.extend(rewritten.map(|segment| MergeCandidate(vec![segment.id()])));
        candidates
    }
}

fn has_many_deleted(segment: &SegmentMeta) -> bool {
    segment.num_deleted_docs() as f32 > segment.max_doc() as f32 * DELETED_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::Index;
    use tantivy::index::SegmentId;
    use tantivy::schema::Schema;

    /// How many of these segments, so large, are merged at once; a number for each merge.
    fn merged(sizes: &[u32]) -> Vec<usize> {
        let index = Index::create_in_ram(Schema::builder().build());
        let segment = |size: &u32| index.new_segment_meta(SegmentId::generate_random(), *size);
        let segments: Vec<SegmentMeta> = sizes.iter().map(segment).collect();
        let candidates = Bounded::default().compute_merge_candidates(&segments);
        candidates.iter().map(|MergeCandidate(segments)| segments.len()).collect()
    }

    #[test]
    fn small_segments_are_merged_and_never_many_records_at_once() {
        assert_eq!(merged(&[9_000; 7]), Vec::<usize>::new());
        assert_eq!(merged(&[9_000; 8]), [8]);
        assert_eq!(merged(&[240_000; 9]), [4]);
        assert_eq!(merged(&[LARGE + 1; 9]), Vec::<usize>::new());
    }
}
