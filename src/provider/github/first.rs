//! The first commit of a repository: it makes the default branch, and only the contents interface
//! makes it, of one file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Method;
use serde_json::json;

use super::look::Found;
use super::plan::plan;
use super::route::encoded;
use super::visit::commit_id;
use super::wire::{Branch, Written};
use super::write::{Tried, Write};
use crate::provider::{Action, CommitError, FilePath, ProviderError};

impl Write<'_> {
    /// Commits where there is no such branch: that must be because there is no branch at all.
    pub(super) async fn first(&mut self) -> Tried {
        let absent = || ProviderError::NotFound { what: "branch" };
        let default = self.unless_lost(self.visit.about().await)?.default_branch;
        if default != self.request.branch.as_str() || self.has_branches().await? {
            return Err(absent().into());
        }
        self.may_send(None).await?;
        let needed = plan(&self.request.changes, &Found::new())?;
        match needed.as_slice() {
            [] => Err(absent().into()),
            [change] => match &change.action {
                Action::Put(bytes) => self.put(&change.path, bytes).await,
                Action::Delete => Err(absent().into()),
            },
            _ => Err(CommitError::Provider(ProviderError::Unavailable {
                reason: "GitHub makes the first commit of a repository of one file only."
                    .to_owned(),
                source: None,
            })),
        }
    }

    async fn has_branches(&self) -> Result<bool, CommitError> {
        let path = self.visit.path("/branches?per_page=1");
        let branches = self.visit.caller.get::<Vec<Branch>>(&path).await;
        let branches = self.unless_lost(self.visit.told(branches))?;
        Ok(!branches.is_empty())
    }

    async fn put(&mut self, path: &FilePath, bytes: &Bytes) -> Tried {
        let path = format!("/contents/{}", encoded(path.as_str()));
        let body = json!({
            "message": self.request.message,
            "content": STANDARD.encode(bytes),
            "branch": self.request.branch.as_str(),
        });
        let (caller, path) = (&self.visit.caller, self.visit.path(&path));
        let made = caller.change::<Written>(Method::PUT, &path, &body).await;
        match made.and_then(|made| commit_id(&made.commit.sha)) {
            Ok(commit) => Ok(Some(self.committed(commit))),
            Err(failure) => self.failed(None, failure),
        }
    }
}
