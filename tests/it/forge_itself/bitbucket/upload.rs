//! Files, written.

use std::sync::Arc;

use reqwest::Method;

use super::super::client::{Client, answer};
use super::client::Part::{Field, File, With};
use super::client::{REPO, error, read, start, upload};
use crate::forge::{Access, Fault, Wanted};

/// A client, and the commit that `main` is at.
async fn begun() -> (Client, String) {
    let ada = start().await;
    ada.repository
        .seed("main", &[("100644", "one", "1"), ("100755", "run", "x")]);
    let tip = ada.repository.commits("main")[0].clone();
    (ada, tip)
}

#[tokio::test]
async fn one_form_writes_changes_and_deletes_in_one_commit() {
    let (ada, tip) = begun().await;
    let made = upload(
        &ada,
        &[
            Field("message", "Several\n\nRequest-Id: 1\n"),
            Field("branch", "main"),
            Field("parents", &tip),
            File("/two/three.json", b"\0{\r\n}"),
            File("run", b"y"),
            File("/message", b"no message"),
            Field("files", "/one"),
            Field("files", "run"),
        ],
    )
    .await
    .is(201);
    let commits = ada.repository.commits("main");
    assert_eq!(
        (made.body.len(), made.header("content-type")),
        (0, "text/html; charset=utf-8")
    );
    let location = made.header("location");
    assert!(
        location.ends_with(&format!("/commit/{}", commits[0])),
        "{location}"
    );
    assert_eq!(commits[1..], [tip]);
    assert_eq!(ada.repository.files(), ["message", "run", "two/three.json"]);
    let hash = ada
        .repository
        .git_fed(&["hash-object", "--stdin"], b"\0{\r\n}");
    assert_eq!(
        ada.repository.git(&["rev-parse", "main:two/three.json"]),
        hash
    );
    let message = ada.repository.git(&["log", "-1", "--format=%B", "main"]);
    assert_eq!(message.trim_end(), "Several\n\nRequest-Id: 1");
    let by = "Ada Lovelace <ada@example.com>, Ada Lovelace <ada@example.com>: Several";
    assert_eq!(ada.repository.last_commit(), by);
    ada.repository.git(&["fsck", "--strict"]);
}

#[tokio::test]
async fn the_first_commit_makes_its_branch_the_main_one() {
    let ada = start().await;
    let nothing = "1".repeat(40);
    let parents = upload(&ada, &[Field("parents", &nothing), File("/a", b"a")]).await;
    assert_eq!(
        error(&parents),
        (400, format!("parents: Commit not found: {nothing}"))
    );
    assert_eq!(ada.repository.state(), "");
    upload(
        &ada,
        &[
            Field("branch", "trunk"),
            File("/a", b"a"),
            File("/b/c", b"c"),
        ],
    )
    .await
    .is(201);
    let one = ada.get(REPO).await.is(200).json();
    assert_eq!(one["mainbranch"]["name"], "trunk");
    assert_eq!(ada.repository.commits("trunk").len(), 1);
}

#[tokio::test]
async fn a_parent_must_be_where_the_branch_is() {
    let (ada, tip) = begun().await;
    let file = |text: &'static str| File("/one", text.as_bytes());
    let main = Field("branch", "main");
    upload(&ada, &[main, Field("parents", &tip), file("2")])
        .await
        .is(201);
    let main = || Field("branch", "main");
    let stale = upload(&ada, &[main(), Field("parents", &tip), file("3")]).await;
    assert_eq!(error(&stale).0, 409);
    let unsaid = upload(&ada, &[Field("parents", &tip), file("3")]).await;
    assert_eq!(error(&unsaid).0, 409);
    assert_eq!(ada.repository.commits("main").len(), 2);
    // Without a parent the last one wins.
    upload(&ada, &[main(), file("3")]).await.is(201);
    upload(&ada, &[file("4")]).await.is(201);
    assert_eq!(ada.repository.file("one"), "4");
    for sha in ["main", "12345678", &"1".repeat(40)] {
        let refused = upload(&ada, &[Field("parents", sha), file("5")]).await;
        assert_eq!(
            error(&refused),
            (400, format!("parents: Commit not found: {sha}"))
        );
        assert!(refused.json()["error"]["fields"]["parents"].is_array());
    }
}

