//! How Bitbucket takes commits and branches.

use std::collections::BTreeSet;

use async_trait::async_trait;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Method};
use jiff::SignedDuration;
use serde_json::json;

use super::form::Form;
use super::visit::{Visit, commit_id};
use super::wire;
use crate::provider::expectation::There;
use crate::provider::hosted::{Ask, Desk, Failure, Found, Letter, Logged, Made, Standing, Unsent};
use crate::provider::outgoing::Repeat;
use crate::provider::{
    Action, Branch, BranchName, CommitError, CommitId, FilePath, PageNumber, ProviderError,
};

/// The main branch of a repository that has none yet.
const MAIN: &str = "main";
/// How long ago the branch may have been seen for a commit to be sent.
const SEEN: SignedDuration = SignedDuration::from_secs(1);

#[async_trait]
impl Desk for Visit<'_> {
    fn standing(&self) -> &Standing<'_> {
        &self.standing
    }

    async fn resolve(&self, branch: &BranchName) -> Result<CommitId, ProviderError> {
        self.resolve(branch).await
    }

    async fn there(
        &self,
        commit: &CommitId,
        paths: &BTreeSet<&FilePath>,
    ) -> Result<Found, ProviderError> {
        let seen = self.look(commit, paths.iter().copied()).await?;
        let there = seen.into_iter().map(|(path, (there, _))| (path, there));
        Ok(there.collect())
    }

    /// By one form, whatever changes. With `parents` beside `branch` it is a compare-and-swap of the
    /// branch.
    async fn send(&self, letter: &Letter<'_>) -> Result<Made, Unsent> {
        let executables = self.executables(letter).await;
        let executables = executables.map_err(|error| Unsent::Error(error.into()))?;
        let confirmed = self.confirmed(letter).await;
        confirmed.map_err(|error| Unsent::Error(error.into()))?;
        let ask = self.written(letter, &executables);
        let got = self.caller.exchange(ask).await?;
        let commit = located(&got.headers).ok_or(Failure::Unreadable)?;
        for change in letter.changes {
            let spot = self.standing.spot(&commit, &change.path);
            let is_executable = executables.contains(&change.path);
            self.bitbucket.executables.insert(spot, is_executable);
        }
        let parent = match letter.head {
            Some(_) => None,
            None => self.parent_of(&commit).await.map_err(Unsent::Error)?,
        };
        Ok(Made { commit, parent })
    }

    async fn log(
        &self,
        head: &CommitId,
        page: usize,
    ) -> Result<(Vec<Logged>, bool), ProviderError> {
        let page = u32::try_from(page).ok().and_then(PageNumber::new);
        let page = page.unwrap_or(PageNumber::FIRST);
        let (commits, more) = self.commits(head, None, page).await?;
        let commits = commits.into_iter().map(logged).collect();
        Ok((self.standing.told(commits)?, more))
    }

    /// The first commit of a repository makes its main branch: without one it is to be called as
    /// Bitbucket calls those that it makes itself.
    async fn default_branch(&self) -> Result<Option<String>, ProviderError> {
        let main = self.about().await?.mainbranch;
        Ok(Some(main.map_or_else(|| MAIN.to_owned(), |main| main.name)))
    }

    async fn all_branches(&self) -> Result<Vec<Branch>, ProviderError> {
        self.all_branches().await
    }

    async fn create(&self, name: &BranchName, at: &CommitId) -> Result<CommitId, Failure> {
        let path = self.path("/refs/branches");
        let body = json!({ "name": name.as_str(), "target": { "hash": at.as_str() } });
        let made = self
            .caller
            .change::<wire::Branch>(Method::POST, &path, &body);
        commit_id(&made.await?.target.hash)
    }

    /// Whoever loses a race is told so: that somebody may not write is never doubted.
    async fn may_write(&self) -> Result<bool, ProviderError> {
        Ok(false)
    }

    async fn take_back(&self, letter: &Letter<'_>, made: &Made) -> Result<(), CommitError> {
        self.restore(letter, made).await
    }
}

impl Visit<'_> {
    /// A branch that is not there would be made of the commit: what somebody has deleted is not to
    /// come back. Bitbucket has no lock for that, so that it is looked at once more unless it was
    /// seen this very moment. Where the branch is by now, the lock on `parents` tells.
    async fn confirmed(&self, letter: &Letter<'_>) -> Result<(), ProviderError> {
        if letter.head.is_some() && !self.standing.has_seen(letter.branch, SEEN) {
            self.resolve(letter.branch).await?;
        }
        Ok(())
    }

    fn written(&self, letter: &Letter<'_>, executables: &BTreeSet<&FilePath>) -> Ask {
        let mut form = Form::new();
        form.text("message", letter.message);
        form.text("branch", letter.branch.as_str());
        if let Some(head) = letter.head {
            form.text("parents", head.as_str());
        }
        for change in letter.changes {
            match &change.action {
                Action::Put(bytes) => {
                    form.file(&change.path, bytes, executables.contains(&change.path));
                }
                // What is named and does not come is deleted.
                Action::Delete => form.text("files", &format!("/{}", change.path)),
            }
        }
        let (kind, body) = form.finish();
        let mut ask = Ask::get(self.bitbucket.client.locate(&self.path("/src")));
        ask = ask.by(Method::POST, Repeat::Never);
        ask.headers.insert(CONTENT_TYPE, kind);
        ask.body = body;
        ask
    }

    /// Which of the files that are replaced are executable: they would not stay it by themselves.
    async fn executables<'l>(
        &self,
        letter: &Letter<'l>,
    ) -> Result<BTreeSet<&'l FilePath>, ProviderError> {
        let mut executables = BTreeSet::new();
        for change in letter.changes {
            let is_file = matches!(letter.there.get(&change.path), Some(There::File(_)));
            if let Some(head) = letter.head
                && is_file
                && self.is_executable(head, &change.path).await?
            {
                executables.insert(&change.path);
            }
        }
        Ok(executables)
    }

    /// What a repository's first commit stands on: nothing, unless somebody else was faster.
    async fn parent_of(&self, made: &CommitId) -> Result<Option<CommitId>, CommitError> {
        let path = self.path(&format!("/commit/{made}"));
        let found = self.caller.get::<wire::Commit>(&path).await;
        let found = self.standing.told(found.and_then(logged));
        let found = found.map_err(|error| CommitError::Unknown {
            source: error.into(),
        })?;
        Ok(found.made.parent)
    }
}

/// The commit that an answer leads to: `…/commit/{hash}`.
fn located(headers: &HeaderMap) -> Option<CommitId> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let (_, hash) = location.trim_end_matches('/').rsplit_once('/')?;
    CommitId::parse(hash)
}

fn logged(commit: wire::Commit) -> Result<Logged, Failure> {
    let parent = commit.parents.first();
    Ok(Logged {
        made: Made {
            commit: commit_id(&commit.hash)?,
            parent: parent.map(|parent| commit_id(&parent.hash)).transpose()?,
        },
        message: commit.message,
    })
}
