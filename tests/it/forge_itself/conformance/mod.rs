//! The forge against GitHub's own description of its API, so that it is no mirror of what we
//! believe.
//!
//! The description is fetched with npm once and kept below the target folder.

mod graphql;
mod official;
mod rest;
mod schema;
mod shape;
mod wyvern;
