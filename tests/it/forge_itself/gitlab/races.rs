//! Two who write at once: what GitLab notices, and what it does not.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::client::Client;
use super::{commit, create, start, update};
use crate::forge::{Fault, Wanted};

/// A file, and the commit that made it.
async fn begun(ada: &Client) -> String {
    let made = commit(ada, json!([create("one", "1")]))
        .await
        .is(201)
        .json();
    made["id"].as_str().unwrap().to_owned()
}

/// Another writer of `one` comes along with the next write, early or late.
fn another(ada: &Client, fault: impl Fn(Arc<dyn Fn(&crate::forge::World) + Send + Sync>) -> Fault) {
    let other = |forge: &crate::forge::World| {
        forge.add("ada/models", "main", &[("one", b"another's")]);
    };
    ada.forge
        .faults()
        .next(Wanted::Writes, fault(Arc::new(other)));
}

#[tokio::test]
async fn who_comes_before_the_check_is_noticed() {
    let ada = start().await;
    let last = begun(&ada).await;
    another(&ada, Fault::Before);
    let message = "The file has changed since you started editing it: one";
    let told = commit(&ada, json!([update("one", "2", &last)]))
        .await
        .error();
    assert_eq!(told, (400, message.to_owned()));
    assert_eq!(ada.repository.git(&["show", "main:one"]), "another's");
}

#[tokio::test]
async fn who_comes_after_the_check_is_overwritten_and_is_the_parent() {
    let ada = start().await;
    let last = begun(&ada).await;
    another(&ada, Fault::Between);
    let made = commit(&ada, json!([update("one", "2", &last)]))
        .await
        .is(201)
        .json();
    let all = ada.repository.commits("main");
    assert_eq!(all.len(), 3);
    assert_eq!(
        (&made["id"], &made["parent_ids"]),
        (&json!(all[0]), &json!([all[1]]))
    );
    assert_ne!(made["parent_ids"], json!([last]));
    assert_eq!(ada.repository.git(&["show", "main:one"]), "2");
    assert_eq!(ada.repository.git(&["show", "main~1:one"]), "another's");
}

#[tokio::test]
async fn a_file_that_another_made_after_the_check_is_noticed() {
    let ada = start().await;
    ada.repository.seed("main", &[]);
    another(&ada, Fault::Between);
    let message = "A file with this name already exists";
    let told = commit(&ada, json!([create("one", "mine")])).await.error();
    assert_eq!(told, (400, message.to_owned()));
}

#[tokio::test]
async fn writers_at_once_all_get_through_or_hear_that_the_branch_moved() {
    let ada = start().await;
    begun(&ada).await;
    let write = async |number: usize| -> Option<Value> {
        let answer = commit(&ada, json!([create(&format!("file-{number}"), "x")])).await;
        if answer.status == 201 {
            return Some(answer.json()["id"].clone());
        }
        let message = "Could not update refs/heads/main. Please refresh and try again.";
        assert_eq!(answer.error(), (400, message.to_owned()));
        None
    };
    let made = futures_util::future::join_all((0..8).map(write)).await;
    let made: Vec<_> = made.into_iter().flatten().collect();
    assert_eq!(ada.repository.commits("main").len(), 1 + made.len());
    assert_eq!(ada.repository.files().len(), 1 + made.len());
    ada.repository.git(&["fsck", "--strict"]);
}
