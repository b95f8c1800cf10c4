//! The one way in which forb reaches out: a page, fetched because a person named its address. Each
//! site's `robots.txt` is asked first, also that of every site a redirect leads to; pages of one host
//! are asked for some time apart; time, size and redirects are bounded. Nothing is written here.

mod address;
mod request;
mod robots;

use std::collections::HashMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ingestion::{Fetched, Redirect};
use model::PartialDate;
use url::Url;

pub use address::{is_address, shown};
use request::{Answer, Requests};
use robots::{MOST_ROBOTS_BYTES, Robots};

/// Most redirects followed to one page.
const MOST_REDIRECTS: usize = 10;

/// Most redirects followed to one `robots.txt`, as RFC 9309 has it; beyond them there is none.
const MOST_ROBOTS_REDIRECTS: usize = 5;

/// How far fetching goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long a server may take to take the call.
    pub connect: Duration,
    /// How long one request may take, from the call to the last byte.
    pub whole: Duration,
    /// The largest page, in bytes, unpacked.
    pub bytes: u64,
    /// How long to wait between two pages of one host.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            whole: Duration::from_secs(60),
            bytes: 64 << 20,
            pause: Duration::from_secs(1),
        }
    }
}

/// Fetches pages, one after the other.
pub struct Fetcher {
    requests: Requests,
    limits: Limits,
    /// What is known of the `robots.txt` of every origin met: its rules, or why they are not known.
    robots: HashMap<String, Result<Robots, String>>,
    /// When each host was last asked for a page.
    asked: HashMap<String, Instant>,
}

/// A page as it was fetched.
#[derive(Debug)]
pub struct Page {
    /// The name it is known by.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How it was fetched.
    pub fetched: Fetched,
}

impl Fetcher {
    /// A fetcher within these limits.
    pub fn new(limits: Limits) -> Self {
        let requests = Requests::new(&limits);
        Self { requests, limits, robots: HashMap::new(), asked: HashMap::new() }
    }

    /// Fetches the page at an address that a person typed, today.
    ///
    /// # Errors
    /// When the address is not one that is fetched, a `robots.txt` forbids it or cannot be had, a
    /// limit is met, or the server has no such page.
    pub fn page(&mut self, typed: &str, today: PartialDate) -> Result<Page, String> {
        let asked = address::parse(typed)?;
        let (mut url, mut redirects) = (asked.clone(), Vec::new());
        let answer = loop {
            self.ask_robots(&url)?;
            self.wait_for(&url);
            let answer = self.requests.get(&url);
            self.asked.insert(host(&url), Instant::now());
            let answer = answer?;
            let Some(location) = answer.redirect() else { break answer };
            let to = address::follow(&url, &location)?;
            redirects.push(Redirect { status: answer.status(), to: to.to_string() });
            if redirects.len() > MOST_REDIRECTS {
                return Err(format!(
                    "{asked} redirects more than {MOST_REDIRECTS} times, at last to {to}; open it \
                     in a browser and give the address it ends at"
                ));
            }
            url = to;
        };
        if answer.status() != 200 {
            return Err(refusal(&url, &answer));
        }
        let fetched = Fetched {
            url: url.to_string(),
            requested: asked.to_string(),
            redirects,
            captured: today,
            last_modified: answer.last_modified(),
            charset: answer.charset(),
        };
        let name = address::name_of(&url, answer.media_type().as_deref());
        let bytes = answer.whole_body(self.limits.bytes)?;
        Ok(Page { name, bytes, fetched })
    }

    /// Waits until enough time has passed since the host was last asked.
    fn wait_for(&self, url: &Url) {
        if let Some(asked) = self.asked.get(&host(url)) {
            sleep(self.limits.pause.saturating_sub(asked.elapsed()));
        }
    }

    /// Makes sure that the site of a page lets it be fetched by programs.
    fn ask_robots(&mut self, url: &Url) -> Result<(), String> {
        let origin = url.origin().ascii_serialization();
        let rules = match self.robots.get(&origin) {
            Some(rules) => rules,
            None => {
                let rules = self.read_robots(url);
                self.robots.entry(origin.clone()).or_insert(rules)
            }
        };
        let rules = rules.as_ref().map_err(|why| {
            format!("{origin}/robots.txt cannot be had, so no page of it is fetched: {why}")
        })?;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        if rules.allows(path) {
            return Ok(());
        }
        Err(format!(
            "{origin}/robots.txt asks programs not to fetch {path}; save the page from a browser \
             and add the file"
        ))
    }

    /// Reads the rules of a site. A site that has none allows everything; one that fails to say
    /// allows nothing.
    fn read_robots(&self, page: &Url) -> Result<Robots, String> {
        let mut url = page.clone();
        url.set_path("/robots.txt");
        url.set_query(None);
        for _ in 0..=MOST_ROBOTS_REDIRECTS {
            let answer = self.requests.get(&url)?;
            match (answer.redirect(), answer.status()) {
                (Some(location), _) => url = address::follow(&url, &location)?,
                (None, 200) => {
                    return Ok(Robots::parse(&answer.first_bytes(MOST_ROBOTS_BYTES + 1)?));
                }
                (None, 500..) => {
                    return Err(format!(
                        "the server answers {}; try again later",
                        answer.status_name()
                    ));
                }
                (None, _) => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }
}

/// The host of a page, by which pauses are kept.
fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// What to say of an answer that is no page.
fn refusal(url: &Url, answer: &Answer) -> String {
    let advice = match answer.status() {
        401 | 403 | 407 | 451 => "save the page from a browser and add the file",
        404 | 410 => "check the address",
        408 | 429 | 500.. => "try again later",
        _ => "open it in a browser to see what it is",
    };
    format!("the server answers {} at {url}; {advice}", answer.status_name())
}
