//! Models that are sent along: checked, upgraded, compared and merged for anybody, and nothing is kept.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use tokio::task::JoinHandle;

use crate::forge::Dialect;
use crate::support::{Answer, CHECKOUT, Hosted, LEDGER_V1, Person, TestApp};

const CHECK: &str = "/api/documents/check";
const UPGRADE: &str = "/api/documents/upgrade";
const DIFF: &str = "/api/documents/diff";
const MERGE: &str = "/api/documents/merge";

async fn send(person: &Person, path: &str, body: impl Into<Vec<u8>>) -> Answer {
    person.post(path).json(body).await
}

fn pair(before: &str, after: &str) -> String {
    format!(r#"{{"before":{before},"after":{after}}}"#)
}

fn three(base: &str, ours: &str, theirs: &str) -> String {
    format!(r#"{{"base":{base},"ours":{ours},"theirs":{theirs}}}"#)
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
async fn what_two_have_changed_is_merged_in_its_own_spelling() {
    let app = TestApp::start().await;
    let ours = CHECKOUT.replacen("\"High\"", "\"Low\"", 1);
    let theirs = CHECKOUT.replacen("\"Order\"", "\"Orders\"", 1);
    let both = ours.replacen("\"Order\"", "\"Orders\"", 1);
    let merged = send(&app.nobody(), MERGE, three(CHECKOUT, &ours, &theirs)).await;
    let told = r#""conflicts":[],"conflict_count":0,"notes":[]"#;
    let expected = format!(
        r#"{{"status":200,"data":{{"model":{},{told}}}}}"#,
        both.trim_end()
    );
    assert_eq!(merged.is(200).text(), expected);
}

#[tokio::test]
async fn where_two_collide_the_three_values_are_told_and_nothing_is_merged() {
    let app = TestApp::start().await;
    let ours = CHECKOUT.replacen("\"High\"", "\"Low\"", 1);
    let theirs = CHECKOUT.replacen("\"High\"", "\"Medium\"", 1);
    let merged = send(&app.nobody(), MERGE, three(CHECKOUT, &ours, &theirs)).await;
    let expected = json!({ "model": null, "conflicts": [{
        "subject": {
            "diagram": { "id": 0, "title": "Order" },
            "cell": { "id": "b9e6f4de-0c1b-4d3c-8f1a-2f8f6d2f6b01", "name": "Order service", "kind": "process" },
            "threat": { "id": "0c7a9f10-52d5-4f8e-9c5f-3f5f3c8a7e11", "number": 1,
                "title": "Prices are taken from the basket" },
        },
        "field": "severity",
        "pointer": "/detail/diagrams/0/cells/0/data/threats/0/severity",
        "trouble": "both_changed",
        "layout": false,
        "base": "High",
        "ours": "Low",
        "theirs": "Medium",
        "left_out": [],
    }], "conflict_count": 1, "notes": [] });
    assert_eq!(merged.data(), expected);
}

/// A model with so many diagrams from this id on, each with this title.
fn diagrams(first: u32, count: u32, title: &str) -> String {
    let one = |id| json!({ "id": id, "title": title, "diagramType": "STRIDE", "cells": [] });
    let all: Vec<_> = (first..first + count).map(one).collect();
    let detail = json!({ "contributors": [], "reviewer": "", "threatTop": 0,
        "diagramTop": first + count, "diagrams": all });
    json!({ "version": "2.0", "summary": { "title": "M" }, "detail": detail }).to_string()
}

#[tokio::test]
async fn no_more_than_a_thousand_conflicts_are_told_and_a_hundred_notes() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let titled = |title: &str| diagrams(0, 150, title);
    let many = |title: &str| diagrams(0, 1_100, title);
    let body = three(&many("a"), &many("b"), &many("c"));
    let data = send(&nobody, MERGE, body).await.data();
    assert_eq!(data["conflict_count"], 1_100);
    assert_eq!(data["conflicts"].as_array().unwrap().len(), 1_000);
    // What both have added under the same ids gets new ones, and each has its sentence.
    let none = diagrams(0, 0, "");
    let (ours, theirs) = (titled(&"o".repeat(5_000)), titled(&"t".repeat(5_000)));
    let data = send(&nobody, MERGE, three(&none, &ours, &theirs))
        .await
        .data();
    assert_eq!(data["conflict_count"], 0, "{}", data["conflicts"]);
    let merged = data["model"]["detail"]["diagrams"].as_array().unwrap();
    assert_eq!(merged.len(), 300);
    let notes = data["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 100);
    let mut notes = notes.iter().map(|note| note.as_str().unwrap());
    assert!(notes.all(|note| note.chars().count() <= 1_001));
}

#[tokio::test]
async fn old_models_are_merged_as_they_are_and_upgraded_where_one_is_new() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let title = |title: &str| {
        let mut model: serde_json::Value = serde_json::from_str(LEDGER_V1).unwrap();
        model["summary"]["title"] = json!(title);
        model.to_string()
    };
    let mut theirs: serde_json::Value = serde_json::from_str(LEDGER_V1).unwrap();
    theirs["summary"]["owner"] = json!("Grace");
    let theirs = theirs.to_string();
    let old = send(&nobody, MERGE, three(LEDGER_V1, &title("New"), &theirs)).await;
    let old = &old.data()["model"];
    assert_eq!(old["version"], serde_json::Value::Null);
    let upgrade = wyvern::model::Document::parse(title("New").into()).unwrap();
    let ours = wyvern::model::upgrade(&upgrade).unwrap();
    let new = send(&nobody, MERGE, three(LEDGER_V1, ours.text(), &theirs)).await;
    let new = &new.data()["model"];
    assert_eq!(new["version"], "2.0.0");
    for model in [old, new] {
        let summary = &model["summary"];
        assert_eq!(
            (&summary["title"], &summary["owner"]),
            (&json!("New"), &json!("Grace"))
        );
    }
}

#[tokio::test]
async fn what_is_not_three_models_is_refused_in_words() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let bad = r#"{"summary":{"title":7}}"#;
    for (body, pointer) in [
        ("null".to_owned(), "/base"),
        (pair(CHECKOUT, CHECKOUT), "/base"),
        (
            format!(r#"{{"base":{CHECKOUT},"ours":{CHECKOUT}}}"#),
            "/theirs",
        ),
        (three("null", CHECKOUT, CHECKOUT), "/base"),
        (three(CHECKOUT, bad, CHECKOUT), "/ours/summary/title"),
        (three(CHECKOUT, CHECKOUT, bad), "/theirs/summary/title"),
    ] {
        let problem = send(&nobody, MERGE, body.clone()).await;
        let problem = problem.problem(422, "model_invalid");
        assert_eq!(problem["pointer"], pointer, "{body}");
    }
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
    for path in [CHECK, UPGRADE, DIFF, MERGE] {
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
async fn a_body_has_a_limit_for_each_of_its_models() {
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
    send(&nobody, MERGE, three(&half, &half, &half))
        .await
        .is(200);
    let large = padded((1 << 20) + 20);
    let problem = send(&nobody, MERGE, three(&half, &half, &large)).await;
    let problem = problem.problem(413, "too_large");
    let told = "The body is larger than 3145728 bytes, the limit of three models on this server \
                (three times server.body_limit).";
    assert_eq!(problem["detail"], told);
}

#[tokio::test]
async fn an_address_has_two_hundred_and_forty_calls_in_a_minute() {
    let github = Hosted::start(Dialect::GitHub).await;
    let nobody = github.app.nobody();
    for _ in 0..60 {
        for (path, body) in [
            (CHECK, CHECKOUT.to_owned()),
            (UPGRADE, CHECKOUT.to_owned()),
            (DIFF, pair(CHECKOUT, CHECKOUT)),
            (MERGE, three(CHECKOUT, CHECKOUT, CHECKOUT)),
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

/// Somebody who sends so many MiB and then nothing, without an end.
fn stuck(nobody: &Person, mebibytes: usize) -> JoinHandle<Answer> {
    static MEBIBYTE: [u8; 1 << 20] = [b' '; 1 << 20];
    let piece = || Ok::<_, std::io::Error>(Bytes::from_static(&MEBIBYTE));
    let pieces = stream::repeat_with(piece).take(mebibytes);
    let ask = nobody.post(CHECK);
    let ask = ask.body(Body::from_stream(pieces.chain(stream::pending())));
    tokio::spawn(ask.header("content-type", "application/json").into_future())
}

#[tokio::test]
async fn guests_who_send_slowly_are_in_nobodys_way() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let stuck: Vec<_> = (0..16).map(|_| stuck(&nobody, 1)).collect();
    tokio::task::yield_now().await;
    send(&nobody, CHECK, CHECKOUT).await.is(200);
    let ada = app.owner().await;
    send(&ada, CHECK, CHECKOUT).await.is(200);
    for guest in stuck {
        assert!(!guest.is_finished());
        guest.abort();
    }
}

#[tokio::test]
async fn guests_together_send_no_more_than_there_is_room_for() {
    let app = TestApp::with(&["server.body_limit = '64 MiB'"]).await;
    let nobody = app.nobody();
    let mut held: Vec<_> = (0..4).map(|_| stuck(&nobody, 63)).collect();
    tokio::task::yield_now().await;
    send(&nobody, CHECK, CHECKOUT).await.is(200);
    let refused = stuck(&nobody, 5).await.unwrap();
    assert_eq!(refused.header("retry-after"), Some("5"));
    refused.problem(503, "crowded");
    let ada = app.owner().await;
    let large = CHECKOUT.to_owned() + &" ".repeat(8 << 20);
    send(&ada, CHECK, large.clone()).await.is(200);
    let gone = held.pop().unwrap();
    gone.abort();
    gone.await.unwrap_err();
    send(&nobody, CHECK, large).await.is(200);
}
