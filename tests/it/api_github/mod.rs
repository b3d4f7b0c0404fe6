//! Signing in with GitHub and working there, over HTTP alone, as browsers and programs do it.

mod apart;
mod audit;
mod replicas;
mod returns;
mod sessions;

use std::collections::BTreeSet;

use serde_json::json;

use crate::forge::{Access, App, Dialect};
use crate::support::host::{begin, code_of, path, query};
use crate::support::{CHECKOUT, Hosted, Repository, Tokens, branch_path, compact, model_path};

const REPOS: &str = "/api/threatmodel/repos";

#[tokio::test]
async fn a_browser_signs_in_saves_on_a_branch_with_a_slash_and_signs_out() {
    let github = Hosted::start(Dialect::GitHub).await;
    let models = github.repository("ada/models");
    models.git(&["branch", "feature/sign-in", "main"]);
    let ada = github.signed_in("ada").await;
    let repos = ada.get(REPOS).await.data();
    assert_eq!(repos["repos"], json!(["ada/models"]));

    let create = model_path("ada/models", "feature/sign-in", "Checkout", "create");
    ada.post(&create, CHECKOUT).await.is(201);
    let update = model_path("ada/models", "feature/sign-in", "Checkout", "update");
    let edited = compact(CHECKOUT).replacen("Checkout", "Check-out", 1);
    ada.send(ada.ask("PUT", &update).json(edited)).await.is(200);
    let list = branch_path("ada/models", "feature/sign-in", "models");
    assert_eq!(ada.get(&list).await.data(), json!(["Checkout"]));
    let author = models.git(&["log", "-1", "--format=%an <%ae>", "feature/sign-in"]);
    assert!(author.starts_with("Ada Lovelace <"), "{author}");
    assert_eq!(models.commits("feature/sign-in").len(), 3);
    assert_eq!(models.commits("main").len(), 1);

    // S3: signing out ends it here at once, and at GitHub too.
    ada.delete("/api/session").await.is(204);
    ada.get(REPOS).await.problem(401, "sign_in_required");
    assert_eq!(github.forge.revoked().len(), 1);
}

#[tokio::test]
async fn a_program_signs_in_renews_and_signs_out() {
    let github = Hosted::start(Dialect::GitHub).await;
    github.repository("ada/models");
    let browser = github.app.browser();
    let back = github
        .forge
        .approve(&begin(&browser, Dialect::GitHub).await, "ada");
    let code = code_of(&browser.get(path(&back)).await);
    let exchange = format!("/api/oauth/github?code={code}");
    let nobody = github.app.nobody();
    // The code is good in the browser that began, at its own provider, and once.
    let first = Tokens::of(&browser.get(&exchange).await.data());
    browser.get(&exchange).await.problem(401, "sign_in_refused");
    let ada = nobody.with(first.clone());
    assert_eq!(ada.get(REPOS).await.data()["repos"], json!(["ada/models"]));
    let who = json!({ "provider": "github", "username": "ada" });
    assert_eq!(ada.get("/api/session").await.data(), who);

    // D2: renewing needs the refresh token alone.
    github.app.clock.advance(std::time::Duration::from_hours(2));
    ada.get(REPOS).await.problem(401, "sign_in_required");
    let body = json!({ "refreshToken": first.refresh }).to_string();
    let renewed = nobody.post("/api/token/refresh").json(body).await;
    let ada = nobody.with(Tokens::of(&renewed.data()));
    ada.get(REPOS).await.is(200);

    assert_eq!(ada.post("/api/logout").await.data(), "");
    ada.get(REPOS).await.problem(401, "sign_in_required");
    assert_eq!(github.forge.revoked().len(), 1);
}

#[tokio::test]
async fn a_code_of_one_provider_is_none_of_another() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.app.browser();
    let back = github
        .forge
        .approve(&begin(&browser, Dialect::GitHub).await, "ada");
    let code = code_of(&browser.get(path(&back)).await);
    let local = browser.get(&format!("/api/oauth/local?code={code}")).await;
    local.problem(401, "sign_in_refused");
}

#[tokio::test]
async fn what_can_be_offered_is_told() {
    let github = Hosted::start(Dialect::GitHub).await;
    let nobody = github.app.nobody();
    let config = nobody.get("/api/config").await.data();
    assert_eq!(config["githubEnabled"], true);
    assert_eq!(config["localEnabled"], true);
    let url = github.forge.url();
    let address = nobody
        .get("/api/threatmodel/organisation?provider=github")
        .await;
    let port = url.port().unwrap().to_string();
    let expected = json!({ "protocol": "http", "hostname": "127.0.0.1", "port": port });
    assert_eq!(address.is(200).json(), expected);
    let body = json!({ "username": "ada", "password": "x" }).to_string();
    let password = nobody.post("/api/login/github").json(body).await;
    password.problem(404, "unknown_provider");
}

