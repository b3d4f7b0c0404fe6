//! Putting back what a repository's first commit of ours has replaced.
//!
//! There is no branch yet whose head it could be locked to: when somebody else's first commit is
//! faster, ours comes on top of it. Where that replaces their files it is taken back by one more
//! commit, and its writer is told of theirs.

use super::visit::Visit;
use crate::provider::expectation::There;
use crate::provider::hosted::{Desk as _, Letter, Made, Unsent};
use crate::provider::{Action, Cause, Change, CommitError, CommitId, Expect, File, FilePath};

impl Visit<'_> {
    /// See [`Desk::take_back`](crate::provider::hosted::Desk::take_back).
    pub(super) async fn restore(
        &self,
        letter: &Letter<'_>,
        made: &Made,
    ) -> Result<(), CommitError> {
        let (repository, commit) = (self.standing.repository, &made.commit);
        tracing::warn!(%repository, %commit, "a first commit has met another one and is taken back");
        let put_back = self.put_back(letter, commit).await;
        put_back.map_err(|source| CommitError::Unknown { source })
    }

    /// Who has built on our commit meanwhile is not replaced in turn: the branch must stand there.
    async fn put_back(&self, letter: &Letter<'_>, made: &CommitId) -> Result<(), Cause> {
        let changes = self.before(letter).await?;
        let letter = Letter {
            head: Some(made),
            changes: &changes.iter().collect::<Vec<_>>(),
            message: &format!(
                "Put back what {made} has replaced\n\nTwo saves have met; this keeps the first one.\n"
            ),
            ..*letter
        };
        match self.send(&letter).await {
            Ok(_) => Ok(()),
            Err(Unsent::Failed(failure)) => Err(self.caller.told(failure).into()),
            Err(Unsent::Error(error)) => Err(error.into()),
        }
    }

    /// What makes the paths of the letter again what they were.
    async fn before(&self, letter: &Letter<'_>) -> Result<Vec<Change>, Cause> {
        let paths: Vec<FilePath> = letter.changes.iter().map(|it| it.path.clone()).collect();
        let replaced = |path| {
            matches!(
                letter.there.get(path),
                Some(There::NotAFile | There::Under(_))
            )
        };
        let Some(parent) = letter.head.filter(|_| !paths.iter().any(replaced)) else {
            return Err("it has replaced more than files".into());
        };
        let files = self.read_files(parent, &paths).await?;
        let change = |(path, file): (FilePath, Option<_>)| Change {
            path,
            action: file.map_or(Action::Delete, |file: File| Action::Put(file.bytes)),
            expect: Expect::Any,
        };
        Ok(paths.into_iter().zip(files).map(change).collect())
    }
}
