//! What is told of an `add`: a line for each document on stdout, or JSON; the whole in a few sentences
//! on stderr; and a log in the library that names everything that did not come in.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use render::{AddJson, AddMore, AddReport, AddTotals, Detail};

use crate::arguments::Format;
use crate::commands::add::AddArguments;
use crate::failure::Outcome;
use crate::output::Output;
use crate::progress::Progress;

/// How many documents of one capture have a line of their own, and how many records that are empty or
/// none.
const SHOWN: u64 = 50;

/// Tells what becomes of files.
pub struct Told<'a> {
    output: &'a Output,
    progress: &'a Progress,
    detail: Detail,
    totals: AddTotals,
    json: Option<AddJson>,
    log: Option<AddLog>,
    capture: Capture,
    /// Why something could not be written, from the first that could not. A reader that stops
    /// reading, or a full disk behind a redirection, must not leave the work half done: it is
    /// finished, and the error told at the end.
    unwritten: Option<anyhow::Error>,
}

/// The capture whose documents are being told of.
#[derive(Default)]
struct Capture {
    shown: u64,
    exceptions_shown: u64,
    more: AddMore,
}

impl<'a> Told<'a> {
    /// Nothing told yet.
    pub fn new(
        arguments: &AddArguments,
        output: &'a Output,
        progress: &'a Progress,
        log: Option<AddLog>,
    ) -> Self {
        Self {
            output,
            progress,
            detail: if arguments.verbose { Detail::Full } else { Detail::Brief },
            totals: AddTotals::default(),
            json: (arguments.format == Format::Json).then(AddJson::default),
            log,
            capture: Capture::default(),
            unwritten: None,
        }
    }

    /// Tells what became of one file or record.
    pub fn tell(&mut self, report: &AddReport) -> anyhow::Result<()> {
        self.totals.count(report);
        if let Some(log) = &mut self.log {
            log.note(report);
        }
        if let Some(json) = &mut self.json {
            let text = json.file(report);
            self.write(&text);
        } else if self.shows(report) {
            let text = render::add_text(report, *self.output.style(), self.detail);
            self.write(&text);
        }
        Ok(())
    }

    /// Whether a report has lines of its own; if not it is counted.
    fn shows(&mut self, report: &AddReport) -> bool {
        let document = report.outcome.document();
        let part_of = document.and_then(|document| document.metadata.part_of.as_ref());
        let is_of = |name: &str| {
            let place = report.file.strip_prefix(name);
            !name.is_empty() && place.is_some_and(|place| place.starts_with(": "))
        };
        if let Some(part) = part_of {
            if part.file_name != self.capture.more.file {
                self.tell_more();
                self.capture.more.file.clone_from(&part.file_name);
            }
        } else if !is_of(&self.capture.more.file) {
            self.tell_more();
            return true;
        }
        let Capture { shown, exceptions_shown, more } = &mut self.capture;
        let is_whole = document.is_some_and(|document| document.passages > 0);
        let counter = if is_whole { shown } else { exceptions_shown };
        *counter += 1;
        let is_shown = self.detail == Detail::Full || *counter <= SHOWN;
        if !is_shown {
            match document {
                Some(document) => {
                    more.documents += 1;
                    more.passages += u64::from(document.passages);
                }
                None => more.exceptions += 1,
            }
        }
        is_shown
    }

    /// Tells of the documents of a capture that have no lines of their own.
    fn tell_more(&mut self) {
        let Capture { more, .. } = std::mem::take(&mut self.capture);
        if more.documents + more.exceptions > 0 {
            let text = render::add_more_text(&more, *self.output.style());
            self.write(&text);
        }
    }

    fn write(&mut self, text: &str) {
        if self.unwritten.is_none() {
            self.unwritten = self.progress.aside(|| self.output.data(text)).err();
        }
    }

    /// Tells of the whole. A path that cannot be read is an error, and so is a call that brings in
    /// nothing. Files of a folder that hold no report are passed over by name.
    ///
    /// # Errors
    /// When something could not be written.
    pub fn end(mut self) -> anyhow::Result<Outcome> {
        self.tell_more();
        let log = self.log.take().and_then(AddLog::end);
        let log = log.as_deref().map(|path| path.display().to_string());
        match self.json.take() {
            Some(json) => self.write(&json.end(log.as_deref())),
            None if self.totals.reports() > 1 => {
                let lines = render::add_summary(&self.totals, log.as_deref());
                lines.iter().for_each(|line| self.output.note(line));
            }
            None => {}
        }
        if let Some(error) = self.unwritten {
            return Err(error);
        }
        let AddTotals { failed, skipped, .. } = self.totals;
        let came_in = self.totals.reports() > failed + skipped;
        Ok(if failed > 0 || !came_in { Outcome::Partly } else { Outcome::Found })
    }
}

/// The log of the last `add`. It can be made again by adding again, so it stands beside the index;
/// where it cannot be written, the work goes on without it.
pub struct AddLog {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

impl AddLog {
    /// The log in this folder.
    pub fn at(folder: impl AsRef<Path>) -> Self {
        Self { path: folder.as_ref().join("last-add.jsonl"), file: None }
    }

    /// Notes a report on what did not come in as it should.
    fn note(&mut self, report: &AddReport) {
        let Some(line) = render::add_log_line(report) else { return };
        if self.file.is_none() {
            self.file = File::create(&self.path).ok().map(BufWriter::new);
        }
        if let Some(file) = &mut self.file
            && file.write_all(line.as_bytes()).is_err()
        {
            self.file = None;
        }
    }

    /// Writes what is left. Returns where the log is, if there is one; an older one is taken away.
    fn end(mut self) -> Option<PathBuf> {
        match self.file.take().map(|mut file| file.flush()) {
            Some(Ok(())) => Some(self.path),
            _ => {
                let _ = fs::remove_file(&self.path);
                None
            }
        }
    }
}
