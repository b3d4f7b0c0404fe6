//! What each sign-in has read, for clients that know nothing of versions.

use moka::Entry;
use moka::sync::Cache;

use crate::auth::{ProviderId, Session, SignInId};
use crate::model::Document;
use crate::provider::Version;
use crate::store::{Known, ModelRef};

/// What the memory may take, in bytes, over all sign-ins and persons.
const MEMORY_MAX: u64 = 64 << 20;
/// How many versions of a model are told apart. Of more it is not known any more which there were.
const VERSIONS_MAX: usize = 16;

/// Which versions of each model a save may have been made from that names none.
///
/// It is a memory of this server only: where it is empty, as after a restart, such a save is
/// refused, never guessed. Each sign-in has its own. One that has none yet has that of its person,
/// so that a model which is open in a client outlives the sign-in.
///
/// Whatever is read is remembered, old versions too, until the same sign-in saves: then it has what
/// it has saved. That is the version that was stored, or, where others' changes were merged into
/// it, the document as it was sent: such a client does not look at the answer, and has not seen
/// those changes.
#[derive(Debug)]
pub struct Reads(Cache<(Reader, ModelRef), Holdings>);

/// What has been seen of a model since it was last written by the same reader.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// Nothing that counts: what was seen has led to a conflict, and must be read again.
    Nothing,
    /// These. Each is different from the others.
    These {
        /// What was seen last.
        last: Known,
        /// What was seen before it and may still be open, in another tab, say; oldest first.
        earlier: Vec<Known>,
    },
    /// More than can be told apart.
    TooMany,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Reader {
    SignIn(SignInId),
    Person(ProviderId, String),
}

/// What a reader may have of a model, oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
struct Holdings {
    known: Vec<Held>,
    /// Whether there was more than could be kept.
    more: bool,
}

/// What one sign-in has.
#[derive(Debug, Clone, PartialEq)]
struct Held {
    by: SignInId,
    what: Known,
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
        let weigh = |_: &(Reader, ModelRef), holdings: &Holdings| {
            let weight = 500 + holdings.known.iter().map(Held::size).sum::<usize>();
            u32::try_from(weight).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder().weigher(weigh).max_capacity(MEMORY_MAX);
        Self(cache.build())
    }
}

impl Reads {
    /// Remembers that this version has been read.
    pub fn read(&self, session: &Session, at: &ModelRef, version: &Version) {
        let held = Held {
            by: session.id.clone(),
            what: Known::Stored(version.clone()),
        };
        self.remember(session, at, |_, holdings| holdings.add(&held));
    }

    /// Remembers that this version has been written, whatever this sign-in had read before.
    pub fn wrote(&self, session: &Session, at: &ModelRef, version: &Version) {
        self.now_has(session, at, &Known::Stored(version.clone()));
    }

    /// Remembers that this document has been sent, and that others' changes were merged into what
    /// was written.
    pub fn sent(&self, session: &Session, at: &ModelRef, document: &Document) {
        self.now_has(session, at, &Known::Sent(document.clone()));
    }

    /// Remembers that a conflict has been told: what is saved next must have been read after it.
    pub fn told(&self, session: &Session, at: &ModelRef) {
        self.remember(session, at, |_, holdings| *holdings = Holdings::default());
    }

    /// What this sign-in has seen, or else what its person has.
    #[must_use]
    pub fn seen(&self, session: &Session, at: &ModelRef) -> Seen {
        let mut readers = Reader::both(session).into_iter();
        let held = readers.find_map(|reader| self.0.get(&(reader, at.clone())));
        held.unwrap_or_default().seen()
    }

    fn now_has(&self, session: &Session, at: &ModelRef, what: &Known) {
        let held = Held {
            by: session.id.clone(),
            what: what.clone(),
        };
        self.remember(session, at, |reader, holdings| {
            holdings.known.retain(|other| other.by != held.by);
            // A person has other sign-ins, and what could not be kept may be theirs.
            holdings.more &= matches!(reader, Reader::Person(..));
            holdings.add(&held);
        });
    }

    fn remember(&self, session: &Session, at: &ModelRef, change: impl Fn(&Reader, &mut Holdings)) {
        for reader in Reader::both(session) {
            let key = (reader.clone(), at.clone());
            let known = self.0.get(&key);
            let mut changed = known.clone().unwrap_or_default();
            change(&reader, &mut changed);
            // Most reads find what they left: a look is cheaper than a write.
            if known.as_ref() == Some(&changed) {
                continue;
            }
            self.0.entry(key).and_upsert_with(|entry| {
                let mut holdings = entry.map_or_else(Holdings::default, Entry::into_value);
                change(&reader, &mut holdings);
                holdings
            });
        }
    }
}

impl Holdings {
    /// The same, and this last.
    fn add(&mut self, held: &Held) {
        self.known.retain(|other| other != held);
        if self.known.len() < VERSIONS_MAX {
            self.known.push(held.clone());
        } else {
            self.more = true;
        }
    }

    fn seen(mut self) -> Seen {
        let Some(last) = self.known.pop() else {
            return Seen::Nothing;
        };
        if self.more {
            return Seen::TooMany;
        }
        let mut earlier: Vec<Known> = Vec::with_capacity(self.known.len());
        for Held { what, .. } in self.known {
            if what != last.what && !earlier.contains(&what) {
                earlier.push(what);
            }
        }
        Seen::These {
            last: last.what,
            earlier,
        }
    }
}

impl Held {
    fn size(&self) -> usize {
        size_of::<Self>()
            + match &self.what {
                Known::Stored(_) => 100,
                // The text, and what is known of its values.
                Known::Sent(document) => 3 * document.bytes().len(),
            }
    }
}
