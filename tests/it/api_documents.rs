//! Models that are sent along: checked, upgraded and compared for anybody, and nothing is kept.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use serde_json::json;

use crate::forge::Dialect;
use crate::support::{Answer, CHECKOUT, Hosted, LEDGER_V1, Person, TestApp};

const CHECK: &str = "/api/documents/check";
const UPGRADE: &str = "/api/documents/upgrade";
const DIFF: &str = "/api/documents/diff";

async fn send(person: &Person, path: &str, body: impl Into<Vec<u8>>) -> Answer {
    person.post(path).json(body).await
}

fn pair(before: &str, after: &str) -> String {
    format!(r#"{{"before":{before},"after":{after}}}"#)
}

#[tokio::test]
async fn a_model_is_checked_for_somebody_who_is_not_signed_in() {
    let app = TestApp::start().await;
    let model = CHECKOUT.replacen("\"Open\"", "\"Mitigated\"", 1);
    let data = send(&app.nobody(), CHECK, model).await.data();
    let findings = data["findings"].as_array().unwrap();
    assert_eq!(data["total"], findings.len());
    let found = findings.iter().find(|found| found["rule"] == "WYV020");
    let found = found.unwrap_or_else(|| panic!("{data}"));
    let expected = json!({
        "rule": "WYV020",
        "name": "mitigated-without-mitigation",
        "level": "error",
        "message": found["message"],
        "subject": {
            "diagram": { "id": 0, "title": "Order" },
            "cell": { "id": "b9e6f4de-0c1b-4d3c-8f1a-2f8f6d2f6b01", "name": "Order service", "kind": "process" },
            "threat": { "id": "0c7a9f10-52d5-4f8e-9c5f-3f5f3c8a7e11", "number": 1,
                "title": "Prices are taken from the basket" },
        },
        "pointer": "/detail/diagrams/0/cells/0/data/threats/0/mitigation",
    });
    assert_eq!(*found, expected);
}

#[tokio::test]
async fn no_more_than_two_thousand_findings_are_told() {
    let app = TestApp::start().await;
    let cells: Vec<_> = (0..10_000)
        .map(|_| json!({ "id": "same", "shape": "process" }))
        .collect();
    let model = json!({ "version": "2.0", "summary": { "title": "x" },
        "detail": { "diagrams": [{ "id": 0, "title": "d", "cells": cells }] } });
    let data = send(&app.nobody(), CHECK, model.to_string()).await.data();
    assert_eq!(data["findings"].as_array().unwrap().len(), 2_000);
    assert!(
        data["total"].as_u64().unwrap() >= 9_999,
        "{}",
        data["total"]
    );
}

#[tokio::test]
async fn an_old_model_is_upgraded_and_a_new_one_comes_back_as_it_is() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let new = send(&nobody, UPGRADE, CHECKOUT).await.is(200);
    let envelope = |model: &str| format!(r#"{{"status":200,"data":{model}}}"#);
    assert_eq!(new.text(), envelope(CHECKOUT));
    let document = wyvern::model::Document::parse(LEDGER_V1.into()).unwrap();
    let upgraded = wyvern::model::upgrade(&document).unwrap();
    let old = send(&nobody, UPGRADE, LEDGER_V1).await.is(200);
    assert_eq!(old.text(), envelope(upgraded.text()));
    assert_eq!(old.json()["data"]["version"], "2.0.0");
}

#[tokio::test]
async fn two_versions_are_compared() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let after = CHECKOUT.replacen("\"High\"", "\"Low\"", 1);
    let data = send(&nobody, DIFF, pair(CHECKOUT, &after)).await.data();
    let threat = "/detail/diagrams/0/cells/0/data/threats/0";
    let expected = json!({ "changes": [{
        "subject": {
            "diagram": { "id": 0, "title": "Order" },
            "cell": { "id": "b9e6f4de-0c1b-4d3c-8f1a-2f8f6d2f6b01", "name": "Order service", "kind": "process" },
            "threat": { "id": "0c7a9f10-52d5-4f8e-9c5f-3f5f3c8a7e11", "number": 1,
                "title": "Prices are taken from the basket" },
        },
        "kind": "changed",
        "aspect": "meaning",
        "before": threat,
        "after": threat,
        "fields": [{ "path": "severity", "before": "High", "after": "Low" }],
    }] });
    assert_eq!(data, expected);
    let same = send(&nobody, DIFF, pair(CHECKOUT, CHECKOUT)).await.data();
    assert_eq!(same, json!({ "changes": [] }));
}

