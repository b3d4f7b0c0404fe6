//! A server under test: the production router over repositories in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use wyvern::app::App;
use wyvern::clock::Clock;
use wyvern::config::{self, Overrides, Sources};

use super::{Browser, Person, Repository, Server};

/// The secret of every test server that is given no other.
pub(crate) const KEY: &str = "a-key-of-the-tests-0123456789-abcdefghij";

/// What a test server is configured with, unless a test says otherwise.
const SETTINGS: &[&str] = &[
    "auth.keys = ['a-key-of-the-tests-0123456789-abcdefghij']",
    "local.demo = false",
    "local.owner_name = 'Ada Lovelace'",
    "local.owner_email = 'ada@example.com'",
];

/// A running server. When it goes, its repositories must be whole.
pub(crate) struct TestApp {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<SetClock>,
    server: Server,
    folder: TempDir,
}

impl TestApp {
    /// A server with one owner, Ada, and no repository.
    pub(crate) async fn start() -> Self {
        Self::with(&[]).await
    }

    /// The same with these settings, each a line `section.key = value` of TOML.
    pub(crate) async fn with(settings: &[&str]) -> Self {
        Self::at(SetClock::new(), settings).await
    }

    /// The same by this clock.
    pub(crate) async fn at(clock: Arc<SetClock>, settings: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("wyvern.toml");
        let key = |line: &str| line.split_once('=').unwrap().0.trim().to_owned();
        let given: Vec<_> = settings.iter().map(|line| key(line)).collect();
        let others = SETTINGS.iter().filter(|line| !given.contains(&key(line)));
        let lines: Vec<_> = others.chain(settings).copied().collect();
        fs::write(&file, lines.join("\n")).unwrap();
        let overrides = Overrides {
            data: Some(folder.path().join("data")),
            ..Overrides::default()
        };
        let sources = Sources {
            file: Some(file),
            overrides,
            ..Sources::default()
        };
        let settings = config::load(&sources).unwrap().settings;
        let app = App::start(settings, Arc::clone(&clock) as Arc<dyn Clock>).await;
        let app = Arc::new(app.unwrap());
        let server = Server::new(Arc::clone(&app), folder.path());
        Self {
            app,
            clock,
            server,
            folder,
        }
    }

    /// A browser without cookies.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.server.clone())
    }

    /// The same browser, where it reaches this server in place of another one.
    pub(crate) fn tab_of(&self, browser: &Browser) -> Browser {
        browser.at(self.server.clone())
    }

    /// Somebody who is not signed in.
    pub(crate) fn nobody(&self) -> Person {
        Person::nobody(self.server.clone())
    }

    /// The owner, signed in anew.
    pub(crate) async fn owner(&self) -> Person {
        self.nobody().signed_in().await
    }

    /// A new bare repository with one empty commit on `main`.
    pub(crate) fn repository(&self, name: &str) -> Repository {
        let repository = self.empty_repository(name);
        repository.seed("main", &[]);
        repository
    }

    /// A new bare repository without any commit.
    pub(crate) fn empty_repository(&self, name: &str) -> Repository {
        Repository::create(&self.repositories().join(format!("{name}.git")))
    }

    /// A folder that goes with the server, outside of its data.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Every file and folder there is, but for what is inside the repositories.
    pub(crate) fn outside_of_git(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(self.folder.path(), &mut |path| {
            found.push(path.to_owned());
            !is_repository(path)
        });
        found.sort();
        found
    }

    fn repositories(&self) -> PathBuf {
        self.folder.path().join("data").join("repositories")
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        walk(&self.repositories(), &mut |path| {
            if is_repository(path) {
                Repository::at(path).git(&["fsck", "--strict", "--no-dangling"]);
            }
            !is_repository(path)
        });
    }
}

fn is_repository(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "git")
}

/// Shows every path under `folder` to `enter`, which says whether to go into it.
fn walk(folder: &Path, enter: &mut impl FnMut(&Path) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if enter(&path) && path.is_dir() {
            walk(&path, enter);
        }
    }
}

/// A clock that stands until it is moved.
#[derive(Debug)]
pub(crate) struct SetClock(pub(crate) Mutex<Timestamp>);

impl SetClock {
    /// One that stands at noon of the first day of 2026.
    pub(crate) fn new() -> Arc<Self> {
        let noon = "2026-01-01T12:00:00Z".parse().unwrap();
        Arc::new(Self(Mutex::new(noon)))
    }

    pub(crate) fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}
