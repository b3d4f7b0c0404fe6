//! The only place that reads the wall clock.

use std::fmt::Debug;

use jiff::Timestamp;

/// Tells the time. Everything that needs the time takes one of these, so that tests can set it.
pub trait Clock: Debug + Send + Sync {
    /// The present moment, in UTC.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the module that the lint points to"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
