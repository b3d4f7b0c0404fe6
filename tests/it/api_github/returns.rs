//! Coming back from GitHub's page: what is no return of ours asks GitHub nothing (S1, S14), and
//! people read on a page what has gone wrong.

use serde_json::json;
use url::Url;

use crate::forge::{Dialect, Fault, Wanted};
use crate::support::host::{begin, code_of, path, query};
use crate::support::{Answer, Browser, Hosted};

const CANNOT: &str = "This sign-in cannot be finished";

fn token() -> Wanted {
    Wanted::Path("access_token".to_owned())
}

#[tokio::test]
async fn what_is_no_return_of_ours_asks_github_nothing() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.app.browser();
    let back = github
        .forge
        .approve(&begin(&browser, Dialect::GitHub).await, "ada");
    let asked = query(&back);
    let (code, state) = (
        asked["code"].as_str().unwrap(),
        asked["state"].as_str().unwrap(),
    );
    let made_up = "A".repeat(43);
    for query in [
        format!("?code={code}"),
        format!("?code={code}&state="),
        format!("?code={code}&state={made_up}"),
        format!("?code={code}&state={state}x"),
        format!("?code={code}&state={}", &state[1..]),
        format!("?state={made_up}&error=access_denied"),
        format!("?state={made_up}"),
        "?error=access_denied".to_owned(),
        format!("?code={code}&state={state}&state={state}"),
        format!("?code={code}&code={code}&state={state}"),
        String::new(),
    ] {
        let answer = browser.get(&format!("/api/oauth/return{query}")).await;
        let page = answer.is(400);
        assert!(!page.text().contains(code) && !page.text().contains(state));
    }
    assert_eq!(github.token_calls(), []);
    // None of it has spoilt the return itself.
    code_of(&browser.get(path(&back)).await);
}

#[tokio::test]
async fn a_return_is_good_in_the_browser_that_began_and_once() {
    let github = Hosted::start(Dialect::GitHub).await;
    let [victim, stranger] = [github.app.browser(), github.app.browser()];
    let back = github
        .forge
        .approve(&begin(&stranger, Dialect::GitHub).await, "grace");
    // Nobody is made to sign in as somebody else, with or without an attempt of their own.
    victim.get(path(&back)).await.page(400, CANNOT);
    begin(&victim, Dialect::GitHub).await;
    victim.get(path(&back)).await.page(400, CANNOT);
    assert_eq!(github.token_calls(), []);

    let back = github
        .forge
        .approve(&begin(&stranger, Dialect::GitHub).await, "grace");
    code_of(&stranger.get(path(&back)).await);
    stranger.get(path(&back)).await.page(400, CANNOT);
    assert_eq!(github.token_calls().len(), 1);
}

#[tokio::test]
async fn a_return_waits_for_ten_minutes() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.app.browser();
    let back = github
        .forge
        .approve(&begin(&browser, Dialect::GitHub).await, "ada");
    github.app.clock.advance(std::time::Duration::from_mins(10));
    browser.get(path(&back)).await.page(400, CANNOT);
    assert_eq!(github.token_calls(), []);
}

#[tokio::test]
async fn two_tabs_sign_in_beside_one_another() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.app.browser();
    let (first, second) = (
        begin(&browser, Dialect::GitHub).await,
        begin(&browser, Dialect::GitHub).await,
    );
    let [first, second] = [first, second].map(|page| github.forge.approve(&page, "ada"));
    let second = code_of(&browser.get(path(&second)).await);
    let first = code_of(&browser.get(path(&first)).await);
    for code in [first, second] {
        let body = json!({ "code": code }).to_string();
        browser.post("/api/session", body).await.is(200);
    }
}

#[tokio::test]
async fn of_two_returns_at_once_one_signs_in() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.app.browser();
    let back = github
        .forge
        .approve(&begin(&browser, Dialect::GitHub).await, "ada");
    let returns = (0..2).map(|_| browser.get(path(&back)));
    let answers = futures_util::future::join_all(returns).await;
    let mut statuses: Vec<_> = answers.iter().map(Answer::status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 400]);
    assert_eq!(github.token_calls().len(), 1);
}

#[tokio::test]
async fn permission_that_is_not_given_is_told_as_such() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.app.browser();
    let back = github.forge.deny(&begin(&browser, Dialect::GitHub).await);
    let page = browser.get(path(&back)).await;
    let page = page.page(403, "Permission was not given");
    let told = "You have not given Wyvern permission there, so you are not signed in. Go back and \
                sign in again if you want to.";
    assert!(page.text().contains(told), "{}", page.text());
    assert_eq!(github.token_calls(), []);
    browser.get(path(&back)).await.page(400, CANNOT);
}

async fn with_error(browser: &Browser, error: &str) -> Answer {
    let state = query(&begin(browser, Dialect::GitHub).await)["state"].clone();
    let mut back = Url::parse("http://127.0.0.1:3000/api/oauth/return").unwrap();
    back.query_pairs_mut()
        .append_pair("state", state.as_str().unwrap())
        .append_pair("error", error);
    browser.get(path(&back)).await
}

#[tokio::test]
async fn what_a_provider_says_is_text_on_the_page() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.app.browser();
    let page = with_error(&browser, "application_suspended").await;
    let page = page.page(502, "Signing in did not work");
    assert!(page.text().contains("application_suspended"));
    for error in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "\u{0}\r\nset-cookie: a=b",
        &"x".repeat(3000),
    ] {
        let page = with_error(&browser, error).await.is(502);
        let text = page.text().to_lowercase();
        for bad in [
            "<script",
            "<img",
            "onerror",
            "javascript:",
            "xxxxxxxxxxxxxxxxxxxx",
        ] {
            let escaped = text.contains("&#60;") || !text.contains(bad);
            assert!(escaped && !text.contains("<img"), "{error}: {text}");
        }
        assert!(text.len() < 3500, "{}", text.len());
    }
}

#[tokio::test]
async fn a_provider_that_fails_is_told_as_such_and_the_next_try_works() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.app.browser();
    for (fault, status) in [
        (Fault::StatusAfter(500), 502),
        (Fault::WrongType, 502),
        (Fault::Reset, 502),
        (Fault::ResetAfter, 502),
        (Fault::Truncate, 502),
        (Fault::RedirectTo("http://127.0.0.1:9/".to_owned()), 502),
        (Fault::SecondaryRateLimit { retry_after: 30 }, 429),
    ] {
        let told = format!("{status}");
        let back = github
            .forge
            .approve(&begin(&browser, Dialect::GitHub).await, "ada");
        github.forge.faults().next(token(), fault);
        let answer = browser.get(path(&back)).await.is(status);
        assert!(answer.text().starts_with("<!doctype html>"), "{told}");
        let waits = answer.header("retry-after");
        assert_eq!(waits, (status == 429).then_some("30"));
        github.app.clock.advance(std::time::Duration::from_mins(1));
    }
    github.signed_in("ada").await;
}
