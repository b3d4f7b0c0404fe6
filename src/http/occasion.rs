//! The occasion of a change: the request that asks for it, and what its author says about it.

use axum::extract::FromRequestParts;
use axum::http::HeaderName;
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;

use super::error::ApiError;
use super::extract::once;
use crate::store::{Occasion, RequestId, Title};

/// The header with the commit's message: one line of UTF-8, percent-encoded.
const COMMIT_MESSAGE: HeaderName = HeaderName::from_static("commit-message");

/// On what occasion a change is made.
pub(super) struct Asked(pub(super) Occasion);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let title = once(&parts.headers, &COMMIT_MESSAGE)?
            .map(title)
            .transpose()?;
        let request = parts.extensions.get::<RequestId>().copied();
        Ok(Self(Occasion { title, request }))
    }
}

fn title(encoded: &str) -> Result<Title, ApiError> {
    let text = percent_decode_str(encoded).decode_utf8();
    let text = text.map_err(|_| {
        let why = "The header commit-message must be percent-encoded UTF-8.";
        ApiError::BadRequest(why.to_owned())
    })?;
    Ok(Title::parse(&text)?)
}
