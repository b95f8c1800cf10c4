//! From text to searchable words: the two analysers, the tokens they yield, and their registration
//! with the search engine. What a word is stands in `words.rs`; which field uses which analyser
//! follows from [`model::FieldKind`].

use std::sync::LazyLock;

use model::{ContentHash, FieldKind, TextRange};
use sha2::{Digest, Sha256};
use tantivy::tokenizer::{TextAnalyzer, Token as EngineToken, TokenStream, Tokenizer};

use crate::stems::stem;
use model::words::next_word;

/// How the words of a text are reduced to what is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Analyser {
    /// Folded (case, accents, apostrophes) and reduced to their English stem.
    Stemmed,
    /// Folded only.
    Exact,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text, in bytes on character borders.
    pub range: TextRange,
    /// What it is compared by: folded and, by [`Analyser::Stemmed`], stemmed. Never empty.
    pub word: String,
}

/// The words of a text in order.
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    analyser: Analyser,
    word: String,
}

/// The words of `text` in order; total over any text.
pub fn tokens(text: &str, analyser: Analyser) -> Tokens<'_> {
    Tokens { text, at: 0, analyser, word: String::new() }
}

/// A hash that changes when an analyser would read a probe text in another way; an index made by
/// other analysers is refused by it.
pub fn analysers_digest() -> &'static str {
    static DIGEST: LazyLock<String> = LazyLock::new(|| {
        let mut hash = Sha256::new();
        for analyser in Analyser::ALL {
            for token in tokens(PROBE, analyser) {
                hash.update(format!("{}-{} ", token.range.start, token.range.end));
                hash.update(token.word);
                hash.update(b"\n");
            }
        }
        ContentHash(hash.finalize().into()).to_hex()[..32].to_owned()
    });
    &DIGEST
}

/// A little of everything the analysers treat in its own way.
const PROBE: &str = "The U.S. government’s 4,859,000 believers (19.8 percent), Qurʼan and Bahá'í \
    converts' non-violent gatherings; e.g. Jehovah's Witnesses on 31.12.2021, İstanbul's Đà Nẵng, \
    Côte d’Ivoire, ﬁnes¹, soft\u{ad}hyphen, 信仰自由, الحُرِّيَّة, धर्म, Ωδῆς, Straße; \
    registration registered registering religiously happily skies dying generously national \
    nationality organization universities blasphemous conversions worshippers imprisoned";

impl Analyser {
    /// Both analysers.
    pub const ALL: [Analyser; 2] = [Analyser::Stemmed, Analyser::Exact];

    /// The name it is registered under with the search engine.
    pub fn name(self) -> &'static str {
        match self {
            Analyser::Stemmed => "forb_stemmed",
            Analyser::Exact => "forb_exact",
        }
    }

    /// The analyser of the fields of a kind; `None` for fields that do not hold words.
    pub fn of(kind: FieldKind) -> Option<Self> {
        match kind {
            FieldKind::StemmedWords => Some(Analyser::Stemmed),
            FieldKind::ExactWords => Some(Analyser::Exact),
            FieldKind::Keyword | FieldKind::Number => None,
        }
    }

    pub(crate) fn for_engine(self) -> TextAnalyzer {
        TextAnalyzer::from(EngineTokenizer(self))
    }
}

impl Tokens<'_> {
    /// The next word as [`Iterator::next`] gives it, without a string of its own: for callers who
    /// only look.
    pub fn next_borrowed(&mut self) -> Option<(TextRange, &str)> {
        let range = next_word(self.text, self.at, &mut self.word)?;
        self.at = range.end;
        if self.analyser == Analyser::Stemmed {
            stem(&mut self.word);
        }
        Some((range, &self.word))
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let (range, word) = self.next_borrowed()?;
        Some(Token { range, word: word.to_owned() })
    }
}

#[derive(Clone)]
struct EngineTokenizer(Analyser);

struct EngineStream<'a> {
    text: &'a str,
    analyser: Analyser,
    token: EngineToken,
}

impl Tokenizer for EngineTokenizer {
    type TokenStream<'a> = EngineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> EngineStream<'a> {
        EngineStream { text, analyser: self.0, token: EngineToken::default() }
    }
}

