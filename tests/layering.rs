//! The arrows of ARCHITECTURE.md: which crate may import which. A new arrow is a decision: it is
//! drawn there first, then here.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::docs::sources;
use crate::harness::repository;

const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("ingestion", &["model"]),
    ("indexing", &["model"]),
    ("citation", &["model"]),
    ("query", &["indexing", "model"]),
    ("render", &["citation", "model", "query"]),
    ("cli", &["citation", "indexing", "ingestion", "model", "query", "render"]),
];

/// What must be absent from a crate, by its design.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("model", &["tantivy", "clap", "scraper", "regex"]),
    ("ingestion", &["tantivy", "clap", "anstyle", "anstream"]),
    ("indexing", &["scraper", "clap", "regex", "anstyle"]),
    ("query", &["clap", "anstyle", "serde_json"]),
    ("citation", &["tantivy", "clap", "anstyle"]),
    ("render", &["tantivy", "clap"]),
];

fn dependencies() -> BTreeMap<String, Vec<String>> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
            "--manifest-path",
            manifest,
        ])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let names = package["dependencies"].as_array().expect("dependencies").iter();
            // Tests may import what they like; the arrows are about what is shipped.
            let shipped = names.filter(|d| d["kind"].is_null());
            let mut names: Vec<String> =
                shipped.map(|d| d["name"].as_str().expect("a name").to_owned()).collect();
            names.sort();
            (package["name"].as_str().expect("a name").to_owned(), names)
        })
        .collect()
}

#[test]
fn every_crate_imports_only_what_the_design_allows() {
    let dependencies = dependencies();
    let ours: Vec<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    let found: Vec<&str> = dependencies.keys().map(String::as_str).collect();
    let mut expected = ours.clone();
    expected.sort_unstable();
    assert_eq!(found, expected, "a crate came or went: draw its arrows");
    for (name, allowed) in ARROWS {
        let imports: Vec<&str> = dependencies[*name]
            .iter()
            .map(String::as_str)
            .filter(|import| ours.contains(import))
            .collect();
        assert_eq!(imports, *allowed, "imports of {name}");
    }
}

/// What reaches out to other machines: `cli` alone has it, for the one page a person names.
const OF_THE_NETWORK: &[&str] = &["ureq", "url", "rustls", "http", "hyper", "reqwest", "tokio"];

#[test]
fn no_crate_but_cli_reaches_out() {
    for (name, imports) in dependencies().iter().filter(|(name, _)| *name != "cli") {
        let reaching = imports.iter().find(|import| OF_THE_NETWORK.contains(&import.as_str()));
        assert_eq!(reaching, None, "{name} reaches out");
    }
}

#[test]
fn within_cli_one_module_reaches_out() {
    let mut files = Vec::new();
    sources(&repository().join("crates"), &mut files);
    let mut reaching = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("read");
        if ["ureq::", "std::net", "TcpStream"].iter().any(|name| text.contains(name)) {
            let folder = file.parent().expect("a folder");
            assert!(folder.ends_with("cli/src/fetch"), "{} reaches out", file.display());
            reaching += 1;
        }
    }
    assert!(reaching > 0, "nothing reaches out any more: this test looks for the wrong names");
}

#[test]
fn no_crate_holds_what_it_must_not() {
    let dependencies = dependencies();
    for (name, forbidden) in FORBIDDEN {
        for import in *forbidden {
            assert!(!dependencies[*name].iter().any(|d| d == import), "{name} imports {import}");
        }
    }
}
