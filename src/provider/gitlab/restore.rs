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
use crate::provider::hosted::{Desk as _, Found, Letter, Logged, Made};
use crate::provider::{BranchName, Cause, CommitError, CommitId, FilePath, ProviderError};

/// How often it is sent: others may move the branch at the same time.
const SENDINGS: u32 = 4;
const NOWHERE: &str = "it stands on nothing";

/// A commit that puts back.
struct Swap<'a> {
    message: String,
    actions: Vec<Action<'a>>,
}

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

    /// Takes back what was made, and what hides somebody else's work in turn.
    async fn put_back(&self, letter: &Letter<'_>, made: &Made) -> Result<(), Cause> {
        let paths: BTreeSet<_> = letter.changes.iter().map(|change| &change.path).collect();
        let mut hiding = made.clone();
        let mut is_built_upon = false;
        for _ in 0..SENDINGS {
            let stands_on = hiding.parent.as_ref().ok_or(NOWHERE)?;
            let before = self.there(stands_on, &paths).await?;
            let after = self.there(&hiding.commit, &paths).await?;
            if before == after {
                return Ok(());
            }
            let swap = self
                .swap(&hiding.commit, stands_on, (&before, &after))
                .await?;
            let Some(put) = self.put_once(letter.branch, &swap, &after).await? else {
                continue;
            };
            let stands_on = put.parent.as_ref().ok_or(NOWHERE)?;
            if self.there(stands_on, &paths).await? != after {
                // Somebody has built on what is taken back: that stays.
                (is_built_upon, hiding) = (true, put);
            } else if is_built_upon {
                return Err("others have built on it".into());
            } else {
                return Ok(());
            }
        }
        Err("others are writing to this branch all the time".into())
    }

    /// Sends it once. `None`: it is not on the branch, and may be sent again.
    async fn put_once(
        &self,
        branch: &BranchName,
        swap: &Swap<'_>,
        after: &Found,
    ) -> Result<Option<Made>, Cause> {
        let failure = match self.post(branch, &swap.message, &swap.actions).await {
            Ok(put) => return Ok(Some(put)),
            Err(failure) => failure,
        };
        // An answer may be lost, and others may have moved the branch.
        let head = self.resolve(branch).await?;
        let (logged, _) = self.log(&head, 1).await?;
        let mut logged = logged.into_iter();
        let is_ours = |one: &Logged| one.message.trim_end() == swap.message.trim_end();
        if let Some(put) = logged.find(is_ours) {
            return Ok(Some(put.made));
        }
        let there = self.there(&head, &after.keys().collect()).await?;
        (there == *after)
            .then_some(None)
            .ok_or_else(|| self.caller.told(failure).into())
    }

    /// What makes all paths again what they were before a commit. It is locked: who has built on
    /// that meanwhile is not replaced in turn.
    async fn swap<'f>(
        &self,
        hiding: &CommitId,
        stands_on: &CommitId,
        (before, after): (&'f Found, &Found),
    ) -> Result<Swap<'f>, ProviderError> {
        let changed = before
            .keys()
            .filter(|path| before.get(*path) != after.get(*path));
        let (back, gone): (Vec<&'f FilePath>, Vec<_>) =
            changed.partition(|path| is_file(before.get(*path)));
        let gone = gone.into_iter().filter(|path| is_file(after.get(*path)));
        let mut actions: Vec<_> = gone
            .map(|path| Action::delete(path).locked(hiding))
            .collect();
        let paths: Vec<_> = back.iter().copied().cloned().collect();
        let files = self.read_files(stands_on, &paths).await?;
        let files = back.into_iter().zip(files);
        for (path, file) in files.filter_map(|(path, file)| Some((path, file?))) {
            if is_file(after.get(path)) {
                actions.push(Action::put("update", path, &file.bytes).locked(hiding));
                continue;
            }
            actions.push(Action::put("create", path, &file.bytes));
            let headers = self.told(self.headers(stands_on, path).await)?;
            let executable = headers.get("x-gitlab-execute-filemode");
            if executable.is_some_and(|value| value == "true") {
                actions.push(Action::executable(path));
            }
        }
        let message = format!(
            "Put back what {hiding} has replaced\n\nTwo saves have met; this keeps the first one.\n"
        );
        Ok(Swap { message, actions })
    }
}
