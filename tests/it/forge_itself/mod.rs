//! The forge that the hosted providers are tested on: what it says is what git says, and it holds
//! to GitHub's rules.

mod client;
mod contents;
