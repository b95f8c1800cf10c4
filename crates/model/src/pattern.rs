//! Patterns of words, as a codebook writes them: what one may say, and how it is read. Finding them
//! in a text is done elsewhere (`ingestion::annotate`); a search may also read them for the words
//! they hold.
//!
//! ```text
//! blasphemy                that word, whatever its case, accents and apostrophes
//! blasphem*                any word that begins so
//! convert~                 the word with its regular endings: converts, converted, converting
//! KNB                      two or more capitals: as written
//! freedom of religion      these words, one after the other
//! (raid~|search~) home*    one of these; an alternative may have several words
//! conver* … Islam          up to six words between, within the sentence; …3 says how many
//! ```
//!
//! Hyphens and other signs part words: `anti-extremism` is two words, as in the text.

use crate::words::next_word;

/// Words that a bare `…` may skip.
pub const GAP_WORDS: u8 = 6;

/// Most words that a gap may skip.
pub const WIDEST_GAP: u8 = 20;

/// Most steps of a phrase.
pub const MOST_STEPS: usize = 16;

/// Most gaps of a phrase.
pub const MOST_GAPS: usize = 3;

/// Most phrases that the alternatives of one pattern may multiply to.
pub const MOST_PHRASES: usize = 256;

/// Least letters before a `*`.
pub const SHORTEST_PREFIX: usize = 3;

/// Most characters of a pattern.
pub const LONGEST_PATTERN: usize = 2000;

/// How a word of a pattern is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordMatch {
    /// By the same folded word.
    Whole,
    /// By a folded word that begins so.
    Prefix,
    /// By the same letters, case included.
    AsWritten,
}

/// A word of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PatternWord {
    /// The folded word, or its beginning; as written for [`WordMatch::AsWritten`].
    pub word: String,
    /// How it is met.
    pub how: WordMatch,
}

/// One step of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A word that meets one of these.
    Word(Vec<PatternWord>),
    /// At most so many words between the one before and the one after.
    Gap(u8),
}

/// A pattern, read: the phrases it stands for, each a sequence of words with gaps between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As written.
    pub text: String,
    /// What it stands for; never empty. Each begins and ends with a word.
    pub phrases: Vec<Vec<Step>>,
}

/// Why a pattern means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It holds no word: it would be met everywhere or nowhere.
    #[error("the pattern `{0}` holds no word")]
    Empty(String),
    /// It is too long.
    #[error("a pattern of {0} characters is too long; {LONGEST_PATTERN} are the most")]
    TooLong(usize),
    /// A prefix too short: it would be met nearly everywhere.
    #[error("`{0}*` is met by too many words: write at least {SHORTEST_PREFIX} letters before `*`")]
    ShortPrefix(String),
    /// A parenthesis without its other half.
    #[error("the parenthesis in `{0}` is not closed, or was not opened")]
    Parenthesis(String),
    /// An alternative that is empty.
    #[error("an alternative in `{0}` is empty")]
    EmptyAlternative(String),
    /// A gap where there is no word on one side of it.
    #[error("in `{0}` a `…` has no word on one side")]
    Gap(String),
    /// A gap too wide.
    #[error("a gap of {0} words is too wide; {WIDEST_GAP} are the most")]
    WideGap(u32),
    /// Too many words or too many alternatives.
    #[error(
        "`{0}` is too large: at most {MOST_STEPS} words, {MOST_GAPS} gaps and {MOST_PHRASES} combinations of alternatives"
    )]
    TooLarge(String),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it means nothing or too much; see [`PatternError`].
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let length = text.chars().count();
        if length > LONGEST_PATTERN {
            return Err(PatternError::TooLong(length));
        }
        let phrases = expand(&items(text)?, text)?;
        for phrase in &phrases {
            check(phrase, text)?;
        }
        Ok(Self { text: text.to_owned(), phrases })
    }

    /// The words of its phrases, each once, in order: what a search can look for.
    pub fn words(&self) -> impl Iterator<Item = &PatternWord> {
        let mut seen = std::collections::HashSet::new();
        let words = self.phrases.iter().flatten().flat_map(|step| match step {
            Step::Word(words) => words.as_slice(),
            Step::Gap(_) => &[],
        });
        words.filter(move |word| seen.insert(*word))
    }
}

/// A piece of a pattern before its alternatives are multiplied out: the ways it can be said.
type Item = Vec<Vec<Step>>;

