//! Every call of Bitbucket, with its success and its errors, is answered as it is described.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::bitbucket::client::Part::{Field, File};
use super::super::bitbucket::client::{REPO, start, upload};
use super::super::client::{Answer, Client, answer};
use super::drift;
use super::types::Types;
use crate::forge::Access;

/// Calls that are newer than the description.
const NEWER: [&str; 2] = ["GET /user/workspaces", PERMISSIONS];
const PERMISSIONS: &str = "GET /user/workspaces/{workspace}/permissions/repositories";

/// The types of answers that the description leaves out.
const UNDESCRIBED: [(&str, &str); 3] = [
    ("GET /user/emails", "PaginatedEmails"),
    ("GET /user/workspaces", "PaginatedWorkspaceAccess"),
    (PERMISSIONS, "PaginatedRepositoryPermissions"),
];

/// What has to be there: every member of a description may be missing.
const NEEDED: &[(&str, &[&str])] = &[
    (
        "User",
        &["/uuid", "/account_id", "/display_name", "/nickname"],
    ),
    (
        "PaginatedEmails",
        &[
            "/values/0/email",
            "/values/0/is_primary",
            "/values/0/is_confirmed",
        ],
    ),
    (
        "PaginatedWorkspaceAccess",
        &["/values/0/workspace/slug", "/values/0/administrator"],
    ),
    (
        "PaginatedRepositoryPermissions",
        &["/values/0/permission", "/values/0/repository/full_name"],
    ),
    (
        "Repository",
        &["/uuid", "/full_name", "/slug", "/mainbranch", "/is_private"],
    ),
    (
        "PaginatedRepositories",
        &["/values/0/uuid", "/values/0/slug", "/values/0/is_private"],
    ),
    ("Branch", &["/name", "/target/hash"]),
    ("Tag", &["/name", "/target/hash"]),
    (
        "PaginatedBranches",
        &["/values/0/name", "/values/0/target/hash"],
    ),
    (
        "PaginatedTreeentries",
        &["/values/0/path", "/values/0/commit/hash", "/values/0/type"],
    ),
    (
        "CommitFile",
        &["/path", "/size", "/attributes", "/commit/hash"],
    ),
    (
        "Commit",
        &["/hash", "/date", "/message", "/author/raw", "/parents"],
    ),
    (
        "PaginatedChangeset",
        &[
            "/values/0/hash",
            "/values/0/date",
            "/values/0/parents/0/hash",
        ],
    ),
    ("Error", &["/error/message"]),
];

/// A forge and the description that it is held to.
struct Held {
    ada: Client,
    types: Types,
}

impl Held {
    async fn start() -> Self {
        Self {
            ada: start().await,
            types: Types::read(drift::BITBUCKET),
        }
    }

    /// Makes a call and has its answer looked at. The names in the template are replaced by `names`,
    /// in their order.
    async fn get(&mut self, call: &str, names: &[&str], query: &str, status: u16) {
        let mut path = call.split_once(' ').unwrap().1.to_owned();
        for name in names {
            let (start, end) = (path.find('{').unwrap(), path.find('}').unwrap());
            path.replace_range(start..=end, name);
        }
        let answer = self.ada.get(&format!("2.0{path}{query}")).await.is(status);
        self.expect(call, &answer);
    }

    fn expect(&mut self, call: &str, answer: &Answer) {
        let kind = self.kind(call).to_owned();
        let kind = if answer.status < 400 { &kind } else { "Error" };
        self.has_type(kind, &answer.json());
    }

    fn kind(&self, call: &str) -> &str {
        assert_ne!(self.types.has(call), NEWER.contains(&call), "{call}");
        let beside = UNDESCRIBED.iter().find(|(one, _)| *one == call);
        match (self.types.of(call), beside.map(|(_, kind)| *kind)) {
            (Some(kind), None) | (None, Some(kind)) => kind,
            other => panic!("{call}: {other:?}"),
        }
    }

    fn has_type(&mut self, kind: &str, body: &Value) {
        let (_, needed) = NEEDED.iter().find(|(one, _)| *one == kind).unwrap();
        for pointer in *needed {
            assert!(
                body.pointer(pointer).is_some(),
                "{kind} {pointer}: {body:#}"
            );
        }
        self.types.expect(kind, body);
    }

    #[track_caller]
    fn holds(self) {
        assert_eq!(self.types.faults(), "");
    }
}

const ONE: &str = "GET /repositories/{workspace}/{repo_slug}";
const BRANCHES: &str = "GET /repositories/{workspace}/{repo_slug}/refs/branches";
const TAG: &str = "GET /repositories/{workspace}/{repo_slug}/refs/tags/{name}";
const BRANCH: &str = "GET /repositories/{workspace}/{repo_slug}/refs/branches/{name}";
const SOURCE: &str = "GET /repositories/{workspace}/{repo_slug}/src/{commit}/{path}";

