//! Every call of REST, with its success and its errors, is answered as GitHub describes it.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::client::{Answer, Client, answer};
use super::schema::Description;
use crate::forge::Access;

/// A forge and the description that it is held to.
struct Held {
    ada: Client,
    description: Description,
}

impl Held {
    async fn start() -> Self {
        Self {
            ada: Client::start().await,
            description: Description::read(),
        }
    }

    /// Makes a call with a body, and holds the answer to the description. The names in the template
    /// are replaced by `names`, in their order.
    async fn send(
        &self,
        call: &str,
        names: &[&str],
        query: &str,
        body: Value,
        status: u16,
    ) -> Answer {
        let (method, template) = call.split_once(' ').unwrap();
        let mut path = template.to_owned();
        for name in names {
            let (start, end) = (path.find('{').unwrap(), path.find('}').unwrap());
            path.replace_range(start..=end, name);
        }
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let ask = self
            .ada
            .ask(method.clone(), &format!("api/v3{path}{query}"));
        let ask = if method == "GET" {
            ask
        } else {
            ask.body(body.to_string())
        };
        let answer = answer(ask).await.is(status);
        self.description.holds(call, &answer);
        answer
    }

    async fn get(&self, call: &str, names: &[&str], status: u16) -> Answer {
        self.send(call, names, "", Value::Null, status).await
    }
}

const REPOSITORY: &str = "GET /repos/{owner}/{repo}";
const CONTENTS: &str = "GET /repos/{owner}/{repo}/contents/{path}";
const PUT: &str = "PUT /repos/{owner}/{repo}/contents/{path}";
const REFS: &str = "POST /repos/{owner}/{repo}/git/refs";

#[tokio::test]
async fn accounts_and_repositories_are_as_described() {
    let mut held = Held::start().await;
    held.ada.forge.repository("acme/other");
    held.ada.forge.grant("ada", "acme/other", Access::Read);
    held.get("GET /user", &[], 200).await;
    held.get("GET /user/repos", &[], 200).await;
    held.send("GET /user/repos", &[], "?sort=no", Value::Null, 422)
        .await;
    held.get("GET /rate_limit", &[], 200).await;
    held.get(REPOSITORY, &["ada", "models"], 200).await;
    held.get(REPOSITORY, &["acme", "other"], 200).await;
    held.get(REPOSITORY, &["ada", "none"], 404).await;
    held.ada.forge.rename("acme/other", "acme/renamed");
    held.get(REPOSITORY, &["acme", "other"], 301).await;
    held.ada.forge.revoke(&held.ada.token.clone());
    held.get("GET /user", &[], 401).await;
    held.get("GET /user/repos", &[], 401).await;
    held.get("GET /rate_limit", &[], 401).await;
    held.get(REPOSITORY, &["ada", "models"], 401).await;
    held.ada.token = held.ada.forge.token("ada");
    let now = jiff::Timestamp::MAX;
    held.ada.forge.set_rate_limit("ada", 0, now);
    held.get("GET /user", &[], 403).await;
}

#[tokio::test]
async fn what_is_not_as_described_is_found() {
    let held = Held::start().await;
    let mut user = held.get("GET /user", &[], 200).await.json();
    user["id"] = "1".into();
    user["html_url"] = "no address".into();
    let mut repository = held.get(REPOSITORY, &["ada", "models"], 200).await.json();
    repository["owner"].as_object_mut().unwrap().remove("login");
    let none = json!({ "message": "None" });
    let wrong = [
        ("GET /user", 200, Some(&user)),
        (REPOSITORY, 200, Some(&repository)),
        (REFS, 422, Some(&none)),
        ("GET /user", 304, Some(&none)),
        ("GET /user", 401, None),
    ];
    for (call, status, body) in wrong {
        let faults = held.description.faults(call, status, body);
        assert_eq!(faults.len(), 1, "{call} {status}: {faults:?}");
    }
}

