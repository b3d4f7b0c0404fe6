//! A long run: people at every host list, read and save while one call in twenty goes wrong and
//! their tokens expire. It tells every minute what was answered and what the server takes, and fails
//! in the end if anything was answered that is not so, or if the server has grown.

mod ledger;
mod people;
mod vitals;

use std::time::{Duration, Instant};

use anyhow::ensure;
use futures_util::future::try_join_all;
use tokio::runtime::Runtime;
use tokio::time::sleep;

use crate::forge::{App, Dialect, Fault, ForgeOptions, Wanted};

use crate::providers::ground::{Ground, Person, wyvern_told};
use crate::serve::server::Server;
use ledger::Ledger;
use people::Worker;
use vitals::{Growth, Vitals};

/// Repositories at each host, and the people who share them.
const REPOSITORIES: usize = 2;
const PEOPLE: usize = 8;
/// One call of a host in so many meets a fault.
const ONE_IN: u32 = 20;
const SEED: u64 = 5;
/// How often is looked at what the server takes.
const LOOK: Duration = Duration::from_secs(5);
/// The last part of the time, in which the server is not to grow any more.
const REST: usize = 3;
/// A run that is shorter than this many minutes is all warm-up: its growth is told, and no fault.
/// Its caches must fill first, and the 32 MiB of parsed models take nearly twenty minutes.
const JUDGED: u32 = 30;
/// Tokens are renewed a minute early: every four minutes or so.
const TOKENS: App = App::Expiring {
    access_seconds: 300,
    refresh_seconds: 24 * 60 * 60,
};

const MINUTE: Duration = Duration::from_mins(1);

/// Goes on for so long.
pub(crate) fn run(minutes: u32) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let grounds: Vec<_> = Dialect::ALL
        .into_iter()
        .map(ground)
        .collect::<anyhow::Result<_>>()?;
    let told = [
        // So that it is full before the warm-up is over.
        ("WYVERN__OUTGOING__CACHE", "8 MiB"),
    ];
    let (server, _data) = wyvern_told(&grounds, &told)?;
    let ledger = Ledger::default();
    for ground in &grounds {
        ledger.open(ground);
    }
    let people = sign_in(&runtime, &grounds, &server)?;
    for ground in &grounds {
        let faults = ground.forge.faults();
        faults.sometimes(Wanted::Any, ONE_IN, SEED, troubles());
    }
    let vitals = runtime.block_on(work(&grounds, people, &server, &ledger, MINUTE * minutes))?;
    grounds.iter().try_for_each(|ground| ledger.audit(ground))?;
    let growths = growths(&vitals);
    for growth in &growths {
        println!("{growth}");
    }
    let wrong = ledger.wrong();
    for what in &wrong {
        println!("WRONG: {what}");
    }
    ensure!(wrong.is_empty(), "{} wrong answers", wrong.len());
    println!(
        "{} saves acknowledged, each once in git; no wrong answer",
        ledger.saves()
    );
    let flat = growths.iter().all(Growth::is_flat);
    ensure!(flat || minutes < JUDGED, "the server has grown");
    Ok(())
}

fn ground(dialect: Dialect) -> anyhow::Result<Ground> {
    let options = ForgeOptions {
        dialect,
        app: TOKENS,
        ..ForgeOptions::default()
    };
    Ground::seed_with(options, REPOSITORIES)
}

/// The people of every host, each beside their host.
fn sign_in<'a>(
    runtime: &Runtime,
    grounds: &'a [Ground],
    server: &Server,
) -> anyhow::Result<Vec<(&'a Ground, Person)>> {
    let mut all = Vec::new();
    for ground in grounds {
        let people = runtime.block_on(ground.people(server.address, 0..PEOPLE))?;
        all.extend(people.into_iter().map(|person| (ground, person)));
    }
    Ok(all)
}

/// What goes wrong at a host.
fn troubles() -> Vec<Fault> {
    vec![
        Fault::Reset,
        Fault::ResetAfter,
        Fault::StatusAfter(502),
        Fault::Truncate,
        Fault::WrongType,
        Fault::Slow(Duration::from_secs(2)),
        Fault::RateLimit { retry_after: 1 },
    ]
}

/// Lets everybody work for so long; what the server took meanwhile.
async fn work(
    grounds: &[Ground],
    people: Vec<(&Ground, Person)>,
    server: &Server,
    ledger: &Ledger,
    time: Duration,
) -> anyhow::Result<Vec<Vitals>> {
    let end = Instant::now() + time;
    let mut workers = Vec::new();
    for (number, (ground, person)) in (0..).zip(people) {
        let worker = Worker::new(number, ground, person, server.address, ledger);
        workers.push(worker);
    }
    let works = workers.iter_mut().map(async |worker| {
        while Instant::now() < end {
            worker.once().await?;
        }
        anyhow::Ok(())
    });
    let (watched, _) = tokio::try_join!(watch(grounds, server, ledger, end), try_join_all(works))?;
    Ok(watched)
}

/// Looks at the server until then, and tells every minute what there was.
async fn watch(
    grounds: &[Ground],
    server: &Server,
    ledger: &Ledger,
    end: Instant,
) -> anyhow::Result<Vec<Vitals>> {
    let mut all = Vec::new();
    let mut minute = Instant::now() + MINUTE;
    while Instant::now() < end {
        sleep(LOOK).await;
        let vitals = Vitals::of(server)?;
        if Instant::now() >= minute {
            minute += MINUTE;
            println!("{vitals}  {}", ledger.minute());
        }
        all.push(vitals);
        // What it remembers of them is no part of this.
        for ground in grounds {
            ground.forge.forget_calls();
        }
    }
    Ok(all)
}

/// How the server has grown after the warm-up. Tasks are not told from outside: one that waits for
/// somebody has a connection open, and one that computes has a thread.
fn growths(all: &[Vitals]) -> [Growth; 3] {
    let rest = all.get(all.len() - all.len() / REST..).unwrap_or_default();
    [
        Growth::of(
            "bytes of memory",
            rest,
            |vitals| vitals.resident,
            2_000_000.0,
        ),
        Growth::of("open files", rest, |vitals| vitals.open, 8.0),
        Growth::of("threads", rest, |vitals| vitals.threads, 2.0),
    ]
}
