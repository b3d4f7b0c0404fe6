//! Where branches stand, as far as Wyvern has just seen.
//!
//! Reading a branch of a host can lag behind a write that it has already acknowledged (GitHub). After
//! a write of our own, an older answer is therefore read as the newer one for a while.

use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use super::kept::CredentialId;
use crate::provider::{BranchName, CommitId, RepositoryName};

/// How long what somebody has seen is good enough to try a write upon, which fails when it is old.
const FRESH: SignedDuration = SignedDuration::from_secs(5);
/// How long after a write a host may still answer with what was before.
const LAG: SignedDuration = SignedDuration::from_secs(10);
/// How many of our commits such an answer may lag behind.
const BEHIND: usize = 32;
/// How many branches are remembered.
const BRANCHES: u64 = 10_000;

/// A branch of a repository.
pub(in crate::provider) type Key = (RepositoryName, BranchName);

/// What is remembered of branches.
#[derive(Debug)]
pub(in crate::provider) struct Heads {
    seen: Cache<(CredentialId, Key), (CommitId, Timestamp)>,
    written: Cache<Key, Written>,
}

#[derive(Debug, Clone)]
struct Written {
    head: CommitId,
    before: Vec<CommitId>,
    at: Timestamp,
}

impl Heads {
    pub(super) fn new() -> Self {
        Self {
            seen: Cache::new(BRANCHES),
            written: Cache::new(BRANCHES),
        }
    }

    /// The host says that the branch is here: where it is.
    pub(super) fn see(
        &self,
        who: CredentialId,
        branch: &Key,
        answer: CommitId,
        now: Timestamp,
    ) -> CommitId {
        let head = self.newest(branch, answer, now);
        let seen = (head.clone(), now);
        self.seen.insert((who, branch.clone()), seen);
        head
    }

    /// Where a branch is by now that was seen here, as far as our own writes have moved it.
    pub(super) fn newest(&self, branch: &Key, seen: CommitId, now: Timestamp) -> CommitId {
        let written = self.written.get(branch);
        let newer = written.filter(|written| {
            now.duration_since(written.at) < LAG && written.before.contains(&seen)
        });
        newer.map_or(seen, |written| written.head)
    }

    /// Where this person has just seen the branch.
    pub(super) fn seen(&self, who: CredentialId, branch: &Key, now: Timestamp) -> Option<CommitId> {
        let (head, at) = self.seen.get(&(who, branch.clone()))?;
        (now.duration_since(at) < FRESH).then_some(head)
    }

    /// When this person has last seen the branch.
    pub(super) fn seen_at(&self, who: CredentialId, branch: &Key) -> Option<Timestamp> {
        Some(self.seen.get(&(who, branch.clone()))?.1)
    }

    /// A commit of ours has moved the branch.
    pub(super) fn wrote(
        &self,
        who: CredentialId,
        branch: &Key,
        (from, to): (CommitId, &CommitId),
        now: Timestamp,
    ) {
        let last = self.written.get(branch);
        let chain = last.filter(|last| last.head == from);
        let mut before = chain.map_or_else(Vec::new, |last| last.before);
        before.push(from);
        let excess = before.len().saturating_sub(BEHIND);
        before.drain(..excess);
        let written = Written {
            head: to.clone(),
            before,
            at: now,
        };
        self.written.insert(branch.clone(), written);
        let seen = (to.clone(), now);
        self.seen.insert((who, branch.clone()), seen);
    }

    /// What was remembered of this branch has proved wrong.
    pub(super) fn forget(&self, branch: &Key) {
        self.written.invalidate(branch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_from_before_our_own_write_is_read_as_the_write_for_a_while() {
        let heads = Heads::new();
        let at = |second| Timestamp::from_second(second).unwrap();
        let id = |digit: &str| CommitId::parse(&digit.repeat(40)).unwrap();
        let branch = (
            RepositoryName::parse("a/b").unwrap(),
            BranchName::parse("main").unwrap(),
        );
        let see = |answer, second| heads.see([1; 32], &branch, id(answer), at(second));
        heads.wrote([2; 32], &branch, (id("1"), &id("2")), at(100));
        heads.wrote([2; 32], &branch, (id("2"), &id("3")), at(101));
        assert_eq!(see("1", 102), id("3"));
        assert_eq!(see("2", 110), id("3"));
        assert_eq!(see("4", 102), id("4"), "others write too");
        assert_eq!(see("2", 111), id("2"), "it was set back");
        heads.wrote([2; 32], &branch, (id("4"), &id("5")), at(120));
        assert_eq!(see("2", 121), id("2"), "nothing is known of it any more");
        heads.forget(&branch);
        assert_eq!(see("4", 121), id("4"));
    }

    #[test]
    fn what_one_person_has_seen_is_theirs_and_grows_old() {
        let heads = Heads::new();
        let at = |second| Timestamp::from_second(second).unwrap();
        let id = |digit: &str| CommitId::parse(&digit.repeat(40)).unwrap();
        let branch = (
            RepositoryName::parse("a/b").unwrap(),
            BranchName::parse("main").unwrap(),
        );
        heads.see([1; 32], &branch, id("1"), at(100));
        assert_eq!(heads.seen([1; 32], &branch, at(104)), Some(id("1")));
        assert_eq!(heads.seen([1; 32], &branch, at(105)), None);
        assert_eq!(heads.seen([2; 32], &branch, at(100)), None);
    }
}