impl TokenStream for EngineStream<'_> {
    fn advance(&mut self) -> bool {
        let token = &mut self.token;
        let Some(range) = next_word(self.text, token.offset_to, &mut token.text) else {
            return false;
        };
        (token.offset_from, token.offset_to) = (range.start, range.end);
        // Positions begin at `usize::MAX`, by the engine's convention, so that the first is 0.
        token.position = token.position.wrapping_add(1);
        if self.analyser == Analyser::Stemmed {
            stem(&mut token.text);
        }
        true
    }

    fn token(&self) -> &EngineToken {
        &self.token
    }

    fn token_mut(&mut self) -> &mut EngineToken {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Vec<String> {
        tokens(text, Analyser::Exact).map(|token| token.word).collect()
    }

    fn is_east_asian(c: char) -> bool {
        matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    }

    /// Found by the property test below: one sign for two syllables is one word, and not two.
    #[test]
    fn a_sign_for_two_syllables_is_one_word() {
        assert_eq!(exact("ヿ"), ["コト"]);
        assert_eq!(exact("コト"), ["コ", "ト"]);
    }

    fn read(text: &str) -> String {
        let marked: Vec<&str> =
            tokens(text, Analyser::Exact).filter_map(|token| token.range.of(text)).collect();
        format!("{} <- {}", exact(text).join(" "), marked.join("|"))
    }

    #[test]
    fn apostrophes_and_accents_leave_no_trace() {
        assert_eq!(
            read("the Qur’an, Qur'an, Qurʾan"),
            "the quran quran quran <- the|Qur’an|Qur'an|Qurʾan"
        );
        assert_eq!(exact("Bahá’í BAHÁ'Í Baha'i"), ["bahai", "bahai", "bahai"]);
        assert_eq!(
            exact("Türkiye İstanbul Diyarbakır Łódź Đà Nẵng"),
            ["turkiye", "istanbul", "diyarbakir", "lodz", "da", "nang"]
        );
        assert_eq!(exact("oʻzbek ʿAbd al-Raḥmān"), ["ozbek", "abd", "al", "rahman"]);
        assert_eq!(exact("e\u{301}glise église"), ["eglise", "eglise"]);
        assert_eq!(exact("Straße ﬁnes"), ["strasse", "fines"]);
    }

    #[test]
    fn a_possessive_belongs_to_the_range_but_not_to_the_word() {
        assert_eq!(read("Kazakhstan’s laws"), "kazakhstan laws <- Kazakhstan’s|laws");
        assert_eq!(read("the converts' home"), "the converts home <- the|converts|home");
        assert_eq!(read("Jehovah's 'quoted'"), "jehovah quoted <- Jehovah's|quoted");
        assert_eq!(exact("d'souza o'sullivan"), ["dsouza", "osullivan"]);
    }

    #[test]
    fn acronyms_are_one_word() {
        assert_eq!(
            read("the U.S. and U.S.A, e.g. US"),
            "the us and usa eg us <- the|U.S.|and|U.S.A|e.g.|US"
        );
        assert_eq!(read("the U.S.’s envoy"), "the us envoy <- the|U.S.’s|envoy");
        assert_eq!(
            exact("J.Smith state.gov No.1 Mr. X"),
            ["j", "smith", "state", "gov", "no", "1", "mr", "x"]
        );
        assert_eq!(exact("a. b"), ["a", "b"]);
    }

    #[test]
    fn numbers_keep_their_decimals_and_lose_their_commas() {
        assert_eq!(
            read("4,859,000 (19.8 percent)."),
            "4859000 19.8 percent <- 4,859,000|19.8|percent"
        );
        assert_eq!(exact("in 2019,2020 and 1,5"), ["in", "2019", "2020", "and", "1", "5"]);
        assert_eq!(exact("31.12.2021 and 4.2.1."), ["31", "12", "2021", "and", "4", "2", "1"]);
        assert_eq!(
            exact("1990s 3.5bn 2021-22 COVID-19"),
            ["1990s", "3.5bn", "2021", "22", "covid", "19"]
        );
    }

    #[test]
    fn footnote_marks_and_soft_hyphens_do_not_change_a_word() {
        assert_eq!(read("the law¹² re\u{ad}mained"), "the law remained <- the|law|re\u{ad}mained");
    }

    #[test]
    fn other_scripts_are_words_too() {
        assert_eq!(exact("信仰自由"), ["信", "仰", "自", "由"]);
        assert_eq!(exact("الحُرِّيَّة"), exact("الحرية"));
        assert_eq!(exact("धर्म की"), ["धर्म", "की"]);
        assert_eq!(exact("종교의 자유"), ["종교의", "자유"]);
        assert_eq!(exact("религиозной ΟΔΟΣ"), ["религиознои", "οδοσ"]);
    }

    #[test]
    fn stems_join_the_forms_of_a_word() {
        let stems =
            |text| -> Vec<String> { tokens(text, Analyser::Stemmed).map(|t| t.word).collect() };
        let forms = stems("convert converts converted converting");
        assert!(forms.iter().all(|stem| *stem == forms[0]), "{forms:?}");
        assert_eq!(stems("religious religion"), ["religi", "religion"]);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let long = "a".repeat(100_000);
        let [token] = &tokens(&long, Analyser::Stemmed).collect::<Vec<_>>()[..] else {
            panic!("one word")
        };
        assert!(token.word.len() <= model::words::LONGEST_WORD);
        assert_eq!(token.range, TextRange::new(0, 100_000));
        assert_eq!(exact(&"é".repeat(1000))[0].len(), model::words::LONGEST_WORD);
    }

    #[test]
    fn the_engine_reads_the_same_words() {
        for analyser in Analyser::ALL {
            let mut engine = analyser.for_engine();
            let mut stream = engine.token_stream(PROBE);
            for (position, token) in tokens(PROBE, analyser).enumerate() {
                assert!(stream.advance());
                assert_eq!(stream.token().text, token.word);
                assert_eq!(stream.token().offset_from, token.range.start);
                assert_eq!(stream.token().position, position);
            }
            assert!(!stream.advance());
        }
        assert_eq!(analysers_digest().len(), 32);
    }

    proptest! {
        #[test]
        fn any_text_has_words_in_order_on_character_borders(
            text in "\\PC{0,60}|[a-zA-Z0-9.,'’é\u{301}\u{ad}信² -]{0,60}|(?s).{0,40}",
        ) {
            for analyser in Analyser::ALL {
                let mut before = 0;
                for token in tokens(&text, analyser) {
                    prop_assert!(!token.word.is_empty());
                    prop_assert!(token.word.len() <= model::words::LONGEST_WORD + 2);
                    prop_assert!(token.range.start >= before);
                    prop_assert!(!token.range.is_empty());
                    prop_assert!(token.range.of(&text).is_some());
                    before = token.range.end;
                }
            }
        }

        #[test]
        fn words_do_not_depend_on_what_stands_around_them(
            text in "[a-zA-Z0-9.,'’é\u{301}\u{ad}信² -]{0,40}",
        ) {
            let all: Vec<Token> = tokens(&text, Analyser::Exact).collect();
            if let (Some(first), Some(last)) = (all.first(), all.last()) {
                let cut = &text[first.range.start..last.range.end];
                let words: Vec<Token> = tokens(cut, Analyser::Exact)
                    .map(|token| Token { range: token.range.shifted(first.range.start), ..token })
                    .collect();
                prop_assert_eq!(words, all);
            }
        }

        #[test]
        fn a_folded_word_folds_to_itself(
            // The alphabets that reports and the names in them are written in: of rare signs some
            // stand for two words, and some marks are read with the letter before them only.
            text in "[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{Hebrew}\\p{Arabic}0-9 .,'’-]{0,30}",
        ) {
            for word in exact(&text) {
                // A decimal dot needs its digits, and of Chinese and Japanese each character is a
                // word, also where one sign stands for two; every other folded word is a word again.
                let plain = !word.contains(['.']) && !word.chars().any(is_east_asian);
                if plain && word.len() + 4 < model::words::LONGEST_WORD {
                    prop_assert_eq!(exact(&word), [word]);
                }
            }
        }
    }
}