#[tokio::test]
async fn accounts_and_repositories_are_as_described() {
    let mut held = Held::start().await;
    held.ada.forge.repository("acme/shop");
    held.ada.forge.grant("ada", "acme/shop", Access::Write);
    let user = held.ada.get("2.0/user").await.is(200).json();
    // What is described is an account of any kind.
    assert_eq!(held.types.of("GET /user"), Some("Account"));
    held.has_type("User", &user);
    held.get("GET /user/emails", &[], "", 200).await;
    held.get("GET /user/workspaces", &[], "", 200).await;
    held.get(PERMISSIONS, &["acme"], "", 200).await;
    held.get(PERMISSIONS, &["acme"], "?q=1", 400).await;
    held.get(PERMISSIONS, &["others"], "", 403).await;
    held.get("GET /repositories", &[], "", 410).await;
    held.get("GET /workspaces", &[], "", 410).await;
    held.get(
        "GET /repositories/{workspace}",
        &["acme"],
        "?role=contributor",
        200,
    )
    .await;
    held.get(ONE, &["ada", "models"], "", 200).await;
    held.ada.repository.seed("main", &[]);
    held.get(ONE, &["ada", "models"], "", 200).await;
    held.get(ONE, &["ada", "no"], "", 404).await;
    held.ada.forge.revoke(&held.ada.token);
    held.get(ONE, &["ada", "models"], "", 401).await;
    held.holds();
}

#[tokio::test]
async fn branches_are_as_described() {
    let mut held = Held::start().await;
    held.ada.repository.seed("main", &[]);
    held.get(BRANCHES, &["ada", "models"], "", 200).await;
    held.get(BRANCHES, &["ada", "no"], "", 404).await;
    held.get(BRANCH, &["ada", "models", "main"], "", 200).await;
    held.get(BRANCH, &["ada", "models", "no"], "", 404).await;
    let call = "POST /repositories/{workspace}/{repo_slug}/refs/branches";
    for (name, at, status) in [("a", "main", 201), ("a", "main", 400), ("b", "no", 404)] {
        let ask = held.ada.ask(Method::POST, &format!("{REPO}/refs/branches"));
        let body = json!({ "name": name, "target": { "hash": at } }).to_string();
        let made = answer(ask.body(body)).await.is(status);
        held.expect(call, &made);
    }
    held.holds();
}

#[tokio::test]
async fn tags_are_as_described() {
    let mut held = Held::start().await;
    held.ada.repository.seed("main", &[]);
    let tip = held.ada.repository.commits("main")[0].clone();
    held.ada.forge.tag("ada/models", "v1", &tip, true);
    held.get(TAG, &["ada", "models", "v1"], "", 200).await;
    held.get(TAG, &["ada", "models", "no"], "", 404).await;
    held.get(TAG, &["ada", "no", "v1"], "", 404).await;
    held.holds();
}

#[tokio::test]
async fn files_and_folders_are_as_described() {
    let mut held = Held::start().await;
    let files = [("100644", "a/ü #1", "one"), ("100755", "b", "\0")];
    held.ada.repository.seed("main", &files);
    let tip = held.ada.repository.commits("main")[0].clone();
    for (path, query, status) in [("", "", 200), ("a/", "?pagelen=1", 200), ("no", "", 404)] {
        held.get(SOURCE, &["ada", "models", &tip, path], query, status)
            .await;
    }
    held.get(SOURCE, &["ada", "models", "no", "b"], "", 404)
        .await;
    let meta = held
        .ada
        .get(&format!("{REPO}/src/{tip}/b?format=meta"))
        .await;
    held.has_type("CommitFile", &meta.is(200).json());
    let call = "POST /repositories/{workspace}/{repo_slug}/src";
    assert!(held.types.has(call) && held.types.of(call).is_none());
    let parents = upload(&held.ada, &[Field("parents", "no"), File("/a", b"")]).await;
    held.has_type("Error", &parents.is(400).json());
    held.holds();
}

#[tokio::test]
async fn commits_are_as_described() {
    let mut held = Held::start().await;
    held.ada.repository.seed("main", &[("100644", "one", "1")]);
    upload(&held.ada, &[File("/one", b"2")]).await.is(201);
    let tip = held.ada.repository.commits("main")[0].clone();
    let within = |rest: &str| format!("GET /repositories/{{workspace}}/{{repo_slug}}/{rest}");
    held.get(&within("commits"), &["ada", "models"], "?path=one", 200)
        .await;
    held.get(
        &within("commits/{revision}"),
        &["ada", "models", &tip],
        "",
        200,
    )
    .await;
    held.get(
        &within("commits/{revision}"),
        &["ada", "models", "no"],
        "",
        404,
    )
    .await;
    held.get(
        &within("commit/{commit}"),
        &["ada", "models", &tip],
        "",
        200,
    )
    .await;
    held.get(
        &within("commit/{commit}"),
        &["ada", "models", "no"],
        "",
        404,
    )
    .await;
    held.holds();
}
