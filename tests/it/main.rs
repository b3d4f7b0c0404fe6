//! The integration tests: one binary, its modules in reading order.

mod provider_contract;
