//! What is special to the local provider, checked with the `git` program.

mod full;
mod history;
mod hostile;
mod kill;
mod limits;
mod names;
mod places;
mod planted;
mod recovery;
mod shared;
mod speed;
mod work_trees;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use bytes::Bytes;
use tempfile::TempDir;
use wyvern::clock::SystemClock;
use wyvern::provider::local::{Local, LocalOptions, OpenError};
use wyvern::provider::{
    Action, BranchName, Change, CommitError, CommitId, CommitRequest, Committed, Credential,
    Expect, FilePath, Provider as _, ProviderError, RepositoryName, User, Version,
};

/// Git, shut off from the configuration of whoever runs the tests.
fn command(dir: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(dir)
        .env_clear()
        .env("PATH", env!("PATH"))
        .env("HOME", dir)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Git User")
        .env("GIT_AUTHOR_EMAIL", "git@example.org")
        .env("GIT_COMMITTER_NAME", "Git User")
        .env("GIT_COMMITTER_EMAIL", "git@example.org");
    git
}

/// What git prints; it must succeed.
fn git(dir: &Path, args: &[&str]) -> String {
    let done = command(dir).args(args).output().unwrap();
    assert!(done.status.success(), "git {args:?}: {done:?}");
    String::from_utf8(done.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

/// The repository is whole, to git's strictest standard.
fn assert_whole(dir: &Path) {
    let done = command(dir)
        .args(["fsck", "--full", "--strict", "--no-dangling"])
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    assert_eq!(String::from_utf8_lossy(&done.stdout), "");
}

/// A repository with a work tree, served in place as `local/project`.
struct Project {
    dir: TempDir,
    local: Local,
}

impl Project {
    /// With `m/a` ("a\n") and `m/b` ("b\n") committed on `main`.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let work_tree = dir.path().join("project");
        std::fs::create_dir_all(work_tree.join("m")).unwrap();
        git(&work_tree, &["init", "-q", "-b", "main"]);
        for name in ["a", "b"] {
            std::fs::write(work_tree.join("m").join(name), format!("{name}\n")).unwrap();
        }
        git(&work_tree, &["add", "."]);
        git(&work_tree, &["commit", "-q", "-m", "Begin"]);
        Self {
            local: open(&dir.path().join("data"), &[&work_tree]).unwrap(),
            dir,
        }
    }

    fn path(&self) -> std::path::PathBuf {
        self.dir.path().join("project")
    }

    fn git(&self, args: &[&str]) -> String {
        git(&self.path(), args)
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap()
    }

    fn write(&self, path: &str, content: &str) {
        std::fs::write(self.path().join(path), content).unwrap();
    }

    /// Opens the repository again, as a new process would.
    fn reopen(&mut self) {
        self.local = open(&self.dir.path().join("data"), &[&self.path()]).unwrap();
    }

    async fn save(&self, changes: Vec<Change>) -> Result<Committed, CommitError> {
        save(&self.local, "local/project", "main", changes).await
    }

    async fn put(&self, path: &str, content: &str) -> Result<Committed, CommitError> {
        self.save(vec![put(path, content, Expect::Any)]).await
    }
}

fn open(data: &Path, repositories: &[&Path]) -> Result<Local, OpenError> {
    Local::open(LocalOptions {
        data: data.to_owned(),
        repositories: repositories.iter().map(|path| (*path).to_owned()).collect(),
        clock: Arc::new(SystemClock),
    })
}

async fn save(
    local: &Local,
    repository: &str,
    branch: &str,
    changes: Vec<Change>,
) -> Result<Committed, CommitError> {
    let request = CommitRequest {
        branch: BranchName::parse(branch).unwrap(),
        changes,
        message: "Save".to_owned(),
    };
    local.commit(&ada(), &name(repository), request).await
}

async fn tip(local: &Local, repository: &str) -> CommitId {
    let main = BranchName::parse("main").unwrap();
    local
        .resolve(&ada(), &name(repository), &main)
        .await
        .unwrap()
}

/// The bytes of a file on `main`.
async fn read(local: &Local, repository: &str, path: &str) -> Option<Bytes> {
    let tip = tip(local, repository).await;
    let files = local
        .read_files(&ada(), &name(repository), &tip, &[at(path)])
        .await;
    Some(files.unwrap().pop().unwrap()?.bytes)
}

fn ada() -> Credential {
    Credential::Person(User {
        username: "ada".to_owned(),
        name: "Ada Lovelace".to_owned(),
        email: "ada@example.org".to_owned(),
    })
}

fn name(repository: &str) -> RepositoryName {
    RepositoryName::parse(repository).unwrap()
}

fn at(path: &str) -> FilePath {
    FilePath::parse(path).unwrap()
}

fn put(path: &str, content: &str, expect: Expect) -> Change {
    Change {
        path: at(path),
        action: Action::Put(Bytes::from(content.to_owned())),
        expect,
    }
}

fn delete(path: &str) -> Change {
    Change {
        path: at(path),
        action: Action::Delete,
        expect: Expect::Any,
    }
}

/// What a test that is its own child process is told.
#[expect(
    clippy::disallowed_methods,
    reason = "the test harness leaves a child no other way to be told what it is"
)]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
