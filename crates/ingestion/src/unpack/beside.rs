//! Metadata files in archives: what `NAME.meta.toml` states of the file `NAME` beside it. They are
//! looked for before anything else is read, for they may stand behind the file they are of.

use std::collections::HashMap;

use super::bounds::Budget;
use super::layer::{Layer, Passed};
use crate::stated::{SIDECAR, Stated};

/// The longest metadata file, in bytes.
const LONGEST: usize = 64 << 10;

/// The metadata files of one archive, by the place of the file each is of.
#[derive(Debug, Default)]
pub(super) struct Beside(HashMap<String, Statement>);

/// What a metadata file says, or why it says nothing, and whether its file was met.
#[derive(Debug)]
struct Statement {
    stated: Result<Stated, String>,
    met: bool,
}

impl Beside {
    /// Those that `layer` gives, which gives nothing else. What cannot be opened is left to the
    /// reading of the archive itself, which names it.
    pub(super) fn of(mut layer: impl Layer, budget: &Budget) -> Self {
        let (mut budget, mut passed) = (budget.clone(), Passed::default());
        let mut found = HashMap::new();
        while let Some(step) = layer.next(&mut budget, &mut passed) {
            let Ok(member) = step else { continue };
            let Some(file) = member.place.strip_suffix(SIDECAR) else { continue };
            let stated = read(&member.bytes).map_err(|why| format!("{}: {why}", member.place));
            found.insert(file.to_owned(), Statement { stated, met: false });
        }
        Self(found)
    }

    /// What is stated of the file at a place.
    pub(super) fn meet(&mut self, place: &str) -> Result<Stated, String> {
        match self.0.get_mut(place) {
            Some(statement) => {
                statement.met = true;
                statement.stated.clone()
            }
            None => Ok(Stated::default()),
        }
    }

    /// How many are of a file that was not met.
    pub(super) fn alone(&self) -> usize {
        self.0.values().filter(|statement| !statement.met).count()
    }
}

/// Whether a place is that of a metadata file.
pub(super) fn is_metadata(place: &str) -> bool {
    place.ends_with(SIDECAR)
}

fn read(bytes: &[u8]) -> Result<Stated, String> {
    if bytes.len() > LONGEST {
        return Err(format!("is longer than {} KB, the most that is read", LONGEST >> 10));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
    let stated = Stated::from_toml(text).map_err(|error| error.to_string())?;
    stated.check_values().map_err(|error| error.to_string())?;
    Ok(stated)
}
