//! Keeping a work tree and its index in step with the branch it shows.
//!
//! As with git, nobody waits until the disk holds these files: whatever they hold is in the
//! repository already.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use git2::{Index, IndexEntry, IndexTime, Oid, Repository};

use super::checkout::Checkout;
use super::fault;
use super::inside;
use super::lock::{self, OwnLock, Unpublished};
use super::plan::Step;
use super::repo::Place;
use super::tree::{oid, read_blob};
use crate::provider::{CommitError, FilePath, ProviderError, Version};

/// Git's bit for "this file is left out of the work tree" (sparse checkouts).
const SKIP_WORKTREE: u16 = 1 << 14;
/// The stages of an index entry: 0 is the entry itself, the others the sides of a merge conflict.
const CONFLICT_STAGES: [i32; 3] = [1, 2, 3];

/// A file of the work tree that is to be as the branch says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) path: FilePath,
    /// The states in which the file may be replaced: nobody's work is in them.
    pub(super) known: [Option<Oid>; 2],
    /// What it is to hold; `None` when it is to be gone.
    pub(super) should: Option<Oid>,
    /// Its mode in the tree.
    pub(super) mode: i32,
}

impl From<&Step> for Target {
    fn from(step: &Step) -> Self {
        Self {
            path: step.path.clone(),
            known: [step.old, step.new],
            should: step.new,
            mode: step.mode,
        }
    }
}

/// What is in the work tree at a path.
#[derive(Debug, PartialEq, Eq)]
enum OnDisk {
    Nothing,
    File(Oid),
    /// A folder, a link, or below something that is no folder.
    Other,
}

/// A work tree whose index is locked.
pub(super) struct WorkTree<'git> {
    git: &'git Repository,
    checkout: Checkout,
    lock: OwnLock,
    index: Index,
    /// Where the new index is put together.
    scratch: PathBuf,
}

impl<'git> WorkTree<'git> {
    /// Locks the index as git does, waiting for whoever holds it.
    pub(super) fn lock(
        place: &Place,
        git: &'git Repository,
        checkout: Checkout,
    ) -> Result<Self, CommitError> {
        let name = format!("{}index", checkout.prefix);
        let lock = lock::wait(&place.git_dir, &name, b"", || Ok(()))?;
        let scratch = place.git_dir.join("wyvern").join("index");
        // Libgit2 locks the scratch file too; nobody else uses it, so that a lock is left over.
        remove(&scratch.with_extension("lock")).map_err(fault::disk)?;
        let path = place.git_dir.join(&name);
        copy(&path, &scratch).map_err(fault::disk)?;
        Ok(Self {
            git,
            checkout,
            lock,
            index: Index::open(&scratch).map_err(unreadable)?,
            scratch,
        })
    }

    /// Refuses when a file holds changes that nobody has committed.
    pub(super) fn check(&self, targets: &[Target]) -> Result<(), CommitError> {
        let dirty = |target: &&Target| {
            !self.is_index_clean(target)
                || !self.is_skipped(target) && !self.is_disk_clean(target, targets)
        };
        targets.iter().find(dirty).map_or(Ok(()), |target| {
            Err(CommitError::UncommittedChanges {
                path: target.path.clone(),
                work_tree: self.checkout.work_tree.display().to_string(),
            })
        })
    }

    /// Brings the files and the index to what the branch says, and lets go of the index. Files
    /// that hold changes nobody has committed are left as they are.
    pub(super) fn bring(mut self, targets: &[Target]) -> Result<(), CommitError> {
        // Deletions first: a file may give way to a folder.
        let (gone, kept): (Vec<_>, Vec<_>) = targets.iter().partition(|t| t.should.is_none());
        for target in gone.into_iter().chain(kept) {
            self.remove_drafts(target).map_err(fault::disk)?;
            let in_index = self.is_index_clean(target);
            if !self.is_skipped(target) && self.is_disk_clean(target, &[]) {
                self.bring_file(target)?;
            }
            if in_index {
                self.bring_entry(target).map_err(fault::git)?;
            }
        }
        self.index.write().map_err(fault::git)?;
        let index = fs::read(&self.scratch).map_err(fault::disk)?;
        self.lock.rewrite(&index).map_err(fault::disk)?;
        remove(&self.scratch).map_err(fault::disk)?;
        let published = self.lock.publish();
        published.map_err(|(Unpublished::Before(error) | Unpublished::After(error))| {
            fault::disk(error).into()
        })
    }

    fn is_index_clean(&self, target: &Target) -> bool {
        let path = Path::new(target.path.as_str());
        let staged = self.index.get_path(path, 0).map(|entry| entry.id);
        target.known.contains(&staged)
            && CONFLICT_STAGES
                .iter()
                .all(|stage| self.index.get_path(path, *stage).is_none())
    }

    fn is_skipped(&self, target: &Target) -> bool {
        let entry = self.index.get_path(Path::new(target.path.as_str()), 0);
        entry.is_some_and(|entry| entry.flags_extended & SKIP_WORKTREE != 0)
    }

    fn is_disk_clean(&self, target: &Target, others: &[Target]) -> bool {
        let is_deleted = |obstacle: &Path| {
            others
                .iter()
                .any(|other| other.should.is_none() && self.on_disk_path(&other.path) == obstacle)
        };
        match self.on_disk(&target.path) {
            Ok(OnDisk::Nothing) => target.known.contains(&None),
            Ok(OnDisk::File(blob)) => target.known.contains(&Some(blob)),
            Ok(OnDisk::Other) => inside::obstacle(&self.checkout.work_tree, target.path.as_str())
                .is_some_and(|obstacle| is_deleted(&obstacle)),
            Err(_) => false,
        }
    }

