//! What each sign-in has read, for clients that know nothing of versions.

use moka::sync::Cache;

use crate::auth::SignInId;
use crate::provider::Version;
use crate::store::ModelRef;

/// Reads remembered at once, over all sign-ins.
const READS_MAX: u64 = 100_000;

/// The version of each model that each sign-in last read or wrote.
///
/// A save that names no version was made from that one. It is a memory of this server only: where
/// it is empty, such a save is refused, never guessed.
#[derive(Debug)]
pub struct Reads(Cache<(SignInId, ModelRef), Version>);

impl Default for Reads {
    fn default() -> Self {
        Self(Cache::new(READS_MAX))
    }
}

impl Reads {
    /// Remembers that this sign-in has seen this version.
    pub fn remember(&self, sign_in: &SignInId, at: &ModelRef, version: &Version) {
        let key = (sign_in.clone(), at.clone());
        // Most reads find what they left: a look is cheaper than a write.
        if self.0.get(&key).as_ref() != Some(version) {
            self.0.insert(key, version.clone());
        }
    }

    /// The version that this sign-in saw last.
    #[must_use]
    pub fn last(&self, sign_in: &SignInId, at: &ModelRef) -> Option<Version> {
        self.0.get(&(sign_in.clone(), at.clone()))
    }
}
