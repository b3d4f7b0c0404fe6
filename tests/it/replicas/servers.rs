//! Two servers with the same keys, and a balancer before them.

use secrecy::ExposeSecret as _;
use tempfile::TempDir;

use super::balancer::Balancer;
use crate::forge::Forge;
use crate::running::Running;
use crate::support::host::{ORIGIN, told, variables};
use crate::support::{Browser, KEY, Person, Redis, Server, Tokens};

pub(super) struct Servers {
    pub(super) both: [Running; 2],
    pub(super) balancer: Balancer,
    settings: Vec<(String, String)>,
    folder: TempDir,
}

impl Servers {
    /// For the people of these forges, over this Redis, or each with a memory of its own. With
    /// other settings besides, by the names of their variables.
    pub(super) async fn before(
        forges: &[&Forge],
        redis: Option<&Redis>,
        more: &[(&str, &str)],
    ) -> Self {
        let mut settings = settings(forges, redis);
        let more = more.iter().map(|(name, value)| [*name, *value]);
        settings.extend(more.map(|pair| pair.map(str::to_owned).into()));
        let folder = tempfile::tempdir().unwrap();
        let start = |name: &str| Running::with(&folder.path().join(name), &settings);
        let both = [start("one"), start("other")];
        let addresses = both.each_ref().map(Running::socket);
        Self {
            balancer: Balancer::before(addresses).await,
            both,
            settings,
            folder,
        }
    }

    /// Somebody's browser, whose requests go to either server in turn.
    pub(super) fn browser(&self) -> Browser {
        Browser::new(Server::at(self.balancer.address))
    }

    /// The same browser as each server sees it, when it is asked alone.
    pub(super) fn at_each(&self, browser: &Browser) -> [Browser; 2] {
        let at = |server: &Running| browser.at(Server::at(server.socket()));
        self.both.each_ref().map(at)
    }

    /// Somebody with a client who is not signed in, in the same way.
    pub(super) fn nobody(&self) -> Person {
        Person::nobody(Server::at(self.balancer.address))
    }

    /// The client of whoever holds these tokens, at each server alone.
    pub(super) fn with_at_each(&self, tokens: &Tokens) -> [Person; 2] {
        let at = |server: &Running| Person::nobody(Server::at(server.socket()));
        let nobody = self.both.each_ref().map(at);
        nobody.map(|nobody| nobody.with(tokens.clone()))
    }

    /// Kills the first server; all that it has said.
    pub(super) fn kill_first(&mut self) -> String {
        self.both[0].kill()
    }

    /// Kills the first server, and starts another one in its place and with its data.
    pub(super) fn restart_first(&mut self) {
        self.kill_first();
        self.both[0] = Running::with(&self.folder.path().join("one"), &self.settings);
    }
}

fn settings(forges: &[&Forge], redis: Option<&Redis>) -> Vec<(String, String)> {
    let hosts = forges.iter().flat_map(|forge| told(forge));
    let redis = redis.map(|redis| redis.url().expose_secret().to_owned());
    let own = [
        ("auth.keys", KEY),
        ("local.enabled", "false"),
        ("server.public_url", ORIGIN),
    ];
    let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let redis = redis.map(|url| ("sessions.redis_url".to_owned(), url));
    variables(own.into_iter().chain(hosts).chain(redis))
}
