//! One request to a server: asked, answered, no redirect followed. What goes wrong is said in words
//! that name the host and what to do next. The only file that knows the HTTP library.

use std::io::{self, Read};
use std::time::Duration;

use ureq::http::{HeaderMap, StatusCode, header};
use ureq::{Agent, Body, Error, Timeout};
use url::Url;

use super::Limits;

/// How we call ourselves.
const USER_AGENT: &str = concat!("forb/", env!("CARGO_PKG_VERSION"));

/// What we prefer to be given.
const ACCEPT: &str = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8";

/// Asks servers for pages.
pub struct Requests {
    agent: Agent,
    connect: Duration,
    whole: Duration,
}

/// An answer whose body is not read yet.
pub struct Answer {
    host: String,
    whole: Duration,
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
}

impl Requests {
    /// Requests within these limits.
    pub fn new(limits: &Limits) -> Self {
        let config = Agent::config_builder()
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.whole))
            .build();
        Self { agent: config.new_agent(), connect: limits.connect, whole: limits.whole }
    }

    /// Asks for a page.
    ///
    /// # Errors
    /// When there is no answer, or it is no HTTP.
    pub fn get(&self, url: &Url) -> Result<Answer, String> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let answer = self.agent.get(url.as_str()).call();
        let answer = answer.map_err(|error| problem(&error, &host, self.connect, self.whole))?;
        let (head, body) = answer.into_parts();
        Ok(Answer { host, whole: self.whole, status: head.status, headers: head.headers, body })
    }
}

impl Answer {
    /// Its status, such as 200.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Its status by name, such as `404 Not Found`.
    pub fn status_name(&self) -> String {
        match self.status.canonical_reason() {
            Some(name) => format!("{} {name}", self.status.as_u16()),
            None => self.status.as_u16().to_string(),
        }
    }

    /// Where it redirects to, if it is a redirect.
    pub fn redirect(&self) -> Option<String> {
        let redirects = matches!(self.status(), 301 | 302 | 303 | 307 | 308);
        self.header(header::LOCATION).filter(|_| redirects)
    }

    /// What it says of when the page last changed.
    pub fn last_modified(&self) -> Option<String> {
        self.header(header::LAST_MODIFIED)
    }

    /// The media type it names, without parameters.
    pub fn media_type(&self) -> Option<String> {
        let named = self.header(header::CONTENT_TYPE)?;
        Some(named.split(';').next().unwrap_or_default().trim().to_owned())
    }

    /// The encoding it names for its text.
    pub fn charset(&self) -> Option<String> {
        charset_of(&self.header(header::CONTENT_TYPE)?)
    }

    fn header(&self, name: header::HeaderName) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned()).filter(|v| !v.is_empty())
    }

    /// Reads the whole body, unpacked.
    ///
    /// # Errors
    /// When it breaks off, takes too long, is damaged or larger than `most` bytes.
    pub fn whole_body(mut self, most: u64) -> Result<Vec<u8>, String> {
        let packing = self.header(header::CONTENT_ENCODING).unwrap_or_default();
        if !["", "identity", "gzip"].contains(&packing.to_ascii_lowercase().as_str()) {
            return Err(format!(
                "{} sent it packed as {packing}, which was not asked for; save the page from a \
                 browser and add the file",
                self.host
            ));
        }
        let too_large = || {
            let most =
                if most < 1 << 20 { format!("{most} bytes") } else { format!("{} MB", most >> 20) };
            format!("is larger than {most}, the most that is fetched; download it and add the file")
        };
        if packing.is_empty() && self.body.content_length().is_some_and(|length| length > most) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        let read = self.body.as_reader().take(most.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| broken_off(error, &self.host, self.whole))?;
        if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
    }

    /// Reads the first `most` bytes of the body.
    ///
    /// # Errors
    /// When it breaks off before them, takes too long or is damaged.
    pub fn first_bytes(mut self, most: usize) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read = self.body.as_reader().take(most as u64).read_to_end(&mut bytes);
        read.map_err(|error| broken_off(error, &self.host, self.whole))?;
        Ok(bytes)
    }
}

/// The `charset` of a media type.
fn charset_of(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        let is_charset = name.trim().eq_ignore_ascii_case("charset") && !value.is_empty();
        is_charset.then(|| value.to_owned())
    })
}

/// Why there is no answer.
fn problem(error: &Error, host: &str, connect: Duration, whole: Duration) -> String {
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            format!("{host} did not take the call within {}; try again later", seconds(connect))
        }
        Error::Timeout(_) => {
            format!("{host} did not answer in full within {}; try again later", seconds(whole))
        }
        Error::HostNotFound => {
            format!("there is no host {host}, or no network; check the address and the connection")
        }
        Error::ConnectionFailed => format!("{host} takes no calls; check the address"),
        Error::Io(error) => describe(error, host),
        Error::Tls(_) | Error::Rustls(_) => not_secure(host, &error.to_string()),
        Error::LargeResponseHeader(..) => format!("the head of the answer of {host} has no end"),
        other => format!("{host} gave no answer that can be read ({other}); try again later"),
    }
}

fn describe(error: &io::Error, host: &str) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            format!("{host} refuses the connection; check the address")
        }
        // What the TLS library makes of an answer that is not TLS, or not trusted.
        io::ErrorKind::InvalidData => not_secure(host, &error.to_string()),
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => {
            format!("{host} broke the connection off; try again later")
        }
        _ => format!("{host} cannot be reached ({error}); check the address and the connection"),
    }
}

fn not_secure(host: &str, why: &str) -> String {
    format!("no secure connection to {host} ({why}); check the address")
}

/// Why a body was not read to its end.
fn broken_off(error: io::Error, host: &str, whole: Duration) -> String {
    match Error::from(error) {
        Error::Timeout(_) => {
            format!("{host} did not answer in full within {}; try again later", seconds(whole))
        }
        Error::Decompress(_, _) => {
            format!("what {host} sent is packed and damaged; try again later")
        }
        Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            format!("what {host} sent is packed and damaged; try again later")
        }
        _ => format!("{host} broke off before the end of the page; try again"),
    }
}

fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_read_from_the_media_type() {
        let charset = |content_type: &str| charset_of(content_type);
        assert_eq!(charset("text/html; charset=windows-1251").as_deref(), Some("windows-1251"));
        assert_eq!(charset("text/html;a=b; CharSet = \"UTF-8\" ").as_deref(), Some("UTF-8"));
        assert_eq!(charset("text/html"), None);
        assert_eq!(charset("charset=utf-8"), None);
        assert_eq!(charset("text/html; charset="), None);
    }
}
