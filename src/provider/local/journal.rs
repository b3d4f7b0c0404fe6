//! What a save was about to do in work trees, written down before the branch moves.
//!
//! A kill between the branch's move and the last file would otherwise leave files that look like
//! somebody's uncommitted changes, and block later saves of them. The next write brings the files
//! named here to what the branch says then: each one that is still as the killed save found it, or
//! already as it meant to leave it. Doing so twice is doing so once.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use git2::{Oid, Repository};
use serde::{Deserialize, Serialize};

use super::fault;
use super::inside;
use super::plan::Step;
use super::refs;
use super::repo::Place;
use super::tree::{Finder, Found, oid, tree_of};
use super::work_tree::{Target, WorkTree};
use super::{checkout, plan};
use crate::provider::{BranchName, CommitError, FilePath, Version};

/// The longest journal, in bytes: some thousands of files in one save.
const LEN_MAX: u64 = 1 << 20;

/// The file in `<git dir>/wyvern/`.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    branch: String,
    files: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    path: String,
    old: Option<String>,
    new: Option<String>,
}

/// Writes down what is about to happen. The answer is the file, which is to be synced.
pub(super) fn write(git_dir: &Path, branch: &BranchName, steps: &[Step]) -> io::Result<PathBuf> {
    let hex = |id: Option<Oid>| id.map(|id| id.to_string());
    let entry = |step: &Step| Entry {
        path: step.path.to_string(),
        old: hex(step.old),
        new: hex(step.new),
    };
    let journal = Journal {
        branch: branch.to_string(),
        files: steps.iter().map(entry).collect(),
    };
    let (path, draft) = paths(git_dir);
    let text = serde_json::to_vec(&journal)?;
    if text.len() as u64 > LEN_MAX {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    inside::create_file(&draft)?.write_all(&text)?;
    fs::rename(draft, &path)?;
    Ok(path)
}

/// Forgets it: everything has happened, or nothing will.
pub(super) fn clear(git_dir: &Path) {
    // What remains is replayed once more, which changes nothing.
    drop(fs::remove_file(paths(git_dir).0));
}

/// Whether a save was interrupted.
pub(super) fn is_there(git_dir: &Path) -> bool {
    paths(git_dir).0.is_file()
}

/// Does what an interrupted save could not do any more.
pub(super) fn replay(place: &Place, git: &Repository) -> Result<(), CommitError> {
    let text = match inside::read_short(&paths(&place.git_dir).0, LEN_MAX) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Vec::new(),
        Err(error) => return Err(fault::disk(error).into()),
    };
    if let Some((branch, entries)) = parse(&text) {
        let targets = targets(git, &branch, entries)?;
        for checkout in checkout::of(place, &branch) {
            let work_tree = WorkTree::lock(place, git, checkout)?;
            work_tree.bring(&targets)?;
        }
    } else {
        tracing::warn!(repository = %place.git_dir.display(), "a journal is not readable; dropped");
    }
    clear(&place.git_dir);
    Ok(())
}

type Known = (FilePath, [Option<Oid>; 2]);

/// Names and ids are parsed as strictly as if a client had sent them.
fn parse(text: &[u8]) -> Option<(BranchName, Vec<Known>)> {
    let journal: Journal = serde_json::from_slice(text).ok()?;
    let id = |hex: Option<String>| match hex {
        None => Some(None),
        Some(hex) => Version::parse(&hex).map(|id| Some(oid(id.as_str()))),
    };
    let known = |entry: Entry| {
        let path = FilePath::parse(&entry.path).ok()?;
        Some((path, [id(entry.old)?, id(entry.new)?]))
    };
    let files = journal.files.into_iter().map(known);
    Some((
        BranchName::parse(&journal.branch).ok()?,
        files.collect::<Option<_>>()?,
    ))
}

fn targets(
    git: &Repository,
    branch: &BranchName,
    known: Vec<Known>,
) -> Result<Vec<Target>, CommitError> {
    let tip = refs::tip(git, branch)?.commit;
    let root = tip.map(|tip| tree_of(git, tip)).transpose()?;
    let mut finder = Finder::over(git, root);
    let target = |(path, known): Known| {
        let (should, mode) = match finder.find(&path)? {
            Found::File(blob, mode) => (Some(blob), mode),
            _ => (None, plan::REGULAR),
        };
        Ok(Target {
            path,
            known,
            should,
            mode,
        })
    };
    known.into_iter().map(target).collect()
}

fn paths(git_dir: &Path) -> (PathBuf, PathBuf) {
    let own = git_dir.join("wyvern");
    (own.join("journal"), own.join("journal.new"))
}
