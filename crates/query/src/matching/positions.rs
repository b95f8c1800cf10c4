//! Where words stand in one record, counted in words: how often they follow one another, and how
//! often they stand near one another.

/// How often the words stand one after the other. `places[i]` holds the places of the i-th word in
/// ascending order.
pub(crate) fn in_order(places: &[Vec<u32>]) -> u32 {
    let Some((first, rest)) = places.split_first() else { return 0 };
    let follows = |start: u32| {
        (1u32..).zip(rest).all(|(offset, places)| places.binary_search(&(start + offset)).is_ok())
    };
    first.iter().filter(|start| follows(**start)).count() as u32
}

/// How many windows, apart from one another, hold all the words with at most `within` other words
/// between the first and the last. `places` as for [`in_order`]; a place holds one word.
pub(crate) fn near(places: &[Vec<u32>], within: u8) -> u32 {
    let span = places.len() as u32 - 1 + u32::from(within);
    let mut all: Vec<(u32, usize)> = places
        .iter()
        .enumerate()
        .flat_map(|(word, places)| places.iter().map(move |place| (*place, word)))
        .collect();
    all.sort_unstable();
    // Where each word stood last, since the window before.
    let mut last: Vec<Option<u32>> = vec![None; places.len()];
    let mut windows = 0;
    for (place, word) in all {
        last[word] = Some(place);
        let earliest = last.iter().copied().min().flatten();
        // `None` sorts before any place: some word has not stood yet.
        if earliest.is_some_and(|earliest| place - earliest <= span) {
            windows += 1;
            last.fill(None);
        }
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_one_another() {
        assert_eq!(in_order(&[vec![0, 4, 9], vec![1, 6, 10]]), 2);
        assert_eq!(in_order(&[vec![0, 1], vec![1, 2], vec![2, 7]]), 1);
        assert_eq!(in_order(&[vec![3], vec![2]]), 0);
        assert_eq!(in_order(&[]), 0);
    }

    #[test]
    fn words_stand_near_one_another_in_any_order() {
        assert_eq!(near(&[vec![0], vec![1]], 0), 1);
        assert_eq!(near(&[vec![1], vec![0]], 0), 1);
        assert_eq!(near(&[vec![0], vec![3]], 1), 0);
        assert_eq!(near(&[vec![0], vec![3]], 2), 1);
        assert_eq!(near(&[vec![0, 10], vec![2, 9], vec![12]], 3), 1);
        assert_eq!(near(&[vec![0, 2], vec![1, 3]], 0), 2);
        assert_eq!(near(&[vec![0, 5], vec![]], 9), 0);
    }
}
