//! What a difference in wording changes in meaning: numbers, negations, qualifiers. Lists of words
//! decide, so this says where to look, and does not say what the words mean.

/// Why a difference deserves a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Callout {
    /// A number stands where the source has another, or one side has a number more.
    NumberChanged,
    /// The source denies it, the quotation does not.
    NegationDropped,
    /// The quotation denies it, the source does not.
    NegationAdded,
    /// The source limits or attributes it (`some`, `reportedly`, `at least`), the quotation does not.
    QualifierDropped,
    /// The quotation limits it, the source does not.
    QualifierAdded,
}

const NEGATIONS: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot",
    "nowhere", "unable", "hardly", "barely", "scarcely", "denied", "denies", "deny", "failed",
    "fails", "fail", "lacked", "lacks", "lack",
];

const QUALIFIERS: &[&str] = &[
    "some",
    "many",
    "most",
    "several",
    "few",
    "certain",
    "various",
    "almost",
    "nearly",
    "about",
    "approximately",
    "around",
    "roughly",
    "estimated",
    "reportedly",
    "allegedly",
    "alleged",
    "apparently",
    "purportedly",
    "claimed",
    "claims",
    "said",
    "stated",
    "reported",
    "reports",
    "suggested",
    "believed",
    "may",
    "might",
    "could",
    "would",
    "should",
    "can",
    "often",
    "sometimes",
    "occasionally",
    "usually",
    "generally",
    "frequently",
    "rarely",
    "seldom",
    "typically",
    "mostly",
    "largely",
    "mainly",
    "primarily",
    "partly",
    "partially",
    "particularly",
    "especially",
    "sporadically",
    "only",
    "except",
    "unless",
    "although",
    "though",
    "however",
    "but",
    "despite",
    "while",
    "whereas",
    "if",
    "likely",
    "possibly",
    "probably",
    "perhaps",
    "potentially",
    "unverified",
    "unconfirmed",
    "credible",
    "limited",
    "isolated",
    "local",
    "widely",
    "broadly",
    "selectively",
    "effectively",
    "virtually",
    "least",
    "under",
    "over",
    "until",
    "subject",
    "provided",
    "regardless",
    "otherwise",
    "nevertheless",
    "nonetheless",
    "formally",
    "officially",
    "nominally",
    "technically",
    "increasingly",
    "continued",
    "according",
];

const PHRASES: &[&str] = &[
    "according to",
    "at least",
    "at most",
    "up to",
    "more than",
    "less than",
    "fewer than",
    "as many as",
    "in some cases",
    "in practice",
    "in general",
    "in part",
    "for the most part",
    "a number of",
    "some of",
    "as far as",
    "on occasion",
    "from time to time",
    "in principle",
];

const NUMBERS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "dozen",
    "dozens",
    "half",
    "once",
    "twice",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "quarter",
];

/// What differs in meaning between words of a quotation and words of its source, both in comparable
/// form.
pub(super) fn callouts(quoted: &[&str], source: &[&str]) -> Vec<Callout> {
    let [quoted, source] = [quoted, source].map(Meaning::of);
    let mut found = Vec::new();
    if quoted.numbers != source.numbers {
        found.push(Callout::NumberChanged);
    }
    if source.negations > quoted.negations {
        found.push(Callout::NegationDropped);
    }
    if quoted.negations > source.negations {
        found.push(Callout::NegationAdded);
    }
    if source.qualifiers.iter().any(|word| !quoted.qualifiers.contains(word)) {
        found.push(Callout::QualifierDropped);
    }
    if quoted.qualifiers.iter().any(|word| !source.qualifiers.contains(word)) {
        found.push(Callout::QualifierAdded);
    }
    found
}

struct Meaning {
    numbers: Vec<String>,
    negations: usize,
    qualifiers: Vec<String>,
}

impl Meaning {
    fn of(words: &[&str]) -> Self {
        let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let joined = format!(" {} ", words.join(" "));
        let is_number = |word: &&String| {
            word.contains(|c: char| c.is_numeric())
                || word.split('-').any(|part| NUMBERS.contains(&part))
        };
        let negates = |word: &&String| NEGATIONS.contains(&word.as_str()) || word.ends_with("n\"t");
        let qualifies = |word: &&String| QUALIFIERS.contains(&word.as_str());
        let phrases = PHRASES.iter().filter(|phrase| joined.contains(&format!(" {phrase} ")));
        Self {
            numbers: words.iter().filter(is_number).cloned().collect(),
            negations: words.iter().filter(negates).count(),
            qualifiers: words
                .iter()
                .filter(qualifies)
                .cloned()
                .chain(phrases.map(|&phrase| phrase.to_owned()))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_change_is_named() {
        let found = |quoted: &str, source: &str| {
            let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
            let (quoted, source) = (quoted.to_owned().leak(), source.to_owned().leak());
            callouts(&words(quoted), &words(source))
        };
        assert_eq!(found("21 people", "12 people"), [Callout::NumberChanged]);
        assert_eq!(found("were", "were not"), [Callout::NegationDropped]);
        assert_eq!(found("weren\"t", "were"), [Callout::NegationAdded]);
        assert_eq!(found("groups", "some groups"), [Callout::QualifierDropped]);
        assert_eq!(found("all groups", "groups"), []);
        assert_eq!(found("twelve", "up to twelve"), [Callout::QualifierDropped]);
        assert_eq!(found("often held", "held"), [Callout::QualifierAdded]);
    }
}
