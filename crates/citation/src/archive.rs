//! Addresses of public archives: `https://web.archive.org/web/20220601120000/https://…` names the
//! archive, the moment its copy was taken and the publisher's own address.

use model::PartialDate;

/// A copy of a page in a public archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// The copy's address.
    pub url: String,
    /// The day the archive says it was taken.
    pub taken: Option<PartialDate>,
}

/// The publisher's address and the archive's, from the one address known.
pub(crate) fn archived(url: Option<String>) -> (Option<String>, Option<Archived>) {
    let Some(url) = url else { return (None, None) };
    match parts(&url) {
        Some((taken, original)) => (Some(original.to_owned()), Some(Archived { taken, url })),
        None => (Some(url), None),
    }
}

/// The day and the original address within an archive's address.
fn parts(url: &str) -> Option<(Option<PartialDate>, &str)> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    if host != "web.archive.org" {
        return None;
    }
    let (moment, original) = path.strip_prefix("web/")?.split_once('/')?;
    let digits = moment.find(|c: char| !c.is_ascii_digit()).unwrap_or(moment.len());
    let digits = &moment[..digits];
    let whole = original.starts_with("http://") || original.starts_with("https://");
    whole.then(|| (day(digits), original))
}

fn day(digits: &str) -> Option<PartialDate> {
    let part = |from: usize, to: usize| digits.get(from..to);
    match (part(0, 4), part(4, 6), part(6, 8)) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}").parse().ok(),
        (Some(year), None, None) if digits.len() == 4 => year.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_s_address_gives_the_publisher_s_and_the_day() {
        let copy = "https://web.archive.org/web/20220601120000/https://example.org/a?b";
        let (url, archived) = archived(Some(copy.to_owned()));
        assert_eq!(url.as_deref(), Some("https://example.org/a?b"));
        let archived = archived.expect("an archive's address");
        assert_eq!(archived.taken, "2022-06-01".parse().ok());
        assert_eq!(archived.url, copy);
    }

    #[test]
    fn any_other_address_is_the_publisher_s_own() {
        for url in [
            "https://example.org/web/20220601120000/https://example.com/",
            "https://web.archive.org/web/2022",
            "https://web.archive.org/details/nature",
        ] {
            assert_eq!(archived(Some(url.to_owned())), (Some(url.to_owned()), None));
        }
        assert_eq!(archived(None), (None, None));
    }

    #[test]
    fn a_moment_that_is_no_date_leaves_the_day_unknown() {
        let copy = "https://web.archive.org/web/20221399id_/http://example.org/";
        assert_eq!(archived(Some(copy.to_owned())).1.expect("an archive's").taken, None);
    }
}
