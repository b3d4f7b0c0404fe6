//! Branches: reading them, and moving them by compare-and-swap under git's own lock.

use std::path::{Path, PathBuf};

use git2::{ErrorCode, Oid, ReferenceType, Repository};

use super::durable;
use super::fault;
use super::inside;
use super::lock::{self, OwnLock, Unpublished};
use crate::provider::{BranchName, CommitError, CommitId, ProviderError, TagName};

/// The bytes of a branch's own file: an id and a line break.
const BRANCH_LEN: u64 = 41;
/// The longest file that holds a branch or a `HEAD`, in bytes: more than any name has.
pub(super) const FILE_MAX: u64 = 4096;
/// How many symbolic references in a row are followed, as in git.
const SYMBOLIC_MAX: usize = 5;

/// A branch that can be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tip {
    /// The branch itself, where the name asked for was a symbolic reference to it.
    pub(super) branch: BranchName,
    /// The commit it stands at; `None` when it does not exist.
    pub(super) commit: Option<Oid>,
}

/// The commit of a branch that has a file of its own, which every branch has that moved since the
/// last `git pack-refs`. `None` means: ask [`tip`]. A few system calls and no more bytes than a
/// branch has, so that it may run on an async thread, as every read of a model does; files are only
/// ever replaced by a rename, so that it is never half a value.
pub(super) fn loose(git_dir: &Path, branch: &BranchName) -> Option<CommitId> {
    let path = git_dir.join(full(branch));
    let found = path.symlink_metadata().ok()?;
    if !found.is_file() || found.len() != BRANCH_LEN {
        return None;
    }
    let text = inside::read_short(&path, BRANCH_LEN).ok()?;
    CommitId::parse(str::from_utf8(&text).ok()?.strip_suffix('\n')?)
}

/// Where a branch stands, packed or symbolic references included.
pub(super) fn tip(git: &Repository, branch: &BranchName) -> Result<Tip, ProviderError> {
    let mut branch = branch.clone();
    for _ in 0..SYMBOLIC_MAX {
        refuse_long(&git.path().join(full(&branch)))?;
        let reference = match git.find_reference(&full(&branch)) {
            Ok(reference) => reference,
            Err(error) if is_absent(&error) => {
                return Ok(Tip {
                    branch,
                    commit: None,
                });
            }
            Err(error) => return Err(fault::git(error)),
        };
        if reference.kind() == Some(ReferenceType::Direct) {
            let commit = reference.target();
            return Ok(Tip { branch, commit });
        }
        let target = reference.symbolic_target().ok().flatten();
        branch = target
            .and_then(|name| BranchName::parse(name.strip_prefix("refs/heads/")?).ok())
            .ok_or(ProviderError::NotFound { what: "branch" })?;
    }
    Err(ProviderError::NotFound { what: "branch" })
}

/// The commit that a tag names, through tags that name tags. One that is another name of something
/// else is none: it would move.
pub(super) fn tagged(git: &Repository, tag: &TagName) -> Result<Oid, ProviderError> {
    let absent = || ProviderError::NotFound { what: "tag" };
    let name = format!("refs/tags/{tag}");
    refuse_long(&git.path().join(&name))?;
    let reference = git.find_reference(&name).map_err(|error| {
        if is_absent(&error) {
            absent()
        } else {
            fault::git(error)
        }
    })?;
    if reference.kind() != Some(ReferenceType::Direct) {
        return Err(absent());
    }
    match reference.peel_to_commit() {
        Ok(commit) => Ok(commit.id()),
        Err(error) if error.code() == ErrorCode::Peel || is_absent(&error) => Err(absent()),
        Err(error) => Err(fault::git(error)),
    }
}

/// Libgit2 reads a branch's file wholly, however long it is.
fn refuse_long(file: &Path) -> Result<(), ProviderError> {
    let found = file.symlink_metadata();
    if found.is_ok_and(|found| found.is_file() && found.len() > FILE_MAX) {
        return Err(ProviderError::Unavailable {
            reason: "The file of the branch is too long to be one.".to_owned(),
            source: None,
        });
    }
    Ok(())
}

fn is_absent(error: &git2::Error) -> bool {
    matches!(error.code(), ErrorCode::NotFound | ErrorCode::InvalidSpec)
}

/// The branch that `HEAD` names, whether it exists or not.
pub(super) fn head(git_dir: &Path) -> Option<BranchName> {
    let head = inside::read_short(&git_dir.join("HEAD"), FILE_MAX).ok()?;
    let head = String::from_utf8(head).ok()?;
    let name = head.strip_prefix("ref:")?.trim();
    BranchName::parse(name.strip_prefix("refs/heads/")?).ok()
}

/// All branches: the default branch first, the others by name. Branches whose names
/// [`BranchName`] refuses are left out.
pub(super) fn branches(git: &Repository) -> Result<Vec<BranchName>, ProviderError> {
    let mut references = git.references_glob("refs/heads/*").map_err(fault::git)?;
    let mut branches: Vec<_> = references
        .names()
        .filter_map(|name| BranchName::parse(name.ok()?.strip_prefix("refs/heads/")?).ok())
        .collect();
    let default = head(git.path());
    branches.sort_by(|a, b| {
        let first = |name: &BranchName| default.as_ref() != Some(name);
        (first(a), a).cmp(&(first(b), b))
    });
    Ok(branches)
}

/// Takes git's lock on a branch that is to stand at `new`, waiting for whoever holds it.
pub(super) fn lock(git_dir: &Path, branch: &BranchName, new: Oid) -> Result<OwnLock, CommitError> {
    let name = full(branch);
    let content = format!("{new}\n");
    lock::wait(git_dir, &name, content.as_bytes(), || {
        inside::make_parents(git_dir, &name)
    })
}

/// Lets the branch stand where its lock says, as soon as the disk holds the lock's content and all
/// of `before`.
pub(super) fn publish(
    git_dir: &Path,
    branch: &BranchName,
    lock: OwnLock,
    mut before: Vec<PathBuf>,
) -> Result<(), CommitError> {
    before.push(lock.path().to_owned());
    durable::sync(&before).map_err(fault::disk)?;
    // A folder of branches that are gone may be in the way.
    inside::remove_empty_dirs(&git_dir.join(full(branch)));
    lock.publish().map_err(|error| match error {
        Unpublished::Before(error) => fault::disk(error).into(),
        Unpublished::After(error) => CommitError::Unknown {
            source: error.into(),
        },
    })
}

/// The name of a branch that cannot be kept beside `branch`: `a` beside `a/b`.
pub(super) fn rival(
    git: &Repository,
    branch: &BranchName,
) -> Result<Option<String>, ProviderError> {
    let below = |long: &str, short: &str| {
        let rest = long.strip_prefix(short);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let mut references = git.references_glob("refs/heads/*").map_err(fault::git)?;
    let mut names = references.names().flatten();
    let rival = names.find_map(|name| {
        let other = name.strip_prefix("refs/heads/")?;
        let rivals = below(other, branch.as_str()) || below(branch.as_str(), other);
        rivals.then(|| other.to_owned())
    });
    Ok(rival)
}

/// `refs/heads/<branch>`.
pub(super) fn full(branch: &BranchName) -> String {
    format!("refs/heads/{branch}")
}
