//! What the tests share: the built binary run in a library of its own, small reports to put into it,
//! and the folder of real reports where there is one.

use std::ffi::OsStr;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The binary under test.
pub const FORB: &str = env!("CARGO_BIN_EXE_forb");

/// A library in a folder of its own, and files beside it.
pub struct Library {
    folder: TempDir,
}

/// What a command printed and how it ended.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Library {
    /// An empty folder: no library yet.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// Writes a file beside the library.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, content).expect("written");
        path
    }

    /// A command on this library.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(FORB);
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("FORB_LIBRARY", self.root()).env("NO_COLOR", "1");
        command
    }

    /// Runs forb on this library.
    pub fn forb<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        Ran::of(self.command(arguments).output().expect("forb runs"))
    }

    /// Adds a small report as a file and returns what was said.
    pub fn add(&self, name: &str, content: &str) -> Ran {
        let path = self.file(name, content);
        self.forb(["add".as_ref(), path.as_os_str()])
    }

    /// The hits of a search, as JSON; nothing is folded.
    pub fn search<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Vec<Value> {
        let mut command = self.command(["search", "--unfold", "--no-bridge", "--format", "json"]);
        let ran = Ran::of(command.args(arguments).output().expect("forb runs"));
        assert!(ran.code < 2, "{}", ran.err);
        let answer: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(answer["format_version"], 1);
        answer["hits"].as_array().expect("hits").clone()
    }

    /// The texts of the passages that a search finds, best first.
    pub fn texts<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Vec<String> {
        let text = |hit: &Value| hit["passage"]["text"].as_str().expect("text").to_owned();
        self.search(arguments).iter().map(text).collect()
    }
}

impl Ran {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Fails unless the command ended so.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }
}

/// The repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// A paragraph of a Word file.
pub fn word_paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A Word file with this in its body, and this before its document's element.
pub fn word_file(before: &str, body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?>{before}<w:document xmlns:w=\"http://schemas.openxmlformats.org/\
         wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/\
         2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/\
         vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let mut bytes = Cursor::new(Vec::new());
    let mut file = zip::ZipWriter::new(&mut bytes);
    for (name, part) in [("[Content_Types].xml", types), ("word/document.xml", &document)] {
        file.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        file.write_all(part.as_bytes()).expect("written");
    }
    file.finish().expect("finished");
    bytes.into_inner()
}

/// The real reports, or `None` with a loud word when they are not there.
pub fn real_reports(test: &str) -> Option<PathBuf> {
    let folder = repository().join("../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED {test}: the real reports (../shared/corpus) are absent");
    None
}

/// A small report of the State Department's shape, in words of our own.
pub const TERRORISM: &str = "\
An official website of the United States Government Here's how you know

Official websites use .gov

Overview:  Ruritania stayed calm.  Two temples were closed.

2021 Terrorist Incidents:  There were none in Ruritania.

Legislation, Law Enforcement, and Border Security:  Mr. Rassendyll of the U.S. Embassy spoke.

Countering Violent Extremism:  Nothing new.

On This Page

U.S. Department of State
";
