//! The integration tests: one binary, its modules in reading order.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test, a panic is how a failure is told"
)]

#[path = "../forge/mod.rs"]
mod forge;
mod running;
mod support;
mod tidy;

mod bitbucket;
mod forge_itself;
mod github;
mod gitlab;
mod local;
mod model;
mod outgoing;
mod provider_contract;
mod provider_editors;
mod provider_faults;

mod api_about;
mod api_accounts;
mod api_allowance;
mod api_bases;
mod api_cards;
mod api_collisions;
mod api_cross_origin;
mod api_documents;
mod api_errors;
mod api_fairness;
mod api_first_model;
mod api_github;
mod api_history;
mod api_hostile_bodies;
mod api_hostile_names;
mod api_hosts;
mod api_library;
mod api_listings;
mod api_merge;
mod api_messages;
mod api_models;
mod api_pictures;
mod api_races;
mod api_register;
mod api_rename_delete;
mod api_repositories;
mod api_sign_in;
mod api_suggestions;
mod api_tabs;
mod api_together;
mod api_tokens;
mod api_unread_bodies;
mod api_versions;
mod life;
mod openapi;
mod replicas;
mod schema;
mod shared_turns;
mod sign_in;
mod slow_clients;
mod store;
mod store_races;
mod two_sessions;

mod cli;
mod dockerfile;
mod readme;
