//! Two servers with the same keys before one forge, and a balancer before them.

use secrecy::ExposeSecret as _;
use tempfile::TempDir;

use super::balancer::Balancer;
use crate::forge::{Access, App, Forge, ForgeOptions};
use crate::running::Running;
use crate::support::github::{ORIGIN, begin, code_of, path};
use crate::support::{Browser, KEY, Person, Redis, Repository, Server, Tokens};

pub(super) const REPOS: &str = "/api/threatmodel/repos";

/// Tokens of eight hours and half a year, as GitHub's are.
pub(super) const EXPIRING: App = App::Expiring {
    access_seconds: 8 * 60 * 60,
    refresh_seconds: 184 * 24 * 60 * 60,
};

pub(super) struct Fleet {
    pub(super) forge: Forge,
    pub(super) models: Repository,
    pub(super) servers: [Running; 2],
    balancer: Balancer,
    settings: Vec<(&'static str, String)>,
    folder: TempDir,
}

impl Fleet {
    /// Over this Redis, or each with a memory of its own.
    pub(super) async fn start(app: App, redis: Option<&Redis>) -> Self {
        let options = ForgeOptions {
            app,
            ..ForgeOptions::default()
        };
        let forge = Forge::start_with(options).await;
        forge.person("ada", "Ada Lovelace", "ada@example.com");
        let models = Repository::at(&forge.repository("ada/models"));
        models.seed("main", &[]);
        forge.grant("ada", "ada/models", Access::Admin);
        let settings = settings(&forge, redis);
        let folder = tempfile::tempdir().unwrap();
        let start = |name: &str| Running::with(&folder.path().join(name), &settings);
        let servers = [start("one"), start("other")];
        let addresses = servers.each_ref().map(Running::socket);
        Self {
            balancer: Balancer::before(addresses).await,
            forge,
            models,
            servers,
            settings,
            folder,
        }
    }

    /// Somebody's browser, whose requests go to either server in turn.
    pub(super) fn browser(&self) -> Browser {
        Browser::new(Server::at(self.balancer.address))
    }

    /// The same browser as each server sees it, when it is asked alone.
    pub(super) fn at_each(&self, browser: &Browser) -> [Browser; 2] {
        let at = |server: &Running| browser.at(Server::at(server.socket()));
        self.servers.each_ref().map(at)
    }

    /// Somebody with a client who is not signed in, in the same way.
    pub(super) fn nobody(&self) -> Person {
        Person::nobody(Server::at(self.balancer.address))
    }

    /// The client of whoever holds these tokens, at each server alone.
    pub(super) fn with_at_each(&self, tokens: &Tokens) -> [Person; 2] {
        let at = |server: &Running| Person::nobody(Server::at(server.socket()));
        let nobody = self.servers.each_ref().map(at);
        nobody.map(|nobody| nobody.with(tokens.clone()))
    }

    /// Ada's browser has come back from the forge: the code that it was led to the app with.
    pub(super) async fn returned(&self, browser: &Browser) -> String {
        let back = self.forge.approve(&begin(browser).await, "ada");
        code_of(&browser.get(path(&back)).await)
    }

    /// Ada's browser, signed in.
    pub(super) async fn signed_in(&self) -> Browser {
        let browser = self.browser();
        let code = self.returned(&browser).await;
        let body = serde_json::json!({ "code": code }).to_string();
        browser.post("/api/session", body).await.is(200);
        browser
    }

    /// Ada's tokens.
    pub(super) async fn tokens(&self) -> Tokens {
        let browser = self.browser();
        let code = self.returned(&browser).await;
        let exchange = format!("/api/oauth/github?code={code}");
        Tokens::of(&browser.get(&exchange).await.data())
    }

    /// How often tokens have been asked for.
    pub(super) fn token_calls(&self) -> usize {
        let calls = self.forge.calls().into_iter();
        calls
            .filter(|call| call.path.contains("access_token"))
            .count()
    }

    /// Kills the first server, and starts another one in its place and with its data.
    pub(super) fn restart_first(&mut self) {
        let [first, _] = &mut self.servers;
        first.kill();
        *first = Running::with(&self.folder.path().join("one"), &self.settings);
    }
}

fn settings(forge: &Forge, redis: Option<&Redis>) -> Vec<(&'static str, String)> {
    let mut settings = vec![
        ("WYVERN__AUTH__KEYS", KEY.to_owned()),
        ("WYVERN__LOCAL__ENABLED", "false".to_owned()),
        ("WYVERN__SERVER__PUBLIC_URL", ORIGIN.to_owned()),
        ("WYVERN__GITHUB__URL", forge.url().to_string()),
        ("GITHUB_CLIENT_ID", forge.client_id().to_owned()),
        ("GITHUB_CLIENT_SECRET", forge.client_secret().to_owned()),
    ];
    let url = redis.map(|redis| redis.url().expose_secret().to_owned());
    settings.extend(url.map(|url| ("WYVERN__SESSIONS__REDIS_URL", url)));
    settings
}
