//! Who wrote a report and under which terms it may be used: from its markup and from the profiles of
//! its publisher and series. What the properties of a file say of its author is only noted: mostly
//! that is whoever last typed in it.

use model::{Author, AuthorKind, Evidence, Metadata, Origin};

use crate::profiles;
use crate::readers::{Credit, Format, RawDocument};
use crate::recognise::quote;

/// Finds authors and terms of use.
pub(crate) fn find(
    raw: &RawDocument,
    publisher: Option<&profiles::Publisher>,
    series: Option<&profiles::Series>,
    metadata: &mut Metadata,
) {
    if is_of_the_file(raw.format) {
        for credit in &raw.markup.authors {
            let note = format!(
                "{} in the file's own properties: who made the file, not who wrote the report",
                credit.tag
            );
            metadata.authors.note(noted(&credit.name, note));
        }
    } else {
        credit(&raw.markup.authors, metadata);
    }
    if let Some((tag, terms)) = &raw.markup.licence {
        let evidence = Evidence::new(Origin::Markup, terms.clone(), format!("from {tag}"));
        metadata.licence.witness(terms.clone(), evidence.quoting(quote(terms)));
    }
    if let Some(author) = series.and_then(|series| series.author.as_ref()) {
        let authors = vec![Author { name: author.clone(), kind: AuthorKind::Institution }];
        let note = "author of the series, an institution";
        metadata.authors.witness(authors, Evidence::new(Origin::Profile, author.clone(), note));
    }
    let of_series = series.and_then(|s| Some((s.licence.as_ref()?, "terms of the series")));
    let of_publisher =
        publisher.and_then(|p| Some((p.licence.as_ref()?, "terms of the publisher")));
    if let Some((terms, note)) = of_series.or(of_publisher) {
        let evidence = Evidence::new(Origin::Profile, terms.clone(), note);
        metadata.licence.witness(terms.clone(), evidence);
    }
}

/// Whether what is stated of the author is a property of the file, filled in by the program that
/// wrote it.
fn is_of_the_file(format: Format) -> bool {
    matches!(format, Format::Pdf | Format::Docx | Format::Odt | Format::Epub)
}

/// Takes the authors that a page names. Several tags often name the same ones: those of the first
/// tag are taken, the others are further witnesses.
fn credit(credits: &[Credit], metadata: &mut Metadata) {
    let mut tags: Vec<&str> = Vec::new();
    for credit in credits {
        if !tags.contains(&credit.tag.as_str()) {
            tags.push(&credit.tag);
        }
    }
    for tag in tags {
        let of_tag = credits.iter().filter(|credit| credit.tag == tag);
        let authors: Vec<Author> =
            of_tag.map(|c| Author { name: c.name.clone(), kind: c.kind }).collect();
        let written = Author::list(&authors);
        let evidence = Evidence::new(Origin::Markup, written, format!("from {tag}"));
        metadata.authors.witness(authors, evidence);
    }
}

fn noted(words: &str, note: String) -> Evidence {
    Evidence { origin: Origin::Markup, value: None, quote: Some(quote(words)), note }
}

#[cfg(test)]
mod tests {
    use model::{AuthorKind, Evidence, Metadata, Origin};

    use crate::profiles::Profiles;
    use crate::readers::{Credit, Format, Markup, RawDocument};
    use crate::source::{SourceFile, read};

    fn metadata(source: &SourceFile) -> Metadata {
        read(source, Profiles::built_in()).expect("read").document.metadata
    }

    fn page(html: &str) -> Metadata {
        metadata(&SourceFile::new("page.html", html.as_bytes()))
    }

    #[test]
    fn a_page_names_its_authors_and_says_of_some_what_they_are() {
        let known = page(
            "<html><head><script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebPage\"}, \
             {\"author\": [{\"@type\": \"Person\", \"name\": \"A. Writer\"}, \
             {\"@type\": \"Organization\", \"name\": \"An Office\"}]}]}</script>\
             <meta name='author' content='Somebody Else'>\
             <meta property='article:author' content='https://example.org/people/7'>\
             <link rel='license' href='https://example.org/terms'></head><body><p>Text.</body>",
        );
        let authors = known.authors.value.clone().expect("known");
        let named: Vec<_> = authors.iter().map(|a| (a.name.as_str(), a.kind)).collect();
        let expected = [("A. Writer", AuthorKind::Person), ("An Office", AuthorKind::Institution)];
        assert_eq!(named, expected);
        let other: Vec<_> = known.authors.disagreements().map(|e| e.value.clone()).collect();
        assert_eq!(other, [Some("Somebody Else".to_owned())]);
        assert_eq!(known.licence.value.as_deref(), Some("https://example.org/terms"));
        assert_eq!(known.licence.evidence[0].origin, Origin::Markup);
    }

    #[test]
    fn a_property_of_a_file_is_no_author() {
        for format in [Format::Pdf, Format::Docx, Format::Odt, Format::Epub] {
            let markup =
                Markup { authors: vec![Credit::new("Author", "jsmith7")], ..Markup::default() };
            let (blocks, encoding, warnings) = (Vec::new(), String::new(), Vec::new());
            let raw = RawDocument { blocks, format, encoding, markup, warnings };
            let mut known = Metadata::of_capture(model::ContentHash([0; 32]));
            super::find(&raw, None, None, &mut known);
            assert_eq!(known.authors.value, None);
            let noted: Vec<&Evidence> = known.authors.evidence.iter().collect();
            assert_eq!(noted.len(), 1);
            assert_eq!(
                (noted[0].value.as_ref(), noted[0].quote.as_deref()),
                (None, Some("jsmith7"))
            );
        }
    }

    #[test]
    fn the_profile_names_the_institution_and_the_terms_and_people_outweigh_it() {
        let mut source = SourceFile::new("a.txt", *b"A text of no series.");
        source.by_user.series = Some("us-state-irf".into());
        let known = metadata(&source);
        let author = &known.authors.value.as_ref().expect("known")[0];
        assert_eq!(author.kind, AuthorKind::Institution);
        assert!(known.licence.value.is_some_and(|terms| terms.starts_with("public domain")));
        source.by_user.authors = vec!["A. Writer".into(), "B. Writer".into()];
        source.by_sidecar.licence = Some("by permission".into());
        source.by_record.language = Some("pt-BR".into());
        let known = metadata(&source);
        assert_eq!(known.authors.evidence[0].value.as_deref(), Some("A. Writer; B. Writer"));
        assert_eq!(known.authors.disagreements().count(), 1);
        assert_eq!(known.licence.value.as_deref(), Some("by permission"));
        assert_eq!(known.language.value.as_deref(), Some("pt"));
    }
}
