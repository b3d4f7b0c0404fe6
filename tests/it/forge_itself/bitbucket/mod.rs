//! Bitbucket's dialect.

mod accounts;
mod branches;
mod client;
mod history;
mod limits;
mod sign_in;
mod source;
mod upload;
