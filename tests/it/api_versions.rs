//! Versions: what a save was made from, and what happens when that is not there any more
//! (D6).

use serde_json::json;

use crate::support::shop::{REPO, at, created, reviewer};
use crate::support::{CHECKOUT, Person, Repository, TestApp, compact, model_path};

const STALE: &str = "\"1234567890123456789012345678901234567890\"";

/// A server with one model, its repository, somebody who has read nothing, and the model's tag.
async fn start() -> (TestApp, Repository, Person, String) {
    let (app, repository, made) = created().await;
    let ada = app.owner().await;
    (app, repository, ada, made.etag())
}

#[tokio::test]
async fn who_has_the_version_already_is_told_so() {
    let (_app, _, ada, tag) = start().await;
    let read = ada.get(&at("data")).await.is(200);
    assert_eq!(read.etag(), tag);
    assert_eq!(read.header("cache-control"), Some("private, no-cache"));
    assert_eq!(read.header("vary"), Some("authorization, accept-encoding"));
    let weak = format!("W/{tag}");
    let list = format!("\"x\", {tag}");
    for held in [tag.as_str(), &weak, &list, "*", tag.trim_matches('"')] {
        let answer = ada
            .get(&at("data"))
            .header("if-none-match", held)
            .await
            .is(304);
        assert_eq!(answer.etag(), tag);
        assert!(answer.body.is_empty());
    }
    for other in [STALE, "", "\"\"", "garbage", "\"x\",,"] {
        ada.get(&at("data"))
            .header("if-none-match", other)
            .await
            .is(200);
    }
}

#[tokio::test]
async fn if_match_is_strict() {
    let (_app, repository, ada, tag) = start().await;
    let before = repository.state();
    let upper = tag.to_uppercase();
    let either = format!("{STALE}, \"1111111111111111111111111111111111111111\"");
    let stars = format!("*, {upper}");
    let stale_ones = [
        STALE, &either, "garbage", "\"\"", "", ",", &upper, "**", &stars,
    ];
    for stale in stale_ones {
        let save = ada.put(&at("update")).header("if-match", stale);
        let problem = save.json(reviewer("x")).await.problem(412, "version_stale");
        let known = stale.starts_with(STALE);
        let now = known.then(|| tag.trim_matches('"'));
        assert_eq!(problem["current_version"].as_str(), now, "{stale}");
    }
    assert_eq!(repository.state(), before);
    let save = ada.put(&at("update")).header("if-match", &tag);
    let saved = save.json(reviewer("Hedy")).await.is(200);
    assert_ne!(saved.etag(), tag);
    let stale = ada.put(&at("update")).header("if-match", &tag);
    let problem = stale
        .json(reviewer("x"))
        .await
        .problem(412, "version_stale");
    assert_eq!(problem["current_version"], saved.etag().trim_matches('"'));
    // The change that was made is the same request sent again.
    let again = ada.put(&at("update")).header("if-match", &tag);
    let again = again.json(reviewer("Hedy")).await.is(200);
    assert_eq!(again.etag(), saved.etag());
    let any = ada.put(&at("update")).header("if-match", "*");
    any.json(reviewer("Joan")).await.is(200);
    assert_eq!(repository.commits("main").len(), 4);
}

