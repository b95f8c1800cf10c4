//! Writes the small PDFs of the tests: pages of 612 by 792 points, in Helvetica.

use std::fmt::Write as _;

/// What one page shows.
#[derive(Default)]
pub(super) struct Sheet {
    content: String,
}

impl Sheet {
    /// Sets text with its baseline at a place, in points from the lower left corner.
    pub(super) fn text(&mut self, x: f32, y: f32, size: f32, text: &str) {
        self.set("F1", x, y, size, text);
    }

    /// The same, in bold.
    pub(super) fn bold(&mut self, x: f32, y: f32, size: f32, text: &str) {
        self.set("F2", x, y, size, text);
    }

    /// Draws by instructions as they stand.
    pub(super) fn draw(&mut self, instructions: &str) {
        self.content.push_str(instructions);
        self.content.push('\n');
    }

    fn set(&mut self, font: &str, x: f32, y: f32, size: f32, text: &str) {
        let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        writeln!(self.content, "BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET").expect("a string");
    }
}

/// A file of pages.
#[derive(Default)]
pub(super) struct Pdf {
    sheets: Vec<Sheet>,
    trailer: &'static str,
}

impl Pdf {
    pub(super) fn of(sheets: impl IntoIterator<Item = Sheet>) -> Self {
        Self { sheets: sheets.into_iter().collect(), trailer: "" }
    }

    /// A file that says it is encrypted under a password that nobody states.
    pub(super) fn locked() -> Self {
        let trailer = "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 \
            /O <0000000000000000000000000000000000000000000000000000000000000000> \
            /U <0000000000000000000000000000000000000000000000000000000000000000> >> \
            /ID [<00> <00>]";
        let mut sheet = Sheet::default();
        sheet.text(72.0, 700.0, 10.0, "Nobody reads this.");
        Self { sheets: vec![sheet], trailer }
    }

    pub(super) fn add(&mut self, sheet: Sheet) {
        self.sheets.push(sheet);
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let font = |name| {
            format!(
                "<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            )
        };
        let kids: Vec<String> =
            (0..self.sheets.len()).map(|at| format!("{} 0 R", 5 + 2 * at)).collect();
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()),
            font("Helvetica"),
            font("Helvetica-Bold"),
        ];
        for (at, sheet) in self.sheets.iter().enumerate() {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
                6 + 2 * at
            ));
            let content = &sheet.content;
            objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
        }
        let mut file = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(&objects) {
            places.push(file.len());
            write!(file, "{number} 0 obj\n{object}\nendobj\n").expect("a string");
        }
        let start = file.len();
        let size = objects.len() + 1;
        write!(file, "xref\n0 {size}\n0000000000 65535 f \n").expect("a string");
        for place in places {
            writeln!(file, "{place:010} 00000 n ").expect("a string");
        }
        let trailer = self.trailer;
        write!(
            file,
            "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
        )
        .expect("a string");
        file.into_bytes()
    }
}
