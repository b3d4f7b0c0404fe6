//! Who somebody is, what they can open, and which branches it has.

use futures_util::future::join;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::visit::Visit;
use super::{Inner, pages, wire};
use crate::provider::hosted::{Caller, Failure, Verdict, encoded_whole};
use crate::provider::{Branch, BranchName, ProviderError, Repository, RepositoryName, User};

/// Workspaces that are asked at once for one caller.
const WORKSPACES: usize = 4;

impl Inner {
    /// See [`Provider::user`](crate::provider::Provider::user).
    ///
    /// The user name is the account's own, which Bitbucket tells nobody but the account; without
    /// one it is the account's id, for a nickname is neither unique nor lasting. The address is
    /// the account's primary one, as far as the application may ask for it. Otherwise it is one
    /// that stays the same and leads nowhere; commits have Bitbucket's own all the same.
    pub(super) async fn user(&self, caller: &Caller<'_>) -> Result<User, ProviderError> {
        let emails = pages::all::<wire::Address>(&self.client, caller, "user/emails?pagelen=100");
        let (user, emails) = join(caller.get::<wire::User>("user"), emails).await;
        let told = |failure| caller.told(failure);
        let user = user.map_err(told)?;
        let emails = match emails {
            Err(failure) if caller.verdict(&failure) == Some(Verdict::Forbidden) => Vec::new(),
            emails => emails.map_err(told)?,
        };
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let id = user.uuid.trim_matches(['{', '}']).to_owned();
        let primary = emails
            .into_iter()
            .find(|it| it.is_primary && it.is_confirmed);
        let host = self.endpoints.web.host_str().unwrap_or_default();
        let nowhere = || format!("{id}@users.noreply.{host}");
        let email = primary.map_or_else(nowhere, |it| it.email);
        let username = said(user.username).unwrap_or(id);
        let name = said(user.display_name).unwrap_or_else(|| username.clone());
        Ok(User {
            username,
            name,
            email,
        })
    }

    /// All repositories that somebody can read. Bitbucket lists them by workspace only (CHANGE-2770).
    pub(super) async fn all_repositories(
        &self,
        caller: &Caller<'_>,
    ) -> Result<Vec<Repository>, Failure> {
        let path = "user/workspaces?pagelen=100";
        let workspaces = pages::all::<wire::WorkspaceAccess>(&self.client, caller, path).await?;
        let workspaces = workspaces.into_iter().map(|it| it.workspace.slug);
        let listed = stream::iter(workspaces).map(|slug| self.in_workspace(caller, slug));
        let listed: Vec<_> = listed.buffer_unordered(WORKSPACES).try_collect().await?;
        let all = listed.iter().flatten();
        Ok(all.filter_map(repository).collect())
    }

    /// One workspace that lets the person see nothing does not hide the others.
    async fn in_workspace(
        &self,
        caller: &Caller<'_>,
        slug: String,
    ) -> Result<Vec<wire::RepositoryPermission>, Failure> {
        let slug = encoded_whole(&slug);
        let path = format!("user/workspaces/{slug}/permissions/repositories?pagelen=100");
        match pages::all(&self.client, caller, &path).await {
            Err(failure) if is_closed(caller.verdict(&failure)) => Ok(Vec::new()),
            listed => listed,
        }
    }
}

fn is_closed(verdict: Option<Verdict>) -> bool {
    use Verdict::{Forbidden, NotFound, SingleSignOn, Unapproved};
    matches!(
        verdict,
        Some(Forbidden | NotFound | SingleSignOn | Unapproved)
    )
}

fn repository(found: &wire::RepositoryPermission) -> Option<Repository> {
    Some(Repository {
        name: RepositoryName::parse(&found.repository.full_name).ok()?,
        writable: matches!(found.permission.as_str(), "write" | "admin"),
    })
}

impl Visit<'_> {
    /// All of them, as Bitbucket lists them. Which ones are restricted it tells to administrators
    /// only.
    pub(super) async fn all_branches(&self) -> Result<Vec<Branch>, ProviderError> {
        let path = self.path("/refs/branches?pagelen=100");
        let all = self.standing.told(self.all::<wire::Branch>(&path).await)?;
        let branch = |branch: wire::Branch| {
            let name = BranchName::parse(&branch.name).ok()?;
            let protected = false;
            Some(Branch { name, protected })
        };
        Ok(all.into_iter().filter_map(branch).collect())
    }
}
