//! Somebody who calls the forge.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::forge::{Access, Forge};

/// A client with ada's token.
pub(super) struct Client {
    pub(super) forge: Forge,
    pub(super) token: String,
    http: reqwest::Client,
}

impl Client {
    /// Ada, with an empty repository `ada/models` that grace may read.
    pub(super) async fn start() -> Self {
        Self::of(Forge::start().await)
    }

    pub(super) fn of(forge: Forge) -> Self {
        forge.person("ada", "Ada Lovelace", "ada@example.com");
        forge.person("grace", "Grace Hopper", "grace@example.com");
        forge.repository("ada/models");
        forge.grant("grace", "ada/models", Access::Read);
        let http = reqwest::Client::builder();
        let http = http.redirect(reqwest::redirect::Policy::none());
        Self {
            token: forge.token("ada"),
            forge,
            http: http.user_agent("tests").build().unwrap(),
        }
    }

    pub(super) fn ask(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = self.forge.url().join(path).unwrap();
        self.http.request(method, url).bearer_auth(&self.token)
    }

    pub(super) async fn get(&self, path: &str) -> Response {
        self.ask(Method::GET, path).send().await.unwrap()
    }

    /// Writes a file and gives the answer.
    pub(super) async fn put(&self, path: &str, body: &Value) -> Response {
        let path = format!("api/v3/repos/ada/models/contents/{path}");
        self.ask(Method::PUT, &path)
            .body(body.to_string())
            .send()
            .await
            .unwrap()
    }

    pub(super) async fn graphql(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let ask = self.ask(Method::POST, "api/graphql").body(body.to_string());
        let answer = ask.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        json_of(answer).await
    }
}

pub(super) async fn json_of(answer: Response) -> Value {
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}
