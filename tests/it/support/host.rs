//! A server whose people sign in at a host of repositories: the forge, by the same clock.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;
use wyvern::clock::Clock;
use wyvern::config::OutgoingSettings;
use wyvern::provider::HostOptions;
use wyvern::provider::outgoing::Outgoing;

use super::{Answer, Browser, Repository, SetClock, TestApp};
use crate::forge::{Access, App, Call, Dialect, Forge, ForgeOptions, World};

/// Where the server sends browsers back to.
pub(crate) const ORIGIN: &str = "http://127.0.0.1:3000";

/// Makes each of these functions of a dialect a test at each of the hosts.
macro_rules! at_each_host {
    ($($test:ident),+ $(,)?) => {
        at_each_host!(@ github: GitHub: $($test),+);
        at_each_host!(@ gitlab: GitLab: $($test),+);
        at_each_host!(@ bitbucket: Bitbucket: $($test),+);
    };
    (@ $host:ident: $dialect:ident: $($test:ident),+) => {
        mod $host {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    super::$test(crate::forge::Dialect::$dialect).await;
                }
            )+
        }
    };
}
pub(crate) use at_each_host;

/// A server, and the host that its people are from.
pub(crate) struct Hosted {
    pub(crate) forge: Forge,
    pub(crate) app: TestApp,
}

impl Hosted {
    pub(crate) async fn start(dialect: Dialect) -> Self {
        Self::with(dialect, App::OAuth, &[]).await
    }

    /// Registered as this, with these settings besides.
    pub(crate) async fn with(dialect: Dialect, app: App, settings: &[&str]) -> Self {
        let clock = SetClock::new();
        let forge = forge(ForgeOptions {
            dialect,
            clock: Arc::clone(&clock) as _,
            app,
            ..ForgeOptions::default()
        });
        let forge = forge.await;
        let app = server(&[&forge], clock, settings).await;
        Self { forge, app }
    }

    /// A new repository of the forge with an empty commit on `main`, which its owner may write.
    pub(crate) fn repository(&self, name: &str) -> Repository {
        repository(&self.forge, name)
    }

    /// Somebody's browser, signed in.
    pub(crate) async fn signed_in(&self, login: &str) -> Browser {
        let browser = self.app.browser();
        let who = self.sign_in(&browser, login).await.data();
        let provider = self.forge.dialect().name();
        assert_eq!(who, json!({ "provider": provider, "username": login }));
        browser
    }

    /// Signs in with a browser, by all the calls.
    pub(crate) async fn sign_in(&self, browser: &Browser, login: &str) -> Answer {
        sign_in(&self.forge, browser, login).await
    }

    /// The calls of the forge that ask for tokens.
    pub(crate) fn token_calls(&self) -> Vec<Call> {
        token_calls(&self.forge)
    }
}

/// A forge where Ada and Grace have accounts.
pub(crate) async fn forge(options: ForgeOptions) -> Forge {
    let forge = Forge::start_with(options).await;
    for (login, name) in [("ada", "Ada Lovelace"), ("grace", "Grace Hopper")] {
        forge.person(login, name, &format!("{login}@example.com"));
    }
    forge
}

/// What an adapter for a host is made of, with limits that no test meets by accident.
pub(crate) fn adapting(url: Url, clock: Arc<dyn Clock>) -> HostOptions {
    let settings = OutgoingSettings {
        connect_timeout: Duration::from_secs(5),
        timeout: Duration::from_secs(20),
        answer_limit: 128 << 20,
        concurrency: 64,
        concurrency_per_person: 16,
        cache: 64 << 20,
        certificates: None,
    };
    HostOptions {
        url,
        outgoing: Outgoing::new(&settings, Arc::clone(&clock)).unwrap(),
        clock,
        cache: 256 << 20,
        turns: None,
    }
}

