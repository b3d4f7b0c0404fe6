//! Hostile bodies: what is no threat model is refused in words, and nothing of it reaches git.

use serde_json::Value;

use crate::support::{Answer, CHECKOUT, Ground, TestApp, model_path};

const LIMIT: usize = 32 << 20;

/// Texts that are not acceptable JSON, where their fault is, and its name.
const NOT_JSON: &[(&str, &str, &str)] = &[
    ("", "", "the text is empty"),
    (" \n", "", "the text is empty"),
    ("{", "", "the text ends too early"),
    (
        r#"{"summary":{"title":"x""#,
        "/summary",
        "the text ends too early",
    ),
    ("not JSON", "", "a value is expected here"),
    ("a=1&b=2", "", "a value is expected here"),
    ("<model/>", "", "a value is expected here"),
    (r#"{"a":NaN}"#, "/a", "NaN and Infinity are not JSON"),
    (
        r#"{"a":[1,-Infinity]}"#,
        "/a/1",
        "NaN and Infinity are not JSON",
    ),
    (
        r#"{"a":01}"#,
        "/a",
        "this number is not written as JSON requires",
    ),
    (
        r#"{"a":1.}"#,
        "/a",
        "this number is not written as JSON requires",
    ),
    (r#"{"a":1,}"#, "", "a key in double quotes is expected here"),
    ("{'a':1}", "", "a key in double quotes is expected here"),
    (r#"{"a":1 /* x */}"#, "", "a comma or } is expected here"),
    (r#"{"a":"\x"}"#, "/a", "this escape is not known to JSON"),
    (
        r#"{"a":"\ud800"}"#,
        "/a",
        "this escape is half of a surrogate pair",
    ),
    (
        "{\"a\":\"\u{0}\"}",
        "/a",
        "a control character in a string must be escaped",
    ),
    ("\u{feff}{}", "", "the text begins with a byte-order mark"),
    ("{} {}", "", "something follows after the end of the value"),
    (
        r#"{"a":{"b":1,"b":2}}"#,
        "/a/b",
        "this key occurs twice in one object",
    ),
    (
        r#"{"a":{"b":1,"\u0062":2}}"#,
        "/a/b",
        "this key occurs twice in one object",
    ),
];

impl Ground {
    /// Sends the body to every route that takes a model; all must answer alike.
    async fn send(&self, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
        let mut last = None;
        for (method, model, what) in [
            ("POST", "New", "create"),
            ("PUT", "New", "create"),
            ("PUT", "M", "update"),
        ] {
            let path = model_path("o/r", "main", model, what);
            let ask = self.ada.ask(method, &path).body(body.as_ref().to_vec());
            let ask = headers
                .iter()
                .fold(ask, |ask, (name, value)| ask.also(name, value));
            let answer = ask.header("if-match", "*").await;
            if let Some(status) = last.as_ref().map(Answer::status) {
                assert_eq!(answer.status() / 100, status / 100);
            }
            last = Some(answer);
        }
        last.unwrap()
    }

    async fn refuses_body(&self, body: impl AsRef<[u8]>, pointer: &str, why: &str) {
        let answer = self
            .send(&[("content-type", "application/json")], body)
            .await;
        let problem = answer.problem(422, "model_invalid");
        assert_eq!(problem["pointer"], pointer, "{problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(why), "{detail}");
        assert!(detail.len() < 1000, "{detail}");
    }
}

#[tokio::test]
async fn what_is_not_json_is_refused() {
    let ground = Ground::new().await;
    let before = ground.repository.state();
    for (body, pointer, why) in NOT_JSON {
        ground.refuses_body(body, pointer, why).await;
    }
    ground
        .refuses_body(b"{\"a\":\"\xff\"}", "", "the text is not UTF-8")
        .await;
    ground
        .refuses_body(b"{\"a\":\"\xed\xa0\x80\"}", "", "the text is not UTF-8")
        .await;
    let utf16: Vec<u8> = CHECKOUT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    ground.refuses_body(utf16, "", "Line 1, column ").await;
    assert_eq!(ground.repository.state(), before);
}

#[tokio::test]
async fn what_is_no_threat_model_is_refused() {
    let ground = Ground::new().await;
    let before = ground.repository.state();
    for body in ["[]", "null", "1", "\"x\"", "true"] {
        ground
            .refuses_body(body, "", "A threat model has an object at the top.")
            .await;
    }
    let part = r#"{"summary":{"title":"x"},"detail":{}}"#;
    for (body, pointer) in [
        ("{}", "/summary"),
        (r#"{"not":"a model"}"#, "/summary"),
        (r#"{"summary":{}}"#, "/summary/title"),
        (r#"{"summary":{"title":"x"}}"#, "/detail"),
        (part, "/detail/diagrams"),
    ] {
        ground
            .refuses_body(body, pointer, "A threat model has ")
            .await;
    }
    for (pointer, value) in [
        ("/version", 2.into()),
        ("/summary", Value::Null),
        ("/summary/title", 1.into()),
        ("/detail", "x".into()),
        ("/detail/diagrams", Value::Null),
        ("/detail/diagrams/0", Value::Null),
        ("/detail/diagrams/0/cells", 1.into()),
        ("/detail/diagrams/0/cells/0", 1.into()),
        ("/detail/diagrams/0/cells/0/data", 1.into()),
        ("/detail/diagrams/0/cells/0/data/threats", "x".into()),
        ("/detail/diagrams/0/cells/0/data/threats/1", "x".into()),
    ] {
        let mut model: Value = serde_json::from_str(CHECKOUT).unwrap();
        *model.pointer_mut(pointer).unwrap() = value;
        let body = model.to_string();
        ground
            .refuses_body(&body, pointer, "A threat model has ")
            .await;
    }
    assert_eq!(ground.repository.state(), before);
}

#[tokio::test]
async fn bombs_are_defused() {
    let ground = Ground::new().await;
    let before = ground.repository.state();
    let keys: Vec<_> = (0..100_000).map(|n| format!("\"k{n}\":0")).collect();
    let number = format!("{{\"summary\":{}}}", "9".repeat(1_000_000));
    let key = format!("{{\"{}\":01}}", "k".repeat(1_000_000));
    let arrays = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let no_summary = "has an object at /summary.";
    for (bomb, pointer, why) in [
        (
            format!("[{}1]", "1,".repeat(1_000_000)),
            "/999999",
            "more than 1000000 values",
        ),
        (number, "/summary", no_summary),
        (format!("{{{}}}", keys.join(",")), "/summary", no_summary),
        (key, "", "not written as JSON requires"),
        (arrays, "/0", "more than 64 deep"),
        (objects, "/a", "more than 64 deep"),
    ] {
        let path = model_path("o/r", "main", "New", "create");
        let answer = ground.ada.post(&path).json(bomb).await;
        let problem = answer.problem(422, "model_invalid");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(why) && detail.len() < 1000, "{detail}");
        let found = problem["pointer"].as_str().unwrap();
        assert!(found.starts_with(pointer) && found.len() <= 500, "{found}");
    }
    assert_eq!(ground.repository.state(), before);
}

#[tokio::test]
async fn only_plain_json_is_read() {
    let ground = Ground::new().await;
    let before = ground.repository.state();
    for headers in [
        &[][..],
        &[("content-type", "")],
        &[("content-type", "text/plain")],
        &[("content-type", "text/plain; application/json")],
        &[("content-type", "application/x-www-form-urlencoded")],
        &[("content-type", "multipart/form-data; boundary=x")],
        &[("content-type", "text/json")],
        &[("content-type", "application/jsonp")],
        &[("content-type", "application/json, text/plain")],
        &[("content-type", "application/merge-patch+json")],
        &[("content-type", "*/*")],
        &[
            ("content-type", "application/json"),
            ("content-type", "text/plain"),
        ],
        &[
            ("content-type", "application/json"),
            ("content-encoding", "gzip"),
        ],
        &[
            ("content-type", "application/json"),
            ("content-encoding", "br"),
        ],
        &[
            ("content-type", "application/json"),
            ("content-encoding", "identity, gzip"),
        ],
        &[("content-type", "application/json; charset=utf-16")],
        &[("content-type", "application/json; charset=latin1")],
    ] {
        let answer = ground.send(headers, CHECKOUT).await;
        answer.problem(415, "unsupported_media_type");
    }
    assert_eq!(ground.repository.state(), before);
}

#[tokio::test]
async fn json_may_be_said_in_several_ways() {
    let ground = Ground::new().await;
    for kind in [
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json; charset=\"utf-8\"",
        "Application/JSON",
        "application/json ; x=y",
    ] {
        ground
            .send(&[("content-type", kind)], CHECKOUT)
            .await
            .is(200);
    }
}

#[tokio::test]
async fn a_large_model_is_taken_and_one_beyond_the_limit_is_not() {
    let ground = Ground::new().await;
    let mut model: Value = serde_json::from_str(CHECKOUT).unwrap();
    model["summary"]["description"] = Value::from("x".repeat(11 << 20));
    let large = model.to_string();
    let path = model_path("o/r", "main", "Large", "create");
    ground.ada.post(&path).json(large.as_str()).await.is(201);
    let read = ground
        .ada
        .get(&model_path("o/r", "main", "Large", "data"))
        .await;
    assert_eq!(read.data(), model);

    let before = ground.repository.state();
    let json = [("content-type", "application/json")];
    let answer = ground.send(&json, vec![b' '; LIMIT + 1]).await;
    let problem = answer.problem(413, "too_large");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("33554432 bytes") && detail.contains("server.body_limit"),
        "{detail}"
    );
    assert_eq!(ground.repository.state(), before);
}

#[tokio::test]
async fn the_limit_is_the_one_that_is_configured() {
    let app = TestApp::with(&["server.body_limit = '1 KiB'"]).await;
    app.repository("o/r");
    let ada = app.owner().await;
    let path = model_path("o/r", "main", "M", "create");
    let fits = ada.post(&path).json(vec![b' '; 1024]).await;
    fits.problem(422, "model_invalid");
    let answer = ada.post(&path).json(vec![b' '; 1025]).await;
    let problem = answer.problem(413, "too_large");
    assert!(problem["detail"].as_str().unwrap().contains("1024 bytes"));
}
