//! Who somebody is, what they can open, and which branches it has.

use std::collections::HashSet;
use std::sync::Arc;

use futures_util::FutureExt as _;

use super::Inner;
use super::visit::{LISTED, Visit};
use super::wire::{self, DEVELOPER};
use crate::provider::hosted::{Caller, Failure, caller_of, next};
use crate::provider::outgoing::CallError;
use crate::provider::{
    Branch, BranchName, Credential, Page, PageNumber, ProviderError, Repository, RepositoryName,
    User,
};

/// Pages of somebody's projects that are read at most: a hundred thousand projects.
const PAGES: usize = 1000;

/// See [`Provider::user`](crate::provider::Provider::user).
pub(super) async fn user(gitlab: &Inner, who: &Credential) -> Result<User, ProviderError> {
    let caller = gitlab.client.caller(who)?;
    let user = caller.get::<wire::User>("user").await;
    let user = user.map_err(|failure| caller.told(failure))?;
    let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let host = gitlab.endpoints.web.host_str().unwrap_or_default();
    // The address that GitLab itself puts into the commits of who hides theirs.
    let hidden = || format!("{}-{}@users.noreply.{host}", user.id, user.username);
    let email = said(user.commit_email).or_else(|| said(user.email));
    Ok(User {
        name: said(user.name).unwrap_or_else(|| user.username.clone()),
        email: email.unwrap_or_else(hidden),
        username: user.username,
    })
}

/// See [`Provider::repositories`](crate::provider::Provider::repositories).
pub(super) async fn repositories(
    gitlab: &Arc<Inner>,
    who: &Credential,
    query: Option<&str>,
    page: PageNumber,
) -> Result<Page<Repository>, ProviderError> {
    let caller = caller_of(who)?;
    let (id, inner) = (caller.0, Arc::clone(gitlab));
    let ask = || async move { projects(&inner, &inner.client.called_by(caller)).await }.boxed();
    gitlab.memory.repositories(id, query, page, ask).await
}

/// All that they are a member of. Where a project leaves open what they may do there, GitLab is
/// asked for all that they may commit to.
async fn projects(gitlab: &Inner, caller: &Caller<'_>) -> Result<Vec<Repository>, Failure> {
    let all = listed(gitlab, caller, "").await?;
    let mut open = HashSet::new();
    if all.iter().any(wire::Project::leaves_open) {
        let writable = format!("&simple=true&min_access_level={DEVELOPER}");
        let writable = listed(gitlab, caller, &writable).await?;
        open.extend(writable.into_iter().map(|project| project.id));
    }
    let repository = |project: &wire::Project| {
        let name = RepositoryName::parse(&project.path_with_namespace).ok()?;
        let is_open = project.leaves_open() && open.contains(&project.id);
        let writable = project.is_writable() || is_open;
        Some(Repository { name, writable })
    };
    Ok(all.iter().filter_map(repository).collect())
}

/// The same as they come, in the order of their creation: so no page shows one twice, and none is
/// left out, whatever comes meanwhile. `which` is a part of the query.
async fn listed(
    gitlab: &Inner,
    caller: &Caller<'_>,
    which: &str,
) -> Result<Vec<wire::Project>, Failure> {
    let mut all = Vec::new();
    let mut path = format!(
        "projects?membership=true&order_by=id&sort=asc&pagination=keyset&per_page={LISTED}{which}"
    );
    for _ in 0..PAGES {
        let (items, headers) = caller.page::<Vec<wire::Project>>(&path).await?;
        all.extend(items);
        let Some(link) = next(&headers) else {
            return Ok(all);
        };
        // A token goes nowhere but to this GitLab.
        path = gitlab.client.below(&link).ok_or(Failure::Unreadable)?;
    }
    Err(Failure::Call(CallError::TooLarge))
}

impl Visit<'_> {
    /// All of them, as GitLab lists them.
    pub(super) async fn all_branches(&self) -> Result<Vec<Branch>, ProviderError> {
        let tail = "/repository/branches?sort=name_asc";
        let all = self.told(self.pages::<wire::Branch>(tail).await)?;
        let branch = |branch: wire::Branch| {
            let name = BranchName::parse(&branch.name).ok()?;
            let protected = branch.is_closed();
            Some(Branch { name, protected })
        };
        Ok(all.into_iter().filter_map(branch).collect())
    }
}
