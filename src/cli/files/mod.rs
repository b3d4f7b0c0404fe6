//! Files with threat models: found, read, worked on at once, replaced.

mod each;
mod find;
mod read;
mod replace;
mod text;

pub(super) use self::each::each;
pub(super) use self::find::{Candidate, find, folder_of, open, repository_top};
pub(super) use self::read::{FILE_MAX, Reason, Refusal, read_model};
pub(super) use self::replace::replace;
pub(super) use self::text::{read_short, read_text};
