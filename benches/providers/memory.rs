//! What Wyvern takes of the memory while many people read at once, each with a token of their own.

use std::time::Duration;

use anyhow::Context as _;
use tokio::runtime::Runtime;

use super::ground::{Ground, wyvern};
use super::rate;
use super::work::{Client, Work, drive};
use crate::measure::Table;

const PEOPLE: usize = 1_000;
const FEWER: usize = 200;
/// The forge is far enough away for all of them to wait at once.
const LATENCY: Duration = Duration::from_millis(50);
const ROUND: Duration = Duration::from_secs(4);

pub(super) fn run(runtime: &Runtime, grounds: &[Ground]) -> anyhow::Result<()> {
    let ground = grounds.first().context("there is a host")?;
    ground.set_latency(Duration::ZERO);
    let (wyvern, _data) = wyvern(grounds)?;
    let mut table = Table::new(&["memory", "resident", "peak", "target", "reads/s"]);
    let mut row = |name: &str, target: &str, rate: String| {
        let [resident, peak] = [wyvern.resident()?, wyvern.peak()?].map(megabytes);
        table.row([name.to_owned(), resident, peak, target.to_owned(), rate]);
        anyhow::Ok(())
    };
    row("started", "", String::new())?;
    let people = runtime.block_on(ground.people(wyvern.address, 0..PEOPLE))?;
    row("1,000 people have signed in", "", String::new())?;
    ground.set_latency(LATENCY);
    for (name, count, target) in [
        ("200 warm reads at once", FEWER, ""),
        ("1,000 warm reads at once", PEOPLE, "100 MB"),
    ] {
        let run = runtime.block_on(async {
            let mut clients = Vec::new();
            for person in people.iter().take(count) {
                clients.push(Client::open(Work::Warm, person, wyvern.address).await?);
            }
            drive(&mut clients, ROUND).await
        })?;
        row(name, target, format!("{:.0}", rate(&run)))?;
    }
    table.print("Memory of a Wyvern of its own (the forge 50 ms away)");
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
