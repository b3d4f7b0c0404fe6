//! JSON as it was written: a text and an index over it. Nothing is decoded until it is asked for,
//! so what nobody changes is kept byte for byte.

mod draft;
mod equal;
mod error;
mod keys;
mod layout;
mod number;
mod output;
mod pair;
mod pointer;
mod revise;
mod scan;
mod token;
mod value;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use bytestring::ByteString;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

pub(crate) use self::draft::Draft;
pub use self::error::{Fault, JsonError};
pub(crate) use self::pointer::token as pointer_token;
pub use self::scan::{DEPTH_MAX, TEXT_MAX, VALUES_MAX};
pub use self::value::{Kind, Value};

use self::layout::Layout;
use self::output::Output;
use self::scan::Node;

/// A JSON text that has been read and found valid. Cheap to clone.
///
/// Costs 16 bytes for each value and each key, besides the text: a Threat Dragon model takes less
/// than twice its text, or three times when it has no white space.
#[derive(Clone)]
pub struct Json {
    text: ByteString,
    nodes: Arc<Vec<Node>>,
}

impl Json {
    /// Reads one JSON value in UTF-8. Stricter than RFC 8259 where two readers could disagree:
    /// no byte-order mark, no object with the same key twice, no half of a surrogate pair.
    ///
    /// # Errors
    /// When it is not such a text, or is beyond [`TEXT_MAX`], [`DEPTH_MAX`] or [`VALUES_MAX`].
    pub fn parse(text: impl Into<Bytes>) -> Result<Self, JsonError> {
        let bytes = text.into();
        let text = ByteString::try_from(bytes.clone()).map_err(|_| error::not_text(&bytes))?;
        let mut nodes = scan::scan(&text)?;
        nodes.shrink_to_fit();
        let nodes = Arc::new(nodes);
        Ok(Self { text, nodes })
    }

    /// The text, exactly as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text's bytes, shared.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        self.text.as_bytes().clone()
    }

    /// The one value that the text holds.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        Value::root(self)
    }

    /// What `incoming` says, spelled as this text does: see [`Value`]'s equality for what counts
    /// as the same value, and `revise` for what is kept. Nothing when it would be far longer than
    /// both, which no document is that somebody works on: see `output`.
    #[must_use]
    pub fn revised_by(&self, incoming: &Self) -> Option<String> {
        revise::revise(self, incoming)
    }

    /// The same values and tokens in Threat Dragon's layout: two spaces, LF, no newline at the
    /// end. Nothing when that would be far longer: see `output`.
    #[must_use]
    pub fn laid_out(&self) -> Option<String> {
        let mut out = Output::from_longest(self.text.len());
        Layout::threat_dragon().write(self.root(), Some(""), &mut out);
        out.finish()
    }

    /// Whether a line break stands between two tokens.
    #[must_use]
    pub fn has_lines(&self) -> bool {
        self.root().raw().contains(['\n', '\r'])
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Json").field(&self.text()).finish()
    }
}

/// As it is written: a format that is JSON gets the very tokens.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.text).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// Equal by value, as [`Value`] has it.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.root() == other.root()
    }
}