#[tokio::test]
async fn the_address_of_the_page_asks_for_no_more_than_it_must() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.app.browser();
    let answer = browser.get("/api/login/github").await.is(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let cookie = answer.header("set-cookie").unwrap();
    let attributes = "; Path=/; Max-Age=600; HttpOnly; SameSite=Lax";
    assert!(cookie.starts_with("wyvern-sign-in=") && cookie.ends_with(attributes));
    let address: url::Url = answer.data().as_str().unwrap().parse().unwrap();
    let page = github.forge.url().join("login/oauth/authorize").unwrap();
    assert_eq!(address.as_str().split('?').next(), Some(page.as_str()));
    let asked = query(&address);
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", github.forge.client_id()),
        ("scope", "repo"),
        ("code_challenge_method", "S256"),
        ("redirect_uri", "http://127.0.0.1:3000/api/oauth/return"),
    ] {
        assert_eq!(asked[name], value, "{name}");
    }
    for drawn in ["state", "code_challenge"] {
        assert_eq!(asked[drawn].as_str().unwrap().len(), 43, "{drawn}");
    }
    assert_eq!(asked.as_object().unwrap().len(), 7);
}

/// S8: no address is made from what a request says.
#[tokio::test]
async fn where_people_come_back_to_is_configured_and_never_asked_for() {
    let public = "server.public_url = 'https://wyvern.example.com'";
    let github = Hosted::with(Dialect::GitHub, App::OAuth, &[public]).await;
    let nobody = github.app.nobody();
    for host in [
        "wyvern.example.com",
        "WYVERN.example.com:443",
        "localhost:3000",
    ] {
        for (name, value) in [
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "http"),
            ("forwarded", "host=evil.example;proto=http"),
            ("x-host", "evil.example"),
            ("origin", "https://evil.example"),
            ("referer", "https://evil.example/"),
        ] {
            let ask = nobody.get("/api/login/github").header("host", host);
            let answer = ask.header(name, value).await;
            let cookie = answer.header("set-cookie").unwrap().to_owned();
            assert!(cookie.starts_with("__Host-wyvern-sign-in="), "{cookie}");
            assert!(cookie.ends_with("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"));
            let address = answer.data().as_str().unwrap().parse().unwrap();
            let back = "https://wyvern.example.com/api/oauth/return";
            assert_eq!(query(&address)["redirect_uri"], back, "{host} {name}");
        }
    }
    for host in ["evil.example", "wyvern.example.com.evil.example"] {
        let answer = nobody.get("/api/login/github").header("host", host).await;
        answer.problem(421, "misdirected");
    }
}

#[tokio::test]
async fn on_a_network_without_accounts_github_alone_is_served() {
    let settings = [
        "server.address = '0.0.0.0'",
        "server.public_url = 'http://127.0.0.1:3000'",
    ];
    let github = Hosted::with(Dialect::GitHub, App::OAuth, &settings).await;
    let nobody = github.app.nobody();
    let config = nobody.get("/api/config").await.data();
    assert_eq!(config["githubEnabled"], true);
    assert_eq!(config["localEnabled"], false);
    let login = nobody.get("/api/login/local").await;
    login.problem(404, "unknown_provider");
    github.signed_in("ada").await.get(REPOS).await.is(200);
}

/// D18: who may only read sees so before anything is lost, and searching is no provider's own.
#[tokio::test]
async fn repositories_are_searched_and_say_where_one_may_save() {
    let github = Hosted::start(Dialect::GitHub).await;
    for name in ["ada/Shop", "ada/bank", "acme/Workshop"] {
        Repository::at(&github.forge.repository(name)).seed("main", &[]);
    }
    for (name, access) in [
        ("ada/Shop", Access::Write),
        ("ada/bank", Access::Admin),
        ("acme/Workshop", Access::Read),
    ] {
        github.forge.grant("ada", name, access);
    }
    let ada = github.signed_in("ada").await;
    let listed = async |query: &str| {
        let data = ada.get(&format!("{REPOS}{query}")).await.data();
        let found = data["repositories"].as_array().unwrap().clone();
        let names: Vec<_> = found.iter().map(|found| &found["name"]).collect();
        assert_eq!(json!(names), data["repos"]);
        let short = found.iter().map(|found| {
            let name = found["name"].as_str().unwrap().to_owned();
            (name, found["writable"].as_bool().unwrap())
        });
        short.collect::<BTreeSet<_>>()
    };
    let [shop, bank, work] = [
        ("ada/Shop", true),
        ("ada/bank", true),
        ("acme/Workshop", false),
    ]
    .map(|(name, writable)| (name.to_owned(), writable));
    assert_eq!(
        listed("").await,
        [&shop, &bank, &work].map(Clone::clone).into()
    );
    assert_eq!(listed("?searchQuery=SHOP").await, [shop, work].into());
    assert_eq!(listed("?searchQuery=a/bank").await, [bank].into());
    assert_eq!(listed("?searchQuery=topic:x").await, BTreeSet::new());
}

#[tokio::test]
async fn models_are_where_the_provider_has_them() {
    let settings = [
        "models.folder = 'here'",
        "github.models_folder = 'docs/threats'",
    ];
    let github = Hosted::with(Dialect::GitHub, App::OAuth, &settings).await;
    let [there, here] = [
        github.repository("ada/models"),
        github.app.repository("a/b"),
    ];
    let ada = github.signed_in("ada").await;
    let create = model_path("ada/models", "main", "Checkout", "create");
    ada.post(&create, CHECKOUT).await.is(201);
    assert_eq!(there.files(), ["docs/threats/Checkout/Checkout.json"]);
    let create = model_path("a/b", "main", "Checkout", "create");
    let owner = github.app.owner().await;
    owner.post(&create).json(CHECKOUT).await.is(201);
    assert_eq!(here.files(), ["here/Checkout/Checkout.json"]);
}
