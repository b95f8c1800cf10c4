//! The options that say how matches are ranked and which words are added to a query, and the requests
//! they come to.

use std::borrow::Cow;

use anyhow::bail;
use clap::Args;
use ingestion::corpus::Corpus;
use model::Vocabulary;
use query::{Balance, Bm25, Feedback, Query, Ranking, SearchRequest};

/// Options of ranking.
#[derive(Args, Clone, Debug, Default)]
pub struct RankArguments {
    /// Also try the words that stand out in the best matches; they are shown.
    #[arg(long)]
    pub expand: bool,
    /// Do not try the words in which other sources write of the issues that the query names.
    #[arg(long)]
    pub no_bridge: bool,
    /// List by score alone, even where most of the best matches are of one source; else every third
    /// place then goes to another source that says it in other words.
    #[arg(long)]
    pub no_balance: bool,
    /// Rank otherwise: `plain` for nothing but BM25 with k1 1.2 and b 0.75, or a list of
    /// k1=…, b=…, heading=…, about=…, proximity=…, bridge=….
    #[arg(long, value_name = "SETTINGS", value_parser = settings)]
    pub rank: Option<Settings>,
}

/// How matches are ranked, and how much the words of the bridge count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    ranking: Ranking,
    bridge: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { ranking: Ranking::default(), bridge: query::BRIDGE_WEIGHT }
    }
}

/// Reads `plain`, or settings that differ from the usual ones.
fn settings(text: &str) -> anyhow::Result<Settings> {
    let mut settings = Settings::default();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        if part == "plain" {
            settings = Settings { ranking: Ranking::plain(), bridge: 0.0 };
            continue;
        }
        let Some((name, value)) = part.split_once('=') else {
            bail!("`{part}` sets nothing: write `plain` or NAME=NUMBER");
        };
        let value: f32 = match value.parse() {
            Ok(value) if (0.0..=100.0).contains(&value) => value,
            _ => bail!("`{value}` is no number from 0 to 100"),
        };
        let Settings { ranking, bridge } = &mut settings;
        match name {
            "k1" => ranking.bm25.k1 = value,
            "b" if value <= 1.0 => ranking.bm25 = Bm25 { b: value, ..ranking.bm25 },
            "b" => bail!("b is a share, from 0 to 1"),
            "heading" => ranking.heading = value,
            "about" => ranking.about = value,
            "proximity" => ranking.proximity = value,
            "bridge" => *bridge = value,
            _ => bail!("nothing is called `{name}`: k1, b, heading, about, proximity, bridge"),
        }
    }
    Ok(settings)
}

/// Ranks the queries of one command.
pub struct Ranker {
    settings: Settings,
    feedback: Option<Feedback>,
    vocabularies: Cow<'static, [Vocabulary]>,
}

impl RankArguments {
    /// The same without words that were not asked for.
    pub fn as_written(&self) -> Self {
        Self { expand: false, no_bridge: true, no_balance: self.no_balance, rank: self.rank }
    }

    /// The ranker they mean over a library.
    ///
    /// # Errors
    /// When the library's codebook cannot be read.
    pub fn ranker(&self, corpus: &Corpus) -> anyhow::Result<Ranker> {
        let mut settings = self.rank.unwrap_or_default();
        if self.no_balance {
            settings.ranking.balance = Balance::ByScore;
        }
        let bridged = !self.no_bridge && settings.bridge > 0.0;
        Ok(Ranker {
            settings,
            feedback: self.expand.then(Feedback::default),
            vocabularies: if bridged { corpus.vocabularies()? } else { Cow::default() },
        })
    }
}

impl Ranker {
    /// A request for a query, nothing restricted yet.
    pub fn request(&self, query: Query) -> SearchRequest {
        let mut request = SearchRequest::new(query);
        request.ranking = Ranking { feedback: self.feedback, ..self.settings.ranking };
        request.added = query::bridge(&request.query, &self.vocabularies);
        request.added.iter_mut().for_each(|added| added.weight = self.settings.bridge);
        request
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_wrong_ones_named() {
        let read = settings("plain,about=0.5").expect("settings");
        assert_eq!(read.ranking, Ranking { about: 0.5, ..Ranking::plain() });
        assert_eq!(settings("").expect("settings"), Settings::default());
        let says = |text: &str| settings(text).expect_err("wrong").to_string();
        assert_eq!(says("b=2"), "b is a share, from 0 to 1");
        assert_eq!(says("k1=NaN"), "`NaN` is no number from 0 to 100");
        assert!(says("k2=1").starts_with("nothing is called `k2`"));
    }
}
