//! The language a report is written in, as a primary subtag of BCP 47: what is stated of it, and
//! what its own text shows. Text too short to tell by, and text that fits several languages, shows
//! nothing.

use model::{Block, Document, Evidence, Metadata, Origin, Role};
use whatlang::{Info, detect as detect_by_trigrams};

/// Fewest letters by which a language is told.
const FEWEST_LETTERS: usize = 200;

/// From how many places of a text words are taken, and how many bytes from each at most.
const PLACES: usize = 12;
const BYTES_EACH: usize = 160;

/// Words that stand in every English text and hardly in any other.
const ENGLISH: &[&str] = &[
    "and", "been", "by", "for", "from", "has", "have", "of", "that", "the", "their", "this", "to",
    "were", "which", "with",
];

/// English is told by these words when they are at least one in so many…
const ENGLISH_ONE_IN: usize = 6;

/// …and at least so many of them are different.
const ENGLISH_DIFFERENT: usize = 4;

/// The two-letter subtag, which BCP 47 asks for, of languages that are also named by three letters:
/// those that can be detected.
#[rustfmt::skip]
const SHORT: &[(&str, &str)] = &[
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"),
    ("ben", "bn"), ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("cym", "cy"),
    ("dan", "da"), ("deu", "de"), ("ell", "el"), ("eng", "en"), ("epo", "eo"), ("est", "et"),
    ("fin", "fi"), ("fra", "fr"), ("guj", "gu"), ("heb", "he"), ("hin", "hi"), ("hrv", "hr"),
    ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"), ("jav", "jv"), ("jpn", "ja"),
    ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"), ("lav", "lv"),
    ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"),
    ("nld", "nl"), ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"),
    ("por", "pt"), ("ron", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"),
    ("sna", "sn"), ("spa", "es"), ("srp", "sr"), ("swe", "sv"), ("tam", "ta"), ("tel", "te"),
    ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"), ("tur", "tr"), ("ukr", "uk"), ("urd", "ur"),
    ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"), ("zho", "zh"), ("fas", "fa"),
];

/// The primary subtag of a language tag: `en` of `en-US`, of `EN_gb` and of `eng`; `None` where it is
/// no such tag, or says that the language is not known.
pub(crate) fn primary_subtag(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let is_subtag = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
    if !is_subtag || ["und", "mul", "zxx", "mis"].contains(&first.as_str()) {
        return None;
    }
    Some(SHORT.iter().find(|(long, _)| *long == first).map_or(first, |(_, s)| (*s).to_owned()))
}

/// Takes a language tag that is stated; what is no tag is noted.
pub(crate) fn witness(metadata: &mut Metadata, tag: &str, origin: Origin, note: &str) {
    match primary_subtag(tag) {
        Some(language) => {
            let evidence = Evidence::new(origin, language.clone(), note).quoting(tag);
            metadata.language.witness(language, evidence);
        }
        None => metadata.language.note(Evidence {
            origin,
            value: None,
            quote: Some(tag.to_owned()),
            note: "no language tag".to_owned(),
        }),
    }
}

/// Adds the language that a document's text shows, if it shows one.
pub(crate) fn detect(document: &mut Document) {
    if document.text().len() < FEWEST_LETTERS {
        return;
    }
    let sample = sample(document);
    if sample.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
        return;
    }
    let (language, note) = if is_english(&sample) {
        ("en".to_owned(), "its commonest words are English".to_owned())
    } else {
        let Some(found) = detect_by_trigrams(&sample).filter(Info::is_reliable) else { return };
        let Some(language) = primary_subtag(found.lang().code()) else { return };
        (language, format!("its letters follow one another as in {}", found.lang().eng_name()))
    };
    let evidence = Evidence::new(Origin::Text, language.clone(), note);
    document.metadata.language.witness(language, evidence);
}

/// Some words of the text, from places spread evenly over its body.
fn sample(document: &Document) -> String {
    let is_prose = |block: &&Block| matches!(block.role, Role::Body | Role::ListItem);
    let prose: Vec<&Block> = document.blocks().iter().filter(is_prose).collect();
    let mut sample = String::with_capacity(PLACES * (BYTES_EACH + 1));
    // A text of few long paragraphs gives more of each.
    let places = prose.len().min(PLACES);
    let most = PLACES * BYTES_EACH / places.max(1);
    for place in 0..places {
        let block = prose[place * prose.len() / places];
        let text = document.text_of(block);
        let mut end = text.len().min(most);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        sample.push_str(&text[..end]);
        sample.push(' ');
    }
    sample
}

