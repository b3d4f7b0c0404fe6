//! Saving: the order in which a commit comes to be.
//!
//! 1. The repository's queue, then the operating system's lock against other Wyvern processes.
//! 2. What a killed Wyvern left is cleared.
//! 3. The expectations are checked against the tree that the branch stands at.
//! 4. Where the branch is checked out, the index is locked and the files must be clean.
//! 5. Blobs, trees and the commit are written, and in a journal what will happen in work trees.
//! 6. Git's lock on the branch is taken, and the branch compared once more.
//! 7. All of this is on the disk, before anything points to it.
//! 8. The branch moves.
//! 9. Work trees follow.
//!
//! A failure before 8 leaves loose objects that nothing points to, which git collects one day. A
//! kill after 8 leaves the journal, from which the next write does what is left of 9.

use std::error::Error;
use std::path::PathBuf;

use git2::{Commit, Oid, Repository};
use jiff::Timestamp;

use super::author;
use super::checkout;
use super::durable;
use super::fault;
use super::graft::graft;
use super::journal;
use super::lock;
use super::plan::{Step, plan};
use super::reflog::{self, Movement};
use super::refs::{self, Tip};
use super::repo::Repo;
use super::tree::{Finder, OBJECT_MAX, find_commit, read_tree};
use super::work_tree::{Target, WorkTree};
use crate::provider::{
    Action, BranchName, Change, CommitError, CommitId, CommitRequest, Committed, ProviderError,
    User, Version,
};

/// How often a save starts again because another program moved the branch.
const RACES_MAX: u32 = 100;

/// Makes the commit. The caller holds the repository's queue. A file that could not be read back is
/// refused before anything is written.
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
    let is_huge =
        |change: &Change| matches!(&change.action, Action::Put(bytes) if bytes.len() > OBJECT_MAX);
    if request.changes.iter().any(is_huge) {
        return Err(ProviderError::TooLarge.into());
    }
    let _alone = repo.lock_out_processes()?;
    let commit = repo.with(|git| {
        recover(repo, git)?;
        let save = Save {
            repo,
            git,
            user,
            request,
            now,
        };
        let mut attempts = (0..RACES_MAX).map(|_| save.attempt());
        let done = attempts.find_map(Result::transpose);
        done.unwrap_or_else(|| {
            Err(CommitError::Locked {
                lock: refs::full(&request.branch),
            })
        })
    })?;
    Ok(Committed {
        commit: commit_id(commit),
        versions: request.changes.iter().map(version).collect(),
    })
}

/// Creates branch `name` where `from` stands. The caller holds the repository's queue.
pub(super) fn create_branch(
    repo: &Repo,
    user: &User,
    name: &BranchName,
    from: &BranchName,
    now: Timestamp,
) -> Result<CommitId, CommitError> {
    let _alone = repo.lock_out_processes()?;
    repo.with(|git| {
        recover(repo, git)?;
        let start = refs::tip(git, from)?.commit.ok_or(NO_BRANCH)?;
        find_commit(git, start)?;
        is_free(git, name)?;
        let lock = refs::lock(repo.git_dir(), name, start)?;
        is_free(git, name)?;
        let movement = Movement {
            from: None,
            to: start,
            by: &author::signature(user, now)?,
            why: &format!("branch: Created from {from}"),
        };
        refs::publish(repo.git_dir(), name, lock, Vec::new())?;
        reflog::record(&repo.place, name, &movement);
        Ok(commit_id(start))
    })
}

/// Clears what a killed Wyvern left. The caller has locked out the other processes.
fn recover(repo: &Repo, git: &Repository) -> Result<(), CommitError> {
    lock::recover(repo.git_dir()).map_err(fault::disk)?;
    journal::replay(&repo.place, git)
}

/// Clears what a killed Wyvern left, if there is anything and nobody is writing. What fails is
/// tried again by the next write.
pub(super) fn tidy(repo: &Repo) {
    if !lock::is_pending(repo.git_dir()) && !journal::is_there(repo.git_dir()) {
        return;
    }
    let Ok(alone) = repo.lock_file("lock") else {
        return;
    };
    if alone.try_lock().is_ok()
        && let Err(error) = repo.with(|git| recover(repo, git))
    {
        let repository = repo.git_dir().display();
        tracing::warn!(%repository, error = &error as &dyn Error, "a killed save is not cleared");
    }
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
        let targets: Vec<_> = steps.iter().map(Target::from).collect();
        let work_trees = self.lock_work_trees(&tip.branch, &targets)?;
        let mut written = self.write_blobs(&steps)?;
        let tree = graft(self.git, base.as_ref(), &steps, &mut written)?;
        let commit = self.write_commit(tree, parent.as_ref())?;
        written.push(commit);
        let mut unsafe_yet = durable::files_of(self.repo.git_dir(), &written);
        if !work_trees.is_empty() {
            let journal = journal::write(self.repo.git_dir(), &tip.branch, &steps);
            unsafe_yet.push(journal.map_err(fault::disk)?);
        }
        if !self.move_branch(&tip, commit, unsafe_yet)? {
            return Ok(None);
        }
        self.bring(work_trees, &targets);
        Ok(Some(commit))
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

    fn lock_work_trees(
        &self,
        branch: &BranchName,
        targets: &[Target],
    ) -> Result<Vec<WorkTree<'_>>, CommitError> {
        let mut locked = Vec::new();
        for checkout in checkout::of(&self.repo.place, branch) {
            let work_tree = WorkTree::lock(&self.repo.place, self.git, checkout)?;
            work_tree.check(targets)?;
            locked.push(work_tree);
        }
        Ok(locked)
    }

    /// Moves the branch when all that it leads to is on the disk; `false` when it is not where it
    /// was.
    fn move_branch(
        &self,
        from: &Tip,
        to: Oid,
        unsafe_yet: Vec<PathBuf>,
    ) -> Result<bool, CommitError> {
        let lock = refs::lock(self.repo.git_dir(), &from.branch, to)?;
        if refs::tip(self.git, &from.branch)? != *from {
            return Ok(false);
        }
        let kind = from.commit.map_or("commit (initial)", |_| "commit");
        let movement = Movement {
            from: from.commit,
            to,
            by: &author::signature(self.user, self.now)?,
            why: &format!("{kind}: {}", self.request.message.trim_start()),
        };
        refs::publish(self.repo.git_dir(), &from.branch, lock, unsafe_yet)?;
        reflog::record(&self.repo.place, &from.branch, &movement);
        Ok(true)
    }

    /// The commit is made: what fails here is left to the next write, which finds the journal.
    fn bring(&self, work_trees: Vec<WorkTree<'_>>, targets: &[Target]) {
        let mut all = work_trees.into_iter();
        match all.try_for_each(|work_tree| work_tree.bring(targets)) {
            Ok(()) => journal::clear(self.repo.git_dir()),
            Err(error) => {
                let repository = self.repo.git_dir().display();
                tracing::error!(%repository, error = &error as &dyn Error, "a work tree is behind");
            }
        }
    }
}
