//! Everything that a capture holds, one document after the other, however deep it stands: what is
//! found in a container is looked at in turn, up to a bound. Memory holds the capture and, for each
//! container within it that is open, one member.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::io::{BufReader, Cursor, Read};
use std::sync::Arc;

use model::{ContentHash, PartOf};

use super::beside::{Beside, is_metadata};
use super::bounds::Budget;
use super::compressed;
use super::layer::{Layer, Member, Passed, Refused, Step};
use super::mapping::Mapping;
use super::place::is_hidden;
use super::records::Records;
use super::stream;
use super::tar::{Tar, is_tar};
use super::warc::{Warc, is_warc};
use super::zip::{self, Zip};
use super::{Trouble, UnpackError};
use crate::source::SourceFile;
use crate::stated::{SIDECAR, Stated};

/// How many bytes tell what is compressed.
const HEAD: u64 = 512;

/// A document, or the place of something that is none and why.
pub type Part = Result<SourceFile, (String, String)>;

/// What bytes turned out to be.
pub(super) struct Opened {
    pub(super) found: Found,
    /// How it was compressed.
    pub(super) how: Option<&'static str>,
    /// How many packings stand around what it holds.
    pub(super) depth: usize,
}

/// A document or a container of some.
// One is made for each file and taken apart at once: its size costs nothing.
#[allow(clippy::large_enum_variant)]
pub(super) enum Found {
    Document(Arc<[u8]>),
    Holds(Container),
}

/// A container, and what kind.
pub(super) struct Container {
    layer: Box<dyn Layer + Send>,
    /// What it is, with an article.
    kind: &'static str,
    /// The mapping of its fields, when it is a data set.
    mapping: Option<Mapping>,
    /// Its metadata files.
    beside: Beside,
}

impl Container {
    fn new(kind: &'static str, layer: impl Layer + Send + 'static) -> Self {
        Self { layer: Box::new(layer), kind, mapping: None, beside: Beside::default() }
    }

    fn of_zip(content: Arc<[u8]>, budget: &Budget) -> Self {
        let beside = Beside::of(Zip::only(Arc::clone(&content), SIDECAR), budget);
        Self { beside, ..Self::new("a ZIP archive", Zip::new(content)) }
    }

    fn of_records(records: Records) -> Self {
        let mapping = Some(records.mapping.clone());
        Self { mapping, ..Self::new("a data set", records) }
    }

    fn of_stream(
        head: &[u8],
        budget: &Budget,
        stream: impl Fn() -> Result<Box<dyn Read + Send>, Trouble>,
    ) -> Result<Option<Self>, Trouble> {
        Ok(if is_tar(head) {
            let beside = Beside::of(Tar::only(stream()?, SIDECAR), budget);
            Some(Self { beside, ..Self::new("a tar archive", Tar::new(stream()?)) })
        } else if is_warc(head) {
            let stream = Box::new(BufReader::with_capacity(64 << 10, stream()?));
            Some(Self::new("a web archive (WARC)", Warc::new(stream)))
        } else {
            None
        })
    }
}

/// Finds out what bytes are, with `depth` packings around them.
pub(super) fn open(
    mut content: Arc<[u8]>,
    mut depth: usize,
    asked: Option<&Mapping>,
    budget: &mut Budget,
) -> Result<Opened, UnpackError> {
    let mut how = None;
    loop {
        if zip::is_archive_of_files(&content) {
            let container = Container::of_zip(content, budget);
            return Ok(Opened { found: Found::Holds(container), how, depth: depth + 1 });
        }
        let plain = || Ok(Box::new(Cursor::new(Arc::clone(&content))) as Box<dyn Read + Send>);
        if let Ok(Some(container)) = Container::of_stream(&content, budget, plain) {
            return Ok(Opened { found: Found::Holds(container), how, depth: depth + 1 });
        }
        let Some(compression) = compressed::of(&content) else { break };
        let refused =
            |error: Trouble| UnpackError::Compressed(compression.name(), error.to_string());
        let stream = || {
            let packed = content.len() as u64;
            let stream = compression.stream(Arc::clone(&content))?;
            Ok(Box::new(budget.stream(stream, packed)) as Box<dyn Read + Send>)
        };
        let head = compression.head(&content, HEAD);
        if let Some(container) = Container::of_stream(&head, budget, stream).map_err(refused)? {
            return Ok(Opened { found: Found::Holds(container), how, depth: depth + 1 });
        }
        if depth >= budget.bounds.depth {
            return Err(UnpackError::TooDeep);
        }
        if let Some(records) = stream::records(compression, &content, asked, budget)? {
            let found = Found::Holds(Container::of_records(records));
            return Ok(Opened { found, how: Some(compression.name()), depth: depth + 1 });
        }
        content = compression.open(&content, budget).map_err(refused)?.into();
        how = Some(compression.name());
        depth += 1;
    }
    let found = match Records::of(&content, asked)? {
        Some(records) => Found::Holds(Container::of_records(records)),
        None => Found::Document(content),
    };
    Ok(Opened { found, how, depth })
}

