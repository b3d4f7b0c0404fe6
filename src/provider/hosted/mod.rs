//! What the adapters of hosted providers share: how somebody calls a host, what its refusals can
//! mean, what is remembered of what it said, and the way of a commit.
//!
//! A host's own ways are data ([`Ways`]) and one table from its words to a [`Verdict`]; what only
//! it can do stands behind [`Desk`]. So races, lost answers and rights are handled once.

mod among;
mod branches;
mod caller;
mod desk;
mod encoded;
mod files;
mod heads;
mod kept;
mod listings;
mod lost;
mod memory;
mod plan;
mod refusal;
mod turns;
mod write;

use std::sync::Arc;

use url::Url;

pub use among::{SharedTurn, SharedTurns};
pub(super) use branches::{branches, create_branch};
pub(super) use caller::{Ask, Caller, Client, Got, caller_of, json_of, next};
pub(super) use desk::{Desk, Letter, Logged, Made, Unsent};
pub(super) use encoded::{encoded, encoded_whole};
pub(super) use files::{Looked, files};
pub(super) use kept::{CredentialId, Spot};
pub(super) use memory::{Memory, Standing};
pub(super) use plan::{Found, above};
pub(super) use refusal::{Failure, Refusal, Verdict, Ways};
pub(super) use write::commit;

use super::outgoing::Outgoing;
use crate::clock::Clock;

/// What an adapter of a hosted provider is made of.
#[derive(Debug, Clone)]
pub struct HostOptions {
    /// The host's web address.
    pub url: Url,
    /// The way out to it.
    pub outgoing: Outgoing,
    /// For what grows old.
    pub clock: Arc<dyn Clock>,
    /// Bytes that may be kept of what was read.
    pub cache: usize,
    /// Of those who write, where several servers stand beside one another.
    pub turns: Option<SharedTurns>,
}
