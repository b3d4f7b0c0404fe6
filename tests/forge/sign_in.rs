//! Codes and tokens: who has allowed the client what, and until when.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::rand;
use jiff::Timestamp;
use wyvern::clock::Clock;

/// Codes are good for ten minutes.
const CODE_LIFE: Duration = Duration::from_mins(10);

/// What the client is registered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum App {
    /// Tokens do not expire.
    OAuth,
    /// Tokens expire, and are renewed with a refresh token that is good once.
    GitHub {
        access_seconds: u32,
        refresh_seconds: u32,
    },
}

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
    app: App,
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
    pub(crate) fn new(app: App, callback: String, clock: Arc<dyn Clock>) -> Self {
        Self {
            app,
            callback,
            clock,
            client_secret: random(""),
            kept: Mutex::default(),
        }
    }

    pub(crate) fn app(&self) -> App {
        self.app
    }

    /// Where the client is registered to have people sent back to.
    pub(crate) fn callback(&self) -> &str {
        &self.callback
    }

    pub(crate) fn client_id(&self) -> &str {
        match self.app {
            App::OAuth => "Ov23liForgeOfTheTests",
            App::GitHub { .. } => "Iv23liForgeOfTheTests",
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
        let code = random("");
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
        let now = self.clock.now();
        let seconds = |count: u32| now + Duration::from_secs(count.into());
        let token = |until, twin| Token {
            login: login.to_owned(),
            scopes: scopes.to_vec(),
            until,
            twin,
        };
        let mut kept = self.kept.lock().unwrap();
        let (access, refresh) = match self.app {
            App::OAuth => {
                let access = random("gho_");
                kept.access.insert(access.clone(), token(None, None));
                (access, None)
            }
            App::GitHub {
                access_seconds,
                refresh_seconds,
            } => {
                let (access, refresh) = (random("ghu_"), random("ghr_"));
                let first = token(Some(seconds(access_seconds)), Some(refresh.clone()));
                let second = token(Some(seconds(refresh_seconds)), Some(access.clone()));
                kept.access.insert(access.clone(), first);
                kept.refresh.insert(refresh.clone(), second);
                (access, Some(refresh))
            }
        };
        Tokens {
            access,
            refresh,
            scopes: scopes.to_vec(),
        }
    }

    /// New tokens for a refresh token; both old ones are worthless from then on.
    pub(crate) fn refresh(&self, refresh: &str) -> Option<Tokens> {
        let old = {
            let mut kept = self.kept.lock().unwrap();
            let old = kept.refresh.remove(refresh)?;
            kept.access.remove(old.twin.as_deref().unwrap_or_default());
            old
        };
        let alive = old.until.is_none_or(|until| until > self.clock.now());
        alive.then(|| self.grant(&old.login, &old.scopes))
    }

    /// Whose token it is, while it is good.
    pub(crate) fn login(&self, access: &str) -> Option<(String, Vec<String>)> {
        let kept = self.kept.lock().unwrap();
        let token = kept.access.get(access)?;
        let alive = token.until.is_none_or(|until| until > self.clock.now());
        alive.then(|| (token.login.clone(), token.scopes.clone()))
    }

    /// Makes a token and its twin worthless; whether there was one.
    pub(crate) fn end(&self, access: &str) -> bool {
        let mut kept = self.kept.lock().unwrap();
        let Some(token) = kept.access.remove(access) else {
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

/// A text that nobody guesses: twenty random bytes in hexadecimal after the prefix.
pub(crate) fn random(prefix: &str) -> String {
    let mut bytes = [0; 20];
    rand::fill(&mut bytes).expect("the operating system has randomness");
    bytes.iter().fold(prefix.to_owned(), |text, byte| {
        text + &format!("{byte:02x}")
    })
}
