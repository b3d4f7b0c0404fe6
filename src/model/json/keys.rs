//! The scanner's part that refuses an object with the same key twice: two readers would see two
//! different documents.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use super::error::{Fault, Stop};
use super::scan::{Scanned, Scanner};

/// Up to this many keys are compared each with each, which is faster than hashing them.
const FEW: usize = 16;

impl Scanner<'_> {
    /// Refuses the object whose entry is `object` when two of its keys say the same.
    pub(super) fn distinct_keys(&self, object: usize) -> Scanned {
        let duplicate = if self.keys(object).nth(FEW).is_none() {
            self.duplicate_among_few(object)
        } else {
            self.duplicate_among_many(object)
        };
        match (duplicate, duplicate.and_then(|key| self.nodes.get(key))) {
            (Some(key), Some(node)) => {
                let stop = Stop::at(node.start as usize, Fault::DuplicateKey);
                Err(stop.inside(self.key_text(key).into_owned()))
            }
            _ => Ok(()),
        }
    }

    fn duplicate_among_few(&self, object: usize) -> Option<usize> {
        self.keys(object).enumerate().find_map(|(count, key)| {
            let text = self.key_text(key);
            let mut earlier = self.keys(object).take(count);
            earlier
                .any(|other| self.key_text(other) == text)
                .then_some(key)
        })
    }

    /// Sorts keyed hashes, which nobody can aim at, and looks closer only when two are equal: that
    /// takes a third of the time and memory of a set of a million keys.
    fn duplicate_among_many(&self, object: usize) -> Option<usize> {
        let keyed = RandomState::new();
        let mut hashes: Vec<u64> = self
            .keys(object)
            .map(|key| keyed.hash_one(self.key_text(key)))
            .collect();
        hashes.sort_unstable();
        if hashes.array_windows().all(|[a, b]| a != b) {
            return None;
        }
        let mut seen = HashSet::new();
        self.keys(object)
            .find(|&key| !seen.insert(self.key_text(key)))
    }

    /// The entries of an object's keys.
    fn keys(&self, object: usize) -> impl Iterator<Item = usize> {
        let after = |entry: usize| self.nodes.get(entry).map_or(0, |node| node.after as usize);
        let end = after(object);
        std::iter::successors(Some(object + 1), move |&key| Some(after(key)))
            .take_while(move |&key| key < end)
    }

    /// What a key says.
    pub(super) fn key_text(&self, key: usize) -> Cow<'_, str> {
        let Some(node) = self.nodes.get(key) else {
            return Cow::Borrowed("");
        };
        let raw = self.text.get(node.start as usize..node.end as usize);
        let raw = raw.unwrap_or_default();
        if node.escaped {
            Cow::Owned(serde_json::from_str(raw).unwrap_or_default())
        } else {
            Cow::Borrowed(raw.trim_matches('"'))
        }
    }
}
