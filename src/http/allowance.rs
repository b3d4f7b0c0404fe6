//! How often one address may ask for what belongs to signing in.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::error::ApiError;
use super::peer::Client;
use crate::app::App;
use crate::auth::allowance::Allowance;

/// A sign-in is three calls, so that twenty people behind one address can sign in in a minute.
const CALLS_MAX: u32 = 60;
const WINDOW: Duration = Duration::from_mins(1);

/// The calls that each address has made of late: one for the server.
#[derive(Debug, Clone)]
pub(super) struct SignInCalls(Arc<Allowance<IpAddr>>);

impl Default for SignInCalls {
    fn default() -> Self {
        Self(Arc::new(Allowance::new(CALLS_MAX, WINDOW)))
    }
}

/// The caller's address has calls left, and this one is counted.
pub(super) struct Allowed;

impl FromRequestParts<Arc<App>> for Allowed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let client = Client::from_request_parts(parts, app).await;
        let Ok(client) = client;
        let calls = Extension::<SignInCalls>::from_request_parts(parts, app).await;
        let Extension(SignInCalls(calls)) = calls.map_err(|_| ApiError::Internal)?;
        let spent = calls.spend(&client.counted(), app.clock.now());
        spent.map_err(|until| ApiError::TooManySignIns { until })?;
        Ok(Self)
    }
}
