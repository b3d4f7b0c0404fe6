//! Finding threat models in a tree of folders, by their content.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use bytes::Bytes;
use ignore::{DirEntry, WalkBuilder, WalkState};

use super::read::{Reason, Refusal, beginning, read};
use crate::model::json::Json;
use crate::model::{Document, Invalid};

/// How much of a file that is too long is looked at, in bytes.
const PEEKED: u64 = 64 * 1024;

/// A file that may be a threat model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cli) struct Candidate {
    /// Where it is.
    pub(in crate::cli) path: PathBuf,
    /// Whether it was named itself; else it was found in a folder.
    pub(in crate::cli) named: bool,
    /// The folder that was named, or that holds the file that was named.
    pub(in crate::cli) root: PathBuf,
}

/// The files that were named, and those in the folders that were named whose name ends with
/// `.json`, sorted. What git ignores and symbolic links are left out; what cannot be looked at is
/// told.
pub(in crate::cli) fn find(paths: &[PathBuf]) -> (Vec<Candidate>, Vec<Refusal>) {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for path in paths {
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => found.push(Candidate {
                path: path.clone(),
                named: true,
                root: folder_of(path),
            }),
            Ok(metadata) if metadata.is_symlink() => match fs::metadata(path) {
                Ok(target) if target.is_dir() => walk(path, &mut found, &mut refused),
                _ => refused.push(Reason::Link.about(path)),
            },
            Ok(metadata) if metadata.is_dir() => walk(path, &mut found, &mut refused),
            Ok(_) => refused.push(Reason::NotAFile.about(path)),
            Err(error) => refused.push(Reason::Disk(error).about(path)),
        }
    }
    // One that was named and found is kept once, as named.
    found.sort_by(|a, b| a.path.cmp(&b.path).then(b.named.cmp(&a.named)));
    found.dedup_by(|later, kept| later.path == kept.path);
    (found, refused)
}

/// The folder that holds this file.
pub(in crate::cli) fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => ".".into(),
    }
}

/// The top folder of the repository around a folder whose path has no links.
pub(in crate::cli) fn repository_top(folder: &Path) -> Option<&Path> {
    folder
        .ancestors()
        .find(|around| around.join(".git").exists())
}

fn walk(folder: &Path, found: &mut Vec<Candidate>, refused: &mut Vec<Refusal>) {
    let (files, failures) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let mut walker = WalkBuilder::new(folder);
    // The same answer on every machine: of all that may say what to ignore, only what the
    // repository itself says counts. Folders such as `.github` are looked into.
    walker.hidden(false).ignore(false).git_global(false);
    walker.filter_entry(|entry| entry.file_name() != ".git");
    walker.build_parallel().run(|| {
        Box::new(|entry| {
            match entry {
                Ok(entry) if is_candidate(&entry) => keep(&files, entry.into_path()),
                Ok(_) => {}
                Err(error) => keep(&failures, error),
            }
            WalkState::Continue
        })
    });
    let files = files.into_inner().unwrap_or_default();
    found.extend(files.into_iter().map(|path| Candidate {
        path,
        named: false,
        root: folder.to_owned(),
    }));
    let failures = failures.into_inner().unwrap_or_default();
    refused.extend(failures.into_iter().map(|error| {
        let error = error.into_io_error();
        Reason::Disk(error.unwrap_or_else(|| std::io::ErrorKind::Other.into())).about(folder)
    }));
}

fn keep<T>(list: &Mutex<Vec<T>>, item: T) {
    let list = list.lock();
    list.expect("whoever holds it only adds to it").push(item);
}

fn is_candidate(entry: &DirEntry) -> bool {
    let file = entry.file_type().is_some_and(|kind| kind.is_file());
    let extension = entry.path().extension();
    file && extension.is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// The model in a file; nothing when the file was only found and is no threat model.
pub(in crate::cli) fn open(candidate: &Candidate) -> Result<Option<Document>, Refusal> {
    open_bytes(candidate).map_err(|reason| reason.about(&candidate.path))
}

fn open_bytes(candidate: &Candidate) -> Result<Option<Document>, Reason> {
    let bytes = match read(&candidate.path) {
        Err(Reason::TooLong(_)) if !candidate.named && !begins_like_a_model(candidate) => {
            return Ok(None);
        }
        read => read?,
    };
    let looks_like_one = candidate.named || has_the_words(&bytes);
    if !looks_like_one && !has_escapes(&bytes) {
        return Ok(None);
    }
    match Document::parse(bytes.clone()) {
        Ok(document) => Ok(Some(document)),
        Err(Invalid::Json(_)) if !looks_like_one => Ok(None),
        Err(Invalid::Shape { .. }) if !candidate.named && !has_the_members(bytes) => Ok(None),
        Err(invalid) => Err(invalid.into()),
    }
}

/// Whether a file that is too long to be read begins as threat models do.
fn begins_like_a_model(candidate: &Candidate) -> bool {
    let start = beginning(&candidate.path, PEEKED);
    start.is_ok_and(|start| String::from_utf8_lossy(&start).contains("\"summary\""))
}

/// Whether the text has what every threat model has; found faster than a text is read as JSON.
fn has_the_words(bytes: &Bytes) -> bool {
    let text = String::from_utf8_lossy(bytes);
    (["\"summary\"", "\"detail\"", "\"diagrams\""].iter()).all(|word| text.contains(word))
}

/// Whether the words may be there in another spelling, which would keep a model from being found.
fn has_escapes(bytes: &Bytes) -> bool {
    bytes.windows(4).any(|window| window == br"\u00")
}

/// Whether the text is an object with what every threat model has at its top: then it is a damaged
/// one, and else something that only has the words, such as a schema.
fn has_the_members(bytes: Bytes) -> bool {
    Json::parse(bytes).is_ok_and(|json| {
        ["summary", "detail"]
            .iter()
            .all(|name| json.root().get(name).is_some())
    })
}
