//! The settings, section by section, in the order of `config/default.toml`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use config::Value;
use jiff::Timestamp;
use secrecy::SecretString;

use super::hosted::{HostSettings, OutgoingSettings, SessionSettings};
use super::local::LocalSettings;
use super::network::{Network, is_loopback_host, networks};
use super::reader::{Fault, Reader, Section};
use super::values::{
    canonical, delay, duration, is_language, positive, public_url, required, size,
};

/// Keys that stand in other products' documentation as examples.
const SAMPLE_KEYS: &[&str] = &[
    "11223344556677889900aabbccddeeff",
    "00112233445566778899aabbccddeeff",
];
const KEY_MIN: usize = 32;

/// Every setting.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `[server]`
    pub server: ServerSettings,
    /// `data.folder`
    pub data: PathBuf,
    /// `models.folder`, one or more path segments.
    pub models_folder: String,
    /// `[local]`
    pub local: LocalSettings,
    /// `[github]`; `None` when it is not served.
    pub github: Option<HostSettings>,
    /// `[gitlab]`; `None` when it is not served.
    pub gitlab: Option<HostSettings>,
    /// `[bitbucket]`; `None` when it is not served.
    pub bitbucket: Option<HostSettings>,
    /// `[outgoing]`
    pub outgoing: OutgoingSettings,
    /// `[sessions]`
    pub sessions: SessionSettings,
    /// `[auth]`
    pub auth: AuthSettings,
    /// `[log]`
    pub log: LogSettings,
    /// `[locales]`
    pub locales: Locales,
    /// `[security_txt]`; `None` when it is not served.
    pub security_txt: Option<SecurityTxt>,
}

/// How the server listens and what it allows.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The address that people type, without a slash at its end; `None` is the listening address.
    pub public_url: Option<String>,
    /// Bytes.
    pub body_limit: usize,
    /// For a request's header.
    pub header_timeout: Duration,
    /// For a request's body and the answer.
    pub request_timeout: Duration,
    /// Served at once.
    pub connections: usize,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// From a signal to stop to the end.
    pub drain: Duration,
    /// The first part of it, in which new requests are still taken.
    pub notice: Duration,
    /// Threads that serve; 0 is one for each core.
    pub threads: usize,
}

/// Keys and lifetimes of tokens.
#[derive(Debug, Clone)]
pub struct AuthSettings {
    /// The first seals, all open; empty for a generated one.
    pub keys: Vec<SecretString>,
    /// Of an access token.
    pub access_lifetime: Duration,
    /// Of a sign-in that is renewed no more.
    pub refresh_lifetime: Duration,
}

/// What is logged and how.
#[derive(Debug, Clone)]
pub struct LogSettings {
    /// A filter as `tracing-subscriber` reads it.
    pub level: String,
    /// The form of each event.
    pub format: LogFormat,
}

/// The form of a log event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object on each line.
    Json,
}

/// The languages of the browser app.
#[derive(Debug, Clone)]
pub struct Locales {
    /// Offered; empty is all.
    pub allowed: Vec<String>,
    /// Used when the browser asks for none of them.
    pub default: String,
}

/// What /.well-known/security.txt says (RFC 9116).
#[derive(Debug, Clone)]
pub struct SecurityTxt {
    /// Addresses to report to, at least one.
    pub contact: Vec<String>,
    /// When this says nothing any more.
    pub expires: Timestamp,
    /// A URL; empty when there is none.
    pub policy: String,
    /// A URL; empty when there is none.
    pub canonical: String,
    /// Language tags with commas; empty when there is no preference.
    pub preferred_languages: String,
}

