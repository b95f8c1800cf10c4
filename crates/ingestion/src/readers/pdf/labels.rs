//! The numbers of pages as the file itself states them (`PageLabels`), for where none are printed.

use lopdf::{Dictionary, Document, Object};

/// The label of each page, where the file states labels.
pub(super) fn of_document(doc: &Document, pages: usize) -> Option<Vec<String>> {
    let root = doc.catalog().ok()?.get_deref(b"PageLabels", doc).ok()?.as_dict().ok()?;
    let mut ranges: Vec<(usize, &Dictionary)> = Vec::new();
    gather(doc, root, 0, &mut ranges);
    ranges.sort_by_key(|(first, _)| *first);
    if ranges.is_empty() {
        return None;
    }
    let label = |page: usize| {
        let (first, range) = ranges.iter().rev().find(|(first, _)| *first <= page)?;
        let start = range.get_deref(b"St", doc).and_then(Object::as_i64).unwrap_or(1);
        let number = usize::try_from(start).ok()?.checked_add(page - first)?;
        let prefix = range.get_deref(b"P", doc).ok();
        let prefix = prefix.and_then(|p| lopdf::decode_text_string(p).ok()).unwrap_or_default();
        let style = range.get_deref(b"S", doc).and_then(Object::as_name).unwrap_or_default();
        Some(format!("{prefix}{}", numeral(style, number)))
    };
    Some((0..pages).map(|page| label(page).unwrap_or_default()).collect())
}

/// Gathers the ranges of a number tree.
fn gather<'a>(
    doc: &'a Document,
    node: &'a Dictionary,
    depth: usize,
    ranges: &mut Vec<(usize, &'a Dictionary)>,
) {
    if depth > 16 || ranges.len() > 10_000 {
        return;
    }
    if let Ok(numbers) = node.get_deref(b"Nums", doc).and_then(Object::as_array) {
        for pair in numbers.chunks_exact(2) {
            let first = pair[0].as_i64().ok().and_then(|n| usize::try_from(n).ok());
            let range = doc.dereference(&pair[1]).ok().and_then(|(_, r)| r.as_dict().ok());
            ranges.extend(first.zip(range));
        }
    }
    let kids = node.get_deref(b"Kids", doc).and_then(Object::as_array);
    for kid in kids.into_iter().flatten() {
        if let Ok((_, Object::Dictionary(kid))) = doc.dereference(kid) {
            gather(doc, kid, depth + 1, ranges);
        }
    }
}

fn numeral(style: &[u8], number: usize) -> String {
    match style {
        b"D" => number.to_string(),
        b"r" => roman(number),
        b"R" => roman(number).to_uppercase(),
        b"a" | b"A" if number > 0 => {
            let letter = char::from(b'a' + ((number - 1) % 26) as u8);
            let text = letter.to_string().repeat(((number - 1) / 26 + 1).min(100));
            if style == b"A" { text.to_uppercase() } else { text }
        }
        _ => String::new(),
    }
}

fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let (mut rest, mut text) = (number.min(10_000), String::new());
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_every_style() {
        assert_eq!(numeral(b"r", 14), "xiv");
        assert_eq!(numeral(b"R", 1999), "MCMXCIX");
        assert_eq!(numeral(b"a", 27), "aa");
        assert_eq!(numeral(b"D", 7), "7");
        assert_eq!(numeral(b"", 7), "");
    }
}
