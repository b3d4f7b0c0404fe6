//! Bare repositories full of models, and the `git` program to compare with.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};

use crate::sample;

/// The folder that the server keeps models in by default.
pub(crate) const MODELS: &str = "ThreatDragonModels";

/// No configuration but the repository's own, and the same author everywhere.
const PLAIN: [(&str, &str); 6] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_AUTHOR_NAME", "Bench"),
    ("GIT_AUTHOR_EMAIL", "bench@localhost"),
    ("GIT_COMMITTER_NAME", "Bench"),
    ("GIT_COMMITTER_EMAIL", "bench@localhost"),
];

/// A bare repository of one commit on `main`.
pub(crate) struct Repository {
    pub(crate) path: PathBuf,
}

impl Repository {
    /// Creates `<data>/repositories/bench/<name>.git` with these many models of `bytes` each,
    /// called `model-0`, `model-1` and so on.
    pub(crate) fn seed(
        data: &Path,
        name: &str,
        models: usize,
        bytes: usize,
    ) -> anyhow::Result<Self> {
        let path = data.join(format!("repositories/bench/{name}.git"));
        Self::seed_at(path, models, bytes, 0)
    }

    /// The same in this folder; the models differ from those of any other `seed` that is further
    /// away than their number.
    pub(crate) fn seed_at(
        path: PathBuf,
        models: usize,
        bytes: usize,
        seed: usize,
    ) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&path)?;
        let this = Self { path };
        this.git(&["init", "--quiet", "--bare", "--initial-branch=main"], b"")?;
        let mut stream =
            b"commit refs/heads/main\ncommitter Bench <bench@localhost> 1700000000 +0000\n\
            data 4\nSeed\n"
                .to_vec();
        for number in 0..models {
            let text = sample::model(bytes, seed + number)?;
            let path = format!("{MODELS}/model-{number}/model-{number}.json");
            writeln!(
                stream,
                "M 100644 inline {path}\ndata {}\n{text}",
                text.len()
            )?;
        }
        this.git(&["fast-import", "--quiet"], &stream)?;
        Ok(this)
    }

    /// Runs git in the repository, without the configuration of whoever runs this, and with every
    /// write synced to the disk. The answer is its standard output.
    pub(crate) fn git(&self, arguments: &[&str], input: &[u8]) -> anyhow::Result<Vec<u8>> {
        let mut child = Command::new("git")
            .args(["-c", "core.fsync=all"])
            .args(arguments)
            .current_dir(&self.path)
            .env("HOME", &self.path)
            .envs(PLAIN)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("git cannot be run")?;
        let mut into = child.stdin.take().context("its input is piped")?;
        into.write_all(input)?;
        drop(into);
        let output = child.wait_with_output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "git {} failed: {said}",
            arguments.join(" ")
        );
        Ok(output.stdout)
    }

    /// As [`git`](Self::git); the answer is a line of text.
    pub(crate) fn git_line(&self, arguments: &[&str], input: &[u8]) -> anyhow::Result<String> {
        Ok(String::from_utf8(self.git(arguments, input)?)?
            .trim_end()
            .to_owned())
    }

    /// Bytes of all files in the repository.
    pub(crate) fn size(&self) -> anyhow::Result<u64> {
        size_of(&self.path)
    }
}

fn size_of(folder: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let found = entry.metadata()?;
        sum += if found.is_dir() {
            size_of(&entry.path())?
        } else {
            found.len()
        };
    }
    Ok(sum)
}
