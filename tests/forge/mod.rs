//! The forge: a host of git repositories on a loopback port, to try hosted providers on.
//!
//! It keeps real bare repositories and speaks the wire format of a real host about them, sign-in
//! pages included. What a dialect is made of is in a folder of its own ([`github`], [`gitlab`],
//! [`bitbucket`]); the accounts, repositories, tokens, faults and the record of calls know little
//! of it. A forge speaks one dialect, and several forges may run at once.

mod asked;
mod authorize;
mod bitbucket;
mod callers;
mod calls;
mod devices;
mod dialect;
mod faults;
mod git;
mod github;
mod gitlab;
mod graphql;
mod pages;
mod paging;
mod people;
mod rates;
mod repositories;
mod serve;
mod sign_in;
mod tags;
mod texts;

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use url::Url;
use wyvern::clock::{Clock, SystemClock};

pub(crate) use calls::Call;
pub(crate) use dialect::Dialect;
pub(crate) use faults::{Act, Fault, Faults, Wanted};
pub(crate) use repositories::Access;
pub(crate) use sign_in::App;

use calls::Calls;
use devices::Devices;
use git::{Change, Draft, Git};
use people::People;
use rates::Rates;
use repositories::{Found, Repositories};
use sign_in::SignIns;

/// How a forge is started.
pub(crate) struct ForgeOptions {
    pub(crate) dialect: Dialect,
    pub(crate) clock: Arc<dyn Clock>,
    /// What Wyvern is registered as.
    pub(crate) app: App,
    /// Where the repositories are kept; a temporary folder otherwise.
    pub(crate) folder: Option<PathBuf>,
    /// A free one otherwise.
    pub(crate) port: Option<u16>,
    /// Where the client is registered to have people sent back to; otherwise where Wyvern awaits
    /// those whom a host of this dialect sends. On a loopback address the port is free.
    pub(crate) callback: Option<String>,
    /// How long a device is to wait between two questions, in seconds.
    pub(crate) device_interval: u32,
}

impl Default for ForgeOptions {
    fn default() -> Self {
        Self {
            dialect: Dialect::GitHub,
            clock: Arc::new(SystemClock),
            app: App::OAuth,
            folder: None,
            port: None,
            callback: None,
            device_interval: 5,
        }
    }
}

/// A running forge. It stops when it is dropped.
pub(crate) struct Forge {
    world: Arc<World>,
    server: AbortHandle,
    _temporary: Option<TempDir>,
}

/// All that there is in a forge.
pub(crate) struct World {
    dialect: Dialect,
    url: Url,
    clock: Arc<dyn Clock>,
    people: People,
    repositories: Repositories,
    sign_ins: SignIns,
    devices: Devices,
    rates: Rates,
    faults: Faults,
    calls: Calls,
}

impl Forge {
    /// GitHub's dialect, with the machine's clock and an OAuth App.
    pub(crate) async fn start() -> Self {
        Self::start_with(ForgeOptions::default()).await
    }

    pub(crate) async fn start_with(options: ForgeOptions) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", options.port.unwrap_or(0)));
        let listener = listener.await.expect("the port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let sign_ins = SignIns::new(&options);
        let temporary = options
            .folder
            .is_none()
            .then(|| tempfile::tempdir().unwrap());
        let kept = temporary.as_ref().map(|folder| folder.path().to_owned());
        let folder = options.folder.or(kept).expect("one of them is there");
        let url = format!("http://127.0.0.1:{port}{}", options.dialect.root());
        let world = Arc::new(World {
            dialect: options.dialect,
            url: url.parse().expect("it is an address"),
            people: People::default(),
            repositories: Repositories::new(folder),
            sign_ins,
            devices: Devices::new(options.device_interval, Arc::clone(&options.clock)),
            rates: Rates::new(Arc::clone(&options.clock)),
            faults: Faults::default(),
            calls: Calls::default(),
            clock: options.clock,
        });
        let server = tokio::spawn(serve::serve(Arc::clone(&world), listener));
        Self {
            world,
            server: server.abort_handle(),
            _temporary: temporary,
        }
    }
}

impl Deref for Forge {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl Drop for Forge {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl World {
    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The web address, `http://127.0.0.1:PORT/`; a GitLab is below that, at `/gitlab/`.
    pub(crate) fn url(&self) -> Url {
        self.url.clone()
    }

    pub(crate) fn client_id(&self) -> &str {
        self.sign_ins.client_id()
    }

    pub(crate) fn client_secret(&self) -> &str {
        self.sign_ins.client_secret()
    }

    /// What somebody's browser is sent to when they allow the client on the page at `address`.
    pub(crate) fn approve(&self, address: &Url, login: &str) -> Url {
        authorize::decide(self, address, Some(login))
    }

    /// The same when they do not.
    pub(crate) fn deny(&self, address: &Url) -> Url {
        authorize::decide(self, address, None)
    }

