//! Without Redis a server knows its own sign-ins, and only until it ends.

use serde_json::json;

use super::fleet::{Fleet, REPOS};
use crate::forge::App;
use crate::support::{Browser, Server};

#[tokio::test]
async fn a_second_server_does_not_know_the_sign_ins_of_the_first() {
    let fleet = Fleet::start(App::OAuth, None).await;
    let first = Browser::new(Server::at(fleet.servers.both[0].socket()));
    let code = fleet.returned(&first).await;
    let body = json!({ "code": code }).to_string();
    first.post("/api/session", body).await.is(200);
    let [first, second] = fleet.servers.at_each(&first);
    first.get(REPOS).await.is(200);
    second.get(REPOS).await.problem(401, "sign_in_required");
    first.get(REPOS).await.is(200);
}

#[tokio::test]
async fn a_restart_ends_sign_ins_but_for_access_tokens() {
    let mut fleet = Fleet::start(App::OAuth, None).await;
    let browser = Browser::new(Server::at(fleet.servers.both[0].socket()));
    let code = fleet.returned(&browser).await;
    let exchange = format!("/api/oauth/github?code={code}");
    let tokens = crate::support::Tokens::of(&browser.get(&exchange).await.data());
    let code = fleet.returned(&browser).await;
    let body = json!({ "code": code }).to_string();
    browser.post("/api/session", body).await.is(200);
    fleet.servers.restart_first();
    let [browser, _] = fleet.servers.at_each(&browser);
    browser.get(REPOS).await.problem(401, "sign_in_required");
    let [program, _] = fleet.servers.with_at_each(&tokens);
    program.get(REPOS).await.is(200);
    let body = json!({ "refreshToken": tokens.refresh }).to_string();
    let renewed = program.post("/api/token/refresh").json(body).await;
    renewed.problem(401, "sign_in_refused");
}
