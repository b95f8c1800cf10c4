//! Where blocks gather on the way through a document that has tables and text apart: a row of cells
//! becomes one block when its last cell ends; boxes and notes wait until the text they hang on has
//! ended. For the readers of Word files and OpenDocument texts.

use super::{RawBlock, Shape};

/// Blocks, and the cells and boxes that are open.
pub(super) struct Rows {
    /// The blocks of the document, then of each cell or box that is open.
    open: Vec<Vec<RawBlock>>,
    /// The cells of each row that is open.
    cells: Vec<Vec<Vec<RawBlock>>>,
}

impl Rows {
    pub(super) fn new() -> Self {
        Self { open: vec![Vec::new()], cells: Vec::new() }
    }

    /// Adds blocks to what is open.
    pub(super) fn extend(&mut self, blocks: impl IntoIterator<Item = RawBlock>) {
        if let Some(open) = self.open.last_mut() {
            open.extend(blocks);
        }
    }

    /// A cell or a box begins.
    pub(super) fn begin(&mut self) {
        self.open.push(Vec::new());
    }

    /// A box ends; these are its blocks.
    pub(super) fn end(&mut self) -> Vec<RawBlock> {
        if self.open.len() > 1 { self.open.pop().unwrap_or_default() } else { Vec::new() }
    }

    /// A row begins.
    pub(super) fn begin_row(&mut self) {
        self.cells.push(Vec::new());
    }

    /// A cell ends.
    pub(super) fn end_cell(&mut self) {
        let cell = self.end();
        match self.cells.last_mut() {
            Some(cells) => cells.push(cell),
            None => self.extend(cell),
        }
    }

    /// A row ends: one block, its cells parted by a space, and after it its notes. Where a single
    /// cell holds all there is, in several blocks, the table is a frame: they stay as they are.
    pub(super) fn end_row(&mut self) {
        let mut cells = self.cells.pop().unwrap_or_default();
        cells.retain(|cell| !cell.is_empty());
        let is_main = |block: &&RawBlock| block.shape != Shape::Footnote;
        match &mut cells[..] {
            [frame] if frame.iter().filter(is_main).count() > 1 => {
                let frame = std::mem::take(frame);
                self.extend(frame);
            }
            cells => {
                let (notes, main): (Vec<_>, Vec<_>) = cells
                    .iter_mut()
                    .flat_map(std::mem::take)
                    .partition(|block| block.shape == Shape::Footnote);
                let texts: Vec<&str> = main.iter().map(|block| block.text.as_str()).collect();
                let text = texts.join(" ");
                // the joint may have made characters that compose: the form is checked again
                let text = crate::normalise::normalise(&text).into_owned();
                if !text.is_empty() {
                    let aside = main.iter().map(|block| block.aside).next().flatten();
                    self.extend([RawBlock { aside, ..RawBlock::new(Shape::TableRow, text) }]);
                }
                self.extend(notes);
            }
        }
    }

    /// All blocks, what is still open included.
    pub(super) fn finish(mut self) -> Vec<RawBlock> {
        while !self.cells.is_empty() {
            self.end_row();
        }
        self.open.into_iter().flatten().collect()
    }
}

/// What a person should know of a file whose changes are recorded or that bears comments.
pub(super) fn left_out(deletions: usize, comments: usize) -> impl Iterator<Item = String> {
    let deletions = match deletions {
        0 => None,
        1 => Some("1 deletion is".to_owned()),
        many => Some(format!("{many} deletions are")),
    };
    let deletions = deletions.map(|deletions| {
        format!("{deletions} recorded in the file and left out: its changes are read as accepted")
    });
    let comments = match comments {
        0 => None,
        1 => Some("1 comment is left out".to_owned()),
        many => Some(format!("{many} comments are left out")),
    };
    deletions.into_iter().chain(comments)
}
