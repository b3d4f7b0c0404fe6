//! Files that cannot be read harm nobody, and each is told.

use super::{LIBRARY, REPO, faults, file, own};
use crate::support::{CHECKOUT, Repository, TestApp, branch_path};

/// A branch with a file of these bytes.
fn with_bytes(repository: &Repository, branch: &str, path: &str, bytes: &[u8]) {
    let mut stream = format!(
        "commit refs/heads/{branch}\ncommitter A <a@b.c> 1700000000 +0000\ndata 1\nA\n\
         from refs/heads/{branch}^0\nM 100644 inline {path}\ndata {}\n",
        bytes.len()
    )
    .into_bytes();
    stream.extend(bytes);
    stream.push(b'\n');
    repository.git_fed(&["fast-import", "--quiet"], &stream);
}

#[tokio::test]
async fn libraries_that_cannot_be_read_are_told() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let large = format!("library = \"large\"\n# {}", "x".repeat(1 << 20));
    let torn = LIBRARY.replacen("title", "titel", 1);
    repository.seed(
        "main",
        &[
            file(".wyvern/library/a.toml", LIBRARY),
            file(".wyvern/library/b.toml", &torn.replace("acme", "torn")),
            file(".wyvern/library/large.toml", &large),
            ("120000", ".wyvern/library/link.toml", "a.toml"),
            file(".wyvern/library/deep/x.toml", LIBRARY),
            ("120000", ".wyvern/sources.toml", "library/a.toml"),
        ],
    );
    with_bytes(&repository, "main", ".wyvern/library/latin.toml", b"# \xe9");
    let ada = app.owner().await;
    let data = ada.get(&branch_path(REPO, "main", "library")).await.data();
    assert_eq!(own(&data, "threats").len(), 1);
    assert_eq!(
        faults(&data),
        [
            ".wyvern/library/b.toml:4 there is no titel in [[mitigation]]; what there is: id, title, \
             description, references, tags.",
            ".wyvern/library/b.toml:13 there is no mitigation \"signed-webhooks\" in this file.",
            ".wyvern/library/large.toml:1 this is no file of at most 1 MiB.",
            ".wyvern/library/latin.toml:1 this is not UTF-8.",
        ]
    );
}

#[tokio::test]
async fn templates_that_cannot_be_read_are_told() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let large = CHECKOUT.replacen('{', &format!("{{{}", " ".repeat(4 << 20)), 1);
    repository.seed(
        "main",
        &[
            file(".wyvern/templates/a.json", CHECKOUT),
            file(".wyvern/templates/b.json", "{}"),
            file(".wyvern/templates/large.json", &large),
            file(".wyvern/sources.toml", "[[source"),
        ],
    );
    let ada = app.owner().await;
    let data = ada
        .get(&branch_path(REPO, "main", "templates"))
        .await
        .data();
    assert_eq!(own(&data, "templates").len(), 1);
    let told = faults(&data);
    assert_eq!(
        told[..2],
        [
            ".wyvern/templates/b.json:1 a threat model has an object at /summary.",
            ".wyvern/templates/large.json:1 this is no file of at most 4 MiB.",
        ]
    );
    assert!(
        told[2].starts_with(".wyvern/sources.toml:1 this is not TOML: "),
        "{told:?}"
    );
    assert_eq!(told.len(), 3);
}

#[tokio::test]
async fn only_the_first_fifty_files_of_a_folder_are_read() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let names: Vec<_> = (0..52)
        .map(|n| format!(".wyvern/templates/{n:02}.json"))
        .collect();
    let files: Vec<_> = names.iter().map(|name| file(name, CHECKOUT)).collect();
    repository.seed("main", &files);
    let ada = app.owner().await;
    let data = ada
        .get(&branch_path(REPO, "main", "templates"))
        .await
        .data();
    assert_eq!(own(&data, "templates").len(), 50);
    assert_eq!(
        faults(&data),
        [
            ".wyvern/templates/50.json:1 only the first 50 templates are read.",
            ".wyvern/templates/51.json:1 only the first 50 templates are read.",
        ]
    );
}

#[tokio::test]
async fn folders_and_files_that_are_something_else_are_nothing() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    repository.seed("main", &[file(".wyvern", "a file")]);
    repository.seed(
        "other",
        &[
            file(".wyvern/library", "a file"),
            ("120000", ".wyvern/templates", "library"),
            file(".wyvern/sources.toml/x", "in a folder"),
        ],
    );
    let ada = app.owner().await;
    for branch in ["main", "other"] {
        for (what, list) in [
            ("library", "threats"),
            ("templates", "templates"),
            ("rules", "rules"),
        ] {
            let data = ada.get(&branch_path(REPO, branch, what)).await.data();
            assert_eq!(own(&data, list).len(), 0, "{branch} {what}");
            assert_eq!(faults(&data), [""; 0]);
        }
    }
}
