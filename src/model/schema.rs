//! The JSON Schema of the file format, for editors and other programs.

/// The schema of version 2, JSON Schema 2020-12. It describes what programs may count on, in every
/// dialect of real files; whoever holds to it is read by [`Document::parse`](super::Document::parse).
pub const SCHEMA: &str = include_str!("threat-model.schema.json");
