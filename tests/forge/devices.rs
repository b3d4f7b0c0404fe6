//! Devices that wait until somebody allows them to act.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use wyvern::clock::Clock;

use super::sign_in::random;

/// A device's code is good for a quarter of an hour.
const LIFE: Duration = Duration::from_mins(15);
/// What is added when a device asks too soon, in seconds.
const SLOWER: u32 = 5;

/// What a device is told when it begins.
#[derive(Debug, Clone)]
pub(crate) struct Begun {
    pub(crate) device_code: String,
    pub(crate) user_code: String,
    pub(crate) seconds: u64,
    /// How long to wait between two questions, in seconds.
    pub(crate) interval: u32,
}

/// What a device that asks is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Poll {
    Allowed { login: String, scopes: Vec<String> },
    Pending,
    TooSoon,
    Denied,
    Expired,
    Unknown,
}

/// All devices that wait.
pub(crate) struct Devices {
    clock: Arc<dyn Clock>,
    /// The interval that a device begins with, in seconds.
    interval: u32,
    waiting: Mutex<Vec<Waiting>>,
}

struct Waiting {
    begun: Begun,
    scopes: Vec<String>,
    until: Timestamp,
    asked: Option<Timestamp>,
    decision: Decision,
}

enum Decision {
    Open,
    Allowed(String),
    Denied,
}

impl Devices {
    pub(crate) fn new(interval: u32, clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            interval,
            waiting: Mutex::default(),
        }
    }

    pub(crate) fn begin(&self, scopes: Vec<String>) -> Begun {
        let drawn = random("").to_uppercase();
        let begun = Begun {
            device_code: random(""),
            user_code: format!("{}-{}", &drawn[..4], &drawn[4..8]),
            seconds: LIFE.as_secs(),
            interval: self.interval,
        };
        self.waiting.lock().unwrap().push(Waiting {
            begun: begun.clone(),
            scopes,
            until: self.clock.now() + LIFE,
            asked: None,
            decision: Decision::Open,
        });
        begun
    }

    /// Somebody has entered the code; `false` when no device shows it.
    pub(crate) fn decide(&self, user_code: &str, login: Option<String>) -> bool {
        let mut waiting = self.waiting.lock().unwrap();
        let mut open = waiting.iter_mut();
        let device = open.find(|device| device.begun.user_code == user_code);
        let device = device.filter(|device| matches!(device.decision, Decision::Open));
        let decision = login.map_or(Decision::Denied, Decision::Allowed);
        device.map(|device| device.decision = decision).is_some()
    }

    /// What a device that asks now is told; an answer that ends the matter is given once.
    pub(crate) fn poll(&self, device_code: &str) -> Poll {
        let now = self.clock.now();
        let mut waiting = self.waiting.lock().unwrap();
        let place = waiting
            .iter()
            .position(|device| device.begun.device_code == device_code);
        let Some(place) = place else {
            return Poll::Unknown;
        };
        let told = waiting[place].told(now);
        if !matches!(told, Poll::Pending | Poll::TooSoon) {
            waiting.remove(place);
        }
        told
    }
}

impl Waiting {
    fn told(&mut self, now: Timestamp) -> Poll {
        let wait = Duration::from_secs(self.begun.interval.into());
        let soon = self
            .asked
            .replace(now)
            .is_some_and(|before| now < before + wait);
        if now >= self.until {
            return Poll::Expired;
        }
        if soon {
            self.begun.interval += SLOWER;
            return Poll::TooSoon;
        }
        match &self.decision {
            Decision::Open => Poll::Pending,
            Decision::Denied => Poll::Denied,
            Decision::Allowed(login) => Poll::Allowed {
                login: login.clone(),
                scopes: self.scopes.clone(),
            },
        }
    }
}
