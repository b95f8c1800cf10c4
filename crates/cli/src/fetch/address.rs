//! Addresses of pages: which are asked for, where a redirect may lead, and the name a page is kept
//! under.

use url::{Host, Url};

/// The endings that say what a file is; to any other name the ending of its media type is added.
const ENDINGS: [&str; 14] = [
    "html", "htm", "xhtml", "mhtml", "pdf", "txt", "md", "docx", "odt", "epub", "json", "jsonl",
    "csv", "tsv",
];

/// Endings by media type.
const MEDIA_TYPES: [(&str, &str); 11] = [
    ("text/html", "html"),
    ("application/xhtml+xml", "xhtml"),
    ("multipart/related", "mhtml"),
    ("application/pdf", "pdf"),
    ("text/markdown", "md"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/epub+zip", "epub"),
    ("application/json", "json"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
];

/// Whether an argument is an address and no path: it begins with a scheme and `://`. A scheme has at
/// least two letters here, so that no drive of Windows is one.
pub fn is_address(argument: &str) -> bool {
    argument.split_once("://").is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// An address as it may be shown: without a user name and a password.
pub fn shown(typed: &str) -> String {
    match Url::parse(typed) {
        Ok(mut url) if has_userinfo(&url) => {
            // An address with user information has a host, so neither can fail.
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.into()
        }
        _ => typed.to_owned(),
    }
}

/// Reads an address that a person typed.
///
/// # Errors
/// When it is none, or not one that is fetched.
pub fn parse(typed: &str) -> Result<Url, String> {
    let url = Url::parse(typed).map_err(|error| {
        format!("is no address of a page ({error}); it has the form https://HOST/PATH")
    })?;
    fetchable(url)
}

/// Where a redirect leads from a page.
///
/// # Errors
/// When it leads nowhere, to what is not fetched, from https to http, or to this machine from
/// another.
pub fn follow(from: &Url, location: &str) -> Result<Url, String> {
    let led = |problem: &str| format!("{from} redirects to {}, {problem}", shown(location));
    let to = from.join(location).map_err(|error| led(&format!("which is no address ({error})")))?;
    let to = fetchable(to).map_err(|problem| led(&format!("which {problem}")))?;
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(led("where the connection is no longer secure: not followed"));
    }
    if is_this_machine(&to) && !is_this_machine(from) {
        return Err(led("which is this machine and no page of a publisher: not followed"));
    }
    Ok(to)
}

fn fetchable(mut url: Url) -> Result<Url, String> {
    match url.scheme() {
        "http" | "https" => {}
        "file" => return Err("names a file; give its path instead".to_owned()),
        scheme => {
            return Err(format!("begins with {scheme}://; only https:// and http:// are fetched"));
        }
    }
    if has_userinfo(&url) {
        let advice = "forb keeps no such secrets; save the page from a browser and add the file";
        return Err(format!("holds a user name or a password; {advice}"));
    }
    url.set_fragment(None);
    Ok(url)
}

fn has_userinfo(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(Host::Ipv6(address)) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback())
        }
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        None => false,
    }
}

/// The name a page is known by: the last part of its address, else its host, with an ending that says
/// what it is.
pub fn name_of(url: &Url, media_type: Option<&str>) -> String {
    let last = url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty()));
    let name = match last {
        Some(part) => match String::from_utf8(decoded(part.as_bytes())) {
            Ok(plain) if !plain.contains(|c: char| c == '/' || c.is_control()) => plain,
            _ => part.to_owned(),
        },
        None => url.host_str().unwrap_or("page").to_owned(),
    };
    let has = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = last.is_some() && has.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    let media_type = media_type.unwrap_or_default().to_ascii_lowercase();
    match MEDIA_TYPES.iter().find(|(name, _)| *name == media_type) {
        Some((_, ending)) if !known => format!("{name}.{ending}"),
        _ => name,
    }
}

