//! Laws and instruments that a text cites: UN resolutions, covenants and conventions with their
//! articles, and national laws by year and subject ("2011 law on religion").

use std::sync::LazyLock;

use model::{Annotation, AnnotationKind, TextRange};
use regex::Regex;

/// Instruments by the names that texts give them, longest names first.
const INSTRUMENTS: &[(&str, &str)] = &[
    ("UDHR", r"Universal Declaration of Human Rights|UDHR"),
    (
        "ICCPR-OP2",
        r"Second Optional Protocol to (?:the )?(?:International Covenant on Civil and Political Rights|ICCPR)|ICCPR[- ]OP ?2",
    ),
    (
        "ICCPR-OP1",
        r"(?:First )?Optional Protocol to (?:the )?(?:International Covenant on Civil and Political Rights|ICCPR)|ICCPR[- ]OP ?1",
    ),
    ("ICCPR", r"International Covenant on Civil and Political Rights|ICCPR"),
    ("ICESCR", r"International Covenant on Economic, Social and Cultural Rights|ICESCR"),
    (
        "OPCAT",
        r"Optional Protocol to (?:the )?Convention against Torture(?: and Other Cruel, Inhuman or Degrading Treatment or Punishment)?|OP-?CAT",
    ),
    (
        "CAT",
        r"Convention against Torture(?: and Other Cruel, Inhuman or Degrading Treatment or Punishment)?|\bCAT\b",
    ),
    ("CEDAW", r"Convention on the Elimination of All Forms of Discrimination against Women|CEDAW"),
    (
        "ICERD",
        r"International Convention on the Elimination of All Forms of Racial Discrimination|ICERD|CERD",
    ),
    ("CRC", r"Convention on the Rights of the Child|\bCRC\b"),
    ("CRPD", r"Convention on the Rights of Persons with Disabilities|CRPD"),
    (
        "ICPPED",
        r"International Convention for the Protection of All Persons from Enforced Disappearance|Convention on Enforced Disappearances?|ICPPED|\bCED\b",
    ),
    (
        "ICRMW",
        r"International Convention on the Protection of the Rights of All Migrant Workers and Members of Their Families|ICRMW|\bCMW\b",
    ),
    (
        "Genocide Convention",
        r"Convention on the Prevention and Punishment of the Crime of Genocide|Genocide Convention",
    ),
    (
        "Refugee Convention",
        r"Convention relating to the Status of Refugees|1951 (?:Refugee )?Convention|Refugee Convention",
    ),
    (
        "ECHR",
        r"European Convention on Human Rights|Convention for the Protection of Human Rights and Fundamental Freedoms",
    ),
    ("Rome Statute", r"Rome Statute(?: of the International Criminal Court)?"),
    ("IRFA", r"International Religious Freedom Act(?: of 1998)?|IRFA"),
    ("Paris Principles", r"Paris Principles"),
];

static NAMED: LazyLock<Vec<(&'static str, Option<Regex>)>> = LazyLock::new(|| {
    let article =
        r"(?:article|articles|art\.|arts\.)\s(?P<article>\d{1,3}(?:\s?\(\d\))?)\sof\s(?:the\s)?";
    INSTRUMENTS
        .iter()
        .map(|(id, names)| {
            (*id, Regex::new(&format!("(?i:{article})?(?:{names})(?P<after> \\d{{1,3}})?")).ok())
        })
        .collect()
});

static RESOLUTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:UNSCR|(?:UN |United Nations )?Security Council [Rr]esolutions?)\s(?P<number>\d{3,4})\b|\b(?P<body>Human Rights Council|General Assembly|HRC) [Rr]esolutions? (?P<symbol>\d{1,3}/\d{1,3})",
    )
    .ok()
});

static NATIONAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:19|20)\d\d (?:[Ll]aw|[Aa]ct|[Dd]ecree|[Cc]onstitution|[Cc]oncordat|[Oo]rdinance)\b(?: on (?:the )?[A-Za-z’'-]+(?: (?:of|and|for) (?:the )?[A-Za-z’'-]+){0,3})?",
    )
    .ok()
});

