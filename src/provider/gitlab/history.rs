//! The commits that changed a file.

use std::collections::HashMap;

use futures_util::future::try_join_all;

use super::graphql::{Query, Wanted};
use super::visit::{Visit, commit_id};
use super::wire::{self, Blobs};
use crate::provider::expectation::There;
use crate::provider::hosted::{Failure, encoded};
use crate::provider::outgoing::Repeat;
use crate::provider::{
    CommitId, CommitSummary, FilePath, Page, PageNumber, ProviderError, Version,
};

/// Commits on one page.
const REMEMBERED: usize = 30;
/// Commits in one query.
const AT_ONCE: usize = 10;

impl Visit<'_> {
    /// See [`Provider::history`](crate::provider::Provider::history).
    pub(super) async fn history(
        &self,
        commit: &CommitId,
        path: &FilePath,
        page: PageNumber,
    ) -> Result<Page<CommitSummary>, ProviderError> {
        let of_file = format!("&path={}", encoded(path.as_str()));
        let commits = self.commits(commit, &of_file, page.get()).await;
        let (commits, next) = self.told(commits)?;
        let ids = commits.iter().map(|commit| commit_id(&commit.id));
        let ids = self.told(ids.collect::<Result<Vec<_>, _>>())?;
        let versions = self.versions(&ids, path).await?;
        let items = commits.into_iter().zip(ids).zip(versions);
        Ok(Page {
            items: items
                .map(|((commit, id), version)| summary(commit, id, version))
                .collect(),
            next,
            previous: page != PageNumber::FIRST,
        })
    }

    /// A page of the commits behind one, newest first, and whether there is a next page. `of_file`
    /// is a part of the query.
    pub(super) async fn commits(
        &self,
        commit: &CommitId,
        of_file: &str,
        page: u32,
    ) -> Result<(Vec<wire::Commit>, bool), Failure> {
        let tail = format!(
            "/repository/commits?ref_name={commit}{of_file}&per_page={REMEMBERED}&page={page}"
        );
        let (commits, headers) = self.page::<Vec<wire::Commit>>(&tail).await?;
        if commits.is_empty() {
            // That is all that GitLab says of a commit that is not there.
            self.assure(commit).await?;
        }
        let next = headers.get("x-next-page");
        Ok((commits, next.is_some_and(|next| !next.is_empty())))
    }

    /// The file's version in each of these commits: kept, or asked for.
    async fn versions(
        &self,
        commits: &[CommitId],
        path: &FilePath,
    ) -> Result<Vec<Option<Version>>, ProviderError> {
        let mut known = HashMap::new();
        let mut missing = Vec::new();
        for commit in commits {
            let spot = self.standing.spot(commit, path);
            match self.gitlab.memory.kept.paths.get(&spot) {
                Some(There::File(version)) => drop(known.insert(commit.clone(), Some(version))),
                Some(_) => drop(known.insert(commit.clone(), None)),
                None => missing.push(commit.clone()),
            }
        }
        let parts = missing.chunks(AT_ONCE).map(|ids| self.asked(ids, path));
        let asked = try_join_all(parts).await?.into_iter().flatten();
        known.extend(missing.iter().cloned().zip(asked));
        let found = commits.iter().map(|commit| known.remove(commit).flatten());
        Ok(found.collect())
    }

    /// The same, asked for in one call.
    async fn asked(
        &self,
        commits: &[CommitId],
        path: &FilePath,
    ) -> Result<Vec<Option<Version>>, ProviderError> {
        let paths = [path.as_str()];
        let named = commits.iter().enumerate();
        let query = named.fold(Query::new("Versions"), |query, (n, commit)| {
            query.blobs(&alias(n), commit.as_str(), &paths, Wanted::Versions)
        });
        let answer = self.query(&query, Repeat::Safe).await;
        let answer = answer.and_then(|answer| understood(answer, commits.len()));
        let versions = self.told(answer)?;
        for (commit, version) in commits.iter().zip(&versions) {
            // Without its surroundings nothing more is known of a path where there is no file.
            if let Some(version) = version {
                let there = There::File(version.clone());
                self.standing.keep(commit, path, &there, None);
            }
        }
        Ok(versions)
    }
}

/// What the blobs of a commit are called in a query.
fn alias(n: usize) -> String {
    format!("c{n}")
}

fn understood(mut answer: Blobs, commits: usize) -> Result<Vec<Option<Version>>, Failure> {
    let mut version = |n: usize| {
        let blobs = answer.remove(&alias(n)).ok_or(Failure::Unreadable)?;
        let blob = blobs.into_iter().find(wire::Blob::is_file);
        let version = |blob: wire::Blob| Version::parse(&blob.oid).ok_or(Failure::Unreadable);
        blob.map(version).transpose()
    };
    (0..commits).map(&mut version).collect()
}

fn summary(commit: wire::Commit, id: CommitId, version: Option<Version>) -> CommitSummary {
    CommitSummary {
        commit: id,
        author: commit.author_name,
        email: commit.author_email,
        at: commit.authored_date,
        message: commit.message,
        version,
    }
}
