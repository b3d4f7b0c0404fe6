//! How GitHub takes commits and branches.

use std::collections::BTreeSet;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use serde_json::{Value, json};

use super::graphql::COMMIT;
use super::look::Wanted;
use super::visit::{Visit, commit_id};
use super::wire::{Commit, Mutation, Ref, Written};
use crate::provider::hosted::{
    Desk, Failure, Found, Letter, Logged, Made, Standing, Unsent, encoded,
};
use crate::provider::outgoing::Repeat;
use crate::provider::{Action, Branch, BranchName, CommitError, CommitId, FilePath, ProviderError};

/// Commits on one page of the log.
const LOGGED: usize = 30;

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
        let paths = paths.iter().copied();
        let found = self.look(commit, paths, Wanted::Versions).await?;
        let found = found.into_iter().map(|(path, (there, _))| (path, there));
        Ok(found.collect())
    }

    /// By GraphQL, whose `expectedHeadOid` is a compare-and-swap of the branch.
    async fn send(&self, letter: &Letter<'_>) -> Result<Made, Unsent> {
        let Some(head) = letter.head else {
            return self.begin(letter).await;
        };
        let input = json!({ "input": self.input(head, letter) });
        let answer = self
            .caller
            .graphql::<Mutation>(COMMIT, &input, Repeat::Never);
        let payload = answer.await?.create_commit_on_branch;
        let commit = payload.and_then(|payload| payload.commit);
        let commit = commit_id(&commit.ok_or(Failure::Unreadable)?.oid)?;
        let parent = None;
        Ok(Made { commit, parent })
    }

    async fn log(
        &self,
        head: &CommitId,
        page: usize,
    ) -> Result<(Vec<Logged>, bool), ProviderError> {
        let path = format!("/commits?sha={head}&per_page={LOGGED}&page={page}");
        let page = self.caller.page::<Commit>(&self.path(&path)).await;
        let (commits, next) = self.standing.told(page)?;
        let commits = commits.into_iter().map(logged);
        let commits = self.standing.told(commits.collect())?;
        Ok((commits, next.is_some()))
    }

    async fn default_branch(&self) -> Result<Option<String>, ProviderError> {
        Ok(Some(self.about().await?.default_branch))
    }

    async fn all_branches(&self) -> Result<Vec<Branch>, ProviderError> {
        self.all_branches().await
    }

    async fn create(&self, name: &BranchName, at: &CommitId) -> Result<CommitId, Failure> {
        let body = json!({ "ref": format!("refs/heads/{name}"), "sha": at.as_str() });
        let (caller, path) = (&self.caller, self.path("/git/refs"));
        let made = caller.change::<Ref>(Method::POST, &path, &body).await?;
        commit_id(&made.object.sha)
    }

    async fn may_write(&self) -> Result<bool, ProviderError> {
        let about = self.about().await?;
        Ok(about.permissions.push && !about.archived)
    }
}

impl Visit<'_> {
    /// The first commit of a repository: it makes the default branch, and only the contents
    /// interface makes it, of one file.
    async fn begin(&self, letter: &Letter<'_>) -> Result<Made, Unsent> {
        let [change] = letter.changes else {
            return Err(Unsent::Error(CommitError::Provider(
                ProviderError::Unavailable {
                    reason: "GitHub makes the first commit of a repository of one file only."
                        .to_owned(),
                    source: None,
                },
            )));
        };
        let Action::Put(bytes) = &change.action else {
            let absent = ProviderError::NotFound { what: "branch" };
            return Err(Unsent::Error(absent.into()));
        };
        let path = format!("/contents/{}", encoded(change.path.as_str()));
        let body = json!({
            "message": letter.message,
            "content": STANDARD.encode(bytes),
            "branch": letter.branch.as_str(),
        });
        let (caller, path) = (&self.caller, self.path(&path));
        let made = caller.change::<Written>(Method::PUT, &path, &body).await?;
        let commit = commit_id(&made.commit.sha)?;
        let parent = None;
        Ok(Made { commit, parent })
    }

    fn input(&self, head: &CommitId, letter: &Letter<'_>) -> Value {
        let (mut additions, mut deletions) = (Vec::new(), Vec::new());
        for change in letter.changes {
            let path = change.path.as_str();
            match &change.action {
                Action::Put(bytes) => {
                    additions.push(json!({ "path": path, "contents": STANDARD.encode(bytes) }));
                }
                Action::Delete => deletions.push(json!({ "path": path })),
            }
        }
        // GitHub joins the two by an empty line: so the message stays what it is.
        let (message, all) = (letter.message, (letter.message, ""));
        let (headline, body) = message.split_once("\n\n").unwrap_or(all);
        json!({
            "branch": {
                "repositoryNameWithOwner": self.standing.repository.as_str(),
                "branchName": letter.branch.as_str(),
            },
            "expectedHeadOid": head.as_str(),
            "message": { "headline": headline, "body": body },
            "fileChanges": { "additions": additions, "deletions": deletions },
        })
    }
}

fn logged(commit: Commit) -> Result<Logged, Failure> {
    let parent = commit.parents.first();
    Ok(Logged {
        made: Made {
            commit: commit_id(&commit.sha)?,
            parent: parent.map(|parent| commit_id(&parent.sha)).transpose()?,
        },
        message: commit.text.message,
    })
}
