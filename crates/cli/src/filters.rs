//! The options that restrict a search or an export, and the filters they mean. Any may be given more
//! than once: one of its values will do. `--not-…` rules a value out. An unknown value is an error.

use std::borrow::Cow;

use clap::Args;
use indexing::Index;
use ingestion::annotate::words::Words;
use ingestion::annotate::{groups, places};
use ingestion::corpus::Corpus;
use ingestion::profiles::Profiles;
use model::{AnnotationKind, Field, PeriodFilter, Polarity, THE_SOURCE, TextRange};
use model::{Nature, Speaker, Unit};
use query::Filters;

use crate::names;

/// Options that restrict.
#[derive(Args, Debug, Default)]
pub struct FilterArguments {
    /// Only documents on this country: a name or a code. This and every option below may be given
    /// more than once: any of its values will do. `--not-…` rules a value out.
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,
    /// Only documents of this publisher: a name or an id.
    #[arg(long, value_name = "NAME")]
    pub publisher: Vec<String>,
    /// Only documents of this series: a name or an id.
    #[arg(long, value_name = "NAME")]
    pub series: Vec<String>,
    /// Only documents that cover some of this time: 2021, 2019..2023, 2019.., 2020-10/2021-09.
    /// Documents of unknown period are left out, and counted on stderr. Given once.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<PeriodFilter>,
    /// Only passages labelled with this issue of the codebook: an id or a name; see `forb issues`.
    #[arg(long, value_name = "ISSUE")]
    pub issue: Vec<String>,
    /// Only what is said so: violation, protection, none-reported, context. With --issue, on that
    /// very issue.
    #[arg(long, value_name = "POLARITY")]
    pub polarity: Vec<String>,
    /// Only passages that speak of this: law, practice.
    #[arg(long, value_name = "NATURE")]
    pub nature: Vec<String>,
    /// Only passages in which this is said to speak: government, ngo, media, religious-group,
    /// international, observer, witness, other; or source, where nobody but the report itself does.
    #[arg(long, value_name = "SPEAKER")]
    pub attributed: Vec<String>,
    /// Only passages that name this group; spellings are one: Uighur and Uyghur.
    #[arg(long, value_name = "GROUP")]
    pub group: Vec<String>,
    /// Only passages that name this place within a country.
    #[arg(long, value_name = "PLACE")]
    pub place: Vec<String>,
    /// Only passages that name this country, whatever country the document is on.
    #[arg(long, value_name = "COUNTRY")]
    pub mentions: Vec<String>,
    /// Only passages that cite this law or instrument: `ICCPR 18`; `ICCPR` for any article of it.
    #[arg(long, value_name = "NAME")]
    pub instrument: Vec<String>,
    /// Only passages with a figure of this unit: count, percent, money, times, years, months, days.
    #[arg(long, value_name = "UNIT")]
    pub figure: Vec<String>,
    /// Only passages that you gave this tag; see `forb tag`. Those that are orphaned are left out.
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// No documents on this country.
    #[arg(long, value_name = "NAME")]
    pub not_country: Vec<String>,
    /// No documents of this publisher.
    #[arg(long, value_name = "NAME")]
    pub not_publisher: Vec<String>,
    /// No documents of this series.
    #[arg(long, value_name = "NAME")]
    pub not_series: Vec<String>,
    /// No passages labelled with this issue.
    #[arg(long, value_name = "ISSUE")]
    pub not_issue: Vec<String>,
    /// Nothing that is said so. With --issue, on that very issue.
    #[arg(long, value_name = "POLARITY")]
    pub not_polarity: Vec<String>,
    /// No passages that speak of this.
    #[arg(long, value_name = "NATURE")]
    pub not_nature: Vec<String>,
    /// No passages in which this is said to speak.
    #[arg(long, value_name = "SPEAKER")]
    pub not_attributed: Vec<String>,
    /// No passages that name this group.
    #[arg(long, value_name = "GROUP")]
    pub not_group: Vec<String>,
    /// No passages that name this place.
    #[arg(long, value_name = "PLACE")]
    pub not_place: Vec<String>,
    /// No passages that name this country.
    #[arg(long, value_name = "COUNTRY")]
    pub not_mentions: Vec<String>,
    /// No passages that cite this law or instrument.
    #[arg(long, value_name = "NAME")]
    pub not_instrument: Vec<String>,
    /// No passages with a figure of this unit.
    #[arg(long, value_name = "UNIT")]
    pub not_figure: Vec<String>,
}

