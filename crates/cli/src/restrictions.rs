//! The options that restrict a command to some countries, publishers, series and time: the same words
//! with the same meaning wherever they are taken, and what they come to in a library.

use clap::Args;
use indexing::Index;
use model::{Field, PeriodFilter};
use query::Filters;

use crate::names;
use crate::paths::LibraryPaths;

/// What a command is restricted to.
#[derive(Args, Debug, Default)]
pub struct Restrictions {
    /// Only documents on this country: a name or a code. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,
    /// Only documents of this publisher: a name or an id. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub publisher: Vec<String>,
    /// Only documents of this series: a name or an id. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub series: Vec<String>,
    /// Only documents that cover some of this time: 2021, 2019..2023, 2019.., 2020-10/2021-09.
    /// Documents of unknown period are left out, and counted on stderr.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<PeriodFilter>,
}

impl Restrictions {
    /// The filters they come to, names made into ids. An unknown name is an error that says the
    /// nearest known ones.
    pub fn filters(&self, library: &LibraryPaths, index: &Index) -> anyhow::Result<Filters> {
        let mut filters = Filters { period: self.period, ..Filters::default() };
        for name in &self.country {
            filters = filters.with(Field::Country, names::country(name)?.code());
        }
        // What is asked of neither publishers nor series need not read the profiles.
        if !self.publisher.is_empty() || !self.series.is_empty() {
            let profiles = library.corpus().profiles()?;
            let held = (index.values(Field::Publisher)?, index.values(Field::Series)?);
            for name in &self.publisher {
                let id = names::publisher(name, &profiles, &held.0)?;
                filters = filters.with(Field::Publisher, id);
            }
            for name in &self.series {
                filters = filters.with(Field::Series, names::series(name, &profiles, &held.1)?);
            }
        }
        Ok(filters)
    }
}
