//! Who wrote a report. A person and an institution are kept apart where the evidence says which it
//! is: a citation names them differently.

use serde::{Deserialize, Serialize};

/// Somebody who wrote a report, or took part in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author {
    /// The name, as it is written.
    pub name: String,
    /// What kind of author this is.
    pub kind: AuthorKind,
}

/// Whether an author is a person or an institution.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum AuthorKind {
    /// One human being.
    Person,
    /// An office, committee, commission, organisation.
    Institution,
    /// Not said.
    #[default]
    Unknown,
}

impl Author {
    /// Several authors in their written form, parted by semicolons: names hold commas.
    pub fn list(authors: &[Author]) -> String {
        authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>().join("; ")
    }
}

impl AuthorKind {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            AuthorKind::Person => "person",
            AuthorKind::Institution => "institution",
            AuthorKind::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_commas_stay_apart_in_a_list() {
        let author = |name: &str| Author { name: name.to_owned(), kind: AuthorKind::Unknown };
        let authors = [author("Bureau of Democracy, Human Rights, and Labor"), author("A, B")];
        let list = Author::list(&authors);
        assert_eq!(list, "Bureau of Democracy, Human Rights, and Labor; A, B");
        assert_eq!(Author::list(&[]), "");
    }
}
