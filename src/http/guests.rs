//! Work for anybody: who edits a file of their own need not be signed in, and sends models along.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::request::Parts;
use futures_util::StreamExt as _;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use super::allowance;
use super::error::ApiError;
use super::extract::{SignedIn, body};
use crate::app::App;
use crate::model::json::{Json, Kind};
use crate::model::{Document, Invalid};
use crate::store::apart;
use crate::suggest::Wanted;

/// How many guests are worked for at once: nobody knows them. Others wait, but nobody waits for a
/// body that comes slowly.
const PLACES: usize = 4;
/// How many bytes of guests' bodies are held at once, on their way and waiting for a place: more
/// than the largest body has.
const ROOM: usize = 256 << 20;
/// What a piece of a body takes besides its bytes.
const PIECE: usize = 64;

/// What there is for guests: one for the server.
#[derive(Debug, Clone)]
pub(super) struct Guests {
    places: Arc<Semaphore>,
    room: Arc<Semaphore>,
}

impl Default for Guests {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(PLACES)),
            room: Arc::new(Semaphore::new(ROOM)),
        }
    }
}

/// Models that anybody sends along: a person who is signed in, counted as such, or a guest.
pub(super) struct Lent<T> {
    pub(super) sent: T,
    /// To be held for as long as there is work for them.
    pub(super) held: Held,
}

/// What a guest takes of what there is for all of them; the signed-in take nothing.
pub(super) struct Held(
    #[expect(dead_code, reason = "it is held")] Option<(Share, OwnedSemaphorePermit)>,
);

impl<T: Along> FromRequest<Arc<App>> for Lent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let limit = app.settings.server.body_limit.saturating_mul(T::COUNT);
        let (mut parts, sending) = request.into_parts();
        let (bytes, held) = match guests(&mut parts, app).await? {
            None => {
                let request = Request::from_parts(parts, sending);
                (body(request, limit, T::OF).await?, None)
            }
            Some(guests) => {
                let share = guests.share()?;
                let request = Request::from_parts(parts, share.metered(sending));
                let read = body(request, limit, T::OF).await;
                let bytes = read.map_err(|error| share.refusal().unwrap_or(error))?;
                let place = guests.places.acquire_owned().await?;
                (bytes, Some((share, place)))
            }
        };
        let sent = apart(bytes.len(), || T::parse(bytes)).await?;
        let held = Held(held);
        Ok(Self { sent, held })
    }
}

/// What there is for guests, when the caller is one.
async fn guests(parts: &mut Parts, app: &Arc<App>) -> Result<Option<Guests>, ApiError> {
    match SignedIn::from_request_parts(parts, app).await {
        Ok(_) => return Ok(None),
        Err(refused @ ApiError::TooManyCalls { .. }) => return Err(refused),
        // Whatever is wrong with a sign-in, none is needed.
        Err(_) => {}
    }
    allowance::count_guest(parts, app).await?;
    let guests = parts.extensions.get::<Guests>().cloned();
    guests.map(Some).ok_or(ApiError::Internal)
}

impl Guests {
    /// A share of the room, of nothing yet.
    fn share(&self) -> Result<Share, ApiError> {
        let none = Arc::clone(&self.room).try_acquire_many_owned(0);
        let taken = none.map_err(|_| ApiError::Internal)?;
        let full = false;
        Ok(Share(Arc::new(Mutex::new(Taken { taken, full }))))
    }
}

impl From<AcquireError> for ApiError {
    fn from(_: AcquireError) -> Self {
        Self::Internal
    }
}

/// What a body takes of the room, more with each piece of it that comes.
#[derive(Clone)]
struct Share(Arc<Mutex<Taken>>);

struct Taken {
    taken: OwnedSemaphorePermit,
    /// Whether there was no room for a piece.
    full: bool,
}

