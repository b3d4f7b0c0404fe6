//! Who somebody is, what they can open, and which branches it has.

use futures_util::FutureExt as _;
use http::Method;
use serde_json::json;

use super::Inner;
use super::caller::{Caller, Client, Failure};
use super::classify::Verdict;
use super::visit::{Visit, commit_id};
use super::wire;
use crate::provider::outgoing::CallError;
use crate::provider::{
    Branch, BranchName, CommitError, CommitId, Page, PageNumber, ProviderError, Repository,
    RepositoryName, User,
};

/// Repositories and branches on one page of a listing.
const LISTED: usize = 100;
/// How often the creation of a branch is sent when answers are lost and it is not there.
const SENDINGS: u32 = 3;

impl Client {
    /// See [`Provider::user`](crate::provider::Provider::user).
    pub(super) async fn user(&self, caller: &Caller) -> Result<User, ProviderError> {
        let user = caller.get::<wire::User>("/user").await;
        let user = user.map_err(|failure| caller.told(failure))?;
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let host = self.endpoints.web.host_str().unwrap_or_default();
        // The address that GitHub itself puts into the commits of who hides theirs.
        let hidden = || format!("{}+{}@users.noreply.{host}", user.id, user.login);
        Ok(User {
            name: said(user.name).unwrap_or_else(|| user.login.clone()),
            email: said(user.email).unwrap_or_else(hidden),
            username: user.login,
        })
    }
}

impl Inner {
    /// See [`Provider::repositories`](crate::provider::Provider::repositories). GitHub's own
    /// search does not know what one person can read, so that it is made here, in all of them.
    pub(super) async fn repositories(
        &self,
        caller: Caller,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Repository>, ProviderError> {
        let asked = caller.clone();
        let ask = || async move { asked.all_repositories().await }.boxed();
        let all = self.listings.of(caller.id, ask).await;
        let all = all.map_err(|failure| caller.told(failure))?;
        let query = query.unwrap_or_default().to_lowercase();
        let wanted = |one: &&Repository| one.name.as_str().to_lowercase().contains(&query);
        let found = all.iter().filter(wanted).cloned().collect();
        Ok(Page::cut(found, page, LISTED))
    }
}

impl Caller {
    /// Ordered by name.
    async fn all_repositories(&self) -> Result<Vec<Repository>, Failure> {
        let path = "/user/repos?affiliation=owner,collaborator,organization_member\
                    &sort=full_name&per_page=100";
        let all = self.pages::<wire::Repository>(path).await?;
        let repository = |repository: wire::Repository| {
            let name = RepositoryName::parse(&repository.full_name).ok()?;
            let writable = repository.permissions.push && !repository.archived;
            Some(Repository { name, writable })
        };
        let mut all: Vec<_> = all.into_iter().filter_map(repository).collect();
        // Pages that were read one after another may show one twice.
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all.dedup_by(|a, b| a.name == b.name);
        Ok(all)
    }
}

impl Visit<'_> {
    /// See [`Provider::branches`](crate::provider::Provider::branches).
    pub(super) async fn branches(&self, page: PageNumber) -> Result<Page<Branch>, ProviderError> {
        let default = self.about().await?.default_branch;
        let mut all = self.all_branches().await?;
        let key = |branch: &Branch| (branch.name.as_str() != default, branch.name.clone());
        all.sort_by_cached_key(key);
        all.dedup_by(|a, b| a.name == b.name);
        Ok(Page::cut(all, page, LISTED))
    }

    async fn all_branches(&self) -> Result<Vec<Branch>, ProviderError> {
        let path = self.path("/branches?per_page=100");
        let all = self.told(self.caller.pages::<wire::Branch>(&path).await)?;
        let branch = |branch: wire::Branch| {
            let name = BranchName::parse(&branch.name).ok()?;
            let protected = branch.protected;
            Some(Branch { name, protected })
        };
        Ok(all.into_iter().filter_map(branch).collect())
    }

    /// See [`Provider::create_branch`](crate::provider::Provider::create_branch).
    pub(super) async fn create_branch(
        &self,
        name: &BranchName,
        from: &BranchName,
    ) -> Result<CommitId, CommitError> {
        let start = self.resolve(from).await?;
        let path = self.path("/git/refs");
        let body = json!({ "ref": format!("refs/heads/{name}"), "sha": start.as_str() });
        let (mut sendings, mut ended) = (1, true);
        loop {
            let made = self.caller.change::<wire::Ref>(Method::POST, &path, &body);
            let failure = match made.await.and_then(|made| commit_id(&made.object.sha)) {
                Ok(commit) => return Ok(commit),
                Err(failure) => failure,
            };
            if sendings == 1 && !self.is_lost(&failure) {
                return self.not_created(name, failure).await;
            }
            ended &= failure.is_an_end();
            // What was lost may have been done by now, or is refused because it was.
            match self.resolve(name).await {
                Ok(found) if found == start => return Ok(start),
                Err(ProviderError::NotFound { what: "branch" }) if sendings < SENDINGS => {
                    sendings += 1;
                }
                Err(ProviderError::NotFound { what: "branch" }) if ended => {
                    return Err(self.caller.told(failure).into());
                }
                _ => {
                    return Err(CommitError::Unknown {
                        source: self.caller.told(failure).into(),
                    });
                }
            }
        }
    }

    /// Whether it may have been done although it failed.
    fn is_lost(&self, failure: &Failure) -> bool {
        let unanswered = matches!(
            failure,
            Failure::Unreadable | Failure::Call(CallError::Lost { .. })
        );
        unanswered || self.caller.verdict(failure) == Some(Verdict::Failed)
    }

    async fn not_created(
        &self,
        name: &BranchName,
        failure: Failure,
    ) -> Result<CommitId, CommitError> {
        match self.caller.verdict(&failure) {
            // GitHub says of nothing but a name that is taken that it already exists; of a name
            // beside which this one cannot be kept it says several things.
            Some(Verdict::Exists | Verdict::Unknown) => match self.rival(name).await? {
                Some(name) => Err(CommitError::AlreadyExists { name }),
                None => Err(self.caller.told(failure).into()),
            },
            Some(Verdict::Protected) => Err(CommitError::Protected),
            // The repository was there a moment ago.
            Some(Verdict::NotFound) => Err(ProviderError::Forbidden.into()),
            _ => Err(self.caller.told(failure).into()),
        }
    }

    /// The branch that cannot be kept together with one of this name.
    async fn rival(&self, name: &BranchName) -> Result<Option<String>, ProviderError> {
        let beside = |a: &str, b: &str| {
            let rest = a.strip_prefix(b);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let all = self.all_branches().await?;
        let rival = all
            .into_iter()
            .map(|branch| branch.name.to_string())
            .find(|other| beside(name.as_str(), other) || beside(other, name.as_str()));
        Ok(rival)
    }
}
