//! Whether the records of sign-ins answer, asked so seldom that probes cost little.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::records::Records;

/// How old an answer may be.
const EVERY: Duration = Duration::from_secs(1);
/// How long one is waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// A record that there never is.
const PROBED: &str = "probe:ready";

/// When they were last asked, and whether they answered. Those who ask meanwhile are told the same.
#[derive(Debug, Default)]
pub(super) struct Probe(Mutex<Option<(Timestamp, bool)>>);

impl Probe {
    pub(super) async fn answers(&self, records: &dyn Records, now: Timestamp) -> bool {
        let mut last = self.0.lock().await;
        if let Some((asked, well)) = *last
            && now < asked + EVERY
        {
            return well;
        }
        let well = matches!(timeout(PATIENCE, records.get(PROBED)).await, Ok(Ok(_)));
        *last = Some((now, well));
        well
    }
}
