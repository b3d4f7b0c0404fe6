//! `kill -9` at any moment of a save leaves nothing corrupt, nobody blocked, and nothing lost.
//!
//! A child process (this very test, told so by its environment) saves without pause and says so
//! after each save; the test kills it at a random moment, again and again. `WYVERN_TEST_KILLS` sets
//! how often.

use std::io::{BufRead as _, BufReader, Write as _, stderr, stdout};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use super::*;

const KILLS: u32 = 50;
/// The longest that a save may take after a kill.
const AT_ONCE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn in_a_bare_repository() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let local = open(&data, &[]).unwrap();
    local.create_repository(&name("demo/models")).unwrap();
    let scene = Scene {
        test: "local::kill::in_a_bare_repository",
        repository: "demo/models",
        git_dir: data.join("repositories/demo/models.git"),
        work_tree: None,
        data,
        local,
    };
    scene.play().await;
}

#[tokio::test]
async fn in_a_work_tree() {
    let project = Project::new();
    let scene = Scene {
        test: "local::kill::in_a_work_tree",
        repository: "local/project",
        git_dir: project.path().join(".git"),
        work_tree: Some(project.path()),
        data: project.dir.path().join("data"),
        local: project.local.clone(),
    };
    scene.play().await;
}

struct Scene {
    test: &'static str,
    repository: &'static str,
    git_dir: PathBuf,
    work_tree: Option<PathBuf>,
    data: PathBuf,
    local: Local,
}

impl Scene {
    async fn play(&self) {
        if let Some(data) = setting("WYVERN_TEST_DATA") {
            self.save_forever(Path::new(&data)).await;
        }
        let first = vec![put("log", "", Expect::Absent)];
        save(&self.local, self.repository, "main", first)
            .await
            .unwrap();
        let kills = setting("WYVERN_TEST_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
        let (mut acknowledged, mut unacknowledged) = (Vec::new(), 0);
        for round in 0..kills {
            let said = self.kill_one(round);
            acknowledged.extend(said);
            let begun = Instant::now();
            append(&self.local, self.repository, &format!("after-{round}")).await;
            assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());
            unacknowledged += self.check(&mut acknowledged, round).await;
            if round % 25 == 24 {
                assert_whole(&self.git_dir);
            }
        }
        assert_whole(&self.git_dir);
        let heard = acknowledged.len() - unacknowledged;
        let told = "kills; saves there that were acknowledged, and that were not:";
        let summary = format!("{kills} {told} {heard}, {unacknowledged}\n");
        stderr().write_all(summary.as_bytes()).unwrap();
    }

    /// The child's part. The parent's folder is put in the place of its own.
    async fn save_forever(&self, data: &Path) -> ! {
        let project = data.parent().unwrap().join("project");
        let served: Vec<_> = self.work_tree.iter().map(|_| project.as_path()).collect();
        let local = open(data, &served).unwrap();
        let round = setting("WYVERN_TEST_ROUND").unwrap();
        for n in 0_u64.. {
            let line = format!("{round}-{n}");
            append(&local, self.repository, &line).await;
            // Past the harness, which would keep it until the test is over.
            let told = format!("\nsaved {line}\n");
            stdout().write_all(told.as_bytes()).unwrap();
        }
        unreachable!("the numbers do not end")
    }

    /// Starts a child, and kills it at some moment of its work. The answer is what it said.
    fn kill_one(&self, round: u32) -> Vec<String> {
        let mut child = self.start(round);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        // Up to four saves, and then a part of one: a few milliseconds, spread by a generator.
        let chance = u64::from(round).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        let wanted = usize::try_from(chance % 4).unwrap() + 1;
        while said.len() < wanted {
            said.extend(saved(&lines.next().expect("the child saves").unwrap()));
        }
        std::thread::sleep(Duration::from_micros(chance % 9973));
        child.kill().unwrap();
        child.wait().unwrap();
        said.extend(rest(lines));
        said
    }

    fn start(&self, round: u32) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", self.test, "--nocapture", "--test-threads=1"])
            .env("WYVERN_TEST_DATA", &self.data)
            .env("WYVERN_TEST_ROUND", round.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Everything acknowledged is there, once and in order; what was not is whole or absent. The
    /// answer is how many saves of this round are there without having been acknowledged.
    async fn check(&self, acknowledged: &mut Vec<String>, round: u32) -> usize {
        let log = read(&self.local, self.repository, "log").await.unwrap();
        let log = String::from_utf8(log.to_vec()).unwrap();
        let lines: Vec<_> = log.lines().map(str::to_owned).collect();
        let after = format!("after-{round}");
        assert_eq!(lines.last(), Some(&after));
        let unheard = lines.len() - 1 - acknowledged.len();
        assert!(unheard <= 1, "{unheard} saves that were not acknowledged");
        acknowledged.extend(lines[lines.len() - 1 - unheard..].iter().cloned());
        assert_eq!(lines, *acknowledged);
        // The last save of the child is whole: its other file is of the same commit.
        let last = &lines[lines.len() - 2];
        let copy = git(&self.git_dir, &["show", "main~1:copy"]);
        assert_eq!(copy, *last);
        let count = git(&self.git_dir, &["rev-list", "--count", "main", "--", "log"]);
        assert_eq!(count, (lines.len() + 1).to_string(), "a commit for each");
        if let Some(work_tree) = &self.work_tree {
            assert_eq!(git(work_tree, &["status", "--porcelain"]), "");
            let there = std::fs::read_to_string(work_tree.join("log"));
            assert_eq!(there.unwrap(), log);
        }
        unheard
    }
}

/// Adds a line to the log, and leaves a copy of it in a second file of the same commit.
async fn append(local: &Local, repository: &str, line: &str) {
    let log = read(local, repository, "log").await.unwrap();
    let copy = match read(local, repository, "copy").await {
        Some(_) => Expect::Any,
        None => Expect::Absent,
    };
    let text = format!("{}{line}\n", str::from_utf8(&log).unwrap());
    let changes = vec![
        put("log", &text, Expect::Version(Version::of(&log))),
        put("copy", line, copy),
    ];
    save(local, repository, "main", changes).await.unwrap();
}

fn rest(lines: std::io::Lines<BufReader<ChildStdout>>) -> Vec<String> {
    lines.filter_map(|line| saved(&line.ok()?)).collect()
}

fn saved(line: &str) -> Option<String> {
    line.strip_prefix("saved ").map(str::to_owned)
}
