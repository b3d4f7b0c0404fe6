//! Models that have been parsed, kept for the next reader.

use moka::sync::Cache;

use super::{StoreError, apart};
use crate::model::Document;
use crate::provider::{File, Version};

/// What parsed models may take in memory at once, in bytes of their text.
const PARSED_MAX: u64 = 32 << 20;

/// Parsed models by their file's version.
///
/// A version names its bytes, so an entry never ages, and it is only ever reached by somebody whose
/// own credential has just read that file, or the list of commits that says that the file had this
/// version.
#[derive(Debug, Clone)]
pub struct Parsed(Cache<Version, Document>);

impl Default for Parsed {
    fn default() -> Self {
        let weigh = |_: &Version, document: &Document| {
            u32::try_from(document.bytes().len()).unwrap_or(u32::MAX)
        };
        Self(
            Cache::builder()
                .weigher(weigh)
                .max_capacity(PARSED_MAX)
                .build(),
        )
    }
}

impl Parsed {
    /// The document of this version, if it is kept.
    pub(super) fn kept(&self, version: &Version) -> Option<Document> {
        self.0.get(version)
    }

    /// Keeps a document for the next reader of its file, which is in this version now.
    pub(super) fn keep(&self, version: Version, document: Document) {
        self.0.insert(version, document);
    }

    /// The document that a file holds.
    pub(super) async fn document(&self, file: File) -> Result<Document, StoreError> {
        if let Some(document) = self.kept(&file.version) {
            return Ok(document);
        }
        let read = apart(file.bytes.len(), || Document::parse(file.bytes));
        let document = read.await.map_err(StoreError::Unreadable)?;
        self.keep(file.version, document.clone());
        Ok(document)
    }
}
