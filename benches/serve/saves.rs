//! Saving over HTTP, beside the disk's own limit: the same number of synced writes with nothing
//! around them.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use futures_util::future::try_join_all;
use tokio::runtime::Runtime;

use super::client::{Connection, header, request};
use super::server::Server;
use super::{SMALL, sign_in};
use crate::measure::{Table, percentile, shown, time};
use crate::repository::Repository;
use crate::sample;

/// Saves of each editor.
const SAVES: usize = 60;
const EDITORS: usize = 8;
/// The objects of one save: a blob, the trees of the model, of the models folder and of the root,
/// and the commit.
const OBJECTS: usize = 5;

pub(super) fn run(runtime: &Runtime, data: &Path, repository: &Repository) -> anyhow::Result<()> {
    let server = Server::wyvern(data, 1)?;
    let session = runtime.block_on(sign_in(server.address))?;
    let mut table = Table::new(&[
        "save a 6 KB model among 100",
        "saves/s",
        "p50",
        "p99",
        "CPU each",
        "bare syncs p50",
        "ratio",
    ]);
    for (name, editors) in [("one editor", 1), ("8 editors, a model each", EDITORS)] {
        let mut floor = bare(data)?;
        let before = server.cpu()?;
        let begin = Instant::now();
        let all = (0..editors).map(|model| edit(&server, &session, model));
        let mut times: Vec<Duration> = runtime.block_on(try_join_all(all))?.concat();
        let (took, cpu) = (begin.elapsed(), server.cpu()?.saturating_sub(before));
        floor.append(&mut bare(data)?);
        let count = u32::try_from(times.len())?;
        let floor = percentile(&mut floor, 0.5);
        let each = took / count;
        table.row([
            name.to_owned(),
            format!("{:.0}", 1.0 / each.as_secs_f64()),
            shown(percentile(&mut times, 0.5)),
            shown(percentile(&mut times, 0.99)),
            shown(cpu / count),
            shown(floor),
            format!("{:.2}", each.as_secs_f64() / floor.as_secs_f64()),
        ]);
    }
    table.print("Saving (ratio: time for each save beside that of its synced writes alone)");
    repository.git(&["fsck", "--strict"], b"")?;
    Ok(())
}

/// Saves a model again and again, each time over the version of the save before.
async fn edit(server: &Server, session: &str, model: usize) -> anyhow::Result<Vec<Duration>> {
    let mut connection = Connection::open(server.address).await?;
    let path = format!("/api/threatmodel/bench/hundred/main/model-{model}");
    let asked = request(
        "GET",
        &format!("{path}/data"),
        &[("authorization", session)],
        "",
    );
    let mut version = tag(connection.exchange(&asked).await?.head)?;
    let mut times = Vec::new();
    for save in 0..SAVES {
        let text = sample::model(SMALL, 1_000_000 + save)?;
        let headers = [("authorization", session), ("if-match", version.as_str())];
        let asked = request("PUT", &format!("{path}/update"), &headers, &text);
        let begin = Instant::now();
        let answer = connection.exchange(&asked).await?;
        times.push(begin.elapsed());
        ensure!(answer.status == 200, "the save answers {}", answer.status);
        version = tag(answer.head)?;
    }
    Ok(times)
}

fn tag(head: &str) -> anyhow::Result<String> {
    Ok(header(head, "etag").context("an ETag")?.to_owned())
}

/// Times of what a save asks of the disk, with nothing around it.
fn bare(folder: &Path) -> anyhow::Result<Vec<Duration>> {
    let folder = tempfile::tempdir_in(folder)?;
    (0..SAVES / 2)
        .map(|number| {
            let (taken, done) = time(|| sync_save(folder.path(), number));
            done.map(|()| taken)
        })
        .collect()
}

/// Objects in folders of their own, synced all at once with their folders; then the branch, renamed
/// into place.
fn sync_save(folder: &Path, number: usize) -> anyhow::Result<()> {
    let mut paths = vec![folder.to_owned()];
    for object in 0..OBJECTS {
        let fan_out = folder.join(object.to_string());
        std::fs::create_dir_all(&fan_out)?;
        let path = fan_out.join(number.to_string());
        std::fs::write(&path, [7; 1_000])?;
        paths.extend([fan_out, path]);
    }
    std::thread::scope(|scope| {
        let sync = |path| scope.spawn(move || File::open(path)?.sync_all());
        let threads: Vec<_> = paths.iter().map(sync).collect();
        let all = threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| ErrorKind::Other)?);
        all.collect::<std::io::Result<()>>()
    })?;
    let lock = folder.join("branch.lock");
    let mut branch = File::create(&lock)?;
    branch.write_all(&[7; 41])?;
    branch.sync_all()?;
    std::fs::rename(lock, folder.join("branch"))?;
    File::open(folder)?.sync_all()?;
    Ok(())
}
