//! How often somebody may still ask: Bitbucket counts the calls of the last hour and says nothing
//! of it to OAuth's callers, before a 429 without a word about when.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use http::Method;
use jiff::{Timestamp, ToSpan as _};

use crate::provider::outgoing::{Call, InUse, Limit};

/// How many calls somebody may make in an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls that are answered in JSON, and writes.
    pub data: u32,
    /// Reads of a file's bytes.
    pub raw: u32,
}

impl Limits {
    /// Those of Bitbucket Cloud for a person (support.atlassian.com, "API request limits").
    pub const CLOUD: Self = Self {
        data: 1_000,
        raw: 5_000,
    };
}

/// The calls of the last hour, of each access token by itself: whose it is, Bitbucket says only when
/// it is asked, and that is a call. So a renewed token begins anew here, and where that is too much
/// Bitbucket's own 429 decides.
pub(super) struct Allowance {
    limits: Limits,
    people: Mutex<InUse<[u8; 32], Spent>>,
}

#[derive(Debug, Default)]
struct Spent {
    data: Window,
    raw: Window,
}

/// Calls that still count, oldest first: how many there were up to a second of Unix time, from the
/// one before on. So an hour of calls takes no more than some ten kilobytes.
#[derive(Debug, Clone, Default)]
struct Window {
    seconds: VecDeque<(i64, u32)>,
    all: u32,
}

impl Allowance {
    pub(super) fn new(limits: Limits) -> Self {
        let people = Mutex::default();
        Self { limits, people }
    }
}

impl Limit for Allowance {
    /// A 304 counts like any other call, and so does whatever fails.
    fn spend(&self, who: [u8; 32], call: &Call, now: Timestamp) -> Result<(), Timestamp> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if people.get(&who).is_none() {
            people.insert(who, Spent::default(), |spent| spent.counts(now));
        }
        let spent = people.get_mut(&who).expect("it was just put there");
        if is_raw(call) {
            spent.raw.spend(self.limits.raw, now)
        } else {
            spent.data.spend(self.limits.data, now)
        }
    }
}

impl Spent {
    /// Whether a call of theirs still counts. Whose calls do not are forgotten.
    fn counts(&self, now: Timestamp) -> bool {
        self.data.counts(now) || self.raw.counts(now)
    }
}

/// Whether a call reads the bytes of a file: `…/src/{commit}/{path}`, without a query.
fn is_raw(call: &Call) -> bool {
    let path = call.url.path();
    call.method == Method::GET
        && call.url.query().is_none()
        && path.contains("/src/")
        && !path.ends_with('/')
}

impl Window {
    /// Counts a call, or says when the oldest one does not count any more.
    fn spend(&mut self, most: u32, now: Timestamp) -> Result<(), Timestamp> {
        self.forget(now);
        if self.all >= most {
            let (oldest, _) = *self.seconds.front().unwrap_or(&(now.as_second(), 0));
            return Err(leaves(oldest));
        }
        let second = now.as_second() + i64::from(now.subsec_nanosecond() > 0);
        match self.seconds.back_mut() {
            // A clock that was set back makes no call older than those before it.
            Some((last, calls)) if *last >= second => *calls += 1,
            _ => self.seconds.push_back((second, 1)),
        }
        self.all += 1;
        Ok(())
    }

    fn counts(&self, now: Timestamp) -> bool {
        let last = self.seconds.back();
        last.is_some_and(|(second, _)| leaves(*second) > now)
    }

    fn forget(&mut self, now: Timestamp) {
        while let Some((second, calls)) = self.seconds.front()
            && leaves(*second) <= now
        {
            self.all -= calls;
            self.seconds.pop_front();
        }
    }
}

/// When calls of that second do not count any more.
fn leaves(second: i64) -> Timestamp {
    let at = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
    at.saturating_add(1.hour()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::HeaderMap;
    use proptest::prelude::*;

    use super::*;
    use crate::provider::outgoing::Repeat;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn get(path: &str) -> Call {
        Call {
            method: Method::GET,
            url: format!("https://api.bitbucket.org/2.0/repositories/ada/models{path}")
                .parse()
                .unwrap(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            repeat: Repeat::Safe,
        }
    }

    #[test]
    fn at_the_limit_it_says_when_the_oldest_call_is_an_hour_old() {
        let allowance = Allowance::new(Limits { data: 2, raw: 1 });
        let (ada, eve) = ([1; 32], [2; 32]);
        let spend = |who, second| allowance.spend(who, &get("/refs/branches/main"), at(second));
        assert_eq!(spend(ada, 100), Ok(()));
        assert_eq!(spend(ada, 200), Ok(()));
        assert_eq!(spend(ada, 300), Err(at(3_700)));
        assert_eq!(
            spend(eve, 300),
            Ok(()),
            "each has an allowance of their own"
        );
        assert_eq!(spend(ada, 3_699), Err(at(3_700)));
        assert_eq!(spend(ada, 3_700), Ok(()));
        assert_eq!(spend(ada, 3_701), Err(at(3_800)));
        let raw = allowance.spend(ada, &get("/src/0123/a.json"), at(3_701));
        assert_eq!(raw, Ok(()), "bytes are counted apart");
    }

    #[test]
    fn many_others_make_nobody_forgotten_whose_calls_still_count() {
        let allowance = Allowance::new(Limits { data: 1, raw: 1 });
        let spend = |who, second| allowance.spend([who; 32], &get(""), at(second));
        spend(0, 3_000).unwrap();
        for other in 1..255 {
            spend(other, 6_599).unwrap();
        }
        assert_eq!(spend(0, 6_599), Err(at(6_600)));
        assert_eq!(spend(0, 6_600), Ok(()));
    }

    #[test]
    fn bytes_are_told_from_data() {
        for raw in ["/src/0123/a.json", "/src/0123/a%3Fb/c"] {
            assert!(is_raw(&get(raw)), "{raw}");
        }
        for data in [
            "",
            "/src/0123/a?format=meta",
            "/src/0123/a/",
            "/src/0123/?pagelen=100",
        ] {
            assert!(!is_raw(&get(data)), "{data}");
        }
        let write = Call {
            method: Method::POST,
            ..get("/src")
        };
        assert!(!is_raw(&write));
    }

    proptest! {
        /// Never more than so many in any hour, never a refusal while there is room, and at the
        /// moment that a refusal names there is room.
        #[test]
        fn no_hour_has_more_calls_than_allowed(
            most in 1..6_u32,
            steps in prop::collection::vec(0..1_500_000_i64, 1..80),
        ) {
            let (mut window, mut made) = (Window::default(), Vec::new());
            let mut now = 0;
            for step in steps {
                now += step;
                let moment = |millis| Timestamp::from_millisecond(millis).unwrap();
                let in_hour = |from: i64| made.iter().filter(|made| **made > from - 3_600_000).count();
                match window.spend(most, moment(now)) {
                    Ok(()) => {
                        prop_assert!(in_hour(now) < most as usize);
                        made.push(now);
                    }
                    Err(until) => {
                        prop_assert_eq!(window.clone().spend(most, until), Ok(()));
                        let until = until.as_millisecond();
                        prop_assert!(until > now);
                        prop_assert!(in_hour(until - 1_000) >= most as usize);
                        prop_assert!(in_hour(until) < most as usize);
                    }
                }
                prop_assert!(window.seconds.len() <= most as usize);
            }
        }
    }
}
