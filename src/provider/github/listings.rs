//! Who somebody is, what they can open, and which branches it has.

use super::caller::{Caller, Client};
use super::visit::Visit;
use super::wire;
use crate::provider::hosted::Failure;
use crate::provider::{Branch, BranchName, ProviderError, Repository, RepositoryName, User};

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

impl Caller {
    /// All repositories that they can read.
    pub(super) async fn all_repositories(&self) -> Result<Vec<Repository>, Failure> {
        let path = "/user/repos?affiliation=owner,collaborator,organization_member\
                    &sort=full_name&per_page=100";
        let all = self.pages::<wire::Repository>(path).await?;
        let repository = |repository: wire::Repository| {
            let name = RepositoryName::parse(&repository.full_name).ok()?;
            let writable = repository.permissions.push && !repository.archived;
            Some(Repository { name, writable })
        };
        Ok(all.into_iter().filter_map(repository).collect())
    }
}

impl Visit<'_> {
    /// All of them, as GitHub lists them.
    pub(super) async fn all_branches(&self) -> Result<Vec<Branch>, ProviderError> {
        let path = self.path("/branches?per_page=100");
        let all = self
            .standing
            .told(self.caller.pages::<wire::Branch>(&path).await)?;
        let branch = |branch: wire::Branch| {
            let name = BranchName::parse(&branch.name).ok()?;
            let protected = branch.protected;
            Some(Branch { name, protected })
        };
        Ok(all.into_iter().filter_map(branch).collect())
    }
}
