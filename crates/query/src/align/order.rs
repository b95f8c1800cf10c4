//! Which pairs keep the order of both sides, and which were moved: the heaviest ascending
//! subsequence, in `n log n`.

/// The places of the heaviest subsequence whose first members ascend; the second members are the
/// weights. Where several weigh the same, always the same one of them.
pub(crate) fn heaviest_ascending(places: &[(usize, u64)]) -> Vec<usize> {
    let mut values: Vec<usize> = places.iter().map(|(value, _)| *value).collect();
    values.sort_unstable();
    values.dedup();
    // A tree of prefix maxima: the best weight that ends at a value up to here, and where.
    let mut tree: Vec<(u64, Option<usize>)> = vec![(0, None); values.len() + 1];
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    for (at, (value, weight)) in places.iter().enumerate() {
        let rank = values.partition_point(|other| other < value);
        let (mut best, mut node) = ((0, None), rank);
        while node > 0 {
            if tree[node].0 > best.0 {
                best = tree[node];
            }
            node &= node - 1;
        }
        before[at] = best.1;
        let (total, mut node) = (best.0 + weight, rank + 1);
        while node < tree.len() {
            if total > tree[node].0 {
                tree[node] = (total, Some(at));
            }
            node += node & node.wrapping_neg();
        }
    }
    let end = tree.iter().filter(|(_, at)| at.is_some()).max_by_key(|(weight, _)| *weight);
    let mut kept = Vec::new();
    let mut at = end.and_then(|(_, at)| *at);
    while let Some(place) = at {
        kept.push(place);
        at = before[place];
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_heavier_side_of_a_crossing_stays() {
        assert_eq!(heaviest_ascending(&[(1, 1), (2, 1), (0, 5), (3, 1)]), [2, 3]);
        assert_eq!(heaviest_ascending(&[]), [0; 0]);
        assert_eq!(heaviest_ascending(&[(3, 1)]), [0]);
    }

    proptest! {
        #[test]
        fn no_ascending_subsequence_weighs_more(places in prop::collection::vec((0usize..9, 1u64..4), 0..10)) {
            let kept = heaviest_ascending(&places);
            prop_assert!(kept.windows(2).all(|p| p[0] < p[1] && places[p[0]].0 < places[p[1]].0));
            let weight = |chosen: &[usize]| chosen.iter().map(|at| places[*at].1).sum::<u64>();
            let most = (0u32..1 << places.len())
                .map(|set| (0..places.len()).filter(|at| set >> at & 1 == 1).collect::<Vec<_>>())
                .filter(|chosen| chosen.windows(2).all(|p| places[p[0]].0 < places[p[1]].0))
                .map(|chosen| weight(&chosen))
                .max();
            prop_assert_eq!(Some(weight(&kept)), most);
        }
    }
}
