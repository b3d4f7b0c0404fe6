//! From the start of the program to its first answers.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use tokio::runtime::Runtime;

use super::client::{Connection, request};
use super::server::Server;
use super::{data_path, sign_in};
use crate::measure::{Table, median, percentile, shown, time};
use crate::repository::{MODELS, Repository};

const STARTS: usize = 9;

/// Starts the server again and again, and reads each of these repositories' models first thing.
pub(super) fn run(
    runtime: &Runtime,
    data: &Path,
    models: &[(&str, &Repository)],
) -> anyhow::Result<()> {
    let (fresh, nothing) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let (first, answered) = time(|| first_answer(runtime, fresh.path()));
    answered?;
    // Creates the demo repository here too, which all further starts find.
    first_answer(runtime, data)?;
    let mut starts = Starts::default();
    let mut reads = vec![(Vec::new(), Vec::new()); models.len()];
    for _ in 0..STARTS {
        let server = starts.once(runtime, data, nothing.path())?;
        let session = runtime.block_on(sign_in(server.address))?;
        for ((_, repository), (ours, peer)) in models.iter().zip(&mut reads) {
            ours.push(runtime.block_on(first_read(&server, &session, repository))?);
            let spec = format!("main:{MODELS}/model-0/model-0.json");
            let (taken, shown) = time(|| repository.git(&["cat-file", "blob", &spec], b""));
            shown?;
            peer.push(taken);
        }
    }
    let mut table = Table::new(&["start", "wyvern", "peer", "the peer"]);
    table.row([
        "first start ever to first answer".into(),
        shown(first),
        String::new(),
        String::new(),
    ]);
    starts.show(&mut table);
    for ((name, _), (ours, peer)) in models.iter().zip(&mut reads) {
        let [ours, peer] = [ours, peer].map(|times| shown(percentile(times, 0.5)));
        table.row([
            format!("first read of a {name} model"),
            ours,
            peer,
            "git cat-file".into(),
        ]);
    }
    table.print("Start, with the demo repository there (medians of 9)");
    Ok(())
}

/// What the starts have shown, in both servers.
#[derive(Default)]
struct Starts {
    times: Vec<Duration>,
    resident: Vec<f64>,
    peer_times: Vec<Duration>,
    peer_resident: Vec<f64>,
}

impl Starts {
    fn once(&mut self, runtime: &Runtime, data: &Path, nothing: &Path) -> anyhow::Result<Server> {
        let (taken, peer) = time(|| answering(runtime, Server::peer(nothing)?, "/", 404));
        self.peer_times.push(taken);
        self.peer_resident.push(megabytes(peer?.resident()?));
        let (taken, server) = time(|| first_answer(runtime, data));
        let server = server?;
        self.times.push(taken);
        self.resident.push(megabytes(server.resident()?));
        Ok(server)
    }

    fn show(mut self, table: &mut Table) {
        let [ours, peer] =
            [&mut self.times, &mut self.peer_times].map(|times| shown(percentile(times, 0.5)));
        table.row([
            "start to first answer".into(),
            ours,
            peer,
            "bare axum".into(),
        ]);
        let [ours, peer] = [&mut self.resident, &mut self.peer_resident]
            .map(|sizes| format!("{:.1} MB", median(sizes)));
        table.row([
            "resident then, threads as by default".into(),
            ours,
            peer,
            "bare axum, one thread".into(),
        ]);
    }
}

fn first_answer(runtime: &Runtime, data: &Path) -> anyhow::Result<Server> {
    answering(runtime, Server::wyvern(data, 0)?, "/readyz", 200)
}

/// The server, once it has given this answer.
fn answering(runtime: &Runtime, server: Server, path: &str, wanted: u16) -> anyhow::Result<Server> {
    let answered = runtime.block_on(async {
        let mut connection = Connection::open(server.address).await?;
        let answer = connection.exchange(&request("GET", path, &[], "")).await?;
        anyhow::Ok(answer.status)
    });
    ensure!(answered? == wanted, "the server is ready");
    Ok(server)
}

async fn first_read(
    server: &Server,
    session: &str,
    repository: &Repository,
) -> anyhow::Result<Duration> {
    let name = repository
        .path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let mut connection = Connection::open(server.address).await?;
    let asked = request("GET", &data_path(&name), &[("authorization", session)], "");
    let begin = Instant::now();
    let status = connection.exchange(&asked).await?.status;
    ensure!(status == 200, "the model is read");
    Ok(begin.elapsed())
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
