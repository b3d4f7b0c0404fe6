//! What is told of providers that could not do what was asked of them.

use axum::http::StatusCode;

use super::super::problem::Problem;
use super::ApiError;
use crate::provider::{Barrier, ProviderError};

#[expect(clippy::too_many_lines, reason = "a table: one arm for each variant")]
pub(super) fn provider(error: ProviderError) -> Problem {
    use StatusCode as S;
    match error {
        ProviderError::NotFound { what } => Problem::new(
            S::NOT_FOUND,
            "not_found",
            format!("There is no such {what}."),
        ),
        ProviderError::Forbidden => Problem::new(
            S::FORBIDDEN,
            "provider_forbidden",
            "The provider does not allow you to do this. If you have the right, the application that \
             you signed in with may lack it there.",
        ),
        ProviderError::Barred(barrier) => barred(barrier),
        ProviderError::SignInExpired => {
            Problem::from(ApiError::SignInRequired).ending_the_sign_in()
        }
        ProviderError::RateLimited { until } => Problem::new(
            S::TOO_MANY_REQUESTS,
            "provider_rate_limited",
            format!("The provider asks to wait until {until}."),
        )
        .until(until),
        ProviderError::Resting { until } => Problem::new(
            S::SERVICE_UNAVAILABLE,
            "provider_resting",
            format!(
                "The provider is out of order, and is left alone until {until}. Nothing was \
                 changed; try again then."
            ),
        )
        .until(until),
        ProviderError::TooLarge => Problem::new(
            S::PAYLOAD_TOO_LARGE,
            "file_too_large",
            "The file is larger than can be handled here.",
        ),
        ProviderError::Unavailable { reason, source } => {
            tracing::error!(
                reason,
                error = source.as_deref().map(|e| e as &dyn std::error::Error),
                "provider failed"
            );
            Problem::new(
                S::BAD_GATEWAY,
                "provider_unavailable",
                format!(
                    "The provider could not be reached or failed. {reason} Nothing was changed; \
                     try again."
                ),
            )
        }
    }
}

fn barred(barrier: Barrier) -> Problem {
    let (code, detail) = match barrier {
        Barrier::SingleSignOn {
            address: Some(address),
        } => (
            "single_sign_on_required",
            format!(
                "The organisation asks for single sign-on. Authorise Wyvern for it at {address} and \
                 try again."
            ),
        ),
        Barrier::SingleSignOn { address: None } => (
            "single_sign_on_required",
            "The organisation asks for single sign-on. Sign in there, then sign out of Wyvern and \
             in again."
                .to_owned(),
        ),
        Barrier::Application => (
            "application_not_approved",
            "The organisation has not approved the application that you signed in with. Ask one of \
             its owners to approve it."
                .to_owned(),
        ),
        Barrier::Archived => (
            "repository_archived",
            "The repository is archived and cannot be changed. Save to another one, or have it \
             unarchived."
                .to_owned(),
        ),
    };
    Problem::new(StatusCode::FORBIDDEN, code, detail)
}
