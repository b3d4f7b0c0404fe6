//! How much memory large answers take: those that are read, and those that are kept or still in use.
//!
//! Each person has a share, and there is room for two. So whatever one person reads, and however much
//! of it is kept, there is always room for the largest answer to somebody else.

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
    pieces: Pieces,
    /// How long an answer waits for others to go.
    patience: Duration,
}

/// What one person's answers may take of it.
#[derive(Debug, Clone)]
pub(super) struct Share(Pieces);

type Pieces = Arc<Semaphore>;

/// A body on its way in.
pub(super) struct Body {
    bytes: Vec<u8>,
    share: Share,
    held: Option<Held>,
}

/// What a body has of its person's share and of the room: as much of each.
struct Held {
    own: OwnedSemaphorePermit,
    all: OwnedSemaphorePermit,
}

impl Room {
    /// For two shares.
    pub(super) fn new(settings: &OutgoingSettings) -> Self {
        Self {
            pieces: pieces(Share::size(settings).saturating_mul(2)),
            patience: settings.timeout / 4,
        }
    }

    /// Makes room for a body to grow to so many bytes; whether there is any.
    pub(super) async fn grow(&self, body: &mut Body, bytes: usize) -> bool {
        let held = body.held.as_ref().map_or(0, |held| held.own.num_permits());
        let wanted = bytes.saturating_sub(FREE).div_ceil(PIECE);
        let Some(more) = wanted.checked_sub(held).filter(|more| *more > 0) else {
            return true;
        };
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        let Ok(Some(more)) = timeout(self.patience, self.hold(&body.share, more)).await else {
            return false;
        };
        match &mut body.held {
            Some(held) => held.merge(more),
            None => body.held = Some(more),
        }
        true
    }

    /// Who waits for their own share does not stand in the way of others.
    async fn hold(&self, share: &Share, pieces: u32) -> Option<Held> {
        let own = Arc::clone(&share.0).acquire_many_owned(pieces).await.ok()?;
        let all = Arc::clone(&self.pieces).acquire_many_owned(pieces);
        let all = all.await.ok()?;
        Some(Held { own, all })
    }
}

impl Share {
    /// The bytes of each: the largest answer, besides all that may be kept.
    pub(super) fn size(settings: &OutgoingSettings) -> usize {
        settings.answer_limit.saturating_add(settings.cache)
    }

    /// A share of so many bytes.
    pub(super) fn of(bytes: usize) -> Self {
        Self(pieces(bytes))
    }

    /// Whether any answer takes some of it.
    pub(super) fn is_held(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }
}

impl Held {
    fn merge(&mut self, more: Self) {
        self.own.merge(more.own);
        self.all.merge(more.all);
    }
}

fn pieces(bytes: usize) -> Pieces {
    Arc::new(Semaphore::new((bytes / PIECE).min(Semaphore::MAX_PERMITS)))
}

impl Body {
    pub(super) fn new(share: &Share) -> Self {
        Self {
            bytes: Vec::new(),
            share: share.clone(),
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
        if self.held.is_some() {
            Bytes::from_owner(self)
        } else {
            self.bytes.into()
        }
    }
}

impl AsRef<[u8]> for Body {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}
