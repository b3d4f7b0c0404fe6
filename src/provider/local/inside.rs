//! Paths below a folder, never through a symbolic link.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::durable::sync_one;

/// Makes the folders that lead to `name` below `root`, each one on the disk before it is used.
///
/// # Errors
/// `NotADirectory` when a link or a file is in the way.
pub(super) fn make_parents(root: &Path, name: &str) -> io::Result<()> {
    for dir in parents(root, name) {
        match fs::create_dir(&dir) {
            Ok(()) => dir.parent().map_or(Ok(()), sync_one)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        if !is_real_dir(&dir) {
            return Err(io::ErrorKind::NotADirectory.into());
        }
    }
    Ok(())
}

/// The first of the folders leading to `name` that exists and is none.
pub(super) fn obstacle(root: &Path, name: &str) -> Option<PathBuf> {
    parents(root, name).find(|dir| dir.symlink_metadata().is_ok() && !is_real_dir(dir))
}

/// Whether this is a folder itself, not a link to one.
pub(super) fn is_real_dir(dir: &Path) -> bool {
    dir.symlink_metadata().is_ok_and(|found| found.is_dir())
}

/// Removes a folder that holds nothing but empty folders. Any other stays as it is.
pub(super) fn remove_empty_dirs(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        if is_real_dir(&entry.path()) {
            remove_empty_dirs(&entry.path());
        }
    }
    // Fails, as it should, where anything is left.
    drop(fs::remove_dir(dir));
}

/// Removes the folders that led to `name` and are empty now, innermost first.
pub(super) fn remove_empty_parents(root: &Path, name: &str) {
    let mut dirs: Vec<_> = parents(root, name).collect();
    while let Some(dir) = dirs.pop() {
        if fs::remove_dir(dir).is_err() {
            break;
        }
    }
}

/// The folders between `root` and `name`, outermost first.
fn parents(root: &Path, name: &str) -> impl Iterator<Item = PathBuf> {
    let slashes = name.match_indices('/').map(|(at, _)| at);
    slashes.filter_map(|at| Some(root.join(name.get(..at)?)))
}