/// Text with its `%XX` decoded; what is none stays.
fn decoded(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        match escaped(rest) {
            Some(value) => {
                plain.push(value);
                rest = &rest[3..];
            }
            None => {
                plain.push(byte);
                rest = after;
            }
        }
    }
    plain
}

/// The byte that a `%XX` at the beginning of a text stands for.
pub(super) fn escaped(text: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    match text {
        [b'%', high, low, ..] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_no_address() {
        for address in ["https://example.org", "HTTP://x", "ftp://x", "https://", "web+x://y"] {
            assert!(is_address(address), "{address}");
        }
        for path in ["report.html", "C://reports", "https:/x", "a b://x", "://x", "-", "1a://x"] {
            assert!(!is_address(path), "{path}");
        }
    }

    #[test]
    fn what_is_not_fetched_is_refused_by_name() {
        let problem = |typed: &str| parse(typed).expect_err(typed);
        assert!(problem("https://").contains("no address of a page"));
        assert!(problem("https://[::1").contains("no address of a page"));
        assert!(problem("https://a b/").contains("no address of a page"));
        assert!(problem("ftp://example.org/x").contains("begins with ftp://"));
        assert!(problem("file:///etc/hosts").contains("give its path"));
        for secret in ["https://me@example.org/", "https://me:s3cret@example.org/", "http://:p@x/"]
        {
            let problem = problem(secret);
            assert!(problem.contains("user name or a password"), "{problem}");
            assert!(!problem.contains("s3cret"), "{problem}");
        }
        assert_eq!(shown("https://me:s3cret@example.org/x"), "https://example.org/x");
        assert_eq!(shown("https://example.org/x"), "https://example.org/x");
    }

    #[test]
    fn an_address_is_asked_for_without_its_fragment() {
        let url = parse("https://Example.org:443/a/../b?q=ü#part").expect("an address");
        assert_eq!(url.as_str(), "https://example.org/b?q=%C3%BC");
    }

    #[test]
    fn redirects_lead_to_safe_places_only() {
        let from = |typed: &str| parse(typed).expect("an address");
        let secure = from("https://example.org/a/b");
        let to = |location: &str| follow(&secure, location).map(String::from);
        assert_eq!(to("../c#x").as_deref(), Ok("https://example.org/c"));
        assert_eq!(to("//example.net/").as_deref(), Ok("https://example.net/"));
        assert!(to("http://example.org/").expect_err("less secure").contains("no longer secure"));
        assert!(to("https://u:pw@example.org/").is_err_and(|e| !e.contains("pw@")));
        assert!(to("javascript:alert(1)").expect_err("no page").contains("only https://"));
        for inside in
            ["127.0.0.1", "127.9.9.9:80", "[::1]", "[::ffff:127.0.0.1]", "localhost.", "0"]
        {
            let problem = to(&format!("https://{inside}/")).expect_err(inside);
            assert!(problem.contains("this machine"), "{problem}");
        }
        let plain = from("http://example.org/");
        assert!(follow(&plain, "https://example.org/").is_ok());
        assert!(follow(&plain, "http://example.net/").is_ok());
        assert!(follow(&from("http://127.0.0.1:1/"), "http://127.0.0.1:2/").is_ok());
    }

    #[test]
    fn a_page_is_named_after_its_address() {
        let name = |typed: &str, media_type: &str| {
            name_of(&parse(typed).expect("an address"), Some(media_type))
        };
        assert_eq!(
            name("https://example.org/reports/kazakhstan/?p=1", "text/html"),
            "kazakhstan.html"
        );
        assert_eq!(name("https://example.org/", "text/html"), "example.org.html");
        assert_eq!(name("https://example.org/A%20B.PDF", "application/pdf"), "A B.PDF");
        assert_eq!(name("https://example.org/view.php", "text/html"), "view.php.html");
        assert_eq!(name("https://example.org/a%2Fb%00", "TEXT/HTML"), "a%2Fb%00.html");
        assert_eq!(name("https://example.org/x", "image/png"), "x");
    }
}