/// The names of the options, for a command that needs one of them.
pub const OPTIONS: [&str; 26] = [
    "country",
    "publisher",
    "series",
    "period",
    "issue",
    "polarity",
    "nature",
    "attributed",
    "group",
    "place",
    "mentions",
    "instrument",
    "figure",
    "tag",
    "not_country",
    "not_publisher",
    "not_series",
    "not_issue",
    "not_polarity",
    "not_nature",
    "not_attributed",
    "not_group",
    "not_place",
    "not_mentions",
    "not_instrument",
    "not_figure",
];

impl FilterArguments {
    /// Each field with what is asked for and what is ruled out.
    fn asked(&self) -> [(Field, &[String], &[String]); 12] {
        [
            (Field::Country, &self.country, &self.not_country),
            (Field::Publisher, &self.publisher, &self.not_publisher),
            (Field::Series, &self.series, &self.not_series),
            (Field::Issue, &self.issue, &self.not_issue),
            (Field::Polarity, &self.polarity, &self.not_polarity),
            (Field::Nature, &self.nature, &self.not_nature),
            (Field::Attribution, &self.attributed, &self.not_attributed),
            (Field::Group, &self.group, &self.not_group),
            (Field::Place, &self.place, &self.not_place),
            (Field::Mention, &self.mentions, &self.not_mentions),
            (Field::Instrument, &self.instrument, &self.not_instrument),
            (Field::Figure, &self.figure, &self.not_figure),
        ]
    }

    /// The filters that these options mean in a library.
    ///
    /// # Errors
    /// A value that names nothing, with the nearest that do.
    pub fn resolve(&self, corpus: &Corpus, index: &Index) -> anyhow::Result<Filters> {
        let mut filters = Filters { period: self.period, ..Filters::default() };
        for (field, yes, no) in self.asked() {
            if yes.is_empty() && no.is_empty() {
                continue;
            }
            let known = Known::of(field, corpus, index)?;
            for name in yes {
                for value in known.values_of(name)? {
                    filters = filters.with(field, value);
                }
            }
            for name in no {
                for value in known.values_of(name)? {
                    filters = filters.without(field, value);
                }
            }
        }
        Ok(filters)
    }
}

/// What the values of a field can be called.
pub struct Known {
    field: Field,
    /// Each name with the value of the index that it stands for.
    names: Vec<(String, String)>,
    /// For publishers and series.
    profiles: Option<Cow<'static, Profiles>>,
}

impl Known {
    /// What the values of a field are called in a library.
    pub fn of(field: Field, corpus: &Corpus, index: &Index) -> anyhow::Result<Self> {
        let same = |name: &str| (name.to_owned(), name.to_owned());
        let both = |id: &str, name: &str| [same(id), (name.to_owned(), id.to_owned())];
        let held = || index.values(field);
        let names = match field {
            Field::Country | Field::Mention => Vec::new(),
            Field::Issue => {
                let codebook = corpus.codebook()?;
                let issues = codebook.issues.iter();
                issues.flat_map(|issue| both(issue.id.as_str(), &issue.name)).collect()
            }
            Field::Polarity => Polarity::ALL.iter().map(|p| same(p.name())).collect(),
            Field::Nature => Nature::ALL.iter().map(|n| same(n.name())).collect(),
            Field::Attribution => {
                let speakers = Speaker::ALL.iter().map(|speaker| speaker.name());
                speakers.chain([THE_SOURCE]).map(same).collect()
            }
            Field::Group => groups::GROUPS.iter().flat_map(|g| both(g.id, g.name)).collect(),
            Field::Place => places::all().map(|(name, _)| same(name)).collect(),
            Field::Figure => Unit::NAMES.iter().map(|unit| same(unit)).collect(),
            _ => held()?.iter().map(|value| same(value)).collect(),
        };
        let profiles = match field {
            Field::Publisher | Field::Series => Some(corpus.profiles()?),
            _ => None,
        };
        Ok(Self { field, names, profiles })
    }

