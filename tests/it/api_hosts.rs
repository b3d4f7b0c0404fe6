//! Which host names the server answers for: a page of another site whose name is made to lead to
//! our address (DNS rebinding) must not reach us, and no address is made from an unchecked name.

use crate::support::{Person, TestApp, accounts};

/// Names that are not ours, some made to look as if they were.
const STRANGE: &[&[u8]] = &[
    b"evil.example",
    b"evil.example:3000",
    b"localhost.evil.example",
    b"127.0.0.1.nip.io:3000",
    b"evil.example:127.0.0.1",
    b"localhost@evil.example",
    b"evil.example@localhost",
    b"localhost:3000@evil.example",
    b"localhost:evil.example",
    b"localhost:3000:3000",
    b"localhost/evil.example",
    b"localhost,evil.example",
    b"localhost evil.example",
    b"localhost.",
    b"127.1",
    b"2130706433",
    b"0x7f.0.0.1",
    b"[::ffff:127.0.0.1]",
    b"::1",
    b"0.0.0.0:3000",
    b"",
    b":3000",
    b"\xff\xfe",
];

async fn login(person: &Person, host: &[u8]) -> crate::support::Answer {
    person.get("/api/login/local").header("host", host).await
}

#[tokio::test]
async fn loopback_names_are_answered() {
    let nobody = TestApp::start().await.nobody();
    for host in [
        "localhost",
        "localhost:3000",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.0.0.1:8080",
        "[::1]",
        "[::1]:3000",
    ] {
        let address = login(&nobody, host.as_bytes()).await.data();
        let start = format!("http://{}/api/oauth/return?code=", host.to_lowercase());
        assert!(address.as_str().unwrap().starts_with(&start), "{address}");
    }
}

#[tokio::test]
async fn other_names_are_not() {
    let nobody = TestApp::start().await.nobody();
    for host in STRANGE {
        let problem = login(&nobody, host).await.problem(421, "misdirected");
        let text = problem.to_string();
        assert!(!text.contains("evil"), "{text}");
    }
    for path in [
        "/",
        "/api/config",
        "/nothing",
        "/api/docs/",
        "/api/threatmodel/repos",
    ] {
        let answer = nobody.get(path).header("host", "evil.example").await;
        answer.problem(421, "misdirected");
    }
}

#[tokio::test]
async fn a_request_names_one_host() {
    let nobody = TestApp::start().await.nobody();
    let none = nobody.get("/api/config").without("host").await;
    none.problem(421, "misdirected");
    for (first, second) in [("localhost", "evil.example"), ("evil.example", "localhost")] {
        let two = nobody
            .get("/api/login/local")
            .header("host", first)
            .also("host", second);
        two.await.problem(421, "misdirected");
    }
    // In HTTP/2, and where a proxy is asked, the address itself names the host.
    let absolute = nobody
        .get("http://evil.example/api/login/local")
        .without("host")
        .await;
    absolute.problem(421, "misdirected");
    let absolute = nobody.get("http://evil.example/api/login/local").await;
    absolute.problem(421, "misdirected");
    let absolute = nobody
        .get("http://localhost:3000/api/login/local")
        .without("host")
        .await;
    let address = absolute.data();
    assert!(
        address
            .as_str()
            .unwrap()
            .starts_with("http://localhost:3000/api/")
    );
}

#[tokio::test]
async fn forwarded_names_are_not_looked_at() {
    let nobody = TestApp::with(&[&accounts(&["ada"])]).await.nobody();
    for name in [
        "forwarded",
        "x-forwarded-host",
        "x-host",
        "x-forwarded-server",
        "x-original-host",
    ] {
        let login = nobody.get("/api/login/local");
        let address = login.header(name, "host=evil.example").await.data();
        assert_eq!(address, "http://127.0.0.1:3000/#/sign-in/local", "{name}");
    }
}

#[tokio::test]
async fn the_public_name_is_the_one_that_addresses_are_made_of() {
    let public = "server.public_url = 'https://wyvern.example.com'";
    let app = TestApp::with(&[public, &accounts(&["ada"])]).await;
    let nobody = app.nobody();
    for host in [
        "wyvern.example.com",
        "WYVERN.example.com",
        "wyvern.example.com:443",
        "localhost:3000",
    ] {
        let address = login(&nobody, host.as_bytes()).await.data();
        assert_eq!(address, "https://wyvern.example.com/#/sign-in/local");
    }
    for host in [
        "evil.example",
        "example.com",
        "wyvern.example.com.evil.example",
        "xwyvern.example.com",
    ] {
        login(&nobody, host.as_bytes())
            .await
            .problem(421, "misdirected");
    }
    let secure = nobody.get("/api/config").await;
    let transport = secure.header("strict-transport-security");
    assert_eq!(transport, Some("max-age=31536000"));
    let plain = TestApp::start().await.nobody().get("/api/config").await;
    assert_eq!(plain.header("strict-transport-security"), None);
}

#[tokio::test]
async fn probes_are_answered_under_any_name() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for probe in ["/healthz", "/livez", "/readyz"] {
        nobody
            .get(probe)
            .header("host", "10.0.0.7:3000")
            .await
            .is(200);
        nobody.get(probe).without("host").await.is(200);
    }
    for close in ["/healthz/", "/readyz2", "//healthz", "/healthz%2f.."] {
        let answer = nobody.get(close).header("host", "evil.example").await;
        answer.problem(421, "misdirected");
    }
}
