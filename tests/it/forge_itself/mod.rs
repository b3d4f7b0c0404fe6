//! The forge that the hosted providers are tested on: what it says is what git says, and it holds
//! to its hosts' rules.

mod bitbucket;
mod branches;
mod client;
mod conformance;
mod contents;
mod device;
mod dialects;
mod faults;
mod gitlab;
mod graphql;
mod limits;
mod sign_in;
