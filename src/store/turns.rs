//! One merging save of a model at a time, at all servers that share their turns: while one reads and
//! merges, another would commit and overtake it, and where one is always quicker, again and again.

use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use url::Url;

use super::ModelRef;
use crate::provider::{SharedTurn, SharedTurns};
use crate::turns::Turns;

/// How long a save waits for those of other servers before it goes on all the same, and how long it
/// holds them up: as long as the commit in it may. After that they may overtake each other again.
const PATIENCE: Duration = Duration::from_secs(30);
const LONGEST: Duration = PATIENCE;

/// The turns of those who save the models of one provider.
#[derive(Debug, Default)]
pub struct SaveTurns {
    models: Turns<ModelRef>,
    /// The turns of all servers, and what the provider is called there.
    shared: Option<(SharedTurns, String)>,
}

/// A turn. It ends when this is dropped.
pub(super) struct SaveTurn {
    _shared: Option<SharedTurn>,
    _own: OwnedMutexGuard<()>,
}

impl SaveTurns {
    /// At the host with this web address; without shared turns, those of this server only.
    #[must_use]
    pub fn among(host: &Url, shared: Option<SharedTurns>) -> Self {
        Self {
            models: Turns::default(),
            shared: shared.map(|shared| (shared, host.to_string())),
        }
    }

    /// Waits for the turn of this model. Only the first in this server's queue waits for those of
    /// the others.
    pub(super) async fn take(&self, at: &ModelRef) -> SaveTurn {
        let own = self.models.of(at).lock_owned().await;
        SaveTurn {
            _shared: self.among_servers(at).await,
            _own: own,
        }
    }

    async fn among_servers(&self, at: &ModelRef) -> Option<SharedTurn> {
        let (shared, host) = self.shared.as_ref()?;
        let (repository, branch, model) = (&at.repository, &at.branch, &at.model);
        let thing = format!("{host}:{repository}:{branch}:{model}");
        shared.take(&thing, PATIENCE, LONGEST).await
    }
}
