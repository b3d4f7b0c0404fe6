//! What is told of providers that could not do what was asked of them.

use axum::http::StatusCode;

use super::super::problem::Problem;
use super::ApiError;
use crate::provider::ProviderError;

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
            "The provider does not allow you to do this.",
        ),
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
                "The provider has failed again and again. It is asked again at {until}; nothing \
                 was changed."
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
            // Some reasons are whole sentences.
            let reason = reason.trim_end_matches('.');
            Problem::new(
                S::BAD_GATEWAY,
                "provider_unavailable",
                format!(
                    "The provider could not be reached or failed: {reason}. Nothing was \
                         changed; try again."
                ),
            )
        }
    }
}