#[tokio::test]
async fn if_match_with_several_tags_matches_any_of_them() {
    let (_app, repository, ada, tag) = start().await;
    let last = format!("{STALE}, \"of another server\", {tag}");
    let save = ada.put(&at("update")).header("if-match", &last);
    let saved = save.json(reviewer("Hedy")).await.is(200).etag();
    let first = format!("{saved},{STALE}");
    let rename = ada.post(&at("rename")).header("if-match", &first);
    rename.json(r#"{"name":"N"}"#).await.is(200);
    let twice = format!("{saved}, {saved}");
    let path = model_path(REPO, "main", "N", "");
    ada.delete(&path).header("if-match", &twice).await.is(204);
    let gone = ada.delete(&path).header("if-match", &twice).await;
    gone.problem(404, "no_such_model");
    assert_eq!(repository.commits("main").len(), 5);
}

#[tokio::test]
async fn the_tag_of_a_compressed_answer_is_weak_and_names_the_same_version() {
    let (_app, _, ada, tag) = start().await;
    let squeezed = ada.get(&at("data")).header("accept-encoding", "gzip");
    let squeezed = squeezed.await.is(200);
    assert_eq!(squeezed.header("content-encoding"), Some("gzip"));
    let weak = format!("W/{tag}");
    assert_eq!(squeezed.header("etag"), Some(weak.as_str()));
    let plain = ada.get(&at("data")).await.is(200);
    assert_eq!(plain.etag(), tag);
    let save = ada.put(&at("update")).header("if-match", &weak);
    let saved = save.json(reviewer("Hedy")).await.is(200).etag();
    let save = ada
        .put(&at("update"))
        .header("base-version", format!("W/{saved}"));
    save.json(reviewer("Joan")).await.is(200);
}

#[tokio::test]
async fn a_base_version_that_is_not_current_is_a_conflict() {
    let (_app, repository, ada, tag) = start().await;
    let save = ada.put(&at("update")).header("base-version", &tag);
    let saved = save.json(reviewer("Hedy")).await.is(200);
    let before = repository.state();
    let stale = ada.put(&at("update")).header("base-version", &tag);
    let problem = stale.json(reviewer("x")).await.problem(409, "conflict");
    assert_eq!(problem["current_version"], saved.etag().trim_matches('"'));
    for bad in ["*", "", "garbage", "W/\"x\""] {
        let save = ada.put(&at("update")).header("base-version", bad);
        save.json(CHECKOUT).await.problem(400, "bad_request");
    }
    let both = ada.put(&at("update")).header("base-version", &tag);
    let both = both.header("if-match", &tag).json(CHECKOUT);
    both.await.problem(400, "bad_request");
    assert_eq!(repository.state(), before);
    let version = saved.etag().trim_matches('"').to_owned();
    let bare = ada.put(&at("update")).header("base-version", version);
    bare.json(reviewer("Joan")).await.is(200);
}

#[tokio::test]
async fn a_precondition_that_is_given_twice_or_is_no_text_is_not_taken_for_none() {
    let (_app, repository, ada, tag) = start().await;
    ada.get(&at("data")).await.is(200);
    let before = repository.state();
    for name in ["if-match", "base-version"] {
        let twice = ada.put(&at("update")).header(name, &tag).also(name, STALE);
        twice.json(reviewer("x")).await.problem(400, "bad_request");
        let bytes = ada.put(&at("update")).header(name, b"\xff\xfe");
        bytes.json(reviewer("x")).await.problem(400, "bad_request");
    }
    assert_eq!(repository.state(), before);
}

#[tokio::test]
async fn what_nobody_has_read_is_not_saved_without_a_precondition() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let file = ("100644", "ThreatDragonModels/M/M.json", CHECKOUT);
    repository.seed("main", &[file]);
    let ada = app.owner().await;
    let blind = ada.put(&at("update")).json(reviewer("x")).await;
    blind.problem(428, "version_required");
    assert_eq!(repository.file(file.1), CHECKOUT);
}

#[tokio::test]
async fn without_a_precondition_the_base_is_what_this_sign_in_has_read() {
    let (app, repository, ada, _) = start().await;
    ada.get(&at("data")).await.is(200);
    ada.put(&at("update")).json(reviewer("Hedy")).await.is(200);
    ada.put(&at("update")).json(reviewer("Joan")).await.is(200);

    let other = app.owner().await;
    other.get(&at("data")).await.is(200);
    other
        .put(&at("update"))
        .json(reviewer("Mary"))
        .await
        .is(200);
    let stale = ada.put(&at("update")).json(reviewer("x")).await;
    stale.problem(409, "conflict");
    // To ask again is not to read.
    let again = ada.put(&at("update")).json(reviewer("x")).await;
    again.problem(428, "version_required");
    let kept = repository.file("ThreatDragonModels/M/M.json");
    assert!(kept.contains("\"reviewer\": \"Mary\""));
    ada.get(&at("data")).await.is(200);
    ada.put(&at("update")).json(reviewer("Ada")).await.is(200);
    assert_eq!(repository.commits("main").len(), 6);
}

