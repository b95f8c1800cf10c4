//! What a site's `robots.txt` allows (RFC 9309): groups of rules by user agent, the longest rule that
//! matches a path decides, `*` stands for anything and a `$` at the end for the end of the path.

use super::address::escaped;

/// How much of a `robots.txt` is read, in bytes: what RFC 9309 asks for at least.
pub const MOST_ROBOTS_BYTES: usize = 500 << 10;

/// The name that rules call us by.
const OUR_NAME: &[u8] = b"forb";

/// The rules that hold for us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allows: bool,
    /// The pattern in normal form, without the `$` at its end.
    pattern: Vec<u8>,
    /// Whether the path must end where the pattern does.
    to_the_end: bool,
}

/// Whom a group of rules is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Us,
    Everybody,
    Others,
}

impl Robots {
    /// Reads the text of a `robots.txt`. Any bytes are legal; lines that mean nothing are passed over.
    /// Groups for `forb` count, together; where there is none, those for `*`.
    pub fn parse(text: &[u8]) -> Self {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let text = match text.get(..MOST_ROBOTS_BYTES) {
            // The last line of what is read may be cut short and mean something else.
            Some(read) => &read[..read.iter().rposition(|b| is_line_end(*b)).unwrap_or(0)],
            None => text,
        };
        let (mut ours, mut everybodys) = (None, Vec::new());
        let mut group: Vec<For> = Vec::new();
        let mut names_ended = true;
        for line in text.split(|byte| is_line_end(*byte)) {
            let line = line.split(|byte| *byte == b'#').next().unwrap_or_default();
            let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
            let (key, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
            if key.eq_ignore_ascii_case(b"user-agent") {
                if std::mem::take(&mut names_ended) {
                    group.clear();
                }
                let whom = whom(value);
                if whom == For::Us {
                    ours.get_or_insert_with(Vec::new);
                }
                group.push(whom);
                continue;
            }
            let allows = key.eq_ignore_ascii_case(b"allow");
            if !allows && !key.eq_ignore_ascii_case(b"disallow") {
                continue;
            }
            names_ended = true;
            let Some(rule) = Rule::parse(allows, value) else { continue };
            if group.contains(&For::Everybody) {
                everybodys.push(rule.clone());
            }
            if let (true, Some(ours)) = (group.contains(&For::Us), &mut ours) {
                ours.push(rule);
            }
        }
        Self { rules: ours.unwrap_or(everybodys) }
    }

    /// Whether a page may be fetched; `path` is its path and query, as they are sent.
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path.as_bytes(), false);
        if path == b"/robots.txt" {
            return true;
        }
        let matching = self.rules.iter().filter(|rule| rule.matches(&path));
        // Of two rules of one length the one that allows decides: `true` is the greater.
        matching.map(|rule| (rule.length(), rule.allows)).max().is_none_or(|(_, allows)| allows)
    }
}

fn is_line_end(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// Whom a `User-agent` line names: a version or anything else behind the name does not count.
fn whom(value: &[u8]) -> For {
    if value.first() == Some(&b'*') {
        return For::Everybody;
    }
    let of_name = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_' || *byte == b'-';
    let length = value.iter().take_while(|byte| of_name(byte)).count();
    if value[..length].eq_ignore_ascii_case(OUR_NAME) { For::Us } else { For::Others }
}

impl Rule {
    /// A rule with this pattern; an empty one is none.
    fn parse(allows: bool, value: &[u8]) -> Option<Self> {
        let (value, to_the_end) = match value.strip_suffix(b"$") {
            Some(before) => (before, true),
            None => (value, false),
        };
        let is_rule = !value.is_empty() || to_the_end;
        is_rule.then(|| Self { allows, pattern: normal(value, true), to_the_end })
    }

    /// How much the pattern says, in bytes.
    fn length(&self) -> usize {
        self.pattern.len() + usize::from(self.to_the_end)
    }

    /// Whether a path in normal form matches from its beginning.
    fn matches(&self, path: &[u8]) -> bool {
        let mut pieces = self.pattern.split(|byte| *byte == b'*');
        let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
            return false;
        };
        let mut pieces: Vec<&[u8]> = pieces.collect();
        let last = if self.to_the_end { pieces.pop() } else { None };
        if self.to_the_end && last.is_none() {
            return rest.is_empty();
        }
        for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
            let Some(at) = rest.windows(piece.len()).position(|window| window == piece) else {
                return false;
            };
            rest = &rest[at + piece.len()..];
        }
        last.is_none_or(|last| rest.ends_with(last))
    }
}

