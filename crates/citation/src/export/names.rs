//! A person's name in its parts: `Anna van der Berg`, `Berg, Anna`. An institution's name has none.

use model::{Author, AuthorKind};

/// The parts of a person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonName {
    pub family: String,
    pub given: String,
    /// What stands before the family name and is not sorted by: `van der`.
    pub particle: String,
}

/// The parts of a person's name; `None` for an institution, for somebody of whom it is not said, and
/// for a name of one word.
pub(crate) fn person(author: &Author) -> Option<PersonName> {
    if author.kind != AuthorKind::Person {
        return None;
    }
    let (given, family) = match author.name.split_once(',') {
        Some((family, given)) => (given.trim().to_owned(), family.trim().to_owned()),
        None => {
            let words: Vec<&str> = author.name.split_whitespace().collect();
            // The family name begins at the first particle, or is the last word.
            let last = words.len().checked_sub(1)?;
            let particle = words.iter().skip(1).position(|word| is_particle(word));
            let from = particle.map_or(last, |at| (at + 1).min(last));
            (words.get(..from)?.join(" "), words.get(from..)?.join(" "))
        }
    };
    let words: Vec<&str> = family.split(' ').collect();
    let particles = words.iter().take_while(|word| is_particle(word)).count();
    let particles = particles.min(words.len().saturating_sub(1));
    let (particle, family) = (words[..particles].join(" "), words[particles..].join(" "));
    (!given.is_empty() && !family.is_empty()).then_some(PersonName { family, given, particle })
}

/// Whether a word within a name is written small: `van`, `der`, `al-`.
fn is_particle(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_at_their_particles() {
        let parts = |name: &str, kind| {
            let name = person(&Author { name: name.into(), kind })?;
            Some(format!("{}|{}|{}", name.given, name.particle, name.family))
        };
        let of_person = |name| parts(name, AuthorKind::Person);
        assert_eq!(of_person("Anna van der Berg").as_deref(), Some("Anna|van der|Berg"));
        assert_eq!(of_person("van der Berg, Anna").as_deref(), Some("Anna|van der|Berg"));
        assert_eq!(of_person("Anna Maria Berg").as_deref(), Some("Anna Maria||Berg"));
        assert_eq!(of_person("Madonna"), None);
        assert_eq!(of_person(""), None);
        assert_eq!(parts("Human Rights Council", AuthorKind::Institution), None);
        assert_eq!(parts("A. Berg", AuthorKind::Unknown), None);
    }
}
