//! People of all hosts who work at once, each in a model of their own, while a server dies.

use std::collections::BTreeSet;

use futures_util::future::join;
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use tokio::sync::{Barrier, Semaphore, watch};

use super::servers::Servers;
use crate::forge::{Access, Dialect, Forge};
use crate::support::host::sign_in;
use crate::support::{
    Answer, Ask, Browser, CHECKOUT, Lost, Repository, branch_path, compact, model_path,
};

/// How many share a repository.
const TEAM: usize = 4;
/// Sign-ins that are under way at once.
const AT_ONCE: usize = 8;
/// Requests that are: people think in between, and no call to Redis is to take long by itself.
static REQUESTS: Semaphore = Semaphore::const_new(32);
/// How often everybody saves after the server's death.
const ROUNDS: usize = 3;

/// How the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Server {
    Alive,
    Dying,
    Dead,
}

/// Somebody signed in, and the server that is to die.
pub(super) struct Worker {
    pub(super) host: usize,
    login: String,
    browser: Browser,
    repository: String,
    model: String,
    server: watch::Receiver<Server>,
    /// The requests of which they are told that they have saved.
    pub(super) saved: Vec<String>,
    /// A request of theirs was lost with the server.
    pub(super) lost: bool,
}

/// The hosts and what is in their repositories.
pub(super) struct Hosts {
    pub(super) forges: Vec<Forge>,
    repositories: Vec<Vec<Repository>>,
}

impl Hosts {
    /// With a repository for each team.
    pub(super) fn with(forges: Vec<Forge>, people: usize) -> Self {
        let teams = people.div_ceil(forges.len()).div_ceil(TEAM);
        let seeded = |forge: &Forge| (0..teams).map(|team| seed(forge, team)).collect();
        Self {
            repositories: forges.iter().map(seeded).collect(),
            forges,
        }
    }

    /// Signs so many people in, at one host after the other.
    pub(super) async fn sign_in(
        &self,
        servers: &Servers,
        people: usize,
        server: &watch::Receiver<Server>,
    ) -> Vec<Worker> {
        let all = stream::iter(0..people).map(async |number| {
            let (host, place) = (number % self.forges.len(), number / self.forges.len());
            let (login, forge) = (format!("person-{number}"), &self.forges[host]);
            let repository = repository(place / TEAM);
            forge.person(&login, &login, &format!("{login}@example.com"));
            forge.grant(&login, &repository, Access::Write);
            let address = format!("10.0.0.{number}");
            let browser = servers.browser().from(&address);
            sign_in(forge, &browser, &login).await.is(200);
            Worker {
                host,
                login,
                browser,
                repository,
                model: format!("M{}", place % TEAM),
                server: server.clone(),
                saved: Vec::new(),
                lost: false,
            }
        });
        all.buffered(AT_ONCE).collect().await
    }

    /// Asserts that git has each save that was answered, once, and what was lost at most once.
    pub(super) fn have_all_of(&self, workers: &[Worker]) {
        for (host, repositories) in self.repositories.iter().enumerate() {
            for (team, git) in repositories.iter().enumerate() {
                let theirs = |one: &&Worker| one.host == host && one.repository == repository(team);
                has_all_of(git, &workers.iter().filter(theirs).collect::<Vec<_>>());
            }
        }
    }
}

fn has_all_of(git: &Repository, workers: &[&Worker]) {
    let log = git.git(&["log", "--format=%B", "main"]);
    let made = log.lines();
    let made: Vec<_> = made
        .filter_map(|line| line.strip_prefix("Request-Id: "))
        .collect();
    let different: BTreeSet<_> = made.iter().copied().collect();
    assert_eq!(made.len(), different.len(), "a save is made once");
    let saved = workers.iter().flat_map(|worker| &worker.saved);
    let saved: Vec<_> = saved.map(String::as_str).collect();
    let missing = saved.iter().find(|id| !different.contains(*id));
    assert_eq!(missing, None);
    let taken = workers.iter().filter(|worker| worker.lost).count();
    assert!((saved.len()..=saved.len() + taken).contains(&made.len()));
    for worker in workers {
        let owner = format!("\"owner\": \"{}\"", worker.owner(worker.saved.len() - 1));
        let text = git.file(&file(&worker.model));
        assert!(text.contains(&owner), "{text}");
    }
    git.git(&["fsck", "--strict"]);
}

impl Worker {
    /// Saves again and again until the server has been dead for some rounds, or has taken a request
    /// along. After the first look they wait for the others.
    pub(super) async fn work(mut self, looked: &Barrier) -> Self {
        // Two requests at once: both servers find that the token must be renewed.
        let both = join(self.get(&self.data()), self.get(&self.data())).await;
        assert!(both.0.is_ok() && both.1.is_ok());
        looked.wait().await;
        let mut rounds = 0;
        while rounds < ROUNDS && !self.lost {
            rounds += usize::from(*self.server.borrow() == Server::Dead);
            self.lost = self.round().await.is_err();
        }
        self
    }

    /// Reads the model, saves it with a change, and lists the models.
    pub(super) async fn round(&mut self) -> Result<(), Lost> {
        let version = self.get(&self.data()).await?.etag();
        let owner = self.owner(self.saved.len());
        let edited = compact(CHECKOUT).replacen("Shop team", &owner, 1);
        let path = model_path(&self.repository, "main", &self.model, "update");
        let save = self.browser.ask("PUT", &path).json(edited);
        let saved = self.send(save.header("if-match", version)).await?;
        let id = saved.header("x-request-id").unwrap().to_owned();
        self.saved.push(id);
        let list = branch_path(&self.repository, "main", "models");
        let listed = self.get(&list).await?.data();
        assert_eq!(listed.as_array().unwrap().len(), TEAM);
        Ok(())
    }

    /// Asserts that the server knows them for who they are.
    pub(super) async fn is_signed_in(&self) {
        let who = self.browser.get("/api/session").await.data();
        let provider = Dialect::ALL[self.host].name();
        assert_eq!(who, json!({ "provider": provider, "username": self.login }));
    }

    fn data(&self) -> String {
        model_path(&self.repository, "main", &self.model, "data")
    }

    /// The owner that they save after so many saves.
    fn owner(&self, saves: usize) -> String {
        format!("{} {saves}", self.login)
    }

    async fn get(&self, path: &str) -> Result<Answer, Lost> {
        self.send(self.browser.ask("GET", path)).await
    }

    /// Is answered with success. Only a request that was under way when the server died is lost.
    async fn send(&self, ask: Ask) -> Result<Answer, Lost> {
        let _turn = REQUESTS.acquire().await.unwrap();
        let begun = *self.server.borrow();
        let answer = self.browser.try_to_send(ask).await;
        if answer.is_err() {
            let ended = *self.server.borrow();
            let under_way = begun < Server::Dead && ended > Server::Alive;
            assert!(under_way, "begun {begun:?}, ended {ended:?}");
        }
        Ok(answer?.is(200))
    }
}

fn repository(team: usize) -> String {
    format!("team-{team}/models")
}

fn file(model: &str) -> String {
    format!("ThreatDragonModels/{model}/{model}.json")
}

/// A repository with a model for each of a team.
fn seed(forge: &Forge, team: usize) -> Repository {
    let git = Repository::at(&forge.repository(&repository(team)));
    let files: Vec<_> = (0..TEAM).map(|place| file(&format!("M{place}"))).collect();
    let files: Vec<_> = files
        .iter()
        .map(|path| ("100644", path.as_str(), CHECKOUT))
        .collect();
    git.seed("main", &files);
    git
}
