//! How a quotation departs from its source, in a sentence and in JSON.

use citation::Alteration;
use serde::Serialize;

/// An alteration in JSON.
#[derive(Serialize)]
pub(crate) struct AlterationShape<'a> {
    kind: &'static str,
    written: Option<String>,
    source: &'a str,
}

impl<'a> From<&'a Alteration> for AlterationShape<'a> {
    fn from(alteration: &'a Alteration) -> Self {
        match alteration {
            Alteration::Omitted { source } => Self { kind: "omitted", written: None, source },
            Alteration::Bracketed { written, source } => {
                Self { kind: "bracketed", written: Some(written.clone()), source }
            }
            Alteration::Case { source } => Self { kind: "case", written: None, source },
            Alteration::ClosingPunctuation { written, source } => {
                let written = Some(written.to_string());
                Self { kind: "closing-punctuation", written, source }
            }
        }
    }
}

/// An alteration in a sentence.
pub(crate) fn alteration_line(alteration: &Alteration) -> String {
    match alteration {
        Alteration::Omitted { source } if source.trim().is_empty() => {
            "an ellipsis stands where nothing is left out".to_owned()
        }
        Alteration::Omitted { source } => format!("an ellipsis leaves out “{}”", source.trim()),
        Alteration::Bracketed { written, source } if source.trim().is_empty() => {
            format!("[{written}] is put in")
        }
        Alteration::Bracketed { written, source } => {
            format!("[{written}] stands for “{}”", source.trim())
        }
        Alteration::Case { source } => format!("the source prints “{source}” at the start"),
        Alteration::ClosingPunctuation { written, source } => match source.trim() {
            "" => format!("the closing “{written}” is not in the source"),
            goes_on => {
                format!("the closing “{written}” is not in the source, which goes on “{goes_on}”")
            }
        },
    }
}
