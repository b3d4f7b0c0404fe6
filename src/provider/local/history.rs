//! The history of one file.

use std::collections::{BinaryHeap, HashSet};

use git2::{Commit, Oid, Repository};
use jiff::Timestamp;

use super::fault;
use super::plan::version_of;
use super::tree::{Finder, Found, find_commit, read_tree};
use super::write::commit_id;
use crate::provider::{CommitSummary, FilePath, ProviderError};

/// How many commits are looked at for one page. What is older than that is not shown.
const REACH: usize = 50_000;

/// The commits that changed the file at `path`, newest first: at most `count`, after `skip`.
///
/// As in `git log -- <path>`: a merge that took the file as one of its parents had it is not
/// shown, and only that parent is followed.
pub(super) fn history(
    git: &Repository,
    from: Oid,
    path: &FilePath,
    skip: usize,
    count: usize,
) -> Result<Vec<CommitSummary>, ProviderError> {
    let mut walk = Walk::new(git, path);
    walk.push(from)?;
    let mut found = Vec::new();
    let mut skipped = 0;
    for _ in 0..REACH {
        let Some((_, commit)) = walk.ahead.pop() else {
            break;
        };
        let commit = find_commit(git, commit)?;
        let Some(Changed(version)) = walk.step(&commit)? else {
            continue;
        };
        if skipped < skip {
            skipped += 1;
            continue;
        }
        found.push(summary(&commit, version));
        if found.len() == count {
            break;
        }
    }
    Ok(found)
}

/// The version that a commit left; `None` where it deleted the file.
struct Changed(Option<Oid>);

struct Walk<'a> {
    git: &'a Repository,
    path: &'a FilePath,
    /// Commits still to be looked at, by time and then by id.
    ahead: BinaryHeap<(i64, Oid)>,
    seen: HashSet<Oid>,
}

impl<'a> Walk<'a> {
    fn new(git: &'a Repository, path: &'a FilePath) -> Self {
        Self {
            git,
            path,
            ahead: BinaryHeap::new(),
            seen: HashSet::new(),
        }
    }

    fn push(&mut self, commit: Oid) -> Result<(), ProviderError> {
        if self.seen.insert(commit) {
            let time = find_commit(self.git, commit)?.time().seconds();
            self.ahead.push((time, commit));
        }
        Ok(())
    }

    /// The file's version where this commit changed it; pushes the parents that matter.
    fn step(&mut self, commit: &Commit<'_>) -> Result<Option<Changed>, ProviderError> {
        let here = self.version(commit)?;
        // A shallow clone ends at commits whose parents are not there.
        let odb = self.git.odb().map_err(fault::git)?;
        let parents: Vec<_> = commit.parent_ids().filter(|id| odb.exists(*id)).collect();
        let mut changed = !parents.is_empty() || here.is_some();
        for parent in parents.iter().copied() {
            if self.version(&find_commit(self.git, parent)?)? == here {
                changed = false;
                self.push(parent)?;
                break;
            }
        }
        if changed {
            parents.into_iter().try_for_each(|id| self.push(id))?;
        }
        Ok(changed.then_some(Changed(here)))
    }

    fn version(&self, commit: &Commit<'_>) -> Result<Option<Oid>, ProviderError> {
        let root = read_tree(self.git, commit.tree_id())?;
        match Finder::over(self.git, root).find(self.path)? {
            Found::File(blob, _) => Ok(Some(blob)),
            _ => Ok(None),
        }
    }
}

fn summary(commit: &Commit<'_>, version: Option<Oid>) -> CommitSummary {
    let author = commit.author();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    CommitSummary {
        commit: commit_id(commit.id()),
        author: text(author.name_bytes()),
        email: text(author.email_bytes()),
        at: Timestamp::from_second(author.when().seconds()).unwrap_or_default(),
        message: text(commit.message_raw_bytes()),
        version: version.map(version_of),
    }
}
