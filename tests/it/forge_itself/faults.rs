//! What goes wrong on purpose goes wrong in just that way.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use wyvern::clock::{Clock as _, SystemClock};

use super::client::{Client, REPO, answer};
use crate::forge::{Access, Fault, Wanted};

/// The status of `GET /user` under a fault; 0 when there is no whole answer.
async fn status(ada: &Client, fault: Fault) -> u16 {
    ada.forge
        .faults()
        .next(Wanted::Path("/user".to_owned()), fault);
    let Ok(answer) = ada.ask(Method::GET, "api/v3/user").send().await else {
        return 0;
    };
    let status = answer.status().as_u16();
    answer.bytes().await.map_or(0, |_| status)
}

#[tokio::test]
async fn answers_are_given_in_place_of_the_true_one() {
    let ada = Client::start().await;
    let given = Fault::Status {
        status: 503,
        headers: vec![("x-given".to_owned(), "yes".to_owned())],
        body: "{}".to_owned(),
    };
    let limits = [
        (given, 503),
        (Fault::RateLimit { retry_after: 7 }, 429),
        (Fault::SecondaryRateLimit { retry_after: 7 }, 403),
        (
            Fault::PrimaryRateLimit {
                reset: SystemClock.now(),
            },
            403,
        ),
        (Fault::RedirectTo("https://example.com/".to_owned()), 302),
        (Fault::OkWithError("Oops".to_owned()), 200),
        (Fault::WrongType, 200),
        (Fault::StatusAfter(502), 502),
        (Fault::Slow(Duration::from_millis(1)), 200),
    ];
    for (number, (fault, expected)) in limits.into_iter().enumerate() {
        assert_eq!(status(&ada, fault).await, expected, "{number}");
    }
    ada.get("api/v3/user").await.is(200);
}

#[tokio::test]
async fn connections_break_before_and_after() {
    let ada = Client::start().await;
    assert_eq!(status(&ada, Fault::Reset).await, 0);
    ada.forge.faults().next(Wanted::Any, Fault::Truncate);
    let cut = ada.ask(Method::GET, "api/v3/user").send().await.unwrap();
    assert_eq!(cut.status(), 200);
    assert!(
        cut.content_length() > Some(1000),
        "{:?}",
        cut.content_length()
    );
    cut.bytes().await.unwrap_err();
    ada.forge.faults().next(Wanted::Writes, Fault::Reset);
    let body = json!({ "message": "Put", "content": "b25lCg==" }).to_string();
    let put = || {
        ada.ask(Method::PUT, &format!("{REPO}/contents/one"))
            .body(body.clone())
            .send()
    };
    put().await.unwrap_err();
    assert_eq!(ada.repository.state(), "");
    ada.forge.faults().next(Wanted::Writes, Fault::ResetAfter);
    put().await.unwrap_err();
    assert_eq!(ada.repository.files(), ["one"]);
    let statuses: Vec<_> = ada.forge.calls().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [0, 200, 0, 0]);
}

#[tokio::test]
async fn an_answer_hangs_until_the_client_leaves() {
    let ada = Client::start().await;
    ada.forge.faults().next(Wanted::Any, Fault::Hang);
    let ask = ada
        .ask(Method::GET, "api/v3/user")
        .timeout(Duration::from_millis(200));
    assert!(ask.send().await.unwrap_err().is_timeout());
    assert_eq!(ada.forge.calls()[0].status, 0);
}

#[tokio::test]
async fn a_body_is_as_long_as_is_wanted() {
    let ada = Client::start().await;
    ada.forge
        .faults()
        .next(Wanted::Any, Fault::Huge(3 * 1024 * 1024));
    assert_eq!(
        ada.get("api/v3/user").await.is(200).body.len(),
        3 * 1024 * 1024
    );
}

#[tokio::test]
async fn another_writer_comes_in_between() {
    let ada = Client::start().await;
    ada.repository.seed("main", &[]);
    let repository = ada.repository.clone();
    let between = move |forge: &crate::forge::World| {
        repository.seed("main", &[("100644", "other", "other")]);
        forge.grant("grace", "ada/models", Access::Write);
    };
    ada.forge
        .faults()
        .next(Wanted::Writes, Fault::Before(Arc::new(between)));
    ada.put("one", "one", Value::Null).await.is(201);
    assert_eq!(ada.repository.files(), ["one", "other"]);
    assert_eq!(ada.repository.commits("main").len(), 3);
}

#[tokio::test]
async fn faults_are_for_the_calls_that_are_meant() {
    let ada = Client::start().await;
    let fault = || Fault::StatusAfter(500);
    let meant = Wanted::All(vec![
        Wanted::Method(Method::GET),
        Wanted::Path("page=2".to_owned()),
    ]);
    ada.forge.faults().every(meant, fault());
    ada.forge
        .faults()
        .every(Wanted::Graphql("Named".to_owned()), fault());
    ada.get("api/v3/user/repos?page=1").await.is(200);
    ada.get("api/v3/user/repos?page=2").await.is(500);
    ada.graphql("query Other { viewer { login } }", Value::Null)
        .await;
    let body = json!({ "query": "query Named { viewer { login } }" }).to_string();
    answer(ada.ask(Method::POST, "api/graphql").body(body))
        .await
        .is(500);
    assert_eq!(
        ada.forge.calls().last().unwrap().graphql.as_deref(),
        Some("Named")
    );
    assert_eq!(
        ada.forge.calls().last().unwrap().login.as_deref(),
        Some("ada")
    );
    ada.forge.faults().clear();
    ada.forge.forget_calls();
    ada.get("api/v3/user/repos?page=2").await.is(200);
    assert_eq!(ada.forge.calls().len(), 1);
}

#[tokio::test]
async fn some_calls_fail_and_always_the_same_ones() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let ada = Client::start().await;
        let faults = vec![Fault::StatusAfter(500), Fault::StatusAfter(502)];
        ada.forge.faults().sometimes(Wanted::Any, 4, 7, faults);
        let mut statuses = Vec::new();
        for _ in 0..40 {
            statuses.push(ada.get("api/v3/user").await.status);
        }
        runs.push(statuses);
    }
    let failed = runs[0].iter().filter(|status| **status >= 500).count();
    assert!((5..=15).contains(&failed), "{failed} of 40");
    assert_eq!(runs[0], runs[1]);
}
