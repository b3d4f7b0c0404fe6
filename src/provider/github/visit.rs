//! A repository of GitHub as one person sees it.

use super::Inner;
use super::caller::{Caller, Failure};
use super::classify::Verdict;
use super::graphql::Files;
use super::heads::Key;
use super::route::encoded;
use super::wire;
use crate::provider::outgoing::{CallError, Repeat};
use crate::provider::{BranchName, CommitId, Credential, ProviderError, RepositoryName};

/// One person's visit to one repository. Each kind of call is in a file of its own.
pub(super) struct Visit<'a> {
    pub(super) github: &'a Inner,
    pub(super) caller: Caller,
    pub(super) repository: &'a RepositoryName,
    /// The two parts of its name: on GitHub there are never more.
    pub(super) owner: &'a str,
    pub(super) name: &'a str,
}

impl<'a> Visit<'a> {
    pub(super) fn new(
        github: &'a Inner,
        who: &Credential,
        repository: &'a RepositoryName,
    ) -> Result<Self, ProviderError> {
        let caller = github.client.caller(who)?;
        let parts = repository.as_str().split_once('/');
        let (owner, name) = parts
            .filter(|(_, name)| !name.contains('/'))
            .ok_or(ProviderError::NotFound { what: "repository" })?;
        Ok(Self {
            github,
            caller,
            repository,
            owner,
            name,
        })
    }

    /// The path of something in the repository: `tail` begins with a slash, or is empty.
    pub(super) fn path(&self, tail: &str) -> String {
        format!("/repos/{}{tail}", encoded(self.repository.as_str()))
    }

    /// An answer about the repository: the person may see it, or what they are told instead.
    pub(super) fn told<T>(&self, answer: Result<T, Failure>) -> Result<T, ProviderError> {
        let (who, repository) = (self.caller.id, self.repository);
        match answer {
            Ok(value) => {
                let now = self.github.clock.now();
                self.github.kept.accept(who, repository, now);
                Ok(value)
            }
            Err(failure) => {
                let refused = self.caller.verdict(&failure);
                if refused.is_some_and(Verdict::ends_access) {
                    self.github.kept.refuse(who, repository);
                }
                Err(self.caller.told(failure))
            }
        }
    }

    /// Before anything that is kept is shown: the person may see it now, or could a moment ago.
    pub(super) async fn admitted(&self) -> Result<(), ProviderError> {
        let (who, now) = (self.caller.id, self.github.clock.now());
        if !self.github.kept.is_accepted(who, self.repository, now) {
            self.about().await?;
        }
        Ok(())
    }

    /// The repository itself.
    pub(super) async fn about(&self) -> Result<wire::Repository, ProviderError> {
        self.told(self.caller.get(&self.path("")).await)
    }

    /// The commit that a branch stands at.
    pub(super) async fn resolve(&self, branch: &BranchName) -> Result<CommitId, ProviderError> {
        let path = self.path(&format!("/branches/{}", encoded(branch.as_str())));
        let answer = self.caller.get::<wire::Branch>(&path).await;
        if let Err(Failure::Refused(refusal)) = &answer
            && self.caller.leads_inside(refusal)
        {
            // It has another name now: nobody's edits of the old one go there unasked.
            return Err(ProviderError::NotFound { what: "branch" });
        }
        let tip = answer.and_then(|branch| commit_id(&branch.commit.sha));
        let (tip, now) = (self.told(tip)?, self.github.clock.now());
        let (heads, key) = (&self.github.heads, self.key(branch));
        Ok(heads.see(self.caller.id, &key, tip, now))
    }

    /// Reads of commits. `title` is the query's name.
    pub(super) async fn query(
        &self,
        title: &str,
        files: Files,
        repeat: Repeat,
    ) -> Result<wire::Query, Failure> {
        let query = files.of(title, self.owner, self.name);
        let (text, variables) = (&query.text, &query.variables);
        self.caller.graphql(text, variables, repeat).await
    }

    /// Whether GraphQL may have had too much to do, or to say.
    pub(super) fn is_too_much(&self, failure: &Failure) -> bool {
        let silent = |error: &_| matches!(error, CallError::TooLarge | CallError::Lost { .. });
        matches!(failure, Failure::Call(error) if silent(error))
            || self.caller.verdict(failure) == Some(Verdict::Failed)
    }

    /// By what a branch is remembered.
    pub(super) fn key(&self, branch: &BranchName) -> Key {
        (self.repository.clone(), branch.clone())
    }
}

/// The id of a commit in an answer.
pub(super) fn commit_id(text: &str) -> Result<CommitId, Failure> {
    CommitId::parse(text).ok_or(Failure::Unreadable)
}
