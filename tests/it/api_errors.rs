//! Addresses and methods that are not there, and the order in which a request is refused.

use crate::support::{TestApp, model_path};

/// Every address, with the methods that it knows.
const ROUTES: &[(&str, &[&str])] = &[
    ("/", &["GET"]),
    ("/healthz", &["GET"]),
    ("/livez", &["GET"]),
    ("/readyz", &["GET"]),
    ("/security.txt", &["GET"]),
    ("/.well-known/security.txt", &["GET"]),
    ("/api/config", &["GET"]),
    ("/api/openapi.json", &["GET"]),
    ("/api/threatmodel/organisation", &["GET"]),
    ("/api/threatmodel/organization", &["GET"]),
    ("/api/login/local", &["GET", "POST"]),
    ("/api/oauth/return", &["GET"]),
    ("/api/oauth/return/gitlab", &["GET"]),
    ("/api/oauth/local", &["GET"]),
    ("/api/token/refresh", &["POST"]),
    ("/api/logout", &["GET", "POST"]),
    ("/api/threatmodel/repos", &["GET"]),
    ("/api/threatmodel/o/r/branches", &["GET"]),
    ("/api/threatmodel/o/r/b/createBranch", &["POST"]),
    ("/api/threatmodel/o/r/b/models", &["GET"]),
    ("/api/threatmodel/o/r/b/m/data", &["GET"]),
    ("/api/threatmodel/o/r/b/m/create", &["POST", "PUT"]),
    ("/api/threatmodel/o/r/b/m/update", &["PUT"]),
    ("/api/threatmodel/o/r/b/m/rename", &["POST"]),
];
const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW",
];

/// Deleting asks for a model by two segments after the repository, and the branches and models of
/// a repository are two and three: whether a DELETE meets a route depends on that alone.
fn is_a_model_to_delete(method: &str, path: &str) -> bool {
    let segments = path
        .strip_prefix("/api/threatmodel/")
        .map_or(0, |rest| rest.split('/').count());
    method == "DELETE" && segments >= 4
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::start().await;
    let ada = app.owner().await;
    for (path, methods) in ROUTES {
        for method in METHODS {
            if methods.contains(method) || is_a_model_to_delete(method, path) {
                continue;
            }
            for person in [&ada, &app.nobody()] {
                let answer = person.ask(method, path).await;
                let allow = answer.header("allow").unwrap_or_default().to_owned();
                answer.problem(405, "method_not_allowed");
                let mut allowed: Vec<_> = allow.split(',').map(str::trim).collect();
                allowed.retain(|method| *method != "HEAD" && *method != "DELETE");
                allowed.sort_unstable();
                assert_eq!(allowed, *methods, "{method} {path}: {allow}");
            }
        }
    }
}

#[tokio::test]
async fn a_method_is_not_overridden() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let ask = nobody
        .get("/api/logout")
        .header("x-http-method-override", "POST");
    ask.await.is(200);
    let ask = nobody
        .post("/healthz?_method=GET")
        .header("x-method-override", "GET");
    ask.await.problem(405, "method_not_allowed");
}

#[tokio::test]
async fn head_answers_what_get_would_without_its_body() {
    let app = TestApp::start().await;
    app.repository("o/r").seed("b", &[]);
    let ada = app.owner().await;
    let create = model_path("o/r", "b", "m", "create");
    ada.post(&create)
        .json(crate::support::CHECKOUT)
        .await
        .is(201);
    for (path, methods) in ROUTES {
        if !methods.contains(&"GET") {
            continue;
        }
        let get = ada.get(path).await;
        let head = ada.ask("HEAD", path).await.is(get.status());
        assert!(head.body.is_empty(), "{path}");
        for name in ["content-type", "etag", "location", "cache-control"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn an_unknown_address_is_not_found_by_anybody() {
    let app = TestApp::start().await;
    let ada = app.owner().await;
    for path in [
        "/nothing",
        "/api",
        "/api/",
        "/api/nothing",
        "/API/config",
        "/api/config/",
        "//api/config",
        "/api//config",
        "/api/threatmodel",
        "/api/threatmodel/",
        "/api/threatmodel/repos/",
        "/api/threatmodel/o",
        "/api/threatmodel/o/r",
        "/api/threatmodel/o/r/b/m/",
        "/api/threatmodel/o/r/b/m/nothing",
        "/api/threatmodel/o/r/b/m/data/",
        "/api/threatmodel/o/branches",
        "/api/login",
        "/api/login/",
        "/api/login/a/b",
        "/api/oauth",
        "/api/token",
        "/index.html",
        "/favicon.ico",
        "/public/index.html",
        "/docs/",
        "/.git/config",
        "/.env",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/../../etc/passwd",
        "/api/../etc/passwd",
        "/wyvern.toml",
        "/metrics",
        "/%00",
        "/%ff",
        "/*",
        "/api/googleproviderthreatmodel",
    ] {
        for person in [&ada, &app.nobody()] {
            for method in ["GET", "POST"] {
                person.ask(method, path).await.problem(404, "unknown_path");
            }
        }
    }
    let foreign = app.nobody().get("/api/docs/%ff").await;
    foreign.problem(400, "bad_request");
    let long = format!("/{}", "x/".repeat(4000));
    app.nobody().get(&long).await.problem(404, "unknown_path");
}

#[tokio::test]
async fn who_is_not_signed_in_learns_nothing() {
    let app = TestApp::start().await;
    app.repository("o/r");
    let nobody = app.nobody();
    for repository in ["o/r", "o/none", "../x", ".git/x"] {
        for (method, path) in [
            ("GET", crate::support::branches_path(repository)),
            (
                "GET",
                crate::support::branch_path(repository, "..", "models"),
            ),
            (
                "POST",
                crate::support::branch_path(repository, "new", "createBranch"),
            ),
            ("GET", model_path(repository, "main", "m", "data")),
            ("POST", model_path(repository, "main", "m", "create")),
            ("PUT", model_path(repository, "main", "m", "create")),
            ("PUT", model_path(repository, "main", "m", "update")),
            ("POST", model_path(repository, "main", "m", "rename")),
            ("DELETE", model_path(repository, "main", "m", "")),
        ] {
            let ask = nobody.ask(method, &path).body("{").header("if-match", "*");
            ask.await.problem(401, "sign_in_required");
        }
    }
    let repos = nobody.get("/api/threatmodel/repos?page=x").await;
    repos.problem(401, "sign_in_required");
    nobody
        .post("/api/logout")
        .await
        .problem(401, "sign_in_required");
}

#[tokio::test]
async fn each_request_has_a_name_of_its_own() {
    let nobody = TestApp::start().await.nobody();
    let mut ids = std::collections::HashSet::new();
    for _ in 0..50 {
        let ask = nobody
            .get("/livez")
            .header("x-request-id", "0123456789abcdef");
        let answer = ask.await;
        assert!(ids.insert(answer.header("x-request-id").unwrap().to_owned()));
    }
    assert!(!ids.contains("0123456789abcdef"));
}

#[tokio::test]
async fn other_sites_are_told_nothing_by_cors() {
    let nobody = TestApp::start().await.nobody();
    for origin in [
        "null",
        "https://evil.example",
        "http://127.0.0.1:3000.evil.example",
    ] {
        // The allow-list of headers that every answer is checked against has none of CORS's.
        nobody
            .get("/api/config")
            .header("origin", origin)
            .await
            .is(200);
        let preflight = nobody
            .ask("OPTIONS", "/api/token/refresh")
            .header("origin", origin);
        let preflight = preflight.header("access-control-request-method", "POST");
        preflight.await.problem(405, "method_not_allowed");
    }
}
