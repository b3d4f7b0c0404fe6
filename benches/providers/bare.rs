//! The calls that Wyvern makes of a host, made straight at it: what they cost with nothing around.

use std::net::SocketAddr;

use anyhow::{Context as _, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::ground::{BYTES, MODELS, Person, text};
use super::work::{Work, Worker};
use crate::forge::Dialect;
use crate::repository;
use crate::sample;
use crate::serve::client::{Connection, header, request};

const GITHUB_LOOK: &str = "query Look($owner:String!,$name:String!,$path:String!,$c:GitObjectID!){\
    repository(owner:$owner,name:$name){c:object(oid:$c){... on Commit{oid \
    f0:file(path:$path){mode oid object{... on Blob{isTruncated text}}}}}}}";
const GITHUB_COMMIT: &str = "mutation Commit($input:CreateCommitOnBranchInput!){\
    createCommitOnBranch(input:$input){commit{oid}}}";
const GITLAB_LOOK: &str = "query Look($project:ID!,$ref:String!,$paths:[String!]!){\
    project(fullPath:$project){repository{\
    blobs(ref:$ref,paths:$paths){nodes{path oid mode rawTextBlob}}}}}";
const BOUNDARY: &str = "a-boundary-of-the-benchmarks";

/// Somebody with a program of few lines.
pub(super) struct Bare<'a> {
    dialect: Dialect,
    work: Work,
    person: &'a Person,
    connection: Connection,
    count: usize,
    tag: String,
    head: String,
}

impl<'a> Bare<'a> {
    pub(super) async fn open(
        dialect: Dialect,
        work: Work,
        person: &'a Person,
        address: SocketAddr,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            dialect,
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
        let (path, head) = match self.dialect {
            Dialect::GitHub => (self.rest("/branches/main"), "/commit/sha"),
            Dialect::GitLab => (self.rest("/repository/branches/main"), "/commit/id"),
            Dialect::Bitbucket => (self.rest("/refs/branches/main"), "/target/hash"),
        };
        let mut headers = self.headers();
        headers.push(("if-none-match", self.tag.as_str()));
        let asked = request("GET", &path, &headers, "");
        let answer = self.connection.exchange(&asked).await?;
        if answer.status != 304 {
            ensure!(answer.status == 200, "{path} answers {}", answer.status);
            self.head = text(answer.body, head)?;
            let tag = header(answer.head, "etag").unwrap_or_default();
            tag.clone_into(&mut self.tag);
        }
        Ok(())
    }

    /// Reads a model at the head.
    async fn look(&mut self) -> anyhow::Result<()> {
        let path = model(self.count % MODELS);
        let repository = &self.person.repository;
        match self.dialect {
            Dialect::GitHub => {
                let (owner, name) = repository.split_once('/').context("a name")?;
                let wanted = json!({ "owner": owner, "name": name, "path": path, "c": self.head });
                self.graphql("/api/graphql", GITHUB_LOOK, wanted).await
            }
            Dialect::GitLab => {
                let wanted = json!({ "project": repository, "ref": self.head, "paths": [path] });
                self.graphql("/gitlab/api/graphql", GITLAB_LOOK, wanted)
                    .await
            }
            Dialect::Bitbucket => {
                let path = self.rest(&format!("/src/{}/{path}", self.head));
                self.send("GET", &path, &[], "", 200).await
            }
        }
    }

    async fn commit(&mut self) -> anyhow::Result<()> {
        let text = sample::model(BYTES, 2_000_000 + self.count)?;
        match self.dialect {
            Dialect::GitHub => {
                let file = json!({ "path": model(1), "contents": STANDARD.encode(text) });
                let input = json!({ "input": {
                    "branch": { "repositoryNameWithOwner": self.person.repository,
                        "branchName": "main" },
                    "expectedHeadOid": self.head,
                    "message": { "headline": "Save", "body": "" },
                    "fileChanges": { "additions": [file] },
                } });
                self.graphql("/api/graphql", GITHUB_COMMIT, input).await
            }
            Dialect::GitLab => {
                let action = json!({ "action": "update", "file_path": model(1), "content": text });
                let commit = json!({ "branch": "main", "commit_message": "Save",
                    "actions": [action] });
                let path = self.rest("/repository/commits");
                self.send("POST", &path, &[], &commit.to_string(), 201)
                    .await
            }
            Dialect::Bitbucket => {
                let kind = format!("multipart/form-data; boundary={BOUNDARY}");
                let form = form(&self.head, &text);
                let path = self.rest("/src");
                self.send("POST", &path, &[("content-type", &kind)], &form, 201)
                    .await
            }
        }
    }

    async fn graphql(
        &mut self,
        path: &str,
        query: &str,
        variables: serde_json::Value,
    ) -> anyhow::Result<()> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let asked = request("POST", path, &self.headers(), &body);
        let answer = self.connection.exchange(&asked).await?;
        let said = std::str::from_utf8(answer.body)?;
        ensure!(
            answer.status == 200 && !said.contains("\"errors\""),
            "{said}"
        );
        Ok(())
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        more: &[(&str, &str)],
        body: &str,
        wanted: u16,
    ) -> anyhow::Result<()> {
        let headers = [&self.headers(), more].concat();
        let asked = request(method, path, &headers, body);
        let status = self.connection.exchange(&asked).await?.status;
        ensure!(status == wanted, "{path} answers {status}");
        Ok(())
    }

    fn headers(&self) -> Vec<(&'a str, &'a str)> {
        let token = self.person.token.as_str();
        vec![("authorization", token), ("user-agent", "bench")]
    }

    /// A path below that of the repository.
    fn rest(&self, tail: &str) -> String {
        let repository = &self.person.repository;
        match self.dialect {
            Dialect::GitHub => format!("/api/v3/repos/{repository}{tail}"),
            Dialect::GitLab => {
                let id = repository.replace('/', "%2F");
                format!("/gitlab/api/v4/projects/{id}{tail}")
            }
            Dialect::Bitbucket => format!("/2.0/repositories/{repository}{tail}"),
        }
    }
}

impl Worker for Bare<'_> {
    async fn once(&mut self) -> anyhow::Result<bool> {
        self.branch().await?;
        match self.work {
            Work::Cold => self.look().await?,
            Work::Save => self.commit().await?,
            _ => {}
        }
        self.count += 1;
        Ok(true)
    }
}

fn model(number: usize) -> String {
    format!("{}/model-{number}/model-{number}.json", repository::MODELS)
}

/// A commit of one file on top of the head, as Bitbucket takes it.
fn form(head: &str, text: &str) -> String {
    let fields = [("message", "Save"), ("branch", "main"), ("parents", head)];
    let part = |name: &str, value: &str| {
        format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
    };
    let fields: String = fields
        .iter()
        .map(|(name, value)| part(name, value))
        .collect();
    let name = format!("/{}\"; filename=\"file", model(1));
    format!("{fields}{}--{BOUNDARY}--\r\n", part(&name, text))
}