#[tokio::test]
async fn a_writer_who_comes_in_between_makes_a_parent_stale() {
    let (ada, tip) = begun().await;
    let repository = ada.repository.clone();
    let between =
        move |_: &crate::forge::World| repository.seed("main", &[("100644", "other", "")]);
    ada.forge
        .faults()
        .next(Wanted::Writes, Fault::Before(Arc::new(between)));
    let late = upload(
        &ada,
        &[
            Field("branch", "main"),
            Field("parents", &tip),
            File("/a", b""),
        ],
    )
    .await;
    assert_eq!(error(&late).0, 409);
    assert_eq!(ada.repository.files(), ["one", "other", "run"]);
}

#[tokio::test]
async fn a_branch_that_is_not_there_begins_where_it_is_said_or_at_the_main_one() {
    let (ada, tip) = begun().await;
    ada.repository.seed("main", &[]);
    let main = ada.repository.commits("main")[0].clone();
    let made = [
        Field("branch", "a"),
        Field("parents", &tip),
        File("/a", b"a"),
    ];
    upload(&ada, &made).await.is(201);
    assert_eq!(ada.repository.commits("a")[1], tip);
    upload(&ada, &[Field("branch", "b/c"), File("/a", b"a")])
        .await
        .is(201);
    assert_eq!(ada.repository.commits("b/c")[1], main);
    upload(&ada, &[Field("branch", "empty"), Field("parents", &tip)])
        .await
        .is(201);
    let tree = |name: &str| {
        ada.repository
            .git(&["rev-parse", &format!("{name}^{{tree}}")])
    };
    assert_eq!(tree("empty"), tree(&tip));
    assert_eq!(ada.repository.commits("main")[0], main);
}

#[tokio::test]
async fn an_attribute_that_is_not_said_again_is_lost() {
    let (ada, _) = begun().await;
    let mode = |path: &str| {
        let listed = ada.repository.git(&["ls-tree", "main", path]);
        listed.split(' ').next().unwrap().to_owned()
    };
    upload(&ada, &[With("executable", "/run", b"y")])
        .await
        .is(201);
    assert_eq!(mode("run"), "100755");
    upload(&ada, &[File("/run", b"z"), With("link", "/link", b"run")])
        .await
        .is(201);
    assert_eq!((&*mode("run"), &*mode("link")), ("100644", "120000"));
}

#[tokio::test]
async fn what_would_change_nothing_is_a_conflict() {
    let (ada, tip) = begun().await;
    let same = upload(&ada, &[Field("parents", &tip), File("/one", b"1")]).await;
    assert_eq!(error(&same), (409, "No changes".to_owned()));
    let absent = upload(&ada, &[Field("files", "/no")]).await;
    assert_eq!(error(&absent).0, 400);
    assert_eq!(ada.repository.commits("main"), [tip]);
}

#[tokio::test]
async fn who_may_not_write_is_refused() {
    let (ada, _) = begun().await;
    ada.repository.seed("release", &[]);
    ada.forge.protect("ada/models", "release");
    let restricted = upload(&ada, &[Field("branch", "release"), File("/a", b"")]).await;
    let message = "Permission denied to update branch release.".to_owned();
    assert_eq!(error(&restricted), (400, message));
    let as_grace = async || {
        let ask = ada.bare(Method::POST, &format!("{REPO}/src"));
        answer(ask.bearer_auth(ada.forge.token("grace"))).await
    };
    let denied = (
        403,
        "Access denied. You must have write or admin access.".to_owned(),
    );
    assert_eq!(error(&as_grace().await), denied);
    ada.forge.grant("grace", "ada/models", Access::None);
    assert_eq!(error(&as_grace().await).0, 404);
    ada.forge.archive("ada/models");
    let archived = upload(&ada, &[File("/a", b"")]).await;
    assert_eq!(
        error(&archived),
        (403, "This repository is read-only.".to_owned())
    );
    read(&ada, "src/main/one").await.is(200);
}

#[tokio::test]
async fn what_is_no_form_and_an_author_are_looked_at() {
    let (ada, _) = begun().await;
    let ask = ada.ask(Method::POST, &format!("{REPO}/src?message=x&branch=main"));
    let refused = answer(ask.header("content-type", "application/json").body("{}")).await;
    assert_eq!(error(&refused).0, 400);
    let author = Field("author", "Someone Else <else@example.com>");
    upload(
        &ada,
        &[author, Field("message", "For them"), File("/a", b"a")],
    )
    .await
    .is(201);
    let by = "Someone Else <else@example.com>, Ada Lovelace <ada@example.com>: For them";
    assert_eq!(ada.repository.last_commit(), by);
}
