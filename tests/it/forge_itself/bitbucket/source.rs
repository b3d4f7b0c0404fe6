//! Files and folders, read.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::client::{Client, answer};
use super::client::{REPO, error, of_all, read, start};

const TREE: [(&str, &str, &str); 4] = [
    ("100644", "a/deep/er.json", "{}"),
    ("100644", "a/one.json", "[]"),
    ("100644", "b.txt", "b"),
    ("100755", "run.sh", "#!/bin/sh\n"),
];

/// A client, and the commit that has these files.
async fn with(files: &[(&str, &str, &str)]) -> (Client, String) {
    let ada = start().await;
    ada.repository.seed("main", files);
    let tip = ada.repository.commits("main")[0].clone();
    (ada, tip)
}

#[tokio::test]
async fn a_file_is_its_bytes_with_a_tag_of_its_own() {
    let (ada, tip) = with(&TREE).await;
    ada.repository.seed("main", &[("100644", "copy", "b")]);
    let later = ada.repository.commits("main")[0].clone();
    let first = read(&ada, &format!("src/{tip}/b.txt")).await.is(200);
    assert_eq!(
        (&first.body[..], first.header("content-type")),
        (&b"b"[..], "text/plain")
    );
    let copy = read(&ada, &format!("src/{later}/copy")).await.is(200);
    assert_eq!(copy.header("etag"), first.header("etag"));
    let other = read(&ada, &format!("src/{tip}/a/one.json")).await.is(200);
    assert_ne!(other.header("etag"), first.header("etag"));
    let ask = ada.ask(Method::GET, &format!("{REPO}/src/main/b.txt"));
    let same = answer(ask.header("if-none-match", first.header("etag"))).await;
    assert_eq!(same.is(304).body, "");
}

#[tokio::test]
async fn a_files_description_names_the_commit_that_was_asked_for() {
    let (ada, tip) = with(&TREE).await;
    ada.repository.seed("main", &[("100644", "other", "")]);
    let later = ada.repository.commits("main")[0].clone();
    let meta = read(&ada, &format!("src/{later}/run.sh?format=meta"))
        .await
        .is(200)
        .json();
    assert_eq!(meta["commit"]["hash"], later);
    assert_ne!(later, tip);
    let told = ["type", "path", "size", "attributes"].map(|name| meta[name].clone());
    assert_eq!(
        told,
        [
            json!("commit_file"),
            json!("run.sh"),
            json!(10),
            json!(["executable"])
        ]
    );
    let folder = read(&ada, &format!("src/{tip}/a/?format=meta"))
        .await
        .is(200)
        .json();
    assert_eq!(
        (&folder["type"], &folder["path"]),
        (&json!("commit_directory"), &json!("a"))
    );
}

#[tokio::test]
async fn folders_are_listed_as_deep_as_is_wished_for() {
    let (ada, tip) = with(&TREE).await;
    let paths = async |rest: &str| {
        let page = read(&ada, &format!("src/{tip}/{rest}"))
            .await
            .is(200)
            .json();
        of_all(&page, "/path")
    };
    assert_eq!(paths("").await, ["a", "b.txt", "run.sh"]);
    assert_eq!(paths("a/").await, ["a/deep", "a/one.json"]);
    assert_eq!(paths("a").await, ["a/deep", "a/one.json"]);
    let whole = [
        "a",
        "b.txt",
        "run.sh",
        "a/deep",
        "a/one.json",
        "a/deep/er.json",
    ];
    assert_eq!(paths("?max_depth=9").await, whole);
    assert_eq!(paths("?max_depth=2").await, whole[..5]);
}

