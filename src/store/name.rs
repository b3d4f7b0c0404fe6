//! The name of a model: one path segment whose file name also fits.

use std::fmt;

use crate::provider::{NameError, Segment};

/// A model's name, which is its folder's name and its file's stem.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelName(Segment);

impl ModelName {
    /// Reads a model's name.
    ///
    /// # Errors
    /// When it cannot be a folder's name; see [`Segment::parse`].
    pub fn parse(text: &str) -> Result<Self, NameError> {
        Segment::parse(text)
            .map(Self)
            .map_err(|refused| refused.of("model name"))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The name of its folder.
    #[must_use]
    pub fn as_segment(&self) -> &Segment {
        &self.0
    }

    /// The name of its file, `<name>.json`.
    #[must_use]
    pub fn file_name(&self) -> Segment {
        self.0.with_extension("json")
    }
}

impl fmt::Display for ModelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
