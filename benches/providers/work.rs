//! What is asked for: of Wyvern, and of the forge by calls like those that Wyvern makes of it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::try_join_all;
use serde_json::json;

use super::ground::{BYTES, MODELS, Person, text};
use crate::repository;
use crate::sample;
use crate::serve::client::{Connection, Run, header, request};

const LOOK: &str = "query Look($owner:String!,$name:String!,$path:String!,$c:GitObjectID!){\
    repository(owner:$owner,name:$name){c:object(oid:$c){... on Commit{oid \
    f0:file(path:$path){mode oid object{... on Blob{isTruncated text}}}}}}}";
const COMMIT: &str = "mutation Commit($input:CreateCommitOnBranchInput!){\
    createCommitOnBranch(input:$input){commit{oid}}}";

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

/// Straight at the forge, with nothing around it.
pub(super) struct Bare<'a> {
    work: Work,
    person: &'a Person,
    connection: Connection,
    count: usize,
    tag: String,
    head: String,
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
        let path = format!("/api/threatmodel/{}/main/{rest}", self.person.repository);
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
            Work::List => self.ask("GET", "models", "").await?,
            Work::Cold if number == MODELS => return Ok(false),
            Work::Cold => {
                let rest = format!("model-{number}/data");
                self.ask("GET", &rest, "").await?;
            }
            Work::Warm => self.ask("GET", "model-0/data", "").await?,
            Work::Save if number == 0 => self.ask("GET", "model-0/data", "").await?,
            Work::Save => {
                let text = sample::model(BYTES, 1_000_000 + number)?;
                self.ask("PUT", "model-0/update", &text).await?;
            }
        }
        Ok(true)
    }
}

impl<'a> Bare<'a> {
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
            tag: String::new(),
            head: String::new(),
        })
    }

    /// Where the branch stands, if that is not what was heard the last time.
    async fn branch(&mut self) -> anyhow::Result<()> {
        let path = format!("/api/v3/repos/{}/branches/main", self.person.repository);
        let mut headers = self.headers();
        headers.push(("if-none-match", self.tag.as_str()));
        let asked = request("GET", &path, &headers, "");
        let answer = self.connection.exchange(&asked).await?;
        if answer.status != 304 {
            ensure!(answer.status == 200, "{path} answers {}", answer.status);
            self.head = text(answer.body, "/commit/sha")?;
            let tag = header(answer.head, "etag").context("a tag")?;
            tag.clone_into(&mut self.tag);
        }
        Ok(())
    }

    async fn graphql(&mut self, query: &str, variables: serde_json::Value) -> anyhow::Result<()> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let asked = request("POST", "/api/graphql", &self.headers(), &body);
        let answer = self.connection.exchange(&asked).await?;
        let said = std::str::from_utf8(answer.body)?;
        ensure!(
            answer.status == 200 && !said.contains("\"errors\""),
            "{said}"
        );
        Ok(())
    }

    fn headers(&self) -> Vec<(&'static str, &'a str)> {
        let token = self.person.token.as_str();
        vec![("authorization", token), ("user-agent", "bench")]
    }

    async fn look(&mut self) -> anyhow::Result<()> {
        let (owner, name) = self.person.repository.split_once('/').context("a name")?;
        let path = path(self.count % MODELS);
        let wanted = json!({ "owner": owner, "name": name, "path": path, "c": self.head });
        self.graphql(LOOK, wanted).await
    }

    async fn commit(&mut self) -> anyhow::Result<()> {
        let text = sample::model(BYTES, 2_000_000 + self.count)?;
        let input = json!({ "input": {
            "branch": { "repositoryNameWithOwner": self.person.repository, "branchName": "main" },
            "expectedHeadOid": self.head,
            "message": { "headline": "Save", "body": "" },
            "fileChanges": { "additions": [{ "path": path(1), "contents": STANDARD.encode(text) }] },
        } });
        self.graphql(COMMIT, input).await
    }
}

impl Worker for Bare<'_> {
    async fn once(&mut self) -> anyhow::Result<bool> {
        self.branch().await?;
        match self.work {
            Work::List | Work::Warm => {}
            Work::Cold => self.look().await?,
            Work::Save => self.commit().await?,
        }
        self.count += 1;
        Ok(true)
    }
}

fn path(number: usize) -> String {
    format!("{}/model-{number}/model-{number}.json", repository::MODELS)
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