#[tokio::test]
async fn a_read_that_found_nothing_new_is_a_read() {
    let (app, _, ada, tag) = start().await;
    ada.get(&at("data"))
        .header("if-none-match", &tag)
        .await
        .is(304);
    ada.put(&at("update")).json(reviewer("Hedy")).await.is(200);
    let renewed = app.owner().await;
    let body = json!({ "refreshToken": ada.tokens.as_ref().unwrap().refresh }).to_string();
    let tokens = app
        .nobody()
        .post("/api/token/refresh")
        .json(body)
        .await
        .data();
    let ada = renewed.with(crate::support::Tokens::of(&tokens));
    ada.put(&at("update")).json(reviewer("Joan")).await.is(200);
}

#[tokio::test]
async fn of_two_people_who_edit_at_once_the_second_is_told_and_nothing_is_lost() {
    let (app, repository, ada, tag) = start().await;
    let grace = app.owner().await;
    for person in [&ada, &grace] {
        person.get(&at("data")).await.is(200);
    }
    ada.put(&at("update")).json(reviewer("Hedy")).await.is(200);
    let second = grace.put(&at("update")).json(reviewer("Joan")).await;
    let problem = second.problem(409, "conflict");
    let now = problem["current_version"].as_str().unwrap();
    assert_ne!(now, tag.trim_matches('"'));
    let read = grace.get(&at("data")).await;
    assert_eq!(read.etag().trim_matches('"'), now);
    assert_eq!(read.data()["detail"]["reviewer"], "Hedy");
    grace
        .put(&at("update"))
        .json(reviewer("Joan"))
        .await
        .is(200);
    let log = repository.git(&["log", "-p", "--format=", "main"]);
    for name in ["Hedy", "Joan"] {
        let line = format!("\n+    \"reviewer\": \"{name}\"");
        assert!(log.contains(&line), "{log}");
    }
}

#[tokio::test]
async fn a_change_made_with_git_is_a_change_like_any_other() {
    let (_app, repository, ada, tag) = start().await;
    ada.get(&at("data")).await.is(200);
    let pushed = CHECKOUT.replace("Barbara", "Somebody with git");
    repository.seed(
        "main",
        &[("100644", "ThreatDragonModels/M/M.json", &pushed)],
    );
    let stale = ada.put(&at("update")).json(reviewer("x")).await;
    stale.problem(409, "conflict");
    let stale = ada.put(&at("update")).header("if-match", &tag);
    stale
        .json(reviewer("x"))
        .await
        .problem(412, "version_stale");
    let read = ada.get(&at("data")).await.data();
    assert_eq!(read["detail"]["reviewer"], "Somebody with git");
    // Another file is no reason to refuse.
    repository.seed("main", &[("100644", "README.md", "read me")]);
    ada.put(&at("update")).json(reviewer("Hedy")).await.is(200);
    let diff = repository.last_diff();
    assert_eq!(
        diff,
        [
            r#"-    "reviewer": "Somebody with git","#,
            r#"+    "reviewer": "Hedy","#
        ]
    );
}

#[tokio::test]
async fn saving_what_is_gone_brings_nothing_back() {
    let (app, repository, ada, tag) = start().await;
    ada.get(&at("data")).await.is(200);
    let other = app.owner().await;
    other.delete(&at("")).header("if-match", &tag).await.is(204);
    let before = repository.state();
    ada.put(&at("update"))
        .json(compact(CHECKOUT))
        .await
        .problem(404, "no_such_model");
    for (header, value) in [
        ("if-match", tag.as_str()),
        ("if-match", "*"),
        ("base-version", &tag),
    ] {
        let save = ada.put(&at("update")).header(header, value).json(CHECKOUT);
        save.await.problem(404, "no_such_model");
    }
    assert_eq!(repository.state(), before);
}
