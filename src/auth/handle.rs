//! Refresh handles: opaque to everybody else, and good for one renewal.

use serde::{Deserialize, Serialize};

use super::SignInId;
use super::vault::{Purpose, Vault};

/// Marks our handles, so that a wrong paste is refused unseen and secret scanners know them.
const PREFIX: &str = "wyr_";
/// The longest handle that is looked at, in bytes.
const HANDLE_MAX: usize = 512;

/// What a handle says: the which-th renewal of which sign-in. It is sealed, so that nobody makes
/// one; that one has been used is seen by its number, without keeping those that were.
#[derive(Serialize, Deserialize)]
pub(super) struct Handle {
    pub(super) id: SignInId,
    pub(super) turn: u64,
}

impl Handle {
    pub(super) fn write(&self, vault: &Vault) -> String {
        let plain = serde_json::to_vec(self).expect("text and numbers are JSON");
        format!("{PREFIX}{}", vault.seal(Purpose::Handle, &plain))
    }

    pub(super) fn read(vault: &Vault, text: &str) -> Option<Self> {
        let sealed = text
            .strip_prefix(PREFIX)
            .filter(|_| text.len() <= HANDLE_MAX)?;
        serde_json::from_slice(&vault.open(Purpose::Handle, sealed)?).ok()
    }
}
