//! The program as people and supervisors meet it: its streams, its exit codes, its signals.

mod config;
mod operate;
pub(crate) mod program;
mod serve;
mod signals;
