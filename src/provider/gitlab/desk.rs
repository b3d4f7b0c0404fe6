//! How GitLab takes commits and branches.

use std::collections::BTreeSet;

use async_trait::async_trait;
use futures_util::future::try_join_all;
use http::HeaderMap;
use serde_json::json;

use super::visit::{Visit, commit_id};
use super::wire;
use crate::provider::expectation::There;
use crate::provider::hosted::{
    Desk, Failure, Found, Letter, Logged, Made, Standing, Unsent, Verdict, encoded_whole,
};
use crate::provider::{
    Action, Barrier, Branch, BranchName, Change, CommitError, CommitId, Expect, FilePath,
    ProviderError,
};

#[async_trait]
impl Desk for Visit<'_> {
    fn standing(&self) -> &Standing<'_> {
        &self.standing
    }

    async fn resolve(&self, branch: &BranchName) -> Result<CommitId, ProviderError> {
        Visit::resolve(self, branch).await
    }

    async fn there(
        &self,
        commit: &CommitId,
        paths: &BTreeSet<&FilePath>,
    ) -> Result<Found, ProviderError> {
        let seen = self.places(commit, paths.iter().copied()).await?;
        let there = seen.into_iter().map(|(path, (there, _))| (path, there));
        Ok(there.collect())
    }

    async fn send(&self, letter: &Letter<'_>) -> Result<Made, Unsent> {
        let changes = letter.changes.iter();
        let actions = changes.map(|change| self.action(change, letter));
        // A lock that cannot be had is no lost commit: nothing has been sent.
        let actions = self.told(try_join_all(actions).await);
        let actions = actions.map_err(|error| Unsent::Error(error.into()))?;
        let failure = match self.post(letter.branch, letter.message, &actions).await {
            Ok(made) => {
                self.remember(letter, &made);
                return Ok(made);
            }
            Err(failure) => failure,
        };
        match self.caller.verdict(&failure) {
            Some(Verdict::Protected) => return Err(self.kept_out(failure).await),
            Some(Verdict::Raced) => self.forget(letter),
            _ => {}
        }
        Err(failure.into())
    }

    async fn log(
        &self,
        head: &CommitId,
        page: usize,
    ) -> Result<(Vec<Logged>, bool), ProviderError> {
        let page = u32::try_from(page).unwrap_or(u32::MAX);
        let logged = self.commits(head, "", page).await;
        let logged = logged.and_then(|(commits, more)| {
            let logged = commits.into_iter().map(|commit| {
                Ok(Logged {
                    made: made(&commit)?,
                    message: commit.message,
                })
            });
            Ok((logged.collect::<Result<_, _>>()?, more))
        });
        self.told(logged)
    }

    async fn default_branch(&self) -> Result<Option<String>, ProviderError> {
        Ok(self.about().await?.default_branch)
    }

    async fn all_branches(&self) -> Result<Vec<Branch>, ProviderError> {
        self.all_branches().await
    }

    async fn create(&self, name: &BranchName, at: &CommitId) -> Result<CommitId, Failure> {
        let body = json!({ "branch": name.as_str(), "ref": at.as_str() });
        let made: wire::Branch = self.make("/repository/branches", &body).await?;
        commit_id(&made.commit.id)
    }

    async fn may_write(&self) -> Result<bool, ProviderError> {
        Ok(self.about().await?.may_be_writable())
    }

    async fn take_back(&self, letter: &Letter<'_>, made: &Made) -> Result<(), CommitError> {
        self.restore(letter, made).await
    }
}

impl Visit<'_> {
    /// A change as GitLab is told of it. A file that must be in one version is locked by the commit
    /// that changed it last.
    async fn action<'c>(
        &self,
        change: &'c Change,
        letter: &Letter<'_>,
    ) -> Result<wire::Action<'c>, Failure> {
        let (path, is_there) = (&change.path, is_file(letter.there.get(&change.path)));
        let action = match &change.action {
            Action::Put(bytes) if is_there => wire::Action::put("update", path, bytes),
            Action::Put(bytes) => wire::Action::put("create", path, bytes),
            Action::Delete => wire::Action::delete(path),
        };
        match (letter.head, &change.expect) {
            (Some(head), Expect::Version(_)) if is_there => {
                Ok(action.locked(&self.lock(head, path).await?))
            }
            _ => Ok(action),
        }
    }

    /// The commit that was the last to change a file of another: GitLab's lock on it.
    async fn lock(&self, head: &CommitId, path: &FilePath) -> Result<CommitId, Failure> {
        let spot = self.standing.spot(head, path);
        if let Some(lock) = self.gitlab.locks.get(&spot) {
            return Ok(lock);
        }
        let headers = self.headers(head, path).await?;
        let lock = headers.get("x-gitlab-last-commit-id");
        let lock = lock.and_then(|lock| lock.to_str().ok());
        let lock = commit_id(lock.ok_or(Failure::Unreadable)?)?;
        self.gitlab.locks.insert(spot, lock.clone());
        Ok(lock)
    }

    /// What GitLab says of a file besides its contents.
    pub(super) async fn headers(
        &self,
        commit: &CommitId,
        path: &FilePath,
    ) -> Result<HeaderMap, Failure> {
        // GitLab's own pages encode dots, too, where they might begin an extension.
        let name = encoded_whole(path.as_str()).replace('.', "%2E");
        self.head(&format!("/repository/files/{name}?ref={commit}"))
            .await
    }

    /// Sends a commit of these actions.
    pub(super) async fn post(
        &self,
        branch: &BranchName,
        message: &str,
        actions: &[wire::Action<'_>],
    ) -> Result<Made, Failure> {
        let body = wire::NewCommit {
            branch: branch.as_str(),
            commit_message: message,
            actions,
        };
        let commit: wire::Commit = self.make("/repository/commits", &body).await?;
        made(&commit)
    }

    /// The new commit is the lock of all that it has changed: of all that was sent, if it stands
    /// where that was judged. Elsewhere a file may have been the same before.
    fn remember(&self, letter: &Letter<'_>, made: &Made) {
        if made.parent.as_ref() != letter.head {
            return;
        }
        for change in letter.changes {
            let spot = self.standing.spot(&made.commit, &change.path);
            self.gitlab.locks.insert(spot, made.commit.clone());
        }
    }

    /// GitLab does not take the locks of a letter: each is asked for again.
    fn forget(&self, letter: &Letter<'_>) {
        let Some(head) = letter.head else {
            return;
        };
        for change in letter.changes {
            let spot = self.standing.spot(head, &change.path);
            self.gitlab.locks.invalidate(&spot);
        }
    }

    /// Why somebody may not commit to a branch: GitLab says the same of a protected branch, of who
    /// may not write to the project at all, and of an archived project.
    async fn kept_out(&self, failure: Failure) -> Unsent {
        match self.about().await {
            Ok(project) if project.is_archived() => {
                let barred = ProviderError::Barred(Barrier::Archived);
                Unsent::Error(barred.into())
            }
            Ok(project) if !project.may_be_writable() => {
                Unsent::Error(ProviderError::Forbidden.into())
            }
            _ => Unsent::Failed(failure),
        }
    }
}

/// Whether a file is there.
pub(super) fn is_file(there: Option<&There>) -> bool {
    matches!(there, Some(There::File(_)))
}

fn made(commit: &wire::Commit) -> Result<Made, Failure> {
    let parent = commit.parent_ids.first();
    Ok(Made {
        commit: commit_id(&commit.id)?,
        parent: parent.map(|parent| commit_id(parent)).transpose()?,
    })
}
