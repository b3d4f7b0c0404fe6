//! The document core against real files.

mod catalogue;
mod demo;
mod lossless;
mod one_hunk;
pub(crate) mod samples;
mod vectors;
