//! Making sure that what was written is on the disk before something points to it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use git2::Oid;

/// How many files are synced at the same time.
const AT_ONCE: usize = 16;

/// Waits until the disk holds these files and folders.
///
/// All at the same time: a file system commits what several threads wait for in one go, so that ten
/// files take little longer than one. What is not there any more has been packed meanwhile, and
/// whoever packed it has synced the pack.
pub(super) fn sync(paths: &[PathBuf]) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            match sync_one(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let count = paths.len().min(AT_ONCE);
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        let mut results = threads.into_iter().map(thread::ScopedJoinHandle::join);
        results.try_for_each(|result| result.unwrap_or_else(|_| Err(io::ErrorKind::Other.into())))
    })
}

/// Waits until the disk holds this file, or the entries of this folder.
pub(super) fn sync_one(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// What must be synced for these objects to be safe: their files and the folders these are in.
///
/// An object that was there before may have been written by a program that did not wait (git's own
/// default for loose objects), so that every loose one counts, whoever wrote it.
pub(super) fn files_of(git_dir: &Path, objects: &[Oid]) -> Vec<PathBuf> {
    let root = git_dir.join("objects");
    let mut paths = BTreeSet::from([root.clone()]);
    for object in objects {
        let hex = object.to_string();
        let (fan_out, rest) = hex.split_at(2);
        let dir = root.join(fan_out);
        paths.insert(dir.join(rest));
        paths.insert(dir);
    }
    Vec::from_iter(paths)
}
