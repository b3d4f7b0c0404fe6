//! The GitHub adapter over a forge: what the contract of providers does not say.

mod calls;
pub(crate) mod desk;
mod entries;
mod failures;
mod listings;
mod lost;
mod moved;
mod races;
mod rights;
mod sizes;

pub(crate) use desk::adapter;
use desk::{Desk, at, branch, put};
