//! The commits that changed a file.

use std::collections::HashMap;

use futures_util::future::try_join_all;

use super::graphql::{Files, KIND};
use super::look::is_file;
use super::visit::{Visit, commit_id};
use super::wire::{self, Query};
use crate::provider::expectation::There;
use crate::provider::hosted::{Failure, Verdict, encoded};
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
        let (commits, next) = self.commits_of(commit, path, page).await?;
        let ids = commits.iter().map(|commit| commit_id(&commit.sha));
        let ids = self.standing.told(ids.collect::<Result<Vec<_>, _>>())?;
        let versions = self.versions(&ids, path).await?;
        let items = commits.into_iter().zip(ids.iter().cloned()).zip(versions);
        Ok(Page {
            items: items
                .map(|((commit, id), version)| summary(commit, id, version))
                .collect(),
            next,
            previous: page != PageNumber::FIRST,
        })
    }

    async fn commits_of(
        &self,
        commit: &CommitId,
        path: &FilePath,
        page: PageNumber,
    ) -> Result<(Vec<wire::Commit>, bool), ProviderError> {
        let path = encoded(path.as_str());
        let path = self.path(&format!(
            "/commits?sha={commit}&path={path}&per_page={REMEMBERED}&page={}",
            page.get()
        ));
        let answer = self.caller.page(&path).await;
        if let Err(failure) = &answer
            && self.caller.verdict(failure) == Some(Verdict::NotFound)
        {
            // Which of the two is not there is not said.
            self.about().await?;
            return Err(ProviderError::NotFound { what: "commit" });
        }
        let (commits, next) = self.standing.told(answer)?;
        Ok((commits, next.is_some()))
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
            match self
                .standing
                .memory
                .kept
                .paths
                .get(&self.standing.spot(commit, path))
            {
                Some(there) => drop(known.insert(commit.clone(), version(there))),
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
        let mut files = Files::default();
        for (n, commit) in commits.iter().enumerate() {
            let file = [("f".to_owned(), path.as_str(), KIND)];
            files = files.commit(&format!("c{n}"), commit.as_str(), file);
        }
        let answer = self.query("Versions", files, Repeat::Safe).await;
        let answer = answer.and_then(|answer| understood(answer, commits.len()));
        let versions = self.standing.told(answer)?;
        for (commit, version) in commits.iter().zip(&versions) {
            // Without its parents nothing more is known of a path where there is no file.
            if let Some(version) = version {
                self.standing
                    .keep(commit, path, &There::File(version.clone()), None);
            }
        }
        Ok(versions)
    }
}

fn version(there: There) -> Option<Version> {
    match there {
        There::File(version) => Some(version),
        There::Nothing | There::Under(_) | There::NotAFile => None,
    }
}

fn understood(mut answer: Query, commits: usize) -> Result<Vec<Option<Version>>, Failure> {
    let mut version = |n: usize| {
        let mut object = answer.commit(&format!("c{n}"))?;
        let entry = object.files.remove("f").ok_or(Failure::Unreadable)?;
        let id = entry.filter(is_file).and_then(|entry| entry.oid);
        let version = |id: String| Version::parse(&id).ok_or(Failure::Unreadable);
        id.map(version).transpose()
    };
    (0..commits).map(&mut version).collect()
}

fn summary(commit: wire::Commit, id: CommitId, version: Option<Version>) -> CommitSummary {
    let author = commit.text.author.unwrap_or_default();
    CommitSummary {
        commit: id,
        author: author.name,
        email: author.email,
        at: author.date,
        message: commit.text.message,
        version,
    }
}
