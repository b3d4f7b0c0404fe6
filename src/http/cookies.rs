//! Cookies that only this server reads and no script: how they are named, read and written.

use std::time::Duration;

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use super::origin::Origin;

/// Of a server that is reached over https alone: a browser takes a cookie of such a name from this
/// very host only, never from a sibling or over plain http.
const HOST: &str = "__Host-";

/// A cookie of this server's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cookie {
    name: &'static str,
    https: bool,
}

impl Cookie {
    /// The cookie of this name under the address by which the server is reached.
    pub(super) fn named(name: &'static str, origin: &Origin) -> Self {
        let https = origin.is_https();
        Self { name, https }
    }

    /// What the browser has in it.
    pub(super) fn read(self, headers: &HeaderMap) -> Option<&str> {
        let lines = headers.get_all(COOKIE).iter();
        let lines = lines.filter_map(|line| line.to_str().ok());
        let mut pairs = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let prefix = self.prefix();
        let ours = |name: &str| name.strip_prefix(prefix) == Some(self.name);
        pairs.find(|(name, _)| ours(name)).map(|(_, value)| value)
    }

    /// Has the browser keep this in it for so long. It comes along when somebody follows a link to
    /// this server, as back from a provider's page, but not with what other pages ask for.
    pub(super) fn holding(self, value: &str, age: Duration) -> HeaderValue {
        let (prefix, name, age) = (self.prefix(), self.name, age.as_secs());
        let secure = if self.https { "; Secure" } else { "" };
        let cookie = format!(
            "{prefix}{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}"
        );
        HeaderValue::from_str(&cookie).expect("drawn names are letters, digits, - and _")
    }

    /// Has the browser forget it. The attributes are those that it was set with; others are
    /// another cookie to a browser.
    pub(super) fn removed(self) -> HeaderValue {
        self.holding("", Duration::ZERO)
    }

    fn prefix(self) -> &'static str {
        if self.https { HOST } else { "" }
    }
}
