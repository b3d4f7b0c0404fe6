//! Bitbucket's dialect.

mod accounts;
mod branches;
pub(super) mod client;
mod history;
mod limits;
mod sign_in;
mod source;
mod upload;
