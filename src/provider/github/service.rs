//! The way from octocrab to GitHub: every call goes out by the one policy of [`Outgoing`].

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use octocrab::{AuthState, OctoBody, Octocrab, OctocrabBuilder};

use super::endpoints::Endpoints;
use crate::provider::outgoing::{Call, CallError, Outgoing, Repeat};

/// A client that belongs to nobody yet. It makes relative calls, for octocrab adds a token to no
/// others; where they go is known to [`Endpoints`].
pub(super) fn octocrab(outgoing: Outgoing, endpoints: Arc<Endpoints>) -> Octocrab {
    let service = tower::service_fn(move |request: Request<OctoBody>| {
        carry(outgoing.clone(), Arc::clone(&endpoints), request)
    });
    let Ok(octocrab) = OctocrabBuilder::new_empty()
        .with_service(service)
        .with_auth(AuthState::None)
        .build();
    octocrab
}

async fn carry(
    outgoing: Outgoing,
    endpoints: Arc<Endpoints>,
    request: Request<OctoBody>,
) -> Result<Response<Full<Bytes>>, CallError> {
    let (parts, body) = request.into_parts();
    let unsent = |error: octocrab::Error| CallError::NotSent {
        reason: "The request could not be made.".to_owned(),
        source: Some(Arc::new(error)),
    };
    let answer = outgoing
        .send(Call {
            method: parts.method,
            url: endpoints.locate(&parts.uri),
            headers: parts.headers,
            body: body.collect().await.map_err(unsent)?.to_bytes(),
            // Whoever does not say that a call may be made twice has not thought about it.
            repeat: *parts.extensions.get().unwrap_or(&Repeat::Never),
        })
        .await?;
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    Ok(response)
}
