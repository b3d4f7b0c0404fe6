//! Signing in with accounts and passwords.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use wyvern::auth::accounts::AccountsFile;
use wyvern::auth::local::hash_password;
use wyvern::config::Account;

use crate::support::{Answer, PASSWORD, Person, TestApp, Tokens, accounts};

const REPOS: &str = "/api/threatmodel/repos";
const SECOND: Duration = Duration::from_secs(1);

async fn start() -> TestApp {
    TestApp::with(&[&accounts(&["ada", "grace"])]).await
}

async fn type_in(nobody: &Person, username: &str, password: &str) -> Answer {
    let body = json!({ "username": username, "password": password }).to_string();
    nobody.post("/api/login/local").json(body).await
}

/// Where to exchange the code, and the cookie that this browser got.
async fn right_password(nobody: &Person, username: &str) -> (String, String) {
    let answer = type_in(nobody, username, PASSWORD).await.is(200);
    let cookie = answer.header("set-cookie").unwrap().to_owned();
    let address = answer.data();
    let (_, code) = address
        .as_str()
        .unwrap()
        .split_once("/return?code=")
        .unwrap();
    (format!("/api/oauth/local?code={code}"), cookie)
}

async fn sign_in(nobody: &Person, username: &str) -> Person {
    let (exchange, cookie) = right_password(nobody, username).await;
    let (pair, _) = cookie.split_once(';').unwrap();
    let answer = nobody
        .get(&exchange)
        .header("cookie", format!("theme=dark; {pair}"))
        .await;
    nobody.with(Tokens::of(&answer.data()))
}

#[tokio::test]
async fn people_with_accounts_are_sent_to_the_page_that_asks_for_a_password() {
    let nobody = start().await.nobody();
    let address = nobody.get("/api/login/local").await.data();
    assert_eq!(address, "http://127.0.0.1:3000/#/sign-in/local");
    let config = nobody.get("/api/config").await.data();
    assert_eq!(config["localPassword"], true);
}

#[tokio::test]
async fn the_right_password_signs_in_and_commits_under_its_name() {
    let app = start().await;
    let shop = app.repository("shop/models");
    let grace = sign_in(&app.nobody(), "grace").await;
    let path = crate::support::model_path("shop/models", "main", "Checkout", "create");
    grace
        .post(&path)
        .json(crate::support::CHECKOUT)
        .await
        .is(201);
    let by = "grace of the shop <grace@shop.example>";
    let last = shop.last_commit();
    assert_eq!(last, format!("{by}, {by}: Create threat model Checkout"));
}

#[tokio::test]
async fn a_code_is_good_in_the_browser_that_typed_the_password() {
    let app = start().await;
    let nobody = app.nobody();
    let (exchange, cookie) = right_password(&nobody, "ada").await;
    let attributes = "; Path=/; Max-Age=600; HttpOnly; SameSite=Lax";
    assert!(
        cookie.starts_with("wyvern-sign-in=") && cookie.ends_with(attributes),
        "{cookie}"
    );
    nobody.get(&exchange).await.problem(401, "sign_in_refused");
    // Somebody else has tried it, so it is good for nobody any more.
    let (pair, _) = cookie.split_once(';').unwrap();
    let late = nobody.get(&exchange).header("cookie", pair).await;
    late.problem(401, "sign_in_refused");

    let (exchange, _) = right_password(&nobody, "ada").await;
    let other = nobody.get(&exchange).header("cookie", pair).await;
    other.problem(401, "sign_in_refused");
}

#[tokio::test]
async fn over_https_the_cookie_is_secure() {
    let url = "server.public_url = 'https://wyvern.example.com'";
    let app = TestApp::with(&[&accounts(&["ada"]), url]).await;
    let answer = type_in(&app.nobody(), "ada", PASSWORD).await.is(200);
    let cookie = answer.header("set-cookie").unwrap();
    let (name, _) = cookie.split_once('=').unwrap();
    assert_eq!(name, "__Host-wyvern-sign-in");
    let attributes = "; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure";
    assert!(cookie.ends_with(attributes), "{cookie}");
    let address = answer.data();
    let start = "https://wyvern.example.com/api/oauth/return?code=";
    assert!(address.as_str().unwrap().starts_with(start), "{address}");
}

