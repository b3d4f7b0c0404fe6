//! What the server says about itself, and the page.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde_json::json;

use crate::support::{Redis, TestApp, accounts};

#[tokio::test]
async fn health_is_told_in_threat_dragons_words() {
    let app = TestApp::start().await;
    app.clock.advance(Duration::from_millis(4020));
    let health = app.nobody().get("/healthz").await.is(200).json();
    let date = "2026-01-01T12:00:04.020Z";
    assert_eq!(
        health,
        json!({ "uptime": 4.02, "message": "OK", "date": date })
    );
}

#[tokio::test]
async fn a_server_that_stops_is_alive_but_not_ready() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for probe in ["/livez", "/readyz"] {
        let state = nobody.get(probe).await.is(200).json();
        assert_eq!(state, json!({ "status": "ok" }));
    }
    app.app.life.stop();
    nobody.get("/livez").await.is(200);
    let problem = nobody.get("/readyz").await.problem(503, "not_ready");
    assert_eq!(problem["detail"], "The server is stopping.");
    // Requests in flight go on.
    nobody.get("/api/config").await.is(200);
}

#[tokio::test]
async fn a_server_whose_redis_is_down_is_not_ready() {
    let mut redis = Redis::start();
    let url = redis.url();
    let setting = format!("sessions.redis_url = '{}'", url.expose_secret());
    let app = TestApp::with(&[&setting]).await;
    let nobody = app.nobody();
    nobody.get("/readyz").await.is(200);
    redis.stop();
    app.clock.advance(Duration::from_millis(999));
    // Probes at once cost no more than one.
    nobody.get("/readyz").await.is(200);
    app.clock.advance(Duration::from_millis(1));
    let problem = nobody.get("/readyz").await.problem(503, "not_ready");
    let told = "The records of sign-ins cannot be reached.";
    assert_eq!(problem["detail"], told);
    nobody.get("/livez").await.is(200);
    redis.start_again();
    app.clock.advance(Duration::from_secs(1));
    nobody.get("/readyz").await.is(200);
}

#[tokio::test]
async fn a_server_without_its_data_folder_is_not_ready() {
    let app = TestApp::start().await;
    std::fs::remove_dir_all(app.folder().join("data")).unwrap();
    let problem = app.nobody().get("/readyz").await.problem(503, "not_ready");
    assert_eq!(problem["detail"], "The data folder is gone.");
}

#[tokio::test]
async fn the_configuration_has_the_shape_that_the_app_reads() {
    let app = TestApp::start().await;
    let answer = app.nobody().get("/api/config").await;
    let kind = Some("application/json; charset=utf-8");
    assert_eq!(answer.header("content-type"), kind);
    let expected = json!({
        "bitbucketEnabled": false,
        "githubEnabled": false,
        "gitlabEnabled": false,
        "googleEnabled": false,
        "localEnabled": true,
        "localPassword": false,
        "allowedLocales": [],
        "defaultLocale": "en",
    });
    assert_eq!(answer.data(), expected);
    let settings = ["locales.allowed = ['de', 'pt-br']", "local.enabled = false"];
    let other = TestApp::with(&settings).await;
    let config = other.nobody().get("/api/config").await.data();
    assert_eq!(config["allowedLocales"], json!(["de", "pt-BR", "en"]));
    assert_eq!(config["localEnabled"], false);
}

#[tokio::test]
async fn the_address_of_the_provider_has_both_spellings() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for path in [
        "/api/threatmodel/organisation",
        "/api/threatmodel/organization",
    ] {
        for name in ["local", "LOCAL"] {
            let answer = nobody.get(&format!("{path}?provider={name}")).await.is(200);
            let expected = json!({ "protocol": "http", "hostname": "127.0.0.1", "port": "3000" });
            assert_eq!(answer.json(), expected);
        }
        for query in [
            "",
            "?provider=",
            "?provider=github",
            "?provider=constructor",
            "?provider=%00",
        ] {
            let answer = nobody.get(&format!("{path}{query}")).await;
            answer.problem(404, "unknown_provider");
        }
        for query in ["?provider=local&provider=local", "?provider=%ff"] {
            let answer = nobody.get(&format!("{path}{query}")).await;
            let expected = if query.ends_with("%ff") { 404 } else { 400 };
            answer.is(expected);
        }
    }
}

