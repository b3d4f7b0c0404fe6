//! A signal while a save is under way at a host.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::{Ground, listens, until};
use crate::forge::{Dialect, Fault, Wanted};
use crate::support::HeldUp;

#[tokio::test]
async fn a_save_under_way_at_the_host_is_finished_and_acknowledged() {
    join_all(Dialect::ALL.map(finished)).await;
}

async fn finished(dialect: Dialect) {
    let mut ground = Ground::with(dialect, &[]).await;
    let ada = ground.ada().await;
    let commits = ground.models.commits("main").len();
    let (fault, call) = HeldUp::new();
    ground.forge.faults().next(Wanted::Writes, fault);
    let stops = async {
        until("it is at the host", || call.has_arrived()).await;
        ground.server.terminate();
        until("it takes no more", || !listens(&ground.server)).await;
        call.let_go();
    };
    let (saved, ()) = tokio::join!(ground.save(&ada), stops);
    assert_eq!(saved.0, 200, "{saved:?}");
    let (code, words) = ground.server.end();
    assert_eq!(code, Some(0), "{words}");
    assert_eq!(ground.models.commits("main").len(), commits + 1);
}

#[tokio::test]
async fn a_save_that_hangs_is_told_to_be_unknown_within_the_grace() {
    join_all(Dialect::ALL.map(unknown)).await;
}

async fn unknown(dialect: Dialect) {
    let grace = Duration::from_secs(5);
    let mut ground = Ground::with(dialect, &[("server.drain", "5 s")]).await;
    let ada = ground.ada().await;
    ground.forge.faults().next(Wanted::Writes, Fault::Hang);
    ground.forge.forget_calls();
    let stops = async {
        let hangs = || ground.forge.calls().iter().any(|call| call.status == 0);
        until("it is at the host", hangs).await;
        ground.server.terminate();
        Instant::now()
    };
    let (saved, signalled) = tokio::join!(ground.save(&ada), stops);
    assert_eq!(saved, (503, "stopping".into()));
    let (code, words) = ground.server.end();
    assert_eq!(code, Some(0), "{words}");
    assert!(signalled.elapsed() < grace, "{:?}", signalled.elapsed());
    assert!(words.contains("not waited for any more"), "{words}");
    let audit = words.lines().find(|line| line.contains("refused"));
    assert!(audit.unwrap().contains("code=\"stopping\""), "{words}");
}