#[tokio::test]
async fn which_of_name_and_password_is_wrong_is_not_told() {
    let nobody = start().await.nobody();
    let mut told = Vec::new();
    let long = "x".repeat(5000);
    for (username, password) in [
        ("ada", "wrong"),
        ("ada", ""),
        ("ada", long.as_str()),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("ADA", PASSWORD),
        ("ada\u{0}", PASSWORD),
        ("ada of the shop", PASSWORD),
    ] {
        let problem = type_in(&nobody, username, password)
            .await
            .problem(401, "sign_in_refused");
        told.push(problem["detail"].to_string());
    }
    told.dedup();
    assert_eq!(told, [r#""The user name or the password is wrong.""#]);
}

#[tokio::test]
async fn a_password_cannot_be_guessed_at_will() {
    let app = start().await;
    let nobody = app.nobody();
    for _ in 0..10 {
        type_in(&nobody, "ada", "guess")
            .await
            .problem(401, "sign_in_refused");
    }
    for password in ["guess", PASSWORD] {
        let answer = type_in(&nobody, "ada", password).await;
        assert_eq!(answer.header("retry-after"), Some("900"));
        answer.problem(429, "too_many_attempts");
    }
    sign_in(&nobody, "grace").await.get(REPOS).await.is(200);
    app.clock.advance(Duration::from_mins(15));
    sign_in(&nobody, "ada").await.get(REPOS).await.is(200);
}

#[tokio::test]
async fn a_stranger_keeps_nobody_out() {
    let app = start().await;
    let nobody = app.nobody();
    let body = |password: &str| json!({ "username": "ada", "password": password }).to_string();
    let from = |address: &str, password: &str| {
        let ask = nobody.post("/api/login/local").json(body(password));
        ask.from(address).into_future()
    };
    let wrong = async |address: &str| {
        let answer = from(address, "guess").await;
        answer.problem(401, "sign_in_refused");
    };
    for _ in 0..10 {
        wrong("198.51.100.7").await;
    }
    let out = from("198.51.100.7", PASSWORD).await;
    out.problem(429, "too_many_attempts");
    from("192.0.2.1", PASSWORD).await.is(200);
    // Neighbours in one network of IPv6 are one stranger.
    for neighbour in 0..10 {
        wrong(&format!("2001:db8::{neighbour:x}")).await;
    }
    let out = from("2001:db8::ffff", PASSWORD).await;
    out.problem(429, "too_many_attempts");
    // From many addresses at once, a name is guessed at no more than this often.
    for n in 0..80 {
        wrong(&format!("203.0.113.{n}")).await;
    }
    let out = from("203.0.113.200", PASSWORD).await;
    assert_eq!(out.header("retry-after"), Some("900"));
    out.problem(429, "too_many_attempts");
}

#[tokio::test]
async fn guesses_sent_at_once_are_no_more_than_guesses_in_turn() {
    let app = start().await;
    let nobody = app.nobody();
    let body = json!({ "username": "ada", "password": "guess" }).to_string();
    let guess = || nobody.post("/api/login/local").json(body.clone());
    let guesses = (0..60).map(|_| guess().from("192.0.2.1").into_future());
    let answers = futures_util::future::join_all(guesses).await;
    let wrong = answers.iter().filter(|a| a.status() == 401).count();
    assert_eq!(wrong, 10);
    let mut waits = BTreeSet::new();
    for answer in answers.into_iter().filter(|a| a.status() != 401) {
        waits.insert(answer.is(429).header("retry-after").unwrap().to_owned());
    }
    // Those that were not even looked at, and those that came after ten wrong ones.
    assert_eq!(waits, BTreeSet::from(["1".to_owned(), "900".to_owned()]));
    sign_in(&nobody, "grace").await.get(REPOS).await.is(200);
}

#[tokio::test]
async fn an_account_that_is_removed_is_signed_out() {
    let before = start().await;
    let after = TestApp::with(&[&accounts(&["grace"])]).await;
    let (ada, grace) = (
        sign_in(&before.nobody(), "ada").await.tokens.unwrap(),
        sign_in(&before.nobody(), "grace").await.tokens.unwrap(),
    );
    after.nobody().with(grace).get(REPOS).await.is(200);
    let removed = after.nobody().with(ada).get(REPOS).await;
    removed.problem(401, "sign_in_required");
}

/// Renews a sign-in.
async fn renew(app: &TestApp, handle: &str) -> Answer {
    let body = json!({ "refreshToken": handle }).to_string();
    app.nobody().post("/api/token/refresh").json(body).await
}

/// An account of Ada's in the file that `wyvern user` writes, with a hash of its own.
fn kept() -> Account {
    Account {
        username: "ada".into(),
        name: "Ada".into(),
        email: "ada@shop.example".into(),
        password_hash: hash_password(&PASSWORD.into()).unwrap().into(),
    }
}

#[tokio::test]
async fn an_account_that_is_removed_is_renewed_no_more_and_another_of_its_name_is_another() {
    let app = TestApp::start().await;
    let file = AccountsFile::of(&app.app.settings);
    file.add(&kept()).unwrap();
    app.clock.advance(SECOND);
    let nobody = app.nobody();
    let [first, second] = [(); 2].map(|()| sign_in(&nobody, "ada"));
    let [first, second] = [first.await, second.await];
    let [gone, kept_back] = [&first, &second].map(|it| it.tokens.clone().unwrap().refresh);
    file.remove("ada").unwrap();
    app.clock.advance(SECOND);
    renew(&app, &gone).await.problem(401, "sign_in_refused");
    file.add(&kept()).unwrap();
    app.clock.advance(SECOND);
    for handle in [gone, kept_back] {
        renew(&app, &handle).await.problem(401, "sign_in_refused");
    }
    first.get(REPOS).await.problem(401, "sign_in_required");
    second.get(REPOS).await.problem(401, "sign_in_required");
    sign_in(&nobody, "ada").await.get(REPOS).await.is(200);
}

#[tokio::test]
async fn a_new_password_ends_the_sign_ins_made_with_the_old_one() {
    let app = TestApp::start().await;
    let file = AccountsFile::of(&app.app.settings);
    file.add(&kept()).unwrap();
    app.clock.advance(SECOND);
    let before = sign_in(&app.nobody(), "ada").await;
    before.get(REPOS).await.is(200);
    file.set_password("ada", &kept().password_hash).unwrap();
    app.clock.advance(SECOND);
    before.get(REPOS).await.problem(401, "sign_in_required");
    let handle = before.tokens.clone().unwrap().refresh;
    renew(&app, &handle).await.problem(401, "sign_in_refused");
    sign_in(&app.nobody(), "ada").await.get(REPOS).await.is(200);
}

#[tokio::test]
async fn without_accounts_no_password_is_right() {
    let nobody = TestApp::start().await.nobody();
    for username in ["Ada Lovelace", "", "owner"] {
        type_in(&nobody, username, "")
            .await
            .problem(401, "sign_in_refused");
    }
}

#[tokio::test]
async fn a_body_that_is_no_name_and_password_is_refused_in_words() {
    let nobody = start().await.nobody();
    for body in [
        "",
        "{}",
        "[]",
        r#"{"username":"ada"}"#,
        r#"{"username":["ada"],"password":"x"}"#,
        r#"{"username":"ada","password":null}"#,
        r#"{"username":"ada","username":"grace","password":"x"}"#,
    ] {
        let answer = nobody.post("/api/login/local").json(body).await;
        answer.problem(400, "bad_request");
    }
    let form = nobody
        .post("/api/login/local")
        .body("username=ada&password=x");
    let form = form.header("content-type", "application/x-www-form-urlencoded");
    form.await.problem(415, "unsupported_media_type");
    let plain = nobody
        .post("/api/login/local")
        .body("{}")
        .header("content-type", "text/plain");
    plain.await.problem(415, "unsupported_media_type");
}
