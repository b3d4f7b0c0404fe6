//! Work for anybody: who edits a file of their own need not be signed in, and sends models along.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::allowance;
use super::error::ApiError;
use super::extract::SignedIn;
use crate::app::App;

/// How many guests are worked for at once, their bodies read included: nobody knows them, and each
/// may send as much as the largest model. Others wait.
const PLACES: usize = 4;

/// The places there are for guests: one number for the server.
#[derive(Debug, Clone)]
pub(super) struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PLACES)))
    }
}

/// Anybody: a person who is signed in, counted as such, or a guest who has one of the places for as
/// long as this is held.
#[derive(Debug)]
pub(super) struct Anybody(#[expect(dead_code, reason = "it is held")] Option<OwnedSemaphorePermit>);

impl FromRequestParts<Arc<App>> for Anybody {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        match SignedIn::from_request_parts(parts, app).await {
            Ok(_) => return Ok(Self(None)),
            Err(refused @ ApiError::TooManyCalls { .. }) => return Err(refused),
            // Whatever is wrong with a sign-in, none is needed.
            Err(_) => {}
        }
        allowance::count_guest(parts, app).await?;
        let places = parts.extensions.get::<Places>();
        let Places(places) = places.ok_or(ApiError::Internal)?.clone();
        let place = places.acquire_owned().await;
        place
            .map(|place| Self(Some(place)))
            .map_err(|_| ApiError::Internal)
    }
}
