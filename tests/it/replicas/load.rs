//! Two hundred people of all hosts at work, and one of the two servers is killed.

use std::sync::Arc;

use futures_util::future::join_all;
use tokio::sync::{Barrier, watch};
use tokio::task::{JoinSet, block_in_place};

use super::crowd::{Hosts, Server, Worker};
use super::fleet::EXPIRING;
use super::servers::Servers;
use crate::forge::{App, Dialect, ForgeOptions};
use crate::support::Redis;
use crate::support::host::{self, token_calls};

const PEOPLE: usize = 200;
/// Of so many, one comes back only when the server is dead.
const LATE: usize = 4;
/// Connections that the server has when it is killed, at least.
const UNDER_WAY: usize = 8;

/// It is good for less than the minute that a token is renewed early.
const SHORT: App = App::Expiring {
    access_seconds: 50,
    refresh_seconds: 600,
};

/// Proxies are believed, so that everybody has an address of their own to sign in from.
const SETTINGS: &[(&str, &str)] = &[
    ("WYVERN__SERVER__TRUSTED_PROXIES", "127.0.0.1"),
    ("WYVERN__LOG__LEVEL", "info"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_is_killed_under_load_takes_only_what_was_under_way_along() {
    let redis = Redis::start();
    let hosts = hosts().await;
    let forges: Vec<_> = hosts.forges.iter().collect();
    let mut servers = Servers::before(&forges, Some(&redis), SETTINGS).await;
    let (health, server) = watch::channel(Server::Alive);
    let workers = hosts.sign_in(&servers, PEOPLE, &server).await;
    // What they have must be renewed at once, and what they get then is good for long: a pair that
    // a host has given out and nobody has kept yet would go with the server, whatever it did.
    for forge in &hosts.forges {
        forge.register(EXPIRING);
    }
    let workers = under_load(&mut servers, workers, &health).await;
    let lost = workers.iter().filter(|worker| worker.lost).count();
    assert!(lost > 0, "it was killed while nobody asked for anything");
    let workers = once_more(workers).await;
    hosts.have_all_of(&workers);
    // Everybody has exchanged a code once, and has renewed once.
    for (host, forge) in hosts.forges.iter().enumerate() {
        let people = workers.iter().filter(|worker| worker.host == host).count();
        let statuses = token_calls(forge).into_iter().map(|call| call.status);
        assert_eq!(statuses.collect::<Vec<_>>(), vec![200; 2 * people]);
    }
}

async fn hosts() -> Hosts {
    let forges = Dialect::ALL.map(|dialect| {
        host::forge(ForgeOptions {
            dialect,
            app: SHORT,
            ..ForgeOptions::default()
        })
    });
    Hosts::with(join_all(forges).await, PEOPLE)
}

/// Most of them work, and the first server is killed meanwhile.
async fn under_load(
    servers: &mut Servers,
    workers: Vec<Worker>,
    health: &watch::Sender<Server>,
) -> Vec<Worker> {
    let numbered = workers.into_iter().enumerate();
    let (late, early): (Vec<_>, Vec<_>) = numbered.partition(|(n, _)| n.is_multiple_of(LATE));
    let looked = Arc::new(Barrier::new(early.len() + 1));
    let mut tasks = JoinSet::new();
    for (_, worker) in early {
        let looked = Arc::clone(&looked);
        tasks.spawn(async move { worker.work(&looked).await });
    }
    tokio::select! {
        _ = looked.wait() => (),
        ended = tasks.join_next() => panic!("somebody stopped: {:?}", ended.map(Result::err)),
    }
    servers.balancer.until_open(0, UNDER_WAY).await;
    health.send_replace(Server::Dying);
    block_in_place(|| servers.kill_first());
    health.send_replace(Server::Dead);
    let mut workers = tasks.join_all().await;
    workers.extend(late.into_iter().map(|(_, worker)| worker));
    workers
}

/// Everybody is still who they were, and works.
async fn once_more(workers: Vec<Worker>) -> Vec<Worker> {
    let mut tasks = JoinSet::new();
    for mut worker in workers {
        tasks.spawn(async move {
            worker.is_signed_in().await;
            worker.round().await.unwrap();
            worker
        });
    }
    tasks.join_all().await
}
