//! Putting back what a commit of ours has replaced.
//!
//! Two writers of one file can both pass GitLab's look at its lock; the commit of the second then
//! stands on that of the first, and replaces what it has not seen. Nothing is lost, for both are in
//! the history; but people must find the first. So the second is taken back by one more commit, and
//! its writer is told of the first.

use std::collections::BTreeSet;

use tracing::{error, warn};

use super::desk::is_file;
use super::visit::Visit;
use super::wire::Action;
use crate::provider::hosted::{Desk as _, Found, Letter, Made};
use crate::provider::{Cause, CommitError, FilePath, ProviderError};

/// How often it is sent: others may move the branch at the same time.
const SENDINGS: u32 = 4;

impl Visit<'_> {
    /// See [`Desk::take_back`](crate::provider::hosted::Desk::take_back).
    pub(super) async fn restore(
        &self,
        letter: &Letter<'_>,
        made: &Made,
    ) -> Result<(), CommitError> {
        let (repository, commit) = (self.standing.repository, &made.commit);
        warn!(%repository, %commit, "a commit has met another one and is taken back");
        self.put_back(letter, made).await.map_err(|source| {
            error!(%repository, %commit, error = %source, "what a commit has replaced is not back");
            CommitError::Unknown { source }
        })
    }

    async fn put_back(&self, letter: &Letter<'_>, made: &Made) -> Result<(), Cause> {
        let paths: BTreeSet<_> = letter.changes.iter().map(|change| &change.path).collect();
        let ours = self.there(&made.commit, &paths).await?;
        let actions = self.actions(letter, made, &ours).await?;
        let message = format!(
            "Put back what {} has replaced\n\nTwo saves have met; this keeps the first one.\n",
            made.commit
        );
        for _ in 0..SENDINGS {
            let sent = self.post(letter.branch, &message, &actions).await;
            let (stands_on, failure) = match sent {
                Ok(Made {
                    parent: Some(parent),
                    ..
                }) => (parent, None),
                Ok(_) => return Err("it was put back nowhere".into()),
                // An answer may be lost, and others may have moved the branch.
                Err(failure) => (self.resolve(letter.branch).await?, Some(failure)),
            };
            let there = self.there(&stands_on, &paths).await?;
            match failure {
                None if there == ours => return Ok(()),
                None => return Err("more was replaced when it was put back".into()),
                Some(_) if there == *letter.there => return Ok(()),
                Some(failure) if there != ours => return Err(self.caller.told(failure).into()),
                Some(_) => {}
            }
        }
        Err("others are writing to this branch all the time".into())
    }

    /// What makes these paths again what they were before our commit. It is locked: who has built
    /// on our commit meanwhile is not replaced in turn.
    async fn actions<'l>(
        &self,
        letter: &Letter<'l>,
        made: &Made,
        ours: &Found,
    ) -> Result<Vec<Action<'l>>, ProviderError> {
        let changed = letter.changes.iter().map(|change| &change.path);
        let changed = changed.filter(|path| letter.there.get(*path) != ours.get(*path));
        let (back, gone): (Vec<&'l FilePath>, Vec<_>) =
            changed.partition(|path| is_file(letter.there.get(*path)));
        let gone = gone.into_iter().filter(|path| is_file(ours.get(*path)));
        let mut actions: Vec<_> = gone
            .map(|path| Action::delete(path).locked(&made.commit))
            .collect();
        let Some(before) = letter.head else {
            return Ok(actions);
        };
        let paths: Vec<_> = back.iter().copied().cloned().collect();
        let files = self.read_files(before, &paths).await?;
        let files = back.into_iter().zip(files);
        for (path, file) in files.filter_map(|(path, file)| Some((path, file?))) {
            actions.push(if is_file(ours.get(path)) {
                Action::put("update", path, &file.bytes).locked(&made.commit)
            } else {
                Action::put("create", path, &file.bytes)
            });
        }
        Ok(actions)
    }
}
