//! Signing in as the owner, renewing and signing out, as Threat Dragon's browser app does it.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value, json};

use crate::support::{Person, TestApp, Tokens};

const REPOS: &str = "/api/threatmodel/repos";

/// The code that a sign-in of the owner begins with.
async fn code(nobody: &Person) -> String {
    let address = nobody.get("/api/login/local").await.data();
    let address = address.as_str().unwrap();
    let code = address.strip_prefix("http://127.0.0.1:3000/api/oauth/return?code=");
    code.expect(address).to_owned()
}

async fn refresh(nobody: &Person, handle: &str) -> crate::support::Answer {
    let body = json!({ "refreshToken": handle }).to_string();
    nobody.post("/api/token/refresh").json(body).await
}

#[tokio::test]
async fn three_calls_sign_the_owner_in() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let code = code(&nobody).await;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    assert!(code.len() >= 32 && code.bytes().all(plain), "{code}");

    let returned = nobody
        .get(&format!("/api/oauth/return?code={code}"))
        .await
        .is(303);
    let target = format!("/#/oauth-return?code={code}");
    assert_eq!(returned.header("location"), Some(target.as_str()));
    assert_eq!(returned.header("cache-control"), Some("no-store"));
    assert_eq!(returned.header("referrer-policy"), Some("no-referrer"));

    let exchange = format!("/api/oauth/local?code={code}");
    let answer = nobody.get(&exchange).await.is(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let tokens = Tokens::of(&answer.data());
    nobody.with(tokens).get(REPOS).await.is(200);
    nobody.get(&exchange).await.problem(401, "sign_in_refused");
}

#[tokio::test]
async fn a_code_waits_for_ten_minutes() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let (first, second) = (code(&nobody).await, code(&nobody).await);
    app.clock.advance(Duration::from_secs(599));
    nobody
        .get(&format!("/api/oauth/local?code={first}"))
        .await
        .is(200);
    app.clock.advance(Duration::from_secs(1));
    let late = nobody.get(&format!("/api/oauth/local?code={second}")).await;
    late.problem(401, "sign_in_refused");
}

