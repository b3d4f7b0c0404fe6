//! Packs of rules in files: those of a repository, and those that are named.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::Serialize;
use thiserror::Error;

use super::files::{folder_of, read_text};
use super::shown::{shown, shown_path};
use crate::library::RULES;
use crate::suggest::{Fault, Pack, without_twins};

/// What the names of packs end with.
const ENDING: &str = "toml";
/// How many packs of a folder are read, in the order of their names: as many as the server reads.
const PACKS_MAX: usize = 50;

/// A pack that is to be read.
#[derive(Debug, Clone)]
pub(super) struct PackFile {
    path: PathBuf,
    /// What it is called in messages.
    name: PathBuf,
    /// How many stand before it in its folder.
    before: usize,
}

impl PackFile {
    /// One that is named for itself.
    pub(super) fn alone(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            name: path.to_owned(),
            before: 0,
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What it is called in messages.
    pub(super) fn name(&self) -> &Path {
        &self.name
    }

    /// What is wrong with it, when there are too many of `what` before it in its folder.
    pub(super) fn beyond(&self, what: &str) -> Option<String> {
        let sentence = || format!("only the first {PACKS_MAX} {what} of a folder are read");
        (self.before >= PACKS_MAX).then(sentence)
    }
}

/// The packs of a repository; its top may be any folder. They are called as they are from there.
pub(super) fn of_repository(top: &Path) -> io::Result<Vec<PackFile>> {
    let files = kept_below(top, RULES, ENDING)?
        .unwrap_or_default()
        .into_iter();
    let named = files.map(|file| PackFile {
        name: file.path.strip_prefix(top).unwrap_or(&file.path).to_owned(),
        ..file
    });
    Ok(named.collect())
}

/// The packs that a path names: a pack, a repository with packs, or a folder of packs.
pub(super) fn named(path: &Path) -> io::Result<Vec<PackFile>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![PackFile::alone(path)]);
    }
    match kept_below(path, RULES, ENDING)? {
        Some(files) => Ok(files),
        None => in_folder(path, ENDING),
    }
}

/// The files of this ending that a repository keeps in a folder; nothing where it has no such folder.
pub(super) fn kept_below(
    top: &Path,
    below: &str,
    ending: &str,
) -> io::Result<Option<Vec<PackFile>>> {
    let mut folder = top.to_owned();
    for part in below.split('/') {
        folder.push(part);
        let metadata = match fs::symlink_metadata(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            metadata => metadata?,
        };
        if !metadata.is_dir() {
            let sentence = format!("{below} is a folder, and no symbolic link");
            return Err(io::Error::other(sentence));
        }
    }
    in_folder(&folder, ending).map(Some)
}

/// The files of this ending in a folder.
pub(super) fn in_folder(folder: &Path, wanted: &str) -> io::Result<Vec<PackFile>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| {
        let ending = path.extension();
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
    });
    paths.sort();
    let files = paths
        .into_iter()
        .enumerate()
        .map(|(before, path)| PackFile {
            name: path.clone(),
            path,
            before,
        });
    Ok(files.collect())
}

/// Reads packs, each file once. What cannot be read is a fault of its pack.
pub(super) fn read(files: &[PackFile]) -> Vec<Pack> {
    let mut packs: Vec<_> = each_once(files).map(read_one).collect();
    without_twins(&mut packs);
    packs
}

/// Each file once, however often and by whatever way it was named.
pub(super) fn each_once(files: &[PackFile]) -> impl Iterator<Item = &PackFile> {
    let mut known = HashSet::new();
    files
        .iter()
        .filter(move |file| known.insert(place(&file.path)))
}

/// Where a file is, by whatever way it was named. A link is no other file: it is told as a fault.
fn place(path: &Path) -> PathBuf {
    let folder = fs::canonicalize(folder_of(path));
    folder.map_or_else(
        |_| path.to_owned(),
        |folder| folder.join(path.file_name().unwrap_or_default()),
    )
}

fn read_one(file: &PackFile) -> Pack {
    let name = shown_path(&file.name);
    if let Some(fault) = file.beyond("packs") {
        return Pack::unread(&name, &fault);
    }
    match read_text(&file.path, "a pack") {
        Ok(text) => Pack::read(&name, &text),
        Err(error) => Pack::unread(&name, &error.to_string()),
    }
}

/// Something wrong in a pack. Its display is a line that begins with the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Error)]
#[error("{file}:{line}:{column}: {}", shown(message))]
pub(super) struct PackFault {
    file: String,
    line: usize,
    column: usize,
    /// What it is, and what mends it.
    message: String,
}

impl PackFault {
    pub(super) fn of(file: &str, fault: &Fault) -> Self {
        Self {
            file: file.to_owned(),
            line: fault.line,
            column: fault.column,
            message: fault.sentence.clone(),
        }
    }
}

/// What is wrong with packs.
pub(super) fn faults(packs: &[Pack]) -> impl Iterator<Item = PackFault> {
    packs.iter().flat_map(|pack| {
        let faults = pack.faults.iter();
        faults.map(|fault| PackFault::of(&pack.origin, fault))
    })
}
