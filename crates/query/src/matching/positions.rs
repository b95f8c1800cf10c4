//! Where words stand in one record, counted in words: how often they follow one another, and how
//! often they stand near one another.

use std::collections::VecDeque;

/// How often words stand one after the other. `places[i]` holds the places of the i-th word in
/// ascending order, `order` which word is sought first, which next, and so on.
pub(crate) fn in_order(places: &[Vec<u32>], order: &[usize]) -> u32 {
    let Some((first, rest)) = order.split_first() else { return 0 };
    let stands = |word: &usize, place: u32| places[*word].binary_search(&place).is_ok();
    let follows =
        |start: u32| (1u32..).zip(rest).all(|(offset, word)| stands(word, start + offset));
    places[*first].iter().filter(|start| follows(**start)).count() as u32
}

/// How many windows, apart from one another, hold each word as often as it is wanted, with at most
/// `within` other words between the first and the last. `places` as for [`in_order`]; a place holds
/// one word.
pub(crate) fn near(places: &[Vec<u32>], wanted: &[usize], within: u8) -> u32 {
    let span = wanted.iter().sum::<usize>() as u32 - 1 + u32::from(within);
    let mut all: Vec<(u32, usize)> = places
        .iter()
        .enumerate()
        .flat_map(|(word, places)| places.iter().map(move |place| (*place, word)))
        .collect();
    all.sort_unstable();
    // Where each word stood last, as often as it is wanted, since the window before.
    let mut last: Vec<VecDeque<u32>> = vec![VecDeque::new(); places.len()];
    let mut windows = 0;
    for (place, word) in all {
        last[word].push_back(place);
        if last[word].len() > wanted[word] {
            last[word].pop_front();
        }
        let whole = last.iter().zip(wanted).all(|(last, wanted)| last.len() == *wanted);
        let earliest = last.iter().filter_map(VecDeque::front).min();
        if whole && earliest.is_some_and(|earliest| place - earliest <= span) {
            windows += 1;
            last.iter_mut().for_each(VecDeque::clear);
        }
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_one_another() {
        assert_eq!(in_order(&[vec![0, 4, 9], vec![1, 6, 10]], &[0, 1]), 2);
        assert_eq!(in_order(&[vec![0, 1], vec![1, 2], vec![2, 7]], &[0, 1, 2]), 1);
        assert_eq!(in_order(&[vec![3], vec![2]], &[0, 1]), 0);
        assert_eq!(in_order(&[vec![3], vec![2]], &[1, 0]), 1);
        assert_eq!(in_order(&[vec![0, 1, 2, 9], vec![3]], &[0, 0, 1]), 1, "a word sought twice");
        assert_eq!(in_order(&[], &[]), 0);
    }

    #[test]
    fn words_stand_near_one_another_in_any_order() {
        let once = |places: &[Vec<u32>], within| near(places, &vec![1; places.len()], within);
        assert_eq!(once(&[vec![0], vec![1]], 0), 1);
        assert_eq!(once(&[vec![1], vec![0]], 0), 1);
        assert_eq!(once(&[vec![0], vec![3]], 1), 0);
        assert_eq!(once(&[vec![0], vec![3]], 2), 1);
        assert_eq!(once(&[vec![0, 10], vec![2, 9], vec![12]], 3), 1);
        assert_eq!(once(&[vec![0, 2], vec![1, 3]], 0), 2);
        assert_eq!(once(&[vec![0, 5], vec![]], 9), 0);
        assert_eq!(near(&[vec![0, 2], vec![1]], &[2, 1], 0), 1, "a word that is wanted twice");
        assert_eq!(near(&[vec![0], vec![1]], &[2, 1], 9), 0);
    }
}
