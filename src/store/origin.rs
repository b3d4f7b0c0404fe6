//! What a change was made from.

use crate::model::Document;
use crate::provider::Version;

/// The version that a change was made from, where nothing is merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// This one: anything else is a conflict.
    Version(Version),
    /// Whatever is there: an overwrite that was asked for by name.
    Any,
}

/// What a save was made from, and what is done when that is not what is there any more.
#[derive(Debug, Clone)]
pub enum Origin {
    /// This, and anything else is a conflict.
    Exactly(Base),
    /// This: what others have changed since is merged.
    Known(Known),
    /// One of these, the newest of which is `last`: see [`save`](super::ModelStore::save).
    OneOf {
        /// What was read last.
        last: Known,
        /// What was read before it and may still be open somewhere, oldest first.
        earlier: Vec<Known>,
    },
}

impl Origin {
    /// Whether what others have changed since is merged.
    #[must_use]
    pub fn merges(&self) -> bool {
        !matches!(self, Self::Exactly(_))
    }
}

/// Something that a client has of a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    /// A version in the model's history.
    Stored(Version),
    /// What the client itself sent last, where others' changes were merged into what was stored.
    /// It was never stored as it is.
    Sent(Document),
}
