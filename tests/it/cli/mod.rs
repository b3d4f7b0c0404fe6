//! The program as people and supervisors meet it: its streams, its exit codes, its signals.

mod bad_input;
mod check;
mod check_formats;
mod ci;
mod config;
mod diff;
mod exit_codes;
mod fmt;
mod kept;
mod library;
mod login;
mod merge;
mod operate;
pub(crate) mod program;
mod render;
mod serve;
mod signals;
mod suggest;
mod suggestions;
mod user;
mod work;
