//! Access tokens and refresh handles that somebody made up, altered or brought from elsewhere: each is
//! a 401 (S12).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::support::{TestApp, Tokens};

const REPOS: &str = "/api/threatmodel/repos";

#[tokio::test]
async fn only_our_own_access_tokens_are_accepted() {
    let app = TestApp::start().await;
    let (nobody, ada) = (app.nobody(), app.owner().await);
    let Tokens { access, refresh } = ada.tokens.clone().unwrap();
    let parts: Vec<_> = access.split('.').collect();
    let [header, body, signature] = [parts[0], parts[1], parts[2]];
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let none = encode(r#"{"alg":"none","typ":"JWT"}"#);
    let claims = encode(
        r#"{"provider":{"local":""},"user":{"username":"x"},"sid":"","iat":0,"exp":9999999999}"#,
    );
    let bad = [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "garbage".to_owned(),
        refresh,
        access.chars().rev().collect(),
        format!("{access}x"),
        format!("{access}."),
        access[..access.len() - 1].to_owned(),
        format!("{header}.{body}."),
        format!("{none}.{body}."),
        format!("{none}.{body}.{signature}"),
        format!("{header}.{claims}.{signature}"),
        format!("{header}.{body}.{}", encode("no signature")),
        format!("{body}.{header}.{signature}"),
        format!("{access} {access}"),
        "x".repeat(20_000),
    ];
    for token in bad {
        let ask = nobody
            .get(REPOS)
            .header("authorization", format!("Bearer {token}"));
        ask.await.problem(401, "sign_in_required");
    }
    ada.get(REPOS).await.is(200);
}

#[tokio::test]
async fn a_token_is_sent_as_bearer() {
    let app = TestApp::start().await;
    let (nobody, ada) = (app.nobody(), app.owner().await);
    let token = ada.tokens.clone().unwrap().access;
    for (value, status) in [
        (format!("Bearer {token}"), 200),
        (format!("bearer {token}"), 200),
        (format!("BEARER  {token} "), 200),
        (format!("Basic {token}"), 401),
        (format!("Bearer{token}"), 401),
        (token.clone(), 401),
        ("Bearer \u{e9}".to_owned(), 401),
    ] {
        nobody
            .get(REPOS)
            .header("authorization", value)
            .await
            .is(status);
    }
    nobody
        .get(&format!("{REPOS}?access_token={token}"))
        .await
        .is(401);
    nobody
        .get(REPOS)
        .header("cookie", format!("token={token}"))
        .await
        .is(401);
}

#[tokio::test]
async fn every_altered_byte_is_noticed() {
    let app = TestApp::start().await;
    let (nobody, ada) = (app.nobody(), app.owner().await);
    let token = ada.tokens.clone().unwrap().access.into_bytes();
    for at in (0..token.len()).step_by(7) {
        let mut altered = token.clone();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        let ask = nobody
            .get(REPOS)
            .header("authorization", format!("Bearer {altered}"));
        ask.await.problem(401, "sign_in_required");
    }
}

#[tokio::test]
async fn a_token_of_another_server_is_refused_unless_they_share_a_key() {
    let app = TestApp::start().await;
    let stranger =
        TestApp::with(&["auth.keys = ['another-key-of-another-server-0123456789']"]).await;
    let replica = TestApp::start().await;
    let next = "auth.keys = ['another-key-of-another-server-0123456789', 'a-key-of-the-tests-0123456789-abcdefghij']";
    let rotated = TestApp::with(&[next]).await;
    let tokens = app.owner().await.tokens.unwrap();
    let at_stranger = stranger.nobody().with(tokens.clone()).get(REPOS).await;
    at_stranger.problem(401, "sign_in_required");
    for same in [replica, rotated] {
        same.nobody().with(tokens.clone()).get(REPOS).await.is(200);
    }
}

#[tokio::test]
async fn only_our_own_refresh_handles_are_accepted() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let tokens = app.owner().await.tokens.unwrap();
    let altered = format!("{}A", &tokens.refresh[..tokens.refresh.len() - 2]);
    let long = "x".repeat(16_000);
    for handle in [
        "",
        "wyr_",
        "garbage",
        &tokens.access,
        &altered,
        &long,
        "\u{0}",
    ] {
        let body = json!({ "refreshToken": handle }).to_string();
        let answer = nobody.post("/api/token/refresh").json(body).await;
        answer.problem(401, "sign_in_refused");
    }
    let body = json!({ "refreshToken": tokens.refresh }).to_string();
    nobody.post("/api/token/refresh").json(body).await.is(200);
}

#[tokio::test]
async fn a_body_that_names_no_handle_is_refused_in_words() {
    let nobody = TestApp::start().await.nobody();
    let json = "The body is not JSON: ";
    let shape = "The body is JSON, but not of the shape that is wanted (line 1, column ";
    let bad: [(&[u8], &str); 10] = [
        (b"", json),
        (b"{", json),
        (br#"{"refreshToken":"a"} x"#, json),
        (b"{\"refreshToken\":\"\xff\"}", json),
        (b"null", shape),
        (b"{}", shape),
        (b"\"wyr_secret\"", shape),
        (br#"{"refreshToken":null}"#, shape),
        (br#"{"refreshToken":["wyr_secret"]}"#, shape),
        (br#"{"refreshToken":"a","refreshToken":"b"}"#, shape),
    ];
    for (body, told) in bad {
        let answer = nobody.post("/api/token/refresh").json(body).await;
        let problem = answer.problem(400, "bad_request");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.starts_with(told), "{detail}");
    }
    let bare = nobody.post("/api/token/refresh").body("{}").await;
    bare.problem(415, "unsupported_media_type");
}
