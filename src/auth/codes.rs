//! One-time codes between proving who one is and getting tokens.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::kept::{Kept, name_of};
use super::proof::Proven;
use super::records::{Records, RecordsError};
use super::{CODE_LIFETIME, is_browser};

/// The codes that wait to be exchanged.
#[derive(Debug)]
pub(super) struct Codes(Kept<Pending>);

#[derive(Serialize, Deserialize)]
struct Pending {
    who: Proven,
    browser: Option<String>,
}

impl Codes {
    pub(super) fn new(records: Arc<dyn Records>) -> Self {
        Self(Kept::new("code", records))
    }

    pub(super) async fn issue(
        &self,
        who: Proven,
        browser: Option<String>,
        now: Timestamp,
    ) -> Result<String, RecordsError> {
        let code = crate::random::text::<32>();
        let pending = Pending { who, browser };
        let until = now + CODE_LIFETIME;
        self.0.put(&name_of(&code), &pending, until).await?;
        Ok(code)
    }

    /// Who was to exchange a code that was swept.
    pub(super) fn swept(&self, key: &str, bytes: &[u8]) -> Option<Proven> {
        self.0.swept(key, bytes).map(|pending| pending.who)
    }

    /// Takes the code away, whether or not it is good for this browser, which the answer says: a
    /// code that was tried by somebody else is not to be trusted any more.
    pub(super) async fn take(
        &self,
        code: &str,
        browser: Option<&str>,
    ) -> Result<Option<(Proven, bool)>, RecordsError> {
        let pending = self.0.take(&name_of(code)).await?;
        Ok(pending.map(|pending| {
            let bound = pending.browser;
            let here = bound.is_none_or(|bound| is_browser(&bound, browser));
            (pending.who, here)
        }))
    }
}
