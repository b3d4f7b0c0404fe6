//! One server at which people of every host are signed in, and the owner of its own disk beside them:
//! whatever they do at once, nothing of one comes to another (D1).

mod apart;
mod groups;
mod lasting;

use std::sync::Arc;

use serde_json::json;

use crate::forge::{App, Dialect, Forge, ForgeOptions};
use crate::support::host::{self, begin, code_of, path};
use crate::support::{Browser, CHECKOUT, Person, SetClock, TestApp, Tokens};

const REPOS: &str = "/api/threatmodel/repos";
/// The name of a repository that there is everywhere.
const MODELS: &str = "ada/models";
const FILE: &str = "ThreatDragonModels/Checkout/Checkout.json";

/// All hosts, and one server before them.
struct Town {
    forges: Vec<Forge>,
    app: TestApp,
}

impl Town {
    async fn start() -> Self {
        Self::with(App::OAuth).await
    }

    /// Registered as this with each of them.
    async fn with(registered: App) -> Self {
        let clock = SetClock::new();
        let mut forges = Vec::new();
        for dialect in Dialect::ALL {
            let options = ForgeOptions {
                dialect,
                clock: Arc::clone(&clock) as _,
                app: registered,
                ..ForgeOptions::default()
            };
            forges.push(host::forge(options).await);
        }
        let all: Vec<_> = forges.iter().collect();
        let app = host::server(&all, clock, &[]).await;
        Self { forges, app }
    }

    /// With [`MODELS`] everywhere; what the one model in it is called says where that is.
    fn with_models(self) -> Self {
        for forge in &self.forges {
            let models = host::repository(forge, MODELS);
            let model = model_at(forge.dialect().name());
            models.seed("main", &[("100644", FILE, &model)]);
        }
        let models = self.app.repository(MODELS);
        models.seed("main", &[("100644", FILE, &model_at("local"))]);
        self
    }

    fn at(&self, dialect: Dialect) -> &Forge {
        let mut forges = self.forges.iter();
        let forge = forges.find(|forge| forge.dialect() == dialect);
        forge.expect("there is one of each")
    }

    /// Somebody's browser, signed in at this host.
    async fn signed_in(&self, forge: &Forge, login: &str) -> Browser {
        let browser = self.app.browser();
        let who = host::sign_in(forge, &browser, login).await.data();
        let provider = forge.dialect().name();
        assert_eq!(who, json!({ "provider": provider, "username": login }));
        browser
    }

    /// Somebody's program, signed in at this host.
    async fn program(&self, forge: &Forge, login: &str) -> Person {
        let browser = self.app.browser();
        let dialect = forge.dialect();
        let back = forge.approve(&begin(&browser, dialect).await, login);
        let code = code_of(&browser.get(path(&back)).await);
        let exchange = format!("/api/oauth/{}?code={code}", dialect.name());
        let tokens = Tokens::of(&browser.get(&exchange).await.data());
        self.app.nobody().with(tokens)
    }
}

fn model_at(place: &str) -> String {
    CHECKOUT.replacen("Checkout", &format!("Checkout at {place}"), 1)
}
