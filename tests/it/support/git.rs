//! The `git` program, which is asked what is really in a repository.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A bare repository.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    pub(crate) dir: PathBuf,
}

impl Repository {
    /// Creates it, without any commit.
    pub(crate) fn create(dir: &Path) -> Self {
        std::fs::create_dir_all(dir).unwrap();
        let repository = Self::at(dir);
        repository.git(&["init", "--quiet", "--bare", "--initial-branch=main", "."]);
        repository
    }

    pub(crate) fn at(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
        }
    }

    /// Runs git here and gives what it prints; a failure of git fails the test.
    #[track_caller]
    pub(crate) fn git(&self, args: &[&str]) -> String {
        self.git_fed(args, b"")
    }

    /// The same, fed with this input.
    #[track_caller]
    pub(crate) fn git_fed(&self, args: &[&str], input: &[u8]) -> String {
        let mut git = command(&self.dir, args).spawn().unwrap();
        git.stdin.take().unwrap().write_all(input).unwrap();
        let done = git.wait_with_output().unwrap();
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "git {args:?}: {errors}");
        String::from_utf8(done.stdout).unwrap()
    }

    /// Adds a commit to a branch, which begins here if it is new. Each file is its mode, path and
    /// content; a mode of 120000 makes a symbolic link, 160000 a submodule.
    pub(crate) fn seed(&self, branch: &str, files: &[(&str, &str, &str)]) {
        let committer = "Seed <seed@example.com> 1700000000 +0000";
        let mut stream =
            format!("commit refs/heads/{branch}\ncommitter {committer}\ndata 5\nSeed\n");
        if self.has(branch) {
            writeln!(stream, "from refs/heads/{branch}^0").unwrap();
        }
        for (mode, path, content) in files {
            let line = if *mode == "160000" {
                format!("M {mode} {content} {path}\n")
            } else {
                let length = content.len();
                format!("M {mode} inline {path}\ndata {length}\n{content}\n")
            };
            stream.push_str(&line);
        }
        self.git_fed(&["fast-import", "--quiet"], stream.as_bytes());
    }

    fn has(&self, branch: &str) -> bool {
        let reference = format!("refs/heads/{branch}");
        let mut git = command(&self.dir, &["rev-parse", "--verify", "--quiet", &reference]);
        git.status().unwrap().success()
    }

    /// The ids of the commits on a branch, newest first.
    pub(crate) fn commits(&self, branch: &str) -> Vec<String> {
        let listed = self.git(&["rev-list", branch]);
        listed.lines().map(str::to_owned).collect()
    }

    /// Who made the newest commit on `main`, and the first line of its message.
    pub(crate) fn last_commit(&self) -> String {
        let format = "--format=%an <%ae>, %cn <%ce>: %s";
        self.git(&["log", "-1", format, "main"]).trim().to_owned()
    }

    /// The lines that the newest commit on `main` took away and added.
    pub(crate) fn last_diff(&self) -> Vec<String> {
        let diff = self.git(&["show", "--format=", "--unified=0", "main"]);
        let is_change = |line: &&str| {
            (line.starts_with('+') && !line.starts_with("+++"))
                || (line.starts_with('-') && !line.starts_with("---"))
        };
        diff.lines().filter(is_change).map(str::to_owned).collect()
    }

    /// A file on `main`.
    pub(crate) fn file(&self, path: &str) -> String {
        self.git(&["show", &format!("main:{path}")])
    }

    /// Every ref, and every file on every branch: what a refused request must leave as it was.
    pub(crate) fn state(&self) -> String {
        self.git(&["for-each-ref", "--format=%(refname) %(objectname)"])
    }

    /// The paths of all files on `main`.
    pub(crate) fn files(&self) -> Vec<String> {
        let listed = self.git(&["ls-tree", "-r", "-z", "--name-only", "main"]);
        let names = listed.split('\0').filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    }
}

/// Git that reads no configuration but the repository's own.
fn command(dir: &Path, args: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.args(args)
        .current_dir(dir)
        .env_remove("GIT_DIR")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    git
}
