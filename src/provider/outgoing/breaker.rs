//! When a server that fails again and again is left alone, and when it is asked again.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;

use super::identity::Caller;

/// What a call was about. Other calls of the same may fail as it does, and say nothing more of the
/// server.
pub(super) type Subject = (Caller, String);

/// So many failures in a row, within so long, and it is left alone.
const FAILURES: usize = 5;
const WITHIN: Duration = Duration::from_secs(10);
/// How long it is left alone at first.
const REST: Duration = Duration::from_secs(5);
/// How often it is tried after that, by one call each time, until one is answered.
const PROBE: Duration = Duration::from_secs(1);

/// What is known of a server's health.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    /// When it failed, since it answered last, and at what; `None` when it could not be reached.
    failures: VecDeque<(Timestamp, Option<Subject>)>,
    /// It has failed too often: nobody asks it before; afterwards one call may.
    rests_until: Option<Timestamp>,
    /// It has said that nobody should ask before, whatever else it answers.
    asked_until: Option<Timestamp>,
}

impl Breaker {
    /// Until when nobody asks; `None` when it may be asked.
    pub(super) fn rests(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.rests_until.max(self.asked_until);
        until.filter(|until| now < *until)
    }

    /// Lets a call through, or says until when not. Whoever is let through after it has failed too
    /// often is the probe, and the others wait for what becomes of it.
    pub(super) fn admit(&mut self, now: Timestamp) -> Result<(), Timestamp> {
        if let Some(until) = self.rests(now) {
            return Err(until);
        }
        if self.rests_until.is_some() {
            self.rests_until = Some(now + PROBE);
        }
        Ok(())
    }

    /// It has answered.
    pub(super) fn answered(&mut self) {
        self.failures.clear();
        self.rests_until = None;
    }

    /// It has failed. What fails for one caller at one path only closes nobody else out.
    pub(super) fn failed(&mut self, now: Timestamp, subject: Option<Subject>) {
        if self.rests_until.is_some() {
            return;
        }
        self.failures.push_back((now, subject));
        self.failures.retain(|(at, _)| *at + WITHIN >= now);
        let subjects = || self.failures.iter().map(|(_, subject)| subject);
        let first = subjects().next().and_then(Option::as_ref);
        let of_one = first.is_some() && subjects().all(|subject| subject.as_ref() == first);
        if self.failures.len() >= FAILURES && !of_one {
            self.rests_until = Some(now + REST);
        }
    }

    /// It has asked to be left alone until then.
    pub(super) fn asked(&mut self, until: Timestamp) {
        self.asked_until = self.asked_until.max(Some(until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// This many milliseconds after the beginning.
    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + millis).unwrap()
    }

    fn failed(times: &[i64]) -> Breaker {
        let mut breaker = Breaker::default();
        for time in times {
            assert_eq!(breaker.admit(at(*time)), Ok(()));
            breaker.failed(at(*time), None);
        }
        breaker
    }

    #[test]
    fn five_failures_in_a_row_within_ten_seconds_open_it() {
        let mut open = failed(&[0, 1, 2, 3, 10_000]);
        assert_eq!(open.rests(at(10_000)), Some(at(15_000)));
        assert_eq!(open.admit(at(14_999)), Err(at(15_000)));
        assert_eq!(open.rests(at(15_000)), None);
    }

    #[test]
    fn an_answer_between_or_a_longer_time_leaves_it_closed() {
        let mut breaker = failed(&[0, 1, 2, 3]);
        breaker.answered();
        breaker.failed(at(4), None);
        assert_eq!(breaker.admit(at(5)), Ok(()));
        assert_eq!(failed(&[0, 1, 2, 3, 10_001]).admit(at(10_001)), Ok(()));
        let slid = failed(&[0, 9_000, 9_001, 9_002, 10_001]);
        assert_eq!(slid.rests(at(10_002)), None);
    }

    #[test]
    fn after_the_rest_one_call_a_second_tries_until_one_is_answered() {
        let mut breaker = failed(&[0, 0, 0, 0, 0]);
        assert_eq!(breaker.admit(at(5_000)), Ok(()));
        assert_eq!(breaker.admit(at(5_000)), Err(at(6_000)), "the probe is out");
        breaker.failed(at(5_500), None);
        assert_eq!(breaker.admit(at(5_999)), Err(at(6_000)));
        assert_eq!(breaker.admit(at(6_000)), Ok(()));
        breaker.answered();
        assert_eq!(breaker.admit(at(6_001)), Ok(()));
        assert_eq!(breaker.admit(at(6_001)), Ok(()));
    }

    #[test]
    fn a_probe_of_which_nothing_is_heard_does_not_keep_it_open_for_ever() {
        let mut breaker = failed(&[0, 0, 0, 0, 0]);
        assert_eq!(breaker.admit(at(5_000)), Ok(()));
        assert_eq!(breaker.admit(at(6_000)), Ok(()));
    }

    #[test]
    fn a_server_that_asks_for_it_is_left_alone_whatever_else_it_answers() {
        let mut breaker = Breaker::default();
        breaker.asked(at(30_000));
        breaker.asked(at(20_000));
        breaker.answered();
        assert_eq!(breaker.admit(at(29_999)), Err(at(30_000)));
        assert_eq!(breaker.admit(at(30_000)), Ok(()));
    }
}
