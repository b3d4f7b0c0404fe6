//! Wyvern: a threat-modelling service whose only store is git.
//!
//! The layers, from the bottom: `config`, `clock`, `random`, `turns` and
//! `placed_toml`; `provider` (moves bytes) and `model`
//! (understands them); `suggest`, `library` and `report`; `store` and `auth`; `app`; `http`; `cli`. A module imports only from
//! layers below its own, which `tests/it/tidy.rs` checks. ARCHITECTURE.md has the map.

pub mod app;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod config;
pub mod http;
pub mod library;
pub mod model;
mod placed_toml;
pub mod provider;
mod random;
pub mod report;
pub mod store;
pub mod suggest;
mod turns;
