//! Names given to options, made into what they name. An unknown name is an error that says the
//! nearest known ones.

use anyhow::{anyhow, bail};
use ingestion::profiles::Profiles;
use model::{Country, fold, nearest};

/// A country by code, name, alias or former name.
pub fn country(name: &str) -> anyhow::Result<Country> {
    Country::find(name)
        .ok_or_else(|| unknown("country", name, &Country::nearest(name, 3), "Kazakhstan or KZ"))
}

/// The id of a publisher, by id or name. `held` are the ids of the publishers in the library: one
/// that a user named has no profile.
pub fn publisher(name: &str, profiles: &Profiles, held: &[String]) -> anyhow::Result<String> {
    if let Some(known) = profiles.find_publisher(name) {
        return Ok(known.id.clone());
    }
    let known = profiles.publishers.iter().flat_map(|p| [p.id.as_str(), p.name.as_str()]);
    held_id("publisher", name, known, held, "us-state or \"Open Doors\"")
}

/// The id of a series, by id or name, as for [`publisher`].
pub fn series(name: &str, profiles: &Profiles, held: &[String]) -> anyhow::Result<String> {
    if let Some(known) = profiles.find_series(name) {
        return Ok(known.id.clone());
    }
    let known = profiles.series.iter().flat_map(|s| [s.id.as_str(), s.name.as_str()]);
    held_id("series", name, known, held, "us-state-crt or \"World Watch List\"")
}

fn held_id<'a>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    held: &'a [String],
    example: &str,
) -> anyhow::Result<String> {
    if name.trim().is_empty() {
        bail!("the {kind} is empty: write {example}");
    }
    // An id is made from a name by joining its words with hyphens, so both fold to the same.
    let wanted = fold(name);
    if let Some(id) = held.iter().find(|id| fold(id) == wanted) {
        return Ok(id.clone());
    }
    let known = known.chain(held.iter().map(String::as_str));
    Err(unknown(kind, name, &nearest(name, known, 3), example))
}

/// The error of a name that names nothing, with the nearest that do.
pub fn unknown(kind: &str, name: &str, near: &[&str], example: &str) -> anyhow::Error {
    let shown: String = name.chars().take(60).collect();
    match near {
        [] => anyhow!("`{shown}` is not a known {kind}: write, for example, {example}"),
        near => anyhow!("`{shown}` is not a known {kind}; did you mean {}?", near.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_names_and_aliases_lead_to_one_id() {
        let profiles = Profiles::built_in();
        for name in ["us-state", "U.S. Department of State", "state department"] {
            assert_eq!(publisher(name, profiles, &[]).expect(name), "us-state");
        }
        assert_eq!(
            series("country reports on terrorism", profiles, &[]).expect("known"),
            "us-state-crt"
        );
        let held = ["forum-18".to_owned()];
        assert_eq!(publisher("Forum 18", profiles, &held).expect("held"), "forum-18");
    }

    #[test]
    fn an_unknown_name_is_an_error_with_the_nearest() {
        let error = |e: anyhow::Error| e.to_string();
        let profiles = Profiles::built_in();
        let text = error(publisher("Open Dors", profiles, &[]).expect_err("unknown"));
        assert!(text.contains("did you mean Open Doors"), "{text}");
        let text = error(country("Kazahkstan").expect_err("unknown"));
        assert!(text.contains("did you mean Kazakhstan"), "{text}");
        let text = error(series("zzz", profiles, &[]).expect_err("unknown"));
        assert!(text.contains("write, for example"), "{text}");
    }
}
