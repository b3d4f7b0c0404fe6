//! Paths below a folder, never through a symbolic link.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::durable::sync_one;

/// Makes the folders that lead to `name` below `root`, each one on the disk before it is used.
///
/// # Errors
/// `NotADirectory` when a link or a file is in the way.
pub(super) fn make_parents(root: &Path, name: &str) -> io::Result<()> {
    parents(root, name).try_for_each(|dir| make_dir(&dir))
}

/// Makes the folder, unless it is there. It is on the disk before it is used.
///
/// # Errors
/// `NotADirectory` when a link or a file is in the way.
pub(super) fn make_dir(dir: &Path) -> io::Result<()> {
    match fs::create_dir(dir) {
        Ok(()) => dir.parent().map_or(Ok(()), sync_one)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    if is_real_dir(dir) {
        Ok(())
    } else {
        Err(io::ErrorKind::NotADirectory.into())
    }
}

/// Begins the file anew. A link that is there is removed, not followed.
pub(super) fn create_file(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => File::create_new(path),
    }
}

/// Reads a file that has no reason to be long.
///
/// # Errors
/// `FileTooLarge` beyond `max` bytes; `InvalidInput` for what is no file at all.
pub(super) fn read_short(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for somebody to write.
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    if File::open(path)?.take(max + 1).read_to_end(&mut bytes)? as u64 > max {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
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
