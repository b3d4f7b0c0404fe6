//! A host with a device grant that answers what a test has told it to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::IntoResponse;
use axum::routing::any;
use url::Url;

/// One answer: status, media type, body.
pub(super) type Told = (u16, &'static str, &'static str);

pub(super) const JSON: &str = "application/json; charset=utf-8";
pub(super) const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// What GitHub tells a device that asks for a code.
pub(super) const CODE: Told = (
    200,
    JSON,
    r#"{"device_code":"the-device-code","user_code":"WDJB-MJHT",
        "verification_uri":"https://github.example/login/device","expires_in":900,"interval":5}"#,
);
pub(super) const TOKEN: Told = (
    200,
    JSON,
    r#"{"access_token":"gho_a-secret","token_type":"bearer","scope":"repo,read:org"}"#,
);

/// What was asked, and what is still to be answered.
#[derive(Default)]
struct Script {
    asked: Vec<String>,
    answers: VecDeque<Told>,
}

/// Stops with its runtime.
pub(super) struct Host {
    script: Arc<Mutex<Script>>,
    pub(super) url: Url,
    _runtime: tokio::runtime::Runtime,
}

impl Host {
    /// Answers these to `POST`, in turn, and to `GET` who the bearer of the token is.
    pub(super) fn with(answers: &[Told]) -> Self {
        let script = Script {
            answers: answers.iter().copied().collect(),
            ..Script::default()
        };
        let script = Arc::new(Mutex::new(script));
        let router = Router::new()
            .fallback(any(answer))
            .with_state(Arc::clone(&script));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
        let listener = listener.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        runtime.spawn(async { axum::serve(listener, router).await });
        Self {
            script,
            url: url.parse().unwrap(),
            _runtime: runtime,
        }
    }

    /// Each call: method, path and body.
    pub(super) fn asked(&self) -> Vec<String> {
        self.script.lock().unwrap().asked.clone()
    }
}

async fn answer(
    State(script): State<Arc<Mutex<Script>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: String,
) -> impl IntoResponse {
    let mut script = script.lock().unwrap();
    script
        .asked
        .push(format!("{method} {uri} {body}").trim_end().to_owned());
    let authorization = headers.get("authorization");
    let bearer = authorization.is_some_and(|value| value == "Bearer gho_a-secret");
    let (status, kind, body) = if method == Method::POST {
        let next = script.answers.pop_front();
        next.unwrap_or((500, JSON, "{}"))
    } else if bearer && uri.path() == "/git/api/v4/user" {
        (200, JSON, r#"{"username":"ada","name":"Ada Lovelace"}"#)
    } else if bearer {
        (200, JSON, r#"{"login":"ada","name":"Ada Lovelace"}"#)
    } else {
        (401, JSON, r#"{"message":"Bad credentials"}"#)
    };
    let status = axum::http::StatusCode::from_u16(status).unwrap();
    (status, [("content-type", kind)], body)
}