#[tokio::test]
async fn what_is_no_model_is_refused_in_words() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for path in [CHECK, UPGRADE] {
        for (body, pointer) in [
            ("", ""),
            ("[]", ""),
            ("{}", "/summary"),
            (r#"{"summary":{"title":7}}"#, "/summary/title"),
            (r#"{"a":1,"a":2}"#, "/a"),
        ] {
            let problem = send(&nobody, path, body)
                .await
                .problem(422, "model_invalid");
            assert_eq!(problem["pointer"], pointer, "{path} {body}");
        }
    }
}

#[tokio::test]
async fn what_is_not_two_models_is_refused_in_words() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let bad = r#"{"summary":{"title":7}}"#;
    for (body, pointer) in [
        ("null".to_owned(), "/before"),
        (r#"{"after":{}}"#.to_owned(), "/before"),
        (format!(r#"{{"before":{CHECKOUT}}}"#), "/after"),
        (pair("1", CHECKOUT), "/before"),
        (pair(bad, CHECKOUT), "/before/summary/title"),
        (pair(CHECKOUT, bad), "/after/summary/title"),
        (pair(CHECKOUT, "NaN"), "/after"),
    ] {
        let problem = send(&nobody, DIFF, body.clone()).await;
        let problem = problem.problem(422, "model_invalid");
        assert_eq!(problem["pointer"], pointer, "{body}");
    }
}

#[tokio::test]
async fn only_plain_json_of_our_own_page_is_read() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for path in [CHECK, UPGRADE, DIFF] {
        let form = nobody.post(path).body(CHECKOUT);
        form.await.problem(415, "unsupported_media_type");
        let foreign = nobody.post(path).json(CHECKOUT);
        let foreign = foreign.header("origin", "https://evil.example");
        foreign.await.problem(403, "cross_origin");
        nobody.get(path).await.problem(405, "method_not_allowed");
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        send(&nobody, path, deep)
            .await
            .problem(422, "model_invalid");
    }
}

#[tokio::test]
async fn a_body_has_a_limit_and_two_models_twice_that() {
    let app = TestApp::with(&["server.body_limit = '1 MiB'"]).await;
    let nobody = app.nobody();
    let padded = |size: usize| {
        let text = CHECKOUT.trim_end();
        text.to_owned() + &" ".repeat(size - text.len())
    };
    for path in [CHECK, UPGRADE] {
        send(&nobody, path, padded(1 << 20)).await.is(200);
        let problem = send(&nobody, path, padded((1 << 20) + 1)).await;
        problem.problem(413, "too_large");
    }
    let half = padded((1 << 20) - 20);
    send(&nobody, DIFF, pair(&half, CHECKOUT)).await.is(200);
    send(&nobody, DIFF, pair(&half, &half)).await.is(200);
    let problem = send(&nobody, DIFF, pair(&half, &padded((1 << 20) + 1))).await;
    let problem = problem.problem(413, "too_large");
    let told = "The body is larger than 2097152 bytes, the limit of two models on this server \
                (twice server.body_limit).";
    assert_eq!(problem["detail"], told);
}

#[tokio::test]
async fn an_address_has_two_hundred_and_forty_calls_in_a_minute() {
    let github = Hosted::start(Dialect::GitHub).await;
    let nobody = github.app.nobody();
    for _ in 0..80 {
        for (path, body) in [
            (CHECK, CHECKOUT.to_owned()),
            (UPGRADE, CHECKOUT.to_owned()),
            (DIFF, pair(CHECKOUT, CHECKOUT)),
        ] {
            send(&nobody, path, body).await.is(200);
        }
    }
    let refused = send(&nobody, CHECK, CHECKOUT).await;
    assert_eq!(refused.header("retry-after"), Some("60"));
    refused.problem(429, "too_many_requests");
    nobody
        .post(CHECK)
        .from("127.9.0.2")
        .json(CHECKOUT)
        .await
        .is(200);
    // Somebody who is signed in is counted as a person.
    let ada = github.signed_in("ada").await;
    ada.post(CHECK, CHECKOUT).await.is(200);
    github.app.clock.advance(Duration::from_mins(1));
    send(&nobody, CHECK, CHECKOUT).await.is(200);
}

#[tokio::test]
async fn guests_who_keep_their_places_are_in_nobodys_way_but_each_others() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let stuck = || {
        let chunks = stream::pending::<Result<Bytes, std::io::Error>>();
        let begun = stream::iter([Ok(Bytes::from_static(b"{"))]).chain(chunks);
        let ask = nobody.post(CHECK).body(Body::from_stream(begun));
        tokio::spawn(ask.header("content-type", "application/json").into_future())
    };
    let stuck: Vec<_> = (0..4).map(|_| stuck()).collect();
    tokio::task::yield_now().await;
    let waiting = tokio::spawn(nobody.post(CHECK).json(CHECKOUT).into_future());
    tokio::task::yield_now().await;
    let ada = app.owner().await;
    send(&ada, CHECK, CHECKOUT).await.is(200);
    assert!(!waiting.is_finished());
    for guest in stuck {
        guest.abort();
    }
    waiting.await.unwrap().is(200);
}
