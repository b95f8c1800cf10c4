//! Small texts set beside each other: every test reads as two texts and what became of each sentence.

use proptest::prelude::*;

use super::*;

const OLD: [&str; 6] = [
    "The constitution guarantees freedom of religion.",
    "In March police raided a house church in the northern district and detained twelve members.",
    "The government registered 600 religious groups during the year, and it closed two mosques for lack of permits.",
    "Local observers said that converts lost their jobs.",
    "Officials met the bishop of the old town.",
    "The ambassador raised these cases with the minister of justice.",
];

fn told(alignment: &Alignment) -> Vec<(Status, Vec<usize>, Vec<usize>)> {
    alignment.links.iter().map(|link| (link.status, link.old.clone(), link.new.clone())).collect()
}

#[test]
fn each_sentence_is_told_what_became_of_it() {
    let new = [
        "The ambassador raised these cases with the minister of justice.",
        "The constitution guarantees freedom of religion.",
        "In March police raided a house church in the southern district and detained fourteen members.",
        "The government registered 600 religious groups during the year.",
        "It closed two mosques for lack of permits.",
        "A new hotline opened for students abroad.",
        "Local observers said that converts lost their jobs, and officials met the bishop of the old town.",
    ];
    let alignment = align(&OLD, &new);
    assert_eq!(
        told(&alignment),
        [
            (Status::Moved, vec![5], vec![0]),
            (Status::Same, vec![0], vec![1]),
            (Status::Reworded, vec![1], vec![2]),
            (Status::Split, vec![2], vec![3, 4]),
            (Status::New, vec![], vec![5]),
            (Status::Merged, vec![3, 4], vec![6]),
        ]
    );
    let numbers = &alignment.links[2].numbers;
    assert_eq!(numbers.len(), 1);
    let value = |number: &Option<Number>| number.as_ref().map(|n| n.value.clone());
    assert_eq!(value(&numbers[0].old), Some("12".to_owned()));
    assert_eq!(value(&numbers[0].new), Some("14".to_owned()));
    assert!(alignment.links[3].numbers.is_empty(), "{:?}", alignment.links[3].numbers);
}

#[test]
fn what_is_gone_follows_what_it_followed() {
    let new = [OLD[0], OLD[1], OLD[5]];
    let alignment = align(&OLD, &new);
    let statuses: Vec<Status> = alignment.links.iter().map(|link| link.status).collect();
    use Status::{Dropped, Same};
    assert_eq!(statuses, [Same, Same, Dropped, Dropped, Dropped, Same]);
    assert_eq!(alignment.shared, Shared { sentences: 3, identical: 3, nearly: 0 });
}

#[test]
fn identical_and_empty_texts_have_clear_answers() {
    let none: [&str; 0] = [];
    let alignment = align(&OLD, &OLD);
    assert!(alignment.links.iter().all(|link| link.status == Status::Same && link.old == link.new));
    assert_eq!(alignment.shared.share(), Some(1.0));
    assert!(align(&OLD, &none).links.iter().all(|link| link.status == Status::Dropped));
    assert!(align(&none, &OLD).links.iter().all(|link| link.status == Status::New));
    assert_eq!(align(&none, &none).links, []);
    assert_eq!(align(&none, &none).shared.share(), None);
    assert!(!align(&none, &none).shared.is_mostly_rewritten());
    assert!(align(&none, &OLD).shared.is_mostly_rewritten());
}

#[test]
fn sentences_that_stand_many_times_keep_their_order() {
    let repeated = vec!["There were no reports of change."; 40];
    let alignment = align(&repeated, &repeated);
    assert!(alignment.links.iter().all(|link| link.status == Status::Same && link.old == link.new));
}

#[test]
fn other_sentences_of_one_mould_are_not_taken_for_each_other() {
    let old = ["In May the court sentenced a pastor to two years in prison."];
    let new = ["In July the ministry published a list of holy sites in the capital."];
    let statuses: Vec<Status> = align(&old, &new).links.iter().map(|link| link.status).collect();
    assert_eq!(statuses, [Status::Dropped, Status::New]);
}

proptest! {
    #[test]
    fn every_sentence_stands_in_exactly_one_link(
        old in prop::collection::vec("[a-e]{1,2}( [a-e]{1,2}){0,6}|", 0..12),
        new in prop::collection::vec("[a-e]{1,2}( [a-e]{1,2}){0,6}|", 0..12),
    ) {
        let alignment = align(&old, &new);
        let mut seen_old: Vec<usize> = alignment.links.iter().flat_map(|l| l.old.clone()).collect();
        let seen_new: Vec<usize> = alignment.links.iter().flat_map(|l| l.new.clone()).collect();
        prop_assert_eq!(seen_new, (0..new.len()).collect::<Vec<_>>());
        seen_old.sort_unstable();
        prop_assert_eq!(seen_old, (0..old.len()).collect::<Vec<_>>());
        prop_assert_eq!(&alignment, &align(&old, &new));
        for link in &alignment.links {
            for mark in &link.marks {
                prop_assert!(mark.old.iter().all(|s| s.range.of(&old[s.sentence]).is_some()));
                prop_assert!(mark.new.iter().all(|s| s.range.of(&new[s.sentence]).is_some()));
                prop_assert!(link.old.len() + link.new.len() >= 2);
            }
        }
        let shared = alignment.shared;
        prop_assert!(shared.identical + shared.nearly <= shared.sentences);
    }
}
