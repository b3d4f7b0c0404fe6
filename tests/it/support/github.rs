//! A server whose people sign in with GitHub: the forge, by the same clock.

use std::sync::Arc;

use serde_json::{Value, json};
use url::Url;

use super::{Answer, Browser, Repository, SetClock, TestApp};
use crate::forge::{Access, App, Call, Forge, ForgeOptions};

/// Where the server sends browsers back to.
pub(crate) const ORIGIN: &str = "http://127.0.0.1:3000";

pub(crate) struct GitHub {
    pub(crate) forge: Forge,
    pub(crate) app: TestApp,
}

impl GitHub {
    pub(crate) async fn start() -> Self {
        Self::with(App::OAuth, &[]).await
    }

    /// Registered as this, with these settings besides.
    pub(crate) async fn with(app: App, settings: &[&str]) -> Self {
        let clock = SetClock::new();
        let forge = Forge::start_with(ForgeOptions {
            clock: Arc::clone(&clock) as _,
            app,
            ..ForgeOptions::default()
        });
        let forge = forge.await;
        for (login, name) in [("ada", "Ada Lovelace"), ("grace", "Grace Hopper")] {
            forge.person(login, name, &format!("{login}@example.com"));
        }
        let app = Self::server(&forge, clock, settings).await;
        Self { forge, app }
    }

    /// A server before this forge.
    pub(crate) async fn server(forge: &Forge, clock: Arc<SetClock>, settings: &[&str]) -> TestApp {
        let own = [
            format!("github.url = '{}'", forge.url()),
            format!("github.client_id = '{}'", forge.client_id()),
            format!("github.client_secret = '{}'", forge.client_secret()),
        ];
        let own = own.iter().map(String::as_str);
        let settings: Vec<_> = own.chain(settings.iter().copied()).collect();
        TestApp::at(clock, &settings).await
    }

    /// A new repository of the forge with an empty commit on `main`, which its owner may write.
    pub(crate) fn repository(&self, name: &str) -> Repository {
        let repository = Repository::at(&self.forge.repository(name));
        repository.seed("main", &[]);
        let (owner, _) = name.split_once('/').unwrap();
        self.forge.grant(owner, name, Access::Admin);
        repository
    }

    /// Somebody's browser, signed in.
    pub(crate) async fn signed_in(&self, login: &str) -> Browser {
        let browser = self.app.browser();
        let who = self.sign_in(&browser, login).await.data();
        assert_eq!(who, json!({ "provider": "github", "username": login }));
        browser
    }

    /// Signs in with a browser, by all the calls.
    pub(crate) async fn sign_in(&self, browser: &Browser, login: &str) -> Answer {
        let address = begin(browser).await;
        let back = self.forge.approve(&address, login);
        let code = code_of(&browser.get(path(&back)).await);
        let body = json!({ "code": code }).to_string();
        browser.post("/api/session", body).await
    }

    /// The calls of the forge but those about tokens of its own.
    pub(crate) fn token_calls(&self) -> Vec<Call> {
        let calls = self.forge.calls().into_iter();
        calls
            .filter(|call| call.path.contains("access_token"))
            .collect()
    }
}

/// The address of the provider's page.
pub(crate) async fn begin(browser: &Browser) -> Url {
    let address = browser.get("/api/login/github").await.data();
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
