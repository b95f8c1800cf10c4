//! Laws and instruments that a text cites: UN resolutions, covenants and conventions with their
//! articles, and national laws by year and subject ("2011 law on religion").

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use model::{Annotation, AnnotationKind, TextRange};
use regex::Regex;
use regex_syntax::hir::literal::Extractor;

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

const RESOLUTIONS: &str = r"\b(?:UNSCR|(?:UN |United Nations )?Security Council [Rr]esolutions?)\s(?P<number>\d{3,4})\b|\b(?P<body>Human Rights Council|General Assembly|HRC) [Rr]esolutions? (?P<symbol>\d{1,3}/\d{1,3})";

static RESOLUTION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(RESOLUTIONS).ok());

/// What the names of instruments and resolutions begin with, each with the numbers of the patterns
/// whose matches hold it; one pass over a text tells which of them are worth trying.
struct Beginnings {
    automaton: AhoCorasick,
    /// For each beginning: the patterns, a bit each.
    patterns: Vec<u32>,
    /// The patterns that may match anywhere.
    always: u32,
}

static BEGINNINGS: LazyLock<Option<Beginnings>> = LazyLock::new(|| {
    let written = INSTRUMENTS.iter().map(|(_, names)| *names).chain([RESOLUTIONS]);
    let (mut beginnings, mut patterns, mut always) = (Vec::new(), Vec::new(), 0);
    for (number, pattern) in written.enumerate() {
        let meaning = regex_syntax::parse(pattern).ok()?;
        match Extractor::new().extract(&meaning).literals() {
            Some(found) if found.iter().all(|literal| literal.len() >= 3) => {
                beginnings.extend(found.iter().map(|literal| literal.as_bytes().to_vec()));
                patterns.extend(found.iter().map(|_| 1 << number));
            }
            _ => always |= 1 << number,
        }
    }
    let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(beginnings);
    Some(Beginnings { automaton: automaton.ok()?, patterns, always })
});

/// The patterns that may match in a text, a bit each: those of [`INSTRUMENTS`], then resolutions.
fn worth_trying(text: &str) -> u32 {
    let Some(Beginnings { automaton, patterns, always }) = &*BEGINNINGS else { return u32::MAX };
    let bits = automaton.find_overlapping_iter(text).map(|hit| patterns[hit.pattern().as_usize()]);
    bits.fold(*always, |all, bit| all | bit)
}

static NATIONAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:19|20)\d\d (?:[Ll]aw|[Aa]ct|[Dd]ecree|[Cc]onstitution|[Cc]oncordat|[Oo]rdinance)\b(?: on (?:the )?[A-Za-z’'-]+(?: (?:of|and|for) (?:the )?[A-Za-z’'-]+){0,3})?",
    )
    .ok()
});

/// The instruments a text cites, in the order of their first mention.
pub fn annotate(text: &str) -> Vec<Annotation> {
    let mut found: Vec<Annotation> = Vec::new();
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
    let worth = worth_trying(text);
    for (number, (id, pattern)) in NAMED.iter().enumerate() {
        if worth & (1 << number) == 0 {
            continue;
        }
        for captures in pattern.iter().flat_map(|pattern| pattern.captures_iter(text)) {
            let Some(whole) = captures.get(0) else { continue };
            let article = captures.name("article").or_else(|| captures.name("after"));
            let article = article.map(|article| format!(" {}", article.as_str().trim()));
            let name = format!("{id}{}", article.unwrap_or_default());
            take(name, TextRange::new(whole.start(), whole.end()), &mut found);
        }
    }
    let resolution = RESOLUTION.iter().filter(|_| worth & (1 << NAMED.len()) != 0);
    for captures in resolution.flat_map(|pattern| pattern.captures_iter(text)) {
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
    let national = NATIONAL.iter().filter(|_| may_name_a_law(text));
    for whole in national.flat_map(|pattern| pattern.find_iter(text)) {
        take(whole.as_str().to_owned(), TextRange::new(whole.start(), whole.end()), &mut found);
    }
    found.sort_by_key(|annotation| annotation.evidence.first().map(|range| range.start));
    found
}

/// Whether a text has a year before the first letter of what a national law may be called.
fn may_name_a_law(text: &str) -> bool {
    let letters = |byte: u8| matches!(byte.to_ascii_lowercase(), b'l' | b'a' | b'd' | b'c' | b'o');
    // Digits of other scripts, too, are left for the pattern to judge.
    let digit = |byte: u8| byte.is_ascii_digit() || !byte.is_ascii();
    let before = |pair: &[u8]| pair[0] == b' ' && letters(pair[1]);
    let bytes = text.as_bytes();
    bytes
        .windows(2)
        .enumerate()
        .any(|(at, pair)| before(pair) && at.checked_sub(1).is_some_and(|last| digit(bytes[last])))
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
        // Every pattern begins with words that are looked for, and has a bit.
        assert!(BEGINNINGS.as_ref().is_some_and(|beginnings| beginnings.always == 0));
        assert!(INSTRUMENTS.len() < 32);
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
