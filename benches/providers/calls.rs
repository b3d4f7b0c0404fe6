//! The calls that Wyvern makes of each host for what people do, side by side.

use std::iter;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::future::try_join_all;
use tokio::runtime::Runtime;

use super::ground::{Ground, wyvern};
use super::work::{Client, Work, Worker};
use crate::forge::{Dialect, Forge};
use crate::measure::Table;

const WORKS: [(&str, Work); 6] = [
    ("list 100 models, warm", Work::List),
    ("read a model, cold", Work::Cold),
    ("the same, warm", Work::Warm),
    ("save it", Work::Save),
    ("list branches", Work::Branches),
    ("history", Work::History),
];

pub(super) fn run(runtime: &Runtime, grounds: &[Ground]) -> anyhow::Result<()> {
    let (wyvern, _data) = wyvern(grounds)?;
    let names = Dialect::ALL.iter().map(|host| format!("{host:?}"));
    let names: Vec<_> = iter::once("calls".to_owned()).chain(names).collect();
    let mut table = Table::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for (name, work) in WORKS {
        let mut row = [const { String::new() }; 1 + Dialect::ALL.len()];
        let [head, cells @ ..] = &mut row;
        name.clone_into(head);
        for (cell, ground) in cells.iter_mut().zip(grounds) {
            ground.set_latency(Duration::ZERO);
            *cell = runtime.block_on(once(work, ground, wyvern.address))?;
        }
        table.row(row);
    }
    table.print("Calls of each host for one of these, by somebody who has done one before");
    Ok(())
}

async fn once(work: Work, ground: &Ground, wyvern: SocketAddr) -> anyhow::Result<String> {
    let people = ground.people(wyvern, 0..1).await?;
    let person = people.first().context("somebody has signed in")?;
    let mut client = [Client::open(work, person, wyvern).await?];
    let calls = of(&ground.forge, &mut client).await?;
    Ok(format!("{}: {}", calls.len(), in_short(&calls)))
}

/// The calls that Wyvern makes for the first of them, after everybody has done it once.
pub(super) async fn of(forge: &Forge, workers: &mut [Client<'_>]) -> anyhow::Result<Vec<String>> {
    try_join_all(workers.iter_mut().map(Worker::once)).await?;
    forge.forget_calls();
    if let Some(worker) = workers.first_mut() {
        worker.once().await?;
    }
    let calls = forge.calls().into_iter().map(|call| {
        let name = call.graphql.unwrap_or(call.method);
        format!("{name} {}", call.status)
    });
    Ok(calls.collect())
}

/// Each call, and how often it is made in a row.
pub(super) fn in_short(calls: &[String]) -> String {
    let runs = calls.chunk_by(|one, next| one == next);
    let runs = runs.filter_map(|run| match run {
        [] => None,
        [one] => Some(one.clone()),
        [one, ..] => Some(format!("{one} × {}", run.len())),
    });
    runs.collect::<Vec<_>>().join(", ")
}