/// The instruments a text cites, in the order of their first mention.
pub fn annotate(text: &str) -> Vec<Annotation> {
    let mut found: Vec<Annotation> = Vec::new();
    // Nearly every citation has a capital letter or a year; the rest of texts is not searched.
    let mut taken: Vec<TextRange> = Vec::new();
    let mut take = |name: String, range: TextRange, found: &mut Vec<Annotation>| {
        if taken.iter().any(|other| range.start < other.end && other.start < range.end) {
            return;
        }
        taken.push(range);
        let kind = AnnotationKind::Instrument(name);
        match found.iter_mut().find(|annotation| annotation.kind == kind) {
            Some(annotation) => annotation.evidence.push(range),
            None => found.push(Annotation { kind, evidence: vec![range] }),
        }
    };
    if !may_cite(text) {
        return found;
    }
    for (id, pattern) in NAMED.iter() {
        for captures in pattern.iter().flat_map(|pattern| pattern.captures_iter(text)) {
            let Some(whole) = captures.get(0) else { continue };
            let article = captures.name("article").or_else(|| captures.name("after"));
            let article = article.map(|article| format!(" {}", article.as_str().trim()));
            let name = format!("{id}{}", article.unwrap_or_default());
            take(name, TextRange::new(whole.start(), whole.end()), &mut found);
        }
    }
    for captures in RESOLUTION.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let Some(whole) = captures.get(0) else { continue };
        let name = match (captures.name("number"), captures.name("symbol")) {
            (Some(number), _) => format!("UNSCR {}", number.as_str()),
            (_, Some(symbol)) => {
                let body = captures.name("body").map_or("", |body| body.as_str());
                let body = if body.starts_with('G') { "UNGA" } else { "HRC" };
                format!("{body} {}", symbol.as_str())
            }
            _ => continue,
        };
        take(name, TextRange::new(whole.start(), whole.end()), &mut found);
    }
    for captures in NATIONAL.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let Some(whole) = captures.get(0) else { continue };
        take(whole.as_str().to_owned(), TextRange::new(whole.start(), whole.end()), &mut found);
    }
    found.sort_by_key(|annotation| annotation.evidence.first().map(|range| range.start));
    found
}

/// Whether anything in a text could be a citation; cheap.
fn may_cite(text: &str) -> bool {
    let words = [
        "Convention",
        "Covenant",
        "Declaration",
        "Statute",
        "esolution",
        "UNSCR",
        "ICCPR",
        "UDHR",
        "ICESCR",
        "CEDAW",
        "CERD",
        "CAT",
        "CRC",
        "CRPD",
        "CED",
        "CMW",
        "ICRMW",
        "ICPPED",
        "IRFA",
        "Religious Freedom Act",
        "Principles",
        " law",
        " act",
        " Law",
        " Act",
        "ecree",
        "onstitution",
        "oncordat",
        "rdinance",
    ];
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(text: &str) -> Vec<String> {
        let name = |annotation: Annotation| match annotation.kind {
            AnnotationKind::Instrument(name) => name,
            _ => String::new(),
        };
        annotate(text).into_iter().map(name).collect()
    }

    #[test]
    fn instruments_are_known_by_their_names_and_articles() {
        assert!(NAMED.iter().all(|(_, pattern)| pattern.is_some()));
        assert!(RESOLUTION.is_some() && NATIONAL.is_some());
        assert_eq!(cited("consistent with UNSCR 2396. This"), ["UNSCR 2396"]);
        assert_eq!(
            cited("in line with article 18 of the ICCPR and with the ICCPR"),
            ["ICCPR 18", "ICCPR"]
        );
        assert_eq!(
            cited(
                "ratify the Optional Protocol to the Convention against Torture and the Convention against Torture"
            ),
            ["OPCAT", "CAT"]
        );
        assert_eq!(cited("The 2011 law on religion forbids it."), ["2011 law on religion"]);
        assert_eq!(cited("The cat sat in 2011."), Vec::<String>::new());
    }
}
