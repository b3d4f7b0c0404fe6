//! Why somebody could not sign in, stay signed in or sign out.

use thiserror::Error;

use super::records::RecordsError;
use crate::provider::ProviderError;

/// Why a sign-in did not begin, end or go on, told by what to do next.
#[derive(Debug, Error)]
pub enum AuthError {
    /// What was shown proves nothing, or not any more: sign in again.
    #[error("the sign-in has ended or never was")]
    Refused,
    /// The person said no at the provider's page, or the provider did.
    #[error("the provider answered {error:?}")]
    Denied {
        /// OAuth's code for why, such as `access_denied`: letters and underscores alone.
        error: String,
    },
    /// The browser came back from the provider with something that this server never sent it off
    /// with, or that is used, too old, or another browser's.
    #[error("nobody was sent to the provider with this")]
    BadReturn,
    /// No such provider is served.
    #[error("there is no such provider")]
    UnknownProvider,
    /// The provider cannot be asked now.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The records cannot be reached: nothing is known of who is signed in.
    #[error(transparent)]
    Unavailable(#[from] RecordsError),
}
