//! Calls to other servers, against servers that do to a caller all that servers can do.

mod failures;
mod joined;
mod kept;
mod large;
mod limits;
mod peer;
mod redirects;
mod resting;
mod retries;
mod secrets;
mod trust;
mod waiting;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, header};
use jiff::Timestamp;
use wyvern::clock::Clock;
use wyvern::config::OutgoingSettings;
use wyvern::provider::outgoing::{Answer, Call, CallError, Outgoing, Repeat};

/// A time limit that a test which waits for it can afford.
const SOON: Duration = Duration::from_millis(300);

/// A clock that stands until it is moved, or moves by a step whenever somebody looks at it.
#[derive(Debug)]
struct TestClock {
    now: Mutex<Timestamp>,
    step: Duration,
}

impl TestClock {
    fn stepping(step: Duration) -> Arc<Self> {
        let now = Mutex::new("2026-11-06T08:49:00Z".parse().unwrap());
        Arc::new(Self { now, step })
    }

    fn standing() -> Arc<Self> {
        Self::stepping(Duration::ZERO)
    }

    fn advance(&self, millis: u64) {
        *self.now.lock().unwrap() += Duration::from_millis(millis);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let mut now = self.now.lock().unwrap();
        *now += self.step;
        *now
    }
}

/// Enough of everything.
fn settings() -> OutgoingSettings {
    OutgoingSettings {
        connect_timeout: Duration::from_secs(20),
        timeout: Duration::from_secs(20),
        answer_limit: 1 << 20,
        concurrency: 100,
        concurrency_per_person: 100,
        cache: 8 << 20,
        certificates: None,
    }
}

fn outgoing(settings: &OutgoingSettings) -> Outgoing {
    Outgoing::new(settings, TestClock::standing()).unwrap()
}

/// A read.
fn get(url: &str) -> Call {
    Call {
        method: Method::GET,
        url: url.parse().unwrap(),
        headers: HeaderMap::new(),
        body: bytes::Bytes::new(),
        repeat: Repeat::Safe,
    }
}

/// A change that must not be made twice.
fn post(url: &str) -> Call {
    Call {
        method: Method::POST,
        repeat: Repeat::Never,
        ..get(url)
    }
}

/// The same call with this credential.
fn by(who: &str, mut call: Call) -> Call {
    let credential = HeaderValue::from_str(&format!("Bearer {who}")).unwrap();
    call.headers.insert(header::AUTHORIZATION, credential);
    call
}

/// The status and the body.
fn told(answer: Result<Answer, CallError>) -> (u16, String) {
    let answer = answer.unwrap();
    let body = String::from_utf8(answer.body.to_vec()).unwrap();
    (answer.status.as_u16(), body)
}

/// The kind of failure, and its sentence with `peer` for the server's address.
fn failure(answer: Result<Answer, CallError>, host: &str) -> (&'static str, String) {
    let error = answer.expect_err("this call cannot be answered");
    let kind = match &error {
        CallError::NotSent { .. } => "not sent",
        CallError::Lost { .. } => "lost",
        CallError::TooLarge => "too large",
        CallError::Resting { .. } => "resting",
        CallError::Waiting { .. } => "waiting",
    };
    (kind, error.to_string().replace(host, "peer"))
}