/// A container that is open.
struct Open {
    /// Its place in the capture.
    place: String,
    /// How many packings stand around what it holds.
    depth: usize,
    /// What metadata files state of all of it.
    stated: Stated,
    container: Container,
}

/// The documents of a capture that holds several.
pub struct Many {
    capture: SourceFile,
    /// What is open, the outermost first.
    open: Vec<Open>,
    asked: Option<Mapping>,
    mapping: Option<Mapping>,
    notes: Vec<String>,
    budget: Budget,
    passed: Passed,
    /// Members looked at.
    looked_at: u64,
    /// How often a place was met.
    places: HashMap<String, u32>,
    /// Where these bytes were met first.
    met: HashMap<ContentHash, String>,
    /// What was looked at to see that there is anything.
    first: VecDeque<Part>,
}

impl Many {
    /// # Errors
    /// When there is nothing in it that could be read.
    pub(super) fn new(
        capture: &SourceFile,
        container: Container,
        depth: usize,
        asked: Option<&Mapping>,
        budget: Budget,
    ) -> Result<Self, UnpackError> {
        let kind = container.kind;
        let mut many = Self {
            capture: capture.clone(),
            mapping: container.mapping.clone(),
            open: vec![Open {
                place: String::new(),
                depth,
                stated: capture.by_sidecar.clone(),
                container,
            }],
            asked: asked.cloned(),
            notes: Vec::new(),
            budget,
            passed: Passed::default(),
            looked_at: 0,
            places: HashMap::new(),
            met: HashMap::new(),
            first: VecDeque::new(),
        };
        let first = many.advance().ok_or(UnpackError::Empty(kind))?;
        let second = many.advance();
        match (first, second) {
            (Err((place, reason)), None) if !many.is_data_set() => {
                Err(UnpackError::Nothing(kind, format!("{place}: {reason}")))
            }
            (first, second) => {
                many.first = std::iter::once(first).chain(second).collect();
                Ok(many)
            }
        }
    }

    /// What has to be recorded to open the capture in the same way again: for a data set the mapping
    /// of its fields, given or guessed; for an archive the one that the user gave, if any.
    pub fn mapping(&self) -> Option<&Mapping> {
        self.mapping.as_ref().or(self.asked.as_ref())
    }

    /// Whether the capture itself is a data set.
    pub fn is_data_set(&self) -> bool {
        self.mapping.is_some()
    }