    /// The names nearest to one that stands for nothing.
    pub fn near(&self, name: &str) -> Vec<String> {
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        let mut known: Vec<&str> = self.names.iter().map(|(name, _)| name.as_str()).collect();
        if let Some(profiles) = &self.profiles {
            known.extend(match self.field {
                Field::Publisher => profiles.publishers.iter().map(|p| p.name.as_str()).collect(),
                _ => profiles.series.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(),
            });
        }
        owned(model::nearest(name, known, 3))
    }

    /// The values of the index that a name stands for; never none.
    pub fn values_of(&self, name: &str) -> anyhow::Result<Vec<String>> {
        if let Some(profiles) = &self.profiles {
            let held: Vec<String> = self.names.iter().map(|(_, id)| id.clone()).collect();
            return Ok(vec![match self.field {
                Field::Publisher => names::publisher(name, profiles, &held)?,
                _ => names::series(name, profiles, &held)?,
            }]);
        }
        let wanted = model::fold(name);
        let found = self.names.iter().find(|(known, _)| model::fold(known) == wanted);
        if let Some((_, value)) = found {
            // An instrument is asked for with all its articles.
            let mut values = vec![value.clone()];
            if self.field == Field::Instrument {
                values.extend(self.articles(&wanted));
            }
            return Ok(values);
        }
        let near = |kind: &str, example: &str| {
            let known = self.names.iter().map(|(name, _)| name.as_str());
            names::unknown(kind, name, &model::nearest(name, known, 3), example)
        };
        Err(match self.field {
            Field::Country | Field::Mention => {
                return Ok(vec![names::country(name)?.code().to_owned()]);
            }
            Field::Issue => near("issue", "blasphemy; `forb issues` lists them"),
            Field::Polarity => near("polarity", "violation, protection, none-reported or context"),
            Field::Nature => near("nature", "law or practice"),
            Field::Attribution => near("speaker", "ngo, government or source"),
            Field::Group => match group_named(name) {
                Some(id) => return Ok(vec![id]),
                None => near("group", "ahmadi or \"Jehovah's Witnesses\""),
            },
            Field::Place => near("place", "Xinjiang"),
            Field::Figure => near("unit", "percent"),
            _ => {
                let articles = self.articles(&wanted);
                if !articles.is_empty() {
                    return Ok(articles);
                }
                near("instrument of this library", "ICCPR or \"ICCPR 18\"")
            }
        })
    }

    /// The values that begin with a whole name: `ICCPR 18` for `ICCPR`.
    fn articles(&self, wanted: &str) -> Vec<String> {
        let begins = |value: &str| {
            let folded = model::fold(value);
            folded.strip_prefix(wanted).is_some_and(|rest| rest.starts_with(' '))
        };
        let values = self.names.iter().map(|(_, value)| value);
        values.filter(|value| begins(value)).cloned().collect()
    }
}

/// The group that some word for it names: `Uighurs`, `Yazidi`.
fn group_named(name: &str) -> Option<String> {
    let words = Words::of(name, &[TextRange::new(0, name.len())]);
    let mut found = groups::named_in(&words).into_iter();
    match (found.next()?.kind, found.next()) {
        (AnnotationKind::Group(id), None) => Some(id),
        _ => None,
    }
}
