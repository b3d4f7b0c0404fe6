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
use wyvern::provider::bitbucket::Bitbucket;
use wyvern::provider::github::{Endpoints, GitHub};
use wyvern::provider::gitlab::GitLab;
use wyvern::provider::outgoing::Outgoing;
use wyvern::provider::{Credential, HostOptions, Provider};

use crate::forge::{App, Call, Dialect, Forge, ForgeOptions, Wanted};
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
    host: Hosted,
}

impl Ground {
    /// With GitHub.
    pub(super) async fn start(app: App) -> Self {
        Self::at(Dialect::GitHub, app).await
    }

    pub(super) async fn at(dialect: Dialect, app: App) -> Self {
        let clock = SetClock::new();
        let records = Arc::new(MemoryRecords::new(clock.clone()));
        Self::with(dialect, app, clock, records).await
    }

    /// The same with its records in a Redis.
    pub(super) async fn in_redis(app: App, redis: &Redis) -> Self {
        let clock = SetClock::new();
        let records = RedisRecords::connect(&redis.url(), clock.clone()).await;
        Self::with(Dialect::GitHub, app, clock, Arc::new(records.unwrap())).await
    }

    async fn with(
        dialect: Dialect,
        app: App,
        clock: Arc<SetClock>,
        records: Arc<dyn Records>,
    ) -> Self {
        printed::record();
        let options = ForgeOptions {
            dialect,
            clock: clock.clone(),
            app,
            ..ForgeOptions::default()
        };
        let forge = Forge::start_with(options).await;
        forge.person("ada", "Ada Lovelace", "ada@example.com");
        let host = host_at(&forge, &clock);
        Self {
            authority: authority(&clock, records, host.clone()),
            forge,
            clock,
            host,
        }
    }

    /// Another server beside this one.
    pub(super) async fn beside(&self, redis: &Redis) -> Arc<Authority> {
        let records = RedisRecords::connect(&redis.url(), self.clock.clone()).await;
        let records = Arc::new(records.unwrap());
        let host = host_at(&self.forge, &self.clock);
        authority(&self.clock, records, host)
    }

    /// Ada's browser is sent to the page of the forge.
    pub(super) async fn begin(&self) -> Url {
        let redirect = redirect(self.forge.dialect());
        let address = self.authority.begin(self.host.id, HERS, redirect).await;
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
        let tokens = self.authority.exchange(self.host.id, &code, Some(HERS));
        tokens.await.unwrap()
    }

    /// Ada signs in, for her browser.
    pub(super) async fn opened(&self) -> Session {
        let code = self.complete(self.allowed().await).await.unwrap();
        self.authority.open(&code, Some(HERS)).await.unwrap()
    }

    /// How often the forge was asked for tokens.
    pub(super) fn token_calls(&self) -> usize {
        let calls = self.forge.calls();
        let page = token_path(self.forge.dialect());
        let token = |call: &&Call| call.path.starts_with(page);
        calls.iter().filter(token).count()
    }

    /// Whether the forge takes what a session holds.
    pub(super) async fn works(&self, session: &Session) -> bool {
        let user = self.host.provider.user(&session.identity.credential).await;
        user.is_ok_and(|user| user.username == session.identity.username)
    }
}

/// Where Wyvern awaits people who come from such a host.
pub(super) fn redirect(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::GitHub => REDIRECT,
        Dialect::GitLab => "http://127.0.0.1:3000/api/oauth/return/gitlab",
        Dialect::Bitbucket => "http://127.0.0.1:3000/api/oauth/return/bitbucket",
    }
}

/// Where such a forge is asked for tokens.
pub(super) fn token_path(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::GitHub => "/login/oauth/access_token",
        Dialect::GitLab => "/gitlab/oauth/token",
        Dialect::Bitbucket => "/site/oauth2/access_token",
    }
}

/// The calls by which a GitHub is asked for tokens.
pub(super) fn token_page() -> Wanted {
    Wanted::Path(token_path(Dialect::GitHub).to_owned())
}

/// What is in the address that a browser is sent back to.
pub(super) fn returned(address: &Url) -> Returned {
    let member = |name: &str| {
        let mut pairs = address.query_pairs();
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    };
    assert!(address.as_str().starts_with(REDIRECT), "{address}");
    let mut at = address.clone();
    at.set_query(None);
    Returned {
        at: at.into(),
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

pub(super) fn authority(
    clock: &Arc<SetClock>,
    records: Arc<dyn Records>,
    host: Hosted,
) -> Arc<Authority> {
    Arc::new(Authority::new(AuthorityOptions {
        clock: clock.clone(),
        vault: Vault::new(&[KEY.into()]).unwrap(),
        records,
        access_lifetime: HOUR,
        refresh_lifetime: 168 * HOUR,
        session_lifetime: 720 * HOUR,
        hosted: vec![host],
    }))
}

/// A forge as a host of its dialect.
fn host_at(forge: &Forge, clock: &Arc<SetClock>) -> Hosted {
    let client = [forge.client_id(), forge.client_secret()];
    hosted(forge.dialect(), &forge.url(), client, clock)
}

/// A host of this dialect at this address, where this server is known by this id and secret.
pub(super) fn hosted(
    dialect: Dialect,
    web: &Url,
    [client_id, client_secret]: [&str; 2],
    clock: &Arc<SetClock>,
) -> Hosted {
    let outgoing = outgoing(clock);
    let options = HostOptions {
        url: web.clone(),
        outgoing: outgoing.clone(),
        clock: clock.clone(),
        cache: 1 << 20,
        turns: None,
    };
    let (id, scope, urls, provider): (_, _, _, Arc<dyn Provider>) = match dialect {
        Dialect::GitHub => {
            let urls = OAuthUrls::github(&Endpoints::of(web));
            (GITHUB, "repo", urls, Arc::new(GitHub::new(options)))
        }
        Dialect::GitLab => {
            let urls = OAuthUrls::gitlab(web);
            let gitlab = GitLab::new(options);
            (ProviderId::GitLab, "api", urls, Arc::new(gitlab))
        }
        Dialect::Bitbucket => {
            let urls = OAuthUrls::bitbucket(web);
            let bitbucket = Bitbucket::new(options).unwrap();
            (ProviderId::Bitbucket, "", urls, Arc::new(bitbucket))
        }
    };
    let oauth = OAuth::new(OAuthOptions {
        client_id: client_id.to_owned(),
        client_secret: client_secret.into(),
        scope: scope.to_owned(),
        urls,
        outgoing,
        clock: clock.clone(),
    });
    Hosted {
        id,
        oauth,
        provider,
    }
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
