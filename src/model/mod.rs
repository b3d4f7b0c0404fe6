//! The threat model as a document: lossless JSON, typed views, operations.

pub mod json;

mod document;
mod invalid;
mod shape;

pub use self::document::{Document, Generation};
pub use self::invalid::Invalid;
