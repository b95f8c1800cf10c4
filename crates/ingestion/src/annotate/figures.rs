//! Figures: numbers that count or measure something, with their unit, their hedge, and what is
//! counted. Dates, numbers of articles, resolutions and paragraphs, and numbers inside names are no
//! figures. Written as `139`, `19.8 percent`, `$900 million`, `seven to eight years`, `eightfold`,
//! `hundreds of thousands`, `two-thirds`.

mod numbers;

use model::{Annotation, AnnotationKind, Change, Figure, Hedge, TextRange, Unit};

use self::numbers::{Number, number_at};
use super::word_list::WordList;
use super::words::Words;

/// Hedges, longest first among those that share a beginning: the words before a number.
const HEDGES: &[(&[&str], Hedge)] = &[
    (&["no", "fewer", "than"], Hedge::AtLeast),
    (&["no", "less", "than"], Hedge::AtLeast),
    (&["not", "less", "than"], Hedge::AtLeast),
    (&["no", "more", "than"], Hedge::UpTo),
    (&["not", "more", "than"], Hedge::UpTo),
    (&["a", "minimum", "of"], Hedge::AtLeast),
    (&["a", "maximum", "of"], Hedge::UpTo),
    (&["as", "many", "as"], Hedge::UpTo),
    (&["as", "much", "as"], Hedge::UpTo),
    (&["more", "than"], Hedge::MoreThan),
    (&["greater", "than"], Hedge::MoreThan),
    (&["in", "excess", "of"], Hedge::MoreThan),
    (&["at", "least"], Hedge::AtLeast),
    (&["less", "than"], Hedge::LessThan),
    (&["fewer", "than"], Hedge::LessThan),
    (&["up", "to"], Hedge::UpTo),
    (&["at", "most"], Hedge::UpTo),
    (&["close", "to"], Hedge::About),
    (&["an", "estimated"], Hedge::About),
    (&["estimated", "at"], Hedge::About),
    (&["estimated"], Hedge::About),
    (&["over"], Hedge::MoreThan),
    (&["above"], Hedge::MoreThan),
    (&["exceeding"], Hedge::MoreThan),
    (&["under"], Hedge::LessThan),
    (&["below"], Hedge::LessThan),
    (&["nearly"], Hedge::LessThan),
    (&["almost"], Hedge::LessThan),
    (&["about"], Hedge::About),
    (&["around"], Hedge::About),
    (&["approximately"], Hedge::About),
    (&["roughly"], Hedge::About),
    (&["some"], Hedge::About),
    (&["circa"], Hedge::About),
];

static MONTHS: WordList = WordList::new(&[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
]);

/// Words after which a number names something instead of counting it.
static NAMING: WordList = WordList::new(&[
    "article",
    "articles",
    "art",
    "arts",
    "section",
    "sections",
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "chapter",
    "chapters",
    "resolution",
    "resolutions",
    "no",
    "nos",
    "number",
    "numbers",
    "law",
    "decree",
    "act",
    "order",
    "directive",
    "regulation",
    "ordinance",
    "protocol",
    "part",
    "schedule",
    "rule",
    "point",
    "item",
    "page",
    "pages",
    "figure",
    "table",
    "annex",
    "note",
    "footnote",
    "goal",
    "unscr",
    "uncsr",
    "hrc",
    "convention",
    "document",
    "session",
    "meeting",
    "top",
    "version",
    "channel",
    "covid",
    "highway",
    "route",
    "grade",
    "class",
    "category",
    "tier",
    "phase",
    "level",
    "bill",
    "code",
    "iccpr",
    "udhr",
    "question",
    "group",
    "recommendation",
    "recommendations",
]);

/// Words after which four digits are a year.
static BEFORE_YEARS: WordList = WordList::new(&[
    "in", "since", "of", "by", "from", "until", "till", "during", "before", "after", "between",
    "to", "and", "early", "late", "mid", "the", "year", "years", "for", "through", "fiscal", "a",
    "or", "ended", "than", "summer", "winter", "spring", "autumn", "fall",
]);

/// Words at which what is counted ends.
static ENDS_COUNTED: WordList = WordList::new(&[
    "in",
    "from",
    "to",
    "and",
    "or",
    "for",
    "by",
    "on",
    "at",
    "with",
    "who",
    "that",
    "which",
    "were",
    "was",
    "are",
    "is",
    "had",
    "have",
    "has",
    "during",
    "since",
    "as",
    "than",
    "between",
    "after",
    "before",
    "through",
    "per",
    "under",
    "against",
    "into",
    "across",
    "including",
    "be",
    "been",
    "did",
    "do",
    "not",
    "according",
    "their",
    "its",
    "the",
    "out",
]);

