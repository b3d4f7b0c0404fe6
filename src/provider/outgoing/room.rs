//! How much memory large answers take all together: those that are read, and those that are kept
//! or still in use.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::config::OutgoingSettings;

/// So much of an answer takes no room: small answers never wait for large ones, and are bounded by
/// the number of calls.
const FREE: usize = 1 << 20;
/// In what room is counted.
const PIECE: usize = 1 << 10;

/// The room for all answers.
#[derive(Debug)]
pub(super) struct Room {
    pieces: Arc<Semaphore>,
    /// How long an answer waits for others to go.
    patience: Duration,
}

/// A body on its way in.
pub(super) struct Body {
    bytes: Vec<u8>,
    held: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// For two of the largest answers besides all that is kept.
    pub(super) fn new(settings: &OutgoingSettings) -> Self {
        let bytes = settings.answer_limit.saturating_mul(2);
        let pieces = bytes.saturating_add(settings.cache) / PIECE;
        Self {
            pieces: Arc::new(Semaphore::new(pieces.min(Semaphore::MAX_PERMITS))),
            patience: settings.timeout / 4,
        }
    }

    /// Makes room for a body to grow to so many bytes; whether there is any.
    pub(super) async fn grow(&self, body: &mut Body, bytes: usize) -> bool {
        let held = body
            .held
            .as_ref()
            .map_or(0, OwnedSemaphorePermit::num_permits);
        let wanted = bytes.saturating_sub(FREE).div_ceil(PIECE);
        let Some(more) = wanted.checked_sub(held).filter(|more| *more > 0) else {
            return true;
        };
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        let more = Arc::clone(&self.pieces).acquire_many_owned(more);
        let Ok(Ok(more)) = timeout(self.patience, more).await else {
            return false;
        };
        match &mut body.held {
            Some(held) => held.merge(more),
            None => body.held = Some(more),
        }
        true
    }
}

impl Body {
    pub(super) fn new() -> Self {
        Self {
            bytes: Vec::new(),
            held: None,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn reserve(&mut self, bytes: usize) {
        self.bytes.reserve_exact(bytes);
    }

    pub(super) fn add(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
    }

    /// The whole body. It takes its room until nobody has it any more.
    pub(super) fn whole(mut self) -> Bytes {
        self.bytes.shrink_to_fit();
        match self.held {
            Some(_) => Bytes::from_owner(self),
            None => self.bytes.into(),
        }
    }
}

impl AsRef<[u8]> for Body {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}
