//! What says who is signed in: the keys, the records, and the providers' own pages.

use std::sync::Arc;

use anyhow::Context as _;

use crate::auth::records::{MemoryRecords, Records, RedisRecords};
use crate::auth::vault::{Vault, kept_secret};
use crate::auth::{Authority, AuthorityOptions, Hosted};
use crate::clock::Clock;
use crate::config::Settings;

pub(super) async fn authority(
    settings: &Settings,
    clock: &Arc<dyn Clock>,
    hosted: Vec<Hosted>,
) -> anyhow::Result<Authority> {
    Ok(Authority::new(AuthorityOptions {
        clock: Arc::clone(clock),
        vault: vault(settings)?,
        records: records(settings, clock).await?,
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

async fn records(settings: &Settings, clock: &Arc<dyn Clock>) -> anyhow::Result<Arc<dyn Records>> {
    let clock = Arc::clone(clock);
    Ok(match &settings.sessions.redis_url {
        Some(url) => Arc::new(RedisRecords::connect(url, clock).await?),
        None => Arc::new(MemoryRecords::new(clock)),
    })
}