#[tokio::test]
async fn the_address_of_the_provider_is_the_one_that_was_asked() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let path = "/api/threatmodel/organisation";
    let v6 = nobody
        .get(&format!("{path}?provider=local"))
        .header("host", "[::1]:3000");
    let expected = json!({ "protocol": "http", "hostname": "[::1]", "port": "3000" });
    assert_eq!(v6.await.is(200).json(), expected);
    let bare = nobody
        .get(&format!("{path}?provider=local"))
        .header("host", "[::1]");
    let expected = json!({ "protocol": "http", "hostname": "[::1]", "port": "" });
    assert_eq!(bare.await.is(200).json(), expected);
    let public = TestApp::with(&[
        "server.public_url = 'https://wyvern.example.com'",
        &accounts(&["ada"]),
    ])
    .await;
    let answer = public
        .nobody()
        .get("/api/threatmodel/organisation?provider=local");
    let expected = json!({ "protocol": "https", "hostname": "wyvern.example.com", "port": "" });
    assert_eq!(answer.await.is(200).json(), expected);
}

#[tokio::test]
async fn the_security_contact_is_told_when_there_is_one() {
    let app = TestApp::start().await;
    let redirect = app.nobody().get("/security.txt").await.is(302);
    assert_eq!(
        redirect.header("location"),
        Some("/.well-known/security.txt")
    );
    let absent = app.nobody().get("/.well-known/security.txt").await;
    absent.problem(404, "unknown_path");
    let app = TestApp::with(&[
        "security_txt.enabled = true",
        "security_txt.contact = ['mailto:security@example.com', 'https://example.com/report']",
        "security_txt.expires = '2027-12-31T00:00:00Z'",
        "security_txt.preferred_languages = 'en, de'",
    ]);
    let answer = app
        .await
        .nobody()
        .get("/.well-known/security.txt")
        .await
        .is(200);
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let expected = "Contact: mailto:security@example.com\n\
        Contact: https://example.com/report\n\
        Expires: 2027-12-31T00:00:00Z\n\
        Preferred-Languages: en, de\n";
    assert_eq!(answer.text(), expected);
}

#[tokio::test]
async fn google_drive_is_said_not_to_be_served() {
    let app = TestApp::start().await;
    let ada = app.owner().await;
    let root = "/api/googleproviderthreatmodel";
    for (method, path) in [
        ("GET", format!("{root}/folders?page=&folderId=root")),
        ("POST", format!("{root}/x/create")),
        ("PUT", format!("{root}/x/update")),
        ("GET", format!("{root}/x/data")),
    ] {
        let answer = ada.ask(method, &path).await;
        answer.problem(501, "unsupported");
        let answer = app.nobody().ask(method, &path).await;
        answer.problem(401, "sign_in_required");
    }
}

/// S11: the page runs no script but its own.
#[tokio::test]
async fn the_page_is_served_with_its_files() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let page = nobody.get("/").await.is(200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("script-src 'self';") && !policy.contains("unsafe"),
        "{policy}"
    );
    let html = page.text();
    let (_, from) = html.split_once("/assets/").unwrap();
    let (name, _) = from.split_once('"').unwrap();
    let file = nobody.get(&format!("/assets/{name}")).await.is(200);
    let forever = Some("public, max-age=31536000, immutable");
    assert_eq!(file.header("cache-control"), forever);
    let tag = page.header("etag").unwrap();
    nobody.get("/").header("if-none-match", tag).await.is(304);
    let squeezed = nobody
        .get("/")
        .header("accept-encoding", "gzip, br")
        .await
        .is(200);
    assert_eq!(squeezed.header("content-encoding"), Some("br"));
    for absent in [
        "/assets/",
        "/assets/x.js",
        "/assets/../index.html",
        "/assets/%2e%2e/index.html",
        "/assets//index.html",
        "/index.html.br",
        "/assets/..%2fCargo.toml",
        "/assets/%00",
    ] {
        nobody.get(absent).await.problem(404, "unknown_path");
    }
}

#[tokio::test]
async fn large_answers_are_compressed_and_probes_are_not_cached() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let description = nobody
        .get("/api/openapi.json")
        .header("accept-encoding", "gzip");
    assert_eq!(
        description.await.is(200).header("content-encoding"),
        Some("gzip")
    );
    for probe in ["/healthz", "/livez", "/readyz", "/api/config"] {
        assert_eq!(
            nobody.get(probe).await.header("cache-control"),
            Some("no-store")
        );
    }
}