impl Settings {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let settings = Self {
            server: reader.section("server", ServerSettings::read),
            data: reader.section("data", |s| required(s, "folder").into()),
            models_folder: reader.section("models", folder),
            local: reader.section("local", LocalSettings::read),
            github: reader.section("github", HostSettings::read),
            gitlab: reader.section("gitlab", HostSettings::read),
            bitbucket: reader.section("bitbucket", HostSettings::read_without_scope),
            outgoing: reader.section("outgoing", OutgoingSettings::read),
            sessions: reader.section("sessions", SessionSettings::read),
            auth: reader.section("auth", AuthSettings::read),
            log: reader.section("log", LogSettings::read),
            locales: reader.section("locales", Locales::read),
            security_txt: reader.section("security_txt", SecurityTxt::read),
        };
        let hosts = settings.hosts().join(" and ");
        if !hosts.is_empty() && !settings.server.is_safe_to_return_to() {
            reader.fault(
                "server.public_url",
                format!(
                    "people come back from {hosts} with a code, over a network that is not encrypted"
                ),
                "write the https address that people type, or listen on 127.0.0.1",
            );
        }
        settings
    }

    /// The names of the hosts that people sign in to.
    #[must_use]
    pub fn hosts(&self) -> Vec<&'static str> {
        let named = [
            ("GitHub", &self.github),
            ("GitLab", &self.gitlab),
            ("Bitbucket", &self.bitbucket),
        ];
        let served = named.into_iter().filter(|(_, host)| host.is_some());
        served.map(|(name, _)| name).collect()
    }

    /// What is wrong with these settings if there are no accounts in the accounts file either:
    /// anybody who reaches the server could sign in as its owner.
    #[must_use]
    pub fn open_to_anybody(&self) -> Option<Fault> {
        let open = self.local.enabled && self.local.accounts.is_empty();
        let reached = self.server.reached_over_a_network().filter(|_| open)?;
        Some(Fault::new(
            "local.accounts",
            format!("{reached} and there are no accounts, so that anybody could sign in"),
            "make one with `wyvern user add`, add [[local.accounts]], serve this machine alone \
             (server.address = \"127.0.0.1\", no server.public_url, no server.trusted_proxies), or \
             set local.enabled = false",
        ))
    }
}

impl ServerSettings {
    /// What says that others than this machine reach the server: itself, or a proxy before it.
    fn reached_over_a_network(&self) -> Option<String> {
        let listen = self.listen.ip();
        if !listen.is_loopback() {
            Some(format!("{listen} is not a loopback address"))
        } else if !self.public_host().is_none_or(is_loopback_host) {
            Some("server.public_url is an address on a network".to_owned())
        } else if !self.trusted_proxies.is_empty() {
            Some("server.trusted_proxies says that a proxy stands before the server".to_owned())
        } else {
            None
        }
    }

    /// Whether what a browser brings back from a provider is read by nobody on the way, and no
    /// request's `Host` says where it is brought.
    fn is_safe_to_return_to(&self) -> bool {
        match &self.public_url {
            Some(url) => {
                url.starts_with("https://") || self.public_host().is_some_and(is_loopback_host)
            }
            None => self.listen.ip().is_loopback(),
        }
    }

    fn public_host(&self) -> Option<&str> {
        let (_, host) = self.public_url.as_deref()?.split_once("://")?;
        Some(host)
    }

    fn read(s: &mut Section<'_>) -> Self {
        let address: Option<IpAddr> = s.take(
            "address",
            "write an IP address, such as 127.0.0.1 or ::1",
            |value| {
                let text = value.into_string().map_err(|_| "not text".to_owned())?;
                text.parse()
                    .map(Some)
                    .map_err(|_| format!("{text:?} is not an IP address"))
            },
        );
        let port = s.parsed("port", "write a number from 0 to 65535");
        let server = Self {
            listen: (address.unwrap_or(Ipv4Addr::LOCALHOST.into()), port).into(),
            public_url: public_url(s),
            body_limit: s.take("body_limit", "write a size such as \"32 MiB\"", body_limit),
            header_timeout: duration(s, "header_timeout"),
            request_timeout: duration(s, "request_timeout"),
            connections: s.take("connections", "write a number from 1", positive),
            trusted_proxies: networks(s),
            drain: duration(s, "drain"),
            notice: delay(s, "notice"),
            threads: s.parsed("threads", "write a number; 0 is one for each core"),
        };
        if server.notice >= server.drain {
            let mend = "write a time that is shorter than server.drain";
            s.fault("notice", "no time of server.drain is left after it", mend);
        }
        server
    }
}

