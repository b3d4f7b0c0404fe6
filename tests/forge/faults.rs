//! What goes wrong on purpose, and when.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::Method;
use jiff::Timestamp;

use super::World;
use super::calls::Sort;

/// What somebody else does meanwhile.
pub(crate) type Act = Arc<dyn Fn(&World) + Send + Sync>;

/// Which calls are meant.
#[derive(Debug, Clone)]
pub(crate) enum Wanted {
    Any,
    Method(Method),
    /// Contained in the path or its query.
    Path(String),
    /// The path with its query, and nothing else.
    Exactly(String),
    /// The name of the operation.
    Graphql(String),
    /// Sent with a token of this person.
    By(String),
    /// Whatever would change a repository.
    Writes,
    All(Vec<Wanted>),
}

impl Wanted {
    fn matches(&self, method: &Method, target: &str, sort: &Sort) -> bool {
        match self {
            Self::Any => true,
            Self::Method(wanted) => wanted == method,
            Self::Path(part) => target.contains(part),
            Self::Exactly(whole) => target == whole,
            Self::Graphql(name) => sort.operation.as_ref() == Some(name),
            Self::By(login) => sort.login.as_ref() == Some(login),
            Self::Writes => sort.writes,
            Self::All(all) => all.iter().all(|one| one.matches(method, target, sort)),
        }
    }
}

/// What goes wrong.
#[derive(Clone)]
pub(crate) enum Fault {
    /// This answer; nothing is carried out.
    Status {
        status: u16,
        headers: Vec<(String, String)>,
        body: String,
    },
    /// 429, to be tried again after so many seconds.
    RateLimit { retry_after: u32 },
    /// The hour's calls are used up: 403 and `x-ratelimit-remaining: 0`.
    PrimaryRateLimit { reset: Timestamp },
    /// Too many calls at once: 403, to be tried again after so many seconds.
    SecondaryRateLimit { retry_after: u32 },
    /// No answer, and the connection stays open.
    Hang,
    /// The connection is dropped before anything was done.
    Reset,
    /// The call is carried out, then the connection is dropped.
    ResetAfter,
    /// The call is carried out, then this is answered.
    StatusAfter(u16),
    /// The call is carried out after a while.
    Slow(Duration),
    /// The call is carried out, and half of the answer's body is sent.
    Truncate,
    /// A login page with status 200; nothing is carried out.
    WrongType,
    /// A redirect to there; nothing is carried out.
    RedirectTo(String),
    /// Status 200 and an error with this message; nothing is carried out.
    OkWithError(String),
    /// A body of so many bytes; nothing is carried out.
    Huge(usize),
    /// This is done first, as by another writer; then the call is carried out.
    Before(Act),
    /// The same as late as the host lets it happen: GitLab has then looked at the versions that its
    /// Commits API was given, and has not yet read the branch that it commits to. On other hosts
    /// there is no such gap.
    Between(Act),
}

/// The faults that are to come.
#[derive(Default)]
pub(crate) struct Faults(Mutex<Vec<Planned>>);

struct Planned {
    wanted: Wanted,
    when: When,
}

enum When {
    Next(Fault),
    Every(Fault),
    Sometimes {
        one_in: u64,
        seed: u64,
        seen: u64,
        faults: Vec<Fault>,
    },
}

impl Faults {
    /// The next call that matches meets this fault. Several of the same wait for one another.
    pub(crate) fn next(&self, wanted: Wanted, fault: Fault) {
        self.plan(wanted, When::Next(fault));
    }

    /// Every call that matches meets it.
    pub(crate) fn every(&self, wanted: Wanted, fault: Fault) {
        self.plan(wanted, When::Every(fault));
    }

    /// About one in so many calls that match meets one of these; the same ones for the same seed.
    pub(crate) fn sometimes(&self, wanted: Wanted, one_in: u32, seed: u64, faults: Vec<Fault>) {
        let when = When::Sometimes {
            one_in: one_in.into(),
            seed,
            seen: 0,
            faults,
        };
        self.plan(wanted, when);
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    /// The fault that a call meets: of the first plan that has one for it.
    pub(super) fn meet(&self, method: &Method, target: &str, sort: &Sort) -> Option<Fault> {
        let mut planned = self.0.lock().unwrap();
        let matching = planned
            .iter_mut()
            .enumerate()
            .filter(|(_, plan)| plan.wanted.matches(method, target, sort));
        let mut met = matching.filter_map(|(place, plan)| Some((place, plan.when.strike()?)));
        let (place, (fault, done)) = met.next()?;
        drop(met);
        if done {
            planned.remove(place);
        }
        Some(fault)
    }

    fn plan(&self, wanted: Wanted, when: When) {
        self.0.lock().unwrap().push(Planned { wanted, when });
    }
}

impl When {
    /// The fault, when it is time for it, and whether that was the last time.
    fn strike(&mut self) -> Option<(Fault, bool)> {
        match self {
            Self::Next(fault) => Some((fault.clone(), true)),
            Self::Every(fault) => Some((fault.clone(), false)),
            Self::Sometimes {
                one_in,
                seed,
                seen,
                faults,
            } => {
                *seen += 1;
                let drawn = mixed(seed.wrapping_add(*seen));
                let which = usize::try_from(drawn >> 32).expect("32 bits fit");
                let strikes = drawn.is_multiple_of(*one_in);
                strikes.then(|| (faults[which % faults.len()].clone(), false))
            }
        }
    }
}

/// A number that looks random: the finishing step of splitmix64.
fn mixed(number: u64) -> u64 {
    let z = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
