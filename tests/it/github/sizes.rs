//! Files and folders of every size (D4: a file beyond a megabyte is read whole).

use wyvern::provider::{EntryKind, Expect, Provider as _, Version};

use super::desk::{SHOP, text};
use super::{Desk, put};
use crate::forge::Fault;

#[tokio::test]
async fn a_file_beyond_a_megabyte_is_read_as_a_blob() {
    let desk = Desk::new().await;
    let large = text(1_500_000);
    desk.save("one", &large).await.unwrap();
    // Somebody who starts afresh, on the same forge.
    let fresh = super::adapter(&desk.forge, desk.clock.clone());
    let desk = Desk {
        github: fresh,
        ..desk
    };
    desk.calls();
    assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, large);
    let version = Version::of(large.as_bytes());
    let blob = format!("GET /git/blobs/{version} 200");
    assert_eq!(desk.calls(), ["GET /branches/main 200", "Look 200", &blob]);
    assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, large);
    assert_eq!(desk.calls(), ["GET /branches/main 304"]);
}

#[tokio::test]
async fn a_file_of_fifty_megabytes_is_whole() {
    let desk = Desk::empty().await;
    let large = text(50 << 20);
    desk.git.seed("main", &[("100644", "large", &large)]);
    let file = desk.open("large").await.unwrap().unwrap();
    assert!(file.bytes == large);
    assert_eq!(file.version, Version::of(large.as_bytes()));
}

#[tokio::test]
async fn a_blob_that_is_cut_or_another_is_an_error() {
    let desk = Desk::empty().await;
    let large = text(600_000);
    desk.git.seed("main", &[("100644", "large", &large)]);
    let half = Fault::Status {
        status: 200,
        headers: vec![(
            "content-type".to_owned(),
            "application/vnd.github.raw+json".to_owned(),
        )],
        body: large[..300_000].to_owned(),
    };
    for fault in [half, Fault::WrongType] {
        desk.next("/git/blobs/", fault);
        let error = desk.open("large").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the provider is unavailable: GitHub gave an answer that cannot be read."
        );
    }
    assert_eq!(desk.open("large").await.unwrap().unwrap().bytes, large);
}

/// D19: the list is whole, however long it is.
#[tokio::test]
async fn fifteen_hundred_models_are_listed_even_when_graphql_fails() {
    let desk = Desk::empty().await;
    let names: Vec<_> = (0..1500).map(|n| format!("model {n:04}")).collect();
    let paths: Vec<_> = names
        .iter()
        .map(|name| format!("m/{name}/{name}.json"))
        .collect();
    let files: Vec<_> = paths
        .iter()
        .map(|path| ("100644", path.as_str(), "{}"))
        .collect();
    desk.git.seed("main", &files);
    let listed = desk.list("m").await.unwrap();
    assert!(listed.iter().map(|entry| &entry.name).eq(&names));
    assert!(listed.iter().all(|entry| entry.kind == EntryKind::Folder));

    desk.git.seed(
        "main",
        &[
            ("100644", "m/aaa.json", "{}"),
            ("120000", "m/link", "aaa.json"),
        ],
    );
    desk.calls();
    desk.next(
        "List",
        Fault::OkWithError("Something went wrong".to_owned()),
    );
    let again = desk.list("m").await.unwrap();
    assert_eq!(again[0].name, "aaa.json");
    assert_eq!(again[0].kind, EntryKind::File);
    assert_eq!(again[1].kind, EntryKind::Other);
    assert_eq!(again[2..], listed[..]);
    let calls = desk.calls();
    assert!(calls[3].starts_with("GET /git/trees/"), "{calls:?}");
    assert_eq!(calls.len(), 4);
}

#[tokio::test]
async fn files_that_graphql_cannot_give_all_at_once_are_read_one_by_one() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    let failed = || super::desk::answer(502, &serde_json::json!({ "message": "Too much" }));
    for fault in [failed(), Fault::Reset] {
        let github = super::adapter(&desk.forge, desk.clock.clone());
        desk.calls();
        desk.next("Look", fault);
        let paths = [super::at(SHOP)];
        let files = github.read_files(&desk.ada, &desk.repository, &commit, &paths);
        assert_eq!(files.await.unwrap()[0].as_ref().unwrap().bytes, "one");
        let calls = desk.calls();
        assert!(calls[0] == "Look 502" || calls[0] == "Look 0", "{calls:?}");
        assert_eq!(calls[1], "Look 200");
        assert!(calls[2].starts_with("GET /git/blobs/"), "{calls:?}");
        assert_eq!(calls.len(), 3, "the heavy query is not asked again");
    }
}

#[tokio::test]
async fn what_is_larger_than_a_commit_can_be_is_told_as_such() {
    let desk = Desk::new().await;
    let status = super::desk::answer(413, &serde_json::json!({ "message": "Payload Too Large" }));
    desk.next("Commit", status);
    let refused = desk.commit(vec![put("new", "x", Expect::Absent)]).await;
    let error = refused.unwrap_err().to_string();
    assert_eq!(error, "too large for the provider");
}