/// Most words that say what is counted.
const MOST_COUNTED: usize = 6;

/// The figures of a text, in order.
pub fn annotate(words: &Words<'_>) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    let mut at = 0;
    while at < words.all().len() {
        match read(words, at) {
            Read::Figure(figure, range, next) => {
                let kind = AnnotationKind::Figure(figure);
                annotations.push(Annotation { kind, evidence: vec![range] });
                at = next;
            }
            Read::Nothing(next) => at = next,
        }
    }
    annotations
}

enum Read {
    /// A figure, where it stands, and the word to go on with.
    Figure(Figure, TextRange, usize),
    /// None; the word to go on with.
    Nothing(usize),
}

fn read(words: &Words<'_>, at: usize) -> Read {
    let Some(mut number) = number_at(words, at) else { return Read::Nothing(at + 1) };
    if is_name_or_date(words, at, &number) {
        return Read::Nothing(number.next);
    }
    let mut to = None;
    let mut money = currency_before(words, at);
    let mut end = words.range(at, number.next - 1).end;
    if let Some((upper, upper_end)) = upper_end(words, &number) {
        if upper.scale > number.scale && number.scale == 0 && !upper.is_word {
            number.value = numbers::scaled(&number.value, upper.scale);
        }
        end = upper_end;
        number.next = upper.next;
        to = Some(upper.value);
    }
    let (unit, unit_end, next) = unit_after(words, end, number.next, &mut money);
    end = unit_end.unwrap_or(end);
    let unit = match money {
        Some((currency, _)) => Unit::Money(currency.to_owned()),
        None => unit.unwrap_or(if number.times { Unit::Times } else { Unit::Count }),
    };
    // A bare "one" is mostly an article or a pronoun.
    if number.value == "1" && number.is_word && unit == Unit::Count && is_pronoun(words, next) {
        return Read::Nothing(next);
    }
    let first = money_start(words, at);
    let (hedge, start) = hedge_before(words, at, first);
    let change = change_near(words, at, next);
    let counted = match unit {
        Unit::Count | Unit::Percent => {
            counted_after(words, next, end).or_else(|| counted_before(words, at, start, end))
        }
        _ => None,
    };
    let hedge = if number.vague && hedge == Hedge::None { Hedge::AtLeast } else { hedge };
    let figure = Figure { value: number.value, to, unit, hedge, change, counted };
    Read::Figure(figure, TextRange::new(start, end), next)
}

/// Whether a number is part of a name, a date, or a reference.
fn is_name_or_date(words: &Words<'_>, at: usize, number: &Number) -> bool {
    let before = at.checked_sub(1).map_or("", |before| words.folded(before));
    let after = words.folded(number.next);
    let digits = !number.is_word;
    if digits && (NAMING.contains(before) || (MONTHS.contains(before) && !follows_unit(after))) {
        return true;
    }
    if MONTHS.contains(after) && digits {
        return true;
    }
    let this = words.range(at, number.next - 1);
    let sign_before = words.text[..this.start].chars().next_back();
    let sign_after = words.text[this.end..].chars().next();
    // A paragraph number, an address, a document symbol, "C5+1", "A/HRC/16/3", "2018-22".
    if matches!(sign_before, Some('/' | '+' | '#' | '_')) || matches!(sign_after, Some('/' | '+')) {
        return true;
    }
    let opens = at == 0 && matches!(sign_after, Some('.' | ')')) && digits;
    let bracketed = sign_before == Some('(') && sign_after == Some(')') && digits;
    if opens || bracketed || (digits && joined_to_letters(sign_before)) {
        return true;
    }
    // "COVID-19", "(2018-22)": joined by a hyphen to what stands before.
    let hyphen = matches!(sign_before, Some('-' | '–'));
    if digits && hyphen && this.start > 0 {
        let earlier = words.text[..this.start].trim_end_matches(['-', '–']);
        let joined = earlier.chars().next_back().is_some_and(char::is_alphanumeric);
        if joined {
            return true;
        }
    }
    digits && looks_like_year(words, at, number, before, after)
}

fn joined_to_letters(sign: Option<char>) -> bool {
    sign.is_some_and(char::is_alphabetic)
}

fn follows_unit(after: &str) -> bool {
    matches!(after, "percent" | "million" | "billion" | "people" | "persons")
}

