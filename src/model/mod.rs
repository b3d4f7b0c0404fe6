//! The threat model as a document: lossless JSON, typed views, operations.
