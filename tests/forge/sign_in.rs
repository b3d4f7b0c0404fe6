//! Codes and tokens: who has allowed the client what, and until when.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::rand;
use jiff::Timestamp;
use wyvern::clock::Clock;

use super::ForgeOptions;
use super::dialect::Dialect;

/// Codes are good for ten minutes.
const CODE_LIFE: Duration = Duration::from_mins(10);

/// GitLab calls its clients by 32 bytes in hexadecimal.
const GITLAB_ID: &str = "f04ce0f04ce0f04ce0f04ce0f04ce0f04ce0f04ce0f04ce0f04ce0f04ce0f04c";

/// What the client is registered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum App {
    /// Tokens do not expire.
    OAuth,
    /// Tokens expire, and are renewed with a refresh token. It is good once, but for Bitbucket's.
    Expiring {
        access_seconds: u32,
        refresh_seconds: u32,
    },
}

/// What GitLab and Bitbucket give out.
const TWO_HOURS: App = App::Expiring {
    access_seconds: 7200,
    refresh_seconds: 365 * 24 * 3600,
};

/// What somebody allows on the page of the forge.
#[derive(Debug, Clone)]
pub(crate) struct Allowed {
    pub(crate) login: String,
    pub(crate) scopes: Vec<String>,
    /// As it was sent with the request for the code.
    pub(crate) redirect: Option<String>,
    /// The S256 challenge.
    pub(crate) challenge: Option<String>,
}

/// The tokens of a sign-in.
#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) scopes: Vec<String>,
}

struct Prefixes {
    access: &'static str,
    refresh: &'static str,
}

#[derive(Debug, Clone)]
struct Token {
    login: String,
    scopes: Vec<String>,
    until: Option<Timestamp>,
    /// The other token of the pair.
    twin: Option<String>,
}

/// All codes and tokens.
pub(crate) struct SignIns {
    dialect: Dialect,
    app: Mutex<App>,
    callback: String,
    clock: Arc<dyn Clock>,
    client_secret: String,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    codes: HashMap<String, (Allowed, Timestamp)>,
    access: HashMap<String, Token>,
    refresh: HashMap<String, Token>,
    revoked: Vec<String>,
}

impl SignIns {
    pub(crate) fn new(options: &ForgeOptions) -> Self {
        Self {
            dialect: options.dialect,
            app: Mutex::new(options.app),
            callback: options
                .callback
                .clone()
                .unwrap_or_else(|| options.dialect.callback()),
            clock: Arc::clone(&options.clock),
            client_secret: random("forge-secret-"),
            kept: Mutex::default(),
        }
    }

    /// What the client is registered as. Only GitHub knows tokens that do not expire: those of the
    /// others are good for two hours unless it is said otherwise.
    pub(crate) fn app(&self) -> App {
        match (self.dialect, *self.app.lock().unwrap()) {
            (Dialect::GitLab | Dialect::Bitbucket, App::OAuth) => TWO_HOURS,
            (_, app) => app,
        }
    }

    /// Registers the client as something else; what was given out stays as it is.
    pub(crate) fn register(&self, app: App) {
        *self.app.lock().unwrap() = app;
    }

    /// Where the client is registered to have people sent back to.
    pub(crate) fn callback(&self) -> &str {
        &self.callback
    }

    pub(crate) fn client_id(&self) -> &str {
        match (self.dialect, self.app()) {
            (Dialect::GitHub, App::OAuth) => "Ov23liForgeOfTheTests",
            (Dialect::GitHub, App::Expiring { .. }) => "Iv23liForgeOfTheTests",
            (Dialect::GitLab, _) => GITLAB_ID,
            (Dialect::Bitbucket, _) => "bbForgeOfTheTests1",
        }
    }

    pub(crate) fn client_secret(&self) -> &str {
        &self.client_secret
    }

    /// Whether it is the client that calls.
    pub(crate) fn is_client(&self, id: Option<&str>, secret: Option<&str>) -> bool {
        id == Some(self.client_id()) && secret == Some(self.client_secret())
    }

    /// A code for what somebody has allowed.
    pub(crate) fn code(&self, allowed: Allowed) -> String {
        let code = random("forge-code-");
        let until = self.clock.now() + CODE_LIFE;
        let mut kept = self.kept.lock().unwrap();
        kept.codes.insert(code.clone(), (allowed, until));
        code
    }