#[tokio::test]
async fn the_pages_of_a_folder_have_no_numbers_and_no_count() {
    let names: Vec<_> = (0..120).map(|number| format!("f/{number:03}")).collect();
    let files: Vec<_> = names
        .iter()
        .map(|name| ("100644", name.as_str(), ""))
        .collect();
    let (ada, tip) = with(&files).await;
    let first = read(&ada, &format!("src/{tip}/f/?pagelen=100"))
        .await
        .is(200)
        .json();
    assert_eq!(
        (&first["size"], &first["page"]),
        (&Value::Null, &Value::Null)
    );
    let next = first["next"].as_str().unwrap();
    assert!(!next.contains("page=2"), "{next}");
    let last = ada.get(next).await.is(200).json();
    assert_eq!(of_all(&last, "/path").len(), 20);
    assert_eq!(last["next"], Value::Null);
}

#[tokio::test]
async fn what_is_not_there_is_told_apart() {
    let (ada, tip) = with(&TREE).await;
    let nothing = "1".repeat(40);
    let no_commit = "Commit not found".to_owned();
    let table = [
        (
            format!("src/{tip}/c"),
            "No such file or directory: c".to_owned(),
        ),
        (
            format!("src/{tip}/b.txt/"),
            "No such file or directory: b.txt/".to_owned(),
        ),
        (
            format!("src/{tip}/b.txt/c"),
            "No such file or directory: b.txt/c".to_owned(),
        ),
        (format!("src/{nothing}/b.txt"), no_commit.clone()),
        ("src/no/b.txt".to_owned(), no_commit),
        (format!("src/{tip}"), "Resource not found".to_owned()),
    ];
    for (path, message) in table {
        assert_eq!(error(&read(&ada, &path).await), (404, message), "{path}");
    }
}

#[tokio::test]
async fn a_branch_with_a_special_name_cannot_be_read_by_it() {
    let ada = start().await;
    for name in ["plain", "feature/x", "fix#1", "half%"] {
        ada.repository.seed(name, &[("100644", "b.txt", "b")]);
    }
    read(&ada, "src/plain/b.txt").await.is(200);
    for name in ["feature/x", "feature%2Fx", "fix%231", "half%25"] {
        let refused = read(&ada, &format!("src/{name}/b.txt")).await;
        assert_eq!(
            error(&refused),
            (404, "Commit not found".to_owned()),
            "{name}"
        );
    }
}

#[tokio::test]
async fn paths_with_special_characters_are_found_and_named_twice() {
    let path = "Zoë's 100% #1?/ü [x].json";
    let (ada, tip) = with(&[("100644", path, "{}")]).await;
    let escaped = "Zo%C3%AB%27s%20100%25%20%231%3F/%C3%BC%20%5Bx%5D.json";
    let file = read(&ada, &format!("src/{tip}/{escaped}")).await.is(200);
    assert_eq!(file.body, "{}");
    let meta = read(&ada, &format!("src/{tip}/{escaped}?format=meta"))
        .await
        .is(200)
        .json();
    assert_eq!(
        (&meta["path"], &meta["escaped_path"]),
        (&json!(path), &json!(escaped))
    );
    let own = meta["links"]["self"]["href"].as_str().unwrap();
    assert_eq!(ada.get(own).await.is(200).body, "{}");
}

#[tokio::test]
async fn what_is_no_plain_file_says_so() {
    const POINTER: &str = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    let commit = "1".repeat(40);
    let (ada, tip) = with(&[
        ("120000", "link", "b.txt"),
        ("160000", "module", &commit),
        ("100755", "program", "#!/bin/sh\n"),
        ("100644", "large", POINTER),
        ("100644", "picture", "\0\u{1}"),
    ])
    .await;
    let page = read(&ada, &format!("src/{tip}/")).await.is(200).json();
    let told: Vec<_> = page["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["path"], one["attributes"]).replace('"', ""))
        .collect();
    let expected = [
        "large [lfs]",
        "link [link]",
        "module [subrepository]",
        "picture [binary]",
        "program [executable]",
    ];
    assert_eq!(told, expected);
    assert_eq!(
        read(&ada, &format!("src/{tip}/module")).await.is(200).body,
        commit
    );
    let large = read(&ada, &format!("src/{tip}/large")).await.is(301);
    let location = large.header("location");
    assert!(
        location.starts_with("https://api.media.atlassian.com/"),
        "{location}"
    );
}
