//! GitHub under the contract: the adapter over a forge.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;
use wyvern::clock::SystemClock;
use wyvern::provider::github::GitHub;
use wyvern::provider::{Credential, Provider, ProviderError, RepositoryName};

use super::{Fixture, ada};
use crate::forge::{Access, Forge};
use crate::github::adapter;

/// A GitHub where Ada has an account.
pub(super) struct GitHubFixture {
    forge: Forge,
    github: GitHub,
    token: SecretString,
}

impl GitHubFixture {
    pub(super) async fn start() -> Self {
        let forge = Forge::start().await;
        let ada = ada();
        forge.person(&ada.username, &ada.name, &ada.email);
        Self {
            github: adapter(&forge, Arc::new(SystemClock)),
            token: forge.token(&ada.username).into(),
            forge,
        }
    }
}

impl fmt::Debug for GitHubFixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.github.fmt(f)
    }
}

impl Fixture for GitHubFixture {
    fn provider(&self) -> Arc<dyn Provider> {
        Arc::new(self.github.clone())
    }

    fn create(&self, name: &RepositoryName) {
        self.forge.repository(name.as_str());
        let ada = ada().username;
        self.forge.grant(&ada, name.as_str(), Access::Write);
    }

    fn who(&self) -> Credential {
        Credential::Token(self.token.clone())
    }

    fn foreigner(&self) -> Credential {
        Credential::Person(ada())
    }

    fn refuses(&self, error: &ProviderError) -> bool {
        matches!(error, ProviderError::SignInExpired)
    }

    fn keeps_last_line_end(&self) -> bool {
        false
    }

    fn owner(&self) -> &'static str {
        "Group-sub"
    }
}