    /// Somebody enters the code that a device shows, and allows it.
    pub(crate) fn approve_device(&self, user_code: &str, login: &str) {
        assert!(
            self.devices.decide(user_code, Some(login.to_owned())),
            "a device waits"
        );
    }

    /// The same, and they do not.
    pub(crate) fn deny_device(&self, user_code: &str) {
        assert!(self.devices.decide(user_code, None), "a device waits");
    }

    /// Gives somebody an account.
    pub(crate) fn person(&self, login: &str, name: &str, email: &str) {
        self.people.add(login, name, email);
    }

    /// A valid access token of theirs, as after a sign-in.
    pub(crate) fn token(&self, login: &str) -> String {
        let scope = self.dialect.scope().to_owned();
        self.sign_ins.grant(login, &[scope]).access
    }

    /// A new empty bare repository "owner/name" with the default branch `main`. An owner may be a
    /// group in a group, `a/b`.
    pub(crate) fn repository(&self, name: &str) -> PathBuf {
        let (owner, _) = name.rsplit_once('/').expect("it is called owner/name");
        self.people.add_owner(owner);
        self.repositories.create(name, self.clock.now())
    }

    /// Adds a commit with these files, by the repository's owner. A branch that is not there yet
    /// begins where the default branch is.
    pub(crate) fn add(&self, repository: &str, branch: &str, files: &[(&str, &[u8])]) {
        let Some(Found::Here(found)) = self.repositories.find(repository) else {
            panic!("there is no {repository}");
        };
        let git = Git::open(&found.folder);
        let owner = self
            .people
            .find(&found.owner)
            .expect("owners have accounts");
        let put = |(path, bytes): &(&str, &[u8])| Change::Put((*path).to_owned(), bytes.to_vec());
        let start = git.tip(branch).or_else(|| git.tip(&git.default_branch()));
        if let Some(start) = start {
            git.create_branch(branch, start);
        }
        let draft = Draft {
            branch,
            parent: start,
            changes: &files.iter().map(put).collect::<Vec<_>>(),
            message: "Add files",
            author: (&owner, self.clock.now()),
            committer: (&owner.name, &owner.email),
        };
        git.make(&draft).expect("nobody else writes there");
    }

    /// Gives what stands at an id a tag: an object by the repository's owner, or a light one. The
    /// answer is what the tag names.
    pub(crate) fn tag(&self, repository: &str, name: &str, of: &str, is_object: bool) -> String {
        let Some(Found::Here(found)) = self.repositories.find(repository) else {
            panic!("there is no {repository}");
        };
        let git = Git::open(&found.folder);
        let owner = self.people.find(&found.owner);
        let owner = owner.expect("owners have accounts");
        let by = is_object.then(|| (&owner, self.clock.now()));
        git.make_tag(name, of.parse().expect("it is an id"), by);
        git.tag(name).expect("it has just been made").to_string()
    }

    pub(crate) fn grant(&self, login: &str, repository: &str, access: Access) {
        self.repositories.grant(login, repository, access);
    }

    /// Lets somebody into a repository by a group that it is shared with. GitLab does not say so of
    /// the repository.
    pub(crate) fn share(&self, login: &str, repository: &str, access: Access) {
        self.repositories.share(login, repository, access);
    }

    /// Lets changes of a branch be made through pull requests only.
    pub(crate) fn protect(&self, repository: &str, branch: &str) {
        self.repositories.protect(repository, branch);
    }

    /// Makes a repository read-only.
    pub(crate) fn archive(&self, repository: &str) {
        self.repositories.archive(repository);
    }

    /// Calls a repository otherwise, of another owner if need be.
    pub(crate) fn rename(&self, from: &str, to: &str) {
        let (owner, _) = to.rsplit_once('/').expect("it is called owner/name");
        self.people.add_owner(owner);
        self.repositories.rename(from, to);
    }

    /// Registers Wyvern as something else, which tokens from now on are like.
    pub(crate) fn register(&self, app: App) {
        self.sign_ins.register(app);
    }

    /// Makes a token worthless, as its owner can.
    pub(crate) fn revoke(&self, token: &str) {
        self.sign_ins.end(token);
    }

    /// The tokens that the client has revoked.
    pub(crate) fn revoked(&self) -> Vec<String> {
        self.sign_ins.revoked()
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.all()
    }

    /// The GraphQL documents that were sent, each once.
    pub(crate) fn documents(&self) -> Vec<String> {
        self.calls.documents()
    }

    pub(crate) fn forget_calls(&self) {
        self.calls.forget();
    }

    /// How many calls somebody has left until then.
    pub(crate) fn set_rate_limit(&self, login: &str, remaining: u32, reset: Timestamp) {
        self.rates.set(login, remaining, reset);
    }
}
