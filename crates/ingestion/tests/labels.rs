//! What the built-in codebook and the annotators say of sentences made for it: one for each trap.

use ingestion::codebook::built_in_annotators;
use ingestion::sentences::sentences;
use model::{AnnotationKind, Polarity};

/// The issues of a text, with what it says on each.
fn issues(text: &str) -> Vec<(String, Polarity)> {
    let annotations = built_in_annotators().annotations_of(text, &sentences(text));
    let issue = |kind: AnnotationKind| match kind {
        AnnotationKind::Issue { issue, polarity } => Some((issue.to_string(), polarity)),
        _ => None,
    };
    annotations.into_iter().filter_map(|annotation| issue(annotation.kind)).collect()
}

fn has(text: &str, issue: &str) -> bool {
    issues(text).iter().any(|(found, _)| found == issue)
}

fn polarity(text: &str, issue: &str) -> Option<Polarity> {
    issues(text).into_iter().find(|(found, _)| found == issue).map(|(_, polarity)| polarity)
}

#[test]
fn the_law_against_extremism_is_told_from_the_acts_of_extremists() {
    let text =
        "Observers feared that the extremism law was used against peaceful religious groups.";
    assert_eq!(polarity(text, "security-laws"), Some(Polarity::Violation));
    assert!(has("Gunmen of an armed group burned the village.", "armed-groups"));
    assert_eq!(
        polarity("There were no reported terrorist incidents in the country.", "armed-groups"),
        Some(Polarity::NoneReported)
    );
}

#[test]
fn converts_under_pressure_earn_both_issues() {
    let text = "Converts are locked up by their families, beaten, and rejected by their village.";
    assert_eq!(polarity(text, "conversion-apostasy"), Some(Polarity::Violation));
    assert_eq!(polarity(text, "societal-pressure"), Some(Polarity::Violation));
}

#[test]
fn lookalikes_earn_nothing() {
    let envoy = "The Special Envoy to Monitor and Combat Antisemitism visited the capital.";
    assert!(!has(envoy, "surveillance-harassment"));
    assert!(!has("The state converted the church into a museum.", "conversion-apostasy"));
    assert!(!has("The Ministry of Cults opened an office.", "cult-label"));
    assert!(!has("Riot police stood at the square.", "mob-communal"));
}

#[test]
fn what_a_law_forbids_to_others_protects() {
    let text = "The law prohibits discrimination on grounds of religion.";
    assert_eq!(polarity(text, "discrimination"), Some(Polarity::Protection));
    let text = "Police arrested three men for praying in a private home.";
    assert_eq!(polarity(text, "arrest-imprisonment"), Some(Polarity::Violation));
    let text = "Embassy officials raised the arrests of pastors with the ministry.";
    assert_eq!(polarity(text, "arrest-imprisonment"), Some(Polarity::Context));
    let text = "Take all measures against torture in prisons (Norway);";
    assert_eq!(polarity(text, "torture-punishment"), Some(Polarity::Context));
}

#[test]
fn every_label_names_words_of_the_text() {
    let text = "NGOs said that in 2021 police raided 12 house churches; the 2011 law on religion bans them.";
    for annotation in built_in_annotators().annotations_of(text, &sentences(text)) {
        assert!(!annotation.evidence.is_empty());
        for range in &annotation.evidence {
            assert!(range.of(text).is_some_and(|words| !words.is_empty()), "{annotation:?}");
        }
    }
}
