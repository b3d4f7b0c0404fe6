//! The integration tests: one binary, its modules in reading order.
//!
//! `cfg(test)` is always so here; it tells clippy that whole modules are tests.

#[cfg(test)]
mod local;
#[cfg(test)]
mod provider_contract;
