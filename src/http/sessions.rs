//! Browser sessions: a cookie that names a record, which names a sign-in.
//!
//! A session is made by signing in and by nothing else, and it is looked up where a request brings
//! the cookie and no bearer token. It has its own life: unused, and in all.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result as StoreResult};
use tower_sessions::{Session, SessionStore};

use super::cookies::Cookie;
use super::error::ApiError;
use super::origin::Origin;
use crate::app::App;
use crate::auth::SignInId;
use crate::auth::records::RecordsError;

const COOKIE: &str = "wyvern";
/// What a session holds: which sign-in it stands for.
const SIGN_IN: &str = "sign_in";
/// How old the moment of the last use may be, so that not every request writes it down.
const USE_GRAIN: Duration = Duration::from_mins(1);

/// The session of the browser that a request comes from, if it has one.
pub(super) struct Browser {
    /// As its cookie has it, which may be made up.
    id: Option<Id>,
    store: Arc<Store>,
    cookie: Cookie,
}

impl FromRequestParts<Arc<App>> for Browser {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let origin = Origin::from_request_parts(parts, app).await?;
        if !origin.is_https() && !origin.is_loopback() {
            return Err(ApiError::InsecureAddress);
        }
        let cookie = Cookie::named(COOKIE, &origin);
        let id = cookie.read(&parts.headers).and_then(|id| id.parse().ok());
        let store = Arc::new(Store(Arc::clone(app)));
        Ok(Self { id, store, cookie })
    }
}

impl Browser {
    /// The sign-in that the cookie stands for.
    pub(super) async fn sign_in(&self) -> Result<Option<SignInId>, ApiError> {
        let Some(id) = &self.id else {
            return Ok(None);
        };
        let record = self.store.load(id).await.map_err(|e| unavailable(&e))?;
        Ok(record.as_ref().and_then(sign_in))
    }

    /// Stands for this sign-in from now on, under a new name: whoever knew the old one has nothing.
    /// Answers the cookie.
    pub(super) async fn stand_for(&self, sign_in: &SignInId) -> Result<HeaderValue, ApiError> {
        self.forget().await?;
        let session = Session::new(None, Arc::clone(&self.store), None);
        let begun = async {
            session.insert(SIGN_IN, sign_in).await?;
            session.save().await
        };
        begun.await.map_err(|error| unavailable(&error))?;
        let id = session.id().ok_or(ApiError::Internal)?;
        let lifetime = self.store.0.settings.sessions.lifetime;
        Ok(self.cookie.holding(&id.to_string(), lifetime))
    }

    /// Stands for nobody any more. Answers what removes the cookie.
    pub(super) async fn end(&self) -> Result<HeaderValue, ApiError> {
        self.forget().await?;
        Ok(self.cookie.removed())
    }

    async fn forget(&self) -> Result<(), ApiError> {
        let Some(id) = &self.id else {
            return Ok(());
        };
        let forgotten = self.store.delete(id).await;
        forgotten.map_err(|error| unavailable(&error))
    }
}

fn unavailable(error: &(dyn std::error::Error + 'static)) -> ApiError {
    tracing::error!(error, "browser sessions cannot be read or written");
    ApiError::SignInsUnavailable
}

/// The sessions among the server's records.
#[derive(Debug)]
struct Store(Arc<App>);

/// A session as it is kept, with the moments that its end follows from.
#[derive(Serialize, Deserialize)]
struct Kept {
    record: Record,
    began: Timestamp,
    used: Timestamp,
}

impl Store {
    fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    fn end_of(&self, kept: &Kept) -> Timestamp {
        let settings = &self.0.settings.sessions;
        (kept.used + settings.idle_lifetime).min(kept.began + settings.lifetime)
    }

    async fn find(&self, id: &Id) -> StoreResult<Option<(Kept, Vec<u8>)>> {
        let bytes = self.0.authority.records().get(&key(id)).await;
        let Some(bytes) = bytes.map_err(|error| backend(&error))? else {
            return Ok(None);
        };
        let kept: Kept =
            serde_json::from_slice(&bytes).map_err(|error| Error::Decode(error.to_string()))?;
        Ok((self.end_of(&kept) > self.now()).then_some((kept, bytes)))
    }

    /// Writes down that the session is used, and with it the sign-in. Where it has been ended
    /// meanwhile it stays so, and where that cannot be written the request goes on: only the
    /// session's life is not longer.
    async fn used(&self, kept: &mut Kept, before: &[u8]) {
        kept.used = self.now();
        let (key, until) = (key(&kept.record.id), self.end_of(kept));
        let authority = &self.0.authority;
        let written = async {
            let (records, bytes) = (authority.records(), written(kept));
            let replaced = records.replace(&key, before, &bytes, until).await?;
            match sign_in(&kept.record).filter(|_| replaced) {
                Some(sign_in) => authority.prolong(&sign_in, until).await,
                None => Ok(()),
            }
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "that a session is used could not be written down");
        }
    }
}

#[async_trait]
impl SessionStore for Store {
    /// The name is drawn here, whatever the record came with, so that none that a browser made up
    /// is ever taken.
    async fn create(&self, record: &mut Record) -> StoreResult<()> {
        record.id = Id(i128::from_le_bytes(crate::random::bytes()));
        let now = self.now();
        let kept = Kept {
            record: record.clone(),
            began: now,
            used: now,
        };
        let (key, until) = (key(&record.id), self.end_of(&kept));
        let records = self.0.authority.records();
        match records.create(&key, &written(&kept), until).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::Backend("a name was drawn twice".to_owned())),
            Err(error) => Err(backend(&error)),
        }
    }

    async fn save(&self, record: &Record) -> StoreResult<()> {
        let Some((mut kept, before)) = self.find(&record.id).await? else {
            return Ok(());
        };
        kept.record = record.clone();
        self.used(&mut kept, &before).await;
        Ok(())
    }

    async fn load(&self, id: &Id) -> StoreResult<Option<Record>> {
        let Some((mut kept, before)) = self.find(id).await? else {
            return Ok(None);
        };
        if kept.used + USE_GRAIN <= self.now() {
            self.used(&mut kept, &before).await;
        }
        Ok(Some(kept.record))
    }

    async fn delete(&self, id: &Id) -> StoreResult<()> {
        let removed = self.0.authority.records().remove(&key(id)).await;
        removed.map_err(|error| backend(&error))
    }
}

/// The sign-in that a record stands for.
fn sign_in(record: &Record) -> Option<SignInId> {
    SignInId::deserialize(record.data.get(SIGN_IN)?).ok()
}

/// Who reads the names of records cannot make a cookie of them.
fn key(id: &Id) -> String {
    let name = digest(&SHA256, &id.0.to_le_bytes());
    format!("session:{}", URL_SAFE_NO_PAD.encode(name))
}

fn written(kept: &Kept) -> Vec<u8> {
    serde_json::to_vec(kept).expect("a record is plain data")
}

fn backend(error: &RecordsError) -> Error {
    Error::Backend(error.to_string())
}