    /// What a code stands for; it is used up, whatever comes of it.
    pub(crate) fn take_code(&self, code: &str) -> Option<Allowed> {
        let (allowed, until) = self.kept.lock().unwrap().codes.remove(code)?;
        (until > self.clock.now()).then_some(allowed)
    }

    /// New tokens for somebody.
    pub(crate) fn grant(&self, login: &str, scopes: &[String]) -> Tokens {
        self.pair(login, scopes, random(self.prefixes().refresh))
    }

    fn pair(&self, login: &str, scopes: &[String], refresh: String) -> Tokens {
        let now = self.clock.now();
        let seconds = |count: u32| now + Duration::from_secs(count.into());
        let token = |until, twin| Token {
            login: login.to_owned(),
            scopes: scopes.to_vec(),
            until,
            twin,
        };
        let access = random(self.prefixes().access);
        let mut kept = self.kept.lock().unwrap();
        let (until, refresh) = match self.app() {
            App::OAuth => (None, None),
            App::Expiring {
                access_seconds,
                refresh_seconds,
            } => {
                let renews = token(Some(seconds(refresh_seconds)), Some(access.clone()));
                kept.refresh.insert(refresh.clone(), renews);
                (Some(seconds(access_seconds)), Some(refresh))
            }
        };
        kept.access
            .insert(access.clone(), token(until, refresh.clone()));
        Tokens {
            access,
            refresh,
            scopes: scopes.to_vec(),
        }
    }

    /// How tokens begin.
    fn prefixes(&self) -> Prefixes {
        let (access, refresh) = match (self.dialect, self.app()) {
            (Dialect::GitHub, App::OAuth) => ("gho_", "ghr_"),
            (Dialect::GitHub, App::Expiring { .. }) => ("ghu_", "ghr_"),
            _ => ("forge-access-", "forge-refresh-"),
        };
        Prefixes { access, refresh }
    }

    /// New tokens for a refresh token. Where tokens rotate, both old ones are worthless from then
    /// on; elsewhere the refresh token stays, and so does the access token until its time.
    pub(crate) fn refresh(&self, refresh: &str) -> Option<Tokens> {
        let old = self.kept.lock().unwrap().refresh.get(refresh).cloned()?;
        let mut next = refresh.to_owned();
        if self.dialect.rotates() {
            let mut kept = self.kept.lock().unwrap();
            kept.refresh.remove(refresh)?;
            kept.access.remove(old.twin.as_deref().unwrap_or_default());
            next = random(self.prefixes().refresh);
        }
        let alive = old.until.is_none_or(|until| until > self.clock.now());
        alive.then(|| self.pair(&old.login, &old.scopes, next))
    }

    /// Whose token it is, while it is good.
    pub(crate) fn login(&self, access: &str) -> Option<(String, Vec<String>)> {
        let kept = self.kept.lock().unwrap();
        let token = kept.access.get(access)?;
        let alive = token.until.is_none_or(|until| until > self.clock.now());
        alive.then(|| (token.login.clone(), token.scopes.clone()))
    }

    /// Whether it is a token that was good until its time came.
    pub(crate) fn has_expired(&self, access: &str) -> bool {
        self.login(access).is_none() && self.kept.lock().unwrap().access.contains_key(access)
    }

    /// Makes a token of either sort and its twin worthless; whether there was one.
    pub(crate) fn end(&self, token: &str) -> bool {
        let mut kept = self.kept.lock().unwrap();
        let twin = kept.refresh.get(token).and_then(|token| token.twin.clone());
        let Some(token) = kept.access.remove(twin.as_deref().unwrap_or(token)) else {
            return false;
        };
        kept.refresh
            .remove(token.twin.as_deref().unwrap_or_default());
        true
    }

    /// The same, as the client asks for it.
    pub(crate) fn revoke(&self, access: &str) -> bool {
        let ended = self.end(access);
        if ended {
            self.kept.lock().unwrap().revoked.push(access.to_owned());
        }
        ended
    }

    pub(crate) fn revoked(&self) -> Vec<String> {
        self.kept.lock().unwrap().revoked.clone()
    }
}

/// A text that nobody guesses: twenty random bytes in hexadecimal after the prefix, by which
/// `tests/printed.py` knows it.
pub(crate) fn random(prefix: &str) -> String {
    let mut bytes = [0; 20];
    rand::fill(&mut bytes).expect("the operating system has randomness");
    bytes.iter().fold(prefix.to_owned(), |text, byte| {
        text + &format!("{byte:02x}")
    })
}