fn looks_like_year(
    words: &Words<'_>,
    at: usize,
    number: &Number,
    before: &str,
    after: &str,
) -> bool {
    let written = words.written(at);
    let four = written.len() == 4 && written.bytes().all(|b| b.is_ascii_digit());
    if !four || number.scale > 0 || !("1000"..="2199").contains(&written) {
        // "the 1990s"
        return written.len() == 5 && written.ends_with('s');
    }
    let end = words.range(at, at).end;
    let ranges_on = words.text[end..].starts_with(['-', '–']);
    let money = currency_before(words, at).is_some() || words.text[end..].starts_with('%');
    if money || matches!(after, "percent" | "people" | "persons") {
        return false;
    }
    let capital = words.written(at + 1).chars().next().is_some_and(char::is_uppercase);
    let punctuated = !words.text[end..].starts_with(' ');
    let after_month = MONTHS.contains(before) || before.parse::<u8>().is_ok();
    let hedged = matches!(before, "than" | "least" | "over" | "about" | "approximately" | "nearly");
    after_month
        || ranges_on
        || (!hedged && (BEFORE_YEARS.contains(before) || capital || punctuated))
        || (!hedged
            && matches!(
                after,
                "law"
                    | "constitution"
                    | "report"
                    | "census"
                    | "act"
                    | "estimate"
                    | "and"
                    | "to"
                    | "decree"
                    | "agreement"
                    | "reporting"
                    | "convention"
                    | "election"
                    | "elections"
                    | "concordat"
                    | "amendments"
            ))
}

/// The upper end of a range: "seven to eight", "10-15", "between 5 and 10".
fn upper_end(words: &Words<'_>, lower: &Number) -> Option<(Number, usize)> {
    let end = words.range(lower.next - 1, lower.next - 1).end;
    let rest = &words.text[end..];
    let between = (1..=3)
        .filter_map(|back| lower.first.checked_sub(back))
        .any(|word| words.folded(word) == "between");
    let at = if rest.starts_with(['-', '–', '—']) {
        let after = rest.chars().nth(1)?;
        after.is_ascii_digit().then_some(lower.next)?
    } else {
        match words.folded(lower.next) {
            "to" | "or" => lower.next + 1,
            "and" if between => lower.next + 1,
            _ => return None,
        }
    };
    let upper = number_at(words, at)?;
    let same_kind = upper.is_word == lower.is_word;
    let value = |number: &Number| number.value.parse::<f64>().unwrap_or(0.0);
    let grows = value(&upper) > value(lower);
    let end = words.range(upper.next - 1, upper.next - 1).end;
    (same_kind && grows && !is_year(words, at)).then_some((upper, end))
}

fn is_year(words: &Words<'_>, at: usize) -> bool {
    let written = words.written(at);
    written.len() == 4 && ("1900"..="2199").contains(&written)
}

