//! Countries and territories as the reports of this field name them: ISO 3166-1, and beyond it the
//! places these reports treat on their own (Kosovo, Tibet, Xinjiang, …) under codes from the part
//! of ISO 3166-1 left to users (`XK`, `XT`, …). Names, State Department spellings, aliases, demonyms
//! and former names stand in `data/countries.tsv`; whoever adds a name adds it there.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::fold::{fold, nearest};

/// A country or territory known to forb.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country(u16);

/// What a row of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountryKind {
    /// A member or observer state of the United Nations, Taiwan or Kosovo.
    Country,
    /// Another entry of ISO 3166-1.
    Territory,
    /// A region that reports treat on its own and ISO 3166-1 does not list.
    Region,
}

/// The names of one country.
#[derive(Debug, PartialEq, Eq)]
pub struct CountryNames {
    /// ISO 3166-1 alpha-2, or a user-assigned `X` code.
    pub code: &'static str,
    /// What it is.
    pub kind: CountryKind,
    /// The short English name that forb shows.
    pub name: &'static str,
    /// The State Department's spelling, where it differs.
    pub state_department: Option<&'static str>,
    /// Other English names in use.
    pub aliases: Vec<&'static str>,
    /// Adjectives and names of its people; these may be shared between countries.
    pub demonyms: Vec<&'static str>,
    /// Former names.
    pub historical: Vec<&'static str>,
}

/// The countries, in the order of their codes.
static ROWS: LazyLock<Vec<CountryNames>> = LazyLock::new(|| {
    include_str!("../data/countries.tsv").lines().filter_map(CountryNames::from_row).collect()
});

/// The countries by their folded codes and names. Reading records asks for codes only, and does without.
static BY_NAME: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let mut by_name = HashMap::new();
    for (at, row) in ROWS.iter().enumerate() {
        let country = Country(at as u16);
        by_name.insert(fold(row.code), country);
        for name in row.all_names() {
            by_name.insert(fold(name), country);
        }
    }
    by_name
});

impl CountryNames {
    fn from_row(line: &'static str) -> Option<Self> {
        if line.starts_with('#') {
            return None;
        }
        let mut columns = line.split('\t');
        let code = columns.next()?;
        let kind = match columns.next()? {
            "country" => CountryKind::Country,
            "territory" => CountryKind::Territory,
            _ => CountryKind::Region,
        };
        let name = columns.next()?;
        let mut list = || -> Vec<&'static str> {
            columns.next().unwrap_or("").split('|').filter(|part| !part.is_empty()).collect()
        };
        let state = list();
        let (state_department, more) = match state.split_first() {
            Some((first, rest)) => (Some(*first), rest.to_vec()),
            None => (None, Vec::new()),
        };
        let mut aliases = list();
        aliases.extend(more);
        Some(Self {
            code,
            kind,
            name,
            state_department,
            aliases,
            demonyms: list(),
            historical: list(),
        })
    }

    /// Every name but the demonyms: the short one first.
    pub fn all_names(&self) -> impl Iterator<Item = &'static str> {
        [self.name]
            .into_iter()
            .chain(self.state_department)
            .chain(self.aliases.iter().copied())
            .chain(self.historical.iter().copied())
    }
}

impl Country {
    /// Every country, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Country> {
        (0..ROWS.len()).map(|at| Country(at as u16))
    }

    /// The country whose code, name, alias or former name this is, whatever its case, accents or
    /// apostrophes, with or without "the". Demonyms do not count: they are shared.
    pub fn find(name: &str) -> Option<Country> {
        if let Some(country) = Self::of_code(name) {
            return Some(country);
        }
        let folded = fold(name);
        let short = folded.strip_prefix("the ").unwrap_or(&folded);
        BY_NAME.get(&folded).or_else(|| BY_NAME.get(short)).copied()
    }

    /// The country of a code in capital letters.
    fn of_code(code: &str) -> Option<Country> {
        let at = ROWS.binary_search_by(|row| row.code.cmp(code)).ok()?;
        Some(Country(at as u16))
    }

    /// The names of countries nearest to one that is not known.
    pub fn nearest(name: &str, most: usize) -> Vec<&'static str> {
        nearest(name, Self::all().flat_map(|country| country.names().all_names()), most)
    }

    /// Its names.
    pub fn names(self) -> &'static CountryNames {
        // A `Country` is only ever made from an index into this table.
        &ROWS[usize::from(self.0)]
    }

    /// Its code: two capital letters.
    pub fn code(self) -> &'static str {
        self.names().code
    }

    /// Its short English name.
    pub fn name(self) -> &'static str {
        self.names().name
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Country> for String {
    fn from(country: Country) -> String {
        country.code().to_owned()
    }
}

impl TryFrom<String> for Country {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Country::find(&name).ok_or_else(|| format!("`{name}` is not a country known to forb"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str) -> Option<&'static str> {
        Country::find(name).map(Country::code)
    }

    #[test]
    fn a_code_is_the_country_s_own_and_no_other_one_s_name() {
        assert!(ROWS.is_sorted_by(|a, b| a.code < b.code));
        for country in Country::all() {
            let code = country.code();
            assert_eq!(Country::of_code(code), Some(country));
            assert_eq!(BY_NAME.get(&fold(code)), Some(&country), "{code}");
        }
    }

    #[test]
    fn reports_spellings_lead_to_one_country() {
        for (name, expected) in [
            ("KZ", "KZ"),
            ("kazakhstan", "KZ"),
            ("Burma", "MM"),
            ("Myanmar", "MM"),
            ("Cote d’Ivoire", "CI"),
            ("Turkey", "TR"),
            ("Türkiye", "TR"),
            ("Congo, Democratic Republic of the", "CD"),
            ("Kosovo", "XK"),
            ("Tibet", "XT"),
            ("Hong Kong", "HK"),
            ("DPRK", "KP"),
            ("Swaziland", "SZ"),
            ("the Gambia", "GM"),
        ] {
            assert_eq!(code(name), Some(expected), "{name}");
        }
        assert_eq!(code("Atlantis"), None);
        assert_eq!(Country::nearest("Kazahkstan", 1), ["Kazakhstan"]);
    }

    #[test]
    fn no_name_leads_to_two_countries() {
        let mut owners: HashMap<String, &str> = HashMap::new();
        for country in Country::all() {
            for name in country.names().all_names().chain([country.code()]) {
                if let Some(other) = owners.insert(fold(name), country.code()) {
                    assert_eq!(other, country.code(), "{name} stands in two rows");
                }
            }
        }
    }

    #[test]
    fn the_table_holds_iso_3166_1_and_the_regions_beyond_it() {
        let count = |kind| Country::all().filter(|c| c.names().kind == kind).count();
        assert_eq!(count(CountryKind::Country), 193 + 2 + 2);
        assert_eq!(count(CountryKind::Country) + count(CountryKind::Territory), 249 + 1);
        assert!(count(CountryKind::Region) >= 3);
        for country in Country::all() {
            assert_eq!(country.code().len(), 2, "{country:?}");
            assert!(!country.name().is_empty());
            assert_eq!(country.name().trim(), country.name());
        }
    }

    #[test]
    fn accents_apart_names_come_back_from_their_code() {
        for country in Country::all() {
            let written: String = country.into();
            assert_eq!(Country::try_from(written), Ok(country));
        }
    }
}