/// A body becomes a file, and no larger file is read.
fn body_limit(value: Value) -> Result<usize, String> {
    const MAX: usize = 64 << 20;
    size(value).and_then(|bytes| match bytes {
        0..=MAX => Ok(bytes),
        _ => Err("more than 64 MiB".to_owned()),
    })
}

/// A folder in a repository.
fn folder(s: &mut Section<'_>) -> String {
    let folder = required(s, "folder");
    if folder
        .split('/')
        .any(|part| matches!(part.trim(), "" | "." | ".."))
    {
        let mend = "write it like ThreatDragonModels or docs/threat-models";
        s.fault(
            "folder",
            format!("{folder:?} is no folder of a repository"),
            mend,
        );
    }
    folder
}

impl AuthSettings {
    fn read(s: &mut Section<'_>) -> Self {
        let keys = s.secrets("keys", "keys_file");
        if keys.iter().any(|key| key.len() < KEY_MIN) {
            s.fault(
                "keys",
                "a key is shorter than 32 characters",
                "openssl rand -hex 32 makes one",
            );
        }
        if keys.iter().any(|key| SAMPLE_KEYS.contains(&key.as_str())) {
            s.fault(
                "keys",
                "a key is a published example",
                "openssl rand -hex 32 makes one",
            );
        }
        Self {
            keys: keys.into_iter().map(SecretString::from).collect(),
            access_lifetime: duration(s, "access_lifetime"),
            refresh_lifetime: duration(s, "refresh_lifetime"),
        }
    }
}

impl LogSettings {
    fn read(s: &mut Section<'_>) -> Self {
        let mend = "write error, warn, info, debug, trace or a filter";
        let level = s.take("level", mend, |value| {
            let text = value.into_string().map_err(|_| "not text".to_owned())?;
            let level = match text.as_str() {
                // Threat Dragon's words beyond the usual ones.
                "audit" | "silent" => "error".to_owned(),
                "silly" => "trace".to_owned(),
                _ => text,
            };
            tracing_subscriber::EnvFilter::try_new(&level)
                .map(|_| level)
                .map_err(|e| e.to_string())
        });
        let format = s.take("format", "write text or json", |value| {
            match value.to_string().as_str() {
                "text" => Ok(LogFormat::Text),
                "json" => Ok(LogFormat::Json),
                other => Err(format!("{other:?} is not a format")),
            }
        });
        Self { level, format }
    }
}

impl Locales {
    fn read(s: &mut Section<'_>) -> Self {
        let allowed = s.list("allowed");
        let default = required(s, "default");
        for (key, tag) in allowed
            .iter()
            .map(|t| ("allowed", t))
            .chain([("default", &default)])
        {
            if !is_language(tag) {
                s.fault(
                    key,
                    format!("{tag:?} is not a language"),
                    "write tags such as en or pt-BR",
                );
            }
        }
        let mut allowed: Vec<_> = allowed.iter().map(|tag| canonical(tag)).collect();
        let default = canonical(&default);
        if !allowed.is_empty() && !allowed.contains(&default) {
            allowed.push(default.clone());
        }
        Self { allowed, default }
    }
}

impl SecurityTxt {
    fn read(s: &mut Section<'_>) -> Option<Self> {
        let enabled = s.boolean("enabled");
        let contact = s.list("contact");
        let expires = s.text("expires");
        let [policy, canonical, preferred_languages] =
            ["policy", "canonical", "preferred_languages"].map(|key| s.text(key));
        let expires = expires
            .parse()
            .or_else(|_| format!("{expires}T00:00:00Z").parse());
        if enabled && contact.is_empty() {
            s.fault(
                "contact",
                "no address",
                "write one, such as mailto:security@example.com",
            );
        }
        if enabled && expires.is_err() {
            s.fault(
                "expires",
                "not a date",
                "write one, such as 2027-12-31T00:00:00Z",
            );
        }
        let expires = expires.ok().filter(|_| enabled)?;
        Some(Self {
            contact,
            expires,
            policy,
            canonical,
            preferred_languages,
        })
    }
}
