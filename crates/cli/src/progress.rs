//! How far long work is: a bar on stderr with the share of the bytes, the rate, the time left and the
//! file at hand. Drawn only where a person looks, and never when asked to be quiet.

use std::fs;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::paths::Found;

/// How often the bar is drawn anew, at most, a second.
const DRAWS: u8 = 8;

/// Every so many records of a data set the count is shown.
const EVERY: u64 = 64;

/// The bar of one piece of work.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// The bar for these files; `shown` or not is for the caller to know.
    pub fn over(found: &[Found], shown: Shown) -> Self {
        let bar = match shown {
            Shown::No => ProgressBar::hidden(),
            Shown::OnStderr => {
                let target = ProgressDrawTarget::stderr_with_hz(DRAWS);
                ProgressBar::with_draw_target(Some(found.iter().map(weight).sum()), target)
            }
        };
        let template =
            "{bar:20} {percent}% of {total_bytes}, {bytes_per_sec}, {eta} left  {wide_msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(500));
        Self { bar }
    }

    /// Says which file is at hand.
    pub fn name(&self, name: &str) {
        if !self.bar.is_hidden() {
            self.bar.set_message(render::safe(name).into_owned());
        }
    }

    /// Says how many records of the data set at hand were looked at.
    pub fn records(&self, name: &str, count: u64) {
        if count.is_multiple_of(EVERY) && !self.bar.is_hidden() {
            self.bar.set_message(format!("{}: {count} records", render::safe(name)));
        }
    }

    /// Says that these files are done.
    pub fn advance(&self, files: &[Found]) {
        self.bar.inc(files.iter().map(weight).sum());
    }

    /// Writes something else with the bar out of the way.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Whether a person looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nobody, or one who asked for quiet.
    No,
    /// On the terminal that stderr is.
    OnStderr,
}

/// What a file counts for: its bytes.
fn weight(found: &Found) -> u64 {
    match found {
        Found::File(path) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
        Found::Url(_) | Found::Input | Found::Failed(..) | Found::PassedOver(..) => 0,
    }
}