impl Share {
    /// The body, which fails as soon as there is no room for more of it. To wait for room would be
    /// to wait for those who send slowly, and two might wait for each other.
    fn metered(&self, body: Body) -> Body {
        let share = self.clone();
        Body::from_stream(body.into_data_stream().map(move |piece| {
            let piece = piece?;
            share.grow(piece.len().saturating_add(PIECE))?;
            Ok::<_, axum::BoxError>(piece)
        }))
    }

    fn grow(&self, bytes: usize) -> Result<(), &'static str> {
        let mut share = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let room = Arc::clone(share.taken.semaphore());
        let Ok(more) = room.try_acquire_many_owned(bytes) else {
            share.full = true;
            return Err("there is no room for guests");
        };
        share.taken.merge(more);
        Ok(())
    }

    /// What to tell when it was for lack of room that a body was not read.
    fn refusal(&self) -> Option<ApiError> {
        let share = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        share.full.then_some(ApiError::Crowded)
    }
}

/// What a body can hold of models.
pub(super) trait Along: Sized + Send + 'static {
    /// How many: the body may be as large as so many models.
    const COUNT: usize;
    /// Whose limit that is, in words.
    const OF: &'static str;

    fn parse(bytes: Bytes) -> Result<Self, Invalid>;
}

impl Along for Document {
    const COUNT: usize = 1;
    const OF: &'static str = "this server (server.body_limit)";

    fn parse(bytes: Bytes) -> Result<Self, Invalid> {
        Self::parse(bytes)
    }
}

/// A body `{"before": model, "after": model}`.
pub(super) struct Versions {
    pub(super) before: Document,
    pub(super) after: Document,
}

impl Along for Versions {
    const COUNT: usize = 2;
    const OF: &'static str = "two models on this server (twice server.body_limit)";

    fn parse(bytes: Bytes) -> Result<Self, Invalid> {
        let [before, after] = Document::parse_members(bytes, ["before", "after"])?;
        Ok(Self { before, after })
    }
}

/// A body `{"base": model, "ours": model, "theirs": model}`.
pub(super) struct Sides {
    pub(super) base: Document,
    pub(super) ours: Document,
    pub(super) theirs: Document,
}

impl Along for Sides {
    const COUNT: usize = 3;
    const OF: &'static str = "three models on this server (three times server.body_limit)";

    fn parse(bytes: Bytes) -> Result<Self, Invalid> {
        let [base, ours, theirs] = Document::parse_members(bytes, ["base", "ours", "theirs"])?;
        Ok(Self { base, ours, theirs })
    }
}

/// A body `{"document": model, "diagram": 0, "elements": ["id"]}`, of which each may be missing.
pub(super) struct Asking {
    pub(super) document: Option<Document>,
    pub(super) wanted: Wanted,
}

impl Along for Asking {
    const COUNT: usize = 1;
    const OF: &'static str = Document::OF;

    fn parse(bytes: Bytes) -> Result<Self, Invalid> {
        let whole = Json::parse(bytes)?;
        let root = whole.root();
        let wrong = |pointer: &str, expected| Invalid::Shape {
            pointer: pointer.to_owned(),
            expected,
        };
        if root.kind() != Kind::Object {
            return Err(wrong("", "an object around it"));
        }
        let diagram = root.get("diagram").map(|value| {
            let number = value.as_u64();
            number.ok_or_else(|| wrong("/diagram", "the id of a diagram"))
        });
        let elements = root.get("elements").map(|value| {
            let texts = value.elements().map(|id| Some(id.as_text()?.into_owned()));
            let ids: Option<HashSet<_>> = texts.collect();
            let is_array = value.kind() == Kind::Array;
            let ids = ids.filter(|_| is_array);
            ids.ok_or_else(|| wrong("/elements", "the ids of elements"))
        });
        Ok(Self {
            document: Document::member(&whole, "document")?,
            wanted: Wanted {
                diagram: diagram.transpose()?,
                elements: elements.transpose()?,
            },
        })
    }
}
