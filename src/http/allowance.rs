//! How often one address may ask for what needs no sign-in, and one person for anything.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::error::ApiError;
use super::peer::Client;
use crate::app::App;
use crate::auth::allowance::Allowance;
use crate::auth::{Identity, ProviderId};

/// A sign-in is three calls, so that twenty people behind one address can sign in in a minute.
const SIGN_INS_MAX: u32 = 60;
/// Everybody behind one address renews now and then, and many may have to at once.
const RENEWALS_MAX: u32 = 600;
/// Far more than a page asks for, and than a program needs that does not go round in circles.
const CALLS_MAX: u32 = 1200;
/// Far more than somebody at work on a file of their own asks for; several may share an address.
const GUESTS_MAX: u32 = 240;
const WINDOW: Duration = Duration::from_mins(1);

/// The calls of late: one for the server.
#[derive(Debug, Clone)]
pub(super) struct Calls(Arc<Counted>);

#[derive(Debug)]
struct Counted {
    sign_ins: Allowance<IpAddr>,
    renewals: Allowance<IpAddr>,
    people: Allowance<(&'static str, String)>,
    guests: Allowance<IpAddr>,
}

impl Default for Calls {
    fn default() -> Self {
        Self(Arc::new(Counted {
            sign_ins: Allowance::new(SIGN_INS_MAX, WINDOW),
            renewals: Allowance::new(RENEWALS_MAX, WINDOW),
            people: Allowance::new(CALLS_MAX, WINDOW),
            guests: Allowance::new(GUESTS_MAX, WINDOW),
        }))
    }
}

impl Calls {
    fn of(parts: &Parts) -> Result<&Counted, ApiError> {
        let calls = parts.extensions.get::<Self>();
        calls.map(|calls| &*calls.0).ok_or(ApiError::Internal)
    }
}

/// Counts a call of somebody who has signed in. An owner without a password is alone on their own
/// machine, and takes nothing from others.
pub(super) fn count(parts: &Parts, app: &App, caller: &Identity) -> Result<(), ApiError> {
    let alone = caller.provider == ProviderId::Local
        && app.people.as_ref().is_some_and(|p| p.owner().is_some());
    if alone {
        return Ok(());
    }
    let who = (caller.provider.as_str(), caller.username.clone());
    let spent = Calls::of(parts)?.people.spend(&who, app.clock.now());
    spent.map_err(|until| ApiError::TooManyCalls { until })
}

/// Counts a call of somebody who need not be signed in, and is not.
pub(super) async fn count_guest(parts: &mut Parts, app: &Arc<App>) -> Result<(), ApiError> {
    let Ok(client) = Client::from_request_parts(parts, app).await;
    let spent = Calls::of(parts)?
        .guests
        .spend(&client.counted(), app.clock.now());
    spent.map_err(|until| ApiError::TooManyCalls { until })
}

/// The caller's address may go on signing in, and this call is counted.
pub(super) struct Allowed;

impl FromRequestParts<Arc<App>> for Allowed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let Ok(client) = Client::from_request_parts(parts, app).await;
        let sign_ins = &Calls::of(parts)?.sign_ins;
        let spent = sign_ins.spend(&client.counted(), app.clock.now());
        spent.map_err(|until| ApiError::TooManySignIns { until })?;
        Ok(Self)
    }
}

/// The caller's address may go on renewing sign-ins, and this call is counted.
pub(super) struct MayRenew;

impl FromRequestParts<Arc<App>> for MayRenew {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let Ok(client) = Client::from_request_parts(parts, app).await;
        let renewals = &Calls::of(parts)?.renewals;
        let spent = renewals.spend(&client.counted(), app.clock.now());
        spent.map_err(|until| ApiError::TooManySignIns { until })?;
        Ok(Self)
    }
}
