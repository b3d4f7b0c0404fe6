//! The GitLab adapter over a forge: what the contract of providers does not say.

mod calls;
mod desk;
mod entries;
mod failures;
mod gaps;
mod left;
mod listings;
mod lost;
mod moved;
mod races;
mod rights;
mod sizes;

use crate::github::desk::{answer, at, branch, put};
use desk::{Desk, HERS, SHOP};
