//! Where Ada works: a forge, a project of hers in nested groups with one model, and the adapter.

use std::sync::{Arc, Mutex};

use axum::http::Method;
use wyvern::provider::gitlab::GitLab;
use wyvern::provider::{
    Change, CommitError, CommitId, Committed, Credential, Entry, Expect, File, PageNumber,
    Provider as _, ProviderError, RepositoryName, Version,
};

use super::{at, branch, put};
use crate::forge::{Access, Act, Call, Dialect, Fault, Forge, ForgeOptions, Wanted};
use crate::github::desk::request;
use crate::support::host::adapting;
use crate::support::{Repository, SetClock, printed};

/// Her project.
pub(super) const HERS: &str = "group/Sub.group/models";
/// The model in it.
pub(super) const SHOP: &str = "m/shop/shop.json";

/// A place to work at.
pub(super) struct Desk {
    pub(super) forge: Forge,
    pub(super) gitlab: GitLab,
    pub(super) clock: Arc<SetClock>,
    pub(super) repository: RepositoryName,
    pub(super) git: Repository,
    pub(super) ada: Credential,
}

impl Desk {
    /// A project with one commit: of the model, which is the text `one`, and a README.
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
            dialect: Dialect::GitLab,
            clock: clock.clone(),
            ..ForgeOptions::default()
        };
        let forge = Forge::start_with(options).await;
        forge.person("ada", "Ada Lovelace", "ada@example.org");
        let git = Repository::at(&forge.repository(HERS));
        forge.grant("ada", HERS, Access::Write);
        Self {
            gitlab: GitLab::new(adapting(forge.url(), clock.clone())),
            ada: Credential::Token(forge.token("ada").into()),
            repository: RepositoryName::parse(HERS).unwrap(),
            git,
            clock,
            forge,
        }
    }

    /// The same place for an adapter that starts afresh.
    pub(super) fn afresh(self) -> Self {
        let gitlab = self.another_server();
        Self { gitlab, ..self }
    }

    /// Another server before the same GitLab.
    pub(super) fn another_server(&self) -> GitLab {
        GitLab::new(adapting(self.forge.url(), self.clock.clone()))
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
        self.gitlab.resolve(who, &self.repository, &main).await
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
        let files = self.gitlab.read_files(who, repository, commit, &paths);
        Ok(files.await?.pop().unwrap())
    }

    /// Lists a folder on `main`.
    pub(super) async fn list(&self, folder: &str) -> Result<Arc<[Entry]>, ProviderError> {
        let (who, repository, commit) = (&self.ada, &self.repository, self.resolve().await?);
        self.gitlab
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
        self.gitlab.commit(who, &self.repository, request).await
    }

    /// Saves the shop, made from the text `from`.
    pub(super) async fn save(&self, from: &str, text: &str) -> Result<Committed, CommitError> {
        let from = Expect::Version(Version::of(from.as_bytes()));
        self.commit(vec![put(SHOP, text, from)]).await
    }

    /// The first page of the file's history on `main`: the messages' first lines.
    pub(super) async fn history(&self, path: &str) -> Vec<String> {
        let (who, repository, commit) =
            (&self.ada, &self.repository, self.resolve().await.unwrap());
        let path = at(path);
        let page = self
            .gitlab
            .history(who, repository, &commit, &path, PageNumber::FIRST);
        let items = page.await.unwrap().items.into_iter();
        items
            .map(|item| item.message.lines().next().unwrap_or_default().to_owned())
            .collect()
    }

    /// The next call of this path, or of this GraphQL operation, meets this.
    pub(super) fn next(&self, what: &str, fault: Fault) {
        self.forge.faults().next(wanted(what), fault);
    }

    /// Every such call meets it.
    pub(super) fn every(&self, what: &str, fault: Fault) {
        self.forge.faults().every(wanted(what), fault);
    }

    /// Another writer: puts a text at a path of `main` by git itself.
    pub(super) fn another(&self, path: &str, text: &str) -> Act {
        let (git, path, text) = (self.git.clone(), path.to_owned(), text.to_owned());
        Arc::new(move |_| git.seed("main", &[("100644", &path, &text)]))
    }

    /// The calls since the last time this was asked: method, path below the project or the GraphQL
    /// operation's name, and status.
    pub(super) fn calls(&self) -> Vec<String> {
        let calls = self.forge.calls();
        self.forge.forget_calls();
        let told = |call: Call| {
            let path = call.path.trim_start_matches("/gitlab/api/v4/");
            let path = path.trim_start_matches("projects/group%2FSub.group%2Fmodels");
            let path = path.trim_start_matches("/repository");
            let what = call
                .graphql
                .unwrap_or_else(|| format!("{} {path}", call.method));
            format!("{what} {}", call.status)
        };
        calls.into_iter().map(told).collect()
    }
}

/// `Commit` and `Branch` are what makes them; their lists have the same paths.
fn wanted(what: &str) -> Wanted {
    let made = |path: &str| {
        let path = Wanted::Path(path.to_owned());
        Wanted::All(vec![Wanted::Method(Method::POST), path])
    };
    match what {
        "Commit" => made("/repository/commits"),
        "Branch" => made("/repository/branches"),
        path if path.starts_with('/') => Wanted::Path(path.to_owned()),
        operation => Wanted::Graphql(operation.to_owned()),
    }
}
