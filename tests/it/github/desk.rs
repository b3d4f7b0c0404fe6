//! Where Ada works: a forge, a repository of hers with one model, and the adapter.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use wyvern::clock::Clock;
use wyvern::provider::github::GitHub;
use wyvern::provider::{
    Action, BranchName, Change, CommitError, CommitId, CommitRequest, Committed, Credential, Entry,
    Expect, File, FilePath, Provider as _, ProviderError, RepositoryName, Version,
};

use crate::forge::{Access, Fault, Forge, ForgeOptions, Wanted};
use crate::support::host::adapting;
use crate::support::{Repository, SetClock, printed};

/// Her repository.
pub(super) const HERS: &str = "ada/models";
/// The model in it.
pub(super) const SHOP: &str = "m/shop/shop.json";

/// A place to work at.
pub(super) struct Desk {
    pub(super) forge: Forge,
    pub(super) github: GitHub,
    pub(super) clock: Arc<SetClock>,
    pub(super) repository: RepositoryName,
    pub(super) git: Repository,
    pub(super) ada: Credential,
}

impl Desk {
    /// A repository with one commit: of the model, which is the text `one`, and a README.
    pub(super) async fn new() -> Self {
        let desk = Self::empty().await;
        desk.git.seed(
            "main",
            &[("100644", "README.md", "hello"), ("100644", SHOP, "one")],
        );
        desk
    }

    pub(super) async fn empty() -> Self {
        printed::record();
        let now = "2026-11-25T09:00:00Z".parse().unwrap();
        let clock = Arc::new(SetClock(Mutex::new(now)));
        let options = ForgeOptions {
            clock: clock.clone(),
            ..ForgeOptions::default()
        };
        let forge = Forge::start_with(options).await;
        forge.person("ada", "Ada Lovelace", "ada@example.org");
        let git = Repository::at(&forge.repository(HERS));
        Self {
            github: adapter(&forge, clock.clone()),
            ada: Credential::Token(forge.token("ada").into()),
            repository: RepositoryName::parse(HERS).unwrap(),
            git,
            clock,
            forge,
        }
    }

    /// Somebody else, and what they may do here.
    pub(super) fn guest(&self, login: &str, access: Access) -> Credential {
        self.forge
            .person(login, login, &format!("{login}@example.org"));
        self.forge.grant(login, HERS, access);
        Credential::Token(self.forge.token(login).into())
    }

    pub(super) async fn resolve(&self) -> Result<CommitId, ProviderError> {
        self.resolve_as(&self.ada).await
    }

    pub(super) async fn resolve_as(&self, who: &Credential) -> Result<CommitId, ProviderError> {
        let main = branch("main");
        self.github.resolve(who, &self.repository, &main).await
    }

    /// Opens a file on `main`: resolves the branch and reads.
    pub(super) async fn open(&self, path: &str) -> Result<Option<File>, ProviderError> {
        self.open_as(&self.ada, path).await
    }

    pub(super) async fn open_as(
        &self,
        who: &Credential,
        path: &str,
    ) -> Result<Option<File>, ProviderError> {
        let commit = self.resolve_as(who).await?;
        self.read_as(who, &commit, path).await
    }

    pub(super) async fn read_as(
        &self,
        who: &Credential,
        commit: &CommitId,
        path: &str,
    ) -> Result<Option<File>, ProviderError> {
        let (repository, paths) = (&self.repository, [at(path)]);
        let files = self.github.read_files(who, repository, commit, &paths);
        Ok(files.await?.pop().unwrap())
    }

    /// Lists a folder on `main`.
    pub(super) async fn list(&self, folder: &str) -> Result<Arc<[Entry]>, ProviderError> {
        let (who, repository, commit) = (&self.ada, &self.repository, self.resolve().await?);
        self.github
            .read_dir(who, repository, &commit, &at(folder))
            .await
    }

