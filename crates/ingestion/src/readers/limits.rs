//! How much is read of one document. Reading takes several times the memory of the text, and more
//! for every block, so what would not fit into a gigabyte is refused by name before it is tried.
//! Reports are far below: the longest one known here holds five megabytes of text.

use super::ReadError;

/// Most bytes of text, decoded.
const MOST_TEXT: usize = 200 << 20;

/// Most bytes of a page, whose every element takes memory of its own.
const MOST_PAGE: usize = 48 << 20;

/// Most lines of a text.
const MOST_LINES: usize = 4_000_000;

/// Most blocks of a document. A reader may stop as soon as it has more: they are refused then.
pub(super) const MOST_BLOCKS: usize = 1_000_000;

/// Refuses text that is too long for any reader.
pub(super) fn check_text(text: &str) -> Result<(), ReadError> {
    if text.len() > MOST_TEXT {
        return Err(too_large("a text", format!("it has more than {} MB", MOST_TEXT >> 20)));
    }
    // Shorter texts cannot have too many lines.
    let may_have_many = text.len() > MOST_LINES;
    if may_have_many && text.bytes().filter(|byte| *byte == b'\n').count() > MOST_LINES {
        return Err(too_large("a text", format!("it has more than {MOST_LINES} lines")));
    }
    Ok(())
}

/// Refuses a page that is too long.
pub(super) fn check_page(text: &str) -> Result<(), ReadError> {
    if text.len() > MOST_PAGE {
        return Err(too_large("an HTML page", format!("it has more than {} MB", MOST_PAGE >> 20)));
    }
    Ok(())
}

/// Refuses a document of too many blocks.
pub(super) fn check_blocks(blocks: usize) -> Result<(), ReadError> {
    if blocks > MOST_BLOCKS {
        return Err(too_large("a document", format!("it has more than {MOST_BLOCKS} paragraphs")));
    }
    Ok(())
}

fn too_large(kind: &'static str, limit: String) -> ReadError {
    ReadError::TooLarge { kind, limit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_report_holds_is_refused_by_name() {
        let said = |checked: Result<(), ReadError>| checked.expect_err("too large").to_string();
        assert!(check_text(&"\n".repeat(MOST_LINES)).is_ok());
        assert!(said(check_text(&"\n".repeat(MOST_LINES + 1))).contains("more than 4000000 lines"));
        let page = " ".repeat(MOST_PAGE + 1);
        assert!(check_page(&page[1..]).is_ok());
        assert!(said(check_page(&page)).contains("an HTML page that is too large to read"));
        assert!(check_blocks(MOST_BLOCKS).is_ok());
        assert!(said(check_blocks(MOST_BLOCKS + 1)).contains("more than 1000000 paragraphs"));
    }
}
