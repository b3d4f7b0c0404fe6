//! What each sign-in has read, for clients that know nothing of versions.

use moka::Entry;
use moka::sync::Cache;

use crate::auth::{ProviderId, Session, SignInId};
use crate::provider::Version;
use crate::store::ModelRef;

/// Memories kept at once, over all sign-ins and persons.
const READS_MAX: u64 = 100_000;

/// Which version of each model a save was made from that names none.
///
/// It is a memory of this server only: where it is empty, as after a restart, such a save is
/// refused, never guessed. Each sign-in has its own. One that has none yet has that of its person,
/// so that a model which is open in a client outlives the sign-in.
#[derive(Debug)]
pub struct Reads(Cache<(Reader, ModelRef), Seen>);

/// What has been seen of a model since it was last written by the same reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Nothing that counts: what was seen has led to a conflict, and must be read again.
    Nothing,
    /// This version alone.
    One(Version),
    /// Several: in two tabs, say. Which of them a save was made from cannot be known.
    Several,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Reader {
    SignIn(SignInId),
    Person(ProviderId, String),
}

impl Reader {
    /// The session's sign-in, and the person whose it is.
    fn both(session: &Session) -> [Self; 2] {
        let identity = &session.identity;
        let person = Self::Person(identity.provider, identity.username.clone());
        [Self::SignIn(session.id.clone()), person]
    }
}

impl Default for Reads {
    fn default() -> Self {
        Self(Cache::new(READS_MAX))
    }
}

impl Reads {
    /// Remembers that this version has been read.
    pub fn read(&self, session: &Session, at: &ModelRef, version: &Version) {
        for reader in Reader::both(session) {
            let key = (reader, at.clone());
            // Most reads find what they left: a look is cheaper than a write.
            if self
                .0
                .get(&key)
                .is_some_and(|seen| seen.and(version) == seen)
            {
                continue;
            }
            self.0.entry(key).and_upsert_with(|entry| {
                let seen = entry.map_or(Seen::Nothing, Entry::into_value);
                seen.and(version)
            });
        }
    }

    /// Remembers that this version has been written, whatever was read before.
    pub fn wrote(&self, session: &Session, at: &ModelRef, version: &Version) {
        self.set(session, at, &Seen::One(version.clone()));
    }

    /// Remembers that a conflict has been told: what is saved next must have been read after it.
    pub fn told(&self, session: &Session, at: &ModelRef) {
        self.set(session, at, &Seen::Nothing);
    }

    fn set(&self, session: &Session, at: &ModelRef, seen: &Seen) {
        for reader in Reader::both(session) {
            self.0.insert((reader, at.clone()), seen.clone());
        }
    }

    /// What this sign-in has seen, or else what its person has.
    #[must_use]
    pub fn seen(&self, session: &Session, at: &ModelRef) -> Seen {
        let mut readers = Reader::both(session).into_iter();
        let seen = readers.find_map(|reader| self.0.get(&(reader, at.clone())));
        seen.unwrap_or(Seen::Nothing)
    }
}

impl Seen {
    /// The same, and this version.
    fn and(&self, version: &Version) -> Self {
        match self {
            Self::Nothing => Self::One(version.clone()),
            Self::One(seen) if seen == version => self.clone(),
            Self::One(_) | Self::Several => Self::Several,
        }
    }
}
