//! The Bitbucket adapter over a forge: what the contract of providers does not say.

mod calls;
mod desk;
mod entries;
mod failures;
mod limits;
mod listings;
mod lost;
mod names;
mod races;
mod rights;

pub(crate) use desk::adapter;
use desk::{Desk, at, branch, put};
