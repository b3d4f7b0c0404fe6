//! Two servers before a GitLab that do not share a Redis: their writers do not wait for each other,
//! and the branch moves under each of them.

use super::office::Office;
use super::{each_edits_their_own, eight_models};
use crate::forge::Dialect;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn editors_of_eight_models_never_meet() {
    let office = Office::apart(Dialect::GitLab, &eight_models()).await;
    each_edits_their_own(&office).await;
}
