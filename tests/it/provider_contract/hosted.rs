//! Hosts under the contract: each adapter over a forge of its dialect.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;
use wyvern::clock::SystemClock;
use wyvern::provider::{Credential, HostOptions, Provider, ProviderError, RepositoryName};

use super::{Fixture, ada};
use crate::forge::{Access, Dialect, Forge, ForgeOptions};
use crate::support::host::adapting;

/// A host where Ada has an account.
pub(super) struct HostedFixture {
    forge: Forge,
    provider: Arc<dyn Provider>,
    token: SecretString,
}

impl HostedFixture {
    /// With the adapter that this makes.
    pub(super) async fn start<P: Provider + 'static>(
        dialect: Dialect,
        adapter: impl FnOnce(HostOptions) -> P,
    ) -> Self {
        let options = ForgeOptions {
            dialect,
            ..ForgeOptions::default()
        };
        let forge = Forge::start_with(options).await;
        let ada = ada();
        forge.person(&ada.username, &ada.name, &ada.email);
        Self {
            provider: Arc::new(adapter(adapting(forge.url(), Arc::new(SystemClock)))),
            token: forge.token(&ada.username).into(),
            forge,
        }
    }
}

impl fmt::Debug for HostedFixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.forge.dialect().fmt(f)
    }
}

impl Fixture for HostedFixture {
    fn provider(&self) -> Arc<dyn Provider> {
        Arc::clone(&self.provider)
    }

    fn create(&self, name: &RepositoryName) {
        self.forge.repository(name.as_str());
        let ada = ada().username;
        self.forge.grant(&ada, name.as_str(), Access::Write);
    }

    fn tag(&self, repo: &RepositoryName, name: &str, of: &str, is_object: bool) -> Option<String> {
        Some(self.forge.tag(repo.as_str(), name, of, is_object))
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
        self.forge.dialect() != Dialect::GitHub
    }

    fn owner(&self) -> &'static str {
        match self.forge.dialect() {
            Dialect::GitLab => "Group/sub",
            Dialect::GitHub | Dialect::Bitbucket => "Group-sub",
        }
    }
}