/// Whether the commonest words of English make up as much of a text as they do of any English one.
/// Most reports are English, and this is told many times faster than by trigrams.
fn is_english(sample: &str) -> bool {
    let mut words = 0;
    let mut found = 0;
    let mut different = 0_u32;
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        if let Some(at) = ENGLISH.iter().position(|known| known.eq_ignore_ascii_case(word)) {
            found += 1;
            different |= 1 << at;
        }
    }
    found * ENGLISH_ONE_IN >= words && different.count_ones() as usize >= ENGLISH_DIFFERENT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profiles::Profiles;
    use crate::source::{SourceFile, read};
    use model::Finding;

    fn language(html: &str) -> Finding<String> {
        let source = SourceFile::new("page", html.as_bytes());
        read(&source, Profiles::built_in()).expect("read").document.metadata.language
    }

    const FRENCH: &str = "La Constitution prévoit la liberté de religion et interdit la \
        discrimination fondée sur la croyance. Le gouvernement a toutefois limité les activités \
        de plusieurs communautés, dont les membres ont été arrêtés au cours de l'année écoulée, \
        sans que les autorités répondent aux questions de leurs représentants.";
    const ENGLISH_TEXT: &str = "The constitution provides for freedom of religion and forbids \
        discrimination on grounds of belief. The government has nevertheless limited what several \
        communities may do, and members of two of them were arrested in the course \
        of the year, although none of them had been told of any charge.";
    const RUSSIAN: &str = "Конституция гарантирует свободу вероисповедания и запрещает \
        дискриминацию по признаку убеждений. Тем не менее власти ограничили деятельность \
        нескольких общин, члены которых были задержаны в течение последнего года в столице, \
        и не ответили на вопросы их представителей.";

    #[test]
    fn a_text_shows_its_language_and_a_short_one_does_not() {
        for (text, expected) in [(FRENCH, "fr"), (ENGLISH_TEXT, "en"), (RUSSIAN, "ru")] {
            let found = language(&format!("<p>{text}</p>"));
            assert_eq!(found.value.as_deref(), Some(expected), "{found:?}");
            let short: String = text.chars().take(90).collect();
            assert_eq!(language(&format!("<p>{short}</p>")), Finding::default());
        }
    }

    #[test]
    fn english_is_told_by_its_words_and_nothing_else_is() {
        assert!(is_english(ENGLISH_TEXT));
        assert!(!is_english(FRENCH) && !is_english(RUSSIAN));
        let dutch = "De grondwet voorziet in vrijheid van godsdienst en verbiedt discriminatie op \
            grond van geloof. De regering was in dat jaar toch de baas van of over de kerk.";
        assert!(!is_english(dutch));
    }

    #[test]
    fn markup_that_says_otherwise_is_outweighed_and_shown() {
        let found = language(&format!("<html lang='en-US'><body><p>{FRENCH}</p>"));
        assert_eq!(found.value.as_deref(), Some("fr"));
        let other: Vec<_> = found.disagreements().map(|e| (e.origin, e.quote.clone())).collect();
        assert_eq!(other, [(Origin::Markup, Some("en-US".to_owned()))]);
    }

    #[test]
    fn tags_are_reduced_to_their_primary_subtag() {
        for (tag, expected) in [
            ("en-US", Some("en")),
            ("EN_gb", Some("en")),
            ("fra", Some("fr")),
            ("zh-Hant", Some("zh")),
            ("ckb", Some("ckb")),
            ("und", None),
            ("English", None),
            ("", None),
            ("x-klingon", None),
        ] {
            assert_eq!(primary_subtag(tag).as_deref(), expected, "{tag}");
        }
    }

    #[test]
    fn every_language_that_is_detected_has_its_subtag() {
        for language in whatlang::Lang::all() {
            let tag = primary_subtag(language.code()).expect("a tag");
            assert_eq!(tag.len(), 2, "{tag}");
        }
    }
}
