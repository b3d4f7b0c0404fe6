//! The one table from failure to status and code.
//!
//! Every variant is written out, so that a new one does not compile until somebody has chosen its
//! status. The client's text comes from here; the causes beneath go to the log, once.

mod provider;
mod sign_in;
mod store;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use jiff::Timestamp;

use super::problem::Problem;
use crate::auth::AuthError;
use crate::auth::local::Refused;
use crate::model::Invalid;
use crate::provider::{CommitError, NameError, ProviderError, Version};
use crate::store::{StoreError, TitleError};

/// Everything that a request can end with instead of its answer.
#[derive(Debug)]
pub(super) enum ApiError {
    /// The client's request is not understood; the text says why.
    BadRequest(String),
    /// There is no proof of a sign-in, or it is not accepted (any more).
    SignInRequired,
    /// The code, the refresh handle or the password was not accepted.
    SignInRefused(&'static str),
    /// The owner, who shows no password, is not on the server's own machine.
    OwnerElsewhere,
    /// Too many wrong passwords.
    TooManyAttempts { until: Timestamp },
    /// Too many calls that belong to signing in, from one address.
    TooManySignIns { until: Timestamp },
    /// Too many calls of one person.
    TooManyCalls { until: Timestamp },
    /// Too much is being sent by people who are not signed in.
    Crowded,
    /// Too many passwords are being checked.
    SignInBusy,
    /// No such page.
    UnknownPath,
    /// The model has no diagram of this number.
    NoSuchDiagram,
    /// Another method is needed here.
    MethodNotAllowed,
    /// The request was sent to a host that this server is not.
    Misdirected,
    /// A session cookie would be sent in clear over a network.
    InsecureAddress,
    /// Who is signed in cannot be found out now.
    SignInsUnavailable,
    /// A sign-in did not begin, end or go on.
    Auth(AuthError),
    /// A page of another site asks for a change.
    CrossOrigin,
    /// No such provider, or it is not served.
    UnknownProvider(String),
    /// A part of Threat Dragon's API that Wyvern does not serve.
    Unsupported(&'static str),
    /// The body is larger than the limit, in bytes; `of` says whose it is.
    TooLarge { limit: usize, of: &'static str },
    /// The body is not JSON by its content type, or is compressed.
    UnsupportedMediaType,
    /// The body came too slowly, or the answer took too long.
    Timeout,
    /// The server ends and waits for nothing any more.
    Stopping,
    /// The body is not a threat model.
    Invalid(Invalid),
    /// Deleting needs `If-Match`.
    PreconditionRequired(&'static str),
    /// `If-Match` names a version that is not the current one.
    PreconditionFailed { now: Option<Version> },
    /// A name is refused.
    Name(NameError),
    /// The commit message is refused.
    Title(TitleError),
    /// A model could not be read or changed.
    Store(StoreError),
    /// A provider could not answer.
    Provider(ProviderError),
    /// A branch could not be made.
    Commit(CommitError),
    /// The server cannot take work.
    NotReady(&'static str),
    /// A fault of ours.
    Internal,
}

impl From<ApiError> for Problem {
    #[expect(clippy::too_many_lines, reason = "a table: one arm for each variant")]
    fn from(error: ApiError) -> Self {
        use StatusCode as S;
        match error {
            ApiError::BadRequest(why) => Self::new(S::BAD_REQUEST, "bad_request", why),
            ApiError::SignInRequired => sign_in::required(),
            ApiError::SignInRefused(why) => Self::new(S::UNAUTHORIZED, "sign_in_refused", why),
            ApiError::OwnerElsewhere => sign_in::owner_elsewhere(),
            ApiError::TooManyAttempts { until } => sign_in::too_many_attempts(until),
            ApiError::TooManySignIns { until } => sign_in::too_many_calls(until),
            ApiError::TooManyCalls { until } => Self::new(
                S::TOO_MANY_REQUESTS,
                "too_many_requests",
                "You have asked for too much in a short time. Wait, then try again.",
            )
            .until(until),
            ApiError::Crowded => Self::new(
                S::SERVICE_UNAVAILABLE,
                "crowded",
                "People who are not signed in are sending this server as much as it takes at \
                 once. Try again soon, or sign in.",
            )
            .after(5),
            ApiError::SignInBusy => sign_in::busy(),
            ApiError::InsecureAddress => sign_in::insecure_address(),
            ApiError::SignInsUnavailable => sign_in::unavailable(),
            ApiError::Auth(error) => sign_in::auth(error),
            ApiError::CrossOrigin => Self::new(
                S::FORBIDDEN,
                "cross_origin",
                "A page of another site has sent this, or a program that does not say who it is. \
                 Programs send a bearer token and no cookie.",
            ),
            ApiError::UnknownPath => Self::new(
                S::NOT_FOUND,
                "unknown_path",
                "There is nothing at this address.",
            ),
            ApiError::NoSuchDiagram => Self::new(
                S::NOT_FOUND,
                "no_such_diagram",
                "The model has no diagram with this number.",
            ),
            ApiError::MethodNotAllowed => Self::new(
                S::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "This address does not know this method; the Allow header lists those it knows.",
            ),
            ApiError::Misdirected => Self::new(
                S::MISDIRECTED_REQUEST,
                "misdirected",
                "This server does not answer for this host name. Use the address it was \
                 configured with (server.public_url).",
            ),
            ApiError::UnknownProvider(name) => Self::new(
                S::NOT_FOUND,
                "unknown_provider",
                format!("There is no provider {name:?} on this server."),
            ),
            ApiError::Unsupported(what) => Self::new(S::NOT_IMPLEMENTED, "unsupported", what),
            ApiError::TooLarge { limit, of } => Self::new(
                S::PAYLOAD_TOO_LARGE,
                "too_large",
                format!("The body is larger than {limit} bytes, the limit of {of}."),
            ),
            ApiError::UnsupportedMediaType => Self::new(
                S::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "The body must be sent as application/json, not compressed.",
            ),
            ApiError::Timeout => Self::new(
                S::SERVICE_UNAVAILABLE,
                "timeout",
                "The request took too long. Whether it was carried out is not known; read again \
                 before repeating it.",
            )
            .after(1),
            ApiError::Stopping => Self::new(
                S::SERVICE_UNAVAILABLE,
                "stopping",
                "The server is stopping and does not wait any longer. Whether the request was \
                 carried out is not known; read again before repeating it.",
            )
            .after(1),
            ApiError::Invalid(invalid) => Self::new(
                S::UNPROCESSABLE_ENTITY,
                "model_invalid",
                invalid.to_string(),
            )
            .at(invalid.pointer()),
            ApiError::PreconditionRequired(why) => {
                Self::new(S::PRECONDITION_REQUIRED, "version_required", why)
            }
            ApiError::PreconditionFailed { now } => Self::new(
                S::PRECONDITION_FAILED,
                "version_stale",
                "The model has another version by now. Read it again and repeat the change on it.",
            )
            .now(now.map(|version| version.to_string())),
            ApiError::Name(refused) => {
                Self::new(S::UNPROCESSABLE_ENTITY, "name_refused", refused.to_string())
            }
            ApiError::Title(refused) => Self::new(
                S::UNPROCESSABLE_ENTITY,
                "message_refused",
                refused.to_string(),
            ),
            ApiError::Store(error) => store::store(error),
            ApiError::Provider(error) => provider::provider(error),
            ApiError::Commit(error) => store::commit(error),
            ApiError::NotReady(why) => Self::new(S::SERVICE_UNAVAILABLE, "not_ready", why),
            ApiError::Internal => Self::new(
                S::INTERNAL_SERVER_ERROR,
                "internal",
                "Something went wrong in the server. The log has the details under this \
                 request's id.",
            ),
        }
    }
}

impl ApiError {
    /// The refusal of a one-time code.
    pub(super) fn refused_code(error: AuthError) -> Self {
        match error {
            AuthError::Refused => Self::SignInRefused(
                "This sign-in link has been used, is too old, or belongs to another browser. Sign \
                 in again.",
            ),
            error => error.into(),
        }
    }

    /// The refusal of a password.
    pub(super) fn refused(refused: Refused) -> Self {
        match refused {
            Refused::Wrong => Self::SignInRefused("The user name or the password is wrong."),
            Refused::TooMany { until } => Self::TooManyAttempts { until },
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response<Body> {
        Problem::from(self).into_response()
    }
}

macro_rules! from {
    ($($error:ident => $variant:ident),+) => {$(
        impl From<$error> for ApiError {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        }
    )+};
}

from!(Invalid => Invalid, NameError => Name, TitleError => Title, StoreError => Store, ProviderError => Provider,
      CommitError => Commit, AuthError => Auth);
