//! Somebody who calls the forge.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::forge::{Access, Forge};
use crate::support::Repository;

/// Ada's repository.
pub(super) const REPO: &str = "api/v3/repos/ada/models";

/// A client with ada's token.
pub(super) struct Client {
    pub(super) forge: Forge,
    pub(super) token: String,
    /// `ada/models`, empty; grace may read it.
    pub(super) repository: Repository,
    http: reqwest::Client,
}

/// A whole answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: reqwest::header::HeaderMap,
    pub(super) body: Bytes,
}

impl Client {
    pub(super) async fn start() -> Self {
        Self::of(Forge::start().await)
    }

    pub(super) fn of(forge: Forge) -> Self {
        forge.person("ada", "Ada Lovelace", "ada@example.com");
        forge.person("grace", "Grace Hopper", "grace@example.com");
        let folder = forge.repository("ada/models");
        forge.grant("grace", "ada/models", Access::Read);
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Self {
            token: forge.token("ada"),
            forge,
            repository: Repository::at(&folder),
            http: http.user_agent("tests").build().unwrap(),
        }
    }

    /// A call with no token.
    pub(super) fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.forge.url().join(path).unwrap();
        self.http.request(method, url)
    }

    pub(super) fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path).bearer_auth(&self.token)
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        answer(self.ask(Method::GET, path)).await
    }

    /// The same below `ada/models`.
    pub(super) async fn read(&self, path: &str) -> Answer {
        self.get(&format!("{REPO}/{path}")).await
    }

    pub(super) async fn send(&self, method: Method, path: &str, body: &Value) -> Answer {
        let path = format!("{REPO}/{path}");
        answer(self.ask(method, &path).body(body.to_string())).await
    }

    /// Writes a file of `ada/models`; `more` is what else the call says.
    pub(super) async fn put(&self, path: &str, content: &str, more: Value) -> Answer {
        let mut body = json!({ "message": "Put", "content": STANDARD.encode(content) });
        let more = more.as_object().cloned().unwrap_or_default();
        body.as_object_mut().unwrap().extend(more);
        self.send(Method::PUT, &format!("contents/{path}"), &body)
            .await
    }

    pub(super) async fn graphql(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let ask = self.ask(Method::POST, "api/graphql");
        answer(ask.body(body.to_string())).await.is(200).json()
    }

    /// Sends a form of the sign-in; the answer is to be JSON.
    pub(super) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let ask = self.bare(Method::POST, path).body(form(fields));
        answer(ask.header("accept", "application/json")).await
    }
}

/// Fields in the form of a form.
pub(super) fn form(fields: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields).finish()
}

pub(super) async fn answer(ask: RequestBuilder) -> Answer {
    let answer = ask.send().await.unwrap();
    Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        body: answer.bytes().await.unwrap(),
    }
}

impl Answer {
    #[track_caller]
    pub(super) fn is(self, status: u16) -> Self {
        assert_eq!(
            self.status,
            status,
            "{}",
            String::from_utf8_lossy(&self.body)
        );
        self
    }

    #[track_caller]
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// An error's status and message.
    #[track_caller]
    pub(super) fn error(&self) -> (u16, String) {
        (
            self.status,
            self.json()["message"].as_str().unwrap().to_owned(),
        )
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}
