//! A browser session that is older than any token of its host, at two servers in turn.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join;
use secrecy::ExposeSecret as _;

use super::fleet::REPOS;
use crate::forge::{App, Dialect};
use crate::support::host::{at_each_host, server};
use crate::support::{Browser, CHECKOUT, Hosted, Redis, compact, model_path};

/// Tokens of two hours, and half a year to renew them.
const EXPIRING: App = App::Expiring {
    access_seconds: 2 * 60 * 60,
    refresh_seconds: 184 * 24 * 60 * 60,
};
/// After so long, such a token is over.
const OVER: Duration = Duration::from_hours(2);
const EXPIRIES: usize = 10;

at_each_host!(a_session_outlives_ten_tokens_and_each_is_renewed_once);

async fn a_session_outlives_ten_tokens_and_each_is_renewed_once(dialect: Dialect) {
    let redis = Redis::start();
    let setting = format!("sessions.redis_url = '{}'", redis.url().expose_secret());
    let host = Hosted::with(dialect, EXPIRING, &[&setting]).await;
    let clock = Arc::clone(&host.app.clock);
    let other = server(&[&host.forge], clock, &[&setting]).await;
    let git = host.repository("ada/models");
    let file = ("ThreatDragonModels/M/M.json", CHECKOUT.as_bytes());
    host.forge.add("ada/models", "main", &[file]);
    let here = host.signed_in("ada").await;
    let there = other.tab_of(&here);
    let before = git.commits("main").len();
    for turn in 1..=EXPIRIES {
        host.app.clock.advance(OVER);
        let (one, two) = join(here.get(REPOS), there.get(REPOS)).await;
        for answer in [one, two] {
            assert_eq!(answer.data()["repos"][0], "ada/models");
        }
        let browser = if turn.is_multiple_of(2) {
            &here
        } else {
            &there
        };
        save(browser, turn).await;
        let statuses = host.token_calls().into_iter().map(|call| call.status);
        assert_eq!(statuses.collect::<Vec<_>>(), vec![200; 1 + turn]);
    }
    assert_eq!(git.commits("main").len(), before + EXPIRIES);
}

/// Reads the model and saves it with another owner.
async fn save(browser: &Browser, turn: usize) {
    let data = model_path("ada/models", "main", "M", "data");
    let version = browser.get(&data).await.is(200).etag();
    let edited = compact(CHECKOUT).replacen("Shop team", &format!("Ada {turn}"), 1);
    let update = model_path("ada/models", "main", "M", "update");
    let save = browser.ask("PUT", &update).json(edited);
    let save = save.header("if-match", version);
    browser.send(save).await.is(200);
}
