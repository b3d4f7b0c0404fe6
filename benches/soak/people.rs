//! Somebody at work: now they list, now they read, now they save.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use tokio::time::sleep;

use super::ledger::{Ledger, Place, path};
use crate::providers::ground::Person;
use crate::serve::client::{Connection, header, request};

/// How long somebody thinks before they do the next thing.
const THINKS: Duration = Duration::from_millis(100);
/// The models that people work at in each repository: few, so that they meet.
const MODELS: u64 = 6;

/// Somebody, over one connection at a time.
pub(super) struct Worker<'a> {
    host: &'static str,
    person: &'a Person,
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
    pub(super) fn new(
        number: usize,
        host: &'static str,
        person: &'a Person,
        wyvern: SocketAddr,
        ledger: &'a Ledger,
    ) -> Self {
        let drawn = number as u64 + 1;
        Self {
            host,
            person,
            wyvern,
            ledger,
            connection: None,
            drawn,
        }
    }

    /// Does one thing.
    pub(super) async fn once(&mut self) -> anyhow::Result<()> {
        sleep(THINKS).await;
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
        let place = (self.host, self.person.repository.clone(), path(&model));
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
        let answer = self
            .exchange("save", &request("PUT", &path, &headers, &body))
            .await?;
        if answer.status == 200 {
            let version = answer.version.context("a save has a version")?;
            self.ledger.acknowledged(&place, &version);
        }
        Ok(())
    }

    async fn ask(&mut self, what: &'static str, path: &str) -> anyhow::Result<Answer> {
        let headers = [("authorization", self.person.session.as_str())];
        let request = request("GET", path, &headers, "");
        self.exchange(what, &request).await
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