#[tokio::test]
async fn branches_are_as_described() {
    let held = Held::start().await;
    let list = "GET /repos/{owner}/{repo}/branches";
    let one = "GET /repos/{owner}/{repo}/branches/{branch}";
    let create = async |name: &str, sha: &str, status: u16| {
        let body = json!({ "ref": name, "sha": sha });
        held.send(REFS, &["ada", "models"], "", body, status).await
    };
    create("refs/heads/one", &"1".repeat(40), 409).await;
    held.ada.repository.seed("main", &[]);
    held.ada.repository.seed("a#b/ü", &[]);
    held.ada.forge.protect("ada/models", "main");
    let tip = held.ada.repository.commits("main")[0].clone();
    held.get(list, &["ada", "models"], 200).await;
    held.get(list, &["ada", "none"], 404).await;
    held.get(one, &["ada", "models", "main"], 200).await;
    held.get(one, &["ada", "models", "a%23b/%C3%BC"], 200).await;
    held.get(one, &["ada", "models", "none"], 404).await;
    create("refs/heads/one/ü", &tip, 201).await;
    create("refs/heads/main", &tip, 422).await;
    create("refs/heads/main/a", &tip, 422).await;
    create("refs/heads/x..y", &tip, 422).await;
    create("refs/heads/two", &"1".repeat(40), 422).await;
    held.ada.forge.grant("ada", "ada/models", Access::Read);
    create("refs/heads/three", &tip, 404).await;
}

#[tokio::test]
async fn tags_are_as_described() {
    let held = Held::start().await;
    let one = "GET /repos/{owner}/{repo}/git/ref/{ref}";
    let object = "GET /repos/{owner}/{repo}/git/tags/{tag_sha}";
    held.get(one, &["ada", "models", "tags/v1"], 409).await;
    held.ada.repository.seed("main", &[]);
    let tip = held.ada.repository.commits("main")[0].clone();
    let forge = &held.ada.forge;
    forge.tag("ada/models", "v1", &tip, false);
    let id = forge.tag("ada/models", "a#b/ü", &tip, true);
    held.get(one, &["ada", "models", "tags/v1"], 200).await;
    held.get(one, &["ada", "models", "tags/a%23b/%C3%BC"], 200)
        .await;
    held.get(one, &["ada", "models", "tags/v"], 404).await;
    held.get(object, &["ada", "models", &id], 200).await;
    held.get(object, &["ada", "models", &tip], 404).await;
}

/// Writes a file of `ada/models`.
async fn put(held: &Held, path: &str, body: Value, status: u16) {
    let names = ["ada", "models", path];
    held.send(PUT, &names, "", body, status).await;
}

#[tokio::test]
async fn reading_files_is_as_described() {
    let mut held = Held::start().await;
    let one = json!({ "message": "Put", "content": "b25lCg==" });
    put(&held, "a/one.txt", one, 201).await;
    let module = "1".repeat(40);
    let others = [
        ("120000", "link", "a"),
        ("160000", "module", module.as_str()),
    ];
    held.ada.repository.seed("main", &others);
    for path in ["", "a", "a/one.txt", "link", "module"] {
        held.get(CONTENTS, &["ada", "models", path], 200).await;
    }
    held.get(CONTENTS, &["ada", "models", "none"], 404).await;
    held.ada.token = "of nobody".to_owned();
    held.get(CONTENTS, &["ada", "models", "a"], 401).await;
}

