//! What these tests stand on: a forge, a clock that both sides read, and an authority.

use std::sync::Arc;
use std::time::Duration;

use url::Url;
use wyvern::auth::oauth::{OAuth, OAuthOptions, OAuthUrls};
use wyvern::auth::records::{MemoryRecords, Records, RedisRecords};
use wyvern::auth::vault::Vault;
use wyvern::auth::{
    AuthError, Authority, AuthorityOptions, Hosted, ProviderId, Returned, Session, Tokens,
};
use wyvern::clock::Clock;
use wyvern::config::OutgoingSettings;
use wyvern::provider::github::{Endpoints, GitHub};
use wyvern::provider::outgoing::Outgoing;
use wyvern::provider::{Credential, HostOptions, Provider as _};

use crate::forge::{App, Forge, ForgeOptions, Wanted};
use crate::support::{KEY, Redis, SetClock, printed};

pub(super) const GITHUB: ProviderId = ProviderId::GitHub;
pub(super) const REDIRECT: &str = "http://127.0.0.1:3000/api/oauth/return";
/// The name of Ada's browser.
pub(super) const HERS: &str = "the-browser-of-ada";
pub(super) const MINUTE: Duration = Duration::from_mins(1);
pub(super) const HOUR: Duration = Duration::from_hours(1);
/// Tokens of eight hours and half a year, as GitHub's are.
pub(super) const EXPIRING: App = App::Expiring {
    access_seconds: 8 * 60 * 60,
    refresh_seconds: 184 * 24 * 60 * 60,
};

/// After so long, half a minute is left of such a token.
pub(super) const NEARLY_OVER: Duration = Duration::from_secs(8 * 60 * 60 - 30);

/// A forge on which Ada has an account, and a server that people sign in to with it.
pub(super) struct Ground {
    pub(super) forge: Forge,
    pub(super) clock: Arc<SetClock>,
    pub(super) authority: Arc<Authority>,
    github: GitHub,
}

impl Ground {
    pub(super) async fn start(app: App) -> Self {
        let clock = SetClock::new();
        let records = Arc::new(MemoryRecords::new(clock.clone()));
        Self::with(app, clock, records).await
    }

    /// The same with its records in a Redis.
    pub(super) async fn in_redis(app: App, redis: &Redis) -> Self {
        let clock = SetClock::new();
        let records = RedisRecords::connect(&redis.url(), clock.clone()).await;
        Self::with(app, clock, Arc::new(records.unwrap())).await
    }

    async fn with(app: App, clock: Arc<SetClock>, records: Arc<dyn Records>) -> Self {
        printed::record();
        let options = ForgeOptions {
            clock: clock.clone(),
            app,
            ..ForgeOptions::default()
        };
        let forge = Forge::start_with(options).await;
        forge.person("ada", "Ada Lovelace", "ada@example.com");
        let outgoing = outgoing(&clock);
        let github = github(&forge, &clock, &outgoing);
        let authority = authority(&forge, &clock, records, (&github, outgoing));
        Self {
            forge,
            clock,
            authority,
            github,
        }
    }

    /// Another server beside this one.
    pub(super) async fn beside(&self, redis: &Redis) -> Arc<Authority> {
        let records = RedisRecords::connect(&redis.url(), self.clock.clone()).await;
        let outgoing = outgoing(&self.clock);
        let github = github(&self.forge, &self.clock, &outgoing);
        let records = Arc::new(records.unwrap());
        authority(&self.forge, &self.clock, records, (&github, outgoing))
    }

    /// Ada's browser is sent to the page of the forge.
    pub(super) async fn begin(&self) -> Url {
        let address = self.authority.begin(GITHUB, HERS, REDIRECT).await;
        address.unwrap().parse().unwrap()
    }

    /// She allows it there; what her browser comes back with.
    pub(super) async fn allowed(&self) -> Returned {
        returned(&self.forge.approve(&self.begin().await, "ada"))
    }

