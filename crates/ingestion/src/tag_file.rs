//! The file of a library's tags, `corpus/tags.jsonl`: read whole, and replaced in one step. What
//! stands in its lines is `citation`'s.

use std::io::Write;

use crate::corpus::{Corpus, CorpusError, CorpusLock, io};

const FILE: &str = "tags.jsonl";

impl Corpus {
    /// The text of the file of tags; empty where there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn tags_text(&self) -> Result<String, CorpusError> {
        Ok(self.own(FILE)?.unwrap_or_default())
    }

    /// Writes the file of tags, in one step that a crash cannot halve.
    ///
    /// # Errors
    /// When it cannot be written; the former one stands then.
    pub fn write_tags(&self, text: &str, _held: &CorpusLock) -> Result<(), CorpusError> {
        let path = self.root().join(FILE);
        let mut file = self.new_file(self.root())?;
        let written = file.write_all(text.as_bytes());
        written.and_then(|()| file.as_file().sync_data()).map_err(io("write", &path))?;
        file.persist(&path).map_err(|error| io("write", &path)(error.error))?;
        Ok(())
    }
}
