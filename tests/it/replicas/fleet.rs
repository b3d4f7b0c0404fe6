//! Two servers before one forge, where Ada works.

use super::servers::Servers;
use crate::forge::{App, Dialect, Forge, ForgeOptions};
use crate::support::host::{self, begin, code_of, path, token_calls};
use crate::support::{Browser, Redis, Repository, Tokens};

pub(super) const REPOS: &str = "/api/threatmodel/repos";

/// Tokens of eight hours and half a year, as GitHub's are.
pub(super) const EXPIRING: App = App::Expiring {
    access_seconds: 8 * 60 * 60,
    refresh_seconds: 184 * 24 * 60 * 60,
};

pub(super) struct Fleet {
    pub(super) forge: Forge,
    pub(super) models: Repository,
    pub(super) servers: Servers,
}

impl Fleet {
    /// Over this Redis, or each with a memory of its own.
    pub(super) async fn start(app: App, redis: Option<&Redis>) -> Self {
        let options = ForgeOptions {
            app,
            ..ForgeOptions::default()
        };
        let forge = host::forge(options).await;
        Self {
            models: host::repository(&forge, "ada/models"),
            servers: Servers::before(&[&forge], redis, &[]).await,
            forge,
        }
    }

    /// Ada's browser has come back from the forge: the code that it was led to the app with.
    pub(super) async fn returned(&self, browser: &Browser) -> String {
        let back = self
            .forge
            .approve(&begin(browser, Dialect::GitHub).await, "ada");
        code_of(&browser.get(path(&back)).await)
    }

    /// Ada's browser, signed in.
    pub(super) async fn signed_in(&self) -> Browser {
        let browser = self.servers.browser();
        host::sign_in(&self.forge, &browser, "ada").await.is(200);
        browser
    }

    /// Ada's tokens.
    pub(super) async fn tokens(&self) -> Tokens {
        let browser = self.servers.browser();
        let code = self.returned(&browser).await;
        let exchange = format!("/api/oauth/github?code={code}");
        Tokens::of(&browser.get(&exchange).await.data())
    }

    /// How often tokens have been asked for.
    pub(super) fn token_calls(&self) -> usize {
        token_calls(&self.forge).len()
    }
}