    pub(super) async fn complete(&self, returned: Returned) -> Result<String, AuthError> {
        self.authority.complete(Some(HERS), returned).await
    }

    /// Ada signs in, for tokens.
    pub(super) async fn tokens(&self) -> Tokens {
        let code = self.complete(self.allowed().await).await.unwrap();
        let tokens = self.authority.exchange(GITHUB, &code, Some(HERS)).await;
        tokens.unwrap()
    }

    /// Ada signs in, for her browser.
    pub(super) async fn opened(&self) -> Session {
        let code = self.complete(self.allowed().await).await.unwrap();
        self.authority.open(&code, Some(HERS)).await.unwrap()
    }

    /// How often the forge was asked for tokens.
    pub(super) fn token_calls(&self) -> usize {
        let calls = self.forge.calls();
        let token = |path: &str| path.starts_with("/login/oauth/access_token");
        calls.iter().filter(|call| token(&call.path)).count()
    }

    /// Whether the forge takes what a session holds.
    pub(super) async fn works(&self, session: &Session) -> bool {
        let user = self.github.user(&session.identity.credential).await;
        user.is_ok_and(|user| user.username == session.identity.username)
    }
}

/// The calls by which the forge is asked for tokens.
pub(super) fn token_page() -> Wanted {
    Wanted::Path("/login/oauth/access_token".to_owned())
}

/// What is in the address that a browser is sent back to.
pub(super) fn returned(address: &Url) -> Returned {
    let member = |name: &str| {
        let mut pairs = address.query_pairs();
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    };
    assert!(address.as_str().starts_with(REDIRECT), "{address}");
    Returned {
        code: member("code"),
        state: member("state"),
        error: member("error"),
        iss: member("iss"),
    }
}

/// The token that a session's calls are made with.
pub(super) fn token(session: &Session) -> String {
    let Credential::Token(token) = &session.identity.credential else {
        panic!("a hosted provider takes tokens");
    };
    secrecy::ExposeSecret::expose_secret(token).to_owned()
}

pub(super) fn refused<T>(result: Result<T, AuthError>) -> bool {
    result.is_err_and(|error| matches!(error, AuthError::Refused))
}

fn authority(
    forge: &Forge,
    clock: &Arc<SetClock>,
    records: Arc<dyn Records>,
    (github, outgoing): (&GitHub, Outgoing),
) -> Arc<Authority> {
    let hosted = Hosted {
        id: GITHUB,
        oauth: OAuth::new(OAuthOptions {
            client_id: forge.client_id().to_owned(),
            client_secret: forge.client_secret().into(),
            scope: "repo".to_owned(),
            urls: OAuthUrls::github(&Endpoints::of(&forge.url())),
            outgoing,
            clock: clock.clone(),
        }),
        provider: Arc::new(github.clone()),
    };
    Arc::new(Authority::new(AuthorityOptions {
        clock: clock.clone(),
        vault: Vault::new(&[KEY.into()]).unwrap(),
        records,
        access_lifetime: HOUR,
        refresh_lifetime: 168 * HOUR,
        session_lifetime: 720 * HOUR,
        hosted: vec![hosted],
    }))
}

fn github(forge: &Forge, clock: &Arc<SetClock>, outgoing: &Outgoing) -> GitHub {
    GitHub::new(HostOptions {
        url: forge.url(),
        outgoing: outgoing.clone(),
        clock: clock.clone(),
        cache: 1 << 20,
    })
}

fn outgoing(clock: &Arc<SetClock>) -> Outgoing {
    let settings = OutgoingSettings {
        connect_timeout: Duration::from_secs(5),
        timeout: Duration::from_secs(10),
        answer_limit: 1 << 20,
        concurrency: 64,
        concurrency_per_person: 8,
        cache: 1 << 20,
        certificates: None,
    };
    Outgoing::new(&settings, Arc::clone(clock) as Arc<dyn Clock>).unwrap()
}