    pub(super) async fn commit(&self, changes: Vec<Change>) -> Result<Committed, CommitError> {
        self.commit_as(&self.ada, "Save\n\nRequest-Id: 00ff\n", changes)
            .await
    }

    pub(super) async fn commit_as(
        &self,
        who: &Credential,
        message: &str,
        changes: Vec<Change>,
    ) -> Result<Committed, CommitError> {
        let request = request(message, changes);
        self.github.commit(who, &self.repository, request).await
    }

    /// Saves the shop, made from the text `from`.
    pub(super) async fn save(&self, from: &str, text: &str) -> Result<Committed, CommitError> {
        let from = Expect::Version(Version::of(from.as_bytes()));
        self.commit(vec![put(SHOP, text, from)]).await
    }

    /// The next call of this GraphQL operation, or of this path, meets this.
    pub(super) fn next(&self, what: &str, fault: Fault) {
        self.forge.faults().next(wanted(what), fault);
    }

    /// Every such call meets it.
    pub(super) fn every(&self, what: &str, fault: Fault) {
        self.forge.faults().every(wanted(what), fault);
    }

    /// Another writer: puts a text at a path of `main` by git itself.
    pub(super) fn another(&self, path: &str, text: &str) -> Fault {
        let (git, path, text) = (self.git.clone(), path.to_owned(), text.to_owned());
        Fault::Before(Arc::new(move |_| {
            git.seed("main", &[("100644", &path, &text)]);
        }))
    }

    /// The calls since the last time this was asked: method, path below the interface or the
    /// GraphQL operation's name, and status.
    pub(super) fn calls(&self) -> Vec<String> {
        let calls = self.forge.calls();
        self.forge.forget_calls();
        let told = |call: crate::forge::Call| {
            let path = call.path.trim_start_matches("/api/v3/repos/ada/models");
            let what = call
                .graphql
                .unwrap_or_else(|| format!("{} {path}", call.method));
            format!("{what} {}", call.status)
        };
        calls.into_iter().map(told).collect()
    }
}

/// The adapter for this forge, with limits that no test meets by accident.
pub(crate) fn adapter(forge: &Forge, clock: Arc<dyn Clock>) -> GitHub {
    adapter_at(forge.url(), clock)
}

pub(super) fn adapter_at(url: url::Url, clock: Arc<dyn Clock>) -> GitHub {
    GitHub::new(adapting(url, clock))
}

pub(crate) fn at(path: &str) -> FilePath {
    FilePath::parse(path).unwrap()
}

pub(crate) fn branch(name: &str) -> BranchName {
    BranchName::parse(name).unwrap()
}

/// A commit to `main`.
pub(crate) fn request(message: &str, changes: Vec<Change>) -> CommitRequest {
    CommitRequest {
        branch: branch("main"),
        changes,
        message: message.to_owned(),
    }
}

pub(crate) fn put(path: &str, text: &str, expect: Expect) -> Change {
    Change {
        path: at(path),
        action: Action::Put(Bytes::from(text.to_owned())),
        expect,
    }
}

fn wanted(what: &str) -> Wanted {
    if what.starts_with('/') {
        Wanted::Path(what.to_owned())
    } else {
        Wanted::Graphql(what.to_owned())
    }
}

/// An answer of GraphQL's errors.
pub(super) fn refusal(kind: &str, message: &str) -> Fault {
    let error = serde_json::json!({ "type": kind, "message": message, "path": [] });
    answer(200, &serde_json::json!({ "data": null, "errors": [error] }))
}

/// An answer instead of what was asked for.
pub(crate) fn answer(status: u16, body: &serde_json::Value) -> Fault {
    Fault::Status {
        status,
        headers: Vec::new(),
        body: body.to_string(),
    }
}

/// So many bytes of text that are not all alike.
pub(crate) fn text(bytes: usize) -> String {
    let lines = (0_u64..).map(|n| format!("{:016x}\n", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let mut text: String = lines.take(bytes / 17 + 1).collect();
    text.truncate(bytes);
    text
}
