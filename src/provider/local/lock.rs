//! Git's lock files, taken in a way that proves them ours.
//!
//! Git locks `x` by creating `x.lock` and publishes by renaming it over `x`. A process that dies
//! in between leaves a lock that blocks everybody, and nobody can tell whose it was. Wyvern writes
//! the new content to a file of its own, `<git dir>/wyvern/pending/<name>`, and *links* it to
//! `x.lock`: for git that is a lock like any other, but as long as the pending file exists, the
//! lock is the same inode, and so provably Wyvern's. [`recover`] removes such pairs. It runs under
//! the operating system's lock that shuts out the other Wyvern processes
//! ([`Repo::lock_out_processes`](super::repo::Repo::lock_out_processes)), so that whoever made
//! them is dead.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::durable::sync_one;
use super::fault;
use super::inside;
use crate::provider::{BranchName, CommitError};

/// How often, and at which interval, a lock that somebody else holds is waited out. Git holds one
/// for moments only; one that stays for two seconds is left over or stuck.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// Stands for `/` in the names of pending files: git allows it in no ref.
const SLASH: &str = "~";

/// A lock on one file of the git folder. Dropping it gives the lock up.
#[derive(Debug)]
pub(super) struct OwnLock {
    pending: PathBuf,
    lock: PathBuf,
    target: PathBuf,
}

impl OwnLock {
    /// Locks `name` (`refs/heads/main`, `index`), which is to hold `content`. Whether the disk holds
    /// it is up to whoever publishes it: see [`path`](Self::path).
    ///
    /// # Errors
    /// `AlreadyExists` when somebody else holds the lock.
    pub(super) fn take(git_dir: &Path, name: &str, content: &[u8]) -> io::Result<Self> {
        let pending = pending_dir(git_dir)?.join(name.replace('/', SLASH));
        let mut file = File::create_new(&pending)?;
        let own = Self {
            pending,
            lock: lock_of(git_dir, name),
            target: git_dir.join(name),
        };
        file.write_all(content)?;
        match fs::hard_link(&own.pending, &own.lock) {
            Ok(()) => Ok(own),
            Err(error) => {
                own.forget_pending();
                std::mem::forget(own);
                Err(error)
            }
        }
    }

    /// Replaces what the target is to hold.
    pub(super) fn rewrite(&self, content: &[u8]) -> io::Result<()> {
        let mut file = File::options()
            .write(true)
            .truncate(true)
            .open(&self.pending)?;
        file.write_all(content)
    }

    /// The file that holds the content, which may be synced before it is published.
    pub(super) fn path(&self) -> &Path {
        &self.pending
    }

    /// Renames the lock over its target, which lets go of the lock. What fails after the rename is
    /// in the second error: the change is made, but the disk may not hold it yet.
    pub(super) fn publish(self) -> Result<(), Unpublished> {
        fs::rename(&self.lock, &self.target).map_err(Unpublished::Before)?;
        let parent = self.target.parent().map_or(Ok(()), sync_one);
        self.forget_pending();
        std::mem::forget(self);
        parent.map_err(Unpublished::After)
    }

    fn forget_pending(&self) {
        // What remains is removed by the next `recover`.
        drop(fs::remove_file(&self.pending));
    }
}

impl Drop for OwnLock {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.lock));
        self.forget_pending();
    }
}

/// Takes the lock on `name`, waiting for whoever holds it. `prepare` makes the folder it lies in.
pub(super) fn wait(
    git_dir: &Path,
    name: &str,
    content: &[u8],
    prepare: impl Fn() -> io::Result<()>,
) -> Result<OwnLock, CommitError> {
    for _ in 0..TRIES {
        let taken = prepare().and_then(|()| OwnLock::take(git_dir, name, content));
        match taken.map_err(|error| (error.kind(), error)) {
            Ok(lock) => return Ok(lock),
            Err((io::ErrorKind::AlreadyExists, _)) => thread::sleep(PAUSE),
            // Git removes folders that became empty; then they are made again.
            Err((io::ErrorKind::NotFound, _)) => {}
            Err((_, error)) => return Err(fault::disk(error).into()),
        }
    }
    Err(CommitError::Locked {
        lock: lock_of(git_dir, name).display().to_string(),
    })
}

/// Why a lock could not be published.
#[derive(Debug)]
pub(super) enum Unpublished {
    /// The target is as it was.
    Before(io::Error),
    /// The target is replaced.
    After(io::Error),
}

fn lock_of(git_dir: &Path, name: &str) -> PathBuf {
    let mut lock = git_dir.join(name).into_os_string();
    lock.push(".lock");
    lock.into()
}

/// Whether a save was interrupted.
pub(super) fn is_pending(git_dir: &Path) -> bool {
    let pending = fs::read_dir(git_dir.join("wyvern").join("pending"));
    pending.is_ok_and(|mut entries| entries.next().is_some())
}

/// Removes the locks that a killed Wyvern left, and what was pending. What no Wyvern can have
/// written is left alone.
pub(super) fn recover(git_dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(pending_dir(git_dir)?)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().replace(SLASH, "/");
        if !entry.file_type()?.is_file() || !is_lockable(&name) {
            continue;
        }
        let lock = lock_of(git_dir, &name);
        // The lock first: a kill in between leaves a pending file, which harms nobody.
        if is_same_file(&entry.path(), &lock)? {
            tracing::warn!(lock = %lock.display(), "removed a lock that a killed Wyvern left");
            fs::remove_file(&lock)?;
        }
        fs::remove_file(entry.path())?;
    }
    Ok(())
}

/// Whether a save may lock the file of this name: a branch, or the index of a work tree.
fn is_lockable(name: &str) -> bool {
    let worktree = |rest: &str| {
        let id = rest.strip_suffix("/index");
        id.is_some_and(|id| !id.contains('/') && !matches!(id, "" | "." | ".."))
    };
    name == "index"
        || name
            .strip_prefix("refs/heads/")
            .is_some_and(|branch| BranchName::parse(branch).is_ok())
        || name.strip_prefix("worktrees/").is_some_and(worktree)
}

fn is_same_file(pending: &Path, lock: &Path) -> io::Result<bool> {
    let ours = fs::symlink_metadata(pending)?;
    match fs::symlink_metadata(lock) {
        Ok(theirs) => Ok((ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino())),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(false),
            _ => Err(error),
        },
    }
}

fn pending_dir(git_dir: &Path) -> io::Result<PathBuf> {
    let dir = git_dir.join("wyvern").join("pending");
    inside::make_dir(&git_dir.join("wyvern"))?;
    inside::make_dir(&dir)?;
    Ok(dir)
}
