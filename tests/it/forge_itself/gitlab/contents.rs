//! Files, folders and blobs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::{Value, json};

use super::super::client::answer;
use super::{PROJECT, commit, create, read, start};

#[tokio::test]
async fn a_file_says_all_about_itself_in_its_body_and_its_headers() {
    let ada = start().await;
    let made = commit(&ada, json!([create("a/o n.e", "one\n")]))
        .await
        .is(201)
        .json();
    commit(&ada, json!([create("other", "")])).await.is(201);
    let path = "files/a%2Fo%20n%2Ee?ref=main";
    let file = read(&ada, path).await.is(200);
    let hash = ada
        .repository
        .git_fed(&["hash-object", "--stdin"], b"one\n");
    let body = file.json();
    assert_eq!(body["blob_id"], hash.trim());
    assert_eq!(
        STANDARD.decode(body["content"].as_str().unwrap()).unwrap(),
        b"one\n"
    );
    assert_eq!(
        body["commit_id"],
        ada.repository.commits("main")[0].as_str()
    );
    assert_eq!(body["last_commit_id"], made["id"]);
    let sum = "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806";
    assert_eq!(
        (&body["content_sha256"], &body["size"]),
        (&json!(sum), &json!(4))
    );
    let url = format!("{PROJECT}/repository/{path}");
    let head = answer(ada.ask(Method::HEAD, &url)).await.is(200);
    for answer in [&file, &head] {
        let header = |name: &str| answer.header(&format!("x-gitlab-{name}")).to_owned();
        assert_eq!(header("blob-id"), hash.trim());
        assert_eq!(header("last-commit-id"), made["id"].as_str().unwrap());
        assert_eq!(header("execute-filemode"), "false");
    }
    assert!(head.body.is_empty());
    let raw = read(&ada, "files/a%2Fo%20n%2Ee/raw?ref=main").await.is(200);
    assert_eq!(raw.body, "one\n");
}

#[tokio::test]
async fn what_is_not_there_is_told_apart() {
    let ada = start().await;
    ada.repository.seed("main", &[("100644", "a/one", "1")]);
    let none = "1".repeat(40);
    let cases = [
        ("files/no?ref=main".to_owned(), "404 File Not Found"),
        ("files/a?ref=main".to_owned(), "404 File Not Found"),
        ("files/a%2Fone?ref=no".to_owned(), "404 Commit Not Found"),
        (format!("blobs/{none}"), "404 Blob Not Found"),
        (format!("blobs/{none}/raw"), "404 Blob Not Found"),
        (format!("tree?ref={none}"), "404 Tree Not Found"),
        (
            "tree?path=no".to_owned(),
            "404 invalid revision or path Not Found",
        ),
        (
            "tree?path=a/one".to_owned(),
            "404 invalid revision or path Not Found",
        ),
    ];
    for (path, message) in cases {
        assert_eq!(
            read(&ada, &path).await.error(),
            (404, message.to_owned()),
            "{path}"
        );
    }
    let unsaid = read(&ada, "files/a%2Fone").await.is(400).json();
    assert_eq!(unsaid, json!({ "error": "ref is missing" }));
    let route = read(&ada, "files/a/one?ref=main").await.is(404).json();
    assert_eq!(route, json!({ "error": "404 Not Found" }));
}

#[tokio::test]
async fn a_blob_is_found_by_its_id() {
    let ada = start().await;
    ada.repository.seed("main", &[("100644", "one", "é\0")]);
    let id = ada.repository.git(&["rev-parse", "main:one"]);
    let id = id.trim();
    let body = read(&ada, &format!("blobs/{id}")).await.is(200).json();
    let content = STANDARD.encode("é\0");
    assert_eq!(
        body,
        json!({ "size": 3, "encoding": "base64", "content": content, "sha": id })
    );
    let raw = read(&ada, &format!("blobs/{id}/raw")).await.is(200);
    assert_eq!(
        (raw.body.as_ref(), raw.header("etag")),
        ("é\0".as_bytes(), "")
    );
}

/// "mode type name" of each.
fn lines(listed: &Value) -> Vec<String> {
    let line = |one: &Value| format!("{} {} {}", one["mode"], one["type"], one["name"]);
    let lines = listed.as_array().unwrap().iter().map(line);
    lines.map(|line| line.replace('"', "")).collect()
}

#[tokio::test]
async fn a_folder_has_its_folders_first() {
    let ada = start().await;
    let module = "1".repeat(40);
    let files = [
        ("100755", "f/a", "run"),
        ("160000", "f/b", module.as_str()),
        ("120000", "f/c", "a"),
        ("100644", "f/z/below", "1"),
    ];
    ada.repository.seed("main", &files);
    let listed = read(&ada, "tree?path=f&ref=main").await.is(200).json();
    let folder = [
        "040000 tree z",
        "100755 blob a",
        "120000 blob c",
        "160000 commit b",
    ];
    assert_eq!(lines(&listed), folder);
    let blob = ada.repository.git(&["rev-parse", "main:f/a"]);
    assert_eq!(
        (&listed[1]["id"], &listed[1]["path"]),
        (&json!(blob.trim()), &json!("f/a"))
    );
    let root = read(&ada, "tree").await.is(200).json();
    assert_eq!(lines(&root), ["040000 tree f"]);
    let deep = read(&ada, "tree?recursive=true").await.is(200).json();
    assert_eq!(deep.as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn a_large_folder_comes_in_pages_of_a_hundred() {
    let ada = start().await;
    let names: Vec<_> = (0..230)
        .map(|number| format!("f/{number:03}/m.json"))
        .collect();
    let files: Vec<_> = names
        .iter()
        .map(|name| ("100644", name.as_str(), "{}"))
        .collect();
    ada.repository.seed("main", &files);
    let page = async |number: usize| {
        let path = format!("tree?path=f&ref=main&per_page=500&page={number}");
        read(&ada, &path).await.is(200)
    };
    let pages = [page(1).await, page(2).await, page(3).await, page(4).await];
    let counts = pages
        .each_ref()
        .map(|page| page.json().as_array().unwrap().len());
    assert_eq!(counts, [100, 100, 30, 0]);
    assert_eq!(
        (pages[0].header("x-total-pages"), pages[0].header("x-total")),
        ("3", "230")
    );
    let keyed = format!("{PROJECT}/repository/tree?path=f&pagination=keyset&per_page=100");
    assert_eq!(super::counts(&ada, keyed).await, [100, 100, 30]);
}
