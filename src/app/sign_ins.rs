//! What says who is signed in: the keys, the records, and the providers' own pages.

use std::sync::Arc;

use anyhow::Context as _;

use crate::auth::records::{MemoryRecords, Records, RedisRecords};
use crate::auth::vault::{Vault, kept_secret};
use crate::auth::{Authority, AuthorityOptions, Hosted};
use crate::clock::Clock;
use crate::config::Settings;
use crate::turns::SharedTurns;

pub(super) fn authority(
    settings: &Settings,
    clock: &Arc<dyn Clock>,
    records: Arc<dyn Records>,
    hosted: Vec<Hosted>,
) -> anyhow::Result<Authority> {
    Ok(Authority::new(AuthorityOptions {
        clock: Arc::clone(clock),
        vault: vault(settings)?,
        records,
        access_lifetime: settings.auth.access_lifetime,
        refresh_lifetime: settings.auth.refresh_lifetime,
        session_lifetime: settings.sessions.idle_lifetime,
        hosted,
    }))
}

fn vault(settings: &Settings) -> anyhow::Result<Vault> {
    if let Some(vault) = Vault::new(&settings.auth.keys) {
        return Ok(vault);
    }
    let path = settings.data.join("key");
    let secret =
        kept_secret(&path).with_context(|| format!("cannot use the key {}", path.display()))?;
    Vault::new(&[secret]).context("one secret makes a vault")
}

/// Where sign-ins are kept, and the turns of all servers that keep theirs there.
pub(super) async fn records(
    settings: &Settings,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<(Arc<dyn Records>, Option<SharedTurns>)> {
    let clock = Arc::clone(clock);
    let Some(url) = &settings.sessions.redis_url else {
        return Ok((Arc::new(MemoryRecords::new(clock)), None));
    };
    let records = RedisRecords::connect(url, clock).await?;
    let turns = SharedTurns::over(records.connection());
    Ok((Arc::new(records), Some(turns)))
}
