//! Pages of other sites: what they ask for in a person's name is refused (S1; a session cookie goes
//! along with whatever a browser sends).

use serde_json::json;

use crate::support::{Ask, TestApp, accounts};

const FOREIGN: &[&str] = &[
    "https://evil.example",
    "http://evil.example:3000",
    "null",
    "",
    "http://127.0.0.1:3001",
    "http://127.0.0.1",
    "https://127.0.0.1:3000.evil.example",
    "http://127.0.0.1:3000.evil.example",
    "http://evil.example#http://127.0.0.1:3000",
    "http://evil.example/http://127.0.0.1:3000",
    "http://127.0.0.1:3000/",
    "http://127.0.0.1:3000 ",
    "http://user@127.0.0.1:3000",
    "file://127.0.0.1:3000",
    "127.0.0.1:3000",
];

#[derive(Clone, Copy)]
enum Proof {
    Bearer,
    Cookie,
    Nothing,
}

const OWN: Header = ("origin", "http://127.0.0.1:3000");
const SAME: Header = ("sec-fetch-site", "same-origin");
const SITE: Header = ("sec-fetch-site", "same-site");
const CROSS: Header = ("sec-fetch-site", "cross-site");

type Header = (&'static str, &'static str);

/// What a request says, and whether it passes with a bearer token, a cookie, or neither.
const MATRIX: &[(&[Header], [bool; 3])] = &[
    (&[], [true, false, true]),
    (&[OWN], [true; 3]),
    (&[("origin", "https://evil.example")], [false; 3]),
    (&[OWN, OWN], [false; 3]),
    (&[SAME], [true; 3]),
    (&[("sec-fetch-site", "none")], [true; 3]),
    (&[SITE], [false; 3]),
    (&[CROSS], [false; 3]),
    (&[("sec-fetch-site", "SAME-ORIGIN")], [false; 3]),
    (&[("sec-fetch-site", "")], [false; 3]),
    (&[SAME, SAME], [false; 3]),
    (&[CROSS, OWN], [false; 3]),
    (&[SITE, OWN], [false; 3]),
    (&[SAME, OWN], [true; 3]),
];

#[tokio::test]
async fn an_unsafe_request_says_where_it_comes_from() {
    let app = TestApp::start().await;
    let ada = app.owner().await;
    let ask = |proof: Proof, headers: &[Header]| -> Ask {
        let path = "/api/threatmodel/o/r/main/createBranch";
        let ask = match proof {
            Proof::Bearer => ada.post(path),
            Proof::Cookie => app.nobody().post(path).header("cookie", "theme=dark"),
            Proof::Nothing => app.nobody().post(path),
        };
        let with = |ask: Ask, (name, value): &Header| ask.also(name, value);
        headers.iter().fold(ask, with)
    };
    for (headers, passes) in MATRIX {
        let proofs = [Proof::Bearer, Proof::Cookie, Proof::Nothing];
        for (proof, passes) in proofs.into_iter().zip(passes) {
            // What passes is stopped by what comes after it: a body, or a sign-in.
            let (status, code) = match (passes, proof) {
                (false, _) => (403, "cross_origin"),
                (true, Proof::Bearer) => (415, "unsupported_media_type"),
                (true, Proof::Cookie | Proof::Nothing) => (401, "sign_in_required"),
            };
            ask(proof, headers).await.problem(status, code);
        }
    }
}

#[tokio::test]
async fn another_origin_is_not_ours_whatever_it_looks_like() {
    let nobody = TestApp::start().await.nobody();
    for origin in FOREIGN {
        let ask = nobody.post("/api/token/refresh").header("origin", origin);
        ask.await.problem(403, "cross_origin");
    }
}

#[tokio::test]
async fn signing_in_and_out_is_no_other_sites_affair() {
    let app = TestApp::start().await;
    let ada = app.owner().await;
    let body = json!({ "code": "x", "refreshToken": "x", "username": "a", "password": "b" });
    for (method, path) in [
        ("POST", "/api/session"),
        ("DELETE", "/api/session"),
        ("POST", "/api/login/local"),
        ("POST", "/api/token/refresh"),
        ("POST", "/api/logout"),
        ("PUT", "/api/threatmodel/o/r/main/M/update"),
        ("POST", "/nothing"),
    ] {
        let ask = ada.ask(method, path).json(body.to_string());
        let answer = ask.header("sec-fetch-site", "cross-site").await;
        answer.problem(403, "cross_origin");
    }
    ada.get("/api/threatmodel/repos").await.is(200);
}

#[tokio::test]
async fn reading_is_no_change() {
    let ada = TestApp::start().await.owner().await;
    for method in ["GET", "HEAD"] {
        let ask = ada.ask(method, "/api/threatmodel/repos");
        let ask = ask.header("sec-fetch-site", "cross-site");
        let answer = ask.header("origin", "https://evil.example").await.is(200);
        // Nor may a page of another site read the answer.
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}

/// The public address, the host that is named, an origin, and whether it is ours.
const PUBLIC: &[(&str, &str, &str, bool)] = &[
    (HTTPS, NAME, "https://wyvern.example.com", true),
    (HTTPS, NAME, "http://wyvern.example.com", false),
    (HTTPS, NAME, "https://wyvern.example.com:8443", false),
    (HTTPS, NAME, "https://a.wyvern.example.com", false),
    (HTTPS, NAME, "https://example.com", false),
    (HTTPS, HERE, "http://localhost:3000", true),
    (HTTPS, HERE, "https://wyvern.example.com", true),
    (HTTPS, HERE, "http://localhost:3001", false),
    (PLAIN, NAME, "http://wyvern.example.com:8080", true),
    (PLAIN, NAME, "https://wyvern.example.com:8080", false),
    (PLAIN, NAME, "http://wyvern.example.com", false),
];
const HTTPS: &str = "server.public_url = 'https://Wyvern.example.com:443'";
const PLAIN: &str = "server.public_url = 'http://wyvern.example.com:8080'";
const NAME: &str = "wyvern.example.com";
const HERE: &str = "localhost:3000";

#[tokio::test]
async fn the_own_origin_is_the_public_one() {
    let accounts = accounts(&["ada"]);
    for (public, host, origin, own) in PUBLIC {
        let nobody = TestApp::with(&[public, &accounts]).await.nobody();
        let ask = nobody.post("/api/token/refresh").header("host", host);
        let answer = ask.header("origin", origin).await;
        let expected = if *own { 415 } else { 403 };
        assert_eq!(answer.status(), expected, "{public} {host} {origin}");
    }
}
