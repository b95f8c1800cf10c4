//! Whether a sentence asks for something: a recommendation ("Repeal the law"), or what someone calls for. What
//! is asked for is not thereby so, and is set beside no statement that it is.

/// Verbs with which recommendations begin.
const IMPERATIVES: [&str; 57] = [
    "abolish",
    "accede",
    "accelerate",
    "address",
    "adopt",
    "allow",
    "amend",
    "cease",
    "combat",
    "consider",
    "continue",
    "cooperate",
    "decriminalize",
    "develop",
    "eliminate",
    "enact",
    "end",
    "enforce",
    "enhance",
    "ensure",
    "establish",
    "extend",
    "fulfil",
    "guarantee",
    "implement",
    "improve",
    "increase",
    "intensify",
    "introduce",
    "invite",
    "investigate",
    "issue",
    "maintain",
    "make",
    "prevent",
    "promote",
    "protect",
    "provide",
    "pursue",
    "put",
    "ratify",
    "release",
    "remove",
    "repeal",
    "respect",
    "review",
    "revise",
    "seek",
    "sign",
    "step",
    "stop",
    "strengthen",
    "take",
    "undertake",
    "uphold",
    "withdraw",
    "work",
];

/// What makes a noun of a word that may also be a verb: "Release of prisoners".
const OF_A_NOUN: [&str; 8] = ["of", "in", "by", "from", "is", "was", "has", "are"];

/// Beginnings of words with which something is asked for.
const ASKS: [&str; 3] = ["recommend", "urge", "encourag"];

/// Whether a sentence asks for something, by its folded words in their order.
pub(super) fn asks<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    // A paragraph's number or letter is no word of the sentence.
    let numbered = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) || word.len() == 1;
    let words: Vec<&str> = words.skip_while(numbered).collect();
    let begins = words.first().is_some_and(|first| IMPERATIVES.contains(first))
        && !words.get(1).is_some_and(|next| OF_A_NOUN.contains(next));
    let within = words
        .iter()
        .any(|word| *word == "should" || ASKS.iter().any(|beginning| word.starts_with(beginning)));
    let called = words.windows(2).any(|pair| {
        matches!(pair[0], "call" | "calls" | "called" | "calling")
            && matches!(pair[1], "on" | "upon")
    });
    begins || within || called
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_told_from_what_is_so() {
        let asks = |text: &str| asks(text.to_lowercase().split_whitespace());
        assert!(asks("12.4 Repeal the law on halls"));
        assert!(asks("Abroad it was said that halls should be open"));
        assert!(asks("Two envoys called on the ministry to open halls"));
        assert!(asks("It recommended that halls be opened"));
        assert!(!asks("The law on halls was repealed"));
        assert!(!asks("Release of singers from prison took a year"));
        assert!(!asks("The hall is called after a singer"));
        assert!(!asks(""));
    }
}
