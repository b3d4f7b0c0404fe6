//! The local provider beside the `git` program: saving, listing and opening as the number of
//! models grows.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use bytes::Bytes;
use tokio::runtime::Runtime;
use wyvern::clock::SystemClock;
use wyvern::provider::local::{Local, LocalOptions};
use wyvern::provider::{
    Action, BranchName, Change, CommitRequest, Credential, Expect, FilePath, Provider as _,
    RepositoryName, User,
};

use crate::measure::{Table, median, percentile, shown, time};
use crate::repository::{MODELS, Repository};
use crate::sample;

const FOLDERS: [usize; 3] = [10, 1_000, 10_000];
const MODEL_BYTES: usize = 6_000;
/// Saves of each kind, in turn; the median is shown.
const SAVES: usize = 21;
const READS: usize = 7;

pub(crate) fn run() -> anyhow::Result<()> {
    let mut saves = Table::new(&[
        "save a 6 KB model among",
        "wyvern",
        "bytes",
        "git plumbing",
        "bytes",
        "time ratio",
        "bytes ratio",
    ]);
    let mut reads = Table::new(&[
        "list and open one among",
        "wyvern cold",
        "warm",
        "git",
        "cold ratio",
        "warm ratio",
    ]);
    for models in FOLDERS {
        let data = tempfile::tempdir()?;
        let repository = Repository::seed(data.path(), "models", models, MODEL_BYTES)?;
        let bench = Bench::open(data.path())?;
        reads.row(compare_reads(&repository, data.path(), models)?);
        saves.row(bench.compare_saves(&repository, models)?);
        repository.git(&["fsck", "--strict"], b"")?;
    }
    reads.print("Local provider, reading (medians; cold: a provider just opened; git: ls-tree and cat-file)");
    saves.print("Local provider, saving (medians, everything synced; git: hash-object, update-index, write-tree, commit-tree, update-ref)");
    Ok(())
}

struct Bench {
    runtime: Runtime,
    local: Local,
    who: Credential,
    name: RepositoryName,
    branch: BranchName,
}

impl Bench {
    fn open(data: &std::path::Path) -> anyhow::Result<Self> {
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            local: Local::open(LocalOptions {
                data: data.to_owned(),
                repositories: Vec::new(),
                clock: Arc::new(SystemClock),
            })?,
            who: Credential::Person(User {
                username: "bench".into(),
                name: "Bench".into(),
                email: "bench@localhost".into(),
            }),
            name: RepositoryName::parse("bench/models")?,
            branch: BranchName::parse("main")?,
        })
    }

    fn save(&self, text: String) -> anyhow::Result<()> {
        let change = Change {
            path: path(0)?,
            action: Action::Put(Bytes::from(text)),
            expect: Expect::Any,
        };
        let request = CommitRequest {
            branch: self.branch.clone(),
            changes: vec![change],
            message: "Update threat model model-0".into(),
        };
        self.runtime
            .block_on(self.local.commit(&self.who, &self.name, request))?;
        Ok(())
    }

    fn list_and_open(&self) -> anyhow::Result<usize> {
        let Self {
            local,
            who,
            name,
            branch,
            ..
        } = self;
        self.runtime.block_on(async {
            let commit = local.resolve(who, name, branch).await?;
            let listed = local
                .read_dir(who, name, &commit, &FilePath::parse(MODELS)?)
                .await?;
            let files = local.read_files(who, name, &commit, &[path(0)?]).await?;
            files
                .into_iter()
                .next()
                .flatten()
                .context("the model is there")?;
            Ok(listed.len())
        })
    }

    fn compare_saves(&self, repository: &Repository, models: usize) -> anyhow::Result<[String; 7]> {
        repository.git(&["read-tree", "refs/heads/main"], b"")?;
        let (mut ours, mut peer) = (Side::default(), Side::default());
        for round in 0..SAVES {
            let text = |kind: usize| sample::model(MODEL_BYTES, 2 * round + kind + 1_000_000);
            let (before, theirs, mine) = (repository.size()?, text(0)?, text(1)?);
            let (taken, done) = time(|| git_save(repository, &theirs));
            done?;
            let between = repository.size()?;
            peer.add(taken, between - before);
            let (taken, done) = time(|| self.save(mine));
            done?;
            ours.add(taken, repository.size()?.saturating_sub(between));
        }
        let (ours, our_bytes) = ours.median();
        let (peer, peer_bytes) = peer.median();
        let [time_ratio, bytes_ratio] = [
            ours.as_secs_f64() / peer.as_secs_f64(),
            our_bytes / peer_bytes,
        ]
        .map(|ratio| format!("{ratio:.2}"));
        let [our_bytes, peer_bytes] = [our_bytes, peer_bytes].map(|bytes| format!("{bytes:.0}"));
        Ok([
            models.to_string(),
            shown(ours),
            our_bytes,
            shown(peer),
            peer_bytes,
            time_ratio,
            bytes_ratio,
        ])
    }
}

