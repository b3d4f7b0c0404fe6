//! Packs of rules in files: those of a repository, and those that are named.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::Serialize;
use thiserror::Error;

use super::files::{folder_of, read_text};
use super::shown::{shown, shown_path};
use crate::suggest::{Pack, without_twins};

/// Where a repository keeps its packs.
const FOLDER: [&str; 2] = [".wyvern", "rules"];
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

/// The packs of a repository; its top may be any folder. They are called as they are from there.
pub(super) fn of_repository(top: &Path) -> io::Result<Vec<PackFile>> {
    let files = kept_below(top)?.unwrap_or_default().into_iter();
    let named = files.map(|file| PackFile {
        name: file.path.strip_prefix(top).unwrap_or(&file.path).to_owned(),
        ..file
    });
    Ok(named.collect())
}

/// The packs that a path names: a pack, a repository with packs, or a folder of packs.
pub(super) fn named(path: &Path) -> io::Result<Vec<PackFile>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![PackFile {
            path: path.to_owned(),
            name: path.to_owned(),
            before: 0,
        }]);
    }
    match kept_below(path)? {
        Some(files) => Ok(files),
        None => in_folder(path),
    }
}

/// The packs of a repository; nothing where it has no folder for them.
fn kept_below(top: &Path) -> io::Result<Option<Vec<PackFile>>> {
    let mut folder = top.to_owned();
    for part in FOLDER {
        folder.push(part);
        let metadata = match fs::symlink_metadata(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            metadata => metadata?,
        };
        if !metadata.is_dir() {
            let sentence = format!("{} is a folder, and no symbolic link", FOLDER.join("/"));
            return Err(io::Error::other(sentence));
        }
    }
    in_folder(&folder).map(Some)
}

fn in_folder(folder: &Path) -> io::Result<Vec<PackFile>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| {
        let ending = path.extension();
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
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
    let mut known = HashSet::new();
    let is_new = |file: &&PackFile| known.insert(place(&file.path));
    let mut packs: Vec<_> = files.iter().filter(is_new).map(read_one).collect();
    without_twins(&mut packs);
    packs
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
    if file.before >= PACKS_MAX {
        let sentence = format!("only the first {PACKS_MAX} packs of a folder are read");
        return Pack::unread(&name, &sentence);
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

/// What is wrong with packs.
pub(super) fn faults(packs: &[Pack]) -> impl Iterator<Item = PackFault> {
    packs.iter().flat_map(|pack| {
        pack.faults.iter().cloned().map(|fault| PackFault {
            file: pack.origin.clone(),
            line: fault.line,
            column: fault.column,
            message: fault.sentence,
        })
    })
}