fn items(text: &str) -> Result<Vec<Item>, PatternError> {
    let mut items = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            rest = rest.trim_start();
        } else if c == '(' {
            let (inside, after) = rest[1..]
                .split_once(')')
                .ok_or_else(|| PatternError::Parenthesis(text.to_owned()))?;
            items.push(alternatives(inside, text)?);
            rest = after;
        } else if c == ')' || c == '|' {
            return Err(PatternError::Parenthesis(text.to_owned()));
        } else if let Some(after) = rest.strip_prefix('…').or_else(|| rest.strip_prefix("...")) {
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            items.push(vec![vec![Step::Gap(gap(&after[..digits])?)]]);
            rest = &after[digits..];
        } else {
            let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '…');
            let end = rest.find(ends).unwrap_or(rest.len());
            items.push(vec![words(&rest[..end])?]);
            rest = &rest[end..];
        }
    }
    Ok(items)
}

fn gap(digits: &str) -> Result<u8, PatternError> {
    if digits.is_empty() {
        return Ok(GAP_WORDS);
    }
    let words: u32 = digits.parse().unwrap_or(u32::MAX);
    match u8::try_from(words) {
        Ok(words) if words <= WIDEST_GAP => Ok(words),
        _ => Err(PatternError::WideGap(words)),
    }
}

fn alternatives(inside: &str, text: &str) -> Result<Item, PatternError> {
    if inside.contains('(') {
        return Err(PatternError::Parenthesis(text.to_owned()));
    }
    let mut single: Vec<PatternWord> = Vec::new();
    let mut item: Item = Vec::new();
    for alternative in inside.split('|') {
        let mut phrase = Vec::new();
        for run in alternative.split_whitespace() {
            phrase.extend(words(run)?);
        }
        match phrase.as_mut_slice() {
            [] => return Err(PatternError::EmptyAlternative(text.to_owned())),
            // Alternatives of one word are one step, which keeps the phrases few.
            [Step::Word(words)] => single.append(words),
            _ => item.push(phrase),
        }
    }
    if !single.is_empty() {
        item.push(vec![Step::Word(single)]);
    }
    Ok(item)
}

/// The steps of a run of characters without spaces: mostly one word.
fn words(run: &str) -> Result<Vec<Step>, PatternError> {
    let (bare, ending) = match run.strip_suffix('*') {
        Some(bare) => (bare, Some('*')),
        None => match run.strip_suffix('~') {
            Some(bare) => (bare, Some('~')),
            None => (run, None),
        },
    };
    let mut steps = Vec::new();
    let (mut at, mut folded) = (0, String::new());
    while let Some(range) = next_word(bare, at, &mut folded) {
        let written = &bare[range.start..range.end];
        let last = next_word(bare, range.end, &mut String::new()).is_none();
        steps.push(Step::Word(match ending {
            Some('*') if last => vec![prefix(&folded)?],
            Some('~') if last => inflections(&folded).into_iter().map(whole).collect(),
            _ if is_acronym(written) => {
                vec![PatternWord { word: written.to_owned(), how: WordMatch::AsWritten }]
            }
            _ => vec![whole(folded.clone())],
        }));
        at = range.end;
    }
    if steps.is_empty() {
        return Err(PatternError::Empty(run.to_owned()));
    }
    Ok(steps)
}

fn whole(word: String) -> PatternWord {
    PatternWord { word, how: WordMatch::Whole }
}

fn prefix(folded: &str) -> Result<PatternWord, PatternError> {
    if folded.chars().count() < SHORTEST_PREFIX {
        return Err(PatternError::ShortPrefix(folded.to_owned()));
    }
    Ok(PatternWord { word: folded.to_owned(), how: WordMatch::Prefix })
}

fn is_acronym(written: &str) -> bool {
    let mut letters = written.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1 && letters.all(char::is_uppercase)
}

/// A word with the endings that English adds regularly. Forms that do not exist are among them,
/// which no text meets.
pub fn inflections(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned(), format!("{word}s"), format!("{word}es")];
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let mut backwards = word.chars().rev();
    let (last, before, third) = (backwards.next(), backwards.next(), backwards.next());
    match last {
        Some('e') => {
            let stem = &word[..word.len() - 1];
            forms.extend([format!("{word}d"), format!("{stem}ing")]);
        }
        Some('y') if !vowel(before) => {
            let stem = &word[..word.len() - 1];
            forms.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing")]);
        }
        _ => forms.extend([format!("{word}ed"), format!("{word}ing")]),
    }
    if let Some(last) = last
        && !vowel(Some(last))
        && !matches!(last, 'w' | 'x' | 'y')
        && vowel(before)
        && !vowel(third)
    {
        forms.extend([format!("{word}{last}ed"), format!("{word}{last}ing")]);
    }
    forms
}

