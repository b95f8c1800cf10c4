//! A draft's file as text: Markdown, HTML, LaTeX and plain text as they stand, Word, OpenDocument and PDF
//! files by the readers of `ingestion`, paragraph by paragraph.

use std::path::Path;

use anyhow::{Context, anyhow};
use citation::verify::DraftKind;
use ingestion::corpus::bytes_of;
use ingestion::readers::{self, encoding};
use render::DraftPlaces;

/// The text of a draft.
#[derive(Debug)]
pub struct DraftFile {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What it is written in.
    pub kind: DraftKind,
    /// What places in it are counted in.
    pub places: DraftPlaces,
    /// What a person should know about how it was read.
    pub warnings: Vec<String>,
}

impl DraftFile {
    /// Reads a draft. What format it is in, its name says (`.md`, `.html`, `.tex`), or its bytes.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let bytes = bytes_of(path).with_context(|| format!("{name} cannot be read"))?;
        if bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF") || is_packed(path) {
            return Self::of_document(name, &bytes);
        }
        let decoded = encoding::decode(&bytes).map_err(|error| anyhow!("{name}: {error}"))?;
        let kind = match extension(path).as_str() {
            "md" | "markdown" | "mkd" | "qmd" | "rmd" => DraftKind::Markdown,
            "html" | "htm" | "xhtml" => DraftKind::Html,
            "tex" | "latex" | "ltx" => DraftKind::Latex,
            _ => DraftKind::Plain,
        };
        let (text, warnings) = (decoded.text.to_string(), decoded.warnings);
        Ok(Self { name, text, kind, places: DraftPlaces::Lines, warnings })
    }

    fn of_document(name: String, bytes: &[u8]) -> anyhow::Result<Self> {
        let read = readers::read(bytes).map_err(|error| anyhow!("{name}: {error}"))?;
        let blocks: Vec<&str> = read.blocks.iter().map(|block| block.text.as_str()).collect();
        let (text, kind) = (blocks.join("\n\n"), DraftKind::Plain);
        Ok(Self { name, text, kind, places: DraftPlaces::Paragraphs, warnings: read.warnings })
    }
}

fn extension(path: &Path) -> String {
    path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase()
}

fn is_packed(path: &Path) -> bool {
    matches!(extension(path).as_str(), "docx" | "odt" | "pdf" | "epub" | "mhtml" | "mht" | "doc")
}
