//! GitLab's dialect holds to GitLab's rules, and to what git says.

mod branches;
mod commits;
mod contents;
mod graphql;
mod projects;
mod races;
mod shapes;
mod sign_in;
mod surroundings;

use reqwest::Method;
use serde_json::{Value, json};

use super::client::{Answer, Client, answer};
use crate::forge::{Dialect, Forge, ForgeOptions};

/// Ada's project.
const PROJECT: &str = "api/v4/projects/ada%2Fmodels";

/// A GitLab with ada's project.
async fn start() -> Client {
    start_with(ForgeOptions::default()).await
}

async fn start_with(options: ForgeOptions) -> Client {
    let options = ForgeOptions {
        dialect: Dialect::GitLab,
        ..options
    };
    Client::of(Forge::start_with(options).await)
}

/// Reads something of the project's repository.
async fn read(ada: &Client, path: &str) -> Answer {
    ada.get(&format!("{PROJECT}/repository/{path}")).await
}

async fn send(ada: &Client, path: &str, body: &Value) -> Answer {
    let path = format!("{PROJECT}/repository/{path}");
    let ask = ada.ask(Method::POST, &path).body(body.to_string());
    answer(ask.header("content-type", "application/json")).await
}

/// Commits to the branch `main`.
async fn commit(ada: &Client, actions: Value) -> Answer {
    commit_to(ada, "main", actions).await
}

async fn commit_to(ada: &Client, branch: &str, actions: Value) -> Answer {
    let body = json!({ "branch": branch, "commit_message": "Change", "actions": actions });
    send(ada, "commits", &body).await
}

/// The creation of a file.
fn create(path: &str, content: &str) -> Value {
    json!({ "action": "create", "file_path": path, "content": content })
}

/// Another content for a file that was last touched by a commit.
fn update(path: &str, content: &str, last: &str) -> Value {
    json!({
        "action": "update", "file_path": path, "content": content, "last_commit_id": last,
    })
}

/// How many items there are on each page of a list, from this one on: ten pages at most.
async fn counts(ada: &Client, first: String) -> Vec<usize> {
    let mut next = Some(first);
    let mut counts = Vec::new();
    while let Some(address) = next.filter(|_| counts.len() < 10) {
        let page = ada.get(&address).await.is(200);
        counts.push(page.json().as_array().unwrap().len());
        let link = page.header("link").split_once(">; rel=\"next\"");
        next = link.map(|(address, _)| address.trim_start_matches('<').to_owned());
    }
    counts
}
