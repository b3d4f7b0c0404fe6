//! The release server with its models at each host, beside the calls that it makes of it, made
//! straight at it. The hosts are forges, on this machine, at once and 50 ms away.

mod bare;
mod calls;
pub(crate) mod ground;
mod memory;
mod work;

use std::time::Duration;

use anyhow::Context as _;
use tokio::runtime::Runtime;

use crate::forge::{Dialect, Forge};
use crate::measure::{Table, percentile, shown};
use crate::serve::client::Run;
use crate::serve::server::Server;
use bare::Bare;
use ground::{Ground, Person, wyvern};
use work::{Client, Work, Worker, drive};

/// Rounds of each measurement, ours and the bare client's in turn.
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_secs(1);

/// How far away the forge is, and how many people work at once, each in a repository of their own.
struct Distance {
    name: &'static str,
    latency: Duration,
    people: usize,
}

const DISTANCES: [Distance; 2] = [
    Distance {
        name: "here, 16 people at once",
        latency: Duration::ZERO,
        people: 16,
    },
    Distance {
        name: "50 ms away, 64 people at once",
        latency: Duration::from_millis(50),
        people: 64,
    },
];

/// What is measured, and the calls that it may take.
const WORKS: [(&str, Work, &str); 4] = [
    ("list 100 models", Work::List, "1"),
    ("read a 6 KB model, cold", Work::Cold, ""),
    ("the same, warm", Work::Warm, "1"),
    ("save it", Work::Save, "2"),
];

pub(crate) fn run() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let people = DISTANCES.iter().map(|distance| distance.people).sum();
    let grounds = Dialect::ALL.map(|host| Ground::seed(host, people));
    let grounds: Vec<_> = grounds.into_iter().collect::<anyhow::Result<_>>()?;
    under_load(&runtime, &grounds)?;
    calls::run(&runtime, &grounds)?;
    memory::run(&runtime, &grounds)
}

fn under_load(runtime: &Runtime, grounds: &[Ground]) -> anyhow::Result<()> {
    let (wyvern, _data) = wyvern(grounds)?;
    for ground in grounds {
        let mut first = 0;
        for distance in DISTANCES {
            let places = first..first + distance.people;
            first = places.end;
            ground.set_latency(Duration::ZERO);
            let people = runtime.block_on(ground.people(wyvern.address, places))?;
            ground.set_latency(distance.latency);
            let load = Load {
                runtime,
                forge: &ground.forge,
                wyvern: &wyvern,
                people: &people,
            };
            load.table(distance.name)?;
        }
    }
    Ok(())
}

/// People at work, and with what.
struct Load<'a> {
    runtime: &'a Runtime,
    forge: &'a Forge,
    wyvern: &'a Server,
    people: &'a [Person],
}

impl Load<'_> {
    fn table(&self, name: &str) -> anyhow::Result<()> {
        let mut table = Table::new(&[
            name,
            "wyvern/s",
            "p50",
            "p99",
            "CPU each",
            "target",
            "forge/s",
            "p50",
            "rate ratio",
            "calls",
            "target",
            "which",
        ]);
        for (name, work, target) in WORKS {
            table.row(self.row(name, work, target)?);
        }
        table.print(&format!(
            "Models at {:?} (one core for Wyvern; one for client and forge; beside it the same calls \
             by a bare client)",
            self.forge.dialect()
        ));
        Ok(())
    }

    fn row(&self, name: &str, work: Work, target: &str) -> anyhow::Result<[String; 12]> {
        let mut ours = Vec::new();
        let mut bare = Vec::new();
        let forge = self.forge.url().socket_addrs(|| None)?;
        let forge = *forge.first().context("the forge has an address")?;
        self.runtime.block_on(async {
            for person in self.people {
                ours.push(Client::open(work, person, self.wyvern.address).await?);
                bare.push(Bare::open(self.forge.dialect(), work, person, forge).await?);
            }
            anyhow::Ok(())
        })?;
        let calls = self.runtime.block_on(calls::of(self.forge, &mut ours))?;
        let (mut a, mut b, mut cpu) = (Run::default(), Run::default(), Duration::ZERO);
        for _ in 0..ROUNDS {
            let before = self.wyvern.cpu()?;
            self.round(&mut a, &mut ours)?;
            cpu += self.wyvern.cpu()?.saturating_sub(before);
            self.round(&mut b, &mut bare)?;
        }
        let count = u32::try_from(a.times.len())?.max(1);
        Ok([
            name.to_owned(),
            format!("{:.0}", rate(&a)),
            shown(percentile(&mut a.times, 0.5)),
            shown(percentile(&mut a.times, 0.99)),
            shown(cpu / count),
            "300 µs".to_owned(),
            format!("{:.0}", rate(&b)),
            shown(percentile(&mut b.times, 0.5)),
            format!("{:.2}", rate(&a) / rate(&b)),
            calls.len().to_string(),
            target.to_owned(),
            calls::in_short(&calls),
        ])
    }

    fn round(&self, sum: &mut Run, workers: &mut [impl Worker]) -> anyhow::Result<()> {
        let mut run = self.runtime.block_on(drive(workers, ROUND))?;
        sum.times.append(&mut run.times);
        sum.took += run.took;
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn rate(run: &Run) -> f64 {
    run.times.len() as f64 / run.took.as_secs_f64()
}
