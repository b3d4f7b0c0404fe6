//! A long run: people at every host list, read and save while one call in twenty goes wrong. It
//! tells every minute what was answered and what the server takes, and in the end whether anything
//! was answered that is not so, and whether the server has grown.

mod ledger;
mod people;
mod vitals;

use std::time::{Duration, Instant};

use anyhow::ensure;
use futures_util::future::try_join_all;
use tokio::runtime::Runtime;
use tokio::time::sleep;

use crate::forge::{Dialect, Fault, Forge, Wanted};

use crate::providers::ground::{Ground, Person, wyvern_told};
use crate::serve::server::Server;
use ledger::Ledger;
use people::Worker;
use vitals::Vitals;

/// Repositories at each host, and the people who share them.
const REPOSITORIES: usize = 2;
const PEOPLE: usize = 8;
/// One call of a host in so many meets a fault.
const ONE_IN: u32 = 20;
const SEED: u64 = 5;
/// How often is looked at what the server takes.
const LOOK: Duration = Duration::from_secs(5);
/// The part of the time in which the server may still grow: its caches fill.
const WARM_UP: usize = 3;

const MINUTE: Duration = Duration::from_mins(1);

/// Goes on for so long.
pub(crate) fn run(minutes: u32) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let grounds = Dialect::ALL.map(|host| Ground::seed(host, REPOSITORIES));
    let grounds: Vec<_> = grounds.into_iter().collect::<anyhow::Result<_>>()?;
    let told = [
        ("WYVERN__AUTH__ACCESS_LIFETIME", "7 days"),
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
    let vitals = runtime.block_on(work(&grounds, &people, &server, &ledger, MINUTE * minutes))?;
    grounds.iter().try_for_each(|ground| ledger.audit(ground))?;
    println!("{}", growth(&vitals));
    let wrong = ledger.wrong();
    for what in &wrong {
        println!("WRONG: {what}");
    }
    ensure!(wrong.is_empty(), "{} wrong answers", wrong.len());
    println!(
        "{} saves acknowledged, each once in git; no wrong answer",
        ledger.saves()
    );
    Ok(())
}

/// The people of every host, each beside their host.
fn sign_in<'a>(
    runtime: &Runtime,
    grounds: &'a [Ground],
    server: &Server,
) -> anyhow::Result<Vec<(&'a Forge, Person)>> {
    let mut all = Vec::new();
    for ground in grounds {
        let people = runtime.block_on(ground.people(server.address, 0..PEOPLE))?;
        all.extend(people.into_iter().map(|person| (&ground.forge, person)));
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
    people: &[(&Forge, Person)],
    server: &Server,
    ledger: &Ledger,
    time: Duration,
) -> anyhow::Result<Vec<Vitals>> {
    let end = Instant::now() + time;
    let mut workers = Vec::new();
    for (number, (forge, person)) in people.iter().enumerate() {
        let host = forge.dialect().name();
        workers.push(Worker::new(number, host, person, server.address, ledger));
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

/// What has become of the server's memory after the warm-up, by the least squares.
fn growth(all: &[Vitals]) -> String {
    let rest = all.get(all.len() / WARM_UP..).unwrap_or_default();
    let (per_look, mean) = vitals::slope(rest.iter().map(|vitals| vitals.resident));
    let looks = MINUTE.as_secs_f64() / LOOK.as_secs_f64();
    let per_minute = per_look * looks;
    let grown = per_look * vitals::count(rest.len());
    let verdict = if grown < mean / 20.0 {
        "flat"
    } else {
        "NOT flat"
    };
    format!(
        "memory after the warm-up: {:.1} MB, {:+.1} KB a minute: {verdict}",
        mean / 1e6,
        per_minute / 1e3
    )
}