#[tokio::test]
async fn writing_files_is_as_described() {
    let held = Held::start().await;
    let one = json!({ "message": "Put", "content": "b25lCg==" });
    put(&held, "a/one.txt", one.clone(), 201).await;
    put(&held, "a/one.txt", one.clone(), 422).await;
    put(&held, "a/one.txt/b", one.clone(), 422).await;
    put(&held, "b", json!({ "message": "Put", "content": "?" }), 422).await;
    let elsewhere = json!({ "message": "Put", "content": "", "branch": "no" });
    put(&held, "b", elsewhere, 404).await;
    let stale = json!({ "message": "Put", "content": "", "sha": "1" });
    put(&held, "a/one.txt", stale, 409).await;
    let file = held.ada.repository.git(&["rev-parse", "main:a/one.txt"]);
    let update = json!({ "message": "Put", "content": "", "sha": file.trim() });
    put(&held, "a/one.txt", update, 200).await;
    held.ada.forge.protect("ada/models", "main");
    put(&held, "c", one.clone(), 409).await;
    held.ada.forge.archive("ada/models");
    put(&held, "c", one.clone(), 403).await;
    held.ada.forge.rename("ada/models", "ada/renamed");
    put(&held, "c", one, 307).await;
}

#[tokio::test]
async fn deleting_files_is_as_described() {
    let held = Held::start().await;
    held.ada
        .repository
        .seed("main", &[("100644", "one.txt", "one")]);
    let file = held.ada.repository.git(&["rev-parse", "main:one.txt"]);
    let delete = async |body: Value, status: u16| {
        let call = "DELETE /repos/{owner}/{repo}/contents/{path}";
        held.send(call, &["ada", "models", "one.txt"], "", body, status)
            .await
    };
    delete(json!({ "message": "Gone" }), 422).await;
    delete(json!({ "message": "Gone", "sha": "1" }), 409).await;
    let gone = json!({ "message": "Gone", "sha": file.trim() });
    delete(gone.clone(), 200).await;
    delete(gone, 404).await;
}

#[tokio::test]
async fn objects_and_history_are_as_described() {
    let held = Held::start().await;
    let list = "GET /repos/{owner}/{repo}/commits";
    let one = "GET /repos/{owner}/{repo}/commits/{ref}";
    let tree = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";
    let blob = "GET /repos/{owner}/{repo}/git/blobs/{file_sha}";
    let commit = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}";
    held.get(list, &["ada", "models"], 409).await;
    held.get(one, &["ada", "models", "main"], 409).await;
    held.get(tree, &["ada", "models", "main"], 409).await;
    held.ada
        .repository
        .seed("main", &[("100644", "a/ü #1", "one")]);
    held.ada.put("two", "two", Value::Null).await.is(201);
    let id = held.ada.repository.commits("main")[0].clone();
    let file = held.ada.repository.git(&["rev-parse", "main:two"]);
    held.get(list, &["ada", "models"], 200).await;
    held.send(list, &["ada", "models"], "?sha=no", Value::Null, 404)
        .await;
    held.get(one, &["ada", "models", &id], 200).await;
    held.get(one, &["ada", "models", "no"], 422).await;
    held.send(
        tree,
        &["ada", "models", "main"],
        "?recursive=1",
        Value::Null,
        200,
    )
    .await;
    held.get(tree, &["ada", "models", "no"], 404).await;
    held.get(blob, &["ada", "models", file.trim()], 200).await;
    held.get(blob, &["ada", "models", &id], 404).await;
    held.get(commit, &["ada", "models", &id], 200).await;
    held.get(commit, &["ada", "models", file.trim()], 404).await;
}

#[tokio::test]
async fn what_has_not_changed_and_what_is_revoked_has_no_body() {
    let held = Held::start().await;
    let first = held.get("GET /user", &[], 200).await;
    let ask = held.ada.ask(Method::GET, "api/v3/user");
    let same = answer(ask.header("if-none-match", first.header("etag")))
        .await
        .is(304);
    held.description.holds("GET /user", &same);
    let (id, secret) = (held.ada.forge.client_id(), held.ada.forge.client_secret());
    let call = "DELETE /applications/{client_id}/token";
    for (secret, status) in [("no", 404), (secret, 204), (secret, 422)] {
        let body = json!({ "access_token": held.ada.token }).to_string();
        let ask = held
            .ada
            .bare(Method::DELETE, &format!("api/v3/applications/{id}/token"));
        let done = answer(ask.basic_auth(id, Some(secret)).body(body))
            .await
            .is(status);
        held.description.holds(call, &done);
    }
}