    fn on_disk_path(&self, path: &FilePath) -> PathBuf {
        self.checkout.work_tree.join(path.as_str())
    }

    fn on_disk(&self, path: &FilePath) -> io::Result<OnDisk> {
        if inside::obstacle(&self.checkout.work_tree, path.as_str()).is_some() {
            return Ok(OnDisk::Other);
        }
        let path = self.on_disk_path(path);
        match path.symlink_metadata() {
            Ok(found) if found.is_file() => {
                Ok(OnDisk::File(oid(Version::of(&fs::read(path)?).as_str())))
            }
            Ok(_) => Ok(OnDisk::Other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(OnDisk::Nothing),
            Err(error) => Err(error),
        }
    }

    fn bring_file(&self, target: &Target) -> Result<(), CommitError> {
        let path = self.on_disk_path(&target.path);
        let Some(blob) = target.should else {
            remove(&path).map_err(fault::disk)?;
            inside::remove_empty_parents(&self.checkout.work_tree, target.path.as_str());
            return Ok(());
        };
        let bytes = read_blob(self.git, blob)?.unwrap_or_default();
        inside::make_parents(&self.checkout.work_tree, target.path.as_str())
            .and_then(|()| replace(&path, &bytes, blob, target.mode))
            .map_err(|error| fault::disk(error).into())
    }

    /// Removes what a killed save was writing beside the file.
    fn remove_drafts(&self, target: &Target) -> io::Result<()> {
        if inside::obstacle(&self.checkout.work_tree, target.path.as_str()).is_some() {
            return Ok(());
        }
        let path = self.on_disk_path(&target.path);
        let mut blobs = target.known.iter().flatten();
        blobs.try_for_each(|blob| remove(&draft(&path, *blob)))
    }

    fn bring_entry(&mut self, target: &Target) -> Result<(), git2::Error> {
        let path = Path::new(target.path.as_str());
        let before = self.index.get_path(path, 0);
        let Some(blob) = target.should else {
            return before.map_or(Ok(()), |_| self.index.remove(path, 0));
        };
        // Without the file's times git compares its bytes, which is right for one that was left.
        let found = match self.on_disk(&target.path) {
            Ok(OnDisk::File(there)) if there == blob => {
                self.on_disk_path(&target.path).symlink_metadata().ok()
            }
            _ => None,
        };
        self.index
            .add(&entry(target, blob, found.as_ref(), before.as_ref()))
    }
}

/// Why libgit2 cannot read an index: most likely it is of a kind that only git knows, marked by an
/// extension that must be understood (`link` and `sdir` in git's index format).
fn unreadable(error: git2::Error) -> ProviderError {
    let (kind, mend) = if error.message().ends_with("'link'") {
        (
            "split",
            "git config core.splitIndex false && git update-index --no-split-index",
        )
    } else if error.message().ends_with("'sdir'") {
        ("sparse", "git sparse-checkout reapply --no-sparse-index")
    } else {
        return fault::git(error);
    };
    ProviderError::Unavailable {
        reason: format!("The work tree has a {kind} index; run in it: `{mend}`."),
        source: Some(error.into()),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the index keeps the low 32 bits of what the file system says"
)]
fn entry(
    target: &Target,
    blob: Oid,
    found: Option<&Metadata>,
    before: Option<&IndexEntry>,
) -> IndexEntry {
    let number = |of: fn(&Metadata) -> u64| found.map_or(0, |found| of(found) as u32);
    let time = |seconds: fn(&Metadata) -> i64, nanoseconds: fn(&Metadata) -> i64| {
        found.map_or(IndexTime::new(0, 0), |found| {
            IndexTime::new(seconds(found) as i32, nanoseconds(found) as u32)
        })
    };
    IndexEntry {
        ctime: time(Metadata::ctime, Metadata::ctime_nsec),
        mtime: time(Metadata::mtime, Metadata::mtime_nsec),
        dev: number(Metadata::dev),
        ino: number(Metadata::ino),
        mode: before.map_or(target.mode as u32, |before| before.mode),
        uid: found.map_or(0, Metadata::uid),
        gid: found.map_or(0, Metadata::gid),
        file_size: number(Metadata::size),
        id: blob,
        flags: before.map_or(0, |before| before.flags),
        flags_extended: before.map_or(0, |before| before.flags_extended),
        path: target.path.as_str().into(),
    }
}

/// Replaces a file by a rename, so that whoever reads it sees all of the one or of the other.
fn replace(path: &Path, bytes: &[u8], blob: Oid, mode: i32) -> io::Result<()> {
    let draft = draft(path, blob);
    let mut file: File = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(if mode & 0o111 == 0 { 0o666 } else { 0o777 })
        .open(&draft)?;
    file.write_all(bytes)
        .and_then(|()| fs::rename(&draft, path))
        .inspect_err(|_| drop(fs::remove_file(&draft)))
}

/// Where a file is written before it replaces another. The journal knows the blob, and so finds it.
fn draft(path: &Path, blob: Oid) -> PathBuf {
    path.with_file_name(format!(".wyvern-{blob}"))
}

/// Copies a file, whatever is at `to`; without the file there is no copy.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    remove(to)?;
    match File::open(from) {
        Ok(mut from) => io::copy(&mut from, &mut File::create_new(to)?).map(drop),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(()),
        removed => removed,
    }
}
