//! Who leaves while their commit is on its way: what it has replaced is put back all the same.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;
use wyvern::provider::gitlab::GitLab;

use super::{Desk, SHOP};
use crate::forge::{Fault, World};
use crate::support::host::adapting;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_is_put_in_order_when_its_writer_has_left() {
    let mut desk = Desk::new().await;
    let options = adapting(desk.forge.url(), desk.clock.clone());
    let outgoing = options.outgoing.clone();
    desk.gitlab = GitLab::new(options);
    desk.open(SHOP).await.unwrap();
    let (arrived, (gate, opened)) = (Arc::new(Notify::new()), channel::<()>());
    let (another, opened) = (desk.another(SHOP, "theirs"), Mutex::new(opened));
    let here = Arc::clone(&arrived);
    let meanwhile = move |world: &World| {
        another(world);
        here.notify_one();
        opened.lock().unwrap().recv().unwrap();
    };
    desk.next("Commit", Fault::Between(Arc::new(meanwhile)));
    tokio::select! {
        done = desk.save("one", "two") => panic!("{done:?}"),
        () = arrived.notified() => {}
    }
    gate.send(()).unwrap();
    outgoing.finished().await;
    assert_eq!(desk.git.file(SHOP), "theirs");
    assert_eq!(desk.git.commits("main").len(), 4);
}
