//! Somebody who calls a Bitbucket.

use reqwest::Method;
use serde_json::Value;

use super::super::client::{Answer, Client, answer};
use crate::forge::{Dialect, Forge, ForgeOptions};

/// Ada's repository.
pub(in super::super) const REPO: &str = "2.0/repositories/ada/models";

const BOUNDARY: &str = "a-boundary-of-the-tests";

/// A client with ada's token.
pub(in super::super) async fn start() -> Client {
    let options = ForgeOptions {
        dialect: Dialect::Bitbucket,
        ..ForgeOptions::default()
    };
    Client::of(Forge::start_with(options).await)
}

/// What is below `ada/models`.
pub(in super::super) async fn read(ada: &Client, path: &str) -> Answer {
    ada.get(&format!("{REPO}/{path}")).await
}

/// Creates a branch.
pub(super) async fn create(ada: &Client, body: &Value) -> Answer {
    let ask = ada.ask(Method::POST, &format!("{REPO}/refs/branches"));
    answer(ask.body(body.to_string())).await
}

/// Part of a form.
pub(in super::super) enum Part<'a> {
    Field(&'a str, &'a str),
    File(&'a str, &'a [u8]),
    /// A file with an attribute.
    With(&'a str, &'a str, &'a [u8]),
}

impl Part<'_> {
    fn add(&self, form: &mut Vec<u8>) {
        let (rest, bytes) = match self {
            Self::Field(name, value) => (format!("name=\"{name}\""), value.as_bytes()),
            Self::File(path, bytes) => (format!("name=\"{path}\"; filename=\"x\""), *bytes),
            Self::With(attribute, path, bytes) => {
                let name = format!("name=\"{path}\"; filename=\"x\"");
                (format!("{name}; x-attributes=\"{attribute}\""), *bytes)
            }
        };
        let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; {rest}\r\n\r\n");
        form.extend_from_slice(head.as_bytes());
        form.extend_from_slice(bytes);
        form.extend_from_slice(b"\r\n");
    }
}

/// Sends a form with these parts.
pub(in super::super) async fn upload(ada: &Client, parts: &[Part<'_>]) -> Answer {
    let mut form = Vec::new();
    for part in parts {
        part.add(&mut form);
    }
    form.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let ask = ada.ask(Method::POST, &format!("{REPO}/src"));
    answer(ask.header("content-type", kind).body(form)).await
}

/// An error's status and message.
#[track_caller]
pub(in super::super) fn error(answer: &Answer) -> (u16, String) {
    let body = answer.json();
    assert_eq!(body["type"], "error", "{body}");
    let message = body["error"]["message"].as_str().unwrap();
    (answer.status, message.to_owned())
}

/// What the items of a page have at a pointer.
pub(super) fn of_all(page: &Value, pointer: &str) -> Vec<Value> {
    let values = page["values"].as_array().unwrap().iter();
    values
        .map(|one| one.pointer(pointer).cloned().unwrap_or_default())
        .collect()
}
