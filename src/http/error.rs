//! The one table from failure to status and code.
//!
//! Every variant is written out, so that a new one does not compile until somebody has chosen its
//! status. The client's text comes from here; the causes beneath go to the log, once.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use jiff::Timestamp;

use super::conflicts::Told;
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
    /// Too many wrong passwords.
    TooManyAttempts { seconds: u64 },
    /// Too many passwords are being checked.
    SignInBusy,
    /// No such page.
    UnknownPath,
    /// Another method is needed here.
    MethodNotAllowed,
    /// The request was sent to a host that this server is not.
    Misdirected,
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

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::Refused => Self::SignInRequired,
            AuthError::Denied { error } => {
                Self::BadRequest(format!("The provider answered {error:?}."))
            }
            AuthError::BadReturn => {
                Self::BadRequest("Nobody was sent to the provider with this.".to_owned())
            }
            AuthError::UnknownProvider => Self::UnknownProvider(String::new()),
            AuthError::Provider(error) => Self::Provider(error),
            AuthError::Unavailable(error) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                tracing::error!(%error, cause, "sign-ins cannot be looked up");
                Self::NotReady("Sign-ins cannot be looked up now. Try again in a moment.")
            }
        }
    }
}

impl From<ApiError> for Problem {
    #[expect(clippy::too_many_lines, reason = "a table: one arm for each variant")]
    fn from(error: ApiError) -> Self {
        use StatusCode as S;
        match error {
            ApiError::BadRequest(why) => Self::new(S::BAD_REQUEST, "bad_request", why),
            ApiError::SignInRequired => Self::new(
                S::UNAUTHORIZED,
                "sign_in_required",
                "You are not signed in, or your sign-in has expired. Sign in and try again.",
            ),
            ApiError::SignInRefused(why) => Self::new(S::UNAUTHORIZED, "sign_in_refused", why),
            ApiError::TooManyAttempts { seconds } => Self::new(
                S::TOO_MANY_REQUESTS,
                "too_many_attempts",
                "There were too many wrong passwords for this user name. Wait, then try again.",
            )
            .after(seconds),
            ApiError::SignInBusy => Self::new(
                S::TOO_MANY_REQUESTS,
                "sign_in_busy",
                "Too many passwords are being checked at once. Try again in a moment.",
            )
            .after(1),
            ApiError::UnknownPath => Self::new(
                S::NOT_FOUND,
                "unknown_path",
                "There is nothing at this address.",
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
            ApiError::Store(error) => store(error),
            ApiError::Provider(error) => provider(error),
            ApiError::Commit(error) => commit(error),
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

#[expect(clippy::too_many_lines, reason = "a table: one arm for each variant")]
fn store(error: StoreError) -> Problem {
    use StatusCode as S;
    match error {
        StoreError::NotFound => Problem::new(
            S::NOT_FOUND,
            "no_such_model",
            "There is no model of this name on this branch.",
        ),
        StoreError::Unreadable(invalid) => Problem::new(
            S::UNPROCESSABLE_ENTITY,
            "model_unreadable",
            format!("The file in the repository is not a threat model that can be read: {invalid}"),
        )
        .at(invalid.pointer()),
        StoreError::Conflict { now } => Problem::new(
            S::CONFLICT,
            "conflict",
            match now {
                Some(_) => {
                    "Somebody else has changed this model since you read it. Read it again \
                            and repeat your change on it."
                }
                None => "Somebody else has deleted or renamed this model since you read it.",
            },
        )
        .now(now.map(|version| version.to_string())),
        StoreError::Collision { now, conflicts } => {
            let told = Told::of(conflicts);
            Problem::new(S::CONFLICT, "conflict", told.sentence())
                .now(Some(now.to_string()))
                .colliding(told)
        }
        StoreError::UnknownBase { now } => Problem::new(
            S::CONFLICT,
            "conflict",
            "The version that this change was made from is not among the newest versions of this \
             model on this branch. Read the model again and repeat your change on it.",
        )
        .now(Some(now.to_string())),
        StoreError::UnreadableBase { now } => Problem::new(
            S::CONFLICT,
            "conflict",
            "The version that this change was made from is not a threat model that can be read. \
             Read the model again and repeat your change on it.",
        )
        .now(Some(now.to_string())),
        StoreError::UnclearBase { now } => Problem::new(
            S::CONFLICT,
            "conflict",
            "It is not known which of the versions that you have read this change was made from, \
             and it might take back what was changed between them. Read the model again and \
             repeat your change on it.",
        )
        .now(Some(now.to_string())),
        StoreError::NoSuchCommit => Problem::new(
            S::NOT_FOUND,
            "no_such_commit",
            "There is no such commit, or this branch does not have the model as it is there.",
        ),
        StoreError::NothingBefore => Problem::new(
            S::NOT_FOUND,
            "no_such_commit",
            "That commit created the model: there is nothing before it to compare with.",
        ),
        StoreError::AbsentThen => Problem::new(
            S::NOT_FOUND,
            "no_such_model",
            "There was no model of this name at that commit.",
        ),
        StoreError::AlreadyExists => Problem::new(
            S::UNPROCESSABLE_ENTITY,
            "already_exists",
            "There is already a model of this name on this branch. Choose another name, or open \
             that one.",
        ),
        StoreError::Unmovable { path } => Problem::new(
            S::CONFLICT,
            "unmovable",
            format!(
                "The model's folder holds something that cannot be moved or deleted here (a link, \
                 a submodule, more than 200 files or 64 MiB): {path}. Use git."
            ),
        ),
        StoreError::Name(refused) => ApiError::Name(refused).into(),
        StoreError::Commit(error) => commit(error),
        StoreError::Provider(error) => provider(error),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one arm for each variant")]
fn commit(error: CommitError) -> Problem {
    use StatusCode as S;
    match error {
        CommitError::FileChanged { now, .. } => store(StoreError::Conflict { now }),
        CommitError::AlreadyExists { name } => Problem::new(
            S::UNPROCESSABLE_ENTITY,
            "already_exists",
            format!("{name} is taken."),
        ),
        CommitError::NoSuchFile { .. } => store(StoreError::NotFound),
        CommitError::Protected => Problem::new(
            S::FORBIDDEN,
            "branch_protected",
            "This branch takes no direct commits. Save to another branch and open a pull request.",
        ),
        CommitError::UncommittedChanges { .. } => Problem::new(
            S::CONFLICT,
            "uncommitted_changes",
            format!("{error}. Commit or undo them there, then save again."),
        ),
        CommitError::Locked { .. } => Problem::new(
            S::SERVICE_UNAVAILABLE,
            "locked",
            format!(
                "{error}. Wait for it to finish; if no git command is running in that \
                     repository, remove the lock file."
            ),
        )
        .after(5),
        CommitError::Unknown { source } => {
            tracing::error!(
                error = &*source as &dyn std::error::Error,
                "unknown outcome"
            );
            Problem::new(
                S::SERVICE_UNAVAILABLE,
                "unknown_outcome",
                "It is not known whether the change was saved. Read the model again before you \
                 repeat it.",
            )
        }
        CommitError::Provider(error) => provider(error),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one arm for each variant")]
fn provider(error: ProviderError) -> Problem {
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
        ProviderError::SignInExpired => ApiError::SignInRequired.into(),
        ProviderError::RateLimited { until } => Problem::new(
            S::TOO_MANY_REQUESTS,
            "provider_rate_limited",
            format!("The provider asks to wait until {until}."),
        )
        .after(60),
        ProviderError::Resting { until } => Problem::new(
            S::SERVICE_UNAVAILABLE,
            "provider_resting",
            format!(
                "The provider has failed again and again. It is asked again at {until}; nothing \
                 was changed."
            ),
        )
        .after(5),
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
                    "The provider could not be reached or failed: {reason}. Nothing was \
                         changed; try again."
                ),
            )
        }
    }
}

impl ApiError {
    /// The refusal of a password.
    pub(super) fn refused(refused: Refused, now: Timestamp) -> Self {
        match refused {
            Refused::Wrong => Self::SignInRefused("The user name or the password is wrong."),
            Refused::TooMany { until } => {
                let seconds = until.duration_since(now).as_secs().max(1);
                Self::TooManyAttempts {
                    seconds: seconds.unsigned_abs(),
                }
            }
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
      CommitError => Commit);
