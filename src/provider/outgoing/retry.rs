//! When a call is made again, how long after, and how often in all.

use std::time::Duration;

use super::{Answer, CallError, Repeat};
use crate::random;

/// How often a call is made at most.
pub(super) const TRIES: u32 = 3;

/// Between tries, in milliseconds.
const SHORTEST: u64 = 50;
const LONGEST: u64 = 400;

/// Whether the same call may be made again, and may well be answered in a moment.
pub(super) fn is_worth_it(repeat: Repeat, result: &Result<Answer, CallError>) -> bool {
    if repeat != Repeat::Safe {
        return repeat == Repeat::Spared && matches!(result, Err(CallError::NotSent { .. }));
    }
    match result {
        Ok(answer) => {
            matches!(answer.status.as_u16(), 502..=504)
                && !answer.headers.contains_key(http::header::RETRY_AFTER)
        }
        Err(CallError::NotSent { .. } | CallError::Lost { .. }) => true,
        Err(CallError::TooLarge | CallError::Resting { .. } | CallError::Waiting { .. }) => false,
    }
}

/// How long to wait before the next try: any time in the range, so that those who failed together
/// do not come back together.
pub(super) fn delay() -> Duration {
    Duration::from_millis(SHORTEST + random::number() % (LONGEST - SHORTEST + 1))
}

/// What may be spent on making calls again. A server that answers nothing is asked hardly more often
/// than one that answers: a twelfth more, and ten times.
#[derive(Debug)]
pub(super) struct Budget {
    /// In parts of which a call earns one and a try costs [`Self::PRICE`].
    saved: u32,
}

impl Budget {
    const PRICE: u32 = 12;
    const MOST: u32 = 10 * Self::PRICE;

    pub(super) fn new() -> Self {
        Self { saved: Self::MOST }
    }

    /// A call is made for the first time.
    pub(super) fn earn(&mut self) {
        self.saved = Self::MOST.min(self.saved + 1);
    }

    /// A call may be made again, or not.
    pub(super) fn spend(&mut self) -> bool {
        let left = self.saved.checked_sub(Self::PRICE);
        self.saved = left.unwrap_or(self.saved);
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn is_worth_it_after(status: u16, headers: HeaderMap) -> bool {
        is_worth_it(
            Repeat::Safe,
            &Ok(Answer {
                status: StatusCode::from_u16(status).unwrap(),
                headers,
                body: Bytes::new(),
            }),
        )
    }

    #[test]
    fn what_passes_is_tried_again_and_what_stays_is_not() {
        for status in [502, 503, 504] {
            assert!(is_worth_it_after(status, HeaderMap::new()), "{status}");
        }
        for status in [200, 304, 401, 403, 404, 409, 422, 429, 500, 501] {
            assert!(!is_worth_it_after(status, HeaderMap::new()), "{status}");
        }
        let later = [(http::header::RETRY_AFTER, "1".parse().unwrap())];
        assert!(!is_worth_it_after(503, later.into_iter().collect()));
        assert!(!is_worth_it(Repeat::Safe, &Err(CallError::TooLarge)));
    }

    #[test]
    fn what_is_spared_is_made_again_only_when_it_was_not_sent() {
        let (reason, source) = (String::new(), None);
        let lost = Err(CallError::Lost { reason, source });
        assert!(!is_worth_it(Repeat::Spared, &lost));
        assert!(is_worth_it(Repeat::Safe, &lost));
        let (reason, source) = (String::new(), None);
        let unsent = Err(CallError::NotSent { reason, source });
        assert!(is_worth_it(Repeat::Spared, &unsent));
        assert!(!is_worth_it(Repeat::Never, &unsent));
    }

    #[test]
    fn delays_are_spread_over_the_whole_range() {
        let delays: Vec<u64> = (0..7_000)
            .map(|_| u64::try_from(delay().as_millis()).unwrap())
            .collect();
        assert!(delays.iter().all(|delay| (50..=400).contains(delay)));
        let tenths: HashSet<u64> = delays.iter().map(|delay| (delay - 50) / 35).collect();
        assert!(tenths.len() >= 10, "{tenths:?}");
    }

    #[test]
    fn under_total_failure_a_thousand_calls_are_made_at_most_a_tenth_more_often() {
        let mut budget = Budget::new();
        let mut again = 0;
        for _ in 0..1000 {
            budget.earn();
            again += (1..TRIES).filter(|_| budget.spend()).count();
        }
        assert_eq!(again, 93);
    }
}