/// A path or pattern in the one form in which the two are compared: letters, digits and `-._~` as
/// they are, bytes beyond ASCII and the signs of patterns as `%XX`. In a pattern `*` keeps its meaning.
fn normal(text: &[u8], of_pattern: bool) -> Vec<u8> {
    let mut normal = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        let (value, written) = match escaped(rest) {
            Some(value) => {
                rest = &rest[3..];
                (value, true)
            }
            None => {
                rest = after;
                (byte, false)
            }
        };
        let plain = value.is_ascii_alphanumeric() || b"-._~".contains(&value);
        let sign = value == b'$' || (value == b'*' && !of_pattern);
        if plain || (!written && value.is_ascii_graphic() && !sign) {
            normal.push(value);
        } else {
            normal.extend(format!("%{value:02X}").bytes());
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allows(robots: &str, path: &str) -> bool {
        Robots::parse(robots.as_bytes()).allows(path)
    }

    #[test]
    fn the_group_for_us_counts_before_the_one_for_everybody() {
        let robots = "\
User-agent: *\nDisallow: /\n\n\
USER-AGENT: Other\nuser-agent: FORB/9.9 (a note)\nSitemap: https://x/s\nDisallow: /private # no\n\n\
User-agent: forbidden\nDisallow: /reports\n\n\
user-agent: forb\nAllow: /private/open\n";
        assert!(allows(robots, "/reports/kz"));
        assert!(!allows(robots, "/private/kz"));
        assert!(allows(robots, "/private/open/kz"), "groups for one agent are one");
        assert!(allows("User-agent: *\nDisallow: /\nUser-agent: forb\n", "/x"), "an empty group");
        assert!(!allows("User-agent: *\r\rdisallow:/x\r", "/x"), "any line end");
        assert!(!allows("\u{feff}User-agent: *\nDisallow: /", "/x"), "a byte order mark");
        assert!(allows("Disallow: /\nUser-agent: *\n", "/x"), "a rule before any group");
        assert!(allows("User-agent: *\nDisallow:\n", "/x"), "nothing is disallowed");
        assert!(allows("", "/x"));
        assert!(allows("<html>Not found: sorry</html>", "/x"));
    }

    #[test]
    fn the_longest_rule_decides_and_of_two_the_one_that_allows() {
        let robots = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\n";
        let decided = ["/a", "/a/b", "/a/b/c", "/b"].map(|path| allows(robots, path));
        assert_eq!(decided, [false, true, false, true]);
        assert!(allows("User-agent: *\nAllow: /x\nDisallow: /x\n", "/x"));
        assert!(allows("User-agent: *\nDisallow: /x\nAllow: /x\n", "/x"));
        assert!(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
    }

    #[test]
    fn patterns_match_as_the_standard_shows() {
        let matches = |pattern: &str, path: &str| {
            !allows(&format!("User-agent: *\nDisallow: {pattern}\n"), path)
        };
        for (pattern, path) in [
            ("/*", "/x"),
            ("/fish", "/fish.html"),
            ("/fish*", "/fishheads/yummy.html"),
            ("/fish/", "/fish/salmon.htm"),
            ("/*.php", "/folder/any.php.file.html"),
            ("/*.php$", "/folder/filename.php"),
            ("/fish*.php", "/fishheads/catfish.php?parameters"),
            ("/a*b*c$", "/a-b-b-c-c"),
            ("/$", "/"),
            ("*/x", "/a/x"),
            ("/a$b", "/a$b/c"),
            ("/f%2a", "/f*"),
            ("/caf\u{e9}", "/caf%C3%A9"),
            ("/%7Ejoe", "/~joe"),
            ("/~joe", "/%7ejoe"),
            ("/a?q=", "/a?q=1"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/fish", "/Fish.asp"),
            ("/fish/", "/fish"),
            ("/*.php$", "/filename.php?parameters"),
            ("/*.php$", "/filename.php5"),
            ("/a*b$", "/a"),
            ("/ab*b$", "/ab"),
            ("/$", "/x"),
            ("x", "/x"),
            ("/a%2Fb", "/a/b"),
            ("/f%2A", "/fx"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn no_more_is_read_than_the_bound_and_no_line_in_part() {
        let mut robots = b"User-agent: *\nDisallow: /early\n".to_vec();
        let padding = MOST_ROBOTS_BYTES - robots.len() - "\nAllow: /a".len();
        robots.extend(std::iter::repeat_n(b'#', padding));
        robots.extend(b"\nDisallow: /late\n");
        let robots = Robots::parse(&robots);
        assert!(!robots.allows("/early"));
        assert!(robots.allows("/late") && robots.allows("/l"));
    }

    /// What a pattern means, said as plainly as can be.
    fn means(pattern: &[u8], path: &[u8]) -> bool {
        match pattern.split_first() {
            None => true,
            Some((b'$', [])) => path.is_empty(),
            Some((b'*', rest)) => (0..=path.len()).any(|skipped| means(rest, &path[skipped..])),
            Some((first, rest)) => path.first() == Some(first) && means(rest, &path[1..]),
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes: Vec<u8>, path: String) {
            Robots::parse(&bytes).allows(&path);
        }

        #[test]
        fn patterns_mean_what_they_say(pattern in "/[ab*]{0,8}\\$?", path in "/[ab]{0,10}") {
            let robots = format!("User-agent: *\nDisallow: {pattern}\n");
            prop_assert_eq!(!allows(&robots, &path), means(pattern.as_bytes(), path.as_bytes()));
        }
    }
}
