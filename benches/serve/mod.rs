//! The release server under load, beside a bare axum server that answers the same bytes.

pub(crate) mod client;
pub(crate) mod peer;
mod saves;
pub(crate) mod server;
mod starts;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::measure::{Table, median, percentile, shown};
use crate::repository::Repository;
use client::{Connection, header, load, request};
use server::Server;

const SMALL: usize = 6_000;
const LARGE: usize = 1_000_000;
const CONNECTIONS: usize = 16;
/// Rounds of each measurement, ours and the peer's in turn; the medians are shown.
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(600);
/// Connections that are opened and left idle, to weigh them.
const IDLE: usize = 400;

pub(crate) fn run() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let data = data.path();
    let small = Repository::seed(data, "hundred", 100, SMALL)?;
    Repository::seed(data, "thousands", 10_000, SMALL)?;
    let large = Repository::seed(data, "large", 1, LARGE)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    starts::run(&runtime, data, &[("6 KB", &small), ("1 MB", &large)])?;
    under_load(&runtime, data)?;
    saves::run(&runtime, data, &small)
}

/// A request, and where the peer answers the same bytes.
struct Row {
    name: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    wanted: u16,
    peer: &'static str,
}

fn rows(version: &str) -> Vec<Row> {
    let gzip = || vec![("accept-encoding", "gzip".to_owned())];
    let row = |name, path: &str, headers, peer| Row {
        name,
        path: path.to_owned(),
        headers,
        wanted: 200,
        peer,
    };
    let [small, large] = ["hundred", "large"].map(data_path);
    vec![
        row("GET /healthz", "/healthz", vec![], "/health"),
        row(
            "list 100 models",
            &list_path("hundred"),
            vec![],
            "/list-100",
        ),
        row(
            "list 10,000 models",
            &list_path("thousands"),
            vec![],
            "/list-10000",
        ),
        row("read a 6 KB model", &small, vec![], "/small"),
        Row {
            wanted: 304,
            ..row(
                "the same, unchanged (304)",
                &small,
                vec![("if-none-match", version.to_owned())],
                "/small",
            )
        },
        row("the same, gzip", &small, gzip(), "/compressed/small"),
        row("read a 1 MB model", &large, vec![], "/large"),
        row("the same, gzip", &large, gzip(), "/compressed/large"),
    ]
}

fn data_path(repository: &str) -> String {
    format!("/api/threatmodel/bench/{repository}/main/model-0/data")
}

fn list_path(repository: &str) -> String {
    format!("/api/threatmodel/bench/{repository}/main/models")
}

fn under_load(runtime: &Runtime, data: &Path) -> anyhow::Result<()> {
    let wyvern = Server::wyvern(data, 1)?;
    let session = runtime.block_on(sign_in(wyvern.address))?;
    let files = tempfile::tempdir()?;
    let version = runtime.block_on(copy_answers(wyvern.address, &session, files.path()))?;
    let peer = Server::peer(files.path())?;
    let mut table = Table::new(&[
        "under load, 16 connections",
        "wyvern/s",
        "p50",
        "p99",
        "CPU each",
        "axum/s",
        "p50",
        "CPU each",
        "rate ratio",
        "CPU ratio",
    ]);
    for row in rows(&version) {
        table.row(compare(runtime, &wyvern, &peer, &session, &row)?);
    }
    table.print("One server core, one client core (medians of 5 rounds; peer: bare axum with the same bytes in memory)");
    weigh_idle(runtime, &wyvern, &peer)
}

fn compare(
    runtime: &Runtime,
    wyvern: &Server,
    peer: &Server,
    session: &str,
    row: &Row,
) -> anyhow::Result<[String; 10]> {
    let mut headers: Vec<_> = row
        .headers
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let theirs: Arc<[u8]> = request("GET", row.peer, &headers, "").into();
    headers.push(("authorization", session));
    let ours: Arc<[u8]> = request("GET", &row.path, &headers, "").into();
    let (mut a, mut b) = (Side::default(), Side::default());
    for _ in 0..ROUNDS {
        a.round(runtime, wyvern, &ours, row.wanted)?;
        b.round(runtime, peer, &theirs, row.wanted)?;
    }
    let (ours, peer) = (a.figures(), b.figures());
    Ok([
        row.name.to_owned(),
        format!("{:.0}", ours.rate),
        shown(ours.p50),
        shown(ours.p99),
        shown(ours.cpu),
        format!("{:.0}", peer.rate),
        shown(peer.p50),
        shown(peer.cpu),
        format!("{:.2}", ours.rate / peer.rate),
        format!("{:.2}", ours.cpu.as_secs_f64() / peer.cpu.as_secs_f64()),
    ])
}