/// The currency written before a number, and where it begins.
fn currency_before(words: &Words<'_>, at: usize) -> Option<(&'static str, usize)> {
    let start = words.range(at, at).start;
    let before = &words.text[..start];
    // Every sign is a dollar or beyond ASCII.
    let last = before.strip_suffix(' ').unwrap_or(before).bytes().next_back()?;
    if last != b'$' && last.is_ascii() {
        return None;
    }
    let signs =
        [("US$", "USD"), ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR")];
    signs.iter().find_map(|(sign, code)| {
        let tight = before.strip_suffix(sign);
        let loose = before.strip_suffix(' ').and_then(|before| before.strip_suffix(sign));
        tight.or(loose).map(|rest| (*code, rest.len()))
    })
}

fn money_start(words: &Words<'_>, at: usize) -> usize {
    currency_before(words, at).map_or(words.range(at, at).start, |(_, start)| start)
}

/// The unit after a number: what it is, where it ends, and the word to go on with.
fn unit_after(
    words: &Words<'_>,
    end: usize,
    next: usize,
    money: &mut Option<(&'static str, usize)>,
) -> (Option<Unit>, Option<usize>, usize) {
    let rest = &words.text[end..];
    if let Some(after) = rest.strip_prefix('%').or_else(|| rest.strip_prefix(" %")) {
        return (Some(Unit::Percent), Some(words.text.len() - after.len()), next);
    }
    let ends = |word: usize| Some(words.range(word, word).end);
    match words.folded(next) {
        "percent" | "percentage" => (Some(Unit::Percent), ends(next), next + 1),
        "per" if words.folded(next + 1) == "cent" => {
            (Some(Unit::Percent), ends(next + 1), next + 2)
        }
        "year" | "years" => (Some(Unit::Years), ends(next), next + 1),
        "month" | "months" => (Some(Unit::Months), ends(next), next + 1),
        "day" | "days" => (Some(Unit::Days), ends(next), next + 1),
        "fold" => (Some(Unit::Times), ends(next), next + 1),
        "times" => (Some(Unit::Times), ends(next), next + 1),
        "euros" | "euro" => named_money(money, "EUR", ends(next), next),
        "dollars" => named_money(money, "USD", ends(next), next),
        "pounds" => named_money(money, "GBP", ends(next), next),
        "usd" | "us" if words.written(next).starts_with("US") && money.is_none() => {
            match words.folded(next + 1) {
                "dollars" => named_money(money, "USD", ends(next + 1), next + 1),
                _ if words.folded(next) == "usd" => named_money(money, "USD", ends(next), next),
                _ => (None, None, next),
            }
        }
        _ => (None, None, next),
    }
}

fn named_money(
    money: &mut Option<(&'static str, usize)>,
    code: &'static str,
    end: Option<usize>,
    word: usize,
) -> (Option<Unit>, Option<usize>, usize) {
    *money = Some((code, 0));
    (None, end, word + 1)
}

fn is_pronoun(words: &Words<'_>, next: usize) -> bool {
    let after = words.folded(next);
    let pronoun = matches!(
        after,
        "" | "of"
            | "another"
            | "or"
            | "such"
            | "that"
            | "who"
            | "which"
            | "s"
            | "is"
            | "was"
            | "to"
            | "has"
            | "must"
            | "can"
            | "may"
            | "and"
            | "in"
            | "hand"
            | "side"
            | "for"
            | "with"
            | "religion"
            | "self"
            | "the"
            | "does"
            | "could"
            | "would"
            | "should"
            | "by"
            | "at"
    );
    let end = next.checked_sub(1).map_or(0, |last| words.range(last, last).end);
    pronoun || !words.text[end..].starts_with([' ', '-'])
}

/// The hedge before a number, and where the whole then begins.
fn hedge_before(words: &Words<'_>, at: usize, start: usize) -> (Hedge, usize) {
    let last = at.checked_sub(1).map_or("", |before| words.folded(before));
    for (hedge, meaning) in HEDGES.iter().filter(|(hedge, _)| hedge.last() == Some(&last)) {
        let Some(first) = at.checked_sub(hedge.len()) else { continue };
        let sentence = words.all().get(at).map(|word| word.sentence);
        let same = words.all().get(first).map(|word| word.sentence) == sentence;
        let fits = hedge.iter().enumerate().all(|(n, word)| words.folded(first + n) == *word);
        if same && fits {
            return (*meaning, words.range(first, first).start);
        }
    }
    (Hedge::None, start)
}

/// Whether the figure is the size of a change: "a 19.8 percent increase", "rose by 5 percent".
fn change_near(words: &Words<'_>, at: usize, next: usize) -> Option<Change> {
    let of = |word: &str| match word {
        "increase" | "rise" | "growth" | "surge" | "jump" | "increased" | "rose" | "grew"
        | "risen" | "increasing" | "up" => Some(Change::Increase),
        "decrease" | "decline" | "drop" | "reduction" | "decreased" | "fell" | "declined"
        | "dropped" | "fallen" | "decreasing" | "down" => Some(Change::Decrease),
        _ => None,
    };
    let noun = |word: &str| if matches!(word, "up" | "down") { None } else { of(word) };
    noun(words.folded(next)).or_else(|| {
        let linked = |back: usize| at.checked_sub(back).map_or("", |word| words.folded(word));
        let link = matches!(linked(1), "by" | "of");
        if link { of(linked(2)) } else { None }
    })
}

/// What is counted: the words after the figure up to one that cannot be part of it.
fn counted_after(words: &Words<'_>, next: usize, end: usize) -> Option<String> {
    let mut first = next;
    if words.folded(first) == "of" {
        first += 1;
        if matches!(words.folded(first), "the" | "its" | "their" | "all") {
            first += 1;
        }
    }
    let mut from = end;
    let mut last = None;
    for word in first..first + MOST_COUNTED {
        let range = words.range(word, word);
        let between = words.text.get(from..range.start).unwrap_or(".");
        let folded = words.folded(word);
        let skipped = word == first && first > next;
        if folded.is_empty()
            || (!skipped && between.contains([',', '.', ';', ':', '(', ')', '“', '”', '—', '\n']))
            || (ENDS_COUNTED.contains(folded) && !(word > first && folded == "of"))
        {
            break;
        }
        from = range.end;
        last = Some(word);
    }
    let counted = words.range(first, last?).of(words.text)?;
    Some(counted.trim_end_matches(" of").to_owned())
}

/// What is counted by a figure that ends its line in a table of facts: the words before it on the
/// line (`Christian population 4,859,000`).
fn counted_before(words: &Words<'_>, at: usize, start: usize, end: usize) -> Option<String> {
    let (before, after) = (words.text.get(..start)?, words.text.get(end..)?);
    let label = before.rsplit('\n').next()?.trim();
    let in_table = words.text.contains('\n') && (after.is_empty() || after.starts_with('\n'));
    let is_label = !label.is_empty() && !label.contains(['.', ',', ';', '(', ')']);
    let count = words_in(label);
    (in_table && at > 0 && is_label && count <= MOST_COUNTED)
        .then(|| label.trim_end_matches(':').trim_end().to_owned())
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;

    fn figures(text: &str) -> Vec<String> {
        let sentences = sentences(text);
        let words = Words::of(text, &sentences);
        let said = |annotation: Annotation| {
            let AnnotationKind::Figure(figure) = annotation.kind else { unreachable!() };
            let to = figure.to.map(|to| format!("-{to}")).unwrap_or_default();
            let unit = match &figure.unit {
                Unit::Money(currency) => currency.clone(),
                unit => format!("{unit:?}"),
            };
            let hedge = match figure.hedge {
                Hedge::None => String::new(),
                hedge => format!(" {hedge:?}"),
            };
            let change = figure.change.map(|change| format!(" {change:?}")).unwrap_or_default();
            let counted = figure.counted.map(|counted| format!(" [{counted}]")).unwrap_or_default();
            let words = annotation.evidence[0].of(text).unwrap_or("?");
            format!("{words} = {}{to} {unit}{hedge}{change}{counted}", figure.value)
        };
        annotate(&words).into_iter().map(said).collect()
    }

    #[test]
    fn counts_shares_and_sums_with_their_hedges() {
        assert_eq!(
            figures(
                "the country registered 139 criminal offenses related to extremism, a 19.8 percent increase from 2020."
            ),
            [
                "139 = 139 Count [criminal offenses related]",
                "19.8 percent = 19.8 Percent Increase [increase]"
            ]
        );
        assert_eq!(
            figures("up to 90 percent of charges filed"),
            ["up to 90 percent = 90 Percent UpTo [charges filed]"]
        );
        assert_eq!(
            figures("removed more than 181,000 online materials promoting it"),
            ["more than 181,000 = 181000 Count MoreThan [online materials promoting it]"]
        );
        assert_eq!(
            figures("an ambitious five-year, $900 million program in 2018"),
            ["five-year = 5 Years", "$900 million = 900000000 USD"]
        );
        assert_eq!(figures("Christian population 4,859,000"), ["4,859,000 = 4859000 Count"]);
        assert_eq!(
            figures("Christian population: 4,859,000\nMain Religion Islam"),
            ["4,859,000 = 4859000 Count [Christian population]"]
        );
        assert_eq!(figures("They fled.\nIn all, 600\nRefugees"), ["600 = 600 Count"]);
        assert_eq!(
            figures("sentences of seven to eight years’ imprisonment to two individuals"),
            ["seven to eight years = 7-8 Years", "two = 2 Count [individuals]"]
        );
    }

    #[test]
    fn words_scales_fractions_and_vague_numbers() {
        assert_eq!(
            figures("hundreds of thousands of Uyghurs"),
            ["hundreds of thousands = 100000 Count AtLeast [Uyghurs]"]
        );
        assert_eq!(figures("two-thirds of the members"), ["two-thirds = 2/3 Count [members]"]);
        assert_eq!(
            figures("a more than eightfold increase"),
            ["more than eightfold = 8 Times MoreThan Increase"]
        );
        assert_eq!(
            figures("1.2 to 1.5 million people"),
            ["1.2 to 1.5 million = 1200000-1500000 Count [people]"]
        );
        assert_eq!(
            figures("twenty-one churches and dozens of homes"),
            ["twenty-one = 21 Count [churches]", "dozens = 12 Count AtLeast [homes]"]
        );
    }

    #[test]
    fn dates_names_and_references_are_no_figures() {
        let none = |text: &str| assert_eq!(figures(text), Vec::<String>::new(), "{text}");
        none("On June 13, 2021, and in 2019, the 2011 law, Article 18, UNSCR 2396 and COVID-19");
        none("its (2018-22) program, the C5+1 platform, A/HRC/16/3, paragraphs 12 and");
        none("one of the largest groups; one another; No. 5; 5 May 2010");
        none("124. The delegation noted");
        assert_eq!(figures("12 percent in 2018"), ["12 percent = 12 Percent"]);
    }
}
