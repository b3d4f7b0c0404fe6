//! A server that logs all there is prints nothing secret, whatever happens, nor answers it.

use std::io::Write as _;

use serde_json::json;

use super::fleet::{EXPIRING, Fleet, REPOS};
use crate::forge::{Fault, Wanted};
use crate::running::Running;
use crate::support::host::{code_of, path, query};
use crate::support::redis::PASSWORD;
use crate::support::{
    Answer, Ask, Browser, CHECKOUT, KEY, Redis, Tokens, branch_path, model_path, printed,
};

/// Ada's browser. What it is answered is kept, and what nobody else may read.
struct Witness<'a> {
    fleet: &'a Fleet,
    browser: Browser,
    /// The same at the other server.
    other: Browser,
    answered: Vec<String>,
    hers: Vec<String>,
}

impl Witness<'_> {
    async fn send(&mut self, ask: Ask) -> Answer {
        let answer = self.browser.send(ask).await;
        self.answered.push(format!("{answer:?}"));
        let cookies = ["wyvern", "wyvern-sign-in"].map(|name| self.browser.cookie(name));
        self.hers.extend(cookies.into_iter().flatten());
        answer
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(self.browser.ask("GET", path)).await
    }

    async fn post(&mut self, path: &str, json: impl Into<Vec<u8>>) -> Answer {
        self.send(self.browser.ask("POST", path).json(json)).await
    }

    /// Goes to the forge and comes back.
    async fn come_back(&mut self) -> Answer {
        let page = self.get("/api/login/github").await.data();
        let page = page.as_str().unwrap().parse().unwrap();
        let back = self.fleet.forge.approve(&page, "ada");
        let asked = query(&back);
        let asked = ["code", "state"].map(|name| asked[name].as_str().unwrap().to_owned());
        self.hers.extend(asked);
        self.get(path(&back)).await
    }

    async fn code(&mut self) -> String {
        let code = code_of(&self.come_back().await);
        self.hers.push(code.clone());
        code
    }

    async fn sign_in(&mut self) {
        let body = json!({ "code": self.code().await }).to_string();
        self.post("/api/session", body).await.is(200);
    }

    /// Signs in as a program does, renews twice, and shows the first token again.
    async fn renew(&mut self) {
        let exchange = format!("/api/oauth/github?code={}", self.code().await);
        let first = Tokens::of(&self.get(&exchange).await.data());
        let body = json!({ "refreshToken": first.refresh }).to_string();
        let renewed = self.post("/api/token/refresh", body.clone()).await;
        let second = Tokens::of(&renewed.data());
        self.hers.extend([first.access, first.refresh]);
        let next = json!({ "refreshToken": second.refresh }).to_string();
        let third = Tokens::of(&self.post("/api/token/refresh", next).await.data());
        self.hers.extend([second.access, second.refresh]);
        self.hers.extend([third.access, third.refresh]);
        self.post("/api/token/refresh", body).await.is(401);
    }

    /// The next call that the forge is sent meets this.
    async fn meets(&mut self, fault: Fault, ask: Ask) {
        self.fleet.forge.faults().next(Wanted::Any, fault);
        let before = self.fleet.forge.calls().len();
        self.send(ask).await;
        assert!(self.fleet.forge.calls().len() > before, "it was met");
    }

    /// Every failure, at each step.
    async fn fail(&mut self) {
        let create = model_path("ada/models", "main", "Checkout", "create");
        self.post(&create, CHECKOUT).await.is(201);
        let list = branch_path("ada/models", "main", "models");
        let update = model_path("ada/models", "main", "Checkout", "update");
        for (turn, fault) in faults().into_iter().enumerate() {
            self.fleet.forge.faults().next(token_page(), fault.clone());
            let status = self.come_back().await.status();
            assert!([429, 502].contains(&status), "{status} in turn {turn}");
            self.sign_in().await;
            self.meets(fault.clone(), self.browser.ask("GET", &list))
                .await;
            self.get(&list).await.is(200);
            let edited = CHECKOUT.replacen("Checkout", &format!("Turn {turn}"), 1);
            let save = self.browser.ask("PUT", &update).json(edited);
            self.meets(fault, save.header("if-match", "*")).await;
            self.get(&list).await.is(200);
            std::mem::swap(&mut self.browser, &mut self.other);
        }
        let limit = Fault::RateLimit { retry_after: 60 };
        self.meets(limit, self.browser.ask("GET", REPOS)).await;
    }
}

fn token_page() -> Wanted {
    Wanted::Path("access_token".to_owned())
}

/// What a call may meet and another one right after it need not.
fn faults() -> Vec<Fault> {
    let status = |status| Fault::Status {
        status,
        headers: Vec::new(),
        body: json!({ "message": "This is refused" }).to_string(),
    };
    let mut faults: Vec<_> = [403, 404, 409, 422, 500].map(status).into();
    faults.extend([
        Fault::Reset,
        Fault::ResetAfter,
        Fault::Truncate,
        Fault::WrongType,
        Fault::StatusAfter(502),
        Fault::RedirectTo("http://127.0.0.1:9/elsewhere".to_owned()),
        Fault::OkWithError("Something went wrong".to_owned()),
    ]);
    faults
}

/// All that Ada does: what she is answered, and her secrets.
async fn all_that_happens(fleet: &Fleet) -> (String, Vec<String>) {
    // At one server at a time: each failure there is followed by an answer, so that the forge is
    // never left alone.
    let [browser, other] = fleet.servers.at_each(&fleet.servers.browser());
    let mut ada = Witness {
        fleet,
        browser,
        other,
        answered: Vec::new(),
        hers: Vec::new(),
    };
    ada.renew().await;
    ada.sign_in().await;
    ada.fail().await;
    let description = ada.get("/api/openapi.json").await.is(200);
    let mut record = printed::file("openapi", std::process::id());
    record.write_all(&description.body).unwrap();
    ada.post("/api/logout", "{}").await.is(200);
    (ada.answered.concat(), ada.hers)
}

#[tokio::test]
async fn nothing_secret_is_printed_or_answered() {
    let redis = Redis::start();
    let mut fleet = Fleet::start(EXPIRING, Some(&redis)).await;
    let (answered, hers) = all_that_happens(&fleet).await;
    let said: String = fleet.servers.both.iter_mut().map(Running::kill).collect();
    assert!(said.contains("TRACE") && said.contains("signed out"));
    let client_secret = fleet.forge.client_secret();
    let nobodys = [client_secret, KEY, PASSWORD, "gho_", "ghu_", "ghr_"];
    for secret in nobodys {
        assert!(!answered.contains(secret), "{secret} is answered");
    }
    assert!(hers.len() > 50, "{}", hers.len());
    for secret in nobodys.into_iter().chain(hers.iter().map(String::as_str)) {
        let line = said.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is printed");
    }
}
