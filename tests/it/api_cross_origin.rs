//! Pages of other sites: what they ask for in a person's name is refused (S1; a session cookie goes
//! along with whatever a browser sends).

use serde_json::json;

use crate::support::{Ask, TestApp};

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

#[tokio::test]
async fn an_unsafe_request_says_where_it_comes_from() {
    let app = TestApp::start().await;
    let ada = app.owner().await;
    let ask = |proof: Proof, headers: &[(&str, &str)]| -> Ask {
        let who = match proof {
            Proof::Bearer => ada.clone(),
            Proof::Cookie | Proof::Nothing => app.nobody(),
        };
        let ask = who.post("/api/threatmodel/o/r/main/createBranch");
        let ask = match proof {
            Proof::Cookie => ask.header("cookie", "theme=dark"),
            Proof::Bearer | Proof::Nothing => ask,
        };
        let with = |ask: Ask, (name, value): &(&str, &str)| ask.also(name, value);
        headers.iter().fold(ask, with)
    };
    let own = ("origin", "http://127.0.0.1:3000");
    let foreign = ("origin", "https://evil.example");
    let site = |site: &'static str| ("sec-fetch-site", site);
    for (headers, bearer, cookie, nothing) in [
        (&[][..], true, false, true),
        (&[own], true, true, true),
        (&[foreign], false, false, false),
        (&[own, own], false, false, false),
        (&[site("same-origin")], true, true, true),
        (&[site("none")], true, true, true),
        (&[site("same-site")], false, false, false),
        (&[site("cross-site")], false, false, false),
        (&[site("SAME-ORIGIN")], false, false, false),
        (&[site("")], false, false, false),
        (
            &[site("same-origin"), site("same-origin")],
            false,
            false,
            false,
        ),
        (&[site("cross-site"), own], false, false, false),
        (&[site("same-site"), own], false, false, false),
        (&[site("same-origin"), own], true, true, true),
    ] {
        let proofs = [Proof::Bearer, Proof::Cookie, Proof::Nothing];
        for (proof, passes) in proofs.into_iter().zip([bearer, cookie, nothing]) {
            let answer = ask(proof, headers).await;
            // What passes the check is stopped by what comes after it: a body, or a sign-in.
            let expected = match (passes, proof) {
                (false, _) => 403,
                (true, Proof::Bearer) => 415,
                (true, Proof::Cookie | Proof::Nothing) => 401,
            };
            let answer = answer.is(expected);
            assert_eq!(
                answer.text().contains("cross_origin"),
                !passes,
                "{headers:?}"
            );
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

#[tokio::test]
async fn the_own_origin_is_the_public_one() {
    let https = TestApp::with(&["server.public_url = 'https://Wyvern.example.com:443'"]).await;
    let plain = TestApp::with(&["server.public_url = 'http://wyvern.example.com:8080'"]).await;
    for (app, host, origin, own) in [
        (
            &https,
            "wyvern.example.com",
            "https://wyvern.example.com",
            true,
        ),
        (
            &https,
            "wyvern.example.com",
            "http://wyvern.example.com",
            false,
        ),
        (
            &https,
            "wyvern.example.com",
            "https://wyvern.example.com:8443",
            false,
        ),
        (
            &https,
            "wyvern.example.com",
            "https://a.wyvern.example.com",
            false,
        ),
        (&https, "wyvern.example.com", "https://example.com", false),
        (&https, "localhost:3000", "http://localhost:3000", true),
        (&https, "localhost:3000", "https://wyvern.example.com", true),
        (&https, "localhost:3000", "http://localhost:3001", false),
        (
            &plain,
            "wyvern.example.com:8080",
            "http://wyvern.example.com:8080",
            true,
        ),
        (
            &plain,
            "wyvern.example.com:8080",
            "https://wyvern.example.com:8080",
            false,
        ),
        (
            &plain,
            "wyvern.example.com:8080",
            "http://wyvern.example.com",
            false,
        ),
    ] {
        let ask = app.nobody().post("/api/token/refresh").header("host", host);
        let answer = ask.header("origin", origin).await;
        assert_eq!(
            answer.status(),
            if own { 415 } else { 403 },
            "{host} {origin}"
        );
    }
}