    /// What was guessed about data sets within the capture since this was last asked, a sentence each.
    pub fn take_notes(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notes)
    }

    fn advance(&mut self) -> Option<Part> {
        loop {
            let Some(Open { place: prefix, depth, stated, container }) = self.open.last_mut()
            else {
                let refused = self.passed.take()?;
                return Some(Err((refused.place, refused.reason)));
            };
            if container.mapping.is_none() && self.budget.is_spent() {
                let total = Trouble::Total(self.budget.bounds.total);
                return Some(self.stop(format!("it {total}")));
            }
            let depth = *depth;
            let step = container.layer.next(&mut self.budget, &mut self.passed);
            let Some(step) = step else {
                let alone = container.beside.alone();
                (0..alone).for_each(|_| self.passed.count("metadata file without its file"));
                self.open.pop();
                continue;
            };
            let of_data_set = container.mapping.is_some();
            let may_hold_more = step.as_ref().is_ok_and(|member| member.may_hold_more);
            let (Ok(Member { place, .. }) | Err(Refused { place, .. })) = &step;
            if may_hold_more && is_metadata(place) {
                continue;
            }
            let own = container.beside.meet(place);
            let stated = own.map(|own| own.or(stated));
            let (Ok(Member { place, .. }) | Err(Refused { place, .. })) = &step;
            let mut place = within(prefix, place);
            self.looked_at += 1;
            if !of_data_set && self.looked_at > self.budget.bounds.members {
                let most = self.budget.bounds.members;
                return Some(
                    self.stop(format!("it has more than {most} members, the most that are read")),
                );
            }
            if may_hold_more && step.as_ref().is_ok_and(|member| is_hidden(&member.place)) {
                self.passed.count("hidden file");
                continue;
            }
            if !of_data_set {
                place = self.told_apart(place);
            }
            let part = match stated {
                Ok(stated) => self.take(step, place, depth, stated),
                Err(reason) => Some(Err((place, reason))),
            };
            if part.is_some() {
                return part;
            }
        }
    }

    /// What a member becomes; `None` when it is a container, which is opened.
    fn take(&mut self, step: Step, place: String, depth: usize, stated: Stated) -> Option<Part> {
        let mut member = match step {
            Ok(member) => member,
            Err(refused) => return Some(Err((place, refused.reason))),
        };
        let mut content: Arc<[u8]> = std::mem::take(&mut member.bytes).into();
        if member.may_hold_more {
            match open(content, depth, self.asked.as_ref(), &mut self.budget) {
                Ok(Opened { found: Found::Document(inner), .. }) => content = inner,
                Ok(Opened { depth, .. }) if depth > self.budget.bounds.depth => {
                    return Some(Err((place, UnpackError::TooDeep.to_string())));
                }
                Ok(Opened { found: Found::Holds(container), depth, .. }) => {
                    if let (Some(mapping), None) = (&container.mapping, &self.asked) {
                        let name = self.capture.name();
                        self.notes.push(format!(
                            "{name}: {place}: a data set, read with --map {mapping} (a guess)"
                        ));
                    }
                    self.open.push(Open { place, depth, stated, container });
                    return None;
                }
                Err(error) => return Some(Err((place, error.to_string()))),
            }
        }
        Some(self.source(member, content, place, stated))
    }

    fn source(
        &mut self,
        member: Member,
        content: Arc<[u8]>,
        place: String,
        stated: Stated,
    ) -> Part {
        let name = format!("{}: {place}", self.capture.name());
        let mut source = SourceFile::new(name, content);
        if member.record.is_none() {
            match self.met.entry(source.sha256()) {
                Entry::Occupied(first) => {
                    let reason = format!("holds the same bytes as {}, which is read", first.get());
                    return Err((place, reason));
                }
                Entry::Vacant(new) => drop(new.insert(place.clone())),
            }
        }
        source.by_user = self.capture.by_user.clone();
        source.by_sidecar = stated;
        source.fetched = self.capture.fetched.clone();
        source.added = self.capture.added;
        source.by_record = member.stated;
        source.record = member.record;
        source.part_of = Some(PartOf {
            sha256: self.capture.sha256(),
            file_name: self.capture.name().to_owned(),
            place,
        });
        Ok(source)
    }

    /// A place as it is shown: where a name stands several times, with its number.
    fn told_apart(&mut self, place: String) -> String {
        match self.places.entry(place) {
            Entry::Vacant(new) => {
                let place = new.key().clone();
                new.insert(1);
                place
            }
            Entry::Occupied(mut met) => {
                *met.get_mut() += 1;
                format!("{} (no. {} of this name)", met.key(), met.get())
            }
        }
    }

    /// Reads no further.
    fn stop(&mut self, reason: String) -> Part {
        self.open.clear();
        Err(("the rest".to_owned(), reason))
    }
}

impl Iterator for Many {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        self.first.pop_front().or_else(|| self.advance())
    }
}

impl fmt::Debug for Many {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Many").field("capture", &self.capture.name()).finish_non_exhaustive()
    }
}

fn within(prefix: &str, place: &str) -> String {
    if prefix.is_empty() { place.to_owned() } else { format!("{prefix}: {place}") }
}
