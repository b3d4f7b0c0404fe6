//! What is told of sign-ins that did not begin, end or go on.

use axum::http::StatusCode as S;
use jiff::Timestamp;

use super::super::problem::Problem;
use super::provider::provider;
use crate::auth::AuthError;

/// What a provider says where the person has said no (RFC 6749, 4.1.2.1).
const ACCESS_DENIED: &str = "access_denied";

pub(super) fn required() -> Problem {
    Problem::new(
        S::UNAUTHORIZED,
        "sign_in_required",
        "You are not signed in, or your sign-in has expired. Sign in and try again.",
    )
}

pub(super) fn owner_elsewhere() -> Problem {
    Problem::new(
        S::FORBIDDEN,
        "owner_elsewhere",
        "There are no accounts here, so that only somebody on the server's own machine can sign \
         in, through no proxy. Whoever runs this server can make accounts with `wyvern user add`.",
    )
}

pub(super) fn too_many_attempts(until: Timestamp) -> Problem {
    Problem::new(
        S::TOO_MANY_REQUESTS,
        "too_many_attempts",
        "There were too many wrong passwords for this user name. Wait, then try again.",
    )
    .until(until)
}

pub(super) fn too_many_calls(until: Timestamp) -> Problem {
    Problem::new(
        S::TOO_MANY_REQUESTS,
        "too_many_sign_ins",
        "There were too many tries to sign in from your address. Wait, then try again.",
    )
    .until(until)
}

pub(super) fn busy() -> Problem {
    Problem::new(
        S::TOO_MANY_REQUESTS,
        "sign_in_busy",
        "Too many passwords are being checked at once. Try again in a moment.",
    )
    .after(1)
}

pub(super) fn insecure_address() -> Problem {
    Problem::new(
        S::FORBIDDEN,
        "insecure_address",
        "This address is not https, so that everybody on the way could take your sign-in. Whoever \
         runs this server must give it an https address (server.public_url).",
    )
}

pub(super) fn auth(error: AuthError) -> Problem {
    match error {
        AuthError::Refused => required(),
        AuthError::Denied { error } => denied(&error),
        AuthError::BadReturn => Problem::new(
            S::BAD_REQUEST,
            "bad_return",
            "This sign-in was not begun in this browser, is too old, or has been used. Go back and \
             sign in again.",
        ),
        AuthError::UnknownProvider => Problem::new(
            S::NOT_FOUND,
            "unknown_provider",
            "There is no such provider on this server.",
        ),
        AuthError::Provider(error) => provider(error),
        AuthError::Unavailable(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the records of sign-ins cannot be reached"
            );
            unavailable()
        }
    }
}

pub(super) fn unavailable() -> Problem {
    Problem::new(
        S::SERVICE_UNAVAILABLE,
        "sign_ins_unavailable",
        "Whether you are signed in cannot be found out at the moment. Try again soon.",
    )
    .after(5)
}

fn denied(error: &str) -> Problem {
    if error == ACCESS_DENIED {
        let told = "You have not given Wyvern permission there, so you are not signed in. Go back \
                    and sign in again if you want to.";
        return Problem::new(S::FORBIDDEN, "permission_denied", told);
    }
    let told = format!("The provider did not sign you in: it answered {error:?}. Try again later.");
    Problem::new(S::BAD_GATEWAY, "sign_in_failed", told)
}
