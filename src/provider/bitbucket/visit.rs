//! A repository of Bitbucket as one person sees it.

use serde::de::{DeserializeOwned, IgnoredAny};

use super::classify::is_absence;
use super::{Inner, pages, wire};
use crate::provider::hosted::{Caller, Failure, Standing, Verdict, encoded};
use crate::provider::{BranchName, CommitId, Credential, ProviderError, RepositoryName, TagName};

/// One person's visit to one repository. Each kind of call is in a file of its own.
pub(super) struct Visit<'a> {
    pub(super) bitbucket: &'a Inner,
    pub(super) caller: Caller<'a>,
    pub(super) standing: Standing<'a>,
}

impl<'a> Visit<'a> {
    pub(super) fn new(
        bitbucket: &'a Inner,
        who: &Credential,
        repository: &'a RepositoryName,
    ) -> Result<Self, ProviderError> {
        let caller = bitbucket.client.caller(who)?;
        if repository.as_str().split('/').count() != 2 {
            return Err(ProviderError::NotFound { what: "repository" });
        }
        let standing = Standing {
            memory: &bitbucket.memory,
            who: caller.id,
            repository,
        };
        Ok(Self {
            bitbucket,
            caller,
            standing,
        })
    }

    /// The path of something in the repository: `tail` begins with a slash, or is empty.
    pub(super) fn path(&self, tail: &str) -> String {
        let name = encoded(self.standing.repository.as_str());
        format!("repositories/{name}{tail}")
    }

    /// Before anything that is kept is shown: the person may see it now, or could a moment ago.
    pub(super) async fn admitted(&self) -> Result<(), ProviderError> {
        if !self.standing.is_accepted() {
            self.about().await?;
        }
        Ok(())
    }

    /// The repository itself.
    pub(super) async fn about(&self) -> Result<wire::Repository, ProviderError> {
        self.standing.told(self.caller.get(&self.path("")).await)
    }

    /// The commit that a branch stands at.
    pub(super) async fn resolve(&self, branch: &BranchName) -> Result<CommitId, ProviderError> {
        let path = self.path(&format!("/refs/branches/{}", encoded(branch.as_str())));
        let answer = self.caller.get::<wire::Branch>(&path).await;
        if self.is_missing(&answer) {
            // Which of the two is not there is not said for certain.
            self.about().await?;
            return Err(ProviderError::NotFound { what: "branch" });
        }
        let tip = answer.and_then(|branch| commit_id(&branch.target.hash));
        Ok(self.standing.see(branch, self.standing.told(tip)?))
    }

    /// The commit that a tag names.
    pub(super) async fn resolve_tag(&self, tag: &TagName) -> Result<CommitId, ProviderError> {
        let path = self.path(&format!("/refs/tags/{}", encoded(tag.as_str())));
        let answer = self.caller.get::<wire::Branch>(&path).await;
        if self.is_missing(&answer) {
            // Which of the two is not there is not said for certain.
            self.about().await?;
            return Err(ProviderError::NotFound { what: "tag" });
        }
        let commit = answer.and_then(|tag| commit_id(&tag.target.hash));
        self.standing.told(commit)
    }

    /// What was asked of a commit; `None` when there is no such path in it.
    pub(super) async fn of_commit<T>(
        &self,
        commit: &CommitId,
        answer: Result<T, Failure>,
    ) -> Result<Option<T>, ProviderError> {
        if matches!(&answer, Err(failure) if is_absence(failure)) {
            return self.standing.told(Ok(None));
        }
        if !self.is_missing(&answer) {
            return self.standing.told(answer).map(Some);
        }
        let path = self.path(&format!("/commit/{commit}"));
        let there = self.caller.get::<IgnoredAny>(&path).await;
        if self.is_missing(&there) {
            self.about().await?;
            return Err(ProviderError::NotFound { what: "commit" });
        }
        self.standing.told(there).map(|_| None)
    }

    /// All pages of a list of the repository's.
    pub(super) async fn all<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Failure> {
        pages::all(&self.bitbucket.client, &self.caller, path).await
    }

    /// Whether something is not there of which it is not said what.
    fn is_missing<T>(&self, answer: &Result<T, Failure>) -> bool {
        let verdict = answer.as_ref().err().and_then(|it| self.caller.verdict(it));
        verdict == Some(Verdict::NotFound)
    }
}

/// The id of a commit in an answer.
pub(super) fn commit_id(text: &str) -> Result<CommitId, Failure> {
    CommitId::parse(text).ok_or(Failure::Unreadable)
}
