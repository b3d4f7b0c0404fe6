//! The forge against the hosts' own descriptions of their APIs, so that it is no mirror of what we
//! believe.
//!
//! The descriptions are fetched with npm once and kept below the target folder.

mod bitbucket;
mod drift;
mod graphql;
mod official;
mod rest;
mod schema;
mod shape;
mod types;
mod wyvern;
