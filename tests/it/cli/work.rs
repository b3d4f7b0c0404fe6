//! A git repository with a work tree, in a folder that is removed at the end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::program::Ended;

/// The repository, on branch `main`.
pub(super) struct Work {
    folder: TempDir,
}

impl Work {
    /// Creates it, without any commit.
    pub(super) fn create() -> Self {
        let work = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        work.git(&["init", "--quiet", "--initial-branch=main", "."]);
        work
    }

    /// A clone of another one, with its branch `main`.
    pub(super) fn clone_of(origin: &Self) -> Self {
        let work = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        work.git(&["clone", "--quiet", origin.path().to_str().unwrap(), "."]);
        work
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, with the folders that it is in.
    pub(super) fn write(&self, path: &str, content: &str) -> PathBuf {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Commits all that there is.
    #[track_caller]
    pub(super) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "-m", message]);
    }

    /// Runs git, which has to succeed, and gives what it prints.
    #[track_caller]
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        let ended = self.try_git(arguments);
        assert_eq!(ended.code, Some(0), "git {arguments:?}: {}", ended.words);
        ended.data
    }

    /// Commits at this time.
    #[track_caller]
    pub(super) fn git_at(&self, arguments: &[&str], time: &str) {
        let mut git = Command::new("git");
        git.args(arguments);
        self.prepare(&mut git).env("GIT_COMMITTER_DATE", time);
        assert!(git.status().unwrap().success());
    }

    /// Runs git, which may fail.
    pub(super) fn try_git(&self, arguments: &[&str]) -> Ended {
        let mut git = Command::new("git");
        git.args(arguments);
        self.prepare(&mut git).output().unwrap().into()
    }

    /// Runs a script as pipelines do, which stop at the first command that fails.
    pub(super) fn shell(&self, script: &str, variables: &[(&str, &str)]) -> Ended {
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", script]);
        let shell = self.prepare(&mut shell).envs(variables.iter().copied());
        shell.output().unwrap().into()
    }

    /// Gives a command this folder, the program on its path, and an environment in which git reads
    /// no other configuration.
    #[expect(
        clippy::disallowed_methods,
        reason = "git is looked for where whoever runs the tests has it"
    )]
    pub(super) fn prepare<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let program = Path::new(env!("CARGO_BIN_EXE_wyvern")).parent().unwrap();
        let mut path = program.as_os_str().to_owned();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        command
            .current_dir(self.path())
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "A")
            .env("GIT_AUTHOR_EMAIL", "a@example.com")
            .env("GIT_COMMITTER_NAME", "A")
            .env("GIT_COMMITTER_EMAIL", "a@example.com")
            .stdin(Stdio::null())
    }
}
