//! Editions of a few sentences set beside each other, and the cases that have nothing to compare.

use std::collections::BTreeMap;

use model::codebook::Polarity;
use model::{ContentHash, Country, Hedge, Locator, Passage, PassagePosition, Role, Unit};

use super::*;

/// A passage of a small edition: its section, its text, and words that earn it the issue of a name.
fn passage(
    number: u32,
    section: &str,
    text: &str,
    issue: Option<(&str, &str)>,
) -> AnnotatedPassage {
    let mut sentences = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(". ") {
        sentences.push(TextRange::new(start, start + piece.trim_end().len()));
        start += piece.len();
    }
    let position = PassagePosition::Paragraph { paragraph: number, piece: 0 };
    let document = ContentHash([7; 32]).document_id();
    let section = (!section.is_empty()).then(|| section.to_owned()).into_iter().collect();
    let mut annotations = Vec::new();
    if let Some((words, id)) = issue {
        let at = text.find(words).expect("the words stand there");
        let issue: IssueId = issue_id(id);
        let kind = AnnotationKind::Issue { issue, polarity: Polarity::Violation };
        annotations.push(Annotation { kind, evidence: vec![TextRange::new(at, at + words.len())] });
    }
    if let Some(at) = text.find("believers") {
        let figure = Figure {
            value: "0".to_owned(),
            to: None,
            unit: Unit::Count,
            hedge: Hedge::None,
            change: None,
            counted: Some("believers".to_owned()),
        };
        let evidence = vec![TextRange::new(at.saturating_sub(5), at)];
        annotations.push(Annotation { kind: AnnotationKind::Figure(figure), evidence });
    }
    AnnotatedPassage {
        passage: Passage {
            id: PassageId { document, position },
            role: Role::Body,
            range: TextRange::new(0, text.len()),
            text: text.to_owned(),
            sentences,
            locator: Locator { section, ..Locator::default() },
        },
        annotations,
    }
}

fn issue_id(id: &str) -> IssueId {
    IssueId::new(id).expect("an id")
}

fn old_edition() -> Vec<AnnotatedPassage> {
    vec![
        passage(
            1,
            "Overview",
            "The constitution protects belief. Courts jailed 600 believers in the north.",
            Some(("jailed", "arrest")),
        ),
        passage(2, "Education", "Schools taught religion in every grade of the country.", None),
        passage(3, "Outlook", "The embassy met the mufti of the capital twice.", None),
    ]
}

fn new_edition() -> Vec<AnnotatedPassage> {
    vec![
        passage(
            1,
            "Overview",
            "The constitution protects belief. Courts jailed 595 believers in the north. A parish was denied its papers.",
            Some(("denied its papers", "registration")),
        ),
        passage(2, "OUTLOOK", "The embassy met the mufti of the capital twice.", None),
    ]
}

#[test]
fn statements_sections_figures_and_issues_are_told() {
    let changes = changes(&old_edition(), &new_edition());
    assert_eq!(changes.extent, Extent::Revised);
    let statuses: Vec<Status> = changes.statements.iter().map(|s| s.status).collect();
    use Status::{Dropped, New, Reworded, Same};
    assert_eq!(statuses, [Same, Reworded, Dropped, New, Same]);
    let jailed = &changes.statements[1];
    assert_eq!(jailed.figures.len(), 1);
    let figure = &jailed.figures[0];
    assert_eq!(figure.counted.as_deref(), Some("believers"));
    let place = &jailed.new[figure.new.as_ref().expect("new").span.sentence];
    assert_eq!(figure.new.as_ref().expect("new").span.range.of(&place.text), Some("595"));
    assert_eq!((place.passage.to_string().ends_with(".1"), place.sentence), (true, 2));
    assert_eq!(jailed.marks[0].old[0].range.of(&jailed.old[0].text), Some("600"));
    assert_eq!(changes.sections.vanished, [["Education"]]);
    assert_eq!(changes.sections.new, [[""; 0]; 0]);
    let (arrest, registration) = (issue_id("arrest"), issue_id("registration"));
    assert_eq!(
        changes.issues,
        [
            IssueChange { issue: arrest.clone(), old: 1, new: 0 },
            IssueChange { issue: registration, old: 0, new: 1 },
        ]
    );
    assert_eq!(changes.on(&arrest).map(|s| s.status).collect::<Vec<_>>(), [Reworded]);
    assert_eq!((changes.old.sentences, changes.new.sentences), (4, 4));
}

#[test]
fn editions_with_nothing_to_compare_have_clear_answers() {
    let (old, new) = (old_edition(), new_edition());
    assert_eq!(changes(&[], &[]).extent, Extent::Nothing);
    assert_eq!(changes(&old, &[]).extent, Extent::OnlyOld);
    assert_eq!(changes(&[], &new).extent, Extent::OnlyNew);
    let same = changes(&old, &old);
    assert_eq!(same.extent, Extent::Identical);
    assert_eq!(same.count(Status::Same), same.statements.len());
    assert_eq!(same.sections, SectionChanges::default());
    let other =
        [passage(1, "", "Nothing of the kind is told in this place. Rivers rise early.", None)];
    assert_eq!(changes(&old, &other).extent, Extent::MostlyRewritten);
}

#[test]
fn a_long_document_stands_beside_a_short_one() {
    let text = |n: u32| format!("Case {n} concerned the family of witness w{n} in district d{n}.");
    let long: Vec<AnnotatedPassage> = (1..4_000).map(|n| passage(n, "", &text(n), None)).collect();
    let short = [long[70].clone(), long[3_000].clone()];
    let both = changes(&long, &short);
    assert_eq!((both.count(Status::Same), both.count(Status::Dropped)), (2, 3_997));
    let both = changes(&short, &long);
    assert_eq!((both.count(Status::Same), both.count(Status::New)), (2, 3_997));
}

#[test]
fn the_table_names_countries_that_stand_in_one_edition_only() {
    let country = |name: &str| Country::find(name).expect("known");
    let old: BTreeMap<Country, Vec<AnnotatedPassage>> = [
        (country("KZ"), old_edition()),
        (country("FR"), old_edition()),
        (country("AL"), old_edition()),
        (country("CN"), Vec::new()),
    ]
    .into();
    let new: BTreeMap<Country, Vec<AnnotatedPassage>> = [
        (country("KZ"), new_edition()),
        (country("AL"), old_edition()),
        (country("CN"), Vec::new()),
        (country("PK"), new_edition()),
    ]
    .into();
    let rows = chapters(&old, &new);
    let told: Vec<(&str, Standing, Extent)> =
        rows.iter().map(|row| (row.country.code(), row.standing, row.extent)).collect();
    assert_eq!(
        told,
        [
            ("KZ", Standing::Both, Extent::Revised),
            ("AL", Standing::Both, Extent::Identical),
            ("PK", Standing::OnlyNew, Extent::OnlyNew),
            ("FR", Standing::OnlyOld, Extent::OnlyOld),
            ("CN", Standing::Both, Extent::Nothing),
        ]
    );
    assert_eq!(rows[0].figures, 1);
    assert_eq!(rows[0].statements, [2, 1, 0, 0, 0, 1, 1]);
}
