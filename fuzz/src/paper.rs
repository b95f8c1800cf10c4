//! PDF files around drawing instructions, so that what a mutation changes reaches the page and not
//! only the tables that lead to it.

use std::fmt::Write;

use crate::pieces::Pieces;

/// A whole file out of the pieces of an input: what a font's dictionary says more, its map for
/// reading, a form that pages may draw, and then the pages.
pub fn pdf(text: &str) -> Vec<u8> {
    let pieces = Pieces::of(text);
    let pages: Vec<&str> = pieces.from(3).collect();
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 8 + 2 * at)).collect();
    let resources =
        "/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> /XObject << /X 7 0 R >> >>";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Wide-Bold /Encoding /Identity-H /ToUnicode 6 0 R \
         /DescendantFonts [<< /Subtype /CIDFontType2 /DW 500 /W [1 [600 700] 7 9 550] >>] >>"
            .to_owned(),
        format!("<< /Type /Font /Subtype /TrueType /ToUnicode 6 0 R {} >>", pieces.get(0)),
        stream("", pieces.get(1)),
        stream(&format!("/Subtype /Form {resources}"), pieces.get(2)),
    ];
    for (at, page) in pages.iter().enumerate() {
        let content = 9 + 2 * at;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {content} 0 R {resources} >>"
        ));
        objects.push(stream("", page));
    }
    file(&objects)
}

fn stream(more: &str, content: &str) -> String {
    format!("<< {more} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A file of objects, numbered from 1, the first being the catalogue.
fn file(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    let _ = write!(file, "xref\n0 {size}\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(file, "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}
