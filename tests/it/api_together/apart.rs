//! Each person is one of one host, whatever they are called.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{MODELS, REPOS, Town, model_at};
use crate::forge::Dialect;
use crate::support::host::{self, begin, path, token_calls};
use crate::support::{Browser, CHECKOUT, branch_path, model_path};

const LOGINS: [&str; 2] = ["ada", "grace"];

/// What somebody is to be told, whatever is asked meanwhile.
struct Watched {
    browser: Browser,
    asks: String,
    told: Value,
}

impl Watched {
    async fn look(&self) {
        let data = self.browser.get(&self.asks).await.data();
        let told = data.get("repos").or(data.pointer("/summary/title"));
        assert_eq!(told, Some(&self.told), "{}", self.asks);
    }
}

/// Ada reads the model that is everywhere, Grace lists what she may see: her own alone.
async fn everybody(town: &Town) -> Vec<Watched> {
    let data = model_path(MODELS, "main", "Checkout", "data");
    let mut all = Vec::new();
    for forge in &town.forges {
        let place = forge.dialect().name();
        let hers = format!("grace/at-{place}");
        host::repository(forge, &hers);
        all.push(Watched {
            browser: town.signed_in(forge, "ada").await,
            asks: data.clone(),
            told: json!(format!("Checkout at {place}")),
        });
        all.push(Watched {
            browser: town.signed_in(forge, "grace").await,
            asks: REPOS.to_owned(),
            told: json!([hers]),
        });
    }
    let owner = town.app.browser();
    let address = owner.get("/api/login/local").await.data();
    let (_, code) = address.as_str().unwrap().split_once("code=").unwrap();
    let body = json!({ "code": code }).to_string();
    owner.post("/api/session", body).await.is(200);
    all.push(Watched {
        browser: owner,
        asks: data,
        told: json!("Checkout at local"),
    });
    all
}

#[tokio::test]
async fn people_of_every_host_at_once_are_never_mixed() {
    let town = Town::start().await.with_models();
    let everybody = everybody(&town).await;
    town.forges.iter().for_each(|forge| forge.forget_calls());
    let looks = everybody.iter().cycle().take(everybody.len() * 12);
    join_all(looks.map(Watched::look)).await;
    for forge in &town.forges {
        // A token of another host would be one of nobody.
        let calls = forge.calls();
        let own = |login: &Option<String>| LOGINS.contains(&login.as_deref().unwrap_or_default());
        assert!(calls.iter().all(|call| own(&call.login)), "{calls:?}");
        for login in LOGINS {
            let hers = calls
                .iter()
                .find(|call| call.login.as_deref() == Some(login));
            assert!(hers.is_some(), "{:?} {login}", forge.dialect());
        }
    }
}

#[tokio::test]
async fn who_is_signed_in_at_one_host_reaches_no_other() {
    let town = Town::start().await;
    for forge in &town.forges {
        host::repository(forge, &format!("ada/at-{}", forge.dialect().name()));
    }
    for forge in &town.forges {
        let ada = town.signed_in(forge, "ada").await;
        town.forges.iter().for_each(|forge| forge.forget_calls());
        for other in Dialect::ALL {
            let there = format!("ada/at-{}", other.name());
            let models = branch_path(&there, "main", "models");
            let create = model_path(&there, "main", "Checkout", "create");
            if other == forge.dialect() {
                ada.get(&models).await.is(200);
                continue;
            }
            ada.get(&models).await.problem(404, "not_found");
            ada.post(&create, CHECKOUT).await.problem(404, "not_found");
            assert_eq!(town.at(other).calls(), [], "{other:?}");
        }
    }
}

#[tokio::test]
async fn the_same_name_at_two_hosts_is_two_people() {
    let town = Town::start().await.with_models();
    let [one, other] = [Dialect::GitHub, Dialect::GitLab].map(|dialect| town.at(dialect));
    let (here, there) = (
        town.program(one, "ada").await,
        town.program(other, "ada").await,
    );
    let data = model_path(MODELS, "main", "Checkout", "data");
    let update = model_path(MODELS, "main", "Checkout", "update");
    there.get(&data).await.is(200);
    // What the one has read is nothing that the other has read.
    let edited = model_at("home");
    let blind = here.put(&update).json(edited.as_str()).await;
    blind.problem(428, "version_required");
    there.put(&update).json(edited.as_str()).await.is(200);
    let title = here.get(&data).await.data()["summary"]["title"].clone();
    assert_eq!(title, "Checkout at github");
    there.post("/api/logout").await.is(200);
    there.get(REPOS).await.problem(401, "sign_in_required");
    here.get(REPOS).await.is(200);
}

#[tokio::test]
async fn who_comes_back_at_the_address_of_another_host_is_not_signed_in() {
    let town = Town::start().await;
    let browser = town.app.browser();
    let addresses = ["", "/gitlab", "/bitbucket", "/github", "/local"];
    for forge in &town.forges {
        for address in addresses {
            let back = forge.approve(&begin(&browser, forge.dialect()).await, "ada");
            let (own, query) = path(&back).split_once('?').unwrap();
            let elsewhere = format!("/api/oauth/return{address}");
            if own == elsewhere {
                continue;
            }
            let refused = browser.get(&format!("{elsewhere}?{query}")).await;
            refused.page(400, "This sign-in cannot be finished");
        }
        assert_eq!(token_calls(forge), [], "{:?}", forge.dialect());
    }
    let nowhere = browser.get("/api/oauth/return/elsewhere?code=x").await;
    nowhere.page(404, "Signing in did not work");
    browser.get(REPOS).await.problem(401, "sign_in_required");
}

#[tokio::test]
async fn each_host_is_offered_with_its_address() {
    let town = Town::start().await;
    let nobody = town.app.nobody();
    let config = nobody.get("/api/config").await.data();
    for forge in &town.forges {
        let name = forge.dialect().name();
        assert_eq!(config[format!("{name}Enabled")], true);
        let organisation = format!("/api/threatmodel/organisation?provider={name}");
        let port = forge.url().port().unwrap().to_string();
        let expected = json!({ "protocol": "http", "hostname": "127.0.0.1", "port": port });
        assert_eq!(nobody.get(&organisation).await.is(200).json(), expected);
    }
    assert_eq!(config["localEnabled"], true);
}