/// What the rounds of one server have shown.
#[derive(Default)]
struct Side {
    rates: Vec<f64>,
    times: Vec<Duration>,
    cpu: Duration,
}

struct Figures {
    rate: f64,
    p50: Duration,
    p99: Duration,
    cpu: Duration,
}

impl Side {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn round(
        &mut self,
        runtime: &Runtime,
        server: &Server,
        request: &Arc<[u8]>,
        wanted: u16,
    ) -> anyhow::Result<()> {
        let before = server.cpu()?;
        let mut run = runtime.block_on(load(
            server.address,
            request.clone(),
            wanted,
            CONNECTIONS,
            ROUND,
        ))?;
        self.cpu += server.cpu()?.saturating_sub(before);
        self.rates
            .push(run.times.len() as f64 / run.took.as_secs_f64());
        self.times.append(&mut run.times);
        Ok(())
    }

    fn figures(mut self) -> Figures {
        let count = u32::try_from(self.times.len()).unwrap_or(u32::MAX).max(1);
        Figures {
            rate: median(&mut self.rates),
            p50: percentile(&mut self.times, 0.5),
            p99: percentile(&mut self.times, 0.99),
            cpu: self.cpu / count,
        }
    }
}

/// What an open connection that sends nothing takes, after one request.
#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn weigh_idle(runtime: &Runtime, wyvern: &Server, peer: &Server) -> anyhow::Result<()> {
    let mut table = Table::new(&["memory", "wyvern", "axum", "ratio"]);
    let after_load = [wyvern.resident()?, peer.resident()?];
    let open = async |server: &Server, path: &str| -> anyhow::Result<u64> {
        let before = server.resident()?;
        let mut held = Vec::new();
        for _ in 0..IDLE {
            let mut connection = Connection::open(server.address).await?;
            connection.exchange(&request("GET", path, &[], "")).await?;
            held.push(connection);
        }
        Ok(server.resident()?.saturating_sub(before) / IDLE as u64)
    };
    let each = [
        runtime.block_on(open(wyvern, "/livez"))?,
        runtime.block_on(open(peer, "/health"))?,
    ];
    for (name, [ours, peer], unit, by) in [
        ("resident after the load", after_load, "MB", 1e6),
        ("each of 400 idle connections", each, "KB", 1e3),
    ] {
        let shown = |bytes: u64| format!("{:.1} {unit}", bytes as f64 / by);
        let ratio = format!("{:.2}", ours as f64 / peer as f64);
        table.row([name.to_owned(), shown(ours), shown(peer), ratio]);
    }
    table.print("Memory of the same two servers");
    Ok(())
}

/// Writes the bodies that Wyvern answers where the peer finds them. The answer is the small model's
/// `ETag`.
async fn copy_answers(address: SocketAddr, session: &str, folder: &Path) -> anyhow::Result<String> {
    let mut connection = Connection::open(address).await?;
    let mut version = String::new();
    for (name, path) in [
        ("health", "/healthz".to_owned()),
        ("list-100", list_path("hundred")),
        ("list-10000", list_path("thousands")),
        ("large", data_path("large")),
        ("small", data_path("hundred")),
    ] {
        let answer = connection
            .exchange(&request("GET", &path, &[("authorization", session)], ""))
            .await?;
        ensure!(answer.status == 200, "{path} answers {}", answer.status);
        version = header(answer.head, "etag").unwrap_or_default().to_owned();
        std::fs::write(folder.join(name), answer.body)?;
    }
    Ok(version)
}

/// Signs the owner in; the answer is the value of `Authorization`.
async fn sign_in(address: SocketAddr) -> anyhow::Result<String> {
    let mut connection = Connection::open(address).await?;
    let answer = connection
        .exchange(&request("GET", "/api/login/local", &[], ""))
        .await?;
    let link: Value = serde_json::from_slice(answer.body)?;
    let link = link
        .pointer("/data")
        .and_then(Value::as_str)
        .context("a link")?;
    let (_, code) = link.split_once("code=").context("a code")?;
    let path = format!("/api/oauth/local?code={code}");
    let answer = connection.exchange(&request("GET", &path, &[], "")).await?;
    let tokens: Value = serde_json::from_slice(answer.body)?;
    let token = tokens.pointer("/data/accessToken").and_then(Value::as_str);
    Ok(format!("Bearer {}", token.context("a token")?))
}
