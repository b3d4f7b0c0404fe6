//! The HTTP interface: axum lives here and nowhere else.

mod assets;
mod encoding;
