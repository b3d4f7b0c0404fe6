//! What servers say about asking them later: `Retry-After` and the headers of rate limits.

use std::time::Duration;

use http::header::{HeaderName, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, StatusCode};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// How long to wait when a server does not say: GitHub asks for a minute at least.
const UNSAID: Duration = Duration::from_mins(1);
/// No server is believed that asks for more: the limits of GitHub are counted by the hour, and a
/// wrong number must not shut anybody out for years.
const LONGEST: Duration = Duration::from_hours(1);

/// What is left of a limit, and when it is whole again: as GitHub says it, and as GitLab does.
static LIMITS: [[HeaderName; 2]; 2] = [
    [
        HeaderName::from_static("x-ratelimit-remaining"),
        HeaderName::from_static("x-ratelimit-reset"),
    ],
    [
        HeaderName::from_static("ratelimit-remaining"),
        HeaderName::from_static("ratelimit-reset"),
    ],
];

/// Until when this answer asks its caller to wait; `None` when it does not.
///
/// It does by 429, and by 403 with `Retry-After` or with nothing remaining. `Retry-After` (seconds,
/// or a date) comes first, then `x-ratelimit-reset` or `ratelimit-reset` (Unix seconds) when
/// nothing remains, then a minute; an hour at most. Nothing is said by a moment that has passed.
#[must_use]
pub fn wait_of(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let is_spent = |[left, _]: &&[HeaderName; 2]| headers.get(left).is_some_and(|left| left == "0");
    let spent = LIMITS.iter().find(is_spent);
    match status {
        StatusCode::TOO_MANY_REQUESTS => {}
        StatusCode::FORBIDDEN if spent.is_some() || headers.contains_key(RETRY_AFTER) => {}
        _ => return None,
    }
    let reset = || {
        let [_, reset] = spent?;
        moment(headers.get(reset)?).filter(|until| *until > now)
    };
    let until = retry_after(headers, now).or_else(reset);
    Some(until.unwrap_or(now + UNSAID).min(now + LONGEST))
}

/// Until when this answer asks everybody to leave the server alone: 503 with `Retry-After`.
#[must_use]
pub fn rest_of(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let until = retry_after(headers, now).map(|until| until.min(now + LONGEST));
    until.filter(|_| status == StatusCode::SERVICE_UNAVAILABLE)
}

fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = text.bytes().all(|b| b.is_ascii_digit());
    if seconds && !text.is_empty() {
        // More digits than a number has are a long time.
        let seconds = text.parse().unwrap_or(u64::MAX);
        return Some(now + Duration::from_secs(seconds).min(LONGEST));
    }
    let until = DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(until).filter(|until| *until > now)
}

fn moment(header: &HeaderValue) -> Option<Timestamp> {
    let seconds = header.to_str().ok()?.parse().ok()?;
    Timestamp::from_second(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-06T08:49:00Z";

    /// What an answer with these headers asks for, in seconds from now.
    fn waits(status: u16, said: &[(&'static str, &'static str)]) -> Option<i64> {
        seconds(status, said, wait_of)
    }

    fn seconds(
        status: u16,
        said: &[(&'static str, &'static str)],
        read: fn(StatusCode, &HeaderMap, Timestamp) -> Option<Timestamp>,
    ) -> Option<i64> {
        let now: Timestamp = NOW.parse().unwrap();
        let headers = said
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        let until = read(StatusCode::from_u16(status).unwrap(), &headers, now)?;
        Some(until.as_second() - now.as_second())
    }

    #[test]
    fn only_429_and_403_with_a_sign_of_a_limit_ask_to_wait() {
        let soon = ("retry-after", "7");
        let none_left = ("x-ratelimit-remaining", "0");
        assert_eq!(waits(429, &[]), Some(60));
        assert_eq!(waits(429, &[soon]), Some(7));
        assert_eq!(waits(403, &[soon]), Some(7));
        assert_eq!(waits(403, &[none_left]), Some(60));
        assert_eq!(waits(403, &[("x-ratelimit-remaining", "1")]), None);
        assert_eq!(waits(403, &[]), None);
        for status in [200, 401, 404, 500, 503] {
            assert_eq!(waits(status, &[soon, none_left]), None, "{status}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let asks = |value| waits(429, &[("retry-after", value)]);
        assert_eq!(asks("0"), Some(0));
        assert_eq!(asks(" 12 "), Some(12));
        assert_eq!(asks("Fri, 06 Nov 2026 08:49:37 GMT"), Some(37));
        assert_eq!(asks("Fri, 06 Nov 2026 08:48:37 GMT"), Some(60), "passed");
        assert_eq!(
            asks("99999999999999999999999"),
            Some(3600),
            "an hour at most"
        );
        assert_eq!(asks("Mon, 06 Nov 2028 08:49:37 GMT"), Some(3600));
        for nonsense in ["", "-1", "1.5", "soon", "Fri, 99 Nov 2026 08:49:37 GMT"] {
            assert_eq!(asks(nonsense), Some(60), "{nonsense}");
        }
    }

    #[test]
    fn a_reset_counts_when_nothing_remains_and_nothing_else_is_said() {
        // 30 s after NOW.
        let reset = ("x-ratelimit-reset", "1793954970");
        let none_left = ("x-ratelimit-remaining", "0");
        assert_eq!(waits(403, &[none_left, reset]), Some(30));
        assert_eq!(waits(429, &[none_left, reset]), Some(30));
        let gitlabs = [
            ("ratelimit-remaining", "0"),
            ("ratelimit-reset", "1793954970"),
        ];
        assert_eq!(waits(429, &gitlabs), Some(30));
        assert_eq!(waits(429, &[reset]), Some(60), "a secondary limit");
        assert_eq!(
            waits(403, &[none_left, reset, ("retry-after", "5")]),
            Some(5)
        );
        assert_eq!(
            waits(403, &[none_left, ("x-ratelimit-reset", "17")]),
            Some(60)
        );
        assert_eq!(
            waits(403, &[none_left, ("x-ratelimit-reset", "x")]),
            Some(60)
        );
    }

    #[test]
    fn a_503_rests_the_server_only_when_it_says_for_how_long() {
        let asks = |status, said: &[_]| seconds(status, said, rest_of);
        assert_eq!(asks(503, &[("retry-after", "20")]), Some(20));
        assert_eq!(asks(503, &[]), None);
        assert_eq!(asks(500, &[("retry-after", "20")]), None);
        assert_eq!(asks(429, &[("retry-after", "20")]), None);
    }
}
