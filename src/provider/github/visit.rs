//! A repository of GitHub as one person sees it.

use super::Inner;
use super::caller::Caller;
use super::graphql::Files;
use super::wire;
use crate::provider::hosted::{Failure, Standing, Verdict, encoded};
use crate::provider::outgoing::{CallError, Repeat};
use crate::provider::{BranchName, CommitId, Credential, ProviderError, RepositoryName, TagName};

/// How many tags that name tags are followed.
const TAGS_MAX: usize = 5;

/// One person's visit to one repository. Each kind of call is in a file of its own.
pub(super) struct Visit<'a> {
    pub(super) caller: Caller,
    pub(super) standing: Standing<'a>,
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
            standing: Standing {
                memory: &github.memory,
                who: caller.id,
                repository,
            },
            caller,
            owner,
            name,
        })
    }

    /// The path of something in the repository: `tail` begins with a slash, or is empty.
    pub(super) fn path(&self, tail: &str) -> String {
        format!(
            "/repos/{}{tail}",
            encoded(self.standing.repository.as_str())
        )
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
        let path = self.path(&format!("/branches/{}", encoded(branch.as_str())));
        let answer = self.caller.get::<wire::Branch>(&path).await;
        if let Err(Failure::Refused(refusal)) = &answer
            && self.caller.leads_inside(refusal)
        {
            // It has another name now: nobody's edits of the old one go there unasked.
            return Err(ProviderError::NotFound { what: "branch" });
        }
        let tip = answer.and_then(|branch| commit_id(&branch.commit.sha));
        Ok(self.standing.see(branch, self.standing.told(tip)?))
    }

    /// The commit that a tag names. A tag that is an object of its own leads there in steps.
    pub(super) async fn resolve_tag(&self, tag: &TagName) -> Result<CommitId, ProviderError> {
        let path = self.path(&format!("/git/ref/tags/{}", encoded(tag.as_str())));
        let answer = match self.caller.get::<wire::Named>(&path).await {
            Ok(named) => self.commit_of(named.object).await,
            Err(failure) if self.caller.verdict(&failure) == Some(Verdict::NotFound) => {
                // Which of the two is not there is not said.
                self.about().await?;
                Ok(None)
            }
            Err(failure) => Err(failure),
        };
        let commit = self.standing.told(answer)?;
        commit.ok_or(ProviderError::NotFound { what: "tag" })
    }

    async fn commit_of(&self, mut named: wire::NamedObject) -> Result<Option<CommitId>, Failure> {
        for _ in 0..TAGS_MAX {
            let id = commit_id(&named.sha)?;
            match named.kind.as_str() {
                "commit" => return Ok(Some(id)),
                "tag" => {
                    let path = self.path(&format!("/git/tags/{id}"));
                    named = self.caller.get::<wire::Named>(&path).await?.object;
                }
                _ => break,
            }
        }
        Ok(None)
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
}

/// The id of a commit in an answer.
pub(super) fn commit_id(text: &str) -> Result<CommitId, Failure> {
    CommitId::parse(text).ok_or(Failure::Unreadable)
}