fn compare_reads(
    repository: &Repository,
    data: &std::path::Path,
    models: usize,
) -> anyhow::Result<[String; 6]> {
    let (mut cold, mut warm, mut peer) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..READS {
        let fresh = Bench::open(data)?;
        let (taken, listed) = time(|| fresh.list_and_open());
        anyhow::ensure!(listed? == models, "every model is listed");
        cold.push(taken);
        let (taken, listed) = time(|| fresh.list_and_open());
        listed?;
        warm.push(taken);
        let (taken, done) = time(|| git_list_and_open(repository));
        done?;
        peer.push(taken);
    }
    let [cold, warm, peer] = [&mut cold, &mut warm, &mut peer].map(|times| percentile(times, 0.5));
    let ratio = |ours: Duration| format!("{:.3}", ours.as_secs_f64() / peer.as_secs_f64());
    Ok([
        models.to_string(),
        shown(cold),
        shown(warm),
        shown(peer),
        ratio(cold),
        ratio(warm),
    ])
}

/// What the saves of one side took.
#[derive(Default)]
struct Side {
    times: Vec<Duration>,
    bytes: Vec<f64>,
}

impl Side {
    #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
    fn add(&mut self, time: Duration, bytes: u64) {
        self.times.push(time);
        self.bytes.push(bytes as f64);
    }

    fn median(&mut self) -> (Duration, f64) {
        (percentile(&mut self.times, 0.5), median(&mut self.bytes))
    }
}

fn path(model: usize) -> anyhow::Result<FilePath> {
    Ok(FilePath::parse(&format!(
        "{MODELS}/model-{model}/model-{model}.json"
    ))?)
}

fn git_save(repository: &Repository, text: &str) -> anyhow::Result<()> {
    let blob = repository.git_line(&["hash-object", "-w", "--stdin"], text.as_bytes())?;
    let entry = format!("100644,{blob},{}", path(0)?.as_str());
    repository.git(&["update-index", "--cacheinfo", &entry], b"")?;
    let tree = repository.git_line(&["write-tree"], b"")?;
    let parent = repository.git_line(&["rev-parse", "refs/heads/main"], b"")?;
    let commit = repository.git_line(
        &["commit-tree", &tree, "-p", &parent],
        b"Update threat model model-0",
    )?;
    repository.git(&["update-ref", "refs/heads/main", &commit, &parent], b"")?;
    Ok(())
}

fn git_list_and_open(repository: &Repository) -> anyhow::Result<()> {
    repository.git(&["ls-tree", &format!("refs/heads/main:{MODELS}")], b"")?;
    repository.git(
        &[
            "cat-file",
            "blob",
            &format!("refs/heads/main:{}", path(0)?.as_str()),
        ],
        b"",
    )?;
    Ok(())
}