/// Multiplies the alternatives out.
fn expand(items: &[Item], text: &str) -> Result<Vec<Vec<Step>>, PatternError> {
    let mut phrases: Vec<Vec<Step>> = vec![Vec::new()];
    for item in items {
        if phrases.len().saturating_mul(item.len()) > MOST_PHRASES {
            return Err(PatternError::TooLarge(text.to_owned()));
        }
        let longer = |phrase: &Vec<Step>, way: &Vec<Step>| -> Vec<Step> {
            phrase.iter().chain(way).cloned().collect()
        };
        phrases = phrases.iter().flat_map(|p| item.iter().map(move |way| longer(p, way))).collect();
    }
    Ok(phrases)
}

fn check(phrase: &[Step], text: &str) -> Result<(), PatternError> {
    let is_gap = |step: Option<&Step>| matches!(step, Some(Step::Gap(_)));
    if !phrase.iter().any(|step| matches!(step, Step::Word(_))) {
        return Err(PatternError::Empty(text.to_owned()));
    }
    let doubled = phrase.windows(2).any(|pair| is_gap(pair.first()) && is_gap(pair.last()));
    if is_gap(phrase.first()) || is_gap(phrase.last()) || doubled {
        return Err(PatternError::Gap(text.to_owned()));
    }
    let gaps = phrase.iter().filter(|step| is_gap(Some(step))).count();
    if phrase.len() > MOST_STEPS || gaps > MOST_GAPS {
        return Err(PatternError::TooLarge(text.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(pattern: &str) -> Vec<String> {
        let step = |step: &Step| match step {
            Step::Gap(words) => format!("…{words}"),
            Step::Word(words) => {
                let word = |w: &PatternWord| match w.how {
                    WordMatch::Whole => w.word.clone(),
                    WordMatch::Prefix => format!("{}*", w.word),
                    WordMatch::AsWritten => format!("={}", w.word),
                };
                words.iter().map(word).collect::<Vec<_>>().join("/")
            }
        };
        let phrase = |steps: &Vec<Step>| steps.iter().map(step).collect::<Vec<_>>().join(" ");
        Pattern::parse(pattern).expect("a pattern").phrases.iter().map(phrase).collect()
    }

    #[test]
    fn words_beginnings_capitals_and_gaps_are_read() {
        assert_eq!(said("Blasphemy"), ["blasphemy"]);
        assert_eq!(said("anti-extremism law*"), ["anti extremism law*"]);
        assert_eq!(said("al-Qa’ida"), ["al qaida"]);
        assert_eq!(said("KNB law~"), ["=KNB law/laws/lawes/lawed/lawing"]);
        assert_eq!(said("conver* … Islam"), ["conver* …6 islam"]);
        assert_eq!(said("conver* ...3 Islam"), ["conver* …3 islam"]);
    }

    #[test]
    fn alternatives_of_one_word_are_one_step_and_longer_ones_are_multiplied() {
        assert_eq!(said("(raid*|search*) home*"), ["raid*/search* home*"]);
        assert_eq!(
            said("(house|place of worship) raid*"),
            ["place of worship raid*", "house raid*"]
        );
    }

    #[test]
    fn regular_endings() {
        let has = |word, form: &str| inflections(word).contains(&form.to_owned());
        assert!(has("ban", "banned") && has("ban", "banning") && has("ban", "bans"));
        assert!(has("raze", "razed") && has("raze", "razing"));
        assert!(has("deny", "denied") && has("deny", "denies") && has("deny", "denying"));
        assert!(
            has("destroy", "destroyed") && has("detain", "detained") && !has("detain", "detainned")
        );
    }

    #[test]
    fn what_would_be_met_everywhere_or_nowhere_is_refused() {
        let problem = |pattern: &str| Pattern::parse(pattern).expect_err("refused").to_string();
        assert_eq!(problem(""), "the pattern `` holds no word");
        assert_eq!(problem(" … "), "the pattern ` … ` holds no word");
        assert!(problem("*").contains("holds no word"));
        assert!(problem("co*").contains("at least 3 letters"));
        assert!(problem("(a|b").contains("not closed"));
        assert!(problem("a)").contains("not closed"));
        assert!(problem("(a||b)").contains("empty"));
        assert!(problem("… Islam").contains("no word on one side"));
        assert!(problem("a …99 b").contains("too wide"));
        assert!(problem(&"(a b|c d) ".repeat(9)).contains("too large"));
        assert!(problem(&"a".repeat(3000)).contains("too long"));
    }

    proptest! {
        #[test]
        fn any_text_is_a_pattern_or_an_error(text in "[a-cA-C*~…(|) .0-9é-]{0,60}") {
            if let Ok(pattern) = Pattern::parse(&text) {
                prop_assert!(!pattern.phrases.is_empty());
                for phrase in &pattern.phrases {
                    prop_assert!(matches!(phrase.first(), Some(Step::Word(_))));
                    prop_assert!(matches!(phrase.last(), Some(Step::Word(_))));
                }
            }
        }
    }
}
