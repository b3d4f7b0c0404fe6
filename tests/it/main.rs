//! The integration tests: one binary, its modules in reading order.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test, a panic is how a failure is told"
)]

mod cli;
mod dockerfile;
mod model;
mod provider_contract;
mod readme;
mod running;
