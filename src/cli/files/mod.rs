//! Files with threat models: found, read, worked on at once, replaced.

mod each;
mod find;
mod read;
mod replace;

pub(super) use self::each::each;
pub(super) use self::find::{Candidate, find, folder_of, open};
pub(super) use self::read::{FILE_MAX, Reason, Refusal, read_model};
pub(super) use self::replace::replace;
