//! Where Ada works: a forge, a repository of hers with one model, and the adapter.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use wyvern::clock::Clock;
use wyvern::config::OutgoingSettings;
use wyvern::provider::bitbucket::{Bitbucket, Limits};
use wyvern::provider::outgoing::Outgoing;
use wyvern::provider::{
    Action, BranchName, Change, CommitError, CommitId, CommitRequest, Committed, Credential, Entry,
    Expect, File, FilePath, HostOptions, Page, PageNumber, Provider as _, ProviderError,
    Repository as Listed, RepositoryName, Version,
};

use crate::forge::{Access, Call, Dialect, Fault, Forge, ForgeOptions, Wanted};
use crate::support::{Repository, SetClock, printed};

/// Her repository.
pub(super) const HERS: &str = "ada/models";
/// The model in it.
pub(super) const SHOP: &str = "m/shop/shop.json";

/// A place to work at.
pub(super) struct Desk {
    pub(super) forge: Forge,
    pub(super) bitbucket: Bitbucket,
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
            dialect: Dialect::Bitbucket,
            clock: clock.clone(),
            ..ForgeOptions::default()
        };
        let forge = Forge::start_with(options).await;
        forge.person("ada", "Ada Lovelace", "ada@example.org");
        let git = Repository::at(&forge.repository(HERS));
        Self {
            bitbucket: adapter(&forge, clock.clone()),
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
        self.bitbucket.resolve(who, &self.repository, &main).await
    }

    /// Opens a file on `main`: resolves the branch and reads.
    pub(super) async fn open(&self, path: &str) -> Result<Option<File>, ProviderError> {
        let commit = self.resolve().await?;
        self.read_as(&self.ada, &commit, path).await
    }

    pub(super) async fn read_as(
        &self,
        who: &Credential,
        commit: &CommitId,
        path: &str,
    ) -> Result<Option<File>, ProviderError> {
        let (repository, paths) = (&self.repository, [at(path)]);
        let files = self.bitbucket.read_files(who, repository, commit, &paths);
        Ok(files.await?.pop().unwrap())
    }

    /// Lists a folder on `main`.
    pub(super) async fn list(&self, folder: &str) -> Result<Arc<[Entry]>, ProviderError> {
        let (who, repository, commit) = (&self.ada, &self.repository, self.resolve().await?);
        let folder = at(folder);
        let listed = self.bitbucket.read_dir(who, repository, &commit, &folder);
        listed.await
    }

    /// A page of all that Ada can open.
    pub(super) async fn repositories(&self, number: u32) -> Result<Page<Listed>, ProviderError> {
        let number = PageNumber::new(number).unwrap();
        self.bitbucket.repositories(&self.ada, None, number).await
    }

    pub(super) async fn create_branch(&self, name: &str) -> Result<CommitId, CommitError> {
        let (name, from) = (branch(name), branch("main"));
        let made = self
            .bitbucket
            .create_branch(&self.ada, &self.repository, &name, &from);
        made.await
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
        self.bitbucket.commit(who, &self.repository, request).await
    }

    /// Saves the shop, made from the text `from`.
    pub(super) async fn save(&self, from: &str, text: &str) -> Result<Committed, CommitError> {
        let from = Expect::Version(Version::of(from.as_bytes()));
        self.commit(vec![put(SHOP, text, from)]).await
    }

    /// The next call whose path or query contains this meets this; `POST` is the next change.
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

    /// The calls since the last time this was asked, in alphabetical order: method, path below the
    /// interface with `*` for each commit, and status.
    pub(super) fn calls(&self) -> Vec<String> {
        let calls = self.forge.calls();
        self.forge.forget_calls();
        let mut told: Vec<_> = calls.into_iter().map(|call| told(&call)).collect();
        told.sort();
        told
    }
}

fn told(call: &Call) -> String {
    let path = call.path.trim_start_matches("/2.0/");
    let path = path.trim_start_matches("repositories/ada/models");
    let is_commit = |part: &&str| part.len() == 40 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts = path.split(['/', '?']).filter(is_commit);
    let path = parts.fold(path.to_owned(), |path, commit| path.replace(commit, "*"));
    format!("{} {path} {}", call.method, call.status)
}

/// The adapter for this forge, with limits that no test meets by accident.
pub(crate) fn adapter(forge: &Forge, clock: Arc<dyn Clock>) -> Bitbucket {
    adapter_within(forge, clock, None)
}

/// The same with limits of its own.
pub(super) fn adapter_within(
    forge: &Forge,
    clock: Arc<dyn Clock>,
    limits: Option<Limits>,
) -> Bitbucket {
    let settings = OutgoingSettings {
        connect_timeout: Duration::from_secs(5),
        timeout: Duration::from_secs(20),
        answer_limit: 128 << 20,
        concurrency: 64,
        concurrency_per_person: 16,
        cache: 64 << 20,
        certificates: None,
    };
    let options = HostOptions {
        url: forge.url(),
        outgoing: Outgoing::new(&settings, Arc::clone(&clock)).unwrap(),
        clock,
        cache: 256 << 20,
        turns: None,
    };
    Bitbucket::limited(options, limits).unwrap()
}

pub(super) fn at(path: &str) -> FilePath {
    FilePath::parse(path).unwrap()
}

pub(super) fn branch(name: &str) -> BranchName {
    BranchName::parse(name).unwrap()
}

/// A commit to `main`.
pub(super) fn request(message: &str, changes: Vec<Change>) -> CommitRequest {
    CommitRequest {
        branch: branch("main"),
        changes,
        message: message.to_owned(),
    }
}

pub(super) fn put(path: &str, text: &str, expect: Expect) -> Change {
    Change {
        path: at(path),
        action: Action::Put(Bytes::from(text.to_owned())),
        expect,
    }
}

pub(super) fn delete(path: &str, text: &str) -> Change {
    Change {
        path: at(path),
        action: Action::Delete,
        expect: Expect::Version(Version::of(text.as_bytes())),
    }
}

fn wanted(what: &str) -> Wanted {
    if what == "POST" {
        Wanted::Method(http::Method::POST)
    } else {
        Wanted::Path(what.to_owned())
    }
}

/// A refusal in Bitbucket's words instead of what was asked for.
pub(super) fn refusal(status: u16, message: &str) -> Fault {
    let error = serde_json::json!({ "message": message });
    answer(
        status,
        &serde_json::json!({ "type": "error", "error": error }),
    )
}

/// An answer instead of what was asked for.
pub(super) fn answer(status: u16, body: &serde_json::Value) -> Fault {
    Fault::Status {
        status,
        headers: Vec::new(),
        body: body.to_string(),
    }
}
