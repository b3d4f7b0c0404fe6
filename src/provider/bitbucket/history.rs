//! The commits behind one, and those that changed a file.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::visit::{Visit, commit_id};
use super::wire::Commit;
use super::{AT_ONCE, pages};
use crate::provider::hosted::{Failure, encoded};
use crate::provider::{
    CommitId, CommitSummary, FilePath, Page, PageNumber, ProviderError, RepositoryName,
};

/// Commits on one page.
const REMEMBERED: usize = 30;

/// A page of the commits behind one, or of those that changed a file.
pub(super) type Spread = (RepositoryName, CommitId, Option<FilePath>, u32);

impl Visit<'_> {
    /// See [`Provider::history`](crate::provider::Provider::history).
    pub(super) async fn history(
        &self,
        commit: &CommitId,
        path: &FilePath,
        page: PageNumber,
    ) -> Result<Page<CommitSummary>, ProviderError> {
        let (commits, next) = self.commits(commit, Some(path), page).await?;
        let items = stream::iter(commits).map(|commit| self.summary(commit, path));
        Ok(Page {
            items: items.buffered(AT_ONCE).try_collect().await?,
            next,
            previous: page != PageNumber::FIRST,
        })
    }

    /// A page of the commits behind one, newest first, and whether there is a next page.
    pub(super) async fn commits(
        &self,
        from: &CommitId,
        path: Option<&FilePath>,
        page: PageNumber,
    ) -> Result<(Vec<Commit>, bool), ProviderError> {
        let spread = |page| {
            let repository = self.standing.repository.clone();
            (repository, from.clone(), path.cloned(), page)
        };
        let wanted = page.get();
        // A link may grow old: then the way to it from the first page shows another one.
        if let Some(link) = self.bitbucket.links.get(&spread(wanted))
            && let Ok((commits, next)) = self.spread(&link, spread(wanted.saturating_add(1))).await
        {
            return Ok((self.standing.told(Ok(commits))?, next.is_some()));
        }
        let path = path.map(|path| format!("&path={}", encoded(path.as_str())));
        let path = path.unwrap_or_default();
        let first = self.path(&format!("/commits/{from}?pagelen={REMEMBERED}{path}"));
        let read = self.walked(first, wanted, spread).await;
        Ok(self.of_commit(from, read).await?.unwrap_or_default())
    }

    /// Pages are reached one after another, for their addresses are not to be made up.
    async fn walked(
        &self,
        first: String,
        wanted: u32,
        spread: impl Fn(u32) -> Spread,
    ) -> Result<(Vec<Commit>, bool), Failure> {
        let mut next = Some(first);
        let mut commits = Vec::new();
        for page in 1..=wanted {
            let Some(link) = next else {
                return Ok((Vec::new(), false));
            };
            (commits, next) = self.spread(&link, spread(page.saturating_add(1))).await?;
        }
        Ok((commits, next.is_some()))
    }

    /// The commits behind a link, and the link to the page after it, which is remembered.
    async fn spread(
        &self,
        link: &str,
        after: Spread,
    ) -> Result<(Vec<Commit>, Option<String>), Failure> {
        let client = &self.bitbucket.client;
        let (commits, next) = pages::some(client, &self.caller, link, 1).await?;
        if let Some(next) = &next {
            self.bitbucket.links.insert(after, next.clone());
        }
        Ok((commits, next))
    }

    async fn summary(
        &self,
        commit: Commit,
        path: &FilePath,
    ) -> Result<CommitSummary, ProviderError> {
        let id = self.standing.told(commit_id(&commit.hash))?;
        let version = self.version_at(&id, path).await?;
        let (author, email) = signature(&commit.author.raw);
        Ok(CommitSummary {
            commit: id,
            author: author.to_owned(),
            email: email.to_owned(),
            at: commit.date,
            message: commit.message,
            version,
        })
    }
}

/// The name and the address of `Name <address>`.
fn signature(raw: &str) -> (&str, &str) {
    let parts = raw.rsplit_once('<');
    let parts = parts.and_then(|(name, email)| Some((name, email.trim_end().strip_suffix('>')?)));
    parts.map_or((raw, ""), |(name, email)| (name.trim(), email))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_taken_apart() {
        let ada = ("Ada Lovelace", "ada@example.org");
        assert_eq!(signature("Ada Lovelace <ada@example.org>"), ada);
        assert_eq!(
            signature("A < B <a@example.org>"),
            ("A < B", "a@example.org")
        );
        assert_eq!(signature("<a@example.org>"), ("", "a@example.org"));
        assert_eq!(signature("Ada"), ("Ada", ""));
    }
}
