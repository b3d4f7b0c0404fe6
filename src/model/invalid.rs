//! Why a text is not a threat model.

use thiserror::Error;

use super::json::JsonError;

/// A refusal of a text as a threat model. Its display is one sentence, fit for showing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Invalid {
    /// It is not acceptable JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// It is JSON, but not of the shape of a threat model.
    #[error("A threat model has {expected} at {}.", place(pointer))]
    Shape {
        /// The JSON pointer of the value that is wrong or missing.
        pointer: String,
        /// What must stand there.
        expected: &'static str,
    },
}

impl Invalid {
    /// The JSON pointer (RFC 6901) of what is wrong; empty for the whole text.
    #[must_use]
    pub fn pointer(&self) -> &str {
        match self {
            Self::Json(error) => &error.pointer,
            Self::Shape { pointer, .. } => pointer,
        }
    }

    /// The same of a model that is a part of a text, at this pointer in it.
    pub(super) fn inside(mut self, part: &str) -> Self {
        self.pointer_mut().insert_str(0, part);
        self
    }

    /// The same of a part of a model that stands elsewhere in a text.
    pub(super) fn moved(mut self, from: &str, to: &str) -> Self {
        let pointer = self.pointer_mut();
        let below = pointer.strip_prefix(from).unwrap_or_default();
        *pointer = format!("{to}{below}");
        self
    }

    fn pointer_mut(&mut self) -> &mut String {
        let (Self::Shape { pointer, .. } | Self::Json(JsonError { pointer, .. })) = self;
        pointer
    }
}

fn place(pointer: &str) -> &str {
    if pointer.is_empty() {
        "the top"
    } else {
        pointer
    }
}
