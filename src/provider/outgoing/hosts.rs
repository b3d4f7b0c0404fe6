//! What is known of each server and of those who call it: who may call now, and how many at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::Timestamp;
use tokio::sync::{Semaphore, SemaphorePermit};
use url::Origin;

use super::breaker::{Breaker, Subject};
use super::identity::Way;
use super::in_use::InUse;
use super::pause::{rest_of, wait_of};
use super::retry::Budget;
use super::room::Share;
use super::{Answer, Call, CallError, Limit};
use crate::config::OutgoingSettings;

/// All servers, and all their callers. Servers are those of the settings, so they are few.
pub(super) struct Hosts {
    at_once: usize,
    at_once_each: usize,
    /// Bytes.
    share: usize,
    servers: Mutex<HashMap<Origin, Arc<Host>>>,
    people: Mutex<InUse<Way, Arc<Person>>>,
}

struct Host {
    turns: Semaphore,
    breaker: Mutex<Breaker>,
    budget: Mutex<Budget>,
    limit: OnceLock<Arc<dyn Limit>>,
}

struct Person {
    turns: Semaphore,
    /// Their one place in the queue for the server's turns.
    place: tokio::sync::Mutex<()>,
    share: Share,
    waits_until: Mutex<Timestamp>,
}

/// One caller's line to one server.
pub(super) struct Line {
    host: Arc<Host>,
    person: Arc<Person>,
    subject: Subject,
}

/// The right to be one of those whose call is under way, for as long as it is held.
pub(super) struct Turn<'a>(#[expect(dead_code, reason = "they are held")] [SemaphorePermit<'a>; 2]);

impl Hosts {
    pub(super) fn new(settings: &OutgoingSettings) -> Self {
        Self {
            at_once: settings.concurrency,
            at_once_each: settings.concurrency_per_person,
            share: Share::size(settings),
            servers: Mutex::default(),
            people: Mutex::default(),
        }
    }

    pub(super) fn line(&self, way: &Way, path: &str, now: Timestamp) -> Line {
        Line {
            host: self.host(&way.origin),
            person: self.person(way, now),
            subject: (way.caller, path.to_owned()),
        }
    }

    /// Calls to this server are counted by this.
    pub(super) fn limit(&self, origin: &Origin, limit: Arc<dyn Limit>) {
        self.host(origin).limit.get_or_init(|| limit);
    }

    fn host(&self, origin: &Origin) -> Arc<Host> {
        let mut servers = lock(&self.servers);
        let host = servers.entry(origin.clone()).or_insert_with(|| {
            Arc::new(Host {
                turns: Semaphore::new(self.at_once),
                breaker: Mutex::default(),
                budget: Mutex::new(Budget::new()),
                limit: OnceLock::new(),
            })
        });
        Arc::clone(host)
    }

    fn person(&self, way: &Way, now: Timestamp) -> Arc<Person> {
        let mut people = lock(&self.people);
        if let Some(person) = people.get(way) {
            return Arc::clone(person);
        }
        let person = Arc::new(Person {
            turns: Semaphore::new(self.at_once_each),
            place: tokio::sync::Mutex::default(),
            share: Share::of(self.share),
            waits_until: Mutex::new(now),
        });
        people.insert(way.clone(), Arc::clone(&person), |person| {
            Arc::strong_count(person) > 1
                || person.share.is_held()
                || *lock(&person.waits_until) > now
        });
        person
    }
}

impl Line {
    /// Whether a call makes sense now. It does not wait, so that a server that is left alone costs
    /// nobody any time.
    pub(super) fn is_open(&self, now: Timestamp) -> Result<(), CallError> {
        let until = *lock(&self.person.waits_until);
        if now < until {
            return Err(CallError::Waiting { until });
        }
        let rests = lock(&self.host.breaker).rests(now);
        rests.map_or(Ok(()), |until| Err(CallError::Resting { until }))
    }

    /// Waits for a turn. In the queue for the server's turns each person has one place, and who has
    /// had a turn goes to its end: among people, who comes first is served first, however many calls
    /// somebody makes.
    pub(super) async fn turn(&self) -> Turn<'_> {
        let open = "nobody closes it";
        let own = self.person.turns.acquire().await.expect(open);
        let _place = self.person.place.lock().await;
        Turn([own, self.host.turns.acquire().await.expect(open)])
    }

    /// The part of the memory for large answers that the caller's may take.
    pub(super) fn share(&self) -> &Share {
        &self.person.share
    }

    /// Lets a call out. What has been heard while it waited counts.
    pub(super) fn let_out(&self, call: &Call, now: Timestamp) -> Result<(), CallError> {
        self.is_open(now)?;
        if let Some(limit) = self.host.limit.get() {
            let (caller, _) = &self.subject;
            let room = limit.spend(caller.0, call, now);
            room.map_err(|until| CallError::Waiting { until })?;
        }
        let admitted = lock(&self.host.breaker).admit(now);
        admitted.map_err(|until| CallError::Resting { until })
    }

    /// Learns from what came back.
    pub(super) fn hear(&self, result: &Result<Answer, CallError>, now: Timestamp) {
        let answer = match result {
            Ok(answer) => answer,
            Err(CallError::NotSent { .. }) => {
                return lock(&self.host.breaker).failed(now, None);
            }
            Err(CallError::Lost { .. }) => return self.failed(now),
            Err(_) => return lock(&self.host.breaker).answered(),
        };
        if let Some(until) = wait_of(answer.status, &answer.headers, now) {
            self.wait(until);
        }
        if let Some(until) = rest_of(answer.status, &answer.headers, now) {
            lock(&self.host.breaker).asked(until);
        } else if matches!(answer.status.as_u16(), 500 | 502..=504) {
            self.failed(now);
        } else {
            lock(&self.host.breaker).answered();
        }
    }

    /// The caller has been asked to wait until then.
    pub(super) fn wait(&self, until: Timestamp) {
        let mut waits_until = lock(&self.person.waits_until);
        *waits_until = until.max(*waits_until);
    }

    /// The server has failed.
    pub(super) fn failed(&self, now: Timestamp) {
        let subject = Some(self.subject.clone());
        lock(&self.host.breaker).failed(now, subject);
    }

    /// A call is made for the first time.
    pub(super) fn earn(&self) {
        lock(&self.host.budget).earn();
    }

    /// Whether a call may be made again.
    pub(super) fn spend(&self) -> bool {
        lock(&self.host.budget).spend()
    }
}

/// A panic elsewhere leaves these in order: each change is a single one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
