//! Law or practice: whether a passage speaks of what a law says, or of what happens. Told by words;
//! a passage may do both, or neither.

use std::sync::LazyLock;

use model::pattern::Pattern;
use model::{Annotation, AnnotationKind, Nature};

use super::vocabulary::{Met, Vocabulary};
use super::words::Words;

/// Words that speak of what a law says.
const LAW: &[&str] = &[
    "(constitution|constitutional|basic law|penal code|criminal code|civil code|family code|legislation|statute~|ordinance~|bylaws|concordat)",
    "(law|laws) …8 (provide~|guarantee~|prohibit~|forbid~|require~|allow~|permit~|protect~|recogniz*|recognis*|define~|state~|stipulate~|ban|bans|banned|banning|criminaliz*|punish*|establish*|impos*|grant~|regulat*|restrict*|govern*|include~|make~|is|are|does|do|also|applies|apply|specif*|mandat*|penaliz*|limit~|give~|carr*|enforc*|amend*|contain*|enable~|ensure~|designat*|on|against|took effect|was|were|entered|came|passed|exempt*|set~|list~|that)",
    "(decree|act|code|bill|amendment~|regulation~|provision~|treaty|treaties|convention|covenant|protocol|directive~|ruling~|resolution) …10 (provide~|guarantee~|prohibit~|forbid~|require~|allow~|permit~|protect~|recogniz*|define~|state~|stipulate~|ban~|criminaliz*|punish*|establish*|impos*|grant~|regulat*|restrict*|govern*|would|includ*|abolish*|amend*|adopted|enacted|ratif*)",
    "(by|under|in|with|of) (law|the law|the constitution|domestic law|international law|national law|sharia)",
    "(illegal|unlawful|legally|lawful|criminalized|criminalised|decriminalized|outlawed|outlaws)",
    "(enact*|adopted|passed|amend*|repeal*|promulgat*|ratif*|signed) …8 (law|laws|legislation|act|code|decree|bill|amendment~|constitution|convention|protocol|covenant|treaty|treaties|regulation~)",
    "(article|section|articles) (1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30|31|32|33|34|35|36|37|38|39|40|41|42)",
    "punishable by",
    "(is|are|remains) (a crime|an offense|an offence|a criminal offense|prohibited|punishable|forbidden|mandatory|compulsory)",
    "legal (framework|requirement~|status|protection~|provision~|prohibition|basis|system)",
    "(law|laws|legislation) …3 (discriminat*|allow*|criminaliz*|prevent*|protect*)",
    "(court|supreme court|constitutional court) …8 (ruled|struck down|overturned|upheld|annulled|declared)",
    "death penalty",
    "sharia …6 (law|court~|applies|source)",
];

/// Words that speak of what happens, is done, said or suffered.
const PRACTICE: &[&str] = &[
    "(arrested|detained|sentenced|convicted|imprisoned|killed|attacked|raided|fined|closed|demolished|destroyed|vandalized|desecrated|burned|beaten|tortured|abducted|kidnapped|harassed|threatened|expelled|deported|released|allowed|denied|refused|continued|committed|reported|reports|said|stated|noted|expressed|announced|condemned|met|hosted|discussed|raised|engaged|held|attended|urged|published|posted|issued|received|registered|approved|granted|rejected|faced|suffered|used|took|began|launched|implemented|established|provided|supported|met|participated|visited|monitored|restricted|limited|prevented|banned|blocked|confiscated|seized|interrogated|accused|charged|organized|opened|returned|increased|decreased|remained|occurred|won|elected|maintained|did|worked|conducted|promoted|encouraged|emphasized|highlighted|recognized|identified|investigated|prosecuted|punished)",
    "(is|are|was|were|be|been|being) …2 (arrested|detained|killed|attacked|forced|pressured|monitored|persecuted|targeted|threatened|rejected|denied|treated|subjected|considered|harassed|beaten|discriminated|excluded|abused|raped|abducted|kidnapped|closed|burned|destroyed|displaced|imprisoned)",
    "(face~|experience~|suffer~|fear~|hide~|meet~|live~|worship~|struggle~|risk~|lose~|target~|attack~|pressure~|persecute~|monitor~|discriminate~|harass~)",
    "there (were|was|are) …4 (report~|incident~|attack~|case~|no)",
    "(significant human rights issues|human rights abuses|serious problems with|in practice|impunity|effective control|maintained effective control|members of the security forces)",
    "(did not|does not|do not|has|have|had) …3 (enforce*|implement*|respect*|take~|taken|investigate|prosecute|been|made|achieved|established)",
];

static VOCABULARY: LazyLock<Vocabulary<Nature>> = LazyLock::new(|| {
    let law = LAW.iter().map(|pattern| (*pattern, Nature::Law));
    let practice = PRACTICE.iter().map(|pattern| (*pattern, Nature::Practice));
    // The words are part of the program: a test reads every one of them.
    Vocabulary::written(law.chain(practice)).unwrap_or_else(|_| Vocabulary::new([]))
});

/// The patterns of this annotator, by their number.
pub fn patterns() -> &'static [Pattern] {
    VOCABULARY.patterns()
}

/// What a text speaks of, by the patterns met in it: law, practice, both or neither.
pub fn annotate(words: &Words<'_>, met: &[Met]) -> Vec<Annotation> {
    let of = |nature: Nature| {
        let evidence: Vec<_> = met
            .iter()
            .filter(|met| *VOCABULARY.meaning(met) == nature)
            .map(|met| met.range(words))
            .collect();
        (!evidence.is_empty())
            .then_some(Annotation { kind: AnnotationKind::Nature(nature), evidence })
    };
    Nature::ALL.into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;

    fn natures(text: &str) -> Vec<&'static str> {
        let sentences = sentences(text);
        let words = Words::of(text, &sentences);
        annotate(&words, &VOCABULARY.find(&words))
            .iter()
            .map(|a| match a.kind {
                AnnotationKind::Nature(nature) => nature.name(),
                _ => "?",
            })
            .collect()
    }

    #[test]
    fn every_pattern_is_read() {
        for pattern in LAW.iter().chain(PRACTICE) {
            model::pattern::Pattern::parse(pattern).expect("a pattern");
        }
    }

    #[test]
    fn law_and_practice_are_told_apart() {
        assert_eq!(natures("The law prohibits religious discrimination."), ["law"]);
        assert_eq!(natures("Police arrested three converts."), ["practice"]);
        assert_eq!(natures("Police arrested him under the law on extremism."), ["law", "practice"]);
        assert_eq!(natures("A country of mountains."), Vec::<&str>::new());
    }
}
