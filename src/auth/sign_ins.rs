//! The sign-ins that can be renewed, by their refresh handles.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;

use super::expiring::Expiring;
use super::{Identity, Session, SignInId};

/// Sign-ins kept at once. Each has a handle; used handles are kept too, to notice their reuse.
const SIGN_INS_MAX: usize = 100_000;
/// Marks our handles, so that a wrong paste is refused unseen and secret scanners know them.
const PREFIX: &str = "wyr_";

/// Handles are kept as SHA-256 only: who reads this memory cannot renew.
type Hash = [u8; 32];

#[derive(Debug)]
pub(super) struct SignIns {
    lifetime: Duration,
    access_lifetime: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    sign_ins: Expiring<SignInId, SignIn>,
    handles: Expiring<Hash, SignInId>,
    /// Ended sign-ins whose access tokens could still be shown.
    revoked: Expiring<SignInId, ()>,
}

#[derive(Debug)]
struct SignIn {
    identity: Identity,
    current: Hash,
}

impl SignIns {
    pub(super) fn new(lifetime: Duration, access_lifetime: Duration) -> Self {
        let state = State {
            sign_ins: Expiring::new(SIGN_INS_MAX),
            handles: Expiring::new(4 * SIGN_INS_MAX),
            revoked: Expiring::new(SIGN_INS_MAX),
        };
        Self {
            lifetime,
            access_lifetime,
            state: Mutex::new(state),
        }
    }

    /// Begins a sign-in and answers its first handle.
    pub(super) fn begin(&self, identity: Identity, now: Timestamp) -> (SignInId, String) {
        let id = SignInId::draw();
        let mut state = self.state();
        let (handle, current) = draw();
        let until = now + self.lifetime;
        state
            .sign_ins
            .insert(id.clone(), SignIn { identity, current }, until, now);
        state.handles.insert(current, id.clone(), until, now);
        (id, handle)
    }

    /// Uses a handle up and answers the next one. The lifetime begins anew.
    pub(super) fn renew(&self, handle: &str, now: Timestamp) -> Option<(Session, String)> {
        let hash = hash(handle)?;
        let mut state = self.state();
        let id = state.handles.get(&hash, now)?.clone();
        let sign_in = state.sign_ins.remove(&id, now)?;
        if sign_in.current != hash {
            tracing::warn!(target: "audit", sign_in = id.as_str(), "a used refresh handle was shown again; the sign-in ends");
            self.revoke(&mut state, id, now);
            return None;
        }
        let (next, current) = draw();
        let until = now + self.lifetime;
        let session = Session {
            id: id.clone(),
            identity: sign_in.identity.clone(),
        };
        state.handles.insert(current, id.clone(), until, now);
        state
            .sign_ins
            .insert(id, SignIn { current, ..sign_in }, until, now);
        Some((session, next))
    }

    pub(super) fn end(&self, id: &SignInId, now: Timestamp) {
        let mut state = self.state();
        state.sign_ins.remove(id, now);
        self.revoke(&mut state, id.clone(), now);
    }

    pub(super) fn is_revoked(&self, id: &SignInId, now: Timestamp) -> bool {
        self.state().revoked.get(id, now).is_some()
    }

    fn revoke(&self, state: &mut State, id: SignInId, now: Timestamp) {
        state
            .revoked
            .insert(id, (), now + self.access_lifetime, now);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn draw() -> (String, Hash) {
    let handle = format!("{PREFIX}{}", crate::random::text::<32>());
    let hash = hash(&handle).expect("our own handles have the prefix");
    (handle, hash)
}

fn hash(handle: &str) -> Option<Hash> {
    handle.strip_prefix(PREFIX)?;
    digest(&SHA256, handle.as_bytes()).as_ref().try_into().ok()
}
