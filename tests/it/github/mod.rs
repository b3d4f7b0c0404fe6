//! The GitHub adapter over a forge: what the contract of providers does not say.

use std::sync::Arc;
use std::time::Duration;

use wyvern::clock::Clock;
use wyvern::config::OutgoingSettings;
use wyvern::provider::github::{GitHub, GitHubOptions};
use wyvern::provider::outgoing::Outgoing;

use crate::forge::Forge;

/// The adapter for this forge, with limits that no test meets by accident.
pub(crate) fn adapter(forge: &Forge, clock: Arc<dyn Clock>) -> GitHub {
    let settings = OutgoingSettings {
        connect_timeout: Duration::from_secs(5),
        timeout: Duration::from_secs(20),
        answer_limit: 128 << 20,
        concurrency: 64,
        concurrency_per_person: 16,
        cache: 64 << 20,
        certificates: None,
    };
    GitHub::new(GitHubOptions {
        url: forge.url(),
        outgoing: Outgoing::new(&settings, Arc::clone(&clock)).unwrap(),
        clock,
        cache: 256 << 20,
    })
}
