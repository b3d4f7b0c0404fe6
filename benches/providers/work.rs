//! What is asked of Wyvern.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::ensure;
use futures_util::future::try_join_all;

use super::ground::{BYTES, MODELS, Person};
use crate::sample;
use crate::serve::client::{Connection, Run, header, request};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// The models of a branch that is as it was.
    List,
    /// A model that nobody has read before.
    Cold,
    /// The same model again.
    Warm,
    /// The same model again and again, each time over the last save.
    Save,
    Branches,
    /// Of a model.
    History,
}

/// Somebody at work over one connection.
pub(super) trait Worker {
    /// Does it once; `false` when there is nothing left to do.
    async fn once(&mut self) -> anyhow::Result<bool>;
}

/// At Wyvern.
pub(super) struct Client<'a> {
    work: Work,
    person: &'a Person,
    connection: Connection,
    count: usize,
    version: String,
}

impl<'a> Client<'a> {
    pub(super) async fn open(
        work: Work,
        person: &'a Person,
        address: SocketAddr,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            work,
            person,
            connection: Connection::open(address).await?,
            count: 0,
            version: String::new(),
        })
    }

    async fn ask(&mut self, method: &str, rest: &str, body: &str) -> anyhow::Result<()> {
        let path = format!("/api/threatmodel/{}/{rest}", self.person.repository);
        let mut headers = vec![("authorization", self.person.session.as_str())];
        if !body.is_empty() {
            headers.push(("if-match", self.version.as_str()));
        }
        let asked = request(method, &path, &headers, body);
        let answer = self.connection.exchange(&asked).await?;
        ensure!(answer.status == 200, "{path} answers {}", answer.status);
        if let Some(version) = header(answer.head, "etag") {
            version.clone_into(&mut self.version);
        }
        Ok(())
    }
}

impl Worker for Client<'_> {
    async fn once(&mut self) -> anyhow::Result<bool> {
        let number = self.count;
        self.count += 1;
        match self.work {
            Work::List => self.ask("GET", "main/models", "").await?,
            Work::Cold if number == MODELS => return Ok(false),
            Work::Cold => {
                let rest = format!("main/model-{number}/data");
                self.ask("GET", &rest, "").await?;
            }
            Work::Warm => self.ask("GET", "main/model-0/data", "").await?,
            Work::Save if number == 0 => self.ask("GET", "main/model-0/data", "").await?,
            Work::Save => {
                let text = sample::model(BYTES, 1_000_000 + number)?;
                self.ask("PUT", "main/model-0/update", &text).await?;
            }
            Work::Branches => self.ask("GET", "branches", "").await?,
            Work::History => self.ask("GET", "main/model-0/history", "").await?,
        }
        Ok(true)
    }
}

/// Lets all of them work, each as fast as it is answered, for so long.
pub(super) async fn drive(workers: &mut [impl Worker], time: Duration) -> anyhow::Result<Run> {
    let begin = Instant::now();
    let all = workers.iter_mut().map(async |worker| {
        let mut times = Vec::new();
        loop {
            let start = Instant::now();
            if start >= begin + time || !worker.once().await? {
                return anyhow::Ok(times);
            }
            times.push(start.elapsed());
        }
    });
    let times = try_join_all(all).await?.concat();
    Ok(Run {
        times,
        took: begin.elapsed(),
    })
}
