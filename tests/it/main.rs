//! The integration tests: one binary, its modules in reading order.

mod model;
mod provider_contract;