/// A server before these forges.
pub(crate) async fn server(forges: &[&Forge], clock: Arc<SetClock>, settings: &[&str]) -> TestApp {
    let told = forges.iter().flat_map(|forge| told(forge));
    let own: Vec<_> = told
        .map(|(name, value)| format!("{name} = '{value}'"))
        .collect();
    let own = own.iter().map(String::as_str);
    let settings: Vec<_> = own.chain(settings.iter().copied()).collect();
    TestApp::at(clock, &settings).await
}

/// What a server is told of a forge: settings by their names.
pub(crate) fn told(forge: &Forge) -> [(String, String); 3] {
    let section = forge.dialect().name();
    [
        ("url", forge.url().to_string()),
        ("client_id", forge.client_id().to_owned()),
        ("client_secret", forge.client_secret().to_owned()),
    ]
    .map(|(name, value)| (format!("{section}.{name}"), value))
}

/// Settings by the names of their variables.
pub(crate) fn variables(
    settings: impl IntoIterator<Item = (String, String)>,
) -> Vec<(String, String)> {
    let variable = |name: &str| format!("WYVERN__{}", name.replace('.', "__").to_uppercase());
    let settings = settings.into_iter();
    settings
        .map(|(name, value)| (variable(&name), value))
        .collect()
}

/// A new repository of a forge with an empty commit on `main`, which its owner may write.
pub(crate) fn repository(forge: &World, name: &str) -> Repository {
    let repository = Repository::at(&forge.repository(name));
    repository.seed("main", &[]);
    let (owner, _) = name.split_once('/').unwrap();
    forge.grant(owner, name, Access::Admin);
    repository
}

/// Signs in with a browser at this forge, by all the calls.
pub(crate) async fn sign_in(forge: &World, browser: &Browser, login: &str) -> Answer {
    let address = begin(browser, forge.dialect()).await;
    let back = forge.approve(&address, login);
    let code = code_of(&browser.get(path(&back)).await);
    let body = json!({ "code": code }).to_string();
    browser.post("/api/session", body).await
}

/// The calls of a forge that ask for tokens.
pub(crate) fn token_calls(forge: &World) -> Vec<Call> {
    let page = token_page(forge.dialect());
    let calls = forge.calls().into_iter();
    calls.filter(|call| call.path.contains(page)).collect()
}

/// Where a host gives out tokens.
pub(crate) fn token_page(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::GitHub => "/login/oauth/access_token",
        Dialect::GitLab => "/oauth/token",
        Dialect::Bitbucket => "/site/oauth2/access_token",
    }
}

/// What the paths of a host's API have in common.
pub(crate) fn api(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::GitHub | Dialect::GitLab => "/api/",
        Dialect::Bitbucket => "/2.0/",
    }
}

/// How a host says what is wrong, in a body.
pub(crate) fn error(dialect: Dialect, message: &str) -> String {
    let said = json!({ "message": message });
    match dialect {
        Dialect::GitHub | Dialect::GitLab => said,
        Dialect::Bitbucket => json!({ "type": "error", "error": said }),
    }
    .to_string()
}

/// The address of a host's page.
pub(crate) async fn begin(browser: &Browser, dialect: Dialect) -> Url {
    let path = format!("/api/login/{}", dialect.name());
    let address = browser.get(&path).await.data();
    address.as_str().unwrap().parse().unwrap()
}

/// The path and query of an address of the server's.
pub(crate) fn path(address: &Url) -> &str {
    address
        .as_str()
        .strip_prefix(ORIGIN)
        .expect("it is the server's")
}

/// The code that a return leads to the app with.
#[track_caller]
pub(crate) fn code_of(returned: &Answer) -> String {
    assert_eq!(returned.status(), 303, "{}", returned.text());
    let target = returned.header("location").unwrap();
    target
        .strip_prefix("/#/oauth-return?code=")
        .unwrap()
        .to_owned()
}

/// What an address asks for, by name.
pub(crate) fn query(address: &Url) -> Value {
    let pairs = address.query_pairs();
    pairs
        .map(|(name, value)| (name.into_owned(), Value::from(value.as_ref())))
        .collect()
}