/// S13: whatever the name is.
#[tokio::test]
async fn the_access_token_can_be_read_with_atob() {
    let name = "Zoë 火 ~?>\u{7f}";
    let app = TestApp::with(&[r#"local.owner_name = "Zoë 火 ~?>\u007f""#]).await;
    let tokens = app.owner().await.tokens.unwrap();
    let parts: Vec<_> = tokens.access.split('.').collect();
    let [_, body, _] = parts.as_slice() else {
        panic!("a JWT has three parts: {}", tokens.access);
    };
    assert!(!body.contains(['-', '_', '=']), "{body}");
    let bytes = STANDARD_NO_PAD.decode(body).unwrap();
    // What atob yields are the bytes as characters, so only ASCII means the same.
    assert!(bytes.is_ascii());
    let claims: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(claims["user"], json!({ "username": name }));
    assert_eq!(claims["iat"], 1_767_268_800);
    assert_eq!(claims["exp"], 1_767_272_400);
    let sealed = claims["provider"]["local"].as_str().unwrap();
    assert!(!sealed.contains("ada@example.com"));
}

#[tokio::test]
async fn a_provider_is_found_by_its_name_ignoring_case() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for name in ["local", "LOCAL", "Local"] {
        nobody.get(&format!("/api/login/{name}")).await.is(200);
    }
    let strange = [
        "github",
        "constructor",
        "__proto__",
        "local%20",
        "%00",
        "toString",
        "%2e%2e",
    ];
    for name in strange {
        for path in [
            format!("/api/login/{name}"),
            format!("/api/oauth/{name}?code=x"),
        ] {
            nobody.get(&path).await.problem(404, "unknown_provider");
        }
        let body = json!({ "username": "ada", "password": "x" }).to_string();
        let answer = nobody.post(&format!("/api/login/{name}")).json(body).await;
        answer.problem(404, "unknown_provider");
    }
    let refused = nobody
        .get("/api/login/%ff")
        .await
        .problem(400, "bad_request");
    assert_eq!(
        refused["detail"],
        "The path holds a percent-escape that is not UTF-8."
    );
    let long = nobody
        .get(&format!("/api/login/{}", "x".repeat(3000)))
        .await;
    let detail = long.problem(404, "unknown_provider")["detail"].to_string();
    assert!(detail.len() < 200, "{detail}");
}

#[tokio::test]
async fn a_provider_that_is_not_served_signs_nobody_in() {
    let app = TestApp::with(&["local.enabled = false"]).await;
    let nobody = app.nobody();
    nobody
        .get("/api/login/local")
        .await
        .problem(404, "unknown_provider");
    nobody
        .get("/api/oauth/local?code=x")
        .await
        .problem(404, "unknown_provider");
    let sample = TestApp::start().await.owner().await.tokens.unwrap();
    nobody
        .with(sample)
        .get(REPOS)
        .await
        .problem(401, "sign_in_required");
}

#[tokio::test]
async fn an_expired_sign_in_is_renewed_by_its_handle_alone() {
    let app = TestApp::start().await;
    let (nobody, ada) = (app.nobody(), app.owner().await);
    app.clock.advance(Duration::from_secs(3599));
    ada.get(REPOS).await.is(200);
    app.clock.advance(Duration::from_secs(1));
    ada.get(REPOS).await.problem(401, "sign_in_required");

    let first = ada.tokens.clone().unwrap();
    let answer = refresh(&nobody, &first.refresh).await.is(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let second = Tokens::of(&answer.data());
    assert_ne!(first.access, second.access);
    assert_ne!(first.refresh, second.refresh);
    nobody.with(second.clone()).get(REPOS).await.is(200);
    // The app sends its expired token too, where it has one.
    let body = json!({ "refreshToken": second.refresh }).to_string();
    ada.post("/api/token/refresh").json(body).await.is(200);
}

#[tokio::test]
async fn a_handle_that_is_shown_twice_ends_the_sign_in() {
    let app = TestApp::start().await;
    let (nobody, ada, other) = (app.nobody(), app.owner().await, app.owner().await);
    let first = ada.tokens.clone().unwrap();
    let second = Tokens::of(&refresh(&nobody, &first.refresh).await.data());
    app.clock.advance(Duration::from_secs(10));
    refresh(&nobody, &first.refresh)
        .await
        .problem(401, "sign_in_refused");
    refresh(&nobody, &second.refresh)
        .await
        .problem(401, "sign_in_refused");
    for tokens in [first, second] {
        nobody
            .with(tokens)
            .get(REPOS)
            .await
            .problem(401, "sign_in_required");
    }
    other.get(REPOS).await.is(200);
}

#[tokio::test]
async fn a_sign_in_that_is_not_renewed_for_a_week_ends() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let day = Duration::from_hours(24);
    let handle = app.owner().await.tokens.unwrap().refresh;
    app.clock.advance(6 * day);
    let next = Tokens::of(&refresh(&nobody, &handle).await.data());
    app.clock.advance(6 * day);
    let next = Tokens::of(&refresh(&nobody, &next.refresh).await.data());
    app.clock.advance(7 * day);
    refresh(&nobody, &next.refresh)
        .await
        .problem(401, "sign_in_refused");
}

#[tokio::test]
async fn signing_out_ends_this_sign_in_and_no_other() {
    let app = TestApp::start().await;
    let (nobody, ada, other) = (app.nobody(), app.owner().await, app.owner().await);
    let tokens = ada.tokens.clone().unwrap();
    let body = json!({ "refreshToken": tokens.refresh }).to_string();
    let out = ada.post("/api/logout").json(body).await.data();
    assert_eq!(out, "");
    ada.get(REPOS).await.problem(401, "sign_in_required");
    ada.post("/api/logout")
        .await
        .problem(401, "sign_in_required");
    refresh(&nobody, &tokens.refresh)
        .await
        .problem(401, "sign_in_refused");
    other.get(REPOS).await.is(200);
    assert_eq!(other.post("/api/logout").await.data(), "");
}

#[tokio::test]
async fn who_is_not_signed_in_has_nothing_to_sign_out_of() {
    let nobody = TestApp::start().await.nobody();
    assert_eq!(nobody.get("/api/logout").await.data(), "");
    nobody
        .post("/api/logout")
        .await
        .problem(401, "sign_in_required");
}

#[tokio::test]
async fn a_code_is_a_code() {
    let nobody = TestApp::start().await.nobody();
    let long = format!("?code={}", "a".repeat(513));
    let bad = [
        "",
        "?code=",
        "?code=a%20b",
        "?code=%0d%0aset-cookie:x",
        "?code=%3Cscript%3E",
        "?code=%ff",
        "?code=a&code=b",
        "?code=//evil.example",
        "?code=%C3%A9",
        &long,
    ];
    for query in bad {
        let exchange = nobody.get(&format!("/api/oauth/local{query}")).await;
        exchange.problem(400, "bad_request");
        let returned = nobody.get(&format!("/api/oauth/return{query}")).await;
        assert_eq!(returned.is(400).header("location"), None);
    }
    let unknown = format!("?code={}", "a".repeat(512));
    let answer = nobody.get(&format!("/api/oauth/local{unknown}")).await;
    answer.problem(401, "sign_in_refused");
    // Whoever comes with a code that is not of our making comes from a provider, with a state.
    let returned = nobody.get(&format!("/api/oauth/return{unknown}")).await;
    returned.page(400, "This sign-in cannot be finished");
}

/// The owner shows no password: being on the server's own machine is the proof.
#[tokio::test]
async fn the_owner_is_on_this_machine_and_behind_no_proxy() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let login = || nobody.get("/api/login/local");
    for name in [
        "x-forwarded-for",
        "forwarded",
        "via",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-real-ip",
    ] {
        let answer = login().header(name, "127.0.0.1").await;
        answer.problem(403, "owner_elsewhere");
    }
    for from in ["192.0.2.1", "10.0.0.1", "2001:db8::1", "0.0.0.0"] {
        login().from(from).await.problem(403, "owner_elsewhere");
    }
    for from in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
        login().from(from).await.is(200);
    }
}
