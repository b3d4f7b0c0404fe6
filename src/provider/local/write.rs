//! Saving: the order in which a commit comes to be.
//!
//! 1. The repository's queue, then the operating system's lock against other Wyvern processes.
//! 2. What a killed Wyvern left is cleared.
//! 3. The expectations are checked against the tree that the branch stands at.
//! 4. Blobs, trees and the commit are written and on the disk before anything points to them.
//! 5. Git's lock on the branch is taken, the branch compared once more, and moved.
//!
//! A failure before 5 leaves loose objects that nothing points to, which git collects one day.

use git2::{Commit, Oid, Repository};
use jiff::Timestamp;

use super::author;
use super::durable::sync_objects;
use super::fault;
use super::graft::graft;
use super::lock;
use super::plan::{Step, plan};
use super::refs::{self, Tip};
use super::repo::Repo;
use super::tree::{Finder, find_commit, read_tree};
use crate::provider::{
    Action, BranchName, Change, CommitError, CommitId, CommitRequest, Committed, ProviderError,
    User, Version,
};

/// How often a save starts again because another program moved the branch.
const RACES_MAX: u32 = 100;

/// Makes the commit. The caller holds the repository's queue.
pub(super) fn commit(
    repo: &Repo,
    user: &User,
    request: &CommitRequest,
    now: Timestamp,
) -> Result<Committed, CommitError> {
    let version = |change: &Change| match &change.action {
        Action::Put(bytes) => Some(Version::of(bytes)),
        Action::Delete => None,
    };
    let _alone = repo.lock_out_processes()?;
    lock::recover(repo.git_dir()).map_err(fault::disk)?;
    let git = repo.handle()?;
    for _ in 0..RACES_MAX {
        let save = Save {
            repo,
            git: &git,
            user,
            request,
            now,
        };
        if let Some(commit) = save.attempt()? {
            return Ok(Committed {
                commit: commit_id(commit),
                versions: request.changes.iter().map(version).collect(),
            });
        }
    }
    Err(CommitError::Locked {
        lock: refs::full(&request.branch),
    })
}

/// Creates branch `name` where `from` stands. The caller holds the repository's queue.
pub(super) fn create_branch(
    repo: &Repo,
    name: &BranchName,
    from: &BranchName,
) -> Result<CommitId, CommitError> {
    let _alone = repo.lock_out_processes()?;
    lock::recover(repo.git_dir()).map_err(fault::disk)?;
    let git = repo.handle()?;
    let start = refs::tip(&git, from)?.commit.ok_or(NO_BRANCH)?;
    find_commit(&git, start)?;
    is_free(&git, name)?;
    let lock = refs::lock(repo.git_dir(), name, start)?;
    is_free(&git, name)?;
    refs::publish(repo.git_dir(), name, lock)?;
    Ok(commit_id(start))
}

/// An error when a branch has this name, or one that cannot be kept beside it.
fn is_free(git: &Repository, name: &BranchName) -> Result<(), CommitError> {
    let taken = match git.find_reference(&refs::full(name)) {
        Ok(_) => Some(name.to_string()),
        Err(_) => refs::rival(git, name)?,
    };
    taken.map_or(Ok(()), |name| Err(CommitError::AlreadyExists { name }))
}

/// The contract's id of a commit.
pub(super) fn commit_id(commit: Oid) -> CommitId {
    CommitId::parse(&commit.to_string()).expect("git object ids are 40 hexadecimal digits")
}

const NO_BRANCH: ProviderError = ProviderError::NotFound { what: "branch" };

struct Save<'a> {
    repo: &'a Repo,
    git: &'a Repository,
    user: &'a User,
    request: &'a CommitRequest,
    now: Timestamp,
}

impl Save<'_> {
    /// Saves on the branch as it stands; `None` when somebody moved it meanwhile.
    fn attempt(&self) -> Result<Option<Oid>, CommitError> {
        let tip = self.tip()?;
        let parent = tip.commit.map(|id| find_commit(self.git, id)).transpose()?;
        let base = match &parent {
            Some(commit) => read_tree(self.git, commit.tree_id())?,
            None => None,
        };
        let steps = plan(
            &mut Finder::over(self.git, base.clone()),
            &self.request.changes,
        )?;
        if steps.is_empty() {
            return tip.commit.map(Some).ok_or(NO_BRANCH.into());
        }
        let mut written = self.write_blobs(&steps)?;
        let tree = graft(self.git, base.as_ref(), &steps, &mut written)?;
        let commit = self.write_commit(tree, parent.as_ref())?;
        written.push(commit);
        sync_objects(self.repo.git_dir(), &written).map_err(fault::disk)?;
        Ok(self.move_branch(&tip, commit)?.then_some(commit))
    }

    /// Where the branch stands. It must exist, but for the default branch of a repository that has
    /// no branches yet.
    fn tip(&self) -> Result<Tip, CommitError> {
        let tip = refs::tip(self.git, &self.request.branch)?;
        if tip.commit.is_none() {
            let default = refs::head(self.repo.git_dir());
            if default.as_ref() != Some(&tip.branch) || !refs::branches(self.git)?.is_empty() {
                return Err(NO_BRANCH.into());
            }
        }
        Ok(tip)
    }

    fn write_blobs(&self, steps: &[Step]) -> Result<Vec<Oid>, CommitError> {
        let mut written = Vec::new();
        for change in &self.request.changes {
            if let Action::Put(bytes) = &change.action
                && steps.iter().any(|step| step.path == change.path)
            {
                written.push(self.git.blob(bytes).map_err(fault::git)?);
            }
        }
        Ok(written)
    }

    fn write_commit(&self, tree: Oid, parent: Option<&Commit<'_>>) -> Result<Oid, CommitError> {
        let by = author::signature(self.user, self.now)?;
        let message = author::message(&self.request.message);
        let tree = self.git.find_tree(tree).map_err(fault::git)?;
        let parents: Vec<_> = parent.into_iter().collect();
        let commit = self.git.commit(None, &by, &by, &message, &tree, &parents);
        Ok(commit.map_err(fault::git)?)
    }

    fn move_branch(&self, from: &Tip, to: Oid) -> Result<bool, CommitError> {
        let lock = refs::lock(self.repo.git_dir(), &from.branch, to)?;
        if refs::tip(self.git, &from.branch)? != *from {
            return Ok(false);
        }
        refs::publish(self.repo.git_dir(), &from.branch, lock)?;
        Ok(true)
    }
}
