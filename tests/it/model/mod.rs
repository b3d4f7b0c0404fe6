//! The document core against real files.

mod lossless;
mod one_hunk;
mod samples;
