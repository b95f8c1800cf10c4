//! Groups of believers and non-believers, by the names people give them, variants made one:
//! Baha'i and Bahá'í, Uyghur and Uighur, Ahmadi and Ahmadiyya, Yezidi and Yazidi.

use std::sync::LazyLock;

use model::pattern::Pattern;
use model::{Annotation, AnnotationKind};

use super::vocabulary::{Met, Vocabulary};
use super::words::Words;

/// A group: its id, its name, and the words for it.
pub struct Group {
    /// Short id, stable.
    pub id: &'static str,
    /// Its name, for people.
    pub name: &'static str,
    words: &'static [&'static str],
}

macro_rules! groups {
    ($($id:literal $name:literal: $($word:literal),+;)+) => {
        &[$(Group { id: $id, name: $name, words: &[$($word),+] }),+]
    };
}

/// The groups that are known.
pub const GROUPS: &[Group] = groups![
    "ahmadi" "Ahmadis": "Ahmadi~", "Ahmadiyya~", "Ahmadiyah~", "Ahmadiyyah~", "Qadiani~";
    "alevi" "Alevis": "Alevi~", "Alawite~", "Alawi~";
    "anglican" "Anglicans": "Anglican~", "Church of England", "Episcopalian~";
    "atheist" "Non-religious people": "atheist~", "atheism", "(nonreligious|non-religious|nonbeliever~|non-believer~|agnostic~|freethinker~|humanist~|unaffiliated|irreligious)", "secularist~";
    "bahai" "Baha'is": "Baha'i~", "Bahai~", "Baha'i Faith";
    "baptist" "Baptists": "Baptist~";
    "buddhist" "Buddhists": "Buddhist~", "Buddhism", "Theravada", "Tibetan Buddhist~";
    "catholic" "Catholics": "Catholic~", "Catholicism", "Holy See";
    "christian" "Christians": "Christian~", "Christianity";
    "convert" "Converts": "converts", "convert to (Christianity|Islam|another|Hinduism|Judaism)", "(Muslim|Hindu|Buddhist)-background (believer~|convert~|Christian~)", "Muslim background", "former Muslim~", "ex-Muslim~", "BMB", "MBB";
    "copt" "Copts": "Copt~", "Coptic";
    "druze" "Druze": "Druze";
    "evangelical" "Evangelicals and Pentecostals": "evangelical~", "Pentecostal~", "charismatic Christian~", "born-again";
    "falun-gong" "Falun Gong": "Falun (Gong|Dafa)";
    "hindu" "Hindus": "Hindu~", "Hinduism", "Dalit~";
    "hizb-ut-tahrir" "Hizb ut-Tahrir": "Hizb ut-Tahrir", "Hizb-ut-Tahrir";
    "house-church" "House churches": "(house|home|underground|unregistered) church*";
    "indigenous-religion" "Followers of indigenous religions": "(indigenous|traditional|animist|African traditional) (religion~|belief~|spiritual*)", "animist~", "animism", "Vodou", "Voodoo", "shaman*", "Santeria", "Santería", "Candomblé", "Candomble", "Umbanda";
    "ismaili" "Ismailis": "Ismaili~", "Isma'ili~";
    "jehovahs-witness" "Jehovah's Witnesses": "Jehovah's Witness*", "Jehovahs Witness*";
    "jew" "Jews": "Jew", "Jews", "Jewish", "Judaism", "antisemit*", "anti-Semit*", "Haredi~", "ultra-Orthodox";
    "latter-day-saint" "Latter-day Saints": "Latter-day Saint~", "Mormon~";
    "lutheran" "Lutherans": "Lutheran~";
    "methodist" "Methodists": "Methodist~";
    "muslim" "Muslims": "Muslim~", "Islam", "Islamic", "Moslem~";
    "orthodox" "Orthodox Christians": "(Russian|Greek|Serbian|Romanian|Ukrainian|Georgian|Ethiopian|Eritrean|Bulgarian|Armenian|Syriac|Syrian|Macedonian|Montenegrin|Belarusian|Antiochian|Eastern|Oriental|Autocephalous) Orthodox", "Orthodox (Church|Christian~|priest~|believer~|clergy|monaster*)";
    "protestant" "Protestants": "Protestant~", "Presbyterian~", "Reformed Church";
    "quaker" "Quakers": "Quaker~", "Society of Friends";
    "rastafarian" "Rastafarians": "Rastafari*";
    "rohingya" "Rohingya": "Rohingya~";
    "salafi" "Salafis": "Salafi~", "Salafist~", "Wahhabi~";
    "scientologist" "Scientologists": "Scientolog*";
    "seventh-day-adventist" "Seventh-day Adventists": "Seventh-day Adventist~", "Adventist~";
    "shia" "Shia": "Shia~", "Shi'a~", "Shiite~", "Shi'ite~", "Hazara~", "Zaydi~";
    "sikh" "Sikhs": "Sikh~", "Sikhism";
    "sufi" "Sufis": "Sufi~", "Sufism";
    "sunni" "Sunnis": "Sunni~";
    "tablighi-jamaat" "Tablighi Jamaat": "Tablighi Jamaat", "Tabligh Jamaat";
    "tibetan-buddhist" "Tibetan Buddhists": "Tibetan Buddhis*", "Dalai Lama", "Panchen Lama";
    "unification-church" "Unification Church": "Unification Church", "Family Federation";
    "uyghur" "Uyghurs": "Uyghur~", "Uighur~", "Uygur~", "Uigur~";
    "yezidi" "Yezidis": "Yezidi~", "Yazidi~", "Ezidi~", "Yesidi~";
    "zoroastrian" "Zoroastrians": "Zoroastrian~", "Parsi~";
];

