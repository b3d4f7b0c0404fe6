//! Wyvern beside the forges that it serves, and the people who have signed in there.

use std::net::SocketAddr;
use std::ops::Range;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use futures_util::future::try_join_all;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use url::Url;

use crate::forge::{Access, Dialect, Fault, Forge, ForgeOptions, Wanted};
use crate::repository::Repository;
use crate::serve::client::{Connection, header, request};
use crate::serve::server::Server;

/// Models in each repository, and the bytes of each.
pub(crate) const MODELS: usize = 100;
pub(crate) const BYTES: usize = 6_000;
/// Sign-ins that are under way at once.
const AT_ONCE: usize = 8;

/// A forge with repositories, on threads of its own.
pub(crate) struct Ground {
    pub(crate) forge: Forge,
    repositories: Vec<Repository>,
    _runtime: Runtime,
}

/// Somebody who works in a repository.
pub(crate) struct Person {
    /// The value of `Authorization` at Wyvern.
    pub(crate) session: String,
    /// What renews it.
    pub(crate) refresh: String,
    number: usize,
    /// The same at the forge.
    pub(super) token: String,
    /// `owner/name`.
    pub(crate) repository: String,
}

impl Ground {
    /// Of this dialect, with so many repositories of a hundred models.
    pub(crate) fn seed(dialect: Dialect, repositories: usize) -> anyhow::Result<Self> {
        let options = ForgeOptions {
            dialect,
            ..ForgeOptions::default()
        };
        Self::seed_with(options, repositories)
    }

    /// The same of a forge with these ways.
    pub(crate) fn seed_with(options: ForgeOptions, repositories: usize) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let forge = runtime.block_on(Forge::start_with(options));
        let seed = |number| {
            let path = forge.repository(&repository(number));
            Repository::seed_at(path, MODELS, BYTES, number * MODELS)
        };
        let repositories = (0..repositories).map(seed).collect::<anyhow::Result<_>>()?;
        Ok(Self {
            forge,
            repositories,
            _runtime: runtime,
        })
    }

    /// Puts the forge so far away.
    pub(super) fn set_latency(&self, latency: Duration) {
        self.forge.faults().clear();
        if !latency.is_zero() {
            let slow = Fault::Slow(latency);
            self.forge.faults().every(Wanted::Any, slow);
        }
    }

    /// Signs these people in, a few at a time. Person `n` works in repository `n`; when there are no
    /// more of them, in the first again, and so on.
    pub(crate) async fn people(
        &self,
        wyvern: SocketAddr,
        numbers: Range<usize>,
    ) -> anyhow::Result<Vec<Person>> {
        let mut all = Vec::new();
        for first in numbers.clone().step_by(AT_ONCE) {
            let some = first..numbers.end.min(first + AT_ONCE);
            let some = some.map(|number| self.person(wyvern, number));
            all.extend(try_join_all(some).await?);
        }
        Ok(all)
    }

    /// The repositories, by name.
    pub(crate) fn repositories(&self) -> impl Iterator<Item = (String, &Repository)> {
        let numbered = self.repositories.iter().enumerate();
        numbered.map(|(number, kept)| (repository(number), kept))
    }

    async fn person(&self, wyvern: SocketAddr, number: usize) -> anyhow::Result<Person> {
        let login = format!("person-{number}");
        let repository = repository(number % self.repositories.len());
        self.forge
            .person(&login, &login, &format!("{login}@example.com"));
        self.forge.grant(&login, &repository, Access::Write);
        let from = format!("10.0.{}.{}", number / 250, number % 250 + 1);
        let (session, refresh) = self.sign_in(wyvern, &login, &from).await?;
        Ok(Person {
            session,
            refresh,
            number,
            token: format!("Bearer {}", self.forge.token(&login)),
            repository,
        })
    }

    /// The same person, who has signed in anew.
    pub(crate) async fn again(
        &self,
        wyvern: SocketAddr,
        person: &Person,
    ) -> anyhow::Result<Person> {
        self.person(wyvern, person.number).await
    }

    /// Goes the whole way of a program that signs somebody in: what they have then, and what renews
    /// it.
    async fn sign_in(
        &self,
        wyvern: SocketAddr,
        login: &str,
        from: &str,
    ) -> anyhow::Result<(String, String)> {
        let mut connection = Connection::open(wyvern).await?;
        let mut get = async |path: &str, cookie: &str, wanted: u16| {
            let headers = [("x-forwarded-for", from), ("cookie", cookie)];
            let answer = connection
                .exchange(&request("GET", path, &headers, ""))
                .await?;
            ensure!(answer.status == wanted, "{path} answers {}", answer.status);
            anyhow::Ok((answer.head.to_owned(), answer.body.to_owned()))
        };
        let provider = self.forge.dialect().name();
        let (head, body) = get(&format!("/api/login/{provider}"), "", 200).await?;
        let cookie = header(&head, "set-cookie").and_then(|cookie| cookie.split(';').next());
        let cookie = cookie.context("a cookie")?;
        let page: Url = text(&body, "/data")?.parse()?;
        let back = self.forge.approve(&page, login);
        let back = &back[url::Position::BeforePath..];
        let (head, _) = get(back, cookie, 303).await?;
        let to = header(&head, "location").context("a location")?;
        let (_, code) = to.split_once("code=").context("a code")?;
        let exchange = format!("/api/oauth/{provider}?code={code}");
        let (_, body) = get(&exchange, cookie, 200).await?;
        renewed(&body)
    }
}

/// What `Authorization` is to be after this answer, and what renews it.
pub(crate) fn renewed(body: &[u8]) -> anyhow::Result<(String, String)> {
    let session = format!("Bearer {}", text(body, "/data/accessToken")?);
    Ok((session, text(body, "/data/refreshToken")?))
}

fn repository(number: usize) -> String {
    format!("bench/models-{number}")
}

/// Starts Wyvern for these hosts, with one thread. A proxy on this machine is believed, so that each
/// person has an address of their own.
pub(super) fn wyvern(grounds: &[Ground]) -> anyhow::Result<(Server, TempDir)> {
    wyvern_told(grounds, &[])
}

/// The same with these variables besides.
pub(crate) fn wyvern_told(
    grounds: &[Ground],
    more: &[(&str, &str)],
) -> anyhow::Result<(Server, TempDir)> {
    let data = tempfile::tempdir()?;
    let hosts = grounds.iter().flat_map(|ground| told(&ground.forge));
    let own = [
        ("WYVERN__LOCAL__DEMO", "false"),
        ("WYVERN__SERVER__TRUSTED_PROXIES", "127.0.0.1"),
    ];
    let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let told: Vec<_> = hosts.chain(own).collect();
    let told = told
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let told: Vec<_> = told.chain(more.iter().copied()).collect();
    Ok((Server::wyvern_told(data.path(), 1, &told)?, data))
}

/// The variables that tell Wyvern of a forge.
fn told(forge: &Forge) -> [(String, String); 3] {
    let section = forge.dialect().name().to_uppercase();
    [
        ("URL", forge.url().to_string()),
        ("CLIENT_ID", forge.client_id().to_owned()),
        ("CLIENT_SECRET", forge.client_secret().to_owned()),
    ]
    .map(|(name, value)| (format!("WYVERN__{section}__{name}"), value))
}

/// The text at a place of an answer.
pub(super) fn text(body: &[u8], pointer: &str) -> anyhow::Result<String> {
    let answer: Value = serde_json::from_slice(body)?;
    let found = answer.pointer(pointer).and_then(Value::as_str);
    Ok(found
        .with_context(|| format!("no {pointer} in {answer}"))?
        .to_owned())
}
