//! Preconditions: what a client says about the version that it has.

use axum::extract::FromRequestParts;
use axum::http::HeaderName;
use axum::http::header::{IF_MATCH, IF_NONE_MATCH};
use axum::http::request::Parts;

use super::error::ApiError;
use super::extract::{once, text};
use crate::provider::Version;

/// What the client says about the version its change was made from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Precondition {
    /// Nothing.
    None,
    /// `If-Match: *`: whatever is there.
    Exists,
    /// `If-Match` with these versions, at least one: any of them, or 412.
    Match(Vec<Version>),
    /// `If-Match` with what can be no version of ours: it never matches.
    Never,
    /// `Base-Version`: that one, or 409.
    Base(Version),
}

impl<S: Send + Sync> FromRequestParts<S> for Precondition {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let base = HeaderName::from_static("base-version");
        match (
            once(&parts.headers, &IF_MATCH)?,
            once(&parts.headers, &base)?,
        ) {
            (Some(_), Some(_)) => {
                let why = "Send If-Match or Base-Version, not both.";
                Err(ApiError::BadRequest(why.to_owned()))
            }
            (Some("*"), None) => Ok(Self::Exists),
            (Some(tags), None) => Ok(match tags.split(',').filter_map(version).collect() {
                versions if Vec::is_empty(&versions) => Self::Never,
                versions => Self::Match(versions),
            }),
            (None, Some(base)) => version(base).map(Self::Base).ok_or_else(|| {
                ApiError::BadRequest("Base-Version must be an ETag of the model.".to_owned())
            }),
            (None, None) => Ok(Self::None),
        }
    }
}

/// The version in an entity tag of ours; quotes may be left out.
///
/// A weak tag is as good as a strong one, although RFC 9110 lets `If-Match` compare strongly: ours
/// is weak where the answer was compressed, and the version names the file, not its encoding.
fn version(tag: &str) -> Option<Version> {
    let tag = tag.trim();
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    Version::parse(
        tag.strip_prefix('"')
            .and_then(|t| t.strip_suffix('"'))
            .unwrap_or(tag),
    )
}

/// Whether `If-None-Match` names this version, so that the client has it already.
pub(super) struct Held(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Held {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(
            text(&parts.headers, &IF_NONE_MATCH).map(ToOwned::to_owned),
        ))
    }
}

impl Held {
    pub(super) fn is(&self, version: &Version) -> bool {
        self.0.as_ref().is_some_and(|tags| {
            tags.split(',').map(str::trim).any(|tag| {
                let tag = tag.strip_prefix("W/").unwrap_or(tag);
                tag == "*" || tag.trim_matches('"') == version.as_str()
            })
        })
    }
}
