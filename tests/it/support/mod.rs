//! What the API tests stand on: a server whose clock can be set, people who use it, and git.

mod answer;
mod app;
mod ask;
mod browser;
mod git;
mod ground;
mod held_up;
pub(crate) mod host;
mod paths;
mod people;
pub(crate) mod printed;
pub(crate) mod redis;
pub(crate) mod shop;

pub(crate) use answer::Answer;
pub(crate) use app::{KEY, SetClock, TestApp};
pub(crate) use ask::{Ask, Lost, Server};
pub(crate) use browser::Browser;
pub(crate) use git::Repository;
pub(crate) use ground::Ground;
pub(crate) use held_up::HeldUp;
pub(crate) use host::Hosted;
pub(crate) use paths::{branch_path, branches_path, model_path};
pub(crate) use people::{PASSWORD, Person, Tokens, accounts};
pub(crate) use redis::Redis;

/// A small model of version 2, laid out as Threat Dragon lays files out.
pub(crate) const CHECKOUT: &str = include_str!("../../fixtures/api/checkout.json");
/// A small model of version 1.
pub(crate) const LEDGER_V1: &str = include_str!("../../fixtures/api/ledger-v1.json");

/// The text as a browser sends it: no white space between the tokens.
pub(crate) fn compact(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    value.to_string()
}