static VOCABULARY: LazyLock<Vocabulary<&'static str>> = LazyLock::new(|| {
    let words = GROUPS.iter().flat_map(|group| group.words.iter().map(|word| (*word, group.id)));
    // The words are part of the program: a test reads every one of them.
    Vocabulary::written(words).unwrap_or_else(|_| Vocabulary::new([]))
});

/// The group with this id.
pub fn group(id: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.id == id)
}

/// The groups that a text names, read by itself.
pub fn named_in(words: &Words<'_>) -> Vec<Annotation> {
    annotate(words, &VOCABULARY.find(words))
}

/// The patterns of this annotator, by their number.
pub fn patterns() -> &'static [Pattern] {
    VOCABULARY.patterns()
}

/// The groups named in a text by the patterns met in it, each once, in the order of their first
/// mention.
pub fn annotate(words: &Words<'_>, met: &[Met]) -> Vec<Annotation> {
    let mut found: Vec<Annotation> = Vec::new();
    let mut last: Option<&Met> = None;
    for met in met {
        let id = *VOCABULARY.meaning(met);
        // The same words of the same group, found by two of its patterns.
        if last.is_some_and(|last| last.covers(met) && *VOCABULARY.meaning(last) == id) {
            continue;
        }
        last = Some(met);
        let range = met.range(words);
        let kind = AnnotationKind::Group(id.to_owned());
        match found.iter_mut().find(|annotation| annotation.kind == kind) {
            Some(annotation) => annotation.evidence.push(range),
            None => found.push(Annotation { kind, evidence: vec![range] }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::TextRange;

    fn groups(text: &str) -> Vec<String> {
        let words = Words::of(text, &[TextRange::new(0, text.len())]);
        let id = |annotation: Annotation| match annotation.kind {
            AnnotationKind::Group(id) => id,
            _ => String::new(),
        };
        annotate(&words, &VOCABULARY.find(&words)).into_iter().map(id).collect()
    }

    #[test]
    fn every_group_has_an_id_of_its_own_and_patterns_that_are_read() {
        let mut ids: Vec<&str> = GROUPS.iter().map(|group| group.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), GROUPS.len());
        for pattern in GROUPS.iter().flat_map(|group| group.words) {
            model::pattern::Pattern::parse(pattern).expect("a pattern");
        }
    }

    #[test]
    fn variants_are_one_group() {
        assert_eq!(groups("Bahá’ís, Baha'i and the Bahai faith"), ["bahai"]);
        assert_eq!(groups("Uighurs and Uyghur imams"), ["uyghur"]);
        assert_eq!(groups("Ahmadis of the Ahmadiyya Muslim community"), ["ahmadi", "muslim"]);
        assert_eq!(
            groups("Yazidis; Jehovah’s Witnesses; nonbelievers"),
            ["yezidi", "jehovahs-witness", "atheist"]
        );
    }
}
