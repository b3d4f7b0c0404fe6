//! Somebody at work: now they list, now they read, now they save.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::json;
use tokio::time::sleep;

use super::ledger::{Ledger, Place, path};
use crate::forge::Dialect;
use crate::providers::ground::{Ground, Person, renewed};
use crate::serve::client::{Connection, header, request};

/// How long somebody thinks before they do the next thing.
const THINKS: Duration = Duration::from_millis(100);
/// At Bitbucket, which answers a person a thousand calls an hour.
const THINKS_LONGER: Duration = Duration::from_secs(5);
/// The models that people work at in each repository: few, so that they meet.
const MODELS: u64 = 6;
/// How often somebody tries to sign in.
const PATIENCE: usize = 20;

/// Somebody, over one connection at a time.
pub(super) struct Worker<'a> {
    ground: &'a Ground,
    person: Person,
    wyvern: SocketAddr,
    ledger: &'a Ledger,
    connection: Option<Connection>,
    /// What they do is drawn from this.
    drawn: u64,
}

/// An answer as far as it counts here.
struct Answer {
    status: u16,
    version: Option<String>,
    body: Vec<u8>,
}

impl<'a> Worker<'a> {
    /// Draws as this number has it.
    pub(super) fn new(
        number: u64,
        ground: &'a Ground,
        person: Person,
        wyvern: SocketAddr,
        ledger: &'a Ledger,
    ) -> Self {
        Self {
            ground,
            person,
            wyvern,
            ledger,
            connection: None,
            drawn: number + 1,
        }
    }

    /// Does one thing.
    pub(super) async fn once(&mut self) -> anyhow::Result<()> {
        sleep(match self.ground.forge.dialect() {
            Dialect::Bitbucket => THINKS_LONGER,
            _ => THINKS,
        })
        .await;
        let repository = format!("/api/threatmodel/{}/main", self.person.repository);
        match self.draw(10) {
            0 => drop(self.ask("repositories", "/api/threatmodel/repos").await?),
            1 | 2 => drop(self.ask("models", &format!("{repository}/models")).await?),
            3..=6 => drop(self.read(&repository).await?),
            _ => self.save(&repository).await?,
        }
        Ok(())
    }

    /// Reads a model: where it is, its name, and its version unless something was in the way.
    async fn read(&mut self, repository: &str) -> anyhow::Result<(Place, String, Option<String>)> {
        let model = format!("model-{}", self.draw(MODELS));
        let place = (
            self.ground.forge.dialect().name(),
            self.person.repository.clone(),
            path(&model),
        );
        let answer = self
            .ask("read", &format!("{repository}/{model}/data"))
            .await?;
        if answer.status != 200 {
            return Ok((place, model, None));
        }
        self.ledger.read(&place, &answer.body)?;
        Ok((place, model, answer.version))
    }

    /// Reads a model, and saves another one over it.
    async fn save(&mut self, repository: &str) -> anyhow::Result<()> {
        let (place, model, version) = self.read(repository).await?;
        let Some(version) = version else {
            return Ok(());
        };
        let body = self.ledger.make(&place)?;
        let session = self.person.session.as_str();
        let headers = [("authorization", session), ("if-match", version.as_str())];
        let path = format!("{repository}/{model}/update");
        let save = request("PUT", &path, &headers, &body);
        let answer = self.as_long_as_signed_in("save", &save).await?;
        if answer.status == 200 {
            let now = answer.version.context("a save has a version")?;
            self.ledger.acknowledged(&place, &version, &now);
        }
        Ok(())
    }

    async fn ask(&mut self, what: &'static str, path: &str) -> anyhow::Result<Answer> {
        let headers = [("authorization", self.person.session.as_str())];
        let request = request("GET", path, &headers, "");
        self.as_long_as_signed_in(what, &request).await
    }

    /// Who is not signed in any more is so again before the next thing.
    async fn as_long_as_signed_in(
        &mut self,
        what: &'static str,
        request: &[u8],
    ) -> anyhow::Result<Answer> {
        let answer = self.exchange(what, request).await?;
        if answer.status == 401 {
            self.renew().await?;
        }
        Ok(answer)
    }

    /// Where the answer with a new pair was lost on its way from the host, the old one is dead, too,
    /// and somebody must sign in.
    async fn renew(&mut self) -> anyhow::Result<()> {
        let body = json!({ "refreshToken": self.person.refresh }).to_string();
        let renewal = request("POST", "/api/token/refresh", &[], &body);
        let answer = self.exchange("renewal", &renewal).await?;
        match answer.status {
            200 => (self.person.session, self.person.refresh) = renewed(&answer.body)?,
            401 => self.sign_in().await?,
            _ => {}
        }
        Ok(())
    }

    async fn sign_in(&mut self) -> anyhow::Result<()> {
        // The server keeps no idle connection for as long as this may take.
        self.connection = None;
        let mut tried = self.ground.again(self.wyvern, &self.person).await;
        for _ in 0..PATIENCE {
            if tried.is_ok() {
                break;
            }
            sleep(THINKS_LONGER).await;
            tried = self.ground.again(self.wyvern, &self.person).await;
        }
        self.person = tried?;
        self.ledger.answered("sign-in", 200);
        Ok(())
    }

    async fn exchange(&mut self, what: &'static str, request: &[u8]) -> anyhow::Result<Answer> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(self.wyvern).await?,
        };
        let answer = connection.exchange(request).await?;
        let answer = Answer {
            status: answer.status,
            version: header(answer.head, "etag").map(str::to_owned),
            body: answer.body.to_vec(),
        };
        self.connection = Some(connection);
        self.ledger.answered(what, answer.status);
        Ok(answer)
    }

    /// A number below this.
    fn draw(&mut self, below: u64) -> u64 {
        // Knuth's constants for 64 bits; the upper half is the better one.
        self.drawn = self
            .drawn
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.drawn >> 33) % below
    }
}
